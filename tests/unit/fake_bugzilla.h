/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A Bugzilla without a network: it takes the place of fetch/http.h at link
 * time, and answers requests in the order in which they were made.  Bugs are
 * 10, 20, 30 ...; what is odd about the server, a test says in `world`.
 */
#ifndef TESTS_FAKE_BUGZILLA_H
#define TESTS_FAKE_BUGZILLA_H

#include <inttypes.h>

#include "fetch/http.h"
#include "tests/unit/store_fixture.h"

enum {
	FAKE_QUEUE = 256,
	FAKE_LOG = 1 << 20,
	FAKE_NOW = 1700000000
};

/* Nothing here is about the disk, which is slow when SQLite waits for it. */
int
fsync(int fd)
{
	(void)fd;
	return 0;
}

int
fdatasync(int fd)
{
	(void)fd;
	return 0;
}

/* What is odd about a bug. */
enum oddity {
	ODD_NOT,
	ODD_HIDDEN,		/* restricted: search leaves it out */
	ODD_VANISHING,		/* listed, and then hidden */
	ODD_SHUT,		/* its comments are refused */
	ODD_BROKEN,		/* no answer with its fields is JSON */
	ODD_POISON,		/* error 100500 for every answer with it */
	ODD_BAD,		/* a field that is none */
	ODD_MOVED,		/* in another component */
	ODD_OTHER		/* the same, and that one is listed too */
};

struct fake_request {
	char path[HTTP_MAX_PATH + 1];
	bool header;
	bool query;
	int64_t wait_ms;
	void *tag;
};

/* Instead of the answer to each request whose path holds `path`: from the
 * `from`-th to the `to`-th of them, counted from 1. */
struct fake_fault {
	const char *path;
	int from, to;
	enum http_fault fault;
	int status;
	const char *type;
	const char *body;
	int seen;
};

struct world {
	bool upstream;		/* 5.x: no whoami, no comments by search */
	bool no_comments;	/* not by search, though it has whoami */
	const char *key;	/* "": whatever is sent is known */
	int bugs;
	size_t max_results;
	bool unsorted;
	int64_t changed;	/* of all bugs */
	int64_t last_changed;	/* of the last bug, if not 0 */
	int64_t date;		/* its clock */
	enum oddity odd[128];	/* by place of the bug, from 0 */
	struct fake_fault faults[4];

	int requests, details;	/* made; of them for bugs */
	int64_t waited_ms;
	struct buf log;		/* a line each */
};

static struct world world;
static struct fake_request queue[FAKE_QUEUE];
static size_t queue_len;
static struct http_answer fake_answer;

static inline void
fake_begin(int bugs)
{
	buf_release(&world.log);
	memset(&world, 0, sizeof(world));
	buf_init(&world.log, FAKE_LOG);
	world.bugs = bugs;
	world.max_results = 10000;
	world.changed = FAKE_NOW - 100000;
	world.date = FAKE_NOW;
	queue_len = 0;
}

const struct err *
http_ask(struct http *http, const struct http_request *request)
{
	struct fake_request *kept = &queue[queue_len++];

	(void)http;
	assert_true(queue_len < FAKE_QUEUE);
	assert_true(strlen(request->path) <= HTTP_MAX_PATH);
	memcpy(kept->path, request->path, strlen(request->path) + 1);
	kept->header = request->secret;
	kept->query = request->secret_query != NULL;
	kept->wait_ms = request->wait_ms;
	kept->tag = request->tag;
	return NULL;
}

size_t
http_waiting(const struct http *http)
{
	(void)http;
	return queue_len;
}

void
http_quote(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++)
		if (*text == ' ')
			buf_str(out, "%20");
		else
			buf_char(out, *text);
}

/* A number behind `name` in the path; -1 without. */
static inline int64_t
fake_number(const char *path, const char *name)
{
	const char *at = strstr(path, name);

	return at == NULL ? -1 : strtoll(at + strlen(name), NULL, 10);
}

