/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "classify/loosedate.h"

static void
test_days(void **state)
{
	static const struct {
		const char *text;
		const char *day;
		size_t used;
	} cases[] = {
		{ "2024-05-20", "2024-05-20", 10 },
		{ "2024-5-2", "2024-05-02", 8 },
		{ "2024/05/20", "2024-05-20", 10 },
		{ "2024.05.20", "2024-05-20", 10 },
		{ "2023-04-28 ", "2023-04-28", 10 },
		{ "2024-05-20, later", "2024-05-20", 10 },
		{ "2024-05-20]", "2024-05-20", 10 },
		{ "2024-05-20.", "2024-05-20", 10 },
		{ "01-Nov-2023", "2023-11-01", 11 },
		{ "2-Oct-2023", "2023-10-02", 10 },
		{ "2023-Oct-27", "2023-10-27", 11 },
		{ "27 october 2023", "2023-10-27", 15 },
		{ "27 OCTOBER, 2023", "2023-10-27", 16 },
		{ "1-Sept-2023", "2023-09-01", 11 },
		{ "May 5, 2024 or so", "2024-05-05", 11 },
		{ "December 31 2024", "2024-12-31", 16 },
		{ "23.2.2024", "2024-02-23", 9 },
		{ "3.1.2024", "2024-01-03", 8 },
		{ "23. 2. 2024", "2024-02-23", 11 },
		{ "3-1-2023", "2023-03-01", 8 },
		{ "3/1/2023", "2023-03-01", 8 },
		{ "31-1-2023", "2023-01-31", 9 },
		{ "13/12/2023", "2023-12-13", 10 },
		{ "12/13/2023", "2023-12-13", 10 },
		{ "2024-02-29", "2024-02-29", 10 },
	};
	char out[DATE_SIZE];
	int64_t day;
	size_t i, used;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (!loose_date(cases[i].text, strlen(cases[i].text), &used,
		    &day))
			fail_msg("no day in %s", cases[i].text);
		assert_string_equal(date_format_day(day, out), cases[i].day);
		assert_int_equal(used, cases[i].used);
	}
}

static void
test_no_days(void **state)
{
	static const struct {
		const char *text;
		size_t used;
	} cases[] = {
		{ "", 0 },
		{ "soon", 0 },
		{ "May be tomorrow", 0 },
		{ "-2024-05-20", 0 },
		{ "2023-02-29", 10 },
		{ "2024-13-01 x", 10 },
		{ "2024-00-10", 10 },
		{ "2024-05-32", 10 },
		{ "2024-05", 7 },
		{ "2024", 4 },
		{ "20-05-24", 8 },	/* no year */
		{ "5.20.2024", 9 },	/* behind dots the day is first */
		{ "32/13/2024", 10 },
		{ "1 2 2024", 1 },
		{ "2024 1 2", 4 },
		{ "1,2,2024", 8 },
		{ "31-Feb-2024", 11 },
		{ "1-Ma-2024", 9 },
		{ "1-Mayx-2024", 11 },
		{ "2024-05-20T10:00", 16 },
		{ "2024-05-200", 11 },
		{ "02024-05-20", 11 },
		{ "2024--05-20", 11 },
		{ "99999999999999999999-1-1", 24 },
		{ "0001-01-01", 10 },
		{ "\xd9\xa1-01-2024", 0 },	/* ARABIC-INDIC DIGIT ONE */
	};
	int64_t day;
	size_t i, used;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (loose_date(cases[i].text, strlen(cases[i].text), &used,
		    &day))
			fail_msg("a day in %s", cases[i].text);
		if (used != cases[i].used)
			fail_msg("%s: used %zu", cases[i].text, used);
		assert_int_equal(day, 0);
	}
}

/* Every shorter piece is read without looking behind its end. */
static void
test_pieces(void **state)
{
	static const char text[] = "27 October, 2023";
	char piece[sizeof(text)];
	int64_t day;
	size_t len, used;

	(void)state;
	for (len = 0; len < sizeof(text) - 1; len++) {
		memset(piece, '9', sizeof(piece));
		memcpy(piece, text, len);
		assert_false(loose_date(piece, len, &used, &day));
		assert_true(used <= len);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_no_days),
		cmocka_unit_test(test_pieces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
