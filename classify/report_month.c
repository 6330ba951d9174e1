/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/report_month.h"

#include <stdbool.h>

/* The months in the languages of reports, small letters, without accents
 * where ASCII is written for them too.  English may be cut to three. */
static const struct {
	const char *name;
	int month;
} months[] = {
	{ "january", 1 }, { "february", 2 }, { "march", 3 }, { "april", 4 },
	{ "may", 5 }, { "june", 6 }, { "july", 7 }, { "august", 8 },
	{ "september", 9 }, { "october", 10 }, { "november", 11 },
	{ "december", 12 },
	{ "januar", 1 }, { "jänner", 1 }, { "februar", 2 }, { "märz", 3 },
	{ "mai", 5 }, { "juni", 6 }, { "juli", 7 }, { "oktober", 10 },
	{ "dezember", 12 },
	{ "janvier", 1 }, { "février", 2 }, { "mars", 3 }, { "avril", 4 },
	{ "juin", 6 }, { "juillet", 7 }, { "août", 8 }, { "septembre", 9 },
	{ "octobre", 10 }, { "novembre", 11 }, { "décembre", 12 },
	{ "enero", 1 }, { "febrero", 2 }, { "marzo", 3 }, { "abril", 4 },
	{ "mayo", 5 }, { "junio", 6 }, { "julio", 7 }, { "agosto", 8 },
	{ "septiembre", 9 }, { "octubre", 10 }, { "noviembre", 11 },
	{ "diciembre", 12 },
	{ "gennaio", 1 }, { "febbraio", 2 }, { "aprile", 4 },
	{ "maggio", 5 }, { "giugno", 6 }, { "luglio", 7 },
	{ "settembre", 9 }, { "ottobre", 10 }, { "dicembre", 12 },
	{ "stycznia", 1 }, { "lutego", 2 }, { "marca", 3 },
	{ "kwietnia", 4 }, { "maja", 5 }, { "czerwca", 6 }, { "lipca", 7 },
	{ "sierpnia", 8 }, { "września", 9 }, { "października", 10 },
	{ "listopada", 11 }, { "grudnia", 12 }
};

enum {
	MONTH_LEN = sizeof(months) / sizeof(months[0]),
	ENGLISH_LEN = 12
};

static bool
is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	    (c & 0x80) != 0;
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

size_t
month_read(const char *data, size_t len, int64_t *month)
{
	size_t n = 0, m, k;

	while (n < len && is_letter(data[n]))
		n++;
	if (n < 3)
		return 0;
	for (m = 0; m < MONTH_LEN; m++) {
		for (k = 0; k < n && months[m].name[k] != '\0'; k++)
			if (lower(data[k]) != months[m].name[k])
				break;
		if (k < n || (months[m].name[k] != '\0' &&
		    (m >= ENGLISH_LEN || n > 4)))
			continue;
		*month = months[m].month;
		return n < len && data[n] == '.' ? n + 1 : n;
	}
	return 0;
}
