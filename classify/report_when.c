/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/report_when.h"

#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "classify/report_month.h"
#include "classify/report_zone.h"

enum {
	YEAR_FIRST = 1980,	/* the oldest root certificates */
	YEAR_LAST = 2099,
	/* A day without its year lies before this much after the report. */
	AHEAD = 200 * DATE_DAY
};

/* A day as far as it was told: 0 for what was not. */
struct told {
	int64_t year, month, day;
	bool figures;		/* 20240520, a day only if an hour follows */
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	    (c & 0x80) != 0;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t
skip_blanks(const char *data, size_t len, size_t i)
{
	while (i < len && is_blank(data[i]))
		i++;
	return i;
}

/* The number of `min` to `max` digits at `i`, and no digit behind. */
static size_t
read_number(const char *data, size_t len, size_t i, size_t min, size_t max,
    int64_t *value)
{
	size_t n = 0;

	while (i + n < len && n <= max && is_digit(data[i + n]))
		n++;
	if (n < min || n > max || !text_int(data + i, n, value))
		return 0;
	return n;
}

static bool
is_year(int64_t year)
{
	return year >= YEAR_FIRST && year <= YEAR_LAST;
}

static bool
is_mark(char c)
{
	return c == '-' || c == '/' || c == '.';
}

/* The day of a month with what may stand behind: st, nd, rd, th, er. */
static size_t
read_mday(const char *data, size_t len, size_t i, int64_t *day)
{
	static const char *const ends[] = { "st", "nd", "rd", "th", "er" };
	size_t n = read_number(data, len, i, 1, 2, day), k;

	if (n == 0)
		return 0;
	for (k = 0; k < sizeof(ends) / sizeof(ends[0]); k++)
		if (i + n + 2 <= len && lower(data[i + n]) == ends[k][0] &&
		    lower(data[i + n + 1]) == ends[k][1])
			return n + 2;
	return n;
}

/* The bytes of a mark between the parts of a date, and which it is: what text
 * programs make of a hyphen is one. */
static size_t
read_mark(const char *data, size_t len, size_t i, char *mark)
{
	if (i == len)
		return 0;
	*mark = data[i];
	if (is_mark(data[i]) || data[i] == ' ')
		return 1;
	/* U+2010 to U+2013 */
	if (len - i < 3 || memcmp(data + i, "\xE2\x80", 2) != 0 ||
	    (unsigned char)data[i + 2] < 0x90 ||
	    (unsigned char)data[i + 2] > 0x93)
		return 0;
	*mark = '-';
	return 3;
}

/* "-05-20", "/5/20", "-May-20", "-05" behind a year; bytes or 0. */
static size_t
behind_year(const char *data, size_t len, size_t i, struct told *told)
{
	size_t at = i, n, width;
	char mark, again;

	width = read_mark(data, len, at, &mark);
	if (width == 0)
		return 0;
	at += width;
	n = mark == ' ' ? 0 : read_number(data, len, at, 1, 2, &told->month);
	if (n == 0)
		n = month_read(data + at, len - at, &told->month);
	if (n == 0)
		return 0;
	at += n;
	width = read_mark(data, len, at, &again);
	if (width > 0 && again == mark &&
	    (n = read_mday(data, len, at + width, &told->day)) > 0)
		return at + width + n - i;
	/* A year and a month in figures are written "2013-03" alone. */
	return mark != '-' || at - i != 3 ||
	    (at < len && (is_digit(data[at]) || data[at] == '-')) ? 0 : at - i;
}

/* "2024年5月20日" behind the year. */
static size_t
behind_nian(const char *data, size_t len, size_t i, struct told *told)
{
	static const char nian[] = "年", yue[] = "月", ri[] = "日";
	size_t at = i, n;

	if (len - at < 3 || memcmp(data + at, nian, 3) != 0)
		return 0;
	at = skip_blanks(data, len, at + 3);
	n = read_number(data, len, at, 1, 2, &told->month);
	if (n == 0)
		return 0;
	at = skip_blanks(data, len, at + n);
	if (len - at < 3 || memcmp(data + at, yue, 3) != 0)
		return 0;
	at = skip_blanks(data, len, at + 3);
	n = read_number(data, len, at, 1, 2, &told->day);
	if (n == 0)
		return 0;
	at = skip_blanks(data, len, at + n);
	return len - at >= 3 && memcmp(data + at, ri, 3) == 0 ?
	    at + 3 - i : at - i;
}

/* A year with four digits behind a comma, a mark or blanks; bytes or 0. */
static size_t
read_year(const char *data, size_t len, size_t i, struct told *told)
{
	size_t at = i, n;

	while (at < len && at - i < 3 && (is_blank(data[at]) ||
	    data[at] == ',' || is_mark(data[at])))
		at++;
	n = read_number(data, len, at, 4, 4, &told->year);
	if (n == 0 || at == i || !is_year(told->year)) {
		told->year = 0;
		return 0;
	}
	return at + n - i;
}

/* Which of two numbers is the month: with full stops the second, else it
 * must follow from the other; 5/6/2024 is no day to us. */
static bool
order_day(struct told *told, int64_t second, char mark)
{
	if (mark == '.' || told->day > 12 || told->day == second) {
		told->month = second;
		return true;
	}
	told->month = told->day;
	told->day = second;
	return second > 12;
}

/* "20 May 2024", "20. Mai", "20.5.2024", "5/20/2024" */
static size_t
from_day(const char *data, size_t len, struct told *told)
{
	size_t at = read_mday(data, len, 0, &told->day), n;
	int64_t second;
	char mark;

	if (at == 0 || at == len)
		return 0;
	mark = data[at];
	if (is_mark(mark) &&
	    (n = read_number(data, len, at + 1, 1, 2, &second)) > 0) {
		at += 1 + n;
		if (at == len || data[at] != mark ||
		    (n = read_year(data, len, at, told)) == 0)
			return 0;
		return order_day(told, second, mark) ? at + n : 0;
	}
	while (at < len && (is_blank(data[at]) || is_mark(data[at])))
		at++;
	if (len - at > 3 && memcmp(data + at, "de ", 3) == 0)
		at += 3;
	n = month_read(data + at, len - at, &told->month);
	if (n == 0)
		return 0;
	at += n;
	if (len - at > 4 && memcmp(data + at, " de ", 4) == 0)
		at += 3;
	return at + read_year(data, len, at, told);
}

/* "May 20th, 2024", "May 2024" */
static size_t
from_month(const char *data, size_t len, struct told *told)
{
	size_t at = month_read(data, len, &told->month), n;

	if (at == 0)
		return 0;
	n = read_year(data, len, at, told);
	if (n > 0)
		return at + n;
	if (at == len || (!is_blank(data[at]) && !is_mark(data[at])))
		return 0;
	at = skip_blanks(data, len, at + 1);
	n = read_mday(data, len, at, &told->day);
	if (n == 0)
		return 0;
	at += n;
	return at + read_year(data, len, at, told);
}

/* The day of what was told. */
static bool
told_day(struct told *told, const struct when_hint *hint, int64_t *day)
{
	int64_t year = told->year;
	bool known = year != 0;

	if (!known) {
		if (hint->now == DATE_NONE || told->day == 0)
			return false;
		date_split(date_day(hint->now), &year, NULL, NULL);
	}
	if (!date_civil(year, told->month, told->day == 0 ? 1 : told->day,
	    day))
		return false;
	if (!known && date_start(*day) > hint->now + AHEAD)
		return date_civil(year - 1, told->month, told->day, day);
	return true;
}

static size_t
read_day(const char *data, size_t len, struct told *told)
{
	size_t n, used;
	int64_t figures;

	memset(told, 0, sizeof(*told));
	if (is_letter(data[0]))
		return from_month(data, len, told);
	if (read_number(data, len, 0, 8, 8, &figures) > 0) {
		told->year = figures / 10000;
		told->month = figures / 100 % 100;
		told->day = figures % 100;
		told->figures = true;
		return is_year(told->year) ? 8 : 0;
	}
	n = read_number(data, len, 0, 4, 4, &told->year);
	if (n == 0)
		return from_day(data, len, told);
	if (!is_year(told->year))
		return 0;
	used = behind_nian(data, len, n, told);
	if (used == 0)
		used = behind_year(data, len, n, told);
	return used == 0 ? 0 : n + used;
}

/* What stands between a day and its time: blanks, a comma, T, "at". */
static size_t
skip_to_clock(const char *data, size_t len, size_t i)
{
	static const char *const links[] = {
		"at ", "à ", "um ", "a las ", "alle ", "o ", "- ", "@ ", "@",
		"– "
	};
	size_t at = i, n, k;

	if (at < len && (data[at] == 'T' || data[at] == ','))
		at++;
	else if (at < len && data[at] == '_')
		at++;
	at = skip_blanks(data, len, at);
	for (k = 0; k < sizeof(links) / sizeof(links[0]); k++) {
		n = strlen(links[k]);
		if (len - at > n && memcmp(data + at, links[k], n) == 0)
			return skip_blanks(data, len, at + n);
	}
	return at;
}

size_t
when_read(const char *data, size_t len, const struct when_hint *hint,
    struct when *out)
{
	struct told told;
	size_t used, at, n;
	int64_t day;

