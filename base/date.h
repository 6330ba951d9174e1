/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Dates, all in UTC by the proleptic Gregorian calendar, without asking
 * the clock, the locale or the zone.  A time is seconds since 1970-01-01
 * 00:00:00 UTC (int64_t); a day is days since 1970-01-01 (int64_t).
 * Years 1970 to 9999 alone are accepted: Bugzilla knows no others.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	DATE_DAY = 86400,	/* seconds */
	DATE_SIZE = 24		/* bytes for any text date_format writes */
};

/* No time: what a field holds that is not set.  Before every real one. */
#define DATE_NONE INT64_MIN

/* Day of a time (rounds down), first second of a day; DATE_NONE stays. */
int64_t date_day(int64_t time);
int64_t date_start(int64_t day);

/* True and *day set when year-month-day exists; months and days from 1. */
bool date_civil(int64_t year, int64_t month, int64_t day, int64_t *out);
/* The reverse; any of the pointers may be NULL.  A day outside the years
 * above, DATE_NONE too, gives 0 for all three. */
void date_split(int64_t day, int64_t *year, int64_t *month, int64_t *mday);

/* "YYYY-MM-DD", nothing before or behind it, that exists. */
bool date_parse_day(const char *data, size_t len, int64_t *day);

/*
 * A time as Bugzilla writes it: 2024-05-20T12:34:56Z (REST), also with an
 * offset (+01:00), a fraction (dropped), or "2024-05-20 12:34:56 +0000"
 * (XML export).  Seconds may be missing; a zone may not.  60 is accepted
 * as a leap second and means the next minute's 00.
 */
bool date_parse_time(const char *data, size_t len, int64_t *time);

/* A time as HTTP writes it: "Sun, 06 Nov 1994 08:49:37 GMT" (IMF-fixdate,
 * RFC 9110, 5.6.7), whatever the day of the week. */
bool date_parse_http(const char *data, size_t len, int64_t *time);

/*
 * A day as a user writes it: YYYY-MM-DD, "today", or back from the day of
 * `now`: -90d, -2w, -6m, -1y (a day that the month lacks is its last).
 */
bool date_parse_user(const char *str, int64_t now, int64_t *day);

/* Write "YYYY-MM-DD" or "YYYY-MM-DDTHH:MM:SSZ", and "" for what lies
 * outside the years above, DATE_NONE too; returns `out`. */
const char *date_format_day(int64_t day, char out[DATE_SIZE]);
const char *date_format_time(int64_t time, char out[DATE_SIZE]);

#endif
