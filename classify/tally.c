/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/tally.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "fetch/bug.h"
#include "taxonomy/taxonomy.h"
#include "classify/placing.h"

enum {
	CERTAIN = 1000		/* a chance, in thousandths */
};

/* Bugs that may be one batch agree in this; `rows` counts over all rows
 * alone and is in the arena. */
struct tally_batch {
	size_t owner;
	int64_t day;
	const size_t *rows;
	size_t row_len;
};

static bool
push_bug(int64_t **bugs, size_t *len, size_t *cap, int64_t bug)
{
	int64_t *grown = mem_room(*bugs, *len, cap, sizeof(*grown));

	if (grown == NULL)
		return false;
	grown[(*len)++] = bug;
	*bugs = grown;
	return true;
}

static bool
push_batch(struct tally_batch **batches, size_t *len, size_t *cap,
    const struct tally_batch *batch)
{
	struct tally_batch *grown;

	grown = mem_room(*batches, *len, cap, sizeof(*grown));
	if (grown == NULL)
		return false;
	grown[(*len)++] = *batch;
	*batches = grown;
	return true;
}

void
tally_init(struct tally *tally, const struct taxonomy *taxonomy,
    const struct tax_scheme *scheme)
{
	size_t i;

	memset(tally, 0, sizeof(*tally));
	tally->taxonomy = taxonomy;
	tally->scheme = scheme;
	for (i = 0; i < SELECT_FATE__MAX; i++)
		tally->left_out[i].fate = (enum select_fate)i;
	arena_init(&tally->arena, TALLY_MAX_BYTES);
}

void
tally_release(struct tally *tally)
{
	size_t i;

	for (i = 0; i < tally->row_len; i++) {
		mem_free(tally->rows[i].bugs);
		mem_free(tally->rows[i].batches);
	}
	for (i = 0; i < SELECT_FATE__MAX; i++)
		mem_free(tally->left_out[i].bugs);
	mem_free(tally->rows);
	mem_free(tally->batches);
	mem_free(tally->unknown);
	arena_release(&tally->arena);
	tally_init(tally, tally->taxonomy, tally->scheme);
}

/* The rows of the scheme, before anything else is done. */
static bool
begin(struct tally *tally)
{
	const struct tax_scheme *scheme = tally->scheme;
	size_t i;

	if (tally->rows != NULL)
		return true;
	tally->rows = mem_alloc(scheme->row_len, sizeof(*tally->rows));
	if (tally->rows == NULL)
		return false;
	for (i = 0; i < scheme->row_len; i++) {
		tally->rows[i].id = scheme->rows[i].id;
		tally->rows[i].title = scheme->rows[i].title;
		tally->rows[i].note = scheme->rows[i].note;
	}
	tally->row_len = tally->row_cap = scheme->row_len;
	return true;
}

/* A row for an unknown tag, that stands at `place` among those by name. */
static bool
add_row(struct tally *tally, const char *name, size_t place)
{
	struct tally_row *rows;
	size_t *unknown;
	char *copy;

	copy = arena_copy(&tally->arena, name, strlen(name));
	if (copy == NULL)
		return false;
	unknown = mem_room(tally->unknown, tally->unknown_len,
	    &tally->unknown_cap, sizeof(*unknown));
	if (unknown == NULL)
		return false;
	tally->unknown = unknown;
	rows = mem_room(tally->rows, tally->row_len, &tally->row_cap,
	    sizeof(*rows));
	if (rows == NULL)
		return false;
	tally->rows = rows;
	memmove(&unknown[place + 1], &unknown[place],
	    (tally->unknown_len - place) * sizeof(*unknown));
	unknown[place] = tally->row_len;
	tally->unknown_len++;
	memset(&rows[tally->row_len], 0, sizeof(*rows));
	rows[tally->row_len].id = copy;
	rows[tally->row_len].title = copy;
	tally->row_len++;
	return true;
}

