/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Private to output/: what reports of a tally (build_count.c) and of two
 * that are crossed (build_cross.c) share.
 */
#ifndef OUTPUT_BUILD_TALLY_H
#define OUTPUT_BUILD_TALLY_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct build_source;
struct report;
struct selection;
struct tally;
struct tally_row;
struct value;

/* "This table counts the 27 incidents ...", in the rows of a tally and, if
 * it is not NULL, in those of another as columns. */
void build_counted(struct report *report, const struct tally *tally,
    const struct tally *by, const struct selection *selection);

/* The report's summary: "136 incidents, 150 labels". */
void build_tally_summary(struct report *report, const struct tally *tally);

/* The bugs of all rows, each once, in the report's arena; NULL on no
 * memory. */
int64_t *build_all_bugs(struct report *report, const struct tally *tally,
    size_t *len);

/* The notes of the rows that have incidents, as a list. */
void build_notes(struct report *report, const struct tally *tally);

/* The report's data, with the keys that come before "rows". */
struct value *build_count_head(struct report *report,
    const struct tally *tally, const struct tally *by,
    const struct selection *selection, const struct build_source *source);
/* The keys of a row. */
void build_count_row(struct arena *arena, struct value *object,
    const struct tally_row *row);

#endif
