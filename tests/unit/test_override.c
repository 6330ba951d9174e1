/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/err.h"
#include "classify/override.h"
#include "fetch/bug.h"
#include "tests/unit/small_taxonomy.h"

#define HEADER "bug,category,who,when,why\n"

static struct overrides overrides;
static struct heard heard;

static const struct err *
read_until(const char *text, int64_t until)
{
	overrides_release(&overrides);
	return overrides_read(&overrides, "d.csv", text, strlen(text), until,
	    &small_taxonomy, heard_begin(&heard));
}

static const struct err *
read_text(const char *text)
{
	return read_until(text, INT64_MAX);
}

static void
assert_one(const char *text, const char *who, const char *why)
{
	const struct err *err = read_text(text);
	const struct override *found;

	if (err != NULL)
		fail_msg("%s", err->text);
	assert_int_equal(overrides.len, 1);
	found = overrides_find(&overrides, 7);
	assert_non_null(found);
	assert_int_equal(found->category_len, 2);
	assert_int_equal(found->categories[0], OCSP);
	assert_int_equal(found->categories[1], LEAF);
	assert_int_equal(found->when, 19723);
	assert_string_equal(found->who, who);
	assert_string_equal(found->why, why);
}

/* One decision in all the forms that a table may have. */
static void
test_forms(void **state)
{
	(void)state;
	assert_one(HEADER "7,\"leaf-revocation-delay,ocsp-failure\",Ann,"
	    "2024-01-01,late\n", "Ann", "late");
	assert_one("\xef\xbb\xbf" HEADER "7,\"ocsp-failure, ocsp-failure,"
	    "leaf-revocation-delay\",Ann,2024-01-01,\n", "Ann", "");
	assert_one("WHY\tWhen\tWho\tsummary\tcategory\tbug\r\n"
	    "\"a \"\"b\"\"\nc\"\t2024-01-01\t Ann B. \tX\t"
	    "ocsp_failure,delayed-revocation-leaf\t7\r\n\r\n",
	    "Ann B.", "a \"b\"\nc");
	/* No end of line; fewer fields than columns; empty ones beyond. */
	assert_one(HEADER "7,\"leaf-revocation-delay,ocsp-failure\",\"Ann\","
	    "2024-01-01", "Ann", "");
	assert_one(HEADER "\n,,,,,\n7,\"leaf-revocation-delay,ocsp-failure\""
	    ",Ann,2024-01-01,\"\",,\n", "Ann", "");
	assert_int_equal(overrides.items[0].line, 4);
	assert_null(read_text(HEADER));
	assert_int_equal(overrides.len, 0);
	assert_null(overrides_find(&overrides, 7));
	assert_null(overrides.items);
	assert_int_equal(heard_all(&heard), 0);
	assert_null(read_text(HEADER "7,ocsp-failure,\xff,2024-01-01,\n"));
	assert_string_equal(overrides.items[0].who, "\xef\xbf\xbd");
	assert_int_equal(heard.count[DIAG_TEXT_REPAIRED], 1);
}

