/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The words of a whiteboard that are no tags, for rules to look at: a rule
 * must not see the answer that staff have typed.
 */
#ifndef CLASSIFY_WORDS_H
#define CLASSIFY_WORDS_H

struct buf;
struct taxonomy;

/* Append the whiteboard with blanks in place of what stands in brackets,
 * also where one of the two is missing, and of words that name a category
 * or a mark; bytes stay in their places. */
void words_read(const char *whiteboard, const struct taxonomy *taxonomy,
    struct buf *out);

#endif
