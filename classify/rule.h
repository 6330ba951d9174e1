/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Patterns on text: the one place that opens PCRE2.  Patterns come from
 * users and from taxonomies, so each match is bounded.
 */
#ifndef CLASSIFY_RULE_H
#define CLASSIFY_RULE_H

#include <stdbool.h>
#include <stddef.h>

struct err;
struct pattern;
struct pattern_room;

/*
 * Compile a pattern: caseless, UTF with MATCH_INVALID_UTF, JIT where it
 * is to be had.  `where` begins the error text (an option, or FILE:LINE).
 * ERR_USAGE with the place in the pattern.  Caller frees.
 */
const struct err *pattern_new(struct pattern **out, const char *where,
    const char *text);
void pattern_free(struct pattern *pattern);

/*
 * Many patterns, the rules of a taxonomy, match one after the other in one
 * room, which must outlive them.  Caller frees.
 */
const struct err *pattern_room_new(struct pattern_room **out);
void pattern_room_free(struct pattern_room *room);

enum pattern_flag {
	PATTERN_EXACT = 1,	/* letters count as they stand */
	PATTERN_ANCHORED = 2	/* matches begin at `from` or nowhere */
};

/* As pattern_new, with flags, in a room; ERR_CONFIG for a bad pattern.
 * Machine code is made when it is first tried. */
const struct err *pattern_make(struct pattern **out,
    struct pattern_room *room, const char *where, const char *text,
    unsigned flags);

/* A piece of a text, and where in it a match may begin. */
struct pattern_piece {
	const char *text;
	size_t len;
	size_t from, last;	/* first and last place; whole characters */
	bool starts, ends;	/* the text's own start and end */
};

enum pattern_result {
	PATTERN_NO,
	PATTERN_YES,
	PATTERN_LIMIT		/* gave up: nobody knows */
};

/* The first match in the piece.  ERR_CONFIG when the pattern fails otherwise
 * than at a limit. */
const struct err *pattern_try(struct pattern *pattern,
    const struct pattern_piece *piece, enum pattern_result *result,
    size_t *start, size_t *end);

/* Does it match the empty text? */
bool pattern_is_empty(struct pattern *pattern);

/* Does the search of the piece take more than so many steps from any one
 * place?  Counted, not timed: the same everywhere. */
bool pattern_is_heavy(struct pattern *pattern,
    const struct pattern_piece *piece, unsigned steps);

/* Limits */
enum {
	PATTERN_MATCH_LIMIT = 100000,	/* bounded in 0.6 ms */
	PATTERN_DEPTH_LIMIT = 1000,
	PATTERN_HEAP_KIB = 8192,
	PATTERN_MAX_LENGTH = 8192	/* bytes of a pattern */
};

#endif
