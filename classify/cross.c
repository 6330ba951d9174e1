/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/cross.h"

#include <stdbool.h>
#include <string.h>

#include "base/err.h"
#include "classify/tally.h"

/* The bugs that both have; those of the row are marked in `seen`.  `out` has
 * room for those of the column; how many they are. */
static size_t
both(const struct tally_row *row, const struct tally_row *column,
    bool *seen, int64_t *out)
{
	size_t i = 0, j = 0, len = 0;

	while (i < row->bug_len && j < column->bug_len) {
		if (row->bugs[i] < column->bugs[j]) {
			i++;
		} else if (row->bugs[i] > column->bugs[j]) {
			j++;
		} else {
			seen[i] = true;
			out[len++] = row->bugs[i];
			i++;
			j++;
		}
	}
	return len;
}

static const struct err *
fill_row(struct cross *cross, size_t which, bool *seen, int64_t *bugs)
{
	const struct tally_row *row = &cross->rows->rows[which];
	const struct tally *columns = cross->columns;
	struct cross_cell *cell;
	size_t i;

	memset(seen, 0, row->bug_len * sizeof(*seen));
	for (i = 0; i < columns->row_len; i++) {
		cell = &cross->cells[which * columns->row_len + i];
		cell->bug_len = both(row, &columns->rows[i], seen, bugs);
		cell->bugs = arena_alloc(&cross->arena, cell->bug_len,
		    sizeof(*bugs));
		if (cell->bugs == NULL)
			return err_memory();
		memcpy(cell->bugs, bugs, cell->bug_len * sizeof(*bugs));
	}
	for (i = 0; i < row->bug_len; i++)
		if (!seen[i])
			return err_new(ERR_DATA, "count: bug %lld: in a row "
			    "and in no column: the books do not balance: "
			    "this is a fault of cabrief, report it",
			    (long long)row->bugs[i]);
	return NULL;
}

const struct err *
cross_make(struct cross *out, const struct tally *rows,
    const struct tally *columns)
{
	const struct err *err = NULL;
	int64_t *bugs = NULL;
	bool *seen = NULL;
	size_t i;

	memset(out, 0, sizeof(*out));
	arena_init(&out->arena, CROSS_MAX_BYTES);
	out->rows = rows;
	out->columns = columns;
	/* With as many bugs on both sides, what rows have is all there is. */
	if (rows->incidents != columns->incidents)
		return err_new(ERR_DATA, "count: %zu incidents in rows, %zu "
		    "in columns: the books do not balance: this is a fault "
		    "of cabrief, report it", rows->incidents,
		    columns->incidents);
	out->cells = arena_alloc(&out->arena,
	    rows->row_len * columns->row_len, sizeof(*out->cells));
	bugs = mem_alloc(rows->incidents, sizeof(*bugs));
	seen = mem_alloc(rows->incidents, sizeof(*seen));
	if (out->cells == NULL || bugs == NULL || seen == NULL)
		err = err_memory();
	for (i = 0; i < rows->row_len && err == NULL; i++)
		err = fill_row(out, i, seen, bugs);
	mem_free(bugs);
	mem_free(seen);
	return err;
}

void
cross_release(struct cross *cross)
{
	arena_release(&cross->arena);
	memset(cross, 0, sizeof(*cross));
}

const struct cross_cell *
cross_cell(const struct cross *cross, size_t row, size_t column)
{
	return &cross->cells[row * cross->columns->row_len + column];
}
