/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A report's facts as a tree of values: what the JSON formats write.  Keys
 * keep the order in which they are set.  Everything stands in one arena.
 * A call that gets no memory marks the arena as full, and one that returns
 * a value then returns NULL; each function accepts a NULL parent and does
 * nothing.  So a builder need not look until the end.
 */
#ifndef OUTPUT_VALUE_H
#define OUTPUT_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum value_kind {
	VALUE_NULL,
	VALUE_BOOL,
	VALUE_NUMBER,
	VALUE_DECIMAL,		/* digits as they shall stand: "0.878" */
	VALUE_TEXT,
	VALUE_ARRAY,
	VALUE_OBJECT
};

struct value {
	enum value_kind kind;
	const char *key;	/* inside an object, else NULL */
	int64_t number;		/* also of a bool */
	const char *text;
	struct value *first, *last;	/* children, linked by next */
	struct value *next;
};

/* A tree's root. */
struct value *value_object_new(struct arena *arena);
struct value *value_array_new(struct arena *arena);

/* Put a child under `parent`: with `key` in an object, with key NULL in an
 * array.  Key and text are copied.  A NULL text becomes null, and so does a
 * day or time that base/date.h does not write (DATE_NONE, no limit).  The
 * containers return the new child. */
struct value *value_object(struct arena *arena, struct value *parent,
    const char *key);
struct value *value_array(struct arena *arena, struct value *parent,
    const char *key);
/* Put a root that was made by itself into an array. */
void value_put(struct value *array, struct value *child);
void value_null(struct arena *arena, struct value *parent, const char *key);
void value_bool(struct arena *arena, struct value *parent, const char *key,
    bool value);
void value_number(struct arena *arena, struct value *parent,
    const char *key, int64_t value);
void value_decimal(struct arena *arena, struct value *parent,
    const char *key, const char *digits);
/* 451 as 0.451. */
void value_thousandths(struct arena *arena, struct value *parent,
    const char *key, int64_t value);
void value_text(struct arena *arena, struct value *parent, const char *key,
    const char *text);
/* "YYYY-MM-DD" and "YYYY-MM-DDTHH:MM:SSZ". */
void value_day(struct arena *arena, struct value *parent, const char *key,
    int64_t day);
void value_time(struct arena *arena, struct value *parent, const char *key,
    int64_t time);

/* The child of an object by key, or NULL (tests and writers). */
const struct value *value_get(const struct value *object, const char *key);

#endif
