/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Lessons in the order in which they are told. */

#include "classify/lessons.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "classify/lessons_private.h"

static int
by_most_affected(const void *a, const void *b)
{
	const struct lesson_owner *x = a, *y = b;

	if (x->bugs != y->bugs)
		return x->bugs > y->bugs ? -1 : 1;
	return strcmp(x->name, y->name);
}

static int
by_frequency(const void *a, const void *b)
{
	const struct lesson_facet *x = a, *y = b;

	if (x->bug_len != y->bug_len)
		return x->bug_len > y->bug_len ? -1 : 1;
	return x->facet < y->facet ? -1 : x->facet > y->facet;
}

/* The bugs of a facet, out of the words of its theme. */
static bool
read_bugs(struct lessons *lessons, const struct lesson_pile *draft,
    struct lesson_facet *out)
{
	size_t i;

	out->bugs = arena_alloc(&lessons->arena, draft->counts[out->facet],
	    sizeof(*out->bugs));
	if (out->bugs == NULL)
		return false;
	for (i = 0; i < draft->word_len; i++)
		if (draft->words[i].facet == out->facet)
			out->bugs[out->bug_len++] = draft->words[i].bug;
	out->before = draft->before[out->facet];
	return true;
}

static bool
rank_part(struct lessons *lessons, struct lesson_theme *theme,
    enum tax_part part)
{
	const struct lesson_pile *draft = &lessons->piles[theme->row];
	const struct taxonomy *taxonomy = lessons->taxonomy;
	struct lesson_facet *facets;
	size_t i, len = 0;

	for (i = 0; i < taxonomy->facet_len; i++)
		len += draft->counts[i] > 0 &&
		    taxonomy->facets[i].part == part;
	facets = arena_alloc(&lessons->arena, len, sizeof(*facets));
	if (facets == NULL)
		return false;
	len = 0;
	for (i = 0; i < taxonomy->facet_len; i++) {
		if (draft->counts[i] == 0 || taxonomy->facets[i].part != part)
			continue;
		facets[len].facet = i;
		if (!read_bugs(lessons, draft, &facets[len++]))
			return false;
	}
	if (len > 0)
		qsort(facets, len, sizeof(*facets), by_frequency);
	theme->facets[part] = facets;
	theme->facet_len[part] = len;
	return true;
}

/* Evidence in the order in which the facets are told. */
static bool
rank_evidence(struct lessons *lessons, struct lesson_theme *theme)
{
	const struct lesson_pile *draft = &lessons->piles[theme->row];
	const struct lesson_facet *facet;
	size_t part, i, k;

	theme->evidence = arena_alloc(&lessons->arena, draft->word_len,
	    sizeof(*theme->evidence));
	if (theme->evidence == NULL)
		return false;
	for (part = 0; part < TAX_PART__MAX; part++)
		for (i = 0; i < theme->facet_len[part]; i++) {
			facet = &theme->facets[part][i];
			for (k = 0; k < draft->word_len; k++)
				if (draft->words[k].facet == facet->facet)
					theme->evidence[
					    theme->evidence_len++] =
					    draft->words[k];
		}
	return true;
}

/* Has a quotation of the bug, or in the first round of the facet, been
 * chosen? */
static bool
is_taken(const struct lesson_theme *theme, const struct lesson_words *words,
    bool first_round)
{
	size_t i;

	for (i = 0; i < theme->quote_len; i++)
		if (theme->quotes[i].bug == words->bug ||
		    (first_round && theme->quotes[i].facet == words->facet))
			return true;
	return false;
}

/* A candidate, with the number of bugs of its facet. */
struct candidate {
	const struct lesson_words *words;
	size_t count;
};

static int
by_typical(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	if (x->words->facet != y->words->facet)
		return x->words->facet < y->words->facet ? -1 : 1;
	return x->words->bug > y->words->bug ? -1 :
	    x->words->bug < y->words->bug;
}

/* Candidates: the facets in turn, the most frequent first, each by its
 * newest bug; then again by any other bugs. */
static bool
rank_quotes(struct lessons *lessons, struct lesson_theme *theme)
{
	const struct lesson_pile *draft = &lessons->piles[theme->row];
	struct candidate *candidates;
	struct lesson_words *quote;
	size_t round, i, len = 0;

	candidates = arena_alloc(&lessons->arena, theme->evidence_len,
	    sizeof(*candidates));
	theme->quotes = arena_alloc(&lessons->arena, LESSONS_CANDIDATES,
	    sizeof(*theme->quotes));
	if (candidates == NULL || theme->quotes == NULL)
		return false;
	for (i = 0; i < theme->evidence_len; i++) {
		if (theme->evidence[i].comment < 0)
			continue;
		candidates[len].words = &theme->evidence[i];
		candidates[len++].count =
		    draft->counts[theme->evidence[i].facet];
	}
	if (len > 0)
		qsort(candidates, len, sizeof(*candidates), by_typical);
	for (round = 0; round < 2; round++)
		for (i = 0; i < len &&
		    theme->quote_len < LESSONS_CANDIDATES; i++) {
			if (is_taken(theme, candidates[i].words, round == 0))
				continue;
			quote = &theme->quotes[theme->quote_len++];
			*quote = *candidates[i].words;
			quote->text = NULL;
		}
	return true;
}

