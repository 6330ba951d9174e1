/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Normalization form C (Unicode Standard Annex 15): utf8proc takes the
 * characters apart and joins them; the order of the marks between is made
 * here, since utf8proc 2.8 exchanges neighbours until it is right, which
 * takes hours for a page of marks on one letter.
 */
#include "base/text.h"

#include <utf8proc.h>

#include "base/buf.h"
#include "base/mem.h"

enum {
	PARTS_MAX = 4,		/* characters of the longest decomposition */
	CLASSES = 256,		/* of marks: the property is a byte */
	LEAD_FIRST = 0xcc,	/* first byte of U+0300: nothing below it
				 * changes or joins */
	JAMO_FIRST = 0x1160,	/* vowels and finals of Hangul */
	JAMO_LAST = 0x11ff
};

static const utf8proc_option_t nfc = UTF8PROC_STABLE | UTF8PROC_COMPOSE;

/* Characters of one line, and as many for sorting. */
struct line {
	int32_t *chars, *sorted;
	size_t len;
};

static size_t
class_of(int32_t codepoint)
{
	return (size_t)utf8proc_get_property(codepoint)->combining_class;
}

/* Sort marks by their class; those of one class stay as they stand. */
static void
sort_marks(int32_t *marks, size_t len, int32_t *sorted)
{
	size_t starts[CLASSES + 1] = { 0 }, i;

	for (i = 0; i < len; i++)
		starts[class_of(marks[i]) + 1]++;
	for (i = 0; i < CLASSES; i++)
		starts[i + 1] += starts[i];
	for (i = 0; i < len; i++)
		sorted[starts[class_of(marks[i])]++] = marks[i];
	for (i = 0; i < len; i++)
		marks[i] = sorted[i];
}

static void
order_marks(struct line *line)
{
	size_t i, first = 0, before = 0, class;
	bool ordered = true;

	for (i = 0; i <= line->len; i++) {
		class = i < line->len ? class_of(line->chars[i]) : 0;
		if (class != 0) {
			ordered = ordered && class >= before;
			before = class;
			continue;
		}
		if (!ordered)
			sort_marks(line->chars + first, i - first,
			    line->sorted);
		first = i + 1;
		before = 0;
		ordered = true;
	}
}

/* Write what is in the line so far, and empty it. */
static void
write_part(struct buf *out, struct line *line)
{
	utf8proc_ssize_t len, i;

	order_marks(line);
	len = utf8proc_normalize_utf32(line->chars,
	    (utf8proc_ssize_t)line->len, nfc);
	for (i = 0; i < len; i++)
		text_encode(out, (uint32_t)line->chars[i]);
	line->len = 0;
}

static void
write_line(struct buf *out, const char *data, size_t len, struct line *line)
{
	utf8proc_ssize_t parts;
	uint32_t codepoint;
	size_t i, n;
	int bounds = 0;

	for (i = 0; i < len; i += n) {
		n = text_decode(data + i, len - i, &codepoint);
		if (n == 1 && codepoint >= 0x80) {
			write_part(out, line);
			buf_char(out, data[i]);
			continue;
		}
		parts = utf8proc_decompose_char((int32_t)codepoint,
		    line->chars + line->len, PARTS_MAX, nfc, &bounds);
		if (parts > 0)
			line->len += (size_t)parts;
	}
	write_part(out, line);
}

static void
normalize_line(struct buf *out, const char *data, size_t len)
{
	size_t room = text_chars(data, len) * PARTS_MAX;
	struct line line = { NULL, NULL, 0 };

	line.chars = mem_alloc(room, sizeof(*line.chars));
	line.sorted = mem_alloc(room, sizeof(*line.sorted));
	if (line.chars != NULL && line.sorted != NULL)
		write_line(out, data, len, &line);
	else
		out->nomem = true;
	mem_free(line.sorted);
	mem_free(line.chars);
}

void
text_nfc(struct buf *out, const char *data, size_t len)
{
	size_t start, i;
	bool plain;

	/* A line's end joins nothing. */
	for (start = 0; start < len; start = i) {
		plain = true;
		for (i = start; i < len && data[i] != '\n'; i++)
			if ((unsigned char)data[i] >= LEAD_FIRST)
				plain = false;
		if (i < len)
			i++;
		if (plain)
			buf_add(out, data + start, i - start);
		else
			normalize_line(out, data + start, i - start);
	}
}

bool
text_joins(uint32_t codepoint)
{
	switch (utf8proc_category((int32_t)codepoint)) {
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
		return true;
	default:
		return codepoint >= JAMO_FIRST && codepoint <= JAMO_LAST;
	}
}
