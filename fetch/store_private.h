/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * What the files of the store share.  Nobody else includes this, but the
 * store's own test.
 *
 *	store_schema.c	every SQL text there is, and the schema's history
 *	store.c		opening, errors, statements
 *	store_page.c	runs, pages, raw answers
 *	store_write.c	store_put
 *	store_history.c	what store_put does with a history
 *	store_read.c	walks, status
 *	store_pass.c	how far a fetch has come (store_pass.h)
 *	store_lock.c	store_lock
 *	store_cache.c	store_cache_*
 *	store_check.c	store_check
 *	store_state.c	store_refreshed_*
 */
#ifndef FETCH_STORE_PRIVATE_H
#define FETCH_STORE_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sqlite3.h>

#include "base/hash.h"
#include "fetch/store.h"

struct bug;
struct err;

/* The statements; what each says stands in store_schema.c. */
enum store_sql {
	SQL_SETUP,
	SQL_SETUP_READ,
	SQL_SETUP_WRITE,
	SQL_BEGIN,
	SQL_COMMIT,
	SQL_ROLLBACK,
	SQL_APPLICATION,
	SQL_VERSION,
	SQL_TABLES,
	SQL_RUN_ADD,
	SQL_RUN_COUNT,
	SQL_RUN_FINISH,
	SQL_ANSWER_NEXT,
	SQL_ANSWER_FIND,
	SQL_ANSWER_ADD,
	SQL_PART_ADD,
	SQL_PARTS_DROP,
	SQL_BUG_GET,
	SQL_BUG_PUT,
	SQL_TOLD_GET,
	SQL_TOLD_PUT,
	SQL_COMMENT_GET,
	SQL_COMMENT_ADD,
	SQL_COMMENT_CHANGE,
	SQL_CHANGE_TIME,
	SQL_CHANGE_ADD,
	SQL_CHANGES_DROP,
	SQL_WALK_BUGS,
	SQL_WALK_COMMENTS,
	SQL_WALK_FIRST,
	SQL_WALK_CHANGES,
	SQL_CACHE_GET,
	SQL_CACHE_PUT,
	SQL_CACHE_DROP,
	SQL_VOTES_GET,
	SQL_VOTES_PUT,
	SQL_VOTES_DROP,
	SQL_STATUS,
	SQL_LAST_RUN,
	SQL_PASS_GET,
	SQL_PASS_PUT,
	SQL_LISTED_ADD,
	SQL_LISTED_HAD,
	SQL_LISTED_FAILED,
	SQL_LISTED_NEXT,
	SQL_LISTED_LEFT,
	SQL_LISTED_FORGET,
	SQL_UNLISTED_NEXT,
	SQL_UNLISTED_GONE,
	SQL_UNLISTED_COUNT,
	SQL_COMPONENT,
	SQL_GONE_ADD,
	SQL_GONE_DROP,
	SQL_REFRESHED_MARK,
	SQL_REFRESHED_PUT,
	SQL_REFRESHED_FORGET,
	SQL_REFRESHED_LIST,
	SQL_CHECK_SQLITE,	/* the first, SQL_CHECK_GONE the last whose
				 * rows are faults */
	SQL_CHECK_COUNTS,
	SQL_CHECK_ORDER,
	SQL_CHECK_PARTS,
	SQL_CHECK_LISTED,
	SQL_CHECK_GONE,
	SQL_CHECK_ANSWERS,
	SQL_CHECK_BYTES,
	SQL_SHARED,
	SQL_STORE__MAX
};

/* A run: what brought the answers. */
struct store_run {
	char *kind;		/* NULL: no run is going on */
	char *source;
	int64_t started;
	int64_t id;		/* 0 until a page is committed */
	struct store_counts counts;	/* of the committed pages */
};

/* A page: one transaction. */
struct store_page {
	char *name;		/* NULL: no page is open */
	bool touched;		/* something beside the raw answer changed */
	bool whole;		/* see store_page_whole */
	struct store_counts counts;
	int64_t answer;		/* number the raw answer gets */
	struct hash hash;
	char *part;		/* STORE_RAW_PART bytes, kept for the next */
	size_t part_len;
	int64_t parts;		/* written */
	int64_t bytes;
};

struct store {
	sqlite3 *db;
	char *path;
	enum store_mode mode;
	bool caching;		/* the transaction of the cache is open */
	int lock;		/* file descriptor, -1: not locked */
	sqlite3_stmt *kept[SQL_STORE__MAX];	/* prepared at first use */
	struct store_run run;
	struct store_page page;
};

/* The text of a statement. */
const char *store_sql(enum store_sql which);

/* The newest schema this program knows, and what marks a file as ours. */
enum {
	STORE_SCHEMA = 5,
	STORE_APPLICATION = 0x63616272	/* "cabr" */
};
/* Bring the open database from schema `version` (0: empty) to the newest,
 * inside the caller's transaction. */
const struct err *store_migrate(struct store *store, int64_t version);

/* What SQLite's last failure means; `doing` says what was tried.
 * ERR_LOCK, ERR_CONFIG (damaged), ERR_SYSTEM. */
const struct err *store_error(const struct store *store, const char *doing);

/* A statement for the caller, who finalizes it. */
const struct err *store_prepare(struct store *store, enum store_sql which,
    sqlite3_stmt **out);
/* A statement that the store keeps, reset. */
const struct err *store_get(struct store *store, enum store_sql which,
    sqlite3_stmt **out);
/* Step to the next row; *row false at the end, and then it is reset. */
const struct err *store_step(struct store *store, sqlite3_stmt *stmt,
    bool *row);
/* Run a statement that gives no rows, and reset it. */
const struct err *store_exec(struct store *store, sqlite3_stmt *stmt);

/* The same for a statement that also takes nothing. */
const struct err *store_simple(struct store *store, enum store_sql which);
/* The number that a statement without arguments gives; 0 without a row. */
const struct err *store_ask(struct store *store, enum store_sql which,
    int64_t *value);
/* Roll the transaction back, if there is one. */
void store_undo(struct store *store);

/* Forget what was cached about a bug, and what depends on it. */
const struct err *store_cache_drop(struct store *store, int64_t bug);

/* Bind a number, NULL when it is the one that means unset; and read it. */
void store_bind(sqlite3_stmt *stmt, int place, int64_t value, int64_t unset);
int64_t store_column(sqlite3_stmt *stmt, int column, int64_t unset);

/* Merge the part's history, which is in order of time, into what is stored.
 * *changes is how many changes of the bug are, -1 when none ever came. */
const struct err *store_put_history(struct store *store,
    const struct bug *part, int64_t *changes);

/* Append the stored changes [from, to) of bug `id`, in order, to `bug`;
 * `stmt` is SQL_WALK_CHANGES.  ERR_DATA: they are over BUG_MAX_BYTES. */
const struct err *store_load_changes(struct store *store,
    sqlite3_stmt *stmt, int64_t id, int64_t from, int64_t to,
    struct bug *bug);

#endif
