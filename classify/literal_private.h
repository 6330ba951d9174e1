/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Private to literal*.c: the parts of a pattern, and their sets of literals.
 */
#ifndef CLASSIFY_LITERAL_PRIVATE_H
#define CLASSIFY_LITERAL_PRIVATE_H

#include "classify/literal.h"

/* A part of a pattern: how many bytes it takes, and what it needs. */
struct part {
	size_t min, max;
	struct literals needs;
	struct literals also;	/* another such set, places left out */
};

/* The sum, or SIZE_MAX. */
size_t literals_add(size_t a, size_t b);
/* How good a filter a set is; 0 for none. */
size_t literals_worth(const struct literals *set);
/* How seldom one of a set may stand in a text: the longer, the seldomer. */
size_t literals_rarity(const struct literals *set);
/* Set `near`. */
void literals_judge_near(struct literals *set);
void literals_copy(struct literals *out, const struct literals *set);
/* Take the set, moved by where it stands, if it is the better one, or else if
 * it is better than the other. */
void literals_offer(struct part *out, struct literals *set, size_t min,
    size_t max);
/* Take a set, wherever it stands, if it is better than the other one. */
void literals_offer_also(struct part *out, const struct literals *set);
/* Add what a row needs to what one of the rows needs; false when there is no
 * such set. */
bool literals_join(struct literals *all, const struct literals *set);

#endif
