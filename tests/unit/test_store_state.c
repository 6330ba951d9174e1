/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* What became of the reports of plans. */

#include "tests/unit/store_fixture.h"

#include "base/mem.h"

static void
keep(struct store *store, const char *plan, const char *report, int64_t tried,
    int64_t good, const char *what)
{
	const struct store_refreshed row = { NULL, report, tried, good, what };

	ok(store_refreshed_put(store, plan, &row, 1));
}

/* "plan/report tried good what;" each, in their order. */
static void
holds(struct store *store, const char *wanted)
{
	struct store_refreshed *rows;
	struct arena arena;
	struct buf text;
	size_t len, i;

	arena_init(&arena, 1 << 20);
	buf_init(&text, 1 << 20);
	ok(store_refreshed_list(store, &arena, &rows, &len));
	for (i = 0; i < len; i++)
		buf_fmt(&text, "%s/%s %lld %lld %s;", rows[i].plan,
		    rows[i].report, (long long)rows[i].tried,
		    rows[i].good == DATE_NONE ? -1LL :
		    (long long)rows[i].good, rows[i].what);
	assert_string_equal(buf_text(&text), wanted);
	buf_release(&text);
	arena_release(&arena);
}

static struct store *
open_new(void)
{
	struct store *store;

	ok(store_open(&store, STORE_NAME, STORE_WRITE));
	return store;
}

static void
test_put(void **state)
{
	struct store *store = open_new();

	(void)state;
	holds(store, "");
	keep(store, "night", "a", 100, DATE_NONE, "no network");
	holds(store, "night/a 100 -1 no network;");
	keep(store, "night", "a", 200, 200, "");
	holds(store, "night/a 200 200 ;");
	keep(store, "night", "a", 300, DATE_NONE, "odd '; DROP TABLE bug");
	holds(store, "night/a 300 200 odd '; DROP TABLE bug;");
	store_close(store);
}

static void
test_forget(void **state)
{
	static const struct store_refreshed rows[] = {
		{ NULL, "b", 100, 100, "" }, { NULL, "a", 100, 100, "" }
	};
	struct store *store = open_new();

	(void)state;
	ok(store_refreshed_put(store, "night", rows, 2));
	keep(store, "day", "c", 50, 50, "");
	holds(store, "day/c 50 50 ;night/a 100 100 ;night/b 100 100 ;");
	/* Also when the clock stands still. */
	keep(store, "night", "b", 100, 100, "");
	holds(store, "day/c 50 50 ;night/b 100 100 ;");
	ok(store_refreshed_put(store, "night", NULL, 0));
	holds(store, "day/c 50 50 ;");
	store_close(store);
}

/* Who only reads can't; the cache's mode can, and a store that is locked for
 * writing stays as it is. */
static void
test_modes(void **state)
{
	const struct store_refreshed row = { NULL, "a", 100, 100, "" };
	struct store *store = open_new();

	(void)state;
	store_close(store);
	ok(store_open(&store, STORE_NAME, STORE_READ));
	assert_non_null(store_refreshed_put(store, "p", &row, 1));
	holds(store, "");
	store_close(store);
	ok(store_open(&store, STORE_NAME, STORE_CACHE));
	keep(store, "p", "a", 1, 1, "");
	holds(store, "p/a 1 1 ;");
	store_close(store);
}

static void
test_migration(void **state)
{
	struct store *store = open_new();
	struct store_status status;

	(void)state;
	store_close(store);
	raw_do("DROP VIEW refreshed_iso; DROP TABLE refreshed; "
	    "PRAGMA user_version = 4");
	assert_err(store_open(&store, STORE_NAME, STORE_CACHE), ERR_CONFIG,
	    "has an old schema");
	store = open_new();
	ok(store_status(store, &status));
	assert_int_equal(status.schema, STORE_SCHEMA);
	keep(store, "p", "a", 86400, DATE_NONE, "x");
	store_close(store);
	assert_int_equal(raw_int("SELECT count(*) FROM refreshed_iso WHERE "
	    "tried = '1970-01-02T00:00:00Z' AND good IS NULL"), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(test_put),
		SCRATCH_TEST(test_forget),
		SCRATCH_TEST(test_modes),
		SCRATCH_TEST(test_migration)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
