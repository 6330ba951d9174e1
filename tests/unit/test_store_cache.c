/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "tests/unit/store_fixture.h"

/* Is that cached for the bug under the key? */
static bool
has(struct store *store, int64_t bug, const char *key, const char *bytes)
{
	const void *data;
	size_t len;

	ok(store_cache_get(store, bug, "a", key, &data, &len));
	return data != NULL && len == strlen(bytes) &&
	    memcmp(data, bytes, len) == 0;
}

static bool
has_none(struct store *store, int64_t bug, const char *key)
{
	const void *data;
	size_t len;

	ok(store_cache_get(store, bug, "a", key, &data, &len));
	assert_int_equal(len, 0);
	return data == NULL;
}

static struct store *
reopen(struct store *store, enum store_mode mode)
{
	store_close(store);
	ok(store_open(&store, STORE_NAME, mode));
	return store;
}

static struct store *
three_bugs(enum store_mode mode)
{
	struct store *store = start();

	ok(put_many(store, 1, 3, 10));
	finish(store);
	return reopen(NULL, mode);
}

static void
test_kept(void **state)
{
	struct store *store = three_bugs(STORE_CACHE);
	struct store_walk *walk;
	const struct bug *bug;

	(void)state;
	ok(store_walk_new(&walk, store, STORE_FIELDS));
	for (ok(store_next(walk, &bug)); bug != NULL;
	    ok(store_next(walk, &bug))) {
		assert_true(has_none(store, bug->id, "k"));
		store_cache_put(store, bug->id, "a", "k", "\0five", 5);
		store_cache_put(store, bug->id, "a", "k", "six", 3);
		assert_true(has(store, bug->id, "k", "six"));
	}
	store_walk_free(walk);
	store_cache_end(store);
	/* others may write again, also before it is closed */
	raw_do("UPDATE bug SET url = 'x' WHERE id = 3");
	store = reopen(store, STORE_READ);
	assert_true(has(store, 1, "k", "six") && has(store, 3, "k", "six"));
	assert_true(has_none(store, 1, "other"));
	assert_true(has_none(store, 4, "k"));
	assert_good(store);
	/* one key a bug and kind */
	store = reopen(store, STORE_CACHE);
	store_cache_put(store, 1, "a", "other", "7", 1);
	store_cache_end(store);
	store_cache_end(store);
	store = reopen(store, STORE_READ);
	assert_true(has(store, 1, "other", "7"));
	assert_true(has_none(store, 1, "k"));
	store_close(store);
}

static void
test_kinds(void **state)
{
	struct store *store = three_bugs(STORE_CACHE);
	const void *data;
	struct bug part;
	size_t len;

	(void)state;
	store_cache_put(store, 1, "a", "k", "six", 3);
	store_cache_put(store, 1, "b", "k", "seven", 5);
	store_cache_put(store, 1, "b", "k", "eight", 5);
	assert_true(has(store, 1, "k", "six"));
	ok(store_cache_get(store, 1, "b", "k", &data, &len));
	assert_int_equal(len, 5);
	assert_memory_equal(data, "eight", 5);
	ok(store_cache_get(store, 1, "c", "k", &data, &len));
	assert_null(data);
	store_cache_end(store);
	store_close(store);
	/* a change drops them all */
	store = start();
	bug_init(&part, BUG_MAX_BYTES);
	make_fields(&part, 1, "another", 6000);
	put_part(store, &part);
	bug_release(&part);
	finish(store);
	store = reopen(NULL, STORE_READ);
	assert_true(has_none(store, 1, "k"));
	ok(store_cache_get(store, 1, "b", "k", &data, &len));
	assert_null(data);
	store_close(store);
}

static void
test_not_kept(void **state)
{
	struct store *store = three_bugs(STORE_READ);
	sqlite3 *db;

	(void)state;
	store_cache_put(store, 1, "a", "k", "six", 3);
	assert_true(has_none(store, 1, "k"));
	/* without an end: lost, and nothing else */
	store = reopen(store, STORE_CACHE);
	store_cache_put(store, 1, "a", "k", "six", 3);
	store = reopen(store, STORE_CACHE);
	assert_true(has_none(store, 1, "k"));
	/* another process writes */
	db = raw_open();
	assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL,
	    NULL), SQLITE_OK);
	store_cache_put(store, 1, "a", "k", "six", 3);
	store_cache_put(store, 2, "a", "k", "six", 3);
	assert_true(has_none(store, 1, "k"));
	sqlite3_close(db);
	store_cache_end(store);
	/* another process reads when it should be written */
	store = reopen(store, STORE_CACHE);
	store_cache_put(store, 1, "a", "k", "six", 3);
	db = raw_open();
	assert_int_equal(sqlite3_exec(db, "BEGIN; SELECT * FROM bug", NULL,
	    NULL, NULL), SQLITE_OK);
	store_cache_end(store);
	sqlite3_close(db);
	assert_true(has_none(store, 1, "k"));
	assert_good(store);
	store_close(store);
}

static void
cache(int64_t bug)
{
	struct store *store = reopen(NULL, STORE_CACHE);

	store_cache_put(store, bug, "a", "k", "six", 3);
	store_cache_end(store);
	store_close(store);
}

/* Put a part; is what was cached about bug 1 still there? */
static bool
survives(const struct bug *part)
{
	struct store *store;
	bool good;

	cache(1);
	cache(2);
	store = start();
	put_part(store, part);
	finish(store);
	store = reopen(NULL, STORE_READ);
	good = has(store, 1, "k", "six");
	assert_true(has(store, 2, "k", "six"));
	store_close(store);
	return good;
}

