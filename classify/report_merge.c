/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "classify/report_private.h"

enum {
	WORDS_MAX = 64		/* of an action that are compared */
};

/* What an action is known by: hashes of its words, sorted. */
struct known {
	uint32_t words[WORDS_MAX];
	size_t len;
};

/* The words: letters and digits, in small letters where they are ASCII. */
static void
know(struct known *known, const char *text)
{
	uint32_t hash = 0;
	size_t i, k;
	char c;

	known->len = 0;
	for (i = 0;; i++) {
		c = text[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
		    (c & 0x80) != 0) {
			hash = (hash ^ (unsigned char)c) * 16777619u + 1;
			continue;
		}
		if (hash != 0 && known->len < WORDS_MAX) {
			for (k = known->len; k > 0 &&
			    known->words[k - 1] > hash; k--)
				known->words[k] = known->words[k - 1];
			known->words[k] = hash;
			known->len++;
		}
		hash = 0;
		if (c == '\0')
			return;
	}
}

/* Are they one action: at least three of four words of the two together
 * stand in both? */
static bool
is_same(const struct known *a, const struct known *b)
{
	size_t i = 0, k = 0, both = 0;

	while (i < a->len && k < b->len) {
		if (a->words[i] == b->words[k]) {
			both++;
			i++;
			k++;
		} else if (a->words[i] < b->words[k]) {
			i++;
		} else {
			k++;
		}
	}
	return both > 0 && both * 8 >= (a->len + b->len) * 3;
}

/* The latest word on an action; what it leaves unsaid stays as it was. */
static void
update(struct report_action *action, const struct report_action *later)
{
	struct report_action old = *action;

	*action = *later;
	if (later->state == ACTION_UNSAID)
		action->state = old.state;
	if (later->due_text[0] == '\0') {
		action->due = old.due;
		action->due_text = old.due_text;
	}
	if (later->kind[0] == '\0')
		action->kind = old.kind;
	if (later->cause[0] == '\0')
		action->cause = old.cause;
}

static const struct err *
merge_actions(struct report_text *text, struct arena *arena)
{
	const struct report_comment *comment;
	struct report_action *actions;
	struct known *known, now;
	size_t i, n, k, count = 0;

	for (i = 0; i < text->comment_len; i++)
		count += text->comments[i].action_len;
	if (count == 0)
		return NULL;
	if (count > REPORT_MAX_ITEMS)
		count = REPORT_MAX_ITEMS;
	actions = arena_alloc(arena, count, sizeof(*actions));
	known = mem_alloc(count, sizeof(*known));
	if (known == NULL || (actions == NULL && !arena->full)) {
		mem_free(known);
		return err_memory();
	}
	for (i = 0; i < text->comment_len && actions != NULL; i++) {
		comment = &text->comments[i];
		for (n = 0; n < comment->action_len; n++) {
			know(&now, comment->actions[n].text);
			for (k = 0; k < text->action_len; k++)
				if (actions[k].comment != comment->number &&
				    is_same(&known[k], &now))
					break;
			if (k < text->action_len) {
				update(&actions[k], &comment->actions[n]);
				known[k] = now;
			} else if (k < count) {
				actions[k] = comment->actions[n];
				known[k] = now;
				text->action_len++;
			}
		}
	}
	text->actions = actions;
	mem_free(known);
	return NULL;
}

static bool
is_full(enum tax_form_kind form)
{
	return form == TAX_FORM_NUMBERED || form == TAX_FORM_AUDIT_V1 ||
	    form == TAX_FORM_V2 || form == TAX_FORM_AUDIT_V2 ||
	    form == TAX_FORM_V3_FULL;
}

static void
merge_facts(struct report_text *text)
{
	const struct report_comment *comment;
	const struct report_fact *fact;
	size_t i, kind;

	for (kind = 0; kind < FACT_KIND__MAX; kind++) {
		text->facts[kind].text = "";
		text->facts[kind].number = DATE_NONE;
		text->fact_comment[kind] = -1;
	}
	for (i = 0; i < text->comment_len; i++) {
		comment = &text->comments[i];
		for (kind = 0; kind < FACT_KIND__MAX; kind++) {
			fact = &comment->facts[kind];
			if (fact->state == REPORT_ABSENT ||
			    fact->state < text->facts[kind].state)
				continue;
			/* A closure tells the incident once more, shorter. */
			if (comment->form == TAX_FORM_V3_CLOSURE &&
			    text->facts[kind].state == REPORT_GIVEN)
				continue;
			text->facts[kind] = *fact;
			text->fact_comment[kind] = comment->number;
		}
	}
}

const struct err *
report_merge(struct report_text *text, struct arena *arena)
{
	const struct report_comment *comment, *first = NULL;
	size_t i;

	for (i = 0; i < text->comment_len; i++) {
		comment = &text->comments[i];
		if (is_full(comment->form))
			text->main = comment;
		else if (comment->form == TAX_FORM_V3_PRELIMINARY)
			first = comment;
		else if (comment->form == TAX_FORM_V3_CLOSURE)
			text->closure = comment;
	}
	if (text->main == NULL)
		text->main = first;
	merge_facts(text);
	return merge_actions(text, arena);
}
