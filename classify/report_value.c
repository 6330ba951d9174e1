/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "classify/report_private.h"

bool
report_piece(const struct report_page *page, const struct report_part *part,
    size_t to, size_t *at, struct report_piece *piece)
{
	const struct md_line *line;
	size_t n;

	if (*at == 0) {
		*at = 1;
		if (part->value.start < part->value.end) {
			piece->start = part->value.start;
			piece->end = part->value.end;
			piece->line = &page->md.lines[part->line];
			piece->depth = piece->line->depth;
			piece->item = part->answer > 0 &&
			    piece->line->begun > 1;
			piece->fresh = true;
			return true;
		}
	}
	n = part->line + *at;
	if (part->cell || n >= to || n >= part->to)
		return false;
	++*at;
	line = &page->md.lines[n];
	piece->start = line->start;
	piece->end = line->end;
	piece->line = line;
	piece->depth = line->depth;
	piece->item = line->begun > 0;
	piece->fresh = line->first || line->begun > 0 ||
	    line->kind != MD_TEXT;
	return true;
}

/* The words gathered so far, in the arena; "" on no memory. */
static const char *
take_words(struct report_page *page)
{
	char *copy;

	if (page->words.full || page->words.nomem) {
		page->cut = page->cut || page->words.full;
		page->failed = page->failed || page->words.nomem;
		buf_clear(&page->words);
		return "";
	}
	copy = arena_copy(page->arena, buf_text(&page->words),
	    page->words.len);
	buf_clear(&page->words);
	if (copy != NULL)
		return copy;
	if (page->arena->full)
		page->cut = true;
	else
		page->failed = true;
	return "";
}

const char *
report_words(struct report_page *page, size_t start, size_t end)
{
	buf_clear(&page->words);
	if (start < end)
		markdown_plain(&page->words, page->text + start, end - start);
	return take_words(page);
}

static void
add_piece(struct report_page *page, const struct report_piece *piece,
    struct report_span *span)
{
	if (span->end == 0)
		span->start = piece->start;
	span->end = piece->end;
	if (page->words.len > 0)
		buf_char(&page->words, ' ');
	/* Markup is read line by line: it seldom goes over line ends. */
	markdown_plain(&page->words, page->text + piece->start,
	    piece->end - piece->start);
}

const char *
report_paragraph(struct report_page *page, const struct report_part *part,
    struct report_span *span)
{
	struct report_piece piece;
	size_t at = 0;

	memset(span, 0, sizeof(*span));
	buf_clear(&page->words);
	while (report_piece(page, part, part->own, &at, &piece)) {
		if (piece.start == piece.end)
			continue;
		if (piece.fresh && page->words.len > 0)
			break;
		add_piece(page, &piece, span);
	}
	return take_words(page);
}

const char *
report_joined(struct report_page *page, const struct report_part *part,
    struct report_span *span)
{
	struct report_piece piece;
	size_t at = 0;
	bool list = false;

	memset(span, 0, sizeof(*span));
	buf_clear(&page->words);
	while (report_piece(page, part, part->own, &at, &piece)) {
		if (piece.start == piece.end)
			continue;
		if (page->words.len == 0)
			list = piece.item;
		else if (piece.fresh && (!list || !piece.item))
			break;
		else if (piece.item)
			buf_char(&page->words, ';');
		add_piece(page, &piece, span);
	}
	return take_words(page);
}

void *
report_heap_add(struct report_page *page, struct report_heap *heap,
    size_t size)
{
	void *data, *element;

	if (heap->len == REPORT_MAX_ITEMS) {
		page->cut = true;
		return NULL;
	}
	data = mem_room(heap->data, heap->len, &heap->cap, size);
	if (data == NULL) {
		page->failed = true;
		return NULL;
	}
	heap->data = data;
	element = (char *)data + heap->len++ * size;
	memset(element, 0, size);
	return element;
}

void *
report_heap_take(struct report_page *page, struct report_heap *heap,
    size_t size, size_t *len)
{
	void *copy;

	*len = 0;
	if (heap->len == 0)
		return NULL;
	copy = arena_alloc(page->arena, heap->len, size);
	if (copy == NULL) {
		if (page->arena->full)
			page->cut = true;
		else
			page->failed = true;
		heap->len = 0;
		return NULL;
	}
	memcpy(copy, heap->data, heap->len * size);
	*len = heap->len;
	heap->len = 0;
	return copy;
}
