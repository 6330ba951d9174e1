/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Lessons Learned in the form of the wiki's own page: a table a theme, of
 * three columns.  The taxonomy has no finer themes; what stands over rows is
 * whether they were observed or were a cause.
 */

#include "output/build_lessons.h"

#include <stdint.h>

#include "taxonomy/taxonomy.h"
#include "classify/lessons.h"
#include "output/build_common.h"
#include "output/report.h"

enum {
	COLUMN_PROBLEM,
	COLUMN_BUGS,
	COLUMN_ADVICE
};

/* What is no problem has no title. */
static const char *const titles[TAX_PART__MAX] = {
	[TAX_PART_OBSERVED] = "Issues observed",
	[TAX_PART_CAUSE] = "Root causes",
	[TAX_PART_MEASURE] = NULL
};

/* The newest first. */
static void
set_bugs(struct report *report, struct row *row,
    const struct lesson_facet *from)
{
	int64_t *bugs;
	size_t i;

	bugs = arena_alloc(&report->arena, from->bug_len, sizeof(*bugs));
	if (bugs == NULL) {
		report->failed = true;
		return;
	}
	for (i = 0; i < from->bug_len; i++)
		bugs[i] = from->bugs[from->bug_len - 1 - i];
	report_cell_bugs(report, row, COLUMN_BUGS, CELL_BUGS, 0, bugs,
	    from->bug_len);
}

static void
add_part(struct report *report, struct table *table,
    const struct taxonomy *taxonomy, const struct lesson_theme *theme,
    enum tax_part part)
{
	const struct lesson_facet *from = theme->facets[part];
	const struct tax_facet *facet;
	struct row *row;
	size_t i;

	if (titles[part] == NULL || theme->facet_len[part] == 0)
		return;
	report_group(report, table, titles[part]);
	for (i = 0; i < theme->facet_len[part]; i++) {
		facet = &taxonomy->facets[from[i].facet];
		row = report_row(report, table);
		report_cell_text(report, row, COLUMN_PROBLEM,
		    facet->problem);
		set_bugs(report, row, &from[i]);
		report_cell_text(report, row, COLUMN_ADVICE, facet->advice);
	}
}

void
build_lessons_theme_table(struct report *report,
    const struct lessons *lessons, const struct lesson_theme *theme)
{
	struct table *table = report_table(report, NULL);
	size_t part;

	if (table == NULL)
		return;
	table->audience = FOR_PEOPLE;
	report_column(report, table, "problem", "Problem", false, FOR_ALL);
	report_column(report, table, "bugs", "Bugs", false, FOR_ALL);
	report_column(report, table, "advice", "Advice", false, FOR_ALL);
	for (part = 0; part < TAX_PART__MAX; part++)
		add_part(report, table, lessons->taxonomy, theme,
		    (enum tax_part)part);
	if (table->rows == NULL)
		report_text(report, report_block(report, BLOCK_PARAGRAPH),
		    "The reports, as far as they are stored, name no problem "
		    "that the taxonomy knows.");
}
