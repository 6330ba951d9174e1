/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Many words looked for at once, in one pass over a text (Aho and
 * Corasick), whatever the case of ASCII letters.
 */
#ifndef CLASSIFY_SCAN_H
#define CLASSIFY_SCAN_H

#include <stddef.h>
#include <stdint.h>

struct err;
struct scan;

struct scan_word {
	const char *text;	/* ASCII, letters in lower case */
	size_t len;		/* > 0 */
	uint32_t value;		/* the caller's; words may be equal */
};

/* Words may be freed after it.  Caller frees. */
const struct err *scan_new(struct scan **out, const struct scan_word *words,
    size_t len);
void scan_free(struct scan *scan);

/*
 * Tell each place where a word stands, in order of their ends, of one end
 * the longer word first, of equal words as they were given.
 */
void scan_run(const struct scan *scan, const char *text, size_t len,
    void (*found)(void *arg, uint32_t value, size_t start), void *arg);

#endif
