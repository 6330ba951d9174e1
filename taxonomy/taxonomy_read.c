/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * From the XML tree to structs.  The tree has passed the schema (of the
 * built-in files, in the tests), so the elements and attributes that must
 * be there are there, and nothing else is.
 */
#include "taxonomy/draft.h"

#include <limits.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"

/* Add <spelling> and <formerly>; others are passed over. */
static void
read_spelling(struct draft *draft, const struct xml_element *node,
    struct tax_spelling **spellings, size_t *len)
{
	struct tax_spelling *items, *spelling;

	if (!draft_is(node, "spelling") && !draft_is(node, "formerly"))
		return;
	items = draft_grown(draft, *spellings, *len, sizeof(*items));
	if (items == NULL)
		return;
	*spellings = items;
	spelling = &items[(*len)++];
	spelling->line = node->line;
	spelling->text = draft_normal(draft, draft_content(draft, node),
	    spelling->line);
	spelling->until = draft_day(draft, node, "until");
}

static void
read_category(struct draft *draft, const struct xml_element *node)
{
	struct taxonomy *taxonomy = draft->taxonomy;
	struct tax_category *items, *category;
	const struct xml_element *child;
	size_t i;

	items = draft_grown(draft, taxonomy->categories,
	    taxonomy->category_len, sizeof(*items));
	if (items == NULL)
		return;
	taxonomy->categories = items;
	category = &items[taxonomy->category_len++];
	category->file = draft->file;
	category->line = node->line;
	category->id = draft_id(draft, node);
	category->since = draft_day(draft, node, "since");
	category->residual = draft_flag(draft, node, "residual");
	rules_read_fits(draft, node, &category->base, category->fit,
	    TAX_FIT__MAX);
	for (child = node->children; child != NULL; child = child->next) {
		if (draft_is(child, "title"))
			category->title = draft_content(draft, child);
		else if (draft_is(child, "meaning"))
			category->meaning = draft_content(draft, child);
		else
			read_spelling(draft, child, &category->spellings,
			    &category->spelling_len);
	}
	/* Until the rename the old name was used, and from then on this. */
	for (i = 0; i < category->spelling_len; i++)
		if (category->spellings[i].until != DATE_NONE &&
		    category->spellings[i].until < category->since)
			draft_fault(draft, draft->file,
			    category->spellings[i].line, "until: the old name "
			    "\"%s\" ends before \"%s\" begins: the days "
			    "contradict each other: correct one",
			    category->spellings[i].text, category->id);
}

static void
read_mark(struct draft *draft, const struct xml_element *node)
{
	/* In the order of enum tax_mark_kind. */
	static const char *const kinds[TAX_MARK_KIND__MAX] = {
		"base", "external", "meta", "auditor", "other", "close-on",
		"next-update"
	};
	struct taxonomy *taxonomy = draft->taxonomy;
	struct tax_mark *items, *mark;
	const struct xml_element *child;
	const char *kind;
	unsigned int i;

	items = draft_grown(draft, taxonomy->marks, taxonomy->mark_len,
	    sizeof(*items));
	if (items == NULL)
		return;
	taxonomy->marks = items;
	mark = &items[taxonomy->mark_len++];
	mark->file = draft->file;
	mark->line = node->line;
	mark->id = draft_tag_id(draft, node);
	kind = draft_attribute(draft, node, "kind");
	for (i = 0; i < TAX_MARK_KIND__MAX; i++)
		if (strcmp(kind, kinds[i]) == 0)
			mark->kind = (enum tax_mark_kind)i;
	for (child = node->children; child != NULL; child = child->next) {
		if (draft_is(child, "meaning"))
			mark->meaning = draft_content(draft, child);
		else
			read_spelling(draft, child, &mark->spellings,
			    &mark->spelling_len);
	}
}

static void
read_inclusion(struct draft *draft, const struct xml_element *node)
{
	struct taxonomy *taxonomy = draft->taxonomy;
	struct tax_inclusion *items, *inclusion;
	const struct xml_element *child;

	items = draft_grown(draft, taxonomy->inclusions,
	    taxonomy->inclusion_len, sizeof(*items));
	if (items == NULL)
		return;
	taxonomy->inclusions = items;
	inclusion = &items[taxonomy->inclusion_len++];
	inclusion->file = draft->file;
	inclusion->line = node->line;
	inclusion->id = draft_tag_id(draft, node);
	inclusion->counted = draft_flag(draft, node, "counted");
	for (child = node->children; child != NULL; child = child->next) {
		if (draft_is(child, "title"))
			inclusion->title = draft_content(draft, child);
		else
			read_spelling(draft, child, &inclusion->spellings,
			    &inclusion->spelling_len);
	}
}

