/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/store_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "fetch/asof.h"
#include "fetch/bug.h"

struct store_walk {
	struct store *store;
	unsigned with;
	bool over;
	/* Its own, so that several walks can go on at once. */
	sqlite3_stmt *bugs;
	sqlite3_stmt *comments;
	sqlite3_stmt *changes;
	struct bug bug;
	struct store_past *past;	/* NULL: as things stand */
	struct bug then;		/* the bug as it stood */
};

/* Columns behind the number and the fields in SQL_WALK_BUGS. */
enum {
	COLUMN_NUM = 1 + BUG_TEXT__MAX,
	COLUMN_COMMENTS = COLUMN_NUM + BUG_NUM__MAX,
	COLUMN_LAST_COMMENT,
	COLUMN_CHANGES,
	COLUMN_GONE
};

/* The bug took no more: it is too large, or memory has run out. */
static const struct err *
refused(const struct store *store, const struct bug *bug)
{
	if (!bug->arena.full)
		return err_memory();
	return err_new(ERR_DATA, "%s: bug %lld: has more than %d bytes: "
	    "the store is damaged, or the Bugzilla is", store->path,
	    (long long)bug->id, BUG_MAX_BYTES);
}

/* What is too much of a bug is left out, and the walk goes on. */
static const struct err *
leave_out(struct bug *bug, const struct err *err)
{
	if (err == NULL || err->kind != ERR_DATA)
		return err;
	bug->cut = true;
	return NULL;
}

/* A copy of a text column in the bug's arena; NULL when that is refused. */
static const char *
copy_text(struct bug *bug, sqlite3_stmt *stmt, int column, size_t *len)
{
	const void *data = sqlite3_column_text(stmt, column);

	*len = (size_t)sqlite3_column_bytes(stmt, column);
	if (data == NULL)
		return NULL;
	return *len == 0 ? "" : arena_copy(&bug->arena, data, *len);
}

const struct err *
store_load_changes(struct store *store, sqlite3_stmt *stmt, int64_t id,
    int64_t from, int64_t to, struct bug *bug)
{
	const struct err *err;
	struct change *change;
	size_t len;
	bool row;

	sqlite3_reset(stmt);
	sqlite3_bind_int64(stmt, 1, id);
	sqlite3_bind_int64(stmt, 2, from);
	sqlite3_bind_int64(stmt, 3, to);
	while ((err = store_step(store, stmt, &row)) == NULL && row) {
		change = bug_add_change(bug);
		if (change == NULL)
			break;
		change->time = sqlite3_column_int64(stmt, 0);
		change->who = copy_text(bug, stmt, 1, &len);
		change->field = copy_text(bug, stmt, 2, &len);
		change->removed = copy_text(bug, stmt, 3, &len);
		change->added = copy_text(bug, stmt, 4, &len);
		if (change->who == NULL || change->field == NULL ||
		    change->removed == NULL || change->added == NULL)
			break;
	}
	if (err == NULL && row) {
		sqlite3_reset(stmt);
		return refused(store, bug);
	}
	return err;
}

/* By number, then id. */
static int
compare_comments(const void *left, const void *right)
{
	const struct comment *a = left, *b = right;

	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	return (a->id > b->id) - (a->id < b->id);
}

/* They came by id, which is nearly always the right order. */
static void
sort_comments(struct bug *bug)
{
	size_t i;

	for (i = 1; i < bug->comment_len; i++)
		if (compare_comments(&bug->comments[i - 1],
		    &bug->comments[i]) > 0) {
			qsort(bug->comments, bug->comment_len,
			    sizeof(*bug->comments), compare_comments);
			return;
		}
}

const struct err *
store_load_comments(struct store_walk *walk)
{
	struct store *store = walk->store;
	sqlite3_stmt *stmt = walk->comments;
	struct bug *bug = &walk->bug;
	const struct err *err;
	struct comment *comment = NULL;
	size_t len;
	bool row;

	/* The past has them all, and `then` must not lose them. */
	if (bug->comment_len > 0 || walk->then.id > 0)
		return NULL;
	sqlite3_reset(stmt);
	sqlite3_bind_int64(stmt, 1, bug->id);
	while ((err = store_step(store, stmt, &row)) == NULL && row) {
		comment = bug_add_comment(bug);
		if (comment == NULL)
			break;
		comment->bug = bug->id;
		comment->id = sqlite3_column_int64(stmt, 0);
		comment->number = store_column(stmt, 1, -1);
		comment->time = store_column(stmt, 2, DATE_NONE);
		comment->attachment = store_column(stmt, 3, 0);
		comment->is_private = sqlite3_column_int(stmt, 4) != 0;
		comment->creator = copy_text(bug, stmt, 5, &len);
		comment->text = copy_text(bug, stmt, 6, &comment->text_len);
		if (comment->creator == NULL || comment->text == NULL)
			break;
	}
	if (err == NULL && row) {
		sqlite3_reset(stmt);
		if (comment != NULL)
			bug->comment_len--;
		err = leave_out(bug, refused(store, bug));
	}
	if (err == NULL)
		sort_comments(bug);
	return err;
}

