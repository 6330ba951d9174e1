/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/bugzilla_private.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "fetch/http.h"
#include "fetch/store.h"

static const struct err *
show_progress(void *arg, uint64_t wire)
{
	const struct bugzilla *run = arg;

	if (run->config->progress != NULL)
		run->config->progress(run->config->progress_arg, run->done,
		    run->total, wire);
	return NULL;
}

/* Wait for an answer, and do what it calls for; *heard false when nothing
 * is on its way. */
static const struct err *
hear(struct bugzilla *run, bool *heard)
{
	struct http_answer *answer;
	const struct err *err;
	struct judged judged;
	struct asked *asked;

	err = http_next(run->http, &answer, show_progress, run);
	*heard = answer != NULL;
	if (err != NULL || answer == NULL)
		return err;
	asked = answer->tag;
	err = bugzilla_judge(run, asked, answer, &judged);
	if (err == NULL && judged.verdict == VERDICT_AGAIN)
		return bugzilla_ask_again(run, asked, judged.wait_ms);
	if (err == NULL)
		err = judged.verdict == VERDICT_STOP ? judged.why :
		    bugzilla_take(run, asked, answer, &judged);
	if (asked->what == ASK_LIST)
		run->listing = false;
	bugzilla_asked_free(run, asked);
	return err;
}

/* Ask as long as `more` finds something to ask, until all is answered. */
static const struct err *
work(struct bugzilla *run,
    const struct err *(*more)(struct bugzilla *run, bool *asked))
{
	const struct err *err = NULL;
	bool asked, heard = true;

	while (err == NULL && heard) {
		/* One is ready when another is done. */
		asked = more != NULL;
		while (err == NULL && asked &&
		    http_waiting(run->http) <= run->config->jobs)
			err = more(run, &asked);
		if (err == NULL)
			err = hear(run, &heard);
	}
	return err;
}

/* Ask for bugs that still want what `what` gives, if there are any: one that
 * failed earlier by itself, others a full page at once. */
static const struct err *
ask_bugs(struct bugzilla *run, enum ask what, bool *asked)
{
	const struct ask_row *row = ask_row(what);
	int64_t bugs[BUGZILLA_FIELDS_PAGE];
	const struct err *err = NULL;
	size_t len = 0;

	if (run->again[what] != INT64_MAX) {
		err = store_pass_next(run->store, &run->pass,
		    run->again[what], row->wants, row->not, true, bugs, 1,
		    &len);
		run->again[what] = len > 0 ? bugs[0] : INT64_MAX;
	}
	if (err == NULL && len == 0) {
		err = store_pass_next(run->store, &run->pass,
		    run->cursor[what], row->wants, row->not, false, bugs,
		    row->page, &len);
		if (len < row->page && !run->pass.complete)
			len = 0;
		if (len > 0)
			run->cursor[what] = bugs[len - 1];
	}
	*asked = len > 0;
	if (err == NULL && len > 0)
		err = bugzilla_ask(run, what, bugs, len);
	return err;
}

static bool
on_its_way(const struct bugzilla *run, enum ask what)
{
	const struct asked *asked = run->asked;

	while (asked != NULL && asked->what != what)
		asked = asked->next;
	return asked != NULL;
}

/* The next request of a pass: the list comes first, for all waits for it. */
static const struct err *
ask_more(struct bugzilla *run, bool *asked)
{
	const struct err *err;

	*asked = true;
	if (!run->pass.complete && !run->listing) {
		run->listing = true;
		return bugzilla_ask(run, ASK_LIST, NULL, 0);
	}
	if (run->by_search)
		return ask_bugs(run, ASK_ALL, asked);
	err = ask_bugs(run, ASK_FIELDS, asked);
	/* Only bugs that turn out to be visible are asked for by number: one
	 * other makes the whole call fail. */
	if (err != NULL || *asked || !run->pass.complete ||
	    on_its_way(run, ASK_FIELDS) || on_its_way(run, ASK_ALL))
		return err;
	err = ask_bugs(run, ASK_COMMENTS, asked);
	if (err == NULL && !*asked)
		err = ask_bugs(run, ASK_HISTORY, asked);
	return err;
}

/*
 * Where bugs are that a list of all bugs lacks.  With them one is asked for
 * that it had: an answer without that one proves nothing.
 */
