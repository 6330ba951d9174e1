/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * From the XML tree to forms, sections, parties and clocks.  As in
 * taxonomy_read.c the tree has passed the schema.
 */
#include "taxonomy/handling.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"
#include "taxonomy/draft.h"

static const char *const form_ids[TAX_FORM__MAX] = {
	[TAX_FORM_PLAIN] = "plain",
	[TAX_FORM_NUMBERED] = "numbered",
	[TAX_FORM_AUDIT_V1] = "audit-v1",
	[TAX_FORM_V2] = "v2",
	[TAX_FORM_AUDIT_V2] = "audit-v2",
	[TAX_FORM_V3_PRELIMINARY] = "v3-preliminary",
	[TAX_FORM_V3_FULL] = "v3-full",
	[TAX_FORM_V3_CLOSURE] = "v3-closure"
};

static const char *const section_ids[TAX_SECTION__MAX] = {
	[TAX_SECTION_AWARE] = "aware",
	[TAX_SECTION_CCADB_ID] = "ccadb-id",
	[TAX_SECTION_DESCRIPTION] = "description",
	[TAX_SECTION_START] = "start",
	[TAX_SECTION_IDENTIFIED] = "identified",
	[TAX_SECTION_END] = "end",
	[TAX_SECTION_POLICIES] = "policies",
	[TAX_SECTION_SOURCE] = "source",
	[TAX_SECTION_IMPACT] = "impact",
	[TAX_SECTION_CERTIFICATES] = "certificates",
	[TAX_SECTION_CERTIFICATE_TYPES] = "certificate-types",
	[TAX_SECTION_CERTIFICATE_DATA] = "certificate-data",
	[TAX_SECTION_HEURISTIC] = "heuristic",
	[TAX_SECTION_STOPPED] = "stopped",
	[TAX_SECTION_ANALYSIS] = "analysis",
	[TAX_SECTION_CONSIDERATIONS] = "considerations",
	[TAX_SECTION_TIMELINE] = "timeline",
	[TAX_SECTION_RELATED] = "related",
	[TAX_SECTION_CAUSE] = "root-cause",
	[TAX_SECTION_FACTOR] = "factor",
	[TAX_SECTION_LESSONS] = "lessons",
	[TAX_SECTION_WELL] = "well",
	[TAX_SECTION_BADLY] = "badly",
	[TAX_SECTION_LUCK] = "luck",
	[TAX_SECTION_ACTIONS] = "actions",
	[TAX_SECTION_FINDING] = "finding",
	[TAX_SECTION_REMEDIATION] = "remediation",
	[TAX_SECTION_COMMITMENTS] = "commitments",
	[TAX_SECTION_OTHER] = "other"
};

static const char *const party_kinds[TAX_PARTY_KIND__MAX] = {
	[TAX_PARTY_ROOT_PROGRAM] = "root-program",
	[TAX_PARTY_CCADB] = "ccadb",
	[TAX_PARTY_ROBOT] = "robot",
	[TAX_PARTY_PUBLIC] = "public"
};

static const char *const clock_kinds[TAX_CLOCK__MAX] = {
	[TAX_CLOCK_FIRST_REPORT] = "first-report",
	[TAX_CLOCK_FULL_REPORT] = "full-report",
	[TAX_CLOCK_ANSWER] = "answer",
	[TAX_CLOCK_UPDATE] = "update",
	[TAX_CLOCK_ACTION_UPDATE] = "action-update",
	[TAX_CLOCK_REVOCATION_UPDATE] = "revocation-update",
	[TAX_CLOCK_NEXT_UPDATE] = "next-update",
	[TAX_CLOCK_CLOSE_ON] = "close-on"
};

void
handling_begin(struct draft *draft)
{
	struct taxonomy *taxonomy = draft->taxonomy;
	size_t i;

	for (i = 0; i < TAX_FORM__MAX; i++) {
		taxonomy->forms[i].id = form_ids[i];
		taxonomy->forms[i].title = form_ids[i];
		taxonomy->forms[i].since = DATE_NONE;
		taxonomy->forms[i].until = INT64_MAX;
	}
	for (i = 0; i < TAX_SECTION__MAX; i++) {
		taxonomy->sections[i].id = section_ids[i];
		taxonomy->sections[i].title = section_ids[i];
	}
	for (i = 0; i < TAX_CLOCK__MAX; i++)
		taxonomy->clocks[i].kind = (enum tax_clock_kind)i;
}

