/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Text for a terminal: wrapped prose, aligned tables, colour on request. */

#include "output/write.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "output/escape.h"
#include "output/report.h"
#include "output/writer.h"

enum {
	DEFAULT_WIDTH = 79,
	LIST_INDENT = 2,
	QUOTE_INDENT = 4,
	GAP = 2,		/* blanks between columns */
	/* A column is padded no wider, so that one giant cell does not
	 * push all rows off the screen; nothing is cut. */
	COLUMN_MAX = 48
};

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define RED "\033[1;31m"
#define PLAIN "\033[0m"

struct text {
	struct buf *out;
	struct buf line;	/* one cell or one paragraph at a time */
	size_t width;		/* of the screen */
	size_t pending;		/* blanks before the next cell, if it says
				 * anything: no line ends in blanks */
	bool color;
};

static void
style(const struct text *text, struct buf *out, const char *code)
{
	if (text->color)
		buf_str(out, code);
}

/* Columns of a piece of text, colour codes taking none. */
static size_t
visible(const char *data, size_t len)
{
	const char *end;
	size_t width = 0, n;

	while (len > 0) {
		end = memchr(data, '\033', len);
		n = end != NULL ? (size_t)(end - data) : len;
		width += text_width(data, n);
		if (end != NULL)
			n += strcspn(end, "m") + 1;
		data += n;
		len -= n;
	}
	return width;
}

/* The spans as one line in text->line. */
static void
flatten(struct text *text, const struct item *item, bool note)
{
	const struct span *span;

	buf_clear(&text->line);
	if (note)
		style(text, &text->line, DIM);
	for (span = item->spans; span != NULL; span = span->next) {
		if (span->text[0] == '\0')
			continue;
		if (span->strong)
			style(text, &text->line, BOLD);
		else if (span->marked)
			buf_str(&text->line, text->color ? RED : "»");
		escape_line(&text->line, span->text);
		if (span->marked && !text->color)
			buf_str(&text->line, "«");
		else if (span->strong || span->marked)
			style(text, &text->line, note ? PLAIN DIM : PLAIN);
		if (span->url != NULL && strcmp(span->url, span->text) != 0) {
			buf_str(&text->line, " <");
			escape_line(&text->line, span->url);
			buf_char(&text->line, '>');
		}
	}
	if (note)
		style(text, &text->line, PLAIN);
}

/* Write text->line wrapped; the cursor stands at column `indent`, where
 * later lines begin too. */
static void
wrap(struct text *text, size_t indent)
{
	const char *word = buf_text(&text->line);
	size_t column = 0, len, width;

	for (;; word += len) {
		word += strspn(word, " ");
		len = strcspn(word, " ");
		if (len == 0)
			break;
		width = visible(word, len);
		if (column > 0 && indent + column + 1 + width > text->width) {
			buf_char(text->out, '\n');
			buf_fill(text->out, ' ', indent);
			column = 0;
		} else if (column > 0) {
			buf_char(text->out, ' ');
			column++;
		}
		buf_add(text->out, word, len);
		column += width;
	}
	buf_char(text->out, '\n');
}

static void
show_heading(struct text *text, const struct block *block)
{
	size_t width;

	flatten(text, block->items, false);
	width = visible(buf_text(&text->line), text->line.len);
	style(text, text->out, BOLD);
	buf_add(text->out, text->line.data, text->line.len);
	style(text, text->out, PLAIN);
	buf_char(text->out, '\n');
	if (text->color)
		return;
	buf_fill(text->out, block->level == 1 ? '=' : '-',
	    width < text->width ? width : text->width);
	buf_char(text->out, '\n');
}

static void
show_list(struct text *text, const struct block *block)
{
	const struct item *item;

	for (item = block->items; item != NULL; item = item->next) {
		buf_str(text->out, "- ");
		flatten(text, item, false);
		wrap(text, LIST_INDENT);
	}
}

static void
show_quote(struct text *text, const struct block *block)
{
	const struct item *item;

	for (item = block->items; item != NULL; item = item->next) {
		flatten(text, item, false);
		if (text->line.len > 0)
			buf_fill(text->out, ' ', QUOTE_INDENT);
		buf_add(text->out, text->line.data, text->line.len);
		buf_char(text->out, '\n');
	}
}

/* A cell's text in text->line, and its columns. */
static size_t
measure(struct text *text, const struct cell *cell)
{
	buf_clear(&text->line);
	if (cell->kind == CELL_TEXT)
		escape_line(&text->line, cell->text);
	else
		report_cell_plain(cell, &text->line);
	return text_width(buf_text(&text->line), text->line.len);
}

static void
widen(size_t *width, size_t to)
{
	if (to > COLUMN_MAX)
		to = COLUMN_MAX;
	if (*width < to)
		*width = to;
}

