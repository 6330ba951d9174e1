/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/html.h"

#include <string.h>

#include "base/buf.h"
#include "output/report.h"

enum {
	LONG = 60,		/* bytes of a text that wants room */
	SHORT = 24,		/* bytes of a word that stays on its line, as
				 * browsers break times and tags at hyphens */
	MANY = 6,		/* columns that are written smaller ... */
	MOST = 12		/* ... and with upright titles in print */
};

static bool
is_empty(const struct cell *cell)
{
	return cell->kind == CELL_EMPTY ||
	    (cell->kind == CELL_TEXT && cell->text[0] == '\0');
}

/* What its style asks for: n is a number, w a word, t a text, l a long
 * one. */
static const char *
class_of(const struct column *column, const struct cell *cell)
{
	size_t len;

	if (column->right)
		return " class=\"n\"";
	if (cell->kind == CELL_DAY || cell->kind == CELL_TIME)
		return " class=\"w\"";
	if (cell->kind != CELL_TEXT)
		return "";
	len = strlen(cell->text);
	if (len > LONG)
		return " class=\"l\"";
	if (len > SHORT)
		return " class=\"t\"";
	return strpbrk(cell->text, " \t\n") == NULL ? " class=\"w\"" : "";
}

/* The first cell of a row is its title. */
static void
write_row(const struct html *html, const struct table *table,
    const struct row *row)
{
	const struct cell *cell = row->cells;
	const struct column *column;
	bool first = true, title;

	buf_str(html->out, "<tr>");
	for (column = table->columns; column != NULL;
	    column = column->next, cell++) {
		if (column->audience == FOR_PROGRAMS)
			continue;
		title = first && !is_empty(cell);
		first = false;
		buf_str(html->out, title ? "<th scope=\"row\"" : "<td");
		buf_str(html->out, class_of(column, cell));
		buf_char(html->out, '>');
		if (!is_empty(cell))
			html_cell(html, cell);
		buf_str(html->out, title ? "</th>" : "</td>");
	}
	buf_str(html->out, "</tr>\n");
}

/* A title of rows, in a part of the table's body that they share. */
static void
write_group(const struct html *html, const struct table *table,
    const struct row *row)
{
	if (row != table->rows)
		buf_str(html->out, "</tbody>\n<tbody>\n");
	buf_fmt(html->out, "<tr><th scope=\"rowgroup\" colspan=\"%zu\">",
	    report_columns_shown(table));
	html_text(html, row->group);
	buf_str(html->out, "</th></tr>\n");
}

static void
write_head(const struct html *html, const struct table *table)
{
	const struct column *column;

	buf_str(html->out, "<thead>\n<tr>");
	for (column = table->columns; column != NULL; column = column->next) {
		if (column->audience == FOR_PROGRAMS)
			continue;
		buf_str(html->out, "<th scope=\"col\"");
		buf_str(html->out, column->right ? " class=\"n\">" : ">");
		html_text(html, column->title);
		buf_str(html->out, "</th>");
	}
	buf_str(html->out, "</tr>\n</thead>\n");
}

/* Where the table is wider than the page it scrolls, by keyboard too; the
 * part that scrolls is named by its caption or by the heading over it. */
static void
write_name(const struct html *html, const struct table *table)
{
	buf_str(html->out, "<div class=\"table\" role=\"group\" "
	    "tabindex=\"0\" aria-label");
	if (table->caption != NULL) {
		buf_fmt(html->out, "ledby=\"_table%zu\">\n", html->table_len);
	} else if (html->heading_at > 0) {
		buf_str(html->out, "ledby=\"");
		html_id(html, &html->headings[html->heading_at - 1]);
		buf_str(html->out, "\">\n");
	} else {
		buf_str(html->out, "=\"Table\">\n");
	}
}

void
html_table(struct html *html, const struct table *table)
{
	size_t columns = report_columns_shown(table);
	const struct row *row;

	html->table_len++;
	write_name(html, table);
	buf_str(html->out, columns < MANY ? "<table>\n" :
	    columns < MOST ? "<table class=\"many\">\n" :
	    "<table class=\"many most\">\n");
	if (table->caption != NULL) {
		buf_fmt(html->out, "<caption id=\"_table%zu\">",
		    html->table_len);
		html_text(html, table->caption);
		buf_str(html->out, "</caption>\n");
	}
	write_head(html, table);
	buf_str(html->out, "<tbody>\n");
	for (row = table->rows; row != NULL; row = row->next)
		if (row->group != NULL)
			write_group(html, table, row);
		else
			write_row(html, table, row);
	buf_str(html->out, "</tbody>\n");
	if (table->totals != NULL) {
		buf_str(html->out, "<tfoot>\n");
		for (row = table->totals; row != NULL; row = row->next)
			write_row(html, table, row);
		buf_str(html->out, "</tfoot>\n");
	}
	buf_str(html->out, "</table>\n</div>\n");
}
