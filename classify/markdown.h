/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A comment as lines: which block of GitHub-flavoured Markdown each stands
 * in, and where in the text its words are.  The blocks are found by
 * libcmark-gfm.  What stands within a line (emphasis, links) it is kept from
 * seeing: it would cost the square of the time on hostile text, and its
 * places are not exact; markdown_plain takes that away where words are
 * wanted.  Knows nothing of incident reports.
 *
 * Read more kindly than Markdown: a heading needs no blank behind its #,
 * a bullet may be any that people paste, a table may be one of tabs, and
 * HTML is text.
 */
#ifndef CLASSIFY_MARKDOWN_H
#define CLASSIFY_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct err;

enum md_kind {
	MD_TEXT,
	MD_HEADING,
	MD_CODE,		/* between fences */
	MD_ROW			/* of a table */
};

struct md_line {
	size_t start, end;	/* its words: no indentation, no marker, no
				 * blanks at the end; may be empty */
	enum md_kind kind;
	int level;		/* of a heading, 1 to 6 */
	int depth;		/* list items that it stands in */
	int begun;		/* of these, how many begin with it */
	int64_t number;		/* of the outermost that begins with it, when
				 * that is numbered; else -1 */
	bool first;		/* of its paragraph */
	bool quoted;		/* somebody else's words */
	bool header;		/* first row of a table */
	bool tabbed;		/* a row with tabs between its cells */
};

struct markdown {
	const char *text;	/* as it was given */
	size_t text_len;
	struct md_line *lines;	/* in order of the text, no empty ones but
				 * those that begin a list item */
	size_t len;
	bool cut;		/* a limit below was met, and what is beyond
				 * it read as plain text */
	/* room for the work */
	char *mask;
	size_t *starts;
	size_t line_cap, mask_cap, mask_len, start_cap, start_len;
};

void markdown_init(struct markdown *md);
void markdown_release(struct markdown *md);

/* Read clean UTF-8, which must live as long as the lines are used.  What an
 * earlier call gave is gone. */
const struct err *markdown_read(struct markdown *md, const char *text,
    size_t len);

/* For markdown.c alone: make the mask, and find where source lines start;
 * read as a heading or an item what Markdown takes for text;
 * and find the tables among all lines. */
const struct err *markdown_mask(struct markdown *md);
void markdown_mend(const struct markdown *md, struct md_line *line);
void markdown_tables(struct markdown *md);

/* A cell of a row, without blanks around. */
struct md_cell {
	size_t start, end;
};
/* The cells of a row; returns their number, at most `max`. */
size_t markdown_cells(const struct markdown *md, const struct md_line *line,
    struct md_cell *cells, size_t max);

/* Append the words of a line or a cell as they are read: no emphasis, of a
 * link its text, no backslash before a sign, line ends and tabs as blanks.
 * Code keeps its backticks. */
void markdown_plain(struct buf *out, const char *data, size_t len);

/* Limits */
enum {
	MD_MAX_DEPTH = 100,	/* markers of nested blocks in a line */
	MD_MAX_COLUMNS = 64,	/* of a table: a line with more is text */
	MD_MAX_LINKS = 256	/* links, and stretches of code, that are looked
				 * for in one piece: each may run far */
};

#endif
