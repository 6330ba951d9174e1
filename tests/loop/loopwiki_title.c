/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Titles in their normal form, by MediaWiki's rules for ASCII. */
#include "tests/loop/loopwiki_private.h"

#include <string.h>

#include "base/text.h"

static const struct {
	const char *name;
	int number;
} spaces[] = {
	{ "Category", 14 }, { "File", 6 }, { "Help", 12 },
	{ "MediaWiki", 8 }, { "Project", 4 }, { "Special", -1 },
	{ "Talk", 1 }, { "Template", 10 }, { "User", 2 }, { "User talk", 3 }
};

/* Blanks and underscores are one space, none at the ends. */
static size_t
fold_blanks(char *out, const char *text, size_t len)
{
	size_t end = 0, i;

	for (i = 0; i < len && end < LOOPWIKI_MAX_TITLE; i++) {
		char c = text[i] == '_' ? ' ' : text[i];

		if (c != ' ' || (end > 0 && out[end - 1] != ' '))
			out[end++] = c;
	}
	while (end > 0 && out[end - 1] == ' ')
		end--;
	out[end] = '\0';
	return end;
}

static void
upper(char *c)
{
	if (*c >= 'a' && *c <= 'z')
		*c = (char)(*c - 'a' + 'A');
}

/* Find the namespace; gives where the name in it begins. */
static char *
read_space(struct lw_title *title)
{
	char *colon = strchr(title->text, ':'), *name;
	size_t i, len;

	if (colon == NULL)
		return title->text;
	len = (size_t)(colon - title->text);
	for (i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++) {
		if (strlen(spaces[i].name) != len)
			continue;
		*colon = '\0';
		if (text_casecmp(title->text, spaces[i].name) == 0) {
			memcpy(title->text, spaces[i].name, len);
			title->space = spaces[i].number;
		}
		*colon = ':';
		if (title->space == 0)
			continue;
		name = colon + 1 + strspn(colon + 1, " ");
		memmove(colon + 1, name, strlen(name) + 1);
		return colon + 1;
	}
	return title->text;
}

static bool
hex(char c)
{
	return c != '\0' && strchr("0123456789abcdefABCDEF", c) != NULL;
}

static const char *
fault_of(const char *text, const char *name)
{
	const char *percent = strchr(text, '%');
	size_t i;

	if (strpbrk(text, "#<>[]|{}") != NULL)
		return "title-invalid-characters";
	for (i = 0; text[i] != '\0'; i++)
		if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
			return "title-invalid-characters";
	if (percent != NULL && hex(percent[1]) && hex(percent[2]))
		return "title-invalid-characters";
	if (name[0] == '\0')
		return "title-invalid-empty";
	if (name[0] == ':')
		return "title-invalid-leading-colon";
	if (strcmp(text, ".") == 0 || strcmp(text, "..") == 0 ||
	    strncmp(text, "./", 2) == 0 || strncmp(text, "../", 3) == 0 ||
	    strstr(text, "/./") != NULL || strstr(text, "/../") != NULL)
		return "title-invalid-relative";
	return strstr(text, "~~~") != NULL ? "title-invalid-magic-tilde" :
	    NULL;
}

void
lw_title_read(struct lw_title *out, const char *text, size_t len)
{
	const char *sharp;
	char *name;

	memset(out, 0, sizeof(*out));
	/* A place on the page is no part of its name. */
	sharp = memchr(text, '#', len);
	if (sharp != NULL)
		len = (size_t)(sharp - text);
	if (len > LOOPWIKI_MAX_TITLE) {
		out->wrong = "title-invalid-too-long";
		return;
	}
	len = fold_blanks(out->text, text, len);
	if (out->text[0] == ':') {
		memmove(out->text, out->text + 1, len--);
		fold_blanks(out->text, out->text, len);
	}
	name = read_space(out);
	upper(name);
	out->wrong = fault_of(out->text, name);
}
