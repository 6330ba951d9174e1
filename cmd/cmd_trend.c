/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "classify/clock.h"
#include "classify/placing.h"
#include "classify/tally.h"
#include "classify/trend.h"
#include "cmd/session.h"
#include "cmd/session_report.h"
#include "fetch/bug.h"

/* What figures are broken down by. */
enum axis {
	BY_SCHEME,
	BY_OWNER,
	BY_FORM
};

struct trending {
	struct session *session;
	struct trend trend;
	struct tally tally;	/* for what is left out, and the balance */
	const struct tax_scheme *scheme;
	enum axis axis;
	enum chart_kind chart;
	bool charted;
	struct selection selection;
};

static const struct err *
read_axis(struct session *session, struct trending *trending)
{
	const char *by = option_last(&session->options, OPT_BY);
	const struct err *err;

	err = session_scheme(session, &trending->scheme);
	if (err != NULL || by == NULL)
		return err;
	if (option_given(&session->options, OPT_SCHEME))
		return err_new(ERR_USAGE, "trend: --scheme and --by both say "
		    "what the rows are: give one of them");
	if (strcmp(by, "owner") == 0)
		trending->axis = BY_OWNER;
	else if (strcmp(by, "form") == 0)
		trending->axis = BY_FORM;
	else
		return err_new(ERR_USAGE, "trend: --by %s: unknown: give owner "
		    "or form, or a --scheme", by);
	return NULL;
}

/* The rows that are known before any bug. */
static const struct err *
make_rows(struct trending *trending)
{
	const struct taxonomy *taxonomy = trending->session->taxonomy;
	const struct err *err = NULL;
	size_t i, index;

	if (trending->axis == BY_SCHEME)
		for (i = 0; i < trending->scheme->row_len && err == NULL;
		    i++)
			err = trend_row(&trending->trend,
			    trending->scheme->rows[i].id,
			    trending->scheme->rows[i].title, &index);
	else if (trending->axis == BY_FORM)
		for (i = 0; i < TAX_FORM__MAX && err == NULL; i++)
			err = trend_row(&trending->trend,
			    taxonomy->forms[i].id, taxonomy->forms[i].title,
			    &index);
	return err;
}

/* The rows of a bug; tags that the taxonomy lacks have their own where the
 * scheme is open. */
static const struct err *
place(struct trending *trending, const struct verdict *verdict,
    const struct digest *digest, const char *owner, struct placing *out)
{
	const struct tax_scheme *scheme = trending->scheme;
	const struct err *err = NULL;
	size_t i, index;

	memset(out, 0, sizeof(*out));
	if (trending->axis == BY_FORM) {
		placing_add(out, (size_t)digest->form);
		return NULL;
	}
	if (trending->axis == BY_OWNER) {
		err = trend_row(&trending->trend, owner, owner, &index);
		placing_add(out, index);
		return err;
	}
	placing_read(scheme, verdict, out);
	for (i = 0; i < verdict->label_len && scheme->open && err == NULL;
	    i++)
		if (verdict->labels[i].category == SIZE_MAX) {
			err = trend_row(&trending->trend,
			    verdict->labels[i].name, verdict->labels[i].name,
			    &index);
			placing_add(out, index);
		}
	return err;
}

/* The owner's name then; for an unknown one what the summary calls it, in
 * the trend's arena. */
static const struct err *
name_owner(struct trending *trending, const struct bug *bug,
    const struct verdict *verdict, const char **out)
{
	const struct taxonomy *taxonomy = trending->session->taxonomy;
	const char *name;
	size_t len;

	name = owner_called(taxonomy, &verdict->owner,
	    bug->text[BUG_SUMMARY], &len);
	*out = name == NULL ? owner_name_then(taxonomy, SIZE_MAX) :
	    arena_copy(&trending->trend.arena, name, len);
	return *out != NULL ? NULL : err_memory();
}

static const struct err *
add(void *arg, struct store_walk *walk, const struct bug *bug,
    struct verdict *verdict)
{
	struct trending *trending = arg;
	struct session *session = trending->session;
	const struct err *err;
	struct trend_bug item;
	struct placing placing;
	struct digest digest;
	enum select_fate fate;

