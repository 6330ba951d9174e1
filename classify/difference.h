/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * What two taxonomies make of one bug, where they differ, and which rules
 * make the difference.  Categories and rules are matched by their ids.
 */
#ifndef CLASSIFY_DIFFERENCE_H
#define CLASSIFY_DIFFERENCE_H

#include <stdbool.h>

struct buf;
struct judge;
struct verdict;

/* One taxonomy's view: its judge has settled this verdict last, on inferred
 * labels. */
struct difference_side {
	const struct judge *judge;
	const struct verdict *verdict;
};

/* Do they read other categories and unknown tags from the whiteboard? */
bool difference_tagged(const struct difference_side *before,
    const struct difference_side *after);

/*
 * Do the rules give other labels?  If so, append a line to `why` for each
 * label that came or went:
 *
 *	crl-failure: +crl-late 1.600, -crl-old 0.700, crl 1.000 to 1.200,
 *	    threshold 1.000 to 0.900, base 0.000 to -0.100
 *
 * on one line: rules that fire in one of them alone, and those that vote
 * otherwise.  Where none of these tells it, it says so.
 */
bool difference_inferred(const struct difference_side *before,
    const struct difference_side *after, struct buf *why);

#endif
