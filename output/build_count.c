/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/build.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "taxonomy/taxonomy.h"
#include "classify/tally.h"
#include "output/build_common.h"
#include "output/report.h"
#include "output/value.h"

enum count_column {
	COLUMN_ID,
	COLUMN_TITLE,
	COLUMN_COUNT,
	COLUMN_COLLAPSED,
	COLUMN_BUGS
};

/* What incidents are labelled by. */
static const char *const labelled[LABELS__MAX] = {
	[LABELS_BEST] =
	    "whiteboard where it names a category, else by the rules",
	[LABELS_TAGGED] = "whiteboard alone",
	[LABELS_INFERRED] = "rules alone",
};

/* " from 2024-01-01 to 2024-05-20 (both days included)", or as much of it
 * as the window limits. */
static void
say_days(struct report *report, struct block *block,
    const struct window *window)
{
	char from[DATE_SIZE], to[DATE_SIZE];

	date_format_day(window->from, from);
	date_format_day(window->to, to);
	if (from[0] != '\0' && to[0] != '\0' && strcmp(from, to) == 0)
		report_textf(report, block, " on %s", from);
	else if (from[0] != '\0' && to[0] != '\0')
		report_textf(report, block,
		    " from %s to %s (both days included)", from, to);
	else if (from[0] != '\0')
		report_textf(report, block, " on or after %s", from);
	else if (to[0] != '\0')
		report_textf(report, block, " on or before %s", to);
}

/* "that were open at any time from ...": which incidents are meant. */
static void
say_cohort(struct report *report, struct block *block,
    const struct selection *selection, bool one)
{
	const struct window *window = &selection->window;
	char to[DATE_SIZE];

	date_format_day(window->to, to);
	if (!selection->windowed) {
		report_text(report, block, " in the store");
		return;
	}
	report_text(report, block, one ? " that was" : " that were");
	switch (selection->cohort) {
	case COHORT_OPEN_DURING:
		report_text(report, block, " open at any time");
		say_days(report, block, window);
		break;
	case COHORT_FILED:
		report_text(report, block, " filed");
		say_days(report, block, window);
		break;
	case COHORT_CLOSED:
		report_text(report, block, " closed");
		say_days(report, block, window);
		report_text(report, block, " and not reopened");
		if (to[0] != '\0')
			report_textf(report, block, " by the end of %s", to);
		break;
	case COHORT_OPEN_ON:
		if (to[0] != '\0')
			report_textf(report, block, " open at the end of %s",
			    to);
		else
			report_text(report, block, " open when last fetched");
		break;
	case COHORT_KIND__MAX:
		break;
	}
}

/* "; owner DigiCert or Sectigo", the first without the semicolon. */
static void
say_words(struct report *report, struct block *block, bool *first,
    const char *what, const struct select_words *words)
{
	size_t i;

	if (words->len == 0)
		return;
	report_textf(report, block, "%s %s ", *first ? "" : ";", what);
	*first = false;
	for (i = 0; i < words->len; i++)
		report_textf(report, block, "%s%s", i > 0 ? " or " : "",
		    words->words[i]);
}

static bool
is_narrowed(const struct selection *selection)
{
	return selection->owners.len > 0 || selection->categories.len > 0 ||
	    selection->tags.len > 0 || selection->by_reporter ||
	    selection->id_len > 0 || selection->text != NULL;
}

/* What the command line narrowed the cohort to. */
static void
say_filters(struct report *report, struct block *block,
    const struct selection *selection)
{
	bool first = true;

	if (!is_narrowed(selection))
		return;
	report_text(report, block, " Narrowed to:");
	say_words(report, block, &first, "owner", &selection->owners);
	say_words(report, block, &first, "category", &selection->categories);
	say_words(report, block, &first, "tag", &selection->tags);
	if (selection->by_reporter) {
		report_textf(report, block, "%s reporter %s",
		    first ? "" : ";", reporter_name(selection->reporter));
		first = false;
	}
	if (selection->id_len > 0) {
		report_textf(report, block, "%s %zu %s by number",
		    first ? "" : ";", selection->id_len,
		    build_plural((int64_t)selection->id_len, "bug", "bugs"));
		first = false;
	}
	if (selection->text != NULL)
		report_textf(report, block, "%s a pattern in the text",
		    first ? "" : ";");
	report_text(report, block, ".");
}

