/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/store_private.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/err.h"

enum {
	SHARED_WORDS = 80	/* bytes: two numbers and what they are */
};

static void
add_fault(struct buf *faults, const char *text)
{
	buf_str(faults, text);
	buf_char(faults, '\n');
}

/*
 * A damaged file makes a check fail where it stands: that is a fault as
 * well, and the other checks may still say more.
 */
static const struct err *
forgive(struct buf *faults, const struct err *err)
{
	if (err == NULL || err->kind != ERR_CONFIG)
		return err;
	add_fault(faults, err->text);
	return NULL;
}

/* Each row of the statement is a fault, but SQLite's "ok". */
static const struct err *
run_check(struct store *store, enum store_sql which, struct buf *faults)
{
	const struct err *err;
	const char *text;
	sqlite3_stmt *stmt;
	bool row;

	err = store_get(store, which, &stmt);
	if (err != NULL)
		return err;
	while ((err = store_step(store, stmt, &row)) == NULL && row) {
		text = (const char *)sqlite3_column_text(stmt, 0);
		if (text == NULL) {
			sqlite3_reset(stmt);
			return err_memory();
		}
		if (which != SQL_CHECK_SQLITE || strcmp(text, "ok") != 0)
			add_fault(faults, text);
	}
	return err;
}

/* The hash and the length of what is stored of an answer. */
static const struct err *
hash_answer(struct store *store, int64_t id, char sha256[HASH_HEX],
    int64_t *bytes)
{
	const struct err *err;
	struct hash hash;
	sqlite3_stmt *stmt;
	bool row;
	int len;

	*bytes = 0;
	hash_init(&hash);
	err = store_get(store, SQL_CHECK_BYTES, &stmt);
	if (err != NULL)
		return err;
	sqlite3_bind_int64(stmt, 1, id);
	while ((err = store_step(store, stmt, &row)) == NULL && row) {
		len = sqlite3_column_bytes(stmt, 0);
		if (len > 0)
			hash_add(&hash, sqlite3_column_blob(stmt, 0),
			    (size_t)len);
		*bytes += len;
	}
	hash_hex(&hash, sha256);
	return err;
}

static const struct err *
check_answers(struct store *store, struct buf *faults)
{
	const struct err *err;
	const char *wanted;
	sqlite3_stmt *stmt;
	char sha256[HASH_HEX];
	int64_t id, bytes;
	bool row;

	err = store_get(store, SQL_CHECK_ANSWERS, &stmt);
	if (err != NULL)
		return err;
	while ((err = store_step(store, stmt, &row)) == NULL && row) {
		id = sqlite3_column_int64(stmt, 0);
		err = hash_answer(store, id, sha256, &bytes);
		if (err != NULL)
			break;
		wanted = (const char *)sqlite3_column_text(stmt, 1);
		if (wanted == NULL || strcmp(wanted, sha256) != 0 ||
		    bytes != sqlite3_column_int64(stmt, 2))
			buf_fmt(faults, "answer %lld: its bytes are not "
			    "those that came\n", (long long)id);
	}
	sqlite3_reset(stmt);
	return err;
}

const struct err *
store_check(struct store *store, struct buf *faults)
{
	const struct err *err = NULL;
	int which;

	for (which = SQL_CHECK_SQLITE; which <= SQL_CHECK_GONE &&
	    err == NULL; which++)
		err = forgive(faults, run_check(store, (enum store_sql)which,
		    faults));
	if (err == NULL)
		err = forgive(faults, check_answers(store, faults));
	return err != NULL ? err : buf_error(faults, "list of faults");
}

const struct err *
store_shared_comments(struct store *store, struct diag_sink *sink)
{
	struct diag diag = { .code = DIAG_COMMENT_SHARED };
	const struct err *err;
	sqlite3_stmt *stmt;
	char words[SHARED_WORDS];
	bool row;

	err = store_get(store, SQL_SHARED, &stmt);
	if (err != NULL)
		return err;
	diag.detail = words;
	while ((err = store_step(store, stmt, &row)) == NULL && row) {
		(void)snprintf(words, sizeof(words),
		    "comment %lld, also of bug %lld",
		    (long long)sqlite3_column_int64(stmt, 0),
		    (long long)sqlite3_column_int64(stmt, 1));
		diag.bug = sqlite3_column_int64(stmt, 2);
		diag_report(sink, &diag);
	}
	return err;
}