	memset(out, 0, sizeof(*out));
	out->time = DATE_NONE;
	if (len == 0 || (!is_digit(data[0]) && !is_letter(data[0])))
		return 0;
	used = read_day(data, len, &told);
	if (used == 0 || (used < len && is_digit(data[used])) ||
	    (used + 1 < len && is_digit(data[used + 1]) &&
	    (data[used] == '-' || data[used] == '.')) ||
	    !told_day(&told, hint, &day))
		return 0;
	out->time = date_start(day);
	out->day_only = true;
	out->month_only = told.day == 0;
	if (out->month_only)
		return used;
	at = skip_to_clock(data, len, used);
	n = at > used ? when_clock(data + at, len - at, hint, out) : 0;
	return n > 0 ? at + n : told.figures ? 0 : used;
}

bool
when_find(const char *data, size_t len, const struct when_hint *hint,
    struct when *out, size_t *start, size_t *end)
{
	size_t i, n;

	for (i = 0; i < len; i++) {
		if ((!is_digit(data[i]) && !is_letter(data[i])) ||
		    (i > 0 && (is_digit(data[i - 1]) ||
		    is_letter(data[i - 1]) || data[i - 1] == '-' ||
		    data[i - 1] == '.')))
			continue;
		n = when_read(data + i, len - i, hint, out);
		if (n > 0) {
			*start = i;
			*end = i + n;
			return true;
		}
	}
	out->time = DATE_NONE;
	return false;
}

/* "PM" behind an hour: the bytes it takes, and the hour of the day. */
static size_t
read_half(const char *data, size_t len, size_t i, int64_t *hour)
{
	size_t at = skip_blanks(data, len, i);

	if (at + 2 > len || *hour < 1 || *hour > 12 ||
	    lower(data[at + 1]) != 'm' ||
	    (lower(data[at]) != 'a' && lower(data[at]) != 'p') ||
	    (at + 2 < len && is_letter(data[at + 2])))
		return 0;
	*hour = *hour % 12 + (lower(data[at]) == 'p' ? 12 : 0);
	return at + 2 - i;
}

/* "14:05[:06[.7]]", "14h05", "2:05 PM"; seconds since midnight. */
static size_t
read_clock(const char *data, size_t len, int64_t *seconds)
{
	int64_t hour, minute, second = 0;
	size_t at = read_number(data, len, 0, 1, 2, &hour), n;

	if (at == 0 || at == len || (data[at] != ':' && data[at] != 'h'))
		return 0;
	n = read_number(data, len, at + 1, 2, 2, &minute);
	if (n == 0)
		return 0;
	at += 1 + n;
	if (at < len && data[at] == ':' &&
	    (n = read_number(data, len, at + 1, 2, 2, &second)) > 0) {
		at += 1 + n;
		if (at < len && data[at] == '.')
			for (at++; at < len && is_digit(data[at]); at++)
				continue;
	}
	at += read_half(data, len, at, &hour);
	if (hour > 24 || minute > 59 || second > 60)
		return 0;
	*seconds = (hour * 60 + minute) * 60 + second;
	return at;
}

/* "1405", which only a zone makes a time. */
static size_t
read_figures(const char *data, size_t len, int64_t *seconds)
{
	int64_t figures;
	size_t n = read_number(data, len, 0, 4, 4, &figures);
	struct zone zone;

	if (n == 0 || figures % 100 > 59 || figures > 2359 ||
	    zone_read(data + n, len - n, &zone) == 0)
		return 0;
	*seconds = (figures / 100 * 60 + figures % 100) * 60;
	return n;
}

size_t
when_clock(const char *data, size_t len, const struct when_hint *hint,
    struct when *out)
{
	struct zone zone;
	size_t at, n, till;
	int64_t seconds, until;

