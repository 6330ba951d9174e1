/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* The data of an evaluation, as programs read it. */

#include "output/build_evaluate.h"

#include <stdio.h>

#include "taxonomy/taxonomy.h"
#include "classify/eval.h"
#include "output/build.h"
#include "output/build_common.h"
#include "output/report.h"
#include "output/value.h"

enum {
	THOUSAND = 1000
};

static const char *const votes[] = {
	[BUILD_VOTES_FOLDS] = "folds",
	[BUILD_VOTES_EARLIER] = "prequential",
	[BUILD_VOTES_NONE] = "none"
};

const char *
evaluate_digits(double share, char out[EVALUATE_DIGITS])
{
	out[0] = '\0';
	if (share >= 0)
		(void)snprintf(out, EVALUATE_DIGITS, "%.3f", share);
	return out;
}

double
evaluate_confidence(const struct eval_sure *tenth)
{
	return tenth->said == 0 ? EVAL_NONE : (double)tenth->confidence /
	    (double)tenth->said / THOUSAND;
}

static void
value_share(struct arena *arena, struct value *object, const char *key,
    double share)
{
	char text[EVALUATE_DIGITS];

	if (share < 0)
		value_null(arena, object, key);
	else
		value_decimal(arena, object, key, evaluate_digits(share, text));
}

static void
value_rates(struct arena *arena, struct value *object,
    const struct eval_rates *rates)
{
	value_share(arena, object, "precision", rates->precision);
	value_share(arena, object, "recall", rates->recall);
	value_share(arena, object, "f1", rates->f1);
}

static void
data_categories(struct arena *arena, struct value *data,
    const struct eval *eval)
{
	struct value *array = value_array(arena, data, "categories"), *object;
	const struct eval_counts *counts;
	struct eval_rates rates;
	size_t i;

	for (i = 0; i < eval->scheme->row_len; i++) {
		counts = &eval->counts[i];
		rates = eval_rates(counts);
		object = value_object(arena, array, NULL);
		value_text(arena, object, "id", eval->scheme->rows[i].id);
		value_number(arena, object, "support",
		    (int64_t)counts->support);
		value_number(arena, object, "predicted",
		    (int64_t)counts->said);
		value_number(arena, object, "tp", (int64_t)counts->right);
		value_number(arena, object, "fp",
		    (int64_t)(counts->said - counts->right));
		value_number(arena, object, "fn",
		    (int64_t)(counts->support - counts->right));
		value_rates(arena, object, &rates);
	}
}

static void
data_interval(struct arena *arena, struct value *object, const char *key,
    const struct eval_interval *interval)
{
	struct value *array = value_array(arena, object, key);

	value_share(arena, array, NULL, interval->low);
	value_share(arena, array, NULL, interval->high);
}

static void
data_calibration(struct arena *arena, struct value *data,
    const struct eval *eval)
{
	struct value *array = value_array(arena, data, "calibration"), *object;
	const struct eval_sure *tenth;
	unsigned i;

	for (i = 0; i < EVAL_TENTHS; i++) {
		tenth = &eval->tenths[i];
		object = value_object(arena, array, NULL);
		value_share(arena, object, "from", (double)i / EVAL_TENTHS);
		value_number(arena, object, "predicted",
		    (int64_t)tenth->said);
		value_number(arena, object, "tp", (int64_t)tenth->right);
		value_share(arena, object, "share",
		    eval_share(tenth->right, tenth->said));
		value_share(arena, object, "confidence",
		    evaluate_confidence(tenth));
	}
}

static void
data_measure(struct arena *arena, struct value *object,
    const struct eval_measure *measure)
{
	value_number(arena, object, "incidents", (int64_t)measure->bugs);
	value_rates(arena, value_object(arena, object, "micro"),
	    &measure->micro);
	value_rates(arena, value_object(arena, object, "macro"),
	    &measure->macro);
	value_share(arena, object, "exact_match", measure->exact_match);
	value_share(arena, object, "count_error", measure->count_error);
}

static void
data_periods(struct arena *arena, struct value *data,
    const struct eval *eval)
{
	struct value *array = value_array(arena, data, "periods"), *object;
	size_t i;

	for (i = 0; i < eval->period_len; i++) {
		object = value_object(arena, array, NULL);
		if (eval->periods[i].year != 0)
			value_number(arena, object, "year",
			    eval->periods[i].year);
		else
			value_null(arena, object, "year");
		data_measure(arena, object, &eval->periods[i].measure);
	}
}

static void
data_confusions(struct arena *arena, struct value *data,
    const struct eval *eval)
{
	struct value *array = value_array(arena, data, "confusion"), *object;
	const struct tax_row *rows = eval->scheme->rows;
	const struct eval_confusion *from;
	size_t i;

	for (i = 0; i < eval->confusion_len; i++) {
		from = &eval->confusions[i];
		object = value_object(arena, array, NULL);
		value_text(arena, object, "gold", rows[from->missed].id);
		value_text(arena, object, "predicted", rows[from->said].id);
		value_number(arena, object, "count", (int64_t)from->bug_len);
		build_numbers(arena, object, from->bugs, from->bug_len);
	}
}

void
evaluate_data(struct report *report, const struct build_evaluate *from)
{
	struct arena *arena = &report->arena;
	struct value *data = value_object_new(arena), *object;
	const struct eval *eval = from->eval;

	report->data = data;
	value_text(arena, data, "report", "evaluate");
	value_text(arena, data, "scheme", eval->scheme->id);
	data_measure(arena, data, &eval->measure);
	data_categories(arena, data, eval);
	value_text(arena, data, "gold",
	    from->gold != NULL ? from->name : "whiteboard");
	value_text(arena, data, "neighbours", votes[from->votes]);
	object = value_object(arena, data, "intervals");
	data_interval(arena, object, "micro", &eval->micro_f1);
	data_interval(arena, object, "macro", &eval->macro_f1);
	data_interval(arena, object, "exact_match", &eval->exact_match);
	value_share(arena, data, "estimate_error", eval->estimate_error);
	data_calibration(arena, data, eval);
	if (from->by_year)
		data_periods(arena, data, eval);
	data_confusions(arena, data, eval);
}
