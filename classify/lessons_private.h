/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Private to lessons.c, which takes bugs in, and lessons_rank.c. */
#ifndef CLASSIFY_LESSONS_PRIVATE_H
#define CLASSIFY_LESSONS_PRIVATE_H

#include <stddef.h>
#include <stdint.h>

struct lesson_owner;
struct lesson_words;

/* A theme while bugs come in. */
struct lesson_pile {
	int64_t *bugs;
	size_t bug_len, bug_cap;
	struct lesson_owner *owners;
	size_t owner_len, owner_cap;
	struct lesson_words *words;	/* one a bug and facet, as they come */
	size_t word_len, word_cap;
	size_t *counts;		/* bugs of each facet */
	size_t *before;		/* the same of the window before */
};

#endif
