/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* How many rows of wikitables differ, so that a report gone wrong is not
 * published. */

#include "output/publish_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"

struct row {
	const char *text;
	size_t len;
};

struct rows {
	struct row *rows;
	size_t len, cap;
	bool nomem;
};

static void
add_row(struct rows *rows, const char *from, const char *to)
{
	struct row *grown;

	grown = rows->nomem ? NULL : mem_room(rows->rows, rows->len,
	    &rows->cap, sizeof(*grown));
	if (grown == NULL) {
		rows->nomem = true;
		return;
	}
	rows->rows = grown;
	grown[rows->len++] = (struct row){ from, (size_t)(to - from) };
}

/* Does the line start like this, blanks aside? */
static bool
starts(const char *line, const char *end, const char *sign)
{
	while (line < end && (*line == ' ' || *line == '\t'))
		line++;
	return end - line >= 2 && memcmp(line, sign, 2) == 0;
}

/* What stands before the first |- is caption and head. */
static void
find_rows(const char *text, size_t len, struct rows *rows)
{
	const char *end = text + len, *line, *next, *row = NULL;
	bool begins;

	for (line = text; line < end; line = next) {
		next = memchr(line, '\n', (size_t)(end - line));
		next = next != NULL ? next + 1 : end;
		begins = starts(line, next, "|-");
		if (!begins && !starts(line, next, "|}"))
			continue;
		if (row != NULL)
			add_row(rows, row, line);
		row = begins ? next : NULL;
	}
	if (row != NULL)
		add_row(rows, row, end);
}

static int
order(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	if (x->len != y->len)
		return x->len < y->len ? -1 : 1;
	return memcmp(x->text, y->text, x->len);
}

/* How many rows the two have in common; both are sorted. */
static size_t
count_common(const struct rows *a, const struct rows *b)
{
	size_t i = 0, j = 0, common = 0;
	int sign;

	while (i < a->len && j < b->len) {
		sign = order(&a->rows[i], &b->rows[j]);
		common += sign == 0;
		i += sign <= 0;
		j += sign >= 0;
	}
	return common;
}

const struct err *
rows_compare(const char *before, size_t before_len, const char *after,
    size_t after_len, size_t *rows, size_t *changed)
{
	struct rows old = { NULL, 0, 0, false }, new = { NULL, 0, 0, false };
	const struct err *err = NULL;

	*rows = *changed = 0;
	find_rows(before, before_len, &old);
	find_rows(after, after_len, &new);
	if (old.nomem || new.nomem) {
		err = err_memory();
	} else {
		if (old.len > 0)
			qsort(old.rows, old.len, sizeof(*old.rows), order);
		if (new.len > 0)
			qsort(new.rows, new.len, sizeof(*new.rows), order);
		*rows = old.len > new.len ? old.len : new.len;
		*changed = *rows - count_common(&old, &new);
	}
	mem_free(new.rows);
	mem_free(old.rows);
	return err;
}
