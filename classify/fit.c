/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/fit.h"

#include <math.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "classify/logistic.h"
#include "classify/rules.h"
#include "classify/score.h"
#include "taxonomy/taxonomy.h"

enum {
	THOUSAND = 1000,
	WHOLE = FIT_FOLDS,	/* the model that has seen all bugs */
	FIRST_CASES = 256
};

struct fit_case {
	struct eval_bug bug;	/* with gold alone */
	unsigned fold;
	struct rule_hits hits;
	const int *neighbours;
};

/* On which bugs a rule matched. */
struct fit_rule {
	size_t *cases;
	size_t len;
};

struct fit {
	const struct taxonomy *given;
	struct fit_case *cases;
	size_t len, cap;
	/* of fit_run: */
	struct taxonomy models[FIT_FOLDS + 1];	/* which the fold of that
				 * number has not taught */
	struct fit_rule *by_rule;	/* one a rule */
	bool *truth;		/* `len` for each category */
	bool *enough;		/* has the category bugs enough? */
	double *unseen[TAX_FIT__MAX];	/* scores by the model that does not
				 * know the bug; `len` for each category */
	struct score *scores;	/* of one bug */
	/* of one regression: */
	bool *used;
	double *sums;
	struct logistic_feature *features;
	struct tax_vote **votes;	/* that they stand for */
	struct arena arena;
};

const struct err *
fit_new(struct fit **out, const struct taxonomy *taxonomy)
{
	struct fit *fit;

	fit = *out = mem_alloc(1, sizeof(*fit));
	if (fit == NULL)
		return err_memory();
	fit->given = taxonomy;
	arena_init(&fit->arena, FIT_MAX_BYTES);
	return NULL;
}

void
fit_free(struct fit *fit)
{
	if (fit == NULL)
		return;
	arena_release(&fit->arena);
	mem_free(fit->cases);
	mem_free(fit);
}

/* A copy; NULL without memory. */
static void *
keep(struct fit *fit, const void *data, size_t len, size_t size)
{
	void *copy = arena_alloc(&fit->arena, len > 0 ? len : 1, size);

	if (copy != NULL && len > 0)
		memcpy(copy, data, len * size);
	return copy;
}

static const struct err *
refused(const struct fit *fit)
{
	if (fit->arena.full)
		return err_new(ERR_SYSTEM, "the fit: too many bugs: they take "
		    "more than %d bytes: fit to fewer", FIT_MAX_BYTES);
	return err_memory();
}

const struct err *
fit_add(struct fit *fit, const struct fit_bug *bug)
{
	size_t cap = fit->cap > 0 ? 2 * fit->cap : FIRST_CASES;
	struct fit_case *one;

	if (fit->len == fit->cap) {
		one = mem_resize(fit->cases, cap, sizeof(*one));
		if (one == NULL)
			return err_memory();
		fit->cases = one;
		fit->cap = cap;
	}
	one = &fit->cases[fit->len];
	memset(one, 0, sizeof(*one));
	one->fold = eval_fold(bug->bug, FIT_FOLDS);
	one->bug.bug = bug->bug;
	one->bug.gold = keep(fit, bug->gold, bug->gold_len,
	    sizeof(*bug->gold));
	one->bug.gold_len = bug->gold_len;
	one->hits.items = keep(fit, bug->hits->items, bug->hits->len,
	    sizeof(*bug->hits->items));
	one->hits.len = bug->hits->len;
	if (bug->neighbours != NULL)
		one->neighbours = keep(fit, bug->neighbours,
		    fit->given->category_len, sizeof(*bug->neighbours));
	if (one->bug.gold == NULL || one->hits.items == NULL ||
	    (bug->neighbours != NULL && one->neighbours == NULL))
		return refused(fit);
	fit->len++;
	return NULL;
}

/* The given taxonomy with numbers of its own. */
static bool
copy_taxonomy(struct fit *fit, struct taxonomy *out)
{
	const struct taxonomy *given = fit->given;
	struct tax_rule *rule;
	size_t i;

	*out = *given;
	memset(&out->arena, 0, sizeof(out->arena));
	out->categories = keep(fit, given->categories, given->category_len,
	    sizeof(*given->categories));
	out->rules = keep(fit, given->rules, given->rule_len,
	    sizeof(*given->rules));
	if (out->categories == NULL || out->rules == NULL)
		return false;
	for (i = 0; i < out->rule_len; i++) {
		rule = &out->rules[i];
		rule->votes = keep(fit, rule->votes, rule->vote_len,
		    sizeof(*rule->votes));
		if (rule->votes == NULL)
			return false;
	}
	return true;
}

