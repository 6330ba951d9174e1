/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "base/date.h"

#include <string.h>

#include "base/text.h"

enum {
	YEAR_FIRST = 1970,
	YEAR_LAST = 9999,
	DAY_LAST = 2932896,	/* 9999-12-31 */
	BACK_MAX = DAY_LAST	/* a longer way back ends before 1970 */
};

/* What is still to be read of a text. */
struct scan {
	const char *at;
	size_t left;
};

static bool
is_leap(int64_t year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int64_t
month_days(int64_t year, int64_t month)
{
	static const int64_t days[] = {
		31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
	};

	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Days from the start of the year to the start of the month, 1 to 12. */
static int64_t
days_before_month(int64_t year, int64_t month)
{
	static const int64_t days[] = {
		0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334
	};

	return days[month - 1] + (month > 2 && is_leap(year));
}

/* Days from 1970-01-01 to January the first of the year. */
static int64_t
days_before_year(int64_t year)
{
	int64_t past = year - 1;

	return past * 365 + past / 4 - past / 100 + past / 400 - 719162;
}

int64_t
date_day(int64_t time)
{
	int64_t day = time / DATE_DAY;

	if (time == DATE_NONE)
		return DATE_NONE;
	return time % DATE_DAY < 0 ? day - 1 : day;
}

int64_t
date_start(int64_t day)
{
	return day == DATE_NONE ? DATE_NONE : day * DATE_DAY;
}

bool
date_civil(int64_t year, int64_t month, int64_t day, int64_t *out)
{
	*out = 0;
	if (year < YEAR_FIRST || year > YEAR_LAST || month < 1 || month > 12 ||
	    day < 1 || day > month_days(year, month))
		return false;
	*out = days_before_year(year) + days_before_month(year, month) +
	    day - 1;
	return true;
}

void
date_split(int64_t day, int64_t *year, int64_t *month, int64_t *mday)
{
	int64_t y = 0, m = 0, d = 0;

	if (day >= 0 && day <= DAY_LAST) {
		/* Too large by a year for each 365 leap days: six at most. */
		y = YEAR_FIRST + day / 365;
		while (days_before_year(y) > day)
			y--;
		day -= days_before_year(y);
		m = 12;
		while (days_before_month(y, m) > day)
			m--;
		d = day - days_before_month(y, m) + 1;
	}
	if (year != NULL)
		*year = y;
	if (month != NULL)
		*month = m;
	if (mday != NULL)
		*mday = d;
}

/* Read exactly so many digits. */
static bool
scan_number(struct scan *scan, size_t digits, int64_t *value)
{
	if (scan->left < digits || !text_int(scan->at, digits, value))
		return false;
	scan->at += digits;
	scan->left -= digits;
	return true;
}

static bool
scan_char(struct scan *scan, char c)
{
	if (scan->left == 0 || *scan->at != c)
		return false;
	scan->at++;
	scan->left--;
	return true;
}

static bool
scan_day(struct scan *scan, int64_t *day)
{
	int64_t y, m, d;

	return scan_number(scan, 4, &y) && scan_char(scan, '-') &&
	    scan_number(scan, 2, &m) && scan_char(scan, '-') &&
	    scan_number(scan, 2, &d) && date_civil(y, m, d, day);
}

bool
date_parse_day(const char *data, size_t len, int64_t *day)
{
	struct scan scan = { data, len };

	*day = 0;
	if (!scan_day(&scan, day))
		return false;
	if (scan.left == 0)
		return true;
	*day = 0;
	return false;
}

/* HH:MM[:SS[.FRACTION]] as seconds. */
static bool
scan_clock(struct scan *scan, int64_t *seconds)
{
	int64_t hour, minute, second = 0, digit;

	if (!scan_number(scan, 2, &hour) || hour > 23 ||
	    !scan_char(scan, ':') ||
	    !scan_number(scan, 2, &minute) || minute > 59)
		return false;
	if (scan_char(scan, ':')) {
		if (!scan_number(scan, 2, &second) || second > 60)
			return false;
		if (scan_char(scan, '.')) {
			if (!scan_number(scan, 1, &digit))
				return false;
			while (scan_number(scan, 1, &digit))
				continue;
		}
	}
	*seconds = (hour * 60 + minute) * 60 + second;
	return true;
}

/* Z, +HH:MM or +HHMM as seconds east of Greenwich. */
static bool
scan_zone(struct scan *scan, int64_t *seconds)
{
	int64_t hour, minute, sign;

	*seconds = 0;
	if (scan_char(scan, 'Z'))
		return true;
	if (scan_char(scan, '+'))
		sign = 1;
	else if (scan_char(scan, '-'))
		sign = -1;
	else
		return false;
	if (!scan_number(scan, 2, &hour) || hour > 23)
		return false;
	scan_char(scan, ':');
	if (!scan_number(scan, 2, &minute) || minute > 59)
		return false;
	*seconds = sign * (hour * 60 + minute) * 60;
	return true;
}

bool
date_parse_time(const char *data, size_t len, int64_t *time)
{
	struct scan scan = { data, len };
	int64_t day, clock, east, sum;

	*time = 0;
	if (!scan_day(&scan, &day) ||
	    (!scan_char(&scan, 'T') && !scan_char(&scan, ' ')) ||
	    !scan_clock(&scan, &clock))
		return false;
	scan_char(&scan, ' ');
	if (!scan_zone(&scan, &east) || scan.left != 0)
		return false;
	/* An offset may lead out of the years that are accepted. */
	sum = date_start(day) + clock - east;
	if (sum < 0 || date_day(sum) > DAY_LAST)
		return false;
	*time = sum;
	return true;
}

/* The month, from 1, by its English name. */
static bool
scan_month(struct scan *scan, int64_t *month)
{
	static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	int64_t i;

	if (scan->left < 3)
		return false;
	for (i = 0; i < 12; i++)
		if (memcmp(scan->at, names + i * 3, 3) == 0) {
			scan->at += 3;
			scan->left -= 3;
			*month = i + 1;
			return true;
		}
	return false;
}

bool
date_parse_http(const char *data, size_t len, int64_t *time)
{
	static const char shape[] = "Sun, 06 Nov 1994 08:49:37 GMT";
	struct scan scan;
	int64_t y, m, d, day, clock;

	*time = 0;
	if (len != sizeof(shape) - 1)
		return false;
	scan.at = data + 3;
	scan.left = len - 3;
	if (!scan_char(&scan, ',') || !scan_char(&scan, ' ') ||
	    !scan_number(&scan, 2, &d) || !scan_char(&scan, ' ') ||
	    !scan_month(&scan, &m) || !scan_char(&scan, ' ') ||
	    !scan_number(&scan, 4, &y) || !scan_char(&scan, ' ') ||
	    !date_civil(y, m, d, &day) || !scan_clock(&scan, &clock) ||
	    scan.left != 4 || memcmp(scan.at, " GMT", 4) != 0)
		return false;
	*time = date_start(day) + clock;
	return true;
}

/* So many months before the day; its last day where the month is short. */
static bool
months_back(int64_t from, int64_t count, int64_t *day)
{
	int64_t year, month, mday, last;

	date_split(from, &year, &month, &mday);
	month += year * 12 - 1 - count;
	if (month < YEAR_FIRST * 12)
		return false;
	year = month / 12;
	month = month % 12 + 1;
	last = month_days(year, month);
	return date_civil(year, month, mday < last ? mday : last, day);
}

bool
date_parse_user(const char *str, int64_t now, int64_t *day)
{
	int64_t today = date_day(now), count;
	size_t len = strlen(str);

	*day = 0;
	if (str[0] != '-' && strcmp(str, "today") != 0)
		return date_parse_day(str, len, day);
	if (today < 0 || today > DAY_LAST)
		return false;
	if (str[0] != '-') {
		*day = today;
		return true;
	}
	if (len < 3 || !text_int(str + 1, len - 2, &count) ||
	    count > BACK_MAX)
		return false;
	switch (str[len - 1]) {
	case 'y':
		return months_back(today, count * 12, day);
	case 'm':
		return months_back(today, count, day);
	case 'w':
		count *= 7;
		break;
	case 'd':
		break;
	default:
		return false;
	}
	if (count > today)
		return false;
	*day = today - count;
	return true;
}

/* Write so many digits and the byte that follows them. */
static char *
put(char *at, int64_t value, size_t digits, char behind)
{
	size_t i;

	for (i = digits; i > 0; i--) {
		at[i - 1] = (char)('0' + value % 10);
		value /= 10;
	}
	at[digits] = behind;
	return at + digits + 1;
}

const char *
date_format_day(int64_t day, char out[DATE_SIZE])
{
	int64_t year, month, mday;
	char *at = out;

	date_split(day, &year, &month, &mday);
	if (year == 0) {
		out[0] = '\0';
		return out;
	}
	at = put(at, year, 4, '-');
	at = put(at, month, 2, '-');
	put(at, mday, 2, '\0');
	return out;
}

const char *
date_format_time(int64_t time, char out[DATE_SIZE])
{
	int64_t day = date_day(time), rest;
	char *at;

	if (date_format_day(day, out)[0] == '\0')
		return out;
	rest = time - date_start(day);
	at = out + strlen(out);
	*at++ = 'T';
	at = put(at, rest / 3600, 2, ':');
	at = put(at, rest / 60 % 60, 2, ':');
	at = put(at, rest % 60, 2, 'Z');
	*at = '\0';
	return out;
}
