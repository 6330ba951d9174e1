/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Charts of counts. */

#include "output/build_chart.h"

#include <string.h>

#include "base/buf.h"
#include "taxonomy/taxonomy.h"
#include "classify/cross.h"
#include "classify/tally.h"
#include "output/build_common.h"
#include "output/report.h"

static void *
take(struct report *report, size_t count, size_t size)
{
	void *data = arena_alloc(&report->arena, count, size);

	if (data == NULL)
		report->failed = true;
	return data;
}

struct chart *
build_chart_new(struct report *report, enum chart_kind kind, size_t labels,
    size_t series)
{
	struct chart *chart = take(report, 1, sizeof(*chart));
	size_t i;

	if (chart == NULL)
		return NULL;
	chart->kind = kind;
	chart->title = chart->desc = chart->unit = "";
	chart->labels = take(report, labels, sizeof(*chart->labels));
	chart->label_len = labels;
	chart->series = take(report, series, sizeof(*chart->series));
	chart->series_len = series;
	for (i = 0; i < series && chart->series != NULL; i++) {
		chart->series[i].name = "";
		chart->series[i].values = take(report, labels,
		    sizeof(*chart->series[i].values));
	}
	return report->failed ? NULL : chart;
}

struct block *
build_words_begin(struct report *report)
{
	struct block *block = take(report, 1, sizeof(*block));

	report_item(report, block);
	return block;
}

const char *
build_words(struct report *report, const struct block *block, bool dated)
{
	const char *text = NULL;
	const struct span *span;
	struct buf buf;

	if (block == NULL || block->items == NULL)
		return NULL;
	buf_init(&buf, REPORT_MAX_BYTES);
	for (span = block->items->spans; span != NULL; span = span->next)
		buf_str(&buf, dated || !span->dated ? span->text : "");
	if (!buf.full && !buf.nomem)
		text = arena_copy(&report->arena, buf_text(&buf), buf.len);
	if (text == NULL)
		report->failed = true;
	buf_release(&buf);
	return text;
}

/* "18 incidents that were open ...", and of what there are more. */
static struct block *
describe(struct report *report, const struct tally *tally, bool crossed,
    const struct selection *selection)
{
	struct block *block = build_words_begin(report);

	report_textf(report, block, "%zu %s", tally->incidents,
	    build_plural((int64_t)tally->incidents, "incident",
	    "incidents"));
	build_cohort(report, block, selection, tally->incidents == 1);
	if (tally->assignments > tally->incidents && !crossed)
		report_textf(report, block, ", with %zu %s",
		    tally->assignments, tally->scheme->causes ? "causes" :
		    "labels");
	report_text(report, block, crossed ? ". An incident with several "
	    "labels counts once for each." : ".");
	build_filters(report, block, selection);
	return block;
}

static void
set_desc(struct report *report, struct chart *chart,
    const struct block *words)
{
	chart->desc = build_words(report, words, true);
	chart->desc_undated = build_words(report, words, false);
}

/* The rows that are drawn. */
static bool
is_drawn(const struct tally *tally, size_t row)
{
	return row != tally->scheme->residual ||
	    tally->rows[row].bug_len > 0;
}

static size_t
drawn_len(const struct tally *tally)
{
	size_t len = 0, i;

	for (i = 0; i < tally->row_len; i++)
		len += is_drawn(tally, i) ? 1 : 0;
	return len;
}

void
build_tally_chart(struct report *report, const struct tally *tally,
    enum chart_kind kind, const struct block *title,
    const struct selection *selection)
{
	struct block *desc = describe(report, tally, false, selection);
	struct chart *chart;
	size_t i, at = 0;

	chart = build_chart_new(report, kind, drawn_len(tally), 1);
	if (chart == NULL)
		return;
	set_desc(report, chart, desc);
	chart->title = tally->scheme->title;
	if (title != NULL) {
		chart->title = build_words(report, title, true);
		chart->title_undated = build_words(report, title, false);
	}
	/* A bar counts incidents; the whole of a pie is more than these. */
	chart->unit = kind != CHART_PIE ? "incidents" :
	    tally->scheme->causes ? "causes" : "labels";
	for (i = 0; i < tally->row_len; i++) {
		if (!is_drawn(tally, i))
			continue;
		chart->labels[at] = tally->rows[i].title;
		chart->series[0].values[at++] =
		    (int64_t)tally->rows[i].bug_len;
	}
	report_chart(report, chart);
}

void
build_cross_chart(struct report *report, const struct cross *cross,
    const struct selection *selection)
{
	const struct tally *rows = cross->rows, *columns = cross->columns;
	struct block *desc = describe(report, rows, true, selection);
	size_t i, k, row = 0, series = 0;
	struct chart *chart;

	for (k = 0; k < columns->row_len; k++)
		series += columns->rows[k].bug_len > 0 ? 1 : 0;
	chart = build_chart_new(report, CHART_STACK, drawn_len(rows),
	    series);
	if (chart == NULL)
		return;
	chart->title = report->title;
	set_desc(report, chart, desc);
	chart->unit = "labels";
	for (i = 0; i < rows->row_len; i++) {
		if (!is_drawn(rows, i))
			continue;
		chart->labels[row] = rows->rows[i].title;
		for (k = 0, series = 0; k < columns->row_len; k++) {
			if (columns->rows[k].bug_len == 0)
				continue;
			chart->series[series].name = columns->rows[k].title;
			chart->series[series++].values[row] =
			    (int64_t)cross_cell(cross, i, k)->bug_len;
		}
		row++;
	}
	report_chart(report, chart);
}
