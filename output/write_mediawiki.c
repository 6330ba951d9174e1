/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Wikitext for MediaWiki 1.39: tables are sortable. */

#include "output/write.h"

#include <inttypes.h>

#include "base/buf.h"
#include "output/chart.h"
#include "output/escape.h"
#include "output/markup.h"
#include "output/report.h"
#include "output/writer.h"

enum {
	FITTING = 10		/* columns that a page has room for; tables of
				 * more scroll */
};

static void
link_to(struct buf *out, const char *text, const char *url)
{
	buf_char(out, '[');
	escape_wiki_url(out, url);
	buf_char(out, ' ');
	escape_wiki(out, text, ESCAPE_WHOLE);
	buf_char(out, ']');
}

static const struct markup wiki = { escape_wiki, link_to, "'''", "'''",
	"<mark>", "</mark>" };

static void
write_items(const struct report *report, const struct block *block,
    const char *before, const char *between, struct buf *out)
{
	const struct item *item;

	for (item = block->items; item != NULL; item = item->next) {
		buf_str(out, before);
		markup_spans(&wiki, report, item, out);
		if (item->next != NULL)
			buf_str(out, between);
		buf_char(out, '\n');
	}
}

/* Headings begin at level 2: level 1 is the page's own title. */
static void
write_heading(const struct report *report, const struct block *block,
    struct buf *out)
{
	size_t level = (size_t)block->level + !report->whole_page;

	buf_fill(out, '=', level);
	buf_char(out, ' ');
	markup_spans(&wiki, report, block->items, out);
	buf_char(out, ' ');
	buf_fill(out, '=', level);
	buf_char(out, '\n');
}

/* The blank behind "|" stays: "|-" and "|}" are syntax. */
static void
write_cell(const struct report *report, const struct column *column,
    const struct cell *cell, bool strong, struct buf *out)
{
	bool linked = cell->kind == CELL_BUG ||
	    (cell->kind == CELL_COUNT && cell->bug_len > 0);
	/* Browsers break days at their hyphens. */
	bool whole = cell->kind == CELL_DAY || cell->kind == CELL_TIME;

	buf_str(out, "| ");
	if (column->right)
		buf_str(out, "style=\"text-align:right\" ");
	else if (whole)
		buf_str(out, "style=\"white-space:nowrap\" ");
	/* Else the wiki would sort by "12 (1 2)" where there are two links. */
	if (linked)
		buf_fmt(out, "data-sort-value=\"%" PRId64 "\" ",
		    cell->number);
	if (column->right || whole || linked)
		buf_str(out, "| ");
	markup_cell(&wiki, report, cell, strong, out);
	buf_char(out, '\n');
}

/* With this scope it is the title of the cells below, to the next one. */
static void
write_group(const struct table *table, const char *title, struct buf *out)
{
	buf_fmt(out, "! scope=\"col\" colspan=\"%zu\" | ",
	    report_columns_shown(table));
	escape_wiki(out, title, ESCAPE_WHOLE);
	buf_char(out, '\n');
}

static void
write_row(const struct report *report, const struct table *table,
    const struct row *row, bool total, struct buf *out)
{
	const struct column *column;
	const struct cell *cell = row->cells;

	buf_str(out, total ? "|- class=\"sortbottom\"\n" : "|-\n");
	if (row->group != NULL) {
		write_group(table, row->group, out);
		return;
	}
	for (column = table->columns; column != NULL;
	    column = column->next, cell++)
		if (column->audience != FOR_PROGRAMS)
			write_cell(report, column, cell, total, out);
}

static void
write_table(const struct report *report, const struct table *table,
    struct buf *out)
{
	bool wide = report_columns_shown(table) > FITTING;
	const struct column *column;
	const struct row *row;

	if (wide)
		buf_str(out, "<div style=\"overflow-x:auto\">\n");
	buf_str(out, report_is_grouped(table) ? "{| class=\"wikitable\"\n" :
	    "{| class=\"wikitable sortable\"\n");
	if (table->caption != NULL) {
		buf_str(out, "|+ ");
		escape_wiki(out, table->caption, ESCAPE_WHOLE);
		buf_char(out, '\n');
	}
	for (column = table->columns; column != NULL; column = column->next) {
		if (column->audience == FOR_PROGRAMS)
			continue;
		buf_str(out, column->right ? "! scope=\"col\" "
		    "style=\"text-align:right\" | " : "! scope=\"col\" | ");
		escape_wiki(out, column->title, ESCAPE_WHOLE);
		buf_char(out, '\n');
	}
	for (row = table->rows; row != NULL; row = row->next)
		write_row(report, table, row, false, out);
	for (row = table->totals; row != NULL; row = row->next)
		write_row(report, table, row, true, out);
	buf_str(out, "|}\n");
	if (wide)
		buf_str(out, "</div>\n");
}

static void
write_block(const struct report *report, const struct block *block,
    struct buf *out)
{
	switch (block->kind) {
	case BLOCK_HEADING:
		write_heading(report, block, out);
		break;
	case BLOCK_PARAGRAPH:
		markup_spans(&wiki, report, block->items, out);
		buf_char(out, '\n');
		break;
	case BLOCK_LIST:
		write_items(report, block, "* ", "", out);
		break;
	case BLOCK_TABLE:
		write_table(report, &block->table, out);
		break;
	case BLOCK_QUOTE:
		buf_str(out, "<blockquote>\n");
		write_items(report, block, "", "<br />", out);
		buf_str(out, "</blockquote>\n");
		break;
	case BLOCK_CHART:
		chart_mediawiki(block->chart, out);
		break;
	case BLOCK_KIND__MAX:
		break;
	}
}

static bool
is_page_title(const struct report *report, const struct block *block)
{
	return report->whole_page && block->kind == BLOCK_HEADING &&
	    block->level == 1;
}

void
write_mediawiki(const struct report *report,
    const struct writer_options *options, struct buf *out)
{
	const struct block *block;

	(void)options;
	for (block = report->blocks; block != NULL; block = block->next) {
		if (!report_is_shown(block) || is_page_title(report, block))
			continue;
		if (out->len > 0)
			buf_char(out, '\n');
		write_block(report, block, out);
	}
}
