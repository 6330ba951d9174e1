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

#include <limits.h>

#include "classify/rules.h"
#include "classify/score.h"
#include "tests/unit/small_taxonomy.h"

enum { CATEGORIES = 5, ROWS = 3 };

static struct tax_vote late[] = { { LEAF, 1600 }, { OV, -2000 } };
static struct tax_vote ocsp[] = { { OCSP, 1500 }, { OV, 500 } };
static struct tax_vote bit[] = { { DISCLOSURE, 400 }, { LEAF, 400 } };
static struct tax_vote row[] = { { 1, 700 } };
static struct tax_rule rules[] = {
	{ .id = "late", .votes = late, .vote_len = 2, .scheme = SIZE_MAX },
	{ .id = "ocsp", .votes = ocsp, .vote_len = 2, .scheme = SIZE_MAX },
	{ .id = "bit", .votes = bit, .vote_len = 2, .scheme = SIZE_MAX },
	{ .id = "row", .votes = row, .vote_len = 1,
	    .scheme = SCHEME_TYPES },
	{ .id = "mute", .scheme = SIZE_MAX }
};
static struct tax_category categories[CATEGORIES];
static struct tax_row rows[ROWS];
static struct tax_scheme schemes[2];
static struct taxonomy taxonomy;

static int
setup(void **state)
{
	size_t i;

	(void)state;
	taxonomy = small_taxonomy;
	memcpy(categories, small_categories, sizeof(categories));
	memcpy(rows, type_rows, sizeof(rows));
	memcpy(schemes, small_schemes, sizeof(schemes));
	for (i = 0; i < CATEGORIES; i++) {
		categories[i].fit[TAX_FIT_RULES].threshold = 1000;
		categories[i].fit[TAX_FIT_NEIGHBOURS].threshold = 1000;
	}
	for (i = 0; i < ROWS; i++)
		rows[i].fit.threshold = 1000;
	schemes[SCHEME_TYPES].rows = rows;
	schemes[SCHEME_TYPES].ruled = true;
	taxonomy.categories = categories;
	taxonomy.schemes = schemes;
	taxonomy.rules = rules;
	taxonomy.rule_len = COUNT(rules);
	taxonomy.floor = 300;
	return 0;
}

/* The hits of a string of rule numbers. */
static struct rule_hits *
hits(const char *numbers)
{
	static struct rule_hit items[8];
	static struct rule_hits out;

	out.items = items;
	for (out.len = 0; numbers[out.len] != '\0'; out.len++)
		items[out.len].rule = (size_t)(numbers[out.len] - '0');
	return &out;
}

static void
test_sums(void **state)
{
	struct score out[CATEGORIES];
	int votes[CATEGORIES] = { 0, 1200, 0, 0, 0 };

	(void)state;
	score_categories(&taxonomy, hits("0124"), NULL, out);
	assert_int_equal(out[LEAF].score, 2000);
	assert_int_equal(out[OV].score, -1500);
	assert_int_equal(out[OCSP].score, 1500);
	assert_int_equal(out[DISCLOSURE].score, 400);
	assert_int_equal(out[REST].score, 0);
	assert_true(out[LEAF].given && out[OCSP].given);
	assert_false(out[OV].given || out[DISCLOSURE].given ||
	    out[REST].given);
	assert_false(out[LEAF].fallback || out[OCSP].fallback);
	assert_int_equal(out[LEAF].confidence, -1);

	/* neighbours are one voter more */
	score_categories(&taxonomy, hits("1"), votes, out);
	assert_int_equal(out[OV].score, 1700);
	assert_true(out[OV].given);
	/* at the threshold is enough */
	categories[LEAF].fit[TAX_FIT_RULES].threshold = 1600;
	score_categories(&taxonomy, hits("0"), NULL, out);
	assert_true(out[LEAF].given && !out[LEAF].fallback);
	categories[LEAF].fit[TAX_FIT_RULES].threshold = 1601;
	score_categories(&taxonomy, hits("0"), NULL, out);
	assert_true(out[LEAF].given && out[LEAF].fallback);
}

/* The base is where a score begins; who voted says how it is read. */
static void
test_fits(void **state)
{
	static const int votes[CATEGORIES] = { 0, 0, 200, 0, 0 };
	struct tax_category *leaf = &categories[LEAF];
	struct score out[CATEGORIES];

	(void)state;
	leaf->base = -500;
	leaf->fit[TAX_FIT_RULES] = (struct tax_fit){ 1100, -2100, 3400 };
	leaf->fit[TAX_FIT_NEIGHBOURS] = (struct tax_fit){ 1301, -1000, 1000 };
	taxonomy.sure[TAX_FIT_NEIGHBOURS] = (struct tax_sure){ 700, 500 };
	score_categories(&taxonomy, hits("0"), NULL, out);
	assert_int_equal(out[LEAF].score, 1100);
	assert_int_equal(out[LEAF].threshold, 1100);
	assert_true(out[LEAF].given && !out[LEAF].fallback);
	assert_int_equal(out[LEAF].chance, 838);
	assert_int_equal(out[LEAF].confidence, 838);
	score_categories(&taxonomy, hits("0"), votes, out);
	assert_int_equal(out[LEAF].score, 1300);
	assert_int_equal(out[LEAF].threshold, 1301);
	assert_true(out[LEAF].given && out[LEAF].fallback);
	assert_int_equal(out[LEAF].chance, 574);
	assert_int_equal(out[LEAF].confidence, 701);
	assert_int_equal(out[OV].chance, -1);
	assert_int_equal(out[OV].confidence, -1);
	/* a base alone gives nothing, neighbours alone may */
	leaf->base = 2000;
	score_categories(&taxonomy, hits(""), NULL, out);
	assert_false(out[LEAF].given);
	score_categories(&taxonomy, hits(""), votes, out);
	assert_true(out[LEAF].given && !out[LEAF].fallback);
}

