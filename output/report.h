/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A report: what the builders make and every writer can show.  Blocks for
 * people and the same facts as a value tree for programs.  It knows no
 * format; a writer can be wrong only in form.
 *
 * Everything stands in the report's arena, texts are copied.  A call that
 * gets no memory marks the report as failed, and one that returns a thing
 * then returns NULL, which every other call takes and does nothing with:
 * builders need not look until report_error().
 */
#ifndef OUTPUT_REPORT_H
#define OUTPUT_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

struct buf;
struct chart;
struct err;
struct feed;
struct value;

/* Text in a line; one with bugs or a url is a link. */
struct span {
	const char *text;
	bool strong;
	bool marked;		/* the words that matter in a quotation */
	const char *url;	/* NULL: no link */
	const int64_t *bugs;	/* a link to the list of these */
	size_t bug_len;
	bool dated;		/* the day alone changes it: the window's ends,
				 * when it was fetched */
	struct span *next;
};

enum cell_kind {
	CELL_EMPTY,
	CELL_TEXT,
	CELL_COUNT,		/* number, linked to the list of `bugs` */
	CELL_THOUSANDTHS,	/* number of them, shown as 0.451 */
	CELL_BUG,		/* number is a bug's, linked to it */
	CELL_DAY,		/* number is a day, or DATE_NONE: empty */
	CELL_TIME,		/* number is a time, or DATE_NONE: empty */
	CELL_BUGS		/* the bug numbers themselves; where the others
				 * are behind a link, REPORT_BUGS_SHOWN */
};

struct cell {
	enum cell_kind kind;
	const char *text;
	int64_t number;
	const int64_t *bugs;
	size_t bug_len;
};

/* Whom a column is for: people want few, programs the raw ones. */
enum audience {
	FOR_ALL,
	FOR_PEOPLE,		/* not in CSV */
	FOR_PROGRAMS		/* in CSV alone */
};

struct column {
	const char *id;		/* CSV header, stable: "count" */
	const char *title;	/* for people: "Count" */
	const char *key;	/* a letter that may stand for the title where
				 * room is short, and is then explained under
				 * the table; NULL: none */
	bool right;		/* numbers stand at the right */
	enum audience audience;
	struct column *next;
};

struct row {
	struct cell *cells;	/* one a column */
	const char *group;	/* it spans all columns, says nothing else, and
				 * titles the rows below it, to the next such
				 * row; NULL: an ordinary row */
	struct row *next;
};

struct table {
	const char *caption;	/* NULL: none */
	enum audience audience;	/* the whole table */
	struct column *columns, *last_column;
	size_t column_len;
	struct row *rows, *last_row;
	size_t row_len;
	struct row *totals, *last_total;	/* not in CSV */
};

enum block_kind {
	BLOCK_HEADING,		/* level 1 to 4, text */
	BLOCK_PARAGRAPH,	/* spans */
	BLOCK_LIST,		/* items, each spans */
	BLOCK_TABLE,
	BLOCK_QUOTE,		/* words of a bug, unchanged: an item a line */
	BLOCK_CHART,		/* chart */
	BLOCK_KIND__MAX
};

struct item {
	struct span *spans, *last_span;
	struct item *next;
};

struct block {
	enum block_kind kind;
	int level;
	bool note;		/* small print: where figures are from */
	bool dated;		/* the day alone changes it, the whole */
	struct item *items, *last_item;	/* one in headings, paragraphs */
	struct table table;
	struct chart *chart;
	struct block *next;
};

struct report {
	const char *title;
	const char *bugzilla;	/* base URL of links, without a slash at its
				 * end; "" : no links */
	struct block *blocks, *last_block;
	struct value *data;	/* root of the facts, for json */
	struct value *records;	/* the array in it that jsonl writes a line
				 * an element; NULL: data is the one line */
	const struct feed *feed;	/* output/feed.h; NULL: it is none */
	bool whole_page;	/* a wiki's page has its title: there it is
				 * left out, and headings begin with "==" */
	const char *summary;	/* its figures in a few words: "136 incidents,
				 * 150 labels"; NULL: it has none */
	bool failed;
	struct arena arena;
};

