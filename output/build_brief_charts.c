/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/build_brief.h"

#include "base/date.h"
#include "taxonomy/taxonomy.h"
#include "classify/select.h"
#include "classify/tally.h"
#include "output/build.h"
#include "output/build_chart.h"
#include "output/build_common.h"
#include "output/report.h"

/* The heading of the count table, and the window. */
static void
add_chart(struct report *report, const struct build_brief *from,
    const struct tally *tally, const struct window *window)
{
	struct selection selection = *from->selection;
	struct block *block = build_words_begin(report);

	selection.window = *window;
	report_text(report, block, tally->scheme->heading);
	if (build_is_day(window->from) && build_is_day(window->to)) {
		build_day(report, block, ", ", window->from);
		build_day(report, block, " to ", window->to);
	}
	build_tally_chart(report, tally, from->chart, block, &selection);
}

void
build_brief_charts(struct report *report, const struct build_brief *from)
{
	report_heading(report, 2, "Charts");
	add_chart(report, from, from->tally, &from->selection->window);
	if (from->compared)
		add_chart(report, from, from->tally_before, &from->before);
}
