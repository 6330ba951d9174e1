/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * One HTML page that needs nothing else: no network, no script to read it.
 * Its style and its script, which sorts tables, are page.css and page.js.
 */

#include "output/write.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"
#include "output/chart.h"
#include "output/escape.h"
#include "output/html.h"
#include "output/report.h"
#include "output/writer.h"

#include "page_bytes.h"

static void
add_hash(struct buf *out, const char *data, size_t len)
{
	char digits[HASH_BASE64];
	struct hash hash;

	hash_init(&hash);
	hash_add(&hash, data, len);
	hash_base64(&hash, digits);
	buf_fmt(out, "'sha256-%s'", digits);
}

/* The first heading, else the report's title. */
static void
write_title(const struct html *html)
{
	const struct span *span = NULL;

	if (html->heading_len > 0)
		span = html->headings[0].block->items->spans;
	buf_str(html->out, "<title>");
	if (span == NULL)
		escape_html(html->out, html->report->title);
	for (; span != NULL; span = span->next)
		escape_html(html->out, span->text);
	buf_str(html->out, "</title>\n");
}

/* The browser refuses whatever is not the page's own. */
static void
write_head(const struct html *html)
{
	struct buf *out = html->out;

	buf_str(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	    "<meta charset=\"utf-8\" />\n"
	    "<meta http-equiv=\"Content-Security-Policy\" "
	    "content=\"default-src 'none'; style-src ");
	add_hash(out, page_css, sizeof(page_css));
	buf_str(out, "; script-src ");
	add_hash(out, page_js, sizeof(page_js));
	buf_str(out, "; base-uri 'none'; form-action 'none'\" />\n"
	    "<meta name=\"viewport\" "
	    "content=\"width=device-width, initial-scale=1\" />\n"
	    "<meta name=\"referrer\" content=\"no-referrer\" />\n");
	write_title(html);
	buf_str(out, "<style>");
	buf_add(out, page_css, sizeof(page_css));
	buf_str(out, "</style>\n</head>\n");
}

static void
write_list(const struct html *html, const struct block *block)
{
	const struct item *item;

	buf_str(html->out, "<ul>\n");
	for (item = block->items; item != NULL; item = item->next) {
		buf_str(html->out, "<li>");
		html_spans(html, item, true);
		buf_str(html->out, "</li>\n");
	}
	buf_str(html->out, "</ul>\n");
}

/* A <p> would end where a list of bugs begins. */
static void
write_paragraph(const struct html *html, const struct block *block)
{
	bool unfolds = html_unfolds(block->items);

	buf_fmt(html->out, "<%s class=\"%s\">", unfolds ? "div" : "p",
	    block->note ? "p note" : "p");
	html_spans(html, block->items, unfolds);
	buf_str(html->out, unfolds ? "</div>\n" : "</p>\n");
}

static void
write_quote(const struct html *html, const struct block *block)
{
	const struct item *item;

	buf_str(html->out, "<blockquote><p>");
	for (item = block->items; item != NULL; item = item->next) {
		html_spans(html, item, false);
		if (item->next != NULL)
			buf_char(html->out, '\n');
	}
	buf_str(html->out, "</p></blockquote>\n");
}

/* Where the page is narrower it scrolls: shrunk letters can't be read. */
static void
write_chart(struct html *html, const struct chart *chart)
{
	char id[32];

	(void)snprintf(id, sizeof(id), "_chart%zu", ++html->chart_len);
	buf_fmt(html->out, "<figure class=\"chart\" role=\"group\" "
	    "tabindex=\"0\" aria-labelledby=\"%s-title\">\n", id);
	chart_svg(chart, id, false, html->out);
	buf_str(html->out, "</figure>\n");
}

/* Close the sections that a heading of this level ends; `open` has a bit a
 * level. */
static void
close_sections(const struct html *html, unsigned *open, int level)
{
	int inner;

	for (inner = HTML_MAX_LEVEL; inner >= level; inner--)
		if ((*open & 1U << inner) != 0)
			buf_str(html->out, "</section>\n");
	*open &= (1U << level) - 1;
}

static void
write_heading(struct html *html, const struct block *block, unsigned *open)
{
	int level = block->level;

	if (level <= HTML_MAX_LEVEL) {
		close_sections(html, open, level);
		if (level > 1) {
			buf_str(html->out, "<section>\n");
			*open |= 1U << level;
		}
	}
	buf_fmt(html->out, "<h%d", level);
	if (level <= HTML_MAX_LEVEL && html->heading_at < html->heading_len) {
		buf_str(html->out, " id=\"");
		html_id(html, &html->headings[html->heading_at++]);
		buf_char(html->out, '"');
	}
	buf_char(html->out, '>');
	html_spans(html, block->items, false);
	buf_fmt(html->out, "</h%d>\n", level);
}

static void
write_blocks(struct html *html)
{
	const struct block *block;
	unsigned open = 0;

	for (block = html->report->blocks; block != NULL;
	    block = block->next) {
		if (!report_is_shown(block))
			continue;
		switch (block->kind) {
		case BLOCK_HEADING:
			write_heading(html, block, &open);
			break;
		case BLOCK_PARAGRAPH:
			write_paragraph(html, block);
			break;
		case BLOCK_LIST:
			write_list(html, block);
			break;
		case BLOCK_TABLE:
			html_table(html, &block->table);
			break;
		case BLOCK_QUOTE:
			write_quote(html, block);
			break;
		case BLOCK_CHART:
			write_chart(html, block->chart);
			break;
		case BLOCK_KIND__MAX:
			break;
		}
	}
	close_sections(html, &open, 1);
}

void
write_html(const struct report *report,
    const struct writer_options *options, struct buf *out)
{
	struct html html = { .report = report, .out = out };

	(void)options;
	arena_init(&html.arena, HTML_MAX_OUTLINE);
	html_outline(&html);
	write_head(&html);
	buf_str(out, html_has_contents(&html) ? "<body class=\"wide\">\n" :
	    "<body>\n");
	buf_str(out, "<a class=\"skip\" href=\"#_main\">"
	    "Skip to the report</a>\n");
	if (html_has_contents(&html))
		html_contents(&html);
	buf_str(out, "<main id=\"_main\" tabindex=\"-1\">\n");
	write_blocks(&html);
	buf_str(out, "</main>\n<script>");
	buf_add(out, page_js, sizeof(page_js));
	buf_str(out, "</script>\n</body>\n</html>\n");
	arena_release(&html.arena);
}