/* From bugs with their rules to rules with their bugs. */
static bool
turn_hits(struct fit *fit)
{
	struct fit_rule *rule;
	size_t i, j;

	for (i = 0; i < fit->len; i++)
		for (j = 0; j < fit->cases[i].hits.len; j++)
			fit->by_rule[fit->cases[i].hits.items[j].rule].len++;
	for (i = 0; i < fit->given->rule_len; i++) {
		rule = &fit->by_rule[i];
		rule->cases = arena_alloc(&fit->arena, rule->len + 1,
		    sizeof(*rule->cases));
		if (rule->cases == NULL)
			return false;
		rule->len = 0;
	}
	for (i = 0; i < fit->len; i++) {
		for (j = 0; j < fit->cases[i].hits.len; j++) {
			rule = &fit->by_rule[
			    fit->cases[i].hits.items[j].rule];
			rule->cases[rule->len++] = i;
		}
	}
	return true;
}

/* Room for everything, once all bugs are there. */
static bool
prepare(struct fit *fit)
{
	const struct taxonomy *given = fit->given;
	struct arena *arena = &fit->arena;
	size_t categories = given->category_len, cells, votes = 0, i;

	for (i = 0; i < given->rule_len; i++)
		votes += given->rules[i].vote_len;
	cells = categories * fit->len;
	fit->by_rule = arena_alloc(arena, given->rule_len + 1,
	    sizeof(*fit->by_rule));
	fit->truth = arena_alloc(arena, cells, sizeof(*fit->truth));
	fit->enough = arena_alloc(arena, categories, sizeof(*fit->enough));
	fit->scores = arena_alloc(arena, categories, sizeof(*fit->scores));
	fit->used = arena_alloc(arena, fit->len, sizeof(*fit->used));
	fit->sums = arena_alloc(arena, fit->len, sizeof(*fit->sums));
	fit->features = arena_alloc(arena, votes + 1,
	    sizeof(*fit->features));
	fit->votes = arena_alloc(arena, votes + 1, sizeof(*fit->votes));
	if (fit->by_rule == NULL || fit->truth == NULL ||
	    fit->enough == NULL || fit->scores == NULL ||
	    fit->used == NULL || fit->sums == NULL ||
	    fit->features == NULL || fit->votes == NULL)
		return false;
	for (i = 0; i < TAX_FIT__MAX; i++) {
		fit->unseen[i] = arena_alloc(arena, cells,
		    sizeof(*fit->unseen[i]));
		if (fit->unseen[i] == NULL)
			return false;
	}
	for (i = 0; i <= FIT_FOLDS; i++)
		if (!copy_taxonomy(fit, &fit->models[i]))
			return false;
	return turn_hits(fit);
}

/* What is true; how many categories have enough bugs? */
static size_t
read_gold(struct fit *fit)
{
	size_t bugs, enough = 0, category, i, j;

	for (i = 0; i < fit->len; i++)
		for (j = 0; j < fit->cases[i].bug.gold_len; j++)
			fit->truth[fit->cases[i].bug.gold[j] * fit->len + i] =
			    true;
	for (category = 0; category < fit->given->category_len; category++) {
		bugs = 0;
		for (i = 0; i < fit->len; i++)
			bugs += fit->truth[category * fit->len + i];
		fit->enough[category] = bugs >= FIT_LEAST;
		enough += bugs >= FIT_LEAST;
	}
	return enough;
}

/* To thousandths, in whole multiples of `grid`. */
static int
rounded(double value, int grid)
{
	double most = TAX_MAX_WEIGHT / grid;
	double steps = value * THOUSAND / grid;

	return (int)lround(fmax(-most, fmin(most, steps))) * grid;
}

