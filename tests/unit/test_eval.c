/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "classify/eval.h"
#include "classify/splitmix.h"
#include "taxonomy/taxonomy.h"
#include "tests/unit/heard.h"

/* The rows, as a bit each. */
enum { STATUS = 1, CONDUCT = 2, OTHER = 4 };

static const struct tax_scheme scheme = { .id = "types", .row_len = 3 };

struct sample {
	int64_t bug, year;
	unsigned gold, said;
	int chances[3];
};

/*
 * By hand: Status has support 2, said 2, right 2; Conduct 2, 1, 0; Other 1,
 * 2, 1.  Over all 5, 5, 3.
 */
static const struct sample samples[] = {
	{ 1, 2023, STATUS, STATUS, { 900, 100, 0 } },
	{ 2, 2024, STATUS | CONDUCT, STATUS, { -1, 300, 0 } },
	{ 3, 2024, CONDUCT, OTHER, { 0, 450, 950 } },
	{ 4, 0, OTHER, CONDUCT | OTHER, { 100, 999, 1000 } }
};

static struct eval eval;

static size_t
rows_of(unsigned bits, size_t rows[3])
{
	size_t i, len = 0;

	for (i = 0; i < 3; i++)
		if ((bits & (1u << i)) != 0)
			rows[len++] = i;
	return len;
}

static void
begin(void)
{
	eval_init(&eval, &scheme);
}

static void
add(const struct sample *sample)
{
	size_t gold[3], said[3];
	struct eval_bug one = { sample->bug, sample->year, gold, said,
	    rows_of(sample->gold, gold), rows_of(sample->said, said),
	    sample->chances, sample->chances };

	assert_null(eval_add(&eval, &one));
	/* it is copied */
	memset(gold, 0xff, sizeof(gold));
	memset(said, 0xff, sizeof(said));
}

static void
add_samples(void)
{
	size_t i;

	begin();
	for (i = 0; i < COUNT(samples); i++)
		add(&samples[i]);
	assert_null(eval_finish(&eval));
}

static void
assert_near(double is, double expected)
{
	if (is < expected - 1e-12 || is > expected + 1e-12)
		fail_msg("%.15f instead of %.15f", is, expected);
}

static void
assert_rates(const struct eval_rates *is, double precision, double recall,
    double f1)
{
	assert_near(is->precision, precision);
	assert_near(is->recall, recall);
	assert_near(is->f1, f1);
}

static void
test_measure(void **state)
{
	struct eval_rates rates;

	(void)state;
	add_samples();
	rates = eval_rates(&eval.counts[0]);
	assert_rates(&rates, 1, 1, 1);
	rates = eval_rates(&eval.counts[1]);
	assert_rates(&rates, 0, 0, 0);
	rates = eval_rates(&eval.counts[2]);
	assert_rates(&rates, 0.5, 1, 2.0 / 3);
	assert_rates(&eval.measure.micro, 0.6, 0.6, 0.6);
	assert_rates(&eval.measure.macro, 0.5, 2.0 / 3, 5.0 / 9);
	assert_int_equal(eval.measure.bugs, 4);
	assert_int_equal(eval.measure.exact, 1);
	assert_near(eval.measure.exact_match, 0.25);
	assert_near(eval.measure.count_error, 0.4);
	eval_release(&eval);
}

/* What is divided by zero is nothing; a row that gold does not name is no
 * part of the macro figures, one that was never said is. */
