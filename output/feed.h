/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A report as a feed: what happened to bugs, each time told once.  Builders
 * make it, the writer of Atom shows it.  Everything stands in the report's
 * arena.
 */
#ifndef OUTPUT_FEED_H
#define OUTPUT_FEED_H

#include <stddef.h>
#include <stdint.h>

struct feed_entry {
	int64_t bug;
	/* What tells it from others of the bug, fit for a URI, for ever:
	 * "filed", "closed/2024-05-19T12:00:00Z". */
	const char *event;
	int64_t time;		/* when it happened */
	const char *title, *author, *text;
	const char *const *terms;	/* its categories */
	size_t term_len;
	struct feed_entry *next;
};

struct feed {
	const char *name;	/* tells it from feeds of other bugs, fit for a
				 * URI: "incidents" */
	struct feed_entry *entries;	/* the newest first */
	size_t len;
	size_t older;		/* entries that were left out */
};

/* Limits */
enum {
	/* More than a year of filings and closings; readers keep what they
	 * have seen. */
	FEED_MAX_ENTRIES = 500
};

#endif
