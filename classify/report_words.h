/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Short answers in reports: numbers, yes and no, what does not apply, and
 * the words for the state of an action, in the languages of reports.
 * Nothing here guesses: what is not one of these words is none.
 */
#ifndef CLASSIFY_REPORT_WORDS_H
#define CLASSIFY_REPORT_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "classify/report_text.h"

/* True when the whole is "N/A", "None", "-" or alike. */
bool words_none(const char *data, size_t len);

/* True when it begins with a word that denies: no, none, N/A, not ... */
bool words_deny(const char *data, size_t len);

/* The state that the words are for, ACTION_UNSAID if none. */
enum report_action_state words_state(const char *data, size_t len);

/* 1 when issuance was stopped, 0 when it was not, -1 when the words do not
 * say it so plainly.  `asked`: they answer that very question, so that
 * "Yes" is enough. */
int words_stopped(const char *data, size_t len, bool asked);

/* How many certificates the text says there are: a number at its beginning,
 * or the one that its first sentences give as the total. */
bool words_certificates(const char *data, size_t len, bool asked,
    int64_t *number);

/* The bytes of the first sentence. */
size_t words_sentence(const char *data, size_t len);

/* Where the word (ASCII, small letters) stands whole in the text, in any
 * case; SIZE_MAX: nowhere.  A word with '*' at its end may go on. */
size_t words_find(const char *data, size_t len, const char *word);

#endif
