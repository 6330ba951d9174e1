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
read_votes(struct draft *draft, const struct xml_element *node, size_t *len)
{
	struct draft_vote *votes;
	const struct xml_element *child;
	size_t count = 0;

	*len = 0;
	for (child = node->children; child != NULL; child = child->next)
		count += draft_is(child, "vote");
	votes = draft_alloc(draft, count, sizeof(*votes));
	if (votes == NULL)
		return NULL;
	for (child = node->children; child != NULL; child = child->next) {
		if (!draft_is(child, "vote"))
			continue;
		votes[*len].target = draft_attribute(draft, child, "for");
		votes[*len].weight = draft_number(draft, child, "weight",
		    -TAX_MAX_WEIGHT, TAX_MAX_WEIGHT, 0);
		votes[(*len)++].line = child->line;
	}
	return votes;
}

/* The field, and the sections when it is that of sections. */
static void
read_field(struct draft *draft, const struct xml_element *node, struct tax_rule
    *rule)
{
	const char *names[TAX_FIELD__MAX];
	unsigned int i;
	size_t field;

	for (i = 0; i < TAX_FIELD__MAX; i++)
		names[i] = taxonomy_field_name((enum tax_field)i);
	field = draft_choice(draft, node, "field", "field", names,
	    TAX_FIELD__MAX);
	if (field < TAX_FIELD__MAX)
		rule->field = (enum tax_field)field;
	rule->sections = handling_sections(draft, node);
	if (field < TAX_FIELD__MAX && (field == TAX_FIELD_SECTION) !=
	    (draft_has(node, "section")))
		draft_fault(draft, draft->file, rule->line, "rule \"%s\": "
		    "field=\"section\" and section= belong together: write "
		    "both or none", rule->id);
}

/* A rule without votes, NULL when memory is refused; *part is what belongs
 * to it. */
static struct tax_rule *
add_rule(struct draft *draft, const struct xml_element *node, const char *id,
    struct draft_rule **out)
{
	struct taxonomy *taxonomy = draft->taxonomy;
	struct draft_rule *parts, *part;
	struct tax_rule *items, *rule;
	const struct xml_element *child;

	items = draft_grown(draft, taxonomy->rules, taxonomy->rule_len,
	    sizeof(*items));
	parts = draft_grown(draft, draft->rules, taxonomy->rule_len,
	    sizeof(*parts));
	if (items == NULL || parts == NULL)
		return NULL;
	taxonomy->rules = items;
	draft->rules = parts;
	*out = part = &parts[taxonomy->rule_len];
	rule = &items[taxonomy->rule_len++];
	rule->file = draft->file;
	rule->line = node->line;
	rule->id = id;
	rule->scheme = rule->facet = SIZE_MAX;
	read_field(draft, node, rule);
	rule->exact = draft_attribute(draft, node, "case") != NULL;
	draft_period(draft, node, "from", &rule->from, &rule->until);
	part->needs = draft_attribute(draft, node, "needs");
	part->bars = draft_attribute(draft, node, "bars");
	for (child = node->children; child != NULL; child = child->next) {
		if (draft_is(child, "pattern")) {
			part->pattern = draft_pattern(draft, child);
			part->pattern_line = child->line;
		} else if (draft_is(child, "yes")) {
			rule->yes = draft_content(draft, child);
		} else if (draft_is(child, "no")) {
			rule->no = draft_content(draft, child);
		} else if (draft_is(child, "why")) {
			rule->why = draft_content(draft, child);
		}
	}
	return rule;
}

void
rules_read(struct draft *draft, const struct xml_element *node)
{
	struct draft_rule *part;

	if (add_rule(draft, node, draft_id(draft, node), &part) == NULL)
		return;
	part->scheme = draft_attribute(draft, node, "scheme");
	part->votes = read_votes(draft, node, &part->vote_len);
}

void
rules_read_sign(struct draft *draft, const struct xml_element *node,
    const char *id, size_t facet)
{
	struct draft_rule *part;
	struct tax_rule *rule;

	rule = add_rule(draft, node, id, &part);
	if (rule != NULL)
		rule->facet = facet;
}

void
rules_read_macro(struct draft *draft, const struct xml_element *node)
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
	macro->line = node->line;
}

/* What may be said once: NULL, or where it was said before. */
static void
once(struct draft *draft, const struct xml_element *node, const char **file,
    uint64_t *line)
{
	if (*file != NULL)
		draft_fault(draft, draft->file, node->line, "<%s> is "
		    "there twice, first in %s%s:%ju: a taxonomy has one: "
		    "remove one", node->name, draft->place,
		    *file, (uintmax_t)*line);
	*file = draft->file;
	*line = node->line;
}

/* In the order of enum tax_fit_kind. */
static const char *const fit_names[TAX_FIT__MAX] = { "rules", "neighbours" };

/* Which of the first `kinds` the element is for; each is once. */
static bool
fit_kind(struct draft *draft, const struct xml_element *node, size_t kinds,
    bool seen[TAX_FIT__MAX], size_t *kind)
{
	const char *with = draft_attribute(draft, node, "with");
	size_t i;

	for (i = 0; i < kinds && strcmp(with, fit_names[i]) != 0; i++)
		continue;
	if (i == kinds || seen[i]) {
		draft_fault(draft, draft->file, node->line,
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
rules_read_scoring(struct draft *draft, const struct xml_element *node)
{
	bool seen[TAX_FIT__MAX] = { false };
	const struct xml_element *child;
	struct tax_sure *sure;
	size_t kind;

	once(draft, node, &draft->scoring_file, &draft->scoring_line);
	draft->taxonomy->floor = draft_number(draft, node, "floor",
	    -TAX_MAX_WEIGHT, TAX_MAX_WEIGHT, INT_MAX);
	for (child = node->children; child != NULL; child = child->next) {
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
rules_read_neighbours(struct draft *draft, const struct xml_element *node)
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
read_fit(struct draft *draft, const struct xml_element *node, struct tax_fit
    *fit)
{
	fit->threshold = draft_number(draft, node, "threshold",
	    -TAX_MAX_WEIGHT, TAX_MAX_WEIGHT, TAX_THRESHOLD);
	fit->slope = draft_number(draft, node, "slope", 1, TAX_MAX_WEIGHT, 0);
	fit->offset = draft_number(draft, node, "offset", -TAX_MAX_WEIGHT,
	    TAX_MAX_WEIGHT, 0);
}

void
rules_read_fits(struct draft *draft, const struct xml_element *node, int *base,
    struct tax_fit *fits, size_t kinds)
{
	bool seen[TAX_FIT__MAX] = { false };
	const struct xml_element *child;
	size_t i;

	*base = draft_number(draft, node, "base", -TAX_MAX_WEIGHT,
	    TAX_MAX_WEIGHT, 0);
	fits[TAX_FIT_RULES].threshold = TAX_THRESHOLD;
	for (child = node->children; child != NULL; child = child->next) {
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
rules_read_given(struct draft *draft, const struct xml_element *node)
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
	items[scheme->given_len++].line = node->line;
}
