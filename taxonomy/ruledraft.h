/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Rules in the making, and the macros that their patterns use.  What they
 * refer to is kept as it is written until all files were read.  Private to
 * taxonomy/.
 */
#ifndef TAXONOMY_RULEDRAFT_H
#define TAXONOMY_RULEDRAFT_H

#include <stddef.h>
#include <stdint.h>

#include "fetch/xml.h"

struct draft;
struct tax_fit;

/* A <vote for="..." weight="..."/>. */
struct draft_vote {
	const char *target;
	int weight;
	uint64_t line;
};

/* What belongs to the rule of the same index. */
struct draft_rule {
	const char *pattern;		/* macros not yet put in */
	uint64_t pattern_line;
	const char *scheme, *needs, *bars;	/* NULL where left out */
	struct draft_vote *votes;
	size_t vote_len;
};

/* A <given category="..."> in a scheme. */
struct draft_given {
	const char *category;
	size_t scheme;
	size_t given;			/* index in the scheme */
	struct draft_vote *votes;
	size_t vote_len;
};

struct macro {
	const char *name;
	const char *text;		/* others not yet put in */
	const char *whole;		/* with them; NULL: faulty or not yet
					 * known */
	const char *file;
	uint64_t line;
};

/* Add one element to the draft. */
void rules_read(struct draft *draft, const struct xml_element *node);
/* A <sign> as a rule that tells the facet. */
void rules_read_sign(struct draft *draft, const struct xml_element *node,
    const char *id, size_t facet);
void rules_read_macro(struct draft *draft, const struct xml_element *node);
void rules_read_scoring(struct draft *draft, const struct xml_element *node);
void rules_read_neighbours(struct draft *draft, const struct xml_element *node);
/* The attribute base, and the <fit>s in a category or row: `kinds` of them
 * are asked for.  What is not given is as for rules alone. */
void rules_read_fits(struct draft *draft, const struct xml_element *node, int
    *base, struct tax_fit *fits, size_t kinds);
/* Of the scheme read last. */
void rules_read_given(struct draft *draft, const struct xml_element *node);

/* Put the rules in order of their stages, fill in what rules and givens
 * refer to, and check it.  Needs the sorted lists of categories, schemes and
 * rows. */
void rules_link(struct draft *draft);

/* Find each macro, and put those into it that it uses.  Call once, before
 * macros_put. */
void macros_link(struct draft *draft);
/* `text` with its macros put in; NULL when it has a fault, or a macro that
 * has one, which was told then.  `limit` is where faults are shown, and so
 * many macros may be used: those defined before it. */
const char *macros_put(struct draft *draft, const char *text,
    const char *file, uint64_t line, size_t limit);

#endif
