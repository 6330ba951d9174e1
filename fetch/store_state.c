/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/store_private.h"

#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"

/* A statement that takes the plan alone. */
static const struct err *
about_plan(struct store *store, enum store_sql which, const char *plan)
{
	const struct err *err;
	sqlite3_stmt *stmt;

	err = store_get(store, which, &stmt);
	if (err != NULL)
		return err;
	sqlite3_bind_text(stmt, 1, plan, -1, SQLITE_STATIC);
	return store_exec(store, stmt);
}

static const struct err *
put_row(struct store *store, const char *plan,
    const struct store_refreshed *row)
{
	const struct err *err;
	sqlite3_stmt *stmt;

	err = store_get(store, SQL_REFRESHED_PUT, &stmt);
	if (err != NULL)
		return err;
	sqlite3_bind_text(stmt, 1, plan, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 2, row->report, -1, SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 3, row->tried);
	store_bind(stmt, 4, row->good, DATE_NONE);
	sqlite3_bind_text(stmt, 5, row->what, -1, SQLITE_STATIC);
	return store_exec(store, stmt);
}

const struct err *
store_refreshed_put(struct store *store, const char *plan,
    const struct store_refreshed *rows, size_t len)
{
	const struct err *err;
	size_t i;

	err = store_simple(store, SQL_BEGIN);
	if (err == NULL)
		err = about_plan(store, SQL_REFRESHED_MARK, plan);
	for (i = 0; i < len && err == NULL; i++)
		err = put_row(store, plan, &rows[i]);
	if (err == NULL)
		err = about_plan(store, SQL_REFRESHED_FORGET, plan);
	if (err == NULL)
		err = store_simple(store, SQL_COMMIT);
	store_undo(store);
	return err;
}

static const char *
copy_text(struct arena *arena, sqlite3_stmt *stmt, int column)
{
	const char *text = (const char *)sqlite3_column_text(stmt, column);

	return text == NULL ? NULL : arena_copy(arena, text, strlen(text));
}

const struct err *
store_refreshed_list(struct store *store, struct arena *arena,
    struct store_refreshed **out, size_t *len)
{
	const struct err *err;
	struct store_refreshed *rows = NULL, *row;
	size_t used = 0, cap = 0;
	sqlite3_stmt *stmt;
	bool more;

	*out = NULL;
	*len = 0;
	err = store_get(store, SQL_REFRESHED_LIST, &stmt);
	while (err == NULL && (err = store_step(store, stmt, &more)) == NULL &&
	    more) {
		row = mem_room(rows, used, &cap, sizeof(*rows));
		if (row == NULL) {
			err = err_memory();
			break;
		}
		rows = row;
		row = &rows[used++];
		row->plan = copy_text(arena, stmt, 0);
		row->report = copy_text(arena, stmt, 1);
		row->tried = sqlite3_column_int64(stmt, 2);
		row->good = store_column(stmt, 3, DATE_NONE);
		row->what = copy_text(arena, stmt, 4);
		if (row->plan == NULL || row->report == NULL ||
		    row->what == NULL)
			err = err_memory();
	}
	if (stmt != NULL)
		sqlite3_reset(stmt);
	if (err == NULL && used > 0) {
		*out = arena_alloc(arena, used, sizeof(**out));
		if (*out == NULL)
			err = err_memory();
		else
			memcpy(*out, rows, used * sizeof(*rows));
	}
	if (err == NULL)
		*len = used;
	mem_free(rows);
	return err;
}
