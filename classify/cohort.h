/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Which bugs belong to a window of days, by the four definitions that
 * briefings have used (cabrief(1), COHORTS).  A bug's life is a row of
 * periods in which it was open; most have one, a reopened bug has several.
 */
#ifndef CLASSIFY_COHORT_H
#define CLASSIFY_COHORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bug;
struct diag_sink;

enum cohort_kind {
	COHORT_OPEN_DURING,	/* open at any time in the window */
	COHORT_FILED,		/* filed in it */
	COHORT_CLOSED,		/* at its end closed, and in it closed last */
	COHORT_OPEN_ON,		/* open at the end of its last day */
	COHORT_KIND__MAX
};

/* Whole UTC days, both included.  No limit: DATE_NONE for `from`,
 * INT64_MAX for `to`. */
struct window {
	int64_t from;
	int64_t to;
};

/* One period open: from <= t < until (INT64_MAX: still open). */
struct life_period {
	int64_t from;
	int64_t until;
};

enum {
	/* Periods of one bug; the most reopened real one has 4. */
	LIFE_MAX_PERIODS = 64
};

struct life {
	struct life_period periods[LIFE_MAX_PERIODS];
	size_t len;		/* at least 1 */
	bool guessed;		/* a closing time had to be guessed */
};

/*
 * The life of a bug.  With history known, every change of status between
 * open and closed counts.  Without it: one period, from creation to
 * cf_last_resolved, or, where that is missing on a closed bug, to the last
 * comment, else the last change (DIAG_CLOSE_GUESSED).  A bug whose status
 * is not told is closed when it has a resolution; without that too it is
 * what its history says, else open.
 *
 * DIAG_HISTORY_GAP is given, once, for a history that
 * - does not lead to the bug's status: the last period's end is then taken
 *   as without history;
 * - ends in a closing before cf_last_resolved: the bug was reopened at an
 *   unknown time between the two.  The last period goes on to
 *   cf_last_resolved, as if that had been at once: a bug counted open for
 *   too long is seen, one counted closed is missed;
 * - reopens a bug that it has not closed: the period ends at
 *   cf_last_resolved where that is before the reopening, else at the
 *   reopening, and the next one begins there.
 */
void life_read(const struct bug *bug, struct diag_sink *sink,
    struct life *out);

/* Is the bug of that life in the cohort of the window?  One whose creation
 * time is unknown is older than every window, but never in COHORT_FILED. */
bool cohort_has(enum cohort_kind kind, const struct life *life,
    const struct window *window);

/* Open at the end of that day?  Time of the last closing before the end of
 * that day, DATE_NONE when open then. */
bool life_open_on(const struct life *life, int64_t day);
int64_t life_closed(const struct life *life, int64_t day);

/* "open-during" ..., and back; false for an unknown name. */
const char *cohort_name(enum cohort_kind kind);
bool cohort_by_name(const char *name, enum cohort_kind *out);

#endif
