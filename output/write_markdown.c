/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Markdown as GitHub and bugzilla.mozilla.org render it. */

#include "output/write.h"

#include "base/buf.h"
#include "output/chart.h"
#include "output/escape.h"
#include "output/markup.h"
#include "output/report.h"
#include "output/writer.h"

enum {
	CHART_WIDTH = 76,	/* columns, without scrolling on a page */
	LEAST_FENCE = 3
};

static void
link_to(struct buf *out, const char *text, const char *url)
{
	buf_char(out, '[');
	escape_markdown(out, text, ESCAPE_INSIDE);
	buf_str(out, "](<");
	escape_markdown_url(out, url);
	buf_str(out, ">)");
}

/* Between some letters stars are no markup, and some sites allow no tags. */
static const struct markup markdown = { escape_markdown, link_to, "**", "**",
	"»", "«" };

static void
write_list(const struct report *report, const struct block *block,
    struct buf *out)
{
	const struct item *item;

	for (item = block->items; item != NULL; item = item->next) {
		buf_str(out, "- ");
		markup_spans(&markdown, report, item, out);
		buf_char(out, '\n');
	}
}

static bool
has_text(const struct item *item)
{
	return item != NULL && item->spans != NULL &&
	    item->spans->text[0] != '\0';
}

static void
write_quote(const struct report *report, const struct block *block,
    struct buf *out)
{
	const struct item *item;

	for (item = block->items; item != NULL; item = item->next) {
		buf_char(out, '>');
		if (has_text(item)) {
			buf_char(out, ' ');
			markup_spans(&markdown, report, item, out);
			/* A hard break; at a paragraph's end it would show. */
			if (has_text(item->next))
				buf_char(out, '\\');
		}
		buf_char(out, '\n');
	}
}

static void
write_row(const struct report *report, const struct table *table,
    const struct row *row, bool strong, struct buf *out)
{
	const struct column *column;
	const struct cell *cell = row->cells;
	const char *group = row->group;

	buf_char(out, '|');
	for (column = table->columns; column != NULL;
	    column = column->next, cell++) {
		if (column->audience == FOR_PROGRAMS)
			continue;
		buf_char(out, ' ');
		if (group != NULL) {
			/* No cell can span others. */
			buf_str(out, "**");
			escape_markdown(out, group, ESCAPE_WHOLE);
			buf_str(out, "**");
			group = NULL;
		}
		markup_cell(&markdown, report, cell, strong, out);
		buf_str(out, " |");
	}
	buf_char(out, '\n');
}

static void
write_table(const struct report *report, const struct table *table,
    struct buf *out)
{
	const struct column *column;
	const struct row *row;

	if (table->caption != NULL) {
		buf_str(out, "**");
		escape_markdown(out, table->caption, ESCAPE_WHOLE);
		buf_str(out, "**\n\n");
	}
	buf_char(out, '|');
	for (column = table->columns; column != NULL; column = column->next) {
		if (column->audience == FOR_PROGRAMS)
			continue;
		buf_char(out, ' ');
		escape_markdown(out, column->title, ESCAPE_WHOLE);
		buf_str(out, " |");
	}
	buf_str(out, "\n|");
	for (column = table->columns; column != NULL; column = column->next)
		if (column->audience != FOR_PROGRAMS)
			buf_str(out, column->right ? " ---: |" : " --- |");
	buf_char(out, '\n');
	for (row = table->rows; row != NULL; row = row->next)
		write_row(report, table, row, false, out);
	for (row = table->totals; row != NULL; row = row->next)
		write_row(report, table, row, true, out);
}

/* GitHub and Bugzilla show no drawing: text bars, of a character that every
 * typeface has, between fences that are longer than any within. */
static void
write_chart(const struct chart *chart, struct buf *out)
{
	size_t fence = LEAST_FENCE, run = 0, i;
	struct buf text;

	buf_init(&text, out->ceiling);
	chart_text(chart, CHART_WIDTH, "#", &text);
	for (i = 0; i < text.len; i++) {
		run = text.data[i] == '`' ? run + 1 : 0;
		fence = run >= fence ? run + 1 : fence;
	}
	buf_fill(out, '`', fence);
	buf_str(out, "text\n");
	buf_add(out, buf_text(&text), text.len);
	buf_fill(out, '`', fence);
	buf_char(out, '\n');
	out->full = out->full || text.full;
	out->nomem = out->nomem || text.nomem;
	buf_release(&text);
}

static void
write_block(const struct report *report, const struct block *block,
    struct buf *out)
{
	switch (block->kind) {
	case BLOCK_HEADING:
		buf_fill(out, '#', (size_t)block->level);
		buf_char(out, ' ');
		markup_spans(&markdown, report, block->items, out);
		buf_char(out, '\n');
		break;
	case BLOCK_PARAGRAPH:
		markup_spans(&markdown, report, block->items, out);
		buf_char(out, '\n');
		break;
	case BLOCK_LIST:
		write_list(report, block, out);
		break;
	case BLOCK_TABLE:
		write_table(report, &block->table, out);
		break;
	case BLOCK_QUOTE:
		write_quote(report, block, out);
		break;
	case BLOCK_CHART:
		write_chart(block->chart, out);
		break;
	case BLOCK_KIND__MAX:
		break;
	}
}

void
write_markdown(const struct report *report,
    const struct writer_options *options, struct buf *out)
{
	const struct block *block;

	(void)options;
	for (block = report->blocks; block != NULL; block = block->next) {
		if (!report_is_shown(block))
			continue;
		if (out->len > 0)
			buf_char(out, '\n');
		write_block(report, block, out);
	}
}
