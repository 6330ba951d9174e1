/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Private to the clocks: an incident as a row of events up to a moment. Who
 * said what, what was asked, which days the whiteboard named when.
 */
#ifndef CLASSIFY_THREAD_H
#define CLASSIFY_THREAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "classify/role.h"
#include "taxonomy/taxonomy.h"

struct arena;
struct bug;
struct comment;
struct report_comment;
struct report_text;
struct verdict;

/* One comment. */
struct said {
	int64_t time;
	enum role role;
	const struct comment *comment;
	const struct report_comment *report;
	size_t next_ca;		/* in `said`, from this one on; SIZE_MAX */
	size_t next_program;	/* the same, of a root program or the CCADB */
	int64_t summary;	/* time of the CA's newest closure summary up to
				 * here, DATE_NONE */
};

/* Something asked of the CA, or of the root program. */
struct asked {
	int64_t time;
	int64_t comment;	/* number, -1: a flag without one */
	const char *who;
	const char *words;
	int64_t answered;	/* time, DATE_NONE */
	bool of_ca;
	bool flag;		/* needinfo */
};

/* What the whiteboard named from `time` on (the first: ever before). */
struct named_days {
	int64_t time;
	int64_t next_update, close_on;	/* days, DATE_NONE */
};

struct thread {
	const struct bug *bug;
	const struct verdict *verdict;
	const struct report_text *text;
	const struct taxonomy *taxonomy;
	int64_t now;
	bool ca_known;		/* somebody can be told to be the CA */
	enum role *roles;	/* of all comments, as they stand in the bug */
	struct said *said;	/* up to now, by time */
	size_t said_len;
	struct asked *asked;	/* by time */
	size_t asked_len;
	struct named_days *days;	/* by time, at least one */
	size_t day_len;
};

/* Everything stands in `arena`; false: no memory. */
bool thread_read(struct thread *out, struct arena *arena);

/* The first comment later than `time` by the CA, else by a root program or
 * the CCADB; NULL if none. */
const struct said *thread_after(const struct thread *thread, int64_t time,
    bool by_ca);

/* Time of the closure summary that the CA has posted since the bug was
 * opened, up to `time`; DATE_NONE if it did not. */
int64_t thread_summary_at(const struct thread *thread, int64_t time);

/* What the whiteboard named at that time. */
const struct named_days *thread_days_at(const struct thread *thread,
    int64_t time);

/* When the period in which the bug was open at `time` ended: INT64_MAX when
 * it goes on at `now`, `time` itself when it was not open then. */
int64_t thread_open_until(const struct thread *thread, int64_t time);

/* Limits */
enum {
	/* needinfo flags of one incident that are followed, the newest: each
	 * is looked for in all changes behind it. */
	THREAD_MAX_FLAGS = 500
};

#endif
