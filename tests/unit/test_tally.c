/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "classify/tally.h"
#include "fetch/bug.h"
#include "tests/unit/small_taxonomy.h"

static struct tally tally;
static struct bug bug;

static void
begin(size_t scheme)
{
	tally_init(&tally, &small_taxonomy, &small_schemes[scheme]);
}

static void
add_fate(int64_t id, size_t owner, int64_t time, const char *whiteboard,
    enum select_fate fate)
{
	struct verdict verdict;
	const struct err *err;

	bug_clear(&bug);
	bug.id = id;
	assert_true(bug_set_text(&bug, BUG_WHITEBOARD, whiteboard,
	    strlen(whiteboard)));
	bug_set_num(&bug, BUG_CREATED, time);
	verdict_read(&bug, &small_taxonomy, LABELS_TAGGED, NULL, &verdict);
	verdict.owner.owner = owner;
	err = tally_add(&tally, &bug, &verdict, fate);
	if (err != NULL)
		fail_msg("%s", err->text);
}

static void
add(int64_t id, const char *whiteboard)
{
	add_fate(id, SIZE_MAX, 0, whiteboard, SELECT_IN);
}

static void
finish(void)
{
	const struct err *err = tally_finish(&tally);

	if (err != NULL)
		fail_msg("%s", err->text);
}

static const struct tally_row *
row(const char *id)
{
	size_t i;

	for (i = 0; i < tally.row_len; i++)
		if (strcmp(tally.rows[i].id, id) == 0)
			return &tally.rows[i];
	fail_msg("no row %s", id);
	return NULL;
}

static void
check_bugs(const char *id, size_t len, const int64_t *bugs)
{
	const struct tally_row *found = row(id);

	assert_int_equal(found->bug_len, len);
	if (len > 0)
		assert_memory_equal(found->bugs, bugs, len * sizeof(*bugs));
}

static void
test_empty(void **state)
{
	size_t i;

	(void)state;
	begin(SCHEME_TYPES);
	finish();
	assert_int_equal(tally.row_len, 3);
	for (i = 0; i < tally.row_len; i++) {
		assert_string_equal(tally.rows[i].id, type_rows[i].id);
		assert_string_equal(tally.rows[i].title,
		    type_rows[i].title);
		assert_ptr_equal(tally.rows[i].note, type_rows[i].note);
		assert_int_equal(tally.rows[i].bug_len, 0);
		assert_int_equal(tally.rows[i].collapsed, 0);
	}
	assert_int_equal(tally.handed_in, 0);
	assert_int_equal(tally.incidents_collapsed, 0);
	tally_release(&tally);
	tally_release(&tally);
}

static void
test_tags(void **state)
{
	(void)state;
	begin(SCHEME_TAGS);
	add(1, "[ocsp-failure] [ov-misissuance]");
	add(2, "[zebra] [ocsp-failure]");
	add(3, "[ca-compliance]");
	add(5, "[apple] [zebra]");
	add(8, "[uncategorized]");
	finish();
	assert_int_equal(tally.row_len, 7);
	assert_string_equal(tally.rows[4].id, "uncategorized");
	assert_string_equal(tally.rows[5].id, "apple");
	assert_string_equal(tally.rows[5].title, "apple");
	assert_null(tally.rows[5].note);
	assert_string_equal(tally.rows[6].id, "zebra");
	check_bugs("ocsp-failure", 2, (const int64_t[]){ 1, 2 });
	check_bugs("ov-misissuance", 1, (const int64_t[]){ 1 });
	check_bugs("leaf-revocation-delay", 0, NULL);
	check_bugs("uncategorized", 2, (const int64_t[]){ 3, 8 });
	check_bugs("apple", 1, (const int64_t[]){ 5 });
	check_bugs("zebra", 2, (const int64_t[]){ 2, 5 });
	assert_int_equal(tally.handed_in, 5);
	assert_int_equal(tally.incidents, 5);
	assert_int_equal(tally.assignments, 8);
	tally_release(&tally);
}

/* Two categories of one row count once there; what is unknown goes to the
 * residual row, unless a known one has found a row. */
