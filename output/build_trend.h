/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Private to output/: the parts of build_trend: the chart of the kind that it
 * names, and the data. */
#ifndef OUTPUT_BUILD_TREND_H
#define OUTPUT_BUILD_TREND_H

struct build_trend;
struct report;

void build_trend_chart(struct report *report,
    const struct build_trend *from);
void build_trend_data(struct report *report,
    const struct build_trend *from);

#endif
