/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/datephrase.h"

#include "taxonomy/taxonomy.h"

bool
is_word_char(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	    (c >= 'a' && c <= 'z') || (c & 0x80) != 0;
}

bool
is_word_joint(char c)
{
	return c == '-' || c == '_';
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* The bytes that a phrase in normal form takes at `i`, or 0. */
static size_t
phrase_len(const char *text, size_t i, size_t end, const char *phrase)
{
	size_t start = i;

	for (; *phrase != '\0'; phrase++) {
		if (*phrase == '-') {
			if (i == end ||
			    (!is_blank(text[i]) && !is_word_joint(text[i])))
				return 0;
			while (i < end &&
			    (is_blank(text[i]) || is_word_joint(text[i])))
				i++;
			continue;
		}
		if (i == end || (text[i] != *phrase &&
		    (*phrase < 'a' || *phrase > 'z' ||
		    text[i] != *phrase - 'a' + 'A')))
			return 0;
		i++;
	}
	return i < end && is_word_char(text[i]) ? 0 : i - start;
}

/* The date phrase at `i`: its bytes and its mark, or 0. */
static size_t
phrase_at(const char *text, size_t i, size_t end,
    const struct taxonomy *taxonomy, size_t *mark)
{
	const struct tax_mark *marks = taxonomy->marks;
	size_t len, m, s;

	for (m = 0; m < taxonomy->mark_len; m++) {
		if (marks[m].kind != TAX_MARK_NEXT_UPDATE &&
		    marks[m].kind != TAX_MARK_CLOSE_ON)
			continue;
		len = phrase_len(text, i, end, marks[m].id);
		for (s = 0; len == 0 && s < marks[m].spelling_len; s++)
			len = phrase_len(text, i, end,
			    marks[m].spellings[s].text);
		*mark = m;
		if (len > 0)
			return len;
	}
	return 0;
}

bool
date_phrase_find(const char *text, size_t start, size_t end,
    const struct taxonomy *taxonomy, size_t *from, size_t *to, size_t *mark)
{
	size_t i, len;

	for (i = start; i < end; i++) {
		if (!is_word_char(text[i]) ||
		    (i > start && is_word_char(text[i - 1])))
			continue;
		len = phrase_at(text, i, end, taxonomy, mark);
		if (len > 0) {
			*from = i;
			*to = i + len;
			return true;
		}
	}
	return false;
}

size_t
date_phrase_skip(const char *text, size_t i, size_t end)
{
	static const char *const links[] = { "at", "on", "by" };
	size_t len, n;

	for (;;) {
		while (i < end && (is_blank(text[i]) || is_word_joint(text[i]) ||
		    text[i] == ':' || text[i] == '='))
			i++;
		for (n = 0; n < sizeof(links) / sizeof(links[0]); n++) {
			len = phrase_len(text, i, end, links[n]);
			if (len > 0)
				break;
		}
		if (n == sizeof(links) / sizeof(links[0]))
			return i;
		i += len;
	}
}
