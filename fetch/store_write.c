/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/store_private.h"

#include <assert.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "fetch/bug.h"

/* The bits of `have` that name fields. */
#define FIELDS	((UINT32_C(1) << (BUG_TEXT__MAX + BUG_NUM__MAX)) - 1)

/* What the row of `told` says of one bug. */
struct told {
	int64_t comments;	/* -1: none told */
	int64_t last_comment;
	int64_t changes;	/* -1: no history told */
	bool changed;		/* must be written */
};

static const struct err *
get_told(struct store *store, int64_t id, struct told *told)
{
	const struct err *err;
	sqlite3_stmt *stmt;
	bool row;

	told->comments = -1;
	told->last_comment = DATE_NONE;
	told->changes = -1;
	told->changed = false;
	err = store_get(store, SQL_TOLD_GET, &stmt);
	if (err != NULL)
		return err;
	sqlite3_bind_int64(stmt, 1, id);
	err = store_step(store, stmt, &row);
	if (err != NULL || !row)
		return err;
	if (sqlite3_column_type(stmt, 0) != SQLITE_NULL)
		told->comments = sqlite3_column_int64(stmt, 0);
	if (sqlite3_column_type(stmt, 1) != SQLITE_NULL)
		told->last_comment = sqlite3_column_int64(stmt, 1);
	if (sqlite3_column_type(stmt, 2) != SQLITE_NULL)
		told->changes = sqlite3_column_int64(stmt, 2);
	sqlite3_reset(stmt);
	return NULL;
}

static const struct err *
put_told(struct store *store, int64_t id, const struct told *told)
{
	const struct err *err;
	sqlite3_stmt *stmt;

	err = store_get(store, SQL_TOLD_PUT, &stmt);
	if (err != NULL)
		return err;
	sqlite3_bind_int64(stmt, 1, id);
	store_bind(stmt, 2, told->comments, -1);
	store_bind(stmt, 3, told->last_comment, DATE_NONE);
	store_bind(stmt, 4, told->changes, -1);
	store->page.touched = true;
	return store_exec(store, stmt);
}

/* A row that is read, the one that replaces it, and what is known so far. */
struct merge {
	sqlite3_stmt *old;	/* NULL: there is none */
	sqlite3_stmt *new;
	bool stale;		/* the row is newer than what is told */
	bool changed;
	bool nomem;
};

/*
 * Is the value told taken?  Column `column` of the old row then becomes
 * parameter `place` of the new one.  A stale part only fills what is empty.
 */
static bool
takes(struct merge *merge, int column, int place, bool told, bool empty)
{
	if (told && (!merge->stale || empty))
		return true;
	if (merge->old == NULL)
		sqlite3_bind_null(merge->new, place);
	else if (sqlite3_bind_value(merge->new, place,
	    sqlite3_column_value(merge->old, column)) != SQLITE_OK)
		merge->nomem = true;
	return false;
}

static bool
is_null(const struct merge *merge, int column)
{
	return merge->old == NULL ||
	    sqlite3_column_type(merge->old, column) == SQLITE_NULL;
}

static void
take_text(struct merge *merge, int column, int place, const char *data,
    size_t len)
{
	const void *old;

	sqlite3_bind_text64(merge->new, place, data, len, SQLITE_STATIC,
	    SQLITE_UTF8);
	if (is_null(merge, column)) {
		merge->changed = true;
		return;
	}
	old = sqlite3_column_text(merge->old, column);
	if (old == NULL)
		merge->nomem = true;
	else if ((size_t)sqlite3_column_bytes(merge->old, column) != len ||
	    memcmp(old, data, len) != 0)
		merge->changed = true;
}

static void
take_num(struct merge *merge, int column, int place, int64_t value,
    int64_t unset)
{
	bool null = is_null(merge, column);

	store_bind(merge->new, place, value, unset);
	if (null ? value != unset :
	    sqlite3_column_int64(merge->old, column) != value)
		merge->changed = true;
}

/* Write the new row if it differs. */
static const struct err *
finish_merge(struct store *store, struct merge *merge)
{
	const struct err *err = NULL;

	if (merge->old != NULL)
		sqlite3_reset(merge->old);
	if (merge->nomem)
		return err_memory();
	if (merge->changed) {
		store->page.touched = true;
		err = store_exec(store, merge->new);
	}
	return err;
}

