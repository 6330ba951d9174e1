/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Page size and journal were measured on 46 MB of invented comments (1,690
 * bugs, 21,988 comments, 51.6 MB of raw answers hashed and kept), each 100
 * bugs a transaction; seconds, best of ten on two cores, SQLite 3.40.1:
 *
 *	pages, journal		fill	without raw	walk all comments
 *	4 KB, rollback		0.47	0.15		0.032
 *	4 KB, WAL		0.64	0.21		0.031
 *	16 KB, rollback		0.43	0.13		0.027	taken
 *	16 KB, WAL		0.56	0.18		0.026
 *
 * Half of "fill" is SHA-256.
 */

#include "fetch/store_private.h"

#include <sys/stat.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"

/* What SQLite's codes mean here.  The last row is for all others. */
static const struct {
	int code;
	enum err_kind kind;
	const char *advice;
} meanings[] = {
	{ SQLITE_BUSY, ERR_LOCK, "another process holds the store: wait "
	    "until the other cabrief or SQLite shell is done" },
	{ SQLITE_LOCKED, ERR_LOCK, "the store is being read: try again" },
	{ SQLITE_NOTADB, ERR_CONFIG, "this is no cabrief store: name "
	    "another file" },
	{ SQLITE_CORRUPT, ERR_CONFIG, "the store is damaged: restore it, or "
	    "import again into a new file" },
	{ SQLITE_ERROR, ERR_CONFIG, "the store is damaged: restore it, or "
	    "import again into a new file" },
	{ SQLITE_CONSTRAINT, ERR_CONFIG, "the store is damaged: restore it, "
	    "or import again into a new file" },
	{ SQLITE_FULL, ERR_SYSTEM, "make room on the disk and try again" },
	{ SQLITE_IOERR, ERR_SYSTEM, "check the disk and try again" },
	{ SQLITE_READONLY_ROLLBACK, ERR_SYSTEM, "an import that was cut off "
	    "must be undone first: make the file and its folder writable" },
	{ SQLITE_READONLY, ERR_SYSTEM, "make the file and its folder "
	    "writable" },
	{ SQLITE_CANTOPEN, ERR_SYSTEM, "check that its folder is there and "
	    "may be written" },
	{ SQLITE_OK, ERR_SYSTEM, "this should not happen" }
};

const struct err *
store_error(const struct store *store, const char *doing)
{
	int code = sqlite3_extended_errcode(store->db);
	int number = sqlite3_system_errno(store->db);
	int primary = code & 0xff;
	size_t i = 0;

	if (primary == SQLITE_NOMEM || code == SQLITE_IOERR_NOMEM)
		return err_memory();
	while (meanings[i].code != code && meanings[i].code != primary &&
	    meanings[i].code != SQLITE_OK)
		i++;
	if (primary != SQLITE_IOERR && primary != SQLITE_CANTOPEN)
		number = 0;
	return err_new(meanings[i].kind, "%s: %s: %s: %s", store->path, doing,
	    number != 0 ? strerror(number) : sqlite3_errmsg(store->db),
	    meanings[i].advice);
}

void
store_bind(sqlite3_stmt *stmt, int place, int64_t value, int64_t unset)
{
	if (value == unset)
		sqlite3_bind_null(stmt, place);
	else
		sqlite3_bind_int64(stmt, place, value);
}

int64_t
store_column(sqlite3_stmt *stmt, int column, int64_t unset)
{
	int64_t value = sqlite3_column_int64(stmt, column);

	return value == 0 &&
	    sqlite3_column_type(stmt, column) == SQLITE_NULL ? unset : value;
}

const struct err *
store_prepare(struct store *store, enum store_sql which, sqlite3_stmt **out)
{
	*out = NULL;
	if (sqlite3_prepare_v3(store->db, store_sql(which), -1,
	    SQLITE_PREPARE_PERSISTENT, out, NULL) != SQLITE_OK)
		return store_error(store, "opening a table");
	return NULL;
}

