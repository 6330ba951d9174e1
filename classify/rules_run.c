/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/rules_private.h"

#include <string.h>

#include "base/diag.h"
#include "base/text.h"
#include "classify/literal.h"
#include "classify/report_text.h"
#include "classify/rule.h"
#include "classify/scan.h"
#include "fetch/bug.h"

/* One text under the rules of one field. */
struct look {
	struct rules *rules;
	const struct rule_input *input;
	struct diag_sink *sink;
	struct field *field;
	uint64_t section;	/* the kind of section that the text is, and */
	uint64_t around;	/* kinds it lies in, as bits; 0: it is none */
	const char *text;
	size_t len;
	size_t pieces;		/* at least 1 */
	bool limited;
	const struct err *err;
};

static bool
is_inner(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* The piece in which matches may begin from `first` to `last`. */
static void
cut_piece(const struct look *look, size_t piece, struct pattern_piece *out,
    size_t *begin)
{
	size_t from = piece * RULES_STEP, to = from + RULES_STEP - 1;
	size_t end = to + 1 + RULES_REACH;

	if (end >= look->len || look->pieces == 1)
		end = look->len;
	if (piece + 1 == look->pieces)
		to = look->len;
	*begin = from > RULES_BEFORE ? from - RULES_BEFORE : 0;
	while (*begin > 0 && is_inner(look->text[*begin]))
		--*begin;
	while (from < look->len && is_inner(look->text[from]))
		from++;
	while (end < look->len && is_inner(look->text[end]))
		end--;
	out->text = look->text + *begin;
	out->len = end - *begin;
	out->from = from - *begin;
	out->last = to - *begin;
	out->starts = *begin == 0;
	out->ends = end == look->len;
}

static size_t
piece_of(const struct look *look, size_t place)
{
	size_t piece = place / RULES_STEP;

	return piece < look->pieces ? piece : look->pieces - 1;
}

/* Is the rule to see this text? */
static bool
is_meant(const struct look *look, size_t rule)
{
	uint64_t sections = look->rules->taxonomy->rules[rule].sections;

	return look->section == 0 || ((sections & look->section) != 0 &&
	    (sections & look->around) == 0);
}

/* The rule is done with this bug, without a verdict. */
static void
give_up(struct look *look, size_t rule, const char *why)
{
	struct worker *worker = &look->rules->workers[rule];
	char place[PLACE_SIZE];
	struct diag diag = { .code = DIAG_PATTERN_LIMIT,
	    .bug = look->input->bug, .detail = why };

	if (!worker->over)
		look->field->live--;
	worker->over = true;
	worker->found = false;
	look->limited = true;
	diag.where = rules_place(&look->rules->taxonomy->rules[rule], place);
	diag_report(look->sink, &diag);
}

/* Ask PCRE2 about a piece. */
static void
ask(struct look *look, size_t rule, struct pattern *pattern,
    const struct pattern_piece *piece, size_t begin)
{
	struct worker *worker = &look->rules->workers[rule];
	enum pattern_result result;
	size_t start, end;

	look->err = pattern_try(pattern, piece, &result, &start, &end);
	if (look->err != NULL)
		return;
	if (result == PATTERN_LIMIT)
		give_up(look, rule, "it backtracks too much");
	if (result != PATTERN_YES)
		return;
	worker->found = true;
	worker->start = begin + start;
	worker->end = begin + end;
}

static void
search_piece(struct look *look, size_t rule, size_t number)
{
	struct worker *worker = &look->rules->workers[rule];
	struct pattern_piece piece;
	size_t begin;

	look->err = rules_pattern(look->rules, rule, false);
	if (look->err != NULL)
		return;
	worker->searched += look->pieces > 1 ? (size_t)RULES_STEP :
	    look->len > RULES_LEAST ? look->len : (size_t)RULES_LEAST;
	if (worker->searched > RULES_MAX_SEARCHED) {
		give_up(look, rule, "too much text for a rule that no "
		    "literal tells where to try");
		return;
	}
	cut_piece(look, number, &piece, &begin);
	ask(look, rule, worker->pattern, &piece, begin);
}

static void
search_all(struct look *look, size_t rule)
{
	struct worker *worker = &look->rules->workers[rule];
	size_t i;

	for (i = 0; i < look->pieces && !worker->over && !worker->found &&
	    look->err == NULL; i++)
		search_piece(look, rule, i);
}

/* Search the pieces in which a literal at `place` may be part of a match;
 * literals come in order, so pieces do too. */
static void
search_around(struct look *look, size_t rule, size_t place)
{
	struct worker *worker = &look->rules->workers[rule];
	size_t last = piece_of(look, place), i = last > 0 ? last - 1 : 0;

	if (i < worker->next_piece)
		i = worker->next_piece;
	for (; i <= last && !worker->over && !worker->found &&
	    look->err == NULL; i++) {
		worker->next_piece = i + 1;
		search_piece(look, rule, i);
	}
}

/* Try the places where a match with this literal may begin.  What was found
 * stays open until the text ends: another literal may lead further back. */
static void
try_around(struct look *look, const struct anchor *anchor, size_t place)
{
	struct worker *worker = &look->rules->workers[anchor->rule];
	struct pattern_piece piece;
	size_t begin, at, last;

	if (place < anchor->min)
		return;
	at = place > anchor->max ? place - anchor->max : 0;
	last = place - anchor->min;
	for (; at <= last && !worker->over && look->err == NULL; at++) {
		if (worker->found && at >= worker->start)
			return;
		if (is_inner(look->text[at]))
			continue;
		if (worker->tries++ == RULES_MAX_TRIES) {
			give_up(look, anchor->rule, "too many places to try");
			return;
		}
		look->err = rules_pattern(look->rules, anchor->rule, true);
		if (look->err != NULL)
			return;
		cut_piece(look, piece_of(look, at), &piece, &begin);
		piece.from = piece.last = at - begin;
		ask(look, anchor->rule, worker->anchored, &piece, begin);
	}
}

static void
touch(struct look *look, size_t rule)
{
	struct rules *rules = look->rules;
	struct worker *worker = &rules->workers[rule];

	if (worker->touched)
		return;
	worker->touched = true;
	worker->found = worker->also = false;
	worker->next_piece = 0;
	rules->touched[rules->touched_len++] = rule;
}

static void
try_literal(struct look *look, const struct anchor *anchor, size_t place)
{
	const struct worker *worker = &look->rules->workers[anchor->rule];

	if (worker->over || look->err != NULL)
		return;
	if (worker->near)
		try_around(look, anchor, place);
	else
		search_around(look, anchor->rule, place);
}

/* Try what had to wait, of the rules that may match. */
static void
try_pending(struct look *look, bool all)
{
	struct rules *rules = look->rules;
	const struct pending *pending;
	size_t i;

	for (i = 0; i < rules->pending_len; i++) {
		pending = &rules->pending[i];
		if (all || rules->workers[pending->anchor->rule].also)
			try_literal(look, pending->anchor, pending->place);
	}
	rules->pending_len = 0;
}

static void
on_literal(void *arg, uint32_t value, size_t start)
{
	struct look *look = arg;
	struct rules *rules = look->rules;
	const struct anchor *anchor = &look->field->anchors[value];
	struct worker *worker = &rules->workers[anchor->rule];

	if (worker->over || !is_meant(look, anchor->rule))
		return;
	touch(look, anchor->rule);
	if (anchor->also) {
		worker->also = true;
		return;
	}
	if (!worker->paired) {
		try_literal(look, anchor, start);
		return;
	}
	if (rules->pending_len == RULES_MAX_PENDING)
		try_pending(look, true);
	rules->pending[rules->pending_len].anchor = anchor;
	rules->pending[rules->pending_len++].place = start;
}

/* What was found in the text becomes hits. */
static void
settle_text(struct look *look, int64_t comment, size_t offset)
{
	struct rules *rules = look->rules;
	struct worker *worker;
	const char *end;
	size_t i;

	for (i = 0; i < rules->touched_len; i++) {
		worker = &rules->workers[rules->touched[i]];
		worker->touched = false;
		if (!worker->found || worker->over)
			continue;
		if (worker->end <= worker->start) {
			worker->end = worker->start;
			end = memchr(look->text + worker->start, '\n',
			    look->len - worker->start);
			worker->end = end != NULL ?
			    (size_t)(end - look->text) : look->len;
		}
		worker->over = worker->matched = true;
		look->field->live--;
		worker->hit.rule = rules->touched[i];
		worker->hit.comment = comment;
		worker->hit.start = offset + worker->start;
		worker->hit.end = offset + worker->end;
	}
	rules->touched_len = 0;
}

static void
look_at(struct look *look, const struct rule_text *text, int64_t comment)
{
	struct rules *rules = look->rules;
	struct field *field = look->field;
	bool filter = rules->filter && !literals_misled(text->data, text->len);
	size_t i;

	if (look->err != NULL || field->live == 0 || text->len == 0)
		return;
	look->text = text->data;
	look->len = text->len;
	look->pieces = text->len <= RULES_STEP + RULES_REACH ? 1 :
	    (text->len + RULES_STEP - 1) / RULES_STEP;
	look->err = rules_make_filter(rules, field);
	if (look->err == NULL && filter && field->scan != NULL)
		scan_run(field->scan, text->data, text->len, on_literal,
		    look);
	try_pending(look, false);
	for (i = 0; i < field->len && look->err == NULL; i++) {
		if (rules->workers[field->rules[i]].over || (filter &&
		    rules->workers[field->rules[i]].filtered) ||
		    !is_meant(look, field->rules[i]))
			continue;
		touch(look, field->rules[i]);
		search_all(look, field->rules[i]);
	}
	settle_text(look, comment, text->offset);
}

/* Bytes of the first TAX_OPENING characters. */
static size_t
opening(const char *text, size_t len)
{
	uint32_t codepoint;
	size_t at = 0, chars;

	if (len <= TAX_OPENING)
		return len;
	for (chars = 0; chars < TAX_OPENING && at < len; chars++)
		at += text_decode(text + at, len - at, &codepoint);
	return at;
}

static void
look_at_comments(struct look *look, enum tax_field which)
{
	const struct rule_input *input = look->input;
	const struct comment *comment;
	struct rule_text text;
	size_t i;

	for (i = 0; i < input->comment_len && look->err == NULL; i++) {
		comment = &input->comments[i];
		if (which == TAX_FIELD_FIRST && comment->number != 0)
			continue;
		if (which == TAX_FIELD_CA && (input->is_by_ca == NULL ||
		    !input->is_by_ca(input->speakers, comment)))
			continue;
		text.data = comment->text;
		text.len = which == TAX_FIELD_FIRST ?
		    opening(comment->text, comment->text_len) :
		    comment->text_len;
		text.offset = 0;
		look_at(look, &text, comment->number);
	}
}

/* The kinds of the sections that a section lies in: of those before it, the
 * ones that end, `ends` telling where, behind its beginning. */
static uint64_t
kinds_around(const size_t ends[TAX_SECTION__MAX], size_t start)
{
	uint64_t kinds = 0;
	unsigned i;

	for (i = 0; i < TAX_SECTION__MAX; i++)
		if (ends[i] > start)
			kinds |= UINT64_C(1) << i;
	return kinds;
}

static void
look_at_report(struct look *look, const struct comment *comment,
    const struct report_comment *report)
{
	size_t ends[TAX_SECTION__MAX] = { 0 };
	const struct report_section *section;
	struct rule_text text;
	size_t i;

	for (i = 0; i < report->section_len && look->err == NULL; i++) {
		section = &report->sections[i];
		look->section = UINT64_C(1) << section->kind;
		if ((look->field->sections & look->section) == 0)
			continue;
		look->around = kinds_around(ends, section->body.start);
		if (ends[section->kind] < section->body.end)
			ends[section->kind] = section->body.end;
		text.data = comment->text + section->body.start;
		text.len = section->body.end - section->body.start;
		text.offset = section->body.start;
		look_at(look, &text, comment->number);
	}
	look->section = look->around = 0;
}

static void
look_at_sections(struct look *look)
{
	const struct rule_input *input = look->input;
	size_t i;

	if (input->report == NULL)
		return;
	for (i = 0; i < input->comment_len && look->err == NULL; i++)
		look_at_report(look, &input->comments[i],
		    &input->report->comments[i]);
}

/* Forget the bug before, and leave out rules of other days. */
static void
begin_bug(struct rules *rules, const struct rule_input *input)
{
	const struct tax_rule *rule;
	struct worker *worker;
	size_t i;

	for (i = 0; i < TAX_FIELD__MAX; i++)
		rules->fields[i].live = 0;
	for (i = 0; i < rules->taxonomy->rule_len; i++) {
		rule = &rules->taxonomy->rules[i];
		worker = &rules->workers[i];
		worker->matched = worker->touched = false;
		worker->tries = 0;
		worker->searched = 0;
		worker->over = rule->stage != rules->stage ||
		    input->filed < rule->from || input->filed > rule->until;
		if (!worker->over)
			rules->fields[rule->field].live++;
	}
	rules->touched_len = 0;
}

/* Do the rule's companions let it count? */
static bool
in_company(const struct rules *rules, const struct tax_rule *rule)
{
	size_t i;

	for (i = 0; i < rule->need_len; i++)
		if (!rules->workers[rule->needs[i]].matched)
			return false;
	for (i = 0; i < rule->bar_len; i++)
		if (rules->workers[rule->bars[i]].matched)
			return false;
	return true;
}

static void
collect(const struct rules *rules, struct rule_hits *hits)
{
	size_t i;

	for (i = 0; i < rules->taxonomy->rule_len; i++)
		if (rules->workers[i].matched &&
		    in_company(rules, &rules->taxonomy->rules[i]))
			hits->items[hits->len++] = rules->workers[i].hit;
}

const struct err *
rules_run(struct rules *rules, const struct rule_input *input,
    struct diag_sink *sink, struct rule_hits *hits)
{
	struct look look = { .rules = rules, .input = input, .sink = sink };
	size_t i;

	hits->len = 0;
	hits->limited = false;
	begin_bug(rules, input);
	for (i = 0; i < TAX_FIELD__MAX && look.err == NULL; i++) {
		look.field = &rules->fields[i];
		if (look.field->live == 0)
			continue;
		if (i <= TAX_FIELD_WORDS)
			look_at(&look, &input->text[i], -1);
		else if (i == TAX_FIELD_SECTION)
			look_at_sections(&look);
		else
			look_at_comments(&look, (enum tax_field)i);
	}
	if (look.err != NULL)
		return look.err;
	collect(rules, hits);
	hits->limited = look.limited;
	return NULL;
}
