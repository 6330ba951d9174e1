/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Days and times as reports write them, in the languages and the zones that
 * occur, turned into UTC.
 */
#ifndef CLASSIFY_REPORT_WHEN_H
#define CLASSIFY_REPORT_WHEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct when {
	int64_t time;		/* UTC; of a day or a month its beginning */
	bool day_only;		/* no hour is told, or its zone means nothing */
	bool month_only;	/* and no day */
};

/* What holds where nothing is said. */
struct when_hint {
	int64_t east;		/* the zone: seconds east of Greenwich */
	int64_t now;		/* the time of writing, which a day without its
				 * year lies close to; DATE_NONE: no such day
				 * is read */
};

/*
 * The day, with the time of day if there is one, at the beginning of the
 * text: 2024-05-20, 2024/5/20, 20 May 2024, May 20th, 2024, 20.5.2024,
 * 5/20/2024 and 20/5/2024, but not 5/6/2024, 2024-05, May 2024, 20240520
 * before an hour;
 * then 14:05, 14h05, 2:05 PM, 1405 UTC; then UTC, UTC+9, (CET), +02:00.
 * Returns the bytes it takes, 0 for no day.
 */
size_t when_read(const char *data, size_t len, const struct when_hint *hint,
    struct when *out);

/* The first day anywhere in the text, at *start to *end. */
bool when_find(const char *data, size_t len, const struct when_hint *hint,
    struct when *out, size_t *start, size_t *end);

/* A time of day at the beginning, for the day that `out` has.  Returns the
 * bytes it takes, 0 for none. */
size_t when_clock(const char *data, size_t len, const struct when_hint *hint,
    struct when *out);

/* The zone that a sentence says all times are in. */
bool when_zone(const char *data, size_t len, int64_t *east);

#endif
