/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/store_private.h"

#include "base/err.h"

/* `kind` NULL: there is one. */
static const struct err *
get(struct store *store, enum store_sql which, int64_t bug,
    const char *kind, const char *key, const void **data, size_t *len)
{
	const struct err *err;
	sqlite3_stmt *stmt;
	bool row;

	*data = NULL;
	*len = 0;
	err = store_get(store, which, &stmt);
	if (err != NULL)
		return err;
	sqlite3_bind_int64(stmt, 1, bug);
	sqlite3_bind_text(stmt, 2, key, -1, SQLITE_STATIC);
	if (kind != NULL)
		sqlite3_bind_text(stmt, 4, kind, -1, SQLITE_STATIC);
	err = store_step(store, stmt, &row);
	if (err != NULL || !row)
		return err;
	/* Both are good until the statement is used again. */
	*data = sqlite3_column_blob(stmt, 0);
	*len = (size_t)sqlite3_column_bytes(stmt, 0);
	return NULL;
}

/* Give the cache up for this time; what was not committed is lost. */
static void
close_cache(struct store *store)
{
	store->caching = false;
	store->mode = STORE_READ;
	store_undo(store);
}

/* Run a statement while no other process is waited for long. */
static bool
run_hurried(struct store *store, enum store_sql which)
{
	const struct err *err;

	sqlite3_busy_timeout(store->db, STORE_CACHE_BUSY_MS);
	err = store_simple(store, which);
	sqlite3_busy_timeout(store->db, STORE_BUSY_MS);
	return err == NULL;
}

static void
put(struct store *store, enum store_sql which, int64_t bug,
    const char *kind, const char *key, const void *data, size_t len)
{
	const struct err *err;
	sqlite3_stmt *stmt;

	if (store->mode != STORE_CACHE)
		return;
	if (!store->caching) {
		if (sqlite3_db_readonly(store->db, "main") != 0 ||
		    !run_hurried(store, SQL_BEGIN)) {
			close_cache(store);
			return;
		}
		store->caching = true;
	}
	err = store_get(store, which, &stmt);
	if (err == NULL) {
		sqlite3_bind_int64(stmt, 1, bug);
		sqlite3_bind_text(stmt, 2, key, -1, SQLITE_STATIC);
		sqlite3_bind_blob64(stmt, 3, data, len, SQLITE_STATIC);
		if (kind != NULL)
			sqlite3_bind_text(stmt, 4, kind, -1, SQLITE_STATIC);
		err = store_exec(store, stmt);
	}
	if (err != NULL)
		close_cache(store);
}

const struct err *
store_cache_get(struct store *store, int64_t bug, const char *kind,
    const char *key, const void **data, size_t *len)
{
	return get(store, SQL_CACHE_GET, bug, kind, key, data, len);
}

void
store_cache_put(struct store *store, int64_t bug, const char *kind,
    const char *key, const void *data, size_t len)
{
	put(store, SQL_CACHE_PUT, bug, kind, key, data, len);
}

const struct err *
store_votes_get(struct store *store, int64_t bug, const char *key,
    const void **data, size_t *len)
{
	return get(store, SQL_VOTES_GET, bug, NULL, key, data, len);
}

void
store_votes_put(struct store *store, int64_t bug, const char *key,
    const void *data, size_t len)
{
	put(store, SQL_VOTES_PUT, bug, NULL, key, data, len);
}

/* A row that was got keeps the file from being written. */
static void
let_go(struct store *store, enum store_sql which)
{
	if (store->kept[which] != NULL)
		sqlite3_reset(store->kept[which]);
}

void
store_cache_end(struct store *store)
{
	let_go(store, SQL_CACHE_GET);
	let_go(store, SQL_VOTES_GET);
	if (store->caching && !run_hurried(store, SQL_COMMIT))
		close_cache(store);
	store->caching = false;
}

const struct err *
store_cache_drop(struct store *store, int64_t bug)
{
	const struct err *err;
	sqlite3_stmt *stmt;

	err = store_get(store, SQL_CACHE_DROP, &stmt);
	if (err != NULL)
		return err;
	sqlite3_bind_int64(stmt, 1, bug);
	err = store_exec(store, stmt);
	return err != NULL ? err : store_simple(store, SQL_VOTES_DROP);
}
