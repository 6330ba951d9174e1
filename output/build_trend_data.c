/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/build_trend.h"

#include <stdio.h>

#include "base/date.h"
#include "classify/select.h"
#include "classify/trend.h"
#include "output/build.h"
#include "output/build_common.h"
#include "output/report.h"
#include "output/value.h"

/* For programs: a line a period and row, those without bugs too. */
static void
add_table(struct report *report, const struct trend *trend)
{
	static const char *const ids[] = { "period", "from", "to", "id",
	    "filed", "closed", "open", "bugs_filed", "bugs_closed",
	    "bugs_open" };
	struct table *table = report_table(report, NULL);
	const struct trend_row *from;
	const struct trend_list *list[3];
	struct row *row;
	size_t i, k, m;

	if (table == NULL)
		return;
	table->audience = FOR_PROGRAMS;
	for (i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		report_column(report, table, ids[i], ids[i], false, FOR_ALL);
	for (i = 0; i < trend->span_len; i++)
		for (k = 0; k <= trend->row_len; k++) {
			from = k == 0 ? &trend->all : &trend->rows[k - 1];
			list[0] = &from->cells[i].filed;
			list[1] = &from->cells[i].closed;
			list[2] = &from->cells[i].open;
			row = report_row(report, table);
			report_cell_text(report, row, 0,
			    trend->spans[i].name);
			report_cell_number(report, row, 1, CELL_DAY,
			    trend->spans[i].from);
			report_cell_number(report, row, 2, CELL_DAY,
			    trend->spans[i].to);
			report_cell_text(report, row, 3, from->id);
			for (m = 0; m < 3; m++) {
				report_cell_number(report, row, 4 + m,
				    CELL_COUNT, (int64_t)list[m]->len);
				report_cell_bugs(report, row, 7 + m,
				    CELL_BUGS, 0, list[m]->bugs,
				    list[m]->len);
			}
		}
}

static void
add_list(struct arena *arena, struct value *object, const char *key,
    const struct trend_list *list)
{
	struct value *to = value_object(arena, object, key);

	value_number(arena, to, "count", (int64_t)list->len);
	build_numbers(arena, to, list->bugs, list->len);
}

static void
add_times(struct arena *arena, struct value *object, const char *key,
    const struct trend_times *times)
{
	static const char *const names[] = { "days_25", "days_50",
	    "days_75" };
	struct value *to = value_object(arena, object, key);
	char digits[32];
	size_t i;

	value_number(arena, to, "n", (int64_t)times->n);
	value_number(arena, to, "running", (int64_t)times->running);
	for (i = 0; i < 3; i++) {
		if (times->quartile[i] < 0) {
			value_null(arena, to, names[i]);
			continue;
		}
		(void)snprintf(digits, sizeof(digits), "%lld.%lld",
		    (long long)(times->quartile[i] / 10),
		    (long long)(times->quartile[i] % 10));
		value_decimal(arena, to, names[i], digits);
	}
}

static void
add_row(struct arena *arena, struct value *object,
    const struct trend *trend, const struct trend_row *row)
{
	struct value *array, *to;
	size_t i;

	value_text(arena, object, "id", row->id);
	value_text(arena, object, "title", row->title);
	value_number(arena, object, "filed", (int64_t)row->filed.len);
	if (trend->covered)
		value_number(arena, object, "before", (int64_t)row->before);
	else
		value_null(arena, object, "before");
	value_number(arena, object, "closed", (int64_t)row->closed);
	add_times(arena, object, "close", &row->close);
	add_times(arena, object, "report", &row->report);
	array = value_array(arena, object, "periods");
	for (i = 0; i < trend->span_len; i++) {
		to = value_object(arena, array, NULL);
		value_text(arena, to, "period", trend->spans[i].name);
		value_day(arena, to, "from", trend->spans[i].from);
		value_day(arena, to, "to", trend->spans[i].to);
		add_list(arena, to, "filed", &row->cells[i].filed);
		add_list(arena, to, "closed", &row->cells[i].closed);
		add_list(arena, to, "open", &row->cells[i].open);
	}
}

static void
add_repeats(struct arena *arena, struct value *root,
    const struct trend *trend)
{
	struct value *array = value_array(arena, root, "repeats"), *to;
	const struct trend_repeat *from;
	size_t i;

	for (i = 0; i < trend->again_len; i++) {
		from = &trend->again[i];
		to = value_object(arena, array, NULL);
		value_text(arena, to, "owner", from->owner);
		value_text(arena, to, "row", from->row);
		value_bool(arena, to, "again", from->again);
		value_bool(arena, to, "chronic", from->chronic);
		value_number(arena, to, "years", (int64_t)from->years);
		build_numbers(arena, to, from->bugs, from->len);
	}
}

void
build_trend_data(struct report *report, const struct build_trend *from)
{
	const struct trend *trend = from->trend;
	struct arena *arena = &report->arena;
	struct value *root, *rows;
	size_t i;

	root = report->data = value_object_new(arena);
	value_text(arena, root, "report", "trend");
	value_text(arena, root, "per", trend_per_name(trend->per));
	value_text(arena, root, "by", from->by);
	value_day(arena, root, "from", trend->window.from);
	value_day(arena, root, "to", trend->window.to);
	value_text(arena, root, "labels",
	    label_mode_name(from->selection->labels));
	add_row(arena, value_object(arena, root, "all"), trend,
	    &trend->all);
	rows = value_array(arena, root, "rows");
	for (i = 0; i < trend->row_len; i++)
		add_row(arena, value_object(arena, rows, NULL), trend,
		    &trend->rows[i]);
	add_repeats(arena, root, trend);
	add_table(report, trend);
}
