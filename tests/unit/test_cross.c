/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "classify/cross.h"
#include "classify/tally.h"
#include "fetch/bug.h"
#include "tests/unit/small_taxonomy.h"

static struct tally rows, columns;
static struct cross cross;
static struct bug bug;

static int
setup(void **state)
{
	(void)state;
	tally_init(&rows, &small_taxonomy, &small_schemes[SCHEME_TAGS]);
	tally_init(&columns, &small_taxonomy, &small_schemes[SCHEME_TYPES]);
	bug_init(&bug, BUG_MAX_BYTES);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	cross_release(&cross);
	tally_release(&rows);
	tally_release(&columns);
	bug_release(&bug);
	return 0;
}

static void
add_to(struct tally *tally, int64_t id, const char *whiteboard,
    enum select_fate fate)
{
	struct verdict verdict;

	bug_clear(&bug);
	bug.id = id;
	assert_true(bug_set_text(&bug, BUG_WHITEBOARD, whiteboard,
	    strlen(whiteboard)));
	verdict_read(&bug, &small_taxonomy, LABELS_TAGGED, NULL, &verdict);
	assert_null(tally_add(tally, &bug, &verdict, fate));
}

static void
add(int64_t id, const char *whiteboard, enum select_fate fate)
{
	add_to(&rows, id, whiteboard, fate);
	add_to(&columns, id, whiteboard, fate);
}

static const struct err *
finish(void)
{
	assert_null(tally_finish(&rows));
	assert_null(tally_finish(&columns));
	return cross_make(&cross, &rows, &columns);
}

static void
assert_cell(size_t row, size_t column, size_t len, const int64_t *bugs)
{
	const struct cross_cell *cell = cross_cell(&cross, row, column);

	assert_int_equal(cell->bug_len, len);
	if (len > 0)
		assert_memory_equal(cell->bugs, bugs, len * sizeof(*bugs));
}

/* How many bugs are in any cell of the row. */
static size_t
sum_of(size_t row)
{
	size_t i, sum = 0;

	for (i = 0; i < columns.row_len; i++)
		sum += cross_cell(&cross, row, i)->bug_len;
	return sum;
}

/* Types: { OCSP }, { LEAF, DISCLOSURE }, { OV, REST }. */
static void
test_cells(void **state)
{
	(void)state;
	add(1, "[ocsp-failure]", SELECT_IN);
	add(2, "[ocsp-failure] [leaf-revocation-delay]", SELECT_IN);
	add(3, "", SELECT_IN);
	add(4, "[ocsp-failure]", SELECT_INVALID);
	add(5, "[zebra]", SELECT_IN);
	add(6, "[ov-misissuance]", SELECT_OUTSIDE);
	add(7, "[disclosure-failure] [leaf-revocation-delay]", SELECT_IN);
	assert_null(finish());
	assert_int_equal(rows.row_len, REST + 2);
	assert_cell(OCSP, 0, 2, (const int64_t[]){ 1, 2 });
	assert_cell(OCSP, 1, 1, (const int64_t[]){ 2 });
	assert_cell(OCSP, 2, 0, NULL);
	assert_cell(LEAF, 0, 1, (const int64_t[]){ 2 });
	assert_cell(LEAF, 1, 2, (const int64_t[]){ 2, 7 });
	assert_cell(DISCLOSURE, 1, 1, (const int64_t[]){ 7 });
	assert_int_equal(sum_of(OV), 0);
	assert_cell(REST, 2, 1, (const int64_t[]){ 3 });
	/* the row of an unknown tag; such are residual among types */
	assert_string_equal(rows.rows[REST + 1].id, "zebra");
	assert_cell(REST + 1, 2, 1, (const int64_t[]){ 5 });
	assert_int_equal(sum_of(REST + 1), 1);
}

static void
test_empty(void **state)
{
	size_t i;

	(void)state;
	assert_null(finish());
	for (i = 0; i < rows.row_len; i++)
		assert_int_equal(sum_of(i), 0);
}

static void
test_many(void **state)
{
	int64_t id;

	(void)state;
	for (id = 1; id <= 1000; id++)
		add(id, id % 3 == 0 ? "[ocsp-failure]" :
		    "[leaf-revocation-delay] [ov-misissuance]", SELECT_IN);
	assert_null(finish());
	assert_int_equal(cross_cell(&cross, OCSP, 0)->bug_len, 333);
	assert_int_equal(cross_cell(&cross, LEAF, 1)->bug_len, 667);
	assert_int_equal(cross_cell(&cross, LEAF, 2)->bug_len, 667);
	assert_int_equal(cross_cell(&cross, OV, 2)->bug_len, 667);
	assert_int_equal(sum_of(OCSP), 333);
}

/* What the books would say of a fault of ours. */
static void
test_unbalanced(void **state)
{
	const struct err *err;

	(void)state;
	add(1, "[ocsp-failure]", SELECT_IN);
	add_to(&rows, 2, "[ocsp-failure]", SELECT_IN);
	add_to(&columns, 3, "[ocsp-failure]", SELECT_IN);
	err = finish();
	assert_non_null(err);
	assert_int_equal(err->kind, ERR_DATA);
	assert_non_null(strstr(err->text, "bug 2"));
}

static void
test_uneven(void **state)
{
	const struct err *err;

	(void)state;
	add(1, "[ocsp-failure]", SELECT_IN);
	add_to(&columns, 3, "[ocsp-failure]", SELECT_IN);
	err = finish();
	assert_non_null(err);
	assert_int_equal(err->kind, ERR_DATA);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_cells, setup, teardown),
		cmocka_unit_test_setup_teardown(test_empty, setup, teardown),
		cmocka_unit_test_setup_teardown(test_many, setup, teardown),
		cmocka_unit_test_setup_teardown(test_unbalanced, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_uneven, setup, teardown)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
