/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "fetch/json.h"
#include "output/wiki_private.h"

enum {
	LEVELS = 10,		/* what is read stands no deeper */
	KEY_SIZE = 32,		/* what is read has no longer names */
	ARENA_CEILING = 2 * WIKI_MAX_ANSWER
};

/* What a place tells about. */
enum about { ABOUT_ALL, ABOUT_PAGE, ABOUT_TITLE };

/* Where things stand; "[]" is any element of an array, and what is told more
 * than once counts the first time. */
static const struct place {
	const char *path;
	enum about about;
	int what;
} places[] = {
	{ "errors[].code", ABOUT_ALL, SAID_CODE },
	{ "errors[].text", ABOUT_ALL, SAID_WHY },
	{ "errors[].data.readonlyreason", ABOUT_ALL, SAID_READONLY },
	{ "errors[].data.spamblacklist.matches[]", ABOUT_ALL, SAID_MATCH },
	/* A wiki before 1.29 knows no errorformat. */
	{ "error.code", ABOUT_ALL, SAID_CODE },
	{ "error.info", ABOUT_ALL, SAID_WHY },
	{ "error.readonlyreason", ABOUT_ALL, SAID_READONLY },
	{ "error.spamblacklist.matches[]", ABOUT_ALL, SAID_MATCH },
	{ "warnings[].data.feature", ABOUT_ALL, SAID_OLD_LOGIN },
	{ "login.result", ABOUT_ALL, SAID_LOGIN },
	{ "login.reason", ABOUT_ALL, SAID_LOGIN_WHY },
	{ "login.reason.code", ABOUT_ALL, SAID_LOGIN_CODE },
	{ "login.reason.text", ABOUT_ALL, SAID_LOGIN_WHY },
	{ "query.tokens.logintoken", ABOUT_ALL, SAID_LOGIN_TOKEN },
	{ "query.tokens.csrftoken", ABOUT_ALL, SAID_TOKEN },
	{ "curtimestamp", ABOUT_ALL, SAID_NOW },
	{ "query.interwiki[].title", ABOUT_ALL, SAID_ELSEWHERE },
	{ "query.badrevids", ABOUT_ALL, SAID_NO_REVISION },
	{ "edit.result", ABOUT_ALL, SAID_EDIT },
	{ "edit.code", ABOUT_ALL, SAID_EDIT_CODE },
	{ "edit.info", ABOUT_ALL, SAID_EDIT_WHY },
	{ "edit.captcha", ABOUT_ALL, SAID_CAPTCHA },
	{ "edit.nochange", ABOUT_ALL, SAID_SAME },
	{ "edit.oldrevid", ABOUT_ALL, SAID_BEFORE },
	{ "edit.newrevid", ABOUT_ALL, SAID_AFTER },
	{ "query.normalized[].from", ABOUT_TITLE, TITLE_FROM },
	{ "query.normalized[].to", ABOUT_TITLE, TITLE_TO },
	{ "query.pages[].title", ABOUT_PAGE, PAGE_TITLE },
	{ "query.pages[].missing", ABOUT_PAGE, PAGE_MISSING },
	{ "query.pages[].special", ABOUT_PAGE, PAGE_SPECIAL },
	{ "query.pages[].invalid", ABOUT_PAGE, PAGE_INVALID },
	{ "query.pages[].invalidreason", ABOUT_PAGE, PAGE_INVALID_WHY },
	{ "query.pages[].invalidreason.text", ABOUT_PAGE, PAGE_INVALID_WHY },
	{ "query.pages[].redirect", ABOUT_PAGE, PAGE_REDIRECT },
	{ "query.pages[].revisions[].revid", ABOUT_PAGE, PAGE_REVISION },
	{ "query.pages[].revisions[].user", ABOUT_PAGE, PAGE_EDITOR },
	{ "query.pages[].revisions[].slots.main.contentmodel", ABOUT_PAGE,
	    PAGE_MODEL },
	{ "query.pages[].revisions[].slots.main.content", ABOUT_PAGE,
	    PAGE_TEXT }
};

struct reader {
	struct wiki_answer *answer;
	const char *name;
	unsigned depth;
	size_t documents;
	size_t errors, revisions;	/* of them only the first is read */
	/* The present place, and where each level's part of it begins. */
	char path[LEVELS * (KEY_SIZE + 3)];
	size_t base[LEVELS + 1];
};

static const struct err *
unlike(const struct reader *reader, const char *why)
{
	return err_new(ERR_SERVER, "%s: %s", reader->name, why);
}

/* Is it in a part that is not read? */
static bool
is_beside(const struct reader *reader)
{
	return reader->depth > LEVELS ||
	    (reader->errors > 1 &&
	    strncmp(reader->path, "errors[", 7) == 0);
}

