/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* A sentence of a report that can stand alone. */

#include "classify/lessons.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "fetch/bug.h"
#include "classify/markdown.h"
#include "classify/report_text.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Does the line at `i` begin something new: an item, a heading, a row? */
static bool
begins_block(const char *text, size_t i, size_t len)
{
	while (i < len && is_blank(text[i]))
		i++;
	return i == len || text[i] == '\n' ||
	    memchr("#>|*-+0123456789", text[i], 16) != NULL;
}

/* The paragraph, or item, that holds the bytes start..end. */
static void
find_block(const char *text, size_t len, size_t *start, size_t *end)
{
	size_t from = *start, to = *end;

	while (from > 0 && !(text[from - 1] == '\n' &&
	    (begins_block(text, from, len) || from == 1 ||
	    text[from - 2] == '\n')))
		from--;
	while (to < len && !(text[to] == '\n' &&
	    begins_block(text, to + 1, len)))
		to++;
	*start = from;
	*end = to;
}

/* Words that end in a full stop and end no sentence. */
static bool
is_abbreviation(const char *text, size_t dot)
{
	static const char *const words[] = { "e.g", "i.e", "etc", "No", "no",
	    "vs", "cf", "Inc", "Ltd", "Co", "Corp", "Sec", "sec", "approx",
	    "incl", "Mr", "Ms", "Dr", "St", "Art", "a.m", "p.m", "resp",
	    "Nr", "S.A", "Sp" };
	size_t i, len;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		len = strlen(words[i]);
		if (dot >= len && memcmp(text + dot - len, words[i], len) ==
		    0 && (dot == len || !text_is_word((unsigned char)
		    text[dot - len - 1])))
			return true;
	}
	return false;
}

/* Does a sentence end with the sign at `i`? */
static bool
ends_sentence(const char *text, size_t i, size_t len)
{
	if (text[i] != '.' && text[i] != '!' && text[i] != '?')
		return false;
	if (i + 1 < len && !is_blank(text[i + 1]) && text[i + 1] != '\n')
		return false;
	return text[i] != '.' || !is_abbreviation(text, i);
}

/* Skip what makes an item of the line, or a heading of a bold word. */
static size_t
skip_marker(const char *text, size_t i, size_t end)
{
	size_t k;

	while (i < end && (is_blank(text[i]) || text[i] == '\n'))
		i++;
	for (k = i; k < end && text[k] >= '0' && text[k] <= '9'; k++)
		;
	if (k > i && k < end && (text[k] == '.' || text[k] == ')'))
		i = k + 1;
	while (i < end && (memchr("*-+", text[i], 3) != NULL ||
	    is_blank(text[i])) && !(text[i] == '*' && i + 1 < end &&
	    text[i + 1] == '*'))
		i++;
	return i;
}

/* Skip a field's name ("Incident description:", or a line of its own): it is
 * no word of the sentence. */
static size_t
skip_label(const struct taxonomy *taxonomy, const char *text, size_t from,
    size_t end)
{
	size_t i;

	for (i = from; i < end && i - from <= LESSONS_LABEL; i++)
		if ((text[i] == ':' || text[i] == '\n') &&
		    report_section_of(taxonomy, text + from, i - from) !=
		    TAX_SECTION_OTHER)
			break;
	if (i >= end || i - from > LESSONS_LABEL)
		return from;
	for (i++; i < end && (text[i] == '*' || text[i] == '_'); i++)
		;
	return skip_marker(text, i, end);
}

/* The sentence around the hit, within its block. */
static bool
find_sentence(const struct taxonomy *taxonomy, const char *text, size_t len,
    size_t *start, size_t *end)
{
	size_t from = *start, to = *end, i;

	find_block(text, len, &from, &to);
	if (from < to && memchr("#>|", text[from], 3) != NULL)
		return false;
	from = skip_marker(text, from, to);
	from = skip_label(taxonomy, text, from, to);
	for (i = from; i < *start; i++)
		if (ends_sentence(text, i, to))
			from = i + 1;
	for (i = *end > 0 ? *end - 1 : 0; i < to; i++)
		if (ends_sentence(text, i, to)) {
			*start = from;
			*end = i + 1;
			return text[i] != '?';
		}
	return false;
}

/* Is it words, as a person would quote them? */
static bool
is_quotable(const char *text, size_t len)
{
	size_t chars = text_chars(text, len), i, words = 0, open = 0;
	uint32_t first;

	if (chars < LESSONS_SHORTEST || chars > LESSONS_LONGEST)
		return false;
	(void)text_decode(text, len, &first);
	if (!text_is_word(first) || text_lower(first) == first)
		return false;
	for (i = 0; i < len; i++) {
		words += text[i] == ' ';
		open += text[i] == '(';
		if (text[i] == ')' && open-- == 0)
			return false;
		if (text[i] == '|' || text[i] == '`' || text[i] == '{')
			return false;
	}
	return open == 0 && words >= 6 && strstr(text, "://") == NULL &&
	    strstr(text, "User Agent") == NULL && memchr("*_", text[0], 2) ==
	    NULL && text[len - 1] != ':';
}

const struct err *
lessons_quote(struct lessons *lessons, struct lesson_words *quote,
    const struct bug *bug)
{
	const struct comment *comment = NULL;
	size_t start = quote->start, end = quote->end, i;
	const struct err *err;
	const char *data;
	struct buf words;
	size_t len;

	for (i = 0; i < bug->comment_len; i++)
		if (bug->comments[i].number == quote->comment)
			comment = &bug->comments[i];
	if (comment == NULL || end > comment->text_len || start > end ||
	    !find_sentence(lessons->taxonomy, comment->text,
	    comment->text_len, &start, &end))
		return NULL;
	buf_init(&words, (size_t)4 * LESSONS_LONGEST);
	if (end - start < words.ceiling)
		markdown_plain(&words, comment->text + start, end - start);
	data = buf_text(&words);
	len = words.len;
	text_trim(&data, &len);
	err = words.nomem ? err_memory() : NULL;
	if (err == NULL && data[len] == '\0' && is_quotable(data, len)) {
		quote->text = arena_copy(&lessons->arena, data, len);
		err = quote->text != NULL ? NULL : err_memory();
	}
	buf_release(&words);
	return err;
}
