/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Requests to include a root certificate: in which state they are, since
 * when, and whose they are.
 */
#ifndef CLASSIFY_INCLUSION_H
#define CLASSIFY_INCLUSION_H

#include <stddef.h>
#include <stdint.h>

struct bug;
struct err;
struct taxonomy;
struct verdict;

struct inclusion {
	size_t state;		/* index in the taxonomy; SIZE_MAX: the
				 * whiteboard names none */
	int64_t since;		/* time from which it does; DATE_NONE: the
				 * history does not tell */
	size_t owner;		/* index, or SIZE_MAX */
};

/*
 * Read a request.  Its summary seldom begins with its owner ("Add Alpha Root
 * R1"): of the owners' names that stand in it as whole words, the longest
 * counts.  A request without a whiteboard from its filing on has its state
 * since then.  ERR_SYSTEM.
 */
const struct err *inclusion_read(const struct bug *bug,
    const struct verdict *verdict, const struct taxonomy *taxonomy,
    struct inclusion *out);

#endif
