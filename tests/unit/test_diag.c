/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/diag.h"
#include "base/text.h"

struct heard {
	int calls;
	struct diag last;
};

static void
hear(void *arg, const struct diag *diag)
{
	struct heard *heard = arg;

	heard->calls++;
	heard->last = *diag;
}

/* Names are looked up in the manual and in goldens: one a code, kebab. */
static void
test_table(void **state)
{
	const char *name, *meaning, *allowed = "abcdefghijklmnopqrstuvwxyz-";
	int i, j;

	(void)state;
	for (i = 0; i < DIAG_CODE__MAX; i++) {
		name = diag_name((enum diag_code)i);
		meaning = diag_meaning((enum diag_code)i);
		assert_non_null(name);
		assert_true(strlen(name) > 2);
		assert_int_equal(strspn(name, allowed), strlen(name));
		for (j = 0; j < i; j++)
			assert_string_not_equal(name,
			    diag_name((enum diag_code)j));
		assert_non_null(meaning);
		assert_true(strlen(meaning) > 10);
		assert_true(text_is_clean(meaning, strlen(meaning)));
		assert_null(strchr(meaning, '\n'));
		assert_in_range(diag_level((enum diag_code)i), DIAG_NOTE,
		    DIAG_BAD);
	}
}

/* What is skipped ends in exit status 6; nothing else may. */
static void
test_levels(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < DIAG_CODE__MAX; i++) {
		bool skipped = i == DIAG_BUG_BAD || i == DIAG_BUG_CUT ||
		    i == DIAG_COMMENT_BAD || i == DIAG_CHANGE_BAD ||
		    i == DIAG_SEARCH_LIMIT || i == DIAG_BUG_FAILED;

		assert_int_equal(diag_level((enum diag_code)i) == DIAG_BAD,
		    skipped);
	}
	assert_string_equal(diag_name(DIAG_BUG_BAD), "bug-bad");
	assert_string_equal(diag_name(DIAG_TEXT_REPAIRED), "text-repaired");
	assert_string_equal(diag_name(DIAG_BLOCK_UNSUPPORTED),
	    "block-unsupported");
	assert_int_equal(diag_level(DIAG_TEXT_REPAIRED), DIAG_WARN);
	assert_int_equal(diag_level(DIAG_CLOSE_GUESSED), DIAG_NOTE);
}

static void
test_report(void **state)
{
	struct heard heard = { 0 };
	struct diag_sink sink = { .report = hear, .arg = &heard };
	struct diag diag = {
		.code = DIAG_BUG_BAD, .bug = 1234567, .where = "bugs.json",
		.line = 3, .column = 9, .detail = "no id"
	};

	(void)state;
	diag_report(&sink, &diag);
	assert_int_equal(heard.calls, 1);
	assert_int_equal(heard.last.code, DIAG_BUG_BAD);
	assert_int_equal(heard.last.bug, 1234567);
	assert_string_equal(heard.last.where, "bugs.json");
	assert_int_equal(heard.last.line, 3);
	assert_int_equal(heard.last.column, 9);
	assert_string_equal(heard.last.detail, "no id");
	diag.code = DIAG_TEXT_REPAIRED;
	diag_report(&sink, &diag);
	diag_report(&sink, &diag);
	diag.code = DIAG_CLOSE_GUESSED;
	diag_report(&sink, &diag);
	assert_int_equal(heard.calls, 4);
	assert_int_equal(sink.count[DIAG_NOTE], 1);
	assert_int_equal(sink.count[DIAG_WARN], 2);
	assert_int_equal(sink.count[DIAG_BAD], 1);
}

static void
test_deaf_sinks(void **state)
{
	struct diag_sink sink = { 0 };
	struct diag diag = { .code = DIAG_COMMENT_BAD };

	(void)state;
	diag_report(NULL, &diag);
	diag_report(&sink, &diag);
	assert_int_equal(sink.count[DIAG_NOTE], 0);
	assert_int_equal(sink.count[DIAG_WARN], 0);
	assert_int_equal(sink.count[DIAG_BAD], 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_levels),
		cmocka_unit_test(test_report),
		cmocka_unit_test(test_deaf_sinks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
