/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/near.h"
#include "classify/clock.h"
#include "classify/tally.h"
#include "cmd/session.h"
#include "cmd/session_report.h"
#include "fetch/bug.h"

struct watching {
	struct session *session;
	struct dashboard dashboard;
	struct report report;
	struct tally tally;	/* for what is left out, and the balance */
	struct selection selection;
	const struct tax_scheme *by;	/* NULL: one table */
};

/* Is the bug, as far as its history tells, open at `now`? */
static bool
is_open(const struct verdict *verdict, int64_t now)
{
	const struct life *life = &verdict->life;
	size_t i;

	for (i = 0; i < life->len; i++)
		if (life->periods[i].from <= now &&
		    now < life->periods[i].until)
			return true;
	return false;
}

static const struct err *
add(struct session *session, struct watching *watching,
    struct store_walk *walk, const struct bug *bug,
    struct verdict *verdict)
{
	int64_t now = session_clock(session);
	const struct report_text *text;
	const struct err *err;
	struct clocks clocks;
	struct bug then;

	err = session_comments(session, walk, bug);
	if (err != NULL)
		return err;
	/* What was written later nobody knew by then. */
	then = *bug;
	while (then.comment_len > 0 &&
	    then.comments[then.comment_len - 1].time > now)
		then.comment_len--;
	err = session_report_text(session, walk, &then, &text);
	if (err != NULL)
		return err;
	err = clocks_read(&clocks, &then, verdict, text, session->taxonomy,
	    now);
	if (err == NULL) {
		build_dashboard_add(&watching->report, &watching->dashboard,
		    bug, verdict, &clocks);
		err = report_error(&watching->report);
	}
	clocks_release(&clocks);
	return err;
}

static const struct err *
look(void *arg, struct store_walk *walk, const struct bug *bug,
    struct verdict *verdict)
{
	struct watching *watching = arg;
	struct session *session = watching->session;
	const struct err *err;
	enum select_fate fate;

	/* Those that are closed are neither counted nor left out. */
	if (!is_open(verdict, session_clock(session)))
		return NULL;
	err = session_fate(session, walk, &watching->selection, bug, verdict,
	    &fate);
	if (err == NULL)
		err = tally_add(&watching->tally, bug, verdict, fate);
	if (err == NULL && fate == SELECT_IN)
		err = add(session, watching, walk, bug, verdict);
	return err;
}

static const struct err *
watch(struct session *session, struct watching *watching)
{
	struct build_source source;
	const struct err *err;

	tally_init(&watching->tally, session->taxonomy,
	    watching->by != NULL ? watching->by :
	    &session->taxonomy->schemes[0]);
	if (watching->by != NULL) {
		judge_want(&session->judge, watching->by);
		watching->dashboard.by = &watching->tally;
	}
	report_init(&watching->report, "Open CA incidents",
	    session->settings.value[SET_URL]);
	if (session_for_programs(session))
		session_want_causes(session);
	build_dashboard_begin(&watching->report, &watching->dashboard);
	watching->session = session;
	err = session_visit(session, &watching->selection, look, watching);
	if (err == NULL)
		err = tally_finish(&watching->tally);
	if (err == NULL) {
		session_source(session, &source);
		build_dashboard_end(&watching->report, &watching->dashboard,
		    &watching->selection, watching->tally.left_out, &source);
		err = session_output(session, &watching->report,
		    "text|markdown|mediawiki|html|csv|json|jsonl");
	}
	report_release(&watching->report);
	tally_release(&watching->tally);
	return err;
}

static const struct err *
unknown_column(const char *name, int len)
{
	const char *names[DASHBOARD_COLUMNS], *near;
	char word[NEAR_MAX_WORD + 1];
	size_t i;

	if (len == 0)
		return err_new(ERR_USAGE, "dashboard: --columns: a name is "
		    "missing: join names of columns by single commas");
	for (i = 0; i < DASHBOARD_COLUMNS; i++)
		names[i] = dashboard_column_name(i);
	(void)snprintf(word, sizeof(word), "%.*s", len, name);
	near = near_best(word, names, DASHBOARD_COLUMNS);
	return err_new(ERR_USAGE, "dashboard: --columns: %.*s: no such "
	    "column: %s%s", len, name, near != NULL ? "did you mean " :
	    "see cabrief(1)", near != NULL ? near : "");
}

/* The names that --columns joins by commas. */
static const struct err *
read_columns(const char *list, struct dashboard *dashboard)
{
	const char *end;
	size_t column, i;

	for (; list != NULL; list = *end != '\0' ? end + 1 : NULL) {
		end = list + strcspn(list, ",");
		if (!dashboard_column_by_name(list, (size_t)(end - list),
		    &column))
			return unknown_column(list, (int)(end - list));
		for (i = 0; i < dashboard->column_len; i++)
			if (dashboard->columns[i] == column)
				return err_new(ERR_USAGE, "dashboard: "
				    "--columns: %s: named twice: name it once",
				    dashboard_column_name(column));
		dashboard->columns[dashboard->column_len++] = column;
	}
	return NULL;
}

const struct err *
cmd_dashboard(struct session *session)
{
	const char *only = option_last(&session->options, OPT_ONLY);
	struct watching watching;
	const struct err *err;

	memset(&watching, 0, sizeof(watching));
	watching.dashboard.now = session_clock(session);
	if (only != NULL)
		(void)dashboard_only_by_name(only, &watching.dashboard.only);
	err = read_columns(option_last(&session->options, OPT_COLUMNS),
	    &watching.dashboard);
	if (err == NULL)
		err = session_taxonomy(session);
	if (err == NULL)
		err = session_by(session, &watching.by);
	if (err == NULL)
		err = session_select(session, &watching.selection);
	if (err == NULL)
		err = session_store(session, STORE_CACHE);
	watching.dashboard.taxonomy = session->taxonomy;
	if (err == NULL)
		err = watch(session, &watching);
	session_select_release(&watching.selection);
	return err;
}
