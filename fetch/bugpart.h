/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A part of a bug in the making: what the readers of REST answers and of
 * XML exports share.  They say which field holds which text; here it is
 * checked, kept, reported when it is bad, and handed to the sink.  It knows
 * neither JSON nor XML.  Private to fetch/; its own files are
 *
 *	bugpart.c		the bug, findings, handing over
 *	bugpart_comment.c	comments
 *	bugpart_change.c	history
 *
 * The order of calls is free where Bugzilla's answers need it: fields,
 * comments and history may come before the bug's number.  What is found is
 * therefore reported when the bug ends.
 *
 * Setters return nothing: a bad value makes its comment, change or bug bad,
 * and lack of memory is kept and returned by bugpart_end().
 */
#ifndef FETCH_BUGPART_H
#define FETCH_BUGPART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/mem.h"
#include "fetch/bug.h"

struct bugpart_note;
struct err;
struct intake_result;
struct intake_sink;

/* Limits */
enum {
	BUGPART_WHY = 256,	/* bytes of a reason */
	BUGPART_SHOWN = 80,	/* bytes of a bad value that are shown */
	/* Bytes of the findings of one bug that wait for its number; the
	 * rest is reported without it. */
	BUGPART_MAX_NOTES = 1 << 20
};

/* A field's value: clean UTF-8 that dies with the call.  NULL is null. */
struct bugpart_value {
	const char *data;
	size_t len;
	size_t repaired;	/* characters that became U+FFFD */
};

enum bugpart_comment {
	COMMENT_ID,
	COMMENT_BUG,
	COMMENT_NUMBER,
	COMMENT_TIME,		/* told twice, the first counts */
	COMMENT_ATTACHMENT,
	COMMENT_PRIVATE,	/* "1" or "0" */
	COMMENT_CREATOR,
	COMMENT_TEXT,
	COMMENT__MAX
};

/* The first two are the entry's, which groups the changes that one person
 * made at one moment. */
enum bugpart_change {
	CHANGE_WHEN,
	CHANGE_WHO,
	CHANGE_FIELD,
	CHANGE_REMOVED,
	CHANGE_ADDED,
	CHANGE__MAX
};

struct bugpart {
	/* Set by the owner before bugpart_init(). */
	const char *name;	/* what diagnostics call the source */
	const struct intake_sink *sink;
	struct intake_result *result;
	/* Where the reader stands, for diagnostics. */
	void (*place)(void *arg, uint64_t *line, uint64_t *column);
	void *place_arg;

	/* The rest is set here; readers look at `bug` and blame a `why`. */
	struct bug bug;
	size_t repaired[BUG_TEXT__MAX];
	bool comments_told;
	bool history_told;
	bool history_bad;	/* a change is missing */
	bool loose;		/* see bugpart_begin_loose() */
	bool nomem;
	char why[BUGPART_WHY];	/* why the bug is bad, "" while it's good */

	struct bugpart_comment_draft {
		struct comment comment;
		uint32_t told;		/* bits by enum bugpart_comment */
		size_t repaired[COMMENT__MAX];
		char why[BUGPART_WHY];
	} comment;
	struct bugpart_entry_draft {
		size_t first;		/* its changes begin here */
		int64_t time;		/* DATE_NONE: not told */
		const char *who;
		size_t repaired;
		char why[BUGPART_WHY];
	} entry;
	struct bugpart_change_draft {
		const char *text[CHANGE__MAX];	/* NULL: not told */
		size_t repaired;
		char why[BUGPART_WHY];
	} change;

	struct arena notes_arena;
	struct bugpart_note *notes;
	struct bugpart_note **notes_end;
};

void bugpart_init(struct bugpart *part);
void bugpart_release(struct bugpart *part);

/* Begin with a bug, forgetting the one before. */
void bugpart_begin(struct bugpart *part);
/* A comment without its bug comes: the bug is the one it names. */
void bugpart_begin_loose(struct bugpart *part);
void bugpart_id(struct bugpart *part, const struct bugpart_value *value);
void bugpart_text(struct bugpart *part, enum bug_text field,
    const struct bugpart_value *value);
/* `name` is what diagnostics call the field. */
void bugpart_num(struct bugpart *part, enum bug_num field,
    const char *name, const struct bugpart_value *value);
/*
 * Report what was found, and hand the bug over unless it is bad.  `called`
 * is how to call it when its number isn't known.  ERR_SYSTEM when memory
 * ran out since the beginning; else what the sink returned.
 */
const struct err *bugpart_end(struct bugpart *part, const char *called);

/* Comments are told, maybe none: then any number of them. */
void bugpart_comments(struct bugpart *part);
void bugpart_comment(struct bugpart *part);
void bugpart_comment_set(struct bugpart *part, enum bugpart_comment field,
    const char *name, const struct bugpart_value *value);
void bugpart_comment_end(struct bugpart *part);

/*
 * The history is told, maybe empty: then entries, each with changes.  When
 * one is bad the others are kept, but the bug then hasn't all its history
 * (no BUG_HAVE_HISTORY).
 */
void bugpart_history(struct bugpart *part);
void bugpart_entry(struct bugpart *part);
void bugpart_change(struct bugpart *part);
void bugpart_change_set(struct bugpart *part, enum bugpart_change field,
    const char *name, const struct bugpart_value *value);
void bugpart_change_end(struct bugpart *part);
void bugpart_entry_end(struct bugpart *part);

/* Make the owner of `why` bad (bug, comment, entry or change), for a reason
 * written as for printf; the first is kept. */
void bugpart_blame(char why[BUGPART_WHY], const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* For bugpart's own files: */

/* Report this when the bug's number is known, at the latest at its end. */
void bugpart_note(struct bugpart *part, enum diag_code code,
    const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* The value copied into the bug; "" for null and after a failure. */
const char *bugpart_keep(struct bugpart *part,
    const struct bugpart_value *value);
/* The history is complete: its changes by time, then as told. */
void bugpart_history_end(struct bugpart *part);
/* The bug's arena has refused something. */
void bugpart_refused(struct bugpart *part);
/* A number from `least` on; false for anything else. */
bool bugpart_number(const struct bugpart_value *value, int64_t least,
    int64_t *out);
/* How many bytes of the value a message shows. */
int bugpart_shown(const struct bugpart_value *value);

#endif
