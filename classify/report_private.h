/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * What the files that read incident reports share: a comment as a page of
 * lines; the heads among them; the parts that these begin; and what is
 * gathered from the parts.  A comment goes through it in this order:
 *
 *   markdown.c          lines
 *   report_head.c       lines that may be headings, with what they are
 *   report_form.c       which form it is, and which heads count in it
 *   report_part.c       parts: the heads with the lines they hold
 *   report_numbered.c, report_fields.c, report_audit.c
 *                       the facts of each grammar
 *   report_timeline.c, report_actions.c, report_related.c, report_list.c
 *                       what all grammars have in common
 *   report_merge.c      all comments together
 */
#ifndef CLASSIFY_REPORT_PRIVATE_H
#define CLASSIFY_REPORT_PRIVATE_H

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "classify/markdown.h"
#include "classify/report_text.h"
#include "classify/report_when.h"

enum {
	REPORT_BEGINS = 2048	/* bytes: mostly zeros for a thousand names */
};

/* The names of all forms and sections. */
struct report_name {
	const char *key;	/* NULL: a free place */
	enum tax_form_kind form;	/* TAX_FORM__MAX: a section's name */
	enum tax_section_kind kind;
};

struct report_names {
	struct report_name *places;
	size_t place_len;	/* a power of two */
	/* Bits for how the names begin, so that prose is passed over. */
	unsigned char begins[REPORT_BEGINS];
	unsigned char short_begins[REPORT_BEGINS];
};

const struct err *report_names_make(struct report_names *names,
    const struct taxonomy *taxonomy);
void report_names_release(struct report_names *names);
/* May the words begin with a name?  Cheap, and mostly false for prose. */
bool report_names_begin(const struct report_names *names, const char *data,
    size_t len);
/* The name that the words are, or NULL. */
const struct report_name *report_names_find(const struct report_names *names,
    const char *data, size_t len);

/* How a line is told to be a heading. */
enum report_mark {
	MARK_HEADING,		/* by Markdown */
	MARK_WHOLE,		/* the whole line is one */
	MARK_FIELD		/* its value stands behind it */
};

struct report_head {
	size_t line;
	enum report_mark mark;
	bool bold;
	bool colon;
	bool known;		/* some form has it */
	enum tax_section_kind kind;
	enum tax_form_kind form;	/* that it announces, or TAX_FORM__MAX */
	int number;		/* that it begins with, 0: none */
	int answer;		/* of the numbered form; 0: it is none */
	int rank;		/* what is lower holds what is higher */
	struct report_span words;
	size_t value;		/* where its value begins on the line */
};

struct report_part {
	enum tax_section_kind kind;
	int level;
	int answer;
	struct report_span words;	/* of its heading */
	struct report_span value;	/* behind that, on the same line */
	size_t line;		/* of the heading */
	size_t own, to;		/* lines: where its first part begins, and
				 * behind its last */
	int depth;		/* list items around its heading */
	bool inner;		/* is part of a root cause */
	bool cell;		/* of a table: the value is all it has */
};

/* A growing array in the reader's hands, used for each page anew. */
struct report_heap {
	void *data;
	size_t len, cap;
};

struct report_page {
	struct markdown md;
	const char *text;
	size_t len;
	const struct report_names *names;
	struct arena *arena;
	struct when_hint hint;	/* the zone of the timeline included */
	int64_t bug;
	enum tax_form_kind form;
	struct report_head *heads;
	size_t head_len, head_cap;
	struct report_part *parts;
	size_t part_len, part_cap;
	struct report_comment *out;
	struct report_heap timeline, actions, related, items;
	struct buf words;
	bool cut;		/* over a limit */
	bool failed;		/* no memory */
};

/* report_head.c, report_form.c, report_part.c */
const struct err *report_heads(struct report_page *page);
void report_form(struct report_page *page,
    const struct taxonomy *taxonomy);
const struct err *report_parts(struct report_page *page);
/* A new part at the end, zeroed; NULL on no memory. */
struct report_part *report_part_add(struct report_page *page);
/* Is it known, and long enough to be a question word by word? */
bool report_is_question(const struct report_head *head);

/* A stretch of a part: a line, or what stands behind its heading. */
struct report_piece {
	size_t start, end;
	const struct md_line *line;
	int depth;
	bool item;		/* begins a list item */
	bool fresh;		/* begins a paragraph, an item or a row */
};
/* Go over the pieces of a part down to line `to`: *at is 0 at first. */
bool report_piece(const struct report_page *page,
    const struct report_part *part, size_t to, size_t *at,
    struct report_piece *piece);

/* The first part of a kind that is no part of a root cause, or NULL. */
const struct report_part *report_find(const struct report_page *page,
    enum tax_section_kind kind);

/* Text in the arena: the words of the span; never NULL. */
const char *report_words(struct report_page *page, size_t start,
    size_t end);
/* The first paragraph or list item of a part, and its span. */
const char *report_paragraph(struct report_page *page,
    const struct report_part *part, struct report_span *span);
/* The items of a list, "; " between; the paragraph when it is none. */
const char *report_joined(struct report_page *page,
    const struct report_part *part, struct report_span *span);

/* One more element of `size` bytes, zeroed; NULL when there are too many of
 * them or no memory. */
void *report_heap_add(struct report_page *page, struct report_heap *heap,
    size_t size);
/* The elements, copied to the arena; NULL when there are none. */
void *report_heap_take(struct report_page *page, struct report_heap *heap,
    size_t size, size_t *len);

/* report_numbered.c: mark the heads that begin the answers, true when there
 * are such; and make such a head the answer's. */
bool report_answers(struct report_page *page,
    const struct taxonomy *taxonomy);
void report_answer(const struct report_page *page,
    const struct taxonomy *taxonomy, struct report_head *head);

/* The facts of each grammar. */
void report_read_numbered(struct report_page *page);
void report_read_fields(struct report_page *page);
void report_read_audit(struct report_page *page);
/* A table with a row for each finding: its cells become parts, and the form
 * is that of the audit. */
const struct err *report_audit_table(struct report_page *page);

/* report_fact.c: one fact from a part, NULL: it is absent. */
void report_fact_text(struct report_page *page, enum report_fact_kind fact,
    const struct report_part *part);
void report_fact_list(struct report_page *page, enum report_fact_kind fact,
    const struct report_part *part);
void report_fact_time(struct report_page *page, enum report_fact_kind fact,
    const struct report_part *part);
void report_fact_aware(struct report_page *page,
    const struct report_part *part);
void report_fact_certificates(struct report_page *page,
    const struct report_part *part, bool asked);
void report_fact_stopped(struct report_page *page,
    const struct report_part *part, bool asked);
void report_fact_id(struct report_page *page,
    const struct report_part *part);

/* Lists, of the first part of a kind or of all. */
void report_read_timeline(struct report_page *page);
void report_read_actions(struct report_page *page);
void report_read_related(struct report_page *page);
void report_read_items(struct report_page *page, enum tax_section_kind kind,
    struct report_items *items);
void report_read_factors(struct report_page *page);
void report_read_findings(struct report_page *page);

/* report_merge.c: what follows from all comments together. */
const struct err *report_merge(struct report_text *text,
    struct arena *arena);

#endif
