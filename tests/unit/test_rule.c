/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "classify/rule.h"

static struct pattern *
pattern(const char *text)
{
	struct pattern *out;
	const struct err *err = pattern_new(&out, "--text", text);

	if (err != NULL)
		fail_msg("%s", err->text);
	return out;
}

static void
test_match(void **state)
{
	static const struct {
		const char *pattern, *text;
		size_t from;
		bool matched;
		size_t start, end;
	} cases[] = {
		{ "ocsp", "an OCSP fault", 0, true, 3, 7 },
		{ "ocsp", "an OCSP fault", 3, true, 3, 7 },
		{ "ocsp", "an OCSP fault", 4, false, 0, 0 },
		{ "ocsp", "an OCSP fault", 13, false, 0, 0 },
		{ "ocsp", "", 0, false, 0, 0 },
		{ "", "abc", 1, true, 1, 1 },
		{ "^$", "", 0, true, 0, 0 },
		{ "\\bcrl\\b", "a crlf, a CRL", 0, true, 10, 13 },
		/* whole characters, and their case */
		{ "k.ln", "in K\xc3\xb6ln", 0, true, 3, 8 },
		{ "\xc3\xa9t\xc3\xa9", "\xc3\x89T\xc3\x89", 0, true, 0, 5 },
		/* bytes that are no character do not hide the rest */
		{ "ocsp", "\xff\xfe ocsp \xc3", 0, true, 3, 7 },
		{ "a.b", "a\xff" "b", 0, false, 0, 0 },
		{ "(?:a|b)*c", "ababc", 0, true, 0, 5 },
	};
	struct pattern_piece piece;
	enum pattern_result result;
	struct pattern *p;
	size_t i, start, end;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		p = pattern(cases[i].pattern);
		piece = (struct pattern_piece){ cases[i].text,
		    strlen(cases[i].text), cases[i].from,
		    strlen(cases[i].text), true, true };
		assert_null(pattern_try(p, &piece, &result, &start, &end));
		if ((result == PATTERN_YES) != cases[i].matched ||
		    start != cases[i].start ||
		    end != cases[i].end)
			fail_msg("case %zu: %d %zu %zu", i, result, start,
			    end);
		pattern_free(p);
	}
}

static void
test_bad(void **state)
{
	static const struct {
		const char *pattern, *place;
	} cases[] = {
		{ "(", "--text: bad pattern at byte 2: " },
		{ "ab)c", "--text: bad pattern at byte 3: " },
		{ "ab[z-a]", "--text: bad pattern at byte 6: " },
		{ "\xff", "--text: bad pattern at byte 1: " },
		{ "\\", "--text: bad pattern at byte 2: " },
	};
	struct pattern *p;
	const struct err *err;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		err = pattern_new(&p, "--text", cases[i].pattern);
		assert_non_null(err);
		assert_null(p);
		assert_int_equal(err->kind, ERR_USAGE);
		if (strncmp(err->text, cases[i].place,
		    strlen(cases[i].place)) != 0)
			fail_msg("%s", err->text);
	}
}

static void
test_long_pattern(void **state)
{
	char text[PATTERN_MAX_LENGTH + 2];
	struct pattern *p;
	const struct err *err;

	(void)state;
	memset(text, 'a', sizeof(text));
	text[PATTERN_MAX_LENGTH] = '\0';
	pattern_free(pattern(text));
	text[PATTERN_MAX_LENGTH] = 'a';
	text[PATTERN_MAX_LENGTH + 1] = '\0';
	err = pattern_new(&p, "--text", text);
	assert_non_null(err);
	assert_int_equal(err->kind, ERR_USAGE);
	/* groups in groups are bounded by PCRE2 itself */
	memset(text, '(', sizeof(text));
	text[5000] = '\0';
	assert_non_null(pattern_new(&p, "--text", text));
}

/* Patterns that would run for years stop, and it is no "no match". */
static void
test_limits(void **state)
{
	static const char *const patterns[] = {
		"^(a+)+$", "(a|a)*$", "(?:a?){30}a{30}$", "(.*)*\\d"
	};
	static char text[1 << 16];
	const struct pattern_piece long_one = { text, sizeof(text), 0,
	    sizeof(text), true, true };
	const struct pattern_piece short_one = { "b1", 2, 0, 2, true, true };
	enum pattern_result result;
	struct pattern *p;
	size_t i, start, end, stopped = 0;

	(void)state;
	memset(text, 'a', sizeof(text) - 1);
	text[sizeof(text) - 1] = '!';
	for (i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++) {
		p = pattern(patterns[i]);
		assert_null(pattern_try(p, &long_one, &result, &start,
		    &end));
		assert_int_not_equal(result, PATTERN_YES);
		stopped += result == PATTERN_LIMIT;
		/* it can be used again */
		assert_null(pattern_try(p, &short_one, &result, &start,
		    &end));
		assert_int_not_equal(result, PATTERN_LIMIT);
		pattern_free(p);
	}
	assert_true(stopped >= 2);
}