static void
test_nothing(void **state)
{
	static const struct eval_counts counts[] = {
		{ 3, 0, 0 }, { 0, 2, 0 }, { 1, 1, 1 }
	};
	struct eval_measure measure = { 0 };
	struct eval_rates rates;

	(void)state;
	rates = eval_rates(&counts[0]);
	assert_rates(&rates, EVAL_NONE, 0, 0);
	rates = eval_rates(&counts[1]);
	assert_rates(&rates, 0, EVAL_NONE, 0);
	eval_measure(counts, 3, &measure);
	assert_rates(&measure.macro, 0.5, 0.5, 0.5);
	assert_rates(&measure.micro, 1.0 / 3, 0.25, 2.0 / 7);
	assert_near(measure.count_error, 5.0 / 4);
	assert_near(measure.exact_match, EVAL_NONE);
	eval_measure(counts, 0, &measure);
	assert_rates(&measure.macro, EVAL_NONE, EVAL_NONE, EVAL_NONE);
	assert_rates(&measure.micro, EVAL_NONE, EVAL_NONE, EVAL_NONE);
	assert_near(measure.count_error, EVAL_NONE);

	begin();
	assert_null(eval_finish(&eval));
	assert_near(eval.measure.micro.f1, EVAL_NONE);
	assert_near(eval.estimate_error, EVAL_NONE);
	assert_near(eval.micro_f1.low, EVAL_NONE);
	assert_near(eval.exact_match.high, EVAL_NONE);
	assert_int_equal(eval.period_len, 0);
	assert_int_equal(eval.confusion_len, 0);
	assert_int_equal(eval.counts[0].support, 0);
	eval_release(&eval);
	eval_release(&eval);
}

/* Expected are 900 + 1000 (said) + 0 + 100, 100 + 300 + 450 + 999, 950 +
 * 1000; true are 2, 2 and 1. */
static void
test_estimate(void **state)
{
	(void)state;
	add_samples();
	assert_int_equal(eval.expected[0], 2000);
	assert_int_equal(eval.expected[1], 1849);
	assert_int_equal(eval.expected[2], 1950);
	assert_near(eval.estimate_error, 1.101 / 5);
	eval_release(&eval);
}

static void
test_tenths(void **state)
{
	static const int chances[] = { 0, 99, 100, 449, 899, 900, 1000 };
	static const size_t said[EVAL_TENTHS] = { 2, 1, 0, 0, 1, 0, 0, 0, 1,
		2 };
	struct sample sample = { 0, 0, STATUS, STATUS, { 0, -1, -1 } };
	size_t i;

	(void)state;
	begin();
	for (i = 0; i < COUNT(chances); i++) {
		sample.bug++;
		sample.gold = i % 2 == 0 ? STATUS : CONDUCT;
		sample.chances[0] = chances[i];
		add(&sample);
	}
	assert_null(eval_finish(&eval));
	for (i = 0; i < EVAL_TENTHS; i++)
		assert_int_equal(eval.tenths[i].said, said[i]);
	assert_int_equal(eval.tenths[0].right, 1);
	assert_int_equal(eval.tenths[0].confidence, 99);
	assert_int_equal(eval.tenths[9].right, 1);
	assert_int_equal(eval.tenths[9].confidence, 1900);
	eval_release(&eval);

	/* a chance that is not said, or not known, is in none of them */
	add_samples();
	assert_int_equal(eval.tenths[9].said, 4);
	assert_int_equal(eval.tenths[9].right, 2);
	assert_int_equal(eval.tenths[9].confidence, 3849);
	for (i = 0; i < EVAL_TENTHS - 1; i++)
		assert_int_equal(eval.tenths[i].said, 0);
	eval_release(&eval);
}

