/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * What a comment does with its reader: asks, demands, announces the end.
 * English words alone are known.  Quoted lines (">"), code, and what stands
 * in addresses are passed over.
 */
#ifndef CLASSIFY_SPEECH_H
#define CLASSIFY_SPEECH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Find the first sentence that ends with a question mark; its bytes are
 * *start <= i < *end.  Whether there are any more questions or comments is
 * no question.
 */
bool speech_question(const char *text, size_t len, size_t *start,
    size_t *end);

/* Find the first sentence that asks for something without a question mark:
 * one with "please", but for what shall not be done, or with "needinfo". */
bool speech_request(const char *text, size_t len, size_t *start,
    size_t *end);

/*
 * Does the comment announce that the incident will be closed ("last call",
 * "I intend to close this bug")?  *day is the first day named in a sentence
 * that does, DATE_NONE without one.
 */
bool speech_last_call(const char *text, size_t len, int64_t *day);

/* Limits */
enum {
	/* Bytes of a sentence that is held against phrases; of a longer one
	 * the end alone, where the question is. */
	SPEECH_MAX_SENTENCE = 1000
};

#endif
