/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/loosedate.h"

#include "base/date.h"
#include "base/text.h"

static const char *const months[] = {
	"january", "february", "march", "april", "may", "june", "july",
	"august", "september", "october", "november", "december"
};

/* A run of digits (YEAR with four, NUMBER with one or two) or a month. */
enum part_kind {
	PART_NONE,
	PART_NUMBER,
	PART_YEAR,
	PART_MONTH
};

struct part {
	enum part_kind kind;
	int64_t value;
	char before;	/* the mark between this part and the last: one of
			 * -/.  or a blank; NUL when there is nothing */
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* The month of which the letters are the beginning, from 1; 0 for none. */
static int64_t
month_number(const char *data, size_t len)
{
	size_t i, month;

	if (len < 3)
		return 0;
	for (month = 0; month < sizeof(months) / sizeof(months[0]); month++) {
		/* Setting the bit makes an ASCII letter a small one. */
		for (i = 0; i < len && months[month][i] != '\0'; i++)
			if ((data[i] | 0x20) != months[month][i])
				break;
		if (i == len)
			return (int64_t)month + 1;
	}
	return 0;
}

/* What stands between two parts: blanks around at most one of - / . and
 * the comma.  Returns the bytes it takes. */
static size_t
read_mark(const char *data, size_t len, char *mark)
{
	size_t i = 0;

	*mark = '\0';
	for (; i < len; i++) {
		if (is_blank(data[i])) {
			if (*mark == '\0')
				*mark = ' ';
			continue;
		}
		if (data[i] != '-' && data[i] != '/' && data[i] != '.' &&
		    data[i] != ',')
			break;
		if (*mark != '\0' && *mark != ' ')
			break;
		*mark = data[i];
	}
	return i;
}

/* One part at the beginning of the text; returns the bytes it takes. */
static size_t
read_part(const char *data, size_t len, struct part *part)
{
	size_t i = 0;

	part->kind = PART_NONE;
	if (len == 0)
		return 0;
	if (is_letter(data[0])) {
		while (i < len && is_letter(data[i]))
			i++;
		part->value = month_number(data, i);
		if (part->value > 0)
			part->kind = PART_MONTH;
		return i;
	}
	while (i < len && is_digit(data[i]))
		i++;
	if (i == 4)
		part->kind = PART_YEAR;
	else if (i == 1 || i == 2)
		part->kind = PART_NUMBER;
	else
		return i;
	text_int(data, i, &part->value);
	return i;
}

/* A day from numbers alone, the year last. */
static bool
numeric_day(int64_t first, int64_t second, char mark, int64_t year,
    int64_t *day)
{
	if (mark == '.')
		return date_civil(year, second, first, day);
	return date_civil(year, first, second, day) ||
	    date_civil(year, second, first, day);
}

/* The day that three parts name, by their order. */
static bool
parts_day(const struct part *part, int64_t *day)
{
	bool marked;

	/* "1 2 2024" may be three numbers of any sort. */
	marked = (part[1].before == '-' || part[1].before == '/' ||
	    part[1].before == '.') && part[2].before != ' ' &&
	    part[2].before != ',';
	if (part[0].kind == PART_YEAR && part[2].kind == PART_NUMBER &&
	    (part[1].kind == PART_MONTH ||
	    (part[1].kind == PART_NUMBER && marked)))
		return date_civil(part[0].value, part[1].value,
		    part[2].value, day);
	if (part[2].kind != PART_YEAR)
		return false;
	if (part[0].kind == PART_NUMBER && part[1].kind == PART_MONTH)
		return date_civil(part[2].value, part[1].value,
		    part[0].value, day);
	if (part[0].kind == PART_MONTH && part[1].kind == PART_NUMBER)
		return date_civil(part[2].value, part[0].value,
		    part[1].value, day);
	if (part[0].kind == PART_NUMBER && part[1].kind == PART_NUMBER)
		return marked && numeric_day(part[0].value, part[1].value,
		    part[1].before, part[2].value, day);
	return false;
}

bool
loose_date(const char *data, size_t len, size_t *used, int64_t *day)
{
	struct part part[3];
	size_t i = 0, n;

	*used = 0;
	*day = 0;
	for (n = 0; n < 3; n++) {
		part[n].before = '\0';
		if (n > 0) {
			i += read_mark(data + i, len - i, &part[n].before);
			if (part[n].before == '\0')
				break;
		}
		i += read_part(data + i, len - i, &part[n]);
		if (part[n].kind == PART_NONE)
			break;
	}
	if (n == 3 && (i == len || (!is_letter(data[i]) &&
	    !is_digit(data[i]))) && parts_day(part, day)) {
		*used = i;
		return true;
	}
	*day = 0;
	if (len > 0 && is_digit(data[0]))
		while (*used < len && !is_blank(data[*used]))
			(*used)++;
	return false;
}
