/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Tables of text: aligned columns, cells that go on in the next line. */

#include "output/write_text.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "output/escape.h"
#include "output/report.h"

enum {
	GAP = 2,		/* blanks between columns */
	/* The cells of a column are wrapped there, but for the last one, so
	 * that one giant cell does not push all rows off the screen.  A word
	 * that is longer stays whole. */
	COLUMN_MAX = 48
};

/* A column on the screen. */
struct lane {
	size_t width;		/* 0: people do not see it */
	size_t at, end;		/* what is still to be written of its cell, in
				 * the text's line */
};

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

/* Titles of rows stand apart. */
static void
group_row(struct text *text, const char *title)
{
	buf_char(text->out, '\n');
	if (text->color)
		buf_str(text->out, TEXT_BOLD);
	escape_line(text->out, title);
	if (text->color)
		buf_str(text->out, TEXT_PLAIN);
	buf_char(text->out, '\n');
}

static void
table_row(struct text *text, const struct table *table,
    const struct row *row, struct lane *lanes)
{
	size_t i, indent = 0;

	if (row->group != NULL) {
		group_row(text, row->group);
		return;
	}
	buf_clear(&text->line);
	for (i = 0; i < table->column_len; i++) {
		lanes[i].at = text->line.len;
		if (lanes[i].width > 0)
			add_cell(text, &row->cells[i]);
		lanes[i].end = text->line.len;
	}
	while (row_line(text, table, lanes, indent))
		indent = TEXT_INDENT;
}

static void
table_titles(struct text *text, const struct table *table,
    const struct lane *lanes)
{
	const struct column *column;
	size_t i;

	if (text->color)
		buf_str(text->out, TEXT_BOLD);
	for (column = table->columns, i = 0; column != NULL;
	    column = column->next, i++) {
		if (lanes[i].width == 0)
			continue;
		buf_clear(&text->line);
		escape_line(&text->line, name_of(text, column));
		put(text, column, 0, text->line.len, lanes[i].width);
	}
	if (text->color)
		buf_str(text->out, TEXT_PLAIN);
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
		buf_fmt(text->out, "%s%*s%s: ", before, TEXT_INDENT, "",
		    column->key);
		before = "";
		escape_line(text->out, column->title);
		buf_char(text->out, '\n');
	}
}

void
text_table(struct text *text, const struct table *table)
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