const struct err *
store_get(struct store *store, enum store_sql which, sqlite3_stmt **out)
{
	const struct err *err;

	*out = NULL;
	if (store->kept[which] == NULL) {
		err = store_prepare(store, which, &store->kept[which]);
		if (err != NULL)
			return err;
	}
	sqlite3_reset(store->kept[which]);
	*out = store->kept[which];
	return NULL;
}

const struct err *
store_step(struct store *store, sqlite3_stmt *stmt, bool *row)
{
	int code = sqlite3_step(stmt);
	const struct err *err = NULL;

	*row = code == SQLITE_ROW;
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		err = store_error(store, sqlite3_stmt_readonly(stmt) ?
		    "reading" : "writing");
	if (code != SQLITE_ROW)
		sqlite3_reset(stmt);
	return err;
}

const struct err *
store_exec(struct store *store, sqlite3_stmt *stmt)
{
	const struct err *err;
	bool row;

	err = store_step(store, stmt, &row);
	sqlite3_reset(stmt);
	return err;
}

const struct err *
store_simple(struct store *store, enum store_sql which)
{
	const struct err *err;
	sqlite3_stmt *stmt;

	err = store_get(store, which, &stmt);
	return err != NULL ? err : store_exec(store, stmt);
}

const struct err *
store_ask(struct store *store, enum store_sql which, int64_t *value)
{
	const struct err *err;
	sqlite3_stmt *stmt;
	bool row;

	*value = 0;
	err = store_get(store, which, &stmt);
	if (err == NULL)
		err = store_step(store, stmt, &row);
	if (err == NULL && row)
		*value = sqlite3_column_int64(stmt, 0);
	if (stmt != NULL)
		sqlite3_reset(stmt);
	return err;
}

void
store_undo(struct store *store)
{
	/* Some failures (a full disk) have rolled back already. */
	if (!sqlite3_get_autocommit(store->db))
		store_simple(store, SQL_ROLLBACK);
}

/* Whose file is it?  Sets the version of its schema, 0 when it is empty. */
static const struct err *
examine(struct store *store, int64_t *version)
{
	const struct err *err;
	int64_t application, tables;

	err = store_ask(store, SQL_APPLICATION, &application);
	if (err == NULL)
		err = store_ask(store, SQL_VERSION, version);
	if (err == NULL)
		err = store_ask(store, SQL_TABLES, &tables);
	if (err != NULL)
		return err;
	if (tables == 0 && application == 0 && *version == 0)
		return NULL;
	if (application != STORE_APPLICATION)
		return err_new(ERR_CONFIG, "%s: is an SQLite file, but no "
		    "cabrief store: name another file", store->path);
	if (*version > STORE_SCHEMA)
		return err_new(ERR_CONFIG, "%s: has schema %lld: this cabrief "
		    "knows schemas up to %d: use a newer cabrief",
		    store->path, (long long)*version, STORE_SCHEMA);
	return NULL;
}

/* Make the newest schema of what is there, in one transaction. */
static const struct err *
bring_up(struct store *store)
{
	const struct err *err;
	int64_t version;

	err = examine(store, &version);
	if (err != NULL)
		return err;
	if (store->mode != STORE_WRITE) {
		if (version == STORE_SCHEMA)
			return store->mode == STORE_CACHE ? NULL :
			    store_simple(store, SQL_SETUP_READ);
		return err_new(ERR_CONFIG, "%s: %s: run \"cabrief import\" "
		    "or \"cabrief fetch\" first", store->path, version == 0 ?
		    "is empty" : "has an old schema");
	}
	if (sqlite3_exec(store->db, store_sql(SQL_SETUP_WRITE), NULL, NULL,
	    NULL) != SQLITE_OK)
		return store_error(store, "opening");
	if (version == STORE_SCHEMA)
		return NULL;
	err = store_simple(store, SQL_BEGIN);
	if (err != NULL)
		return err;
	/* Another process may have been quicker. */
	err = examine(store, &version);
	if (err == NULL)
		err = store_migrate(store, version);
	if (err == NULL)
		err = store_simple(store, SQL_COMMIT);
	store_undo(store);
	return err;
}

