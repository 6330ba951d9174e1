/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Which bugs somebody should look at again, and which of them first: tags
 * and rules are two witnesses, and here they are confronted.
 */
#ifndef CLASSIFY_REVIEW_H
#define CLASSIFY_REVIEW_H

#include <stdbool.h>
#include <stddef.h>

struct override;
struct score;
struct taxonomy;
struct whiteboard;

enum review_reason {
	REVIEW_MISSING = 1,	/* no tag names a category */
	REVIEW_UNKNOWN = 2,	/* a tag that the taxonomy lacks */
	REVIEW_STALE = 4,	/* decided by a person, and changed since */
	REVIEW_DISAGREES = 8,	/* the rules give other labels */
	REVIEW_UNSURE = 16	/* the rules doubt their own, or the tags' */
};

struct review {
	int score;		/* thousandths; 0: nothing to look at */
	unsigned reasons;	/* flags */
};

/*
 * Weigh one bug by its whiteboard, the scores of all categories
 * (score_categories), and a decision on it, or NULL.  A decision that is
 * not stale ends the matter.
 *
 *	score = 2 when a tag is missing, + 1 when one is unknown,
 *		+ 1 when a decision is stale, + doubt
 *
 * Doubt is the largest of: 1 - confidence of a label that the bug has (by
 * decision, else by tag, else by rule), and the confidence of one that the
 * rules give and tag or decision lack; 1 when there is no label at all.
 * Nothing is doubted of the residual category.
 * Where nothing else is the matter, doubt counts from 0.5 on.  Without a
 * fit in the taxonomy, confidence is 1 for labels that the rules give by
 * their threshold, else 0.
 */
void review_read(const struct taxonomy *taxonomy,
    const struct whiteboard *board, const struct score *scores,
    const struct override *decision, bool stale, struct review *out);

/* "missing" ..., of one flag; NULL for a number that is none. */
const char *review_reason_name(unsigned reason);

/* Limits */
enum {
	REVIEW_DOUBT = 500	/* thousandths */
};

#endif
