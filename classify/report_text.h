/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * What the comments of a bug say, where they follow one of the published
 * forms of incident reports: sections with their places in the text, and
 * facts.  Nothing is guessed.  A fact is absent, or stands there and is
 * unreadable, or is given; a heading that no form has is kept under its
 * own name.
 *
 * Texts are read as GitHub-flavoured Markdown (markdown.h), which is how
 * Bugzilla shows them, but so that a report pasted as plain text, with
 * levels missing, bold words for headings, or headings of another language
 * that the taxonomy knows, is read as well.
 */
#ifndef CLASSIFY_REPORT_TEXT_H
#define CLASSIFY_REPORT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "taxonomy/taxonomy.h"

struct bug;
struct comment;
struct diag_sink;
struct err;
struct report_reader;

/* Bytes of the comment's text. */
struct report_span {
	size_t start, end;
};

struct report_section {
	enum tax_section_kind kind;
	const char *title;	/* as it stands there; "" for a numbered answer
				 * without one */
	int level;		/* depth: 1 is a part of the report, 2 a part of
				 * that ... */
	struct report_span head;	/* the heading; empty when the section
				 * begins with its text */
	struct report_span body;	/* with all sections that are deeper;
				 * a summary that holds a description of its
				 * own is of kind OTHER, and description and
				 * timeline of a root cause are as well */
};

enum report_state {
	REPORT_ABSENT,		/* or said not to apply; `text` has the words */
	REPORT_UNREADABLE,	/* it stands there, but means nothing to us */
	REPORT_GIVEN
};

/* The single facts. */
enum report_fact_kind {
	FACT_CCADB_ID,		/* text: "A000123" */
	FACT_DESCRIPTION,	/* text: first paragraph */
	FACT_POLICIES,		/* text: list, "; " between */
	FACT_SOURCE,		/* text */
	FACT_START,		/* time: of non-compliance */
	FACT_IDENTIFIED,
	FACT_END,
	FACT_CERTIFICATES,	/* number: how many were affected */
	FACT_CERTIFICATE_TYPES,	/* text: list, "; " between */
	FACT_STOPPED,		/* number: 1 yes (also resumed since), 0 no */
	FACT_KIND__MAX
};

struct report_fact {
	enum report_state state;
	const char *text;	/* as it stands there, without markup and line
				 * ends; never NULL */
	int64_t number;		/* times in seconds, UTC; DATE_NONE if none */
	bool day_only;		/* of a time: no hour was told */
	struct report_span span;
};

struct report_entry {		/* of a timeline */
	int64_t time;		/* UTC; DATE_NONE: unreadable */
	bool day_only;
	bool month_only;	/* no day is told: the first of the month */
	const char *text;
	struct report_span span;
};

enum report_action_state {
	ACTION_UNSAID,
	ACTION_ONGOING,
	ACTION_COMPLETE,
	ACTION_DELAYED,
	ACTION_CANCELED,
	ACTION_STATE__MAX
};

struct report_action {
	const char *text;
	const char *kind;	/* Prevent, Mitigate, Detect; "" */
	const char *cause;	/* corresponding root causes; "" */
	int64_t due;		/* day, DATE_NONE when none can be read */
	const char *due_text;	/* as it stands there; "" */
	enum report_action_state state;
	int64_t comment;	/* number of the one that said it last */
	struct report_span span;
};

struct report_related {
	int64_t bug;
	const char *text;	/* what is said of it; "" */
	struct report_span span;
};

struct report_item {		/* of went well, badly, luck; a factor */
	const char *text;
	struct report_span span;
};

struct report_items {
	struct report_item *items;
	size_t len;
};

/* One comment. */
struct report_comment {
	enum tax_form_kind form;
	int64_t number;		/* of the comment */
	struct report_section *sections;	/* in order of their places */
	size_t section_len;
	struct report_fact facts[FACT_KIND__MAX];
	struct report_entry *timeline;
	size_t timeline_len;
	struct report_action *actions;	/* also of an update without a form */
	size_t action_len;
	struct report_related *related;
	size_t related_len;
	struct report_items well, badly, luck, factors, findings;
	size_t unread;		/* bytes at its end beyond the limits below */
};

/* All comments of a bug, and what follows from them together. */
struct report_text {
	struct report_comment *comments;	/* one for each of the bug's */
	size_t comment_len;
	const struct report_comment *main;	/* the newest full report, else
				 * the newest preliminary one, else NULL */
	const struct report_comment *closure;	/* the newest, or NULL */
	/* Each from the newest report in which it is given (else unreadable);
	 * `fact_comment` is the number of that comment, -1 if absent. */
	struct report_fact facts[FACT_KIND__MAX];
	int64_t fact_comment[FACT_KIND__MAX];
	/* The latest state over all comments: an action is the same when its
	 * words are, or nearly. */
	struct report_action *actions;
	size_t action_len;
};

/* A reader may be used for any number of bugs; `taxonomy` must outlive it.
 * Caller frees. */
const struct err *report_reader_new(struct report_reader **out,
    const struct taxonomy *taxonomy);
void report_reader_free(struct report_reader *reader);

/*
 * Read the comments of a bug as far as `bug` has them.  What is read is the
 * reader's and good until its next call.  A comment over a limit is read
 * as far as that goes, with DIAG_REPORT_CUT.
 */
const struct err *report_read(struct report_reader *reader,
    const struct bug *bug, struct diag_sink *sink,
    const struct report_text **out);

/* The heading of which section the words are, TAX_SECTION_OTHER if none. */
enum tax_section_kind report_section_of(const struct taxonomy *taxonomy,
    const char *data, size_t len);

/* "absent", "unreadable", "given" */
const char *report_state_name(enum report_state state);
const char *report_action_state_name(enum report_action_state state);
/* "description", "certificates" ...: keys in JSON. */
const char *report_fact_name(enum report_fact_kind kind);

/* Limits */
enum {
	/* Characters of a comment as Bugzilla takes them; of four bytes. */
	REPORT_MAX_COMMENT = 4 * 65535,
	REPORT_MAX_DEPTH = 100,		/* of nested blocks */
	REPORT_MAX_COLUMNS = 64,	/* of a table: more is no report */
	REPORT_MAX_ITEMS = 4096,	/* sections, entries, actions ... each */
	REPORT_MAX_READ = 64 << 20	/* of all that is read from one bug */
};

#endif
