/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "classify/judge.h"
#include "classify/placing.h"
#include "tests/unit/small_taxonomy.h"

enum { TYPES = 3 };		/* rows of SCHEME_TYPES */

static struct verdict verdict;
static struct score categories[REST + 1], rows[REST + 1];
static struct judge judge = { .taxonomy = &small_taxonomy,
	.categories = categories, .rows = { rows } };

static void
begin(enum label_source source)
{
	memset(&verdict, 0, sizeof(verdict));
	verdict.source = source;
}

static void
label(size_t category)
{
	verdict.labels[verdict.label_len++].category = category;
}

/* The judge told these rows of a scheme: `row`, if `len` is 1. */
static void
placed(const struct tax_scheme *scheme, size_t len, size_t row)
{
	struct verdict_rows *rows_told =
	    &verdict.placed[verdict.placed_len++];

	rows_told->scheme = scheme;
	rows_told->rows[0] = row;
	rows_told->len = len;
}

static void
assert_rows(size_t scheme, size_t len, const size_t *expected)
{
	struct placing placing;

	placing_read(&small_schemes[scheme], &verdict, &placing);
	assert_int_equal(placing.len, len);
	if (len > 0)
		assert_memory_equal(placing.rows, expected,
		    len * sizeof(*expected));
}

static void
test_read(void **state)
{
	(void)state;
	begin(LABEL_TAGGED);
	assert_rows(SCHEME_TAGS, 1, (const size_t[]){ 4 });
	assert_rows(SCHEME_TYPES, 1, (const size_t[]){ 2 });
	label(DISCLOSURE);
	label(LEAF);
	label(OCSP);
	assert_rows(SCHEME_TAGS, 3, (const size_t[]){ 0, 2, 3 });
	assert_rows(SCHEME_TYPES, 2, (const size_t[]){ 0, 1 });
	label(SIZE_MAX);
	assert_rows(SCHEME_TAGS, 3, (const size_t[]){ 0, 2, 3 });
	assert_rows(SCHEME_TYPES, 2, (const size_t[]){ 0, 1 });
	placed(&small_schemes[SCHEME_TYPES], 1, 2);
	assert_rows(SCHEME_TYPES, 1, (const size_t[]){ 2 });

	begin(LABEL_TAGGED);
	label(SIZE_MAX);
	assert_rows(SCHEME_TAGS, 0, NULL);
	assert_rows(SCHEME_TYPES, 1, (const size_t[]){ 2 });
}

static void
test_add(void **state)
{
	static const size_t order[] = { 5, 1, 5, 9, 0, 1 };
	struct placing placing = { .len = 0 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(order); i++)
		placing_add(&placing, order[i]);
	assert_int_equal(placing.len, 4);
	assert_memory_equal(placing.rows, ((const size_t[]){ 0, 1, 5, 9 }),
	    4 * sizeof(size_t));
}

static void
assert_chances(const struct tax_scheme *scheme, size_t len,
    const int *expected)
{
	int chances[REST + 1];

	assert_int_equal(scheme->row_len, len);
	placing_chances(&judge, scheme, &verdict, chances);
	assert_memory_equal(chances, expected, len * sizeof(*expected));
}

static void
assert_sure(const struct tax_scheme *scheme, size_t len, const int *expected)
{
	int sure[REST + 1];

	placing_sure(&judge, scheme, &verdict, sure);
	assert_memory_equal(sure, expected, len * sizeof(*expected));
}

static void
chance(int ocsp, int ov, int leaf, int disclosure, int rest)
{
	categories[OCSP].chance = ocsp;
	categories[OV].chance = ov;
	categories[LEAF].chance = leaf;
	categories[DISCLOSURE].chance = disclosure;
	categories[REST].chance = rest;
}

static void
test_inferred(void **state)
{
	const struct tax_scheme *types = &small_schemes[SCHEME_TYPES];

	(void)state;
	begin(LABEL_INFERRED);
	verdict.judged = true;
	judge.labels = LABELS_BEST;
	chance(900, 100, 300, 250, 0);
	assert_chances(&small_schemes[SCHEME_TAGS], 5,
	    (const int[]){ 900, 100, 300, 250, 0 });
	/* rows { OCSP }, { LEAF, DISCLOSURE }, { OV, REST } */
	assert_chances(types, TYPES, (const int[]){ 900, 475, 100 });
	chance(1000, 1000, 700, 400, 1000);
	assert_chances(types, TYPES, (const int[]){ 1000, 820, 1000 });
	chance(-1, 300, -1, 800, -1);
	assert_chances(types, TYPES, (const int[]){ -1, -1, -1 });
}

