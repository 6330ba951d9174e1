/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/difference.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "classify/judge.h"
#include "classify/rules.h"
#include "classify/score.h"
#include "taxonomy/taxonomy.h"

static bool
has_tag(const struct whiteboard *board, const char *name)
{
	size_t i;

	for (i = 0; i < board->tag_len; i++)
		if (strcmp(board->tags[i].name, name) == 0)
			return true;
	return false;
}

bool
difference_tagged(const struct difference_side *before,
    const struct difference_side *after)
{
	const struct whiteboard *a = &before->verdict->board;
	const struct whiteboard *b = &after->verdict->board;
	size_t i;

	if (a->tag_len != b->tag_len)
		return true;
	for (i = 0; i < a->tag_len; i++)
		if (!has_tag(b, a->tags[i].name))
			return true;
	return false;
}

static bool
has_label(const struct verdict *verdict, const char *name)
{
	size_t i;

	for (i = 0; i < verdict->label_len; i++)
		if (strcmp(verdict->labels[i].name, name) == 0)
			return true;
	return false;
}

/* The vote of the rule called `id` on the category, 0 if it was silent. */
static int
vote_of(const struct judge *judge, const char *id, size_t category)
{
	const struct tax_rule *rule;
	size_t i;

	for (i = 0; i < judge->hits.len; i++) {
		rule = &judge->taxonomy->rules[judge->hits.items[i].rule];
		if (rule->scheme == SIZE_MAX && strcmp(rule->id, id) == 0)
			return score_vote(rule, category);
	}
	return 0;
}

/* "+RULE 1.600", behind a comma unless it is the first on its line. */
static void
say_rule(struct buf *why, size_t line, char sign, const char *id, int weight)
{
	char number[TEXT_THOUSANDTHS];

	buf_fmt(why, "%s%c%s %s", why->len > line ? ", " : "", sign, id,
	    text_thousandths(weight, number));
}

/* "NAME 1.000 to 0.900" */
static void
say_change(struct buf *why, size_t line, const char *name, int before,
    int after)
{
	char a[TEXT_THOUSANDTHS], b[TEXT_THOUSANDTHS];

	buf_fmt(why, "%s%s %s to %s", why->len > line ? ", " : "", name,
	    text_thousandths(before, a), text_thousandths(after, b));
}

/* The rules of `from` that vote otherwise, or not at all, in `other`. */
static void
say_rules(const struct judge *from, size_t category,
    const struct judge *other, size_t other_category, bool gone,
    size_t line, struct buf *why)
{
	const struct tax_rule *rule;
	int here, there;
	size_t i;

	for (i = 0; i < from->hits.len; i++) {
		rule = &from->taxonomy->rules[from->hits.items[i].rule];
		here = rule->scheme == SIZE_MAX ?
		    score_vote(rule, category) : 0;
		if (here == 0)
			continue;
		there = vote_of(other, rule->id, other_category);
		if (there == 0)
			say_rule(why, line, gone ? '-' : '+', rule->id,
			    here);
		else if (gone && there != here)
			say_change(why, line, rule->id, here, there);
	}
}

static void
say_label(const struct difference_side *before,
    const struct difference_side *after, const char *id, struct buf *why)
{
	const struct judge *a = before->judge, *b = after->judge;
	const struct tax_category *x, *y;
	size_t i, j, line;

	buf_fmt(why, "%s: ", id);
	line = why->len;
	if (!taxonomy_category(a->taxonomy, id, &i))
		buf_str(why, "a new category");
	else if (!taxonomy_category(b->taxonomy, id, &j))
		buf_str(why, "no category any more");
	if (why->len > line) {
		buf_char(why, '\n');
		return;
	}
	say_rules(a, i, b, j, true, line, why);
	say_rules(b, j, a, i, false, line, why);
	if (a->categories[i].threshold != b->categories[j].threshold)
		say_change(why, line, "threshold",
		    a->categories[i].threshold, b->categories[j].threshold);
	x = &a->taxonomy->categories[i];
	y = &b->taxonomy->categories[j];
	if (x->base != y->base)
		say_change(why, line, "base", x->base, y->base);
	if (why->len == line)
		buf_str(why, "given only where none reaches its threshold");
	buf_char(why, '\n');
}

bool
difference_inferred(const struct difference_side *before,
    const struct difference_side *after, struct buf *why)
{
	const struct verdict *a = before->verdict, *b = after->verdict;
	bool differs = false;
	size_t i;

	for (i = 0; i < a->label_len; i++) {
		if (has_label(b, a->labels[i].name))
			continue;
		differs = true;
		say_label(before, after, a->labels[i].name, why);
	}
	for (i = 0; i < b->label_len; i++) {
		if (has_label(a, b->labels[i].name))
			continue;
		differs = true;
		say_label(before, after, b->labels[i].name, why);
	}
	return differs;
}
