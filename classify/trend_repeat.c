/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* What comes back: an owner with the same row again. */

#include "classify/trend_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "classify/trend.h"

const struct err *
trend_see(struct trend *trend, const struct trend_bug *bug, size_t row)
{
	struct trend_seen_bug *items;
	struct trend_seen *seen;
	size_t i;

	for (i = 0; i < trend->seen_len; i++)
		if (trend->seen[i].row == row &&
		    strcmp(trend->seen[i].owner, bug->owner) == 0)
			break;
	if (i == trend->seen_len) {
		seen = mem_room(trend->seen, i, &trend->seen_cap,
		    sizeof(*seen));
		if (seen == NULL)
			return err_memory();
		trend->seen = seen;
		memset(&seen[i], 0, sizeof(seen[i]));
		seen[i].owner = arena_copy(&trend->arena, bug->owner,
		    strlen(bug->owner));
		if (seen[i].owner == NULL)
			return err_memory();
		seen[i].row = row;
		trend->seen_len++;
	}
	seen = &trend->seen[i];
	items = mem_room(seen->items, seen->len, &seen->cap, sizeof(*items));
	if (items == NULL)
		return err_memory();
	seen->items = items;
	items[seen->len].bug = bug->id;
	items[seen->len++].day = date_day(bug->filed);
	return NULL;
}

static int
by_day(const void *a, const void *b)
{
	const struct trend_seen_bug *x = a, *y = b;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return x->bug < y->bug ? -1 : x->bug > y->bug;
}

static int
by_most(const void *a, const void *b)
{
	const struct trend_repeat *x = a, *y = b;
	int order;

	if (x->len != y->len)
		return x->len > y->len ? -1 : 1;
	order = strcmp(x->owner, y->owner);
	return order != 0 ? order : strcmp(x->row, y->row);
}

/* Keep the bugs filed in the window that had one on an earlier day, at most
 * TREND_AGAIN before, and the last of those. */
static bool
read_again(struct trend *trend, const struct trend_seen *seen,
    struct trend_repeat *out)
{
	const struct window *window = &trend->window;
	const struct trend_seen_bug *items = seen->items;
	const struct trend_seen_bug *earlier = NULL, *kept = NULL;
	int64_t *bugs, year, last = 0;
	size_t i;

	bugs = arena_alloc(&trend->arena, seen->len + 1, sizeof(*bugs));
	if (bugs == NULL)
		return false;
	out->bugs = bugs;
	for (i = 0; i < seen->len && items[i].day <= window->to; i++) {
		date_split(items[i].day, &year, NULL, NULL);
		out->years += year != last;
		last = year;
		/* A batch of one day is no repetition. */
		if (i > 0 && items[i - 1].day < items[i].day)
			earlier = &items[i - 1];
		if (earlier == NULL || items[i].day < window->from ||
		    items[i].day - earlier->day > TREND_AGAIN)
			continue;
		if (kept == NULL || kept->day < earlier->day)
			bugs[out->len++] = earlier->bug;
		kept = &items[i];
		bugs[out->len++] = items[i].bug;
		out->again = true;
	}
	/* Chronic is what goes on: it was there in the window too. */
	out->chronic = out->years >= TREND_CHRONIC && i > 0 &&
	    items[i - 1].day >= window->from;
	if (out->chronic && !out->again)
		bugs[out->len++] = items[i - 1].bug;
	return true;
}

const struct err *
trend_repeats(struct trend *trend)
{
	struct trend_repeat *repeat;
	struct trend_seen *seen;
	size_t i;

	trend->again = arena_alloc(&trend->arena, trend->seen_len,
	    sizeof(*trend->again));
	if (trend->again == NULL)
		return err_memory();
	for (i = 0; i < trend->seen_len; i++) {
		seen = &trend->seen[i];
		qsort(seen->items, seen->len, sizeof(*seen->items), by_day);
		repeat = &trend->again[trend->again_len];
		memset(repeat, 0, sizeof(*repeat));
		repeat->owner = seen->owner;
		repeat->row = trend->rows[seen->row].title;
		if (!read_again(trend, seen, repeat))
			return err_memory();
		if (repeat->again || repeat->chronic)
			trend->again_len++;
	}
	if (trend->again_len > 0)
		qsort(trend->again, trend->again_len,
		    sizeof(*trend->again), by_most);
	return NULL;
}
