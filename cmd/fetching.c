/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "cmd/fetching.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "cmd/http_setup.h"
#include "cmd/progress.h"
#include "cmd/secret.h"
#include "cmd/session.h"
#include "fetch/bugzilla.h"
#include "fetch/http.h"

/* Limits */
enum {
	/* A key as a header, or urlencoded in a query. */
	FETCH_MAX_KEY = 3 * SECRET_MAX + 64
};

#define PRODUCT "CA Program"
static const char *const components[] = {
	"CA Certificate Compliance",
	"CA Certificate Root Program"
};

/* A fetch and what it needs. */
struct fetch {
	struct session *session;
	struct progress progress;
	struct diag_sink diags;
	struct bugzilla_config bugzilla;
	struct http_config http;
	char agent[HTTP_SETUP_AGENT];
	char header[FETCH_MAX_KEY];	/* with the key, as the next */
	char query[FETCH_MAX_KEY];
};

void
fetching_init(struct fetching *what)
{
	memset(what, 0, sizeof(*what));
	what->product = PRODUCT;
	what->components = components;
	what->component_len = sizeof(components) / sizeof(components[0]);
	what->since = DATE_NONE;
	what->jobs = FETCHING_JOBS;
	what->seconds = FETCHING_SECONDS;
	what->retries = FETCHING_RETRIES;
	what->key = "";
}

static void
show_progress(void *arg, uint64_t bugs, uint64_t total, uint64_t wire)
{
	struct fetch *fetch = arg;

	progress_bugs(&fetch->progress, bugs, total, wire);
}

/* Findings are not written into the line of progress. */
static void
pass_on(void *arg, const struct diag *diag)
{
	struct fetch *fetch = arg;

	progress_wipe(&fetch->progress);
	diag_report(&fetch->session->diags, diag);
}

/* Put the key where it is sent from. */
static const struct err *
write_key(struct fetch *fetch, const struct fetching *what)
{
	struct buf header, query;

	if (what->key[0] == '\0')
		return NULL;
	buf_fixed(&header, fetch->header, sizeof(fetch->header));
	buf_fixed(&query, fetch->query, sizeof(fetch->query));
	buf_fmt(&header, "X-BUGZILLA-API-KEY: %s", what->key);
	buf_str(&query, "api_key=");
	http_quote(&query, what->key);
	fetch->http.secret = fetch->header;
	fetch->bugzilla.keyed = true;
	if (what->key_in_query)
		fetch->bugzilla.key_query = fetch->query;
	return buf_error(&query, "the key");
}

/* The host in a URL, without port. */
static const char *
host_of(const char *url, size_t *len)
{
	const char *host = strstr(url, "://");

	host = host != NULL ? host + 3 : url;
	*len = strcspn(host, ":/");
	return host;
}

static const struct err *
unknown_source(const struct session *session)
{
	const char *url = session->settings.value[SET_URL];

	return err_new(ERR_CONFIG, "%s: holds bugs of an unknown Bugzilla: "
	    "those of %s may have the same numbers: if they are from there, "
	    "import one of their files again with import --url %s, else name "
	    "another store with --db", session->settings.value[SET_DB], url,
	    url);
}

/*
 * Bugs of two Bugzillas have the same numbers.  One that moved to https, or
 * to another port or path of its host, is still the same.
 */
static const struct err *
check_source(struct session *session)
{
	struct store_status status;
	const struct err *err;
	const char *url, *host, *known;
	size_t len, known_len;

	err = store_status(session->store, &status);
	if (err != NULL)
		return err;
	if (status.source[0] == '\0')
		return status.bugs + status.waiting == 0 ? NULL :
		    unknown_source(session);
	err = settings_from_store(&session->settings, SET_URL,
	    status.source);
	if (err != NULL)
		return err;
	url = session->settings.value[SET_URL];
	host = host_of(url, &len);
	known = host_of(status.source, &known_len);
	if (len == known_len && strncmp(host, known, len) == 0)
		return NULL;
	return err_new(ERR_CONFIG, "%s: holds bugs of %s: those of %s may "
	    "have the same numbers: name another store with --db",
	    session->settings.value[SET_DB], status.source, url);
}

