/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The phrases of a whiteboard that announce a date: "Next update",
 * "close on".
 */
#ifndef CLASSIFY_DATEPHRASE_H
#define CLASSIFY_DATEPHRASE_H

#include <stdbool.h>
#include <stddef.h>

struct taxonomy;

/*
 * Find the first phrase in the bytes start <= i < end of the text: an id or
 * a spelling of the taxonomy's marks for dates, in any case, with blanks for
 * hyphens, that is no part of a longer word.  Its bytes are *from to *to,
 * *mark is the index of its mark.  Unset when false: there is none.
 */
bool date_phrase_find(const char *text, size_t start, size_t end,
    const struct taxonomy *taxonomy, size_t *from, size_t *to,
    size_t *mark);

/* Letters (ASCII, or any byte of another), digits; and what joins words. */
bool is_word_char(char c);
bool is_word_joint(char c);

/* Where the date begins: behind blanks, marks, and "at", "on" or "by". */
size_t date_phrase_skip(const char *text, size_t i, size_t end);

#endif
