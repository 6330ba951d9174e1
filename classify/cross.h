/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Two tallies of the same bugs, in two schemes, crossed: which bugs are in
 * a row of the one and in a row of the other.
 */
#ifndef CLASSIFY_CROSS_H
#define CLASSIFY_CROSS_H

#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

struct err;
struct tally;

struct cross_cell {
	int64_t *bugs;		/* ascending */
	size_t bug_len;
};

struct cross {
	const struct tally *rows, *columns;
	struct cross_cell *cells;	/* row by row, see cross_cell */
	struct arena arena;
};

/*
 * Cross two finished tallies to which the same bugs were handed in; they
 * must outlive it.  Every incident is then in at least one cell: ERR_DATA
 * with the bug when one is not.  Release in any case.
 */
const struct err *cross_make(struct cross *out, const struct tally *rows,
    const struct tally *columns);
void cross_release(struct cross *cross);

const struct cross_cell *cross_cell(const struct cross *cross, size_t row,
    size_t column);

/* Limits */
enum {
	CROSS_MAX_BYTES = 1 << 30	/* as TALLY_MAX_BYTES */
};

#endif
