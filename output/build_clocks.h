/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Private to output/: clocks, as `show` and `dashboard` tell them. */
#ifndef OUTPUT_BUILD_CLOCKS_H
#define OUTPUT_BUILD_CLOCKS_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct clock_run;
struct clocks;
struct report;
struct taxonomy;
struct value;

/* The section of `show`: whose move it is, and every run.  The same under
 * "turn", "turn_why" and "clocks" in `record`. */
void build_show_clocks(struct report *report, struct value *record,
    const struct clocks *clocks, const struct taxonomy *taxonomy);

/* The keys of a run into `object`. */
void build_clock_run(struct arena *arena, struct value *object,
    const struct clock_run *run, const struct taxonomy *taxonomy);

/* "CA", "root program", "nobody": whose move it is, for people. */
const char *build_turn(const struct clocks *clocks);

/* Days by which a run that is overdue is late, begun ones whole. */
int64_t build_late_days(const struct clock_run *run, int64_t now);

#endif
