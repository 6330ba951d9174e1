/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/build.h"

#include <inttypes.h>
#include <stdio.h>

#include "taxonomy/taxonomy.h"
#include "classify/eval.h"
#include "classify/gold.h"
#include "classify/select.h"
#include "output/build_common.h"
#include "output/build_evaluate.h"
#include "output/report.h"
#include "output/value.h"

enum {
	THOUSAND = 1000,
	SURE = EVAL_TENTHS - 1,	/* confidence of 0.9 and more */
	PAIRS_SHOWN = 20	/* to people; programs see them all */
};

/* What a bug of the file is that was not judged. */
static const char *const fates[GOLD_FATE__MAX] = {
	[GOLD_ABSENT] = "not in the store",
	[GOLD_OUTSIDE] = "outside the selection",
	[GOLD_COMPONENT] = "in a component without incidents"
};

/* The same for people: "-" for EVAL_NONE. */
static const char *
shown(double share, char out[EVALUATE_DIGITS])
{
	return share < 0 ? "-" : evaluate_digits(share, out);
}

static void
cell_share(struct report *report, struct row *row, size_t column,
    double share)
{
	char text[EVALUATE_DIGITS];

	if (share >= 0)
		report_cell_text(report, row, column,
		    evaluate_digits(share, text));
}

static void
cell_count(struct report *report, struct row *row, size_t column,
    size_t count)
{
	report_cell_number(report, row, column, CELL_COUNT, (int64_t)count);
}

static void
say_votes(struct report *report, struct block *block,
    const struct build_evaluate *from)
{
	switch (from->votes) {
	case BUILD_VOTES_FOLDS:
		report_textf(report, block, " Similar incidents voted with "
		    "their tags: those in the other %u of %u parts into "
		    "which bug numbers fall.", from->folds - 1,
		    from->folds);
		break;
	case BUILD_VOTES_EARLIER:
		report_text(report, block, " Similar incidents voted with "
		    "their tags: those that had been filed earlier.");
		break;
	case BUILD_VOTES_NONE:
		report_text(report, block, " Similar incidents had no vote.");
		break;
	}
}

static void
say_what(struct report *report, const struct build_evaluate *from,
    const struct selection *selection)
{
	struct block *block = report_block(report, BLOCK_PARAGRAPH);
	size_t count = from->eval->len;

	if (count == 0)
		report_text(report, block, "There is no incident");
	else if (count == 1)
		report_text(report, block, "The one incident");
	else
		report_textf(report, block, "The %zu incidents", count);
	build_cohort(report, block, selection, count <= 1);
	report_textf(report, block, " %s %s ",
	    selection->windowed ? "and" : "that",
	    count <= 1 ? "has" : "have");
	if (from->gold != NULL)
		report_textf(report, block, "labels in %s", from->name);
	else
		report_text(report, block, "a category as a tag");
	if (count > 0)
		report_textf(report, block, " %s judged by the rules, which "
		    "did not see the whiteboard, and compared with that",
		    build_plural((int64_t)count, "was", "were"));
	report_text(report, block, ".");
	say_votes(report, block, from);
	build_filters(report, block, selection);
}

/* Bugs of the gold file that were not judged, by reason. */
static void
say_unjudged(struct report *report, const struct gold *gold)
{
	struct arena *arena = &report->arena;
	struct value *array, *object;
	struct block *block;
	size_t i, len;
	int64_t *bugs;
	unsigned fate;

	if (gold == NULL)
		return;
	array = value_array(arena, report->data, "not_judged");
	for (fate = 0; fate < GOLD_JUDGED; fate++) {
		bugs = arena_alloc(arena, gold->len, sizeof(*bugs));
		for (i = 0, len = 0; bugs != NULL && i < gold->len; i++)
			if (gold->bugs[i].fate == fate)
				bugs[len++] = gold->bugs[i].bug;
		if (len == 0)
			continue;
		object = value_object(arena, array, NULL);
		value_text(arena, object, "reason", fates[fate]);
		value_number(arena, object, "count", (int64_t)len);
		build_numbers(arena, object, bugs, len);
		block = report_block(report, BLOCK_PARAGRAPH);
		report_textf(report, block, "Labelled, but %s: ", fates[fate]);
		for (i = 0; i < len && fate != GOLD_OUTSIDE; i++)
			report_textf(report, block, "%s%" PRId64,
			    i == 0 ? "" : ", ", bugs[i]);
		if (fate == GOLD_OUTSIDE)
			report_textf(report, block, "%zu %s", len,
			    build_plural((int64_t)len, "bug", "bugs"));
		report_text(report, block, ".");
	}
}

/* " (0.831 to 0.880)" */
static void
say_interval(struct report *report, struct block *block,
    const struct eval_interval *interval)
{
	char low[EVALUATE_DIGITS], high[EVALUATE_DIGITS];

	if (interval->low >= 0)
		report_textf(report, block, " (%s to %s)",
		    evaluate_digits(interval->low, low),
		    evaluate_digits(interval->high, high));
}

