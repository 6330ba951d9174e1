/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * How rules fit together, and with categories and schemes.  As in
 * taxonomy_check.c nothing takes more than n log n steps.
 */
#include "taxonomy/ruledraft.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "taxonomy/draft.h"

/*
 * Marks on numbered things, to see what comes twice in a list: a thing is
 * marked when it holds the number of the list.  Lists count from 1.
 */
struct marks {
	size_t *of;
	size_t list;
};

static bool
mark(struct marks *marks, size_t index)
{
	bool first = marks->of[index] != marks->list;

	marks->of[index] = marks->list;
	return first;
}

static bool
marks_new(struct draft *draft, struct marks *marks, size_t len)
{
	marks->of = draft_alloc(draft, len, sizeof(*marks->of));
	marks->list = 0;
	return marks->of != NULL;
}

/* Marks that serve for categories as well as for the rows of any scheme. */
static bool
target_marks(struct draft *draft, struct marks *marks)
{
	const struct taxonomy *taxonomy = draft->taxonomy;
	size_t most = taxonomy->category_len, i;

	for (i = 0; i < taxonomy->scheme_len; i++)
		if (taxonomy->schemes[i].row_len > most)
			most = taxonomy->schemes[i].row_len;
	return marks_new(draft, marks, most);
}

static void
fault_target(struct draft *draft, const char *target, size_t scheme,
    const char *file, uint64_t line)
{
	char what[TAX_MAX_TAG + sizeof("row in scheme \"\"")] = "category";
	const struct named_list *targets = &draft->categories;

	if (scheme != SIZE_MAX) {
		targets = &draft->rows[scheme];
		snprintf(what, sizeof(what), "row in scheme \"%s\"",
		    draft->taxonomy->schemes[scheme].id);
	}
	named_fault_missing(draft, targets, what, "for", target, file, line);
}

/* Votes for categories (`scheme` SIZE_MAX) or rows: those that lead
 * somewhere, *len of them. */
static struct tax_vote *
link_votes(struct draft *draft, const struct draft_vote *votes, size_t *len,
    size_t scheme, const char *file, struct marks *marks)
{
	const struct named_list *targets = scheme == SIZE_MAX ?
	    &draft->categories : &draft->rows[scheme];
	const struct named *found;
	struct tax_vote *result;
	size_t i, count = *len;

	*len = 0;
	marks->list++;
	result = draft_alloc(draft, count, sizeof(*result));
	for (i = 0; result != NULL && i < count; i++) {
		found = named_find(targets, votes[i].target);
		if (found == NULL)
			fault_target(draft, votes[i].target, scheme, file,
			    votes[i].line);
		else if (!mark(marks, found->index))
			draft_fault(draft, file, votes[i].line, "for=\"%s\": "
			    "this is the second vote for it here: only one can "
			    "count: remove one", votes[i].target);
		else
			result[(*len)++] = (struct tax_vote){ found->index,
			    votes[i].weight };
	}
	return result;
}

static void
link_givens(struct draft *draft)
{
	struct marks targets, labels;
	const struct draft_given *part;
	const struct named *found;
	struct tax_scheme *scheme;
	struct tax_given *given;
	size_t i;

	if (!target_marks(draft, &targets) ||
	    !marks_new(draft, &labels, draft->taxonomy->category_len))
		return;
	for (i = 0; i < draft->given_len; i++) {
		part = &draft->givens[i];
		scheme = &draft->taxonomy->schemes[part->scheme];
		given = &scheme->givens[part->given];
		scheme->ruled = true;
		labels.list = part->scheme + 1;
		given->vote_len = part->vote_len;
		given->votes = link_votes(draft, part->votes,
		    &given->vote_len, part->scheme, scheme->file, &targets);
		found = named_find(&draft->categories, part->category);
		if (found == NULL) {
			named_fault_missing(draft, &draft->categories,
			    "category", "category", part->category,
			    scheme->file, given->line);
			continue;
		}
		given->category = found->index;
		if (!mark(&labels, found->index))
			draft_fault(draft, scheme->file, given->line,
			    "category \"%s\" is given twice in scheme \"%s\": "
			    "only one can count: remove one", part->category,
			    scheme->id);
	}
}