static void
test_types(void **state)
{
	(void)state;
	begin(SCHEME_TYPES);
	add(1, "[leaf-revocation-delay] [disclosure-failure]");
	add(2, "[zebra] [apple]");
	add(3, "[zebra] [ocsp-failure] [ov-misissuance]");
	add(4, "");
	add(5, "[zebra] [ocsp-failure]");
	finish();
	assert_int_equal(tally.row_len, 3);
	check_bugs("status", 2, (const int64_t[]){ 3, 5 });
	check_bugs("conduct", 1, (const int64_t[]){ 1 });
	check_bugs("rest", 3, (const int64_t[]){ 2, 3, 4 });
	assert_int_equal(tally.incidents, 5);
	assert_int_equal(tally.assignments, 6);
	tally_release(&tally);
}

static void
test_left_out(void **state)
{
	size_t i, left_out = 0;

	(void)state;
	begin(SCHEME_TAGS);
	add_fate(1, DIGICERT, 0, "[zebra]", SELECT_OUTSIDE);
	add_fate(2, DIGICERT, 0, "[zebra]", SELECT_INVALID);
	add_fate(3, DIGICERT, 0, "[ocsp-failure]", SELECT_IN);
	add_fate(4, DIGICERT, 0, "", SELECT_DUPLICATE);
	add_fate(5, DIGICERT, 0, "", SELECT_INVALID);
	add_fate(6, DIGICERT, 0, "", SELECT_META);
	add_fate(7, DIGICERT, 0, "", SELECT_COMPONENT);
	add_fate(8, DIGICERT, 0, "", SELECT_OUTSIDE);
	finish();
	/* a tag of theirs gets no row */
	assert_int_equal(tally.row_len, 5);
	assert_int_equal(tally.handed_in, 8);
	assert_int_equal(tally.outside, 2);
	assert_int_equal(tally.incidents, 1);
	for (i = 0; i < SELECT_FATE__MAX; i++) {
		assert_int_equal(tally.left_out[i].fate, i);
		left_out += tally.left_out[i].bug_len;
	}
	assert_int_equal(left_out, 5);
	assert_int_equal(tally.left_out[SELECT_INVALID].bug_len, 2);
	assert_int_equal(tally.left_out[SELECT_INVALID].bugs[0], 2);
	assert_int_equal(tally.left_out[SELECT_INVALID].bugs[1], 5);
	assert_int_equal(tally.left_out[SELECT_IN].bug_len, 0);
	assert_int_equal(tally.left_out[SELECT_OUTSIDE].bug_len, 0);
	tally_release(&tally);
}

static void
test_collapsed(void **state)
{
	static const int64_t noon = DATE_DAY / 2;

	(void)state;
	begin(SCHEME_TAGS);
	/* a batch of three, from the first second of a day to its last */
	add_fate(1, DIGICERT, 0, "[ocsp-failure]", SELECT_IN);
	add_fate(2, DIGICERT, noon, "[ocsp-failure]", SELECT_IN);
	add_fate(3, DIGICERT, DATE_DAY - 1, "[ocsp-failure]", SELECT_IN);
	/* the same day, one row in common, another set */
	add_fate(4, DIGICERT, noon, "[ocsp-failure] [zebra]", SELECT_IN);
	/* the next day; another owner, even one that it belongs to now */
	add_fate(5, DIGICERT, DATE_DAY, "[ocsp-failure]", SELECT_IN);
	add_fate(6, QUOVADIS, noon, "[ocsp-failure]", SELECT_IN);
	/* nobody knows whose, or when */
	add_fate(7, SIZE_MAX, noon, "[ocsp-failure]", SELECT_IN);
	add_fate(8, SIZE_MAX, noon, "[ocsp-failure]", SELECT_IN);
	add_fate(9, DIGICERT, DATE_NONE, "[ocsp-failure]", SELECT_IN);
	add_fate(10, DIGICERT, DATE_NONE, "[ocsp-failure]", SELECT_IN);
	/* a batch of two without labels */
	add_fate(11, ATOS, noon, "", SELECT_IN);
	add_fate(12, ATOS, noon, "[uncategorized]", SELECT_IN);
	finish();
	assert_int_equal(row("ocsp-failure")->bug_len, 10);
	/* {1,2,3,4} {5} {6} {7} {8} {9} {10} */
	assert_int_equal(row("ocsp-failure")->collapsed, 7);
	assert_int_equal(row("zebra")->collapsed, 1);
	assert_int_equal(row("uncategorized")->collapsed, 1);
	/* {1,2,3} {4} {5} {6} {7} {8} {9} {10} {11,12} */
	assert_int_equal(tally.incidents_collapsed, 9);
	assert_int_equal(tally.incidents, 12);
	tally_release(&tally);
}

