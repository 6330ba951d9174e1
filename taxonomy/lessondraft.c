/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * From the XML tree to facets and recommendations, and how they fit
 * together.  As in taxonomy_read.c the tree has passed the schema.
 */
#include "taxonomy/lessondraft.h"

#include <string.h>

#include "base/buf.h"
#include "taxonomy/draft.h"

static const char *const parts[TAX_PART__MAX] = {
	[TAX_PART_OBSERVED] = "observed",
	[TAX_PART_CAUSE] = "cause",
	[TAX_PART_MEASURE] = "measure"
};

/* The id of a facet's rule: "ID", "ID/2", "ID/3"... */
static const char *
sign_id(struct draft *draft, const char *facet, size_t number)
{
	if (number == 1)
		return facet;
	buf_clear(&draft->scratch);
	buf_fmt(&draft->scratch, "%s/%zu", facet, number);
	return draft_keep(draft);
}

/* A phrase is put into sentences. */
static const char *
read_phrase(struct draft *draft, const struct xml_element *node)
{
	const char *phrase = draft_content(draft, node);
	size_t len = strlen(phrase);

	if (len > TAX_MAX_PHRASE)
		draft_fault(draft, draft->file, node->line, "phrase too long: "
		    "it has over %d bytes: make it shorter", TAX_MAX_PHRASE);
	else if (len > 0 && strchr(".!?", phrase[len - 1]) != NULL)
		draft_fault(draft, draft->file, node->line, "the phrase ends "
		    "with \"%c\", but others may follow it in the sentence: "
		    "leave it out", phrase[len - 1]);
	return phrase;
}

static void
read_facet(struct draft *draft, const struct xml_element *node)
{
	struct taxonomy *taxonomy = draft->taxonomy;
	struct lesson_draft *lessons = &draft->lessons;
	const size_t index = taxonomy->facet_len;
	struct tax_facet *items, *facet;
	const char **themes;
	const struct xml_element *child;
	size_t part, signs = 0;

	items = draft_grown(draft, taxonomy->facets, index, sizeof(*items));
	themes = draft_grown(draft, lessons->themes, index, sizeof(*themes));
	if (items == NULL || themes == NULL)
		return;
	taxonomy->facets = items;
	taxonomy->facet_len++;
	lessons->themes = themes;
	facet = &items[index];
	facet->file = draft->file;
	facet->line = node->line;
	facet->id = draft_id(draft, node);
	themes[index] = draft_attribute(draft, node, "theme");
	part = draft_choice(draft, node, "part", "part", parts,
	    TAX_PART__MAX);
	if (part < TAX_PART__MAX)
		facet->part = (enum tax_part)part;
	named_add(draft, &lessons->facets, facet->id, facet->line);
	for (child = node->children; child != NULL && !draft->failed;
	    child = child->next) {
		if (draft_is(child, "phrase"))
			facet->phrase = read_phrase(draft, child);
		else if (draft_is(child, "problem"))
			facet->problem = draft_content(draft, child);
		else if (draft_is(child, "advice"))
			facet->advice = draft_content(draft, child);
		else
			rules_read_sign(draft, child, sign_id(draft,
			    facet->id, ++signs), index);
	}
}

static void
read_recommendation(struct draft *draft, const struct xml_element *node)
{
	struct taxonomy *taxonomy = draft->taxonomy;
	struct lesson_draft *lessons = &draft->lessons;
	const size_t index = taxonomy->recommendation_len;
	struct tax_recommendation *items, *recommendation;
	struct draft_support *supports;
	const struct xml_element *child;

	items = draft_grown(draft, taxonomy->recommendations, index,
	    sizeof(*items));
	if (items == NULL)
		return;
	taxonomy->recommendations = items;
	taxonomy->recommendation_len++;
	recommendation = &items[index];
	recommendation->line = node->line;
	recommendation->id = draft_id(draft, node);
	recommendation->title = draft_attribute(draft, node, "title");
	named_add(draft, &lessons->recommendations, recommendation->id,
	    recommendation->line);
	for (child = node->children; child != NULL; child = child->next) {
		if (draft_is(child, "text")) {
			recommendation->text = draft_content(draft, child);
			continue;
		}
		supports = draft_grown(draft, lessons->supports,
		    lessons->support_len, sizeof(*supports));
		if (supports == NULL)
			return;
		lessons->supports = supports;
		supports[lessons->support_len++] = (struct draft_support){
			draft_attribute(draft, child, "ref"), index,
			child->line
		};
	}
}

