/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Intervals by the bootstrap (Efron, "Bootstrap methods: another look at
 * the jackknife", 1979): as many bugs as there are, drawn from them with
 * replacement, again and again. */

#include "classify/eval.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "taxonomy/taxonomy.h"
#include "classify/splitmix.h"

enum {
	/* Resamples beyond the interval on either side: 2.5 percent. */
	BEYOND = EVAL_RESAMPLES * 25 / 1000
};

/* The figures of all resamples. */
struct figures {
	double micro[EVAL_RESAMPLES];
	double macro[EVAL_RESAMPLES];
	double exact[EVAL_RESAMPLES];
};

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static struct eval_interval
interval(double *figures)
{
	struct eval_interval found;

	qsort(figures, EVAL_RESAMPLES, sizeof(*figures), by_size);
	found.low = figures[BEYOND];
	found.high = figures[EVAL_RESAMPLES - 1 - BEYOND];
	return found;
}

/* One resample. */
static void
draw(const struct eval *eval, uint64_t *state, struct eval_counts *counts,
    struct eval_measure *measure)
{
	size_t i, rows = eval->scheme->row_len;

	memset(counts, 0, rows * sizeof(*counts));
	memset(measure, 0, sizeof(*measure));
	measure->bugs = eval->len;
	for (i = 0; i < eval->len; i++)
		measure->exact += eval_count(
		    &eval->bugs[splitmix_next(state) % eval->len], counts);
	eval_measure(counts, rows, measure);
}

const struct err *
eval_resample(struct eval *eval)
{
	uint64_t state = EVAL_SEED;
	struct eval_measure measure;
	struct eval_counts *counts;
	struct figures *figures;
	size_t i;

	counts = mem_alloc(eval->scheme->row_len, sizeof(*counts));
	figures = mem_alloc(1, sizeof(*figures));
	if (counts == NULL || figures == NULL) {
		mem_free(counts);
		mem_free(figures);
		return err_memory();
	}
	for (i = 0; i < EVAL_RESAMPLES; i++) {
		draw(eval, &state, counts, &measure);
		figures->micro[i] = measure.micro.f1;
		figures->macro[i] = measure.macro.f1;
		figures->exact[i] = measure.exact_match;
	}
	eval->micro_f1 = interval(figures->micro);
	eval->macro_f1 = interval(figures->macro);
	eval->exact_match = interval(figures->exact);
	mem_free(counts);
	mem_free(figures);
	return NULL;
}
