/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "fetch/bug.h"

static void
assert_empty(const struct bug *bug)
{
	assert_int_equal(bug->id, 0);
	assert_int_equal(bug->have, 0);
	for (unsigned i = 0; i < BUG_TEXT__MAX; i++)
		assert_string_equal(bug->text[i], "");
	for (unsigned i = 0; i < BUG_NUM__MAX; i++)
		assert_true(bug->num[i] ==
		    (bug_num_is_time(i) ? DATE_NONE : -1));
	assert_int_equal(bug->comment_len, 0);
	assert_int_equal(bug->change_len, 0);
	assert_true(bug->last_comment == DATE_NONE);
}

static void
test_fields(void **state)
{
	struct bug bug;
	char text[] = "text";

	(void)state;
	bug_init(&bug, BUG_MAX_BYTES);
	assert_empty(&bug);
	assert_true(bug_set_text(&bug, BUG_SUMMARY, text, 4));
	text[0] = 'n';
	assert_string_equal(bug.text[BUG_SUMMARY], "text");
	assert_true(bug_set_text(&bug, BUG_URL, NULL, 0));
	assert_string_equal(bug.text[BUG_URL], "");
	bug_set_num(&bug, BUG_DUPE_OF, 7);
	assert_int_equal(bug.num[BUG_DUPE_OF], 7);
	assert_int_equal(bug.have, BUG_HAVE_TEXT(BUG_SUMMARY) |
	    BUG_HAVE_TEXT(BUG_URL) | BUG_HAVE_NUM(BUG_DUPE_OF));
	bug.id = 5;
	bug_clear(&bug);
	assert_empty(&bug);
	bug_release(&bug);
	assert_empty(&bug);
}

/* Each field has its own bit, and none is one of the lists'. */
static void
test_bits(void **state)
{
	uint32_t all = BUG_HAVE_COMMENTS | BUG_HAVE_HISTORY;

	(void)state;
	assert_int_equal(BUG_HAVE_COMMENTS & BUG_HAVE_HISTORY, 0);
	for (unsigned i = 0; i < BUG_TEXT__MAX; i++) {
		assert_int_equal(all & BUG_HAVE_TEXT(i), 0);
		all |= BUG_HAVE_TEXT(i);
	}
	for (unsigned i = 0; i < BUG_NUM__MAX; i++) {
		assert_int_equal(all & BUG_HAVE_NUM(i), 0);
		all |= BUG_HAVE_NUM(i);
	}
}

static void
test_lists(void **state)
{
	struct bug bug;

	(void)state;
	bug_init(&bug, BUG_MAX_BYTES);
	for (int64_t i = 0; i < 1000; i++) {
		struct comment *comment = bug_add_comment(&bug);
		struct change *change = bug_add_change(&bug);

		assert_non_null(comment);
		assert_int_equal(comment->id, 0);
		assert_string_equal(comment->creator, "");
		assert_string_equal(comment->text, "");
		comment->id = i;
		assert_non_null(change);
		assert_string_equal(change->who, "");
		assert_string_equal(change->field, "");
		assert_string_equal(change->removed, "");
		assert_string_equal(change->added, "");
		change->time = i;
	}
	assert_int_equal(bug.comment_len, 1000);
	assert_int_equal(bug.change_len, 1000);
	for (int64_t i = 0; i < 1000; i++) {
		assert_int_equal(bug.comments[i].id, i);
		assert_int_equal(bug.changes[i].time, i);
	}
	bug_release(&bug);
}

/* What was there stays when no more has room. */
static void
test_ceiling(void **state)
{
	struct bug bug;
	char text[100];
	size_t added = 0;

	(void)state;
	memset(text, 'a', sizeof(text));
	bug_init(&bug, 4096);
	assert_true(bug_set_text(&bug, BUG_SUMMARY, "s", 1));
	while (bug_add_comment(&bug) != NULL)
		added++;
	assert_true(bug.arena.full);
	assert_int_equal(bug.comment_len, added);
	assert_in_range(added, 8, 64);
	bug.arena.full = 0;
	while (bug_set_text(&bug, BUG_URL, text, sizeof(text)))
		;
	assert_true(bug.arena.full);
	assert_string_equal(bug.text[BUG_SUMMARY], "s");
	assert_null(bug_add_change(&bug));
	bug_release(&bug);
}

static void
test_status(void **state)
{
	static const struct {
		const char *status;
		bool closed;
	} cases[] = {
		{ "RESOLVED", true }, { "VERIFIED", true },
		{ "CLOSED", true }, { "UNCONFIRMED", false },
		{ "NEW", false }, { "ASSIGNED", false },
		{ "REOPENED", false }, { "", false }, { "resolved", false },
		{ "RESOLVED ", false }
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(bug_status_closed(cases[i].status),
		    cases[i].closed);
}

/* No two fields share a name in any form. */
static void
test_names(void **state)
{
	const struct bug_names *names[BUG_TEXT__MAX + BUG_NUM__MAX];
	size_t count = sizeof(names) / sizeof(names[0]);

	(void)state;
	for (unsigned i = 0; i < BUG_TEXT__MAX; i++) {
		names[i] = bug_text_names(i);
		assert_non_null(names[i]->xml);
	}
	for (unsigned i = 0; i < BUG_NUM__MAX; i++)
		names[BUG_TEXT__MAX + i] = bug_num_names(i);
	for (size_t i = 0; i < count; i++) {
		assert_non_null(names[i]->rest);
		assert_non_null(names[i]->column);
		for (size_t j = 0; j < i; j++) {
			assert_string_not_equal(names[i]->rest,
			    names[j]->rest);
			assert_string_not_equal(names[i]->column,
			    names[j]->column);
			if (names[i]->xml != NULL && names[j]->xml != NULL)
				assert_string_not_equal(names[i]->xml,
				    names[j]->xml);
		}
	}
	assert_string_equal(bug_text_names(BUG_WHITEBOARD)->xml,
	    "status_whiteboard");
	assert_string_equal(bug_num_names(BUG_CHANGED)->xml, "delta_ts");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_bits),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_ceiling),
		cmocka_unit_test(test_status),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
