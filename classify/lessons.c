/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/lessons.h"

#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "fetch/bug.h"
#include "classify/evidence.h"
#include "classify/lessons_private.h"
#include "classify/owner.h"
#include "classify/placing.h"
#include "classify/rules.h"
#include "classify/verdict.h"

const struct err *
lessons_init(struct lessons *lessons, const struct taxonomy *taxonomy,
    const struct tax_scheme *groups)
{
	const struct tax_scheme *scheme = groups;
	struct lesson_pile *draft;
	size_t i;

	memset(lessons, 0, sizeof(*lessons));
	lessons->taxonomy = taxonomy;
	arena_init(&lessons->arena, LESSONS_MAX_BYTES);
	if (taxonomy->lessons_scheme == SIZE_MAX)
		return err_new(ERR_CONFIG, "lessons: the taxonomy has none: "
		    "its folder lacks a file with <lessons>: see "
		    "cabrief-taxonomy(5)");
	if (scheme == NULL)
		scheme = &taxonomy->schemes[taxonomy->lessons_scheme];
	lessons->groups = scheme;
	lessons->piles = mem_alloc(scheme->row_len,
	    sizeof(*lessons->piles));
	if (lessons->piles == NULL)
		return err_memory();
	lessons->theme_len = scheme->row_len;
	for (i = 0; i < scheme->row_len; i++) {
		draft = &lessons->piles[i];
		draft->counts = arena_alloc(&lessons->arena,
		    taxonomy->facet_len, sizeof(*draft->counts));
		draft->before = arena_alloc(&lessons->arena,
		    taxonomy->facet_len, sizeof(*draft->before));
		if (draft->counts == NULL || draft->before == NULL)
			return err_memory();
	}
	lessons->themes = arena_alloc(&lessons->arena, scheme->row_len,
	    sizeof(*lessons->themes));
	return lessons->themes != NULL ? NULL : err_memory();
}

void
lessons_release(struct lessons *lessons)
{
	struct lesson_pile *draft;
	size_t i;

	for (i = 0; i < lessons->theme_len && lessons->piles != NULL; i++) {
		draft = &lessons->piles[i];
		mem_free(draft->bugs);
		mem_free(draft->owners);
		mem_free(draft->words);
	}
	mem_free(lessons->piles);
	lessons->piles = NULL;
	arena_release(&lessons->arena);
}

/* Count the owner of a bug; the prefix of its summary stands for one that
 * the taxonomy lacks. */
static const struct err *
add_owner(struct lessons *lessons, struct lesson_pile *draft,
    const struct bug *bug, const struct verdict *verdict)
{
	struct lesson_owner *owners;
	const char *name;
	size_t len, i;
	char *copy;

	name = owner_called(lessons->taxonomy, &verdict->owner,
	    bug->text[BUG_SUMMARY], &len);
	if (name == NULL)
		return NULL;
	for (i = 0; i < draft->owner_len; i++)
		if (strlen(draft->owners[i].name) == len &&
		    memcmp(draft->owners[i].name, name, len) == 0) {
			draft->owners[i].bugs++;
			return NULL;
		}
	copy = arena_copy(&lessons->arena, name, len);
	owners = mem_room(draft->owners, draft->owner_len,
	    &draft->owner_cap, sizeof(*owners));
	if (owners != NULL)
		draft->owners = owners;
	if (copy == NULL || owners == NULL)
		return err_memory();
	owners[draft->owner_len].name = copy;
	owners[draft->owner_len++].bugs = 1;
	return NULL;
}

/* The words of a hit, in the arena; NULL when the bug has them not. */
static const char *
copy_words(struct lessons *lessons, const struct bug *bug,
    const struct verdict *verdict, const struct rule_hit *hit)
{
	const char *text;
	size_t len, keep;

	text = evidence_text(bug, &verdict->owner, lessons->taxonomy, hit,
	    &len);
	if (text == NULL)
		return NULL;
	keep = text_cut(text + hit->start, hit->end - hit->start,
	    LESSONS_WORDS);
	return arena_copy(&lessons->arena, text + hit->start, keep);
}

/* Is a facet told of a bug with these themes in this group? */
static bool
is_told(const struct lessons *lessons, size_t group,
    const struct placing *themes, size_t facet)
{
	const struct taxonomy *taxonomy = lessons->taxonomy;
	size_t theme = taxonomy->facets[facet].theme, i;

	if (lessons->groups == &taxonomy->schemes[taxonomy->lessons_scheme])
		return theme == group;
	for (i = 0; i < themes->len; i++)
		if (themes->rows[i] == theme)
			return true;
	return false;
}

static const struct err *
add_facets(struct lessons *lessons, size_t group,
    const struct placing *themes, const struct bug *bug,
    const struct verdict *verdict, const struct rule_hits *hits,
    bool before)
{
	const struct taxonomy *taxonomy = lessons->taxonomy;
	struct lesson_pile *draft = &lessons->piles[group];
	const struct rule_hit *hit;
	struct lesson_words *words;
	size_t facet, last = SIZE_MAX, i;

	/* The rules of a facet stand together. */
	for (i = 0; i < hits->len; i++) {
		hit = &hits->items[i];
		facet = taxonomy->rules[hit->rule].facet;
		if (facet == SIZE_MAX || facet == last ||
		    !is_told(lessons, group, themes, facet))
			continue;
		last = facet;
		if (before) {
			draft->before[facet]++;
			continue;
		}
		draft->counts[facet]++;
		words = mem_room(draft->words, draft->word_len,
		    &draft->word_cap, sizeof(*words));
		if (words == NULL)
			return err_memory();
		draft->words = words;
		words = &words[draft->word_len++];
		memset(words, 0, sizeof(*words));
		words->bug = bug->id;
		words->facet = facet;
		words->rule = hit->rule;
		words->comment = hit->comment;
		words->start = hit->start;
		words->end = hit->end;
		if (lessons->words)
			words->text = copy_words(lessons, bug, verdict, hit);
	}
	return NULL;
}

const struct err *
lessons_add(struct lessons *lessons, const struct bug *bug,
    const struct verdict *verdict, const struct rule_hits *hits,
    bool before)
{
	const struct taxonomy *taxonomy = lessons->taxonomy;
	const struct err *err = NULL;
	struct lesson_pile *draft;
	struct placing placing, themes;
	int64_t *bugs;
	size_t i;

	placing_read(&taxonomy->schemes[taxonomy->lessons_scheme], verdict,
	    &themes);
	placing_read(lessons->groups, verdict, &placing);
	*(before ? &lessons->before : &lessons->incidents) += 1;
	for (i = 0; i < placing.len && err == NULL; i++) {
		draft = &lessons->piles[placing.rows[i]];
		err = add_facets(lessons, placing.rows[i], &themes, bug,
		    verdict, hits, before);
		if (before) {
			lessons->themes[placing.rows[i]].before++;
			continue;
		}
		bugs = mem_room(draft->bugs, draft->bug_len,
		    &draft->bug_cap, sizeof(*bugs));
		if (bugs == NULL)
			return err_memory();
		draft->bugs = bugs;
		bugs[draft->bug_len++] = bug->id;
		if (err == NULL)
			err = add_owner(lessons, draft, bug, verdict);
	}
	return err;
}
