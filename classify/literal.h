/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * What a pattern can't do without.  Of a pattern in the syntax of PCRE2, a
 * set of literals is derived of which every match needs at least one, with
 * bounds for how far behind the start of the match it begins.  Only what is
 * surely understood is used; of the rest nothing is derived.  It opens no
 * library: the pattern is text.
 */
#ifndef CLASSIFY_LITERAL_H
#define CLASSIFY_LITERAL_H

#include <stdbool.h>
#include <stddef.h>

enum {
	LITERAL_KEEP = 12,	/* bytes of a literal; more adds nothing */
	LITERAL_MAX_SET = 48,	/* literals of one pattern */
	LITERAL_NEAR = 16,	/* bytes of spread up to which each place
				 * where a match may begin is tried */
	LITERAL_MAX_DEPTH = 24	/* groups in groups */
};

struct literal {
	char text[LITERAL_KEEP + 1];	/* ASCII in lower case; to be found
					 * in any case */
	size_t len;
	size_t min, max;	/* bytes from the match's start to it; max
				 * SIZE_MAX: anywhere behind */
};

struct literals {
	struct literal items[LITERAL_MAX_SET];
	size_t len;		/* 0: nothing is known */
	bool near;		/* each is within LITERAL_NEAR of some place:
				 * max - min <= LITERAL_NEAR */
};

/*
 * Derive them, and in `also` others, of which every match needs one too (none
 * where len is 0; where they stand is not told).  They hold for texts without
 * U+017F and U+212A, which match s and k where case does not count, and for
 * that reason have other lengths than these.
 */
void literals_find(const char *pattern, struct literals *out,
    struct literals *also);
/* Does the text hold one of those two characters? */
bool literals_misled(const char *text, size_t len);

#endif
