/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "classify/literal.h"

/* "revo@0-3 late@2-*", an asterisk for an unknown distance. */
static const char *
show(const struct literals *set, struct buf *out)
{
	size_t i;

	for (i = 0; i < set->len; i++) {
		buf_fmt(out, "%s%s@%zu-", i > 0 ? " " : "",
		    set->items[i].text, set->items[i].min);
		if (set->items[i].max == SIZE_MAX)
			buf_char(out, '*');
		else
			buf_fmt(out, "%zu", set->items[i].max);
	}
	return buf_text(out);
}

static void
test_found(void **state)
{
	static const struct {
		const char *pattern, *found;
		bool near;
	} cases[] = {
		{ "OCSP", "ocsp@0-0", true },
		{ "\\bCRLs?\\b", "crl@0-0", true },
		{ "S/MIME", "s/mime@0-0", true },
		{ "S/?MIME", "mime@1-2", true },
		{ "colou?r scheme", "r scheme@4-5", true },
		{ "revo(?:cations?|k(?:e|es|ed|ing))", "revo@0-0", true },
		{ "(?:sub|inter)mediate CA", "mediate ca@3-5", true },
		{ "late|delayed", "late@0-0 delayed@0-0", true },
		{ "(?>late)", "late@0-0", true },
		{ "(?-i)EV", "ev@0-0", true },
		{ "(?i:late)", "late@0-0", true },
		{ "(?s)a.{2}bcd", "bcd@3-9", true },
		{ "[^a].bcd", "bcd@2-8", true },
		{ "[a-z_ -]bcd", "bcd@1-1", true },
		{ "[]a]bcd", "bcd@1-1", true },
		{ "[^]a]bcd", "bcd@1-4", true },
		{ "\\d{2}\\W{1,3}bcd", "bcd@3-14", true },
		{ "ab+c", "ab@0-0", true },
		{ "(?:abc){2,3}", "abc@0-0", true },
		{ "(?:abc)+def", "abc@0-0", true },
		{ "a{2}bcd", "bcd@2-2", true },
		{ "a\\.b\\/c", "a.b/c@0-0", true },
		{ "a}b]c", "a}b]c@0-0", true },
		{ "\xc3\xa9tat", "tat@1-4", true },
		{ "abcdefghijklmnop", "abcdefghijkl@0-0", true },
		{ "(?!not)late", "late@0-0", true },
		{ "(?<!not )late", "late@0-0", true },
		{ "(?<=so )late", "late@0-0", true },
		{ "^late$", "late@0-0", true },
		/* far away */
		{ "\\w+ revoked", " revoked@1-*", false },
		{ "(?=.*OCSP)(?=.*late)", "ocsp@0-*", false },
		{ "(?=OCSP).*", "ocsp@0-0", true },
		{ "x.*(?:delay|overdue)", "delay@1-* overdue@1-*", false },
		{ "\\w{1,40}xyz", "xyz@1-40", false },
		/* one that must stand beats one that is near but short */
		{ "EV.*certificate", "certificate@2-*", false }
	};
	struct literals set, also;
	struct buf out;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_init(&out, 4096);
		literals_find(cases[i].pattern, &set, &also);
		if (strcmp(show(&set, &out), cases[i].found) != 0 ||
		    set.near != cases[i].near)
			fail_msg("%s: %s, %snear", cases[i].pattern,
			    buf_text(&out), set.near ? "" : "not ");
		buf_release(&out);
	}
}

