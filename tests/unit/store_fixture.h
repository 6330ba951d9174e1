/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * For the tests of the store: one in the working folder, filled in a line,
 * and looked at and tampered with behind the store's back.
 */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

#include <sqlite3.h>

#include "base/date.h"
#include "fetch/bug.h"
#include "fetch/store.h"
#include "fetch/store_private.h"
#include "tests/unit/scratch.h"

#define STORE_NAME "incidents.db"

static inline void
ok(const struct err *err)
{
	if (err != NULL)
		fail_msg("%s", err->text);
}

static inline void
assert_err(const struct err *err, enum err_kind kind, const char *says)
{
	assert_non_null(err);
	if (err->kind != kind || strstr(err->text, says) == NULL)
		fail_msg("%d, not %d \"%s\": %s", err->kind, kind, says,
		    err->text);
}

static inline sqlite3 *
raw_open(void)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(STORE_NAME, &db), SQLITE_OK);
	return db;
}

static inline void
raw_do(const char *sql)
{
	sqlite3 *db = raw_open();

	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	sqlite3_close(db);
}

static inline int64_t
raw_int(const char *sql)
{
	sqlite3 *db = raw_open();
	sqlite3_stmt *stmt;
	int64_t value;

	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	value = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return value;
}

/* A store in which a run goes on. */
static inline struct store *
start(void)
{
	struct store *store;

	ok(store_open(&store, STORE_NAME, STORE_WRITE));
	ok(store_run_begin(store, "import", "https://bugs.example", 1000));
	return store;
}

static inline void
finish(struct store *store)
{
	ok(store_run_end(store, 2000));
	store_close(store);
}

/* One page with one part. */
static inline void
put_part(struct store *store, const struct bug *part)
{
	ok(store_page_begin(store, "one.json"));
	ok(store_put(store, part));
	ok(store_page_commit(store, "bugs"));
}

/* A part with fields: what is NULL or 0 is not told. */
static inline void
make_fields(struct bug *part, int64_t id, const char *summary,
    int64_t changed)
{
	part->id = id;
	if (summary != NULL)
		assert_true(bug_set_text(part, BUG_SUMMARY, summary,
		    strlen(summary)));
	if (changed != 0)
		bug_set_num(part, BUG_CHANGED, changed);
}

static inline void
make_comment(struct bug *part, int64_t id, int64_t number, int64_t time,
    const char *text)
{
	struct comment *comment = bug_add_comment(part);

	assert_non_null(comment);
	part->have |= BUG_HAVE_COMMENTS;
	comment->id = id;
	comment->bug = part->id;
	comment->number = number;
	comment->time = time;
	comment->creator = "ca@ca.example";
	comment->text = text;
	comment->text_len = strlen(text);
}

static inline void
make_change(struct bug *part, int64_t time, const char *added)
{
	struct change *change = bug_add_change(part);

	assert_non_null(change);
	part->have |= BUG_HAVE_HISTORY;
	change->time = time;
	change->who = "root@program.example";
	change->field = "whiteboard";
	change->added = added;
}

/* `count` bugs from number `first` on, in one page: two comments of
 * `size` bytes and a change each, and a raw answer as large. */
static inline const struct err *
put_many(struct store *store, int64_t first, int count, size_t size)
{
	const struct err *err;
	struct bug part;
	char *text = mem_alloc(1, size + 1);
	int64_t id;
	int i;

	assert_non_null(text);
	memset(text, 'x', size);
	bug_init(&part, BUG_MAX_BYTES);
	err = store_page_begin(store, "many.json");
	for (i = 0; i < count && err == NULL; i++) {
		bug_clear(&part);
		id = first + i;
		make_fields(&part, id, "a summary", 5000 + i);
		make_comment(&part, 10 * id, 0, 100, text);
		make_comment(&part, 10 * id + 1, 1, 200, text);
		make_change(&part, 300, "[ca-compliance]");
		err = store_put(store, &part);
		text[0] = (char)('a' + i % 26);
		if (err == NULL)
			err = store_page_raw(store, text, size);
	}
	if (err == NULL)
		err = store_page_commit(store, "bugs");
	store_page_rollback(store);
	bug_release(&part);
	mem_free(text);
	return err;
}

/* Go to bug 1 of a new walk. */
static inline const struct bug *
look(struct store *store, struct store_walk **walk, int64_t id)
{
	const struct bug *bug;

	ok(store_walk_new(walk, store, STORE_COMMENTS | STORE_HISTORY));
	ok(store_seek(*walk, id));
	ok(store_next(*walk, &bug));
	return bug;
}

static inline void
assert_good(struct store *store)
{
	struct buf faults;

	buf_init(&faults, 1 << 20);
	ok(store_check(store, &faults));
	assert_string_equal(buf_text(&faults), "");
	buf_release(&faults);
}

#endif
