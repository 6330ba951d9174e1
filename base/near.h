/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The word that somebody who mistyped may have meant.
 */
#ifndef BASE_NEAR_H
#define BASE_NEAR_H

#include <stddef.h>

/*
 * The candidate nearest to `word`, or NULL when none is near enough to be
 * worth naming.  Near is what few slips of the finger lead to (a letter
 * too many, too few, wrong, or two swapped; one slip for each three bytes
 * of the word), else what begins with the word.  Case of ASCII letters
 * does not matter; of equals the first is taken.
 */
const char *near_best(const char *word, const char *const *candidates,
    size_t len);

/* Limits */
enum {
	/* Bytes of a word; the work grows with the square.  The longest
	 * name of a CA owner has 43. */
	NEAR_MAX_WORD = 64
};

#endif
