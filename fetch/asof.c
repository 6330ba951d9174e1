/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/asof.h"

#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/text.h"
#include "fetch/asof_list.h"
#include "fetch/asof_parts.h"
#include "fetch/bug.h"

struct winding {
	const struct bug *bug;
	int64_t time;
	struct diag_sink *sink;
	struct bug *out;
	bool gap;		/* it was reported */
	bool nomem;
};

/* Fields whose values nobody renames for all bugs at once, so that a change
 * that leads to another value means that the history lacks one. */
static const bool told_exactly[BUG_TEXT__MAX] = {
	[BUG_STATUS] = true, [BUG_RESOLUTION] = true,
	[BUG_SUMMARY] = true, [BUG_WHITEBOARD] = true
};

/* Fields of several values, of which changes name the ones that came or
 * went.  A Bugzilla with one alias a bug logs it in the same way. */
static const bool is_list[BUG_TEXT__MAX] = {
	[BUG_KEYWORDS] = true, [BUG_ALIAS] = true
};

static void
say_gap(struct winding *winding, const char *field)
{
	struct diag diag = { .code = DIAG_HISTORY_GAP,
	    .bug = winding->bug->id, .detail = field };

	if (!winding->gap)
		diag_report(winding->sink, &diag);
	winding->gap = true;
}

/* Can it be that the fields are from before that change? */
static bool
is_newer(const struct bug *bug, const struct change *change)
{
	return bug->num[BUG_CHANGED] != DATE_NONE &&
	    change->time > bug->num[BUG_CHANGED];
}

/* Undo the changes of a text; false when there was none to undo. */
static bool
wind_text(struct winding *winding, enum bug_text which)
{
	const struct bug *bug = winding->bug;
	struct arena *arena = &winding->out->arena;
	const char *field = bug_text_names(which)->rest;
	const char *value = bug->text[which];
	const struct change *change;
	size_t last, first;
	bool any = false;

	for (last = asof_before(bug, field, bug->change_len);
	    last != SIZE_MAX && value != NULL;
	    last = asof_before(bug, field, first)) {
		change = &bug->changes[last];
		first = asof_first(bug, last, value, true, arena);
		if (first == SIZE_MAX && is_newer(bug, change)) {
			first = asof_first(bug, last, value, false, arena);
			if (first != SIZE_MAX)
				continue;
		}
		/* Does what is left of the history lead to the status?
		 * Whoever reads the bug's life asks that. */
		if (first == SIZE_MAX && told_exactly[which] &&
		    (which != BUG_STATUS || change->time > winding->time))
			say_gap(winding, field);
		if (change->time <= winding->time)
			break;
		if (first == SIZE_MAX)
			first = asof_guess(bug, last);
		value = asof_removed(bug, first, last, arena);
		any = true;
	}
	winding->nomem = winding->nomem || value == NULL;
	winding->out->text[which] = value;
	return any;
}

static void
wind_list(struct winding *winding, enum bug_text which)
{
	const struct bug *bug = winding->bug;
	const char *field = bug_text_names(which)->rest;
	struct buf list, spare;
	size_t at;

	buf_init(&list, ASOF_MAX_LIST);
	buf_init(&spare, ASOF_MAX_LIST);
	buf_str(&list, bug->text[which]);
	at = asof_before(bug, field, bug->change_len);
	for (; at != SIZE_MAX && bug->changes[at].time > winding->time &&
	    !list.full; at = asof_before(bug, field, at))
		if (!is_newer(bug, &bug->changes[at]))
			asof_undo_list(&bug->changes[at], &list,
			    &spare);
	if (list.full || spare.full)
		say_gap(winding, field);
	else if (list.nomem || spare.nomem || !bug_set_text(winding->out,
	    which, buf_text(&list), list.len))
		winding->nomem = true;
	buf_release(&list);
	buf_release(&spare);
}

