/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/value.h"

#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/text.h"

static struct value *
new_value(struct arena *arena, enum value_kind kind)
{
	struct value *value = arena_alloc(arena, 1, sizeof(*value));

	if (value == NULL)
		arena->full = 1;
	else
		value->kind = kind;
	return value;
}

static const char *
copy(struct arena *arena, const char *text)
{
	const char *data = arena_copy(arena, text, strlen(text));

	if (data == NULL)
		arena->full = 1;
	return data;
}

void
value_put(struct value *array, struct value *child)
{
	if (array == NULL || child == NULL)
		return;
	if (array->last != NULL)
		array->last->next = child;
	else
		array->first = child;
	array->last = child;
}

/* A new child, filled as far as its kind and key go; NULL on no memory or
 * without a parent. */
static struct value *
add(struct arena *arena, struct value *parent, const char *key,
    enum value_kind kind)
{
	const char *name = NULL;
	struct value *value;

	if (parent == NULL)
		return NULL;
	if (key != NULL) {
		name = copy(arena, key);
		if (name == NULL)
			return NULL;
	}
	value = new_value(arena, kind);
	if (value == NULL)
		return NULL;
	value->key = name;
	value_put(parent, value);
	return value;
}

/* A child with a text of its own; one whose text found no room stays with
 * "", so that the tree can still be walked. */
static void
add_text(struct arena *arena, struct value *parent, const char *key,
    enum value_kind kind, const char *text)
{
	struct value *value = add(arena, parent, key, kind);

	if (value == NULL)
		return;
	value->text = copy(arena, text);
	if (value->text == NULL)
		value->text = "";
}

struct value *
value_object_new(struct arena *arena)
{
	return new_value(arena, VALUE_OBJECT);
}

struct value *
value_array_new(struct arena *arena)
{
	return new_value(arena, VALUE_ARRAY);
}

struct value *
value_object(struct arena *arena, struct value *parent, const char *key)
{
	return add(arena, parent, key, VALUE_OBJECT);
}

struct value *
value_array(struct arena *arena, struct value *parent, const char *key)
{
	return add(arena, parent, key, VALUE_ARRAY);
}

void
value_null(struct arena *arena, struct value *parent, const char *key)
{
	add(arena, parent, key, VALUE_NULL);
}

void
value_bool(struct arena *arena, struct value *parent, const char *key,
    bool value)
{
	struct value *child = add(arena, parent, key, VALUE_BOOL);

	if (child != NULL)
		child->number = value;
}

void
value_number(struct arena *arena, struct value *parent, const char *key,
    int64_t value)
{
	struct value *child = add(arena, parent, key, VALUE_NUMBER);

	if (child != NULL)
		child->number = value;
}

void
value_decimal(struct arena *arena, struct value *parent, const char *key,
    const char *digits)
{
	add_text(arena, parent, key, VALUE_DECIMAL, digits);
}

void
value_thousandths(struct arena *arena, struct value *parent,
    const char *key, int64_t value)
{
	char digits[TEXT_THOUSANDTHS];

	value_decimal(arena, parent, key, text_thousandths(value, digits));
}

void
value_text(struct arena *arena, struct value *parent, const char *key,
    const char *text)
{
	if (text == NULL)
		value_null(arena, parent, key);
	else
		add_text(arena, parent, key, VALUE_TEXT, text);
}

void
value_day(struct arena *arena, struct value *parent, const char *key,
    int64_t day)
{
	char text[DATE_SIZE];

	value_text(arena, parent, key,
	    *date_format_day(day, text) == '\0' ? NULL : text);
}

void
value_time(struct arena *arena, struct value *parent, const char *key,
    int64_t time)
{
	char text[DATE_SIZE];

	value_text(arena, parent, key,
	    *date_format_time(time, text) == '\0' ? NULL : text);
}

const struct value *
value_get(const struct value *object, const char *key)
{
	const struct value *child;

	if (object == NULL)
		return NULL;
	for (child = object->first; child != NULL; child = child->next)
		if (child->key != NULL && strcmp(child->key, key) == 0)
			return child;
	return NULL;
}
