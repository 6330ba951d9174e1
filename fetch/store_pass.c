/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/store_pass.h"

#include <assert.h>

#include "base/date.h"
#include "base/err.h"
#include "fetch/store_private.h"

static void
bind_source(sqlite3_stmt *stmt, const struct store_source *source)
{
	sqlite3_bind_text(stmt, 1, source->url, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 2, source->product, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 3, source->components, -1, SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 4, source->keyed);
}

const struct err *
store_pass_load(struct store *store, const struct store_source *source,
    struct store_pass *out)
{
	const struct err *err;
	sqlite3_stmt *stmt;
	bool row;

	*out = (struct store_pass){
		.good = DATE_NONE,
		.whole = DATE_NONE,
		.started = DATE_NONE,
		.since = DATE_NONE
	};
	err = store_get(store, SQL_PASS_GET, &stmt);
	if (err != NULL)
		return err;
	bind_source(stmt, source);
	err = store_step(store, stmt, &row);
	if (err != NULL || !row)
		return err;
	out->source = sqlite3_column_int64(stmt, 0);
	out->good = store_column(stmt, 1, DATE_NONE);
	out->whole = store_column(stmt, 2, DATE_NONE);
	out->started = store_column(stmt, 3, DATE_NONE);
	out->since = store_column(stmt, 4, DATE_NONE);
	out->reached = sqlite3_column_int64(stmt, 5);
	out->complete = sqlite3_column_int64(stmt, 6) != 0;
	sqlite3_reset(stmt);
	return NULL;
}

const struct err *
store_pass_save(struct store *store, const struct store_source *source,
    struct store_pass *pass)
{
	const struct err *err;
	sqlite3_stmt *stmt;
	bool row;

	assert(store->page.name != NULL);
	err = store_get(store, SQL_PASS_PUT, &stmt);
	if (err != NULL)
		return err;
	bind_source(stmt, source);
	store_bind(stmt, 5, pass->good, DATE_NONE);
	store_bind(stmt, 6, pass->whole, DATE_NONE);
	store_bind(stmt, 7, pass->started, DATE_NONE);
	store_bind(stmt, 8, pass->since, DATE_NONE);
	sqlite3_bind_int64(stmt, 9, pass->reached);
	sqlite3_bind_int64(stmt, 10, pass->complete);
	err = store_step(store, stmt, &row);
	if (err != NULL)
		return err;
	pass->source = sqlite3_column_int64(stmt, 0);
	/* To its end: only then is the row written. */
	err = store_step(store, stmt, &row);
	sqlite3_reset(stmt);
	return err;
}

/* Run a statement about `wants` of one bug of the pass. */
static const struct err *
note(struct store *store, enum store_sql which,
    const struct store_pass *pass, int64_t bug, unsigned wants)
{
	const struct err *err;
	sqlite3_stmt *stmt;

	assert(store->page.name != NULL);
	err = store_get(store, which, &stmt);
	if (err != NULL)
		return err;
	sqlite3_bind_int64(stmt, 1, pass->source);
	sqlite3_bind_int64(stmt, 2, bug);
	sqlite3_bind_int64(stmt, 3, wants);
	return store_exec(store, stmt);
}

const struct err *
store_pass_list(struct store *store, const struct store_pass *pass,
    int64_t bug, int64_t changed, bool known, bool *back)
{
	const struct err *err;
	sqlite3_stmt *stmt;

	assert(store->page.name != NULL);
	*back = false;
	err = store_get(store, SQL_LISTED_ADD, &stmt);
	if (err != NULL)
		return err;
	sqlite3_bind_int64(stmt, 1, pass->source);
	sqlite3_bind_int64(stmt, 2, bug);
	store_bind(stmt, 3, changed, DATE_NONE);
	sqlite3_bind_int64(stmt, 4, known);
	sqlite3_bind_int64(stmt, 5, STORE_WANT_ALL);
	err = store_exec(store, stmt);
	if (err == NULL)
		err = store_get(store, SQL_GONE_DROP, &stmt);
	if (err != NULL)
		return err;
	sqlite3_bind_int64(stmt, 1, bug);
	err = store_exec(store, stmt);
	*back = err == NULL && sqlite3_changes(store->db) > 0;
	return err;
}

const struct err *
store_pass_had(struct store *store, const struct store_pass *pass,
    int64_t bug, unsigned wants)
{
	return note(store, SQL_LISTED_HAD, pass, bug, wants);
}

const struct err *
store_pass_failed(struct store *store, const struct store_pass *pass,
    int64_t bug)
{
	return note(store, SQL_LISTED_FAILED, pass, bug, STORE_WANT_ALL);
}

/* The numbers that the statement gives. */
static const struct err *
read_bugs(struct store *store, sqlite3_stmt *stmt, int64_t *bugs, size_t max,
    size_t *len)
{
	const struct err *err;
	bool row;

	while ((err = store_step(store, stmt, &row)) == NULL && row &&
	    *len < max)
		bugs[(*len)++] = sqlite3_column_int64(stmt, 0);
	sqlite3_reset(stmt);
	return err;
}