/* The first change of the field after the time; NULL: none. */
static const struct change *
first_since(const struct winding *winding, const char *field)
{
	const struct bug *bug = winding->bug;
	size_t i;

	for (i = 0; i < bug->change_len; i++)
		if (bug->changes[i].time > winding->time &&
		    strcmp(bug->changes[i].field, field) == 0)
			return &bug->changes[i];
	return NULL;
}

static void
set_num(struct winding *winding, enum bug_num field, int64_t value)
{
	struct bug *out = winding->out;
	bool set = value != (bug_num_is_time(field) ? DATE_NONE : -1);

	out->num[field] = value;
	out->have &= ~BUG_HAVE_NUM(field);
	if (set)
		out->have |= BUG_HAVE_NUM(field);
}

/* When the bug was closed last, by the log of the field, else by that of
 * the status.  A Bugzilla without the field has none in the past either. */
static void
wind_resolved(struct winding *winding)
{
	const struct bug *bug = winding->bug;
	int64_t resolved = bug->num[BUG_LAST_RESOLVED];
	const struct change *change;
	size_t i;

	if (resolved == DATE_NONE || resolved <= winding->time)
		return;
	change = first_since(winding, bug_num_names(BUG_LAST_RESOLVED)->rest);
	if (change == NULL || !date_parse_time(change->removed,
	    strlen(change->removed), &resolved)) {
		resolved = DATE_NONE;
		for (i = 0; i < winding->out->change_len; i++)
			if (strcmp(bug->changes[i].field, "status") == 0 &&
			    bug_status_closed(bug->changes[i].added) &&
			    !bug_status_closed(bug->changes[i].removed))
				resolved = bug->changes[i].time;
	}
	set_num(winding, BUG_LAST_RESOLVED, resolved);
}

static void
wind_dupe(struct winding *winding)
{
	const struct change *change = first_since(winding,
	    bug_num_names(BUG_DUPE_OF)->rest);
	struct bug *out = winding->out;
	int64_t dupe = out->num[BUG_DUPE_OF];

	if (change != NULL && !text_int(change->removed,
	    strlen(change->removed), &dupe))
		dupe = -1;
	if (strcmp(out->text[BUG_RESOLUTION], "DUPLICATE") != 0)
		dupe = -1;
	set_num(winding, BUG_DUPE_OF, dupe);
}

/* What is closed now, and no change closed it since: was it open? */
static void
reopen_unseen(struct winding *winding)
{
	const struct bug *bug = winding->bug;
	bool told = (bug->have & BUG_HAVE_HISTORY) != 0;
	int64_t resolved = bug->num[BUG_LAST_RESOLVED];
	struct bug *out = winding->out;

	if (bug->text[BUG_STATUS][0] != '\0' ?
	    !bug_status_closed(bug->text[BUG_STATUS]) :
	    bug->text[BUG_RESOLUTION][0] == '\0')
		return;
	if (resolved == DATE_NONE && !told)
		resolved = bug->last_comment;
	if (resolved == DATE_NONE && !told)
		resolved = bug->num[BUG_CHANGED];
	if (resolved == DATE_NONE || resolved <= winding->time)
		return;
	if (told)
		say_gap(winding, bug_text_names(BUG_STATUS)->rest);
	out->text[BUG_STATUS] = out->text[BUG_RESOLUTION] = "";
	out->have &= ~(BUG_HAVE_TEXT(BUG_STATUS) |
	    BUG_HAVE_TEXT(BUG_RESOLUTION));
}

/* Comments and changes as far as they were there.  A comment of unknown
 * time is as old as the one before it. */
