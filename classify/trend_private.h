/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Private to trend.c and its parts: times, and what comes back. */
#ifndef CLASSIFY_TREND_PRIVATE_H
#define CLASSIFY_TREND_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;
struct trend;
struct trend_bug;
struct trend_times;

struct trend_time {
	int64_t seconds;
	bool running;
};

/* The bugs of an owner in a row. */
struct trend_seen {
	const char *owner;
	size_t row;
	struct trend_seen_bug {
		int64_t bug, day;
	} *items;
	size_t len, cap;
};

/* The times are sorted in place. */
void trend_quartiles(struct trend_time *times, size_t len,
    struct trend_times *out);

const struct err *trend_see(struct trend *trend,
    const struct trend_bug *bug, size_t row);
/* Fill trend->again with what an owner had again in the window. */
const struct err *trend_repeats(struct trend *trend);

#endif
