/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/err.h"
#include "classify/trend.h"
#include "classify/trend_private.h"

static int64_t
day(int64_t year, int64_t month, int64_t mday)
{
	int64_t out;

	assert_true(date_civil(year, month, mday, &out));
	return out;
}

static void
test_spans(void **state)
{
	static const struct {
		enum trend_per per;
		int64_t from[3], to[3];
		size_t len;
		const char *first, *last;
		int64_t first_to[3], last_from[3];
	} cases[] = {
		{ TREND_MONTH, { 2023, 12, 15 }, { 2024, 2, 29 }, 3,
		    "2023-12", "2024-02", { 2023, 12, 31 }, { 2024, 2, 1 } },
		{ TREND_QUARTER, { 2023, 11, 1 }, { 2024, 1, 1 }, 2,
		    "2023 Q4", "2024 Q1", { 2023, 12, 31 }, { 2024, 1, 1 } },
		{ TREND_YEAR, { 2017, 1, 1 }, { 2019, 12, 31 }, 3, "2017",
		    "2019", { 2017, 12, 31 }, { 2019, 1, 1 } },
		{ TREND_YEAR, { 2017, 3, 1 }, { 2017, 3, 1 }, 1, "2017",
		    "2017", { 2017, 3, 1 }, { 2017, 3, 1 } },
		{ TREND_YEAR, { 9999, 3, 1 }, { 9999, 12, 31 }, 1, "9999",
		    "9999", { 9999, 12, 31 }, { 9999, 3, 1 } },
	};
	struct trend trend;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		memset(&trend, 0, sizeof(trend));
		trend.per = cases[i].per;
		trend.window.from = day(cases[i].from[0], cases[i].from[1],
		    cases[i].from[2]);
		trend.window.to = day(cases[i].to[0], cases[i].to[1],
		    cases[i].to[2]);
		assert_null(trend_begin(&trend));
		assert_int_equal(trend.span_len, cases[i].len);
		assert_string_equal(trend.spans[0].name, cases[i].first);
		assert_string_equal(trend.spans[trend.span_len - 1].name,
		    cases[i].last);
		assert_int_equal(trend.spans[0].from, trend.window.from);
		assert_int_equal(trend.spans[0].to, day(
		    cases[i].first_to[0], cases[i].first_to[1],
		    cases[i].first_to[2]));
		assert_int_equal(trend.spans[trend.span_len - 1].from, day(
		    cases[i].last_from[0], cases[i].last_from[1],
		    cases[i].last_from[2]));
		assert_int_equal(trend.spans[trend.span_len - 1].to,
		    trend.window.to);
		trend_release(&trend);
	}
}

static void
test_too_long(void **state)
{
	struct trend trend;
	const struct err *err;

	(void)state;
	memset(&trend, 0, sizeof(trend));
	trend.per = TREND_MONTH;
	trend.window.from = day(1970, 1, 1);
	trend.window.to = day(2100, 1, 1);
	err = trend_begin(&trend);
	assert_non_null(err);
	assert_int_equal(err->kind, ERR_USAGE);
	trend_release(&trend);
}

#define DAYS(n)		{ (n) * DATE_DAY, false }
#define RUNS(n)		{ (n) * DATE_DAY, true }

/* The remission times of Freireich and others (1963), as every textbook of
 * survival has them: 6-MP, 21 patients, 12 censored; the median is 23. */