static void
cut(struct winding *winding)
{
	const struct bug *bug = winding->bug;
	struct bug *out = winding->out;
	bool keep = true;
	size_t i;

	out->comments = arena_alloc(&out->arena, bug->comment_len + 1,
	    sizeof(*out->comments));
	if (out->comments == NULL) {
		winding->nomem = true;
		return;
	}
	out->last_comment = DATE_NONE;
	for (i = 0; i < bug->comment_len; i++) {
		if (bug->comments[i].time != DATE_NONE)
			keep = bug->comments[i].time <= winding->time;
		if (!keep)
			continue;
		out->comments[out->comment_len++] = bug->comments[i];
		if (bug->comments[i].time > out->last_comment)
			out->last_comment = bug->comments[i].time;
	}
	out->comment_cap = out->comment_len;
	out->changes = bug->changes;
	while (out->change_len < bug->change_len &&
	    bug->changes[out->change_len].time <= winding->time)
		out->change_len++;
	out->change_cap = out->change_len;
}

/* When the bug had been changed last, if it was since. */
static void
wind_changed(struct winding *winding)
{
	struct bug *out = winding->out;
	int64_t changed = out->num[BUG_CREATED];
	size_t i;

	if (winding->bug->num[BUG_CHANGED] > winding->time ||
	    out->comment_len < winding->bug->comment_len)
		set_num(winding, BUG_COMMENT_COUNT, -1);
	if (winding->bug->num[BUG_CHANGED] <= winding->time)
		return;
	if ((out->have & BUG_HAVE_HISTORY) == 0) {
		set_num(winding, BUG_CHANGED, DATE_NONE);
		return;
	}
	if (out->last_comment > changed)
		changed = out->last_comment;
	for (i = 0; i < out->change_len; i++)
		if (out->changes[i].time > changed)
			changed = out->changes[i].time;
	set_num(winding, BUG_CHANGED, changed);
}

/* Was the bug there?  One of unknown creation time since its first comment
 * or change; without any, always. */
static bool
was_filed(const struct bug *bug, int64_t time)
{
	int64_t filed = INT64_MAX;
	size_t i;

	if (bug->num[BUG_CREATED] != DATE_NONE)
		return bug->num[BUG_CREATED] <= time;
	for (i = 0; i < bug->comment_len; i++)
		if (bug->comments[i].time < filed)
			filed = bug->comments[i].time;
	if (bug->change_len > 0 && bug->changes[0].time < filed)
		filed = bug->changes[0].time;
	return filed <= time || filed == INT64_MAX;
}

const struct err *
bug_as_of(const struct bug *bug, int64_t time, struct diag_sink *sink,
    struct bug *out, enum asof *how)
{
	struct diag missing = { .code = DIAG_HISTORY_MISSING,
	    .bug = bug->id };
	struct winding winding = { .bug = bug, .time = time, .sink = sink,
	    .out = out };
	bool restated = false;
	unsigned i;

	bug_clear(out);
	*how = ASOF_LATER;
	if (!was_filed(bug, time))
		return NULL;
	out->id = bug->id;
	out->have = bug->have;
	out->cut = bug->cut;
	out->gone = bug->gone <= time ? bug->gone : DATE_NONE;
	memcpy(out->text, bug->text, sizeof(out->text));
	memcpy(out->num, bug->num, sizeof(out->num));
	cut(&winding);
	for (i = 0; i < BUG_TEXT__MAX && !winding.nomem; i++) {
		if (is_list[i])
			wind_list(&winding, (enum bug_text)i);
		else if (wind_text(&winding, (enum bug_text)i))
			restated = restated || i == BUG_STATUS;
	}
	if (!restated)
		reopen_unseen(&winding);
	wind_resolved(&winding);
	wind_dupe(&winding);
	wind_changed(&winding);
	if (winding.nomem) {
		bug_clear(out);
		return err_memory();
	}
	*how = ASOF_KNOWN;
	if ((bug->have & BUG_HAVE_HISTORY) == 0 &&
	    (bug->num[BUG_CHANGED] == DATE_NONE ||
	    bug->num[BUG_CHANGED] > time)) {
		*how = ASOF_UNSURE;
		diag_report(sink, &missing);
	}
	return NULL;
}