static const struct err *
ask_missed(struct bugzilla *run, bool *asked)
{
	const int64_t witness = run->pass.reached;
	int64_t bugs[BUGZILLA_PAGE];
	const struct err *err;
	size_t len, i;

	err = store_pass_missed(run->store, &run->pass,
	    run->cursor[ASK_CHECK], bugs, BUGZILLA_PAGE - 1, &len);
	*asked = len > 0;
	if (err != NULL || len == 0)
		return err;
	run->cursor[ASK_CHECK] = bugs[len - 1];
	for (i = len++; i > 0 && bugs[i - 1] > witness; i--)
		bugs[i] = bugs[i - 1];
	bugs[i] = witness;
	return bugzilla_ask(run, ASK_CHECK, bugs, len);
}

/* A component that had bugs and has none is a mistake of somebody; one that
 * never had any is worth a word, for Bugzilla says nothing of a name that it
 * does not know. */
static const struct err *
check_components(struct bugzilla *run)
{
	const struct bugzilla_config *config = run->config;
	const struct err *err = NULL;
	struct diag diag = {
		.code = DIAG_ANSWER_EMPTY, .where = config->url
	};
	int64_t bugs, listed;
	char detail[200];
	size_t i;

	for (i = 0; i < config->component_len && err == NULL; i++) {
		err = store_pass_component(run->store, &run->pass,
		    config->components[i], &bugs, &listed);
		if (err != NULL || listed > 0)
			continue;
		if (bugs == 0) {
			(void)snprintf(detail, sizeof(detail),
			    "no bug in %s :: %s", config->product,
			    config->components[i]);
			diag.detail = detail;
			diag_report(config->diags, &diag);
			continue;
		}
		err = bugzilla_settle(run, false);
		if (err == NULL)
			err = err_new(ERR_SERVER, "%s: no bug is in %s :: %s, "
			    "where there were %" PRId64 ": check the product "
			    "and the components, and try again later",
			    config->url, config->product,
			    config->components[i], bugs);
	}
	return err;
}

/* So many bugs that are gone at once are a mistake of somebody too, unless
 * the caller knows better. */
static const struct err *
check_gone(struct bugzilla *run)
{
	const struct err *err;
	int64_t visible, gone;

	err = store_pass_unlisted(run->store, &run->pass, &visible, &gone);
	if (err != NULL || run->config->gone || gone <= BUGZILLA_GONE_FEW ||
	    gone <= visible / BUGZILLA_GONE_PART)
		return err;
	err = bugzilla_settle(run, false);
	return err != NULL ? err : err_new(ERR_SERVER, "%s: %" PRId64 " of %"
	    PRId64 " bugs are no longer visible: too many to mark them as "
	    "gone unasked: check the server and the key, or accept it with "
	    "--full --gone", run->config->url, gone, visible);
}

/* Go on with the pass, to its end. */
static const struct err *
make_pass(struct bugzilla *run)
{
	const bool whole = run->pass.since == DATE_NONE;
	const struct err *err = NULL;
	int64_t left;

	bugzilla_begin_lists(run);
	memset(run->cursor, 0, sizeof(run->cursor));
	if (whole)
		err = bugzilla_ask(run, ASK_VERSION, NULL, 0);
	if (err == NULL && run->pass.complete) {
		err = store_pass_left(run->store, &run->pass, &left);
		run->total = run->done + (uint64_t)left;
	}
	if (err == NULL)
		err = work(run, ask_more);
	if (err == NULL && whole)
		err = check_components(run);
	if (err == NULL && whole)
		err = work(run, ask_missed);
	if (err == NULL && whole)
		err = check_gone(run);
	if (err == NULL)
		err = bugzilla_settle(run, true);
	if (err == NULL && whole)
		run->out->full = true;
	return err;
}

/* From when on a new pass is; DATE_NONE: over all bugs. */
static int64_t
choose_since(const struct bugzilla *run)
{
	const struct store_pass *pass = &run->pass;
	const struct bugzilla_config *config = run->config;

	if (config->since != DATE_NONE)
		return config->since;
	/* A clock that was put back says nothing. */
	if ((config->full && !run->out->full) || pass->good == DATE_NONE ||
	    pass->good > run->clock || pass->whole == DATE_NONE ||
	    run->clock - pass->whole >
	    (int64_t)BUGZILLA_FULL_DAYS * DATE_DAY)
		return DATE_NONE;
	return pass->good - BUGZILLA_OVERLAP;
}