static void
test_quartiles(void **state)
{
	struct trend_time treated[] = { DAYS(6), DAYS(6), DAYS(6), RUNS(6),
	    DAYS(7), RUNS(9), DAYS(10), RUNS(10), RUNS(11), DAYS(13),
	    DAYS(16), RUNS(17), RUNS(19), RUNS(20), DAYS(22), DAYS(23),
	    RUNS(25), RUNS(32), RUNS(32), RUNS(34), RUNS(35) };
	struct trend_time placebo[] = { DAYS(1), DAYS(1), DAYS(2), DAYS(2),
	    DAYS(3), DAYS(4), DAYS(4), DAYS(5), DAYS(5), DAYS(8), DAYS(8),
	    DAYS(8), DAYS(8), DAYS(11), DAYS(11), DAYS(12), DAYS(12),
	    DAYS(15), DAYS(17), DAYS(22), DAYS(23) };
	struct trend_time one[] = { { DATE_DAY / 2, false } };
	struct trend_times times;

	(void)state;
	trend_quartiles(treated, 21, &times);
	assert_int_equal(times.n, 21);
	assert_int_equal(times.running, 12);
	assert_int_equal(times.quartile[0], 130);
	assert_int_equal(times.quartile[1], 230);
	assert_int_equal(times.quartile[2], -1);
	trend_quartiles(placebo, 21, &times);
	assert_int_equal(times.running, 0);
	assert_int_equal(times.quartile[0], 40);
	assert_int_equal(times.quartile[1], 80);
	assert_int_equal(times.quartile[2], 120);
	trend_quartiles(one, 1, &times);
	assert_int_equal(times.quartile[0], 5);
	assert_int_equal(times.quartile[2], 5);
	trend_quartiles(NULL, 0, &times);
	assert_int_equal(times.n, 0);
	assert_int_equal(times.quartile[1], -1);
}

static void
add(struct trend *trend, int64_t id, int64_t filed, int64_t closed,
    const char *owner, size_t row)
{
	struct life life = { .len = 1 };
	struct trend_bug bug = { .id = id, .filed = date_start(filed),
	    .reported = DATE_NONE, .life = &life, .owner = owner,
	    .rows = &row, .row_len = 1 };

	life.periods[0].from = bug.filed;
	life.periods[0].until = closed == DATE_NONE ? INT64_MAX :
	    date_start(closed);
	assert_null(trend_add(trend, &bug));
}

static void
test_counts(void **state)
{
	struct trend trend;
	size_t crl, other;

	(void)state;
	memset(&trend, 0, sizeof(trend));
	trend.per = TREND_QUARTER;
	trend.window.from = day(2024, 1, 1);
	trend.window.to = day(2024, 12, 31);
	trend.now = date_start(day(2025, 6, 1));
	trend.repeats = true;
	trend.residual = 1;
	assert_null(trend_begin(&trend));
	assert_null(trend_row(&trend, "crl", "CRL", &crl));
	assert_null(trend_row(&trend, "other", "Other", &other));
	assert_null(trend_row(&trend, "crl", "again", &crl));
	assert_int_equal(crl, 0);
	/* filed before the window: before it, in it and never closed */
	add(&trend, 1, day(2023, 3, 1), day(2023, 4, 1), "A", crl);
	add(&trend, 2, day(2023, 12, 31), day(2024, 2, 1), "A", crl);
	add(&trend, 3, day(2022, 1, 1), DATE_NONE, "B", crl);
	/* filed in it, on its first and last day */
	add(&trend, 4, day(2024, 1, 1), day(2024, 1, 11), "A", crl);
	add(&trend, 5, day(2024, 12, 31), DATE_NONE, "A", crl);
	/* the residual row comes back and means nothing */
	add(&trend, 6, day(2024, 5, 1), day(2024, 5, 2), "C", other);
	add(&trend, 7, day(2024, 6, 1), day(2025, 1, 1), "C", other);
	/* after it: of no account */
	add(&trend, 8, day(2025, 1, 1), DATE_NONE, "A", crl);
	assert_null(trend_finish(&trend));

	assert_int_equal(trend.all.filed.len, 4);
	assert_int_equal(trend.all.closed, 3);
	assert_int_equal(trend.all.before, 2);
	assert_int_equal(trend.all.cells[0].filed.len, 1);
	assert_int_equal(trend.all.cells[0].closed.len, 2);
	assert_int_equal(trend.all.cells[0].open.len, 1);
	assert_int_equal(trend.all.cells[3].open.len, 3);
	assert_int_equal(trend.rows[crl].filed.len, 2);
	assert_int_equal(trend.rows[crl].close.n, 2);
	assert_int_equal(trend.rows[crl].close.running, 1);
	assert_int_equal(trend.rows[crl].close.quartile[0], 100);
	/* what ran at the end of the window ran until then, not until now */
	assert_int_equal(trend.rows[other].close.running, 1);

	/* 4 within two years of 2, 5 of 4; in 2023 and 2024 */
	assert_int_equal(trend.again_len, 1);
	assert_string_equal(trend.again[0].owner, "A");
	assert_string_equal(trend.again[0].row, "CRL");
	assert_int_equal(trend.again[0].len, 3);
	assert_int_equal(trend.again[0].bugs[0], 2);
	assert_int_equal(trend.again[0].years, 2);
	assert_true(trend.again[0].again);
	assert_false(trend.again[0].chronic);
	trend_release(&trend);
}