static void
say_what(struct report *report, const struct tally *tally,
    const struct selection *selection)
{
	struct block *block = report_block(report, BLOCK_PARAGRAPH);
	size_t count = tally->incidents;

	if (count == 0)
		report_text(report, block, "There is no incident");
	else if (count == 1)
		report_text(report, block,
		    "This table counts the one incident");
	else
		report_textf(report, block,
		    "This table counts the %zu incidents", count);
	say_cohort(report, block, selection, count <= 1);
	if (count > 0)
		report_textf(report, block, ", labelled by the %s",
		    labelled[selection->labels]);
	report_text(report, block, ".");
	say_filters(report, block, selection);
	if (selection->all)
		report_text(report, block, " Bugs with resolution INVALID or "
		    "DUPLICATE and tracking bugs are included.");
}

static int
compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* The bugs of all rows, each once, in the report's arena. */
static int64_t *
all_bugs(struct report *report, const struct tally *tally, size_t *len)
{
	size_t i, used = 0;
	int64_t *bugs;

	*len = 0;
	bugs = arena_alloc(&report->arena, tally->assignments, sizeof(*bugs));
	if (bugs == NULL) {
		report->failed = true;
		return NULL;
	}
	for (i = 0; i < tally->row_len; i++) {
		if (tally->rows[i].bug_len == 0)
			continue;
		memcpy(bugs + used, tally->rows[i].bugs,
		    tally->rows[i].bug_len * sizeof(*bugs));
		used += tally->rows[i].bug_len;
	}
	qsort(bugs, used, sizeof(*bugs), compare);
	for (i = 0; i < used; i++)
		if (*len == 0 || bugs[*len - 1] != bugs[i])
			bugs[(*len)++] = bugs[i];
	return bugs;
}

/* The two totals: the rows added up, and the bugs in them. */
static void
add_totals(struct report *report, struct table *table,
    const struct tally *tally)
{
	size_t i, len, collapsed = 0;
	struct row *row;
	int64_t *bugs;

	for (i = 0; i < tally->row_len; i++)
		collapsed += tally->rows[i].collapsed;
	row = report_total(report, table);
	report_cell_text(report, row, COLUMN_TITLE, "Labels");
	report_cell_number(report, row, COLUMN_COUNT, CELL_COUNT,
	    (int64_t)tally->assignments);
	report_cell_number(report, row, COLUMN_COLLAPSED, CELL_COUNT,
	    (int64_t)collapsed);
	bugs = all_bugs(report, tally, &len);
	row = report_total(report, table);
	report_cell_text(report, row, COLUMN_TITLE, "Incidents");
	report_cell_bugs(report, row, COLUMN_COUNT, CELL_COUNT,
	    (int64_t)tally->incidents, bugs, len);
	report_cell_number(report, row, COLUMN_COLLAPSED, CELL_COUNT,
	    (int64_t)tally->incidents_collapsed);
}

