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

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define S(literal) literal, sizeof(literal) - 1

enum {
	DAY_LAST = 2932896	/* 9999-12-31 */
};

static const int64_t TIME_LAST = INT64_C(253402300799);

static void
test_known_days(void **state)
{
	static const struct {
		const char *text;
		int64_t day;
	} cases[] = {
		{ "1970-01-01", 0 },
		{ "1970-01-02", 1 },
		{ "1970-12-31", 364 },
		{ "1972-02-29", 789 },
		{ "2000-02-29", 11016 },
		{ "2000-03-01", 11017 },
		{ "2024-02-29", 19782 },
		{ "2038-01-19", 24855 },
		{ "2100-03-01", 47541 },
		{ "9999-12-31", DAY_LAST },
	};
	char out[DATE_SIZE];
	int64_t day;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		assert_true(date_parse_day(cases[i].text,
		    strlen(cases[i].text), &day));
		assert_true(day == cases[i].day);
		assert_string_equal(date_format_day(day, out), cases[i].text);
	}
}

/* Every day there is, counted as a child would. */
static void
test_every_day(void **state)
{
	int64_t y, m, d, day = 0, got, gy, gm, gd, last;
	bool leap;

	(void)state;
	for (y = 1970; y <= 9999; y++) {
		leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
		for (m = 1; m <= 12; m++) {
			last = m == 2 ? (leap ? 29 : 28) :
			    m == 4 || m == 6 || m == 9 || m == 11 ? 30 : 31;
			for (d = 1; d <= last; d++, day++) {
				assert_true(date_civil(y, m, d, &got));
				assert_true(got == day);
				date_split(day, &gy, &gm, &gd);
				assert_true(gy == y && gm == m && gd == d);
			}
			assert_false(date_civil(y, m, last + 1, &got));
			assert_true(got == 0);
		}
	}
	assert_true(day == (int64_t)DAY_LAST + 1);
}

static void
test_civil_bad(void **state)
{
	static const int64_t cases[][3] = {
		{ 1969, 12, 31 }, { 10000, 1, 1 }, { 0, 1, 1 },
		{ -2024, 1, 1 }, { 2024, 0, 1 }, { 2024, 13, 1 },
		{ 2024, 1, 0 }, { 2024, 1, 32 }, { 2023, 2, 29 },
		{ 2024, 2, 30 }, { 2100, 2, 29 }, { 2024, 4, 31 },
		{ 2024, -1, 1 }, { 2024, 1, -1 },
		{ INT64_MAX, INT64_MAX, INT64_MAX },
		{ INT64_MIN, INT64_MIN, INT64_MIN },
		{ 2024, INT64_MAX, 1 }, { 2024, 1, INT64_MAX },
	};
	int64_t day;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		day = 77;
		assert_false(date_civil(cases[i][0], cases[i][1], cases[i][2],
		    &day));
		assert_true(day == 0);
	}
}

static void
test_split_edges(void **state)
{
	static const int64_t outside[] = {
		-1, (int64_t)DAY_LAST + 1, INT64_MAX, DATE_NONE
	};
	int64_t y, m, d;
	char out[DATE_SIZE];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(outside); i++) {
		y = m = d = 5;
		date_split(outside[i], &y, &m, &d);
		assert_true(y == 0 && m == 0 && d == 0);
		assert_string_equal(date_format_day(outside[i], out), "");
	}
	date_split(19782, NULL, NULL, NULL);
	date_split(19782, &y, NULL, NULL);
	date_split(19782, NULL, &m, NULL);
	date_split(19782, NULL, NULL, &d);
	assert_true(y == 2024 && m == 2 && d == 29);
}

