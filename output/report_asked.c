/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* What writers ask of a report. */

#include "output/report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"

const struct chart *
report_first_chart(const struct report *report)
{
	const struct block *block;

	for (block = report->blocks; block != NULL; block = block->next)
		if (block->kind == BLOCK_CHART)
			return block->chart;
	return NULL;
}

bool
report_is_shown(const struct block *block)
{
	return block->kind != BLOCK_TABLE || (block->table.rows != NULL &&
	    block->table.audience != FOR_PROGRAMS);
}

bool
report_is_grouped(const struct table *table)
{
	const struct row *row = table->rows;

	while (row != NULL && row->group == NULL)
		row = row->next;
	return row != NULL;
}

void
report_cell_plain(const struct cell *cell, struct buf *out)
{
	char date[DATE_SIZE], decimal[TEXT_THOUSANDTHS];
	size_t i;

	switch (cell->kind) {
	case CELL_EMPTY:
	case CELL_TEXT:
		break;
	case CELL_COUNT:
	case CELL_BUG:
		buf_fmt(out, "%" PRId64, cell->number);
		break;
	case CELL_THOUSANDTHS:
		buf_str(out, text_thousandths(cell->number, decimal));
		break;
	case CELL_DAY:
		buf_str(out, date_format_day(cell->number, date));
		break;
	case CELL_TIME:
		buf_str(out, date_format_time(cell->number, date));
		break;
	case CELL_BUGS:
		for (i = 0; i < cell->bug_len; i++)
			buf_fmt(out, "%s%" PRId64, i > 0 ? " " : "",
			    cell->bugs[i]);
		break;
	}
}

bool
report_url_next(const struct report *report, const int64_t *bugs,
    size_t len, size_t *at, char *out, size_t size)
{
	char number[32];
	size_t used, add, first = *at;
	int written;

	if (size > REPORT_MAX_URL)
		size = REPORT_MAX_URL;
	if (report->bugzilla[0] == '\0' || *at >= len)
		return false;
	written = snprintf(out, size, "%s/%s", report->bugzilla,
	    len == 1 ? "show_bug.cgi?id=" : "buglist.cgi?bug_id=");
	if (written < 0 || (size_t)written >= size)
		return false;
	used = (size_t)written;
	for (; *at < len; (*at)++, used += add) {
		written = snprintf(number, sizeof(number), "%s%" PRId64,
		    *at > first ? "," : "", bugs[*at]);
		add = (size_t)written;
		if (used + add >= size)
			break;
		memcpy(out + used, number, add + 1);
	}
	return *at > first;
}

size_t
report_columns_shown(const struct table *table)
{
	const struct column *column;
	size_t count = 0;

	for (column = table->columns; column != NULL; column = column->next)
		count += column->audience != FOR_PROGRAMS;
	return count;
}
