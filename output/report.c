/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "output/chart.h"

void
report_init(struct report *report, const char *title, const char *bugzilla)
{
	memset(report, 0, sizeof(*report));
	arena_init(&report->arena, REPORT_MAX_BYTES);
	report->title = arena_copy(&report->arena, title, strlen(title));
	if (bugzilla == NULL)
		bugzilla = "";
	report->bugzilla = arena_copy(&report->arena, bugzilla,
	    strlen(bugzilla));
	report->failed = report->title == NULL || report->bugzilla == NULL;
	if (report->failed)
		report->title = report->bugzilla = "";
}

void
report_release(struct report *report)
{
	arena_release(&report->arena);
	memset(report, 0, sizeof(*report));
}

const struct err *
report_error(const struct report *report)
{
	return report->failed || report->arena.full ? err_memory() : NULL;
}

static void *
take(struct report *report, size_t count, size_t size)
{
	void *data = arena_alloc(&report->arena, count, size);

	if (data == NULL)
		report->failed = true;
	return data;
}

static const char *
copy(struct report *report, const char *text)
{
	const char *data = arena_copy(&report->arena, text, strlen(text));

	if (data == NULL)
		report->failed = true;
	return data;
}

/* NULL for no bugs, and on no memory. */
static const int64_t *
copy_bugs(struct report *report, const int64_t *bugs, size_t len)
{
	int64_t *data;

	if (len == 0)
		return NULL;
	data = take(report, len, sizeof(*data));
	if (data != NULL)
		memcpy(data, bugs, len * sizeof(*data));
	return data;
}

void
report_item(struct report *report, struct block *block)
{
	struct item *item;

	if (block == NULL)
		return;
	item = take(report, 1, sizeof(*item));
	if (item == NULL)
		return;
	if (block->last_item != NULL)
		block->last_item->next = item;
	else
		block->items = item;
	block->last_item = item;
}

struct block *
report_block(struct report *report, enum block_kind kind)
{
	struct block *block = take(report, 1, sizeof(*block));

	if (block == NULL)
		return NULL;
	block->kind = kind;
	if (kind == BLOCK_HEADING || kind == BLOCK_PARAGRAPH)
		report_item(report, block);
	if (report->last_block != NULL)
		report->last_block->next = block;
	else
		report->blocks = block;
	report->last_block = block;
	return block;
}

struct block *
report_note(struct report *report)
{
	struct block *block = report_block(report, BLOCK_PARAGRAPH);

	if (block != NULL)
		block->note = true;
	return block;
}

void
report_heading(struct report *report, int level, const char *text)
{
	struct block *block = report_block(report, BLOCK_HEADING);

	if (block != NULL)
		block->level = level;
	report_text(report, block, text);
}

/* A new span at the end of the block, or NULL. */
static struct span *
add_span(struct report *report, struct block *block, const char *text,
    size_t len)
{
	struct item *item;
	struct span *span;

	if (block == NULL || block->last_item == NULL)
		return NULL;
	item = block->last_item;
	span = take(report, 1, sizeof(*span));
	if (span == NULL)
		return NULL;
	span->text = arena_copy(&report->arena, text, len);
	if (span->text == NULL) {
		report->failed = true;
		return NULL;
	}
	if (item->last_span != NULL)
		item->last_span->next = span;
	else
		item->spans = span;
	item->last_span = span;
	return span;
}

void
report_text(struct report *report, struct block *block, const char *text)
{
	add_span(report, block, text, strlen(text));
}

void
report_textf(struct report *report, struct block *block, const char *fmt,
    ...)
{
	va_list args;
	char *text;
	int len;

	va_start(args, fmt);
	len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	text = len < 0 ? NULL : mem_alloc((size_t)len + 1, 1);
	if (text == NULL) {
		report->failed = true;
		return;
	}
	va_start(args, fmt);
	vsnprintf(text, (size_t)len + 1, fmt, args);
	va_end(args);
	report_text(report, block, text);
	mem_free(text);
}

void
report_strong(struct report *report, struct block *block, const char *text)
{
	struct span *span = add_span(report, block, text, strlen(text));

	if (span != NULL)
		span->strong = true;
}

void
report_marked(struct report *report, struct block *block, const char *text)
{
	struct span *span = add_span(report, block, text, strlen(text));

	if (span != NULL)
		span->marked = true;
}

void
report_link(struct report *report, struct block *block, const char *text,
    const char *url)
{
	struct span *span = add_span(report, block, text, strlen(text));

	if (span != NULL)
		span->url = copy(report, url);
}

void
report_bugs(struct report *report, struct block *block, const char *text,
    const int64_t *bugs, size_t len)
{
	struct span *span = add_span(report, block, text, strlen(text));

	if (span == NULL)
		return;
	span->bugs = copy_bugs(report, bugs, len);
	span->bug_len = span->bugs != NULL ? len : 0;
}