/*
 * Does a stale part fill this number, which is NULL?  Most may be NULL
 * because Bugzilla said "none".  But while no status is known, nothing of
 * the closing is: it comes with the status.
 */
static bool
fills(enum bug_num field, bool no_status)
{
	return field == BUG_CREATED || (no_status &&
	    (field == BUG_LAST_RESOLVED || field == BUG_DUPE_OF));
}

static void
merge_fields(struct merge *merge, const struct bug *part)
{
	const bool no_status = is_null(merge, BUG_STATUS) &&
	    (part->have & BUG_HAVE_TEXT(BUG_STATUS)) != 0;
	bool told;
	int column, field;

	for (field = 0; field < BUG_TEXT__MAX; field++) {
		told = (part->have & BUG_HAVE_TEXT(field)) != 0;
		if (takes(merge, field, field + 2, told,
		    is_null(merge, field)))
			take_text(merge, field, field + 2, part->text[field],
			    strlen(part->text[field]));
	}
	for (field = 0; field < BUG_NUM__MAX; field++) {
		column = BUG_TEXT__MAX + field;
		told = (part->have & BUG_HAVE_NUM(field)) != 0;
		if (takes(merge, column, column + 2, told,
		    is_null(merge, column) &&
		    fills((enum bug_num)field, no_status)))
			take_num(merge, column, column + 2, part->num[field],
			    bug_num_is_time((enum bug_num)field) ?
			    DATE_NONE : -1);
	}
}

/* Sets *stale when the fields stored are from a later time. */
static const struct err *
put_fields(struct store *store, const struct bug *part, bool *stale)
{
	struct store_counts *counts = &store->page.counts;
	const int changed = BUG_TEXT__MAX + BUG_CHANGED;
	struct merge merge = { .old = NULL };
	const struct err *err;
	sqlite3_stmt *get;
	bool row;

	*stale = false;
	if ((part->have & FIELDS) == 0)
		return NULL;
	err = store_get(store, SQL_BUG_GET, &get);
	if (err == NULL)
		err = store_get(store, SQL_BUG_PUT, &merge.new);
	if (err != NULL)
		return err;
	sqlite3_bind_int64(get, 1, part->id);
	err = store_step(store, get, &row);
	if (err != NULL)
		return err;
	if (row)
		merge.old = get;
	/* An untold time is DATE_NONE: before every other. */
	merge.stale = (part->have & BUG_HAVE_NUM(BUG_CHANGED)) != 0 &&
	    !is_null(&merge, changed) &&
	    part->num[BUG_CHANGED] < sqlite3_column_int64(get, changed);
	merge.changed = !row;
	*stale = merge.stale;
	sqlite3_bind_int64(merge.new, 1, part->id);
	merge_fields(&merge, part);
	err = finish_merge(store, &merge);
	if (err != NULL)
		return err;
	if (!row)
		counts->bugs_new++;
	else if (merge.changed)
		counts->bugs_changed++;
	else
		counts->bugs_same++;
	return NULL;
}

static void
note_time(struct told *told, int64_t time)
{
	if (time > told->last_comment) {
		told->last_comment = time;
		told->changed = true;
	}
}

/* If the comment is stored (*found), what of it is new? */
static const struct err *
change_comment(struct store *store, int64_t bug,
    const struct comment *comment, bool stale, struct told *told, bool *found)
{
	struct merge merge = { .stale = stale };
	const struct err *err;
	sqlite3_stmt *get;

	*found = false;
	err = store_get(store, SQL_COMMENT_GET, &get);
	if (err == NULL)
		err = store_get(store, SQL_COMMENT_CHANGE, &merge.new);
	if (err != NULL)
		return err;
	sqlite3_bind_int64(get, 1, bug);
	sqlite3_bind_int64(get, 2, comment->id);
	err = store_step(store, get, found);
	if (err != NULL || !*found)
		return err;
	merge.old = get;
	sqlite3_bind_int64(merge.new, 1, bug);
	sqlite3_bind_int64(merge.new, 2, comment->id);
	if (takes(&merge, 0, 3, comment->number >= 0, is_null(&merge, 0)))
		take_num(&merge, 0, 3, comment->number, -1);
	/* A comment's time never changes. */
	if (takes(&merge, 1, 4, is_null(&merge, 1), true)) {
		take_num(&merge, 1, 4, comment->time, DATE_NONE);
		note_time(told, comment->time);
	}
	if (takes(&merge, 2, 5, comment->attachment != 0, is_null(&merge, 2)))
		take_num(&merge, 2, 5, comment->attachment, 0);
	if (takes(&merge, 3, 6, true, false))
		take_num(&merge, 3, 6, comment->is_private, -1);
	if (takes(&merge, 4, 7, comment->creator[0] != '\0',
	    sqlite3_column_bytes(get, 4) == 0))
		take_text(&merge, 4, 7, comment->creator,
		    strlen(comment->creator));
	if (takes(&merge, 5, 8, comment->text_len > 0,
	    sqlite3_column_bytes(get, 5) == 0))
		take_text(&merge, 5, 8, comment->text, comment->text_len);
	err = finish_merge(store, &merge);
	if (err == NULL && merge.changed)
		store->page.counts.comments_changed++;
	return err;
}

