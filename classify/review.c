/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/review.h"

#include <stdint.h>

#include "classify/override.h"
#include "classify/score.h"
#include "classify/whiteboard.h"
#include "taxonomy/taxonomy.h"

enum {
	THOUSAND = 1000
};

static int
confidence(const struct score *score)
{
	if (score->confidence >= 0)
		return score->confidence;
	return score->given && !score->fallback ? THOUSAND : 0;
}

/* Do tags, or the decision, name the category? */
static bool
named(const struct whiteboard *board, const struct override *decision,
    size_t category)
{
	size_t i;

	if (decision != NULL) {
		for (i = 0; i < decision->category_len; i++)
			if (decision->categories[i] == category)
				return true;
		return false;
	}
	for (i = 0; i < board->tag_len; i++)
		if (board->tags[i].category == category)
			return true;
	return false;
}

/* Compare what is named with what the rules give. */
static int
doubt(const struct taxonomy *taxonomy, const struct whiteboard *board,
    const struct score *scores, const struct override *decision,
    bool any_named, unsigned *reasons)
{
	size_t i, labels = 0;
	bool has, gives;
	int most = 0, here;

	for (i = 0; i < taxonomy->category_len; i++) {
		gives = scores[i].given;
		has = any_named ? named(board, decision, i) : gives;
		if (!has && !gives)
			continue;
		labels++;
		/* That nothing fits is for people to say. */
		if (i == taxonomy->residual && !gives)
			continue;
		if (has != gives)
			*reasons |= REVIEW_DISAGREES;
		here = confidence(&scores[i]);
		if (has)
			here = THOUSAND - here;
		if (here > most)
			most = here;
	}
	return labels > 0 ? most : THOUSAND;
}

void
review_read(const struct taxonomy *taxonomy, const struct whiteboard *board,
    const struct score *scores, const struct override *decision, bool stale,
    struct review *out)
{
	bool any_named = decision != NULL;
	int most;
	size_t i;

	out->score = 0;
	out->reasons = 0;
	if (decision != NULL && !stale)
		return;
	if (decision != NULL)
		out->reasons |= REVIEW_STALE;
	if (board->tag_len == 0)
		out->reasons |= REVIEW_MISSING;
	for (i = 0; i < board->tag_len; i++) {
		if (board->tags[i].category == SIZE_MAX)
			out->reasons |= REVIEW_UNKNOWN;
		else
			any_named = true;
	}
	most = doubt(taxonomy, board, scores, decision, any_named,
	    &out->reasons);
	if (most >= REVIEW_DOUBT)
		out->reasons |= REVIEW_UNSURE;
	if (out->reasons == 0)
		return;
	out->score = most;
	if ((out->reasons & REVIEW_MISSING) != 0)
		out->score += 2 * THOUSAND;
	if ((out->reasons & REVIEW_UNKNOWN) != 0)
		out->score += THOUSAND;
	if ((out->reasons & REVIEW_STALE) != 0)
		out->score += THOUSAND;
}

const char *
review_reason_name(unsigned reason)
{
	switch (reason) {
	case REVIEW_MISSING:
		return "missing";
	case REVIEW_UNKNOWN:
		return "unknown";
	case REVIEW_STALE:
		return "stale";
	case REVIEW_DISAGREES:
		return "disagrees";
	case REVIEW_UNSURE:
		return "unsure";
	default:
		return NULL;
	}
}
