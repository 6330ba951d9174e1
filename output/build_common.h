/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Private to output/: what several builders say, so that it is said in the
 * same words and under the same keys everywhere.
 */
#ifndef OUTPUT_BUILD_COMMON_H
#define OUTPUT_BUILD_COMMON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct block;
struct bug;
struct build_past;
struct build_source;
struct report;
struct selection;
struct taxonomy;
struct value;
struct verdict;

/* `one` when the count is 1, else `many`. */
const char *build_plural(int64_t count, const char *one, const char *many);

/* The owner's name then; for an unknown one what the summary calls it (in
 * the report's arena); NULL when it names none. */
const char *build_owner(struct report *report, const struct bug *bug,
    const struct verdict *verdict, const struct taxonomy *taxonomy);

/* Time of the last closing, DATE_NONE while open. */
int64_t build_closed(const struct verdict *verdict);

/* The labels' names with `between` between them ("" when there are none),
 * in the report's arena; NULL on no memory. */
const char *build_labels(struct report *report,
    const struct verdict *verdict, const char *between);

/* The same of its causes, if they were asked for. */
const char *build_causes(struct report *report,
    const struct verdict *verdict, const struct taxonomy *taxonomy,
    const char *between);

/* Address of the bug's page in the report's arena; NULL without one. */
const char *build_url(struct report *report, int64_t bug);

/* The keys of a line of `list -f jsonl`, in their order, into `record`. */
void build_record(struct report *report, struct value *record,
    const struct bug *bug, const struct verdict *verdict,
    const struct taxonomy *taxonomy);

/* The bugs' numbers as array "bugs". */
void build_numbers(struct arena *arena, struct value *object,
    const int64_t *bugs, size_t len);

/* Is it a day, and not an open end of a window? */
bool build_is_day(int64_t day);
/* The words before a day, and the day as something dated. */
void build_day(struct report *report, struct block *block,
    const char *before, int64_t day);
/* " that were open at any time from ...": which incidents are meant; `one`
 * for the singular.  And " Narrowed to: ...", or nothing. */
void build_cohort(struct report *report, struct block *block,
    const struct selection *selection, bool one);
void build_filters(struct report *report, struct block *block,
    const struct selection *selection);

/* The bug's number at the end of the report's summary, "bug 5, bug 9", as
 * long as that is short. */
void build_summary_bug(struct report *report, int64_t bug);

/* Which day the report shows and what is not known of it, if it shows the
 * past: a paragraph; and the keys "as_of", "filed_later" and
 * "without_history" in its data. */
void build_past(struct report *report, const struct build_source *source);
void build_past_data(struct report *report,
    const struct build_source *source);
/* The same of one bug, `past` being NULL or about it alone; the keys are
 * "as_of" and "history_known". */
void build_past_one(struct report *report, const struct build_past *past);
void build_past_record(struct report *report, struct value *record,
    const struct build_past *past);

/* The line under each report, and "source" in its data. */
void build_source_line(struct report *report,
    const struct build_source *source);

#endif
