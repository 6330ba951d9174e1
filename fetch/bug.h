/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A bug with its comments and its changes, as Bugzilla told it.  Plain
 * data, handed from the readers to the store and from the store to the
 * classifier.  It must never learn what a label means.
 *
 * One struct serves two purposes: a whole bug out of the store, and a
 * *part* of one as a single answer gave it.  A part says in `have` which
 * fields it mentions, so that the store keeps what it does not.
 */
#ifndef FETCH_BUG_H
#define FETCH_BUG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

/* The text fields; bug.c has their names in REST, XML and the store. */
enum bug_text {
	BUG_PRODUCT,
	BUG_COMPONENT,
	BUG_SUMMARY,
	BUG_WHITEBOARD,
	BUG_STATUS,		/* RESOLVED, VERIFIED and CLOSED are closed */
	BUG_RESOLUTION,		/* "" while open */
	BUG_CREATOR,		/* a login, often an address */
	BUG_ASSIGNED_TO,
	BUG_PRIORITY,
	BUG_SEVERITY,
	BUG_TYPE,		/* BMO: task, defect, enhancement */
	BUG_KEYWORDS,		/* joined by ", " */
	BUG_ALIAS,
	BUG_URL,
	BUG_TEXT__MAX
};

/* The whole-number fields; unset is DATE_NONE for times, -1 else. */
enum bug_num {
	BUG_CREATED,		/* time */
	BUG_CHANGED,		/* time, last_change_time */
	BUG_LAST_RESOLVED,	/* time, BMO's cf_last_resolved */
	BUG_DUPE_OF,		/* bug number */
	BUG_COMMENT_COUNT,	/* counts private ones too: BUGZILLA 5.x none */
	BUG_NUM__MAX
};

struct comment {
	int64_t id;
	int64_t bug;		/* bug number */
	int64_t number;		/* place in the bug, 0 is the description;
				 * gaps are normal; -1 when not told */
	int64_t time;
	int64_t attachment;	/* attachment number, 0 when none */
	bool is_private;
	const char *creator;	/* never NULL */
	const char *text;	/* clean UTF-8, never NULL */
	size_t text_len;
};

/* One changed field.  Bugzilla splits values over 255 characters into
 * several changes of one moment; they are kept as they came. */
struct change {
	int64_t time;
	const char *who;
	const char *field;	/* the API's name: status, whiteboard ... */
	const char *removed;
	const char *added;
};

/* Bits of `have` beside the fields' own. */
#define BUG_HAVE_TEXT(field)	(UINT32_C(1) << (field))
#define BUG_HAVE_NUM(field)	(UINT32_C(1) << (BUG_TEXT__MAX + (field)))
#define BUG_HAVE_COMMENTS	(UINT32_C(1) << 30) /* some comments told */
#define BUG_HAVE_HISTORY	(UINT32_C(1) << 31) /* all changes told; of a
						     * part: of its time */

struct bug {
	int64_t id;		/* > 0 */
	uint32_t have;
	const char *text[BUG_TEXT__MAX];	/* clean UTF-8, never NULL */
	int64_t num[BUG_NUM__MAX];
	struct comment *comments;	/* by number, then id */
	size_t comment_len;
	struct change *changes;		/* by time, then as told */
	size_t change_len;
	bool cut;		/* too large: some of what the store holds is
				 * left out */
	int64_t last_comment;	/* time of the newest comment stored, else
				 * DATE_NONE; the store fills it */
	int64_t gone;		/* time since when the server shows it no
				 * longer, else DATE_NONE; the store fills it */
	struct arena arena;	/* all of the above stands in it */
	size_t comment_cap;
	size_t change_cap;
};

/* Give a shell its empty state (every text "", every number unset).
 * `ceiling` bounds the bytes of one bug. */
void bug_init(struct bug *bug, size_t ceiling);
/* Empty it for the next one, keeping the memory. */
void bug_clear(struct bug *bug);
void bug_release(struct bug *bug);

/* Set a field, copying into the bug's arena, and mark it in `have`.
 * false: no memory or ceiling. */
bool bug_set_text(struct bug *bug, enum bug_text field, const char *data,
    size_t len);
void bug_set_num(struct bug *bug, enum bug_num field, int64_t value);
/* A new comment or change at the end, zeroed and with "" for its texts;
 * NULL on no memory or ceiling.  Good until the next call. */
struct comment *bug_add_comment(struct bug *bug);
struct change *bug_add_change(struct bug *bug);

/* True when the status is one of a closed bug. */
bool bug_status_closed(const char *status);

/* The names of a field: REST, XML export, and column in the store.  NULL
 * where that form has none. */
struct bug_names {
	const char *rest;
	const char *xml;
	const char *column;
};
const struct bug_names *bug_text_names(enum bug_text field);
const struct bug_names *bug_num_names(enum bug_num field);
/* True when the number is a time. */
bool bug_num_is_time(enum bug_num field);

/* Limits */
enum {
	/* Bytes of one bug with all that belongs to it.  The largest real
	 * one has 400 comments; 65,535 characters of four bytes each, 100
	 * times, is still under it. */
	BUG_MAX_BYTES = 32 << 20
};

#endif
