/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Lessons in the making: facets, whose signs become rules, and
 * recommendations.  Private to taxonomy/.
 */
#ifndef TAXONOMY_LESSONDRAFT_H
#define TAXONOMY_LESSONDRAFT_H

#include "fetch/xml.h"
#include "taxonomy/named.h"

struct draft;

/* A <facet ref="..."/> in a recommendation. */
struct draft_support {
	const char *facet;
	size_t recommendation;
	uint64_t line;
};

struct lesson_draft {
	const char *scheme;	/* as written; NULL: no lessons */
	const char *file;
	uint64_t line;
	const char **themes;	/* as written, for each facet */
	struct named_list facets, recommendations;
	struct draft_support *supports;	/* in order of recommendations */
	size_t support_len;
};

/* Add what stands in <lessons>. */
void lessons_read(struct draft *draft, const struct xml_element *node);

/* Find the scheme, themes and facets that are referred to.  Needs the
 * sorted lists of schemes and rows. */
void lessons_link(struct draft *draft);

#endif