const struct err *
store_pass_next(struct store *store, const struct store_pass *pass,
    int64_t after, unsigned wants, unsigned not, bool failed, int64_t *bugs,
    size_t max, size_t *len)
{
	const struct err *err;
	sqlite3_stmt *stmt;

	*len = 0;
	err = store_get(store, SQL_LISTED_NEXT, &stmt);
	if (err != NULL)
		return err;
	sqlite3_bind_int64(stmt, 1, pass->source);
	sqlite3_bind_int64(stmt, 2, after);
	sqlite3_bind_int64(stmt, 3, wants);
	sqlite3_bind_int64(stmt, 4, not);
	sqlite3_bind_int64(stmt, 5, failed);
	sqlite3_bind_int64(stmt, 6, (int64_t)max);
	return read_bugs(store, stmt, bugs, max, len);
}

const struct err *
store_pass_left(struct store *store, const struct store_pass *pass,
    int64_t *count)
{
	const struct err *err;
	sqlite3_stmt *stmt;
	bool row;

	*count = 0;
	err = store_get(store, SQL_LISTED_LEFT, &stmt);
	if (err != NULL)
		return err;
	sqlite3_bind_int64(stmt, 1, pass->source);
	err = store_step(store, stmt, &row);
	if (err == NULL && row)
		*count = sqlite3_column_int64(stmt, 0);
	sqlite3_reset(stmt);
	return err;
}

const struct err *
store_pass_missed(struct store *store, const struct store_pass *pass,
    int64_t after, int64_t *bugs, size_t max, size_t *len)
{
	const struct err *err;
	sqlite3_stmt *stmt;

	*len = 0;
	err = store_get(store, SQL_UNLISTED_NEXT, &stmt);
	if (err != NULL)
		return err;
	sqlite3_bind_int64(stmt, 1, pass->source);
	sqlite3_bind_int64(stmt, 2, after);
	sqlite3_bind_int64(stmt, 3, (int64_t)max);
	return read_bugs(store, stmt, bugs, max, len);
}

const struct err *
store_pass_unlisted(struct store *store, const struct store_pass *pass,
    int64_t *visible, int64_t *unlisted)
{
	const struct err *err;
	sqlite3_stmt *stmt;
	bool row;

	*visible = 0;
	*unlisted = 0;
	err = store_get(store, SQL_UNLISTED_COUNT, &stmt);
	if (err != NULL)
		return err;
	sqlite3_bind_int64(stmt, 1, pass->source);
	err = store_step(store, stmt, &row);
	if (err == NULL && row) {
		*visible = sqlite3_column_int64(stmt, 0);
		*unlisted = sqlite3_column_int64(stmt, 1);
	}
	sqlite3_reset(stmt);
	return err;
}

const struct err *
store_pass_component(struct store *store, const struct store_pass *pass,
    const char *component, int64_t *bugs, int64_t *listed)
{
	const struct err *err;
	sqlite3_stmt *stmt;
	bool row;

	*bugs = 0;
	*listed = 0;
	err = store_get(store, SQL_COMPONENT, &stmt);
	if (err != NULL)
		return err;
	sqlite3_bind_int64(stmt, 1, pass->source);
	sqlite3_bind_text(stmt, 2, component, -1, SQLITE_STATIC);
	err = store_step(store, stmt, &row);
	if (err == NULL && row) {
		*bugs = sqlite3_column_int64(stmt, 0);
		*listed = sqlite3_column_int64(stmt, 1);
	}
	sqlite3_reset(stmt);
	return err;
}

const struct err *
store_pass_gone(struct store *store, const struct store_pass *pass,
    int64_t bug, bool *gone)
{
	const struct err *err;
	sqlite3_stmt *stmt;

	*gone = false;
	err = store_pass_had(store, pass, bug, STORE_WANT_ALL);
	if (err == NULL)
		err = store_get(store, SQL_GONE_ADD, &stmt);
	if (err != NULL)
		return err;
	sqlite3_bind_int64(stmt, 1, bug);
	sqlite3_bind_int64(stmt, 2, pass->started);
	err = store_exec(store, stmt);
	*gone = err == NULL && sqlite3_changes(store->db) > 0;
	return err;
}

static const struct err *
mark_unlisted(struct store *store, const struct store_pass *pass,
    uint64_t *gone)
{
	const struct err *err;
	sqlite3_stmt *stmt;

	err = store_get(store, SQL_UNLISTED_GONE, &stmt);
	if (err != NULL)
		return err;
	sqlite3_bind_int64(stmt, 1, pass->source);
	sqlite3_bind_int64(stmt, 2, pass->started);
	err = store_exec(store, stmt);
	if (err == NULL)
		*gone = (uint64_t)sqlite3_changes(store->db);
	return err;
}

const struct err *
store_pass_settle(struct store *store, const struct store_source *source,
    struct store_pass *pass, bool good, uint64_t *gone)
{
	const struct err *err = NULL;
	sqlite3_stmt *stmt;

	assert(store->page.name != NULL && pass->started != DATE_NONE);
	*gone = 0;
	if (good && pass->since == DATE_NONE) {
		err = mark_unlisted(store, pass, gone);
		pass->good = pass->whole = pass->started;
	} else if (good && pass->since <= pass->good)
		/* From a later day on, it says nothing of those between. */
		pass->good = pass->started;
	pass->started = pass->since = DATE_NONE;
	pass->reached = 0;
	pass->complete = false;
	if (err == NULL)
		err = store_pass_save(store, source, pass);
	if (err == NULL)
		err = store_get(store, SQL_LISTED_FORGET, &stmt);
	if (err != NULL)
		return err;
	sqlite3_bind_int64(stmt, 1, pass->source);
	return store_exec(store, stmt);
}
