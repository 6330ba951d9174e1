/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Two schemes crossed: rows of the one, columns of the other. */

#include "output/build.h"

#include "taxonomy/taxonomy.h"
#include "classify/cross.h"
#include "classify/tally.h"
#include "output/build_chart.h"
#include "output/build_common.h"
#include "output/build_tally.h"
#include "output/report.h"
#include "output/value.h"

/* For programs: a line a cell. */
static void
add_cells(struct report *report, const struct cross *cross)
{
	static const struct {
		const char *id;
		bool right;
	} columns[] = {
		{ "id", false }, { "title", false }, { "by_id", false },
		{ "by_title", false }, { "count", true }, { "bugs", false }
	};
	struct table *table = report_table(report, NULL);
	const struct cross_cell *cell;
	struct row *row;
	size_t i, j;

	if (table == NULL)
		return;
	table->audience = FOR_PROGRAMS;
	for (i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		report_column(report, table, columns[i].id, columns[i].id,
		    columns[i].right, FOR_PROGRAMS);
	for (i = 0; i < cross->rows->row_len; i++)
		for (j = 0; j < cross->columns->row_len; j++) {
			cell = cross_cell(cross, i, j);
			row = report_row(report, table);
			report_cell_text(report, row, 0,
			    cross->rows->rows[i].id);
			report_cell_text(report, row, 1,
			    cross->rows->rows[i].title);
			report_cell_text(report, row, 2,
			    cross->columns->rows[j].id);
			report_cell_text(report, row, 3,
			    cross->columns->rows[j].title);
			report_cell_number(report, row, 4, CELL_COUNT,
			    (int64_t)cell->bug_len);
			report_cell_bugs(report, row, 5, CELL_BUGS, 0,
			    cell->bugs, cell->bug_len);
		}
}

/* A count linked to its bugs; nothing where there is none, so that the eye
 * finds the others. */
static void
set_count(struct report *report, struct row *row, size_t column,
    const int64_t *bugs, size_t len)
{
	if (len > 0)
		report_cell_bugs(report, row, column, CELL_COUNT,
		    (int64_t)len, bugs, len);
}

/* The columns: the row's title, those that have incidents, and totals. */
static void
add_columns(struct report *report, struct table *table,
    const struct cross *cross, bool collapse)
{
	const struct tally_row *rows = cross->columns->rows;
	size_t i, place = 0;

	report_column(report, table, "title", cross->rows->scheme->heading,
	    false, FOR_PEOPLE);
	for (i = 0; i < cross->columns->row_len; i++) {
		if (rows[i].bug_len == 0)
			continue;
		report_column(report, table, rows[i].id, rows[i].title, true,
		    FOR_PEOPLE);
		report_column_key(report, table, place++);
	}
	report_column(report, table, "count", "Incidents", true, FOR_PEOPLE);
	if (collapse)
		report_column(report, table, "collapsed", "Batches collapsed",
		    true, FOR_PEOPLE);
}

static void
add_row(struct report *report, struct table *table,
    const struct cross *cross, size_t which, bool collapse)
{
	const struct tally_row *from = &cross->rows->rows[which];
	struct row *row = report_row(report, table);
	const struct cross_cell *cell;
	size_t i, column = 1;

	report_cell_text(report, row, 0, from->title);
	for (i = 0; i < cross->columns->row_len; i++) {
		if (cross->columns->rows[i].bug_len == 0)
			continue;
		cell = cross_cell(cross, which, i);
		set_count(report, row, column++, cell->bugs, cell->bug_len);
	}
	report_cell_bugs(report, row, column++, CELL_COUNT,
	    (int64_t)from->bug_len, from->bugs, from->bug_len);
	if (collapse)
		report_cell_number(report, row, column, CELL_COUNT,
		    (int64_t)from->collapsed);
}

static void
add_total(struct report *report, struct table *table,
    const struct cross *cross, bool collapse)
{
	const struct tally_row *rows = cross->columns->rows;
	struct row *row = report_total(report, table);
	size_t i, len, column = 1;
	int64_t *bugs;

	report_cell_text(report, row, 0, "Incidents");
	for (i = 0; i < cross->columns->row_len; i++)
		if (rows[i].bug_len > 0)
			set_count(report, row, column++, rows[i].bugs,
			    rows[i].bug_len);
	bugs = build_all_bugs(report, cross->rows, &len);
	report_cell_bugs(report, row, column++, CELL_COUNT,
	    (int64_t)cross->rows->incidents, bugs, len);
	if (collapse)
		report_cell_number(report, row, column, CELL_COUNT,
		    (int64_t)cross->rows->incidents_collapsed);
}

/* "Left out, being empty, are the columns Training; Other." */
static void
say_missing(struct report *report, struct block *block,
    const struct tally *columns)
{
	const char *between = " Left out, being empty, are the columns ";
	size_t i, missing = 0;

	for (i = 0; i < columns->row_len; i++)
		missing += columns->rows[i].bug_len == 0;
	if (missing == 1)
		between = " Left out, being empty, is the column ";
	if (missing == 0 || columns->incidents == 0)
		return;
	for (i = 0; i < columns->row_len; i++) {
		if (columns->rows[i].bug_len > 0)
			continue;
		report_textf(report, block, "%s%s", between,
		    columns->rows[i].title);
		between = "; ";
	}
	report_text(report, block, ".");
}

static void
add_table(struct report *report, const struct cross *cross, bool collapse)
{
	struct table *table = report_table(report, NULL);
	struct block *block;
	size_t i;

	if (table == NULL)
		return;
	table->audience = FOR_PEOPLE;
	add_columns(report, table, cross, collapse);
	for (i = 0; i < cross->rows->row_len; i++)
		add_row(report, table, cross, i, collapse);
	add_total(report, table, cross, collapse);
	block = report_block(report, BLOCK_PARAGRAPH);
	report_text(report, block, "An incident can stand in several rows "
	    "and in several columns; totals count it once. An empty cell is "
	    "none.");
	say_missing(report, block, cross->columns);
	build_notes(report, cross->rows);
	build_notes(report, cross->columns);
}

static void
add_data(struct report *report, const struct cross *cross,
    const struct selection *selection, const struct build_source *source)
{
	const struct tally *rows = cross->rows, *columns = cross->columns;
	struct arena *arena = &report->arena;
	struct value *data, *array, *row, *cells, *object;
	const struct cross_cell *cell;
	size_t i, j;

	data = build_count_head(report, rows, columns, selection, source);
	array = value_array(arena, data, "columns");
	for (i = 0; i < columns->row_len; i++)
		build_count_row(arena, value_object(arena, array, NULL),
		    &columns->rows[i]);
	array = value_array(arena, data, "rows");
	for (i = 0; i < rows->row_len; i++) {
		row = value_object(arena, array, NULL);
		build_count_row(arena, row, &rows->rows[i]);
		cells = value_array(arena, row, "columns");
		for (j = 0; j < columns->row_len; j++) {
			cell = cross_cell(cross, i, j);
			object = value_object(arena, cells, NULL);
			value_text(arena, object, "id", columns->rows[j].id);
			value_number(arena, object, "count",
			    (int64_t)cell->bug_len);
			build_numbers(arena, object, cell->bugs,
			    cell->bug_len);
		}
	}
}

void
build_cross(struct report *report, const struct cross *cross,
    const struct selection *selection, const struct build_source *source,
    bool collapse, const enum chart_kind *chart)
{
	report_heading(report, 1, report->title);
	build_tally_summary(report, cross->rows);
	build_counted(report, cross->rows, cross->columns, selection);
	add_cells(report, cross);
	add_table(report, cross, collapse);
	if (chart != NULL)
		build_cross_chart(report, cross, selection);
	add_data(report, cross, selection, source);
	build_left_out(report, cross->rows->left_out);
	build_past(report, source);
	build_source_line(report, source);
}
