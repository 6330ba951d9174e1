/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Private to output/: what was read from the reports of one bug, as `show`
 * tells it.
 */
#ifndef OUTPUT_BUILD_SHOW_REPORT_H
#define OUTPUT_BUILD_SHOW_REPORT_H

struct arena;
struct build_show;
struct report;
struct report_text;
struct value;

/* The sections of `show`, for people; nothing when no comment is a report. */
void build_show_report(struct report *report,
    const struct build_show *from);

/* The same, with all places in the texts, under "report" in `record`. */
void build_show_report_data(struct report *report, struct value *record,
    const struct build_show *from);

/* Its facts alone, those of all comments together, under "facts". */
void build_show_facts(struct arena *arena, struct value *record,
    const struct report_text *text);

#endif