/* The votes of a category as features. */
static size_t
list_features(struct fit *fit, struct taxonomy *model, size_t category)
{
	struct logistic_feature *feature;
	struct tax_rule *rule;
	size_t i, j, len = 0;

	for (i = 0; i < model->rule_len; i++) {
		rule = &model->rules[i];
		for (j = 0; j < rule->vote_len; j++) {
			if (rule->scheme != SIZE_MAX ||
			    rule->votes[j].target != category)
				continue;
			feature = &fit->features[len];
			memset(feature, 0, sizeof(*feature));
			feature->cases = fit->by_rule[i].cases;
			feature->len = fit->by_rule[i].len;
			feature->term.prior = FIT_SCALE *
			    rule->votes[j].weight / THOUSAND;
			feature->term.strength = FIT_STRENGTH;
			fit->votes[len++] = &rule->votes[j];
		}
	}
	return len;
}

/* Weights and base of one category, by the bugs outside the fold. */
static void
fit_weights(struct fit *fit, struct taxonomy *model, size_t category)
{
	struct logistic problem = { .len = fit->len, .used = fit->used,
	    .truth = &fit->truth[category * fit->len],
	    .features = fit->features, .sums = fit->sums,
	    .base = { -FIT_SCALE, FIT_BASE_STRENGTH, 0 } };
	struct logistic_feature *feature;
	size_t i;

	problem.feature_len = list_features(fit, model, category);
	logistic_fit(&problem);
	for (i = 0; i < problem.feature_len; i++) {
		feature = &fit->features[i];
		fit->votes[i]->weight = rounded(feature->term.value /
		    FIT_SCALE, FIT_GRID);
		feature->term.value = FIT_SCALE * fit->votes[i]->weight /
		    THOUSAND;
		feature->fixed = true;
	}
	logistic_fit(&problem);
	model->categories[category].base = rounded(
	    problem.base.value / FIT_SCALE + 1, 1);
}

static void
leave_out(struct fit *fit, size_t fold)
{
	size_t i;

	for (i = 0; i < fit->len; i++)
		fit->used[i] = fit->cases[i].fold != fold;
}

/* The scores of the bugs of a fold, by the model that never saw them. */
static void
score_unseen(struct fit *fit, size_t fold)
{
	size_t categories = fit->given->category_len, i, j, at;
	const struct fit_case *one;
	double score;

	for (i = 0; i < fit->len; i++) {
		one = &fit->cases[i];
		if (one->fold != fold)
			continue;
		score_categories(&fit->models[fold], &one->hits, NULL,
		    fit->scores);
		for (j = 0; j < categories; j++) {
			at = j * fit->len + i;
			score = (double)fit->scores[j].score / THOUSAND;
			fit->unseen[TAX_FIT_RULES][at] = score;
			if (one->neighbours != NULL)
				score += (double)one->neighbours[j] / THOUSAND;
			fit->unseen[TAX_FIT_NEIGHBOURS][at] = score;
		}
	}
}

/* Offset and slope of one category.  What is not fitted stays so. */
static void
fit_curve(struct fit *fit, struct taxonomy *model, size_t category,
    enum tax_fit_kind kind)
{
	struct tax_fit *out = &model->categories[category].fit[kind];
	struct logistic_curve curve = { .len = fit->len, .used = fit->used,
	    .truth = &fit->truth[category * fit->len],
	    .scores = &fit->unseen[kind][category * fit->len],
	    .offset = { -FIT_SCALE, FIT_OFFSET_STRENGTH, 0 },
	    .slope = { FIT_SCALE, FIT_SLOPE_STRENGTH, 0 } };
	const double pinned = 1e9;
	int slope;

	if (out->slope == 0)
		return;
	logistic_curve(&curve);
	slope = rounded(curve.slope.value, 1);
	if (slope < FIT_FLATTEST || slope > FIT_STEEPEST) {
		slope = slope < FIT_FLATTEST ? FIT_FLATTEST : FIT_STEEPEST;
		curve.slope.prior = (double)slope / THOUSAND;
		curve.slope.strength = pinned;
		logistic_curve(&curve);
	}
	out->slope = slope;
	out->offset = rounded(curve.offset.value, 1);
}

