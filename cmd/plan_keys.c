/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "cmd/plan_private.h"

#include <inttypes.h>
#include <string.h>

#include "base/err.h"
#include "base/near.h"
#include "base/text.h"
#include "cmd/fetching.h"
#include "fetch/http.h"
#include "output/publish.h"
#include "output/wiki.h"
#include "output/writer.h"

enum type {
	TYPE_TEXT,
	TYPE_FILE,		/* a path */
	TYPE_URL,
	TYPE_LIST,		/* joined by commas */
	TYPE_PART,		/* the name of a source or wiki */
	TYPE_CREDENTIAL,	/* a file's name */
	TYPE_TITLE,		/* of a wiki page */
	TYPE_BLOCK,		/* publish_is_name */
	TYPE_FORMAT,
	TYPE_ASSERT,		/* bot or user */
	TYPE_SWITCH,		/* yes or no */
	TYPE_NUMBER,
	TYPE_PERCENT
};

static const char *const kinds[PLAN_KIND__MAX] = {
	[PLAN_SOURCE] = "source",
	[PLAN_WIKI] = "wiki",
	[PLAN_REPORT] = "report"
};

static const struct row {
	const char *name;
	enum plan_kind kind;
	enum type type;
	int64_t least, greatest, builtin;	/* numbers */
} rows[PLAN_KEY__MAX] = {
	[PLAN_URL] = { "url", PLAN_SOURCE, TYPE_URL, 0, 0, 0 },
	[PLAN_PRODUCT] = { "product", PLAN_SOURCE, TYPE_TEXT, 0, 0, 0 },
	[PLAN_COMPONENT] = { "component", PLAN_SOURCE, TYPE_LIST, 0, 0, 0 },
	[PLAN_KEY_FILE] = { "key-file", PLAN_SOURCE, TYPE_FILE, 0, 0, 0 },
	[PLAN_KEY_COMMAND] = { "key-command", PLAN_SOURCE, TYPE_TEXT, 0, 0,
	    0 },
	[PLAN_KEY_CREDENTIAL] = { "credential", PLAN_SOURCE, TYPE_CREDENTIAL,
	    0, 0, 0 },
	[PLAN_DB] = { "db", PLAN_SOURCE, TYPE_FILE, 0, 0, 0 },
	[PLAN_FETCH] = { "fetch", PLAN_SOURCE, TYPE_SWITCH, 0, 1, 1 },
	[PLAN_JOBS] = { "jobs", PLAN_SOURCE, TYPE_NUMBER, 1, HTTP_MAX_JOBS,
	    FETCHING_JOBS },
	[PLAN_TIMEOUT] = { "timeout", PLAN_SOURCE, TYPE_NUMBER, 1,
	    HTTP_MAX_SECONDS, FETCHING_SECONDS },
	[PLAN_RETRIES] = { "retries", PLAN_SOURCE, TYPE_NUMBER, 0,
	    FETCHING_MAX_RETRIES, FETCHING_RETRIES },
	[PLAN_API] = { "api", PLAN_WIKI, TYPE_URL, 0, 0, 0 },
	[PLAN_USER] = { "user", PLAN_WIKI, TYPE_TEXT, 0, 0, 0 },
	[PLAN_PASSWORD_FILE] = { "password-file", PLAN_WIKI, TYPE_FILE, 0, 0,
	    0 },
	[PLAN_PASSWORD_COMMAND] = { "password-command", PLAN_WIKI, TYPE_TEXT,
	    0, 0, 0 },
	[PLAN_PASSWORD_CREDENTIAL] = { "credential", PLAN_WIKI,
	    TYPE_CREDENTIAL, 0, 0, 0 },
	[PLAN_ASSERT] = { "assert", PLAN_WIKI, TYPE_ASSERT, 0, 0, 0 },
	[PLAN_STOP_PAGE] = { "stop-page", PLAN_WIKI, TYPE_TITLE, 0, 0, 0 },
	[PLAN_COMMAND] = { "command", PLAN_REPORT, TYPE_TEXT, 0, 0, 0 },
	[PLAN_FORMAT] = { "format", PLAN_REPORT, TYPE_FORMAT, 0, 0, 0 },
	[PLAN_OUTPUT] = { "output", PLAN_REPORT, TYPE_FILE, 0, 0, 0 },
	[PLAN_PAGE] = { "page", PLAN_REPORT, TYPE_TITLE, 0, 0, 0 },
	[PLAN_BLOCK] = { "block", PLAN_REPORT, TYPE_BLOCK, 0, 0, 0 },
	[PLAN_MAX_CHANGE] = { "max-change", PLAN_REPORT, TYPE_PERCENT, 0, 100,
	    PUBLISH_USUAL },
	/* What is built in depends on the page: plan_rules.c. */
	[PLAN_MAX_BYTES] = { "max-bytes", PLAN_REPORT, TYPE_NUMBER, 1,
	    PLAN_MAX_BYTES_FILE, PLAN_MAX_BYTES_FILE },
	[PLAN_FROM_SOURCE] = { "source", PLAN_REPORT, TYPE_PART, 0, 0, 0 },
	[PLAN_TO_WIKI] = { "wiki", PLAN_REPORT, TYPE_PART, 0, 0, 0 },
	[PLAN_MINOR] = { "minor", PLAN_REPORT, TYPE_SWITCH, 0, 1, 0 }
};

