/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/err.h"
#include "classify/report_private.h"

enum {
	/* Parts that hold each other: six levels of headings, and fields in
	 * lists as deep as these are read. */
	STACK_MAX = MD_MAX_DEPTH + 10
};

/* The parts that are open. */
struct stack {
	size_t parts[STACK_MAX];	/* SIZE_MAX: a form's own heading */
	int ranks[STACK_MAX];
	size_t len;
	bool factor;		/* there was one, and no part behind it */
};

static bool
is_open(const struct report_page *page, const struct stack *stack,
    enum tax_section_kind kind)
{
	size_t i;

	for (i = 0; i < stack->len; i++)
		if (stack->parts[i] != SIZE_MAX &&
		    page->parts[stack->parts[i]].kind == kind)
			return true;
	return false;
}

/* In a contributing factor, description and timeline are the factor's. */
static bool
is_inner(const struct report_page *page, const struct stack *stack,
    const struct report_head *head)
{
	if (is_open(page, stack, TAX_SECTION_FACTOR))
		return true;
	if (head->kind != TAX_SECTION_DESCRIPTION &&
	    head->kind != TAX_SECTION_TIMELINE &&
	    head->kind != TAX_SECTION_OTHER)
		return false;
	return stack->factor || (page->form != TAX_FORM_NUMBERED &&
	    is_open(page, stack, TAX_SECTION_CAUSE));
}

/* End the parts that the head is no part of, at its line. */
static void
close_parts(struct report_page *page, struct stack *stack, int rank,
    size_t line)
{
	size_t part;

	while (stack->len > 0 && stack->ranks[stack->len - 1] >= rank) {
		part = stack->parts[--stack->len];
		if (part != SIZE_MAX)
			page->parts[part].to = line;
	}
}

/* A field of a factor that stands beside it is a part of it. */
static int
rank_in(const struct report_page *page, const struct stack *stack,
    const struct report_head *head)
{
	size_t i;

	if (head->kind != TAX_SECTION_DESCRIPTION &&
	    head->kind != TAX_SECTION_TIMELINE &&
	    head->kind != TAX_SECTION_OTHER)
		return head->rank;
	for (i = 0; i < stack->len; i++)
		if (stack->parts[i] != SIZE_MAX &&
		    page->parts[stack->parts[i]].kind == TAX_SECTION_FACTOR &&
		    stack->ranks[i] == head->rank &&
		    head->mark != MARK_HEADING)
			return head->rank + 1;
	return head->rank;
}

struct report_part *
report_part_add(struct report_page *page)
{
	struct report_part *parts;

	parts = mem_room(page->parts, page->part_len, &page->part_cap,
	    sizeof(*parts));
	if (parts == NULL)
		return NULL;
	page->parts = parts;
	memset(&parts[page->part_len], 0, sizeof(*parts));
	return &parts[page->part_len++];
}

static void
note_parent(struct report_page *page, const struct stack *stack,
    const struct report_head *head)
{
	struct report_part *parent;

	if (stack->len == 0 || stack->parts[stack->len - 1] == SIZE_MAX)
		return;
	parent = &page->parts[stack->parts[stack->len - 1]];
	if (parent->own == SIZE_MAX)
		parent->own = head->line;
	/* The summary of version 3 holds the description, and is not it. */
	if (parent->kind == TAX_SECTION_DESCRIPTION &&
	    head->kind == TAX_SECTION_DESCRIPTION)
		parent->kind = TAX_SECTION_OTHER;
}

/* Begin the part of a head. */
static bool
open_part(struct report_page *page, struct stack *stack,
    const struct report_head *head)
{
	const struct md_line *line = &page->md.lines[head->line];
	int rank = head->known ? rank_in(page, stack, head) : head->rank;
	bool loose = !head->known && head->mark != MARK_HEADING;
	struct report_part *part;

	if (!loose)
		close_parts(page, stack, rank, head->line);
	if (head->kind == TAX_SECTION_FACTOR)
		stack->factor = true;
	else if (head->known && head->kind != TAX_SECTION_DESCRIPTION &&
	    head->kind != TAX_SECTION_TIMELINE &&
	    head->kind != TAX_SECTION_OTHER)
		stack->factor = false;
	if (head->form == TAX_FORM__MAX) {
		part = report_part_add(page);
		if (part == NULL)
			return false;
		if (!loose)
			note_parent(page, stack, head);
		part->kind = head->kind;
		part->answer = head->answer;
		part->words = head->words;
		part->value.start = head->value;
		part->value.end = line->end;
		part->line = head->line;
		part->own = part->to = SIZE_MAX;
		/* An answer goes on behind the item that is its number. */
		part->depth = head->answer > 0 ? 0 : line->depth;
		part->inner = is_inner(page, stack, head);
		if (part->inner && (part->kind == TAX_SECTION_DESCRIPTION ||
		    part->kind == TAX_SECTION_TIMELINE))
			part->kind = TAX_SECTION_OTHER;
	}
	if (!loose && stack->len < STACK_MAX) {
		stack->ranks[stack->len] = rank;
		stack->parts[stack->len++] = head->form == TAX_FORM__MAX ?
		    page->part_len - 1 : SIZE_MAX;
	}
	return true;
}

/* How deep each part stands: the number of those that hold it. */
static void
count_levels(struct report_page *page)
{
	size_t open[STACK_MAX], len = 0, i;
	struct report_part *part;

	for (i = 0; i < page->part_len; i++) {
		part = &page->parts[i];
		while (len > 0 && open[len - 1] <= part->line)
			len--;
		part->level = (int)len + 1;
		if (len < STACK_MAX)
			open[len++] = part->to;
	}
}

/* A field in a list ends where its item does. */
static void
end_field(struct report_page *page, struct report_part *part)
{
	const struct md_line *lines = page->md.lines;
	size_t n;

	for (n = part->line + 1; part->depth > 0 && n < part->to; n++)
		if (lines[n].depth < part->depth && (lines[n].first ||
		    lines[n].begun > 0))
			part->to = n;
	if (part->own > part->to)
		part->own = part->to;
}

const struct err *
report_parts(struct report_page *page)
{
	struct stack stack = { .len = 0 };
	struct report_part *part;
	size_t i;

	page->part_len = 0;
	for (i = 0; i < page->head_len; i++)
		if (!open_part(page, &stack, &page->heads[i]))
			return err_memory();
	close_parts(page, &stack, -1, page->md.len);
	for (i = 0; i < page->part_len; i++) {
		part = &page->parts[i];
		/* A loose one ends at the next. */
		if (part->to == SIZE_MAX)
			part->to = i + 1 < page->part_len ?
			    page->parts[i + 1].line : page->md.len;
		end_field(page, part);
	}
	count_levels(page);
	return NULL;
}

const struct report_part *
report_find(const struct report_page *page, enum tax_section_kind kind)
{
	size_t i;

	for (i = 0; i < page->part_len; i++)
		if (page->parts[i].kind == kind && !page->parts[i].inner)
			return &page->parts[i];
	return NULL;
}