/* All offsets and slopes of a model, by the bugs outside its fold. */
static void
fit_curves(struct fit *fit, size_t fold)
{
	struct taxonomy *model = &fit->models[fold];
	bool voted = false;
	size_t i;

	leave_out(fit, fold);
	for (i = 0; i < model->category_len; i++)
		if (fit->enough[i])
			fit_curve(fit, model, i, TAX_FIT_RULES);
	for (i = 0; i < fit->len; i++) {
		fit->used[i] = fit->used[i] &&
		    fit->cases[i].neighbours != NULL;
		voted = voted || fit->used[i];
	}
	for (i = 0; voted && i < model->category_len; i++)
		if (fit->enough[i])
			fit_curve(fit, model, i, TAX_FIT_NEIGHBOURS);
}

/* What a model says of a bug, and what that adds up to. */
static bool
count_case(struct fit *fit, const struct taxonomy *model,
    const struct fit_case *one, struct eval_counts *counts, size_t *said,
    int64_t *expected)
{
	struct eval_bug bug = one->bug;
	size_t i;

	score_categories(model, &one->hits, one->neighbours, fit->scores);
	bug.said = said;
	for (i = 0; i < model->category_len; i++) {
		if (fit->scores[i].given)
			said[bug.said_len++] = i;
		expected[i] += fit->scores[i].chance >= 0 ?
		    fit->scores[i].chance :
		    fit->scores[i].given ? THOUSAND : 0;
	}
	if (bug.said_len == 0)
		said[bug.said_len++] = model->residual;
	return eval_count(&bug, counts);
}

/* The figures of the taxonomy as given, or of the folds. */
static const struct err *
judge(struct fit *fit, bool folds, struct fit_figures *out)
{
	size_t len = fit->given->category_len, i;
	struct eval_counts *counts;
	int64_t *expected, off = 0, all = 0;
	size_t *said;

	memset(out, 0, sizeof(*out));
	counts = arena_alloc(&fit->arena, len, sizeof(*counts));
	expected = arena_alloc(&fit->arena, len, sizeof(*expected));
	said = arena_alloc(&fit->arena, len, sizeof(*said));
	if (counts == NULL || expected == NULL || said == NULL)
		return refused(fit);
	for (i = 0; i < fit->len; i++)
		out->measure.exact += count_case(fit, folds ?
		    &fit->models[fit->cases[i].fold] : fit->given,
		    &fit->cases[i], counts, said, expected);
	out->measure.bugs = fit->len;
	eval_measure(counts, len, &out->measure);
	for (i = 0; i < len; i++) {
		expected[i] -= THOUSAND * (int64_t)counts[i].support;
		off += expected[i] < 0 ? -expected[i] : expected[i];
		all += THOUSAND * (int64_t)counts[i].support;
	}
	out->estimate_error = (double)off / (double)all;
	return NULL;
}

static void
count_changes(const struct fit *fit, struct fit_result *out)
{
	const struct tax_rule *before, *after;
	size_t i, j;

	for (i = 0; i < fit->given->rule_len; i++) {
		before = &fit->given->rules[i];
		after = &fit->models[WHOLE].rules[i];
		for (j = 0; j < before->vote_len; j++) {
			if (before->scheme != SIZE_MAX ||
			    !fit->enough[before->votes[j].target])
				continue;
			out->votes++;
			out->changed += before->votes[j].weight !=
			    after->votes[j].weight;
		}
	}
}

const struct err *
fit_run(struct fit *fit, struct fit_result *out)
{
	const struct err *err;
	size_t fold, i;

	memset(out, 0, sizeof(*out));
	out->bugs = fit->len;
	if (fit->len > 0 && !prepare(fit))
		return refused(fit);
	if (fit->len > 0)
		out->categories = read_gold(fit);
	if (out->categories == 0)
		return err_new(ERR_CHECK, "the fit: nothing to learn from: "
		    "%zu incidents have tags, and no category has %d of them: "
		    "import more", fit->len, FIT_LEAST);
	for (fold = 0; fold <= WHOLE; fold++) {
		leave_out(fit, fold);
		for (i = 0; i < fit->given->category_len; i++)
			if (fit->enough[i])
				fit_weights(fit, &fit->models[fold], i);
		score_unseen(fit, fold);
	}
	for (fold = 0; fold <= WHOLE; fold++)
		fit_curves(fit, fold);
	count_changes(fit, out);
	out->taxonomy = &fit->models[WHOLE];
	err = judge(fit, false, &out->before);
	return err != NULL ? err : judge(fit, true, &out->after);
}
