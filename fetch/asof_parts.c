/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/asof_parts.h"

#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "fetch/asof.h"
#include "fetch/bug.h"

enum {
	DEEP = 2	/* clearings before clearings in one second */
};

size_t
asof_before(const struct bug *bug, const char *field, size_t at)
{
	while (at-- > 0)
		if (strcmp(bug->changes[at].field, field) == 0)
			return at;
	return SIZE_MAX;
}

/*
 * If the first *len bytes of `value` end with `part`, take that off.  Blanks
 * do not count: Bugzilla trims what is typed, and its answers have a blank
 * where it put parts together that were not cut at one.
 */
static bool
take_end(const char *value, size_t *len, const char *part)
{
	size_t left = *len, part_left = strlen(part);

	for (;;) {
		while (part_left > 0 && part[part_left - 1] == ' ')
			part_left--;
		while (left > 0 && value[left - 1] == ' ')
			left--;
		if (part_left == 0)
			break;
		if (left == 0 || value[left - 1] != part[part_left - 1])
			return false;
		left--;
		part_left--;
	}
	*len = left;
	return true;
}

static const char *
side(const struct change *change, bool added)
{
	return added ? change->added : change->removed;
}

static bool
same_moment(const struct change *a, const struct change *b)
{
	return a->time == b->time && strcmp(a->who, b->who) == 0;
}

/* Are the field's changes from `first` to `last` long enough to be parts? */
static bool
is_long(const struct bug *bug, size_t first, size_t last)
{
	const char *field = bug->changes[last].field;
	size_t removed = 0, added = 0, i;

	for (i = last; i != SIZE_MAX && i >= first;
	    i = asof_before(bug, field, i)) {
		removed += strlen(bug->changes[i].removed);
		added += strlen(bug->changes[i].added);
	}
	return removed > ASOF_PART || added > ASOF_PART;
}

/*
 * The first of the changes which end with `last` and of which one side, put
 * together, is `value`; SIZE_MAX when there are none.  Unless the value is
 * empty, the first part has some of it; of the parts of an empty one there
 * are as many as can be.
 */
static size_t
find_first(const struct bug *bug, size_t last, const char *value, bool added)
{
	const struct change *end = &bug->changes[last];
	size_t left = strlen(value), first = SIZE_MAX, i = last, parts;
	bool empty = value[strspn(value, " ")] == '\0';

	for (parts = 0; i != SIZE_MAX && parts < ASOF_MAX_PARTS; parts++) {
		if (!same_moment(&bug->changes[i], end) ||
		    !take_end(value, &left, side(&bug->changes[i], added)))
			break;
		if (left == 0)
			first = i;
		if (left == 0 && !empty)
			break;
		i = asof_before(bug, end->field, i);
	}
	if (first == SIZE_MAX || first == last || is_long(bug, first, last))
		return first;
	return empty ? last : SIZE_MAX;
}

static size_t find_clearing(const struct bug *bug, size_t first, size_t last,
    struct arena *arena, int deep);

/* Can the changes of that moment, up to `last`, lead to the value? */
static bool
lead_to(const struct bug *bug, size_t last, const char *value,
    struct arena *arena, int deep)
{
	const struct change *end = &bug->changes[last];
	size_t first;

	while (last != SIZE_MAX && same_moment(&bug->changes[last], end)) {
		first = find_first(bug, last, value, true);
		if (first == SIZE_MAX)
			return false;
		if (first < last && value[0] == '\0' && deep < DEEP)
			first = find_clearing(bug, first, last, arena,
			    deep + 1);
		value = asof_removed(bug, first, last, arena);
		if (value == NULL)
			return false;
		last = asof_before(bug, end->field, first);
	}
	return true;
}

/*
 * Of the changes from `first` to `last`, which all lead to nothing: the one
 * with which the last of them begins.  What stands before it may be the tail
 * of a change to something else in the same second.
 */
static size_t
find_clearing(const struct bug *bug, size_t first, size_t last,
    struct arena *arena, int deep)
{
	const char *field = bug->changes[last].field, *removed;
	size_t before = asof_before(bug, field, first), at;

	if (before == SIZE_MAX || !same_moment(&bug->changes[before],
	    &bug->changes[last]))
		return first;
	for (at = first; at <= last && arena->used < BUG_MAX_BYTES; at++) {
		if (strcmp(bug->changes[at].field, field) != 0)
			continue;
		removed = asof_removed(bug, at, last, arena);
		if (removed == NULL)
			break;
		if (removed[0] != '\0' &&
		    lead_to(bug, before, removed, arena, deep))
			return at;
		before = at;
	}
	return first;
}

size_t
asof_first(const struct bug *bug, size_t last, const char *value, bool added,
    struct arena *arena)
{
	size_t first = find_first(bug, last, value, added);

	if (added && first != SIZE_MAX && first < last && value[0] == '\0')
		first = find_clearing(bug, first, last, arena, 0);
	return first;
}

size_t
asof_guess(const struct bug *bug, size_t last)
{
	const struct change *end = &bug->changes[last];
	size_t first = last, i = last, parts;

	for (parts = 0; i != SIZE_MAX && parts < ASOF_MAX_PARTS &&
	    same_moment(&bug->changes[i], end); parts++) {
		first = i;
		i = asof_before(bug, end->field, i);
	}
	return is_long(bug, first, last) ? first : last;
}

const char *
asof_removed(const struct bug *bug, size_t first, size_t last,
    struct arena *arena)
{
	const struct change *changes = bug->changes;
	const char *field = changes[last].field;
	size_t i, len = 0, part;
	char *joined;

	if (first == last)
		return changes[last].removed;
	for (i = first; i <= last; i++)
		if (strcmp(changes[i].field, field) == 0)
			len += strlen(changes[i].removed);
	joined = arena_alloc(arena, len + 1, 1);
	if (joined == NULL)
		return NULL;
	for (i = first, len = 0; i <= last; i++) {
		if (strcmp(changes[i].field, field) != 0)
			continue;
		part = strlen(changes[i].removed);
		memcpy(joined + len, changes[i].removed, part);
		len += part;
	}
	return joined;
}
