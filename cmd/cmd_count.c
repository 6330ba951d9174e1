/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "classify/cross.h"
#include "classify/placing.h"
#include "classify/tally.h"
#include "cmd/session.h"

enum {
	TITLE_MAX = 512		/* bytes of the report's title */
};

struct counting {
	struct session *session;
	const struct tax_scheme *scheme, *by;	/* `by` NULL: not crossed */
	struct selection selection;
	struct tally tally, columns;
	enum chart_kind chart;
	bool charted;
	int *chances;		/* NULL: no estimate is wanted */
};

static const struct err *
add(void *arg, const struct bug *bug, const struct verdict *verdict,
    enum select_fate fate)
{
	struct counting *counting = arg;
	const struct err *err;

	err = tally_add(&counting->tally, bug, verdict, fate);
	if (err == NULL && counting->by != NULL)
		err = tally_add(&counting->columns, bug, verdict, fate);
	if (err != NULL || counting->chances == NULL || fate != SELECT_IN)
		return err;
	placing_chances(&counting->session->judge, counting->scheme, verdict,
	    counting->chances);
	tally_chances(&counting->tally, counting->chances);
	return NULL;
}

/* What is asked for. */
static const struct err *
read_options(struct counting *counting)
{
	struct session *session = counting->session;
	const struct err *err;

	err = session_scheme(session, &counting->scheme);
	if (err == NULL)
		err = session_by(session, &counting->by);
	if (err == NULL)
		err = session_select(session, &counting->selection);
	if (err == NULL)
		err = session_chart(session, counting->by != NULL ? "stack" :
		    "bar|pie", &counting->chart, &counting->charted);
	if (err != NULL || counting->by == NULL)
		return err;
	if (counting->by == counting->scheme)
		return err_new(ERR_USAGE, "--by: %s: is the scheme of the "
		    "rows: name another", counting->by->id);
	if (option_given(&session->options, OPT_ESTIMATE))
		return err_new(ERR_USAGE, "count: --by and --estimate: "
		    "crossed counts can't be estimated: leave one out");
	return NULL;
}

static const struct err *
begin(struct counting *counting)
{
	struct session *session = counting->session;

	tally_init(&counting->tally, session->taxonomy, counting->scheme);
	judge_want(&session->judge, counting->scheme);
	if (counting->by != NULL) {
		tally_init(&counting->columns, session->taxonomy,
		    counting->by);
		judge_want(&session->judge, counting->by);
	}
	if (!option_given(&session->options, OPT_ESTIMATE))
		return NULL;
	counting->tally.estimated = true;
	counting->chances = mem_alloc(counting->scheme->row_len,
	    sizeof(*counting->chances));
	return counting->chances != NULL ? NULL : err_memory();
}

static const struct err *
build(struct counting *counting, struct report *report)
{
	bool collapse = option_given(&counting->session->options,
	    OPT_COLLAPSE);
	const enum chart_kind *chart = counting->charted ?
	    &counting->chart : NULL;
	const struct err *err;
	struct build_source source;
	struct cross cross;

	session_source(counting->session, &source);
	err = tally_finish(&counting->tally);
	if (err != NULL)
		return err;
	if (counting->by == NULL) {
		build_count(report, &counting->tally, &counting->selection,
		    &source, collapse, chart);
		return NULL;
	}
	err = tally_finish(&counting->columns);
	if (err != NULL)
		return err;
	err = cross_make(&cross, &counting->tally, &counting->columns);
	if (err == NULL)
		build_cross(report, &cross, &counting->selection, &source,
		    collapse, chart);
	cross_release(&cross);
	return err;
}

static const struct err *
count(struct counting *counting)
{
	struct session *session = counting->session;
	const struct err *err;
	struct report report;
	char title[TITLE_MAX];

	(void)snprintf(title, sizeof(title), "%s%s%s",
	    counting->scheme->title, counting->by != NULL ? " by " : "",
	    counting->by != NULL ? counting->by->title : "");
	report_init(&report, title, session->settings.value[SET_URL]);
	err = begin(counting);
	if (err == NULL)
		err = session_walk(session, &counting->selection, add,
		    counting);
	if (err == NULL)
		err = build(counting, &report);
	if (err == NULL)
		err = session_output(session, &report,
		    "text|markdown|mediawiki|html|csv|json|svg");
	report_release(&report);
	tally_release(&counting->tally);
	if (counting->by != NULL)
		tally_release(&counting->columns);
	mem_free(counting->chances);
	return err;
}

const struct err *
cmd_count(struct session *session)
{
	const struct err *err;
	struct counting counting;

	memset(&counting, 0, sizeof(counting));
	counting.session = session;
	err = session_taxonomy(session);
	if (err == NULL)
		err = read_options(&counting);
	if (err == NULL)
		err = session_store(session, STORE_CACHE);
	if (err == NULL)
		err = count(&counting);
	session_select_release(&counting.selection);
	return err;
}