/* A form, section or clock: false when it was there before. */
static bool
stands_first(struct draft *draft, struct named *place, const char *what,
    const char *id, const struct xml_element *node)
{
	if (place->file != NULL) {
		named_fault_twice(draft, what, id, draft->file,
		    node->line, place->file, place->line);
		return false;
	}
	*place = (struct named){ id, draft->file, node->line, 0 };
	return true;
}

/* A text of its own after the `len` of `texts`; returns where they are. */
static const char **
add_text(struct draft *draft, const char **texts, size_t *len,
    const char *text)
{
	const char **items = draft_grown(draft, texts, *len, sizeof(*items));

	if (items == NULL)
		return texts;
	items[(*len)++] = text;
	return items;
}

/* The children of a form or section: all are headings. */
static const char **
read_headings(struct draft *draft, const struct xml_element *node, size_t *len)
{
	char heading[TAX_MAX_HEADING];
	const char **headings = NULL, *text;
	const struct xml_element *child;

	for (child = node->children; child != NULL; child = child->next) {
		text = draft_content(draft, child);
		if (*text == '\0')
			continue;
		if (!taxonomy_heading(text, strlen(text), heading,
		    sizeof(heading))) {
			draft_fault(draft, draft->file, child->line,
			    "\"%s\" can't be a heading: without the signs "
			    "around it, it is empty or has more than %d "
			    "bytes: correct it", text, TAX_MAX_HEADING - 1);
			continue;
		}
		text = arena_copy(&draft->taxonomy->arena, heading,
		    strlen(heading));
		if (text == NULL) {
			draft->failed = true;
			break;
		}
		headings = add_text(draft, headings, len, text);
		named_add(draft, &draft->handling.headings, text,
		    child->line);
	}
	return headings;
}

void
handling_read_form(struct draft *draft, const struct xml_element *node)
{
	const size_t kind = draft_choice(draft, node, "id", "form", form_ids,
	    TAX_FORM__MAX);
	struct tax_form *form;

	if (kind == TAX_FORM__MAX || !stands_first(draft,
	    &draft->handling.forms[kind], "form", form_ids[kind], node))
		return;
	form = &draft->taxonomy->forms[kind];
	form->line = node->line;
	form->title = draft_attribute(draft, node, "title");
	draft_period(draft, node, "since", &form->since, &form->until);
	form->names = read_headings(draft, node, &form->name_len);
}

void
handling_read_section(struct draft *draft, const struct xml_element *node)
{
	const size_t kind = draft_choice(draft, node, "id", "section",
	    section_ids, TAX_SECTION__MAX);
	struct tax_section *section;
	const struct tax_section *other;
	size_t i;

	if (kind == TAX_SECTION__MAX || !stands_first(draft,
	    &draft->handling.sections[kind], "section", section_ids[kind],
	    node))
		return;
	section = &draft->taxonomy->sections[kind];
	section->line = node->line;
	section->title = draft_attribute(draft, node, "title");
	section->headings = read_headings(draft, node, &section->heading_len);
	if (!draft_has(node, "answer"))
		return;
	section->answer = draft_count(draft, node, "answer", 1,
	    TAX_MAX_ANSWERS);
	for (i = 0; i < TAX_SECTION__MAX; i++) {
		other = &draft->taxonomy->sections[i];
		if (i != kind && other->answer == section->answer)
			draft_fault(draft, draft->file, section->line,
			    "answer=\"%d\": section \"%s\" is this answer "
			    "already: correct one", section->answer,
			    other->id);
	}
}