/* The file may come from anybody: what it says is never run. */
static const struct err *
harden(struct store *store)
{
	static const struct {
		int option;
		int value;
	} options[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
		{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
		{ SQLITE_DBCONFIG_ENABLE_VIEW, 0 }
	};
	size_t i;

	for (i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		if (sqlite3_db_config(store->db, options[i].option,
		    options[i].value, NULL) != SQLITE_OK)
			return store_error(store, "opening");
	sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, STORE_MAX_ROW);
	sqlite3_busy_timeout(store->db, STORE_BUSY_MS);
	if (sqlite3_exec(store->db, store_sql(SQL_SETUP), NULL, NULL, NULL) !=
	    SQLITE_OK)
		return store_error(store, "opening");
	return NULL;
}

/* Refuse what SQLite would wait for, make, or take for something else. */
static const struct err *
check_path(const char *path, enum store_mode mode)
{
	struct stat st;

	if (stat(path, &st) == 0)
		return S_ISREG(st.st_mode) ? NULL : err_new(ERR_CONFIG,
		    "%s: is no regular file: name a file", path);
	if (errno != ENOENT)
		return err_new(ERR_SYSTEM, "%s: can't be opened: %s: name "
		    "another file, or change permissions", path,
		    strerror(errno));
	if (mode != STORE_WRITE)
		return err_new(ERR_CONFIG, "%s: there is no store: run "
		    "\"cabrief import\" or \"cabrief fetch\" first", path);
	return NULL;
}

/* Open the database of a store that has its path; `memory`: SQLite's own
 * word for it. */
static const struct err *
open_file(struct store *store, bool memory)
{
	const struct err *err;
	struct buf name;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
	    SQLITE_OPEN_EXRESCODE;
	int code;

	/* STORE_READ too asks for writing, so that what a killed process left
	 * half done can be undone; SQLite falls back by itself. */
	if (store->mode == STORE_WRITE)
		flags |= SQLITE_OPEN_CREATE;
	buf_init(&name, STORE_MAX_PATH);
	/* So that ":memory:" and "file:x" of others are plain names. */
	buf_str(&name, memory || store->path[0] == '/' ? "" : "./");
	buf_str(&name, store->path);
	err = buf_error(&name, "path of the store");
	if (err == NULL) {
		code = sqlite3_open_v2(buf_text(&name), &store->db, flags,
		    NULL);
		if (store->db == NULL)
			err = err_memory();
		else if (code != SQLITE_OK)
			err = store_error(store, "opening");
	}
	buf_release(&name);
	if (err == NULL && store->mode == STORE_WRITE &&
	    sqlite3_db_readonly(store->db, "main") == 1)
		err = err_new(ERR_SYSTEM, "%s: may not be written: change its "
		    "permissions, or name another file", store->path);
	return err;
}

const struct err *
store_open(struct store **out, const char *path, enum store_mode mode)
{
	const char *name = path != NULL ? path : ":memory:";
	const struct err *err;
	struct store *store;

	*out = NULL;
	err = path != NULL ? check_path(path, mode) : NULL;
	if (err != NULL)
		return err;
	store = mem_alloc(1, sizeof(*store));
	if (store == NULL)
		return err_memory();
	store->mode = mode;
	store->lock = -1;
	store->path = mem_copy(name, strlen(name));
	if (store->path == NULL)
		err = err_memory();
	if (err == NULL)
		err = open_file(store, path == NULL);
	if (err == NULL)
		err = harden(store);
	if (err == NULL)
		err = bring_up(store);
	if (err == NULL) {
		*out = store;
		store = NULL;
	}
	store_close(store);
	return err;
}

void
store_close(struct store *store)
{
	size_t i;

	if (store == NULL)
		return;
	for (i = 0; i < SQL_STORE__MAX; i++)
		sqlite3_finalize(store->kept[i]);
	sqlite3_close(store->db);
	if (store->lock >= 0)
		(void)close(store->lock);
	mem_free(store->run.kind);
	mem_free(store->run.source);
	mem_free(store->page.name);
	mem_free(store->page.part);
	mem_free(store->path);
	mem_free(store);
}
