/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * How well labels agree with gold labels, in the rows of one scheme.  It
 * knows no bug and no rule: only sets of rows, said and true.
 *
 * Precision is the share of what was said that is right, recall the share
 * of what is true that was said, F1 their harmonic mean, 2tp / (2tp + fp +
 * fn).  "Micro" is over all labels of all bugs; "macro" is the mean over the
 * rows that gold names, a row that was never said having precision 0.
 */
#ifndef CLASSIFY_EVAL_H
#define CLASSIFY_EVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

struct err;
struct eval_pair;
struct tax_scheme;

/* A share from 0 to 1; EVAL_NONE of nothing. */
#define EVAL_NONE (-1.0)

/* One row, or all of them.  fp = said - right, fn = support - right. */
struct eval_counts {
	size_t support;		/* gold names it */
	size_t said;
	size_t right;		/* both */
};

struct eval_rates {
	double precision, recall, f1;
};

struct eval_measure {
	size_t bugs;
	size_t exact;		/* bugs whose whole set is right */
	struct eval_rates micro, macro;
	double exact_match;
	double count_error;	/* sum over the rows of |said - support|, by
				 * the sum of support */
};

/* In 950 of 1,000 resamples of the bugs a figure lies between these. */
struct eval_interval {
	double low, high;
};

/* Labels said with a confidence in one stretch. */
struct eval_sure {
	size_t said, right;
	int64_t confidence;	/* summed up, in thousandths */
};

/* A wrong row said of bugs of which another one was missed. */
struct eval_confusion {
	size_t missed, said;	/* rows */
	int64_t *bugs;		/* ascending */
	size_t bug_len;
};

struct eval_period {
	int64_t year;		/* of filing; 0: not known */
	struct eval_measure measure;
};

/* What is said of one bug, and what is true: rows ascending, each once. */
struct eval_bug {
	int64_t bug;
	int64_t year;		/* of filing; 0: not known */
	const size_t *gold, *said;
	size_t gold_len, said_len;
	/* of each row of the scheme, in thousandths, -1 unknown; NULL when
	 * none is known: */
	const int *chances;	/* that gold names it */
	const int *sure;	/* that it is right, if it is said */
};

enum {
	EVAL_TENTHS = 10
};

struct eval {
	const struct tax_scheme *scheme;
	struct eval_counts *counts;	/* one a row */
	int64_t *expected;	/* chances summed up, one a row; where they
				 * are unknown, what was said */
	struct eval_sure tenths[EVAL_TENTHS]; /* by confidence: 0 to 99,
				 * ... 900 to 1000 */
	struct eval_bug *bugs;	/* as they came; chances, sure NULL */
	size_t len, cap;
	/* after eval_finish: */
	struct eval_measure measure;
	struct eval_interval micro_f1, macro_f1, exact_match;
	double estimate_error;	/* count_error of the chances summed up */
	struct eval_period *periods;	/* ascending */
	size_t period_len;
	struct eval_confusion *confusions;	/* most frequent first */
	size_t confusion_len;
	struct eval_pair *pairs;	/* private */
	size_t pair_len, pair_cap;
	struct arena arena;
};

/* The caller gives the shell and releases it in any case. */
void eval_init(struct eval *eval, const struct tax_scheme *scheme);
void eval_release(struct eval *eval);

/* Take one bug, in ascending order of bug numbers; it is copied.
 * ERR_SYSTEM. */
const struct err *eval_add(struct eval *eval, const struct eval_bug *bug);
/* End it: work out everything from the counts.  ERR_SYSTEM. */
const struct err *eval_finish(struct eval *eval);

/* Count a bug in, into one element a row; true when its whole set is
 * right. */
bool eval_count(const struct eval_bug *bug, struct eval_counts *counts);
/* Of one row; and over all of `len`.  `measure` needs `bugs` and `exact`
 * set. */
struct eval_rates eval_rates(const struct eval_counts *counts);
void eval_measure(const struct eval_counts *counts, size_t len,
    struct eval_measure *measure);

/* Fill the three intervals; eval_finish does it by itself. */
const struct err *eval_resample(struct eval *eval);

/* `a` / `b`, or EVAL_NONE when b is 0. */
double eval_share(size_t a, size_t b);

/* In which of `folds` parts a bug is: by its number alone. */
unsigned eval_fold(int64_t bug, unsigned folds);

/* Limits */
enum {
	EVAL_RESAMPLES = 1000,
	EVAL_SEED = 2026,
	EVAL_MAX_BYTES = 1 << 30	/* of the sets of all bugs */
};

#endif
