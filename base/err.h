/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Error values.  A function that can fail returns `const struct err *`,
 * NULL meaning success; results come through pointers.  The values live in
 * a ring of static slots, so that reporting an error needs no memory: a
 * value stays good until ERR_RING further errors have been made, and
 * nobody frees it.
 *
 * Only cmd/ prints errors and exits.  Wrong *input* that work can go on
 * after is no error but a diagnostic: see base/diag.h.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stddef.h>

/*
 * The causes.  Their numbers are the exit statuses of cabrief(1), EXIT
 * STATUS; base/err.c, the manual and the tests keep the same list.
 */
enum err_kind {
	ERR_NONE = 0,
	ERR_CHECK = 1,		/* done, and a check said no */
	ERR_USAGE = 2,		/* the command line */
	ERR_CONFIG = 3,		/* settings, secrets, taxonomy, input file */
	ERR_NETWORK = 4,	/* nothing was changed */
	ERR_SERVER = 5,		/* refused, or answered nonsense */
	ERR_PARTIAL = 6,	/* some bugs failed, the rest is stored */
	ERR_DATA = 7,		/* the data contradicts itself */
	ERR_LOCK = 8,		/* lock held, or conflict on the wiki */
	ERR_SYSTEM = 9,		/* memory, disk, permission */
	ERR__MAX
};

/* An error: its cause, and one line "WHERE: WHAT: WHY: WHAT TO DO". */
struct err {
	enum err_kind kind;
	char text[1024];
};

/*
 * A new error of that kind.  The text may hold bytes from outside: line
 * ends and other control characters are shown as spaces, bad UTF-8 as
 * U+FFFD, and what passes the slot's size is cut at a whole character.
 */
const struct err *err_new(enum err_kind kind, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The same, with ": " and the words for errno number `number` behind, and
 * what to do where there is something. */
const struct err *err_sys(enum err_kind kind, int number,
    const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* `err` with "PREFIX: " put before its text; same kind. NULL stays NULL. */
const struct err *err_at(const struct err *err, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Memory has run out: a constant, so it can't fail itself. ERR_SYSTEM. */
const struct err *err_memory(void);

/* Limits */
enum {
	ERR_RING = 16	/* errors alive at once; a chain never holds so many */
};

#endif