static void
add_table(struct report *report, const struct tally *tally, bool collapse)
{
	struct table *table = report_table(report, NULL);
	const struct tally_row *from;
	struct row *row;
	size_t i;

	report_column(report, table, "id", "Id", false, FOR_PROGRAMS);
	report_column(report, table, "title", tally->scheme->heading, false,
	    FOR_ALL);
	report_column(report, table, "count", "Count", true, FOR_ALL);
	report_column(report, table, "collapsed", "Batches collapsed", true,
	    collapse ? FOR_ALL : FOR_PROGRAMS);
	report_column(report, table, "bugs", "Bugs", false, FOR_PROGRAMS);
	for (i = 0; i < tally->row_len; i++) {
		from = &tally->rows[i];
		row = report_row(report, table);
		report_cell_text(report, row, COLUMN_ID, from->id);
		report_cell_text(report, row, COLUMN_TITLE, from->title);
		report_cell_bugs(report, row, COLUMN_COUNT, CELL_COUNT,
		    (int64_t)from->bug_len, from->bugs, from->bug_len);
		report_cell_number(report, row, COLUMN_COLLAPSED, CELL_COUNT,
		    (int64_t)from->collapsed);
		report_cell_bugs(report, row, COLUMN_BUGS, CELL_BUGS, 0,
		    from->bugs, from->bug_len);
	}
	add_totals(report, table, tally);
}

/* What a reader of the table asks next. */
static void
explain(struct report *report, const struct tally *tally, bool collapse)
{
	int64_t incidents = (int64_t)tally->incidents;
	struct block *block;
	size_t i;

	if (tally->assignments > tally->incidents)
		report_textf(report, report_block(report, BLOCK_PARAGRAPH),
		    "An incident can have several labels: the %zu %s here %s "
		    "%zu.", tally->incidents,
		    build_plural(incidents, "incident", "incidents"),
		    build_plural(incidents, "has", "have"),
		    tally->assignments);
	if (collapse && tally->incidents > 0)
		report_text(report, report_block(report, BLOCK_PARAGRAPH),
		    "Under \"Batches collapsed\", the incidents of a row that "
		    "one CA owner filed on one day count once; in the last "
		    "line, those of them that stand in the same rows.");
	block = NULL;
	for (i = 0; i < tally->row_len; i++) {
		if (tally->rows[i].note == NULL || tally->rows[i].bug_len == 0)
			continue;
		if (block == NULL)
			block = report_block(report, BLOCK_LIST);
		report_item(report, block);
		report_strong(report, block, tally->rows[i].title);
		report_textf(report, block, ": %s", tally->rows[i].note);
	}
}

static void
add_data(struct report *report, const struct tally *tally,
    const struct selection *selection)
{
	struct arena *arena = &report->arena;
	struct value *data = value_object_new(arena), *rows, *row;
	bool windowed = selection->windowed;
	const struct tally_row *from;
	size_t i;

	report->data = data;
	value_text(arena, data, "report", "count");
	value_text(arena, data, "scheme", tally->scheme->id);
	value_text(arena, data, "cohort",
	    windowed ? cohort_name(selection->cohort) : NULL);
	value_day(arena, data, "from",
	    windowed ? selection->window.from : DATE_NONE);
	value_day(arena, data, "to",
	    windowed ? selection->window.to : DATE_NONE);
	value_text(arena, data, "labels",
	    label_mode_name(selection->labels));
	value_number(arena, data, "incidents", (int64_t)tally->incidents);
	value_number(arena, data, "assignments",
	    (int64_t)tally->assignments);
	rows = value_array(arena, data, "rows");
	for (i = 0; i < tally->row_len; i++) {
		from = &tally->rows[i];
		row = value_object(arena, rows, NULL);
		value_text(arena, row, "id", from->id);
		value_text(arena, row, "title", from->title);
		value_number(arena, row, "count", (int64_t)from->bug_len);
		value_number(arena, row, "collapsed",
		    (int64_t)from->collapsed);
		build_numbers(arena, row, from->bugs, from->bug_len);
	}
}

void
build_count(struct report *report, const struct tally *tally,
    const struct selection *selection, const struct build_source *source,
    bool collapse)
{
	report_heading(report, 1, report->title);
	say_what(report, tally, selection);
	add_table(report, tally, collapse);
	explain(report, tally, collapse);
	add_data(report, tally, selection);
	build_left_out(report, tally->left_out);
	build_source_line(report, source);
}
