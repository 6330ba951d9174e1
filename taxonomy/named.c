/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "taxonomy/named.h"

#include <stdlib.h>
#include <string.h>

#include "base/near.h"
#include "taxonomy/draft.h"

bool
named_new(struct draft *draft, struct named_list *list, size_t len)
{
	list->items = draft_alloc(draft, len, sizeof(*list->items));
	list->len = list->items != NULL ? len : 0;
	return list->items != NULL;
}

void
named_add(struct draft *draft, struct named_list *list, const char *id,
    uint64_t line)
{
	struct named *items;

	items = draft_grown(draft, list->items, list->len, sizeof(*items));
	if (items == NULL)
		return;
	list->items = items;
	items[list->len] = (struct named){ id, draft->file, line, list->len };
	list->len++;
}

/* What may have been meant; or NULL. */
static const char *
hint(struct draft *draft, const struct named_list *list, const char *id)
{
	const char **ids;
	size_t i;

	if (draft->hints == NAMED_MAX_HINTS || list->len > NAMED_MAX_HINTED)
		return NULL;
	ids = draft_alloc(draft, list->len, sizeof(*ids));
	if (ids == NULL)
		return NULL;
	draft->hints++;
	for (i = 0; i < list->len; i++)
		ids[i] = list->items[i].id;
	return near_best(id, ids, list->len);
}

void
named_fault_missing(struct draft *draft, const struct named_list *list,
    const char *what, const char *name, const char *id, const char *file,
    uint64_t line)
{
	const char *near;

	/* That it is empty has been said. */
	if (*id == '\0')
		return;
	near = hint(draft, list, id);
	if (near != NULL)
		draft_fault(draft, file, line, "%s=\"%s\": there is no such "
		    "%s: did you mean \"%s\"?", name, id, what, near);
	else
		draft_fault(draft, file, line, "%s=\"%s\": there is no such "
		    "%s: none has this id: correct it or define one", name,
		    id, what);
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

	if (list->len == 0)
		return;
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

	if (list->len == 0)
		return NULL;
	return bsearch(&key, list->items, list->len, sizeof(*list->items),
	    compare_ids);
}