static void
test_faults(void **state)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{ "", "d.csv:1: no column bug: " },
		{ "bug,category,who,when\n", "d.csv:1: no column why: " },
		{ "bug,bug,category,who,when,why\n", "d.csv:1: bug: the " },
		{ HEADER "7,ocsp-failure,Ann,2024-01-01,\n\n"
		    "8,ocsp-failure,Ann,,\n", "d.csv:4: when is missing: " },
		{ HEADER ",ocsp-failure,Ann,2024-01-01,x\n",
		    "d.csv:2: bug is missing: " },
		{ HEADER "7,,Ann,2024-01-01,\n",
		    "d.csv:2: category is missing: " },
		{ HEADER "7,ocsp-failure, ,2024-01-01,\n",
		    "d.csv:2: who is missing: " },
		{ HEADER "7x,ocsp-failure,Ann,2024-01-01,\n",
		    "d.csv:2: 7x: no bug number: " },
		{ HEADER "0,ocsp-failure,Ann,2024-01-01,\n",
		    "d.csv:2: 0: no bug number: " },
		{ HEADER "7,ocsp-failure,Ann,2023-02-29,\n",
		    "d.csv:2: 2023-02-29: no such day: " },
		{ HEADER "7,ocsp-failur,Ann,2024-01-01,\n",
		    "d.csv:2: ocsp-failur: no such category: did you mean "
		    "ocsp-failure" },
		{ HEADER "7,covid-19,Ann,2024-01-01,\n",
		    "d.csv:2: covid-19: no such category: see cabrief " },
		{ HEADER "7,\"ocsp-failure,\",Ann,2024-01-01,\n",
		    "d.csv:2: ocsp-failure,: no such category: " },
		{ HEADER "7,ocsp-failure,Ann,2024-01-01,a,b\n",
		    "d.csv:2: more fields than columns: " },
		{ HEADER "7,ocsp-failure,\"Ann\nB,2024-01-01,\n",
		    "d.csv:2: a quote is not closed: " },
		{ HEADER "7,ocsp-failure,\"Ann\"\"", "d.csv:2: a quote is " },
		{ HEADER "7,\"", "d.csv:2: a quote is not closed: " },
		{ HEADER "7,ocsp-failure,\"Ann\" B,2024-01-01,\n",
		    "d.csv:2: text behind a closing quote: " },
		{ HEADER "7,ocsp-failure,\"A\nB\",2024-01-01,\n"
		    "8,x,Ann,2024-01-01,\n", "d.csv:4: x: no such " },
		{ HEADER "9,ocsp-failure,Ann,2024-01-01,\n"
		    "7,ocsp-failure,Ann,2024-01-01,\n"
		    "7,ocsp-failure,Bob,2024-01-01,\n",
		    "d.csv:4: bug 7: decided on 2024-01-01 in line 3 " },
	};
	const struct err *err;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		err = read_text(cases[i].text);
		if (err == NULL)
			fail_msg("case %zu: no fault", i);
		assert_int_equal(err->kind, ERR_CONFIG);
		if (strncmp(err->text, cases[i].expected,
		    strlen(cases[i].expected)) != 0)
			fail_msg("case %zu: %s", i, err->text);
	}
}

/* A column more than may be, and a field as long as the file. */
static void
test_limits(void **state)
{
	static char text[1 << 20];
	const struct err *err;
	size_t i;

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	err = read_text(text);
	assert_non_null(err);
	assert_string_equal(err->text, "d.csv:1: no column bug: the first "
	    "line names the columns bug, category, who, when, why");
	for (i = 0; i < sizeof(text) - 1; i++)
		text[i] = ',';
	err = read_text(text);
	assert_non_null(err);
	assert_string_equal(err->text, "d.csv:1: too many columns");
}

/* Many, in no order: each is found, and the latest of several counts. */
static void
test_find(void **state)
{
	enum { MANY = 500 };
	static char text[MANY * 80];
	const struct override *found;
	size_t i, len;

	(void)state;
	len = (size_t)snprintf(text, sizeof(text), HEADER);
	for (i = 0; i < MANY; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
		    "%zu,%s,Ann,2024-01-%02zu,%zu\n", 1 + i * 7 % MANY / 2,
		    i % 2 == 0 ? "ocsp-failure" : "ov-misissuance",
		    1 + i / 20, i);
	assert_null(read_text(text));
	assert_int_equal(overrides.len, MANY / 2);
	for (i = 1; i <= MANY / 2; i++) {
		found = overrides_find(&overrides, (int64_t)i);
		assert_non_null(found);
		assert_int_equal(found->bug, i);
	}
	assert_null(overrides_find(&overrides, 0));
	assert_null(overrides_find(&overrides, MANY / 2 + 1));

	assert_null(read_text(HEADER "7,ocsp-failure,Ann,2024-03-01,new\n"
	    "7,ov-misissuance,Ann,2024-01-31,old\n"));
	assert_int_equal(overrides.len, 1);
	assert_string_equal(overrides.items[0].why, "new");
}

