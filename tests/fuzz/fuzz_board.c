/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * libFuzzer: any text as a whiteboard and as a summary.  Beyond what the
 * sanitizers see, what comes out must point into the text and be in order.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/text.h"
#include "classify/owner.h"
#include "classify/whiteboard.h"
#include "taxonomy/taxonomy.h"

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

static bool
day_or_none(int64_t day)
{
	char out[DATE_SIZE];

	return day == DATE_NONE || date_format_day(day, out)[0] != '\0';
}

static void
check_board(size_t len, const struct taxonomy *taxonomy,
    const struct whiteboard *board)
{
	const struct whiteboard_tag *tag;
	size_t i;

	must(board->tag_len <= WHITEBOARD_MAX_TAGS);
	must(board->mark_len <= WHITEBOARD_MAX_TAGS);
	must(day_or_none(board->next_update) && day_or_none(board->close_on));
	for (i = 0; i < board->tag_len; i++) {
		tag = &board->tags[i];
		must(tag->len > 0 && tag->start + tag->len <= len);
		must(tag->name[0] != '\0');
		must(text_is_clean(tag->name, strlen(tag->name)));
		must(tag->category == SIZE_MAX ||
		    tag->category < taxonomy->category_len);
		must(i == 0 || tag[-1].category < tag->category ||
		    strcmp(tag[-1].name, tag->name) < 0);
	}
}

static void
check_owner(size_t len, const struct taxonomy *taxonomy,
    const struct owner_match *match)
{
	must(match->prefix + match->prefix_len <= len);
	must(match->rest <= len);
	must(match->prefix_len == 0 ||
	    match->rest > match->prefix + match->prefix_len);
	must(match->owner == SIZE_MAX || match->prefix_len > 0);
	must(match->owner == SIZE_MAX ||
	    match->owner < taxonomy->owner_len);
	must(match->operator_owner == SIZE_MAX ||
	    match->operator_owner < taxonomy->owner_len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct taxonomy *taxonomy;
	struct diag_sink sink = { .report = NULL };
	struct whiteboard board;
	struct owner_match match;
	struct buf clean;
	const char *text;

	if (taxonomy == NULL)
		must(taxonomy_load(&taxonomy, NULL) == NULL);
	buf_init(&clean, CLEAN_MAX);
	text_clean(&clean, (const char *)data, size);
	text = buf_text(&clean);
	if (buf_error(&clean, "input") == NULL) {
		whiteboard_read(text, taxonomy, 1, &sink, &board);
		check_board(clean.len, taxonomy, &board);
		owner_read(text, taxonomy, 1, &sink, &match);
		check_owner(clean.len, taxonomy, &match);
	}
	buf_release(&clean);
	return 0;
}