/* The caller gives the shell and releases it.  `bugzilla` may be NULL. */
void report_init(struct report *report, const char *title,
    const char *bugzilla);
void report_release(struct report *report);
/* NULL, or err_memory() when any call, of value.h too, got no memory. */
const struct err *report_error(const struct report *report);

/* A new block at the end; headings take text at once, a note is a
 * paragraph in small print. */
void report_heading(struct report *report, int level, const char *text);
struct block *report_block(struct report *report, enum block_kind kind);
struct block *report_note(struct report *report);
void report_quote(struct report *report, const char *text);
/* A new item of a list (headings and paragraphs have one from birth). */
void report_item(struct report *report, struct block *block);

/* Text at the end of the block's last item. */
void report_text(struct report *report, struct block *block,
    const char *text);
void report_textf(struct report *report, struct block *block,
    const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void report_strong(struct report *report, struct block *block,
    const char *text);
void report_marked(struct report *report, struct block *block,
    const char *text);
/* Text that the day alone changes. */
void report_dated(struct report *report, struct block *block,
    const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void report_link(struct report *report, struct block *block,
    const char *text, const char *url);
void report_bugs(struct report *report, struct block *block,
    const char *text, const int64_t *bugs, size_t len);

/* Its figures in a few words, without days: they go into the summaries of
 * edits and feeds. */
void report_summary(struct report *report, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Take everything dated out of the blocks; the data stays as it is.  Two
 * reports that are then written alike for people differ in nothing but the
 * day. */
void report_undate(struct report *report);

/* A block with a copy of the chart, output/chart.h. */
void report_chart(struct report *report, const struct chart *chart);
/* The first chart, or NULL. */
const struct chart *report_first_chart(const struct report *report);

/* Is the block one for people?  Not so are tables without rows. */
bool report_is_shown(const struct block *block);
/* How many columns of the table are for people? */
size_t report_columns_shown(const struct table *table);

/* A table: all columns first, then rows; cells are set by column index. */
struct table *report_table(struct report *report, const char *caption);
void report_column(struct report *report, struct table *table,
    const char *id, const char *title, bool right, enum audience audience);
/* The key of the last column: the letter for `place`, A is 0. */
void report_column_key(struct report *report, struct table *table,
    size_t place);
struct row *report_row(struct report *report, struct table *table);
struct row *report_total(struct report *report, struct table *table);
/* A row that titles those below it; in CSV it is their column "group". */
void report_group(struct report *report, struct table *table,
    const char *title);
/* Has the table such rows?  Then sorting would part them from theirs. */
bool report_is_grouped(const struct table *table);
/* A NULL text leaves the cell empty. */
void report_cell_text(struct report *report, struct row *row, size_t column,
    const char *text);
void report_cell_number(struct report *report, struct row *row,
    size_t column, enum cell_kind kind, int64_t number);
void report_cell_bugs(struct report *report, struct row *row, size_t column,
    enum cell_kind kind, int64_t number, const int64_t *bugs, size_t len);

/* For writers: append what a cell of any kind but CELL_TEXT says, without
 * links.  It is digits and the signs of dates: nothing to escape. */
void report_cell_plain(const struct cell *cell, struct buf *out);

/*
 * URLs of Bugzilla lists that together show exactly these bugs, each URL
 * under REPORT_MAX_URL bytes; of a single bug, its own page.
 * report_url_next writes the next one to `out` (`size` bytes) and moves *at
 * on, false at the end (start with *at = 0), and when the report has no
 * Bugzilla or its URL leaves no room.
 */
bool report_url_next(const struct report *report, const int64_t *bugs,
    size_t len, size_t *at, char *out, size_t size);

/* Limits */
enum {
	REPORT_MAX_BYTES = 1 << 30,	/* of one report */
	/* Bugzilla's fronts refuse request lines over 8 KiB (BMO: Varnish,
	 * 5.x: Apache's 8,190 bytes). */
	REPORT_MAX_URL = 8000,
	REPORT_BUGS_SHOWN = 8	/* numbers in a cell: two or three lines of it */
};

#endif
