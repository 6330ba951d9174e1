/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Private to publishing: pure functions on texts.
 */
#ifndef OUTPUT_PUBLISH_PRIVATE_H
#define OUTPUT_PUBLISH_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

#include "output/publish.h"

struct buf;
struct err;

enum {
	MARK_HEX = 16,		/* digits of the hashes in a mark: they guard
				 * against mistakes, not against malice */
	MARK_ROOM = PUBLISH_MAX_NAME + 64	/* for what is wrong with one */
};

/* Where a block stands on a page, offsets in bytes. */
struct mark_place {
	size_t begins, begin_end;	/* the first mark */
	size_t end, end_end;		/* the last */
	char figures[MARK_HEX + 1];	/* "" when the mark has none */
	char text[MARK_HEX + 1];
};

/*
 * Find the marks of `name`.  A mark is a comment: <!-- BEGIN cabrief:NAME,
 * a blank or the comment's end, any words.  It counts wherever it stands,
 * in <nowiki> too.  NULL, or why they can't be used: "the mark BEGIN
 * cabrief:x is missing", "... is there twice", "... is not closed", "END
 * cabrief:x stands before BEGIN", "another mark stands between"; in `room`
 * or constant.
 */
const char *mark_find(const char *page, size_t len, const char *name,
    struct mark_place *out, char room[MARK_ROOM]);
/* What stands between the marks, without the line ends beside them. */
void mark_inside(const char *page, const struct mark_place *place,
    const char **text, size_t *len);
/* Does a text hold something that would be taken for a mark of any name? */
bool mark_is_in(const char *text, size_t len);
/* The page with the text between the marks, and the first mark renewed; the
 * text neither begins nor ends with a line end, and holds no mark. */
void mark_replace(const char *page, size_t len,
    const struct mark_place *place, const struct publish_block *block,
    struct buf *out);
/* The digits that a mark holds for a text. */
void mark_hash(const char *text, size_t len, char out[MARK_HEX + 1]);
/* The first `what` in the bytes up to `end`; NULL: it isn't there. */
const char *mark_seek(const char *at, const char *end, const char *what);

/* Do {{nobots}} and {{bots|...}} on the page let `account` ("Name" of
 * "Name@app"; NULL: none) write?  Those in comments and <nowiki> don't
 * count. */
bool bots_may(const char *page, size_t len, const char *account);

/* Rows of wikitables: how many the longer text has, and how many are in one
 * text alone (the larger side); a row is what stands between |- lines.  For
 * memory alone an error. */
const struct err *rows_compare(const char *before, size_t before_len,
    const char *after, size_t after_len, size_t *rows, size_t *changed);

/* The text as the wiki will hold it: clean, NFC, U+FFFE and U+FFFF as
 * U+FFFD. */
void publish_saved_form(struct buf *out, const char *text, size_t len);
/* The same of a block, without the line ends around it.  NULL, or why it
 * can't be published: "it holds a mark", ... */
const char *publish_block_form(struct buf *out,
    const struct publish_block *block);
/* The edit summary: "AGENT: NAME: SUMMARY; NAME: SUMMARY; and 2 more" of the
 * blocks that are PUBLISH_CHANGED, at most WIKI_MAX_SUMMARY characters. */
void publish_summary(struct buf *out, const struct publish *what);

/* The page as it is to be. */
struct draft {
	const struct publish *what;
	struct publish_block *ready;	/* its blocks, with their texts as they
					 * will be saved; `text` NULL: never */
	struct buf *texts;		/* these texts */
	struct buf page;		/* what draft_compose made */
};
/* Bring the texts into shape; blocks whose text can't be published are
 * refused.  Release it in any case. */
const struct err *draft_init(struct draft *draft,
    const struct publish *what);
void draft_release(struct draft *draft);
/*
 * Judge each block by the text of a page, and put those that are to be
 * written and may be into it.  `again`: only those that are PUBLISH_CHANGED
 * already, and these in any case but that of a person's words.
 */
const struct err *draft_compose(struct draft *draft, const struct buf *page,
    bool again);
/* Does a page hold block `i` as it was to be? */
bool draft_holds(const struct draft *draft, const struct buf *page,
    size_t i);
void publish_refuse(struct publish_block *block, const struct err *err);

/* A unified difference of two texts, three lines of context, "" when they
 * are the same.  Lines after "--- " and "+++ " are `from` and `to`.  What
 * follows a final line end is a line too, when it is empty as well: wiki
 * pages have no final line end.  More than LINEDIFF_MAX_LINES, or
 * LINEDIFF_MAX_WORK: what is left is one change.  No memory: the buffer's
 * failure. */
void linediff(const char *before, size_t before_len, const char *after,
    size_t after_len, const char *from, const char *to, struct buf *out);

/* Limits */
enum {
	LINEDIFF_MAX_LINES = 1 << 18,	/* of one text: 20 MiB for both */
	LINEDIFF_MAX_WORK = 20000000	/* steps: 0.2 s */
};

#endif