static void
test_day_and_start(void **state)
{
	static const struct {
		int64_t time, day;
	} cases[] = {
		{ 0, 0 },
		{ 1, 0 },
		{ DATE_DAY - 1, 0 },
		{ DATE_DAY, 1 },
		{ -1, -1 },
		{ -DATE_DAY, -1 },
		{ -DATE_DAY - 1, -2 },
		{ DATE_NONE, DATE_NONE },
		{ DATE_NONE + 1, INT64_MIN / DATE_DAY - 1 },
		{ INT64_MAX, INT64_MAX / DATE_DAY },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++)
		assert_true(date_day(cases[i].time) == cases[i].day);
	assert_true(date_start(0) == 0);
	assert_true(date_start(19782) == INT64_C(1709164800));
	assert_true(date_start(-1) == -DATE_DAY);
	assert_true(date_start(DATE_NONE) == DATE_NONE);
	assert_true(date_day(TIME_LAST) == DAY_LAST);
}

static void
test_parse_day_bad(void **state)
{
	static const struct {
		const char *text;
		size_t len;
	} cases[] = {
		{ S("") }, { S("2024") }, { S("2024-05") }, { S("2024-05-") },
		{ S("2024-05-2") }, { S("2024-5-20") }, { S("2024-05-200") },
		{ S("2024-05-20 ") }, { S(" 2024-05-20") },
		{ S("2024-05-20T") }, { S("2024/05/20") }, { S("20240520") },
		{ S("02024-05-20") }, { S("2024-02-30") },
		{ S("2023-02-29") }, { S("2024-13-01") }, { S("2024-00-01") },
		{ S("2024-01-00") }, { S("2024-01-32") }, { S("1969-12-31") },
		{ S("0000-00-00") }, { S("-024-05-20") }, { S("2024--5-20") },
		{ S("2024-+5-20") }, { S("2024- 5-20") }, { S("2024-05-2x") },
		{ S("20x4-05-20") }, { S("2024-05-20\0") },
		{ S("2024\0" "05-20") },
	};
	int64_t day;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		day = 77;
		assert_false(date_parse_day(cases[i].text, cases[i].len,
		    &day));
		assert_true(day == 0);
	}
}

