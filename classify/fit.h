/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The numbers of a taxonomy, fitted anew to labels that people gave: the
 * votes of the rules for categories, and each category's base, offsets and
 * slopes.  Nothing is put in and nothing taken out: thresholds, the
 * neighbours' weight and the rules themselves stay, and so does a category
 * that fewer than FIT_LEAST bugs carry.
 *
 * One logistic regression a category.  The scale: a score of 1 is even odds
 * and FIT_SCALE is how fast they change.  The votes as they stand are what a
 * person thought (strength FIT_STRENGTH), and votes are rounded to
 * FIT_GRID; the base is fitted once more behind that.  Offsets and slopes
 * are fitted to scores of bugs that the weights have not seen.
 *
 * The figures are of ten folds: each tenth of the bugs is judged with what
 * was fitted to the others, offsets and slopes too.
 */
#ifndef CLASSIFY_FIT_H
#define CLASSIFY_FIT_H

#include <stddef.h>
#include <stdint.h>

#include "classify/eval.h"

struct err;
struct fit;
struct rule_hits;
struct taxonomy;

/* One bug with gold labels. */
struct fit_bug {
	int64_t bug;
	const struct rule_hits *hits;
	const int *neighbours;	/* votes, one a category, of bugs in other
				 * folds (eval_fold of FIT_FOLDS); or NULL */
	const size_t *gold;	/* categories, none twice, at least one */
	size_t gold_len;
};

/* How well categories are told. */
struct fit_figures {
	struct eval_measure measure;
	double estimate_error;	/* count_error of the chances summed up */
};

struct fit_result {
	size_t bugs;
	size_t categories;	/* fitted; the others had too few bugs */
	size_t votes, changed;	/* of the categories fitted */
	struct fit_figures before;	/* of the taxonomy as it stands */
	struct fit_figures after;	/* of the ten folds */
	/* As the one given, but for its numbers; the fit's. */
	const struct taxonomy *taxonomy;
};

/* `taxonomy` must outlive it.  Caller frees. */
const struct err *fit_new(struct fit **out,
    const struct taxonomy *taxonomy);
void fit_free(struct fit *fit);
/* Add bugs, in ascending order; they are copied.  ERR_SYSTEM. */
const struct err *fit_add(struct fit *fit, const struct fit_bug *bug);
/* No more will come.  ERR_CHECK when there is nothing to learn from: no
 * category has enough bugs. */
const struct err *fit_run(struct fit *fit, struct fit_result *out);

/* Found by ten-fold cross-validation on 754 tagged incidents. */
#define FIT_SCALE 3.0
#define FIT_STRENGTH 2.0
#define FIT_BASE_STRENGTH 0.2		/* of a base of 0 */
#define FIT_SLOPE_STRENGTH 1.5		/* of the slope FIT_SCALE */
#define FIT_OFFSET_STRENGTH 0.01	/* of the offset -FIT_SCALE */

/* Limits */
enum {
	FIT_FOLDS = 10,
	FIT_LEAST = 10,		/* one a fold */
	FIT_GRID = 50,		/* thousandths; finer says nothing */
	FIT_FLATTEST = 800,	/* slopes, thousandths: what is flatter or */
	FIT_STEEPEST = 6000,	/* steeper comes from too few bugs */
	FIT_MAX_BYTES = 1 << 30
};

#endif