static const struct err *
take(void *arg, const char *data, size_t len, size_t repaired)
{
	struct reader *reader = arg;
	struct wiki_answer *answer = reader->answer;
	const char **slot;
	size_t i;

	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (strcmp(places[i].path, reader->path) == 0)
			break;
	if (i == sizeof(places) / sizeof(places[0]) || is_beside(reader))
		return NULL;
	switch (places[i].about) {
	case ABOUT_PAGE:
		slot = &answer->page[answer->pages - 1][places[i].what];
		if (places[i].what == PAGE_TEXT)
			answer->repaired[answer->pages - 1] = repaired;
		break;
	case ABOUT_TITLE:
		slot = &answer->title[answer->titles - 1][places[i].what];
		break;
	default:
		slot = &answer->said[places[i].what];
		break;
	}
	if (*slot != NULL)
		return NULL;
	*slot = arena_copy(&answer->arena, data, len);
	return *slot != NULL ? NULL : err_memory();
}

static const struct err *
on_number(void *arg, const char *data, size_t len)
{
	return take(arg, data, len, 0);
}

static const struct err *
on_boolean(void *arg, bool value)
{
	return value ? take(arg, "true", 4, 0) : NULL;
}

static void
append(struct reader *reader, const char *part, size_t len)
{
	size_t end = strlen(reader->path);

	memcpy(reader->path + end, part, len);
	reader->path[end + len] = '\0';
}

/* An object or array begins: what is told in it is told about a new thing. */
static const struct err *
begin(struct reader *reader)
{
	struct wiki_answer *answer = reader->answer;

	if (strcmp(reader->path, "errors[]") == 0)
		reader->errors++;
	else if (strcmp(reader->path, "query.pages[]") == 0) {
		if (answer->pages == ANSWER_PAGES)
			return unlike(reader, "more pages than were asked "
			    "for");
		answer->pages++;
		reader->revisions = 0;
	} else if (strcmp(reader->path, "query.normalized[]") == 0) {
		if (answer->titles == ANSWER_PAGES)
			return unlike(reader, "more titles than were asked "
			    "for");
		answer->titles++;
	} else if (strcmp(reader->path, "query.pages[].revisions[]") == 0) {
		if (reader->revisions++ > 0)
			return unlike(reader, "more revisions than were "
			    "asked for");
	}
	return NULL;
}

static const struct err *
open_level(struct reader *reader, const char *part)
{
	const struct err *err = NULL;

	if (reader->depth == 0 && reader->documents++ > 0)
		return unlike(reader, "more than one JSON text");
	if (reader->depth <= LEVELS)
		err = begin(reader);
	if (++reader->depth <= LEVELS) {
		append(reader, part, strlen(part));
		reader->base[reader->depth] = strlen(reader->path);
	}
	return err;
}

static const struct err *
on_object(void *arg)
{
	struct reader *reader = arg;
	const struct err *err = NULL;

	if (strcmp(reader->path, "edit.captcha") == 0 ||
	    strcmp(reader->path, "query.badrevids") == 0)
		err = take(reader, "true", 4, 0);
	return err != NULL ? err : open_level(reader, "");
}

static const struct err *
on_array(void *arg)
{
	return open_level(arg, "[]");
}

static const struct err *
on_close(void *arg)
{
	struct reader *reader = arg;

	if (--reader->depth <= LEVELS)
		reader->path[reader->base[reader->depth]] = '\0';
	return NULL;
}

static const struct err *
on_key(void *arg, const char *data, size_t len)
{
	struct reader *reader = arg;
	size_t base;

	if (reader->depth > LEVELS)
		return NULL;
	base = reader->base[reader->depth];
	reader->path[base] = '\0';
	if (base > 0)
		append(reader, ".", 1);
	/* What could be taken for another path is none of ours. */
	if (len == 0 || len >= KEY_SIZE || memchr(data, '.', len) != NULL ||
	    memchr(data, '[', len) != NULL)
		append(reader, "?", 1);
	else
		append(reader, data, len);
	return NULL;
}

void
wiki_answer_init(struct wiki_answer *answer)
{
	memset(answer, 0, sizeof(*answer));
	arena_init(&answer->arena, ARENA_CEILING);
}

void
wiki_answer_release(struct wiki_answer *answer)
{
	arena_release(&answer->arena);
	wiki_answer_init(answer);
}

const struct err *
wiki_answer_read(struct wiki_answer *answer, const char *name,
    const char *data, size_t len)
{
	static const struct json_events events = {
		.object = on_object,
		.key = on_key,
		.object_end = on_close,
		.array = on_array,
		.array_end = on_close,
		.string = take,
		.number = on_number,
		.boolean = on_boolean
	};
	struct reader reader = { .answer = answer, .name = name };
	const struct err *err;
	struct json *json;

	wiki_answer_release(answer);
	err = json_new(&json, name, &events, &reader);
	if (err == NULL && len > 0)
		err = json_feed(json, data, len);
	if (err == NULL)
		err = json_end(json);
	json_free(json);
	if (err != NULL && err->kind == ERR_CONFIG)
		return err_new(ERR_SERVER, "%s", err->text);
	return err;
}
