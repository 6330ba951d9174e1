/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/html.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "output/report.h"

enum {
	FEWEST = 3		/* headings that are worth a table of
				 * contents */
};

/* Append the text's letters and digits in lower case, "-" for the rest. */
static void
add_slug(struct buf *out, const char *text, size_t end)
{
	bool apart = false;
	char c;

	for (; *text != '\0' && out->len < end; text++) {
		c = *text;
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
			apart = true;
			continue;
		}
		if (apart && out->len > 0 && out->data[out->len - 1] != '-')
			buf_char(out, '-');
		apart = false;
		buf_char(out, c);
	}
}

/* The id of a heading: its parent's, and its own words. */
static const char *
name(struct html *html, const struct html_heading *heading)
{
	char room[HTML_MAX_LEVEL * (HTML_MAX_ID + 4)];
	const struct span *span;
	size_t before;
	struct buf id;

	buf_fixed(&id, room, sizeof(room));
	/* A page's only title says nothing in an id. */
	if (heading->parent != NULL && (heading->parent->block->level > 1 ||
	    html->top_len > 1)) {
		buf_str(&id, heading->parent->id);
		buf_char(&id, '-');
	}
	before = id.len;
	for (span = heading->block->items->spans; span != NULL;
	    span = span->next)
		add_slug(&id, span->text, before + HTML_MAX_ID);
	if (id.len == before)
		buf_str(&id, "part");
	return arena_copy(&html->arena, buf_text(&id), id.len);
}

static bool
is_listed(const struct block *block)
{
	return block->kind == BLOCK_HEADING && block->level <= HTML_MAX_LEVEL;
}

static int
by_id(const void *a, const void *b)
{
	const struct html_heading *one = *(struct html_heading *const *)a;
	const struct html_heading *two = *(struct html_heading *const *)b;
	int order = strcmp(one->id, two->id);

	if (order != 0)
		return order;
	return one < two ? -1 : one > two;
}

/* Tell headings of the same words apart. */
static void
number_twins(struct html *html)
{
	struct html_heading **sorted;
	size_t i;

	sorted = arena_alloc(&html->arena, html->heading_len,
	    sizeof(struct html_heading *));
	if (sorted == NULL) {
		html->out->nomem = true;
		return;
	}
	for (i = 0; i < html->heading_len; i++)
		sorted[i] = &html->headings[i];
	qsort(sorted, html->heading_len, sizeof(struct html_heading *), by_id);
	for (i = 1; i < html->heading_len; i++)
		if (strcmp(sorted[i]->id, sorted[i - 1]->id) == 0)
			sorted[i]->twin = sorted[i - 1]->twin == 0 ? 2 :
			    sorted[i - 1]->twin + 1;
}

void
html_outline(struct html *html)
{
	struct html_heading *last[HTML_MAX_LEVEL + 1] = { NULL };
	struct html_heading *heading;
	const struct block *block;
	int level;

	for (block = html->report->blocks; block != NULL;
	    block = block->next) {
		html->heading_len += is_listed(block);
		html->top_len += is_listed(block) && block->level == 1;
	}
	html->headings = arena_alloc(&html->arena, html->heading_len,
	    sizeof(*html->headings));
	if (html->headings == NULL) {
		html->heading_len = html->top_len = 0;
		html->out->nomem = true;
		return;
	}
	heading = html->headings;
	for (block = html->report->blocks; block != NULL;
	    block = block->next) {
		if (!is_listed(block))
			continue;
		heading->block = block;
		heading->parent = last[block->level - 1];
		heading->id = name(html, heading);
		if (heading->id == NULL) {
			html->heading_len = html->top_len = 0;
			html->out->nomem = true;
			return;
		}
		last[block->level] = heading++;
		for (level = block->level + 1; level <= HTML_MAX_LEVEL;
		    level++)
			last[level] = last[level - 1];
	}
	number_twins(html);
}

/* No heading's words hold a "_". */
void
html_id(const struct html *html, const struct html_heading *heading)
{
	buf_str(html->out, heading->id);
	if (heading->twin > 0)
		buf_fmt(html->out, "_%d", heading->twin);
}

/* The level of the outermost entries. */
static int
outermost(const struct html *html)
{
	return html->top_len > 1 ? 1 : 2;
}

bool
html_has_contents(const struct html *html)
{
	size_t entries = html->heading_len;

	if (outermost(html) > 1)
		entries -= html->top_len;
	return entries >= FEWEST;
}

static void
entry(const struct html *html, const struct html_heading *heading)
{
	const struct span *span;

	buf_str(html->out, "<li><a href=\"#");
	html_id(html, heading);
	buf_str(html->out, "\">");
	for (span = heading->block->items->spans; span != NULL;
	    span = span->next)
		html_text(html, span->text);
	buf_str(html->out, "</a>");
}

void
html_contents(const struct html *html)
{
	const struct html_heading *heading;
	int depth = 0, wanted;
	size_t i;

	buf_str(html->out, "<nav aria-labelledby=\"_contents\">\n"
	    "<h2 id=\"_contents\">Contents</h2>");
	for (i = 0; i < html->heading_len; i++) {
		heading = &html->headings[i];
		wanted = heading->block->level - outermost(html) + 1;
		if (wanted < 1)
			continue;
		if (wanted > depth) {
			buf_str(html->out, "\n<ul>\n");
			depth++;
		} else {
			buf_str(html->out, "</li>\n");
			for (; depth > wanted; depth--)
				buf_str(html->out, "</ul></li>\n");
		}
		entry(html, heading);
	}
	for (; depth > 0; depth--)
		buf_str(html->out, "</li>\n</ul>");
	buf_str(html->out, "\n</nav>\n");
}
