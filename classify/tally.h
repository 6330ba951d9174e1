/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A cohort counted in the rows of a scheme, with what was left out and
 * why.  Its books balance: every bug handed in is outside, left out for a
 * named reason, or in at least one row.
 */
#ifndef CLASSIFY_TALLY_H
#define CLASSIFY_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "classify/select.h"

struct err;
struct tally_batch;
struct tax_scheme;
struct taxonomy;

/* Bugs of one row; `collapsed` counts a batch (one owner, one day filed)
 * once.  Bugs whose owner or day is unknown are never collapsed. */
struct tally_row {
	const char *id;
	const char *title;
	const char *note;	/* NULL if none */
	int64_t *bugs;		/* ascending */
	size_t bug_len;
	size_t bug_cap;
	size_t collapsed;
	int64_t expected;	/* chances summed up, in thousandths */
	int64_t variance;	/* sum of p (1 - p), in millionths */
	bool guessed;		/* a chance was not known */
	struct tally_batch *batches;	/* until tally_finish */
	size_t batch_len, batch_cap;
};

/* How many bugs a row would have if people had labelled them, and what 95
 * of 100 such estimates are within: the normal approximation of a sum of
 * independent chances. */
struct tally_estimate {
	double estimate, low, high;
	bool guessed;		/* low and high are worth nothing */
};

struct tally_left_out {
	enum select_fate fate;
	int64_t *bugs;		/* ascending */
	size_t bug_len;
	size_t bug_cap;
};

struct tally {
	const struct taxonomy *taxonomy;
	const struct tax_scheme *scheme;
	struct tally_row *rows;	/* the scheme's, then, after tally_finish,
				 * unknown tags by name */
	size_t row_len;
	size_t row_cap;
	struct tally_left_out left_out[SELECT_FATE__MAX]; /* by fate; IN and
				 * OUTSIDE stay empty */
	size_t handed_in;	/* bugs given to tally_add */
	size_t outside;
	size_t incidents;	/* bugs in at least one row */
	size_t assignments;	/* sum of the rows */
	size_t incidents_collapsed;	/* batches over one owner, one day
					 * and the same set of rows */
	struct tally_batch *batches;	/* until tally_finish */
	size_t batch_len, batch_cap;
	int64_t last;		/* number of the last bug added */
	int64_t misplaced;	/* the first that was not greater; or 0 */
	size_t *unknown;	/* rows of unknown tags, by name */
	size_t unknown_len, unknown_cap;
	bool estimated;		/* the caller gives chances */
	struct arena arena;	/* names of unknown tags, sets of rows */
};

/* The caller gives the shell and releases it. */
void tally_init(struct tally *tally, const struct taxonomy *taxonomy,
    const struct tax_scheme *scheme);
void tally_release(struct tally *tally);

/*
 * Count one bug, in ascending order of bug numbers.  Rows that the verdict
 * names (the judge was given the same scheme) are its rows.  Else a label
 * goes to the row of its category; one that the taxonomy lacks to a row of
 * its own where the scheme is open, else to none.  A bug that no label gave
 * a row goes to the residual one.  A bug counts once in a row.  ERR_SYSTEM.
 */
const struct err *tally_add(struct tally *tally, const struct bug *bug,
    const struct verdict *verdict, enum select_fate fate);

/* After tally_add of a bug that is in: how likely each row of the scheme
 * is for it, see placing_chances.  Where that is not known, it is taken to
 * belong where it is counted. */
void tally_chances(struct tally *tally, const int *chances);
/* What they add up to.  Rows of unknown tags are certain. */
void tally_estimate(const struct tally_row *row, struct tally_estimate *out);

/* End it: collapse batches, put the rows in order, and check that the
 * books balance and that no bug came twice.  ERR_DATA with the figures
 * when they don't. */
const struct err *tally_finish(struct tally *tally);

/* Limits */
enum {
	/* Bytes of names and sets: half a kilobyte for each bug that
	 * bugzilla.mozilla.org has. */
	TALLY_MAX_BYTES = 1 << 30
};

#endif