static void
test_fallback(void **state)
{
	struct score out[CATEGORIES];
	size_t i;

	(void)state;
	/* of equals the first */
	score_categories(&taxonomy, hits("2"), NULL, out);
	for (i = 0; i < CATEGORIES; i++) {
		assert_int_equal(out[i].given, i == LEAF);
		assert_int_equal(out[i].fallback, i == LEAF);
	}
	taxonomy.floor = 400;
	score_categories(&taxonomy, hits("2"), NULL, out);
	assert_true(out[LEAF].given);
	taxonomy.floor = 401;
	score_categories(&taxonomy, hits("2"), NULL, out);
	assert_false(out[LEAF].given);
	taxonomy.floor = INT_MAX;
	score_categories(&taxonomy, hits("2"), NULL, out);
	assert_false(out[LEAF].given);
	/* nothing speaks: no label, whatever the floor and thresholds */
	taxonomy.floor = 0;
	for (i = 0; i < CATEGORIES; i++)
		categories[i].fit[TAX_FIT_RULES].threshold = 0;
	score_categories(&taxonomy, hits(""), NULL, out);
	for (i = 0; i < CATEGORIES; i++)
		assert_false(out[i].given);
}

static void
test_rows(void **state)
{
	static struct tax_vote policy[] = { { 1, 600 }, { 2, 400 } };
	static struct tax_given givens[] = { { .category = DISCLOSURE,
	    .votes = policy, .vote_len = 2 } };
	const struct tax_scheme *scheme = &schemes[SCHEME_TYPES];
	static const size_t labels[] = { SIZE_MAX, DISCLOSURE };
	struct score out[ROWS];

	(void)state;
	schemes[SCHEME_TYPES].givens = givens;
	schemes[SCHEME_TYPES].given_len = 1;
	schemes[SCHEME_TYPES].floor = 500;
	score_rows(&taxonomy, scheme, hits("013"), labels, 2, out);
	assert_int_equal(out[0].score, 0);
	assert_int_equal(out[1].score, 1300);
	assert_int_equal(out[2].score, 400);
	assert_true(out[1].given && !out[1].fallback && !out[2].given);
	score_rows(&taxonomy, scheme, hits(""), labels, 2, out);
	assert_true(out[1].given && out[1].fallback);
	score_rows(&taxonomy, scheme, hits("3"), labels, 1, out);
	assert_int_equal(out[1].score, 700);
	score_rows(&taxonomy, scheme, hits("01"), labels, 1, out);
	assert_false(out[0].given || out[1].given || out[2].given);
}

static void
test_confidence(void **state)
{
	static const struct {
		int offset, slope, score, confidence;
	} cases[] = {
		{ 0, 1000, 0, 500 },
		{ 0, 0, 5000, -1 },
		{ 5, 0, 5000, -1 },
		{ -2100, 3400, 1000, 786 },
		{ -2100, 3400, 0, 109 },
		{ -2100, 3400, 2000, 991 },
		{ 0, 3000, 100000, 1000 },
		{ 0, 3000, -100000, 0 },
		{ INT_MAX, INT_MAX, INT_MAX, 1000 },
		{ INT_MIN, INT_MAX, INT_MIN, 0 },
		{ 0, -1000, 1000, 269 }
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++)
		if (score_confidence(cases[i].offset, cases[i].slope,
		    cases[i].score) != cases[i].confidence)
			fail_msg("case %zu: %d", i, score_confidence(
			    cases[i].offset, cases[i].slope,
			    cases[i].score));
}

static void
test_vote(void **state)
{
	(void)state;
	assert_int_equal(score_vote(&rules[0], LEAF), 1600);
	assert_int_equal(score_vote(&rules[0], OV), -2000);
	assert_int_equal(score_vote(&rules[0], OCSP), 0);
	assert_int_equal(score_vote(&rules[4], OCSP), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_sums, setup),
		cmocka_unit_test_setup(test_fits, setup),
		cmocka_unit_test_setup(test_fallback, setup),
		cmocka_unit_test_setup(test_rows, setup),
		cmocka_unit_test_setup(test_confidence, setup),
		cmocka_unit_test_setup(test_vote, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
