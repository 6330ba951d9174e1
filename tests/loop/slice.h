/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * JSON read in place, for the loopback Bugzilla: a value is the piece of
 * the text that it stands in, so that what was loaded is served again byte
 * for byte.  For our own files: it looks no closer than it must, and a
 * broken text ends early.
 */
#ifndef TESTS_SLICE_H
#define TESTS_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

struct slice {
	const char *at;		/* NULL: there is none */
	size_t len;
};

struct slice slice_of(const char *text);
/* The first value of a text. */
struct slice slice_value(const char *text, size_t len);

/* Walk an object or a list; a `member` has its key without the quotes. */
struct slice_walk {
	const char *at, *end;
};
struct slice_walk slice_open(struct slice value);
bool slice_member(struct slice_walk *walk, struct slice *key,
    struct slice *value);
bool slice_element(struct slice_walk *walk, struct slice *value);
/* The member of an object; none gives at == NULL. */
struct slice slice_get(struct slice object, const char *key);

bool slice_is(struct slice slice, const char *text);
/* What stands between the quotes of a string, escapes as they are; of
 * other values themselves. */
struct slice slice_inside(struct slice value);
/* A whole number, 0 for other values; a time, or DATE_NONE. */
int64_t slice_int(struct slice value);
int64_t slice_time(struct slice value);
bool slice_true(struct slice value);

void slice_add(struct buf *out, struct slice slice);
/* Append `text` as a JSON string. */
void slice_quote(struct buf *out, const char *text, size_t len);

#endif
