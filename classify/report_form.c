/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "classify/report_private.h"

#define BIT(kind)	(UINT64_C(1) << (kind))

/* What no form before 3.0 has. */
static const uint64_t fields_kinds =
    BIT(TAX_SECTION_CCADB_ID) | BIT(TAX_SECTION_POLICIES) |
    BIT(TAX_SECTION_SOURCE) | BIT(TAX_SECTION_START) |
    BIT(TAX_SECTION_IDENTIFIED) | BIT(TAX_SECTION_END) |
    BIT(TAX_SECTION_CERTIFICATE_TYPES) | BIT(TAX_SECTION_HEURISTIC) |
    BIT(TAX_SECTION_FACTOR);
/* And of these, what a preliminary report has not. */
static const uint64_t full_kinds =
    BIT(TAX_SECTION_START) | BIT(TAX_SECTION_IDENTIFIED) |
    BIT(TAX_SECTION_END) | BIT(TAX_SECTION_CERTIFICATE_TYPES) |
    BIT(TAX_SECTION_HEURISTIC) | BIT(TAX_SECTION_FACTOR);
static const uint64_t closing_kinds =
    BIT(TAX_SECTION_REMEDIATION) | BIT(TAX_SECTION_COMMITMENTS);
static const uint64_t part_kinds =
    BIT(TAX_SECTION_DESCRIPTION) | BIT(TAX_SECTION_IMPACT) |
    BIT(TAX_SECTION_TIMELINE) | BIT(TAX_SECTION_CAUSE) |
    BIT(TAX_SECTION_LESSONS) | BIT(TAX_SECTION_ACTIONS) |
    BIT(TAX_SECTION_WELL) | BIT(TAX_SECTION_BADLY) |
    BIT(TAX_SECTION_LUCK);
static const uint64_t finding_kinds =
    BIT(TAX_SECTION_DESCRIPTION) | BIT(TAX_SECTION_CAUSE) |
    BIT(TAX_SECTION_ACTIONS);

static int
count_bits(uint64_t bits)
{
	int count = 0;

	for (; bits != 0; bits &= bits - 1)
		count++;
	return count;
}

/* The form that headings announce, the later of several versions. */
static enum tax_form_kind
named_form(const struct report_page *page)
{
	static const enum tax_form_kind order[] = {
		TAX_FORM_V3_FULL, TAX_FORM_V3_PRELIMINARY,
		TAX_FORM_V3_CLOSURE, TAX_FORM_AUDIT_V2, TAX_FORM_V2,
		TAX_FORM_AUDIT_V1, TAX_FORM_NUMBERED
	};
	size_t i, k;

	for (k = 0; k < sizeof(order) / sizeof(order[0]); k++)
		for (i = 0; i < page->head_len; i++)
			if (page->heads[i].form == order[k])
				return order[k];
	return TAX_FORM_PLAIN;
}

/* What the sections alone tell. */
static enum tax_form_kind
form_of_kinds(uint64_t all, uint64_t parts)
{
	if (count_bits(all & closing_kinds) == 2)
		return TAX_FORM_V3_CLOSURE;
	if (count_bits(all & fields_kinds) >= 2)
		return (all & full_kinds) != 0 ? TAX_FORM_V3_FULL :
		    TAX_FORM_V3_PRELIMINARY;
	if ((all & BIT(TAX_SECTION_FINDING)) != 0 &&
	    count_bits(all & finding_kinds) >= 2)
		return TAX_FORM_AUDIT_V1;
	return count_bits(parts & part_kinds) >= 2 ? TAX_FORM_V2 :
	    TAX_FORM_PLAIN;
}

/* Which kinds the heads are of; those that are set off as headings or in bold
 * in *parts, and what is a summary over a description as one more field. */
static uint64_t
head_kinds(const struct report_page *page, uint64_t *parts)
{
	const struct report_head *head;
	bool summary = false, field = false;
	uint64_t all = 0;
	size_t i;

	*parts = 0;
	for (i = 0; i < page->head_len; i++) {
		head = &page->heads[i];
		if (!head->known || head->form != TAX_FORM__MAX)
			continue;
		all |= BIT(head->kind);
		if (head->mark != MARK_FIELD || head->bold)
			*parts |= BIT(head->kind);
		if (head->kind == TAX_SECTION_DESCRIPTION) {
			summary = summary || head->mark == MARK_HEADING;
			field = field || head->bold;
		}
	}
	return summary && field ? all | BIT(TAX_SECTION_POLICIES) |
	    BIT(TAX_SECTION_SOURCE) : all;
}

/* Before version 3 many called a first report preliminary. */
static bool
is_early(const struct report_page *page, const struct taxonomy *taxonomy,
    enum tax_form_kind form)
{
	int64_t since = taxonomy->forms[form].since;

	return page->hint.now != DATE_NONE && since != DATE_NONE &&
	    page->hint.now < date_start(since);
}

static enum tax_form_kind
find_form(struct report_page *page, const struct taxonomy *taxonomy)
{
	enum tax_form_kind named = named_form(page), kind;
	bool answers = report_answers(page, taxonomy);
	uint64_t parts, all = head_kinds(page, &parts);

	kind = form_of_kinds(all, parts);
	if (named == TAX_FORM_V3_PRELIMINARY && (all & fields_kinds) == 0 &&
	    is_early(page, taxonomy, named))
		named = is_early(page, taxonomy, TAX_FORM_V2) ?
		    TAX_FORM_PLAIN : TAX_FORM_V2;
	if (named >= TAX_FORM_V3_PRELIMINARY || named == TAX_FORM_AUDIT_V2)
		return named;
	if (answers)
		return TAX_FORM_NUMBERED;
	if (named == TAX_FORM_V2 && (kind == TAX_FORM_PLAIN ||
	    kind == TAX_FORM_AUDIT_V1))
		return kind == TAX_FORM_PLAIN ? TAX_FORM_V2 :
		    TAX_FORM_AUDIT_V2;
	return kind;
}

/* Does the head count in a comment of this form? */
static bool
is_kept(const struct report_page *page, const struct report_head *head)
{
	if (head->mark == MARK_HEADING || head->answer > 0)
		return true;
	switch (page->form) {
	case TAX_FORM_PLAIN:
		return head->known && head->bold;
	case TAX_FORM_NUMBERED:
		/* What Bugzilla's own form puts around a report. */
		return head->known && head->kind == TAX_SECTION_OTHER &&
		    head->mark == MARK_WHOLE && head->colon;
	case TAX_FORM_AUDIT_V1:
	case TAX_FORM_AUDIT_V2:
		return head->known || (head->bold && head->number == 0);
	default:
		if (head->kind == TAX_SECTION_FINDING)
			return false;
		return head->known || (head->bold && head->number == 0);
	}
}

void
report_form(struct report_page *page, const struct taxonomy *taxonomy)
{
	struct report_head *head;
	size_t i, to = 0;

	page->form = find_form(page, taxonomy);
	for (i = 0; i < page->head_len; i++) {
		head = &page->heads[i];
		if (page->form != TAX_FORM_NUMBERED)
			head->answer = 0;
		if (!is_kept(page, head))
			continue;
		if (head->kind == TAX_SECTION_FINDING &&
		    page->form == TAX_FORM_PLAIN)
			head->kind = TAX_SECTION_OTHER;
		if (head->answer > 0)
			report_answer(page, taxonomy, head);
		else if (page->form == TAX_FORM_NUMBERED &&
		    head->mark != MARK_HEADING)
			head->rank = 0;
		page->heads[to++] = *head;
	}
	page->head_len = to;
}
