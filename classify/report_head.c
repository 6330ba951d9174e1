/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "classify/report_private.h"

enum {
	/* Bytes in which the end of a name is looked for: as many as the
	 * longest question of the forms. */
	NAME_BYTES = 240,
	/* Names so long are questions, which nobody writes by chance. */
	QUESTION_BYTES = 24,
	/* The names of forms stand behind so many words: "Draft", an owner. */
	FORM_WORDS = 4,
	/* Ranks behind those of Markdown's six levels. */
	RANK_WHOLE = 7,
	RANK_FIELD = 8,
	RANK_LOOSE = 1000	/* holds nothing and ends nothing */
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_mark(char c)
{
	return c == '*' || c == '_' || c == ' ' || c == '\t';
}

static bool
is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	    (c & 0x80) != 0;
}

/* "3.", "12)", "3/ " in text, past signs: the number, and behind it *at; 0 for
 * none. */
static int
text_number(const char *text, size_t i, size_t end, size_t *at)
{
	size_t digits;
	int number = 0;

	while (i < end && (is_mark(text[i]) || text[i] == '#'))
		i++;
	for (digits = i; i < end && i - digits < 2 && is_digit(text[i]); i++)
		number = number * 10 + text[i] - '0';
	if (i == digits || i == end || strchr(".)/-", text[i]) == NULL ||
	    text[digits] == '0')
		return 0;
	/* "3.2 ..." is a section of something else, "1.1.2020" a day. */
	if (i + 1 < end && (is_digit(text[i + 1]) || text[i + 1] == '.' ||
	    ((text[i] == '/' || text[i] == '-') && text[i + 1] != ' ')))
		return 0;
	for (i++; i < end && (is_mark(text[i]) || text[i] == ')'); i++)
		continue;
	*at = i;
	return number;
}

/* The number that stands before the words of a line, as "3." or "3)", and
 * in *at where the words begin; 0 for none. */
static int
report_line_number(const struct report_page *page,
    const struct md_line *line, size_t *at)
{
	*at = line->start;
	if (line->begun > 0 && line->depth == line->begun &&
	    line->number > 0 && line->number < 100)
		return (int)line->number;
	if (line->depth > 0 && line->kind != MD_HEADING && line->begun > 0)
		return 0;
	return text_number(page->text, line->start, line->end, at);
}

bool
report_is_question(const struct report_head *head)
{
	return head->known && head->form == TAX_FORM__MAX &&
	    head->words.end - head->words.start >= QUESTION_BYTES;
}

/* Look the words up; true and the head filled when some form has them. */
static bool
name_head(const struct report_page *page, struct report_head *head,
    size_t start, size_t end)
{
	const struct report_name *name;

	name = report_names_find(page->names, page->text + start,
	    end - start);
	if (name == NULL)
		return false;
	head->known = true;
	head->kind = name->kind;
	head->form = name->form;
	head->words.start = start;
	head->words.end = end;
	head->value = end;
	return true;
}

/* Behind "Issue #4 ", or `start` when the words do not begin so. */
static size_t
behind_finding(const struct report_page *page, size_t start, size_t end)
{
	const struct report_name *name;
	size_t i = start, digits;

	while (i < end && i - start < 24 && page->text[i] != '#')
		i++;
	digits = i + 1;
	while (digits < end && is_digit(page->text[digits]))
		digits++;
	if (i == end || digits == i + 1 || digits == end ||
	    page->text[digits] != ' ')
		return start;
	name = report_names_find(page->names, page->text + start, i - start);
	return name != NULL && name->kind == TAX_SECTION_FINDING ?
	    digits + 1 : start;
}

/* The bytes of what ends a name at `i`, 0 for nothing.  `loose`: of what may
 * as well stand within one. */
static size_t
name_end(const char *text, size_t i, size_t end, bool loose)
{
	static const char *const ends[] = {
		":", "\xEF\xBC\x9A", "? ", "**", "__"
	};
	static const char *const loose_ends[] = {
		" (", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", ". ", ", ",
		"\xEF\xBC\x88"
	};
	const char *const *list = loose ? loose_ends : ends;
	size_t k, n, len = loose ? sizeof(loose_ends) / sizeof(ends[0]) :
	    sizeof(ends) / sizeof(ends[0]);

	if ((text[i] >= 'a' && text[i] <= 'z') ||
	    (text[i] >= 'A' && text[i] <= 'Z'))
		return 0;

	for (k = 0; k < len; k++) {
		/* Most bytes begin none. */
		if (text[i] != list[k][0])
			continue;
		n = strlen(list[k]);
		if (end - i >= n && memcmp(text + i, list[k], n) == 0)
			return n;
	}
	return 0;
}

/* A name at the beginning of the words, something else behind it. */
static bool
field_head(const struct report_page *page, struct report_head *head,
    size_t start, size_t end, bool loose)
{
	const char *text = page->text;
	size_t i, n, tries = 0;

	for (i = start; i < end && is_mark(text[i]); i++)
		continue;
	for (i++; i < end && i - start < NAME_BYTES && tries < 6; i++) {
		n = name_end(text, i, end, loose);
		if (n == 0)
			continue;
		if (name_head(page, head, start, i)) {
			head->mark = MARK_FIELD;
			head->value = i + (n == 2 && text[i + 1] == '(' ? 0 : n);
			while (head->value < end && (is_mark(text[head->value])
			    || text[head->value] == ':'))
				head->value++;
			return true;
		}
		/* Behind the first colon stands a value, and no name. */
		if (text[i] == ':')
			return false;
		tries++;
		i += n - 1;
	}
	return false;
}

