/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/cohort.h"

#include <string.h>

#include "base/date.h"
#include "base/diag.h"
#include "fetch/bug.h"

static const char *const cohort_names[COHORT_KIND__MAX] = {
	[COHORT_OPEN_DURING] = "open-during",
	[COHORT_FILED] = "filed",
	[COHORT_CLOSED] = "closed",
	[COHORT_OPEN_ON] = "open-on"
};

static struct life_period *
last_period(struct life *life)
{
	return &life->periods[life->len - 1];
}

/* Start a period.  When there are too many, the two before the last become
 * one: how the life began and how it ended stays exact. */
static void
add_period(struct life *life, int64_t from)
{
	if (life->len == LIFE_MAX_PERIODS) {
		life->periods[LIFE_MAX_PERIODS - 2].until =
		    life->periods[LIFE_MAX_PERIODS - 1].until;
		life->len--;
	}
	life->len++;
	last_period(life)->from = from;
	last_period(life)->until = INT64_MAX;
}

/* End the last period where a reopening at `now` was not preceded by a
 * closing: at the closing that the fields know, else then. */
static void
close_unseen(const struct bug *bug, int64_t now, struct life *life)
{
	struct life_period *last = last_period(life);
	int64_t resolved = bug->num[BUG_LAST_RESOLVED];

	last->until = now;
	if (resolved != DATE_NONE && resolved >= last->from && resolved < now)
		last->until = resolved;
}

/* The periods that the history tells; no time runs backwards.  false when
 * it reopens a bug that it has not closed. */
static bool
read_history(const struct bug *bug, struct life *life)
{
	const struct change *change;
	int64_t now = life->periods[0].from;
	bool open = true, whole = true, unseen;
	size_t i;

	for (i = 0; i < bug->change_len; i++) {
		change = &bug->changes[i];
		if (strcmp(change->field, "status") != 0)
			continue;
		unseen = open && bug_status_closed(change->removed) &&
		    !bug_status_closed(change->added);
		if (bug_status_closed(change->added) != open && !unseen)
			continue;
		if (change->time > now)
			now = change->time;
		if (unseen) {
			close_unseen(bug, now, life);
			whole = open = false;
		}
		if (open)
			last_period(life)->until = now;
		else
			add_period(life, now);
		open = !open;
	}
	return whole;
}

/* What the fields say, and where they say nothing the history. */
static bool
is_closed(const struct bug *bug, bool by_history)
{
	if (bug->text[BUG_STATUS][0] != '\0')
		return bug_status_closed(bug->text[BUG_STATUS]);
	return bug->text[BUG_RESOLUTION][0] != '\0' || by_history;
}

/* The end of the last period as it is known without history. */
static void
close_by_fields(const struct bug *bug, struct diag_sink *sink,
    struct life *life)
{
	struct life_period *last = last_period(life);
	struct diag diag = { .code = DIAG_CLOSE_GUESSED, .bug = bug->id };
	int64_t until = bug->num[BUG_LAST_RESOLVED];

	if (until == DATE_NONE) {
		life->guessed = true;
		until = bug->last_comment;
		diag.detail = "last comment";
		if (until == DATE_NONE) {
			until = bug->num[BUG_CHANGED];
			diag.detail = "last change";
		}
		diag_report(sink, &diag);
	}
	last->until = until > last->from ? until : last->from;
}

void
life_read(const struct bug *bug, struct diag_sink *sink, struct life *out)
{
	struct diag gap = { .code = DIAG_HISTORY_GAP, .bug = bug->id,
	    .detail = bug->text[BUG_STATUS] };
	bool told = (bug->have & BUG_HAVE_HISTORY) != 0, whole = true;
	bool ended, closed, older;

	out->len = 1;
	out->guessed = false;
	out->periods[0].from = bug->num[BUG_CREATED];
	out->periods[0].until = INT64_MAX;
	if (told)
		whole = read_history(bug, out);
	ended = last_period(out)->until != INT64_MAX;
	closed = is_closed(bug, ended);
	older = ended && closed &&
	    bug->num[BUG_LAST_RESOLVED] > last_period(out)->until;
	if (told && (!whole || older || closed != ended))
		diag_report(sink, &gap);
	if (older || (closed && !ended))
		close_by_fields(bug, sink, out);
	else if (!closed)
		last_period(out)->until = INT64_MAX;
}

/* The first second behind a day. */
static int64_t
day_end(int64_t day)
{
	return day == INT64_MAX ? INT64_MAX : date_start(day + 1);
}

bool
life_open_on(const struct life *life, int64_t day)
{
	int64_t end = day_end(day);
	size_t i;

	for (i = 0; i < life->len; i++)
		if (life->periods[i].from < end &&
		    life->periods[i].until >= end)
			return true;
	return false;
}

int64_t
life_closed(const struct life *life, int64_t day)
{
	int64_t end = day_end(day), closed = DATE_NONE;
	size_t i;

	if (life_open_on(life, day))
		return DATE_NONE;
	for (i = 0; i < life->len; i++)
		if (life->periods[i].until < end)
			closed = life->periods[i].until;
	return closed;
}

/* "Unresolved or closed no earlier than the start": a bug closed in the
 * first second still counts. */
static bool
open_during(const struct life *life, int64_t start, int64_t end)
{
	size_t i;

	for (i = 0; i < life->len; i++)
		if (life->periods[i].from < end &&
		    life->periods[i].until >= start)
			return true;
	return false;
}

bool
cohort_has(enum cohort_kind kind, const struct life *life,
    const struct window *window)
{
	int64_t start = date_start(window->from), end = day_end(window->to);
	int64_t closed;

	switch (kind) {
	case COHORT_OPEN_DURING:
		return open_during(life, start, end);
	case COHORT_FILED:
		return life->periods[0].from != DATE_NONE &&
		    life->periods[0].from >= start &&
		    life->periods[0].from < end;
	case COHORT_CLOSED:
		closed = life_closed(life, window->to);
		return closed != DATE_NONE && closed >= start;
	case COHORT_OPEN_ON:
		return life_open_on(life, window->to);
	default:
		return false;
	}
}

const char *
cohort_name(enum cohort_kind kind)
{
	return cohort_names[kind];
}

bool
cohort_by_name(const char *name, enum cohort_kind *out)
{
	size_t i;

	for (i = 0; i < COHORT_KIND__MAX; i++) {
		if (strcmp(name, cohort_names[i]) == 0) {
			*out = (enum cohort_kind)i;
			return true;
		}
	}
	return false;
}