const char *
plan_kind_name(enum plan_kind kind)
{
	return kinds[kind];
}

const char *
plan_key_name(enum plan_key key)
{
	return rows[key].name;
}

bool
plan_is_name(const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
	size_t len = strlen(name);

	return len > 0 && len <= PLAN_MAX_NAME &&
	    strspn(name, letters) == len && strchr("._-", name[0]) == NULL;
}

bool
plan_begins_key(const char *line)
{
	size_t len = strcspn(line, " \t="), i;

	if (line[len + strspn(line + len, " \t")] != '=')
		return false;
	for (i = 0; i < PLAN_KEY__MAX; i++)
		if (strlen(rows[i].name) == len &&
		    memcmp(rows[i].name, line, len) == 0)
			return true;
	return false;
}

const struct err *
plan_key_by_name(struct plan *plan, enum plan_kind kind, const char *name,
    size_t line, enum plan_key *key)
{
	const char *names[PLAN_KEY__MAX], *near, *other = NULL;
	size_t i, len = 0;

	*key = PLAN_KEY__MAX;
	for (i = 0; i < PLAN_KEY__MAX; i++) {
		if (rows[i].kind == kind)
			names[len++] = rows[i].name;
		if (strcmp(rows[i].name, name) != 0)
			continue;
		other = kinds[rows[i].kind];
		if (rows[i].kind == kind) {
			*key = (enum plan_key)i;
			return NULL;
		}
	}
	if (other != NULL)
		return plan_find(plan, line, "%s: is no key of a %s: it "
		    "belongs in a [%s] section", name, kinds[kind], other);
	near = near_best(name, names, len);
	if (near != NULL)
		return plan_find(plan, line, "%s: no such key: did you mean "
		    "%s?", name, near);
	return plan_find(plan, line, "%s: no such key of a %s: see cabrief(1), "
	    "PLANS", name, kinds[kind]);
}

/* http or https, a host, no account, nothing that no URL has. */
static const char *
url_fault(const char *text)
{
	const char *host = strstr(text, "://");

	host = host != NULL && (strncmp(text, "https://", 8) == 0 ||
	    strncmp(text, "http://", 7) == 0) ? host + 3 : "";
	if (strcspn(host, "/") == 0 || strpbrk(host,
	    "@ \t\"<>[]{}|\\^`") != NULL)
		return "not a URL: give it as https://host.example, without "
		    "an account";
	return NULL;
}

/* What MediaWiki takes for no title, or not for the one that was written. */
static const char *
title_fault(const char *text)
{
	if (strlen(text) > WIKI_MAX_TITLE)
		return "is longer than 255 bytes: no wiki has such a title";
	if (strpbrk(text, "#<>[]|{}") != NULL || strstr(text, "~~~") != NULL ||
	    text[0] == ':')
		return "no title: leave out # < > [ ] | { } ~~~ and a colon "
		    "at its beginning";
	return NULL;
}

/* What is wrong with the text, or NULL. */
static const char *
text_fault(enum type type, const char *text)
{
	switch (type) {
	case TYPE_URL:
		return url_fault(text);
	case TYPE_TITLE:
		return title_fault(text);
	case TYPE_BLOCK:
		return publish_is_name(text) ? NULL : "no name of a block: "
		    "use a-z, 0-9 and -, a letter first, up to 64";
	case TYPE_FORMAT:
		return writer_by_name(text) != NULL ? NULL :
		    "no such format: see cabrief(1), OUTPUT";
	case TYPE_ASSERT:
		return strcmp(text, "bot") == 0 || strcmp(text, "user") == 0 ?
		    NULL : "write bot or user";
	case TYPE_PART:
		return plan_is_name(text) ? NULL : "no name of a section";
	case TYPE_CREDENTIAL:
		return plan_is_name(text) ? NULL : "no name of a credential: "
		    "give that of LoadCredential=, not a path";
	case TYPE_FILE:
		return strcmp(text, "-") != 0 ? NULL : "is no file: name one";
	default:
		return NULL;
	}
}

