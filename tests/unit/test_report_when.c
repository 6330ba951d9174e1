/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "classify/report_when.h"
#include "classify/report_zone.h"

/* 2024-03-01T12:00:00Z */
static const int64_t now = INT64_C(1709294400);

/* "2024-05-20T14:05:00Z", "2024-05-20", "2024-05", "" */
static const char *
write_when(char out[DATE_SIZE], size_t used, const struct when *when)
{
	if (used == 0) {
		out[0] = '\0';
		return out;
	}
	if (!when->day_only)
		return date_format_time(when->time, out);
	date_format_day(date_day(when->time), out);
	if (when->month_only)
		out[7] = '\0';
	return out;
}

static void
reads(void **state)
{
	static const struct {
		const char *text, *when;
		size_t used;
	} cases[] = {
		{ "2024-05-20", "2024-05-20", 10 },
		{ "2024-05-20: x", "2024-05-20", 10 },
		{ "2024/5/2 x", "2024-05-02", 8 },
		{ "2024.05.20", "2024-05-20", 10 },
		{ "2024\u201105\u201120", "2024-05-20", 14 },
		{ "2024-May-20", "2024-05-20", 11 },
		{ "2024 May 20", "2024-05-20", 11 },
		{ "20 May 2024", "2024-05-20", 11 },
		{ "20. Mai 2024", "2024-05-20", 12 },
		{ "20-May-2024", "2024-05-20", 11 },
		{ "May 20, 2024", "2024-05-20", 12 },
		{ "May 20th, 2024", "2024-05-20", 14 },
		{ "Sept. 3, 2020", "2020-09-03", 13 },
		{ "1er septembre 2020", "2020-09-01", 18 },
		{ "3 de septiembre de 2020", "2020-09-03", 23 },
		{ "3 września 2020", "2020-09-03", 16 },
		{ "20.5.2024", "2024-05-20", 9 },
		{ "5/20/2024", "2024-05-20", 9 },
		{ "20/5/2024", "2024-05-20", 9 },
		{ "5/6/2024", "", 0 }, { "5/5/2024", "2024-05-05", 8 },
		{ "2024年5月20日", "2024-05-20", 16 },
		{ "2024-05", "2024-05", 7 },
		{ "May 2024", "2024-05", 8 },
		{ "2024-05-", "", 0 },
		{ "17 August", "2024-08-17", 9 },
		{ "17 December", "2023-12-17", 11 },
		{ "2024-02-30", "", 0 },
		{ "2024-13", "", 0 },
		{ "20240520", "", 0 },
		{ "20240520, 14:05 UTC", "2024-05-20T14:05:00Z", 19 },
		{ "1234567-12-12", "", 0 },
		{ "Maybe 20", "", 0 },
		{ "10.5", "", 0 },
		{ "", "", 0 },
		{ "2024-05-20 14:05", "2024-05-20T14:05:00Z", 16 },
		{ "2024-05-20 14:05:06.7 UTC x", "2024-05-20T14:05:06Z", 25 },
		{ "2024-05-20T14:05Z", "2024-05-20T14:05:00Z", 17 },
		{ "2024-05-20, 14:05 CET", "2024-05-20T13:05:00Z", 21 },
		{ "2024-05-20 at 2:05 PM UTC", "2024-05-20T14:05:00Z", 25 },
		{ "2024-05-20 12:05 am", "2024-05-20T00:05:00Z", 19 },
		{ "3 septembre 2020 à 08h10 UTC", "2020-09-03T08:10:00Z",
		    29 },
		{ "2024-05-20 14:05 (UTC+9)", "2024-05-20T05:05:00Z", 24 },
		{ "2024-05-20 14:05 UTC +05:30", "2024-05-20T08:35:00Z",
		    27 },
		{ "2024-05-20 14:05 +0200", "2024-05-20T12:05:00Z", 22 },
		{ "2024-05-20 20:05 PST", "2024-05-21T04:05:00Z", 20 },
		{ "2024-05-20 1405 UTC", "2024-05-20T14:05:00Z", 19 },
		{ "2024-05-20 1405 x", "2024-05-20", 10 },
		{ "2024-05-20 14:30 PT, the", "2024-05-20", 19 },
		{ "2024-05-20 14:05 IST", "2024-05-20", 20 },
		{ "2024-05-20 14:05 - 15:00 JST", "2024-05-20T05:05:00Z",
		    28 },
		{ "2024-05-20 24:00 UTC", "2024-05-21T00:00:00Z", 20 },
		{ "2024-05-20 25:00", "2024-05-20", 10 },
		{ "2024-05-20 14:60", "2024-05-20", 10 }
	};
	struct when_hint hint = { .now = now };
	char text[DATE_SIZE];
	struct when when;
	size_t i, used;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		used = when_read(cases[i].text, strlen(cases[i].text), &hint,
		    &when);
		write_when(text, used, &when);
		if (strcmp(text, cases[i].when) != 0 || used != cases[i].used)
			fail_msg("\"%s\": \"%s\" of %zu, not \"%s\" of %zu",
			    cases[i].text, text, used, cases[i].when,
			    cases[i].used);
	}
}

