/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The verdict on one bug: its labels with their source, its owner, its
 * reporter, the dates its whiteboard names, and its life.
 */
#ifndef CLASSIFY_VERDICT_H
#define CLASSIFY_VERDICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "classify/cohort.h"
#include "classify/owner.h"
#include "classify/whiteboard.h"

struct bug;
struct diag_sink;
struct tax_scheme;
struct taxonomy;

/* Limits */
enum {
	/* Schemes with rules of their own that one report speaks of: rows,
	 * columns, and causes. */
	VERDICT_SCHEMES = 3
};

/* Which labels are wanted. */
enum label_mode {
	LABELS_BEST,		/* the whiteboard where it names a category,
				 * else the rules */
	LABELS_TAGGED,		/* the whiteboard alone */
	LABELS_INFERRED,	/* the rules alone */
	LABELS__MAX
};

enum label_source {
	LABEL_TAGGED,
	LABEL_INFERRED,
	LABEL_OVERRIDE,		/* decided by a person, see override.h */
	LABEL_SOURCE__MAX
};

struct label {
	size_t category;	/* SIZE_MAX: a tag the taxonomy lacks */
	const char *name;	/* category id, or that tag */
	/* what the rules say of it, also of a tag, once they were asked: */
	int score;		/* thousandths */
	int confidence;		/* 0 to 1000, -1 when it is not known */
	bool fallback;		/* the best there was, below its threshold */
};

enum reporter_kind {
	REPORTER_UNKNOWN,
	REPORTER_SELF,		/* the CA itself */
	REPORTER_EXTERNAL,	/* anybody else; [external] says so */
	REPORTER_KIND__MAX
};

/* What the rules of a scheme tell. */
struct verdict_rows {
	const struct tax_scheme *scheme;
	size_t rows[WHITEBOARD_MAX_TAGS];	/* ascending */
	size_t len;		/* 0: rows follow from the labels; of causes:
				 * none was found */
};

struct verdict {
	int64_t bug;
	struct whiteboard board;
	struct owner_match owner;
	struct life life;
	struct label labels[WHITEBOARD_MAX_TAGS];
	size_t label_len;	/* 0: nothing names a category */
	enum label_source source;
	bool judged;		/* the rules were asked */
	struct verdict_rows placed[VERDICT_SCHEMES];	/* by the judge */
	size_t placed_len;
	enum reporter_kind reporter;
	bool meta;		/* a tracking bug */
	bool incident;		/* in a component of incidents, or in one the
				 * taxonomy does not know */
};

/*
 * What the fields of one bug tell.  `out` points into `bug` and `taxonomy`
 * and into itself: do not copy it.  Labels are those of the whiteboard, if
 * the mode takes them; the rules are judge.h's part.
 */
void verdict_read(const struct bug *bug, const struct taxonomy *taxonomy,
    enum label_mode mode, struct diag_sink *sink, struct verdict *out);

/* What was told of the scheme; NULL when the judge was not asked for it, or
 * it has no rules of its own. */
const struct verdict_rows *verdict_rows(const struct verdict *verdict,
    const struct tax_scheme *scheme);

/* The words for them, and back; false for an unknown one. */
const char *label_mode_name(enum label_mode mode);
bool label_mode_by_name(const char *name, enum label_mode *out);
const char *label_source_name(enum label_source source);
const char *reporter_name(enum reporter_kind kind);
bool reporter_by_name(const char *name, enum reporter_kind *out);

#endif
