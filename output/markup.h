/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Private to output/: what the writers of markup do alike.  A format gives
 * its escaping, its links and its signs for strong and for marked text.
 */
#ifndef OUTPUT_MARKUP_H
#define OUTPUT_MARKUP_H

#include <stdbool.h>

#include "output/escape.h"

struct buf;
struct cell;
struct item;
struct report;

struct markup {
	void (*escape)(struct buf *out, const char *text,
	    enum escape_place place);
	void (*link)(struct buf *out, const char *text, const char *url);
	const char *strong, *strong_end;
	const char *mark, *mark_end;	/* good inside a word too */
};

/* The spans of an item; those with bugs are linked to the list of them.
 * When that takes several URLs, numbered links stand behind the text. */
void markup_spans(const struct markup *markup, const struct report *report,
    const struct item *item, struct buf *out);

/* What a cell says; nothing for an empty one. */
void markup_cell(const struct markup *markup, const struct report *report,
    const struct cell *cell, bool strong, struct buf *out);

#endif
