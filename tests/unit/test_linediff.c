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
#include "tests/unit/patched.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum {
	ROOM = 32 << 20,
	PAGE = 2 << 20,
	HANGS = 600		/* seconds: what grows faster than the
				 * text takes hours */
};

static const struct {
	const char *before, *after, *expected;
} cases[] = {
	{ "", "", "" },
	{ "a\nb", "a\nb", "" },
	{ "", "a", "--- x\n+++ y\n@@ -0,0 +1,1 @@\n+a\n" },
	{ "a", "", "--- x\n+++ y\n@@ -1,1 +0,0 @@\n-a\n" },
	{ "a", "b", "--- x\n+++ y\n@@ -1,1 +1,1 @@\n-a\n+b\n" },
	{ "a", "a\n", "--- x\n+++ y\n@@ -1,1 +1,2 @@\n a\n+\n" },
	{ "\n", "", "--- x\n+++ y\n@@ -1,2 +0,0 @@\n-\n-\n" },
	{ "1\n2\n3\n4\n5\n6\n7\n8\n9", "1\n2\n3\n4\nx\n6\n7\n8\n9",
	    "--- x\n+++ y\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n" },
	{ "1\n2\n3\n4", "0\n1\n2\n3\n4",
	    "--- x\n+++ y\n@@ -1,3 +1,4 @@\n+0\n 1\n 2\n 3\n" },
	{ "1\n2\n3\n4", "1\n2\n3",
	    "--- x\n+++ y\n@@ -1,4 +1,3 @@\n 1\n 2\n 3\n-4\n" },
	/* six lines between: one hunk; seven: two */
	{ "a\n1\n2\n3\n4\n5\n6\nb", "A\n1\n2\n3\n4\n5\n6\nB",
	    "--- x\n+++ y\n@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n"
	    "-b\n+B\n" },
	{ "a\n1\n2\n3\n4\n5\n6\n7\nb", "A\n1\n2\n3\n4\n5\n6\n7\nB",
	    "--- x\n+++ y\n@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n"
	    "@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n" },
	/* Myers' own example */
	{ "A\nB\nC\nA\nB\nB\nA", "C\nB\nA\nB\nA\nC", NULL },
};

static void
test_cases(void **state)
{
	struct buf out;
	size_t i;

	(void)state;
	buf_init(&out, ROOM);
	for (i = 0; i < COUNT(cases); i++) {
		buf_clear(&out);
		linediff(cases[i].before, strlen(cases[i].before),
		    cases[i].after, strlen(cases[i].after), "x", "y", &out);
		if (cases[i].expected != NULL)
			assert_string_equal(buf_text(&out),
			    cases[i].expected);
		assert_true(patched(cases[i].before, strlen(cases[i].before),
		    &out, cases[i].after, strlen(cases[i].after)));
	}
	buf_release(&out);
}

static size_t
count_signs(const struct buf *diff)
{
	const char *line = strstr(buf_text(diff), "@@");
	size_t count = 0;

	while (line != NULL && *line != '\0') {
		count += *line == '+' || *line == '-';
		line = strchr(line, '\n');
		if (line != NULL)
			line++;
	}
	return count;
}

/* The distance by the plain table, of short texts. */
static size_t
distance(const char *a, size_t n, const char *b, size_t m)
{
	size_t table[32][32], i, j;

	for (i = 0; i <= n; i++)
		for (j = 0; j <= m; j++)
			if (i == 0 || j == 0)
				table[i][j] = i + j;
			else if (a[i - 1] == b[j - 1])
				table[i][j] = table[i - 1][j - 1];
			else
				table[i][j] = 1 +
				    (table[i - 1][j] < table[i][j - 1] ?
				    table[i - 1][j] : table[i][j - 1]);
	return table[n][m];
}

/* As short as can be, and right, for random texts of few different lines. */
static void
test_shortest(void **state)
{
	char a[31], b[31], before[62], after[62];
	uint32_t seed = 7;
	size_t round, i, n, m;
	struct buf out;

	(void)state;
	buf_init(&out, ROOM);
	for (round = 0; round < 20000; round++) {
		seed = seed * 1664525 + 1013904223;
		n = 1 + (seed >> 9) % 30;
		m = 1 + (seed >> 17) % 30;
		for (i = 0; i < n + m; i++) {
			seed = seed * 1664525 + 1013904223;
			*(i < n ? &a[i] : &b[i - n]) =
			    (char)('a' + (seed >> 20) % (2 + round % 5));
		}
		for (i = 0; i < n; i++)
			memcpy(before + 2 * i, (char[]){ a[i], '\n' }, 2);
		for (i = 0; i < m; i++)
			memcpy(after + 2 * i, (char[]){ b[i], '\n' }, 2);
		buf_clear(&out);
		linediff(before, 2 * n - 1, after, 2 * m - 1, "", "", &out);
		assert_true(patched(before, 2 * n - 1, &out, after,
		    2 * m - 1));
		assert_int_equal(count_signs(&out), distance(a, n, b, m));
	}
	buf_release(&out);
}

/* Pages of the greatest size: random lines, line ends alone, one line. */
static void
test_large(void **state)
{
	struct buf a, b, out;
	uint32_t seed = 3;
	int kind;

	(void)state;
	(void)alarm(HANGS);
	buf_init(&a, ROOM);
	buf_init(&b, ROOM);
	buf_init(&out, ROOM);
	for (kind = 0; kind < 4; kind++) {
		buf_clear(&a);
		buf_clear(&b);
		while (a.len < PAGE) {
			seed = seed * 1664525 + 1013904223;
			switch (kind) {
			case 0:		/* all alike, in no order */
				buf_fmt(&a, "%u line\n", (seed >> 8) % 50);
				buf_fmt(&b, "%u line\n", (seed >> 18) % 50);
				break;
			case 1:		/* nothing in common */
				buf_fmt(&a, "a %u long line\n", seed);
				buf_fmt(&b, "b %u long line\n", seed);
				break;
			case 2:
				buf_char(&a, '\n');
				buf_str(&b, "\n\n");
				break;
			default:
				buf_char(&a, 'a');
				buf_char(&b, 'b');
			}
		}
		buf_clear(&out);
		linediff(buf_text(&a), a.len, buf_text(&b), b.len, "", "",
		    &out);
		assert_true(patched(buf_text(&a), a.len, &out, buf_text(&b),
		    b.len));
	}
	(void)alarm(0);
	buf_release(&a);
	buf_release(&b);
	buf_release(&out);
}

/* What is over the buffer's ceiling is its failure. */
static void
test_ceiling(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out, 20);
	linediff("a", 1, "some longer line", 16, "x", "y", &out);
	assert_true(out.full);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_shortest),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_ceiling),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
