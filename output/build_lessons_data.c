/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/build_lessons.h"

#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "taxonomy/taxonomy.h"
#include "classify/lessons.h"
#include "classify/select.h"
#include "output/build.h"
#include "output/build_common.h"
#include "output/report.h"
#include "output/value.h"

static const char *const part_key[TAX_PART__MAX] = {
	[TAX_PART_OBSERVED] = "observed",
	[TAX_PART_CAUSE] = "causes",
	[TAX_PART_MEASURE] = "measures"
};

static const struct tax_row *
theme_row(const struct lessons *lessons, const struct lesson_theme *theme)
{
	return &lessons->groups->rows[theme->row];
}

void
build_lessons_evidence(struct report *report, const struct lessons *lessons,
    const struct lesson_theme *theme)
{
	const struct taxonomy *taxonomy = lessons->taxonomy;
	const struct lesson_words *words;
	struct table *table;
	struct row *row;
	size_t i;

	table = report_table(report, "Evidence");
	if (table == NULL)
		return;
	table->audience = FOR_PEOPLE;
	report_column(report, table, "statement", "Statement", false,
	    FOR_ALL);
	report_column(report, table, "bug", "Bug", true, FOR_ALL);
	report_column(report, table, "comment", "Comment", true, FOR_ALL);
	report_column(report, table, "words", "Words", false, FOR_ALL);
	for (i = 0; i < theme->evidence_len; i++) {
		words = &theme->evidence[i];
		row = report_row(report, table);
		report_cell_text(report, row, 0,
		    taxonomy->facets[words->facet].problem);
		report_cell_number(report, row, 1, CELL_BUG, words->bug);
		if (words->comment >= 0)
			report_cell_number(report, row, 2, CELL_COUNT,
			    words->comment);
		report_cell_text(report, row, 3, words->text);
	}
}

static void
add_rows(struct report *report, struct table *table,
    const struct lessons *lessons, const struct lesson_theme *theme,
    enum tax_part part)
{
	const struct lesson_facet *from;
	const struct tax_facet *facet;
	struct row *row;
	size_t i;

	for (i = 0; i < theme->facet_len[part]; i++) {
		from = &theme->facets[part][i];
		facet = &lessons->taxonomy->facets[from->facet];
		row = report_row(report, table);
		report_cell_text(report, row, 0,
		    theme_row(lessons, theme)->id);
		report_cell_text(report, row, 1, part_key[part]);
		report_cell_text(report, row, 2, facet->id);
		report_cell_text(report, row, 3, facet->problem);
		report_cell_text(report, row, 4, facet->phrase);
		report_cell_text(report, row, 5, facet->advice);
		report_cell_number(report, row, 6, CELL_COUNT,
		    (int64_t)from->bug_len);
		report_cell_number(report, row, 7, CELL_COUNT,
		    (int64_t)from->before);
		report_cell_bugs(report, row, 8, CELL_BUGS, 0, from->bugs,
		    from->bug_len);
	}
}

