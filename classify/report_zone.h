/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Time zones as reports write them.
 */
#ifndef CLASSIFY_REPORT_ZONE_H
#define CLASSIFY_REPORT_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct zone {
	int64_t east;		/* seconds east of Greenwich */
	bool vague;		/* letters that stand for several zones */
};

/* The zone at the beginning, blanks before it: UTC, Z, CET, (JST), UTC+9,
 * GMT-5, +02:00.  Returns the bytes it takes, 0 for none. */
size_t zone_read(const char *data, size_t len, struct zone *zone);

#endif
