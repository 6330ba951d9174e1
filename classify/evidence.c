/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/evidence.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "classify/owner.h"
#include "classify/rules.h"
#include "classify/score.h"
#include "fetch/bug.h"
#include "taxonomy/taxonomy.h"

static const char *const place_names[EVIDENCE_PLACE__MAX] = {
	[EVIDENCE_SUMMARY] = "summary",
	[EVIDENCE_WHITEBOARD] = "whiteboard",
	[EVIDENCE_OWNER] = "owner",
	[EVIDENCE_COMMENT] = "comment"
};

static int
by_weight(const void *a, const void *b)
{
	const struct evidence *x = a, *y = b;

	if ((x->weight < 0) != (y->weight < 0))
		return x->weight < 0 ? 1 : -1;
	if (x->weight != y->weight)
		return abs(x->weight) > abs(y->weight) ? -1 : 1;
	return (x->hit > y->hit) - (x->hit < y->hit);
}

size_t
evidence_read(const struct taxonomy *taxonomy, const struct rule_hits *hits,
    size_t scheme, size_t target, struct evidence *out)
{
	const struct tax_rule *rule;
	size_t i, len = 0;
	int weight;

	for (i = 0; i < hits->len; i++) {
		rule = &taxonomy->rules[hits->items[i].rule];
		if (rule->scheme != scheme)
			continue;
		weight = score_vote(rule, target);
		if (weight == 0)
			continue;
		out[len].rule = rule;
		out[len].hit = &hits->items[i];
		out[len++].weight = weight;
	}
	if (len > 0)
		qsort(out, len, sizeof(*out), by_weight);
	return len;
}

enum evidence_place
evidence_place(const struct tax_rule *rule)
{
	switch (rule->field) {
	case TAX_FIELD_TITLE:
	case TAX_FIELD_SUMMARY:
		return EVIDENCE_SUMMARY;
	case TAX_FIELD_WORDS:
		return EVIDENCE_WHITEBOARD;
	case TAX_FIELD_OWNER:
		return EVIDENCE_OWNER;
	default:
		return EVIDENCE_COMMENT;
	}
}

const char *
evidence_place_name(enum evidence_place place)
{
	return place_names[place];
}

static const char *
comment_text(const struct bug *bug, int64_t number, size_t *len)
{
	size_t i;

	for (i = 0; i < bug->comment_len; i++) {
		if (bug->comments[i].number != number)
			continue;
		*len = bug->comments[i].text_len;
		return bug->comments[i].text;
	}
	return NULL;
}

const char *
evidence_text(const struct bug *bug, const struct owner_match *owner,
    const struct taxonomy *taxonomy, const struct rule_hit *hit, size_t *len)
{
	const char *text = NULL;

	switch (evidence_place(&taxonomy->rules[hit->rule])) {
	case EVIDENCE_SUMMARY:
		text = bug->text[BUG_SUMMARY];
		break;
	case EVIDENCE_WHITEBOARD:
		text = bug->text[BUG_WHITEBOARD];
		break;
	case EVIDENCE_OWNER:
		if (owner->owner != SIZE_MAX) {
			text = owner_name_then(taxonomy, owner->owner);
			break;
		}
		*len = owner->prefix_len;
		text = bug->text[BUG_SUMMARY] + owner->prefix;
		return hit->end <= *len ? text : NULL;
	default:
		text = comment_text(bug, hit->comment, len);
		return text != NULL && hit->end <= *len ? text : NULL;
	}
	*len = strlen(text);
	return hit->end <= *len ? text : NULL;
}
