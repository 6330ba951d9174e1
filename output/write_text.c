/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Text for a terminal: wrapped prose, aligned tables, colour on request. */

#include "output/write.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "output/chart.h"
#include "output/escape.h"
#include "output/report.h"
#include "output/write_text.h"
#include "output/writer.h"

enum {
	DEFAULT_WIDTH = 79,
	QUOTE_INDENT = 4
};

#define DIM "\033[2m"
#define RED "\033[1;31m"

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
			style(text, &text->line, TEXT_BOLD);
		else if (span->marked)
			buf_str(&text->line, text->color ? RED : "»");
		escape_line(&text->line, span->text);
		if (span->marked && !text->color)
			buf_str(&text->line, "«");
		else if (span->strong || span->marked)
			style(text, &text->line, note ? TEXT_PLAIN DIM : TEXT_PLAIN);
		if (span->url != NULL && strcmp(span->url, span->text) != 0) {
			buf_str(&text->line, " <");
			escape_line(&text->line, span->url);
			buf_char(&text->line, '>');
		}
	}
	if (note)
		style(text, &text->line, TEXT_PLAIN);
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
	style(text, text->out, TEXT_BOLD);
	buf_add(text->out, text->line.data, text->line.len);
	style(text, text->out, TEXT_PLAIN);
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
		wrap(text, TEXT_INDENT);
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
		text_table(text, &block->table);
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