void
lessons_read(struct draft *draft, const struct xml_element *node)
{
	struct lesson_draft *lessons = &draft->lessons;
	const struct xml_element *child;

	if (lessons->scheme != NULL) {
		draft_fault(draft, draft->file, node->line,
		    "<lessons> is there twice, first in %s%s:%ju: a taxonomy "
		    "has one: remove one", draft->place, lessons->file,
		    (uintmax_t)lessons->line);
		return;
	}
	lessons->scheme = draft_attribute(draft, node, "scheme");
	lessons->file = draft->file;
	lessons->line = node->line;
	for (child = node->children; child != NULL && !draft->failed;
	    child = child->next) {
		if (draft_is(child, "facet"))
			read_facet(draft, child);
		else
			read_recommendation(draft, child);
	}
}

static void
link_themes(struct draft *draft, size_t scheme)
{
	const struct lesson_draft *lessons = &draft->lessons;
	struct taxonomy *taxonomy = draft->taxonomy;
	const struct named *found;
	size_t i;

	taxonomy->lessons_scheme = scheme;
	for (i = 0; i < taxonomy->facet_len; i++) {
		found = named_find(&draft->rows[scheme], lessons->themes[i]);
		if (found != NULL)
			taxonomy->facets[i].theme = found->index;
		else
			named_fault_missing(draft, &draft->rows[scheme],
			    "row of the lessons' scheme", "theme",
			    lessons->themes[i], taxonomy->facets[i].file,
			    taxonomy->facets[i].line);
	}
}

/* The facet is not yet among those of the recommendation. */
static bool
is_new(const struct tax_recommendation *recommendation, size_t facet)
{
	size_t i;

	for (i = 0; i < recommendation->facet_len; i++)
		if (recommendation->facets[i] == facet)
			return false;
	return true;
}

static void
link_support(struct draft *draft, const struct draft_support *support)
{
	const struct lesson_draft *lessons = &draft->lessons;
	struct tax_recommendation *recommendation =
	    &draft->taxonomy->recommendations[support->recommendation];
	const struct named *found;
	size_t *facets;

	found = named_find(&lessons->facets, support->facet);
	if (found == NULL) {
		named_fault_missing(draft, &lessons->facets, "facet", "ref",
		    support->facet, lessons->file, support->line);
		return;
	}
	if (!is_new(recommendation, found->index)) {
		draft_fault(draft, lessons->file, support->line, "ref=\"%s\": "
		    "this facet supports recommendation \"%s\" already: name "
		    "it once", support->facet, recommendation->id);
		return;
	}
	facets = draft_grown(draft, recommendation->facets,
	    recommendation->facet_len, sizeof(*facets));
	if (facets == NULL)
		return;
	recommendation->facets = facets;
	facets[recommendation->facet_len++] = found->index;
}

void
lessons_link(struct draft *draft)
{
	struct taxonomy *taxonomy = draft->taxonomy;
	struct lesson_draft *lessons = &draft->lessons;
	const struct named *found;
	size_t i;

	if (lessons->scheme == NULL)
		return;
	if (taxonomy->recommendation_len > TAX_MAX_RECOMMENDATIONS) {
		draft_fault(draft, lessons->file,
		    taxonomy->recommendations[TAX_MAX_RECOMMENDATIONS].line,
		    "too many recommendations: a taxonomy has at most %d: "
		    "remove some", TAX_MAX_RECOMMENDATIONS);
		return;
	}
	found = named_find(&draft->schemes, lessons->scheme);
	if (found != NULL)
		link_themes(draft, found->index);
	else
		named_fault_missing(draft, &draft->schemes, "scheme",
		    "scheme", lessons->scheme, lessons->file, lessons->line);
	named_sort(draft, &lessons->facets, "facet");
	named_sort(draft, &lessons->recommendations, "recommendation");
	for (i = 0; i < lessons->support_len && !draft->failed; i++)
		link_support(draft, &lessons->supports[i]);
}
