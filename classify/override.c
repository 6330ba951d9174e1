/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/override.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/near.h"
#include "base/text.h"
#include "fetch/bug.h"
#include "taxonomy/taxonomy.h"

enum column {
	COLUMN_BUG,
	COLUMN_CATEGORY,
	COLUMN_WHO,
	COLUMN_WHEN,
	COLUMN_WHY,
	COLUMN__MAX,
	COLUMN_OTHER = COLUMN__MAX
};

static const char *const column_names[COLUMN__MAX] = {
	[COLUMN_BUG] = "bug",
	[COLUMN_CATEGORY] = "category",
	[COLUMN_WHO] = "who",
	[COLUMN_WHEN] = "when",
	[COLUMN_WHY] = "why"
};

/* A table on its way in. */
struct table_in {
	struct overrides *out;
	const struct taxonomy *taxonomy;
	int64_t until;		/* a day: no decision after it counts */
	const char *at, *end;
	char between;		/* fields */
	uint64_t line;		/* on which `at` stands */
	uint64_t begun;		/* on which the record began */
	struct buf field;
	enum column columns[OVERRIDE_MAX_COLUMNS];
	size_t column_len;
	const char *cells[COLUMN__MAX];	/* of the record; in the arena */
	size_t cap;
};

static const struct err *
fault(const struct table_in *in, const char *what)
{
	return err_new(ERR_CONFIG, "%s:%" PRIu64 ": %s", in->out->file,
	    in->begun, what);
}

/* The rest of a quoted field, behind its first quote. */
static const struct err *
read_quoted(struct table_in *in)
{
	bool closed = false;

	while (in->at < in->end) {
		if (*in->at == '"') {
			in->at++;
			closed = in->at == in->end || *in->at != '"';
			if (closed)
				break;
		}
		in->line += *in->at == '\n';
		buf_char(&in->field, *in->at++);
	}
	if (!closed)
		return fault(in, "a quote is not closed: a field that holds "
		    "quotes is quoted, and they are doubled");
	if (in->at < in->end && *in->at != in->between && *in->at != '\n')
		return fault(in, "text behind a closing quote: quotes in a "
		    "quoted field are doubled");
	return NULL;
}

/* The next field, trimmed, in the arena; *last: it ends the record. */
static const struct err *
read_field(struct table_in *in, const char **out, bool *last)
{
	const struct err *err = NULL;
	const char *data;
	size_t len;

	buf_clear(&in->field);
	if (in->at < in->end && *in->at == '"') {
		in->at++;
		err = read_quoted(in);
	} else {
		for (; in->at < in->end && *in->at != in->between &&
		    *in->at != '\n'; in->at++)
			buf_char(&in->field, *in->at);
	}
	if (err == NULL)
		err = buf_error(&in->field, "a field");
	if (err != NULL)
		return err;
	*last = in->at == in->end || *in->at == '\n';
	if (in->at < in->end) {
		in->line += *in->at == '\n';
		in->at++;
	}
	data = buf_text(&in->field);
	len = in->field.len;
	text_trim(&data, &len);
	*out = arena_copy(&in->out->arena, data, len);
	return *out != NULL ? NULL : err_memory();
}

static enum column
column_by_name(const char *name)
{
	size_t i;

	for (i = 0; i < COLUMN__MAX; i++)
		if (text_casecmp(name, column_names[i]) == 0)
			break;
	return (enum column)i;
}

static const struct err *
read_header(struct table_in *in)
{
	const size_t len = (size_t)(in->end - in->at);
	const char *line_end = memchr(in->at, '\n', len), *name;
	bool seen[COLUMN__MAX + 1] = { false }, last = false;
	const struct err *err;
	enum column column;
	size_t i;

	in->between = memchr(in->at, '\t', line_end != NULL ?
	    (size_t)(line_end - in->at) : len) != NULL ? '\t' : ',';
	while (!last) {
		err = read_field(in, &name, &last);
		if (err != NULL)
			return err;
		column = column_by_name(name);
		if (in->column_len == OVERRIDE_MAX_COLUMNS)
			return fault(in, "too many columns");
		if (column != COLUMN_OTHER && seen[column])
			return err_new(ERR_CONFIG, "%s:1: %s: the column is "
			    "there twice", in->out->file, name);
		seen[column] = true;
		in->columns[in->column_len++] = column;
	}
	for (i = 0; i < COLUMN__MAX; i++)
		if (!seen[i])
			return err_new(ERR_CONFIG, "%s:1: no column %s: the "
			    "first line names the columns bug, category, who, "
			    "when, why", in->out->file, column_names[i]);
	return NULL;
}

/* One record into in->cells; *empty for a blank line. */
static const struct err *
read_record(struct table_in *in, bool *empty)
{
	const struct err *err;
	const char *cell;
	bool last = false;
	size_t i;

	*empty = true;
	in->begun = in->line;
	for (i = 0; i < COLUMN__MAX; i++)
		in->cells[i] = "";
	for (i = 0; !last; i++) {
		err = read_field(in, &cell, &last);
		if (err != NULL)
			return err;
		*empty = *empty && cell[0] == '\0';
		if (cell[0] == '\0')
			continue;
		if (i >= in->column_len)
			return fault(in, "more fields than columns: a field "
			    "that holds a comma is quoted");
		if (in->columns[i] != COLUMN_OTHER)
			in->cells[in->columns[i]] = cell;
	}
	return NULL;
}

