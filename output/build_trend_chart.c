/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Charts of trends. */

#include "output/build_trend.h"

#include <stdint.h>

#include "base/date.h"
#include "classify/select.h"
#include "classify/trend.h"
#include "output/build.h"
#include "output/build_chart.h"
#include "output/build_common.h"
#include "output/report.h"

enum {
	MOST_SERIES = 14	/* more names can't be read beside a slide */
};

/* Is an incident in several rows? */
static bool
has_several(const struct trend *trend)
{
	size_t sum = 0, i;

	for (i = 0; i < trend->row_len; i++)
		sum += trend->rows[i].filed.len;
	return sum > trend->all.filed.len;
}

/* "Filed in each quarter, from ..." */
static struct block *
describe(struct report *report, const struct build_trend *from)
{
	const struct trend *trend = from->trend;
	struct block *block = build_words_begin(report);

	report_textf(report, block, "%s %s,",
	    *from->chart == CHART_LINE ? "At the end of each" :
	    "Filed in each", trend_per_name(trend->per));
	build_day(report, block, " from ", trend->window.from);
	build_day(report, block, " to ", trend->window.to);
	report_text(report, block, ".");
	if (*from->chart == CHART_STACK && has_several(trend))
		report_text(report, block, " An incident with several labels "
		    "counts once for each.");
	build_filters(report, block, from->selection);
	return block;
}

/* Rows with more incidents than that are drawn by themselves: all, or where
 * they are too many the largest. */
static size_t
find_least(const struct trend *trend)
{
	size_t least = 0, next, len, above, i;

	for (;; least = next) {
		next = SIZE_MAX;
		above = 0;
		for (i = 0; i < trend->row_len; i++) {
			len = trend->rows[i].filed.len;
			if (len <= least)
				continue;
			above++;
			next = len < next ? len : next;
		}
		if (above < MOST_SERIES || (least == 0 &&
		    above == MOST_SERIES))
			return least;
	}
}

static struct chart *
stack(struct report *report, const struct build_trend *from)
{
	const struct trend *trend = from->trend;
	size_t least = find_least(trend), series = 0, rest = 0, i, k, at = 0;
	struct block *block;
	struct chart *chart;
	int64_t *values;

	for (i = 0; i < trend->row_len; i++)
		if (trend->rows[i].filed.len > least)
			series++;
		else if (trend->rows[i].filed.len > 0)
			rest++;
	chart = build_chart_new(report, CHART_STACK, trend->span_len, series +
	    (rest > 0 ? 1 : 0));
	if (chart == NULL)
		return NULL;
	for (i = 0; i < trend->row_len; i++) {
		if (trend->rows[i].filed.len == 0)
			continue;
		values = chart->series[series].values;
		if (trend->rows[i].filed.len > least) {
			chart->series[at].name = trend->rows[i].title;
			values = chart->series[at++].values;
		}
		for (k = 0; k < trend->span_len; k++)
			values[k] += (int64_t)
			    trend->rows[i].cells[k].filed.len;
	}
	block = build_words_begin(report);
	report_textf(report, block, "%zu others", rest);
	if (rest > 0)
		chart->series[series].name = build_words(report, block,
		    true);
	block = build_words_begin(report);
	report_textf(report, block, "CA Incidents Filed, by %s",
	    from->heading);
	chart->title = build_words(report, block, true);
	chart->unit = has_several(trend) ? "labels" : "incidents";
	return chart;
}

/* Of all incidents: how many were open, or filed. */
static struct chart *
single(struct report *report, const struct build_trend *from)
{
	const struct trend *trend = from->trend;
	bool line = *from->chart == CHART_LINE;
	const struct trend_cell *cell;
	struct chart *chart;
	size_t i;

	chart = build_chart_new(report, *from->chart, trend->span_len, 1);
	if (chart == NULL)
		return NULL;
	chart->title = line ? "Open CA Incidents" : "CA Incidents Filed";
	chart->unit = "incidents";
	for (i = 0; i < trend->span_len; i++) {
		cell = &trend->all.cells[i];
		chart->series[0].values[i] = (int64_t)(line ?
		    cell->open.len : cell->filed.len);
	}
	return chart;
}

void
build_trend_chart(struct report *report, const struct build_trend *from)
{
	const struct trend *trend = from->trend;
	struct block *desc;
	struct chart *chart;
	size_t i;

	chart = *from->chart == CHART_STACK ? stack(report, from) :
	    single(report, from);
	if (chart == NULL)
		return;
	chart->periods = true;
	desc = describe(report, from);
	chart->desc = build_words(report, desc, true);
	chart->desc_undated = build_words(report, desc, false);
	for (i = 0; i < trend->span_len; i++)
		chart->labels[i] = trend->spans[i].name;
	if (!report->failed)
		report_chart(report, chart);
}
