/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A unified difference.  Debian has no package of a library for it (libxdiff
 * is not there, and that of git is not handed out), so this is our own: E.
 * Myers, An O(ND) Difference Algorithm and Its Variations, Algorithmica 1
 * (1986), section 4b, which needs memory for the lines alone.
 */

#include "output/publish_private.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

enum {
	CONTEXT = 3
};

struct line {
	const char *text;
	size_t len;
	int32_t same;		/* lines that read the same have the same */
	bool changed;		/* it is in this text alone */
};

/* The lines of a text; (n, m) are always of the first and the second. */
struct lines {
	struct line *lines;
	int32_t len;
};

/* How far each diagonal was followed, from the front and from the back. */
struct reach {
	int32_t *front, *back;	/* the middles of their arrays */
	size_t work;
};

/* A part of both texts, ends excluded. */
struct span {
	int32_t a, a_end, b, b_end;
};

/* The same as n lines and m lines, read from the front or the back. */
struct field {
	const struct line *a, *b;
	int32_t n, m;
	bool back;
};

static size_t
count_lines(const char *text, size_t len)
{
	const char *end = text + len;
	size_t count = len > 0;

	while ((text = memchr(text, '\n', (size_t)(end - text))) != NULL) {
		text++;
		count++;
	}
	return count;
}

static void
cut_lines(const char *text, size_t len, struct lines *lines)
{
	const char *end = text + len, *stop;
	int32_t i;

	for (i = 0; i < lines->len; i++) {
		stop = memchr(text, '\n', (size_t)(end - text));
		if (stop == NULL)
			stop = end;
		lines->lines[i].text = text;
		lines->lines[i].len = (size_t)(stop - text);
		if (stop < end)
			text = stop + 1;
	}
}

static int
order(const void *a, const void *b)
{
	const struct line *x = *(struct line *const *)a;
	const struct line *y = *(struct line *const *)b;

	if (x->len != y->len)
		return x->len < y->len ? -1 : 1;
	return memcmp(x->text, y->text, x->len);
}

/* Number the lines, so that comparing them costs nothing; false when there
 * is no memory. */
static bool
number_lines(const struct lines *a, const struct lines *b)
{
	size_t len = (size_t)a->len + (size_t)b->len, i;
	struct line **all;
	int32_t j;

	all = mem_alloc(len, sizeof(struct line *));
	if (all == NULL)
		return false;
	for (j = 0; j < a->len; j++)
		all[j] = &a->lines[j];
	for (j = 0; j < b->len; j++)
		all[a->len + j] = &b->lines[j];
	qsort(all, len, sizeof(struct line *), order);
	for (i = 1; i < len; i++)
		all[i]->same = all[i - 1]->same +
		    (order(&all[i - 1], &all[i]) != 0);
	mem_free(all);
	return true;
}

static bool
is_same(const struct field *field, int32_t x, int32_t y)
{
	if (field->back)
		return field->a[field->n - 1 - x].same ==
		    field->b[field->m - 1 - y].same;
	return field->a[x].same == field->b[y].same;
}

/*
 * One more step onto diagonal `k`, from the better of its neighbours, and
 * along it as far as lines are the same.  Returns the line of the first text
 * that is reached; -1 where the way leaves the field.
 */
static int32_t
follow(const struct field *field, int32_t *far, int32_t k, bool first,
    size_t *work)
{
	int32_t across = far[k - 1], down = far[k + 1], x = 0;

	if (!first) {
		across = across >= 0 && across < field->n ? across + 1 : -1;
		down = down >= 0 && down - k <= field->m ? down : -1;
		x = across > down ? across : down;
	}
	while (x >= 0 && x < field->n && x - k < field->m &&
	    is_same(field, x, x - k)) {
		x++;
		++*work;
	}
	++*work;
	far[k] = x;
	return x;
}

/*
 * A point on a shortest way through the span.  Both sides have something to
 * change and no line in common at either end, so the way is at least two
 * steps long, and the point at no corner.  False after too much work.
 */
static bool
find_middle(const struct line *a, const struct line *b,
    const struct span *span, struct reach *reach, int32_t *x_out,
    int32_t *y_out)
{
	struct field field = { a + span->a, b + span->b,
	    span->a_end - span->a, span->b_end - span->b, false };
	int32_t delta = field.n - field.m, d, k, x, *far, *other;

	for (d = 0; reach->work < LINEDIFF_MAX_WORK;) {
		far = field.back ? reach->back : reach->front;
		other = field.back ? reach->front : reach->back;
		far[-d - 1] = far[d + 1] = -1;
		for (k = -d; k <= d && reach->work < LINEDIFF_MAX_WORK;
		    k += 2) {
			x = follow(&field, far, k, d == 0, &reach->work);
			/* The ways meet, where both are of this length or
			 * the one from the back a step shorter. */
			if (x < 0 || ((delta & 1) == 0) != field.back ||
			    abs(delta - k) > (field.back ? d : d - 1) ||
			    other[delta - k] < field.n - x)
				continue;
			*x_out = field.back ? span->a_end - x : span->a + x;
			*y_out = field.back ? span->b_end - x + k :
			    span->b + x - k;
			return true;
		}
		d += field.back;
		field.back = !field.back;
	}
	return false;
}

static void
mark_span(struct line *lines, int32_t from, int32_t to)
{
	for (; from < to; from++)
		lines[from].changed = true;
}

/* Mark what is in one text alone.  Each half has half the changes, so this
 * goes no deeper than the digits of their number. */
static void
mark_changes(struct line *a, struct line *b, struct span span,
    struct reach *reach)
{
	struct span rest;
	int32_t x, y;

