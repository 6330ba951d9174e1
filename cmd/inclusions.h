/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* The inclusion requests of the store, for the commands that report them. */
#ifndef CMD_INCLUSIONS_H
#define CMD_INCLUSIONS_H

#include <stddef.h>

#include "base/mem.h"
#include "output/build.h"

struct err;
struct session;

struct inclusions {
	struct build_inclusion *items;	/* open ones, by number */
	size_t len, cap;
	struct arena arena;	/* summaries */
};

/* Read them; the store is open.  Release in any case. */
const struct err *inclusions_read(struct session *session,
    struct inclusions *out);
void inclusions_release(struct inclusions *inclusions);

/* What builders want of them. */
void inclusions_build(const struct session *session,
    const struct inclusions *inclusions, struct build_inclusions *out);

/* Limits */
enum {
	INCLUSIONS_MAX_BYTES = 256 << 20
};

#endif