static struct bug bug;
static struct verdict verdict;

static void
apply(enum label_mode mode, int64_t changed)
{
	static const char board[] = "[ca-compliance] [ov-misissuance]";

	bug_clear(&bug);
	bug.id = 7;
	bug_set_text(&bug, BUG_WHITEBOARD, board, strlen(board));
	bug_set_num(&bug, BUG_CHANGED, changed);
	verdict_read(&bug, &small_taxonomy, mode, NULL, &verdict);
	overrides_apply(&overrides, &bug, &small_taxonomy, mode,
	    heard_begin(&heard), &verdict);
}

static void
test_apply(void **state)
{
	const int64_t day = 19723 * (int64_t)DATE_DAY;	/* 2024-01-01 */

	(void)state;
	bug_init(&bug, BUG_MAX_BYTES);
	assert_null(read_text(HEADER "7,\"ocsp-failure,"
	    "leaf-revocation-delay\",Ann,2024-01-01,\n"
	    "8,ocsp-failure,Ann,2024-01-01,\n"));
	apply(LABELS_BEST, day + DATE_DAY - 1);
	assert_int_equal(verdict.source, LABEL_OVERRIDE);
	assert_int_equal(verdict.label_len, 2);
	assert_int_equal(verdict.labels[0].category, OCSP);
	assert_string_equal(verdict.labels[0].name, "ocsp-failure");
	assert_int_equal(verdict.labels[1].category, LEAF);
	assert_int_equal(verdict.board.tag_len, 1);
	assert_int_equal(heard_all(&heard), 0);
	assert_string_equal(label_source_name(verdict.source), "override");

	apply(LABELS_INFERRED, DATE_NONE);
	assert_int_equal(verdict.source, LABEL_OVERRIDE);
	assert_int_equal(verdict.label_len, 2);
	apply(LABELS_TAGGED, day + DATE_DAY);
	assert_int_equal(verdict.source, LABEL_TAGGED);
	assert_int_equal(verdict.label_len, 1);
	assert_int_equal(heard_all(&heard), 0);

	apply(LABELS_BEST, day + DATE_DAY);
	assert_int_equal(verdict.source, LABEL_OVERRIDE);
	assert_int_equal(heard.count[DIAG_OVERRIDE_STALE], 1);
	assert_string_equal(heard.detail,
	    "decided on 2024-01-01, changed on 2024-01-02");

	/* Bug 8 never came along. */
	overrides_end(&overrides, heard_begin(&heard));
	assert_int_equal(heard.count[DIAG_OVERRIDE_UNKNOWN], 1);
	assert_int_equal(heard_all(&heard), 1);
	bug_release(&bug);
}

static int
teardown(void **state)
{
	(void)state;
	overrides_release(&overrides);
	return 0;
}

/* As of a day, the decisions of later ones do not count, but have to be
 * right. */
static void
test_until(void **state)
{
	static const char text[] = HEADER "7,ocsp-failure,Ann,2024-01-02,\n"
	    "7,leaf-revocation-delay,Ann,2024-01-01,\n"
	    "8,ocsp-failure,Ann,2024-01-03,\n";
	int64_t day;

	(void)state;
	assert_true(date_parse_day("2024-01-02", 10, &day));
	assert_null(read_until(text, day));
	assert_int_equal(overrides.len, 1);
	assert_int_equal(overrides_find(&overrides, 7)->line, 2);
	assert_null(read_until(text, day - 1));
	assert_int_equal(overrides.len, 1);
	assert_int_equal(overrides_find(&overrides, 7)->line, 3);
	assert_null(read_until(text, day - 2));
	assert_int_equal(overrides.len, 0);
	assert_non_null(read_until(HEADER "7,nothing,Ann,2024-01-03,\n",
	    day));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_apply),
		cmocka_unit_test(test_until),
	};

	return cmocka_run_group_tests(tests, NULL, teardown);
}