	while (span.a < span.a_end && span.b < span.b_end &&
	    a[span.a].same == b[span.b].same) {
		span.a++;
		span.b++;
	}
	while (span.a < span.a_end && span.b < span.b_end &&
	    a[span.a_end - 1].same == b[span.b_end - 1].same) {
		span.a_end--;
		span.b_end--;
	}
	if (span.a == span.a_end || span.b == span.b_end ||
	    !find_middle(a, b, &span, reach, &x, &y)) {
		mark_span(a, span.a, span.a_end);
		mark_span(b, span.b, span.b_end);
		return;
	}
	rest = span;
	span.a_end = rest.a = x;
	span.b_end = rest.b = y;
	mark_changes(a, b, span, reach);
	mark_changes(a, b, rest, reach);
}

/* Compare; false when there is no memory. */
static bool
compare(const struct lines *a, const struct lines *b)
{
	size_t total = (size_t)a->len + (size_t)b->len;
	struct span all = { 0, a->len, 0, b->len };
	struct reach reach = { NULL, NULL, 0 };
	int32_t *far;

	far = mem_alloc(2 * (total + 4), sizeof(*far));
	if (far == NULL || !number_lines(a, b)) {
		mem_free(far);
		return false;
	}
	reach.front = far + total / 2 + 2;
	reach.back = reach.front + total + 4;
	mark_changes(a->lines, b->lines, all, &reach);
	mem_free(far);
	return true;
}

static void
write_line(struct buf *out, char sign, const struct line *line)
{
	buf_char(out, sign);
	buf_add(out, line->text, line->len);
	buf_char(out, '\n');
}

static bool
is_changed(const struct lines *lines, int32_t i)
{
	return i < lines->len && lines->lines[i].changed;
}

/* The end of what is shown with the change at (i, j): changes with little
 * between are shown together. */
static void
end_of_hunk(const struct lines *a, const struct lines *b, int32_t *i,
    int32_t *j)
{
	int32_t same = 0, x = *i, y = *j;

	while ((x < a->len || y < b->len) && same <= 2 * CONTEXT) {
		same++;
		if (is_changed(a, x)) {
			x++;
			same = 0;
		} else if (is_changed(b, y)) {
			y++;
			same = 0;
		} else {
			x++;
			y++;
		}
	}
	if (same > CONTEXT) {
		x -= same - CONTEXT;
		y -= same - CONTEXT;
	}
	*i = x;
	*j = y;
}

static void
write_hunk(struct buf *out, const struct lines *a, const struct lines *b,
    struct span span)
{
	buf_fmt(out, "@@ -%d,%d +%d,%d @@\n",
	    span.a + (span.a < span.a_end), span.a_end - span.a,
	    span.b + (span.b < span.b_end), span.b_end - span.b);
	while (span.a < span.a_end || span.b < span.b_end) {
		if (span.a < span.a_end && is_changed(a, span.a)) {
			write_line(out, '-', &a->lines[span.a++]);
		} else if (span.b < span.b_end && is_changed(b, span.b)) {
			write_line(out, '+', &b->lines[span.b++]);
		} else {
			write_line(out, ' ', &a->lines[span.a++]);
			span.b++;
		}
	}
}

static void
write_hunks(struct buf *out, const struct lines *a, const struct lines *b)
{
	int32_t i = 0, j = 0, back;
	struct span span;

	while (i < a->len || j < b->len) {
		if (!is_changed(a, i) && !is_changed(b, j)) {
			i++;
			j++;
			continue;
		}
		/* Lines before a change are the same in both. */
		back = i < j ? i : j;
		if (back > CONTEXT)
			back = CONTEXT;
		span = (struct span){ i - back, i, j - back, j };
		end_of_hunk(a, b, &span.a_end, &span.b_end);
		write_hunk(out, a, b, span);
		i = span.a_end;
		j = span.b_end;
	}
}

/* All lines of a text, whose arrays would be too long. */
static void
write_all(struct buf *out, char sign, const char *text, size_t len)
{
	const char *end = text + len, *stop;
	struct line line;

	while ((stop = memchr(text, '\n', (size_t)(end - text))) != NULL) {
		line = (struct line){ text, (size_t)(stop - text), 0, true };
		write_line(out, sign, &line);
		text = stop + 1;
	}
	line = (struct line){ text, (size_t)(end - text), 0, true };
	write_line(out, sign, &line);
}

void
linediff(const char *before, size_t before_len, const char *after,
    size_t after_len, const char *from, const char *to, struct buf *out)
{
	size_t a_len = count_lines(before, before_len);
	size_t b_len = count_lines(after, after_len);
	struct lines a = { NULL, 0 }, b = { NULL, 0 };

	if (before_len == after_len &&
	    (after_len == 0 || memcmp(before, after, after_len) == 0))
		return;
	buf_fmt(out, "--- %s\n+++ %s\n", from, to);
	if (a_len > LINEDIFF_MAX_LINES || b_len > LINEDIFF_MAX_LINES) {
		buf_fmt(out, "@@ -%d,%zu +%d,%zu @@\n", a_len > 0, a_len,
		    b_len > 0, b_len);
		if (a_len > 0)
			write_all(out, '-', before, before_len);
		if (b_len > 0)
			write_all(out, '+', after, after_len);
		return;
	}
	a.lines = mem_alloc(a_len, sizeof(*a.lines));
	b.lines = mem_alloc(b_len, sizeof(*b.lines));
	if (a.lines != NULL && b.lines != NULL) {
		a.len = (int32_t)a_len;
		b.len = (int32_t)b_len;
		cut_lines(before, before_len, &a);
		cut_lines(after, after_len, &b);
	}
	if (a.lines != NULL && b.lines != NULL && compare(&a, &b))
		write_hunks(out, &a, &b);
	else
		out->nomem = true;
	mem_free(b.lines);
	mem_free(a.lines);
}
