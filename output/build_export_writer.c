/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Whose an address is, without the address. */

#include "output/build_export.h"

#include <string.h>

#include "base/buf.h"
#include "base/hash.h"

static void
add_writer(const char *key, const char *login, size_t len, struct buf *out)
{
	char digits[HASH_HEX];
	struct hash hash;

	hash_init(&hash);
	hash_add(&hash, key, strlen(key) + 1);
	hash_add(&hash, login, len);
	hash_hex(&hash, digits);
	buf_char(out, 'w');
	buf_add(out, digits, EXPORT_WRITER - 2);
}

const char *
export_writer(const char *key, const char *login, char out[EXPORT_WRITER])
{
	struct buf buf;

	if (key == NULL || login[0] == '\0')
		return login;
	buf_fixed(&buf, out, EXPORT_WRITER);
	add_writer(key, login, strlen(login), &buf);
	return out;
}

/* A character of a host's name, or of what may stand before the "@". */
static bool
is_host(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '-' || c == '.' ||
	    (unsigned char)c >= 0x80;
}

static bool
is_name(char c)
{
	return is_host(c) || (c != '\0' && strchr("_%+", c) != NULL);
}

void
export_hide(const char *key, const char *text, struct buf *out)
{
	const char *at, *start, *end, *done = text;

	for (at = strchr(text, '@'); at != NULL; at = strchr(at, '@')) {
		start = at;
		while (start > done && is_name(start[-1]))
			start--;
		for (end = ++at; is_host(*end); end++)
			;
		/* The full stop of a sentence. */
		while (end > at && end[-1] == '.')
			end--;
		if (start + 1 == at || end == at)
			continue;
		buf_add(out, done, (size_t)(start - done));
		add_writer(key, start, (size_t)(end - start), out);
		done = at = end;
	}
	buf_str(out, done);
}