/* All of it, or none: half a history says what is not so. */
static const struct err *
load_history(struct store *store, sqlite3_stmt *stmt, struct bug *bug)
{
	const struct err *err;

	err = store_load_changes(store, stmt, bug->id, 0, INT64_MAX, bug);
	if (err == NULL)
		return NULL;
	bug->change_len = 0;
	bug->have &= ~BUG_HAVE_HISTORY;
	return leave_out(bug, err);
}

static const struct err *
load_fields(struct store_walk *walk)
{
	sqlite3_stmt *stmt = walk->bugs;
	struct bug *bug = &walk->bug;
	const struct err *err;
	const char *data;
	int field, column;

	bug->id = sqlite3_column_int64(stmt, 0);
	for (field = 0; field < BUG_TEXT__MAX; field++) {
		column = 1 + field;
		data = (const char *)sqlite3_column_text(stmt, column);
		if (data == NULL &&
		    sqlite3_column_type(stmt, column) == SQLITE_NULL)
			continue;
		if (data == NULL)
			return err_memory();
		if (bug_set_text(bug, (enum bug_text)field, data,
		    (size_t)sqlite3_column_bytes(stmt, column)))
			continue;
		err = leave_out(bug, refused(walk->store, bug));
		if (err != NULL)
			return err;
	}
	for (field = 0; field < BUG_NUM__MAX; field++) {
		column = COLUMN_NUM + field;
		if (sqlite3_column_type(stmt, column) != SQLITE_NULL)
			bug_set_num(bug, (enum bug_num)field,
			    sqlite3_column_int64(stmt, column));
	}
	if (sqlite3_column_type(stmt, COLUMN_COMMENTS) != SQLITE_NULL)
		bug->have |= BUG_HAVE_COMMENTS;
	if (sqlite3_column_type(stmt, COLUMN_CHANGES) != SQLITE_NULL)
		bug->have |= BUG_HAVE_HISTORY;
	bug->last_comment = store_column(stmt, COLUMN_LAST_COMMENT, DATE_NONE);
	bug->gone = store_column(stmt, COLUMN_GONE, DATE_NONE);
	return NULL;
}

const struct err *
store_walk_new(struct store_walk **out, struct store *store, unsigned with)
{
	const struct err *err;
	struct store_walk *walk;

	*out = NULL;
	walk = mem_alloc(1, sizeof(*walk));
	if (walk == NULL)
		return err_memory();
	walk->store = store;
	walk->with = with;
	bug_init(&walk->bug, BUG_MAX_BYTES);
	bug_init(&walk->then, 2 * BUG_MAX_BYTES);
	err = store_prepare(store, SQL_WALK_BUGS, &walk->bugs);
	if (err == NULL)
		err = store_prepare(store, (with & STORE_FIRST) != 0 ?
		    SQL_WALK_FIRST : SQL_WALK_COMMENTS, &walk->comments);
	if (err == NULL)
		err = store_prepare(store, SQL_WALK_CHANGES, &walk->changes);
	if (err == NULL) {
		sqlite3_bind_int64(walk->bugs, 1, 1);
		sqlite3_bind_int64(walk->bugs, 2, INT64_MAX);
		*out = walk;
		walk = NULL;
	}
	store_walk_free(walk);
	return err;
}

void
store_walk_free(struct store_walk *walk)
{
	if (walk == NULL)
		return;
	sqlite3_finalize(walk->bugs);
	sqlite3_finalize(walk->comments);
	sqlite3_finalize(walk->changes);
	bug_release(&walk->bug);
	bug_release(&walk->then);
	mem_free(walk);
}

void
store_walk_past(struct store_walk *walk, struct store_past *past)
{
	walk->past = past;
	walk->with |= STORE_COMMENTS | STORE_HISTORY;
}