static void
test_parse_time(void **state)
{
	static const struct {
		const char *text;
		const char *utc;
	} cases[] = {
		{ "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z" },
		{ "9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z" },
		{ "2024-05-20T12:34:56Z", "2024-05-20T12:34:56Z" },
		{ "2024-05-20 12:34:56 +0000", "2024-05-20T12:34:56Z" },
		{ "2024-05-20 12:34 +0000", "2024-05-20T12:34:00Z" },
		{ "2024-05-20T12:34Z", "2024-05-20T12:34:00Z" },
		{ "2024-05-20T12:34:56.789Z", "2024-05-20T12:34:56Z" },
		{ "2024-05-20T12:34:56.9999999999999999999999999Z",
		    "2024-05-20T12:34:56Z" },
		{ "2024-05-20T12:34:56+01:00", "2024-05-20T11:34:56Z" },
		{ "2024-05-20T12:34:56-0700", "2024-05-20T19:34:56Z" },
		{ "2024-05-20 12:34:56 -07:00", "2024-05-20T19:34:56Z" },
		{ "2024-05-20T12:34:56.5+05:45", "2024-05-20T06:49:56Z" },
		{ "2024-05-20T12:34:56-00:00", "2024-05-20T12:34:56Z" },
		{ "2024-03-01T00:30:00+01:00", "2024-02-29T23:30:00Z" },
		{ "2023-03-01T00:30:00+01:00", "2023-02-28T23:30:00Z" },
		{ "2023-12-31T23:30:00-01:00", "2024-01-01T00:30:00Z" },
		{ "1969-12-31T23:00:00-01:00", NULL },
		{ "1970-01-01T00:30:00+01:00", NULL },
		{ "1970-01-01T01:00:00+01:00", "1970-01-01T00:00:00Z" },
		{ "9999-12-31T23:30:00-01:00", NULL },
		/* leap seconds */
		{ "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z" },
		{ "2016-12-31T23:59:60.5Z", "2017-01-01T00:00:00Z" },
		{ "9999-12-31T23:59:60Z", NULL },
		{ "2016-12-31T23:59:61Z", NULL },
		/* no such time */
		{ "2024-05-20T24:00:00Z", NULL },
		{ "2024-05-20T12:60:00Z", NULL },
		{ "2024-02-30T12:00:00Z", NULL },
		{ "2024-05-20T12:34:56+24:00", NULL },
		{ "2024-05-20T12:34:56+01:60", NULL },
		/* no such form */
		{ "", NULL },
		{ "2024-05-20", NULL },
		{ "2024-05-20T", NULL },
		{ "2024-05-20Z", NULL },
		{ "2024-05-20T12Z", NULL },
		{ "2024-05-20T12:34", NULL },
		{ "2024-05-20T12:34:56", NULL },
		{ "2024-05-20T12:34:56 ", NULL },
		{ "2024-05-20T12:34:Z", NULL },
		{ "2024-05-20T12:34:56.Z", NULL },
		{ "2024-05-20T12:34.5Z", NULL },
		{ "2024-05-20T1:34:56Z", NULL },
		{ "2024-05-20x12:34:56Z", NULL },
		{ "2024-05-20  12:34:56Z", NULL },
		{ "2024-05-20T12:34:56  Z", NULL },
		{ "2024-05-20T12:34:56ZZ", NULL },
		{ "2024-05-20T12:34:56Z ", NULL },
		{ "2024-05-20T12:34:56z", NULL },
		{ "2024-05-20T12:34:56 PDT", NULL },
		{ "2024-05-20T12:34:56+", NULL },
		{ "2024-05-20T12:34:56+01", NULL },
		{ "2024-05-20T12:34:56+01:", NULL },
		{ "2024-05-20T12:34:56+01:0", NULL },
		{ "2024-05-20T12:34:56+01:000", NULL },
		{ "2024-05-20T12:34:56+1:00", NULL },
		{ "2024-05-20T-1:34:56Z", NULL },
	};
	char out[DATE_SIZE];
	int64_t time;
	size_t i;
	bool good;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		time = 77;
		good = date_parse_time(cases[i].text, strlen(cases[i].text),
		    &time);
		if (good != (cases[i].utc != NULL))
			fail_msg("%s", cases[i].text);
		if (good)
			assert_string_equal(date_format_time(time, out),
			    cases[i].utc);
		else
			assert_true(time == 0);
	}
	/* A NUL within the length is a byte like others. */
	assert_false(date_parse_time(S("2024-05-20T12:34:56Z\0"), &time));
	assert_true(date_parse_time("2024-05-20T12:34:56Zjunk", 20, &time));
	assert_true(time == INT64_C(1716208496));
}

