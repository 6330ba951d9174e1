/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * From the XML tree to rules, and to what else decides about labels.  As
 * in taxonomy_read.c the tree has passed the schema.
 */
#include "taxonomy/ruledraft.h"

#include <limits.h>
#include <string.h>

#include "base/date.h"
#include "taxonomy/draft.h"

/* The <vote>s among the children of an element: there is at least one. */
static struct draft_vote *
read_votes(struct draft *draft, const xmlNode *node, size_t *len)
{
	struct draft_vote *votes;
	const xmlNode *child;
	size_t count = 0;

	*len = 0;
	for (child = draft_element(node->children); child != NULL;
	    child = draft_element(child->next))
		count += draft_is(child, "vote");
	votes = draft_alloc(draft, count, sizeof(*votes));
	if (votes == NULL)
		return NULL;
	for (child = draft_element(node->children); child != NULL;
	    child = draft_element(child->next)) {
		if (!draft_is(child, "vote"))
			continue;
		votes[*len].target = draft_attribute(draft, child, "for");
		votes[*len].weight = draft_number(draft, child, "weight",
		    -TAX_MAX_WEIGHT, TAX_MAX_WEIGHT, 0);
		votes[(*len)++].line = xml_node_line(child);
	}
	return votes;
}

static enum tax_field
read_field(struct draft *draft, const xmlNode *node)
{
	const char *text = draft_attribute(draft, node, "field");
	unsigned int i;

	for (i = 0; i < TAX_FIELD__MAX; i++)
		if (strcmp(text, taxonomy_field_name((enum tax_field)i)) == 0)
			return (enum tax_field)i;
	if (*text != '\0')
		draft_fault(draft, draft->file, xml_node_line(node),
		    "field=\"%s\": there is no such field: write title, "
		    "summary, owner, words, first, ca or text", text);
	return TAX_FIELD_TITLE;
}

static void
read_period(struct draft *draft, const xmlNode *node, struct tax_rule *rule)
{
	rule->from = draft_day(draft, node, "from");
	rule->until = draft_day(draft, node, "until");
	if (rule->until == DATE_NONE)
		rule->until = INT64_MAX;
	if (rule->from > rule->until)
		draft_fault(draft, draft->file, rule->line, "rule \"%s\": "
		    "from= is later than until=: it would hold on no day: "
		    "correct one", rule->id);
}

void
rules_read(struct draft *draft, const xmlNode *node)
{
	struct taxonomy *taxonomy = draft->taxonomy;
	struct draft_rule *parts, *part;
	struct tax_rule *items, *rule;
	const xmlNode *child;

	items = draft_grown(draft, taxonomy->rules, taxonomy->rule_len,
	    sizeof(*items));
	parts = draft_grown(draft, draft->rules, taxonomy->rule_len,
	    sizeof(*parts));
	if (items == NULL || parts == NULL)
		return;
	taxonomy->rules = items;
	draft->rules = parts;
	part = &parts[taxonomy->rule_len];
	rule = &items[taxonomy->rule_len++];
	rule->file = draft->file;
	rule->line = xml_node_line(node);
	rule->id = draft_id(draft, node);
	rule->field = read_field(draft, node);
	rule->exact = draft_attribute(draft, node, "case") != NULL;
	read_period(draft, node, rule);
	part->scheme = draft_attribute(draft, node, "scheme");
	part->needs = draft_attribute(draft, node, "needs");
	part->bars = draft_attribute(draft, node, "bars");
	part->votes = read_votes(draft, node, &part->vote_len);
	for (child = draft_element(node->children); child != NULL;
	    child = draft_element(child->next)) {
		if (draft_is(child, "pattern")) {
			part->pattern = draft_pattern(draft, child);
			part->pattern_line = xml_node_line(child);
		} else if (draft_is(child, "yes")) {
			rule->yes = draft_content(draft, child);
		} else if (draft_is(child, "no")) {
			rule->no = draft_content(draft, child);
		} else if (draft_is(child, "why")) {
			rule->why = draft_content(draft, child);
		}
	}
}

void
rules_read_macro(struct draft *draft, const xmlNode *node)
{
	struct macro *items, *macro;

	items = draft_grown(draft, draft->macros, draft->macro_len,
	    sizeof(*items));
	if (items == NULL)
		return;
	draft->macros = items;
	macro = &items[draft->macro_len++];
	macro->name = draft_attribute(draft, node, "name");
	macro->text = draft_pattern(draft, node);
	macro->file = draft->file;
	macro->line = xml_node_line(node);
}

/* What may be said once: NULL, or where it was said before. */
static void
once(struct draft *draft, const xmlNode *node, const char **file,
    uint64_t *line)
{
	if (*file != NULL)
		draft_fault(draft, draft->file, xml_node_line(node), "<%s> is "
		    "there twice, first in %s%s:%ju: a taxonomy has one: "
		    "remove one", (const char *)node->name, draft->place,
		    *file, (uintmax_t)*line);
	*file = draft->file;
	*line = xml_node_line(node);
}

