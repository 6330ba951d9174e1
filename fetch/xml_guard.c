/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/xml_guard.h"

#include <stdbool.h>
#include <string.h>

static void
begin_span(struct xml_guard *guard, char last, int need, int run)
{
	guard->state = GUARD_SPAN;
	guard->last = last;
	guard->need = need;
	guard->run = run;
}

/* The byte behind "<" or "<!" says what begins. */
static void
begin(struct xml_guard *guard, char c)
{
	bool bang = guard->state == GUARD_BANG;

	guard->tag = 0;
	guard->quote = '\0';
	if (!bang && c == '!')
		guard->state = GUARD_BANG;
	else if (!bang && c == '?')
		begin_span(guard, '?', 1, 0);
	else if (!bang)
		guard->state = GUARD_TAG;
	else if (c == '-')
		/* The second one of "<!--" ends no comment. */
		begin_span(guard, '-', 2, -1);
	else if (c == '[')
		begin_span(guard, ']', 2, 0);
	else
		guard->state = GUARD_DOCTYPE;
}

static void
in_span(struct xml_guard *guard, char c)
{
	if (c == '>' && guard->run >= guard->need)
		guard->state = GUARD_TEXT;
	else if (c == guard->last)
		guard->run++;
	else
		guard->run = 0;
}

/* As far as the tag's next byte that matters, or the end; behind that. */
static const char *
in_tag(struct xml_guard *guard, const char *data, const char *end,
    const char **why)
{
	const char *at = data;

	if (guard->quote != '\0') {
		at = memchr(data, guard->quote, (size_t)(end - data));
		at = at != NULL ? at : end;
	} else {
		while (at < end && *at != '"' && *at != '\'' && *at != '>' &&
		    *at != '[')
			at++;
	}
	guard->tag += (size_t)(at - data) + (at < end);
	if (guard->tag > XML_GUARD_TAG)
		*why = "a tag is too long: no XML that is read here needs it";
	if (at == end)
		return end;
	if (guard->quote != '\0')
		guard->quote = '\0';
	else if (*at == '>')
		guard->state = GUARD_TEXT;
	else if (*at != '[')
		guard->quote = *at;
	else if (guard->state == GUARD_DOCTYPE && *why == NULL)
		*why = "the document declares entities: that is a way to "
		    "attack its reader";
	return at + 1;
}

const char *
xml_guard(struct xml_guard *guard, const char *data, size_t len)
{
	const char *end = data + len, *why = NULL;

	if (memchr(data, '\0', len) != NULL)
		return "the document is no UTF-8: it has a zero byte";
	while (data < end && why == NULL) {
		if (guard->state == GUARD_TEXT) {
			data = memchr(data, '<', (size_t)(end - data));
			if (data == NULL)
				break;
			guard->state = GUARD_OPEN;
			data++;
		} else if (guard->state == GUARD_SPAN) {
			in_span(guard, *data++);
		} else if (guard->state == GUARD_OPEN ||
		    guard->state == GUARD_BANG) {
			begin(guard, *data++);
		} else {
			data = in_tag(guard, data, end, &why);
		}
	}
	return why;
}
