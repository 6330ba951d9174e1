/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * What one run of the program shares: options, settings, the clock, the
 * diagnostics, and the ways to open the store, load the taxonomy and hand
 * out a report.  Only cmd/ prints; these are its printers.
 */
#ifndef CMD_SESSION_H
#define CMD_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/diag.h"
#include "classify/judge.h"
#include "classify/override.h"
#include "classify/select.h"
#include "cmd/options.h"
#include "cmd/settings.h"
#include "fetch/store.h"
#include "output/build.h"
#include "taxonomy/taxonomy.h"

struct session {
	struct options options;
	struct settings settings;
	int64_t now;		/* read once: --now, SOURCE_DATE_EPOCH, clock */
	int64_t as_of;		/* --as-of: a day; DATE_NONE: as things stand */
	struct store_past past;	/* what walks to that day came by */
	bool quiet;
	int verbose;
	struct diag_sink diags;	/* prints to standard error */
	struct store *store;
	struct store_status held;	/* what it holds, once it is open for
					 * reading */
	struct taxonomy *taxonomy;
	struct judge judge;	/* ready once the taxonomy is loaded */
	struct overrides overrides;	/* the same; empty for commands that
				 * have no --overrides */
	struct buf packed;	/* hits or votes on their way to the cache */
	struct similar *similar;	/* the store's incidents, once they
				 * were asked */
	int *votes;		/* theirs for the bug judged, by category */
	/* Of a report that is made for another session (product.h): whose
	 * store, taxonomy and clock it uses, and where session_output puts
	 * it.  NULL: it is a run of the program. */
	struct session *lender;
	struct product *product;
};

/* Settle clock, settings and verbosity from the options. */
const struct err *session_open(struct session *session);
void session_close(struct session *session);

const struct err *session_store(struct session *session,
    enum store_mode mode);
const struct err *session_taxonomy(struct session *session);
/* Make the store's folder, where that is the built-in place: a mistyped --db
 * makes none.  ERR_CONFIG when there is no place for a store. */
const struct err *session_folder(const struct session *session);

/* Are all arguments bug numbers?  Asked before anything is opened. */
const struct err *session_bug_numbers(const struct session *session);

/* The day that an option names, if it was given, into *day. */
const struct err *session_day(const struct session *session, enum opt opt,
    int64_t *day);

/* The selection that the options ask for.  session_select_release frees
 * what it allocated. */
const struct err *session_select(struct session *session,
    struct selection *out);
void session_select_release(struct selection *selection);

/* The scheme that --scheme names, else `tags`; the one that --by names, else
 * NULL. */
const struct err *session_scheme(struct session *session,
    const struct tax_scheme **out);
const struct err *session_by(struct session *session,
    const struct tax_scheme **out);

/* Judge the bug that the walk stands on.  Hits are taken from the store's
 * cache, or found and cached; comments are loaded only for that.  Causes
 * are found by the second function, which does nothing when judge_want did
 * not ask for them.  The past has nothing to do with the cache. */
const struct err *session_judge(struct session *session,
    struct store_walk *walk, const struct bug *bug, struct verdict *verdict);
const struct err *session_causes(struct session *session,
    struct store_walk *walk, const struct bug *bug, struct verdict *verdict);
/* Ask for causes, if the taxonomy knows any. */
void session_want_causes(struct session *session);

/* Is the bug that was judged selected?  Finds the causes of those that are,
 * if they are asked for, and with --cause of those left out. */
const struct err *session_fate(struct session *session,
    struct store_walk *walk, const struct selection *selection,
    const struct bug *bug, struct verdict *verdict, enum select_fate *fate);

/* Load the comments of the bug that the walk stands on, if it did not, and
 * say so when they did not fit. */
const struct err *session_comments(struct session *session,
    struct store_walk *walk, const struct bug *bug);

/* Say what is odd in comments that this run, which is over, brought. */
const struct err *session_check_comments(struct session *session);

/* store_next, which says when a bug is cut. */
const struct err *session_next(struct session *session,
    struct store_walk *walk, const struct bug **out);