static void
hints(void **state)
{
	struct when_hint hint = { .east = 3600, .now = DATE_NONE };
	struct when when;
	char text[DATE_SIZE];

	(void)state;
	/* Without the time of writing no year is made up. */
	assert_int_equal(when_read("17 August", 9, &hint, &when), 0);
	assert_int_equal(when_read("2024-05-20 14:05", 16, &hint, &when), 16);
	assert_string_equal(write_when(text, 1, &when),
	    "2024-05-20T13:05:00Z");
	assert_int_equal(when_read("2024-05-20 14:05Z", 17, &hint, &when),
	    17);
	assert_string_equal(write_when(text, 1, &when),
	    "2024-05-20T14:05:00Z");
}

static void
finds(void **state)
{
	static const struct {
		const char *text, *when;
		size_t start;
	} cases[] = {
		{ "on 2024-05-20.", "2024-05-20", 3 },
		{ "RFC 5280, 3.2.2024-05-20", "", 0 },
		{ "until May we waited, until 3 May 2023", "2023-05-03", 27 },
		{ "nothing", "", 0 }
	};
	struct when_hint hint = { .now = DATE_NONE };
	size_t i, start = 0, end = 0;
	char text[DATE_SIZE];
	struct when when;
	bool found;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		found = when_find(cases[i].text, strlen(cases[i].text),
		    &hint, &when, &start, &end);
		write_when(text, found, &when);
		if (strcmp(text, cases[i].when) != 0 ||
		    (found && start != cases[i].start))
			fail_msg("\"%s\": \"%s\" at %zu", cases[i].text, text,
			    start);
	}
}

static void
zones(void **state)
{
	static const struct {
		const char *text;
		bool found;
		int64_t east;
	} cases[] = {
		{ "All times are UTC.", true, 0 },
		{ "All times are in MST", true, -7 * 3600 },
		{ "(times in UTC+3)", true, 3 * 3600 },
		{ "Uhrzeiten: Zeit in CET", false, 0 },
		{ "Date and time (JST)", true, 9 * 3600 },
		{ "times are IST", false, 0 },
		{ "We met at noon UTC", false, 0 }
	};
	struct zone zone;
	int64_t east;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		east = 0;
		assert_int_equal(when_zone(cases[i].text,
		    strlen(cases[i].text), &east), cases[i].found);
		assert_int_equal(east, cases[i].east);
	}
	assert_int_equal(zone_read(" (UTC-10:30) x", 14, &zone), 12);
	assert_int_equal(zone.east, -37800);
	assert_int_equal(zone_read(" UTCx", 5, &zone), 0);
	assert_int_equal(zone_read("+1", 2, &zone), 0);
	assert_int_equal(zone_read("+99:00", 6, &zone), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads),
		cmocka_unit_test(hints),
		cmocka_unit_test(finds),
		cmocka_unit_test(zones)
	};

	return cmocka_run_group_tests_name("report_when", tests, NULL, NULL);
}
