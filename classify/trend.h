/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * How incidents went over time: per month, quarter or year how many were
 * filed, closed, and open at the end, in all and by the rows of an axis;
 * how long they took; and what comes back.
 */
#ifndef CLASSIFY_TREND_H
#define CLASSIFY_TREND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "classify/cohort.h"

struct err;

enum trend_per {
	TREND_MONTH,
	TREND_QUARTER,
	TREND_YEAR,
	TREND_PER__MAX
};

/* Bugs, ascending. */
struct trend_list {
	int64_t *bugs;
	size_t len, cap;
};

struct trend_cell {
	struct trend_list filed, closed, open;	/* open: at the end of its
				 * last day, or of the window's */
};

/* The quartiles of a time, in tenths of a day.  Of what was not over, it is
 * known that it took longer: they are estimated as Kaplan and Meier did
 * (J. Am. Stat. Assoc. 53, 1958); one that is not reached is -1. */
struct trend_times {
	size_t n;		/* all */
	size_t running;		/* of them not over */
	int64_t quartile[3];
};

struct trend_row {
	const char *id;
	const char *title;
	struct trend_cell *cells;	/* one for each period */
	struct trend_list filed;	/* in the window */
	size_t closed;		/* in the window */
	size_t before;		/* filed in the window before; means nothing
				 * unless that was covered */
	struct trend_times close;	/* from filing to the last closing, of
				 * those filed in the window */
	struct trend_times report;	/* from filing to the CA's first
				 * report */
	struct trend_time *close_times, *report_times;	/* as they come */
	size_t time_len, close_cap, report_cap;
};

/* Whole days, both included. */
struct trend_span {
	int64_t from, to;
	char name[48];		/* "2024", "2024 Q3", "2024-07" */
};

/* An owner with the same row again: filed on a later day than another one,
 * but no more than TREND_AGAIN days, or in TREND_CHRONIC calendar years. */
struct trend_repeat {
	const char *owner;
	const char *row;	/* its title */
	const int64_t *bugs;	/* that belong together, by the day filed */
	size_t len;
	size_t years;		/* calendar years, over the whole store */
	bool again, chronic;
};

/* What is told of a bug.  It has been filed at a known time. */
struct trend_bug {
	int64_t id;
	int64_t filed;		/* time */
	int64_t reported;	/* time of the CA's first report, DATE_NONE */
	const struct life *life;
	const char *owner;	/* then; NULL: unknown */
	const size_t *rows;	/* ascending */
	size_t row_len;
};

struct trend {
	/* set by the caller before trend_begin */
	enum trend_per per;
	struct window window;	/* with both ends */
	int64_t now;		/* the clock: what is not over runs until it, or
				 * until the end of the window */
	bool repeats;		/* are rows such that the same one again means
				 * something? */
	size_t residual;	/* but for this one; SIZE_MAX: none */
	/* results */
	struct trend_span *spans;
	size_t span_len;
	bool covered;		/* the window before: a bug was filed earlier
				 * than it began, or as it did */
	struct trend_row all;
	struct trend_row *rows;	/* in order of trend_row() */
	size_t row_len, row_cap;
	struct trend_repeat *again;	/* the most bugs first */
	size_t again_len;
	struct trend_seen *seen;	/* owners and rows, as bugs come */
	size_t seen_len, seen_cap;
	struct arena arena;
};

/* A shell, zeroed, with its first members set; release in any case.
 * ERR_USAGE for a window with more than TREND_MAX_SPANS periods. */
const struct err *trend_begin(struct trend *trend);
void trend_release(struct trend *trend);

/* The row of that id; made, with a copy of both, when it is new. */
const struct err *trend_row(struct trend *trend, const char *id,
    const char *title, size_t *index);

/* Add a bug, in ascending order of numbers: those outside the window too,
 * for the backlog and for what comes back. */
const struct err *trend_add(struct trend *trend,
    const struct trend_bug *bug);

/* A bug was filed on that day, whether it is selected or not: what the store
 * has nothing of before its first one is not known to be empty. */
void trend_cover(struct trend *trend, int64_t day);

/* Work out times and repeats.  ERR_DATA when the books don't balance: open
 * at the end of a period is open before it, and filed, less closed. */
const struct err *trend_finish(struct trend *trend);

/* "month", "quarter", "year", and back; false for another word. */
const char *trend_per_name(enum trend_per per);
bool trend_per_by_name(const char *name, enum trend_per *out);

/* Limits */
enum {
	TREND_MAX_SPANS = 1200,	/* a hundred years of months */
	TREND_MAX_BYTES = 1 << 30,
	TREND_AGAIN = 730,	/* days: root programs ask for the incidents of
				 * two years (CCADB 3.0, related incidents) */
	TREND_CHRONIC = 3,	/* calendar years */
	TREND_PERCENT = 30	/* fewer bugs than that have no percentage */
};

#endif
