/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The evidence of a label: which rules spoke for and against it, and the
 * words that made them speak.
 */
#ifndef CLASSIFY_EVIDENCE_H
#define CLASSIFY_EVIDENCE_H

#include <stddef.h>

struct bug;
struct owner_match;
struct rule_hit;
struct rule_hits;
struct tax_rule;
struct taxonomy;

struct evidence {
	const struct tax_rule *rule;
	const struct rule_hit *hit;
	int weight;		/* thousandths, never 0 */
};

/*
 * The hits whose rules vote on a row of a scheme (its index), or with
 * SIZE_MAX on a category: those for it, the strongest first, then those
 * against it, the strongest first; of equals in order of the rules.  `out`
 * has room for all hits.  Returns how many there are.
 */
size_t evidence_read(const struct taxonomy *taxonomy,
    const struct rule_hits *hits, size_t scheme, size_t target,
    struct evidence *out);

/* Where the bytes of a hit stand. */
enum evidence_place {
	EVIDENCE_SUMMARY,
	EVIDENCE_WHITEBOARD,
	EVIDENCE_OWNER,		/* the owner's name */
	EVIDENCE_COMMENT,
	EVIDENCE_PLACE__MAX
};
enum evidence_place evidence_place(const struct tax_rule *rule);
/* "summary", "whiteboard", "owner", "comment" */
const char *evidence_place_name(enum evidence_place place);

/*
 * The text that the bytes of a hit count in, and its length; NULL when the
 * bug, as it is given, has no such comment or it is shorter than the hit.
 */
const char *evidence_text(const struct bug *bug,
    const struct owner_match *owner, const struct taxonomy *taxonomy,
    const struct rule_hit *hit, size_t *len);

#endif
