/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Apply a unified difference, for the tests of what makes them. */
#ifndef TESTS_PATCHED_H
#define TESTS_PATCHED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/* A text that is read a line at a time; what follows a final line end is a
 * line too, unless the text is empty. */
struct patched_text {
	const char *at, *end;
	bool over;
};

static inline struct patched_text
patched_begin(const char *text, size_t len)
{
	struct patched_text read = { text, text + len, len == 0 };

	return read;
}

static inline bool
patched_line(struct patched_text *text, const char **line, size_t *len)
{
	const char *stop;

	if (text->over)
		return false;
	stop = memchr(text->at, '\n', (size_t)(text->end - text->at));
	text->over = stop == NULL;
	*line = text->at;
	*len = (size_t)((stop != NULL ? stop : text->end) - text->at);
	text->at = stop != NULL ? stop + 1 : text->end;
	return true;
}

/* The next lines of both texts are this one. */
static inline bool
patched_same(struct patched_text *text, const char *line, size_t len)
{
	const char *own;
	size_t own_len;

	return patched_line(text, &own, &own_len) && own_len == len &&
	    memcmp(own, line, len) == 0;
}

/* Skip `count` lines that both texts have. */
static inline bool
patched_skip(struct patched_text *before, struct patched_text *after,
    size_t *at, size_t until)
{
	const char *line;
	size_t len;

	for (; *at < until; ++*at)
		if (!patched_line(before, &line, &len) ||
		    !patched_same(after, line, len))
			return false;
	return true;
}

/* Does the difference make `after` of `before`, and are its numbers right? */
static inline bool
patched(const char *before, size_t before_len, const struct buf *diff,
    const char *after, size_t after_len)
{
	struct patched_text a = patched_begin(before, before_len);
	struct patched_text b = patched_begin(after, after_len);
	const char *line = buf_text(diff), *end = line + diff->len, *stop;
	size_t at = 0, from = 0, lines = 0, other = 0, len;
	char *number;
	int i;

	if (diff->len == 0)
		return before_len == after_len &&
		    memcmp(before, after, after_len) == 0;
	for (i = 0; i < 2; i++) {
		stop = memchr(line, '\n', (size_t)(end - line));
		if (stop == NULL || memcmp(line, i == 0 ? "--- " : "+++ ", 4))
			return false;
		line = stop + 1;
	}
	for (; line < end; line = stop + 1) {
		stop = memchr(line, '\n', (size_t)(end - line));
		if (stop == NULL)
			return false;
		len = (size_t)(stop - line) - 1;
		if (lines + other == 0) {
			if (strncmp(line, "@@ -", 4) != 0)
				return false;
			from = strtoul(line + 4, &number, 10);
			lines = strtoul(number + 1, &number, 10);
			strtoul(number + 2, &number, 10);
			other = strtoul(number + 1, &number, 10);
			if (strncmp(number, " @@\n", 4) != 0 ||
			    !patched_skip(&a, &b, &at,
			    lines > 0 ? from - 1 : from))
				return false;
			continue;
		}
		if (*line != '+') {
			if (lines-- == 0 || !patched_same(&a, line + 1, len))
				return false;
			at++;
		}
		if (*line != '-')
			if (other-- == 0 || !patched_same(&b, line + 1, len))
				return false;
		if (strchr("+- ", *line) == NULL)
			return false;
	}
	while (patched_line(&a, &line, &len))
		if (!patched_same(&b, line, len))
			return false;
	return lines + other == 0 && b.over;
}

#endif
