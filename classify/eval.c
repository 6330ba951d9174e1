/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/eval.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "taxonomy/taxonomy.h"
#include "classify/splitmix.h"

enum {
	THOUSAND = 1000
};

/* A missed and a wrongly said row of one bug. */
struct eval_pair {
	size_t missed, said;
	int64_t bug;
};

void
eval_init(struct eval *eval, const struct tax_scheme *scheme)
{
	memset(eval, 0, sizeof(*eval));
	eval->scheme = scheme;
	arena_init(&eval->arena, EVAL_MAX_BYTES);
}

void
eval_release(struct eval *eval)
{
	mem_free(eval->counts);
	mem_free(eval->expected);
	mem_free(eval->bugs);
	mem_free(eval->pairs);
	arena_release(&eval->arena);
	eval_init(eval, eval->scheme);
}

/* The rows, before anything else is done. */
static bool
begin(struct eval *eval)
{
	size_t len = eval->scheme->row_len;

	if (eval->counts == NULL)
		eval->counts = mem_alloc(len, sizeof(*eval->counts));
	if (eval->expected == NULL)
		eval->expected = mem_alloc(len, sizeof(*eval->expected));
	return eval->counts != NULL && eval->expected != NULL;
}

static bool
has(const size_t *rows, size_t len, size_t row)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (rows[i] == row)
			return true;
	return false;
}

bool
eval_count(const struct eval_bug *bug, struct eval_counts *counts)
{
	size_t i, right = 0;

	for (i = 0; i < bug->gold_len; i++)
		counts[bug->gold[i]].support++;
	for (i = 0; i < bug->said_len; i++) {
		counts[bug->said[i]].said++;
		if (has(bug->gold, bug->gold_len, bug->said[i])) {
			counts[bug->said[i]].right++;
			right++;
		}
	}
	return right == bug->gold_len && right == bug->said_len;
}

static void
add_chances(struct eval *eval, const struct eval_bug *bug)
{
	size_t i;
	int chance;

	for (i = 0; i < eval->scheme->row_len; i++) {
		chance = bug->chances != NULL ? bug->chances[i] : -1;
		if (chance < 0)
			chance = has(bug->said, bug->said_len, i) ?
			    THOUSAND : 0;
		eval->expected[i] += chance;
	}
}

static void
add_sure(struct eval *eval, const struct eval_bug *bug)
{
	struct eval_sure *tenth;
	size_t i;
	int sure;

	for (i = 0; bug->sure != NULL && i < bug->said_len; i++) {
		sure = bug->sure[bug->said[i]];
		if (sure < 0)
			continue;
		tenth = &eval->tenths[sure < THOUSAND ?
		    sure * EVAL_TENTHS / THOUSAND : EVAL_TENTHS - 1];
		tenth->said++;
		tenth->right += has(bug->gold, bug->gold_len, bug->said[i]);
		tenth->confidence += sure;
	}
}

static bool
add_pairs(struct eval *eval, const struct eval_bug *bug)
{
	struct eval_pair *grown;
	size_t i, j;

	for (i = 0; i < bug->gold_len; i++) {
		if (has(bug->said, bug->said_len, bug->gold[i]))
			continue;
		for (j = 0; j < bug->said_len; j++) {
			if (has(bug->gold, bug->gold_len, bug->said[j]))
				continue;
			grown = mem_room(eval->pairs, eval->pair_len,
			    &eval->pair_cap, sizeof(*grown));
			if (grown == NULL)
				return false;
			eval->pairs = grown;
			grown[eval->pair_len++] = (struct eval_pair){
			    bug->gold[i], bug->said[j], bug->bug };
		}
	}
	return true;
}

/* A copy in the arena; NULL for want of memory. */
static size_t *
keep(struct eval *eval, const size_t *rows, size_t len)
{
	size_t *copy = arena_alloc(&eval->arena, len, sizeof(*copy));

	if (copy != NULL && len > 0)
		memcpy(copy, rows, len * sizeof(*copy));
	return copy;
}

const struct err *
eval_add(struct eval *eval, const struct eval_bug *bug)
{
	struct eval_bug *grown, copy = *bug;

	grown = mem_room(eval->bugs, eval->len, &eval->cap,
	    sizeof(*grown));
	if (grown == NULL)
		return err_memory();
	eval->bugs = grown;
	copy.gold = keep(eval, bug->gold, bug->gold_len);
	copy.said = keep(eval, bug->said, bug->said_len);
	copy.chances = copy.sure = NULL;
	if (copy.gold == NULL || copy.said == NULL || !begin(eval) ||
	    !add_pairs(eval, bug))
		return err_memory();
	eval->bugs[eval->len++] = copy;
	eval->measure.bugs++;
	eval->measure.exact += eval_count(bug, eval->counts);
	add_chances(eval, bug);
	add_sure(eval, bug);
	return NULL;
}

double
eval_share(size_t a, size_t b)
{
	return b > 0 ? (double)a / (double)b : EVAL_NONE;
}

struct eval_rates
eval_rates(const struct eval_counts *counts)
{
	struct eval_rates rates;

	rates.precision = eval_share(counts->right, counts->said);
	rates.recall = eval_share(counts->right, counts->support);
	rates.f1 = eval_share(2 * counts->right,
	    counts->said + counts->support);
	return rates;
}

void
eval_measure(const struct eval_counts *counts, size_t len,
    struct eval_measure *measure)
{
	struct eval_counts all = { 0, 0, 0 };
	struct eval_rates rates, sum = { 0, 0, 0 };
	size_t i, rows = 0, off = 0;

