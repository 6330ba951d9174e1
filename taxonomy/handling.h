/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * How incidents are handled, in the making: the forms and sections of
 * reports, who takes part, and deadlines.  Private to taxonomy/.
 */
#ifndef TAXONOMY_HANDLING_H
#define TAXONOMY_HANDLING_H

#include "fetch/xml.h"
#include "taxonomy/named.h"
#include "taxonomy/taxonomy.h"

struct draft;

struct handling {
	/* Where each stands; file NULL: nowhere yet. */
	struct named forms[TAX_FORM__MAX];
	struct named sections[TAX_SECTION__MAX];
	struct named clocks[TAX_CLOCK__MAX];
	/* As the files have them. */
	struct named_list headings;	/* of forms and sections, folded */
	struct named_list parties, addresses, domains, clock_ids;
};

/* Fill in the ids of what the files may leave out.  Call first. */
void handling_begin(struct draft *draft);

/* Add one element to the draft. */
void handling_read_form(struct draft *draft, const struct xml_element *node);
void handling_read_section(struct draft *draft, const struct xml_element *node);
void handling_read_party(struct draft *draft, const struct xml_element *node);
void handling_read_clock(struct draft *draft, const struct xml_element *node);
/* Of the owner read last. */
void handling_read_domain(struct draft *draft, const struct xml_element *node);

/* The sections that section= names, as bits; 0 when it is not there. */
uint64_t handling_sections(struct draft *draft, const struct xml_element *node);

/* Check what must not be there twice. */
void handling_link(struct draft *draft);

#endif
