/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Trends in words and tables. */

#include "output/build.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/date.h"
#include "classify/select.h"
#include "classify/trend.h"
#include "output/build_common.h"
#include "output/build_trend.h"
#include "output/report.h"

enum {
	SPANS_SHOWN = 12,	/* columns: wider tables can't be read */
	TEXT = 64		/* bytes of a figure in words */
};

/* "+12 %", or the bare difference where it is of few. */
static const char *
change(size_t now, size_t before, char out[TEXT])
{
	int64_t more = (int64_t)now - (int64_t)before;

	if (before > TREND_PERCENT)
		(void)snprintf(out, TEXT, "%+" PRId64 " %%", (2 * 100 *
		    more + (more < 0 ? -1 : 1) * (int64_t)before) /
		    (2 * (int64_t)before));
	else
		(void)snprintf(out, TEXT, "%+" PRId64, more);
	return out;
}

/* "12.3", or a word for what is not reached. */
static const char *
days(int64_t tenths, char out[TEXT])
{
	if (tenths < 0)
		return "not reached";
	(void)snprintf(out, TEXT, "%" PRId64 ".%" PRId64, tenths / 10,
	    tenths % 10);
	return out;
}

static void
count_cell(struct report *report, struct row *row, size_t column,
    const struct trend_list *list)
{
	report_cell_bugs(report, row, column, CELL_COUNT, (int64_t)list->len,
	    list->bugs, list->len);
}

static struct table *
people(struct report *report, const char *caption)
{
	struct table *table = report_table(report, caption);

	if (table != NULL)
		table->audience = FOR_PEOPLE;
	return table;
}

static void
add_periods(struct report *report, const struct trend *trend)
{
	struct table *table = people(report, NULL);
	struct row *row;
	size_t i;

	report_column(report, table, "period", "Period", false, FOR_ALL);
	report_column(report, table, "filed", "Filed", true, FOR_ALL);
	report_column(report, table, "closed", "Closed", true, FOR_ALL);
	report_column(report, table, "open", "Open at its end", true,
	    FOR_ALL);
	for (i = 0; i < trend->span_len; i++) {
		row = report_row(report, table);
		report_cell_text(report, row, 0, trend->spans[i].name);
		count_cell(report, row, 1, &trend->all.cells[i].filed);
		count_cell(report, row, 2, &trend->all.cells[i].closed);
		count_cell(report, row, 3, &trend->all.cells[i].open);
	}
}

static void
fill_row(struct report *report, struct row *row, const struct trend *trend,
    const struct trend_row *from, bool spans)
{
	size_t column = 1, i;
	char text[TEXT];

	report_cell_text(report, row, 0, from->title);
	for (i = 0; i < trend->span_len && spans; i++)
		count_cell(report, row, column++, &from->cells[i].filed);
	count_cell(report, row, column++, &from->filed);
	if (trend->covered) {
		report_cell_number(report, row, column++, CELL_COUNT,
		    (int64_t)from->before);
		report_cell_text(report, row, column++,
		    change(from->filed.len, from->before, text));
	}
	report_cell_number(report, row, column++, CELL_COUNT,
	    (int64_t)from->closed);
	count_cell(report, row, column, &from->cells[trend->span_len - 1]
	    .open);
}

static void
add_rows(struct report *report, const struct trend *trend,
    const char *heading)
{
	bool spans = trend->span_len <= SPANS_SHOWN;
	const struct trend_row *from;
	struct table *table;
	char caption[TEXT];
	size_t i;

	(void)snprintf(caption, sizeof(caption), "Filed, by %ss and %s",
	    trend_per_name(trend->per), heading);
	table = people(report, spans ? caption : NULL);
	report_column(report, table, "title", heading, false, FOR_ALL);
	for (i = 0; i < trend->span_len && spans; i++)
		report_column(report, table, trend->spans[i].name,
		    trend->spans[i].name, true, FOR_ALL);
	report_column(report, table, "filed", "Filed", true, FOR_ALL);
	if (trend->covered) {
		report_column(report, table, "before", "Before", true,
		    FOR_ALL);
		report_column(report, table, "change", "Change", true,
		    FOR_ALL);
	}
	report_column(report, table, "closed", "Closed", true, FOR_ALL);
	report_column(report, table, "open", "Open at the end", true,
	    FOR_ALL);
	for (i = 0; i < trend->row_len; i++) {
		from = &trend->rows[i];
		if (from->filed.len == 0 &&
		    (from->before == 0 || !trend->covered) &&
		    from->closed == 0 &&
		    from->cells[trend->span_len - 1].open.len == 0)
			continue;
		fill_row(report, report_row(report, table), trend, from,
		    spans);
	}
	fill_row(report, report_total(report, table), trend, &trend->all,
	    spans);
}

