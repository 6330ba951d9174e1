/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "taxonomy/named.h"

#include <stdlib.h>
#include <string.h>

#include "taxonomy/draft.h"

bool
named_new(struct draft *draft, struct named_list *list, size_t len)
{
	list->items = draft_alloc(draft, len, sizeof(*list->items));
	list->len = list->items != NULL ? len : 0;
	return list->items != NULL;
}

void
named_fault_twice(struct draft *draft, const char *what, const char *text,
    const char *file, uint64_t line, const char *first_file,
    uint64_t first_line)
{
	/* That it is empty has been said. */
	if (*text == '\0')
		return;
	draft_fault(draft, file, line, "%s \"%s\" is there twice, first in "
	    "%s%s:%ju: each may stand for one thing: rename or remove one",
	    what, text, draft->place, first_file, (uintmax_t)first_line);
}

static int
compare_named(const void *x, const void *y)
{
	const struct named *a = x, *b = y;
	int order = strcmp(a->id, b->id);

	if (order == 0)
		order = strcmp(a->file, b->file);
	if (order != 0)
		return order;
	return a->line < b->line ? -1 : a->line > b->line;
}

void
named_sort(struct draft *draft, struct named_list *list, const char *what)
{
	const struct named *items = list->items;
	size_t i;

	qsort(list->items, list->len, sizeof(*list->items), compare_named);
	if (what == NULL)
		return;
	for (i = 1; i < list->len; i++)
		if (strcmp(items[i - 1].id, items[i].id) == 0)
			named_fault_twice(draft, what, items[i].id,
			    items[i].file, items[i].line, items[i - 1].file,
			    items[i - 1].line);
}

static int
compare_ids(const void *x, const void *y)
{
	const struct named *a = x, *b = y;

	return strcmp(a->id, b->id);
}

const struct named *
named_find(const struct named_list *list, const char *id)
{
	const struct named key = { .id = id };

	return bsearch(&key, list->items, list->len, sizeof(*list->items),
	    compare_ids);
}