static void
test_dropped(void **state)
{
	struct bug part;

	(void)state;
	store_close(three_bugs(STORE_READ));
	bug_init(&part, BUG_MAX_BYTES);
	/* what is known already changes nothing */
	make_fields(&part, 1, "a summary", 5000);
	make_comment(&part, 10, 0, 100, "xxxxxxxxxx");
	make_change(&part, 300, "[ca-compliance]");
	assert_true(survives(&part));
	bug_clear(&part);
	make_fields(&part, 1, "another", 6000);
	assert_false(survives(&part));
	bug_clear(&part);
	part.id = 1;
	make_comment(&part, 12, 2, 300, "new");
	assert_false(survives(&part));
	assert_true(survives(&part));
	part.comments[0].text = "changed";
	part.comments[0].text_len = 7;
	assert_false(survives(&part));
	bug_clear(&part);
	part.id = 1;
	make_change(&part, 400, "[external]");
	assert_false(survives(&part));
	bug_release(&part);
}

/* Votes: kept as the rest is, beside it; a change of any bug drops all. */
static void
test_votes(void **state)
{
	struct store *store = three_bugs(STORE_CACHE);
	const void *data;
	struct bug part;
	size_t len;

	(void)state;
	store_cache_put(store, 1, "a", "k", "six", 3);
	store_votes_put(store, 1, "k", "seven", 5);
	store_votes_put(store, 3, "k", "eight", 5);
	store_cache_end(store);
	raw_do("UPDATE bug SET url = 'x' WHERE id = 3");
	ok(store_votes_get(store, 1, "k", &data, &len));
	assert_int_equal(len, 5);
	assert_memory_equal(data, "seven", len);
	assert_true(has(store, 1, "k", "six"));
	store_cache_end(store);
	raw_do("UPDATE bug SET url = NULL WHERE id = 3");
	ok(store_votes_get(store, 2, "k", &data, &len));
	assert_null(data);
	ok(store_votes_get(store, 1, "l", &data, &len));
	assert_null(data);
	store_close(store);
	bug_init(&part, BUG_MAX_BYTES);
	make_fields(&part, 2, "a summary", 5000);
	for (len = 1; len > 0; part.text[BUG_SUMMARY] = "another",
	    part.num[BUG_CHANGED]++) {
		store = start();
		put_part(store, &part);
		finish(store);
		store = reopen(NULL, STORE_READ);
		assert_true(has(store, 1, "k", "six"));
		ok(store_votes_get(store, 3, "k", &data, &len));
		/* first nothing new was told */
		assert_int_equal(data != NULL, part.num[BUG_CHANGED] == 5000);
		ok(store_votes_get(store, 1, "k", &data, &len));
		store_close(store);
	}
	bug_release(&part);
}

/* Comment 0 alone. */
static void
test_first(void **state)
{
	struct store *store = three_bugs(STORE_READ);
	struct store_walk *walk;
	const struct bug *bug;

	(void)state;
	raw_do("DELETE FROM comment WHERE bug_id = 2 AND number = 0");
	ok(store_walk_new(&walk, store, STORE_FIRST));
	ok(store_next(walk, &bug));
	assert_int_equal(bug->comment_len, 1);
	assert_int_equal(bug->comments[0].number, 0);
	ok(store_next(walk, &bug));
	assert_int_equal(bug->comment_len, 0);
	ok(store_next(walk, &bug));
	assert_int_equal(bug->comment_len, 1);
	store_walk_free(walk);
	store_close(store);
}

static void
test_load_comments(void **state)
{
	struct store *store = three_bugs(STORE_READ);
	struct store_walk *walk;
	const struct bug *bug;

	(void)state;
	ok(store_walk_new(&walk, store, STORE_FIELDS));
	ok(store_next(walk, &bug));
	assert_int_equal(bug->comment_len, 0);
	ok(store_load_comments(walk));
	assert_int_equal(bug->comment_len, 2);
	assert_int_equal(bug->comments[1].number, 1);
	ok(store_load_comments(walk));
	assert_int_equal(bug->comment_len, 2);
	ok(store_next(walk, &bug));
	assert_int_equal(bug->id, 2);
	assert_int_equal(bug->comment_len, 0);
	store_walk_free(walk);
	store_close(store);
}

/* A store of the first schema is brought up by who may write. */
static void
test_old_schema(void **state)
{
	struct store *store = three_bugs(STORE_READ);

	(void)state;
	store_close(store);
	raw_do("DROP TABLE verdict; DROP TABLE vote; "
	    "DROP VIEW refreshed_iso; DROP TABLE refreshed; "
	    "DROP VIEW gone_iso; DROP TABLE gone; DROP TABLE listed; "
	    "DROP TABLE source; PRAGMA user_version = 1");
	assert_err(store_open(&store, STORE_NAME, STORE_READ), ERR_CONFIG,
	    "has an old schema");
	assert_err(store_open(&store, STORE_NAME, STORE_CACHE), ERR_CONFIG,
	    "has an old schema");
	store = reopen(NULL, STORE_WRITE);
	assert_true(has_none(store, 1, "k"));
	assert_good(store);
	store = reopen(store, STORE_CACHE);
	store_cache_put(store, 1, "a", "k", "six", 3);
	assert_true(has(store, 1, "k", "six"));
	store_close(store);
	assert_err(store_open(&store, "missing", STORE_CACHE), ERR_CONFIG,
	    "there is no store");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(test_kept),
		SCRATCH_TEST(test_kinds),
		SCRATCH_TEST(test_not_kept),
		SCRATCH_TEST(test_dropped),
		SCRATCH_TEST(test_votes),
		SCRATCH_TEST(test_first),
		SCRATCH_TEST(test_load_comments),
		SCRATCH_TEST(test_old_schema)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
