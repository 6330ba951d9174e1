/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The deadlines of one incident: when each began, when it was met, and what
 * is overdue now.  The rules and their versions are the taxonomy's (struct
 * tax_clock); a deadline binds by the day on which its clock began.
 *
 * What was written or changed after `now` is not looked at.  The CA is who
 * role.h tells; where that tells nobody, and for logins that tell nothing,
 * it is also who posted a full report or a closure summary.
 */
#ifndef CLASSIFY_CLOCK_H
#define CLASSIFY_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "classify/digest.h"
#include "classify/role.h"
#include "taxonomy/taxonomy.h"

struct bug;
struct err;
struct report_text;
struct verdict;

/* How a clock stands. */
enum clock_state {
	CLOCK_RUNNING,		/* not met, and not yet due */
	CLOCK_OVERDUE,		/* not met, and due before `now` */
	CLOCK_MET,		/* in time; the second of the deadline is */
	CLOCK_LATE,		/* met after it was due */
	CLOCK_ENDED,		/* the incident was closed before it was due */
	CLOCK_MISSED,		/* was due, and never met until the closing */
	CLOCK_STATE__MAX
};

/* One run of a clock. */
struct clock_run {
	enum tax_clock_kind kind;
	const struct tax_deadline *deadline;	/* never NULL */
	int64_t from;		/* time it began; of a day without an hour
				 * its beginning */
	int64_t due;		/* time; what is due on a day, or counted from
				 * one without an hour, is at its end */
	int64_t met;		/* time, DATE_NONE: not */
	int64_t comment;	/* number of the comment that began it, -1 */
	const char *words;	/* the question, the action; "" */
	enum clock_state state;
};

/*
 * The runs, and what begins, ends and meets them:
 * - FIRST_REPORT: from FACT_IDENTIFIED, or from the filing by somebody
 *   outside if that is earlier, to the CA's first report, or in answer to
 *   somebody outside its first comment.  None when neither is told.
 * - FULL_REPORT: from the filing to the first full report.  None when the
 *   text of a comment by the CA is not known, for that may be it.
 * - ANSWER: a question (speech.h) by anybody but the CA or a robot, a
 *   request by a root program or the CCADB, a needinfo flag for the CA; to
 *   the CA's next comment or the flag's clearing.  Not those of comment 0,
 *   which the first report answers.
 * - UPDATE: from each comment of the CA from the full report on (or from
 *   when that was due), and from a reopening, to the CA's next comment.
 * - REVOCATION_UPDATE: in its place, from each comment of the CA, while a
 *   label says that a revocation is delayed and no report has told its end.
 * - NEXT_UPDATE: in the place of both when the whiteboard names a day that
 *   is later than they are due.  A comment a week or less before that day
 *   serves for it; an earlier one does not void it.
 * - ACTION_UPDATE: from the day an action item is due to word of it in a
 *   table, or the CA's first comment not longer before than CLOCK_BEFORE.
 * - CLOSE_ON: from when the whiteboard named the day to the closing.  From
 *   then on no report and no update is missed: they were taken for enough.
 */

/* Whose move it is in an open bug. */
enum clock_turn {
	TURN_NOBODY,		/* closed */
	TURN_CA,
	TURN_ROOT_PROGRAM,
	TURN__MAX
};

struct clocks {
	bool open;		/* at `now` */
	struct clock_run *runs;	/* by kind, then by their beginning */
	size_t run_len;
	enum role *roles;	/* of the comments of the bug, one for each */
	enum clock_turn turn;
	const char *turn_why;	/* a few words */
	int64_t next_update;	/* days that the whiteboard named at `now`, or */
	int64_t close_on;	/* DATE_NONE */
	bool delayed;		/* open, with the label of a delayed revocation */
	bool closing;		/* [close on ...], a last call, not passed */
	size_t open_actions, late_actions;	/* by their tables */
	size_t questions;	/* asked and not answered, whatever rule was
				 * in force */
	int64_t last_ca;	/* time of the CA's newest comment, DATE_NONE */
	const struct clock_run *worst;	/* the most overdue of those that the
				 * CA must keep, else of those it should;
				 * NULL: none is */
	bool overdue;		/* `worst` is a must */
	struct arena arena;
};

/* `now` is the clock.  `text` was read of the same comments.  Release in
 * any case. */
const struct err *clocks_read(struct clocks *out, const struct bug *bug,
    const struct verdict *verdict, const struct report_text *text,
    const struct taxonomy *taxonomy, int64_t now);
void clocks_release(struct clocks *clocks);

/* Seconds by which an overdue run is late; 0 for others. */
int64_t clock_lateness(const struct clock_run *run, int64_t now);

/* "overdue", "met" ...; "ca", "root-program", "nobody". */
const char *clock_state_name(enum clock_state state);
const char *clock_turn_name(enum clock_turn turn);

/* Limits */
enum {
	/* Bytes for one bug: of the shortest comments, as many as fit into
	 * BUG_MAX_BYTES. */
	CLOCK_MAX_BYTES = 512 << 20,
	/* Days after a last call without a day of its own in which a bug is
	 * about to be closed. */
	CLOCK_LAST_CALL = 7,
	/* Days before an action is due in which a comment is word of it: CAs
	 * report what is done, and mostly in prose. */
	CLOCK_BEFORE = 7,
	/* Seconds between a needinfo flag and the comment it came with. */
	CLOCK_TOGETHER = 60
};

#endif
