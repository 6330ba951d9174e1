/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * {{nobots}} and {{bots}}, by which a page keeps robots out: the convention
 * of Wikipedia's Template:Bots, which wikis have taken over.
 *
 *	{{nobots}}			none may write
 *	{{bots|deny=all}} {{bots|allow=none}}	the same
 *	{{bots|deny=A,B}}		these may not
 *	{{bots|allow=A,B}}		nobody else may
 */

#include "output/publish_private.h"

#include <string.h>

#include "base/text.h"

/* A part of the page. */
struct part {
	const char *at, *end;
};

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* In names of pages and accounts a blank and a low line are the same. */
static bool
same_name(const char *a, size_t len, const char *b)
{
	size_t i;
	char x, y;

	for (i = 0; i < len && b[i] != '\0'; i++) {
		x = a[i] == '_' ? ' ' : lower(a[i]);
		y = b[i] == '_' ? ' ' : lower(b[i]);
		if (x != y)
			return false;
	}
	return i == len && b[i] == '\0';
}

static bool
starts(const char *at, const char *end, const char *word)
{
	size_t len = strlen(word);

	return (size_t)(end - at) >= len && same_name(at, len, word);
}

/* Behind the comment that begins at `at`; without an end, it reaches to that
 * of the text. */
static const char *
skip_comment(const char *at, const char *end)
{
	const char *behind = mark_seek(at + 4, end, "-->");

	return behind != NULL ? behind + 3 : end;
}

/* Without blanks and comments around. */
static void
trim(struct part *part)
{
	const char *at = part->at, *last = NULL;
	bool comment;
	size_t len;

	for (; at < part->end; at = comment ? skip_comment(at, part->end) :
	    at + 1) {
		comment = starts(at, part->end, "<!--");
		if (comment || strchr(" \t\n", *at) != NULL)
			continue;
		if (last == NULL)
			part->at = at;
		last = at + 1;
	}
	len = last != NULL ? (size_t)(last - part->at) : 0;
	text_trim(&part->at, &len);
	part->end = part->at + len;
}

/* Take what stands before the next `stop`, or all, trimmed. */
static struct part
take(struct part *from, char stop)
{
	const char *at = from->at;
	struct part taken;

	while (at < from->end && *at != stop)
		at = starts(at, from->end, "<!--") ?
		    skip_comment(at, from->end) : at + 1;
	taken = (struct part){ from->at, at };
	from->at = at < from->end ? at + 1 : at;
	trim(&taken);
	return taken;
}

static bool
reads(const struct part *part, const char *name)
{
	return same_name(part->at, (size_t)(part->end - part->at), name);
}

/* Is the account, or everybody, in a list? */
static bool
lists(struct part list, const char *account)
{
	struct part name;

	while (list.at < list.end) {
		name = take(&list, ',');
		if (reads(&name, "all") ||
		    (account != NULL && reads(&name, account)))
			return true;
	}
	return false;
}

/* One template, what stands behind its {{. */
static bool
lets_in(struct part inside, const char *account)
{
	struct part name = take(&inside, '|'), key, value;

	if (starts(name.at, name.end, "template:"))
		take(&name, ':');
	name = take(&name, '|');
	if (reads(&name, "nobots"))
		return false;
	if (!reads(&name, "bots"))
		return true;
	while (inside.at < inside.end) {
		value = take(&inside, '|');
		key = take(&value, '=');
		if (reads(&key, "deny") && lists(value, account))
			return false;
		if (reads(&key, "allow") && !lists(value, account))
			return false;
	}
	return true;
}

/* Behind </nowiki>; NULL: there is none. */
static const char *
skip_nowiki(const char *at, const char *end)
{
	while ((at = mark_seek(at, end, "</")) != NULL) {
		at += 2;
		if (starts(at, end, "nowiki"))
			return at;
	}
	return NULL;
}

/* What is behind a comment or <nowiki> that begins at `at`, or the next
 * byte.  Without an end, a comment reaches to the page's, and <nowiki> is
 * mere text; `plain` then saves looking for it again. */
static const char *
skip(const char *at, const char *end, bool *plain)
{
	const char *behind;

	if (starts(at, end, "<!--"))
		return skip_comment(at, end);
	if (!*plain && starts(at, end, "<nowiki>")) {
		behind = skip_nowiki(at, end);
		if (behind != NULL)
			return behind;
		*plain = true;
	}
	return at + 1;
}

/* The end of what is read of a template: }}, or where one in it begins,
 * which is then seen by itself.  So no byte is read twice. */
static const char *
end_of(const char *at, const char *end)
{
	while (at < end && !starts(at, end, "}}") && !starts(at, end, "{{"))
		at++;
	return at;
}

bool
bots_may(const char *page, size_t len, const char *account)
{
	const char *at = page, *end = page + len, *behind;
	bool plain = false;

	while (at < end) {
		if (*at == '<') {
			at = skip(at, end, &plain);
		} else if (starts(at, end, "{{")) {
			at += 2;
			behind = end_of(at, end);
			if (behind < end &&
			    !lets_in((struct part){ at, behind }, account))
				return false;
			at = behind;
		} else {
			at++;
		}
	}
	return true;
}