/* Pieces of texts, in a room that patterns share. */
static void
test_try(void **state)
{
	static const struct {
		const char *pattern, *text;
		unsigned flags;
		size_t from, last;
		bool starts, ends;
		enum pattern_result result;
		size_t start, end;
	} cases[] = {
		{ "b", "aBb", 0, 0, 3, true, true, PATTERN_YES, 1, 2 },
		{ "b", "aBb", PATTERN_EXACT, 0, 3, true, true, PATTERN_YES,
		    2, 3 },
		{ "b", "aab", PATTERN_ANCHORED, 1, 3, true, true, PATTERN_NO,
		    0, 0 },
		{ "b", "aab", PATTERN_ANCHORED, 2, 2, true, true,
		    PATTERN_YES, 2, 3 },
		{ "b", "aab", 0, 0, 1, true, true, PATTERN_NO, 0, 0 },
		{ "(?<=a)b", "ab", PATTERN_ANCHORED, 1, 1, true, true,
		    PATTERN_YES, 1, 2 },
		{ "^a", "ab", 0, 0, 2, false, true, PATTERN_NO, 0, 0 },
		{ "b$", "ab", 0, 0, 2, true, false, PATTERN_NO, 0, 0 },
		{ "(a)(b)", "ab", 0, 0, 2, true, true, PATTERN_YES, 0, 2 },
		{ "(?:a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", 0, 0,
		    38, true, true, PATTERN_LIMIT, 0, 0 }
	};
	struct pattern_room *room;
	struct pattern_piece piece;
	struct pattern *p;
	enum pattern_result result;
	size_t i, start, end;

	(void)state;
	assert_null(pattern_room_new(&room));
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_null(pattern_make(&p, room, "x", cases[i].pattern,
		    cases[i].flags));
		piece.text = cases[i].text;
		piece.len = strlen(piece.text);
		piece.from = cases[i].from;
		piece.last = cases[i].last;
		piece.starts = cases[i].starts;
		piece.ends = cases[i].ends;
		assert_null(pattern_try(p, &piece, &result, &start, &end));
		if (result != cases[i].result || start != cases[i].start ||
		    end != cases[i].end)
			fail_msg("case %zu: %d %zu %zu", i, (int)result,
			    start, end);
		pattern_free(p);
	}
	assert_int_equal(pattern_make(&p, room, "x", "(", 0)->kind,
	    ERR_CONFIG);
	assert_null(p);
	pattern_room_free(room);
}

static void
test_empty_and_heavy(void **state)
{
	static const struct {
		const char *pattern;
		bool empty, heavy;
	} cases[] = {
		{ "a", false, false }, { "b*", true, false },
		{ "", true, false }, { "(?=b)", false, false },
		{ "(?!b)", true, false }, { "^$", true, false },
		{ "(?:a+)+[bc]", false, true }, { "a.*[bc]", false, false },
		{ "a.*.*.*[bc]", false, true }
	};
	static char text[100];
	const struct pattern_piece piece = { text, sizeof(text), 0, 1, true,
	    true };
	struct pattern_room *room;
	struct pattern *p;
	size_t i;

	(void)state;
	memset(text, 'a', sizeof(text));
	assert_null(pattern_room_new(&room));
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_null(pattern_make(&p, room, "x", cases[i].pattern,
		    0));
		if (pattern_is_empty(p) != cases[i].empty)
			fail_msg("case %zu", i);
		if (pattern_is_heavy(p, &piece, 1000) != cases[i].heavy)
			fail_msg("case %zu: heavy", i);
		pattern_free(p);
	}
	pattern_room_free(room);
}

static void
test_free_null(void **state)
{
	(void)state;
	pattern_free(NULL);
	pattern_room_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_match),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_long_pattern),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_try),
		cmocka_unit_test(test_empty_and_heavy),
		cmocka_unit_test(test_free_null),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