static void
times_row(struct report *report, struct row *row,
    const struct trend_row *from)
{
	const struct trend_times *times[] = { &from->close, &from->report };
	size_t column = 1, i, k;
	char text[TEXT];

	report_cell_text(report, row, 0, from->title);
	report_cell_number(report, row, column++, CELL_COUNT,
	    (int64_t)from->close.n);
	for (i = 0; i < 2; i++) {
		report_cell_number(report, row, column++, CELL_COUNT,
		    (int64_t)times[i]->running);
		for (k = 0; k < 3; k++)
			report_cell_text(report, row, column++,
			    days(times[i]->quartile[k], text));
	}
}

static void
add_times(struct report *report, const struct trend *trend,
    const char *heading)
{
	static const char *const titles[] = { "Filed", "Open",
	    "25 % closed", "50 % closed", "75 % closed", "Without report",
	    "25 % reported", "50 % reported", "75 % reported" };
	struct table *table;
	size_t i;

	report_heading(report, 2, "How Long It Takes");
	report_text(report, report_block(report, BLOCK_PARAGRAPH),
	    "Days after filing by which a quarter, half and three quarters of "
	    "the incidents filed in the window were closed, and had a first "
	    "report of the CA in a published form. Those that are not over yet "
	    "are taken in by the method of Kaplan and Meier.");
	table = people(report, NULL);
	report_column(report, table, "title", heading, false, FOR_ALL);
	for (i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
		report_column(report, table, titles[i], titles[i], true,
		    FOR_ALL);
	for (i = 0; i < trend->row_len; i++)
		if (trend->rows[i].close.n > 0)
			times_row(report, report_row(report, table),
			    &trend->rows[i]);
	times_row(report, report_total(report, table), &trend->all);
}

static void
add_repeats(struct report *report, const struct trend *trend,
    const char *heading)
{
	const struct trend_repeat *from;
	struct table *table;
	struct row *row;
	size_t i;

	if (!trend->repeats)
		return;
	report_heading(report, 2, "What Came Back");
	if (trend->again_len == 0) {
		report_text(report, report_block(report, BLOCK_PARAGRAPH),
		    "No CA had the same kind of incident again.");
		return;
	}
	report_textf(report, report_block(report, BLOCK_PARAGRAPH),
	    "CAs with the same kind of incident again: filed at most %d days "
	    "after an earlier day's, or (chronic) in at least %d calendar "
	    "years.", TREND_AGAIN, TREND_CHRONIC);
	table = people(report, NULL);
	report_column(report, table, "owner", "Owner", false, FOR_ALL);
	report_column(report, table, "row", heading, false, FOR_ALL);
	report_column(report, table, "incidents", "Incidents", true,
	    FOR_ALL);
	report_column(report, table, "years", "Years", true, FOR_ALL);
	report_column(report, table, "chronic", "Chronic", false, FOR_ALL);
	for (i = 0; i < trend->again_len; i++) {
		from = &trend->again[i];
		row = report_row(report, table);
		report_cell_text(report, row, 0, from->owner);
		report_cell_text(report, row, 1, from->row);
		report_cell_bugs(report, row, 2, CELL_COUNT,
		    (int64_t)from->len, from->bugs, from->len);
		report_cell_number(report, row, 3, CELL_COUNT,
		    (int64_t)from->years);
		report_cell_text(report, row, 4, from->chronic ? "yes" :
		    NULL);
	}
}

static void
say_headline(struct report *report, const struct build_trend *from)
{
	const struct trend *trend = from->trend;
	const struct trend_row *all = &trend->all;
	struct block *block = report_block(report, BLOCK_PARAGRAPH);
	char text[TEXT];

	build_day(report, block, "From ", trend->window.from);
	build_day(report, block, " to ", trend->window.to);
	report_textf(report, block, " (both days included), "
	    "%zu CA %s filed and %zu closed; %zu %s open at the end.",
	    all->filed.len,
	    build_plural((int64_t)all->filed.len, "incident was",
	    "incidents were"), all->closed,
	    all->cells[trend->span_len - 1].open.len,
	    build_plural((int64_t)all->cells[trend->span_len - 1].open.len,
	    "was", "were"));
	if (trend->covered) {
		report_text(report, block, " In the ");
		report_dated(report, block, "%" PRId64, trend->window.to -
		    trend->window.from + 1);
		report_textf(report, block, " days before, %zu %s filed "
		    "(change: %s).", all->before,
		    build_plural((int64_t)all->before, "was", "were"),
		    change(all->filed.len, all->before, text));
	}
	build_filters(report, block, from->selection);
}

void
build_trend(struct report *report, const struct build_trend *from,
    const struct tally_left_out *left_out, const struct build_source *source)
{
	const struct trend_row *all = &from->trend->all;

	report_heading(report, 1, report->title);
	report_summary(report, "%zu filed, %zu closed, %zu open",
	    all->filed.len, all->closed,
	    all->cells[from->trend->span_len - 1].open.len);
	say_headline(report, from);
	add_periods(report, from->trend);
	if (from->chart != NULL)
		build_trend_chart(report, from);
	add_rows(report, from->trend, from->heading);
	add_times(report, from->trend, from->heading);
	add_repeats(report, from->trend, from->heading);
	build_trend_data(report, from);
	build_left_out(report, left_out);
	build_past(report, source);
	build_past_data(report, source);
	build_source_line(report, source);
}
