/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <utf8proc.h>

#include "base/buf.h"

#define REPLACEMENT 0xfffdU
#define BAD UINT32_MAX		/* what next_char says of no character */
#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/*
 * One character at `p` (len > 0), or BAD and the bytes of the maximal bad
 * part.  The bounds of the second byte are those of the Unicode Standard,
 * table 3-7; they keep out overlong forms, surrogates and >U+10FFFF.
 */
static size_t
next_char(const unsigned char *p, size_t len, uint32_t *codepoint)
{
	unsigned char low = 0x80, high = 0xbf, lead = p[0];
	uint32_t value;
	size_t i, tail;

	*codepoint = lead;
	if (lead < 0x80)
		return 1;
	*codepoint = BAD;
	if (lead < 0xc2 || lead > 0xf4)
		return 1;
	tail = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
	if (lead == 0xe0)
		low = 0xa0;
	else if (lead == 0xed)
		high = 0x9f;
	else if (lead == 0xf0)
		low = 0x90;
	else if (lead == 0xf4)
		high = 0x8f;
	value = lead & (0x3fU >> tail);
	for (i = 1; i <= tail; i++) {
		if (i >= len || p[i] < low || p[i] > high)
			return i;
		value = value << 6 | (p[i] & 0x3fU);
		low = 0x80;
		high = 0xbf;
	}
	*codepoint = value;
	return tail + 1;
}

static const unsigned char *
bytes_of(const char *data)
{
	return (const unsigned char *)data;
}

/*
 * Eight bytes, all of them printable ASCII, tab or newline?  Each sum puts
 * its answer into the top bit of each byte.  A carry into the next byte
 * comes only from a byte over 0x7f, and then the answer is no anyway.
 */
static bool
word_is_plain(const unsigned char *p)
{
	uint64_t word, control, kept, del;

	memcpy(&word, p, sizeof(word));
	control = ~(word + EACH(0x80 - 0x20));
	kept = (word + EACH(0x80 - '\t')) & ~(word + EACH(0x80 - '\n' - 1));
	del = word + EACH(0x80 - 0x7f);
	return ((word | del | (control & ~kept)) & EACH(0x80)) == 0;
}

static bool
byte_is_plain(unsigned char byte)
{
	return (byte >= 0x20 && byte < 0x7f) || byte == '\t' || byte == '\n';
}

/* The length of the clean text that the bytes begin with. */
static size_t
clean_run(const unsigned char *p, size_t len)
{
	uint32_t codepoint;
	size_t i = 0, bytes;

	for (;;) {
		while (len - i >= sizeof(uint64_t) && word_is_plain(p + i))
			i += sizeof(uint64_t);
		while (i < len && byte_is_plain(p[i]))
			i++;
		if (i == len || p[i] < 0x80)
			return i;
		bytes = next_char(p + i, len - i, &codepoint);
		/* BAD is over U+009F too: it must be asked for by name. */
		if (codepoint == BAD || codepoint <= 0x9f)
			return i;
		i += bytes;
	}
}

bool
text_is_clean(const char *data, size_t len)
{
	return clean_run(bytes_of(data), len) == len;
}

size_t
text_clean(struct buf *out, const char *data, size_t len)
{
	const unsigned char *p = bytes_of(data);
	uint32_t codepoint;
	size_t i = 0, run, replaced = 0;

	while (i < len) {
		run = clean_run(p + i, len - i);
		buf_add(out, data + i, run);
		i += run;
		if (i == len)
			break;
		if (p[i] == '\r') {
			buf_char(out, '\n');
			i += i + 1 < len && p[i + 1] == '\n' ? 2 : 1;
			continue;
		}
		i += next_char(p + i, len - i, &codepoint);
		text_encode(out, REPLACEMENT);
		replaced++;
	}
	return replaced;
}

size_t
text_decode(const char *data, size_t len, uint32_t *codepoint)
{
	size_t bytes;

	bytes = next_char(bytes_of(data), len, codepoint);
	if (*codepoint != BAD)
		return bytes;
	*codepoint = REPLACEMENT;
	return 1;
}

void
text_encode(struct buf *out, uint32_t codepoint)
{
	static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	char bytes[4];
	size_t len, i;

	if (codepoint > 0x10ffff ||
	    (codepoint >= 0xd800 && codepoint <= 0xdfff))
		codepoint = REPLACEMENT;
	if (codepoint < 0x80) {
		buf_char(out, (char)codepoint);
		return;
	}
	len = codepoint < 0x800 ? 2 : codepoint < 0x10000 ? 3 : 4;
	for (i = len - 1; i > 0; i--) {
		bytes[i] = (char)(0x80 | (codepoint & 0x3f));
		codepoint >>= 6;
	}
	bytes[0] = (char)(lead[len] | codepoint);
	buf_add(out, bytes, len);
}

