/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/bugzilla_private.h"

#include "base/date.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/mem.h"
#include "fetch/bug.h"
#include "fetch/http.h"
#include "fetch/store.h"

static const char hidden[] = "it is hidden";

const struct err *
bugzilla_page_begin(struct bugzilla *run, const struct asked *asked)
{
	const struct err *err;

	err = bugzilla_write_path(run, asked);
	if (err == NULL)
		err = store_page_begin(run->store, buf_text(&run->path));
	return err;
}

const struct err *
bugzilla_page_end(struct bugzilla *run, enum intake_kind kind,
    const struct err *err)
{
	if (err == NULL)
		return store_page_commit(run->store, intake_kind_name(kind));
	store_page_rollback(run->store);
	return err;
}

static void
bugzilla_report(const struct bugzilla *run, enum diag_code code, int64_t bug,
    const char *detail)
{
	const struct diag diag = {
		.code = code, .bug = bug, .where = run->config->url,
		.detail = detail
	};

	diag_report(run->config->diags, &diag);
}

/* What is crossed off of a bug that came. */
static unsigned
what_came(const struct bugzilla *run, const struct asked *asked,
    const struct seen *seen)
{
	if (asked->what == ASK_ALL && !run->by_search)
		return (seen->have & BUG_HAVE_COMMENTS) == 0 ?
		    STORE_WANT_FIELDS : STORE_WANT_ALL;
	return ask_row(asked->what)->wants;
}

/*
 * The bugs that a search left out.  It does so with those that it does not
 * show, and, since it may clamp, with those behind the last one that it
 * grants: these are asked for again.  *behind is where they begin, and
 * untouched when there are none.
 */
static const struct err *
note_missing(struct bugzilla *run, const struct asked *asked, size_t *behind)
{
	const int64_t last = run->seen[run->seen_len - 1].id;
	const struct err *err = NULL;
	bool gone;
	size_t i;

	if (asked->what != ASK_ALL && asked->what != ASK_FIELDS)
		return NULL;
	for (i = 0; i < asked->len && err == NULL; i++) {
		if (asked->bugs[i] > last) {
			*behind = i;
			break;
		}
		if (bugzilla_seen(run, asked->bugs[i]) != NULL)
			continue;
		err = store_pass_gone(run->store, &run->pass, asked->bugs[i],
		    &gone);
		run->out->gone += gone;
		if (gone)
			bugzilla_report(run, DIAG_BUG_GONE, asked->bugs[i],
			    hidden);
	}
	return err;
}

static const struct err *
note_bugs(struct bugzilla *run, const struct asked *asked)
{
	const struct err *err = NULL;
	const struct seen *seen;
	size_t i;

	for (i = 0; i < run->seen_len && err == NULL; i++) {
		seen = &run->seen[i];
		if (seen->bad)
			err = store_pass_failed(run->store, &run->pass,
			    seen->id);
		else
			err = store_pass_had(run->store, &run->pass,
			    seen->id, what_came(run, asked, seen));
	}
	return err;
}

/* A server of the newer kind that doesn't give comments by search: ask it as
 * one of the older kind. */
static void
see_search(struct bugzilla *run, const struct asked *asked)
{
	size_t i;

	if (asked->what != ASK_ALL)
		return;
	for (i = 0; i < run->seen_len; i++)
		if (!run->seen[i].bad &&
		    (run->seen[i].have & BUG_HAVE_COMMENTS) == 0)
			run->by_search = false;
}

static const struct err *
store_bugs(struct bugzilla *run, const struct asked *asked,
    const struct http_answer *answer, size_t *behind)
{
	const struct err *err;

	store_page_whole(run->store);
	err = bugzilla_put(run, asked, answer);
	if (err == NULL)
		err = note_bugs(run, asked);
	if (err == NULL)
		err = note_missing(run, asked, behind);
	/* What tells nothing new is not worth keeping. */
	if (err == NULL && store_page_news(run->store))
		err = store_page_raw(run->store, answer->body.data,
		    answer->body.len);
	return err;
}

static const struct err *
take_bugs(struct bugzilla *run, const struct asked *asked,
    const struct http_answer *answer)
{
	const struct err *err;
	size_t behind = asked->len;

	see_search(run, asked);
	err = bugzilla_page_begin(run, asked);
	if (err != NULL)
		return err;
	err = bugzilla_page_end(run, ask_row(asked->what)->kind,
	    store_bugs(run, asked, answer, &behind));
	if (err != NULL)
		return err;
	if (asked->what == ASK_ALL || asked->what == ASK_COMMENTS)
		run->done += behind;
	if (behind < asked->len)
		err = bugzilla_ask(run, asked->what, asked->bugs + behind,
		    asked->len - behind);
	return err;
}

/* Bugs that were not listed must not be visible where they would be: they
 * are gone when the pass is settled. */
