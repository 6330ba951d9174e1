/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Publishing: the text between two marks of a wiki page is replaced, and
 * nothing else.
 *
 *	<!-- BEGIN cabrief:NAME figures=HEX text=HEX ... -->
 *	what cabrief wrote
 *	<!-- END cabrief:NAME -->
 *
 * A person writes the two marks once, with nothing between; each must be on
 * the page exactly once.  cabrief writes two hashes into the first: of the
 * figures, so that no edit is made when nothing but the day has changed, and
 * of the text, so that a person's words between the marks are seen and never
 * written over.
 *
 * publish*.c and wiki*.c are the only files of output/ that take HTTP and
 * JSON.
 */
#ifndef OUTPUT_PUBLISH_H
#define OUTPUT_PUBLISH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"

struct wiki;

/* One block.  What is given: */
struct publish_block {
	const char *name;	/* publish_is_name */
	const char *text;	/* wikitext */
	size_t len;
	char figures[HASH_HEX];	/* SHA-256 of what of it is not merely the
				 * day's; "" : of the text */
	const char *summary;	/* "136 incidents"; NULL: none */
	int max_change;		/* percent of the rows, PUBLISH_USUAL, or
				 * PUBLISH_ANY */
	bool force;		/* also over a person's words */
	/* What came of it: */
	enum publish_end {
		PUBLISH_SAME,		/* nothing to write */
		PUBLISH_CHANGED,	/* written, or to be written */
		PUBLISH_REFUSED		/* see `err` */
	} end;
	struct err err;		/* PUBLISH_REFUSED; else ERR_NONE and "" */
	size_t rows, rows_changed;	/* of tables: in the longer of the two
				 * texts, and in one of them alone */
};

struct publish {
	const char *page;	/* title */
	struct publish_block *blocks;	/* of different names */
	size_t len;
	bool write;		/* else the difference is only shown */
	bool minor;
	const char *agent;	/* begins the edit summary: "cabrief 1.0" */
};

struct publish_result {
	bool saved;
	int64_t revision;	/* the page's now */
	bool merged;		/* somebody edited elsewhere on the page
				 * meanwhile; both are there */
	struct buf diff;	/* unified, of the page's text; "" when nothing
				 * is to be written */
};
void publish_result_init(struct publish_result *result);
void publish_result_release(struct publish_result *result);

/*
 * Publish the blocks on one page, with one edit.  A block that is refused
 * stands in the way of no other, and is told by its `end` and `err`, which
 * are filled in every case; an error of the page, which is returned, is that
 * of every block which isn't PUBLISH_SAME or refused for a reason of its own.
 *
 *   ERR_CONFIG	the page is missing, a redirect or no wikitext; a mark is
 *		missing or there twice, or others' marks stand between; the
 *		text holds a mark, is too long, or would be changed by the
 *		wiki while it is saved (~~~, {{subst:)
 *   ERR_SERVER	{{nobots}} or {{bots}} shuts us out; the stop page does;
 *		what wiki_read and wiki_save say
 *   ERR_DATA	more than max_change of the rows would change
 *   ERR_LOCK	a person wrote between the marks; others' edits came between
 *		PUBLISH_TRIES times; after saving, the page does not hold what
 *		was sent
 *   ERR_NETWORK	and it is certain that nothing was saved; where it is
 *		not, ERR_SERVER
 *
 * What others wrote outside the marks since the page was read is kept: after
 * a conflict the blocks are put into their text.  After a save that replaced
 * another revision than the one read, the page is read again and compared;
 * what an edit of our own account between the two has lost by it is put
 * back.  An answer that was lost is looked up on the page.
 */
const struct err *publish(struct wiki *wiki, const struct publish *what,
    struct publish_result *out);

/* Is what changed of its rows, which publish has counted, no more than
 * max_change allows?  PUBLISH_USUAL allows PUBLISH_FEW rows, and of more rows
 * half. */
bool publish_is_within(const struct publish_block *block);
/* "25%", "half of them": the limit in words, in `out` or constant. */
const char *publish_limit(const struct publish_block *block, char out[32]);

/* a-z, 0-9 and '-', 1 to PUBLISH_MAX_NAME, a letter first. */
bool publish_is_name(const char *name);

enum {
	PUBLISH_ANY = -1,	/* max_change: all rows may change */
	PUBLISH_USUAL = -2
};

/* Limits */
enum {
	PUBLISH_FEW = 10,	/* rows: a small table may change altogether */
	PUBLISH_HALF = 50,	/* percent */
	PUBLISH_MAX_NAME = 64,
	PUBLISH_TRIES = 3,
	PUBLISH_MAX_DIFF = 16 << 20	/* bytes: of a page of line ends, gone
				 * and come, it has 8 MiB */
};

#endif
