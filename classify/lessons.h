/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Lessons Learned: what the incidents of a window show, theme by theme.  A
 * facet (struct tax_facet) counts for a bug when the bug has the facet's
 * theme and one of the facet's rules matched its reports.  Nothing is
 * claimed that no bug supports.
 *
 * Bugs may be told by the rows of another scheme than the themes': a facet
 * then counts in each row of a bug that has the facet's theme.
 */
#ifndef CLASSIFY_LESSONS_H
#define CLASSIFY_LESSONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "taxonomy/taxonomy.h"

struct bug;
struct err;
struct lesson_pile;
struct rule_hits;
struct verdict;

/* A facet as it occurred. */
struct lesson_facet {
	size_t facet;		/* index in the taxonomy */
	int64_t *bugs;		/* ascending */
	size_t bug_len;
	size_t before;		/* bugs of the window before */
};

/* An owner that the theme's incidents are of. */
struct lesson_owner {
	const char *name;	/* then; for an unknown one its prefix */
	size_t bugs;
};

/* The words of a bug that told a facet. */
struct lesson_words {
	int64_t bug;
	size_t facet;
	size_t rule;		/* index in the taxonomy */
	int64_t comment;	/* number; -1: not in a comment */
	size_t start, end;	/* bytes, as of a rule_hit */
	const char *text;	/* of a quotation the sentence around it without
				 * markup, NULL until lessons_quote; as
				 * evidence the words, NULL if not kept */
};

struct lesson_theme {
	size_t row;		/* of the groups' scheme */
	int64_t *bugs;		/* ascending */
	size_t bug_len;
	size_t before;		/* bugs of the window before */
	struct lesson_owner *owners;	/* most affected first, then by name */
	size_t owner_len;
	/* Those that occurred, by part, the most frequent first, then in
	 * order of the taxonomy. */
	struct lesson_facet *facets[TAX_PART__MAX];
	size_t facet_len[TAX_PART__MAX];
	/* The most typical words: candidates, best first; those that
	 * lessons_quote gave a text are shown, up to LESSONS_QUOTES. */
	struct lesson_words *quotes;
	size_t quote_len;
	struct lesson_words *evidence;	/* by part, facet as ranked, bug */
	size_t evidence_len;
};

struct lesson_recommendation {
	size_t recommendation;	/* index in the taxonomy */
	int64_t *bugs;		/* of the window, with any of its facets */
	size_t bug_len;
	struct lesson_facet *facets;	/* that occurred, most frequent first */
	size_t facet_len;
};

struct lessons {
	const struct taxonomy *taxonomy;
	const struct tax_scheme *groups;
	struct lesson_theme *themes;	/* one for each row of the scheme */
	size_t theme_len;
	struct lesson_recommendation *recommendations;	/* with support, most
				 * supported first */
	size_t recommendation_len;
	size_t incidents, before;	/* bugs of the two windows */
	/* set by the caller after lessons_init */
	bool words;		/* keep those that told each facet */
	struct lesson_pile *piles;	/* one a theme, until lessons_finish */
	struct arena arena;
};

/* The caller gives the shell and releases it in any case.  `groups` NULL:
 * the themes.  ERR_CONFIG: the taxonomy has no lessons. */
const struct err *lessons_init(struct lessons *lessons,
    const struct taxonomy *taxonomy, const struct tax_scheme *groups);
void lessons_release(struct lessons *lessons);

/* Add a bug of the window, or (`before`) of the window before, in
 * ascending order of numbers; the verdict has the rows of the themes and of
 * the groups, `hits` are of TAX_STAGE_LESSONS.  `words` wants the comments of a
 * bug of the window to be loaded. */
const struct err *lessons_add(struct lessons *lessons,
    const struct bug *bug, const struct verdict *verdict,
    const struct rule_hits *hits, bool before);

/* Rank everything; ERR_DATA when the books don't balance. */
const struct err *lessons_finish(struct lessons *lessons);

/*
 * Give the candidate a text, if the sentence around its hit is one that can
 * be quoted: whole, of 40 to 300 characters, not a heading, a table's row, a
 * list of links or a question.  `bug` has its comments.
 */
const struct err *lessons_quote(struct lessons *lessons,
    struct lesson_words *quote, const struct bug *bug);

/* Limits */
enum {
	LESSONS_QUOTES = 3,	/* shown for a theme */
	LESSONS_CANDIDATES = 24,
	LESSONS_SHORTEST = 40, LESSONS_LONGEST = 300,	/* characters of a
					 * quotation */
	LESSONS_LABEL = 60,	/* bytes of a field's name */
	LESSONS_WORDS = 160,	/* bytes of evidence that are kept */
	LESSONS_MAX_BYTES = 256 << 20
};

#endif