static inline int64_t
fake_changed(int place)
{
	return place == world.bugs - 1 && world.last_changed != 0 ?
	    world.last_changed : world.changed;
}

static inline const char *
fake_time(int64_t time)
{
	static char text[DATE_SIZE];

	return date_format_time(time, text);
}

static inline void
fake_error(int status, int code)
{
	fake_answer.status = status;
	buf_clear(&fake_answer.body);
	buf_fmt(&fake_answer.body, "{\"error\":true,\"code\":%d,"
	    "\"message\":\"no\"}", code);
}

static inline void
fake_bug(const char *path, int place)
{
	const enum oddity odd = world.odd[place];
	struct buf *out = &fake_answer.body;
	const int id = 10 * (place + 1);

	buf_fmt(out, "%s{\"id\":%d,\"last_change_time\":\"%s\"",
	    out->data[out->len - 1] == '[' ? "" : ",", id,
	    fake_time(fake_changed(place)));
	if (strstr(path, "component") != NULL)
		buf_fmt(out, ",\"product\":\"CA Program\",\"component\":"
		    "\"%s\"", odd == ODD_MOVED || odd == ODD_OTHER ? "Other" :
		    "Compliance");
	if (strstr(path, "summary") != NULL)
		buf_fmt(out, ",\"summary\":\"%s\",\"status\":%s",
		    odd == ODD_BROKEN ? "\x01" : "s",
		    odd == ODD_BAD ? "[]" : "\"NEW\"");
	if (strstr(path, ",comments") != NULL && !world.upstream &&
	    !world.no_comments)
		buf_fmt(out, ",\"comments\":[{\"id\":%d,\"count\":0,"
		    "\"time\":\"2020-01-01T00:00:00Z\",\"creator\":\"c\","
		    "\"text\":\"t\"}],\"history\":[]", 1000 + id);
	buf_char(out, '}');
}

/* A search by number, or one behind a number. */
static inline void
fake_search(const char *path)
{
	const char *ids = strstr(path, "?id=");
	const int64_t after = fake_number(path, "v1=");
	int64_t limit = fake_number(path, "limit=");
	const bool since = strstr(path, "last_change_time=20") != NULL;
	struct buf *out = &fake_answer.body;
	size_t granted = world.max_results, len = 0;
	char number[24];
	int i, place;

	if (limit > 0 && (size_t)limit < granted)
		granted = (size_t)limit;
	buf_str(out, "{\"bugs\":[");
	for (i = 0; i < world.bugs && len < granted; i++) {
		place = world.unsorted ? world.bugs - 1 - i : i;
		snprintf(number, sizeof(number), "%d", 10 * (place + 1));
		if (world.odd[place] == ODD_HIDDEN)
			continue;
		if (ids == NULL ? 10 * (place + 1) <= after ||
		    world.odd[place] == ODD_MOVED :
		    world.odd[place] == ODD_VANISHING)
			continue;
		if (since && strcmp(fake_time(fake_changed(place)),
		    strstr(path, "last_change_time=20") + 17) < 0)
			continue;
		if (ids != NULL) {
			const char *at = strstr(ids, number);

			while (at != NULL && (strchr("=,", at[-1]) == NULL ||
			    strchr(",&", at[strlen(number)]) == NULL))
				at = strstr(at + 1, number);
			if (at == NULL || at > strchr(ids, '&'))
				continue;
		}
		if (world.odd[place] == ODD_POISON) {
			fake_error(200, 100500);
			return;
		}
		fake_bug(path, place);
		len++;
	}
	buf_str(out, "]}");
}

