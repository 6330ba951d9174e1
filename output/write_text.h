/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Private to output/: the parts of the text writer. */
#ifndef OUTPUT_WRITE_TEXT_H
#define OUTPUT_WRITE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct table;

struct text {
	struct buf *out;
	struct buf line;	/* one row or one paragraph at a time */
	size_t width;		/* of the screen */
	size_t pending;		/* blanks before the next cell, if it says
				 * anything: no line ends in blanks */
	bool color;
	bool keys;		/* columns are called by their keys */
};

#define TEXT_BOLD "\033[1m"
#define TEXT_PLAIN "\033[0m"

enum {
	TEXT_INDENT = 2		/* of what goes on in a second line */
};

void text_table(struct text *text, const struct table *table);

#endif
