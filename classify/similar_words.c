/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/similar_words.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"

/* FNV-1a's, one step for each character. */
#define BASIS UINT64_C(0xcbf29ce484222325)
#define PRIME UINT64_C(0x100000001b3)

enum {
	KIND_TITLE = 1,
	KIND_PAIR,
	KIND_FIRST
};

struct reader {
	const char *data;
	size_t len, at;
	size_t chars;		/* that may still be read */
	int prefix;
};

/* The character at `at` in lower case, 0 for what is no part of a word. */
static uint32_t
next_char(struct reader *reader)
{
	unsigned char byte = (unsigned char)reader->data[reader->at];
	uint32_t codepoint;

	reader->chars--;
	if (byte >= 0x80) {
		reader->at += text_decode(reader->data + reader->at,
		    reader->len - reader->at, &codepoint);
		return text_is_word(codepoint) ? text_lower(codepoint) : 0;
	}
	reader->at++;
	codepoint = byte | 0x20U;
	if (codepoint >= 'a' && codepoint <= 'z')
		return codepoint;
	return byte >= '0' && byte <= '9' ? byte : 0;
}

/* The key of the next word; false when there is none. */
static bool
next_word(struct reader *reader, uint64_t *key)
{
	uint32_t c;
	int taken = 0;

	*key = BASIS;
	while (reader->at < reader->len && reader->chars > 0) {
		c = next_char(reader);
		if (c != 0 && taken++ < reader->prefix)
			*key = (*key ^ c) * PRIME;
		else if (c == 0 && taken > 0)
			break;
	}
	return taken > 0;
}

/* Keys of words that are of different kinds, or pairs, differ. */
static uint64_t
mix(uint64_t first, uint64_t second)
{
	uint64_t key = (first * PRIME + second) * UINT64_C(0x9e3779b97f4a7c15);

	return key ^ key >> 32;
}

/* Count a word, which is new or was there before. */
static void
count(struct similar_words *words, uint64_t key)
{
	size_t at = (size_t)key % SIMILAR_SLOTS;

	while (words->slots[at] != 0 &&
	    words->items[words->slots[at] - 1].key != key)
		at = (at + 1) % SIMILAR_SLOTS;
	if (words->slots[at] == 0) {
		words->items[words->len++] =
		    (struct similar_word){ key, 0 };
		words->slots[at] = (uint16_t)words->len;
	}
	words->items[words->slots[at] - 1].count++;
}

void
similar_words(const struct similar_text *text, int prefix,
    struct similar_words *out)
{
	struct reader reader = { text->title, text->title_len, 0,
	    SIMILAR_CHARS, prefix };
	uint64_t key, before = 0;

	memset(out->slots, 0, sizeof(out->slots));
	out->len = 0;
	while (next_word(&reader, &key)) {
		count(out, mix(key, KIND_TITLE));
		if (before != 0)
			count(out, mix(before, key + KIND_PAIR));
		before = key;
	}
	out->title_len = out->len;
	reader = (struct reader){ text->first, text->first_len, 0,
	    SIMILAR_CHARS, prefix };
	while (next_word(&reader, &key))
		count(out, mix(key, KIND_FIRST));
}
