/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/markdown.h"

#include <string.h>

#include "base/buf.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static bool
is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	    (c >= 'a' && c <= 'z') || (c & 0x80) != 0;
}

static bool
is_punct(char c)
{
	return c > ' ' && c < 0x7f && !is_alnum(c);
}

/* Behind a stretch of code that begins at `i`, or `i` when there is none. */
static size_t
code_end(const char *data, size_t len, size_t i)
{
	size_t at = i, run, n;

	while (at < len && data[at] == '`')
		at++;
	run = at - i;
	while (at < len) {
		n = 0;
		while (at < len && data[at] != '`')
			at++;
		while (at < len && data[at] == '`') {
			at++;
			n++;
		}
		if (n == run)
			return at;
	}
	return i;
}

/* Does the sign at `i` set words off?  An underscore within a word, and a
 * star between blanks, are signs themselves. */
static bool
is_emphasis(const char *data, size_t len, size_t i, size_t run)
{
	bool before = i > 0 && !is_blank(data[i - 1]);
	bool behind = i + run < len && !is_blank(data[i + run]);

	if (data[i] == '_' && before && behind && is_alnum(data[i - 1]) &&
	    is_alnum(data[i + run]))
		return false;
	return before || behind;
}

/* "[text](address)" at `i`: where its text ends, and behind the whole. */
static bool
link_at(const char *data, size_t len, size_t i, size_t *text_end,
    size_t *end)
{
	size_t at = i + 1, depth = 1;

	for (; at < len && at - i < 4096; at++) {
		if (data[at] == '\\')
			at++;
		else if (data[at] == '[')
			depth++;
		else if (data[at] == ']' && --depth == 0)
			break;
	}
	if (at + 1 >= len || data[at] != ']' || data[at + 1] != '(')
		return false;
	*text_end = at;
	for (at += 2, depth = 1; at < len && at - i < 8192; at++) {
		if (data[at] == '(')
			depth++;
		else if (data[at] == ')' && --depth == 0)
			break;
	}
	*end = at + 1;
	return at < len && data[at] == ')';
}

struct plain {
	struct buf *out;
	const char *data;
	size_t len;
	size_t link_text, link_end;	/* of the link that is open, or 0 */
	size_t links;	/* brackets that were tried */
};

/* Nothing but what a reader sees of what stands at `i`; returns the bytes
 * that are done. */
static size_t
plain_sign(struct plain *plain, size_t i)
{
	const char *data = plain->data;
	size_t len = plain->len, run = 1, end;

	switch (data[i]) {
	case '`':
		end = code_end(data, len, i);
		if (end == i)
			while (end < len && data[end] == '`')
				end++;
		buf_add(plain->out, data + i, end - i);
		return end - i;
	case '\\':
		if (i + 1 < len && is_punct(data[i + 1])) {
			buf_char(plain->out, data[i + 1]);
			return 2;
		}
		break;
	case '*':
	case '_':
		while (i + run < len && data[i + run] == data[i])
			run++;
		if (is_emphasis(data, len, i, run))
			return run;
		buf_add(plain->out, data + i, run);
		return run;
	case '[':
		if (plain->link_end == 0 && plain->links++ < MD_MAX_LINKS &&
		    link_at(data, len, i, &plain->link_text,
		    &plain->link_end))
			return 1;
		break;
	default:
		break;
	}
	buf_char(plain->out, data[i]);
	return 1;
}

void
markdown_plain(struct buf *out, const char *data, size_t len)
{
	struct plain plain = { .out = out, .data = data, .len = len };
	size_t i = 0, ticks = 0, run;
	bool blank = false;

	while (i < len) {
		if (plain.link_end > 0 && i >= plain.link_text) {
			i = plain.link_end;
			plain.link_end = 0;
			continue;
		}
		if (is_blank(data[i])) {
			blank = out->len > 0;
			i++;
			continue;
		}
		if (blank)
			buf_char(out, ' ');
		blank = false;
		for (run = i; run < len && is_alnum(data[run]) &&
		    (plain.link_end == 0 || run < plain.link_text); run++)
			continue;
		if (run > i) {
			buf_add(out, data + i, run - i);
			i = run;
			continue;
		}
		/* Each run of ticks may look through all that follows. */
		if (data[i] == '`' && ++ticks > MD_MAX_LINKS) {
			buf_char(out, data[i++]);
			continue;
		}
		i += plain_sign(&plain, i);
	}
}