/* "Example CA Incident Report": the name of a form behind other words. */
static bool
form_head(const struct report_page *page, struct report_head *head,
    size_t start, size_t end)
{
	struct report_head found = *head;
	int words = 0;
	size_t i;

	for (i = start; i < end && words < FORM_WORDS; i++) {
		if (page->text[i] != ' ')
			continue;
		words++;
		if ((name_head(page, &found, i + 1, end) ||
		    field_head(page, &found, i + 1, end, false) ||
		    field_head(page, &found, i + 1, end, true)) &&
		    found.form != TAX_FORM__MAX) {
			*head = found;
			return true;
		}
	}
	return false;
}

/* Is the whole line set in bold, but for a colon? */
static bool
is_bold_line(const char *text, size_t start, size_t end)
{
	size_t i;

	if (end - start < 5 || (text[start] != '*' && text[start] != '_') ||
	    text[start + 1] != text[start])
		return false;
	for (i = start + 2; i + 1 < end; i++)
		if (text[i] == text[start] && text[i + 1] == text[start])
			break;
	for (i += 2; i < end && (is_mark(text[i]) || text[i] == ':'); i++)
		continue;
	return i >= end;
}

/* The name that the words are or begin with.  The field comes first: digits
 * at the end of a heading do not count. */
static bool
find_name(const struct report_page *page, struct report_head *head,
    size_t at, size_t end, bool marked)
{
	return report_names_begin(page->names, page->text + at, end - at) &&
	    (field_head(page, head, at, end, false) ||
	    name_head(page, head, at, end) ||
	    (field_head(page, head, at, end, true) &&
	    (marked || head->number > 0 || report_is_question(head))));
}

/* A head with a name, as the line that it stands on marks it. */
static bool
mark_name(const struct report_page *page, struct report_head *head,
    size_t end, bool marked)
{
	while (end > head->value && is_mark(page->text[end - 1]))
		end--;
	if (head->value >= end && head->mark == MARK_FIELD)
		head->mark = MARK_WHOLE;
	if (marked && head->form == TAX_FORM__MAX &&
	    head->kind != TAX_SECTION_FACTOR)
		head->mark = MARK_HEADING;
	return head->form == TAX_FORM__MAX || marked || head->bold ||
	    head->mark == MARK_WHOLE;
}

/* What line `n` is, as a head; false when it can be none. */
static bool
read_head(const struct report_page *page, size_t n, struct report_head *head)
{
	const struct md_line *line = &page->md.lines[n];
	const char *text = page->text;
	bool marked = line->kind == MD_HEADING;
	size_t at, end = line->end;

	memset(head, 0, sizeof(*head));
	head->line = n;
	head->kind = TAX_SECTION_OTHER;
	head->form = TAX_FORM__MAX;
	head->mark = marked ? MARK_HEADING : MARK_WHOLE;
	head->number = report_line_number(page, line, &at);
	head->words.start = at;
	head->words.end = head->value = end;
	head->bold = !marked && at + 1 < end && (text[at] == '*' ||
	    text[at] == '_') && text[at + 1] == text[at];
	at = behind_finding(page, at, end);
	while (end > at && is_mark(text[end - 1]))
		end--;
	head->colon = end > at && text[end - 1] == ':';
	if (find_name(page, head, at, line->end, marked || head->bold))
		return mark_name(page, head, line->end, marked);
	if (!marked && (!head->bold || !is_bold_line(text, at, line->end)))
		return head->number > 0;
	return form_head(page, head, at, line->end) || marked ||
	    head->number > 0 || (line->depth == 0 && is_letter(text[at + 2]));
}

static int
head_rank(const struct report_page *page, const struct report_head *head)
{
	const struct md_line *line = &page->md.lines[head->line];

	if (line->kind == MD_HEADING)
		return line->level;
	if (!head->known)
		return RANK_LOOSE;
	if (head->mark == MARK_WHOLE && !head->colon && line->depth == 0)
		return RANK_WHOLE;
	return RANK_FIELD + line->depth;
}

const struct err *
report_heads(struct report_page *page)
{
	struct report_head *heads, head;
	const struct md_line *line;
	size_t n;

	page->head_len = 0;
	for (n = 0; n < page->md.len; n++) {
		line = &page->md.lines[n];
		if ((line->start == line->end && line->number <= 0) ||
		    (line->kind != MD_TEXT && line->kind != MD_HEADING) ||
		    !read_head(page, n, &head))
			continue;
		/* The questions may be quoted, if the answers are not. */
		if (line->quoted && (!head.known || (head.number == 0 &&
		    !report_is_question(&head)) || (n + 1 < page->md.len &&
		    page->md.lines[n + 1].quoted)))
			continue;
		if (page->head_len == REPORT_MAX_ITEMS) {
			page->cut = true;
			break;
		}
		head.rank = head_rank(page, &head);
		heads = mem_room(page->heads, page->head_len,
		    &page->head_cap, sizeof(*heads));
		if (heads == NULL)
			return err_memory();
		page->heads = heads;
		heads[page->head_len++] = head;
	}
	return NULL;
}
