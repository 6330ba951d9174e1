/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * JSON read as a stream of events, by yajl, with the guards yajl lacks:
 * depth, size of one value, repeated keys, broken surrogate escapes, NUL
 * and control characters.  It knows no bug.  Several documents may stand
 * in one stream (RFC 8259 texts one behind the other).
 *
 * A document that breaks a guard or the grammar is refused with the place
 * (line and byte); nothing after it is read.
 */
#ifndef FETCH_JSON_H
#define FETCH_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;
struct json;

/*
 * What happens.  Each may return an error, which ends the reading and is
 * handed back by json_feed.  Strings and keys are clean UTF-8 (text.h),
 * not terminated, and die with the call.  `repaired` counts characters
 * that had to become U+FFFD.  Numbers come as they stand in the document.
 * A NULL member means: not interested.
 */
struct json_events {
	const struct err *(*object)(void *arg);
	const struct err *(*key)(void *arg, const char *data, size_t len);
	const struct err *(*object_end)(void *arg);
	const struct err *(*array)(void *arg);
	const struct err *(*array_end)(void *arg);
	const struct err *(*string)(void *arg, const char *data, size_t len,
	    size_t repaired);
	const struct err *(*number)(void *arg, const char *data, size_t len);
	const struct err *(*boolean)(void *arg, bool value);
	const struct err *(*null)(void *arg);
};

/* A reader; `events` and `arg` stay the caller's, `name` is what errors
 * call the source.  Caller frees with json_free.  ERR_SYSTEM. */
const struct err *json_new(struct json **out, const char *name,
    const struct json_events *events, void *arg);
void json_free(struct json *json);

/* Read the next bytes.  ERR_CONFIG with line and byte for bad JSON or a
 * broken guard; else what an event returned. */
const struct err *json_feed(struct json *json, const char *data,
    size_t len);
/* No more bytes: ERR_CONFIG when a document is unfinished, or when there
 * was none. */
const struct err *json_end(struct json *json);

/* Where the reader stands, both from 1: about the end of the last event. */
void json_place(const struct json *json, uint64_t *line, uint64_t *byte);

/* Limits */
enum {
	JSON_MAX_DEPTH = 64,	/* Bugzilla's own answers nest 6 deep */
	/* A comment has 65,535 characters; as \u escapes 12 bytes each. */
	JSON_MAX_VALUE = 8 << 20,
	JSON_MAX_KEY = 1024,
	/* Keys of one object: {"bugs":{"ID":...}} has one a bug. */
	JSON_MAX_KEYS = 4 << 20,
	JSON_CHUNK = 64 << 10	/* yajl is slow on smaller pieces */
};

#endif