/* A domain, or with `login` what has an "@", too. */
static const char *
read_address(struct draft *draft, const struct xml_element *node, bool login)
{
	const char *text = draft_content(draft, node), *name, *folded;
	uint64_t line = node->line;

	buf_clear(&draft->scratch);
	text_fold(&draft->scratch, text, strlen(text));
	folded = draft_keep(draft);
	name = strrchr(text, '@');
	name = login && name != NULL ? name + 1 : text;
	if (*text == '\0' || draft->failed)
		return text;
	if (strcmp(text, folded) != 0)
		draft_fault(draft, draft->file, line, "\"%s\": addresses are "
		    "compared in lower case: write \"%s\"", text, folded);
	else if (strchr(name, '.') == NULL || *name == '.' ||
	    name[strlen(name) - 1] == '.' || strpbrk(name, " @/:") != NULL)
		draft_fault(draft, draft->file, line, "\"%s\": this is no "
		    "%s: write one such as example.org%s", text,
		    login ? "address" : "domain",
		    login ? " or who@example.org" : "");
	return text;
}

void
handling_read_party(struct draft *draft, const struct xml_element *node)
{
	struct taxonomy *taxonomy = draft->taxonomy;
	struct tax_party *items, *party;
	const struct xml_element *child;
	const char *text;
	size_t kind;

	items = draft_grown(draft, taxonomy->parties, taxonomy->party_len,
	    sizeof(*items));
	if (items == NULL)
		return;
	taxonomy->parties = items;
	party = &items[taxonomy->party_len++];
	party->line = node->line;
	party->id = draft_id(draft, node);
	party->title = draft_attribute(draft, node, "title");
	kind = draft_choice(draft, node, "kind", "kind of party", party_kinds,
	    TAX_PARTY_KIND__MAX);
	if (kind < TAX_PARTY_KIND__MAX)
		party->kind = (enum tax_party_kind)kind;
	named_add(draft, &draft->handling.parties, party->id, party->line);
	for (child = node->children; child != NULL && !draft->failed;
	    child = child->next) {
		text = read_address(draft, child, true);
		party->addresses = add_text(draft, party->addresses,
		    &party->address_len, text);
		named_add(draft, &draft->handling.addresses, text,
		    child->line);
	}
}

void
handling_read_domain(struct draft *draft, const struct xml_element *node)
{
	struct tax_owner *owner =
	    &draft->taxonomy->owners[draft->taxonomy->owner_len - 1];
	const char *text = read_address(draft, node, false);

	owner->domains = add_text(draft, owner->domains, &owner->domain_len,
	    text);
	named_add(draft, &draft->handling.domains, text,
	    node->line);
}

static void
read_deadline(struct draft *draft, const struct xml_element *node,
    struct tax_deadline *deadline)
{
	enum { HOUR = 60 * 60, DAY = 24 * HOUR };

	deadline->line = node->line;
	deadline->version = draft_has(node, "version") ?
	    draft_attribute(draft, node, "version") : "";
	deadline->source = draft_attribute(draft, node, "source");
	deadline->must = draft_flag(draft, node, "must");
	deadline->closure = draft_flag(draft, node, "closure");
	draft_period(draft, node, "since", &deadline->since,
	    &deadline->until);
	if (!draft_has(node, "version") || !draft_has(node, "must"))
		draft_fault(draft, draft->file, deadline->line, "a deadline "
		    "has version= and must=: give both");
	else if (draft_has(node, "hours") == draft_has(node, "days"))
		draft_fault(draft, draft->file, deadline->line, "a deadline "
		    "has either hours= or days=: give one of them");
	else if (draft_has(node, "hours"))
		deadline->limit = (int64_t)HOUR * draft_count(draft, node,
		    "hours", 0, TAX_MAX_DAYS * 24);
	else
		deadline->limit = (int64_t)DAY * draft_count(draft, node,
		    "days", 0, TAX_MAX_DAYS);
}

static int
compare_deadlines(const void *x, const void *y)
{
	const struct tax_deadline *a = x, *b = y;

	if (a->since != b->since)
		return a->since < b->since ? -1 : 1;
	if (a->must != b->must)
		return a->must ? 1 : -1;
	return a->line < b->line ? -1 : a->line > b->line;
}

/* Of the deadlines of a clock that are duties, and of those that are
 * advice, only one is in force on any day. */