	at = read_clock(data, len, &seconds);
	if (at == 0)
		at = read_figures(data, len, &seconds);
	if (at == 0 || out->time == DATE_NONE)
		return 0;
	n = zone_read(data + at, len - at, &zone);
	if (n == 0) {
		/* "14:05 - 14:20 UTC" */
		till = skip_to_clock(data, len, at);
		if (till < len && data[till] == '-')
			till = skip_blanks(data, len, till + 1);
		n = till > at ? read_clock(data + till, len - till, &until) : 0;
		if (n > 0) {
			at = till + n;
			n = zone_read(data + at, len - at, &zone);
		}
	}
	if (n == 0 || !zone.vague) {
		out->time += seconds - (n == 0 ? hint->east : zone.east);
		out->day_only = false;
	}
	return at + n;
}

bool
when_zone(const char *data, size_t len, int64_t *east)
{
	struct zone zone;
	size_t i, k;
	bool times = false;

	for (i = 0; i + 4 <= len && !times; i++) {
		static const char word[] = "time";

		for (k = 0; k < 4 && lower(data[i + k]) == word[k]; k++)
			continue;
		times = k == 4;
	}
	for (i = 0; times && i < len; i++) {
		if (!is_letter(data[i]) || (i > 0 && is_letter(data[i - 1])))
			continue;
		if (zone_read(data + i, len - i, &zone) > 0 && !zone.vague) {
			*east = zone.east;
			return true;
		}
	}
	return false;
}
