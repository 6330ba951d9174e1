/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* CSV as RFC 4180 has it: the first table for programs, its header and its
 * rows. */

#include "output/write.h"

#include "base/buf.h"
#include "output/escape.h"
#include "output/report.h"
#include "output/writer.h"

static void
write_row(const struct table *table, const struct row *row, bool guard,
    struct buf *out)
{
	const struct column *column;
	const struct cell *cell = row->cells;
	const char *comma = "";

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
	const char *comma = "";

	while (block != NULL && (block->kind != BLOCK_TABLE ||
	    block->table.audience == FOR_PEOPLE))
		block = block->next;
	if (block == NULL)
		return;
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
		write_row(&block->table, row, options->guard, out);
}
