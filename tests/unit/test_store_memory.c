/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* SQLite runs out of memory, at each place in turn. */

#include "tests/unit/store_fixture.h"

static sqlite3_mem_methods methods;
static int64_t left;		/* allocations until one is refused */

static bool
refuses(void)
{
	return left > 0 && --left == 0;
}

static void *
limited_alloc(int size)
{
	return refuses() ? NULL : methods.xMalloc(size);
}

static void *
limited_resize(void *old, int size)
{
	return refuses() ? NULL : methods.xRealloc(old, size);
}

/* Bug 1 has changed, and its summary is not mentioned. */
static const struct err *
put_time(struct store *store)
{
	const struct err *err;
	struct bug part;

	bug_init(&part, BUG_MAX_BYTES);
	make_fields(&part, 1, NULL, 9000);
	err = store_page_begin(store, "time.json");
	if (err == NULL)
		err = store_put(store, &part);
	if (err == NULL)
		err = store_page_commit(store, "bugs");
	store_page_rollback(store);
	bug_release(&part);
	return err;
}

/* Everything that is done with a store. */
static const struct err *
use_all(void)
{
	const struct err *err;
	struct store *store = NULL;
	struct store_walk *walk = NULL;
	struct store_status status;
	const struct bug *bug;
	struct buf faults;

	buf_init(&faults, 1 << 20);
	err = store_open(&store, STORE_NAME, STORE_WRITE);
	if (err != NULL)
		goto out;
	err = store_run_begin(store, "import", "", 1);
	if (err == NULL)
		err = put_many(store, 1, 3, 100);
	/* Those of before stand between: they are loaded and compared. */
	if (err == NULL)
		err = put_many(store, 2, 3, 100);
	if (err == NULL)
		err = store_run_end(store, 2);
	if (err == NULL)
		err = store_status(store, &status);
	if (err == NULL)
		err = store_walk_new(&walk, store,
		    STORE_COMMENTS | STORE_HISTORY);
	do {
		if (err == NULL)
			err = store_next(walk, &bug);
	} while (err == NULL && bug != NULL);
	if (err == NULL)
		err = store_check(store, &faults);
	if (err == NULL)
		assert_int_equal(faults.len, 0);
	store_walk_free(walk);
	store_close(store);
out:
	buf_release(&faults);
	return err;
}

/* A sample of the places: they are some thousands. */
static void
test_everywhere(void **state)
{
	const struct err *err;
	struct store *store;
	int64_t n, refused = 0, bugs;
	bool over = false;

	(void)state;
	for (n = 1; !over; n += 1 + n / 15) {
		left = n;
		err = use_all();
		over = left > 0;
		left = 0;
		if (err != NULL) {
			refused++;
			assert_ptr_equal(err, err_memory());
		}
		/* Whole pages, and nothing that SQLite still holds. */
		ok(store_open(&store, STORE_NAME, STORE_WRITE));
		assert_good(store);
		store_close(store);
		bugs = raw_int("SELECT count(*) FROM bug");
		assert_true(bugs == 0 || bugs == 3 || bugs == 4);
		assert_int_equal(sqlite3_memory_used(), 0);
		assert_int_equal(unlink(STORE_NAME), 0);
	}
	assert_true(refused > 50);
}

/* Each place of a part: what it does not mention is not lost. */
static void
test_part(void **state)
{
	const struct err *err;
	struct store *store = start();
	int64_t n, refused = 0;
	bool over = false;

	(void)state;
	ok(put_many(store, 1, 3, 100));
	finish(store);
	for (n = 1; !over; n++) {
		store = start();
		left = n;
		err = put_time(store);
		over = left > 0;
		left = 0;
		if (err != NULL) {
			refused++;
			assert_ptr_equal(err, err_memory());
		}
		finish(store);
		assert_int_equal(raw_int("SELECT count(*) FROM bug "
		    "WHERE summary = 'a summary'"), 3);
		assert_int_equal(raw_int("SELECT changed FROM bug "
		    "WHERE id = 1"), err != NULL ? 5000 : 9000);
		raw_do("UPDATE bug SET changed = 5000 WHERE id = 1");
	}
	assert_true(refused > 10);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(test_everywhere),
		SCRATCH_TEST(test_part)
	};
	sqlite3_mem_methods limited;

	if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &methods) != SQLITE_OK)
		return 1;
	limited = methods;
	limited.xMalloc = limited_alloc;
	limited.xRealloc = limited_resize;
	if (sqlite3_config(SQLITE_CONFIG_MALLOC, &limited) != SQLITE_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
