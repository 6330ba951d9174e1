/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Open incidents by the rows of a scheme. */

#include "output/build_dashboard.h"

#include <stdio.h>
#include <stdlib.h>

#include "taxonomy/taxonomy.h"
#include "classify/tally.h"
#include "output/build.h"
#include "output/build_common.h"
#include "output/value.h"

enum {
	TEXT = 64	/* bytes of a count in words */
};

static int
by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Those of the rows that stand in the tally's row, in their order. */
static void
fill(struct report *report, struct dashboard_group *group,
    const struct tally_row *from, struct dashboard_row *const *rows,
    size_t row_len)
{
	size_t i;

	group->id = from->id;
	group->title = from->title;
	group->note = from->note;
	if (from->bug_len == 0)
		return;
	group->rows = arena_alloc(&report->arena, from->bug_len,
	    sizeof(*group->rows));
	if (group->rows == NULL) {
		report->failed = true;
		return;
	}
	for (i = 0; i < row_len; i++)
		if (bsearch(&rows[i]->bug, from->bugs, from->bug_len,
		    sizeof(*from->bugs), by_number) != NULL)
			group->rows[group->row_len++] = rows[i];
}

/* "90 incidents in 104 places": both totals, so that a reader can add up. */
static void
say_places(struct report *report, const struct tax_scheme *scheme,
    size_t incidents, size_t places)
{
	struct block *block = report_block(report, BLOCK_PARAGRAPH);

	report_textf(report, block, "By %s: %zu %s", scheme->heading,
	    incidents, build_plural((int64_t)incidents, "incident",
	    "incidents"));
	if (places > incidents)
		report_textf(report, block, " in %zu places; one with several "
		    "%s stands in the table of each.", places,
		    scheme->causes ? "causes" : "labels");
	else
		report_textf(report, block, ",%s in one table.",
		    build_plural((int64_t)incidents, "", " each"));
}

/* The bugs of the group, ascending; NULL on no memory. */
static int64_t *
numbers(struct report *report, const struct dashboard_group *group)
{
	int64_t *bugs = arena_alloc(&report->arena, group->row_len,
	    sizeof(*bugs));
	size_t i;

	if (bugs == NULL) {
		report->failed = true;
		return NULL;
	}
	for (i = 0; i < group->row_len; i++)
		bugs[i] = group->rows[i]->bug;
	qsort(bugs, group->row_len, sizeof(*bugs), by_number);
	return bugs;
}

static void
add_group(struct report *report, const struct dashboard *dashboard,
    const struct dashboard_group *group, struct value *groups)
{
	struct arena *arena = &report->arena;
	int64_t *bugs = numbers(report, group);
	struct value *value;
	struct block *block;
	size_t i, overdue = 0;
	char text[TEXT];

	if (bugs == NULL)
		return;
	value = value_object(arena, groups, NULL);
	value_text(arena, value, "id", group->id);
	value_text(arena, value, "title", group->title);
	value_number(arena, value, "count", (int64_t)group->row_len);
	build_numbers(arena, value, bugs, group->row_len);
	report_heading(report, 2, group->title);
	block = report_block(report, BLOCK_PARAGRAPH);
	(void)snprintf(text, sizeof(text), "%zu %s", group->row_len,
	    build_plural((int64_t)group->row_len, "incident", "incidents"));
	report_bugs(report, block, text, bugs, group->row_len);
	for (i = 0; i < group->row_len; i++)
		overdue += group->rows[i]->overdue;
	if (overdue > 0)
		report_textf(report, block, ", %zu overdue", overdue);
	report_text(report, block, ".");
	if (group->note != NULL)
		report_textf(report, block, " %s", group->note);
	build_dashboard_table(report, dashboard, FOR_PEOPLE, group, 1);
}

void
build_dashboard_by(struct report *report,
    const struct dashboard *dashboard, struct dashboard_row *const *rows,
    size_t row_len)
{
	const struct tally *by = dashboard->by;
	struct arena *arena = &report->arena;
	struct dashboard_group *groups;
	struct value *values;
	size_t i, places = 0;

	groups = arena_alloc(arena, by->row_len, sizeof(*groups));
	if (groups == NULL) {
		report->failed = true;
		return;
	}
	for (i = 0; i < by->row_len; i++) {
		fill(report, &groups[i], &by->rows[i], rows, row_len);
		places += groups[i].row_len;
	}
	value_text(arena, report->data, "by", by->scheme->id);
	value_number(arena, report->data, "assignments", (int64_t)places);
	values = value_array(arena, report->data, "groups");
	if (row_len > 0)
		say_places(report, by->scheme, row_len, places);
	for (i = 0; i < by->row_len; i++)
		if (groups[i].row_len > 0)
			add_group(report, dashboard, &groups[i], values);
	build_dashboard_table(report, dashboard, FOR_PROGRAMS, groups,
	    by->row_len);
}
