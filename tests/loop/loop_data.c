/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* What the loopback Bugzilla knows: loaded, kept, found. */
#include "tests/loop/loop_private.h"

#include <dirent.h>

#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"

enum {
	MAX_FILE = 64 << 20
};

struct loop_bug *
loop_find(const struct loopzilla *server, int64_t id)
{
	size_t low = 0, high = server->bug_len, middle;

	while (low < high) {
		middle = (low + high) / 2;
		if (server->bugs[middle].id == id)
			return &server->bugs[middle];
		if (server->bugs[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* The bug, made when it is new; others move. */
static struct loop_bug *
bug_of(struct loopzilla *server, int64_t id)
{
	struct loop_bug *bug = loop_find(server, id);
	size_t place = server->bug_len;

	if (bug != NULL)
		return bug;
	server->bugs = loop_must(mem_room(server->bugs, server->bug_len,
	    &server->bug_cap, sizeof(*bug)));
	while (place > 0 && server->bugs[place - 1].id > id)
		place--;
	bug = &server->bugs[place];
	memmove(bug + 1, bug, (server->bug_len - place) * sizeof(*bug));
	memset(bug, 0, sizeof(*bug));
	bug->id = id;
	server->bug_len++;
	return bug;
}

struct slice
loop_keep(struct loopzilla *server, struct buf *text)
{
	struct slice kept = { NULL, text->len };

	server->texts = loop_must(mem_room(server->texts, server->text_len,
	    &server->text_cap, sizeof(*server->texts)));
	kept.at = loop_must(buf_take(text));
	memcpy(&server->texts[server->text_len++], &kept.at,
	    sizeof(kept.at));
	return kept;
}

void
loop_set_member(struct loop_bug *bug, struct slice key, struct slice value)
{
	size_t i;

	for (i = 0; i < bug->member_len; i++)
		if (bug->members[i].key.len == key.len &&
		    memcmp(bug->members[i].key.at, key.at, key.len) == 0)
			break;
	if (i == bug->member_len) {
		bug->members = loop_must(mem_room(bug->members,
		    bug->member_len, &bug->member_cap,
		    sizeof(*bug->members)));
		bug->members[bug->member_len++].key = key;
	}
	bug->members[i].value = value;
}

void
loop_add_comment(struct loop_bug *bug, struct slice raw)
{
	struct loop_comment *comment;

	bug->comments = loop_must(mem_room(bug->comments, bug->comment_len,
	    &bug->comment_cap, sizeof(*comment)));
	comment = &bug->comments[bug->comment_len++];
	memset(comment, 0, sizeof(*comment));
	comment->raw = raw;
	comment->id = slice_int(slice_get(raw, "id"));
	comment->number = slice_int(slice_get(raw, "count"));
	comment->time = slice_time(slice_get(raw, "creation_time"));
	comment->is_private = slice_true(slice_get(raw, "is_private"));
}

void
loop_add_entry(struct loop_bug *bug, struct slice raw, int64_t time)
{
	bug->entries = loop_must(mem_room(bug->entries, bug->entry_len,
	    &bug->entry_cap, sizeof(*bug->entries)));
	bug->entries[bug->entry_len].raw = raw;
	bug->entries[bug->entry_len++].time = time;
}

static void
load_comments(struct loop_bug *bug, struct slice list)
{
	struct slice_walk walk = slice_open(list);
	struct slice one;

	while (slice_element(&walk, &one))
		loop_add_comment(bug, one);
}

static void
load_bug(struct loopzilla *server, struct slice object)
{
	struct slice_walk walk = slice_open(object), inner;
	struct slice key, value, one;
	struct loop_bug *bug;

	bug = bug_of(server, slice_int(slice_get(object, "id")));
	/* History alone has an id and an alias too. */
	if (slice_get(object, "creation_time").at != NULL)
		bug->known = true;
	while (slice_member(&walk, &key, &value)) {
		inner = slice_open(value);
		if (slice_is(key, "comments"))
			load_comments(bug, value);
		else if (slice_is(key, "history"))
			while (slice_element(&inner, &one))
				loop_add_entry(bug, one, slice_time(
				    slice_get(one, "when")));
		else
			loop_set_member(bug, key, value);
		if (slice_is(key, "creation_time"))
			bug->created = slice_time(value);
	}
}

void
loop_load(struct loopzilla *server, char *text, size_t len)
{
	struct slice bugs = slice_get(slice_value(text, len), "bugs");
	struct slice_walk walk = slice_open(bugs);
	struct slice key, value;

	server->texts = loop_must(mem_room(server->texts, server->text_len,
	    &server->text_cap, sizeof(*server->texts)));
	server->texts[server->text_len++] = text;
	if (bugs.len > 0 && bugs.at[0] == '{')
		while (slice_member(&walk, &key, &value))
			load_comments(bug_of(server, slice_int(key)),
			    slice_get(value, "comments"));
	else
		while (slice_element(&walk, &value))
			load_bug(server, value);
}

bool
loop_load_folder(struct loopzilla *server, const char *folder)
{
	const struct err *err = NULL;
	struct dirent *entry;
	DIR *dir = opendir(folder);
	char path[4096];
	struct buf text;
	size_t len;

	if (dir == NULL) {
		fprintf(stderr, "loopzilla: %s: no folder\n", folder);
		return false;
	}
	while (err == NULL && (entry = readdir(dir)) != NULL) {
		len = strlen(entry->d_name);
		if (len < 5 || strcmp(entry->d_name + len - 5, ".json") != 0)
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		buf_init(&text, MAX_FILE);
		err = file_read(path, &text);
		len = text.len;
		if (err == NULL)
			loop_load(server, loop_must(buf_take(&text)), len);
		buf_release(&text);
	}
	closedir(dir);
	if (err != NULL)
		fprintf(stderr, "loopzilla: %s\n", err->text);
	return err == NULL;
}

static void
bug_free(struct loop_bug *bug)
{
	struct loop_edit *edit;
	size_t i;

	for (i = 0; i < bug->comment_len; i++)
		while ((edit = bug->comments[i].edits) != NULL) {
			bug->comments[i].edits = edit->next;
			mem_free(edit);
		}
	mem_free(bug->members);
	mem_free(bug->comments);
	mem_free(bug->entries);
	mem_free(bug->marks);
}

void
loop_data_free(struct loopzilla *server)
{
	size_t i;

	for (i = 0; i < server->bug_len; i++)
		bug_free(&server->bugs[i]);
	mem_free(server->bugs);
	for (i = 0; i < server->text_len; i++)
		mem_free(server->texts[i]);
	mem_free(server->texts);
}