/* The scheme, and with it the stage. */
static void
link_scheme(struct draft *draft, struct tax_rule *rule, const char *id)
{
	struct tax_scheme *scheme;
	const struct named *found;

	if (rule->facet != SIZE_MAX)
		rule->stage = TAX_STAGE_LESSONS;
	if (id == NULL)
		return;
	found = named_find(&draft->schemes, id);
	if (found == NULL) {
		named_fault_missing(draft, &draft->schemes, "scheme",
		    "scheme", id, rule->file, rule->line);
		return;
	}
	rule->scheme = found->index;
	scheme = &draft->taxonomy->schemes[found->index];
	scheme->ruled = true;
	if (scheme->causes)
		rule->stage = TAX_STAGE_REPORTS;
}

/* The rules in order of their stages, and what belongs to them too. */
static void
sort_stages(struct draft *draft)
{
	struct taxonomy *taxonomy = draft->taxonomy;
	const size_t len = taxonomy->rule_len;
	struct draft_rule *parts;
	struct tax_rule *rules;
	size_t i, to = 0;
	unsigned int stage;

	rules = draft_alloc(draft, len, sizeof(*rules));
	parts = draft_alloc(draft, len, sizeof(*parts));
	if (rules == NULL || parts == NULL)
		return;
	for (stage = 0; stage < TAX_STAGE__MAX; stage++) {
		for (i = 0; i < len; i++) {
			if (taxonomy->rules[i].stage != stage)
				continue;
			rules[to] = taxonomy->rules[i];
			parts[to++] = draft->rules[i];
		}
	}
	taxonomy->rules = rules;
	draft->rules = parts;
}

/* One word of needs= or bars=: SIZE_MAX when it leads nowhere. */
static size_t
find_rule(struct draft *draft, const struct tax_rule *rule,
    const struct named_list *rules, const char *word, size_t len)
{
	const struct named *found = NULL;
	char id[TAX_MAX_TAG];

	if (len < sizeof(id)) {
		memcpy(id, word, len);
		id[len] = '\0';
		found = named_find(rules, id);
	}
	if (found != NULL)
		return found->index;
	draft_fault(draft, rule->file, rule->line, "rule \"%s\" names rule "
	    "\"%.*s\": there is no such rule: correct it or define one",
	    rule->id, (int)(len < TAX_MAX_TAG ? len : TAX_MAX_TAG), word);
	return SIZE_MAX;
}

/* The rules that needs= or bars= names, *len of them. */
static size_t *
link_names(struct draft *draft, const struct tax_rule *rule,
    const struct named_list *rules, const char *text, size_t *len,
    struct marks *marks)
{
	const size_t own = (size_t)(rule - draft->taxonomy->rules);
	size_t *result, index, bytes, i;

	*len = 0;
	if (text == NULL)
		return NULL;
	/* Words have one blank between them. */
	for (bytes = 1, i = 0; text[i] != '\0'; i++)
		bytes += text[i] == ' ';
	result = draft_alloc(draft, bytes, sizeof(*result));
	for (; result != NULL && *text != '\0'; text += bytes) {
		text += *text == ' ';
		bytes = strcspn(text, " ");
		index = find_rule(draft, rule, rules, text, bytes);
		if (index == SIZE_MAX)
			continue;
		if (index == own)
			draft_fault(draft, rule->file, rule->line, "rule "
			    "\"%s\" names itself in needs= or bars=: it says "
			    "nothing, or never holds: remove it", rule->id);
		else if (draft->taxonomy->rules[index].stage != rule->stage)
			draft_fault(draft, rule->file, rule->line, "rule "
			    "\"%s\" names rule \"%s\", which is of another "
			    "kind: rules on causes, signs of facets and "
			    "other rules are tried apart: remove it", rule->id,
			    draft->taxonomy->rules[index].id);
		else if (!mark(marks, index))
			draft_fault(draft, rule->file, rule->line, "rule "
			    "\"%s\" names rule \"%s\" twice in needs= and "
			    "bars=: name it once", rule->id,
			    draft->taxonomy->rules[index].id);
		else
			result[(*len)++] = index;
	}
	return result;
}

