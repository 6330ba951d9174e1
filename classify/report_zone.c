/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/report_zone.h"

#include <string.h>

#include "base/text.h"

/* Minutes east; VAGUE where the same letters are used in several places, or
 * do not tell whether it is summer. */
enum {
	VAGUE = 10000
};

static const struct {
	const char *name;
	int east;
} zones[] = {
	{ "AEDT", 660 }, { "AEST", 600 }, { "BRT", -180 }, { "BST", 60 },
	{ "CDT", -300 }, { "CEST", 120 }, { "CET", 60 }, { "CST", VAGUE },
	{ "EDT", -240 }, { "EEST", 180 }, { "EET", 120 }, { "EST", -300 },
	{ "ET", VAGUE }, { "GMT", 0 }, { "HKT", 480 }, { "IST", VAGUE },
	{ "JST", 540 }, { "KST", 540 }, { "MDT", -360 }, { "MESZ", 120 },
	{ "MEZ", 60 }, { "MSK", 180 }, { "MST", -420 }, { "PDT", -420 },
	{ "PST", -480 }, { "PT", VAGUE }, { "SGT", 480 }, { "TRT", 180 },
	{ "UTC", 0 }, { "WEST", 60 }, { "WET", 0 }, { "Z", 0 }, { "Zulu", 0 }
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

/* "+9", "+09:30", "-0500", and no digit behind; `words`: the hour alone is
 * enough.  Bytes or 0. */
static size_t
read_offset(const char *data, size_t len, bool words, int64_t *east)
{
	size_t at = 1, n = 0;
	int64_t hour, minute = 0;

	if (len < 2 || (data[0] != '+' && data[0] != '-'))
		return 0;
	while (at + n < len && is_digit(data[at + n]))
		n++;
	if (n == 4) {
		(void)text_int(data + at, 2, &hour);
		(void)text_int(data + at + 2, 2, &minute);
		at += 4;
	} else if (n == 1 || n == 2) {
		(void)text_int(data + at, n, &hour);
		at += n;
		if (at + 2 < len && data[at] == ':' && is_digit(data[at + 1]) &&
		    is_digit(data[at + 2])) {
			(void)text_int(data + at + 1, 2, &minute);
			at += 3;
		} else if (!words) {
			return 0;
		}
	} else {
		return 0;
	}
	if (hour > 14 || minute > 59)
		return 0;
	*east = (hour * 60 + minute) * (data[0] == '-' ? -60 : 60);
	return at;
}

static size_t
read_name(const char *data, size_t len, struct zone *zone)
{
	size_t i, n, at, offset;

	for (i = 0; i < sizeof(zones) / sizeof(zones[0]); i++) {
		n = strlen(zones[i].name);
		if (n > len || memcmp(data, zones[i].name, n) != 0 ||
		    (n < len && is_letter(data[n])))
			continue;
		zone->vague = zones[i].east == VAGUE;
		zone->east = zone->vague ? 0 : zones[i].east * 60;
		if (zones[i].east != 0)
			return n;
		at = n < len && data[n] == ' ' ? n + 1 : n;
		offset = read_offset(data + at, len - at, true, &zone->east);
		return offset > 0 ? at + offset : n;
	}
	return 0;
}

size_t
zone_read(const char *data, size_t len, struct zone *zone)
{
	size_t at = 0, n;
	bool open;

	memset(zone, 0, sizeof(*zone));
	while (at < len && (data[at] == ' ' || data[at] == '\t'))
		at++;
	open = at < len && (data[at] == '(' || data[at] == '[');
	if (open)
		at++;
	if (at == len)
		return 0;
	n = read_name(data + at, len - at, zone);
	if (n == 0)
		n = read_offset(data + at, len - at, false, &zone->east);
	if (n == 0)
		return 0;
	at += n;
	if (open && at < len && (data[at] == ')' || data[at] == ']'))
		at++;
	return at;
}
