/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/bug.h"

#include <string.h>

#include "base/date.h"

enum {
	FIRST_ROOM = 8		/* comments or changes of a first list */
};

static const struct bug_names text_names[BUG_TEXT__MAX] = {
	[BUG_PRODUCT] = { "product", "product", "product" },
	[BUG_COMPONENT] = { "component", "component", "component" },
	[BUG_SUMMARY] = { "summary", "short_desc", "summary" },
	[BUG_WHITEBOARD] = { "whiteboard", "status_whiteboard", "whiteboard" },
	[BUG_STATUS] = { "status", "bug_status", "status" },
	[BUG_RESOLUTION] = { "resolution", "resolution", "resolution" },
	[BUG_CREATOR] = { "creator", "reporter", "creator" },
	[BUG_ASSIGNED_TO] = { "assigned_to", "assigned_to", "assigned_to" },
	[BUG_PRIORITY] = { "priority", "priority", "priority" },
	[BUG_SEVERITY] = { "severity", "bug_severity", "severity" },
	[BUG_TYPE] = { "type", "bug_type", "type" },
	[BUG_KEYWORDS] = { "keywords", "keywords", "keywords" },
	[BUG_ALIAS] = { "alias", "alias", "alias" },
	[BUG_URL] = { "url", "bug_file_loc", "url" }
};

static const struct {
	struct bug_names names;
	bool is_time;
} num_rows[BUG_NUM__MAX] = {
	[BUG_CREATED] = {
		{ "creation_time", "creation_ts", "created" }, true
	},
	[BUG_CHANGED] = {
		{ "last_change_time", "delta_ts", "changed" }, true
	},
	[BUG_LAST_RESOLVED] = {
		{ "cf_last_resolved", "cf_last_resolved", "last_resolved" },
		true
	},
	[BUG_DUPE_OF] = { { "dupe_of", "dup_id", "dupe_of" }, false },
	[BUG_COMMENT_COUNT] = {
		{ "comment_count", NULL, "comment_count" }, false
	}
};

const struct bug_names *
bug_text_names(enum bug_text field)
{
	return &text_names[field];
}

const struct bug_names *
bug_num_names(enum bug_num field)
{
	return &num_rows[field].names;
}

bool
bug_num_is_time(enum bug_num field)
{
	return num_rows[field].is_time;
}

bool
bug_status_closed(const char *status)
{
	return strcmp(status, "RESOLVED") == 0 ||
	    strcmp(status, "VERIFIED") == 0 || strcmp(status, "CLOSED") == 0;
}

/* Everything but the arena back to "not told". */
static void
forget(struct bug *bug)
{
	bug->id = 0;
	bug->have = 0;
	for (size_t i = 0; i < BUG_TEXT__MAX; i++)
		bug->text[i] = "";
	for (size_t i = 0; i < BUG_NUM__MAX; i++)
		bug->num[i] = num_rows[i].is_time ? DATE_NONE : -1;
	bug->comments = NULL;
	bug->comment_len = 0;
	bug->comment_cap = 0;
	bug->changes = NULL;
	bug->change_len = 0;
	bug->change_cap = 0;
	bug->cut = false;
	bug->last_comment = DATE_NONE;
	bug->gone = DATE_NONE;
}

void
bug_init(struct bug *bug, size_t ceiling)
{
	arena_init(&bug->arena, ceiling);
	forget(bug);
}

void
bug_clear(struct bug *bug)
{
	arena_clear(&bug->arena);
	forget(bug);
}

void
bug_release(struct bug *bug)
{
	arena_release(&bug->arena);
	forget(bug);
}

bool
bug_set_text(struct bug *bug, enum bug_text field, const char *data,
    size_t len)
{
	const char *copy = "";

	if (len > 0) {
		copy = arena_copy(&bug->arena, data, len);
		if (copy == NULL)
			return false;
	}
	bug->text[field] = copy;
	bug->have |= BUG_HAVE_TEXT(field);
	return true;
}

void
bug_set_num(struct bug *bug, enum bug_num field, int64_t value)
{
	bug->num[field] = value;
	bug->have |= BUG_HAVE_NUM(field);
}

/* Room for one more of `size` bytes: the list, moved when it was full. */
static void *
grown(struct arena *arena, void *list, size_t len, size_t *cap, size_t size)
{
	size_t wanted = *cap == 0 ? FIRST_ROOM : *cap * 2;
	void *bigger;

	if (len < *cap)
		return list;
	bigger = arena_alloc(arena, wanted, size);
	if (bigger == NULL)
		return NULL;
	if (len > 0)
		memcpy(bigger, list, len * size);
	*cap = wanted;
	return bigger;
}

struct comment *
bug_add_comment(struct bug *bug)
{
	struct comment *list = grown(&bug->arena, bug->comments,
	    bug->comment_len, &bug->comment_cap, sizeof(*list));
	struct comment *added;

	if (list == NULL)
		return NULL;
	bug->comments = list;
	added = &list[bug->comment_len++];
	*added = (struct comment){ .creator = "", .text = "" };
	return added;
}

struct change *
bug_add_change(struct bug *bug)
{
	struct change *list = grown(&bug->arena, bug->changes,
	    bug->change_len, &bug->change_cap, sizeof(*list));
	struct change *added;

	if (list == NULL)
		return NULL;
	bug->changes = list;
	added = &list[bug->change_len++];
	*added = (struct change){
		.who = "", .field = "", .removed = "", .added = ""
	};
	return added;
}
