/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* A walk through the store to a time in the past. */

#include "tests/unit/heard.h"
#include "tests/unit/store_fixture.h"

/* Bug 1 was filed at 100 and changed at 300; 2 the same, without history;
 * 3 was filed at 250. */
static void
fill(struct store *store)
{
	struct bug part;
	int64_t id;

	bug_init(&part, BUG_MAX_BYTES);
	for (id = 1; id <= 3; id++) {
		bug_clear(&part);
		make_fields(&part, id, "a summary", 300);
		bug_set_num(&part, BUG_CREATED, id == 3 ? 250 : 100);
		assert_true(bug_set_text(&part, BUG_WHITEBOARD, "[b]", 3));
		make_comment(&part, 10 * id, 0, id == 3 ? 250 : 100, "first");
		make_comment(&part, 10 * id + 1, 1, 300, "second");
		if (id != 2)
			make_change(&part, 300, "[b]");
		put_part(store, &part);
	}
	bug_release(&part);
}

static void
test_past(void **state)
{
	struct store_past past = { .time = 200 };
	struct store_walk *walk;
	struct store *store;
	const struct bug *bug;
	struct heard heard;

	(void)state;
	store = start();
	fill(store);
	past.sink = heard_begin(&heard);
	/* It loads what it needs. */
	ok(store_walk_new(&walk, store, STORE_FIELDS));
	store_walk_past(walk, &past);
	ok(store_next(walk, &bug));
	assert_int_equal(bug->id, 1);
	assert_string_equal(bug->text[BUG_WHITEBOARD], "");
	assert_int_equal(bug->comment_len, 1);
	assert_int_equal(bug->change_len, 0);
	/* No later comment comes in by this door. */
	ok(store_load_comments(walk));
	assert_int_equal(bug->comment_len, 1);
	assert_string_equal(bug->comments[0].text, "first");
	ok(store_next(walk, &bug));
	assert_int_equal(bug->id, 2);
	assert_string_equal(bug->text[BUG_WHITEBOARD], "[b]");
	assert_int_equal(heard.count[DIAG_HISTORY_MISSING], 1);
	ok(store_next(walk, &bug));
	assert_null(bug);
	assert_int_equal(past.later, 1);
	assert_int_equal(past.unsure_len, 1);
	assert_int_equal(past.unsure[0], 2);
	/* Alone too. */
	ok(store_seek(walk, 3));
	ok(store_next(walk, &bug));
	assert_null(bug);
	assert_int_equal(past.later, 2);
	past.time = 250;
	ok(store_seek(walk, 3));
	ok(store_next(walk, &bug));
	assert_int_equal(bug->id, 3);
	store_walk_free(walk);
	mem_free(past.unsure);
	finish(store);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(test_past)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
