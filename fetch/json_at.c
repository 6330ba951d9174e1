/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/json_at.h"

#include <string.h>

/* Go over the lines of the `len` bytes at `piece`. */
static void
count(struct json_at *at, const char *piece, size_t len)
{
	const char *p = piece, *end = piece + len, *hit;

	while ((hit = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		p = hit + 1;
		at->lines++;
		at->line_start = at->before + (uint64_t)(p - piece);
	}
}

void
json_at_pass(struct json_at *at, const char *piece, size_t len)
{
	count(at, piece, len);
	at->before += len;
}

void
json_at_place(const struct json_at *at, const char *piece, uint64_t end,
    uint64_t *line, uint64_t *byte)
{
	struct json_at then = *at;

	/* A line end belongs to the line that it ends. */
	if (end > at->before)
		count(&then, piece, (size_t)(end - at->before) - 1);
	*line = then.lines + 1;
	*byte = end > then.line_start ? end - then.line_start : 1;
}