static const struct err *
finish_theme(struct lessons *lessons, size_t row)
{
	struct lesson_theme *theme = &lessons->themes[row];
	struct lesson_pile *draft = &lessons->piles[row];
	size_t part, i;

	theme->row = row;
	theme->bugs = draft->bugs;
	theme->bug_len = draft->bug_len;
	theme->owners = draft->owners;
	theme->owner_len = draft->owner_len;
	if (theme->owner_len > 0)
		qsort(theme->owners, theme->owner_len,
		    sizeof(*theme->owners), by_most_affected);
	for (part = 0; part < TAX_PART__MAX; part++)
		if (!rank_part(lessons, theme, (enum tax_part)part))
			return err_memory();
	if (!rank_evidence(lessons, theme) || !rank_quotes(lessons, theme))
		return err_memory();
	for (i = 1; i < theme->bug_len; i++)
		if (theme->bugs[i - 1] >= theme->bugs[i])
			return err_new(ERR_DATA, "lessons: bug %" PRId64
			    " comes twice, or out of order", theme->bugs[i]);
	return NULL;
}

static int
by_number(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static size_t
sort_unique(int64_t *bugs, size_t len)
{
	size_t i, kept = 0;

	if (len > 0)
		qsort(bugs, len, sizeof(*bugs), by_number);
	for (i = 0; i < len; i++)
		if (kept == 0 || bugs[i] != bugs[kept - 1])
			bugs[kept++] = bugs[i];
	return kept;
}

/* The bugs of a facet in all groups, each once. */
static bool
read_all(struct lessons *lessons, size_t facet, struct lesson_facet *out)
{
	const struct lesson_pile *pile;
	size_t i, k, room = 0;

	out->facet = facet;
	for (i = 0; i < lessons->theme_len; i++) {
		room += lessons->piles[i].counts[facet];
		out->before += lessons->piles[i].before[facet];
	}
	out->bugs = arena_alloc(&lessons->arena, room, sizeof(*out->bugs));
	if (out->bugs == NULL)
		return false;
	for (i = 0; i < lessons->theme_len; i++) {
		pile = &lessons->piles[i];
		for (k = 0; k < pile->word_len; k++)
			if (pile->words[k].facet == facet)
				out->bugs[out->bug_len++] =
				    pile->words[k].bug;
	}
	out->bug_len = sort_unique(out->bugs, out->bug_len);
	return true;
}

/* What the facets of a recommendation add up to; each bug counts once. */
static bool
support(struct lessons *lessons, const struct tax_recommendation *from,
    struct lesson_recommendation *out)
{
	struct lesson_facet *told;
	size_t room = 0, i;

	out->facets = arena_alloc(&lessons->arena, from->facet_len,
	    sizeof(*out->facets));
	if (out->facets == NULL)
		return false;
	for (i = 0; i < from->facet_len; i++) {
		told = &out->facets[out->facet_len];
		memset(told, 0, sizeof(*told));
		if (!read_all(lessons, from->facets[i], told))
			return false;
		room += told->bug_len;
		out->facet_len += told->bug_len > 0;
	}
	out->bugs = arena_alloc(&lessons->arena, room, sizeof(*out->bugs));
	if (out->bugs == NULL)
		return false;
	for (i = 0; i < out->facet_len; i++) {
		told = &out->facets[i];
		memcpy(&out->bugs[out->bug_len], told->bugs,
		    told->bug_len * sizeof(*told->bugs));
		out->bug_len += told->bug_len;
	}
	out->bug_len = sort_unique(out->bugs, out->bug_len);
	if (out->facet_len > 0)
		qsort(out->facets, out->facet_len, sizeof(*out->facets),
		    by_frequency);
	return true;
}

static int
by_support(const void *a, const void *b)
{
	const struct lesson_recommendation *x = a, *y = b;

	if (x->bug_len != y->bug_len)
		return x->bug_len > y->bug_len ? -1 : 1;
	return x->recommendation < y->recommendation ? -1 : 1;
}

const struct err *
lessons_finish(struct lessons *lessons)
{
	const struct taxonomy *taxonomy = lessons->taxonomy;
	struct lesson_recommendation *to;
	const struct err *err = NULL;
	size_t i;

	for (i = 0; i < lessons->theme_len && err == NULL; i++)
		err = finish_theme(lessons, i);
	if (err != NULL)
		return err;
	lessons->recommendations = arena_alloc(&lessons->arena,
	    taxonomy->recommendation_len, sizeof(*to));
	if (lessons->recommendations == NULL)
		return err_memory();
	for (i = 0; i < taxonomy->recommendation_len; i++) {
		to = &lessons->recommendations[lessons->recommendation_len];
		to->recommendation = i;
		if (!support(lessons, &taxonomy->recommendations[i], to))
			return err_memory();
		if (to->bug_len > 0)
			lessons->recommendation_len++;
	}
	if (lessons->recommendation_len > 0)
		qsort(lessons->recommendations, lessons->recommendation_len,
		    sizeof(*lessons->recommendations), by_support);
	return NULL;
}