static void
set_up(struct fetch *fetch, const struct fetching *what)
{
	struct session *session = fetch->session;
	struct bugzilla_config *config = &fetch->bugzilla;

	config->url = session->settings.value[SET_URL];
	config->product = what->product;
	config->components = what->components;
	config->component_len = what->component_len;
	config->full = what->full;
	config->gone = what->gone;
	config->since = what->since;
	config->jobs = what->jobs;
	config->retries = what->retries;
	config->now = session->now;
	config->random = http_setup_random();
	fetch->diags.report = pass_on;
	fetch->diags.arg = fetch;
	config->diags = &fetch->diags;
	config->progress = show_progress;
	config->progress_arg = fetch;
	fetch->http.base = config->url;
	fetch->http.jobs = what->jobs;
	fetch->http.total_seconds = what->seconds;
	fetch->http.max_bytes = BUGZILLA_MAX_ANSWER;
}

static void
say_counts(struct fetch *fetch, const struct http *http,
    const struct bugzilla_result *result, bool good)
{
	const int64_t ms = progress_ms(&fetch->progress);
	struct session *session = fetch->session;
	struct store_counts counts;
	struct http_counts sent;
	char back[40] = "";

	store_run_counts(session->store, &counts);
	http_counts(http, &sent);
	/* The version is asked with all bugs only. */
	if (session->verbose > 0 && good)
		session_say(session, "fetch: %s: %s%s%s", fetch->bugzilla.url,
		    result->full ? "all bugs" : "changed bugs",
		    result->version[0] != '\0' ? ", Bugzilla " : "",
		    result->version);
	if (result->back > 0)
		(void)snprintf(back, sizeof(back), ", %" PRIu64 " back",
		    result->back);
	session_say(session, "fetch: bugs: %" PRIu64 " new, %" PRIu64
	    " changed, %" PRIu64 " unchanged, %" PRIu64 " gone%s; comments: %"
	    PRIu64 " new, %" PRIu64 " changed; changes: %" PRIu64 " new; %"
	    PRIu64 " requests, %" PRIu64 " bytes, %" PRId64 ".%" PRId64
	    " seconds", counts.bugs_new, counts.bugs_changed,
	    counts.bugs_same, result->gone, back, counts.comments_new,
	    counts.comments_changed, counts.changes_new, sent.requests,
	    sent.wire, ms / 1000, ms % 1000 / 100);
}

static const struct err *
run_fetch(struct fetch *fetch, const struct fetching *what)
{
	struct session *session = fetch->session;
	struct bugzilla_result result;
	const struct err *err;
	struct http *http;

	set_up(fetch, what);
	err = http_new(&http, &fetch->http);
	if (err != NULL)
		return err;
	err = store_run_begin(session->store, "fetch", fetch->bugzilla.url,
	    session->now);
	if (err == NULL) {
		progress_init(&fetch->progress, session->quiet ||
		    session->verbose > 0 ? "never" :
		    option_last(&session->options, OPT_PROGRESS));
		err = bugzilla_fetch(session->store, http, &fetch->bugzilla,
		    &result);
		progress_end(&fetch->progress);
		if (err == NULL)
			err = store_run_end(session->store, session->now);
		if (err == NULL)
			err = session_check_comments(session);
		say_counts(fetch, http, &result, err == NULL);
	}
	http_free(http);
	return err;
}

const struct err *
fetching_run(struct session *session, const struct fetching *what)
{
	struct fetch fetch;
	const struct err *err;

	memset(&fetch, 0, sizeof(fetch));
	fetch.session = session;
	err = http_setup(session, &fetch.http, fetch.agent);
	if (err == NULL)
		err = write_key(&fetch, what);
	if (err == NULL)
		err = session_store(session, STORE_WRITE);
	if (err == NULL)
		err = store_lock(session->store);
	if (err == NULL)
		err = check_source(session);
	if (err == NULL)
		err = run_fetch(&fetch, what);
	mem_wipe(fetch.header, sizeof(fetch.header));
	mem_wipe(fetch.query, sizeof(fetch.query));
	return err;
}
