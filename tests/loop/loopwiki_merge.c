/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* A merge of three texts by lines, as diff3 does it for MediaWiki. */
#include "tests/loop/loopwiki_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct line {
	const char *at;
	size_t len;
};

struct lines {
	struct line *line;
	size_t len;
};

/* These lines of the base became those of the other text. */
struct hunk {
	size_t from, to;	/* in the base */
	size_t new_from, new_to;
};

struct hunks {
	struct hunk *hunk;
	size_t len, cap;
};

static struct lines
split(const char *text, size_t len)
{
	struct lines lines = { NULL, 0 };
	const char *end = text + len, *newline;
	size_t count = 1, i;

	for (i = 0; i < len; i++)
		count += text[i] == '\n';
	lines.line = loop_must(mem_alloc(count, sizeof(*lines.line)));
	for (;;) {
		newline = memchr(text, '\n', (size_t)(end - text));
		lines.line[lines.len].at = text;
		lines.line[lines.len++].len = (size_t)((newline != NULL ?
		    newline : end) - text);
		if (newline == NULL)
			return lines;
		text = newline + 1;
	}
}

static bool
same(const struct line *a, const struct line *b)
{
	return a->len == b->len && memcmp(a->at, b->at, a->len) == 0;
}

static void
add_hunk(struct hunks *hunks, struct hunk hunk)
{
	hunks->hunk = loop_must(mem_room(hunks->hunk, hunks->len,
	    &hunks->cap, sizeof(*hunks->hunk)));
	hunks->hunk[hunks->len++] = hunk;
}

/* Walk the table of longest common parts: where neither line is in it, a
 * hunk grows. */
static void
walk(struct hunks *out, const struct lines *base, const struct lines *text,
    const unsigned *table, struct hunk middle)
{
	size_t width = middle.new_to - middle.new_from + 1;
	struct hunk hunk = { middle.from, middle.from, middle.new_from,
	    middle.new_from };

	for (;;) {
		size_t i = hunk.to, j = hunk.new_to;
		bool more = i < middle.to && j < middle.new_to;

		if (more && same(&base->line[i], &text->line[j])) {
			if (hunk.from < i || hunk.new_from < j)
				add_hunk(out, hunk);
			hunk = (struct hunk){ i + 1, i + 1, j + 1, j + 1 };
		} else if (more) {
			const unsigned *at = table + (i - middle.from) * width
			    + j - middle.new_from;

			if (at[width] >= at[1])
				hunk.to++;
			else
				hunk.new_to++;
		} else {
			hunk.to = middle.to;
			hunk.new_to = middle.new_to;
			if (hunk.from < hunk.to || hunk.new_from < hunk.new_to)
				add_hunk(out, hunk);
			return;
		}
	}
}

static void
compare(struct hunks *out, const struct lines *base,
    const struct lines *text)
{
	struct hunk middle = { 0, base->len, 0, text->len };
	unsigned *table;
	size_t width, i, j;

	while (middle.from < middle.to && middle.new_from < middle.new_to &&
	    same(&base->line[middle.from], &text->line[middle.new_from])) {
		middle.from++;
		middle.new_from++;
	}
	while (middle.from < middle.to && middle.new_from < middle.new_to &&
	    same(&base->line[middle.to - 1], &text->line[middle.new_to - 1])) {
		middle.to--;
		middle.new_to--;
	}
	width = middle.new_to - middle.new_from + 1;
	table = loop_must(mem_alloc((middle.to - middle.from + 1) * width,
	    sizeof(*table)));
	for (i = middle.to; i-- > middle.from; )
		for (j = middle.new_to; j-- > middle.new_from; ) {
			unsigned *at = table + (i - middle.from) * width + j -
			    middle.new_from;

			if (same(&base->line[i], &text->line[j]))
				*at = at[width + 1] + 1;
			else
				*at = at[width] > at[1] ? at[width] : at[1];
		}
	walk(out, base, text, table, middle);
	mem_free(table);
}

static void
put(struct buf *out, const struct lines *lines, size_t from, size_t to)
{
	for (; from < to; from++) {
		buf_add(out, lines->line[from].at, lines->line[from].len);
		buf_char(out, '\n');
	}
}

static bool
same_change(const struct lines *a, const struct hunk *of_a,
    const struct lines *b, const struct hunk *of_b)
{
	size_t len = of_a->new_to - of_a->new_from, i;

	if (of_a->from != of_b->from || of_a->to != of_b->to ||
	    of_b->new_to - of_b->new_from != len)
		return false;
	for (i = 0; i < len; i++)
		if (!same(&a->line[of_a->new_from + i],
		    &b->line[of_b->new_from + i]))
			return false;
	return true;
}

/* Both lists of changes in their order, onto the base. */
static bool
apply(struct buf *out, const struct lines *base, const struct lines *mine,
    const struct hunks *my, const struct lines *theirs,
    const struct hunks *their)
{
	size_t at = 0, m = 0, t = 0;

	while (m < my->len || t < their->len) {
		const struct hunk *a = m < my->len ? &my->hunk[m] : NULL;
		const struct hunk *b = t < their->len ? &their->hunk[t] :
		    NULL;

		if (a != NULL && b != NULL && a->from <= b->to &&
		    b->from <= a->to) {
			if (!same_change(mine, a, theirs, b))
				return false;
			t++;
			b = NULL;
		}
		if (a != NULL && (b == NULL || a->from < b->from)) {
			put(out, base, at, a->from);
			put(out, mine, a->new_from, a->new_to);
			at = a->to;
			m++;
		} else if (b != NULL) {
			put(out, base, at, b->from);
			put(out, theirs, b->new_from, b->new_to);
			at = b->to;
			t++;
		}
	}
	put(out, base, at, base->len);
	return true;
}

bool
lw_merge(const char *base, size_t base_len, const char *mine,
    size_t mine_len, const char *theirs, size_t theirs_len,
    struct buf *out)
{
	struct lines lines[3] = { split(base, base_len),
	    split(mine, mine_len), split(theirs, theirs_len) };
	struct hunks my = { NULL, 0, 0 }, their = { NULL, 0, 0 };
	bool good;

	compare(&my, &lines[0], &lines[1]);
	compare(&their, &lines[0], &lines[2]);
	good = apply(out, &lines[0], &lines[1], &my, &lines[2], &their);
	/* The last line has no end. */
	if (good && out->len > 0)
		out->data[--out->len] = '\0';
	mem_free(my.hunk);
	mem_free(their.hunk);
	mem_free(lines[0].line);
	mem_free(lines[1].line);
	mem_free(lines[2].line);
	return good;
}