/* "precision 0.900, recall 0.818, F1 0.857 (0.831 to 0.880)" */
static void
say_rates(struct report *report, struct block *block, const char *name,
    const struct eval_rates *rates, const struct eval_interval *interval)
{
	char precision[EVALUATE_DIGITS], recall[EVALUATE_DIGITS];
	char f1[EVALUATE_DIGITS];

	report_item(report, block);
	report_strong(report, block, name);
	report_textf(report, block, ": precision %s, recall %s, F1 %s",
	    shown(rates->precision, precision),
	    shown(rates->recall, recall), shown(rates->f1, f1));
	say_interval(report, block, interval);
}

static void
say_figures(struct report *report, const struct eval *eval)
{
	const struct eval_measure *measure = &eval->measure;
	const struct eval_sure *sure = &eval->tenths[SURE];
	struct block *block = report_block(report, BLOCK_LIST);
	char text[EVALUATE_DIGITS];

	say_rates(report, block, "Micro", &measure->micro, &eval->micro_f1);
	say_rates(report, block, "Macro", &measure->macro, &eval->macro_f1);
	report_item(report, block);
	report_strong(report, block, "All labels right");
	report_textf(report, block, ": %zu of %zu, %s", measure->exact,
	    measure->bugs, shown(measure->exact_match, text));
	say_interval(report, block, &eval->exact_match);
	report_item(report, block);
	report_strong(report, block, "Count error");
	report_textf(report, block, ": %s; of estimates ",
	    shown(measure->count_error, text));
	report_text(report, block, shown(eval->estimate_error, text));
	if (sure->said > 0) {
		report_item(report, block);
		report_strong(report, block, "Sure");
		report_textf(report, block, ": of %zu %s given with a "
		    "confidence of 0.9 or more, %zu %s right, %s",
		    sure->said, build_plural((int64_t)sure->said, "label",
		    "labels"), sure->right,
		    build_plural((int64_t)sure->right, "is", "are"),
		    evaluate_digits(eval_share(sure->right, sure->said),
		    text));
	}
	report_textf(report, report_block(report, BLOCK_PARAGRAPH),
	    "In parentheses: the middle 95 %% of %d resamples of the "
	    "incidents.", EVAL_RESAMPLES);
}

static void
add_labels(struct report *report, const struct eval *eval)
{
	enum { ID, TITLE, SUPPORT, SAID, RIGHT, WRONG, MISSED, PRECISION,
		RECALL, F1, ESTIMATE };
	struct table *table = report_table(report, NULL);
	const struct eval_counts *counts;
	struct eval_rates rates;
	char text[EVALUATE_DIGITS + EVALUATE_DIGITS];
	struct row *row;
	size_t i;

	report_column(report, table, "id", "Id", false, FOR_PROGRAMS);
	report_column(report, table, "title", eval->scheme->heading, false,
	    FOR_ALL);
	report_column(report, table, "support", "Gold", true, FOR_ALL);
	report_column(report, table, "predicted", "Given", true, FOR_ALL);
	report_column(report, table, "tp", "Right", true, FOR_ALL);
	report_column(report, table, "fp", "Wrong", true, FOR_ALL);
	report_column(report, table, "fn", "Missed", true, FOR_ALL);
	report_column(report, table, "precision", "Precision", true,
	    FOR_ALL);
	report_column(report, table, "recall", "Recall", true, FOR_ALL);
	report_column(report, table, "f1", "F1", true, FOR_ALL);
	report_column(report, table, "estimate", "Estimate", true, FOR_ALL);
	for (i = 0; i < eval->scheme->row_len; i++) {
		counts = &eval->counts[i];
		rates = eval_rates(counts);
		row = report_row(report, table);
		report_cell_text(report, row, ID, eval->scheme->rows[i].id);
		report_cell_text(report, row, TITLE,
		    eval->scheme->rows[i].title);
		cell_count(report, row, SUPPORT, counts->support);
		cell_count(report, row, SAID, counts->said);
		cell_count(report, row, RIGHT, counts->right);
		cell_count(report, row, WRONG, counts->said - counts->right);
		cell_count(report, row, MISSED,
		    counts->support - counts->right);
		cell_share(report, row, PRECISION, rates.precision);
		cell_share(report, row, RECALL, rates.recall);
		cell_share(report, row, F1, rates.f1);
		(void)snprintf(text, sizeof(text), "%.1f",
		    (double)eval->expected[i] / THOUSAND);
		report_cell_text(report, row, ESTIMATE, text);
	}
}