/* First what was cut off, then what has happened since. */
static const struct err *
make_passes(struct bugzilla *run)
{
	struct store_pass *pass = &run->pass;
	const struct err *err;

	err = store_pass_load(run->store, &run->source, pass);
	if (err == NULL && pass->started != DATE_NONE) {
		if (run->config->full && pass->since != DATE_NONE)
			err = bugzilla_settle(run, false);
		else
			err = make_pass(run);
	}
	if (err != NULL)
		return err;
	pass->since = choose_since(run);
	pass->started = run->clock;
	return make_pass(run);
}

/* Which server is it, and does it know the key?  Upstream ignores a header
 * that it does not know, and BMO one that a proxy took away. */
static const struct err *
greet(struct bugzilla *run)
{
	const struct bugzilla_config *config = run->config;
	const struct err *err;

	run->by_header = run->by_search = run->known = true;
	err = bugzilla_ask(run, ASK_WHOAMI, NULL, 0);
	if (err == NULL)
		err = work(run, NULL);
	if (err != NULL || !config->keyed)
		return err;
	if (run->by_header && !run->known)
		return err_new(ERR_CONFIG, "%s: the key did not reach the "
		    "server: something between takes the header away: unset "
		    "the key to fetch what everybody may see", config->url);
	if (!run->by_header && config->key_query == NULL)
		return err_new(ERR_CONFIG, "%s: this Bugzilla (5.x) ignores "
		    "the key's header: --key-in-query puts the key into each "
		    "URL, where logs on the way may keep it: give that, or "
		    "unset the key", config->url);
	return NULL;
}

static int
compare_names(const void *left, const void *right)
{
	const char *const *a = left, *const *b = right;

	return text_casecmp(*a, *b);
}

/* The components as one text, in whatever order they were given. */
static const struct err *
join_components(struct bugzilla *run)
{
	const size_t len = run->config->component_len;
	const char **names;
	size_t i;

	names = mem_alloc(len, sizeof(*names));
	if (names == NULL)
		return err_memory();
	for (i = 0; i < len; i++)
		names[i] = run->config->components[i];
	qsort(names, len, sizeof(*names), compare_names);
	for (i = 0; i < len; i++) {
		if (i > 0)
			buf_char(&run->components, '\n');
		buf_str(&run->components, names[i]);
	}
	mem_free(names);
	run->source.components = buf_text(&run->components);
	return buf_error(&run->components, "names of components");
}

/* Has this run changed what anybody sees? */
static bool
has_changed(const struct bugzilla *run)
{
	struct store_counts counts;

	store_run_counts(run->store, &counts);
	return counts.bugs_new + counts.bugs_changed + counts.comments_new +
	    counts.comments_changed + counts.changes_new + run->out->gone +
	    run->out->back > 0;
}

const struct err *
bugzilla_fetch(struct store *store, struct http *http,
    const struct bugzilla_config *config, struct bugzilla_result *out)
{
	struct bugzilla run = {
		.config = config, .out = out, .store = store, .http = http,
		.source = { .url = config->url, .product = config->product,
		    .keyed = config->keyed },
		.clock = DATE_NONE, .random = config->random
	};
	const struct err *err;

	*out = (struct bugzilla_result){ .full = false };
	buf_init(&run.components, BUGZILLA_MAX_COMPONENTS);
	buf_init(&run.path, HTTP_MAX_PATH);
	run.seen = mem_alloc(BUGZILLA_LIST_PAGE + 1, sizeof(*run.seen));
	err = run.seen == NULL ? err_memory() : join_components(&run);
	if (err == NULL)
		err = greet(&run);
	if (err == NULL)
		err = make_passes(&run);
	memcpy(out->version, run.version, sizeof(out->version));
	if (err != NULL && err->kind == ERR_NETWORK && has_changed(&run))
		err = err_new(ERR_PARTIAL, "%s: what came before is stored, "
		    "and the next fetch goes on behind it", err->text);
	while (run.asked != NULL)
		bugzilla_asked_free(&run, run.asked);
	mem_free(run.failed);
	mem_free(run.seen);
	buf_release(&run.path);
	buf_release(&run.components);
	return err;
}