/* The next bug, as things stand. */
static const struct err *
load_next(struct store_walk *walk, const struct bug **out)
{
	const struct err *err;
	bool row;

	*out = NULL;
	if (walk->over)
		return NULL;
	bug_clear(&walk->bug);
	bug_clear(&walk->then);
	err = store_step(walk->store, walk->bugs, &row);
	walk->over = err != NULL || !row;
	if (walk->over)
		return err;
	err = load_fields(walk);
	/* First, so that comments take no room from what dates a bug. */
	if (err == NULL && (walk->with & STORE_HISTORY) != 0)
		err = load_history(walk->store, walk->changes, &walk->bug);
	if (err == NULL && (walk->with & (STORE_COMMENTS | STORE_FIRST)) != 0)
		err = store_load_comments(walk);
	if (err == NULL)
		*out = &walk->bug;
	return err;
}

/* The bug that was loaded as it stood, or NULL. */
static const struct err *
wind_back(struct store_walk *walk, const struct bug **out)
{
	struct store_past *past = walk->past;
	const struct err *err;
	int64_t *unsure;
	enum asof how;

	*out = NULL;
	err = bug_as_of(&walk->bug, past->time, past->sink, &walk->then,
	    &how);
	if (err != NULL)
		return err;
	if (how == ASOF_LATER) {
		past->later++;
		return NULL;
	}
	if (how == ASOF_UNSURE) {
		unsure = mem_room(past->unsure, past->unsure_len,
		    &past->unsure_cap, sizeof(*unsure));
		if (unsure == NULL)
			return err_memory();
		past->unsure = unsure;
		unsure[past->unsure_len++] = walk->bug.id;
	}
	*out = &walk->then;
	return NULL;
}

const struct err *
store_next(struct store_walk *walk, const struct bug **out)
{
	const struct err *err;

	do {
		err = load_next(walk, out);
		if (err != NULL || *out == NULL || walk->past == NULL)
			return err;
		err = wind_back(walk, out);
	} while (err == NULL && *out == NULL);
	return err;
}

const struct err *
store_seek(struct store_walk *walk, int64_t id)
{
	sqlite3_reset(walk->bugs);
	sqlite3_bind_int64(walk->bugs, 1, id);
	sqlite3_bind_int64(walk->bugs, 2, id);
	walk->over = false;
	return NULL;
}

/* Put a text column into `out`, cut to its size at a whole character. */
static void
copy_cut(char *out, size_t size, sqlite3_stmt *stmt, int column)
{
	const void *data = sqlite3_column_text(stmt, column);
	size_t len = (size_t)sqlite3_column_bytes(stmt, column);

	if (data == NULL)
		len = 0;
	else
		len = text_cut(data, len, size - 1);
	if (len > 0)
		memcpy(out, data, len);
	out[len] = '\0';
}

const struct err *
store_status(struct store *store, struct store_status *out)
{
	const struct err *err;
	sqlite3_stmt *stmt;
	bool row;

	*out = (struct store_status){
		.schema = STORE_SCHEMA,
		.newest_change = DATE_NONE,
		.last_run = DATE_NONE
	};
	err = store_get(store, SQL_STATUS, &stmt);
	if (err == NULL)
		err = store_step(store, stmt, &row);
	if (err != NULL)
		return err;
	out->bugs = sqlite3_column_int64(stmt, 0);
	out->comments = sqlite3_column_int64(stmt, 1);
	out->changes = sqlite3_column_int64(stmt, 2);
	out->answers = sqlite3_column_int64(stmt, 3);
	out->answer_bytes = sqlite3_column_int64(stmt, 4);
	out->waiting = sqlite3_column_int64(stmt, 5);
	out->newest_change = store_column(stmt, 6, DATE_NONE);
	copy_cut(out->source, sizeof(out->source), stmt, 7);
	out->gone = sqlite3_column_int64(stmt, 8);
	out->to_come = sqlite3_column_int64(stmt, 9);
	copy_cut(out->first_answer, sizeof(out->first_answer), stmt, 10);
	sqlite3_reset(stmt);
	err = store_get(store, SQL_LAST_RUN, &stmt);
	if (err == NULL)
		err = store_step(store, stmt, &row);
	if (err != NULL || !row)
		return err;
	copy_cut(out->last_kind, sizeof(out->last_kind), stmt, 0);
	out->last_run = store_column(stmt, 1, DATE_NONE);
	sqlite3_reset(stmt);
	return NULL;
}