void
report_quote(struct report *report, const char *text)
{
	struct block *block = report_block(report, BLOCK_QUOTE);
	size_t len;

	for (;; text += len + 1) {
		len = strcspn(text, "\n");
		report_item(report, block);
		add_span(report, block, text, len);
		if (text[len] == '\0')
			break;
	}
}

struct table *
report_table(struct report *report, const char *caption)
{
	struct block *block = report_block(report, BLOCK_TABLE);

	if (block == NULL)
		return NULL;
	if (caption != NULL)
		block->table.caption = copy(report, caption);
	return &block->table;
}

void
report_column(struct report *report, struct table *table, const char *id,
    const char *title, bool right, enum audience audience)
{
	struct column *column;

	if (table == NULL)
		return;
	column = take(report, 1, sizeof(*column));
	if (column == NULL)
		return;
	column->id = copy(report, id);
	column->title = copy(report, title);
	column->right = right;
	column->audience = audience;
	if (column->id == NULL || column->title == NULL)
		return;
	if (table->last_column != NULL)
		table->last_column->next = column;
	else
		table->columns = column;
	table->last_column = column;
	table->column_len++;
}

void
report_column_key(struct report *report, struct table *table, size_t place)
{
	char key[16], *at = key + sizeof(key) - 1;

	if (table == NULL || table->last_column == NULL)
		return;
	*at = '\0';
	/* A to Z, AA to ZZ ... */
	for (place++; place > 0; place = (place - 1) / 26)
		*--at = (char)('A' + (place - 1) % 26);
	table->last_column->key = copy(report, at);
}

void
report_chart(struct report *report, const struct chart *from)
{
	struct block *block = report_block(report, BLOCK_CHART);
	struct chart *chart = take(report, 1, sizeof(*chart));
	size_t i;

	if (block == NULL || chart == NULL)
		return;
	*chart = *from;
	chart->title = copy(report, from->title);
	chart->desc = copy(report, from->desc);
	if (from->title_undated != NULL)
		chart->title_undated = copy(report, from->title_undated);
	if (from->desc_undated != NULL)
		chart->desc_undated = copy(report, from->desc_undated);
	chart->unit = copy(report, from->unit);
	chart->labels = take(report, from->label_len,
	    sizeof(*chart->labels));
	for (i = 0; i < from->label_len && !report->failed; i++)
		chart->labels[i] = copy(report, from->labels[i]);
	chart->series = take(report, from->series_len,
	    sizeof(*chart->series));
	for (i = 0; i < from->series_len && !report->failed; i++) {
		chart->series[i].name = copy(report, from->series[i].name);
		chart->series[i].values = take(report, from->label_len,
		    sizeof(*chart->series[i].values));
		if (!report->failed && from->label_len > 0)
			memcpy(chart->series[i].values,
			    from->series[i].values, from->label_len *
			    sizeof(*chart->series[i].values));
	}
	block->chart = chart;
}

/* NULL after any failure: a column may be missing, and then the places of
 * cells would not be those that the builder means. */
static struct row *
new_row(struct report *report, const struct table *table)
{
	struct row *row;

	if (report->failed)
		return NULL;
	row = take(report, 1, sizeof(*row));
	if (row == NULL)
		return NULL;
	row->cells = take(report, table->column_len, sizeof(*row->cells));
	return row->cells != NULL ? row : NULL;
}

struct row *
report_row(struct report *report, struct table *table)
{
	struct row *row = table != NULL ? new_row(report, table) : NULL;

	if (row == NULL)
		return NULL;
	if (table->last_row != NULL)
		table->last_row->next = row;
	else
		table->rows = row;
	table->last_row = row;
	table->row_len++;
	return row;
}

struct row *
report_total(struct report *report, struct table *table)
{
	struct row *row = table != NULL ? new_row(report, table) : NULL;

	if (row == NULL)
		return NULL;
	if (table->last_total != NULL)
		table->last_total->next = row;
	else
		table->totals = row;
	table->last_total = row;
	return row;
}

void
report_group(struct report *report, struct table *table, const char *title)
{
	struct row *row = report_row(report, table);

	if (row != NULL)
		row->group = copy(report, title);
}

void
report_cell_text(struct report *report, struct row *row, size_t column,
    const char *text)
{
	if (row == NULL || text == NULL)
		return;
	row->cells[column].text = copy(report, text);
	if (row->cells[column].text != NULL)
		row->cells[column].kind = CELL_TEXT;
}

void
report_cell_number(struct report *report, struct row *row, size_t column,
    enum cell_kind kind, int64_t number)
{
	(void)report;
	if (row == NULL)
		return;
	row->cells[column].kind = kind;
	row->cells[column].number = number;
}

void
report_cell_bugs(struct report *report, struct row *row, size_t column,
    enum cell_kind kind, int64_t number, const int64_t *bugs, size_t len)
{
	struct cell *cell;

	if (row == NULL)
		return;
	cell = &row->cells[column];
	cell->kind = kind;
	cell->number = number;
	cell->bugs = copy_bugs(report, bugs, len);
	cell->bug_len = cell->bugs != NULL ? len : 0;
}