	for (i = 0; i < len; i++) {
		all.support += counts[i].support;
		all.said += counts[i].said;
		all.right += counts[i].right;
		off += counts[i].said > counts[i].support ?
		    counts[i].said - counts[i].support :
		    counts[i].support - counts[i].said;
		if (counts[i].support == 0)
			continue;
		rates = eval_rates(&counts[i]);
		sum.precision += counts[i].said > 0 ? rates.precision : 0;
		sum.recall += rates.recall;
		sum.f1 += rates.f1;
		rows++;
	}
	measure->micro = eval_rates(&all);
	measure->macro = (struct eval_rates){ EVAL_NONE, EVAL_NONE,
	    EVAL_NONE };
	if (rows > 0)
		measure->macro = (struct eval_rates){
		    sum.precision / (double)rows, sum.recall / (double)rows,
		    sum.f1 / (double)rows };
	measure->exact_match = eval_share(measure->exact, measure->bugs);
	measure->count_error = eval_share(off, all.support);
}

unsigned
eval_fold(int64_t bug, unsigned folds)
{
	uint64_t state = (uint64_t)bug;

	return (unsigned)(splitmix_next(&state) % folds);
}

static int
by_pair(const void *a, const void *b)
{
	const struct eval_pair *x = a, *y = b;

	if (x->missed != y->missed)
		return x->missed < y->missed ? -1 : 1;
	if (x->said != y->said)
		return x->said < y->said ? -1 : 1;
	return (x->bug > y->bug) - (x->bug < y->bug);
}

static int
by_frequency(const void *a, const void *b)
{
	const struct eval_confusion *x = a, *y = b;

	if (x->bug_len != y->bug_len)
		return x->bug_len > y->bug_len ? -1 : 1;
	if (x->missed != y->missed)
		return x->missed < y->missed ? -1 : 1;
	return (x->said > y->said) - (x->said < y->said);
}

/* Gather the pairs. */
static bool
confuse(struct eval *eval)
{
	struct eval_confusion *to = NULL;
	const struct eval_pair *pair;
	int64_t *bugs;
	size_t i;

	bugs = arena_alloc(&eval->arena, eval->pair_len, sizeof(*bugs));
	eval->confusions = arena_alloc(&eval->arena, eval->pair_len,
	    sizeof(*eval->confusions));
	if (bugs == NULL || eval->confusions == NULL)
		return false;
	if (eval->pair_len > 0)
		qsort(eval->pairs, eval->pair_len, sizeof(*eval->pairs),
		    by_pair);
	for (i = 0; i < eval->pair_len; i++) {
		pair = &eval->pairs[i];
		bugs[i] = pair->bug;
		if (to == NULL || to->missed != pair->missed ||
		    to->said != pair->said) {
			to = &eval->confusions[eval->confusion_len++];
			to->missed = pair->missed;
			to->said = pair->said;
			to->bugs = &bugs[i];
		}
		to->bug_len++;
	}
	if (eval->confusion_len > 0)
		qsort(eval->confusions, eval->confusion_len,
		    sizeof(*eval->confusions), by_frequency);
	return true;
}

static int
by_year(const void *a, const void *b)
{
	const struct eval_bug *x = *(const struct eval_bug *const *)a;
	const struct eval_bug *y = *(const struct eval_bug *const *)b;

	if (x->year != y->year)
		return x->year < y->year ? -1 : 1;
	return (x->bug > y->bug) - (x->bug < y->bug);
}

/* Count each year by itself. */
static bool
divide(struct eval *eval, const struct eval_bug **sorted,
    struct eval_counts *counts)
{
	size_t i, rows = eval->scheme->row_len;
	struct eval_period *period = NULL;

	for (i = 0; i < eval->len; i++)
		sorted[i] = &eval->bugs[i];
	if (eval->len > 0)
		qsort(sorted, eval->len, sizeof(*sorted), by_year);
	for (i = 0; i < eval->len; i++)
		if (i == 0 || sorted[i]->year != sorted[i - 1]->year)
			eval->period_len++;
	eval->periods = arena_alloc(&eval->arena, eval->period_len,
	    sizeof(*eval->periods));
	if (eval->periods == NULL)
		return false;
	for (i = 0; i < eval->len; i++) {
		if (period == NULL || period->year != sorted[i]->year) {
			period = period == NULL ? eval->periods : period + 1;
			period->year = sorted[i]->year;
			memset(counts, 0, rows * sizeof(*counts));
		}
		period->measure.bugs++;
		period->measure.exact += eval_count(sorted[i], counts);
		if (i + 1 == eval->len ||
		    sorted[i + 1]->year != period->year)
			eval_measure(counts, rows, &period->measure);
	}
	return true;
}

static void
check_estimate(struct eval *eval)
{
	int64_t off = 0, gold = 0, here;
	size_t i;

	for (i = 0; i < eval->scheme->row_len; i++) {
		here = (int64_t)eval->counts[i].support * THOUSAND;
		gold += here;
		here -= eval->expected[i];
		off += here < 0 ? -here : here;
	}
	eval->estimate_error = eval_share((size_t)off, (size_t)gold);
}

const struct err *
eval_finish(struct eval *eval)
{
	const struct eval_bug **sorted;
	struct eval_counts *counts;
	bool good;

	sorted = mem_alloc(eval->len, sizeof(*sorted));
	counts = mem_alloc(eval->scheme->row_len, sizeof(*counts));
	good = sorted != NULL && counts != NULL && begin(eval) &&
	    divide(eval, sorted, counts) && confuse(eval);
	mem_free(sorted);
	mem_free(counts);
	if (!good)
		return err_memory();
	eval_measure(eval->counts, eval->scheme->row_len, &eval->measure);
	check_estimate(eval);
	return eval_resample(eval);
}
