/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/bugzilla_private.h"

#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "fetch/http.h"
#include "fetch/json.h"

/* An answer's own members, as far as they are read. */
enum member {
	MEMBER_ERROR,
	MEMBER_CODE,
	MEMBER_MESSAGE,
	MEMBER_VERSION,
	MEMBER_ID,
	MEMBER__MAX
};

static const char *const names[MEMBER__MAX] = {
	[MEMBER_ERROR] = "error",
	[MEMBER_CODE] = "code",
	[MEMBER_MESSAGE] = "message",
	[MEMBER_VERSION] = "version",
	[MEMBER_ID] = "id"
};

struct reader {
	unsigned depth;
	enum member member;	/* the last key of the answer itself */
	char text[MEMBER__MAX][BUGZILLA_MAX_SAID + 1];	/* "" when not told */
};

static const struct err *
on_open(void *arg)
{
	struct reader *reader = arg;

	reader->depth++;
	return NULL;
}

static const struct err *
on_close(void *arg)
{
	struct reader *reader = arg;

	reader->depth--;
	return NULL;
}

static const struct err *
on_key(void *arg, const char *data, size_t len)
{
	struct reader *reader = arg;

	if (reader->depth != 1)
		return NULL;
	reader->member = 0;
	while (reader->member < MEMBER__MAX &&
	    (strlen(names[reader->member]) != len ||
	    memcmp(names[reader->member], data, len) != 0))
		reader->member++;
	return NULL;
}

static const struct err *
on_number(void *arg, const char *data, size_t len)
{
	struct reader *reader = arg;

	if (reader->depth != 1 || reader->member == MEMBER__MAX)
		return NULL;
	len = text_cut(data, len, BUGZILLA_MAX_SAID);
	memcpy(reader->text[reader->member], data, len);
	reader->text[reader->member][len] = '\0';
	return NULL;
}

static const struct err *
on_string(void *arg, const char *data, size_t len, size_t repaired)
{
	(void)repaired;
	return on_number(arg, data, len);
}

static const struct err *
on_boolean(void *arg, bool value)
{
	return value ? on_number(arg, "true", 4) : NULL;
}

static const struct err *
read_members(const struct http_answer *answer, const char *name,
    struct reader *reader)
{
	static const struct json_events events = {
		.object = on_open,
		.key = on_key,
		.object_end = on_close,
		.array = on_open,
		.array_end = on_close,
		.string = on_string,
		.number = on_number,
		.boolean = on_boolean
	};
	const struct err *err;
	struct json *json;

	*reader = (struct reader){ .member = MEMBER__MAX };
	err = json_new(&json, name, &events, reader);
	if (err == NULL && answer->body.len > 0)
		err = json_feed(json, answer->body.data, answer->body.len);
	if (err == NULL)
		err = json_end(json);
	json_free(json);
	return err;
}

const struct err *
bugzilla_read_server(struct bugzilla *run, const struct asked *asked,
    const struct http_answer *answer, const struct err **wrong, int *code)
{
	const struct err *err;
	struct reader reader;
	const char *told;
	int64_t number;

	*wrong = NULL;
	*code = 0;
	err = read_members(answer, ask_row(asked->what)->call, &reader);
	if (err != NULL && err->kind != ERR_CONFIG)
		return err;
	if (err != NULL) {
		*wrong = bugzilla_wrong(run, asked, "the answer, of status "
		    "%d, is no JSON: %s: check the URL, and try again later",
		    answer->status, err->text);
		return NULL;
	}
	if (reader.text[MEMBER_ERROR][0] != '\0') {
		told = reader.text[MEMBER_CODE];
		if (text_int(told, strlen(told), &number) &&
		    number <= CODE_INTERNAL)
			*code = (int)number;
		*wrong = bugzilla_wrong(run, asked, "the server answered with "
		    "error %s: %s", told[0] != '\0' ? told : "(no number)",
		    reader.text[MEMBER_MESSAGE][0] != '\0' ?
		    reader.text[MEMBER_MESSAGE] : "no reason given");
		return NULL;
	}
	told = reader.text[asked->what == ASK_VERSION ? MEMBER_VERSION :
	    MEMBER_ID];
	if (told[0] == '\0' || answer->status != 200) {
		*wrong = bugzilla_wrong(run, asked, "the answer, of status "
		    "%d, is not what a Bugzilla says: check the URL",
		    answer->status);
		return NULL;
	}
	if (asked->what == ASK_VERSION) {
		memcpy(run->version, told, sizeof(run->version));
		run->version[text_cut(told, strlen(told),
		    sizeof(run->version) - 1)] = '\0';
	}
	return NULL;
}
