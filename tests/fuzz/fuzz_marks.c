/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * libFuzzer: any page and any text for it, parted by a zero byte.  What was
 * put between marks is found there again, the rest is as it was, and the
 * difference leads from one page to the other.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "output/publish_private.h"
#include "tests/unit/patched.h"

enum {
	CLEAN_MAX = 4 << 20
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool truth)
{
	if (!truth)
		abort();
}

static void
check_diff(const struct buf *before, const struct buf *after)
{
	struct buf diff;

	buf_init(&diff, 4 * CLEAN_MAX);
	linediff(buf_text(before), before->len, buf_text(after), after->len,
	    "before", "after", &diff);
	must(buf_error(&diff, "difference") == NULL);
	must((diff.len == 0) == (before->len == after->len &&
	    memcmp(buf_text(before), buf_text(after), after->len) == 0));
	must(patched(buf_text(before), before->len, &diff, buf_text(after),
	    after->len));
	buf_release(&diff);
}

static void
check_rows(const struct buf *before, const struct buf *after)
{
	size_t rows, changed, back_rows, back_changed;

	must(rows_compare(buf_text(before), before->len, buf_text(after),
	    after->len, &rows, &changed) == NULL);
	must(rows_compare(buf_text(after), after->len, buf_text(before),
	    before->len, &back_rows, &back_changed) == NULL);
	must(rows == back_rows && changed == back_changed);
	must(changed <= rows);
	must(rows_compare(buf_text(after), after->len, buf_text(after),
	    after->len, &rows, &changed) == NULL && changed == 0);
}

/* The marks of `page`, which are there, and `text` put between them. */
static void
check_marks(const struct buf *page, const struct mark_place *place,
    const struct buf *text)
{
	struct publish_block block = { .name = "x", .text = buf_text(text),
		.len = text->len };
	struct mark_place again;
	char room[MARK_ROOM], hash[MARK_HEX + 1];
	const char *inside;
	struct buf next;
	size_t len;

	must(place->begins < place->begin_end);
	must(place->begin_end <= place->end);
	must(place->end < place->end_end && place->end_end <= page->len);
	buf_init(&next, 4 * CLEAN_MAX);
	mark_replace(buf_text(page), page->len, place, &block, &next);
	must(buf_error(&next, "page") == NULL);
	must(mark_find(buf_text(&next), next.len, "x", &again, room) == NULL);
	must(again.begins == place->begins);
	must(memcmp(buf_text(&next), buf_text(page), place->begins) == 0);
	must(next.len - again.end == page->len - place->end);
	must(memcmp(buf_text(&next) + again.end, buf_text(page) + place->end,
	    page->len - place->end) == 0);
	mark_inside(buf_text(&next), &again, &inside, &len);
	must(len == text->len && memcmp(inside, buf_text(text), len) == 0);
	mark_hash(inside, len, hash);
	must(strcmp(again.text, hash) == 0);
	must(strcmp(again.figures, hash) == 0);
	check_diff(page, &next);
	buf_release(&next);
}

static void
check_forms(const struct buf *page, const struct buf *text)
{
	struct buf form, again;

	buf_init(&form, 4 * CLEAN_MAX);
	buf_init(&again, 4 * CLEAN_MAX);
	publish_saved_form(&form, buf_text(text), text->len);
	publish_saved_form(&again, buf_text(&form), form.len);
	must(form.len == again.len &&
	    memcmp(buf_text(&form), buf_text(&again), form.len) == 0);
	must(text_is_clean(buf_text(&form), form.len));
	/* What a page says inside a comment counts for nothing. */
	buf_clear(&again);
	buf_str(&again, "<!--");
	buf_add(&again, buf_text(page), page->len);
	must(bots_may(buf_text(page), page->len, "Me") ||
	    mark_seek(buf_text(page), buf_text(page) + page->len, "{{"));
	must(mark_seek(buf_text(page), buf_text(page) + page->len, "-->") ||
	    bots_may(buf_text(&again), again.len, "Me"));
	buf_release(&form);
	buf_release(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *bytes = (const char *)data, *stop;
	struct publish_block block = { .name = "x" };
	char room[MARK_ROOM];
	struct buf page, form;
	struct mark_place place;
	size_t len = size;

	stop = size > 0 ? memchr(bytes, '\0', size) : NULL;
	if (stop != NULL)
		len = (size_t)(stop - bytes);
	buf_init(&page, CLEAN_MAX);
	buf_init(&form, CLEAN_MAX);
	text_clean(&page, bytes, len);
	block.text = stop != NULL ? stop + 1 : "";
	block.len = stop != NULL ? size - len - 1 : 0;
	if (publish_block_form(&form, &block) == NULL && !page.full &&
	    mark_find(buf_text(&page), page.len, "x", &place, room) == NULL)
		check_marks(&page, &place, &form);
	if (!page.full && !form.full) {
		check_diff(&page, &form);
		check_rows(&page, &form);
		check_forms(&page, &form);
	}
	buf_release(&page);
	buf_release(&form);
	return 0;
}
