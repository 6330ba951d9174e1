/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * What people decided: the categories of a bug, who says so, since when
 * and why.  A decision wins over the rules and, where labels are the best
 * ones or inferred, over the whiteboard.  With the tagged labels, which
 * are the whiteboard, it has nothing to do.
 *
 * Decisions come as a table, CSV (RFC 4180) or, when there is a tab in its
 * first line, the same with tabs.  That line names the columns: bug,
 * category (ids or other spellings of them, joined by commas), who, when
 * (YYYY-MM-DD) and why, in any order; others are passed over.  All but why
 * must be filled.  A bug may be decided anew: the latest counts.
 */
#ifndef CLASSIFY_OVERRIDE_H
#define CLASSIFY_OVERRIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "classify/verdict.h"

struct bug;
struct diag_sink;
struct err;
struct taxonomy;

struct override {
	int64_t bug;
	const size_t *categories;	/* ascending, no repeats */
	size_t category_len;		/* 1 to WHITEBOARD_MAX_TAGS */
	int64_t when;			/* day */
	const char *who, *why;		/* why is "" when nobody told */
	uint64_t line;
	bool met;			/* its bug came along */
};

struct overrides {
	const char *file;
	struct override *items;		/* by bug, each once */
	size_t len;
	struct arena arena;
};

/*
 * Read decisions from the bytes of the file called `file`, those later than
 * the day `until` as if they were not there.  ERR_CONFIG
 * "FILE:LINE: ..." for the first fault: a missing column, a category that
 * the taxonomy lacks, two decisions of one day on one bug.  Bytes that are
 * no text give DIAG_TEXT_REPAIRED.  The caller gives the shell, and
 * releases it also after an error.
 */
const struct err *overrides_read(struct overrides *out, const char *file,
    const char *data, size_t len, int64_t until,
    const struct taxonomy *taxonomy, struct diag_sink *sink);
void overrides_release(struct overrides *overrides);

/* The decision on a bug, or NULL. */
const struct override *overrides_find(const struct overrides *overrides,
    int64_t bug);

/* Did the bug change on a later day than that of the decision? */
bool override_is_stale(const struct override *override,
    const struct bug *bug);

/*
 * Between verdict_read and the rules: put the labels that were decided, and
 * LABEL_OVERRIDE as their source, into the verdict.  A stale decision still
 * counts, and gives DIAG_OVERRIDE_STALE.
 */
void overrides_apply(struct overrides *overrides, const struct bug *bug,
    const struct taxonomy *taxonomy, enum label_mode mode,
    struct diag_sink *sink, struct verdict *verdict);

/* After every bug of a store came along: DIAG_OVERRIDE_UNKNOWN for each
 * decision whose bug was not among them. */
void overrides_end(const struct overrides *overrides,
    struct diag_sink *sink);

/* Limits */
enum {
	OVERRIDE_MAX_FILE = 16 << 20,	/* bytes; 100,000 decisions */
	OVERRIDE_MAX_COLUMNS = 64	/* list's CSV has 14 */
};

#endif
