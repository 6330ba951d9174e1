/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/trend.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "classify/trend_private.h"

static const char *const per_name[TREND_PER__MAX] = {
	[TREND_MONTH] = "month",
	[TREND_QUARTER] = "quarter",
	[TREND_YEAR] = "year"
};

const char *
trend_per_name(enum trend_per per)
{
	return per_name[per];
}

bool
trend_per_by_name(const char *name, enum trend_per *out)
{
	size_t i;

	for (i = 0; i < TREND_PER__MAX; i++)
		if (strcmp(per_name[i], name) == 0) {
			*out = (enum trend_per)i;
			return true;
		}
	return false;
}

/* The period that holds a day. */
static void
set_span(enum trend_per per, int64_t day, struct trend_span *out)
{
	int64_t year, month, next_year, next_month, length;

	date_split(day, &year, &month, NULL);
	length = per == TREND_MONTH ? 1 : per == TREND_QUARTER ? 3 : 12;
	month -= (month - 1) % length;
	next_year = month + length > 12 ? year + 1 : year;
	next_month = (month + length - 1) % 12 + 1;
	(void)date_civil(year, month, 1, &out->from);
	if (!date_civil(next_year, next_month, 1, &out->to))
		out->to = out->from + 366;
	out->to--;
	if (per == TREND_YEAR)
		(void)snprintf(out->name, sizeof(out->name), "%" PRId64,
		    year);
	else if (per == TREND_QUARTER)
		(void)snprintf(out->name, sizeof(out->name), "%" PRId64
		    " Q%" PRId64, year, (month - 1) / 3 + 1);
	else
		(void)snprintf(out->name, sizeof(out->name), "%" PRId64
		    "-%02" PRId64, year, month);
}

static bool
make_cells(struct trend *trend, struct trend_row *row)
{
	row->cells = arena_alloc(&trend->arena, trend->span_len,
	    sizeof(*row->cells));
	return row->cells != NULL;
}

const struct err *
trend_begin(struct trend *trend)
{
	const struct window *window = &trend->window;
	struct trend_span span;
	int64_t day;

	arena_init(&trend->arena, TREND_MAX_BYTES);
	for (day = window->from; day <= window->to; day = span.to + 1) {
		set_span(trend->per, day, &span);
		if (++trend->span_len > TREND_MAX_SPANS)
			return err_new(ERR_USAGE, "trend: the window has "
			    "more than %d %ss: give --from and --to, or a "
			    "longer --per", TREND_MAX_SPANS,
			    per_name[trend->per]);
	}
	trend->spans = arena_alloc(&trend->arena, trend->span_len,
	    sizeof(*trend->spans));
	if (trend->spans == NULL)
		return err_memory();
	trend->span_len = 0;
	for (day = window->from; day <= window->to; day = span.to + 1) {
		set_span(trend->per, day, &span);
		trend->spans[trend->span_len] = span;
		if (span.from < window->from)
			trend->spans[trend->span_len].from = window->from;
		if (span.to > window->to)
			trend->spans[trend->span_len].to = window->to;
		trend->span_len++;
	}
	trend->all.id = "all";
	trend->all.title = "All";
	return make_cells(trend, &trend->all) ? NULL : err_memory();
}

static void
release_row(struct trend *trend, struct trend_row *row)
{
	size_t i;

	for (i = 0; i < trend->span_len && row->cells != NULL; i++) {
		mem_free(row->cells[i].filed.bugs);
		mem_free(row->cells[i].closed.bugs);
		mem_free(row->cells[i].open.bugs);
	}
	mem_free(row->filed.bugs);
	mem_free(row->close_times);
	mem_free(row->report_times);
}

void
trend_release(struct trend *trend)
{
	size_t i;

	release_row(trend, &trend->all);
	for (i = 0; i < trend->row_len; i++)
		release_row(trend, &trend->rows[i]);
	mem_free(trend->rows);
	for (i = 0; i < trend->seen_len; i++)
		mem_free(trend->seen[i].items);
	mem_free(trend->seen);
	arena_release(&trend->arena);
	memset(trend, 0, sizeof(*trend));
}

const struct err *
trend_row(struct trend *trend, const char *id, const char *title,
    size_t *index)
{
	struct trend_row *rows;
	struct trend_row row;

	for (*index = 0; *index < trend->row_len; ++*index)
		if (strcmp(trend->rows[*index].id, id) == 0)
			return NULL;
	memset(&row, 0, sizeof(row));
	row.id = arena_copy(&trend->arena, id, strlen(id));
	row.title = arena_copy(&trend->arena, title, strlen(title));
	rows = mem_room(trend->rows, trend->row_len, &trend->row_cap,
	    sizeof(*rows));
	if (rows != NULL)
		trend->rows = rows;
	if (rows == NULL || row.id == NULL || row.title == NULL ||
	    !make_cells(trend, &row))
		return err_memory();
	rows[trend->row_len++] = row;
	return NULL;
}

static bool
push(struct trend_list *list, int64_t bug)
{
	int64_t *bugs = mem_room(list->bugs, list->len, &list->cap,
	    sizeof(*bugs));

	if (bugs == NULL)
		return false;
	list->bugs = bugs;
	bugs[list->len++] = bug;
	return true;
}

