/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Private to output/: the parts of build_lessons. */
#ifndef OUTPUT_BUILD_LESSONS_H
#define OUTPUT_BUILD_LESSONS_H

#include <stddef.h>

struct block;
struct build_lessons;
struct lesson_facet;
struct lesson_theme;
struct lessons;
struct report;
struct taxonomy;
struct value;

/* "DigiCert (5), Entrust (2), and others" */
void build_lessons_owners(struct report *report, struct block *block,
    const struct lesson_theme *theme);

/* One to three clauses, with their counts, behind `lead`: a sentence. */
void build_lessons_sentence(struct report *report, struct block *block,
    const struct taxonomy *taxonomy, const char *lead,
    const struct lesson_facet *facets, size_t len);

/* All about a theme, and all recommendations, with their headings. */
void build_lessons_theme(struct report *report,
    const struct build_lessons *from, const struct lesson_theme *theme);
void build_lessons_recommendations(struct report *report,
    const struct lessons *lessons);

/* The same of a theme as a table of three columns: problem, bugs, advice. */
void build_lessons_theme_table(struct report *report,
    const struct lessons *lessons, const struct lesson_theme *theme);

/* A table of the words behind each statement about a theme. */
void build_lessons_evidence(struct report *report,
    const struct lessons *lessons, const struct lesson_theme *theme);

/* The data; and of it the keys "themes" and "recommendations" alone. */
void build_lessons_data(struct report *report,
    const struct build_lessons *from);
void build_lessons_values(struct report *report, struct value *root,
    const struct lessons *lessons);

#endif