static void
read_component(struct draft *draft, const struct xml_element *node)
{
	struct taxonomy *taxonomy = draft->taxonomy;
	struct tax_component *items, *component;

	items = draft_grown(draft, taxonomy->components,
	    taxonomy->component_len, sizeof(*items));
	if (items == NULL)
		return;
	taxonomy->components = items;
	component = &items[taxonomy->component_len++];
	component->file = draft->file;
	component->line = node->line;
	component->product = draft_attribute(draft, node, "product");
	component->name = draft_attribute(draft, node, "name");
	component->kind = TAX_COMPONENT_INCIDENTS;
	if (strcmp(draft_attribute(draft, node, "holds"), "inclusions") == 0)
		component->kind = TAX_COMPONENT_INCLUSIONS;
}

/* What has no place in a scheme of causes. */
static void
fault_cause(struct draft *draft, const struct xml_element *node)
{
	draft_fault(draft, draft->file, node->line, "<%s> in a "
	    "scheme of causes: tags tell nothing of a cause: remove it",
	    node->name);
}

/* A row of the scheme read last. */
static void
read_row(struct draft *draft, const struct xml_element *node, struct tax_scheme
    *scheme)
{
	struct draft_ref *refs;
	struct tax_row *rows, *row;
	const struct xml_element *child;

	rows = draft_grown(draft, scheme->rows, scheme->row_len,
	    sizeof(*rows));
	if (rows == NULL)
		return;
	scheme->rows = rows;
	row = &rows[scheme->row_len++];
	row->line = node->line;
	row->id = draft_id(draft, node);
	row->title = draft_attribute(draft, node, "title");
	rules_read_fits(draft, node, &row->base, &row->fit, 1);
	if (draft_flag(draft, node, "residual")) {
		if (scheme->residual != SIZE_MAX)
			draft_fault(draft, draft->file, row->line, "row "
			    "\"%s\" is residual, and so is row \"%s\" (line "
			    "%ju): one row takes what is unknown: unmark one",
			    row->id, rows[scheme->residual].id,
			    (uintmax_t)rows[scheme->residual].line);
		scheme->residual = scheme->row_len - 1;
	}
	for (child = node->children; child != NULL; child = child->next) {
		if (draft_is(child, "note"))
			row->note = draft_content(draft, child);
		if (!draft_is(child, "category"))
			continue;
		if (scheme->causes)
			fault_cause(draft, child);
		refs = draft_grown(draft, draft->refs, draft->ref_len,
		    sizeof(*refs));
		if (refs == NULL)
			return;
		draft->refs = refs;
		refs += draft->ref_len++;
		refs->id = draft_attribute(draft, child, "ref");
		refs->scheme = draft->taxonomy->scheme_len - 1;
		refs->row = scheme->row_len - 1;
		refs->line = child->line;
	}
}

static void
read_scheme(struct draft *draft, const struct xml_element *node)
{
	struct taxonomy *taxonomy = draft->taxonomy;
	struct tax_scheme *items, *scheme;
	const struct xml_element *child;

	items = draft_grown(draft, taxonomy->schemes, taxonomy->scheme_len,
	    sizeof(*items));
	if (items == NULL)
		return;
	taxonomy->schemes = items;
	scheme = &items[taxonomy->scheme_len++];
	scheme->file = draft->file;
	scheme->line = node->line;
	scheme->id = draft_id(draft, node);
	scheme->heading = draft_attribute(draft, node, "heading");
	scheme->open = draft_flag(draft, node, "open");
	scheme->causes = draft_flag(draft, node, "causes");
	scheme->floor = draft_number(draft, node, "floor", -TAX_MAX_WEIGHT,
	    TAX_MAX_WEIGHT, INT_MAX);
	scheme->residual = SIZE_MAX;
	if (scheme->causes && scheme->open)
		draft_fault(draft, draft->file, scheme->line, "scheme \"%s\" "
		    "is open, and of causes: tags tell nothing of a cause: "
		    "leave one out", scheme->id);
	for (child = node->children; child != NULL; child = child->next) {
		if (draft_is(child, "title"))
			scheme->title = draft_content(draft, child);
		else if (draft_is(child, "given") && scheme->causes)
			fault_cause(draft, child);
		else if (draft_is(child, "given"))
			rules_read_given(draft, child);
		else
			read_row(draft, child, scheme);
	}
	if (scheme->residual == SIZE_MAX)
		draft_fault(draft, draft->file, scheme->line, "scheme \"%s\" "
		    "has no residual row: what is unknown must go somewhere: "
		    "mark one row residual=\"true\"", scheme->id);
}

