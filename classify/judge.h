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
 *	rule_hits_unpack(judge_hits(...), ...), or judge_run(judge, ...)
 *	judge_settle(judge, ...)	labels and rows from the hits
 *	judge_wants_causes(...)		the same again for TAX_STAGE_REPORTS
 *	...
 *	judge_settle_causes(judge, ...)
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
struct report_reader;
struct report_text;
struct tax_scheme;

struct judge {
	const struct taxonomy *taxonomy;
	/* set by the caller, at any time */
	enum label_mode labels;
	bool always;		/* run the rules also where tags are enough */
	const int *neighbours;	/* votes of similar incidents for the next
				 * bug, by category; NULL: none */
	/* of the bug settled last; of no use for a verdict whose `judged`
	 * is false */
	struct rule_hits hits;
	struct score *categories;	/* one for each */
	/* the same of TAX_STAGE_REPORTS, settled on its own, and of
	 * TAX_STAGE_LESSONS, which the judge has no use for */
	struct rule_hits report_hits, lesson_hits;
	/* the judge's own */
	const struct tax_scheme *schemes[VERDICT_SCHEMES];
	struct score *rows[VERDICT_SCHEMES];	/* one for each of the
				 * scheme */
	size_t scheme_len;
	struct rules *rules[TAX_STAGE__MAX];	/* NULL until a text has to be
				 * judged */
	bool sections[TAX_STAGE__MAX];	/* some of them ask for sections */
	struct report_reader *reader;	/* NULL until a report is read */
	const struct report_text *report;	/* read last, NULL: none */
	int64_t report_bug;
	const struct comment *report_comments;
	size_t report_comment_len;
};

/* Prepare a shell; release in any case. */
const struct err *judge_init(struct judge *judge,
    const struct taxonomy *taxonomy);
void judge_release(struct judge *judge);

/* Verdicts are to have the rows of this scheme too, unless they follow from
 * the labels; up to VERDICT_SCHEMES may be asked for. */
void judge_want(struct judge *judge, const struct tax_scheme *scheme);
/* The scores of its rows; NULL when it was not asked for. */
const struct score *judge_scores(const struct judge *judge,
    const struct tax_scheme *scheme);

/* Does the verdict, as verdict_read left it, ask for the rules? */
bool judge_wants_rules(const struct judge *judge,
    const struct verdict *verdict);
/* Were causes asked for? */
bool judge_wants_causes(const struct judge *judge);
/* Where the hits of a stage are. */
struct rule_hits *judge_hits(struct judge *judge, enum tax_stage stage);
/* Run the rules of a stage over the bug, into its hits.  ERR_CONFIG for a
 * pattern that is no good. */
const struct err *judge_run(struct judge *judge, enum tax_stage stage,
    const struct bug *bug, const struct verdict *verdict,
    struct diag_sink *sink);
/* Score judge->hits, and complete labels and the rows of schemes. */
void judge_settle(struct judge *judge, struct verdict *verdict);
/* Score judge->report_hits, and complete the rows of causes. */
void judge_settle_causes(struct judge *judge, struct verdict *verdict);

/* All of it. */
const struct err *judge_bug(struct judge *judge, const struct bug *bug,
    struct diag_sink *sink, struct verdict *verdict);

/* The comments of the bug, parsed; the judge's, and good until the next
 * call or judge_run. */
const struct err *judge_report(struct judge *judge, const struct bug *bug,
    struct diag_sink *sink, const struct report_text **out);

/* What hits depend on beside the bug, and votes beside the store: the name
 * to cache them under. */
enum {
	JUDGE_VERSION = 2,	/* to be raised when the same rules on the same
				 * bug give other hits than before, or the same
				 * store other votes */
	JUDGE_KEY = HASH_HEX + 8
};
const char *judge_key(const struct judge *judge, char out[JUDGE_KEY]);

#endif
