/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/text.h"
#include "classify/report_private.h"

enum {
	/* Digits of a bug number: "bug #1" is the first of a list. */
	DIGITS_MIN = 6,
	DIGITS_MAX = 8
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_word(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	    is_digit(c) || c == '_' || (c & 0x80) != 0;
}

/* The bug number that the digits at `i` are, 0 for none. */
static int64_t
number_at(const char *text, size_t i, size_t end)
{
	int64_t number;
	size_t n = 0;

	while (i + n < end && n <= DIGITS_MAX && is_digit(text[i + n]))
		n++;
	if (n < DIGITS_MIN || n > DIGITS_MAX ||
	    (i + n < end && is_word(text[i + n])) ||
	    !text_int(text + i, n, &number))
		return 0;
	return number;
}

/* Is the number at `i` called a bug: "bug 123456", "Bug #123456",
 * "show_bug.cgi?id=123456", "bugzil.la/123456"? */
static bool
is_called_bug(const char *text, size_t start, size_t i)
{
	static const char *const before[] = {
		"show_bug.cgi?id=", "bugzil.la/", "bug", "bugs", "bugzilla"
	};
	size_t k, n, at = i;

	for (k = 0; k < 2; k++) {
		n = strlen(before[k]);
		if (i - start >= n && memcmp(text + i - n, before[k], n) == 0)
			return true;
	}
	while (at > start && (text[at - 1] == ' ' || text[at - 1] == '#' ||
	    text[at - 1] == '[' || text[at - 1] == '-'))
		at--;
	for (; k < sizeof(before) / sizeof(before[0]); k++) {
		n = strlen(before[k]);
		if (at - start >= n && at < i &&
		    (memcmp(text + at - n + 1, before[k] + 1, n - 1) == 0 &&
		    (text[at - n] | 0x20) == 'b') &&
		    (at - n == start || !is_word(text[at - n - 1])))
			return true;
	}
	return false;
}

static void
add_bug(struct report_page *page, int64_t bug, const char *text,
    size_t start, size_t end)
{
	struct report_related *related = page->related.data;
	size_t i;

	if (bug == page->bug)
		return;
	for (i = 0; i < page->related.len; i++)
		if (related[i].bug == bug)
			return;
	related = report_heap_add(page, &page->related, sizeof(*related));
	if (related == NULL)
		return;
	related->bug = bug;
	related->text = text;
	related->span.start = start;
	related->span.end = end;
}

/* The bugs named in [start, end); `bare`: a number alone is one too. */
static size_t
scan(struct report_page *page, size_t start, size_t end, bool bare,
    const char *words)
{
	const char *text = page->text;
	size_t i, found = 0;
	int64_t bug;

	for (i = start; i < end; i++) {
		if (!is_digit(text[i]))
			continue;
		bug = i > start && is_word(text[i - 1]) ? 0 :
		    number_at(text, i, end);
		if (bug > 0 && (bare || is_called_bug(text, start, i))) {
			add_bug(page, bug, words, start, end);
			found++;
		}
		while (i + 1 < end && is_digit(text[i + 1]))
			i++;
	}
	return found;
}

/* A row of the table: the bug first, what it is about last. */
static void
read_row(struct report_page *page, const struct report_piece *piece)
{
	struct md_cell cells[MD_MAX_COLUMNS];
	const char *words = "";
	size_t len;

	len = markdown_cells(&page->md, piece->line, cells, MD_MAX_COLUMNS);
	if (len == 0 || piece->line->header)
		return;
	if (len > 1)
		words = report_words(page, cells[len - 1].start,
		    cells[len - 1].end);
	if (scan(page, cells[0].start, cells[0].end, true, words) == 0)
		(void)scan(page, piece->start, piece->end, false, words);
}

static void
read_section(struct report_page *page, const struct report_part *part)
{
	struct report_piece piece;
	size_t at = 0;

	while (report_piece(page, part, part->to, &at, &piece)) {
		if (piece.line->kind == MD_ROW)
			read_row(page, &piece);
		else if (piece.start < piece.end)
			(void)scan(page, piece.start, piece.end, false,
			    report_words(page, piece.start, piece.end));
	}
}

/* Forms without a section for them name related bugs anywhere. */
static void
read_all(struct report_page *page)
{
	const struct md_line *line;
	size_t n;

	for (n = 0; n < page->md.len; n++) {
		line = &page->md.lines[n];
		if (!line->quoted && line->kind != MD_CODE)
			(void)scan(page, line->start, line->end, false, "");
	}
}

void
report_read_related(struct report_page *page)
{
	size_t i;

	switch (page->form) {
	case TAX_FORM_NUMBERED:
	case TAX_FORM_AUDIT_V1:
	case TAX_FORM_V2:
	case TAX_FORM_AUDIT_V2:
		read_all(page);
		break;
	default:
		for (i = 0; i < page->part_len; i++)
			if (page->parts[i].kind == TAX_SECTION_RELATED)
				read_section(page, &page->parts[i]);
		break;
	}
	page->out->related = report_heap_take(page, &page->related,
	    sizeof(struct report_related), &page->out->related_len);
}