static bool
is_within(int64_t day, int64_t from, int64_t to)
{
	return day >= from && day <= to;
}

/* Count the bug in the periods. */
static bool
add_cells(const struct trend *trend, struct trend_row *row,
    const struct trend_bug *bug)
{
	int64_t filed = date_day(bug->filed);
	int64_t closed = life_closed(bug->life, trend->window.to);
	const struct trend_span *span;
	bool good = true;
	size_t i;

	if (closed != DATE_NONE)
		closed = date_day(closed);
	for (i = 0; i < trend->span_len && good; i++) {
		span = &trend->spans[i];
		if (is_within(filed, span->from, span->to))
			good = push(&row->cells[i].filed, bug->id);
		if (good && closed != DATE_NONE &&
		    is_within(closed, span->from, span->to)) {
			good = push(&row->cells[i].closed, bug->id);
			row->closed++;
		}
		if (good && life_open_on(bug->life, span->to))
			good = push(&row->cells[i].open, bug->id);
	}
	return good;
}

/* How long it took from `from`, or has taken so far. */
static struct trend_time
measure(const struct trend *trend, int64_t from, int64_t end)
{
	int64_t last = date_start(trend->window.to + 1);
	struct trend_time time = { 0, false };

	if (trend->now < last)
		last = trend->now;
	if (end == DATE_NONE || end > last) {
		end = last;
		time.running = true;
	}
	if (end > from)
		time.seconds = end - from;
	return time;
}

static bool
add_times(const struct trend *trend, struct trend_row *row,
    const struct trend_bug *bug)
{
	struct trend_time *close, *report;

	close = mem_room(row->close_times, row->time_len, &row->close_cap,
	    sizeof(*close));
	if (close != NULL)
		row->close_times = close;
	report = mem_room(row->report_times, row->time_len,
	    &row->report_cap, sizeof(*report));
	if (report != NULL)
		row->report_times = report;
	if (close == NULL || report == NULL)
		return false;
	close[row->time_len] = measure(trend, bug->filed,
	    life_closed(bug->life, trend->window.to));
	report[row->time_len++] = measure(trend, bug->filed, bug->reported);
	return true;
}

static bool
add_row(const struct trend *trend, struct trend_row *row,
    const struct trend_bug *bug)
{
	const struct window *window = &trend->window;
	int64_t filed = date_day(bug->filed);
	int64_t days = window->to - window->from + 1;

	row->before += is_within(filed, window->from - days,
	    window->from - 1);
	if (!add_cells(trend, row, bug))
		return false;
	return !is_within(filed, window->from, window->to) ||
	    (push(&row->filed, bug->id) && add_times(trend, row, bug));
}

void
trend_cover(struct trend *trend, int64_t day)
{
	const struct window *window = &trend->window;

	if (day <= window->from - (window->to - window->from + 1))
		trend->covered = true;
}

const struct err *
trend_add(struct trend *trend, const struct trend_bug *bug)
{
	const struct err *err = NULL;
	size_t i;

	if (!add_row(trend, &trend->all, bug))
		return err_memory();
	for (i = 0; i < bug->row_len && err == NULL; i++) {
		if (!add_row(trend, &trend->rows[bug->rows[i]], bug))
			return err_memory();
		if (trend->repeats && bug->owner != NULL &&
		    bug->rows[i] != trend->residual)
			err = trend_see(trend, bug, bug->rows[i]);
	}
	return err;
}

/* A bug that was reopened is open again without having been filed, so what
 * is open can be told only for the bugs themselves: none twice, and none
 * both closed in the last period and open at its end. */
static const struct err *
check(const struct trend *trend, const struct trend_row *row)
{
	const struct trend_cell *cell;
	size_t i, k, m, filed = 0;

	for (i = 0; i < trend->span_len; i++) {
		cell = &row->cells[i];
		filed += cell->filed.len;
		if (i + 1 < trend->span_len)
			continue;
		for (k = m = 0; k < cell->closed.len; k++) {
			while (m < cell->open.len &&
			    cell->open.bugs[m] < cell->closed.bugs[k])
				m++;
			if (m < cell->open.len &&
			    cell->open.bugs[m] == cell->closed.bugs[k])
				return err_new(ERR_DATA, "trend: bug %" PRId64
				    " is both closed and open at the end",
				    cell->open.bugs[m]);
		}
	}
	if (filed != row->filed.len)
		return err_new(ERR_DATA, "trend: %s: %zu filed in all "
		    "periods, %zu in the window", row->id, filed,
		    row->filed.len);
	return NULL;
}

const struct err *
trend_finish(struct trend *trend)
{
	const struct err *err;
	struct trend_row *row;
	size_t i;

	for (i = 0; i <= trend->row_len; i++) {
		row = i == 0 ? &trend->all : &trend->rows[i - 1];
		err = check(trend, row);
		if (err != NULL)
			return err;
		trend_quartiles(row->close_times, row->time_len,
		    &row->close);
		trend_quartiles(row->report_times, row->time_len,
		    &row->report);
	}
	return trend_repeats(trend);
}
