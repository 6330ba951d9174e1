/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The incidents of the store as neighbours: an index of them, made when it
 * is first wanted, and what they vote for one bug.
 */
#ifndef CMD_NEIGHBOURS_H
#define CMD_NEIGHBOURS_H

#include <stddef.h>

#include "classify/similar.h"

struct bug;
struct err;
struct session;
struct store_walk;
struct verdict;

/* Index the incidents of the store, of a larger one the `newest` bugs
 * alone.  Caller frees with similar_free. */
const struct err *neighbours_index(struct session *session, size_t newest,
    struct similar **out);

/* What of a bug, loaded with comment 0, is compared; into the bug. */
void neighbours_text(const struct bug *bug, const struct verdict *verdict,
    struct similar_text *out);

/* The cosine, rounded. */
int neighbours_thousandths(const struct neighbour *neighbour);

/* Ask the store's incidents, of a larger one NEIGHBOURS_MAX, about a bug
 * that is loaded with comment 0.  `filter` NULL: all but the bug itself. */
const struct err *neighbours_ask(struct session *session,
    const struct bug *bug, const struct verdict *verdict,
    const struct similar_filter *filter, struct similar_votes *out);

/*
 * Put what they vote for the bug that the walk stands on into the session's
 * judge: NULL when its labels do not depend on it, nobody is like it, or
 * the command line wants none.  Votes are taken from the store's cache, or
 * found and cached.  The first to be cached are so while the walk stands on
 * the bug for which the index was made, and after that no other process
 * writes before store_cache_end: so they hold.  The past is not cached.  A command that calls
 * neighbours_ask itself could cache what does not hold any more: it opens
 * the store with STORE_READ.
 */
const struct err *neighbours_judge(struct session *session,
    struct store_walk *walk, const struct bug *bug,
    const struct verdict *verdict);

/* Limits */
enum {
	/* Bugs that are asked for votes: more than all there are (1,700),
	 * few enough that one question stays a matter of 0.1 ms and the
	 * index of 20 MB, however large the store. */
	NEIGHBOURS_MAX = 4096
};

#endif
