/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/build.h"

#include "classify/fit.h"
#include "output/build_common.h"
#include "output/build_evaluate.h"
#include "output/report.h"
#include "output/value.h"
#include "taxonomy/taxonomy.h"

enum fit_column {
	COLUMN_FIGURE,
	COLUMN_BEFORE,
	COLUMN_AFTER
};

static void
add_figure(struct report *report, struct table *table, const char *id,
    const char *title, double before, double after)
{
	struct arena *arena = &report->arena;
	struct value *object = value_object(arena, report->data, id);
	struct row *row = report_row(report, table);
	char digits[EVALUATE_DIGITS];

	report_cell_text(report, row, COLUMN_FIGURE, title);
	report_cell_text(report, row, COLUMN_BEFORE,
	    evaluate_digits(before, digits));
	value_decimal(arena, object, "before", digits);
	report_cell_text(report, row, COLUMN_AFTER,
	    evaluate_digits(after, digits));
	value_decimal(arena, object, "after", digits);
}

static void
add_figures(struct report *report, const struct fit_result *fit)
{
	const struct eval_measure *before = &fit->before.measure;
	const struct eval_measure *after = &fit->after.measure;
	struct table *table = report_table(report, NULL);

	report_column(report, table, "figure", "Figure", false, FOR_ALL);
	report_column(report, table, "before", "As It Stands", true, FOR_ALL);
	report_column(report, table, "after", "Ten Folds", true, FOR_ALL);
	add_figure(report, table, "micro_f1", "F1, micro", before->micro.f1,
	    after->micro.f1);
	add_figure(report, table, "macro_f1", "F1, macro", before->macro.f1,
	    after->macro.f1);
	add_figure(report, table, "exact_match", "Exact",
	    before->exact_match, after->exact_match);
	add_figure(report, table, "count_error", "Count error",
	    before->count_error, after->count_error);
	add_figure(report, table, "estimate_error", "Count error, estimated",
	    fit->before.estimate_error, fit->after.estimate_error);
}

void
build_fit(struct report *report, const struct taxonomy *taxonomy,
    const struct fit_result *fit)
{
	struct arena *arena = &report->arena;
	size_t kept = taxonomy->category_len - fit->categories;
	struct block *block;
	struct value *data;

	report_heading(report, 1, report->title);
	data = report->data = value_object_new(arena);
	value_text(arena, data, "report", "taxonomy-fit");
	value_text(arena, data, "taxonomy", taxonomy->version);
	value_text(arena, data, "taxonomy_sha256", taxonomy->sha256);
	value_number(arena, data, "bugs", (int64_t)fit->bugs);
	value_number(arena, data, "categories", (int64_t)fit->categories);
	value_number(arena, data, "categories_kept",
	    (int64_t)kept);
	value_number(arena, data, "weights", (int64_t)fit->votes);
	value_number(arena, data, "weights_changed", (int64_t)fit->changed);
	block = report_block(report, BLOCK_PARAGRAPH);
	report_textf(report, block, "Taxonomy %s, fitted to the tags of %zu "
	    "%s: %zu of %zu weights change.", taxonomy->version, fit->bugs,
	    build_plural((int64_t)fit->bugs, "incident", "incidents"),
	    fit->changed, fit->votes);
	if (kept > 0)
		report_textf(report, block, " %zu of %zu categories stay as "
		    "they are, having fewer than %d incidents.", kept,
		    taxonomy->category_len, FIT_LEAST);
	add_figures(report, fit);
	report_textf(report, report_note(report),
	    "As it stands: the weights may have been fitted to these very "
	    "bugs. Ten folds: each tenth is judged by what was fitted to the "
	    "others, beginning at the weights as they stand: where these know "
	    "the bugs, so do the folds.");
}
