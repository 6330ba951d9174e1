/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Private to output/: the parts of build_brief. */
#ifndef OUTPUT_BUILD_BRIEF_H
#define OUTPUT_BUILD_BRIEF_H

struct build_brief;
struct report;

/* Charts of the window and of the one before. */
void build_brief_charts(struct report *report,
    const struct build_brief *from);

/* The data. */
void build_brief_data(struct report *report,
    const struct build_brief *from);

#endif
