/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Memory.  Every allocation of ours goes through here, so that a build
 * with -DTORTURE can make the n-th one fail (environment variable
 * CABRIEF_MEMFAIL=n, read once) and each caller's way out can be tested.
 * A failed call returns NULL and the caller returns err_memory().
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

/* `count` objects of `size` bytes, zeroed; NULL on overflow or no memory.
 * The caller frees with mem_free.  A product of zero gives one byte. */
void *mem_alloc(size_t count, size_t size);

/* `old` (may be NULL) grown or shrunk to count * size bytes; new bytes are
 * not set.  NULL on failure, and then `old` is still whole. */
void *mem_resize(void *old, size_t count, size_t size);

/* `array` of `len` elements of `size` bytes and room for *cap, with room for
 * one more: as it is, or resized to twice as many.  NULL on failure, and
 * then `array` is still whole. */
void *mem_room(void *array, size_t len, size_t *cap, size_t size);

/* A copy of `len` bytes with a NUL behind; NULL on no memory. */
char *mem_copy(const char *data, size_t len);

/* Free; NULL is legal. */
void mem_free(void *data);

/* Overwrite a secret; no compiler takes this away as useless. */
void mem_wipe(void *data, size_t len);

/* For libraries that crash on a failed allocation (yajl 2.1.0 does, on each
 * of its own): these print one line and end the process with ERR_SYSTEM.
 * `ctx` is ignored; the shapes are those of yajl_alloc_funcs. */
void *mem_must_alloc(void *ctx, size_t size);
void *mem_must_resize(void *ctx, void *old, size_t size);
void mem_must_free(void *ctx, void *data);

/*
 * An arena: many small things that are freed together.  Give it a ceiling
 * at birth; a request that would pass it returns NULL and sets `full`.
 */
struct arena_block;
struct arena {
	struct arena_block *blocks;
	size_t used;		/* bytes handed out since the last clear,
				 * each request rounded up to alignment */
	size_t ceiling;
	int full;		/* a request was refused by the ceiling */
};

void arena_init(struct arena *arena, size_t ceiling);
/* Zeroed, aligned for any type; NULL on no memory or ceiling. */
void *arena_alloc(struct arena *arena, size_t count, size_t size);
/* A copy of `len` bytes with a NUL behind. */
char *arena_copy(struct arena *arena, const char *data, size_t len);
/* Everything handed out becomes invalid; one block is kept for reuse. */
void arena_clear(struct arena *arena);
/* Everything is freed; the arena may be used again. */
void arena_release(struct arena *arena);

#endif
