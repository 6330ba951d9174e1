/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A scheduled run of a plan.
 *
 *	cmd_refresh.c	the plan, what it needs, the order of things
 *	refresh_make.c	sources: fetched, their reports made and written
 *	refresh_pages.c	wiki pages, each with one edit
 *	refresh_say.c	what is said of it, the exit status, and what is kept
 *	refresh_once.c	findings that several reports come by
 */
#ifndef CMD_REFRESH_H
#define CMD_REFRESH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/err.h"
#include "cmd/plan.h"
#include "cmd/product.h"
#include "cmd/secret.h"
#include "cmd/settings.h"

struct session;
struct wiki_session;

struct refresh_report {
	const struct plan_part *part;
	struct product product;
	bool made;		/* it is there */
	bool partial;		/* and something is left out of it */
	bool shared;		/* its failure is the source's, and was told */
	struct err err;		/* ERR_NONE: it is good */
};

struct refresh_source {
	const struct plan_part *part;
	struct secret key;
	bool partial;		/* some bugs did not come */
	struct err err;		/* of the fetch; ERR_NONE: it is good */
};

struct refresh_wiki {
	const struct plan_part *part;
	struct wiki_session *session;
	struct err err;		/* there is no way to it; ERR_NONE: there is */
};

struct refresh {
	struct session *session;
	struct plan plan;
	struct settings base;	/* the session's, before a source has its
				 * say in them */
	bool dry;
	/* As the plan has them. */
	struct refresh_report *reports;
	struct refresh_source *sources;
	struct refresh_wiki *wikis;
	size_t report_len, source_len, wiki_len;
	size_t files, pages_changed, pages_same;
	/* Findings that were said, by a hash; 0: none. */
	struct diag_sink sink;		/* who says them */
	uint64_t *said;
	size_t said_len;
};

/* From now on the session says a finding once, however many reports come by
 * it. */
void refresh_listen(struct refresh *refresh);

/* The session works on that source: its store, its Bugzilla.  A store that
 * is open is closed. */
const struct err *refresh_turn(struct refresh *refresh,
    const struct refresh_source *source);

/* Fetch the source, make its reports and write their files.  What fails is
 * told and kept in them; an error is one of the machine, which ends all. */
const struct err *refresh_make(struct refresh *refresh,
    struct refresh_source *source);

/* Publish what was made for pages; the rest as refresh_make. */
const struct err *refresh_pages(struct refresh *refresh);

/* A report failed: keep why, and say so. */
void refresh_fail(struct refresh_report *report, const struct err *err);

/* Keep what became of each report in the store of its source. */
void refresh_keep(struct refresh *refresh);

/* The last line: what `fmt` says of the run, as far as there is room. */
const struct err *refresh_last(const struct refresh *refresh,
    enum err_kind kind, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* The same of what ends all; where there is no room, it was told before. */
const struct err *refresh_stop(const struct refresh *refresh,
    const struct err *err);
/* The run is over: say what came of it; an error has the exit status. */
const struct err *refresh_end(const struct refresh *refresh);

/* Limits */
enum {
	REFRESH_MAX_LAST = 119,	/* bytes of the last line, fit for the subject
				 * of a mail */
	REFRESH_MAX_SAID = 1 << 14,	/* findings, a power of two; more are
					 * said as often as they come */
	REFRESH_MAX_NAME = 32	/* bytes in it of the plan's name */
};

#endif