/* The row of an unknown tag; false for want of memory. */
static bool
unknown_row(struct tally *tally, const char *name, size_t *row)
{
	size_t low = 0, high = tally->unknown_len, middle;
	int order;

	while (low < high) {
		middle = low + (high - low) / 2;
		*row = tally->unknown[middle];
		order = strcmp(tally->rows[*row].id, name);
		if (order == 0)
			return true;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	*row = tally->row_len;
	return add_row(tally, name, low);
}

static bool
place_all(struct tally *tally, const struct verdict *verdict,
    struct placing *placing)
{
	const struct verdict_rows *told = verdict_rows(verdict,
	    tally->scheme);
	const struct label *label;
	size_t i, row;

	placing_read(tally->scheme, verdict, placing);
	if (!tally->scheme->open || (told != NULL && told->len > 0))
		return true;
	for (i = 0; i < verdict->label_len; i++) {
		label = &verdict->labels[i];
		if (label->category != SIZE_MAX)
			continue;
		if (!unknown_row(tally, label->name, &row))
			return false;
		placing_add(placing, row);
	}
	return true;
}

/* Remember the bug as one of a batch, in each row and over all of them. */
static bool
add_batches(struct tally *tally, struct tally_batch *batch,
    const struct placing *placing)
{
	struct tally_row *row;
	size_t *rows, i;

	batch->rows = NULL;
	batch->row_len = 0;
	for (i = 0; i < placing->len; i++) {
		row = &tally->rows[placing->rows[i]];
		if (!push_batch(&row->batches, &row->batch_len,
		    &row->batch_cap, batch))
			return false;
	}
	rows = arena_alloc(&tally->arena, placing->len, sizeof(*rows));
	if (rows == NULL)
		return false;
	memcpy(rows, placing->rows, placing->len * sizeof(*rows));
	batch->rows = rows;
	batch->row_len = placing->len;
	return push_batch(&tally->batches, &tally->batch_len,
	    &tally->batch_cap, batch);
}

static bool
add_incident(struct tally *tally, const struct bug *bug,
    const struct verdict *verdict)
{
	struct placing placing;
	struct tally_batch batch;
	struct tally_row *row;
	size_t i;

	if (!place_all(tally, verdict, &placing))
		return false;
	for (i = 0; i < placing.len; i++) {
		row = &tally->rows[placing.rows[i]];
		if (!push_bug(&row->bugs, &row->bug_len, &row->bug_cap,
		    bug->id))
			return false;
	}
	tally->incidents++;
	tally->assignments += placing.len;
	batch.owner = verdict->owner.owner;
	batch.day = date_day(bug->num[BUG_CREATED]);
	if (batch.owner != SIZE_MAX && batch.day != DATE_NONE)
		return add_batches(tally, &batch, &placing);
	for (i = 0; i < placing.len; i++)
		tally->rows[placing.rows[i]].collapsed++;
	tally->incidents_collapsed++;
	return true;
}

const struct err *
tally_add(struct tally *tally, const struct bug *bug,
    const struct verdict *verdict, enum select_fate fate)
{
	struct tally_left_out *out = &tally->left_out[fate];
	bool good = true;

	if (!begin(tally))
		return err_memory();
	if (bug->id <= tally->last && tally->misplaced == 0)
		tally->misplaced = bug->id;
	tally->last = bug->id;
	tally->handed_in++;
	if (fate == SELECT_OUTSIDE)
		tally->outside++;
	else if (fate == SELECT_IN)
		good = add_incident(tally, bug, verdict);
	else
		good = push_bug(&out->bugs, &out->bug_len, &out->bug_cap,
		    bug->id);
	return good ? NULL : err_memory();
}

void
tally_chances(struct tally *tally, const int *chances)
{
	struct tally_row *row;
	size_t i;
	int chance;

	for (i = 0; i < tally->scheme->row_len; i++) {
		row = &tally->rows[i];
		chance = chances[i];
		if (chance < 0) {
			row->guessed = true;
			chance = row->bug_len > 0 &&
			    row->bugs[row->bug_len - 1] == tally->last ?
			    CERTAIN : 0;
		}
		row->expected += chance;
		row->variance += chance * (CERTAIN - chance);
	}
}

void
tally_estimate(const struct tally_row *row, struct tally_estimate *out)
{
	/* 1.96 standard deviations of a normal distribution lie on either
	 * side of 95 percent of it. */
	double reach = 1.96 * sqrt((double)row->variance) / CERTAIN;

	out->guessed = row->guessed;
	out->estimate = (double)row->expected / CERTAIN;
	out->high = out->estimate + reach;
	out->low = out->estimate > reach ? out->estimate - reach : 0;
}

static int
compare_batches(const void *a, const void *b)
{
	const struct tally_batch *x = a, *y = b;
	size_t i;

	if (x->owner != y->owner)
		return x->owner < y->owner ? -1 : 1;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	if (x->row_len != y->row_len)
		return x->row_len < y->row_len ? -1 : 1;
	for (i = 0; i < x->row_len; i++)
		if (x->rows[i] != y->rows[i])
			return x->rows[i] < y->rows[i] ? -1 : 1;
	return 0;
}

/* How many batches there are; they are freed. */
static size_t
collapse(struct tally_batch **batches, size_t *len, size_t *cap)
{
	size_t i, count = 0;

	if (*len > 0)
		qsort(*batches, *len, sizeof(**batches), compare_batches);
	for (i = 0; i < *len; i++)
		if (i == 0 || compare_batches(&(*batches)[i - 1],
		    &(*batches)[i]) != 0)
			count++;
	mem_free(*batches);
	*batches = NULL;
	*len = *cap = 0;
	return count;
}

/* Put the rows of unknown tags in order of their names. */
static bool
order_rows(struct tally *tally)
{
	size_t first = tally->row_len - tally->unknown_len, i;
	struct tally_row *rows;

	rows = mem_alloc(tally->row_len, sizeof(*rows));
	if (rows == NULL)
		return false;
	for (i = 0; i < tally->row_len; i++)
		rows[i] = tally->rows[i < first ? i :
		    tally->unknown[i - first]];
	mem_free(tally->rows);
	tally->rows = rows;
	tally->row_cap = tally->row_len;
	for (i = first; i < tally->row_len; i++)
		tally->unknown[i - first] = i;
	return true;
}

static const struct err *
check_books(const struct tally *tally)
{
	size_t left_out = 0, in_rows = 0, i;

	if (tally->misplaced != 0)
		return err_new(ERR_DATA, "count: bug %lld: handed in twice or "
		    "out of order: the store is at fault: check it with "
		    "cabrief status", (long long)tally->misplaced);
	for (i = 0; i < SELECT_FATE__MAX; i++)
		left_out += tally->left_out[i].bug_len;
	for (i = 0; i < tally->row_len; i++)
		in_rows += tally->rows[i].bug_len;
	if (tally->handed_in != tally->outside + left_out + tally->incidents ||
	    in_rows != tally->assignments)
		return err_new(ERR_DATA, "count: the books do not balance: "
		    "%zu bugs, of them %zu outside, %zu left out, %zu "
		    "incidents; %zu labels, in rows %zu: this is a fault of "
		    "cabrief, report it", tally->handed_in, tally->outside,
		    left_out, tally->incidents, tally->assignments, in_rows);
	return NULL;
}

const struct err *
tally_finish(struct tally *tally)
{
	struct tally_row *row;
	size_t i;

	if (!begin(tally))
		return err_memory();
	for (i = 0; i < tally->row_len; i++) {
		row = &tally->rows[i];
		row->collapsed += collapse(&row->batches, &row->batch_len,
		    &row->batch_cap);
	}
	tally->incidents_collapsed += collapse(&tally->batches,
	    &tally->batch_len, &tally->batch_cap);
	for (i = tally->scheme->row_len; i < tally->row_len; i++)
		tally->rows[i].expected =
		    (int64_t)tally->rows[i].bug_len * CERTAIN;
	if (!order_rows(tally))
		return err_memory();
	return check_books(tally);
}
