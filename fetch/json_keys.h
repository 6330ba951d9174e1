/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The keys of the objects that are open, to find repeated ones.  Private to
 * json.c.  Only 64-bit hashes are kept: two different keys of one object
 * share one by chance in one of 10^12 objects of a thousand keys.
 */
#ifndef FETCH_JSON_KEYS_H
#define FETCH_JSON_KEYS_H

#include <stddef.h>
#include <stdint.h>

/*
 * A stack of hashes, and a table that finds a hash in it (place in the
 * stack + 1; 0 is free).  Keys leave in the reverse order of their coming,
 * so nothing needs to be moved in the table when they do.  All zero is the
 * empty state.
 */
struct json_keys {
	uint64_t *stack;
	uint32_t *table;
	size_t len;
	size_t cap;	/* of the stack; the table has twice as many */
};

enum json_key {
	JSON_KEY_NEW,		/* and remembered */
	JSON_KEY_REPEATED,
	JSON_KEY_CROWDED,	/* the hashes collide as no chance makes them */
	JSON_KEY_NOMEM
};

void json_keys_release(struct json_keys *keys);
/* Add a key of the open object at `depth`. */
enum json_key json_keys_add(struct json_keys *keys, unsigned depth,
    const char *data, size_t len);
/* Forget all keys but the `first` ones. */
void json_keys_drop(struct json_keys *keys, size_t first);

/* Limits */
enum {
	JSON_KEYS_FIRST = 256,	/* room at the start; a power of two */
	/* Keys that may share a place.  In a table that is half empty,
	 * chance lets some 80 of four million do so. */
	JSON_KEYS_CROWD = 1024
};

#endif