/* The window before is compared when the store reaches back to its first
 * day: 2024 has 366 days, and so has what is before it. */
static void
test_covered(void **state)
{
	struct trend trend;

	(void)state;
	memset(&trend, 0, sizeof(trend));
	trend.per = TREND_YEAR;
	trend.window.from = day(2024, 1, 1);
	trend.window.to = day(2024, 12, 31);
	assert_null(trend_begin(&trend));
	trend_cover(&trend, day(2024, 1, 1));
	trend_cover(&trend, day(2023, 1, 1));
	assert_false(trend.covered);
	trend_cover(&trend, day(2022, 12, 31));
	assert_true(trend.covered);
	trend_cover(&trend, day(2023, 6, 1));
	assert_true(trend.covered);
	trend_release(&trend);
}

static void
test_repeats(void **state)
{
	struct trend trend;
	size_t row;

	(void)state;
	memset(&trend, 0, sizeof(trend));
	trend.per = TREND_YEAR;
	trend.window.from = day(2024, 1, 1);
	trend.window.to = day(2024, 12, 31);
	trend.now = date_start(day(2025, 1, 1));
	trend.repeats = true;
	trend.residual = SIZE_MAX;
	assert_null(trend_begin(&trend));
	assert_null(trend_row(&trend, "crl", "CRL", &row));
	/* a batch of one day, and nothing before it */
	add(&trend, 1, day(2024, 5, 1), DATE_NONE, "batch", row);
	add(&trend, 2, day(2024, 5, 1), DATE_NONE, "batch", row);
	/* 730 days, and 731 */
	add(&trend, 3, day(2022, 5, 2), DATE_NONE, "two years", row);
	add(&trend, 4, day(2024, 5, 1), DATE_NONE, "two years", row);
	add(&trend, 5, day(2022, 5, 1), DATE_NONE, "longer", row);
	add(&trend, 6, day(2024, 5, 1), DATE_NONE, "longer", row);
	/* in three years, far apart */
	add(&trend, 7, day(2017, 1, 1), DATE_NONE, "chronic", row);
	add(&trend, 8, day(2020, 1, 1), DATE_NONE, "chronic", row);
	add(&trend, 9, day(2024, 1, 1), DATE_NONE, "chronic", row);
	/* in three years, but no more */
	add(&trend, 10, day(2017, 1, 1), DATE_NONE, "over", row);
	add(&trend, 11, day(2018, 1, 1), DATE_NONE, "over", row);
	add(&trend, 12, day(2019, 1, 1), DATE_NONE, "over", row);
	assert_null(trend_finish(&trend));
	assert_int_equal(trend.again_len, 2);
	assert_string_equal(trend.again[0].owner, "two years");
	assert_int_equal(trend.again[0].len, 2);
	assert_string_equal(trend.again[1].owner, "chronic");
	assert_false(trend.again[1].again);
	assert_true(trend.again[1].chronic);
	assert_int_equal(trend.again[1].len, 1);
	assert_int_equal(trend.again[1].bugs[0], 9);
	trend_release(&trend);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_spans),
		cmocka_unit_test(test_too_long),
		cmocka_unit_test(test_quartiles),
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_covered),
		cmocka_unit_test(test_repeats),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
