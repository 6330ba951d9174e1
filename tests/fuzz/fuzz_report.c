/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * libFuzzer: the comments of a bug, NUL between them, read as reports by
 * the built-in taxonomy.  Every span lies in its text, every text is there,
 * and what was read twice is the same.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"
#include "classify/report_text.h"
#include "fetch/bug.h"

enum {
	COMMENTS_MAX = 8,
	CLEAN_MAX = 2 << 20
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct taxonomy *taxonomy;
static struct report_reader *reader;

static void
must(bool truth)
{
	if (!truth)
		abort();
}

static void
check_span(const struct report_span *span, const struct comment *comment)
{
	must(span->start <= span->end && span->end <= comment->text_len);
}

static void
check_items(const struct report_items *items, const struct comment *comment)
{
	size_t i;

	for (i = 0; i < items->len; i++) {
		must(items->items[i].text != NULL);
		check_span(&items->items[i].span, comment);
	}
}

static void
check_sections(const struct report_comment *read,
    const struct comment *comment)
{
	const struct report_section *section;
	size_t i;

	must(read->section_len <= REPORT_MAX_ITEMS);
	for (i = 0; i < read->section_len; i++) {
		section = &read->sections[i];
		must(section->title != NULL && section->level >= 1);
		must(section->kind < TAX_SECTION__MAX);
		check_span(&section->head, comment);
		check_span(&section->body, comment);
		must(section->body.start >= section->head.start);
	}
}

static void
check(const struct report_comment *read, const struct comment *comment)
{
	size_t i;

	must(read->form < TAX_FORM__MAX);
	check_sections(read, comment);
	for (i = 0; i < FACT_KIND__MAX; i++) {
		must(read->facts[i].text != NULL);
		check_span(&read->facts[i].span, comment);
	}
	for (i = 0; i < read->timeline_len; i++) {
		must(read->timeline[i].text != NULL);
		check_span(&read->timeline[i].span, comment);
	}
	for (i = 0; i < read->action_len; i++) {
		must(read->actions[i].text != NULL &&
		    read->actions[i].due_text != NULL &&
		    read->actions[i].state < ACTION_STATE__MAX);
		check_span(&read->actions[i].span, comment);
	}
	for (i = 0; i < read->related_len; i++)
		check_span(&read->related[i].span, comment);
	check_items(&read->well, comment);
	check_items(&read->badly, comment);
	check_items(&read->luck, comment);
	check_items(&read->factors, comment);
	check_items(&read->findings, comment);
}

static void
add_comment(struct bug *bug, const char *data, size_t len)
{
	struct comment *comment = bug_add_comment(bug);
	struct buf clean;

	must(comment != NULL);
	buf_init(&clean, CLEAN_MAX);
	(void)text_clean(&clean, data, len);
	comment->number = (int64_t)bug->comment_len - 1;
	comment->time = INT64_C(1709294400);
	comment->text_len = clean.len;
	comment->text = arena_copy(&bug->arena, buf_text(&clean), clean.len);
	must(comment->text != NULL);
	buf_release(&clean);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *at = (const char *)data, *end = at + size, *next;
	const struct report_text *text;
	size_t i, sections = 0;
	struct bug bug;

	if (reader == NULL) {
		must(taxonomy_load(&taxonomy, NULL) == NULL);
		must(report_reader_new(&reader, taxonomy) == NULL);
	}
	bug_init(&bug, BUG_MAX_BYTES);
	bug.id = 9000001;
	while (at < end && bug.comment_len < COMMENTS_MAX) {
		next = memchr(at, '\0', (size_t)(end - at));
		if (next == NULL)
			next = end;
		add_comment(&bug, at, (size_t)(next - at));
		at = next + 1;
	}
	must(report_read(reader, &bug, NULL, &text) == NULL);
	must(text->comment_len == bug.comment_len);
	for (i = 0; i < text->comment_len; i++) {
		check(&text->comments[i], &bug.comments[i]);
		sections += text->comments[i].section_len;
	}
	must(report_read(reader, &bug, NULL, &text) == NULL);
	for (i = 0; i < text->comment_len; i++)
		sections -= text->comments[i].section_len;
	must(sections == 0);
	bug_release(&bug);
	return 0;
}