/* What a match needs beside that; where it stands is not told. */
static void
test_also(void **state)
{
	static const struct {
		const char *pattern;
		const char *words;	/* one a blank */
	} cases[] = {
		{ "late", "" },
		{ "due to .{0,50}human error", "human error" },
		{ "(?:due to|caused by) .{0,50}(?:mistake|manual)",
		    "mistake manual" },
		/* of the second row there is only one set */
		{ "due to .{0,50}mistake|by hand", "mistake by hand" },
		{ "due to .{0,50}(?:mistake)?", "" },
		{ "due to .*(?!mistake)", "" },
		{ "(?=.*OCSP)(?=.*late)", "late" },
		{ "due to .{0,50}(?:mistake|\\w+)", "" },
		{ "due to no", "" },
		{ "mistake by .*due to", "due to" },
		{ "(?:due to .*mistake|due to .*error)x+", "mistake error" }
	};
	struct literals set, also;
	struct buf out;
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		literals_find(cases[i].pattern, &set, &also);
		buf_init(&out, 4096);
		for (k = 0; k < also.len; k++)
			buf_fmt(&out, "%s%s", k > 0 ? " " : "",
			    also.items[k].text);
		if (strcmp(buf_text(&out), cases[i].words) != 0)
			fail_msg("%s: %s", cases[i].pattern, buf_text(&out));
		buf_release(&out);
	}
}

/* When in doubt: nothing. */
static void
test_nothing(void **state)
{
	static const char *const patterns[] = {
		"", "a", ".", "\\w+", "a|late", "(?:late)?", "(?:late)*",
		"(?:late){0,3}", "(?:late|)", "(?:late", "late)", "(late))",
		"\\Klate", "\\Glate", "\\Qlate\\E", "(?|late|slow)",
		"(?x) l a t e", "(*COMMIT)late", "(?(1)late|slow)",
		"(late)\\1", "(?P=n)late", "(?<n>late)", "\\p{L}late", "(?R)late", "(?&n)late",
		"late(?#not)?", "\\N{U+41}late", "\\x41late", "late\\",
		"[[:alpha:]]late", "[a-", "[\\Qa]\\Elate", "[\\c]]late",
		"late**", "+late", "(?C1)late", "(?!late)", "(?<=late)",
		"(?<!late)", "(?=late)?x", "\\X*late", "\\Clate", "(?",
		"late{,3}", "late{x}", "late{ 2 }", "{2}late", "(?<", "(?'", "(?P", "\\", "["
	};
	struct literals set, also;
	char deep[200];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++) {
		literals_find(patterns[i], &set, &also);
		if (set.len > 0)
			fail_msg("%s: %s", patterns[i], set.items[0].text);
		assert_false(set.near);
		assert_int_equal(also.len, 0);
	}
	memset(deep, '(', 90);
	memcpy(deep + 90, "late", 4);
	memset(deep + 94, ')', 90);
	deep[184] = '\0';
	literals_find(deep, &set, &also);
	assert_int_equal(set.len, 0);
}

/* A choice of too many words is none. */
static void
test_many(void **state)
{
	struct literals set, also;
	struct buf out;
	int i;

	(void)state;
	buf_init(&out, 4096);
	for (i = 0; i < LITERAL_MAX_SET; i++)
		buf_fmt(&out, "%sword%d", i > 0 ? "|" : "", i);
	literals_find(buf_text(&out), &set, &also);
	assert_int_equal(set.len, LITERAL_MAX_SET);
	buf_str(&out, "|more");
	literals_find(buf_text(&out), &set, &also);
	assert_int_equal(set.len, 0);
	buf_release(&out);
}

static void
test_misled(void **state)
{
	static const struct {
		const char *text;
		bool misled;
	} cases[] = {
		{ "", false }, { "plain", false },
		{ "mi\xc5\xbf" "issued", true },
		{ "\xe2\x84\xaa" "ey", true },
		{ "\xc5\xa0koda \xe2\x80\x93 \xe2\x84\xa2", false },
		{ "\xc5\xa0 \xe2\x84\xab \xc5\xbf", true },
		{ "\xe2\x84", false }, { "\xc5", false }
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (literals_misled(cases[i].text, strlen(cases[i].text)) !=
		    cases[i].misled)
			fail_msg("case %zu", i);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_found),
		cmocka_unit_test(test_also),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_misled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
