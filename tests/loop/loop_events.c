/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* What happens to bugs beside what the files tell. */
#include "tests/loop/loop_private.h"

#include <time.h>

#include "base/mem.h"

enum {
	MAX_TEXT = 1 << 20
};

static int64_t
clock_of(const struct loopzilla *server)
{
	return server->config.now != DATE_NONE ? server->config.now :
	    (int64_t)time(NULL);
}

static void
mark(struct loop_bug *bug, int64_t time, bool restricted)
{
	bug->marks = loop_must(mem_room(bug->marks, bug->mark_len,
	    &bug->mark_cap, sizeof(*bug->marks)));
	bug->marks[bug->mark_len].time = time;
	bug->marks[bug->mark_len++].restricted = restricted;
}

static bool
edit(struct loopzilla *server, struct loop_bug *bug, int64_t time,
    const char *text)
{
	struct loop_edit **last, *made;
	struct buf quoted;
	int64_t number = slice_int(slice_of(text));
	size_t i;

	for (i = 0; i < bug->comment_len; i++)
		if (bug->comments[i].number == number)
			break;
	if (i == bug->comment_len)
		return false;
	text += strcspn(text, " ");
	text += strspn(text, " ");
	buf_init(&quoted, MAX_TEXT);
	slice_quote(&quoted, text, strlen(text));
	made = loop_must(mem_alloc(1, sizeof(*made)));
	made->time = time;
	made->text = loop_keep(server, &quoted);
	for (last = &bug->comments[i].edits; *last != NULL;
	    last = &(*last)->next)
		;
	*last = made;
	return true;
}

/* A change of `field`, and the bug's state after it. */
static void
change(struct loopzilla *server, struct loop_bug *bug, int64_t time,
    const char *field, const char *added)
{
	struct slice key = { NULL, 0 }, changed = { NULL, 0 };
	char date[DATE_SIZE];
	struct buf text;
	size_t i;

	for (i = 0; i < bug->member_len; i++) {
		if (slice_is(bug->members[i].key, field))
			key = bug->members[i].key;
		if (slice_is(bug->members[i].key, "last_change_time"))
			changed = bug->members[i].key;
	}
	date_format_time(time, date);
	buf_init(&text, MAX_TEXT);
	buf_fmt(&text, "{\"when\":\"%s\",\"who\":\"staff@loop.example\","
	    "\"changes\":[{\"field_name\":\"%s\",\"removed\":", date, field);
	loop_value(&text, bug, field, INT64_MAX);
	buf_str(&text, ",\"added\":");
	slice_quote(&text, added, strlen(added));
	buf_str(&text, "}]}");
	loop_add_entry(bug, loop_keep(server, &text), time);
	slice_quote(&text, added, strlen(added));
	loop_set_member(bug, key, loop_keep(server, &text));
	buf_fmt(&text, "\"%s\"", date);
	loop_set_member(bug, changed, loop_keep(server, &text));
}

static void
touch(struct loopzilla *server, struct loop_bug *bug, int64_t time)
{
	const struct loop_comment *last = bug->comment_len > 0 ?
	    &bug->comments[bug->comment_len - 1] : NULL;
	char date[DATE_SIZE], added[64];
	struct buf text;

	snprintf(added, sizeof(added), "[ca-compliance] [touched-%zu]",
	    bug->entry_len);
	change(server, bug, time, "whiteboard", added);
	date_format_time(time, date);
	buf_init(&text, MAX_TEXT);
	buf_fmt(&text, "{\"id\":%lld,\"bug_id\":%lld,\"count\":%lld,"
	    "\"creator\":\"staff@loop.example\",\"time\":\"%s\","
	    "\"creation_time\":\"%s\",\"is_private\":false,\"tags\":[],"
	    "\"attachment_id\":null,\"text\":\"Touched at %s.\"}",
	    (long long)(bug->id * 1000 + (int64_t)bug->comment_len),
	    (long long)bug->id,
	    (long long)(last != NULL ? last->number + 1 : 0), date, date,
	    date);
	loop_add_comment(bug, loop_keep(server, &text));
}

static bool
poison(struct loop_bug *bug, const char *how)
{
	if (strcmp(how, "list") == 0)
		bug->poison = POISON_LIST;
	else if (strcmp(how, "text") == 0)
		bug->poison = POISON_TEXT;
	else if (strcmp(how, "error") == 0)
		bug->poison = POISON_ERROR;
	else if (strcmp(how, "none") == 0)
		bug->poison = POISON_NONE;
	else
		return false;
	return true;
}

bool
loop_event(struct loopzilla *server, const char *event)
{
	size_t time_len = strcspn(event, " "), kind_len;
	const char *kind = event + time_len + strspn(event + time_len, " ");
	const char *rest;
	struct loop_bug *bug;
	int64_t time;

	if (time_len == 3 && memcmp(event, "now", 3) == 0)
		time = clock_of(server);
	else if (!date_parse_time(event, time_len, &time))
		return false;
	kind_len = strcspn(kind, " ");
	rest = kind + kind_len + strspn(kind + kind_len, " ");
	bug = loop_find(server, slice_int(slice_of(rest)));
	if (bug == NULL)
		return false;
	rest += strcspn(rest, " ");
	rest += strspn(rest, " ");
	if (kind_len == 8 && memcmp(kind, "restrict", 8) == 0)
		mark(bug, time, true);
	else if (kind_len == 4 && memcmp(kind, "open", 4) == 0)
		mark(bug, time, false);
	else if (kind_len == 4 && memcmp(kind, "shut", 4) == 0)
		bug->shut = true;
	else if (kind_len == 4 && memcmp(kind, "edit", 4) == 0)
		return edit(server, bug, time, rest);
	else if (kind_len == 4 && memcmp(kind, "move", 4) == 0)
		change(server, bug, time, "component", rest);
	else if (kind_len == 5 && memcmp(kind, "touch", 5) == 0)
		touch(server, bug, time);
	else if (kind_len == 6 && memcmp(kind, "poison", 6) == 0)
		return poison(bug, rest);
	else
		return false;
	return true;
}
