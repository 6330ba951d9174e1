/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Private to similar.c: from texts to counted words.
 */
#ifndef CLASSIFY_SIMILAR_WORDS_H
#define CLASSIFY_SIMILAR_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "classify/similar.h"

enum {
	/* A word takes two characters, the blank behind it included. */
	SIMILAR_WORDS = SIMILAR_CHARS / 2,
	SIMILAR_MAX = 3 * SIMILAR_WORDS,
	SIMILAR_SLOTS = 1 << 12		/* twice as many, and more */
};

/* A word of the title, a pair of them, or a word of the comment; equal ones
 * have equal keys, and by 64 bits hardly any others do. */
struct similar_word {
	uint64_t key;
	uint32_t count;
};

struct similar_words {
	struct similar_word items[SIMILAR_MAX];	/* those of the title, then
						 * the comment's; as they come */
	size_t title_len;
	size_t len;
	uint16_t slots[SIMILAR_SLOTS];	/* items by key: index + 1, or 0 */
};

void similar_words(const struct similar_text *text, int prefix,
    struct similar_words *out);

#endif
