/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Lists of things that have an id, sorted by it, to look them up and to
 * find what is there twice.  Private to taxonomy/.
 */
#ifndef TAXONOMY_NAMED_H
#define TAXONOMY_NAMED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct draft;

struct named {
	const char *id;
	const char *file;
	uint64_t line;
	size_t index;		/* which of its kind it is */
};

struct named_list {
	struct named *items;
	size_t len;
};

/* `len` of them, in the arena of the taxonomy, still to be filled; false,
 * and an empty list, when memory is refused. */
bool named_new(struct draft *draft, struct named_list *list, size_t len);

/* Sort by id; the same id twice is a fault, in which `what` ("category")
 * says what has it.  `what` NULL: that has been looked for. */
void named_sort(struct draft *draft, struct named_list *list,
    const char *what);

/* Add what stands at a line of the file being read. */
void named_add(struct draft *draft, struct named_list *list, const char *id,
    uint64_t line);

/* In a sorted list, or NULL. */
const struct named *named_find(const struct named_list *list,
    const char *id);

/* The attribute `name` says an id that is none of the list: `what` says what
 * the list holds. */
void named_fault_missing(struct draft *draft, const struct named_list *list,
    const char *what, const char *name, const char *id, const char *file,
    uint64_t line);

/* The same thing twice: the second place, then the first. */
void named_fault_twice(struct draft *draft, const char *what,
    const char *text, const char *file, uint64_t line,
    const char *first_file, uint64_t first_line);

/* Limits */
enum {
	/* To look for what was meant takes time: only so many faults have
	 * it, and only in lists so long. */
	NAMED_MAX_HINTS = 100,
	NAMED_MAX_HINTED = 1000
};

#endif