/* Comments or history of several bugs. */
static inline void
fake_call(const char *path, bool comments)
{
	struct buf *out = &fake_answer.body;
	const char *at = path + strlen("/rest/bug/");
	int64_t id;

	buf_str(out, comments ? "{\"bugs\":{" : "{\"bugs\":[");
	while (at != NULL) {
		id = strtoll(at, NULL, 10);
		assert_true(id > 0 && id <= 10 * world.bugs);
		switch (world.odd[id / 10 - 1]) {
		case ODD_HIDDEN:
		case ODD_SHUT:
			fake_error(401, 102);
			return;
		case ODD_POISON:
			fake_error(200, 100500);
			return;
		default:
			break;
		}
		if (out->data[out->len - 1] == '}')
			buf_char(out, ',');
		if (comments)
			buf_fmt(out, "\"%d\":{\"comments\":[{\"id\":%d,"
			    "\"count\":0,\"time\":\"2020-01-01T00:00:00Z\","
			    "\"creator\":\"c\",\"text\":\"t\"}]}", (int)id,
			    1000 + (int)id);
		else
			buf_fmt(out, "{\"id\":%d,\"alias\":[],"
			    "\"history\":[]}", (int)id);
		at = strstr(at, "ids=");
		at = at != NULL ? at + 4 : NULL;
	}
	buf_str(out, comments ? "},\"comments\":{}}" : "]}");
}

static inline bool
fake_faulty(const struct fake_request *request)
{
	struct fake_fault *fault;
	size_t i;

	for (i = 0; i < 4; i++) {
		fault = &world.faults[i];
		if (fault->path == NULL ||
		    strstr(request->path, fault->path) == NULL ||
		    ++fault->seen < fault->from || fault->seen > fault->to)
			continue;
		fake_answer.fault = fault->fault;
		fake_answer.status = fault->status;
		snprintf(fake_answer.type, sizeof(fake_answer.type), "%s",
		    fault->type != NULL ? fault->type : "");
		if (fault->body != NULL)
			buf_str(&fake_answer.body, fault->body);
		return true;
	}
	return false;
}

static inline void
fake_reply(const struct fake_request *request)
{
	const char *path = request->path;
	const bool keyed = request->header && !world.upstream;

	fake_answer.status = 200;
	memcpy(fake_answer.type, "application/json", 17);
	if (fake_faulty(request))
		return;
	if ((keyed || request->query) && world.key == NULL)
		fake_error(400, 306);
	else if (strcmp(path, "/rest/version") == 0)
		buf_str(&fake_answer.body, "{\"version\":\"9.9\"}");
	else if (strcmp(path, "/rest/whoami") == 0 && world.upstream)
		fake_error(404, 32614);
	else if (strcmp(path, "/rest/whoami") == 0 && !keyed)
		fake_error(401, 410);
	else if (strcmp(path, "/rest/whoami") == 0)
		buf_str(&fake_answer.body, "{\"id\":1,\"name\":\"a\"}");
	else if (strstr(path, "/comment?") != NULL)
		fake_call(path, true);
	else if (strstr(path, "/history") != NULL)
		fake_call(path, false);
	else
		fake_search(path);
}

const struct err *
http_next(struct http *http, struct http_answer **out,
    const struct err *(*tick)(void *arg, uint64_t wire), void *tick_arg)
{
	struct fake_request request;

	(void)http;
	*out = NULL;
	if (queue_len == 0)
		return NULL;
	ok(tick(tick_arg, 1));
	request = queue[0];
	memmove(queue, queue + 1, --queue_len * sizeof(*queue));
	buf_release(&fake_answer.body);
	memset(&fake_answer, 0, sizeof(fake_answer));
	buf_init(&fake_answer.body, FAKE_LOG);
	fake_answer.date = world.date;
	fake_answer.tag = request.tag;
	world.requests++;
	world.details += strstr(request.path, "summary") != NULL ||
	    strstr(request.path, "/rest/bug/") != NULL;
	world.waited_ms += request.wait_ms;
	buf_fmt(&world.log, "%s%s%s\n", request.header ? "header " : "",
	    request.query ? "query " : "", request.path);
	fake_reply(&request);
	*out = &fake_answer;
	return NULL;
}

#endif