/* Sets *added false when the bug has a comment of this number already. */
static const struct err *
add_comment(struct store *store, int64_t bug, const struct comment *comment,
    struct told *told, bool *added)
{
	const struct err *err;
	sqlite3_stmt *stmt;

	*added = false;
	err = store_get(store, SQL_COMMENT_ADD, &stmt);
	if (err != NULL)
		return err;
	sqlite3_bind_int64(stmt, 1, bug);
	sqlite3_bind_int64(stmt, 2, comment->id);
	store_bind(stmt, 3, comment->number, -1);
	store_bind(stmt, 4, comment->time, DATE_NONE);
	store_bind(stmt, 5, comment->attachment, 0);
	sqlite3_bind_int64(stmt, 6, comment->is_private);
	sqlite3_bind_text(stmt, 7, comment->creator, -1, SQLITE_STATIC);
	sqlite3_bind_text64(stmt, 8, comment->text, comment->text_len,
	    SQLITE_STATIC, SQLITE_UTF8);
	err = store_exec(store, stmt);
	*added = err == NULL && sqlite3_changes(store->db) > 0;
	if (*added) {
		store->page.counts.comments_new++;
		told->comments++;
		told->changed = true;
		note_time(told, comment->time);
	}
	return err;
}

static const struct err *
put_comments(struct store *store, const struct bug *part, bool stale,
    struct told *told)
{
	const struct comment *comment;
	const struct err *err = NULL;
	/* Nothing is looked for where nothing is. */
	const bool look = told->comments > 0;
	bool added, found;
	size_t i;

	if (told->comments < 0) {
		told->comments = 0;
		told->changed = true;
	}
	for (i = 0; i < part->comment_len && err == NULL; i++) {
		comment = &part->comments[i];
		added = found = false;
		if (look)
			err = change_comment(store, part->id, comment, stale,
			    told, &found);
		if (err == NULL && !found)
			err = add_comment(store, part->id, comment, told,
			    &added);
		/* The part itself has it twice. */
		if (err == NULL && !found && !added)
			err = change_comment(store, part->id, comment, stale,
			    told, &found);
	}
	return err;
}

/* Comments and history of a part. */
static const struct err *
put_rest(struct store *store, const struct bug *part, bool stale)
{
	const struct err *err;
	struct told told;
	int64_t changes;

	err = get_told(store, part->id, &told);
	if (err == NULL && (part->have & BUG_HAVE_COMMENTS) != 0)
		err = put_comments(store, part, stale, &told);
	changes = told.changes;
	if (err == NULL && (part->have & BUG_HAVE_HISTORY) != 0)
		err = store_put_history(store, part, &told.changes);
	if (err == NULL && (told.changed || told.changes != changes))
		err = put_told(store, part->id, &told);
	return err;
}

const struct err *
store_put(struct store *store, const struct bug *part)
{
	bool touched = store->page.touched, stale;
	const struct err *err;

	assert(store->page.name != NULL && part->id > 0);
	store->page.touched = false;
	err = put_fields(store, part, &stale);
	if (err == NULL && (part->have & ~FIELDS) != 0)
		err = put_rest(store, part, stale);
	if (err == NULL && store->page.touched)
		err = store_cache_drop(store, part->id);
	store->page.touched = store->page.touched || touched;
	return err;
}
