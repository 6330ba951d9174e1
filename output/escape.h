/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The only way in which data reaches an output: one function a context.
 * Input is clean UTF-8 (base/text.h).
 *
 * In Markdown, MediaWiki and HTML the reader sees the text letter for
 * letter, a newline as a line's end.  Characters that turn the reading direction are kept,
 * but what a text leaves open is closed behind it (Unicode Standard Annex
 * 9), so that it can't turn its neighbours.  CSV and JSON carry the data
 * unchanged.
 */
#ifndef OUTPUT_ESCAPE_H
#define OUTPUT_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* Where a text stands: flags. */
enum escape_place {
	ESCAPE_INSIDE = 0,	/* text before it and behind it */
	ESCAPE_BEGINS = 1,	/* it begins a line, an item or a cell */
	ESCAPE_ENDS = 2,	/* it ends one */
	ESCAPE_WHOLE = 3
};

/* Terminal text on one line: newlines and tabs as spaces, and characters
 * that would turn the reading direction (U+202A-E, U+2066-9, U+200E-F,
 * U+061C) and noncharacters as U+FFFD.  An XML writer may take it as it is
 * and escapes it. */
void escape_line(struct buf *out, const char *text);

/* CommonMark with GitHub's extensions, in running text, a heading or a
 * table's cell.  Mail addresses stay what they are; GFM makes links of
 * them in any spelling. */
void escape_markdown(struct buf *out, const char *text,
    enum escape_place place);
/* A link's destination, inside <...>. */
void escape_markdown_url(struct buf *out, const char *url);

/* MediaWiki text: every character that can start markup as a numeric
 * character reference, and in a text that is not NFC, as which a page is
 * saved, every character that is not ASCII. */
void escape_wiki(struct buf *out, const char *text,
    enum escape_place place);
/* The value of a tag's attribute, in double quotes, on one line. */
void escape_wiki_value(struct buf *out, const char *text);
/* An external link's target. */
void escape_wiki_url(struct buf *out, const char *url);

/* HTML text, and attribute values in double quotes; well-formed as XML too.
 * Newlines stay: the page's style shows them and every blank. */
void escape_html(struct buf *out, const char *text);
/* A link's target, in double quotes. */
void escape_html_url(struct buf *out, const char *url);
/* Has the text characters that are written from right to left, or that turn
 * the direction?  In HTML it then stands in a <bdi>. */
bool escape_turns(const char *text);

/* One CSV field, RFC 4180; quoted when needed.  `guard` puts ' before a
 * field that a spreadsheet would take for a formula. */
void escape_csv(struct buf *out, const char *text, bool guard);

#endif
