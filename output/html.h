/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Private to output/: the parts of the HTML writer.  What they write is HTML
 * and well-formed XML at once, so that a strict parser can check it.  Blanks
 * and newlines inside what people read are shown: the parts write none of
 * their own there.
 */
#ifndef OUTPUT_HTML_H
#define OUTPUT_HTML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"

struct block;
struct buf;
struct cell;
struct item;
struct report;
struct table;

/* A heading that the table of contents may list. */
struct html_heading {
	const struct block *block;
	const char *id;
	int twin;		/* 0, or the how many-eth of that id from 2 */
	struct html_heading *parent;
};

struct html {
	const struct report *report;
	struct buf *out;
	struct arena arena;
	struct html_heading *headings;	/* of levels 1 to HTML_MAX_LEVEL */
	size_t heading_len;
	size_t top_len;		/* those of level 1 */
	size_t heading_at;	/* headings written so far */
	size_t table_len;	/* tables written so far */
	size_t chart_len;	/* and charts */
};

/* Text: escaped, and kept from turning its neighbours. */
void html_text(const struct html *html, const char *text);
/* The spans of an item.  With `unfold`, one of several bugs unfolds to
 * them, which no <p> and no heading may hold; else it is a link to their
 * list. */
void html_spans(const struct html *html, const struct item *item,
    bool unfold);
/* Is there such a span? */
bool html_unfolds(const struct item *item);
/* What a cell says; a count unfolds to its bugs. */
void html_cell(const struct html *html, const struct cell *cell);

void html_table(struct html *html, const struct table *table);

/* Find the headings and their ids, which are their words: the same report
 * with other figures keeps its links.  No memory is marked in `out`. */
void html_outline(struct html *html);
/* The id, as an attribute's value. */
void html_id(const struct html *html, const struct html_heading *heading);
/* Is there enough for a table of contents?  Write it. */
bool html_has_contents(const struct html *html);
void html_contents(const struct html *html);

/* Limits */
enum {
	HTML_MAX_LEVEL = 3,	/* deeper headings are not in the contents */
	HTML_MAX_ID = 60,	/* bytes of a heading's part of an id */
	HTML_MAX_OUTLINE = 1 << 26	/* bytes of headings and ids */
};

#endif
