/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/json_keys.h"

#include <stdbool.h>
#include <string.h>

#include "base/mem.h"

/* A fast mix of all bits, the innermost object's keys apart from others. */
static uint64_t
hash_key(unsigned depth, const char *data, size_t len)
{
	const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
	uint64_t hash = (depth + 1) * odd ^ len, word;
	size_t bytes;

	for (; len > 0; data += bytes, len -= bytes) {
		bytes = len < sizeof(word) ? len : sizeof(word);
		word = 0;
		memcpy(&word, data, bytes);
		hash = (hash ^ word) * odd;
		hash ^= hash >> 29;
	}
	hash *= UINT64_C(0xbf58476d1ce4e5b9);
	return hash ^ hash >> 32;
}

/* Where `hash` stands in the table, or may stand; NULL in a crowd. */
static uint32_t *
find(const struct json_keys *keys, uint64_t hash)
{
	size_t mask = keys->cap * 2 - 1;
	size_t at = (size_t)hash & mask;

	for (unsigned i = 0; i < JSON_KEYS_CROWD; i++) {
		uint32_t *slot = &keys->table[at];

		if (*slot == 0 || keys->stack[*slot - 1] == hash)
			return slot;
		at = (at + 1) & mask;
	}
	return NULL;
}

void
json_keys_release(struct json_keys *keys)
{
	mem_free(keys->stack);
	mem_free(keys->table);
	*keys = (struct json_keys){ 0 };
}

/* Twice the room; false on no memory. */
static bool
grow(struct json_keys *keys)
{
	struct json_keys bigger = { .cap = keys->cap * 2 };
	uint32_t *slot;

	if (bigger.cap == 0)
		bigger.cap = JSON_KEYS_FIRST;
	bigger.stack = mem_resize(NULL, bigger.cap, sizeof(*bigger.stack));
	bigger.table = mem_alloc(bigger.cap * 2, sizeof(*bigger.table));
	if (bigger.stack == NULL || bigger.table == NULL) {
		json_keys_release(&bigger);
		return false;
	}
	/* In the order of their coming, as json_keys_drop() needs it. */
	for (size_t i = 0; i < keys->len; i++) {
		bigger.stack[i] = keys->stack[i];
		slot = find(&bigger, bigger.stack[i]);
		if (slot != NULL)
			*slot = (uint32_t)i + 1;
	}
	bigger.len = keys->len;
	json_keys_release(keys);
	*keys = bigger;
	return true;
}

enum json_key
json_keys_add(struct json_keys *keys, unsigned depth, const char *data,
    size_t len)
{
	uint64_t hash = hash_key(depth, data, len);
	uint32_t *slot;

	if (keys->len == keys->cap && !grow(keys))
		return JSON_KEY_NOMEM;
	slot = find(keys, hash);
	if (slot == NULL)
		return JSON_KEY_CROWDED;
	if (*slot != 0)
		return JSON_KEY_REPEATED;
	keys->stack[keys->len++] = hash;
	*slot = (uint32_t)keys->len;
	return JSON_KEY_NEW;
}

void
json_keys_drop(struct json_keys *keys, size_t first)
{
	uint32_t *slot;

	while (keys->len > first) {
		slot = find(keys, keys->stack[keys->len - 1]);
		if (slot != NULL)
			*slot = 0;
		keys->len--;
	}
}