	err = session_fate(session, walk, &trending->selection, bug, verdict,
	    &fate);
	if (err == NULL && verdict->life.periods[0].from != DATE_NONE)
		trend_cover(&trending->trend,
		    date_day(verdict->life.periods[0].from));
	/* When it was filed, nobody knows: it is in no period. */
	if (err == NULL && fate == SELECT_IN &&
	    verdict->life.periods[0].from == DATE_NONE)
		fate = SELECT_UNDATED;
	if (err == NULL)
		err = tally_add(&trending->tally, bug, verdict, fate);
	if (err != NULL || fate != SELECT_IN)
		return err;
	err = session_digest(session, walk, bug, verdict, &digest);
	memset(&item, 0, sizeof(item));
	if (err == NULL)
		err = name_owner(trending, bug, verdict, &item.owner);
	if (err == NULL)
		err = place(trending, verdict, &digest, item.owner,
		    &placing);
	if (err != NULL)
		return err;
	item.id = bug->id;
	item.filed = bug->num[BUG_CREATED];
	item.reported = digest.first_report;
	item.life = &verdict->life;
	item.rows = placing.rows;
	item.row_len = placing.len;
	return trend_add(&trending->trend, &item);
}

static const struct err *
report_trend(struct trending *trending)
{
	static const char *const headings[] = {
		[BY_OWNER] = "Owner", [BY_FORM] = "Form of the first comment"
	};
	static const char *const names[] = {
		[BY_OWNER] = "owner", [BY_FORM] = "form"
	};
	struct session *session = trending->session;
	bool scheme = trending->axis == BY_SCHEME;
	struct build_source source;
	struct build_trend from;
	struct report report;
	const struct err *err;

	report_init(&report, "Trends of CA Incidents",
	    session->settings.value[SET_URL]);
	from.trend = &trending->trend;
	from.chart = trending->charted ? &trending->chart : NULL;
	from.selection = &trending->selection;
	from.by = scheme ? trending->scheme->id : names[trending->axis];
	from.heading = scheme ? trending->scheme->heading :
	    headings[trending->axis];
	session_source(session, &source);
	build_trend(&report, &from, trending->tally.left_out, &source);
	err = session_output(session, &report,
	    "text|markdown|mediawiki|html|csv|json|svg");
	report_release(&report);
	return err;
}

static const struct err *
set_period(const struct session *session, struct trending *trending)
{
	const char *per = option_last(&session->options, OPT_PER);
	struct trend *trend = &trending->trend;

	trend->now = session_clock(session);
	trend->per = TREND_QUARTER;
	if (per != NULL)
		(void)trend_per_by_name(per, &trend->per);
	/* That one owner has many incidents is seen in its row. */
	trend->repeats = trending->axis == BY_SCHEME;
	trend->residual = trending->scheme->residual;
	trend->window = trending->selection.window;
	if (!trending->selection.windowed || trend->window.from == DATE_NONE)
		return err_new(ERR_USAGE, "trend: without a beginning there "
		    "are no periods: give --from");
	if (trend->window.to == INT64_MAX)
		trend->window.to = date_day(session_clock(session));
	if (trend->window.to < trend->window.from)
		return err_new(ERR_USAGE, "trend: --from is after today: give "
		    "an earlier one, or --to");
	/* Older ones are in the backlog, and come back. */
	trending->selection.windowed = false;
	return trend_begin(trend);
}

static const struct err *
draw(struct trending *trending)
{
	struct session *session = trending->session;
	const struct err *err;

	tally_init(&trending->tally, session->taxonomy, trending->scheme);
	if (trending->axis == BY_SCHEME)
		judge_want(&session->judge, trending->scheme);
	err = make_rows(trending);
	if (err == NULL)
		err = session_visit(session, &trending->selection, add,
		    trending);
	if (err == NULL)
		err = tally_finish(&trending->tally);
	if (err == NULL)
		err = trend_finish(&trending->trend);
	if (err == NULL)
		err = report_trend(trending);
	tally_release(&trending->tally);
	return err;
}

const struct err *
cmd_trend(struct session *session)
{
	struct trending trending;
	const struct err *err;

	memset(&trending, 0, sizeof(trending));
	trending.session = session;
	err = session_taxonomy(session);
	if (err == NULL)
		err = read_axis(session, &trending);
	if (err == NULL)
		err = session_select(session, &trending.selection);
	if (err == NULL)
		err = session_chart(session, "line|stack|bar",
		    &trending.chart, &trending.charted);
	if (err == NULL)
		err = set_period(session, &trending);
	if (err == NULL)
		err = session_store(session, STORE_CACHE);
	if (err == NULL)
		err = draw(&trending);
	trend_release(&trending.trend);
	session_select_release(&trending.selection);
	return err;
}
