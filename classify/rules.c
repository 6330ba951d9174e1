/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/rules_private.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "classify/literal.h"
#include "classify/rule.h"
#include "classify/scan.h"

const char *
rules_place(const struct tax_rule *rule, char out[PLACE_SIZE])
{
	/* A path too long is cut: the rule's name tells more. */
	(void)snprintf(out, PLACE_SIZE, "%.*s:%" PRIu64 ": rule %.100s", 300,
	    rule->file != NULL ? rule->file : "taxonomy", rule->line,
	    rule->id);
	return out;
}

const struct err *
rules_pattern(struct rules *rules, size_t index, bool anchored)
{
	const struct tax_rule *rule = &rules->taxonomy->rules[index];
	struct worker *worker = &rules->workers[index];
	struct pattern **out = anchored ? &worker->anchored : &worker->pattern;
	char place[PLACE_SIZE];
	const struct err *err;

	if (*out != NULL)
		return NULL;
	err = pattern_make(out, rules->room, rules_place(rule, place),
	    rule->pattern, (rule->exact ? PATTERN_EXACT : 0u) |
	    (anchored ? PATTERN_ANCHORED : 0u));
	if (err == NULL && pattern_is_empty(*out))
		err = err_new(ERR_CONFIG, "%s: matches the empty text, and "
		    "so everything: mend \"%s\"", place, rule->pattern);
	return err;
}

/* Compile a rule in the form that will be asked for most. */
static const struct err *
make_worker(struct rules *rules, size_t index)
{
	const struct tax_rule *rule = &rules->taxonomy->rules[index];
	struct worker *worker = &rules->workers[index];
	struct field *field = &rules->fields[rule->field];
	struct literals literals, also;
	size_t i;

	literals_find(rule->pattern, &literals, &also);
	for (i = 0; i < literals.len; i++)
		field->literal_bytes += literals.items[i].len;
	for (i = 0; i < also.len; i++)
		field->literal_bytes += also.items[i].len;
	worker->filtered = literals.len > 0 &&
	    field->literal_bytes <= RULES_MAX_LITERALS;
	worker->near = worker->filtered && literals.near;
	worker->paired = worker->filtered && also.len > 0;
	field->sections |= rule->sections;
	field->len++;
	return rules_pattern(rules, index, worker->near);
}

/* Sort the rules by their fields. */
static const struct err *
make_fields(struct rules *rules)
{
	const struct taxonomy *taxonomy = rules->taxonomy;
	struct field *field;
	size_t i;

	for (i = 0; i < TAX_FIELD__MAX; i++) {
		field = &rules->fields[i];
		field->rules = mem_alloc(field->len, sizeof(*field->rules));
		if (field->rules == NULL)
			return err_memory();
		field->len = 0;
	}
	for (i = 0; i < taxonomy->rule_len; i++) {
		if (taxonomy->rules[i].stage != rules->stage)
			continue;
		field = &rules->fields[taxonomy->rules[i].field];
		field->rules[field->len++] = i;
	}
	return NULL;
}

const struct err *
rules_new(struct rules **out, const struct taxonomy *taxonomy,
    enum tax_stage stage)
{
	const struct err *err;
	struct rules *rules;
	size_t i;

	*out = NULL;
	rules = mem_alloc(1, sizeof(*rules));
	if (rules == NULL)
		return err_memory();
	rules->taxonomy = taxonomy;
	rules->stage = stage;
	rules->filter = true;
	err = pattern_room_new(&rules->room);
	rules->workers = mem_alloc(taxonomy->rule_len,
	    sizeof(*rules->workers));
	rules->touched = mem_alloc(taxonomy->rule_len,
	    sizeof(*rules->touched));
	rules->pending = mem_alloc(RULES_MAX_PENDING,
	    sizeof(*rules->pending));
	if (err == NULL && (rules->workers == NULL ||
	    rules->touched == NULL || rules->pending == NULL))
		err = err_memory();
	for (i = 0; i < taxonomy->rule_len && err == NULL; i++)
		if (taxonomy->rules[i].stage == stage)
			err = make_worker(rules, i);
	if (err == NULL)
		err = make_fields(rules);
	if (err == NULL) {
		*out = rules;
		rules = NULL;
	}
	rules_free(rules);
	return err;
}

void
rules_free(struct rules *rules)
{
	size_t i;

	if (rules == NULL)
		return;
	for (i = 0; i < rules->taxonomy->rule_len && rules->workers != NULL;
	    i++) {
		pattern_free(rules->workers[i].pattern);
		pattern_free(rules->workers[i].anchored);
	}
	for (i = 0; i < TAX_FIELD__MAX; i++) {
		mem_free(rules->fields[i].rules);
		scan_free(rules->fields[i].scan);
		mem_free(rules->fields[i].anchors);
	}
	mem_free(rules->workers);
	mem_free(rules->touched);
	mem_free(rules->pending);
	pattern_room_free(rules->room);
	mem_free(rules);
}

void
rules_filter(struct rules *rules, bool on)
{
	rules->filter = on;
}

struct words {
	struct scan_word *items;
	size_t len, cap;
	char *bytes;		/* of all words; as many as were counted */
	size_t used;
};

static bool
add_words(struct field *field, struct words *words, size_t rule,
    const struct literals *literals, bool also)
{
	const struct literal *literal;
	struct scan_word *items;
	struct anchor *anchors;
	size_t i, cap = words->cap * 2 + LITERAL_MAX_SET;

	if (words->len + literals->len > words->cap) {
		items = mem_resize(words->items, cap, sizeof(*items));
		if (items == NULL)
			return false;
		words->items = items;
		anchors = mem_resize(field->anchors, cap, sizeof(*anchors));
		if (anchors == NULL)
			return false;
		field->anchors = anchors;
		words->cap = cap;
	}
	for (i = 0; i < literals->len; i++) {
		literal = &literals->items[i];
		memcpy(words->bytes + words->used, literal->text,
		    literal->len);
		words->items[words->len].text = words->bytes + words->used;
		words->items[words->len].len = literal->len;
		words->items[words->len].value = (uint32_t)words->len;
		words->used += literal->len;
		field->anchors[words->len].rule = rule;
		field->anchors[words->len].also = also;
		field->anchors[words->len].min = literal->min;
		field->anchors[words->len].max = literal->max;
		words->len++;
	}
	return true;
}

const struct err *
rules_make_filter(struct rules *rules, struct field *field)
{
	const struct err *err = NULL;
	struct words words = { .bytes = NULL };
	struct literals literals, also;
	size_t i;

	if (field->ready)
		return NULL;
	words.bytes = mem_alloc(field->literal_bytes, 1);
	if (words.bytes == NULL)
		return err_memory();
	for (i = 0; i < field->len && err == NULL; i++) {
		if (!rules->workers[field->rules[i]].filtered)
			continue;
		literals_find(rules->taxonomy->rules[field->rules[i]].pattern,
		    &literals, &also);
		if (!add_words(field, &words, field->rules[i], &literals,
		    false) || !add_words(field, &words, field->rules[i],
		    &also, true))
			err = err_memory();
	}
	if (err == NULL && words.len > 0)
		err = scan_new(&field->scan, words.items, words.len);
	field->ready = err == NULL;
	mem_free(words.items);
	mem_free(words.bytes);
	return err;
}
