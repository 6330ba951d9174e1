/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Gold labels: what people say a bug is, to judge the rules by.  They come
 * from whiteboards or from a file, and are rows of one scheme.
 *
 * The file has a line a bug: its number, a tab, and labels joined by
 * commas; what stands behind a further tab is not looked at.  Empty lines,
 * and a first line that begins with "bug", are passed over.  A label is a
 * row of the scheme, or a category or another spelling of one, which then
 * means its row; of causes only a row.
 */
#ifndef CLASSIFY_GOLD_H
#define CLASSIFY_GOLD_H

#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "classify/placing.h"

struct err;
struct tax_scheme;
struct taxonomy;
struct whiteboard;

/* What became of a bug of the file; the caller of gold_find says so. */
enum gold_fate {
	GOLD_ABSENT,		/* not in the store */
	GOLD_OUTSIDE,		/* not selected */
	GOLD_COMPONENT,		/* in a component without incidents */
	GOLD_JUDGED,
	GOLD_FATE__MAX
};

struct gold_bug {
	int64_t bug;
	const size_t *rows;	/* ascending, at least one */
	size_t row_len;
	uint64_t line;
	enum gold_fate fate;
};

struct gold {
	const struct taxonomy *taxonomy;
	const struct tax_scheme *scheme;
	struct gold_bug *bugs;	/* ascending */
	size_t len, cap;
	struct arena arena;
};

/* The caller gives the shell and releases it in any case. */
void gold_init(struct gold *gold, const struct taxonomy *taxonomy,
    const struct tax_scheme *scheme);
void gold_release(struct gold *gold);

/* Read a whole file, once; `name` is for errors.  ERR_CONFIG "NAME:LINE:
 * ..." for the first line whose number or labels are none, and for a bug
 * that comes twice. */
const struct err *gold_read(struct gold *gold, const char *name,
    const char *data, size_t len);

/* The labels of a bug, or NULL when the file has none for it. */
struct gold_bug *gold_find(struct gold *gold, int64_t bug);

/* The rows of the categories that a whiteboard names; none when it names
 * no category, whatever else it says. */
void gold_board(const struct tax_scheme *scheme,
    const struct whiteboard *board, struct placing *out);

/* Limits */
enum {
	GOLD_MAX_FILE = 64 << 20,	/* bytes; a line has some 30 */
	GOLD_MAX_BYTES = 1 << 30	/* of what is kept of it */
};

#endif