/*
 * No rule may need itself by way of others.  A rule is on the path while
 * those that it needs are being followed; to come upon one again is a
 * circle.  The path is kept here, as it may be long.
 */
static void
check_needs(struct draft *draft)
{
	enum { NEW, ON_PATH, DONE };
	const struct taxonomy *taxonomy = draft->taxonomy;
	const struct tax_rule *rules = taxonomy->rules, *rule;
	const size_t len = taxonomy->rule_len;
	size_t *path, *next, depth, i, at;
	unsigned char *state;

	path = draft_alloc(draft, len, sizeof(*path));
	next = draft_alloc(draft, len, sizeof(*next));
	state = draft_alloc(draft, len, 1);
	if (path == NULL || next == NULL || state == NULL)
		return;
	for (i = 0; i < len; i++) {
		if (state[i] != NEW)
			continue;
		depth = 0;
		path[depth++] = i;
		while (depth > 0) {
			at = path[depth - 1];
			rule = &rules[at];
			state[at] = ON_PATH;
			if (next[at] == rule->need_len) {
				state[at] = DONE;
				depth--;
				continue;
			}
			at = rule->needs[next[at]++];
			if (state[at] == NEW)
				path[depth++] = at;
			else if (state[at] == ON_PATH)
				draft_fault(draft, rules[at].file,
				    rules[at].line, "rule \"%s\" needs itself, "
				    "by way of rule \"%s\": none of them tells "
				    "when: break the circle", rules[at].id,
				    rule->id);
		}
	}
}

static void
link_rule(struct draft *draft, size_t index, const struct named_list *rules,
    struct marks *targets, struct marks *others)
{
	struct tax_rule *rule = &draft->taxonomy->rules[index];
	const struct draft_rule *part = &draft->rules[index];

	rule->pattern = macros_put(draft, part->pattern, rule->file,
	    part->pattern_line, SIZE_MAX);
	if (rule->pattern == NULL)
		rule->pattern = "";
	if (rule->facet == SIZE_MAX &&
	    (part->scheme == NULL || rule->scheme != SIZE_MAX)) {
		rule->vote_len = part->vote_len;
		rule->votes = link_votes(draft, part->votes, &rule->vote_len,
		    rule->scheme, rule->file, targets);
	}
	others->list++;
	rule->needs = link_names(draft, rule, rules, part->needs,
	    &rule->need_len, others);
	rule->bars = link_names(draft, rule, rules, part->bars,
	    &rule->bar_len, others);
}

void
rules_link(struct draft *draft)
{
	const struct taxonomy *taxonomy = draft->taxonomy;
	const struct tax_rule *rule;
	struct marks targets, others;
	struct named_list list;
	size_t i;

	if (taxonomy->rule_len > TAX_MAX_RULES) {
		rule = &taxonomy->rules[TAX_MAX_RULES];
		draft_fault(draft, rule->file, rule->line, "too many rules: a "
		    "taxonomy has at most %d: remove some", TAX_MAX_RULES);
		return;
	}
	macros_link(draft);
	for (i = 0; i < taxonomy->rule_len; i++)
		link_scheme(draft, &draft->taxonomy->rules[i],
		    draft->rules[i].scheme);
	sort_stages(draft);
	if (!draft->failed)
		link_givens(draft);
	if (draft->failed || !target_marks(draft, &targets) ||
	    !marks_new(draft, &others, taxonomy->rule_len) ||
	    !named_new(draft, &list, taxonomy->rule_len))
		return;
	for (i = 0; i < taxonomy->rule_len; i++) {
		rule = &taxonomy->rules[i];
		list.items[i] = (struct named){ rule->id, rule->file,
		    rule->line, i };
	}
	named_sort(draft, &list, "rule");
	for (i = 0; i < taxonomy->rule_len && !draft->failed; i++)
		link_rule(draft, i, &list, &targets, &others);
	if (!draft->failed)
		check_needs(draft);
}