static void
check_deadlines(struct draft *draft, const struct tax_clock *clock)
{
	const struct tax_deadline *before[2] = { NULL, NULL }, *deadline;
	size_t i;

	for (i = 0; i < clock->deadline_len; i++) {
		deadline = &clock->deadlines[i];
		if (before[deadline->must] != NULL &&
		    before[deadline->must]->until >= deadline->since)
			draft_fault(draft, draft->file, deadline->line,
			    "deadline of \"%s\" begins while that of \"%s\" "
			    "(line %ju) is in force, and must= is the same: "
			    "only one can count: correct since= or until=",
			    deadline->version,
			    before[deadline->must]->version,
			    (uintmax_t)before[deadline->must]->line);
		before[deadline->must] = deadline;
	}
}

void
handling_read_clock(struct draft *draft, const struct xml_element *node)
{
	const size_t kind = draft_choice(draft, node, "kind", "kind of clock",
	    clock_kinds, TAX_CLOCK__MAX);
	struct tax_deadline *items;
	struct tax_clock *clock;
	const struct xml_element *child;

	if (kind == TAX_CLOCK__MAX || !stands_first(draft,
	    &draft->handling.clocks[kind], "clock of kind", clock_kinds[kind],
	    node))
		return;
	clock = &draft->taxonomy->clocks[kind];
	clock->line = node->line;
	clock->id = draft_id(draft, node);
	named_add(draft, &draft->handling.clock_ids, clock->id, clock->line);
	clock->title = draft_attribute(draft, node, "title");
	for (child = node->children; child != NULL; child = child->next) {
		if (draft_is(child, "meaning")) {
			clock->meaning = draft_content(draft, child);
			continue;
		}
		if (clock->deadline_len == TAX_MAX_DEADLINES) {
			draft_fault(draft, draft->file, child->line,
			    "too many deadlines: a clock has at most %d: "
			    "remove some", TAX_MAX_DEADLINES);
			return;
		}
		items = draft_grown(draft, clock->deadlines,
		    clock->deadline_len, sizeof(*items));
		if (items == NULL)
			return;
		clock->deadlines = items;
		read_deadline(draft, child, &items[clock->deadline_len++]);
	}
	qsort(clock->deadlines, clock->deadline_len,
	    sizeof(*clock->deadlines), compare_deadlines);
	check_deadlines(draft, clock);
}

uint64_t
handling_sections(struct draft *draft, const struct xml_element *node)
{
	const char *text = draft_attribute(draft, node, "section");
	char word[TAX_MAX_TAG];
	uint64_t sections = 0, bit;
	size_t len, kind;

	/* Words have one blank between them. */
	for (; text != NULL && *text != '\0'; text += len) {
		text += *text == ' ';
		len = strcspn(text, " ");
		snprintf(word, sizeof(word), "%.*s", (int)(len <
		    sizeof(word) ? len : sizeof(word) - 1), text);
		kind = draft_choice_of(draft, node, "section", word,
		    "section", section_ids, TAX_SECTION__MAX);
		if (kind == TAX_SECTION__MAX)
			continue;
		bit = UINT64_C(1) << kind;
		if ((sections & bit) != 0)
			draft_fault(draft, draft->file, node->line,
			    "section=: \"%s\" is there twice: name it once",
			    word);
		sections |= bit;
	}
	return sections;
}

/* Is the list longer than `most`? */
static bool
too_many(struct draft *draft, const struct named_list *list, size_t most,
    const char *what)
{
	if (list->len <= most)
		return false;
	draft_fault(draft, list->items[most].file, list->items[most].line,
	    "too many %s: a taxonomy has at most %zu: remove some", what,
	    most);
	return true;
}

void
handling_link(struct draft *draft)
{
	struct handling *handling = &draft->handling;

	if (too_many(draft, &handling->headings, TAX_MAX_HEADINGS,
	    "headings") || too_many(draft, &handling->addresses,
	    TAX_MAX_ADDRESSES, "addresses") || too_many(draft,
	    &handling->domains, TAX_MAX_ADDRESSES, "domains"))
		return;
	named_sort(draft, &handling->headings, "heading");
	named_sort(draft, &handling->parties, "party");
	named_sort(draft, &handling->addresses, "address");
	named_sort(draft, &handling->domains, "domain");
	named_sort(draft, &handling->clock_ids, "clock");
}