/* Sets of unknown tags are told apart too. */
static void
test_collapsed_unknown(void **state)
{
	(void)state;
	begin(SCHEME_TAGS);
	add_fate(1, ATOS, 0, "[zebra] [apple]", SELECT_IN);
	add_fate(2, ATOS, 0, "[apple] [zebra]", SELECT_IN);
	add_fate(3, ATOS, 0, "[zebra] [pear]", SELECT_IN);
	add_fate(4, ATOS, 0, "[zebra]", SELECT_IN);
	finish();
	assert_int_equal(tally.incidents_collapsed, 3);
	assert_int_equal(row("zebra")->bug_len, 4);
	assert_int_equal(row("zebra")->collapsed, 1);
	assert_int_equal(row("pear")->collapsed, 1);
	tally_release(&tally);
}

static void
expect_misplaced(const char *number)
{
	const struct err *err = tally_finish(&tally);

	assert_non_null(err);
	assert_int_equal(err->kind, ERR_DATA);
	assert_non_null(strstr(err->text, number));
	tally_release(&tally);
}

/* A bug that comes twice would count twice. */
static void
test_twice(void **state)
{
	(void)state;
	begin(SCHEME_TAGS);
	add(1, "");
	add_fate(5, ATOS, 0, "", SELECT_OUTSIDE);
	add(5, "");
	add(7, "");
	expect_misplaced("bug 5");
	begin(SCHEME_TAGS);
	add(3, "");
	add(2, "");
	add(3, "");
	expect_misplaced("bug 2");
}

static void
expect_unbalanced(void)
{
	const struct err *err = tally_finish(&tally);

	assert_non_null(err);
	assert_int_equal(err->kind, ERR_DATA);
	assert_non_null(strstr(err->text, "do not balance"));
	tally_release(&tally);
}

/* The check must be able to fail: spoil one figure at a time. */
static void
test_unbalanced(void **state)
{
	(void)state;
	begin(SCHEME_TAGS);
	add(1, "[ocsp-failure]");
	tally.handed_in++;
	expect_unbalanced();
	begin(SCHEME_TAGS);
	add(1, "[ocsp-failure]");
	tally.outside++;
	expect_unbalanced();
	begin(SCHEME_TAGS);
	add(1, "[ocsp-failure]");
	tally.incidents--;
	expect_unbalanced();
	begin(SCHEME_TAGS);
	add(1, "[ocsp-failure]");
	tally.rows[OCSP].bug_len--;
	expect_unbalanced();
	begin(SCHEME_TAGS);
	add_fate(1, ATOS, 0, "", SELECT_META);
	tally.left_out[SELECT_META].bug_len--;
	expect_unbalanced();
}

/* Hundreds of thousands of bugs, and thousands of tags nobody knows, take
 * less than a second. */