static const struct err *
unknown_category(const struct table_in *in, const char *word)
{
	const struct taxonomy *taxonomy = in->taxonomy;
	const char **names, *near;
	size_t i;

	names = mem_alloc(taxonomy->category_len, sizeof(*names));
	if (names == NULL)
		return err_memory();
	for (i = 0; i < taxonomy->category_len; i++)
		names[i] = taxonomy->categories[i].id;
	near = near_best(word, names, taxonomy->category_len);
	mem_free(names);
	return err_new(ERR_CONFIG, "%s:%" PRIu64 ": %s: no such category: "
	    "%s%s", in->out->file, in->begun, word, near != NULL ?
	    "did you mean " : "see cabrief taxonomy list",
	    near != NULL ? near : "");
}

/* "crl-failure, ocsp-failure" */
static const struct err *
read_categories(const struct table_in *in, struct override *override)
{
	const struct taxonomy *taxonomy = in->taxonomy;
	const char *at = in->cells[COLUMN_CATEGORY];
	char normal[TAX_MAX_TAG];
	size_t part, index, i;
	bool *wanted, repaired, known = true;
	size_t *list;

	wanted = arena_alloc(&in->out->arena, taxonomy->category_len,
	    sizeof(*wanted));
	if (wanted == NULL)
		return err_memory();
	for (; known; at += part + 1) {
		part = strcspn(at, ",");
		known = taxonomy_normal(at, part, normal, sizeof(normal)) &&
		    taxonomy_tag(taxonomy, normal, &index, &repaired) ==
		    TAX_TAG_CATEGORY;
		if (known && !wanted[index])
			override->category_len++;
		if (known)
			wanted[index] = true;
		if (at[part] == '\0')
			break;
	}
	if (!known)
		return unknown_category(in, normal[0] != '\0' ? normal :
		    in->cells[COLUMN_CATEGORY]);
	if (override->category_len > WHITEBOARD_MAX_TAGS)
		return fault(in, "too many categories");
	list = arena_alloc(&in->out->arena, override->category_len,
	    sizeof(*list));
	if (list == NULL)
		return err_memory();
	override->categories = list;
	for (i = 0; i < taxonomy->category_len; i++)
		if (wanted[i])
			*list++ = i;
	return NULL;
}

/* The record as a decision, at the end of the list. */
static const struct err *
decide(struct table_in *in)
{
	struct overrides *out = in->out;
	const char *bug = in->cells[COLUMN_BUG];
	const char *when = in->cells[COLUMN_WHEN];
	const struct err *err;
	struct override *grown, *override;
	size_t i;

	for (i = 0; i < COLUMN_WHY; i++)
		if (in->cells[i][0] == '\0')
			return err_new(ERR_CONFIG, "%s:%" PRIu64 ": %s is "
			    "missing: only why may be left out", out->file,
			    in->begun, column_names[i]);
	if (out->len == in->cap) {
		in->cap = in->cap > 0 ? 2 * in->cap : 64;
		grown = mem_resize(out->items, in->cap, sizeof(*grown));
		if (grown == NULL)
			return err_memory();
		out->items = grown;
	}
	override = &out->items[out->len];
	memset(override, 0, sizeof(*override));
	override->line = in->begun;
	override->who = in->cells[COLUMN_WHO];
	override->why = in->cells[COLUMN_WHY];
	if (!text_int(bug, strlen(bug), &override->bug) ||
	    override->bug == 0)
		return err_new(ERR_CONFIG, "%s:%" PRIu64 ": %s: no bug "
		    "number: give digits alone", out->file, in->begun, bug);
	if (!date_parse_day(when, strlen(when), &override->when))
		return err_new(ERR_CONFIG, "%s:%" PRIu64 ": %s: no such day: "
		    "give YYYY-MM-DD", out->file, in->begun, when);
	err = read_categories(in, override);
	if (err == NULL && override->when <= in->until)
		out->len++;
	return err;
}

static int
by_bug(const void *a, const void *b)
{
	const struct override *x = a, *y = b;

	if (x->bug != y->bug)
		return x->bug < y->bug ? -1 : 1;
	if (x->when != y->when)
		return x->when < y->when ? -1 : 1;
	return (x->line > y->line) - (x->line < y->line);
}

