/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Logistic regression towards what a person thought.  Pure arithmetic in a
 * fixed order: the same numbers in give the same numbers out.  It knows no
 * rule and no bug, only cases and features that some of them have.
 */
#ifndef CLASSIFY_LOGISTIC_H
#define CLASSIFY_LOGISTIC_H

#include <stdbool.h>
#include <stddef.h>

/* A parameter, what it was thought to be, and how strongly. */
struct logistic_term {
	double prior, strength;
	double value;		/* the result */
};

struct logistic_feature {
	const size_t *cases;	/* that have it, ascending */
	size_t len;
	struct logistic_term term;
	bool fixed;		/* `value` is given and stays */
};

/* P(truth) = 1 / (1 + exp(-(base + the sum of the features it has))). */
struct logistic {
	size_t len;		/* cases */
	const bool *truth;	/* one a case */
	const bool *used;	/* the others are not looked at */
	struct logistic_feature *features;
	size_t feature_len;
	struct logistic_term base;
	double *sums;		/* room for one a case: the exponents */
};

/*
 * Fit: the minimum of the cases' negative log likelihood + the sum of
 * strength / 2 * (value - prior)^2.  One parameter after the other goes to
 * the minimum of a parabola that is nowhere below the sum, so every step
 * goes down; with strengths > 0 there is one minimum, also where the
 * features tell truth without fault.  Ends when no step in a round is longer
 * than LOGISTIC_STEP, or after LOGISTIC_ROUNDS.
 */
void logistic_fit(struct logistic *fit);

/* P(truth) = 1 / (1 + exp(-(offset + slope * score))). */
struct logistic_curve {
	size_t len;
	const bool *truth, *used;
	const double *scores;
	struct logistic_term offset, slope;
};

/* The same by Newton's method, for both at once. */
void logistic_curve(struct logistic_curve *curve);

/* Limits */
#define LOGISTIC_STEP 1e-6	/* results are rounded to 1e-3 or coarser */
enum {
	LOGISTIC_ROUNDS = 5000
};

#endif
