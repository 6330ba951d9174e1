/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The incidents most like a text, and what their tags say of it.
 *
 * Title and first comment are taken as words: runs of letters and digits in
 * lower case, cut to the taxonomy's `prefix` characters, which joins the
 * forms of a word.  The title counts by its words and by pairs of them, the
 * first comment by its words.  A word weighs (1 + ln(how often)) *
 * (ln((1 + bugs) / (1 + bugs that have it)) + 1); each of the two texts is
 * brought to length 1, the comment then to `first`, both together to length
 * 1 again.  Likeness is the cosine.  Runs of 3 to 5 characters were tried
 * too, in place of the words and beside them: 806 incidents, each asked
 * about by the other nine tenths, or by older ones alone, came out the same
 * or worse.
 *
 * From the logarithms on all is whole numbers, so that the same texts give
 * the same answer everywhere.  It knows no store and no file.
 */
#ifndef CLASSIFY_SIMILAR_H
#define CLASSIFY_SIMILAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "taxonomy/taxonomy.h"

struct err;
struct similar;

/* What is compared; clean UTF-8.  What is not known is "", 0. */
struct similar_text {
	const char *title;	/* the summary behind the owner */
	size_t title_len;
	const char *first;	/* comment 0 */
	size_t first_len;
};

struct similar_bug {
	int64_t id;		/* > 0, each once */
	int64_t filed;		/* time, for the filter alone */
	struct similar_text text;
	const size_t *categories;	/* of its tags, none twice */
	size_t category_len;
};

/* An empty index.  `taxonomy` must outlive it.  Caller frees. */
const struct err *similar_new(struct similar **out,
    const struct taxonomy *taxonomy);
void similar_free(struct similar *index);
/* Add bugs, in any order; nothing of them is kept but numbers. */
const struct err *similar_add(struct similar *index,
    const struct similar_bug *bug);
/* No more will come: now it can be asked. */
const struct err *similar_finish(struct similar *index);

/* Who may answer. */
struct similar_filter {
	int64_t self;		/* the bug itself, which may not; or 0 */
	bool tagged;		/* only bugs with categories */
	bool (*allow)(void *arg, int64_t bug, int64_t filed); /* NULL: all */
	void *arg;
};

struct neighbour {
	int64_t bug;
	uint32_t cosine;	/* > 0, in units of 1 / SIMILAR_ONE */
	const size_t *categories;	/* the index's */
	size_t category_len;
};

/* The `max` bugs most like the text, the nearest first, of equals the one
 * with the lower number.  Bugs that share no word with it are none. */
size_t similar_query(struct similar *index, const struct similar_text *text,
    const struct similar_filter *filter, struct neighbour *out, size_t max);

/* What the nearest say. */
struct similar_votes {
	const int *terms;	/* thousandths to add to the score of each
				 * category; NULL when there are no
				 * neighbours; good until the next call */
	struct neighbour neighbours[TAX_MAX_NEIGHBOURS];
	size_t len;
};

/*
 * Ask the taxonomy's `count` nearest with tags that the filter allows.
 * With share = the sum of cosine^power over those that carry the category,
 * divided by the sum over all of them, and prior = the share of all bugs
 * with tags that the filter allows, the term of a category is
 * weight * ln((share + epsilon) / (prior + epsilon)).
 */
void similar_vote(struct similar *index, const struct similar_text *text,
    const struct similar_filter *filter, struct similar_votes *out);

/* Limits */
enum {
	SIMILAR_ONE = 1 << 16,	/* cosine of a bug with itself, but for
				 * rounding */
	/* Characters that are read of a title and of a comment.  The weights
	 * were fitted on as many; Bugzilla allows 255 and 65,535. */
	SIMILAR_CHARS = 1000
};

#endif
