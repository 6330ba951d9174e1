/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/store_private.h"

#include <string.h>

#include "base/err.h"
#include "fetch/bug.h"

static bool
same_change(const struct change *a, const struct change *b)
{
	return a->time == b->time && strcmp(a->who, b->who) == 0 &&
	    strcmp(a->field, b->field) == 0 &&
	    strcmp(a->removed, b->removed) == 0 &&
	    strcmp(a->added, b->added) == 0;
}

/* Write changes from place *seq of the bug on; moves *seq. */
static const struct err *
add_changes(struct store *store, int64_t bug, const struct change *changes,
    size_t len, int64_t *seq)
{
	const struct err *err;
	sqlite3_stmt *stmt;
	size_t i;

	for (i = 0; i < len; i++) {
		err = store_get(store, SQL_CHANGE_ADD, &stmt);
		if (err != NULL)
			return err;
		sqlite3_bind_int64(stmt, 1, bug);
		sqlite3_bind_int64(stmt, 2, *seq);
		sqlite3_bind_int64(stmt, 3, changes[i].time);
		sqlite3_bind_text(stmt, 4, changes[i].who, -1, SQLITE_STATIC);
		sqlite3_bind_text(stmt, 5, changes[i].field, -1,
		    SQLITE_STATIC);
		sqlite3_bind_text(stmt, 6, changes[i].removed, -1,
		    SQLITE_STATIC);
		sqlite3_bind_text(stmt, 7, changes[i].added, -1,
		    SQLITE_STATIC);
		err = store_exec(store, stmt);
		if (err != NULL)
			return err;
		++*seq;
	}
	return NULL;
}

/* How many of the bug's stored changes are before `time`?  They are in
 * order, and numbered without gaps. */
static const struct err *
count_before(struct store *store, int64_t bug, int64_t stored, int64_t time,
    int64_t *count)
{
	int64_t low = 0, high = stored, middle;
	const struct err *err;
	sqlite3_stmt *stmt;
	bool row;

	while (low < high) {
		middle = low + (high - low) / 2;
		err = store_get(store, SQL_CHANGE_TIME, &stmt);
		if (err != NULL)
			return err;
		sqlite3_bind_int64(stmt, 1, bug);
		sqlite3_bind_int64(stmt, 2, middle);
		err = store_step(store, stmt, &row);
		if (err != NULL)
			return err;
		if (row && sqlite3_column_int64(stmt, 0) < time)
			low = middle + 1;
		else
			high = middle;
		sqlite3_reset(stmt);
	}
	*count = low;
	return NULL;
}

static bool
same_changes(const struct bug *part, const struct bug *old)
{
	size_t i;

	if (part->change_len != old->change_len)
		return false;
	for (i = 0; i < part->change_len; i++)
		if (!same_change(&part->changes[i], &old->changes[i]))
			return false;
	return true;
}

/* Put the told changes, and then those of `old` behind the first `skip`, in
 * place of the stored ones [from, to). */
static const struct err *
splice_changes(struct store *store, const struct bug *part,
    const struct bug *old, size_t skip, int64_t from, int64_t to)
{
	int64_t seq = from;
	const struct err *err;
	sqlite3_stmt *stmt;

	err = store_get(store, SQL_CHANGES_DROP, &stmt);
	if (err != NULL)
		return err;
	sqlite3_bind_int64(stmt, 1, part->id);
	sqlite3_bind_int64(stmt, 2, from);
	sqlite3_bind_int64(stmt, 3, to);
	store->page.touched = true;
	err = store_exec(store, stmt);
	if (err == NULL)
		err = add_changes(store, part->id, part->changes,
		    part->change_len, &seq);
	if (err == NULL && skip < old->change_len)
		err = add_changes(store, part->id, old->changes + skip,
		    old->change_len - skip, &seq);
	return err;
}

/*
 * A history speaks for the time from its first change to its last.  Only
 * what is stored of that time is looked at, so that one in very many parts
 * is not read again for each; what is later moves if there are now more
 * changes before it, or fewer.
 */
const struct err *
store_put_history(struct store *store, const struct bug *part,
    int64_t *changes)
{
	const struct change *told = part->changes;
	const int64_t stored = *changes > 0 ? *changes : 0;
	const int64_t len = (int64_t)part->change_len;
	int64_t from, to = 0, end;
	const struct err *err;
	sqlite3_stmt *stmt;
	struct bug old;

	if (len == 0) {
		if (store->page.whole)
			*changes = stored;
		return NULL;
	}
	bug_init(&old, BUG_MAX_BYTES);
	err = count_before(store, part->id, stored, told[0].time, &from);
	if (err == NULL)
		err = count_before(store, part->id, stored,
		    told[len - 1].time + 1, &to);
	if (err == NULL)
		err = store_get(store, SQL_WALK_CHANGES, &stmt);
	if (err == NULL)
		err = store_load_changes(store, stmt, part->id, from, to,
		    &old);
	if (err != NULL || same_changes(part, &old))
		goto out;
	end = to - from == len ? to : stored;
	if (end > to)
		err = store_load_changes(store, stmt, part->id, to, end,
		    &old);
	if (err == NULL)
		err = splice_changes(store, part, &old, (size_t)(to - from),
		    from, end);
	if (err != NULL)
		goto out;
	*changes = stored - (to - from) + len;
	if (*changes > stored)
		store->page.counts.changes_new +=
		    (uint64_t)(*changes - stored);
out:
	bug_release(&old);
	return err;
}