/* Put them in order, and keep the latest on each bug. */
static const struct err *
settle(struct overrides *out)
{
	const struct override *from, *last;
	char day[DATE_SIZE];
	size_t i, len = 0;

	if (out->len > 0)
		qsort(out->items, out->len, sizeof(*out->items), by_bug);
	for (i = 0; i < out->len; i++) {
		from = &out->items[i];
		last = len > 0 ? &out->items[len - 1] : NULL;
		if (last == NULL || last->bug != from->bug)
			len++;
		else if (last->when == from->when)
			return err_new(ERR_CONFIG, "%s:%" PRIu64 ": bug %"
			    PRId64 ": decided on %s in line %" PRIu64
			    " already: keep one of the two", out->file,
			    from->line, from->bug,
			    date_format_day(from->when, day), last->line);
		out->items[len - 1] = *from;
	}
	out->len = len;
	return NULL;
}

static const struct err *
read_table(struct table_in *in)
{
	const struct err *err;
	bool empty;

	in->line = in->begun = 1;
	err = read_header(in);
	while (err == NULL && in->at < in->end) {
		err = read_record(in, &empty);
		if (err == NULL && !empty)
			err = decide(in);
	}
	return err != NULL ? err : settle(in->out);
}

const struct err *
overrides_read(struct overrides *out, const char *file, const char *data,
    size_t len, int64_t until, const struct taxonomy *taxonomy,
    struct diag_sink *sink)
{
	static const char mark[] = "\xef\xbb\xbf";
	struct diag diag = { .code = DIAG_TEXT_REPAIRED, .where = file };
	struct table_in in;
	const struct err *err;
	struct buf clean;

	memset(out, 0, sizeof(*out));
	memset(&in, 0, sizeof(in));
	/* Each byte may become three, and lists of categories take room. */
	arena_init(&out->arena, (size_t)OVERRIDE_MAX_FILE * 16);
	buf_init(&clean, (size_t)OVERRIDE_MAX_FILE * 3);
	buf_init(&in.field, (size_t)OVERRIDE_MAX_FILE * 3);
	if (len >= strlen(mark) && memcmp(data, mark, strlen(mark)) == 0) {
		data += strlen(mark);
		len -= strlen(mark);
	}
	if (text_clean(&clean, data, len) > 0)
		diag_report(sink, &diag);
	err = buf_error(&clean, file);
	out->file = arena_copy(&out->arena, file, strlen(file));
	if (err == NULL && out->file == NULL)
		err = err_memory();
	if (err == NULL) {
		in.out = out;
		in.taxonomy = taxonomy;
		in.until = until;
		in.at = buf_text(&clean);
		in.end = in.at + clean.len;
		err = read_table(&in);
	}
	buf_release(&in.field);
	buf_release(&clean);
	return err;
}

void
overrides_release(struct overrides *overrides)
{
	mem_free(overrides->items);
	arena_release(&overrides->arena);
	memset(overrides, 0, sizeof(*overrides));
}

static struct override *
find(const struct overrides *overrides, int64_t bug)
{
	size_t low = 0, high = overrides->len, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (overrides->items[middle].bug < bug)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == overrides->len || overrides->items[low].bug != bug)
		return NULL;
	return &overrides->items[low];
}

const struct override *
overrides_find(const struct overrides *overrides, int64_t bug)
{
	return find(overrides, bug);
}

bool
override_is_stale(const struct override *override, const struct bug *bug)
{
	return date_day(bug->num[BUG_CHANGED]) > override->when;
}

static void
say_stale(const struct overrides *overrides,
    const struct override *override, const struct bug *bug,
    struct diag_sink *sink)
{
	struct diag diag = { .code = DIAG_OVERRIDE_STALE, .bug = bug->id,
	    .where = overrides->file, .line = override->line, .column = 1 };
	char when[DATE_SIZE], changed[DATE_SIZE], detail[128];

	date_format_day(override->when, when);
	date_format_day(date_day(bug->num[BUG_CHANGED]), changed);
	snprintf(detail, sizeof(detail), "decided on %s, changed on %s", when,
	    changed);
	diag.detail = detail;
	diag_report(sink, &diag);
}

void
overrides_apply(struct overrides *overrides, const struct bug *bug,
    const struct taxonomy *taxonomy, enum label_mode mode,
    struct diag_sink *sink, struct verdict *verdict)
{
	struct override *override = find(overrides, bug->id);
	struct label *label;
	size_t i;

	if (override == NULL)
		return;
	override->met = true;
	if (mode == LABELS_TAGGED)
		return;
	if (override_is_stale(override, bug))
		say_stale(overrides, override, bug, sink);
	memset(verdict->labels, 0, sizeof(verdict->labels));
	verdict->source = LABEL_OVERRIDE;
	for (i = 0; i < override->category_len; i++) {
		label = &verdict->labels[i];
		label->category = override->categories[i];
		label->name = taxonomy->categories[label->category].id;
		label->confidence = -1;
	}
	verdict->label_len = i;
}

void
overrides_end(const struct overrides *overrides, struct diag_sink *sink)
{
	struct diag diag = { .code = DIAG_OVERRIDE_UNKNOWN,
	    .where = overrides->file, .column = 1 };
	size_t i;

	for (i = 0; i < overrides->len; i++) {
		if (overrides->items[i].met)
			continue;
		diag.bug = overrides->items[i].bug;
		diag.line = overrides->items[i].line;
		diag_report(sink, &diag);
	}
}
