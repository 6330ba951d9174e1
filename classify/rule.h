/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Patterns on text: the one place that opens PCRE2.  Patterns come from
 * users and from taxonomies, so each match is bounded.
 */
#ifndef CLASSIFY_RULE_H
#define CLASSIFY_RULE_H

#include <stdbool.h>
#include <stddef.h>

struct err;
struct pattern;

/*
 * Compile a pattern: caseless, UTF with MATCH_INVALID_UTF, JIT where it
 * is to be had.  `where` begins the error text (an option, or FILE:LINE).
 * ERR_USAGE with the place in the pattern.  Caller frees.
 */
const struct err *pattern_new(struct pattern **out, const char *where,
    const char *text);
void pattern_free(struct pattern *pattern);

/* Where it first matches at or after `from`.  ERR_CONFIG when a limit was
 * hit: that is never "no match". */
const struct err *pattern_match(struct pattern *pattern, const char *text,
    size_t len, size_t from, bool *matched, size_t *start, size_t *end);

/* Limits */
enum {
	PATTERN_MATCH_LIMIT = 100000,	/* bounded in 0.6 ms */
	PATTERN_DEPTH_LIMIT = 1000,
	PATTERN_HEAP_KIB = 8192,
	PATTERN_MAX_LENGTH = 8192	/* bytes of a pattern */
};

#endif
