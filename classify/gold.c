/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/gold.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/near.h"
#include "base/text.h"
#include "taxonomy/taxonomy.h"
#include "classify/whiteboard.h"

enum {
	CAP_FIRST = 256,
	/* Bytes of a wrong word that an error repeats. */
	SHOWN = 60
};

/* A piece of the file, and the line it stands in. */
struct piece {
	const char *name;
	uint64_t line;
	const char *data;
	size_t len;
};

void
gold_init(struct gold *gold, const struct taxonomy *taxonomy,
    const struct tax_scheme *scheme)
{
	memset(gold, 0, sizeof(*gold));
	gold->taxonomy = taxonomy;
	gold->scheme = scheme;
	arena_init(&gold->arena, GOLD_MAX_BYTES);
}

void
gold_release(struct gold *gold)
{
	mem_free(gold->bugs);
	arena_release(&gold->arena);
	gold_init(gold, gold->taxonomy, gold->scheme);
}

/* The error for a word that is no label, with the nearest one. */
static const struct err *
no_label(const struct gold *gold, const struct piece *word)
{
	const struct tax_scheme *scheme = gold->scheme;
	const struct taxonomy *taxonomy = gold->taxonomy;
	size_t len = text_cut(word->data, word->len, SHOWN), i, known = 0;
	const char **names, *near;
	char *shown;
	const struct err *err;

	shown = mem_copy(word->data, len);
	names = mem_alloc(scheme->row_len + taxonomy->category_len,
	    sizeof(*names));
	if (shown == NULL || names == NULL) {
		mem_free(shown);
		mem_free(names);
		return err_memory();
	}
	for (i = 0; i < scheme->row_len; i++)
		names[known++] = scheme->rows[i].id;
	for (i = 0; i < taxonomy->category_len && !scheme->causes; i++)
		names[known++] = taxonomy->categories[i].id;
	near = near_best(shown, names, known);
	err = err_new(ERR_CONFIG, "%s:%" PRIu64 ": \"%s\": no label of "
	    "scheme %s: %s%s", word->name, word->line, shown, scheme->id,
	    near != NULL ? "did you mean " : scheme->causes ?
	    "give its rows, joined by commas" :
	    "give its rows, or categories, joined by commas",
	    near != NULL ? near : "");
	mem_free(shown);
	mem_free(names);
	return err;
}

static bool
find_row(const struct gold *gold, const struct piece *word, size_t *row)
{
	const struct tax_scheme *scheme = gold->scheme;
	char normal[TAX_MAX_TAG];
	size_t i, category;
	bool repaired;

	for (i = 0; i < scheme->row_len; i++)
		if (strlen(scheme->rows[i].id) == word->len &&
		    memcmp(scheme->rows[i].id, word->data, word->len) == 0) {
			*row = i;
			return true;
		}
	if (scheme->causes ||
	    !taxonomy_normal(word->data, word->len, normal, sizeof(normal)) ||
	    taxonomy_tag(gold->taxonomy, normal, &category, &repaired) !=
	    TAX_TAG_CATEGORY)
		return false;
	*row = scheme->row_of[category];
	return true;
}

/* Mark the rows that the labels of a line mean. */
static const struct err *
read_labels(const struct gold *gold, struct piece labels, bool *marks)
{
	struct piece word = labels;
	const char *comma;
	size_t row;

	for (;;) {
		comma = memchr(labels.data, ',', labels.len);
		word.data = labels.data;
		word.len = comma != NULL ?
		    (size_t)(comma - labels.data) : labels.len;
		text_trim(&word.data, &word.len);
		if (!find_row(gold, &word, &row))
			return no_label(gold, &word);
		marks[row] = true;
		if (comma == NULL)
			return NULL;
		labels.len -= (size_t)(comma + 1 - labels.data);
		labels.data = comma + 1;
	}
}

static const struct err *
add_bug(struct gold *gold, int64_t bug, uint64_t line, const bool *marks)
{
	size_t i, len = 0, cap = gold->cap;
	struct gold_bug *bugs;
	size_t *rows;

	if (gold->len == cap) {
		cap = cap == 0 ? CAP_FIRST : cap * 2;
		bugs = mem_resize(gold->bugs, cap, sizeof(*bugs));
		if (bugs == NULL)
			return err_memory();
		gold->bugs = bugs;
		gold->cap = cap;
	}
	for (i = 0; i < gold->scheme->row_len; i++)
		len += marks[i];
	rows = arena_alloc(&gold->arena, len, sizeof(*rows));
	if (rows == NULL)
		return err_memory();
	gold->bugs[gold->len++] = (struct gold_bug){ bug, rows, len, line,
	    GOLD_ABSENT };
	for (i = 0; i < gold->scheme->row_len; i++)
		if (marks[i])
			*rows++ = i;
	return NULL;
}

