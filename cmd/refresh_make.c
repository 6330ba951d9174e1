/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "cmd/refresh.h"

#include <inttypes.h>
#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "cmd/fetching.h"
#include "cmd/session.h"

static void
close_store(struct session *session)
{
	store_close(session->store);
	session->store = NULL;
	memset(&session->held, 0, sizeof(session->held));
}

const struct err *
refresh_turn(struct refresh *refresh, const struct refresh_source *source)
{
	struct session *session = refresh->session;
	const char *url = source->part->text[PLAN_URL];
	const char *db = source->part->text[PLAN_DB];
	const struct err *err;

	close_store(session);
	settings_release(&session->settings);
	err = settings_copy(&session->settings, &refresh->base);
	if (err == NULL && url != NULL)
		err = settings_put(&session->settings, SET_URL, url,
		    refresh->plan.path);
	if (err == NULL && db != NULL)
		err = settings_put(&session->settings, SET_DB, db,
		    refresh->plan.path);
	return err;
}

/* "fetch", or "fetch NAME" where the source has one. */
#define FETCH_OF(source) (source)->part->name[0] != '\0' ? " " : "", \
    (source)->part->name

/* How old what is there is, since nothing newer came. */
static void
say_age(const struct refresh *refresh, const struct refresh_source *source,
    size_t reports)
{
	const struct session *session = refresh->session;
	struct store_status status = { .last_run = DATE_NONE };
	char time[DATE_SIZE];
	int64_t hours;

	/* Then the error has told what is with it. */
	if (session->store == NULL ||
	    store_status(session->store, &status) != NULL)
		return;
	if (status.last_run == DATE_NONE) {
		session_complain(err_new(source->err.kind, "refresh: "
		    "fetch%s%s: nothing is made of it: there is no data yet "
		    "that a run has finished", FETCH_OF(source)));
		return;
	}
	hours = (session->now - status.last_run) / 3600;
	session_complain(err_new(source->err.kind, "refresh: fetch%s%s: %zu "
	    "report%s stay%s as %s: the data is of %s, %" PRId64 " hour%s "
	    "ago", FETCH_OF(source), reports, reports == 1 ? "" : "s",
	    reports == 1 ? "s" : "", reports == 1 ? "it is" : "they are",
	    date_format_time(status.last_run, time), hours,
	    hours == 1 ? "" : "s"));
}

/* None of the source's reports is made. */
static void
fail_all(struct refresh *refresh, struct refresh_source *source,
    const struct err *err)
{
	struct refresh_report *report;
	size_t i, count = 0;

	source->err = *err_at(err, "fetch%s%s", FETCH_OF(source));
	for (i = 0; i < refresh->report_len; i++) {
		report = &refresh->reports[i];
		if (report->part->source != source->part)
			continue;
		report->err = source->err;
		report->shared = true;
		count++;
	}
	session_complain(err_at(&source->err, "refresh"));
	say_age(refresh, source, count);
}

static const struct err *
fetch(struct refresh *refresh, struct refresh_source *source)
{
	struct session *session = refresh->session;
	const struct plan_part *part = source->part;
	const uint64_t before = session->diags.count[DIAG_BAD];
	const struct err *err;
	struct fetching what;

	fetching_init(&what);
	if (part->text[PLAN_PRODUCT] != NULL)
		what.product = part->text[PLAN_PRODUCT];
	if (part->list_len > 0) {
		what.components = part->list;
		what.component_len = part->list_len;
	}
	what.jobs = (unsigned)part->number[PLAN_JOBS];
	what.seconds = (unsigned)part->number[PLAN_TIMEOUT];
	what.retries = (unsigned)part->number[PLAN_RETRIES];
	what.key = source->key.text;
	err = fetching_run(session, &what);
	source->partial = session->diags.count[DIAG_BAD] > before;
	if (err != NULL && err->kind == ERR_PARTIAL) {
		session_complain(err_at(err, "refresh: fetch%s%s",
		    FETCH_OF(source)));
		source->partial = true;
		err = NULL;
	}
	return err;
}

static const struct err *
check_size(const struct refresh_report *report)
{
	const int64_t most = report->part->number[PLAN_MAX_BYTES];

	if (report->product.text.len <= (size_t)most)
		return NULL;
	return err_new(ERR_DATA, "has %zu bytes: max-bytes is %" PRId64
	    ": narrow the report, or raise it", report->product.text.len,
	    most);
}

static const struct err *
make_report(struct refresh *refresh, struct refresh_report *report)
{
	const struct plan_part *part = report->part;
	const char *path = part->text[PLAN_OUTPUT];
	struct product *product = &report->product;
	const struct err *err;

	err = product_make(refresh->session, part->text[PLAN_COMMAND],
	    part->text[PLAN_FORMAT], product);
	if (err == NULL)
		err = check_size(report);
	if (err == NULL && path != NULL && !refresh->dry) {
		err = file_replace(path, buf_text(&product->text),
		    product->text.len);
		refresh->files += err == NULL;
	}
	report->partial = product->left_out > 0;
	report->made = err == NULL;
	/* What no page waits for is in the way of the others. */
	if (err != NULL || part->wiki == NULL)
		product_release(product);
	return err;
}

const struct err *
refresh_make(struct refresh *refresh, struct refresh_source *source)
{
	struct refresh_report *report;
	const struct err *err;
	size_t i;

	err = refresh_turn(refresh, source);
	if (err != NULL)
		return err;
	if (source->part->number[PLAN_FETCH] != 0 && !refresh->dry) {
		err = fetch(refresh, source);
		if (err != NULL) {
			fail_all(refresh, source, err);
			return NULL;
		}
		/* Reports keep what they find out in a store that is open
		 * for just that. */
		close_store(refresh->session);
	}
	for (i = 0; i < refresh->report_len; i++) {
		report = &refresh->reports[i];
		if (report->part->source != source->part)
			continue;
		err = make_report(refresh, report);
		if (err != NULL)
			refresh_fail(report, err);
		report->partial = report->partial || source->partial;
	}
	return NULL;
}
