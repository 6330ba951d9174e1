/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The judge: one taxonomy with its compiled rules, asked bug by bug.
 *
 * In one step, for a bug with its comments: judge_bug.  In several, so that
 * comments are loaded, and patterns compiled, only for bugs whose hits are
 * not known yet:
 *
 *	verdict_read(bug, ...)		what fields and tags tell
 *	judge_wants_rules(...)		is that not enough?
 *	rule_hits_unpack(&judge->hits, ...), or judge_run(judge, bug, ...)
 *	judge_settle(judge, ...)	labels and rows from the hits
 */
#ifndef CLASSIFY_JUDGE_H
#define CLASSIFY_JUDGE_H

#include <stdbool.h>

#include "base/hash.h"
#include "classify/rules.h"
#include "classify/score.h"
#include "classify/verdict.h"

struct bug;
struct diag_sink;
struct tax_scheme;

struct judge {
	const struct taxonomy *taxonomy;
	/* set by the caller, at any time */
	enum label_mode labels;
	const struct tax_scheme *scheme; /* whose rows are wanted, or NULL */
	bool always;		/* run the rules also where tags are enough */
	const int *neighbours;	/* votes of similar incidents for the next
				 * bug, by category; NULL: none */
	/* of the bug settled last; of no use for a verdict whose `judged`
	 * is false */
	struct rule_hits hits;
	struct score *categories;	/* one for each */
	struct score *rows;	/* one for each of the scheme, if it is ruled */
	struct rules *rules;	/* NULL until a text has to be judged */
};

/* Prepare a shell; release in any case. */
const struct err *judge_init(struct judge *judge,
    const struct taxonomy *taxonomy);
void judge_release(struct judge *judge);

/* Does the verdict, as verdict_read left it, ask for the rules? */
bool judge_wants_rules(const struct judge *judge,
    const struct verdict *verdict);
/* Run the rules over the bug, into judge->hits.  ERR_CONFIG for a pattern
 * that is no good. */
const struct err *judge_run(struct judge *judge, const struct bug *bug,
    const struct verdict *verdict, struct diag_sink *sink);
/* Score judge->hits, and complete labels and rows. */
void judge_settle(struct judge *judge, struct verdict *verdict);

/* All of it. */
const struct err *judge_bug(struct judge *judge, const struct bug *bug,
    struct diag_sink *sink, struct verdict *verdict);

/* What hits depend on beside the bug, and votes beside the store: the name
 * to cache them under. */
enum {
	JUDGE_VERSION = 1,	/* to be raised when the same rules on the same
				 * bug give other hits than before, or the same
				 * store other votes */
	JUDGE_KEY = HASH_HEX + 8
};
const char *judge_key(const struct judge *judge, char out[JUDGE_KEY]);

#endif