static void
test_confusion(void **state)
{
	static const struct sample more[] = {
		{ 5, 2024, CONDUCT, OTHER | STATUS, { -1, -1, -1 } },
		{ 6, 2024, OTHER, STATUS, { -1, -1, -1 } }
	};
	const struct eval_confusion *found;
	size_t i;

	(void)state;
	begin();
	for (i = 0; i < COUNT(samples); i++)
		add(&samples[i]);
	for (i = 0; i < COUNT(more); i++)
		add(&more[i]);
	assert_null(eval_finish(&eval));
	/* bug 2 missed one and bug 4 said one too many: no pair */
	assert_int_equal(eval.confusion_len, 3);
	found = &eval.confusions[0];
	assert_int_equal(found->missed, 1);
	assert_int_equal(found->said, 2);
	assert_int_equal(found->bug_len, 2);
	assert_int_equal(found->bugs[0], 3);
	assert_int_equal(found->bugs[1], 5);
	assert_int_equal(eval.confusions[1].missed, 1);
	assert_int_equal(eval.confusions[1].said, 0);
	assert_int_equal(eval.confusions[1].bug_len, 1);
	assert_int_equal(eval.confusions[1].bugs[0], 5);
	assert_int_equal(eval.confusions[2].missed, 2);
	assert_int_equal(eval.confusions[2].said, 0);
	eval_release(&eval);
}

static void
test_periods(void **state)
{
	(void)state;
	add_samples();
	assert_int_equal(eval.period_len, 3);
	assert_int_equal(eval.periods[0].year, 0);
	assert_int_equal(eval.periods[0].measure.bugs, 1);
	assert_rates(&eval.periods[0].measure.micro, 0.5, 1, 2.0 / 3);
	assert_int_equal(eval.periods[1].year, 2023);
	assert_near(eval.periods[1].measure.exact_match, 1);
	assert_int_equal(eval.periods[2].year, 2024);
	assert_int_equal(eval.periods[2].measure.bugs, 2);
	/* Status 1 of 1, Conduct 0 of 2, Other 1 too many */
	assert_rates(&eval.periods[2].measure.micro, 0.5, 1.0 / 3, 0.4);
	assert_rates(&eval.periods[2].measure.macro, 0.5, 0.5, 0.5);
	assert_near(eval.periods[2].measure.count_error, 1);
	eval_release(&eval);
}

/* The intervals are those that a few lines of Python find with the same
 * generator. */
static void
test_intervals(void **state)
{
	static const struct sample right = { 1, 2024, STATUS, STATUS,
		{ 0, 0, 0 } };

	(void)state;
	add_samples();
	assert_near(eval.micro_f1.low, 2.0 / 9);
	assert_near(eval.micro_f1.high, 8.0 / 9);
	assert_near(eval.macro_f1.low, 0.2);
	assert_near(eval.macro_f1.high, 1);
	assert_near(eval.exact_match.low, 0);
	assert_near(eval.exact_match.high, 0.75);
	eval_release(&eval);

	begin();
	add(&right);
	assert_null(eval_finish(&eval));
	assert_near(eval.micro_f1.low, 1);
	assert_near(eval.exact_match.high, 1);
	eval_release(&eval);
}

static void
test_splitmix(void **state)
{
	uint64_t number = 1234567;

	(void)state;
	/* as published with the generator's reference code */
	assert_true(splitmix_next(&number) == UINT64_C(6457827717110365317));
	assert_true(splitmix_next(&number) == UINT64_C(3203168211198807973));
	assert_true(splitmix_next(&number) == UINT64_C(9817491932198370423));
}

static void
test_folds(void **state)
{
	size_t counts[10] = { 0 }, i;
	unsigned fold;

	(void)state;
	assert_int_equal(eval_fold(1, 10), 5);
	assert_int_equal(eval_fold(2, 10), 0);
	assert_int_equal(eval_fold(1614448, 10), 8);
	assert_int_equal(eval_fold(1, 2), 1);
	for (i = 0; i < 10000; i++) {
		fold = eval_fold(1800000 + (int64_t)i, 10);
		assert_true(fold < 10);
		counts[fold]++;
	}
	for (i = 0; i < 10; i++)
		assert_in_range(counts[i], 900, 1100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_measure),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_estimate),
		cmocka_unit_test(test_tenths),
		cmocka_unit_test(test_confusion),
		cmocka_unit_test(test_periods),
		cmocka_unit_test(test_intervals),
		cmocka_unit_test(test_splitmix),
		cmocka_unit_test(test_folds)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
