/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Writers turn a report into bytes of one format.  They are rows of one
 * table: a new format is one file, one row, and its goldens.  A writer sees
 * the report and its options, no store, clock, locale or file.
 */
#ifndef OUTPUT_WRITER_H
#define OUTPUT_WRITER_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct diag_sink;
struct err;
struct report;

struct writer_options {
	bool color;		/* text: ANSI colours */
	size_t width;		/* text: columns to wrap prose at; 0: 79 */
	bool guard;		/* CSV: a quote before = + - @ (formulas) */
};

/* What of a report a format shows. */
enum writer_use {
	WRITER_BLOCKS,		/* the blocks, for people */
	WRITER_TABLE,		/* the first table */
	WRITER_DATA,		/* the value tree */
	WRITER_CHART,		/* the first chart */
	WRITER_FEED		/* the feed */
};

struct writer {
	const char *name;	/* "markdown" */
	const char *suffix;	/* ".md" */
	const char *media;	/* "text/markdown" */
	enum writer_use use;
	unsigned blocks;	/* WRITER_BLOCKS: bits 1 << block_kind that it
				 * can show */
	void (*write)(const struct report *report,
	    const struct writer_options *options, struct buf *out);
};

/* The writer of that name, or NULL; by index for lists, NULL at the end. */
const struct writer *writer_by_name(const char *name);
const struct writer *writer_at(size_t index);

/*
 * Write the report.  DIAG_BLOCK_UNSUPPORTED, and the part is left out, for
 * each block that a format for people can't show; from CSV, for the second
 * and later tables, and when there is none; the same from SVG for charts;
 * from the JSON formats when there is no data, from Atom when there is no
 * feed.  ERR_SYSTEM when the result passes the buffer's ceiling or memory is
 * out.
 */
const struct err *writer_run(const struct writer *writer,
    const struct report *report, const struct writer_options *options,
    struct diag_sink *sink, struct buf *out);

#endif
