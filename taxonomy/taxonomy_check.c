/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * How the elements of a taxonomy fit together.  All arrays are complete
 * when this begins, and nothing here takes more than n log n steps: a
 * taxonomy may be somebody else's file.
 */
#include "taxonomy/draft.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "taxonomy/named.h"
#include "taxonomy/ruledraft.h"

/* Put the id of something, and its spellings, into a list; returns where
 * the list goes on. */
static struct named *
add_tags(struct named *list, const struct named *tag,
    const struct tax_spelling *spellings, size_t len)
{
	size_t i;

	*list++ = *tag;
	for (i = 0; i < len; i++)
		*list++ = (struct named){ spellings[i].text, tag->file,
		    spellings[i].line, tag->index };
	return list;
}

static size_t
count_tags(const struct taxonomy *taxonomy)
{
	size_t count, i;

	count = taxonomy->category_len + taxonomy->mark_len +
	    taxonomy->inclusion_len;
	for (i = 0; i < taxonomy->category_len; i++)
		count += taxonomy->categories[i].spelling_len;
	for (i = 0; i < taxonomy->mark_len; i++)
		count += taxonomy->marks[i].spelling_len;
	for (i = 0; i < taxonomy->inclusion_len; i++)
		count += taxonomy->inclusions[i].spelling_len;
	return count;
}

/* No two things that stand in whiteboards share a way to be written. */
static void
check_tags(struct draft *draft)
{
	const struct taxonomy *taxonomy = draft->taxonomy;
	const struct tax_category *category;
	const struct tax_mark *mark;
	const struct tax_inclusion *inclusion;
	struct named_list list;
	struct named *next, tag;
	size_t i;

	if (!named_new(draft, &list, count_tags(taxonomy)))
		return;
	next = list.items;
	for (i = 0; i < taxonomy->category_len; i++) {
		category = &taxonomy->categories[i];
		tag = (struct named){ category->id, category->file,
		    category->line, i };
		next = add_tags(next, &tag, category->spellings,
		    category->spelling_len);
	}
	for (i = 0; i < taxonomy->mark_len; i++) {
		mark = &taxonomy->marks[i];
		tag = (struct named){ mark->id, mark->file, mark->line, i };
		next = add_tags(next, &tag, mark->spellings,
		    mark->spelling_len);
	}
	for (i = 0; i < taxonomy->inclusion_len; i++) {
		inclusion = &taxonomy->inclusions[i];
		tag = (struct named){ inclusion->id, inclusion->file,
		    inclusion->line, i };
		next = add_tags(next, &tag, inclusion->spellings,
		    inclusion->spelling_len);
	}
	named_sort(draft, &list, "tag");
}

/* The one category where all others end up. */
static void
link_residual(struct draft *draft)
{
	struct taxonomy *taxonomy = draft->taxonomy;
	const struct tax_category *category, *first = NULL;
	size_t i;

	for (i = 0; i < taxonomy->category_len; i++) {
		category = &taxonomy->categories[i];
		if (!category->residual)
			continue;
		if (first == NULL) {
			first = category;
			taxonomy->residual = i;
			continue;
		}
		draft_fault(draft, category->file, category->line,
		    "category \"%s\" is residual, and so is \"%s\" (%s%s:%ju): "
		    "one takes what fits no other: unmark one", category->id,
		    first->id, draft->place, first->file,
		    (uintmax_t)first->line);
	}
	if (first == NULL)
		draft_fault(draft, draft->first_file, draft->first_line,
		    "no category in any file is residual: what fits no other "
		    "must go somewhere: mark one residual=\"true\"");
}

/* Lists by which rows and rules find what they refer to. */
static void
link_ids(struct draft *draft)
{
	const struct taxonomy *taxonomy = draft->taxonomy;
	const struct tax_category *category;
	const struct tax_scheme *scheme;
	size_t i;

	if (!named_new(draft, &draft->categories, taxonomy->category_len) ||
	    !named_new(draft, &draft->schemes, taxonomy->scheme_len))
		return;
	for (i = 0; i < taxonomy->category_len; i++) {
		category = &taxonomy->categories[i];
		draft->categories.items[i] = (struct named){ category->id,
		    category->file, category->line, i };
	}
	/* What is there twice was told as a tag. */
	named_sort(draft, &draft->categories, NULL);
	for (i = 0; i < taxonomy->scheme_len; i++) {
		scheme = &taxonomy->schemes[i];
		draft->schemes.items[i] = (struct named){ scheme->id,
		    scheme->file, scheme->line, i };
	}
	named_sort(draft, &draft->schemes, "scheme");
}

