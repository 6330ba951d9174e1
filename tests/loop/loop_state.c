/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* A bug as it stood at a time: its members, wound back by its history. */
#include "tests/loop/loop_private.h"

bool
loop_exists(const struct loop_bug *bug, int64_t at)
{
	return bug->known && bug->created <= at;
}

bool
loop_restricted(const struct loop_bug *bug, int64_t at)
{
	bool restricted = false;
	size_t i;

	for (i = 0; i < bug->member_len; i++)
		if (slice_is(bug->members[i].key, "groups"))
			restricted = bug->members[i].value.len > 2;
	for (i = 0; i < bug->mark_len; i++)
		if (bug->marks[i].time <= at)
			restricted = bug->marks[i].restricted;
	return restricted;
}

bool
loop_may_see(const struct loop_request *request, const struct loop_bug *bug)
{
	return loop_exists(bug, request->at) && (request->key == KEY_FULL ||
	    !loop_restricted(bug, request->at));
}

static struct slice
last_value(const struct loop_bug *bug, const char *name)
{
	size_t i;

	for (i = 0; i < bug->member_len; i++)
		if (slice_is(bug->members[i].key, name))
			return bug->members[i].value;
	return (struct slice){ NULL, 0 };
}

int64_t
loop_changed(const struct loop_bug *bug, int64_t at)
{
	int64_t changed = bug->created;
	size_t i;

	if (at == INT64_MAX)
		return slice_time(last_value(bug, "last_change_time"));
	for (i = 0; i < bug->entry_len; i++)
		if (bug->entries[i].time <= at &&
		    bug->entries[i].time > changed)
			changed = bug->entries[i].time;
	for (i = 0; i < bug->comment_len; i++)
		if (bug->comments[i].time <= at &&
		    bug->comments[i].time > changed)
			changed = bug->comments[i].time;
	return changed;
}

/* The value that the first change after `at` took away, its pieces joined,
 * without quotes; false when none of that field came. */
static bool
taken(struct buf *out, const struct loop_bug *bug, const char *name,
    int64_t at)
{
	struct slice_walk walk;
	struct slice change;
	bool found = false;
	size_t i;

	for (i = 0; i < bug->entry_len && !found; i++) {
		if (bug->entries[i].time <= at)
			continue;
		walk = slice_open(slice_get(bug->entries[i].raw, "changes"));
		while (slice_element(&walk, &change)) {
			if (!slice_is(slice_inside(slice_get(change,
			    "field_name")), name))
				continue;
			slice_add(out, slice_inside(slice_get(change,
			    "removed")));
			found = true;
		}
	}
	return found;
}

static bool
is_open(const struct loop_bug *bug, int64_t at)
{
	struct buf status;
	struct slice text;
	bool open;

	buf_init(&status, 1024);
	loop_value(&status, bug, "status", at);
	text = slice_of(buf_text(&status));
	open = !slice_is(text, "\"RESOLVED\"") &&
	    !slice_is(text, "\"VERIFIED\"") && !slice_is(text, "\"CLOSED\"");
	buf_release(&status);
	return open;
}

static uint64_t
comments_at(const struct loop_bug *bug, int64_t at)
{
	uint64_t count = 0;
	size_t i;

	for (i = 0; i < bug->comment_len; i++)
		if (bug->comments[i].time <= at)
			count++;
	return count;
}

void
loop_value(struct buf *out, const struct loop_bug *bug, const char *name,
    int64_t at)
{
	struct slice last = last_value(bug, name);
	char time[DATE_SIZE];
	size_t start = out->len;

	if (at == INT64_MAX || last.at == NULL) {
		slice_add(out, last);
	} else if (strcmp(name, "last_change_time") == 0) {
		buf_fmt(out, "\"%s\"", date_format_time(
		    loop_changed(bug, at), time));
	} else if (strcmp(name, "is_open") == 0) {
		buf_str(out, is_open(bug, at) ? "true" : "false");
	} else if (strcmp(name, "comment_count") == 0) {
		buf_fmt(out, "%llu", (unsigned long long)
		    comments_at(bug, at));
	} else if (last.at[0] != '"' && strcmp(name, "cf_last_resolved") != 0) {
		slice_add(out, last);
	} else {
		buf_char(out, '"');
		if (!taken(out, bug, name, at)) {
			out->len = start;
			slice_add(out, last);
			return;
		}
		buf_char(out, '"');
		if (strcmp(name, "cf_last_resolved") == 0 &&
		    out->len == start + 2) {
			out->len = start;
			buf_str(out, "null");
		}
	}
}
