/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The mask: the text as cmark is given it.  Of each line it has what tells
 * which blocks it stands in or begins, byte for byte, and an x for all the
 * rest: nothing that has a meaning within a line, and little to copy.
 */
#include "classify/markdown.h"

#include <string.h>

#include "base/err.h"
#include "base/mem.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t
skip_blanks(const char *text, size_t i, size_t end)
{
	while (i < end && is_blank(text[i]))
		i++;
	return i;
}

static size_t
skip_sign(const char *text, size_t i, size_t end, char sign)
{
	while (i < end && text[i] == sign)
		i++;
	return i;
}

/* The bytes of a marker of a list item at `i`, or 0. */
static size_t
item_marker(const char *text, size_t i, size_t end)
{
	size_t at = i;

	if (text[i] == '-' || text[i] == '+' || text[i] == '*') {
		at++;
	} else {
		while (at < end && at - i < 9 && is_digit(text[at]))
			at++;
		if (at == i || at == end ||
		    (text[at] != '.' && text[at] != ')'))
			return 0;
		at++;
	}
	return at == end || is_blank(text[at]) ? at - i : 0;
}

/* Behind the markers that blocks begin with; *cut when there are too many,
 * and then behind as many as may be. */
static size_t
skip_markers(const char *text, size_t i, size_t end, bool *cut)
{
	size_t marker, count = 0;

	for (i = skip_blanks(text, i, end); i < end;
	    i = skip_blanks(text, i + marker, end)) {
		marker = text[i] == '>' ? 1 : item_marker(text, i, end);
		if (marker == 0)
			return i;
		if (++count > MD_MAX_DEPTH) {
			*cut = true;
			return i;
		}
	}
	return i;
}

/* True when nothing but signs of one kind and blanks follow: a rule, or the
 * line below a heading. */
static bool
is_rule(const char *text, size_t i, size_t end)
{
	char sign = text[i];

	if (sign != '*' && sign != '_' && sign != '-' && sign != '=')
		return false;
	while (i < end && (text[i] == sign || is_blank(text[i])))
		i++;
	return i == end;
}

/* Behind the signs of a fence or a heading, `i` when there are none. */
static size_t
skip_signs(const char *text, size_t i, size_t end)
{
	size_t at = skip_sign(text, i, end, text[i]);

	if (text[i] == '#')
		return at - i <= 6 && (at == end || is_blank(text[at])) ?
		    at : i;
	if (at - i < 3 || (text[i] != '`' && text[i] != '~'))
		return i;
	/* "```a``` b" is no fence. */
	return text[i] == '`' && memchr(text + at, '`', end - at) != NULL ?
	    i : at;
}

/* Write the mask of the line, no longer than it; returns where it ends. */
static size_t
mask_line(struct markdown *md, size_t i, size_t end, size_t to)
{
	const char *text = md->text;
	bool cut = false;
	size_t at;

	at = skip_markers(text, i, end, &cut);
	if (at < end && !cut)
		at = is_rule(text, at, end) ? end : skip_signs(text, at, end);
	memcpy(md->mask + to, text + i, at - i);
	to += at - i;
	if (skip_blanks(text, at, end) < end) {
		if (is_blank(text[at]))
			md->mask[to++] = ' ';
		md->mask[to++] = 'x';
	}
	md->cut = md->cut || cut;
	return to;
}

const struct err *
markdown_mask(struct markdown *md)
{
	const char *text = md->text, *end;
	size_t *starts, i, next, to = 0, len = md->text_len;
	char *mask;

	if (len + 1 > md->mask_cap) {
		mask = mem_resize(md->mask, len + 1, 1);
		if (mask == NULL)
			return err_memory();
		md->mask = mask;
		md->mask_cap = len + 1;
	}
	md->start_len = 0;
	for (i = 0; i < len; i = next) {
		starts = mem_room(md->starts, md->start_len, &md->start_cap,
		    sizeof(*starts));
		if (starts == NULL)
			return err_memory();
		md->starts = starts;
		starts[md->start_len++] = i;
		end = memchr(text + i, '\n', len - i);
		next = end == NULL ? len : (size_t)(end - text) + 1;
		/* cmark drops a byte order mark, and counts from behind it. */
		if (i == 0 && len >= 3 &&
		    memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
			memcpy(md->mask, "   ", 3);
			i = to = 3;
		}
		to = mask_line(md, i, end == NULL ? len : next - 1, to);
		if (end != NULL)
			md->mask[to++] = '\n';
	}
	md->mask_len = to;
	return NULL;
}
