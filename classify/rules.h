/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The rules of a taxonomy, compiled, and run over the texts of one bug.
 * What a match is worth is score.h's business.
 *
 * A text is looked at in pieces, so that no pattern can take its time: a
 * match begins in a stretch of RULES_STEP bytes and sees RULES_BEFORE bytes
 * before it and RULES_REACH behind it.  What is shorter than both together
 * is one piece.  PCRE2 is the judge.  A filter of literals (literal.h,
 * scan.h) tells it where no match can be; hits are the same without it.
 */
#ifndef CLASSIFY_RULES_H
#define CLASSIFY_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "taxonomy/taxonomy.h"

struct buf;
struct comment;
struct diag_sink;
struct err;
struct report_text;
struct rules;

/* The first match of a rule on a bug. */
struct rule_hit {
	size_t rule;		/* index in the taxonomy */
	int64_t comment;	/* its number in the bug; -1: no comment */
	size_t start, end;	/* bytes; of the summary for title and summary,
				 * the whiteboard for words, the owner's name
				 * for owner, else the comment's text */
};

struct rule_hits {
	struct rule_hit *items;	/* by rule; room for every rule */
	size_t len;
	bool limited;		/* a rule gave up: not to be cached */
};

const struct err *rule_hits_init(struct rule_hits *hits,
    const struct taxonomy *taxonomy);
void rule_hits_release(struct rule_hits *hits);
/* Append the hits to `out` as bytes that any machine reads back, and read
 * them; false for bytes that are no hits of that taxonomy. */
void rule_hits_pack(const struct rule_hits *hits, struct buf *out);
bool rule_hits_unpack(struct rule_hits *hits,
    const struct taxonomy *taxonomy, const void *data, size_t len);

/* What a bug offers to the rules; texts are clean UTF-8. */
struct rule_text {
	const char *data;
	size_t len;
	size_t offset;		/* of it in what a hit's bytes count in */
};

struct rule_input {
	int64_t bug;
	int64_t filed;		/* day, or DATE_NONE: no dated rule matches */
	struct rule_text text[TAX_FIELD_WORDS + 1];	/* by field */
	const struct comment *comments;	/* by number */
	size_t comment_len;
	/* Is the comment by the CA?  Asked with `speakers`, for rules on
	 * TAX_FIELD_CA alone; NULL: none is. */
	bool (*is_by_ca)(const void *speakers, const struct comment *comment);
	const void *speakers;
	const struct report_text *report;	/* the comments, parsed; NULL:
				 * no rule on sections matches */
};

/*
 * Compile the patterns of one stage, and the filter of each field when its
 * first text comes.  ERR_CONFIG "FILE:LINE: ..." for a pattern that PCRE2
 * refuses or that matches the empty text.  `taxonomy` must outlive it.
 */
const struct err *rules_new(struct rules **out,
    const struct taxonomy *taxonomy, enum tax_stage stage);
void rules_free(struct rules *rules);
/* Switch the filter, for tests and measurements; it is on at first. */
void rules_filter(struct rules *rules, bool on);

/*
 * Run all rules of the stage.  Fields are taken in the order of enum
 * tax_field, comments by their numbers, sections by their places; a rule
 * counts where it first matches.  A rule sees the bodies of its sections,
 * each alone; one that lies within another of them only as a part of that.
 * Its dates, and
 * `needs` and `bars` (against the patterns that matched, whatever their own
 * companions), are looked at here.  A match that is empty, being made of
 * lookaheads, is shown to the end of its line.  A rule that hits a limit
 * gives DIAG_PATTERN_LIMIT and is done with this bug.
 */
const struct err *rules_run(struct rules *rules,
    const struct rule_input *input, struct diag_sink *sink,
    struct rule_hits *hits);

/*
 * What is wrong with the rules, one after the other: patterns that don't
 * compile or match the empty text, examples that don't hold (faults); rules
 * without a literal, which cost on every text, and rules that a hostile
 * text makes slow (no faults).  Texts are "FILE:LINE: ...".  An error is
 * only what stopped the check.
 */
const struct err *rules_check(const struct taxonomy *taxonomy,
    void (*report)(void *arg, bool fault, const char *text), void *arg,
    size_t *faults);

/* Limits */
enum {
	RULES_STEP = 4096,	/* bytes in which matches of a piece begin */
	RULES_REACH = 4096,	/* that a match sees behind them */
	RULES_BEFORE = 256,	/* for lookbehind */
	/* A rule's account for one bug: attempts at one place, and bytes of
	 * pieces searched whole, of which each counts as RULES_LEAST at
	 * least.  Every attempt is bounded by rule.h's limits and by the
	 * size of a piece. */
	RULES_MAX_TRIES = 20000,
	RULES_MAX_SEARCHED = 2 << 20,
	RULES_LEAST = 256,
	RULES_MAX_PENDING = 4096,	/* of a text; more are tried at once */
	/* Bytes of all literals of one field; the filter takes some 200
	 * bytes for each.  Rules beyond have no literal. */
	RULES_MAX_LITERALS = 256 << 10
};

#endif