static void
add_years(struct report *report, const struct eval *eval)
{
	enum { YEAR, BUGS, MICRO, MACRO, EXACT };
	const struct eval_period *period;
	struct table *table;
	struct row *row;
	char text[EVALUATE_DIGITS + EVALUATE_DIGITS];
	size_t i;

	report_heading(report, 2, "By Year of Filing");
	table = report_table(report, NULL);
	report_column(report, table, "year", "Year", false, FOR_ALL);
	report_column(report, table, "incidents", "Incidents", true,
	    FOR_ALL);
	report_column(report, table, "micro", "Micro F1", true, FOR_ALL);
	report_column(report, table, "macro", "Macro F1", true, FOR_ALL);
	report_column(report, table, "exact", "All right", true, FOR_ALL);
	for (i = 0; i < eval->period_len; i++) {
		period = &eval->periods[i];
		row = report_row(report, table);
		(void)snprintf(text, sizeof(text), "%" PRId64, period->year);
		report_cell_text(report, row, YEAR,
		    period->year != 0 ? text : "unknown");
		cell_count(report, row, BUGS, period->measure.bugs);
		cell_share(report, row, MICRO, period->measure.micro.f1);
		cell_share(report, row, MACRO, period->measure.macro.f1);
		cell_share(report, row, EXACT, period->measure.exact_match);
	}
}

static void
add_calibration(struct report *report, const struct eval *eval)
{
	enum { RANGE, SAID, RIGHT, SHARE, CONFIDENCE };
	const struct eval_sure *tenth;
	struct table *table;
	struct row *row;
	char text[EVALUATE_DIGITS];
	size_t said = 0;
	unsigned i;

	for (i = 0; i < EVAL_TENTHS; i++)
		said += eval->tenths[i].said;
	if (said == 0)
		return;
	report_heading(report, 2, "Confidence");
	report_text(report, report_block(report, BLOCK_PARAGRAPH),
	    "How many of the labels given with a confidence are right: the "
	    "two last columns should agree.");
	table = report_table(report, NULL);
	report_column(report, table, "from", "Confidence", false, FOR_ALL);
	report_column(report, table, "said", "Given", true, FOR_ALL);
	report_column(report, table, "right", "Right", true, FOR_ALL);
	report_column(report, table, "share", "Share right", true, FOR_ALL);
	report_column(report, table, "confidence", "Mean confidence", true,
	    FOR_ALL);
	for (i = 0; i < EVAL_TENTHS; i++) {
		tenth = &eval->tenths[i];
		row = report_row(report, table);
		(void)snprintf(text, sizeof(text), "0.%u to %u.%u", i,
		    (i + 1) / EVAL_TENTHS, (i + 1) % EVAL_TENTHS);
		report_cell_text(report, row, RANGE, text);
		cell_count(report, row, SAID, tenth->said);
		cell_count(report, row, RIGHT, tenth->right);
		cell_share(report, row, SHARE,
		    eval_share(tenth->right, tenth->said));
		cell_share(report, row, CONFIDENCE, evaluate_confidence(tenth));
	}
}

static void
add_confusions(struct report *report, const struct eval *eval)
{
	enum { MISSED, SAID, BUGS };
	const struct tax_row *rows = eval->scheme->rows;
	const struct eval_confusion *from;
	struct table *table;
	struct row *row;
	size_t i;

	if (eval->confusion_len == 0)
		return;
	report_heading(report, 2, "Confusion");
	table = report_table(report, NULL);
	report_column(report, table, "missed", "Missed", false, FOR_ALL);
	report_column(report, table, "said", "Given instead", false, FOR_ALL);
	report_column(report, table, "count", "Incidents", true, FOR_ALL);
	for (i = 0; i < eval->confusion_len && i < PAIRS_SHOWN; i++) {
		from = &eval->confusions[i];
		row = report_row(report, table);
		report_cell_text(report, row, MISSED, rows[from->missed].title);
		report_cell_text(report, row, SAID, rows[from->said].title);
		report_cell_bugs(report, row, BUGS, CELL_COUNT,
		    (int64_t)from->bug_len, from->bugs, from->bug_len);
	}
	if (eval->confusion_len > PAIRS_SHOWN)
		report_textf(report, report_block(report, BLOCK_PARAGRAPH),
		    "Less frequent pairs are left out here: %zu. The JSON has "
		    "them all.", eval->confusion_len - PAIRS_SHOWN);
}

void
build_evaluate(struct report *report, const struct build_evaluate *evaluate,
    const struct selection *selection, const struct build_source *source)
{
	const struct eval *eval = evaluate->eval;

	evaluate_data(report, evaluate);
	build_past_data(report, source);
	report_heading(report, 1, report->title);
	report_summary(report, "%zu %s judged", eval->len,
	    build_plural((int64_t)eval->len, "incident", "incidents"));
	say_what(report, evaluate, selection);
	say_unjudged(report, evaluate->gold);
	if (eval->len > 0)
		say_figures(report, eval);
	add_labels(report, eval);
	if (evaluate->by_year)
		add_years(report, eval);
	add_calibration(report, eval);
	add_confusions(report, eval);
	build_past(report, source);
	build_source_line(report, source);
}