static void
test_many(void **state)
{
	enum { BUGS = 300000, TAGS = 5000 };
	struct verdict verdict;
	char name[16];
	size_t i, sum = 0;

	(void)state;
	begin(SCHEME_TAGS);
	bug_clear(&bug);
	memset(&verdict, 0, sizeof(verdict));
	verdict.label_len = 2;
	verdict.labels[0].category = OCSP;
	verdict.labels[0].name = "ocsp-failure";
	verdict.labels[1].category = SIZE_MAX;
	verdict.labels[1].name = name;
	for (i = 0; i < BUGS; i++) {
		bug.id = (int64_t)i + 1;
		bug.num[BUG_CREATED] = (int64_t)(i % 100) * DATE_DAY;
		verdict.owner.owner = i % 5;
		snprintf(name, sizeof(name), "t%zu", i * 7919 % TAGS);
		assert_null(tally_add(&tally, &bug, &verdict, SELECT_IN));
	}
	finish();
	assert_int_equal(tally.row_len, 5 + TAGS);
	assert_int_equal(tally.assignments, 2 * BUGS);
	assert_int_equal(row("ocsp-failure")->collapsed, 100);
	for (i = 5; i < tally.row_len; i++) {
		sum += tally.rows[i].bug_len;
		if (i > 5)
			assert_true(strcmp(tally.rows[i - 1].id,
			    tally.rows[i].id) < 0);
	}
	assert_int_equal(sum, BUGS);
	tally_release(&tally);
}

static int
setup(void **state)
{
	(void)state;
	bug_init(&bug, BUG_MAX_BYTES);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	bug_release(&bug);
	return 0;
}

static void
check_estimate(const char *id, double estimate, double low, double high)
{
	struct tally_estimate found;

	tally_estimate(row(id), &found);
	assert_false(found.guessed);
	assert_true(found.estimate > estimate - 1e-9 &&
	    found.estimate < estimate + 1e-9);
	assert_true(found.low > low - 1e-9 && found.low < low + 1e-9);
	assert_true(found.high > high - 1e-9 && found.high < high + 1e-9);
}

/* 0.5 four times has a variance of 1, and 0.1 four times one of 0.36. */
static void
test_estimate(void **state)
{
	static const int chances[] = { 500, 100, 1000, -1, 0 };
	static const int64_t first = 10;
	struct tally_estimate found;
	int64_t id;

	(void)state;
	begin(SCHEME_TAGS);
	tally.estimated = true;
	add_fate(first, SIZE_MAX, 0, "[zebra]", SELECT_META);
	for (id = first + 1; id <= first + 4; id++) {
		add(id, id == first + 4 ? "[zebra] [disclosure-failure]" :
		    "[ocsp-failure] [zebra]");
		tally_chances(&tally, chances);
	}
	finish();
	check_estimate("ocsp-failure", 2, 2 - 1.96, 2 + 1.96);
	check_estimate("ov-misissuance", 0.4, 0, 0.4 + 1.96 * 0.6);
	check_estimate("leaf-revocation-delay", 4, 4, 4);
	check_estimate("uncategorized", 0, 0, 0);
	check_estimate("zebra", 4, 4, 4);
	tally_estimate(row("disclosure-failure"), &found);
	assert_true(found.guessed);
	assert_true(found.estimate > 0.999 && found.estimate < 1.001);
	tally_release(&tally);
}

/* Rows that the verdict names count; labels then do not. */
static void
test_rows_of_verdict(void **state)
{
	struct verdict verdict;

	(void)state;
	begin(SCHEME_TYPES);
	bug_clear(&bug);
	bug.id = 1;
	assert_true(bug_set_text(&bug, BUG_WHITEBOARD, "[ocsp-failure]", 14));
	verdict_read(&bug, &small_taxonomy, LABELS_TAGGED, NULL, &verdict);
	verdict.placed[0] = (struct verdict_rows){
	    &small_schemes[SCHEME_TYPES], { 1, 2 }, 2 };
	verdict.placed_len = 1;
	assert_null(tally_add(&tally, &bug, &verdict, SELECT_IN));
	finish();
	assert_int_equal(tally.rows[0].bug_len, 0);
	assert_int_equal(tally.rows[1].bug_len, 1);
	assert_int_equal(tally.rows[2].bug_len, 1);
	assert_int_equal(tally.assignments, 2);
	tally_release(&tally);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_tags),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_left_out),
		cmocka_unit_test(test_collapsed),
		cmocka_unit_test(test_collapsed_unknown),
		cmocka_unit_test(test_twice),
		cmocka_unit_test(test_unbalanced),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_estimate),
		cmocka_unit_test(test_rows_of_verdict),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
