/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "base/mem.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"

/* Blocks double from the first size to the last, so that a small bug costs
 * little and a large one few calls. */
enum {
	BLOCK_FIRST = 64 * 1024,
	BLOCK_LAST = 1024 * 1024,
	MEM_ROOM = 64	/* elements of an array at first */
};

struct arena_block {
	struct arena_block *next;
	size_t size;
	size_t used;
	max_align_t data[];
};

#ifdef TORTURE
/*
 * True when this allocation is the one to refuse.  This is the only getenv
 * below cmd/: a number handed down from there would miss what is allocated
 * before the command line is read, and no build that is installed has it.
 */
static bool
refused(void)
{
	static int64_t left = -1;	/* -1: not read yet, 0: none (more) */
	const char *value;

	if (left < 0) {
		value = getenv("CABRIEF_MEMFAIL");
		if (value == NULL || !text_int(value, strlen(value), &left))
			left = 0;
	}
	return left > 0 && --left == 0;
}
#else
static bool
refused(void)
{
	return false;
}
#endif

/* The product, at least 1; false when no object can be so large. */
static bool
product(size_t count, size_t size, size_t *bytes)
{
	*bytes = 1;
	if (count == 0 || size == 0)
		return true;
	if (count > PTRDIFF_MAX / size)
		return false;
	*bytes = count * size;
	return true;
}

void *
mem_alloc(size_t count, size_t size)
{
	size_t bytes;

	if (!product(count, size, &bytes) || refused())
		return NULL;
	return calloc(1, bytes);
}

void *
mem_resize(void *old, size_t count, size_t size)
{
	size_t bytes;

	if (!product(count, size, &bytes) || refused())
		return NULL;
	return realloc(old, bytes);
}

void *
mem_room(void *array, size_t len, size_t *cap, size_t size)
{
	size_t more = *cap == 0 ? MEM_ROOM : *cap * 2;

	if (len < *cap)
		return array;
	array = mem_resize(array, more, size);
	if (array != NULL)
		*cap = more;
	return array;
}

char *
mem_copy(const char *data, size_t len)
{
	char *copy;

	if (len == SIZE_MAX)
		return NULL;
	copy = mem_resize(NULL, len + 1, 1);
	if (copy == NULL)
		return NULL;
	if (len > 0)
		memcpy(copy, data, len);
	copy[len] = '\0';
	return copy;
}

void
mem_free(void *data)
{
	free(data);
}

void
mem_wipe(void *data, size_t len)
{
	volatile char *byte = data;
	size_t i;

	for (i = 0; i < len; i++)
		byte[i] = 0;
}

static void *
must(void *data)
{
	if (data == NULL) {
		fprintf(stderr, "cabrief: %s\n", err_memory()->text);
		exit(ERR_SYSTEM);
	}
	return data;
}

void *
mem_must_alloc(void *ctx, size_t size)
{
	(void)ctx;
	return must(mem_resize(NULL, size, 1));
}

void *
mem_must_resize(void *ctx, void *old, size_t size)
{
	(void)ctx;
	return must(mem_resize(old, size, 1));
}

void
mem_must_free(void *ctx, void *data)
{
	(void)ctx;
	mem_free(data);
}

void
arena_init(struct arena *arena, size_t ceiling)
{
	arena->blocks = NULL;
	arena->used = 0;
	arena->ceiling = ceiling;
	arena->full = 0;
}

/* Put a block with at least `need` bytes in front; false on no memory. */
static bool
add_block(struct arena *arena, size_t need)
{
	struct arena_block *block;
	size_t size = BLOCK_FIRST;

	if (arena->blocks != NULL)
		size = arena->blocks->size < BLOCK_LAST / 2 ?
		    arena->blocks->size * 2 : BLOCK_LAST;
	if (size < need)
		size = need;
	if (size > PTRDIFF_MAX - sizeof(*block))
		return false;
	block = mem_resize(NULL, sizeof(*block) + size, 1);
	if (block == NULL)
		return false;
	block->next = arena->blocks;
	block->size = size;
	block->used = 0;
	arena->blocks = block;
	return true;
}

/* `bytes` > 0; they are not zeroed. */
static void *
take(struct arena *arena, size_t bytes)
{
	const size_t align = _Alignof(max_align_t);
	size_t room = arena->ceiling - arena->used;
	struct arena_block *block = arena->blocks;
	void *data;

	if (bytes > room || room - bytes < (align - bytes % align) % align) {
		arena->full = 1;
		return NULL;
	}
	bytes += (align - bytes % align) % align;
	if (block == NULL || bytes > block->size - block->used) {
		if (!add_block(arena, bytes))
			return NULL;
		block = arena->blocks;
	}
	data = (char *)block->data + block->used;
	block->used += bytes;
	arena->used += bytes;
	return data;
}

void *
arena_alloc(struct arena *arena, size_t count, size_t size)
{
	size_t bytes;
	void *data;

	if (!product(count, size, &bytes)) {
		arena->full = 1;
		return NULL;
	}
	data = take(arena, bytes);
	if (data != NULL)
		memset(data, 0, bytes);
	return data;
}

char *
arena_copy(struct arena *arena, const char *data, size_t len)
{
	char *copy;

	if (len == SIZE_MAX) {
		arena->full = 1;
		return NULL;
	}
	copy = take(arena, len + 1);
	if (copy == NULL)
		return NULL;
	if (len > 0)
		memcpy(copy, data, len);
	copy[len] = '\0';
	return copy;
}

static void
free_blocks(struct arena_block *block)
{
	struct arena_block *next;

	for (; block != NULL; block = next) {
		next = block->next;
		mem_free(block);
	}
}

void
arena_clear(struct arena *arena)
{
	struct arena_block *kept = arena->blocks;

	if (kept != NULL) {
		free_blocks(kept->next);
		kept->next = NULL;
		kept->used = 0;
	}
	arena->used = 0;
	arena->full = 0;
}

void
arena_release(struct arena *arena)
{
	free_blocks(arena->blocks);
	arena_init(arena, arena->ceiling);
}
