/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/score.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "classify/rules.h"
#include "taxonomy/taxonomy.h"

enum {
	THOUSAND = 1000
};

static void
add_votes(const struct tax_vote *votes, size_t len, struct score *out)
{
	size_t i;

	/* The sum of all weights fits: see TAX_MAX_WEIGHT. */
	for (i = 0; i < len; i++)
		out[votes[i].target].score += votes[i].weight;
}

/* The votes of the rules of a scheme, or of SIZE_MAX for the categories;
 * was there any? */
static bool
add_hits(const struct taxonomy *taxonomy, const struct rule_hits *hits,
    size_t scheme, struct score *out)
{
	const struct tax_rule *rule;
	bool any = false;
	size_t i;

	for (i = 0; i < hits->len; i++) {
		rule = &taxonomy->rules[hits->items[i].rule];
		if (rule->scheme != scheme)
			continue;
		add_votes(rule->votes, rule->vote_len, out);
		any = true;
	}
	return any;
}

int
score_vote(const struct tax_rule *rule, size_t target)
{
	size_t i;
	int sum = 0;

	for (i = 0; i < rule->vote_len; i++)
		if (rule->votes[i].target == target)
			sum += rule->votes[i].weight;
	return sum;
}

/* The exponent of the curve: offset + slope * score, all in thousandths. */
static double
exponent(int offset, int slope, int score)
{
	return ((double)offset + (double)slope * score / THOUSAND) / THOUSAND;
}

static int
curve(double x)
{
	return (int)lround(THOUSAND / (1.0 + exp(-x)));
}

int
score_confidence(int offset, int slope, int score)
{
	if (slope == 0)
		return -1;
	return curve(exponent(offset, slope, score));
}

/* Without any over its threshold, the best is given from `floor` on. */
static void
give_best(struct score *out, size_t len, int floor)
{
	size_t i, best = SIZE_MAX;

	for (i = 0; i < len; i++) {
		if (out[i].given)
			return;
		if (out[i].score >= floor &&
		    (best == SIZE_MAX || out[i].score > out[best].score))
			best = i;
	}
	if (best == SIZE_MAX)
		return;
	out[best].given = true;
	out[best].fallback = true;
}

/* From the score to the rest, but for `given`. */
static void
read_fit(const struct tax_fit *fit, const struct tax_sure *sure,
    struct score *out)
{
	double x = exponent(fit->offset, fit->slope, out->score);

	out->threshold = fit->threshold;
	out->chance = out->confidence = -1;
	if (fit->slope == 0)
		return;
	out->chance = out->confidence = curve(x);
	if (sure != NULL && sure->slope != 0)
		out->confidence = curve(((double)sure->offset +
		    (double)sure->slope * x) / THOUSAND);
}

void
score_categories(const struct taxonomy *taxonomy,
    const struct rule_hits *hits, const int *neighbours, struct score *out)
{
	const struct tax_category *category;
	enum tax_fit_kind kind;
	bool voted;
	size_t i;

	memset(out, 0, taxonomy->category_len * sizeof(*out));
	voted = add_hits(taxonomy, hits, SIZE_MAX, out) ||
	    neighbours != NULL;
	kind = neighbours != NULL ? TAX_FIT_NEIGHBOURS : TAX_FIT_RULES;
	for (i = 0; i < taxonomy->category_len; i++) {
		category = &taxonomy->categories[i];
		out[i].score += category->base;
		if (neighbours != NULL)
			out[i].score += neighbours[i];
		read_fit(&category->fit[kind], &taxonomy->sure[kind],
		    &out[i]);
		out[i].given = voted && out[i].score >= out[i].threshold;
	}
	if (voted)
		give_best(out, taxonomy->category_len, taxonomy->floor);
}

void
score_rows(const struct taxonomy *taxonomy, const struct tax_scheme *scheme,
    const struct rule_hits *hits, const size_t *categories, size_t len,
    struct score *out)
{
	const struct tax_given *given;
	bool voted = false;
	size_t i, j;

	memset(out, 0, scheme->row_len * sizeof(*out));
	for (i = 0; i < scheme->given_len; i++) {
		given = &scheme->givens[i];
		for (j = 0; j < len && categories[j] != given->category; j++)
			continue;
		if (j == len)
			continue;
		add_votes(given->votes, given->vote_len, out);
		voted = true;
	}
	if (add_hits(taxonomy, hits, (size_t)(scheme - taxonomy->schemes),
	    out))
		voted = true;
	for (i = 0; i < scheme->row_len; i++) {
		out[i].score += scheme->rows[i].base;
		read_fit(&scheme->rows[i].fit, NULL, &out[i]);
		out[i].given = voted && out[i].score >= out[i].threshold;
	}
	if (voted)
		give_best(out, scheme->row_len, scheme->floor);
}
