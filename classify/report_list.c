/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "classify/report_private.h"

void
report_read_items(struct report_page *page, enum tax_section_kind kind,
    struct report_items *items)
{
	const struct report_part *part = report_find(page, kind);
	struct report_item *item = NULL;
	struct report_piece piece;
	size_t at = 0, i;
	int depth = -1;

	if (part == NULL)
		return;
	while (report_piece(page, part, part->to, &at, &piece)) {
		if (piece.start == piece.end)
			continue;
		if (piece.item && (depth < 0 || piece.depth <= depth)) {
			depth = piece.depth;
			item = report_heap_add(page, &page->items,
			    sizeof(*item));
			if (item == NULL)
				break;
			item->span.start = piece.start;
			item->span.end = piece.end;
		} else if (item != NULL && !piece.fresh) {
			item->span.end = piece.end;
		} else {
			item = NULL;
		}
	}
	item = page->items.data;
	for (i = 0; i < page->items.len; i++)
		item[i].text = report_words(page, item[i].span.start,
		    item[i].span.end);
	items->items = report_heap_take(page, &page->items, sizeof(*item),
	    &items->len);
}

/* The parts of a kind, by their titles or else how they begin. */
static void
read_titles(struct report_page *page, enum tax_section_kind kind,
    struct report_items *items)
{
	const struct report_part *part;
	struct report_item *item;
	struct report_span span;
	const char *text;
	size_t i;

	for (i = 0; i < page->part_len; i++) {
		part = &page->parts[i];
		if (part->kind != kind)
			continue;
		span = part->value;
		text = report_words(page, span.start, span.end);
		if (text[0] == '\0')
			text = report_paragraph(page, part, &span);
		item = report_heap_add(page, &page->items, sizeof(*item));
		if (item == NULL)
			break;
		item->text = text;
		item->span = span;
	}
	items->items = report_heap_take(page, &page->items, sizeof(*item),
	    &items->len);
}

void
report_read_factors(struct report_page *page)
{
	read_titles(page, TAX_SECTION_FACTOR, &page->out->factors);
}

void
report_read_findings(struct report_page *page)
{
	read_titles(page, TAX_SECTION_FINDING, &page->out->findings);
}