/* Find the category that a row refers to. */
static void
link_ref(struct draft *draft, const struct draft_ref *ref)
{
	struct tax_scheme *scheme = &draft->taxonomy->schemes[ref->scheme];
	const struct named *found;
	const struct tax_row *row;

	found = named_find(&draft->categories, ref->id);
	if (found == NULL) {
		named_fault_missing(draft, &draft->categories, "category",
		    "ref", ref->id, scheme->file, ref->line);
		return;
	}
	if (scheme->row_of[found->index] != SIZE_MAX) {
		row = &scheme->rows[scheme->row_of[found->index]];
		draft_fault(draft, scheme->file, ref->line, "category \"%s\" "
		    "is in row \"%s\" (line %ju) already: it would be counted "
		    "twice: remove one", ref->id, row->id,
		    (uintmax_t)row->line);
		return;
	}
	scheme->row_of[found->index] = ref->row;
}

static void
link_rows(struct draft *draft, const struct tax_scheme *scheme,
    struct named_list *rows)
{
	size_t i;

	if (!named_new(draft, rows, scheme->row_len))
		return;
	for (i = 0; i < scheme->row_len; i++)
		rows->items[i] = (struct named){ scheme->rows[i].id,
		    scheme->file, scheme->rows[i].line, i };
	named_sort(draft, rows, "row");
}

static void
link_schemes(struct draft *draft)
{
	struct taxonomy *taxonomy = draft->taxonomy;
	struct tax_scheme *scheme;
	size_t i, j;

	draft->rows = draft_alloc(draft, taxonomy->scheme_len,
	    sizeof(*draft->rows));
	if (draft->rows == NULL)
		return;
	for (i = 0; i < taxonomy->scheme_len; i++) {
		scheme = &taxonomy->schemes[i];
		link_rows(draft, scheme, &draft->rows[i]);
		scheme->row_of = draft_alloc(draft, taxonomy->category_len,
		    sizeof(*scheme->row_of));
		if (scheme->row_of == NULL)
			return;
		for (j = 0; j < taxonomy->category_len; j++)
			scheme->row_of[j] = scheme->causes ?
			    scheme->residual : SIZE_MAX;
	}
	for (i = 0; i < draft->ref_len; i++)
		link_ref(draft, &draft->refs[i]);
	for (i = 0; i < taxonomy->scheme_len; i++) {
		scheme = &taxonomy->schemes[i];
		for (j = 0; j < taxonomy->category_len; j++)
			if (scheme->row_of[j] == SIZE_MAX)
				draft_fault(draft, scheme->file, scheme->line,
				    "scheme \"%s\": category \"%s\" is in no "
				    "row: its incidents would be lost: add it "
				    "to one", scheme->id,
				    taxonomy->categories[j].id);
	}
}

/* Rules of causes are another stage's: there is one such scheme. */
static void
check_causes(struct draft *draft)
{
	const struct taxonomy *taxonomy = draft->taxonomy;
	const struct tax_scheme *first = taxonomy_causes(taxonomy), *scheme;
	size_t i;

	for (i = 0; i < taxonomy->scheme_len; i++) {
		scheme = &taxonomy->schemes[i];
		if (scheme->causes && scheme != first)
			draft_fault(draft, scheme->file, scheme->line,
			    "scheme \"%s\" is of causes, and so is \"%s\" "
			    "(%s%s:%ju): a taxonomy has one: unmark one",
			    scheme->id, first->id, draft->place, first->file,
			    (uintmax_t)first->line);
	}
}

static void
check_components(struct draft *draft)
{
	const struct taxonomy *taxonomy = draft->taxonomy;
	const struct tax_component *component;
	struct named_list list;
	struct buf *scratch = &draft->scratch;
	size_t i;

	if (!named_new(draft, &list, taxonomy->component_len))
		return;
	for (i = 0; i < taxonomy->component_len; i++) {
		component = &taxonomy->components[i];
		buf_clear(scratch);
		buf_fmt(scratch, "%s :: %s", component->product,
		    component->name);
		list.items[i] = (struct named){ draft_keep(draft),
		    component->file, component->line, i };
	}
	named_sort(draft, &list, "component");
}

/* `owner` is followed by `next`, which knows already where it ends. */
static void
settle(struct draft *draft, struct tax_owner *owner, size_t next_index)
{
	const struct tax_owner *next = &draft->taxonomy->owners[next_index];

	if (next->now == next_index)
		return;
	if (owner->since != DATE_NONE && next->since != DATE_NONE &&
	    owner->since > next->since)
		draft_fault(draft, owner->file, owner->line, "since: owner "
		    "\"%s\" went to \"%s\" after that one was itself gone "
		    "(%s%s:%ju): the days contradict each other: correct one",
		    owner->id, next->id, draft->place, next->file,
		    (uintmax_t)next->line);
	owner->now = next->now;
	owner->since = next->since;
}