/* `marks` has an element for each row. */
static const struct err *
read_line(struct gold *gold, struct piece line, bool *marks)
{
	static const char header[] = "bug";
	const char *tab = memchr(line.data, '\t', line.len);
	struct piece number = line, labels = line;
	const struct err *err;
	int64_t bug;

	number.len = tab != NULL ? (size_t)(tab - line.data) : line.len;
	text_trim(&number.data, &number.len);
	if (line.line == 1 && number.len == sizeof(header) - 1 &&
	    memcmp(number.data, header, number.len) == 0)
		return NULL;
	if (!text_int(number.data, number.len, &bug) || bug == 0)
		return err_new(ERR_CONFIG, "%s:%" PRIu64 ": \"%.*s\": no bug "
		    "number: give a number, a tab, and labels joined by "
		    "commas", line.name, line.line,
		    (int)text_cut(number.data, number.len, SHOWN),
		    number.data);
	if (tab == NULL)
		return err_new(ERR_CONFIG, "%s:%" PRIu64 ": bug %" PRId64
		    ": no labels: give a number, a tab, and labels joined by "
		    "commas", line.name, line.line, bug);
	labels.data = tab + 1;
	labels.len = line.len - (size_t)(tab + 1 - line.data);
	tab = memchr(labels.data, '\t', labels.len);
	if (tab != NULL)
		labels.len = (size_t)(tab - labels.data);
	memset(marks, 0, gold->scheme->row_len * sizeof(*marks));
	err = read_labels(gold, labels, marks);
	if (err == NULL)
		err = add_bug(gold, bug, line.line, marks);
	return err;
}

static int
by_bug_and_line(const void *a, const void *b)
{
	const struct gold_bug *x = a, *y = b;

	if (x->bug != y->bug)
		return x->bug < y->bug ? -1 : 1;
	return (x->line > y->line) - (x->line < y->line);
}

/* Put them in order; of the bugs that come twice the first is told. */
static const struct err *
order(struct gold *gold, const char *name)
{
	const struct gold_bug *again = NULL;
	size_t i;

	if (gold->len == 0)
		return err_new(ERR_CONFIG, "%s: no labels: the file is empty",
		    name);
	qsort(gold->bugs, gold->len, sizeof(*gold->bugs), by_bug_and_line);
	for (i = 1; i < gold->len; i++)
		if (gold->bugs[i].bug == gold->bugs[i - 1].bug &&
		    (again == NULL || gold->bugs[i].line < again->line))
			again = &gold->bugs[i];
	if (again == NULL)
		return NULL;
	return err_new(ERR_CONFIG, "%s:%" PRIu64 ": bug %" PRId64 ": stands in "
	    "line %" PRIu64 " already: give all its labels in one line", name,
	    again->line, again->bug, again[-1].line);
}

const struct err *
gold_read(struct gold *gold, const char *name, const char *data, size_t len)
{
	struct piece line = { name, 0, NULL, 0 };
	const struct err *err = NULL;
	const char *end = data + len, *next;
	bool *marks;

	marks = mem_alloc(gold->scheme->row_len, sizeof(*marks));
	if (marks == NULL)
		return err_memory();
	for (; err == NULL && data < end; data = next + 1) {
		next = memchr(data, '\n', (size_t)(end - data));
		if (next == NULL)
			next = end;
		line.line++;
		line.data = data;
		line.len = (size_t)(next - data);
		text_trim(&line.data, &line.len);
		if (line.len > 0)
			err = read_line(gold, line, marks);
		if (next == end)
			break;
	}
	mem_free(marks);
	return err != NULL ? err : order(gold, name);
}

static int
compare_bug(const void *key, const void *element)
{
	int64_t bug = *(const int64_t *)key;
	const struct gold_bug *with = element;

	return (bug > with->bug) - (bug < with->bug);
}

struct gold_bug *
gold_find(struct gold *gold, int64_t bug)
{
	if (gold->len == 0)
		return NULL;
	return bsearch(&bug, gold->bugs, gold->len, sizeof(*gold->bugs),
	    compare_bug);
}

void
gold_board(const struct tax_scheme *scheme, const struct whiteboard *board,
    struct placing *out)
{
	size_t i;

	out->len = 0;
	for (i = 0; i < board->tag_len; i++)
		if (board->tags[i].category != SIZE_MAX)
			placing_add(out,
			    scheme->row_of[board->tags[i].category]);
}