static void
test_parse_user(void **state)
{
	static const struct {
		const char *now;	/* a time */
		const char *text;
		const char *day;
	} cases[] = {
		{ "2024-05-20T00:00:00Z", "today", "2024-05-20" },
		{ "2024-05-20T23:59:59Z", "today", "2024-05-20" },
		{ "2024-05-20T12:00:00Z", "2019-02-28", "2019-02-28" },
		{ "2024-05-20T12:00:00Z", "2031-01-01", "2031-01-01" },
		{ "2024-05-20T12:00:00Z", "-0d", "2024-05-20" },
		{ "2024-05-20T12:00:00Z", "-1d", "2024-05-19" },
		{ "2024-05-20T12:00:00Z", "-90d", "2024-02-20" },
		{ "2024-05-20T12:00:00Z", "-090d", "2024-02-20" },
		{ "2024-05-20T12:00:00Z", "-2w", "2024-05-06" },
		{ "2024-05-20T12:00:00Z", "-6m", "2023-11-20" },
		{ "2024-05-20T12:00:00Z", "-5m", "2023-12-20" },
		{ "2024-05-20T12:00:00Z", "-12m", "2023-05-20" },
		{ "2024-05-20T12:00:00Z", "-1y", "2023-05-20" },
		{ "2024-01-31T12:00:00Z", "-1m", "2023-12-31" },
		{ "2023-03-31T12:00:00Z", "-1m", "2023-02-28" },
		{ "2024-03-31T12:00:00Z", "-1m", "2024-02-29" },
		{ "2024-03-30T12:00:00Z", "-1m", "2024-02-29" },
		{ "2024-05-31T12:00:00Z", "-1m", "2024-04-30" },
		{ "2024-02-29T12:00:00Z", "-1y", "2023-02-28" },
		{ "2024-02-29T12:00:00Z", "-4y", "2020-02-29" },
		{ "2024-02-29T12:00:00Z", "-54y", "1970-02-28" },
		/* the first day is the end of the way back */
		{ "2024-05-20T12:00:00Z", "-19863d", "1970-01-01" },
		{ "2024-05-20T12:00:00Z", "-19864d", NULL },
		{ "1970-01-10T12:00:00Z", "-1w", "1970-01-03" },
		{ "1970-01-10T12:00:00Z", "-2w", NULL },
		{ "1970-02-10T12:00:00Z", "-1m", "1970-01-10" },
		{ "1970-02-10T12:00:00Z", "-2m", NULL },
		{ "1970-02-10T12:00:00Z", "-1y", NULL },
		{ "2024-05-20T12:00:00Z", "-55y", NULL },
		{ "2024-05-20T12:00:00Z", "-9223372036854775807d", NULL },
		{ "2024-05-20T12:00:00Z", "-9223372036854775807w", NULL },
		{ "2024-05-20T12:00:00Z", "-9223372036854775807m", NULL },
		{ "2024-05-20T12:00:00Z", "-9223372036854775807y", NULL },
		{ "2024-05-20T12:00:00Z", "-1537228672809129302y", NULL },
		/* no such form */
		{ "2024-05-20T12:00:00Z", "", NULL },
		{ "2024-05-20T12:00:00Z", "Today", NULL },
		{ "2024-05-20T12:00:00Z", "today ", NULL },
		{ "2024-05-20T12:00:00Z", "yesterday", NULL },
		{ "2024-05-20T12:00:00Z", "-", NULL },
		{ "2024-05-20T12:00:00Z", "-d", NULL },
		{ "2024-05-20T12:00:00Z", "-1", NULL },
		{ "2024-05-20T12:00:00Z", "-90", NULL },
		{ "2024-05-20T12:00:00Z", "-1h", NULL },
		{ "2024-05-20T12:00:00Z", "-1D", NULL },
		{ "2024-05-20T12:00:00Z", "-1dd", NULL },
		{ "2024-05-20T12:00:00Z", "- 1d", NULL },
		{ "2024-05-20T12:00:00Z", "--1d", NULL },
		{ "2024-05-20T12:00:00Z", "+1d", NULL },
		{ "2024-05-20T12:00:00Z", "1d", NULL },
		{ "2024-05-20T12:00:00Z", "2024-02-30", NULL },
		{ "2024-05-20T12:00:00Z", "2024-05-20T00:00Z", NULL },
	};
	char out[DATE_SIZE];
	int64_t now, day;
	size_t i;
	bool good;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		assert_true(date_parse_time(cases[i].now,
		    strlen(cases[i].now), &now));
		day = 77;
		good = date_parse_user(cases[i].text, now, &day);
		if (good != (cases[i].day != NULL))
			fail_msg("%s on %s", cases[i].text, cases[i].now);
		if (good)
			assert_string_equal(date_format_day(day, out),
			    cases[i].day);
		else
			assert_true(day == 0);
	}
}