/* For programs: a line a facet of a theme. */
static void
add_table(struct report *report, const struct lessons *lessons)
{
	static const char *const ids[] = { "theme", "part", "facet",
	    "problem", "phrase", "advice", "count", "before", "bugs" };
	struct table *table = report_table(report, NULL);
	size_t i, part;

	if (table == NULL)
		return;
	table->audience = FOR_PROGRAMS;
	for (i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		report_column(report, table, ids[i], ids[i], false, FOR_ALL);
	for (i = 0; i < lessons->theme_len; i++)
		for (part = 0; part < TAX_PART__MAX; part++)
			add_rows(report, table, lessons, &lessons->themes[i],
			    (enum tax_part)part);
}

static void
add_facets(struct arena *arena, struct value *object,
    const struct taxonomy *taxonomy, const struct lesson_facet *facets,
    size_t len, const char *key)
{
	struct value *array = value_array(arena, object, key), *to;
	const struct tax_facet *facet;
	size_t i;

	for (i = 0; i < len; i++) {
		facet = &taxonomy->facets[facets[i].facet];
		to = value_object(arena, array, NULL);
		value_text(arena, to, "id", facet->id);
		value_text(arena, to, "problem", facet->problem);
		value_text(arena, to, "phrase", facet->phrase);
		value_text(arena, to, "advice", facet->advice);
		value_number(arena, to, "count", (int64_t)facets[i].bug_len);
		value_number(arena, to, "before", (int64_t)facets[i].before);
		build_numbers(arena, to, facets[i].bugs, facets[i].bug_len);
	}
}

static void
add_words(struct arena *arena, struct value *object,
    const struct taxonomy *taxonomy, const struct lesson_words *words,
    size_t len, const char *key, size_t most)
{
	struct value *array = value_array(arena, object, key), *to;
	size_t i, said = 0;

	for (i = 0; i < len && said < most; i++) {
		/* A candidate for quotation that was not fit. */
		if (words[i].text == NULL && most == LESSONS_QUOTES)
			continue;
		to = value_object(arena, array, NULL);
		value_text(arena, to, "facet",
		    taxonomy->facets[words[i].facet].id);
		value_number(arena, to, "bug", words[i].bug);
		if (words[i].comment >= 0)
			value_number(arena, to, "comment",
			    words[i].comment);
		else
			value_null(arena, to, "comment");
		value_text(arena, to, "rule",
		    taxonomy->rules[words[i].rule].id);
		value_number(arena, to, "start", (int64_t)words[i].start);
		value_number(arena, to, "end", (int64_t)words[i].end);
		value_text(arena, to, "text", words[i].text);
		said++;
	}
}

static void
add_theme(struct arena *arena, struct value *array,
    const struct lessons *lessons, const struct lesson_theme *theme)
{
	const struct taxonomy *taxonomy = lessons->taxonomy;
	const struct tax_row *row = theme_row(lessons, theme);
	struct value *object = value_object(arena, array, NULL), *to;
	size_t i;

	value_text(arena, object, "id", row->id);
	value_text(arena, object, "title", row->title);
	value_number(arena, object, "count", (int64_t)theme->bug_len);
	value_number(arena, object, "before", (int64_t)theme->before);
	build_numbers(arena, object, theme->bugs, theme->bug_len);
	to = value_array(arena, object, "owners");
	for (i = 0; i < theme->owner_len; i++) {
		struct value *owner = value_object(arena, to, NULL);

		value_text(arena, owner, "name", theme->owners[i].name);
		value_number(arena, owner, "count",
		    (int64_t)theme->owners[i].bugs);
	}
	for (i = 0; i < TAX_PART__MAX; i++)
		add_facets(arena, object, taxonomy, theme->facets[i],
		    theme->facet_len[i], part_key[i]);
	add_words(arena, object, taxonomy, theme->quotes, theme->quote_len,
	    "quotes", LESSONS_QUOTES);
	if (lessons->words)
		add_words(arena, object, taxonomy, theme->evidence,
		    theme->evidence_len, "evidence", SIZE_MAX);
}

static void
add_recommendations(struct arena *arena, struct value *root,
    const struct lessons *lessons)
{
	const struct taxonomy *taxonomy = lessons->taxonomy;
	struct value *array = value_array(arena, root, "recommendations");
	const struct lesson_recommendation *from;
	const struct tax_recommendation *what;
	struct value *to;
	size_t i;

	for (i = 0; i < lessons->recommendation_len; i++) {
		from = &lessons->recommendations[i];
		what = &taxonomy->recommendations[from->recommendation];
		to = value_object(arena, array, NULL);
		value_text(arena, to, "id", what->id);
		value_text(arena, to, "title", what->title);
		value_text(arena, to, "text", what->text);
		value_number(arena, to, "count", (int64_t)from->bug_len);
		build_numbers(arena, to, from->bugs, from->bug_len);
		add_facets(arena, to, taxonomy, from->facets,
		    from->facet_len, "facets");
	}
}

void
build_lessons_values(struct report *report, struct value *root,
    const struct lessons *lessons)
{
	struct arena *arena = &report->arena;
	struct value *themes = value_array(arena, root, "themes");
	size_t i;

	for (i = 0; i < lessons->theme_len; i++)
		add_theme(arena, themes, lessons, &lessons->themes[i]);
	add_recommendations(arena, root, lessons);
}

void
build_lessons_data(struct report *report, const struct build_lessons *from)
{
	const struct lessons *lessons = from->lessons;
	const struct selection *selection = from->selection;
	struct arena *arena = &report->arena;
	struct value *root, *before;

	root = report->data = value_object_new(arena);
	value_text(arena, root, "report", "lessons");
	value_text(arena, root, "scheme", lessons->groups->id);
	value_text(arena, root, "cohort", selection->windowed ?
	    cohort_name(selection->cohort) : NULL);
	value_day(arena, root, "from", selection->windowed ?
	    selection->window.from : DATE_NONE);
	value_day(arena, root, "to", selection->windowed ?
	    selection->window.to : DATE_NONE);
	value_text(arena, root, "labels",
	    label_mode_name(selection->labels));
	value_number(arena, root, "incidents", (int64_t)lessons->incidents);
	if (from->compared) {
		before = value_object(arena, root, "before");
		value_day(arena, before, "from", from->before.from);
		value_day(arena, before, "to", from->before.to);
		value_number(arena, before, "incidents",
		    (int64_t)lessons->before);
	} else {
		value_null(arena, root, "before");
	}
	build_lessons_values(report, root, lessons);
	add_table(report, lessons);
}
