/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/markdown.h"

#include <string.h>

#include <cmark-gfm.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"

/* What is open around the block that is being read. */
struct walk {
	struct markdown *md;
	int depth, quotes;
	int begun;		/* items that no line stands in yet */
	int64_t number;
};

void
markdown_init(struct markdown *md)
{
	memset(md, 0, sizeof(*md));
}

void
markdown_release(struct markdown *md)
{
	mem_free(md->lines);
	mem_free(md->mask);
	mem_free(md->starts);
	markdown_init(md);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/*
 * The lines.
 */

/* A new line at the end, or NULL on no memory. */
static struct md_line *
add_line(struct walk *walk, enum md_kind kind, size_t start, size_t end)
{
	struct markdown *md = walk->md;
	struct md_line *lines, *line;

	while (start < end && is_blank(md->text[start]))
		start++;
	while (end > start && is_blank(md->text[end - 1]))
		end--;
	lines = mem_room(md->lines, md->len, &md->line_cap, sizeof(*lines));
	if (lines == NULL)
		return NULL;
	md->lines = lines;
	line = &lines[md->len++];
	memset(line, 0, sizeof(*line));
	line->start = start;
	line->end = end;
	line->kind = kind;
	line->depth = walk->depth;
	line->begun = walk->begun;
	line->number = walk->number;
	walk->begun = 0;
	walk->number = -1;
	return line;
}

/* The bytes of source line `n` (from 0), without its line end. */
static void
source_line(const struct markdown *md, size_t n, size_t *start, size_t *end)
{
	*start = md->starts[n];
	*end = n + 1 < md->start_len ? md->starts[n + 1] : md->text_len;
	if (*end > *start && md->text[*end - 1] == '\n')
		(*end)--;
}

/* The same, without blanks and signs of quotation before it. */
static void
source_words(const struct markdown *md, size_t n, size_t *start, size_t *end)
{
	source_line(md, n, start, end);
	while (*start < *end && (is_blank(md->text[*start]) ||
	    md->text[*start] == '>'))
		++*start;
}

/* Does the line end a block of code? */
static bool
is_fence(const struct markdown *md, size_t n, char sign)
{
	size_t start, end;

	source_words(md, n, &start, &end);
	return end - start >= 3 && md->text[start] == sign &&
	    md->text[start + 1] == sign;
}

/* Behind what marks the line as standing in blocks that are open; *quotes
 * counts those of them that are quotations. */
static size_t
skip_prefix(const struct walk *walk, size_t start, size_t end, int *quotes)
{
	const char *text = walk->md->text;

	*quotes = 0;
	for (; start < end; start++) {
		if (text[start] == '>' && *quotes < walk->quotes)
			++*quotes;
		else if (!is_blank(text[start]))
			break;
	}
	return start;
}

/* The words of a heading with # around. */
static void
trim_heading(const struct markdown *md, struct md_line *line)
{
	const char *text = md->text;

	while (line->start < line->end && (text[line->start] == '#' ||
	    is_blank(text[line->start])))
		line->start++;
	while (line->end > line->start && (text[line->end - 1] == '#' ||
	    is_blank(text[line->end - 1])))
		line->end--;
}

/* The source lines of a leaf, from 0; false when it has none. */
static bool
leaf_lines(const struct markdown *md, cmark_node *node, size_t *first,
    size_t *last)
{
	int from = cmark_node_get_start_line(node);
	int to = cmark_node_get_end_line(node);

	/* Blank lines behind a block are counted to it by some. */
	if (to > from && cmark_node_get_end_column(node) == 0)
		to--;
	if (from < 1 || (size_t)from > md->start_len)
		return false;
	*first = (size_t)from - 1;
	*last = to < from ? *first : (size_t)to - 1;
	if (*last >= md->start_len)
		*last = md->start_len - 1;
	return true;
}

static bool
is_empty_item(cmark_node *node)
{
	return cmark_node_get_type(node) == CMARK_NODE_ITEM;
}

static const struct err *
add_lines(struct walk *walk, cmark_node *node, enum md_kind kind,
    size_t first, size_t last)
{
	const struct markdown *md = walk->md;
	int quotes = walk->quotes, before;
	struct md_line *line;
	size_t n, start, end;

	for (n = first; n <= last; n++) {
		source_line(md, n, &start, &end);
		before = quotes;
		if (n == first)
			start += (size_t)cmark_node_get_start_column(node) - 1;
		else
			start = skip_prefix(walk, start, end, &quotes);
		if (start > end || is_empty_item(node))
			start = end;
		if (start == end && n > first)
			continue;
		line = add_line(walk, kind, start, end);
		if (line == NULL)
			return err_memory();
		/* Markdown lets a quotation go on without its sign: who
		 * writes below it means to answer. */
		line->quoted = quotes > 0;
		line->first = n == first || (before > 0 && quotes == 0);
		if (kind == MD_TEXT)
			markdown_mend(md, line);
		if (kind == MD_HEADING)
			line->level = cmark_node_get_heading_level(node);
	}
	return NULL;
}

/* The line of signs below a heading. */
static bool
is_underline(const struct markdown *md, size_t n)
{
	size_t start, end;

	source_words(md, n, &start, &end);
	if (start == end || (md->text[start] != '=' && md->text[start] != '-'))
		return false;
	while (start < end && (md->text[start] == '=' ||
	    md->text[start] == '-' || is_blank(md->text[start])))
		start++;
	return start == end;
}

static const struct err *
add_heading(struct walk *walk, cmark_node *node, size_t first, size_t last)
{
	const struct markdown *md = walk->md;
	const struct err *err;
	size_t start, end, n;

	source_line(md, first, &start, &end);
	start += (size_t)cmark_node_get_start_column(node) - 1;
	if (start < end && md->text[start] == '#') {
		err = add_lines(walk, node, MD_HEADING, first, first);
		if (err == NULL)
			trim_heading(md, &md->lines[md->len - 1]);
		return err;
	}
	/* A paragraph over a rule is no heading to its author. */
	for (n = first + 1; n < last && !is_underline(md, n); n++)
		continue;
	return add_lines(walk, node, n - first > 1 ? MD_TEXT : MD_HEADING,
	    first, n > first ? n - 1 : first);
}

static const struct err *
add_code(struct walk *walk, cmark_node *node, size_t first, size_t last)
{
	int length, offset;
	char sign;

	/* What is merely indented was not meant as code. */
	if (!cmark_node_get_fenced(node, &length, &offset, &sign))
		return add_lines(walk, node, MD_TEXT, first, last);
	if (last == first)
		return NULL;
	return add_lines(walk, node, MD_CODE, first + 1,
	    is_fence(walk->md, last, sign) ? last - 1 : last);
}

static const struct err *
add_leaf(struct walk *walk, cmark_node *node)
{
	size_t first, last;

	if (!leaf_lines(walk->md, node, &first, &last))
		return NULL;
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_HEADING:
		return add_heading(walk, node, first, last);
	case CMARK_NODE_CODE_BLOCK:
		return add_code(walk, node, first, last);
	case CMARK_NODE_ITEM:	/* an empty one */
		return add_lines(walk, node, MD_TEXT, first, first);
	case CMARK_NODE_THEMATIC_BREAK:
		return NULL;
	default:
		return add_lines(walk, node, MD_TEXT, first, last);
	}
}

