/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * From hits to scores: pure sums in whole thousandths, the same on every
 * machine.
 */
#ifndef CLASSIFY_SCORE_H
#define CLASSIFY_SCORE_H

#include <stdbool.h>
#include <stddef.h>

struct rule_hits;
struct tax_rule;
struct tax_scheme;
struct taxonomy;

/* One category, or one row of a scheme. */
struct score {
	int score;		/* base and sum of the votes */
	int threshold;		/* from which on the label is given */
	int chance;		/* that a bug of this score has the label, 0
				 * to 1000: what estimates add up; -1 when
				 * the taxonomy has no fit for it */
	int confidence;		/* that the label is right if it is given; -1
				 * as for chance */
	bool given;
	bool fallback;		/* given below its threshold, being the best */
};

/*
 * Score the categories: `out` has one element for each.  `neighbours` is
 * what similar incidents vote for each category, or NULL.  Given are those
 * at or over their threshold; if there is none, the best (of equals the
 * first) from the taxonomy's floor on.
 * Nothing is given to a bug for which no rule and no neighbour votes.
 */
void score_categories(const struct taxonomy *taxonomy,
    const struct rule_hits *hits, const int *neighbours, struct score *out);

/*
 * Score the rows of a scheme with `ruled`; `out` has one element for each.
 * `categories` are the labels of the bug; SIZE_MAX among them is passed
 * over.  If no row is given by its score, nor the best by the scheme's
 * floor, nothing is given: the caller then takes `row_of` of the labels.
 */
void score_rows(const struct taxonomy *taxonomy,
    const struct tax_scheme *scheme, const struct rule_hits *hits,
    const size_t *categories, size_t len, struct score *out);

/* What a rule votes for a target, 0 if nothing: with it, hits are the
 * evidence of a label. */
int score_vote(const struct tax_rule *rule, size_t target);

/* 1000 / (1 + exp(-(offset + slope * score))), all in thousandths, rounded;
 * -1 when slope is 0. */
int score_confidence(int offset, int slope, int score);

#endif
