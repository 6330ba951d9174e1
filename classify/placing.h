/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * From a verdict to the rows of a scheme: which ones a bug stands in, and
 * how likely each is.
 */
#ifndef CLASSIFY_PLACING_H
#define CLASSIFY_PLACING_H

#include <stddef.h>

#include "classify/whiteboard.h"

struct judge;
struct tax_scheme;
struct verdict;

/* The rows of a bug, ascending, each once. */
struct placing {
	size_t rows[WHITEBOARD_MAX_TAGS];
	size_t len;
};

/*
 * The rows that the verdict names; where it names none, those of its
 * labels; without labels the residual row.  A tag that the taxonomy lacks
 * is in the residual row too, but where the scheme is open it stands in
 * none of these: it has a row of its own.
 */
void placing_read(const struct tax_scheme *scheme,
    const struct verdict *verdict, struct placing *out);
/* Put the bug into a row, once. */
void placing_add(struct placing *placing, size_t row);

/*
 * How likely it is that the bug which the judge has just given this verdict
 * belongs in each row of the scheme (`out` has one element for each), in
 * thousandths; -1 where the taxonomy has no fit.  What the whiteboard names
 * is certain.  Inferred categories of one row are taken as independent: one
 * less the product of (1 - p).  On 754 tagged incidents that counted better
 * than their sum, or their maximum.
 */
void placing_chances(const struct judge *judge,
    const struct tax_scheme *scheme, const struct verdict *verdict,
    int *out);

/* How sure it is that a row which was given is right, the same way; -1 also
 * for the others. */
void placing_sure(const struct judge *judge,
    const struct tax_scheme *scheme, const struct verdict *verdict,
    int *out);

#endif