static void
test_user_without_now(void **state)
{
	static const int64_t nows[] = { DATE_NONE, -1, INT64_MAX };
	int64_t day;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(nows); i++) {
		assert_false(date_parse_user("today", nows[i], &day));
		assert_false(date_parse_user("-1d", nows[i], &day));
		assert_false(date_parse_user("-1m", nows[i], &day));
		assert_true(date_parse_user("2024-05-20", nows[i], &day));
	}
}

static void
test_parse_http(void **state)
{
	static const struct {
		const char *text;
		int64_t time;	/* DATE_NONE: refused */
	} cases[] = {
		{ "Sun, 06 Nov 1994 08:49:37 GMT", 784111777 },
		{ "Thu, 01 Jan 1970 00:00:00 GMT", 0 },
		{ "Thu, 29 Feb 2024 12:34:56 GMT", INT64_C(1709210096) },
		{ "Fri, 31 Dec 9999 23:59:59 GMT", INT64_C(253402300799) },
		/* The day of the week says nothing new. */
		{ "Mon, 06 Nov 1994 08:49:37 GMT", 784111777 },
		{ "", DATE_NONE },
		{ "Sun, 06 Nov 1994 08:49:37 GM", DATE_NONE },
		{ "Sun, 06 Nov 1994 08:49:37 GMT ", DATE_NONE },
		{ "Sun, 06 Nov 1994 08:49:37 CET", DATE_NONE },
		{ "Sun, 06 nov 1994 08:49:37 GMT", DATE_NONE },
		{ "Sun, 06 Non 1994 08:49:37 GMT", DATE_NONE },
		{ "Sun, 31 Nov 1994 08:49:37 GMT", DATE_NONE },
		{ "Wed, 29 Feb 2023 12:34:56 GMT", DATE_NONE },
		{ "Sun, 06 Nov 1969 08:49:37 GMT", DATE_NONE },
		{ "Sun, 06 Nov 1994 24:49:37 GMT", DATE_NONE },
		{ "Sun, 06 Nov 1994 08:49.370GMT", DATE_NONE },
		{ "Sun, 06 Nov 1994 08:49:3. GMT", DATE_NONE },
		{ "Sun, 6 Nov 1994 008:49:37 GMT", DATE_NONE },
		{ "Sunday, 06-Nov-94 08:49:37 GM", DATE_NONE },
		{ "Sun Nov  6 08:49:37 1994     ", DATE_NONE },
	};
	int64_t time;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		time = 1;
		assert_int_equal(date_parse_http(cases[i].text,
		    strlen(cases[i].text), &time),
		    cases[i].time != DATE_NONE);
		assert_true(time ==
		    (cases[i].time == DATE_NONE ? 0 : cases[i].time));
	}
}

static void
test_format_time(void **state)
{
	static const struct {
		int64_t time;
		const char *text;
	} cases[] = {
		{ 0, "1970-01-01T00:00:00Z" },
		{ 59, "1970-01-01T00:00:59Z" },
		{ 86399, "1970-01-01T23:59:59Z" },
		{ INT64_C(1709210096), "2024-02-29T12:34:56Z" },
		{ INT64_C(253402300799), "9999-12-31T23:59:59Z" },
		{ INT64_C(253402300800), "" },
		{ -1, "" },
		{ DATE_NONE, "" },
		{ INT64_MAX, "" },
	};
	char out[DATE_SIZE];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		memset(out, 'x', sizeof(out));
		assert_ptr_equal(date_format_time(cases[i].time, out), out);
		assert_string_equal(out, cases[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_days),
		cmocka_unit_test(test_every_day),
		cmocka_unit_test(test_civil_bad),
		cmocka_unit_test(test_split_edges),
		cmocka_unit_test(test_day_and_start),
		cmocka_unit_test(test_parse_day_bad),
		cmocka_unit_test(test_parse_time),
		cmocka_unit_test(test_parse_http),
		cmocka_unit_test(test_parse_user),
		cmocka_unit_test(test_user_without_now),
		cmocka_unit_test(test_format_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
