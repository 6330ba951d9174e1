/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "tests/loop/slice.h"

#include "base/buf.h"
#include "base/date.h"

struct slice
slice_of(const char *text)
{
	return (struct slice){ text, strlen(text) };
}

static const char *
blanks(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\n' || *at == '\t' ||
	    *at == '\r' || *at == ',' || *at == ':'))
		at++;
	return at;
}

/* Behind the string that begins at `at`. */
static const char *
behind_string(const char *at, const char *end)
{
	for (at++; at < end && *at != '"'; at++)
		if (*at == '\\' && at + 1 < end)
			at++;
	return at < end ? at + 1 : end;
}

/* Behind the value that begins at `at`. */
static const char *
behind(const char *at, const char *end)
{
	size_t depth = 0;

	do {
		if (*at == '"') {
			at = behind_string(at, end);
			continue;
		}
		if (*at == '{' || *at == '[')
			depth++;
		if ((*at == '}' || *at == ']') && depth > 0)
			depth--;
		at++;
	} while (at < end && (depth > 0 || (at[-1] != '}' &&
	    at[-1] != ']' && at[-1] != '"' &&
	    strchr(",:]} \t\r\n", *at) == NULL)));
	return at;
}

struct slice
slice_value(const char *text, size_t len)
{
	const char *end = text + len;
	const char *at = blanks(text, end);

	if (at == end)
		return (struct slice){ NULL, 0 };
	return (struct slice){ at, (size_t)(behind(at, end) - at) };
}

struct slice_walk
slice_open(struct slice value)
{
	if (value.len < 2 || (value.at[0] != '{' && value.at[0] != '['))
		return (struct slice_walk){ NULL, NULL };
	return (struct slice_walk){ value.at + 1, value.at + value.len - 1 };
}

bool
slice_element(struct slice_walk *walk, struct slice *value)
{
	if (walk->at == walk->end)
		return false;
	*value = slice_value(walk->at, (size_t)(walk->end - walk->at));
	if (value->at == NULL)
		return false;
	walk->at = value->at + value->len;
	return true;
}

bool
slice_member(struct slice_walk *walk, struct slice *key, struct slice *value)
{
	if (!slice_element(walk, key) || !slice_element(walk, value))
		return false;
	*key = slice_inside(*key);
	return true;
}

struct slice
slice_get(struct slice object, const char *key)
{
	struct slice_walk walk = slice_open(object);
	struct slice name, value;

	while (slice_member(&walk, &name, &value))
		if (slice_is(name, key))
			return value;
	return (struct slice){ NULL, 0 };
}

bool
slice_is(struct slice slice, const char *text)
{
	return slice.len == strlen(text) &&
	    (slice.len == 0 || memcmp(slice.at, text, slice.len) == 0);
}

struct slice
slice_inside(struct slice value)
{
	if (value.len >= 2 && value.at[0] == '"')
		return (struct slice){ value.at + 1, value.len - 2 };
	return value;
}

int64_t
slice_int(struct slice value)
{
	int64_t number = 0;
	size_t i;

	for (i = 0; i < value.len && i < 18 && value.at[i] >= '0' &&
	    value.at[i] <= '9'; i++)
		number = 10 * number + (value.at[i] - '0');
	return number;
}

int64_t
slice_time(struct slice value)
{
	int64_t time;

	value = slice_inside(value);
	return date_parse_time(value.at, value.len, &time) ? time : DATE_NONE;
}

bool
slice_true(struct slice value)
{
	return slice_is(value, "true") || slice_is(value, "1");
}

void
slice_add(struct buf *out, struct slice slice)
{
	if (slice.len > 0)
		buf_add(out, slice.at, slice.len);
}

void
slice_quote(struct buf *out, const char *text, size_t len)
{
	size_t i;

	buf_char(out, '"');
	for (i = 0; i < len; i++) {
		if (text[i] == '"' || text[i] == '\\')
			buf_char(out, '\\');
		if ((unsigned char)text[i] < 0x20)
			buf_fmt(out, "\\u%04x", (unsigned)text[i]);
		else
			buf_char(out, text[i]);
	}
	buf_char(out, '"');
}
