/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "output/publish_private.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define HEAD "{| class=\"wikitable\"\n! a\n! b\n"

enum {
	ROOM = 8 << 20,
	PAGE = 2 << 20,
	HANGS = 600		/* seconds: what grows faster than the
				 * text takes hours */
};

static const struct {
	const char *before, *after;
	size_t rows, changed;
} cases[] = {
	{ "", "", 0, 0 },
	{ "words", "other words", 0, 0 },
	{ HEAD "|}", "", 0, 0 },
	{ HEAD "|-\n| 1\n|}", "", 1, 1 },
	{ "", HEAD "|-\n| 1\n|-\n| 2\n|}", 2, 2 },
	{ HEAD "|-\n| 1\n|-\n| 2\n|}", HEAD "|-\n| 1\n|-\n| 2\n|}", 2, 0 },
	/* order, words around, and the attributes of a row don't count */
	{ HEAD "|-\n| 1\n|-\n| 2\n|}\nx", "y\n" HEAD
	    "|- class=\"z\"\n| 2\n|-\n| 1\n|}", 2, 0 },
	{ HEAD "|-\n| 1\n|-\n| 2\n|}", HEAD "|-\n| 1\n|-\n| 3\n|}", 2, 1 },
	{ HEAD "|-\n| 1\n|-\n| 2\n|}", HEAD "|-\n| 1\n|}", 2, 1 },
	{ HEAD "|-\n| 1\n|}", HEAD "|-\n| 1\n|-\n| 2\n|-\n| 3\n|}", 3, 2 },
	/* the same row three times is three rows */
	{ HEAD "|-\n| 1\n|-\n| 1\n|-\n| 1\n|}", HEAD "|-\n| 1\n|}", 3, 2 },
	/* "| -1" is a cell */
	{ HEAD "|-\n| -1\n|}", HEAD "|-\n| -2\n|}", 1, 1 },
	/* two tables; one that doesn't end */
	{ HEAD "|-\n| 1\n|}\n" HEAD "|-\n| 2\n|}", HEAD "|-\n| 1\n|}", 2, 1 },
	{ HEAD "|-\n| 1", HEAD "|-\n| 1\n|-\n| 2", 2, 2 },
	{ "|-", "|-\n|-", 2, 1 },
};

static void
test_cases(void **state)
{
	size_t i, rows, changed;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		assert_null(rows_compare(cases[i].before,
		    strlen(cases[i].before), cases[i].after,
		    strlen(cases[i].after), &rows, &changed));
		assert_int_equal(rows, cases[i].rows);
		assert_int_equal(changed, cases[i].changed);
		assert_null(rows_compare(cases[i].after,
		    strlen(cases[i].after), cases[i].before,
		    strlen(cases[i].before), &rows, &changed));
		assert_int_equal(rows, cases[i].rows);
		assert_int_equal(changed, cases[i].changed);
	}
}

static void
test_large(void **state)
{
	size_t rows, changed, i;
	struct buf a, b;

	(void)state;
	(void)alarm(HANGS);
	buf_init(&a, ROOM);
	buf_init(&b, ROOM);
	while (a.len < PAGE) {
		buf_str(&a, "|-\n");
		buf_str(&b, "|-\n|");
	}
	assert_null(rows_compare(buf_text(&a), a.len, buf_text(&b), b.len,
	    &rows, &changed));
	assert_int_equal(rows, a.len / 3);
	buf_clear(&a);
	buf_clear(&b);
	for (i = 0; a.len < PAGE; i++) {
		buf_fmt(&a, "|-\n| long and nearly the same row %zu\n", i);
		buf_fmt(&b, "|-\n| long and nearly the same row %zu\n",
		    i + 1);
	}
	assert_null(rows_compare(buf_text(&a), a.len, buf_text(&b), b.len,
	    &rows, &changed));
	assert_int_equal(rows, i);
	assert_int_equal(changed, 1);
	(void)alarm(0);
	buf_release(&a);
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_large),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