static const struct err *
take_check(struct bugzilla *run, const struct asked *asked)
{
	const int64_t witness = run->pass.reached;
	const struct seen *seen;
	const struct err *err;
	size_t i;

	if (bugzilla_seen(run, witness) == NULL)
		return bugzilla_wrong(run, asked, "bugs that were visible a "
		    "moment ago are not: try again later");
	for (i = 0; i < asked->len; i++) {
		if (asked->bugs[i] == witness)
			continue;
		seen = bugzilla_seen(run, asked->bugs[i]);
		if (seen == NULL || !seen->ours) {
			bugzilla_report(run, DIAG_BUG_GONE, asked->bugs[i],
			    seen == NULL ? hidden :
			    "it is in another component");
			continue;
		}
		err = bugzilla_settle(run, false);
		return err != NULL ? err : bugzilla_wrong(run, asked,
		    "the list of all bugs lacked bug %lld: try again later",
		    (long long)seen->id);
	}
	return NULL;
}

static bool
has_failed(const struct bugzilla *run, int64_t bug)
{
	size_t i;

	for (i = 0; i < run->failed_len; i++)
		if (run->failed[i] == bug)
			return true;
	return false;
}

/* Each half by itself, without bugs that failed otherwise by now. */
static const struct err *
halve(struct bugzilla *run, const struct asked *asked)
{
	int64_t bugs[BUGZILLA_FIELDS_PAGE];
	const struct err *err = NULL;
	size_t len = 0, half, i;

	for (i = 0; i < asked->len; i++)
		if (!has_failed(run, asked->bugs[i]))
			bugs[len++] = asked->bugs[i];
	half = len / 2;
	if (half > 0)
		err = bugzilla_ask(run, asked->what, bugs, half);
	if (err == NULL && len > 0)
		err = bugzilla_ask(run, asked->what, bugs + half, len - half);
	return err;
}

const struct err *
bugzilla_failed(struct bugzilla *run, int64_t bug, const struct err *why)
{
	int64_t *grown;

	if (has_failed(run, bug))
		return NULL;
	grown = mem_room(run->failed, run->failed_len, &run->failed_cap,
	    sizeof(*grown));
	if (grown == NULL)
		return err_memory();
	run->failed = grown;
	grown[run->failed_len++] = bug;
	bugzilla_report(run, DIAG_BUG_FAILED, bug, why->text);
	return NULL;
}

/* A bug that stands alone, and that search does not show. */
static const struct err *
take_hidden(struct bugzilla *run, const struct asked *asked)
{
	const int64_t bug = asked->bugs[0];
	const struct err *err;
	bool gone = false;

	err = bugzilla_page_begin(run, asked);
	if (err == NULL)
		err = bugzilla_page_end(run, INTAKE_NONE,
		    store_pass_gone(run->store, &run->pass, bug, &gone));
	if (err != NULL || !gone)
		return err;
	run->out->gone++;
	bugzilla_report(run, DIAG_BUG_GONE, bug, hidden);
	return NULL;
}

/* A bug that stands alone, and does not come. */
static const struct err *
take_failed(struct bugzilla *run, const struct asked *asked,
    const struct err *why)
{
	const int64_t bug = asked->bugs[0];
	const struct err *err;

	err = bugzilla_page_begin(run, asked);
	if (err == NULL)
		err = bugzilla_page_end(run, INTAKE_NONE,
		    store_pass_failed(run->store, &run->pass, bug));
	return err != NULL ? err : bugzilla_failed(run, bug, why);
}

const struct err *
bugzilla_take(struct bugzilla *run, const struct asked *asked,
    const struct http_answer *answer, const struct judged *judged)
{
	if (asked->what == ASK_LIST)
		return bugzilla_take_list(run, asked, judged);
	switch (judged->verdict) {
	case VERDICT_HALVE:
		return halve(run, asked);
	case VERDICT_HIDDEN:
		return take_hidden(run, asked);
	case VERDICT_FAILED:
		return take_failed(run, asked, judged->why);
	default:
		break;
	}
	switch (asked->what) {
	case ASK_CHECK:
		return take_check(run, asked);
	case ASK_WHOAMI:
		if (run->clock == DATE_NONE)
			run->clock = answer->date != DATE_NONE ?
			    answer->date : run->config->now;
		return NULL;
	case ASK_VERSION:
		return NULL;
	default:
		return take_bugs(run, asked, answer);
	}
}

const struct err *
bugzilla_settle(struct bugzilla *run, bool good)
{
	const struct err *err;
	uint64_t gone = 0;

	err = store_page_begin(run->store, "end of a pass");
	if (err != NULL)
		return err;
	err = bugzilla_page_end(run, INTAKE_NONE, store_pass_settle(run->store,
	    &run->source, &run->pass, good, &gone));
	run->out->gone += gone;
	return err;
}