size_t
text_width(const char *data, size_t len)
{
	uint32_t codepoint;
	size_t i = 0, width = 0;

	while (i < len) {
		i += text_decode(data + i, len - i, &codepoint);
		width += (size_t)utf8proc_charwidth((int32_t)codepoint);
	}
	return width;
}

size_t
text_chars(const char *data, size_t len)
{
	uint32_t codepoint;
	size_t i = 0, chars = 0;

	while (i < len) {
		i += text_decode(data + i, len - i, &codepoint);
		chars++;
	}
	return chars;
}

size_t
text_cut(const char *data, size_t len, size_t max)
{
	const unsigned char *p = bytes_of(data);
	uint32_t codepoint;
	size_t start = max;

	if (max >= len)
		return len;
	/* A character has at most three bytes behind its first. */
	while (start > 0 && max - start < 3 && (p[start] & 0xc0) == 0x80)
		start--;
	if (start + next_char(p + start, len - start, &codepoint) > max &&
	    codepoint != BAD)
		return start;
	return max;
}

bool
text_is_word(uint32_t codepoint)
{
	switch (utf8proc_category((int32_t)codepoint)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
		return true;
	default:
		return false;
	}
}

uint32_t
text_lower(uint32_t codepoint)
{
	return (uint32_t)utf8proc_tolower((int32_t)codepoint);
}

static char
ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

int
text_casecmp(const char *a, const char *b)
{
	while (*a != '\0' && ascii_lower(*a) == ascii_lower(*b)) {
		a++;
		b++;
	}
	return (unsigned char)ascii_lower(*a) - (unsigned char)ascii_lower(*b);
}

/* White_Space of the Unicode character database. */
static bool
is_blank(uint32_t codepoint)
{
	utf8proc_category_t category;

	if (codepoint < 0x80)
		return codepoint == ' ' ||
		    (codepoint >= '\t' && codepoint <= '\r');
	category = utf8proc_category((int32_t)codepoint);
	return codepoint == 0x85 || category == UTF8PROC_CATEGORY_ZS ||
	    category == UTF8PROC_CATEGORY_ZL ||
	    category == UTF8PROC_CATEGORY_ZP;
}

void
text_fold(struct buf *out, const char *data, size_t len)
{
	uint32_t codepoint;
	size_t i = 0;
	bool blank = false;

	text_trim(&data, &len);
	while (i < len) {
		i += text_decode(data + i, len - i, &codepoint);
		if (is_blank(codepoint)) {
			blank = true;
			continue;
		}
		if (blank)
			buf_char(out, ' ');
		blank = false;
		/* Most of all text, and much dearer by utf8proc. */
		if (codepoint < 0x80)
			buf_char(out, ascii_lower((char)codepoint));
		else
			text_encode(out, text_lower(codepoint));
	}
}

void
text_trim(const char **data, size_t *len)
{
	uint32_t codepoint;
	size_t bytes, last;

	while (*len > 0) {
		bytes = text_decode(*data, *len, &codepoint);
		if (!is_blank(codepoint))
			break;
		*data += bytes;
		*len -= bytes;
	}
	while (*len > 0) {
		last = text_cut(*data, *len, *len - 1);
		text_decode(*data + last, *len - last, &codepoint);
		if (!is_blank(codepoint))
			break;
		*len = last;
	}
}

bool
text_int(const char *data, size_t len, int64_t *value)
{
	int64_t sum = 0, digit;
	size_t i;

	*value = 0;
	if (len == 0)
		return false;
	for (i = 0; i < len; i++) {
		if (data[i] < '0' || data[i] > '9')
			return false;
		digit = data[i] - '0';
		if (sum > (INT64_MAX - digit) / 10)
			return false;
		sum = sum * 10 + digit;
	}
	*value = sum;
	return true;
}

const char *
text_thousandths(int64_t value, char out[TEXT_THOUSANDTHS])
{
	uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value;

	(void)snprintf(out, TEXT_THOUSANDTHS, "%s%" PRIu64 ".%03" PRIu64,
	    value < 0 ? "-" : "", size / 1000, size % 1000);
	return out;
}
