/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* How the store puts a history together from its parts. */

#include "tests/unit/store_fixture.h"

/* Each letter is a change; its time is its place in the alphabet, and a
 * capital is another change of that time. */
static const struct {
	const char *first;
	const char *then;
	const char *want;
	uint64_t new_changes;
} histories[] = {
	{ "", "", "", 0 },
	{ "abc", "abc", "abc", 0 },
	{ "", "abc", "abc", 3 },
	{ "abc", "", "abc", 0 },
	{ "abc", "abcd", "abcd", 1 },
	{ "abc", "ab", "abc", 0 },	/* an older answer */
	{ "abc", "a", "abc", 0 },
	{ "abc", "c", "abc", 0 },	/* asked with new_since */
	{ "abc", "cde", "abcde", 2 },
	{ "abc", "def", "abcdef", 3 },
	{ "def", "abc", "abcdef", 3 },
	{ "abc", "aBc", "aBc", 0 },	/* somebody has a new name */
	{ "abc", "abbc", "abbc", 1 },	/* now without a restriction */
	{ "abbc", "abc", "abc", 0 },
	{ "abc", "ac", "ac", 0 },
	{ "aabbcc", "bb", "aabbcc", 0 }
};

static void
put_letters(struct store *store, const char *letters)
{
	struct bug part;
	char text[2] = "";

	bug_init(&part, BUG_MAX_BYTES);
	make_fields(&part, 1, "a", 0);
	part.have |= BUG_HAVE_HISTORY;
	for (; *letters != '\0'; letters++) {
		text[0] = *letters;
		make_change(&part, *letters | 0x20, "");
		part.changes[part.change_len - 1].added =
		    arena_copy(&part.arena, text, 1);
	}
	put_part(store, &part);
	bug_release(&part);
}

static void
test_history(void **state)
{
	struct store_counts before, after;
	struct store_walk *walk;
	const struct bug *bug;
	struct store *store;
	char got[20];
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof(histories) / sizeof(histories[0]); i++) {
		store = start();
		put_letters(store, histories[i].first);
		store_run_counts(store, &before);
		put_letters(store, histories[i].then);
		store_run_counts(store, &after);
		assert_int_equal(after.changes_new - before.changes_new,
		    histories[i].new_changes);
		bug = look(store, &walk, 1);
		assert_non_null(bug);
		/* An empty one may be all that is new since then. */
		assert_int_equal((bug->have & BUG_HAVE_HISTORY) != 0,
		    histories[i].want[0] != '\0');
		for (j = 0; j < bug->change_len; j++) {
			got[j] = bug->changes[j].added[0];
			assert_int_equal(bug->changes[j].time, got[j] | 0x20);
			assert_string_equal(bug->changes[j].who,
			    "root@program.example");
			assert_string_equal(bug->changes[j].field,
			    "whiteboard");
			assert_string_equal(bug->changes[j].removed, "");
		}
		got[j] = '\0';
		assert_string_equal(got, histories[i].want);
		store_walk_free(walk);
		assert_good(store);
		finish(store);
		assert_int_equal(unlink(STORE_NAME), 0);
	}
}

/* An empty history says nothing, and leaves nothing behind. */
static void
test_empty(void **state)
{
	struct store *store = start();
	struct bug part;

	(void)state;
	bug_init(&part, BUG_MAX_BYTES);
	part.id = 1;
	part.have = BUG_HAVE_HISTORY;
	put_part(store, &part);
	assert_int_equal(raw_int("SELECT count(*) FROM told"), 0);
	make_comment(&part, 10, 0, 500, "a");
	put_part(store, &part);
	assert_int_equal(raw_int("SELECT count(*) FROM told "
	    "WHERE comments = 1 AND changes IS NULL"), 1);
	assert_good(store);
	bug_release(&part);
	finish(store);
}

/* One bug's history in very many answers takes no square of their time. */
static void
test_small_answers(void **state)
{
	enum { ANSWERS = 16000 };
	struct store *store = start();
	struct bug part;
	int i, round;

	(void)state;
	alarm(60);	/* it takes a second, and took minutes */
	bug_init(&part, BUG_MAX_BYTES);
	ok(store_page_begin(store, "many.json"));
	/* New, the same again, and from somebody with a new name. */
	for (round = 0; round < 3; round++)
		for (i = 0; i < ANSWERS; i++) {
			bug_clear(&part);
			part.id = 1;
			make_change(&part, 100 + i, "[ca-compliance]");
			if (round == 2)
				part.changes[0].who = "renamed";
			ok(store_put(store, &part));
		}
	ok(store_page_commit(store, "history"));
	alarm(0);
	bug_release(&part);
	assert_good(store);
	finish(store);
	assert_int_equal(raw_int("SELECT changes_new FROM run"), ANSWERS);
	assert_int_equal(raw_int("SELECT count(*) FROM change "
	    "WHERE time = 100 + seq AND who = 'renamed'"), ANSWERS);
	assert_int_equal(raw_int("SELECT changes FROM told"), ANSWERS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(test_history),
		SCRATCH_TEST(test_empty),
		SCRATCH_TEST(test_small_answers)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
