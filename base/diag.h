/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Graded diagnostics: what is said about wrong input while work goes on.
 * A module is handed a `struct diag_sink` and reports into it; the sink's
 * owner (cmd/, a test) decides what is printed.  The enum below and the
 * table in diag.c hold every message that exists; each is explained in
 * cabrief(1), DIAGNOSTICS, and has a test that triggers it.
 */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stddef.h>
#include <stdint.h>

enum diag_level {
	DIAG_NOTE,	/* worth knowing; printed with -v */
	DIAG_WARN,	/* something is odd, nothing is lost */
	DIAG_BAD,	/* something was left out: exit 6 */
	DIAG_LEVEL__MAX
};

enum diag_code {
	/* fetch: reading answers */
	DIAG_TEXT_REPAIRED,	/* bad UTF-8 or control characters */
	DIAG_TEXT_CUT,		/* a text over the limit of its field */
	DIAG_BUG_INVISIBLE,	/* export marks the bug as not accessible */
	DIAG_BUG_BAD,		/* a bug without usable id, or bad field */
	DIAG_BUG_CUT,		/* over BUG_MAX_BYTES: the rest is left out */
	DIAG_COMMENT_BAD,
	DIAG_COMMENT_SHARED,	/* a comment's number under several bugs */
	DIAG_CHANGE_BAD,
	DIAG_FAULT,		/* the server names a bug it did not give */
	DIAG_ANSWER_EMPTY,	/* a good answer that holds nothing to keep */
	DIAG_BUG_GONE,		/* the server shows it no longer */
	DIAG_BUG_FAILED,	/* asked for alone, and did not come */
	/* classify */
	DIAG_TAG_UNKNOWN,	/* kept under its own name */
	DIAG_TAG_REPAIRED,	/* misspelt, and meant well enough */
	DIAG_DATE_UNREADABLE,	/* Next update or close on, no date */
	DIAG_OWNER_UNKNOWN,	/* the prefix stands in no owner's names */
	DIAG_CLOSE_GUESSED,	/* closing time from the last comment */
	DIAG_HISTORY_GAP,	/* history does not lead to today's status */
	DIAG_HISTORY_MISSING,	/* the past is asked for, and it's not there */
	DIAG_PATTERN_LIMIT,	/* a pattern hit its match limit */
	DIAG_REPORT_CUT,	/* an incident report over a limit of reading */
	DIAG_SEARCH_LIMIT,	/* the same of what the user searches for */
	DIAG_OVERRIDE_STALE,	/* a decision older than its bug */
	DIAG_OVERRIDE_UNKNOWN,	/* a decision on no bug of the store */
	/* output */
	DIAG_BLOCK_UNSUPPORTED,	/* the format has no such block */
	DIAG_CODE__MAX
};

/* One finding.  All pointers are the reporter's and die with the call. */
struct diag {
	enum diag_code code;
	int64_t bug;		/* bug number, 0 when none */
	const char *where;	/* file or field, NULL when none */
	uint64_t line;		/* from 1, 0 when none */
	uint64_t column;	/* from 1, in bytes, 0 when none */
	const char *detail;	/* what was found, NULL when none */
};

/* Who wants to hear: `report` may be NULL, the counts are kept anyway. */
struct diag_sink {
	void (*report)(void *arg, const struct diag *diag);
	void *arg;
	uint64_t count[DIAG_LEVEL__MAX];
};

/* Level, stable name ("bug-bad") and one-line meaning of a code. */
enum diag_level diag_level(enum diag_code code);
const char *diag_name(enum diag_code code);
const char *diag_meaning(enum diag_code code);

/* Count `diag` and hand it on.  A NULL sink hears nothing. */
void diag_report(struct diag_sink *sink, const struct diag *diag);

#endif
