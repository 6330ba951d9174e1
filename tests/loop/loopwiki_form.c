/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Parameters, of a query and of a form. */
#include "tests/loop/loopwiki_private.h"

#include <stdlib.h>
#include <string.h>

static int
digit(char c)
{
	const char *digits = "0123456789abcdef";
	const char *at = c != '\0' ? strchr(digits, c | (c > '9' ? 0x20 :
	    0)) : NULL;

	return at != NULL ? (int)(at - digits) : -1;
}

/* Decode in place; the length. */
static size_t
decode(char *text)
{
	char *out = text;
	const char *at;

	for (at = text; *at != '\0'; at++)
		if (*at == '+') {
			*out++ = ' ';
		} else if (*at == '%' && digit(at[1]) >= 0 &&
		    digit(at[2]) >= 0) {
			*out++ = (char)(digit(at[1]) << 4 | digit(at[2]));
			at += 2;
		} else {
			*out++ = *at;
		}
	*out = '\0';
	return (size_t)(out - text);
}

void
lw_form_read(struct lw_request *request, char *form, bool posted)
{
	char *next, *value;
	struct lw_arg *arg;

	for (; form != NULL && *form != '\0'; form = next) {
		next = strchr(form, '&');
		if (next != NULL)
			*next++ = '\0';
		if (request->arg_len == LOOPWIKI_MAX_ARGS)
			return;
		arg = &request->args[request->arg_len++];
		value = strchr(form, '=');
		if (value != NULL)
			*value++ = '\0';
		decode(form);
		arg->name = form;
		arg->value = value != NULL ? value : "";
		arg->len = value != NULL ? decode(value) : 0;
		arg->posted = posted;
	}
}

const struct lw_arg *
lw_arg_whole(const struct lw_request *request, const char *name)
{
	size_t i;

	/* The last one counts, as in PHP. */
	for (i = request->arg_len; i > 0; i--)
		if (strcmp(request->args[i - 1].name, name) == 0)
			return &request->args[i - 1];
	return NULL;
}

const char *
lw_arg(const struct lw_request *request, const char *name)
{
	const struct lw_arg *arg = lw_arg_whole(request, name);

	return arg != NULL ? arg->value : NULL;
}

bool
lw_flag(const struct lw_request *request, const char *name)
{
	return lw_arg_whole(request, name) != NULL;
}

bool
lw_among(const struct lw_request *request, const char *arg,
    const char *name, const char *otherwise)
{
	const char *at = lw_arg(request, arg);
	size_t len;

	for (at = at != NULL ? at : otherwise; *at != '\0'; at += len) {
		at += *at == '|';
		len = strcspn(at, "|");
		if (len == strlen(name) && memcmp(at, name, len) == 0)
			return true;
	}
	return false;
}