static const struct err *
take_number(struct plan *plan, struct plan_part *part, enum plan_key key)
{
	const struct row *row = &rows[key];
	const char *text = part->text[key];
	size_t len = strlen(text);
	int64_t number;

	if (row->type == TYPE_PERCENT && len > 0 && text[len - 1] == '%')
		len--;
	if (text_int(text, len, &number) && number >= row->least &&
	    number <= row->greatest) {
		part->number[key] = number;
		return NULL;
	}
	return plan_find(plan, part->at[key], "%s: %s: no such number: give "
	    "one from %" PRId64 " to %" PRId64 "%s", row->name, text,
	    row->least, row->greatest, row->type == TYPE_PERCENT ? "%" : "");
}

static const struct err *
take_switch(struct plan *plan, struct plan_part *part, enum plan_key key)
{
	const char *text = part->text[key];

	part->number[key] = strcmp(text, "yes") == 0;
	if (part->number[key] != 0 || strcmp(text, "no") == 0)
		return NULL;
	return plan_find(plan, part->at[key], "%s: %s: write yes or no",
	    rows[key].name, text);
}

static const struct err *
take_list(struct plan *plan, struct plan_part *part, enum plan_key key)
{
	const char *text = part->text[key], *word;
	size_t len, rest;

	part->list = arena_alloc(&plan->arena, PLAN_MAX_COMPONENTS,
	    sizeof(*part->list));
	if (part->list == NULL)
		return err_memory();
	for (;; text += rest + 1) {
		word = text;
		rest = len = strcspn(text, ",");
		text_trim(&word, &len);
		if (len == 0)
			return plan_find(plan, part->at[key], "%s: a name is "
			    "missing before or behind a comma", rows[key].name);
		if (part->list_len == PLAN_MAX_COMPONENTS)
			return plan_find(plan, part->at[key], "%s: more than "
			    "%d: name fewer", rows[key].name,
			    PLAN_MAX_COMPONENTS);
		part->list[part->list_len] = arena_copy(&plan->arena, word,
		    len);
		if (part->list[part->list_len++] == NULL)
			return err_memory();
		if (text[rest] == '\0')
			return NULL;
	}
}

/* A wiki takes "A_b" and "A  b" for "A b". */
static const struct err *
take_title(struct plan *plan, struct plan_part *part, enum plan_key key)
{
	const char *text = part->text[key];
	size_t len = strlen(text), i, to = 0;
	char *title = arena_copy(&plan->arena, text, len);

	if (title == NULL)
		return err_memory();
	for (i = 0; i < len; i++) {
		if (title[i] != '_' && title[i] != ' ')
			title[to++] = title[i];
		else if (to > 0 && title[to - 1] != ' ')
			title[to++] = ' ';
	}
	to -= to > 0 && title[to - 1] == ' ';
	title[to] = '\0';
	part->text[key] = title;
	if (to == 0)
		return plan_find(plan, part->at[key], "%s: %s: no title: give "
		    "that of a page", rows[key].name, text);
	return NULL;
}

/* Slashes at its end don't count. */
static const struct err *
take_url(struct plan *plan, struct plan_part *part, enum plan_key key)
{
	const char *text = part->text[key];
	size_t len = strlen(text);

	while (len > 0 && text[len - 1] == '/')
		len--;
	part->text[key] = arena_copy(&plan->arena, text, len);
	return part->text[key] != NULL ? NULL : err_memory();
}

const struct err *
plan_values(struct plan *plan, struct plan_part *part)
{
	const struct err *err = NULL;
	const char *fault;
	size_t i, before;

	for (i = 0; i < PLAN_KEY__MAX && err == NULL; i++) {
		part->number[i] = rows[i].builtin;
		if (part->text[i] == NULL)
			continue;
		before = plan->finding_len + plan->more;
		fault = text_fault(rows[i].type, part->text[i]);
		if (fault != NULL)
			err = plan_find(plan, part->at[i], "%s: %s: %s",
			    rows[i].name, part->text[i], fault);
		else if (rows[i].type == TYPE_NUMBER ||
		    rows[i].type == TYPE_PERCENT)
			err = take_number(plan, part, (enum plan_key)i);
		else if (rows[i].type == TYPE_SWITCH)
			err = take_switch(plan, part, (enum plan_key)i);
		else if (rows[i].type == TYPE_LIST)
			err = take_list(plan, part, (enum plan_key)i);
		else if (rows[i].type == TYPE_URL)
			err = take_url(plan, part, (enum plan_key)i);
		else if (rows[i].type == TYPE_TITLE)
			err = take_title(plan, part, (enum plan_key)i);
		/* What is wrong by itself is not compared with others. */
		if (plan->finding_len + plan->more > before)
			part->text[i] = NULL;
	}
	return err;
}