/*
 * Each owner's `now` leads one step on, or to itself: lead it to the end.
 * `path` has room for all.  An owner is on the path while its end is being
 * looked for; to come upon one again is a circle.
 */
static void
follow_owners(struct draft *draft, size_t *path)
{
	enum { NEW, ON_PATH, DONE };
	struct tax_owner *owners = draft->taxonomy->owners;
	size_t len = draft->taxonomy->owner_len, depth, i, at;
	unsigned char *state;

	state = draft_alloc(draft, len, 1);
	if (state == NULL)
		return;
	for (i = 0; i < len; i++)
		if (owners[i].now == i)
			state[i] = DONE;
	for (i = 0; i < len; i++) {
		depth = 0;
		for (at = i; state[at] == NEW; at = owners[at].now) {
			state[at] = ON_PATH;
			path[depth++] = at;
		}
		if (state[at] == ON_PATH)
			draft_fault(draft, owners[at].file, owners[at].line,
			    "now: owner \"%s\" comes back to itself: nobody "
			    "would answer for it today: break the circle",
			    owners[at].id);
		while (depth > 0) {
			at = path[--depth];
			if (state[owners[at].now] == DONE)
				settle(draft, &owners[at], owners[at].now);
			state[at] = DONE;
		}
	}
}

static void
link_owners(struct draft *draft)
{
	struct taxonomy *taxonomy = draft->taxonomy;
	struct tax_owner *owner;
	struct named_list list;
	const struct named *found;
	size_t *path, len = taxonomy->owner_len, i;

	path = draft_alloc(draft, len, sizeof(*path));
	if (path == NULL || !named_new(draft, &list, len))
		return;
	for (i = 0; i < len; i++) {
		owner = &taxonomy->owners[i];
		list.items[i] = (struct named){ owner->id, owner->file,
		    owner->line, i };
	}
	named_sort(draft, &list, "owner");
	for (i = 0; i < len; i++) {
		owner = &taxonomy->owners[i];
		owner->now = i;
		if (draft->now[i] == NULL)
			continue;
		found = named_find(&list, draft->now[i]);
		if (found == NULL)
			named_fault_missing(draft, &list, "owner", "now",
			    draft->now[i], owner->file, owner->line);
		else if (found->index == i)
			draft_fault(draft, owner->file, owner->line,
			    "now=\"%s\": this is the owner itself: leave it "
			    "out when nobody came after", draft->now[i]);
		else
			owner->now = found->index;
	}
	follow_owners(draft, path);
}

static int
compare_names(const void *x, const void *y)
{
	const struct tax_name *a = x, *b = y;
	int order = strcmp(a->key, b->key);

	if (order != 0)
		return order;
	/* Owners, and names in them, were numbered as they were read. */
	if (a->owner != b->owner)
		return a->owner < b->owner ? -1 : 1;
	return a->line < b->line ? -1 : a->line > b->line;
}

/* The names of all owners, by key: no two owners share one. */
static void
link_names(struct draft *draft)
{
	const struct taxonomy *taxonomy = draft->taxonomy;
	const struct tax_name *name, *first;
	size_t i;

	if (taxonomy->name_len == 0)
		return;
	qsort(taxonomy->names, taxonomy->name_len, sizeof(*taxonomy->names),
	    compare_names);
	for (i = 1; i < taxonomy->name_len; i++) {
		first = &taxonomy->names[i - 1];
		name = &taxonomy->names[i];
		if (strcmp(first->key, name->key) == 0)
			named_fault_twice(draft, "name", name->text,
			    taxonomy->owners[name->owner].file, name->line,
			    taxonomy->owners[first->owner].file, first->line);
	}
}

void
draft_link(struct draft *draft)
{
	static void (*const steps[])(struct draft *draft) = {
		check_tags,
		link_residual,
		link_ids,
		link_schemes,
		check_causes,
		lessons_link,
		rules_link,
		handling_link,
		check_components,
		link_owners,
		link_names
	};
	size_t i;

	if (draft->version_file == NULL)
		draft_fault(draft, draft->first_file, draft->first_line,
		    "no file has a version: reports print it: add version= to "
		    "one <taxonomy>");
	for (i = 0; i < sizeof(steps) / sizeof(steps[0]) && !draft->failed;
	    i++)
		steps[i](draft);
}