static void
test_sure(void **state)
{
	const struct tax_scheme *types = &small_schemes[SCHEME_TYPES];

	(void)state;
	begin(LABEL_INFERRED);
	verdict.judged = true;
	judge.labels = LABELS_BEST;
	assert_sure(types, TYPES, (const int[]){ -1, -1, -1 });
	label(LEAF);
	verdict.labels[0].confidence = 700;
	assert_sure(types, TYPES, (const int[]){ -1, 700, -1 });
	label(DISCLOSURE);
	verdict.labels[1].confidence = 500;
	label(OCSP);
	verdict.labels[2].confidence = -1;
	label(SIZE_MAX);
	assert_sure(types, TYPES, (const int[]){ -1, 850, -1 });
}

static void
test_certain(void **state)
{
	const struct tax_scheme *types = &small_schemes[SCHEME_TYPES];

	(void)state;
	begin(LABEL_TAGGED);
	/* judged for the review list, say, but tagged */
	verdict.judged = true;
	chance(1, 2, 3, 4, 5);
	label(LEAF);
	label(REST);
	assert_chances(types, TYPES, (const int[]){ 0, 1000, 1000 });
	begin(LABEL_INFERRED);
	assert_chances(types, TYPES, (const int[]){ 0, 0, 1000 });
}

/* A scheme with rules of its own has chances of its own. */
static void
test_ruled(void **state)
{
	struct tax_scheme ruled = small_schemes[SCHEME_TYPES];

	(void)state;
	ruled.ruled = true;
	rows[0] = (struct score){ .chance = 800, .confidence = 950,
	    .given = true };
	rows[1] = (struct score){ .chance = -1, .confidence = -1,
	    .given = true };
	rows[2] = (struct score){ .chance = 20, .confidence = 30 };
	chance(1, 2, 3, 4, 5);
	judge_want(&judge, &ruled);
	judge.labels = LABELS_BEST;
	begin(LABEL_TAGGED);
	label(LEAF);
	verdict.judged = true;
	placed(&ruled, 1, 0);
	assert_chances(&ruled, TYPES, (const int[]){ 800, -1, 20 });
	assert_sure(&ruled, TYPES, (const int[]){ 950, -1, -1 });
	/* also when no row was given */
	verdict.placed[0].len = 0;
	assert_chances(&ruled, TYPES, (const int[]){ 800, -1, 20 });
	verdict.placed_len = 0;
	assert_chances(&ruled, TYPES, (const int[]){ 0, 1000, 0 });
	judge.scheme_len = 0;
	assert_chances(&ruled, TYPES, (const int[]){ 0, 1000, 0 });
}

/* Labels tell nothing of causes: what no rule finds is residual. */
static void
test_causes(void **state)
{
	struct tax_scheme causes = small_schemes[SCHEME_TYPES];
	struct placing placing;

	(void)state;
	causes.causes = causes.ruled = true;
	rows[0] = (struct score){ .chance = 800, .confidence = 950,
	    .given = true };
	rows[1] = rows[2] = (struct score){ .chance = 20, .confidence = 30 };
	judge.scheme_len = 0;
	judge_want(&judge, &causes);
	begin(LABEL_TAGGED);
	label(LEAF);
	verdict.labels[0].confidence = 700;
	placing_read(&causes, &verdict, &placing);
	assert_int_equal(placing.len, 1);
	assert_int_equal(placing.rows[0], causes.residual);
	placed(&causes, 0, 0);
	placing_read(&causes, &verdict, &placing);
	assert_int_equal(placing.len, 1);
	assert_int_equal(placing.rows[0], causes.residual);
	assert_chances(&causes, TYPES, (const int[]){ 800, 20, 20 });
	assert_sure(&causes, TYPES, (const int[]){ 950, -1, -1 });
	verdict.placed[0].len = 1;
	placing_read(&causes, &verdict, &placing);
	assert_int_equal(placing.len, 1);
	assert_int_equal(placing.rows[0], 0);
	judge.scheme_len = 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_add),
		cmocka_unit_test(test_inferred),
		cmocka_unit_test(test_sure),
		cmocka_unit_test(test_certain),
		cmocka_unit_test(test_ruled),
		cmocka_unit_test(test_causes)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