/* In the order of enum tax_fit_kind. */
static const char *const fit_names[TAX_FIT__MAX] = { "rules", "neighbours" };

/* Which of the first `kinds` the element is for; each is once. */
static bool
fit_kind(struct draft *draft, const xmlNode *node, size_t kinds,
    bool seen[TAX_FIT__MAX], size_t *kind)
{
	const char *with = draft_attribute(draft, node, "with");
	size_t i;

	for (i = 0; i < kinds && strcmp(with, fit_names[i]) != 0; i++)
		continue;
	if (i == kinds || seen[i]) {
		draft_fault(draft, draft->file, xml_node_line(node),
		    "with=\"%s\": %s: remove or correct one", with,
		    i < kinds ? "this fit is there twice" : kinds == 1 ?
		    "here a fit is with=\"rules\" alone" :
		    "it is neither rules nor neighbours");
		return false;
	}
	seen[i] = true;
	*kind = i;
	return true;
}

void
rules_read_scoring(struct draft *draft, const xmlNode *node)
{
	bool seen[TAX_FIT__MAX] = { false };
	const xmlNode *child;
	struct tax_sure *sure;
	size_t kind;

	once(draft, node, &draft->scoring_file, &draft->scoring_line);
	draft->taxonomy->floor = draft_number(draft, node, "floor",
	    -TAX_MAX_WEIGHT, TAX_MAX_WEIGHT, INT_MAX);
	for (child = draft_element(node->children); child != NULL;
	    child = draft_element(child->next)) {
		if (!fit_kind(draft, child, TAX_FIT__MAX, seen, &kind))
			continue;
		sure = &draft->taxonomy->sure[kind];
		sure->slope = draft_number(draft, child, "slope", 1,
		    TAX_MAX_WEIGHT, 0);
		sure->offset = draft_number(draft, child, "offset",
		    -TAX_MAX_WEIGHT, TAX_MAX_WEIGHT, 0);
	}
}

void
rules_read_neighbours(struct draft *draft, const xmlNode *node)
{
	struct tax_neighbours *neighbours = &draft->taxonomy->neighbours;

	once(draft, node, &draft->neighbours_file, &draft->neighbours_line);
	neighbours->count = draft_count(draft, node, "count", 0,
	    TAX_MAX_NEIGHBOURS);
	neighbours->power = draft_count(draft, node, "power", 1,
	    TAX_MAX_POWER);
	neighbours->epsilon = draft_number(draft, node, "epsilon", 1, 1000, 1);
	neighbours->weight = draft_number(draft, node, "weight", 1,
	    TAX_MAX_WEIGHT, 1);
	neighbours->first = draft_number(draft, node, "first", 0, 1000, 0);
	neighbours->prefix = draft_count(draft, node, "prefix", 1,
	    TAX_MAX_PREFIX);
}

static void
read_fit(struct draft *draft, const xmlNode *node, struct tax_fit *fit)
{
	fit->threshold = draft_number(draft, node, "threshold",
	    -TAX_MAX_WEIGHT, TAX_MAX_WEIGHT, TAX_THRESHOLD);
	fit->slope = draft_number(draft, node, "slope", 1, TAX_MAX_WEIGHT, 0);
	fit->offset = draft_number(draft, node, "offset", -TAX_MAX_WEIGHT,
	    TAX_MAX_WEIGHT, 0);
}

void
rules_read_fits(struct draft *draft, const xmlNode *node, int *base,
    struct tax_fit *fits, size_t kinds)
{
	bool seen[TAX_FIT__MAX] = { false };
	const xmlNode *child;
	size_t i;

	*base = draft_number(draft, node, "base", -TAX_MAX_WEIGHT,
	    TAX_MAX_WEIGHT, 0);
	fits[TAX_FIT_RULES].threshold = TAX_THRESHOLD;
	for (child = draft_element(node->children); child != NULL;
	    child = draft_element(child->next)) {
		if (!draft_is(child, "fit"))
			continue;
		if (fit_kind(draft, child, kinds, seen, &i))
			read_fit(draft, child, &fits[i]);
	}
	for (i = 0; i < kinds; i++)
		if (!seen[i])
			fits[i] = fits[TAX_FIT_RULES];
}

void
rules_read_given(struct draft *draft, const xmlNode *node)
{
	const size_t index = draft->taxonomy->scheme_len - 1;
	struct tax_scheme *scheme = &draft->taxonomy->schemes[index];
	struct draft_given *parts, *part;
	struct tax_given *items;

	items = draft_grown(draft, scheme->givens, scheme->given_len,
	    sizeof(*items));
	parts = draft_grown(draft, draft->givens, draft->given_len,
	    sizeof(*parts));
	if (items == NULL || parts == NULL)
		return;
	scheme->givens = items;
	draft->givens = parts;
	part = &parts[draft->given_len++];
	part->category = draft_attribute(draft, node, "category");
	part->scheme = index;
	part->given = scheme->given_len;
	part->votes = read_votes(draft, node, &part->vote_len);
	items[scheme->given_len++].line = xml_node_line(node);
}