/* Call `visit` for every bug in the store with its verdict; what it is to
 * the selection is session_fate's to say, but labels, and what has to be
 * loaded for a search, are the selection's.  An error ends the walk. */
const struct err *session_visit(struct session *session,
    const struct selection *selection,
    const struct err *(*visit)(void *arg, struct store_walk *walk,
    const struct bug *bug, struct verdict *verdict), void *arg);
/* Call `each` for every bug in the store with its verdict and fate, and
 * where it is selected its causes if they are asked for; an error from it
 * ends the walk. */
const struct err *session_walk(struct session *session,
    const struct selection *selection,
    const struct err *(*each)(void *arg, const struct bug *bug,
    const struct verdict *verdict, enum select_fate fate), void *arg);

/* Where the figures of the store, which is open for reading, are from; good
 * until the next walk. */
void session_source(const struct session *session,
    struct build_source *out);

/* The chart that --chart asks for: one of `kinds`, "bar|pie", the first when
 * nothing is said.  It is wanted when something is, or when the format is
 * one of pictures. */
const struct err *session_chart(const struct session *session,
    const char *kinds, enum chart_kind *out, bool *wanted);

/*
 * The past (past.c).  session_as_of takes the day that --as-of names into
 * the session; without one nothing here makes a difference.
 */
const struct err *session_as_of(struct session *session);
/* store_walk_new, but to that day. */
const struct err *session_walk_new(struct store_walk **out,
    struct session *session, unsigned with);
/* The clock: the end of that day, or now. */
int64_t session_clock(const struct session *session);
/* What walks came by, good until the next; false without --as-of. */
bool session_past(const struct session *session, struct build_past *out);
/* The same of the bug that the walk stands on: `room`, or NULL. */
const struct build_past *session_past_of(const struct session *session,
    const struct bug *bug, struct build_past *room);
/* ERR_CHECK: the bug `word` is not in the store, or was not on that day. */
const struct err *session_missing(const struct session *session,
    const char *word);
/* Say how many bugs have no history: not every format does. */
void session_say_past(const struct session *session);

/* ERR_USAGE unless the format asked for is one of `formats`: for those whose
 * report may come to nothing before session_output looks. */
const struct err *session_format(const struct session *session,
    const char *formats);
/* Write the report in the format asked for (text when none is) to where
 * --output says, or into the session's product.  `formats` is what the
 * command can do: "text|json". */
const struct err *session_output(struct session *session,
    struct report *report, const char *formats);
/* Is what goes to standard output, or else to a file, to be in colour? */
bool session_color(const struct session *session, bool to_file);
/* Is it a format for programs, which tells more than people are shown? */
bool session_for_programs(const struct session *session);
/* Bytes to standard output. */
const struct err *session_print(const char *data, size_t len);

/* One line of talk on standard error, unless --quiet. */
void session_say(const struct session *session, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* An error, on standard error: "cabrief: WHERE: ...". */
void session_complain(const struct err *err);

/* The commands; each is in cmd_NAME.c. */
const struct err *cmd_brief(struct session *session);
const struct err *cmd_count(struct session *session);
const struct err *cmd_dashboard(struct session *session);
const struct err *cmd_evaluate(struct session *session);
const struct err *cmd_explain(struct session *session);
const struct err *cmd_export(struct session *session);
const struct err *cmd_fetch(struct session *session);
const struct err *cmd_help(struct session *session);
const struct err *cmd_import(struct session *session);
const struct err *cmd_inclusions(struct session *session);
const struct err *cmd_lessons(struct session *session);
const struct err *cmd_list(struct session *session);
const struct err *cmd_publish(struct session *session);
const struct err *cmd_refresh(struct session *session);
const struct err *cmd_show(struct session *session);
const struct err *cmd_similar(struct session *session);
const struct err *cmd_status(struct session *session);
const struct err *cmd_taxonomy(struct session *session);
const struct err *cmd_trend(struct session *session);
/* Its parts that have a file of their own. */
const struct err *cmd_taxonomy_diff(struct session *session);
const struct err *cmd_taxonomy_fit(struct session *session);

#endif
