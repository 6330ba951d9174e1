/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The plan of a scheduled run, read and checked whole before anything is
 * done.  It is an INI file of sources, wikis and reports; cabrief(1), PLANS,
 * explains every key.
 *
 *	plan.c		lines and sections
 *	plan_keys.c	the keys, and what their values may be
 *	plan_rules.c	what must go together
 *	plan_check.c	the system and the reports: secrets, folders, commands
 *
 * The first three are pure: text in, plan and findings out.
 *
 * The lines are not read by inih, which reads the settings: it parts a line
 * of more than 197 bytes in two and cuts the name of a section after 49,
 * both without a word, takes blank and ';' for the end of some lines of a
 * value and not of others, and names one faulty line of many.
 */
#ifndef CMD_PLAN_H
#define CMD_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

struct err;
struct session;

enum plan_kind {
	PLAN_SOURCE,
	PLAN_WIKI,
	PLAN_REPORT,
	PLAN_KIND__MAX
};

enum plan_key {
	/* of a source */
	PLAN_URL,
	PLAN_PRODUCT,
	PLAN_COMPONENT,
	PLAN_KEY_FILE,
	PLAN_KEY_COMMAND,
	PLAN_KEY_CREDENTIAL,
	PLAN_DB,
	PLAN_FETCH,		/* number 0, 1 */
	PLAN_JOBS,		/* number, as the next two */
	PLAN_TIMEOUT,
	PLAN_RETRIES,
	/* of a wiki */
	PLAN_API,
	PLAN_USER,
	PLAN_PASSWORD_FILE,
	PLAN_PASSWORD_COMMAND,
	PLAN_PASSWORD_CREDENTIAL,
	PLAN_ASSERT,
	PLAN_STOP_PAGE,
	/* of a report */
	PLAN_COMMAND,
	PLAN_FORMAT,		/* never NULL in a good plan */
	PLAN_OUTPUT,
	PLAN_PAGE,
	PLAN_BLOCK,
	PLAN_MAX_CHANGE,	/* number: percent, or PUBLISH_USUAL */
	PLAN_MAX_BYTES,		/* number */
	PLAN_FROM_SOURCE,
	PLAN_TO_WIKI,
	PLAN_MINOR,		/* number 0, 1 */
	PLAN_KEY__MAX
};

/* A section. */
struct plan_part {
	enum plan_kind kind;
	const char *name;	/* "": of the source or wiki that is taken
				 * where none is named */
	size_t line;		/* 0: not in the file, settings say it all */
	const char *text[PLAN_KEY__MAX];	/* NULL: not said */
	size_t at[PLAN_KEY__MAX];	/* the line of each */
	int64_t number[PLAN_KEY__MAX];	/* also of what was not said */
	bool unsure;		/* a line of it names no key: what seems to be
				 * missing may be what that says */
	const char **list;	/* PLAN_COMPONENT's */
	size_t list_len;
	/* Of a report: where it is made from, and the wiki it is written to,
	 * NULL without a page. */
	const struct plan_part *source, *wiki;
};

/* What is wrong. */
struct plan_finding {
	size_t line;		/* 0: the plan as such */
	const char *text;	/* "WHAT: WHY: WHAT TO DO" */
};

struct plan {
	const char *path;
	const char *name;	/* of the file, without folder and suffix */
	struct plan_part *parts[PLAN_KIND__MAX];	/* as in the file */
	size_t len[PLAN_KIND__MAX];
	bool unsure;		/* a section was not taken, and may be what
				 * seems to be missing */
	/* In order of lines, once plan_read or plan_check is done. */
	struct plan_finding *findings;
	size_t finding_len;
	size_t more;		/* findings beyond PLAN_MAX_FINDINGS */
	struct arena arena;
};

/*
 * Read a plan; `path` names it and outlives it.  What is wrong with it is a
 * finding, and a plan with findings is good for nothing but to be told.
 * ERR_SYSTEM.  Release also after an error.
 */
const struct err *plan_read(struct plan *plan, const char *path,
    const char *text, size_t len);
void plan_release(struct plan *plan);

/*
 * Check what the plan needs of the system, as far as it could be read: files of
 * secrets, folders to write to, and that each report could be made.  Commands
 * that print secrets are not run, and a credential of systemd may be missing
 * where it has given none.  Touches neither network nor store.  ERR_SYSTEM,
 * and what the taxonomy and the settings have wrong.
 */
const struct err *plan_check(struct plan *plan, struct session *session);

/* Add a finding to those of the plan. */
const struct err *plan_find(struct plan *plan, size_t line,
    const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* What a key is called in the file. */
const char *plan_key_name(enum plan_key key);

/* Limits */
enum {
	PLAN_MAX_FILE = 256 << 10,	/* bytes */
	PLAN_MAX_LINE = 4096,
	PLAN_MAX_VALUE = 16 << 10,	/* of several lines */
	PLAN_MAX_NAME = 64,
	PLAN_MAX_SOURCES = 20,
	PLAN_MAX_WIKIS = 20,
	PLAN_MAX_REPORTS = 200,
	PLAN_MAX_COMPONENTS = 50,
	PLAN_MAX_FINDINGS = 100,
	PLAN_MAX_BYTES_FILE = 1 << 30,	/* as the program has it */
	PLAN_BYTES_PAGE = 1 << 20,	/* half of what a wiki takes */
	PLAN_MAX_MEMORY = 16 << 20
};

#endif