static void
leave(struct walk *walk, cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);

	if (type == CMARK_NODE_ITEM && walk->depth > 0)
		walk->depth--;
	if (type == CMARK_NODE_BLOCK_QUOTE)
		walk->quotes--;
}

static void
enter_item(struct walk *walk, cmark_node *node)
{
	cmark_node *list = cmark_node_parent(node);
	const struct markdown *md = walk->md;
	size_t line = (size_t)cmark_node_get_start_line(node) - 1;
	size_t at, digits = 0;
	int64_t number = -1;

	if (list != NULL && line < md->start_len &&
	    cmark_node_get_list_type(list) == CMARK_ORDERED_LIST) {
		at = md->starts[line] +
		    (size_t)cmark_node_get_start_column(node) - 1;
		while (digits < 9 && is_digit(md->text[at + digits]))
			digits++;
		(void)text_int(md->text + at, digits, &number);
	}
	if (walk->begun++ == 0)
		walk->number = number;
	if (walk->depth < MD_MAX_DEPTH)
		walk->depth++;
	else
		walk->md->cut = true;
}

/* Go over the tree without the way back up the stack: its depth is the
 * text's. */
static const struct err *
walk_tree(struct walk *walk, cmark_node *root)
{
	cmark_node *node = cmark_node_first_child(root), *next;
	const struct err *err = NULL;
	cmark_node_type type;

	while (node != NULL && node != root && err == NULL) {
		type = cmark_node_get_type(node);
		next = NULL;
		if (type == CMARK_NODE_ITEM)
			enter_item(walk, node);
		if (type == CMARK_NODE_BLOCK_QUOTE)
			walk->quotes++;
		if (type == CMARK_NODE_LIST || type == CMARK_NODE_ITEM ||
		    type == CMARK_NODE_BLOCK_QUOTE)
			next = cmark_node_first_child(node);
		if (next == NULL && type != CMARK_NODE_BLOCK_QUOTE)
			err = add_leaf(walk, node);
		while (next == NULL && node != root) {
			leave(walk, node);
			next = cmark_node_next(node);
			node = cmark_node_parent(node);
		}
		if (next != NULL)
			node = next;
	}
	return err;
}

/* cmark ends the process on its own when memory fails it, so it is given
 * memory that does so in our words. */
static void *
cmark_alloc(size_t count, size_t size)
{
	void *data;

	if (size > 0 && count > SIZE_MAX / size)
		return mem_must_alloc(NULL, SIZE_MAX);
	data = mem_must_alloc(NULL, count * size);
	memset(data, 0, count * size);
	return data;
}

static void *
cmark_resize(void *old, size_t size)
{
	return mem_must_resize(NULL, old, size);
}

static void
cmark_release(void *data)
{
	mem_must_free(NULL, data);
}

const struct err *
markdown_read(struct markdown *md, const char *text, size_t len)
{
	/* Not const, by cmark's interface. */
	cmark_mem memory = { cmark_alloc, cmark_resize, cmark_release };
	struct walk walk = { .md = md, .number = -1 };
	const struct err *err;
	cmark_parser *parser;
	cmark_node *root;

	md->text = text;
	md->text_len = len;
	md->len = 0;
	md->cut = false;
	err = markdown_mask(md);
	if (err != NULL)
		return err;
	parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &memory);
	cmark_parser_feed(parser, md->mask, md->mask_len);
	root = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	err = walk_tree(&walk, root);
	cmark_node_free(root);
	if (err == NULL)
		markdown_tables(md);
	return err;
}
