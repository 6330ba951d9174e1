/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* CSV as RFC 4180 has it: the first table for programs, its header and its
 * rows; titles of rows become their first column, "group". */

#include "output/write.h"

#include "base/buf.h"
#include "output/escape.h"
#include "output/report.h"
#include "output/writer.h"

/* `group` is the title it stands under, NULL in tables without any. */
static void
write_row(const struct table *table, const struct row *row,
    const char *group, bool guard, struct buf *out)
{
	const struct column *column;
	const struct cell *cell = row->cells;
	const char *comma = "";

	if (group != NULL) {
		escape_csv(out, group, guard);
		comma = ",";
	}

	for (column = table->columns; column != NULL;
	    column = column->next, cell++) {
		if (column->audience == FOR_PEOPLE)
			continue;
		buf_str(out, comma);
		if (cell->kind == CELL_TEXT)
			escape_csv(out, cell->text, guard);
		else
			report_cell_plain(cell, out);
		comma = ",";
	}
	buf_str(out, "\r\n");
}

void
write_csv(const struct report *report,
    const struct writer_options *options, struct buf *out)
{
	const struct block *block = report->blocks;
	const struct column *column;
	const struct row *row;
	const char *comma = "", *group = NULL;

	while (block != NULL && (block->kind != BLOCK_TABLE ||
	    block->table.audience == FOR_PEOPLE))
		block = block->next;
	if (block == NULL)
		return;
	if (report_is_grouped(&block->table)) {
		buf_str(out, "group");
		comma = ",";
		group = "";	/* of rows over the first title */
	}
	for (column = block->table.columns; column != NULL;
	    column = column->next) {
		if (column->audience == FOR_PEOPLE)
			continue;
		buf_str(out, comma);
		escape_csv(out, column->id, false);
		comma = ",";
	}
	buf_str(out, "\r\n");
	for (row = block->table.rows; row != NULL; row = row->next)
		if (row->group != NULL)
			group = row->group;
		else
			write_row(&block->table, row, group, options->guard,
			    out);
}
