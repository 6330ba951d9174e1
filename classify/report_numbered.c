/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The numbered answers: Mozilla's page on responding to an incident, from
 * 2017, and version 1.0 of the CCADB's guidelines.
 */
#include <string.h>

#include "classify/report_private.h"

enum {
	/* Answers that are enough where none has its question. */
	ANSWERS_BARE = 7,
	ANSWERS_MAX = 9,
	TITLE_BYTES = 120
};

/* Does the head bear the question that its number stands for? */
static bool
is_titled(const struct report_head *head, const struct taxonomy *taxonomy)
{
	return head->known && head->form == TAX_FORM__MAX &&
	    taxonomy->sections[head->kind].answer == head->number;
}

/* The head that begins answer `n`, at `from` or behind; SIZE_MAX: none. */
static size_t
find_answer(const struct report_page *page, const struct taxonomy *taxonomy,
    int n, size_t from, bool bare)
{
	const struct report_head *head;
	size_t i, first = SIZE_MAX;

	for (i = from; i < page->head_len; i++) {
		head = &page->heads[i];
		if (head->number == 0)
			continue;
		if (is_titled(head, taxonomy)) {
			if (head->number == n)
				return i;
			/* What comes later does not come before this one. */
			if (head->number > n && first == SIZE_MAX)
				return SIZE_MAX;
			if (head->number > n)
				break;
		}
		if (bare && head->number == n && first == SIZE_MAX)
			first = i;
	}
	return first;
}

static bool
has_day(const struct report_page *page, size_t from, size_t to)
{
	const struct md_line *line;
	struct when when;
	size_t n, start, end;

	for (n = from; n < to; n++) {
		line = &page->md.lines[n];
		if (when_find(page->text + line->start,
		    line->end - line->start, &page->hint, &when, &start, &end))
			return true;
	}
	return false;
}

/* Questions that were left without their numbers get them, when the first
 * one is among them. */
static void
number_bare(struct report_page *page, const struct taxonomy *taxonomy)
{
	struct report_head *head;
	bool aware = false;
	size_t i;
	int answer;

	for (i = 0; i < page->head_len; i++) {
		head = &page->heads[i];
		if (head->known && head->kind == TAX_SECTION_AWARE &&
		    (head->mark == MARK_HEADING || head->bold ||
		    report_is_question(head)) && head->number == 0)
			aware = true;
	}
	for (i = 0; aware && i < page->head_len; i++) {
		head = &page->heads[i];
		answer = taxonomy->sections[head->kind].answer;
		if (head->known && head->form == TAX_FORM__MAX &&
		    head->number == 0 && answer > 0 &&
		    (head->mark == MARK_HEADING || head->bold ||
		    report_is_question(head)))
			head->number = answer;
	}
}

/* Does anything stand between the question and the next head? */
static bool
is_answered(const struct report_page *page, size_t head)
{
	const struct report_head *at = &page->heads[head];
	size_t next = head + 1 < page->head_len ?
	    page->heads[head + 1].line : page->md.len;

	return at->line + 1 < next || (at->mark == MARK_FIELD &&
	    page->text[at->words.end] == ':') || !at->known;
}

bool
report_answers(struct report_page *page, const struct taxonomy *taxonomy)
{
	size_t at, from = 0, heads[ANSWERS_MAX + 1], lines[4] = { 0 };
	int n, count = 0, titled = 0, last = 0, answered = 0;
	bool early = false;

	number_bare(page, taxonomy);
	for (n = 1; n <= ANSWERS_MAX; n++) {
		heads[n] = SIZE_MAX;
		at = find_answer(page, taxonomy, n, from, n == last + 1);
		if (at == SIZE_MAX)
			continue;
		heads[n] = at;
		from = at + 1;
		last = n;
		count++;
		if (is_answered(page, at))
			answered++;
		if (n <= 3)
			lines[n] = page->heads[at].line;
		if (is_titled(&page->heads[at], taxonomy)) {
			titled++;
			early = early || n <= 2;
		}
	}
	if (titled < 2 && !early && (count != ANSWERS_BARE ||
	    last != ANSWERS_BARE || !has_day(page, lines[1], lines[2]) ||
	    !has_day(page, lines[2], lines[3])))
		return false;
	/* Whoever asks for a report lists the questions.  Of one that ends
	 * the text nothing is known: it may have been cut there. */
	if (from > 0 && page->heads[from - 1].line + 1 == page->md.len &&
	    !is_answered(page, from - 1))
		count--;
	if (answered * 2 < count)
		return false;
	for (n = 1; n <= ANSWERS_MAX; n++)
		if (heads[n] != SIZE_MAX)
			page->heads[heads[n]].answer = n;
	return true;
}

/* Is what stands behind the number a question rather than its answer? */
static bool
is_question(const struct report_page *page, const struct report_head *head)
{
	const struct md_line *line = &page->md.lines[head->line];
	size_t i, end = line->end;

	if (head->known || head->mark == MARK_HEADING || head->bold)
		return true;
	if (line->begun > 1 || end - head->words.start > TITLE_BYTES ||
	    end == head->words.start || page->text[end - 1] == '.' ||
	    head->line + 1 == page->md.len)
		return false;
	for (i = head->words.start; i < end; i++)
		if (page->text[i] >= '0' && page->text[i] <= '9')
			return false;
	return page->md.lines[head->line + 1].begun == 0 ||
	    page->md.lines[head->line + 1].number < 0;
}

void
report_answer(const struct report_page *page, const struct taxonomy *taxonomy,
    struct report_head *head)
{
	int kind;

	const struct md_line *line = &page->md.lines[head->line];
	bool goes_on = head->line + 1 < page->md.len &&
	    page->md.lines[head->line + 1].number < 0;

	if (!is_question(page, head)) {
		head->value = head->words.start;
		head->words.end = head->words.start;
	} else if (head->words.end < line->end && goes_on &&
	    page->text[head->words.end] != ':') {
		/* What follows the name is the rest of the question. */
		head->value = line->end;
	}
	if (head->mark != MARK_HEADING)
		head->rank = 0;
	for (kind = 0; !head->known && kind < TAX_SECTION__MAX; kind++)
		if (taxonomy->sections[kind].answer == head->answer) {
			head->kind = (enum tax_section_kind)kind;
			head->known = true;
		}
}

void
report_read_numbered(struct report_page *page)
{
	report_fact_aware(page, report_find(page, TAX_SECTION_AWARE));
	report_fact_stopped(page, report_find(page, TAX_SECTION_STOPPED),
	    true);
	report_fact_certificates(page,
	    report_find(page, TAX_SECTION_CERTIFICATES), false);
}
