/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "taxonomy/taxonomy.h"
#include "classify/tally.h"
#include "output/build_chart.h"
#include "output/build_common.h"
#include "output/build_tally.h"
#include "output/report.h"
#include "output/value.h"

enum count_column {
	COLUMN_ID,
	COLUMN_TITLE,
	COLUMN_COUNT,
	COLUMN_COLLAPSED,
	COLUMN_BUGS,
	/* when an estimate is wanted: */
	COLUMN_ESTIMATE,
	COLUMN_INTERVAL,
	COLUMN_LOW,
	COLUMN_HIGH
};

enum {
	DIGITS = 32,		/* bytes of an estimate as text */
	CERTAIN = 1000		/* chances are thousandths */
};

/* "12.3": a tenth is finer than any interval. */
static const char *
tenths(double number, char out[DIGITS])
{
	(void)snprintf(out, DIGITS, "%.1f", number);
	return out;
}

static void
add_estimate(struct report *report, struct row *row,
    const struct tally_row *from)
{
	struct tally_estimate estimate;
	char low[DIGITS], high[DIGITS], text[3 * DIGITS];

	tally_estimate(from, &estimate);
	report_cell_text(report, row, COLUMN_ESTIMATE,
	    tenths(estimate.estimate, text));
	if (estimate.guessed)
		return;
	tenths(estimate.low, low);
	tenths(estimate.high, high);
	report_cell_text(report, row, COLUMN_LOW, low);
	report_cell_text(report, row, COLUMN_HIGH, high);
	(void)snprintf(text, sizeof(text), "%s to %s", low, high);
	report_cell_text(report, row, COLUMN_INTERVAL, text);
}

/* The two totals: the rows added up, and the bugs in them. */
static void
add_totals(struct report *report, struct table *table,
    const struct tally *tally)
{
	size_t i, len, collapsed = 0;
	char text[DIGITS];
	double sum = 0;
	struct row *row;
	int64_t *bugs;

	for (i = 0; i < tally->row_len; i++) {
		collapsed += tally->rows[i].collapsed;
		sum += (double)tally->rows[i].expected / CERTAIN;
	}
	row = report_total(report, table);
	report_cell_text(report, row, COLUMN_TITLE,
	    tally->scheme->causes ? "Causes" : "Labels");
	if (tally->estimated)
		report_cell_text(report, row, COLUMN_ESTIMATE,
		    tenths(sum, text));
	report_cell_number(report, row, COLUMN_COUNT, CELL_COUNT,
	    (int64_t)tally->assignments);
	report_cell_number(report, row, COLUMN_COLLAPSED, CELL_COUNT,
	    (int64_t)collapsed);
	bugs = build_all_bugs(report, tally, &len);
	row = report_total(report, table);
	report_cell_text(report, row, COLUMN_TITLE, "Incidents");
	report_cell_bugs(report, row, COLUMN_COUNT, CELL_COUNT,
	    (int64_t)tally->incidents, bugs, len);
	report_cell_number(report, row, COLUMN_COLLAPSED, CELL_COUNT,
	    (int64_t)tally->incidents_collapsed);
}

