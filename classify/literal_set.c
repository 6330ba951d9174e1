/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Sets of literals: which is the better filter. */

#include "classify/literal_private.h"

#include <stdint.h>
#include <string.h>

size_t
literals_add(size_t a, size_t b)
{
	return a > SIZE_MAX - b ? SIZE_MAX : a + b;
}

size_t
literals_worth(const struct literals *set)
{
	size_t i, shortest = 6, points;

	if (set->len == 0)
		return 0;
	for (i = 0; i < set->len; i++)
		if (set->items[i].len < shortest)
			shortest = set->items[i].len;
	if (shortest < 2)
		return 0;
	/* Trying around a hit beats searching the whole text. */
	points = shortest * 4 + (set->near ? 6 : 0) + 4;
	if (set->len > 8)
		points -= 2;
	if (set->len > 24)
		points -= 2;
	return points;
}

size_t
literals_rarity(const struct literals *set)
{
	size_t i, shortest = LITERAL_KEEP;

	if (set->len == 0)
		return 0;
	for (i = 0; i < set->len; i++)
		if (set->items[i].len < shortest)
			shortest = set->items[i].len;
	return shortest < 3 ? 0 : shortest * LITERAL_MAX_SET - set->len;
}

void
literals_judge_near(struct literals *set)
{
	size_t i;

	set->near = set->len > 0;
	for (i = 0; i < set->len; i++)
		if (set->items[i].max == SIZE_MAX ||
		    set->items[i].max - set->items[i].min > LITERAL_NEAR)
			set->near = false;
}

void
literals_copy(struct literals *out, const struct literals *set)
{
	memcpy(out->items, set->items, set->len * sizeof(set->items[0]));
	out->len = set->len;
	out->near = set->near;
}

void
literals_offer_also(struct part *out, const struct literals *set)
{
	if (literals_rarity(set) > literals_rarity(&out->also))
		literals_copy(&out->also, set);
}

/* Take the set, moved by where it stands, if it is the better one, or else if
 * it is better than the other. */
void
literals_offer(struct part *out, struct literals *set, size_t min, size_t max)
{
	size_t i;

	for (i = 0; i < set->len; i++) {
		set->items[i].min = literals_add(set->items[i].min, min);
		set->items[i].max = literals_add(set->items[i].max, max);
	}
	literals_judge_near(set);
	if (literals_worth(set) > literals_worth(&out->needs)) {
		literals_offer_also(out, &out->needs);
		literals_copy(&out->needs, set);
	} else {
		literals_offer_also(out, set);
	}
}

bool
literals_join(struct literals *all, const struct literals *set)
{
	if (set->len == 0 || all->len + set->len > LITERAL_MAX_SET)
		return false;
	memcpy(&all->items[all->len], set->items,
	    set->len * sizeof(set->items[0]));
	all->len += set->len;
	return true;
}
