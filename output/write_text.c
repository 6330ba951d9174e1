/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Text for a terminal: wrapped prose, aligned tables, colour on request. */

#include "output/write.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "output/chart.h"
#include "output/escape.h"
#include "output/report.h"
#include "output/writer.h"

enum {
	DEFAULT_WIDTH = 79,
	LIST_INDENT = 2,
	QUOTE_INDENT = 4,
	GAP = 2,		/* blanks between columns */
	/* The cells of a column are wrapped there, but for the last one, so
	 * that one giant cell does not push all rows off the screen.  A word
	 * that is longer stays whole. */
	COLUMN_MAX = 48
};

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define RED "\033[1;31m"
#define PLAIN "\033[0m"

/* A column on the screen. */
struct lane {
	size_t width;		/* 0: people do not see it */
	size_t at, end;		/* what is still to be written of its cell, in
				 * the text's line */
};

struct text {
	struct buf *out;
	struct buf line;	/* one row or one paragraph at a time */
	size_t width;		/* of the screen */
	size_t pending;		/* blanks before the next cell, if it says
				 * anything: no line ends in blanks */
	bool color;
	bool keys;		/* columns are called by their keys */
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

/* Append a cell's text to text->line. */
static void
add_cell(struct text *text, const struct cell *cell)
{
	if (cell->kind == CELL_TEXT)
		escape_line(&text->line, cell->text);
	else
		report_cell_plain(cell, &text->line);
}

/* The columns of a cell's text. */
static size_t
measure(struct text *text, const struct cell *cell)
{
	buf_clear(&text->line);
	add_cell(text, cell);
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

/* What a column is called in its table. */
static const char *
name_of(const struct text *text, const struct column *column)
{
	return text->keys && column->key != NULL ? column->key :
	    column->title;
}

/* Find the width of each column.  The width of all is returned. */
static size_t
set_widths(struct text *text, const struct table *table, struct lane *lanes)
{
	const struct row *const parts[] = { table->rows, table->totals };
	const struct column *column;
	const struct row *row;
	const char *name;
	size_t i, part, sum = 0;

	for (column = table->columns, i = 0; column != NULL;
	    column = column->next, i++) {
		lanes[i].width = 0;
		if (column->audience == FOR_PROGRAMS)
			continue;
		/* At least 1, so that 0 has its meaning. */
		widen(&lanes[i].width, 1);
		name = name_of(text, column);
		widen(&lanes[i].width, text_width(name, strlen(name)));
		for (part = 0; part < 2; part++)
			for (row = parts[part]; row != NULL; row = row->next)
				widen(&lanes[i].width,
				    measure(text, &row->cells[i]));
		sum += lanes[i].width + GAP;
	}
	return sum;
}

/* Write the piece of text->line in its column. */
static void
put(struct text *text, const struct column *column, size_t at, size_t len,
    size_t width)
{
	const char *data = buf_text(&text->line) + at;
	size_t used = text_width(data, len);
	size_t pad = used < width ? width - used : 0;

	if (column->right)
		text->pending += pad;
	if (used > 0) {
		buf_fill(text->out, ' ', text->pending);
		text->pending = 0;
		buf_add(text->out, data, len);
	}
	text->pending += column->right ? GAP : pad + GAP;
}

static void
end_line(struct text *text)
{
	text->pending = 0;
	buf_char(text->out, '\n');
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

/* How many bytes of words have room, one word at least. */
static size_t
fitting(const char *data, size_t len, size_t width)
{
	size_t fit = 0, used = 0, next;

	while (fit < len) {
		for (next = fit; next < len && data[next] == ' '; next++)
			continue;
		for (; next < len && data[next] != ' '; next++)
			continue;
		used += text_width(data + fit, next - fit);
		if (fit > 0 && used > width)
			break;
		fit = next;
	}
	return fit;
}

/* Write one line of the row, `indent` in when it goes on with one; true when
 * there is more. */
static bool
row_line(struct text *text, const struct table *table, struct lane *lanes,
    size_t indent)
{
	const char *data = buf_text(&text->line);
	const struct column *column;
	bool again = false;
	struct lane *lane;
	size_t len, width;

	for (column = table->columns, lane = lanes; column != NULL;
	    column = column->next, lane++) {
		if (lane->width == 0)
			continue;
		len = lane->end - lane->at;
		width = lane->width;
		if (len > 0 && indent < width) {
			text->pending += indent;
			width -= indent;
		}
		if (more(column))
			len = fitting(data + lane->at, len, width);
		put(text, column, lane->at, len, width);
		lane->at += len;
		while (lane->at < lane->end && data[lane->at] == ' ')
			lane->at++;
		again = again || lane->at < lane->end;
	}
	end_line(text);
	return again;
}

static void
table_row(struct text *text, const struct table *table,
    const struct row *row, struct lane *lanes)
{
	size_t i, indent = 0;

	buf_clear(&text->line);
	for (i = 0; i < table->column_len; i++) {
		lanes[i].at = text->line.len;
		if (lanes[i].width > 0)
			add_cell(text, &row->cells[i]);
		lanes[i].end = text->line.len;
	}
	while (row_line(text, table, lanes, indent))
		indent = LIST_INDENT;
}

static void
table_titles(struct text *text, const struct table *table,
    const struct lane *lanes)
{
	const struct column *column;
	size_t i;

	style(text, text->out, BOLD);
	for (column = table->columns, i = 0; column != NULL;
	    column = column->next, i++) {
		if (lanes[i].width == 0)
			continue;
		buf_clear(&text->line);
		escape_line(&text->line, name_of(text, column));
		put(text, column, 0, text->line.len, lanes[i].width);
	}
	style(text, text->out, PLAIN);
	end_line(text);
}

/* The rule under the titles and over the totals.  Under a last column of
 * words it is as long as the title: the words may be a screen long. */
static void
table_rule(struct text *text, const struct table *table,
    const struct lane *lanes)
{
	const struct column *column;
	size_t i;

	for (column = table->columns, i = 0; column != NULL;
	    column = column->next, i++) {
		if (lanes[i].width == 0)
			continue;
		if (more(column)) {
			buf_fill(text->out, '-', lanes[i].width);
			buf_fill(text->out, ' ', GAP);
		} else {
			buf_fill(text->out, '-', column->right ? lanes[i].width :
			    text_width(name_of(text, column),
			    strlen(name_of(text, column))));
		}
	}
	buf_char(text->out, '\n');
}

/* What the keys stand for, if there are any. */
static void
table_keys(struct text *text, const struct table *table)
{
	const struct column *column;
	const char *before = "\n";

	for (column = table->columns; column != NULL; column = column->next) {
		if (column->audience == FOR_PROGRAMS || column->key == NULL)
			continue;
		buf_fmt(text->out, "%s%*s%s: ", before, LIST_INDENT, "",
		    column->key);
		before = "";
		escape_line(text->out, column->title);
		buf_char(text->out, '\n');
	}
}

static void
show_table(struct text *text, const struct table *table)
{
	const struct row *row;
	struct lane *lanes;

	lanes = mem_alloc(table->column_len, sizeof(*lanes));
	if (lanes == NULL) {
		text->out->nomem = true;
		return;
	}
	text->keys = false;
	if (set_widths(text, table, lanes) > text->width + GAP) {
		text->keys = true;
		(void)set_widths(text, table, lanes);
	}
	if (table->caption != NULL) {
		escape_line(text->out, table->caption);
		buf_char(text->out, '\n');
	}
	table_titles(text, table, lanes);
	table_rule(text, table, lanes);
	for (row = table->rows; row != NULL; row = row->next)
		table_row(text, table, row, lanes);
	if (table->totals != NULL)
		table_rule(text, table, lanes);
	for (row = table->totals; row != NULL; row = row->next)
		table_row(text, table, row, lanes);
	if (text->keys)
		table_keys(text, table);
	mem_free(lanes);
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
	case BLOCK_CHART:
		chart_text(block->chart, text->width, "\xe2\x96\x88",
		    text->out);
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
		if (!report_is_shown(block))
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
