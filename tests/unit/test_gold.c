/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "classify/gold.h"
#include "tests/unit/small_taxonomy.h"

static struct gold gold;

static const struct err *
read_as(size_t scheme, const char *text)
{
	gold_init(&gold, &small_taxonomy, &small_schemes[scheme]);
	return gold_read(&gold, "g.tsv", text, strlen(text));
}

/* The rows of a bug as digits; "none" when it has no labels. */
static const char *
rows(int64_t bug)
{
	static char text[16];
	const struct gold_bug *found = gold_find(&gold, bug);
	size_t i;

	if (found == NULL)
		return "none";
	assert_int_equal(found->fate, GOLD_ABSENT);
	for (i = 0; i < found->row_len; i++)
		text[i] = (char)('0' + found->rows[i]);
	text[i] = '\0';
	return text;
}

static void
test_good(void **state)
{
	(void)state;
	assert_null(read_as(SCHEME_TYPES,
	    "bug\tthemes\tconfidence\n"
	    "30\tconduct\thigh\n"
	    "\n"
	    "7\trest, status\t\t\n"
	    "12\tstatus,status\r\n"
	    " 13 \tocsp-failure\n"
	    "14\tov-misissuance,leaf-revocation-delay,disclosure-failure\n"
	    "15\tDelayed_Revocation Leaf\n"
	    "16\tdisclosure-failur\n"
	    "17\tuncategorized"));
	assert_int_equal(gold.len, 8);
	assert_int_equal(gold.bugs[0].bug, 7);
	assert_int_equal(gold.bugs[0].line, 4);
	assert_int_equal(gold.bugs[7].bug, 30);
	assert_string_equal(rows(30), "1");
	assert_string_equal(rows(7), "02");
	assert_string_equal(rows(12), "0");
	assert_string_equal(rows(13), "0");
	assert_string_equal(rows(14), "12");
	assert_string_equal(rows(15), "1");
	assert_string_equal(rows(16), "1");
	assert_string_equal(rows(17), "2");
	assert_string_equal(rows(8), "none");
	gold_release(&gold);
	assert_string_equal(rows(7), "none");
	gold_release(&gold);
}

/* A row of the scheme comes before a category of that name. */
static void
test_tags(void **state)
{
	(void)state;
	assert_null(read_as(SCHEME_TAGS, "1\tov-misissuance\n"
	    "9223372036854775807\tuncategorized\n"));
	assert_string_equal(rows(1), "1");
	assert_string_equal(rows(INT64_MAX), "4");
	gold_release(&gold);
}

static void
test_bad(void **state)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{ "", "g.tsv: no labels" },
		{ "\n\n", "g.tsv: no labels" },
		{ "bug\tlabels\n", "g.tsv: no labels" },
		{ "bug\tx\n1\tstatus\n2\tstatos\n3\twrong\n",
		    "g.tsv:3: \"statos\": no label of scheme types: did you "
		    "mean status" },
		{ "1\tocsp-failur\n", "did you mean ocsp-failure" },
		{ "1\tzzzzzzzzzzzz\n", "give its rows, or categories" },
		{ "1\tstatus,\n", "g.tsv:1: \"\": no label" },
		{ "1\t,status\n", "g.tsv:1: \"\": no label" },
		{ "1\t-\n", "g.tsv:1: \"-\": no label" },
		{ "1\tca-compliance\n", "no label" },
		{ "1\tca-initial\n", "no label" },
		{ "1\t\tstatus\n", "g.tsv:1: \"\": no label" },
		{ "1\n", "g.tsv:1: bug 1: no labels" },
		{ "1\t\n", "g.tsv:1: bug 1: no labels" },
		{ "1,status\n", "g.tsv:1: \"1,status\": no bug number" },
		{ "0\tstatus\n", "g.tsv:1: \"0\": no bug number" },
		{ "-1\tstatus\n", "no bug number" },
		{ "1.5\tstatus\n", "no bug number" },
		{ "99999999999999999999\tstatus\n", "no bug number" },
		{ "\tstatus\n", "no bug number" },
		{ "1\tstatus\nbug\tstatus\n",
		    "g.tsv:2: \"bug\": no bug number" },
		{ "8\tstatus\n9\tstatus\n9\trest\n8\tstatus\n",
		    "g.tsv:3: bug 9: stands in line 2 already" },
		{ "5\tstatus\n5\tstatus\n5\tstatus\n",
		    "g.tsv:2: bug 5: stands in line 1 already" },
		{ "1\t\xff\xfe\n", "no label" },
	};
	const struct err *err;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		err = read_as(SCHEME_TYPES, cases[i].text);
		if (err == NULL || err->kind != ERR_CONFIG ||
		    strstr(err->text, cases[i].expected) == NULL)
			fail_msg("case %zu: %s", i,
			    err == NULL ? "good" : err->text);
		gold_release(&gold);
	}
}

/* Words of any length are cut in the error, at a whole character. */
static void
test_long(void **state)
{
	static char text[100000] = "1\t";
	const struct err *err;
	size_t i;

	(void)state;
	for (i = 2; i + 2 < sizeof(text); i += 2)
		memcpy(&text[i], "\xc3\xa9", 2);
	err = read_as(SCHEME_TYPES, text);
	assert_non_null(err);
	assert_int_equal(err->kind, ERR_CONFIG);
	assert_non_null(strstr(err->text, "\xc3\xa9\": no label"));
	assert_true(strlen(err->text) < 300);
	gold_release(&gold);
}

static void
test_nul(void **state)
{
	static const char text[] = "1\tstatus\0\n";

	(void)state;
	gold_init(&gold, &small_taxonomy, &small_schemes[SCHEME_TYPES]);
	assert_non_null(gold_read(&gold, "g.tsv", text, sizeof(text) - 1));
	gold_release(&gold);
}

static void
test_board(void **state)
{
	static const struct {
		const char *text;
		size_t scheme, len, rows[3];
	} cases[] = {
		{ "", SCHEME_TAGS, 0, { 0, 0, 0 } },
		{ "[ca-compliance] [zebra]", SCHEME_TAGS, 0, { 0, 0, 0 } },
		{ "[zebra] [leaf-revocation-delay] [ocsp-failure]",
		    SCHEME_TAGS, 2, { 0, 2, 0 } },
		{ "[delayed-revocation-leaf]", SCHEME_TAGS, 1, { 2, 0, 0 } },
		{ "[leaf-revocation-delay] [disclosure-failure] [zebra]",
		    SCHEME_TYPES, 1, { 1, 0, 0 } },
		{ "[uncategorized]", SCHEME_TYPES, 1, { 2, 0, 0 } }
	};
	struct whiteboard board;
	struct placing placing;
	size_t i, j;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		whiteboard_read(cases[i].text, &small_taxonomy, 1, NULL,
		    &board);
		gold_board(&small_schemes[cases[i].scheme], &board,
		    &placing);
		assert_int_equal(placing.len, cases[i].len);
		for (j = 0; j < placing.len; j++)
			assert_int_equal(placing.rows[j], cases[i].rows[j]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_tags),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_nul),
		cmocka_unit_test(test_board)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