/* Find the width of each column; 0 for one that people do not see. */
static void
set_widths(struct text *text, const struct table *table, size_t *widths)
{
	const struct row *const parts[] = { table->rows, table->totals };
	const struct column *column;
	const struct row *row;
	size_t i, part;

	for (column = table->columns, i = 0; column != NULL;
	    column = column->next, i++) {
		if (column->audience == FOR_PROGRAMS)
			continue;
		/* At least 1, so that 0 has its meaning. */
		widen(&widths[i], 1);
		widen(&widths[i], text_width(column->title,
		    strlen(column->title)));
		for (part = 0; part < 2; part++)
			for (row = parts[part]; row != NULL; row = row->next)
				widen(&widths[i],
				    measure(text, &row->cells[i]));
	}
}

/* Write text->line, `used` columns wide, in its column. */
static void
put(struct text *text, const struct column *column, size_t used,
    size_t width)
{
	size_t pad = used < width ? width - used : 0;

	if (column->right)
		text->pending += pad;
	if (used > 0) {
		buf_fill(text->out, ' ', text->pending);
		text->pending = 0;
		buf_add(text->out, text->line.data, text->line.len);
	}
	text->pending += column->right ? GAP : pad + GAP;
}

static void
end_line(struct text *text)
{
	text->pending = 0;
	buf_char(text->out, '\n');
}

static void
table_row(struct text *text, const struct table *table,
    const struct row *row, const size_t *widths)
{
	const struct column *column;
	size_t i, used;

	for (column = table->columns, i = 0; column != NULL;
	    column = column->next, i++) {
		if (widths[i] == 0)
			continue;
		used = measure(text, &row->cells[i]);
		put(text, column, used, widths[i]);
	}
	end_line(text);
}

static void
table_titles(struct text *text, const struct table *table,
    const size_t *widths)
{
	const struct column *column;
	size_t i;

	style(text, text->out, BOLD);
	for (column = table->columns, i = 0; column != NULL;
	    column = column->next, i++) {
		if (widths[i] == 0)
			continue;
		buf_clear(&text->line);
		escape_line(&text->line, column->title);
		put(text, column, text_width(buf_text(&text->line),
		    text->line.len), widths[i]);
	}
	style(text, text->out, PLAIN);
	end_line(text);
}

/* Does a column that people see follow? */
static bool
more(const struct column *column)
{
	while ((column = column->next) != NULL)
		if (column->audience != FOR_PROGRAMS)
			return true;
	return false;
}

/* The rule under the titles and over the totals.  Under a last column of
 * words it is as long as the title: the words may be a screen long. */
static void
table_rule(struct text *text, const struct table *table,
    const size_t *widths)
{
	const struct column *column;
	size_t i;

	for (column = table->columns, i = 0; column != NULL;
	    column = column->next, i++) {
		if (widths[i] == 0)
			continue;
		if (more(column)) {
			buf_fill(text->out, '-', widths[i]);
			buf_fill(text->out, ' ', GAP);
		} else {
			buf_fill(text->out, '-', column->right ? widths[i] :
			    text_width(column->title, strlen(column->title)));
		}
	}
	buf_char(text->out, '\n');
}

static void
show_table(struct text *text, const struct table *table)
{
	const struct row *row;
	size_t *widths;

	widths = mem_alloc(table->column_len, sizeof(*widths));
	if (widths == NULL) {
		text->out->nomem = true;
		return;
	}
	set_widths(text, table, widths);
	if (table->caption != NULL) {
		escape_line(text->out, table->caption);
		buf_char(text->out, '\n');
	}
	table_titles(text, table, widths);
	table_rule(text, table, widths);
	for (row = table->rows; row != NULL; row = row->next)
		table_row(text, table, row, widths);
	if (table->totals != NULL)
		table_rule(text, table, widths);
	for (row = table->totals; row != NULL; row = row->next)
		table_row(text, table, row, widths);
	mem_free(widths);
}

static void
show_block(struct text *text, const struct block *block)
{
	switch (block->kind) {
	case BLOCK_HEADING:
		show_heading(text, block);
		break;
	case BLOCK_PARAGRAPH:
		flatten(text, block->items, block->note);
		wrap(text, 0);
		break;
	case BLOCK_LIST:
		show_list(text, block);
		break;
	case BLOCK_TABLE:
		show_table(text, &block->table);
		break;
	case BLOCK_QUOTE:
		show_quote(text, block);
		break;
	case BLOCK_KIND__MAX:
		break;
	}
}

void
write_text(const struct report *report,
    const struct writer_options *options, struct buf *out)
{
	const struct block *block;
	struct text text = { .out = out, .color = options->color };

	buf_init(&text.line, out->ceiling);
	text.width = options->width > 0 ? options->width : DEFAULT_WIDTH;
	for (block = report->blocks; block != NULL; block = block->next) {
		if (block->kind == BLOCK_TABLE && block->table.rows == NULL)
			continue;
		if (out->len > 0)
			buf_char(out, '\n');
		show_block(&text, block);
		/* What the line lost, the output lacks. */
		out->full = out->full || text.line.full;
		out->nomem = out->nomem || text.line.nomem;
	}
	buf_release(&text.line);
}