/* Another name of the owner read last. */
static void
add_name(struct draft *draft, const char *text, enum tax_name_kind kind,
    uint64_t line)
{
	struct taxonomy *taxonomy = draft->taxonomy;
	struct tax_name *items, *name;

	items = draft_grown(draft, taxonomy->names, taxonomy->name_len,
	    sizeof(*items));
	if (items == NULL)
		return;
	taxonomy->names = items;
	name = &items[taxonomy->name_len++];
	name->text = text;
	buf_clear(&draft->scratch);
	text_fold(&draft->scratch, text, strlen(text));
	name->key = draft_keep(draft);
	name->kind = kind;
	name->owner = taxonomy->owner_len - 1;
	name->line = line;
}

static enum tax_name_kind
name_kind(const struct tax_owner *owner, const struct xml_element *node)
{
	if (owner->auditor)
		return TAX_NAME_AUDITOR;
	if (draft_is(node, "brand"))
		return TAX_NAME_BRAND;
	if (draft_is(node, "subca"))
		return TAX_NAME_SUBCA;
	return TAX_NAME_CA;
}

static void
read_owner(struct draft *draft, const struct xml_element *node)
{
	struct taxonomy *taxonomy = draft->taxonomy;
	struct tax_owner *items, *owner;
	const struct xml_element *child;
	const char **now;

	items = draft_grown(draft, taxonomy->owners, taxonomy->owner_len,
	    sizeof(*items));
	now = draft_grown(draft, draft->now, taxonomy->owner_len,
	    sizeof(*now));
	if (items == NULL || now == NULL)
		return;
	taxonomy->owners = items;
	draft->now = now;
	now[taxonomy->owner_len] = draft_attribute(draft, node, "now");
	owner = &items[taxonomy->owner_len++];
	owner->file = draft->file;
	owner->line = node->line;
	owner->id = draft_id(draft, node);
	owner->name = draft_attribute(draft, node, "name");
	owner->since = draft_day(draft, node, "since");
	owner->auditor = draft_flag(draft, node, "auditor");
	add_name(draft, owner->name, name_kind(owner, node), owner->line);
	for (child = node->children; child != NULL; child = child->next) {
		if (draft_is(child, "note"))
			owner->note = draft_content(draft, child);
		else if (draft_is(child, "domain"))
			handling_read_domain(draft, child);
		else
			add_name(draft, draft_content(draft, child),
			    name_kind(owner, child), child->line);
	}
	if (owner->since != DATE_NONE && now[taxonomy->owner_len - 1] == NULL)
		draft_fault(draft, draft->file, owner->line, "owner \"%s\" "
		    "has since= without now=: since is the day from which "
		    "another owner answers for it: name that one", owner->id);
}

static void
read_version(struct draft *draft, const struct xml_element *root)
{
	const char *version = draft_attribute(draft, root, "version");
	uint64_t line = root->line;

	if (version == NULL)
		return;
	if (draft->version_file != NULL)
		draft_fault(draft, draft->file, line, "version is given "
		    "twice, first in %s%s:%ju: a taxonomy has one: remove "
		    "one", draft->place, draft->version_file,
		    (uintmax_t)draft->version_line);
	draft->taxonomy->version = version;
	draft->version_file = draft->file;
	draft->version_line = line;
}

void
draft_read(struct draft *draft, const struct xml_element *root,
    const char *file)
{
	static const struct {
		const char *name;
		void (*read)(struct draft *draft,
		    const struct xml_element *node);
	} kinds[] = {
		{ "category", read_category },
		{ "clock", handling_read_clock },
		{ "component", read_component },
		{ "form", handling_read_form },
		{ "inclusion", read_inclusion },
		{ "lessons", lessons_read },
		{ "macro", rules_read_macro },
		{ "mark", read_mark },
		{ "neighbours", rules_read_neighbours },
		{ "owner", read_owner },
		{ "party", handling_read_party },
		{ "rule", rules_read },
		{ "scheme", read_scheme },
		{ "scoring", rules_read_scoring },
		{ "section", handling_read_section }
	};
	const struct xml_element *node;
	size_t i;

	buf_clear(&draft->scratch);
	buf_str(&draft->scratch, file);
	draft->file = draft_keep(draft);
	if (draft->first_file == NULL) {
		draft->first_file = draft->file;
		draft->first_line = root->line;
	}
	read_version(draft, root);
	for (node = root->children; node != NULL && !draft->failed;
	    node = node->next)
		for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
			if (!draft_is(node, kinds[i].name))
				continue;
			kinds[i].read(draft, node);
			break;
		}
}
