/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * What the files of the rules share.  Nobody else includes this.
 *
 *	rules.c		compiling, the filter
 *	rules_run.c	rules_run
 *	rules_hits.c	hits
 *	rules_trial.c	rules_check
 */
#ifndef CLASSIFY_RULES_PRIVATE_H
#define CLASSIFY_RULES_PRIVATE_H

#include "classify/rules.h"

struct pattern;
struct pattern_room;
struct scan;

enum {
	/* Bytes of "FILE:LINE: rule ID". */
	PLACE_SIZE = 512
};

/* A rule compiled, and what is known of it while a bug is judged. */
struct worker {
	struct pattern *pattern;	/* searches; NULL until it has to */
	struct pattern *anchored;	/* tries one place; the same */
	bool near;		/* its literals tell where to try */
	bool filtered;		/* it has literals */
	bool paired;		/* and others that its text must hold too */
	/* for one bug */
	bool over;		/* matched, gave up, or not of its days */
	bool matched;
	struct rule_hit hit;
	int tries;
	size_t searched;	/* bytes */
	/* for one text */
	bool touched;
	bool also;		/* paired: one of the others stands there */
	bool found;
	size_t start, end;	/* of what was found */
	size_t next_piece;	/* pieces before it were searched */
};

/* What a literal tells when it is found. */
struct anchor {
	size_t rule;
	bool also;		/* only that its rule may match at all */
	size_t min, max;
};

/* Where a literal of a paired rule stands, to be tried when the whole text
 * was seen. */
struct pending {
	const struct anchor *anchor;
	size_t place;
};

/* The rules of one field. */
struct field {
	size_t *rules;
	size_t len;
	size_t live;		/* not over yet */
	uint64_t sections;	/* that its rules ask for */
	bool ready;		/* the filter is made */
	struct scan *scan;	/* NULL: no rule has a literal */
	struct anchor *anchors;
	size_t literal_bytes;
};

struct rules {
	const struct taxonomy *taxonomy;
	enum tax_stage stage;
	bool filter;
	struct pattern_room *room;
	struct worker *workers;	/* by rule */
	struct field fields[TAX_FIELD__MAX];
	size_t *touched;	/* rules with something about this text */
	size_t touched_len;
	struct pending *pending;	/* RULES_MAX_PENDING */
	size_t pending_len;
};

/* "FILE:LINE: rule ID" */
const char *rules_place(const struct tax_rule *rule, char out[PLACE_SIZE]);
/* Compile the form of a rule that is wanted, unless it is. */
const struct err *rules_pattern(struct rules *rules, size_t index,
    bool anchored);
/* Make the filter of a field, unless it is. */
const struct err *rules_make_filter(struct rules *rules,
    struct field *field);

#endif