static void
add_table(struct report *report, const struct tally *tally, bool collapse)
{
	struct table *table = report_table(report, NULL);
	const struct tally_row *from;
	struct row *row;
	size_t i;

	report_column(report, table, "id", "Id", false, FOR_PROGRAMS);
	report_column(report, table, "title", tally->scheme->heading, false,
	    FOR_ALL);
	report_column(report, table, "count", "Count", true, FOR_ALL);
	report_column(report, table, "collapsed", "Batches collapsed", true,
	    collapse ? FOR_ALL : FOR_PROGRAMS);
	report_column(report, table, "bugs", "Bugs", false, FOR_PROGRAMS);
	if (tally->estimated) {
		report_column(report, table, "estimate", "Estimate", true,
		    FOR_ALL);
		report_column(report, table, "interval", "95 % interval",
		    true, FOR_PEOPLE);
		report_column(report, table, "low", "Low", true,
		    FOR_PROGRAMS);
		report_column(report, table, "high", "High", true,
		    FOR_PROGRAMS);
	}
	for (i = 0; i < tally->row_len; i++) {
		from = &tally->rows[i];
		row = report_row(report, table);
		report_cell_text(report, row, COLUMN_ID, from->id);
		report_cell_text(report, row, COLUMN_TITLE, from->title);
		report_cell_bugs(report, row, COLUMN_COUNT, CELL_COUNT,
		    (int64_t)from->bug_len, from->bugs, from->bug_len);
		report_cell_number(report, row, COLUMN_COLLAPSED, CELL_COUNT,
		    (int64_t)from->collapsed);
		report_cell_bugs(report, row, COLUMN_BUGS, CELL_BUGS, 0,
		    from->bugs, from->bug_len);
		if (tally->estimated)
			add_estimate(report, row, from);
	}
	add_totals(report, table, tally);
}

/* What a reader of the table asks next. */
static void
explain(struct report *report, const struct tally *tally, bool collapse)
{
	int64_t incidents = (int64_t)tally->incidents;

	if (tally->assignments > tally->incidents)
		report_textf(report, report_block(report, BLOCK_PARAGRAPH),
		    "An incident can have several %s: the %zu %s here %s "
		    "%zu.", tally->scheme->causes ? "causes" : "labels",
		    tally->incidents,
		    build_plural(incidents, "incident", "incidents"),
		    build_plural(incidents, "has", "have"),
		    tally->assignments);
	if (collapse && tally->incidents > 0)
		report_text(report, report_block(report, BLOCK_PARAGRAPH),
		    "Under \"Batches collapsed\", the incidents of a row that "
		    "one CA owner filed on one day count once; in the last "
		    "line, those of them that stand in the same rows.");
	if (tally->estimated && tally->incidents > 0)
		report_text(report, report_block(report, BLOCK_PARAGRAPH),
		    "The estimate adds up how likely each incident belongs "
		    "in the row, as far as the rules can tell; what a "
		    "whiteboard names is certain. The interval is what 95 "
		    "of 100 such sums would lie within, if the likelihoods "
		    "are right. Where the taxonomy tells no likelihood, the "
		    "count is the estimate, and there is no interval.");
	build_notes(report, tally);
}

static void
data_estimate(struct arena *arena, struct value *row,
    const struct tally_row *from)
{
	struct tally_estimate estimate;
	char text[DIGITS];

	tally_estimate(from, &estimate);
	value_decimal(arena, row, "estimate",
	    tenths(estimate.estimate, text));
	if (estimate.guessed) {
		value_null(arena, row, "low");
		value_null(arena, row, "high");
		return;
	}
	value_decimal(arena, row, "low", tenths(estimate.low, text));
	value_decimal(arena, row, "high", tenths(estimate.high, text));
}

static void
add_data(struct report *report, const struct tally *tally,
    const struct selection *selection, const struct build_source *source)
{
	struct arena *arena = &report->arena;
	struct value *data, *rows, *row;
	const struct tally_row *from;
	size_t i;

	data = build_count_head(report, tally, NULL, selection, source);
	rows = value_array(arena, data, "rows");
	for (i = 0; i < tally->row_len; i++) {
		from = &tally->rows[i];
		row = value_object(arena, rows, NULL);
		build_count_row(arena, row, from);
		if (tally->estimated)
			data_estimate(arena, row, from);
	}
}

void
build_count(struct report *report, const struct tally *tally,
    const struct selection *selection, const struct build_source *source,
    bool collapse, const enum chart_kind *chart)
{
	report_heading(report, 1, report->title);
	build_tally_summary(report, tally);
	build_counted(report, tally, NULL, selection);
	add_table(report, tally, collapse);
	if (chart != NULL)
		build_tally_chart(report, tally, *chart, NULL, selection);
	explain(report, tally, collapse);
	add_data(report, tally, selection, source);
	build_left_out(report, tally->left_out);
	build_past(report, source);
	build_source_line(report, source);
}
