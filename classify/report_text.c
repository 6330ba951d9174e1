/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/report_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/text.h"
#include "fetch/bug.h"
#include "classify/report_private.h"

struct report_reader {
	const struct taxonomy *taxonomy;
	struct report_names names;
	struct report_page page;
	struct arena arena;
	struct report_text text;
};

const struct err *
report_reader_new(struct report_reader **out,
    const struct taxonomy *taxonomy)
{
	struct report_reader *reader;
	const struct err *err;

	*out = NULL;
	reader = mem_alloc(1, sizeof(*reader));
	if (reader == NULL)
		return err_memory();
	err = report_names_make(&reader->names, taxonomy);
	if (err != NULL) {
		mem_free(reader);
		return err;
	}
	reader->taxonomy = taxonomy;
	reader->page.names = &reader->names;
	reader->page.arena = &reader->arena;
	markdown_init(&reader->page.md);
	buf_init(&reader->page.words, REPORT_MAX_COMMENT);
	arena_init(&reader->arena, REPORT_MAX_READ);
	*out = reader;
	return NULL;
}

void
report_reader_free(struct report_reader *reader)
{
	if (reader == NULL)
		return;
	report_names_release(&reader->names);
	markdown_release(&reader->page.md);
	mem_free(reader->page.heads);
	mem_free(reader->page.parts);
	mem_free(reader->page.timeline.data);
	mem_free(reader->page.actions.data);
	mem_free(reader->page.related.data);
	mem_free(reader->page.items.data);
	buf_release(&reader->page.words);
	arena_release(&reader->arena);
	mem_free(reader);
}

/* The bytes from the first to the last line of a part. */
static struct report_span
part_body(const struct report_page *page, const struct report_part *part)
{
	struct report_span span = part->value;

	if (part->cell)
		return span;
	if (span.start >= span.end) {
		span.start = span.end;
		if (part->line + 1 < part->to)
			span.start = page->md.lines[part->line + 1].start;
	}
	if (part->line + 1 < part->to)
		span.end = page->md.lines[part->to - 1].end;
	if (span.end < span.start)
		span.end = span.start;
	return span;
}

/* The words of a heading without the colon behind them. */
static struct report_span
trim_title(const struct report_page *page, struct report_span span)
{
	while (span.end > span.start &&
	    strchr("*_: \t", page->text[span.end - 1]) != NULL)
		span.end--;
	while (span.start < span.end &&
	    strchr("*_ \t", page->text[span.start]) != NULL)
		span.start++;
	return span;
}

static void
take_sections(struct report_page *page)
{
	struct report_comment *out = page->out;
	struct report_section *section;
	size_t i;

	if (page->part_len == 0)
		return;
	out->sections = arena_alloc(page->arena, page->part_len,
	    sizeof(*out->sections));
	if (out->sections == NULL) {
		page->cut = true;
		page->failed = page->failed || !page->arena->full;
		return;
	}
	for (i = 0; i < page->part_len; i++) {
		section = &out->sections[out->section_len++];
		section->kind = page->parts[i].kind;
		section->level = page->parts[i].level;
		section->head = trim_title(page, page->parts[i].words);
		section->title = report_words(page, section->head.start,
		    section->head.end);
		section->body = part_body(page, &page->parts[i]);
	}
}

static void
read_facts(struct report_page *page)
{
	switch (page->form) {
	case TAX_FORM_NUMBERED:
		report_read_numbered(page);
		break;
	case TAX_FORM_AUDIT_V1:
	case TAX_FORM_AUDIT_V2:
		report_read_audit(page);
		break;
	case TAX_FORM_PLAIN:
		break;
	default:
		report_read_fields(page);
		break;
	}
	if (page->form != TAX_FORM_PLAIN) {
		report_read_timeline(page);
		report_read_related(page);
		report_read_items(page, TAX_SECTION_WELL, &page->out->well);
		report_read_items(page, TAX_SECTION_BADLY,
		    &page->out->badly);
		report_read_items(page, TAX_SECTION_LUCK, &page->out->luck);
	}
	report_read_actions(page);
}

static const struct err *
read_comment(struct report_reader *reader, const struct comment *comment)
{
	struct report_page *page = &reader->page;
	struct report_comment *out = page->out;
	const struct err *err;
	size_t kind;

	page->text = comment->text;
	page->len = text_cut(comment->text, comment->text_len,
	    REPORT_MAX_COMMENT);
	page->hint.east = 0;
	page->hint.now = comment->time;
	page->cut = page->len < comment->text_len;
	page->failed = false;
	out->number = comment->number;
	out->unread = comment->text_len - page->len;
	for (kind = 0; kind < FACT_KIND__MAX; kind++) {
		out->facts[kind].text = "";
		out->facts[kind].number = DATE_NONE;
	}
	err = markdown_read(&page->md, page->text, page->len);
	if (err == NULL)
		err = report_heads(page);
	if (err != NULL)
		return err;
	report_form(page, reader->taxonomy);
	err = report_parts(page);
	if (err == NULL && (page->form == TAX_FORM_PLAIN ||
	    page->form == TAX_FORM_AUDIT_V1))
		err = report_audit_table(page);
	if (err != NULL)
		return err;
	read_facts(page);
	take_sections(page);
	out->form = page->form;
	page->cut = page->cut || page->md.cut;
	return page->failed ? err_memory() : NULL;
}

static void
tell_cut(struct diag_sink *sink, int64_t bug, int64_t number)
{
	char where[40];
	struct diag diag = {
		.code = DIAG_REPORT_CUT, .bug = bug, .where = where
	};

	(void)snprintf(where, sizeof(where), "comment %" PRId64, number);
	diag_report(sink, &diag);
}

const struct err *
report_read(struct report_reader *reader, const struct bug *bug,
    struct diag_sink *sink, const struct report_text **out)
{
	struct report_text *text = &reader->text;
	const struct err *err = NULL;
	size_t i;

	*out = NULL;
	memset(text, 0, sizeof(*text));
	arena_clear(&reader->arena);
	reader->page.bug = bug->id;
	if (bug->comment_len > 0) {
		text->comments = arena_alloc(&reader->arena,
		    bug->comment_len, sizeof(*text->comments));
		if (text->comments == NULL)
			return err_memory();
	}
	for (i = 0; i < bug->comment_len && err == NULL; i++) {
		reader->page.out = &text->comments[i];
		err = read_comment(reader, &bug->comments[i]);
		text->comment_len++;
		if (err == NULL && reader->page.cut)
			tell_cut(sink, bug->id, bug->comments[i].number);
	}
	if (err == NULL)
		err = report_merge(text, &reader->arena);
	if (err == NULL)
		*out = text;
	return err;
}
