/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "cmd/progress.h"
#include "cmd/secret.h"
#include "cmd/session.h"
#include "fetch/bugzilla.h"
#include "fetch/http.h"

/* Limits */
enum {
	FETCH_JOBS = 3,
	FETCH_SECONDS = 300,	/* a Bugzilla's own limits are below */
	FETCH_RETRIES = 4,
	FETCH_MAX_RETRIES = 20,
	FETCH_MAX_AGENT = 256,
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
	char agent[FETCH_MAX_AGENT];
	char header[FETCH_MAX_KEY];	/* with the key, as the next */
	char query[FETCH_MAX_KEY];
};

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

static void
log_line(void *arg, const char *line)
{
	const struct fetch *fetch = arg;

	session_say(fetch->session, "%s", line);
}

static const struct err *
read_number(const struct session *session, enum opt opt, int64_t least,
    int64_t most, unsigned *number)
{
	const char *text = option_last(&session->options, opt);
	int64_t value;

	if (text == NULL)
		return NULL;
	if (!text_int(text, strlen(text), &value) || value < least ||
	    value > most)
		return err_new(ERR_USAGE, "--%s: %s: no such number: give one "
		    "from %" PRId64 " to %" PRId64, option_at(opt)->name,
		    text, least, most);
	*number = (unsigned)value;
	return NULL;
}

static const struct err *
read_options(struct fetch *fetch)
{
	struct session *session = fetch->session;
	const struct options *options = &session->options;
	struct bugzilla_config *config = &fetch->bugzilla;
	const struct err *err;
	int64_t day = DATE_NONE;

	config->product = option_given(options, OPT_PRODUCT) ?
	    option_last(options, OPT_PRODUCT) : PRODUCT;
	config->components = components;
	config->component_len = sizeof(components) / sizeof(components[0]);
	if (option_given(options, OPT_COMPONENT)) {
		config->components = options->values[OPT_COMPONENT];
		config->component_len = options->count[OPT_COMPONENT];
	}
	config->full = option_given(options, OPT_FULL);
	config->gone = option_given(options, OPT_GONE);
	config->jobs = FETCH_JOBS;
	config->retries = FETCH_RETRIES;
	fetch->http.total_seconds = FETCH_SECONDS;
	err = session_day(session, OPT_SINCE, &day);
	config->since = date_start(day);
	if (err == NULL && day != DATE_NONE && config->full)
		err = err_new(ERR_USAGE, "fetch: --full and --since: one asks "
		    "for all bugs, the other for some: give one of them");
	if (err == NULL && day != DATE_NONE && config->since > session->now)
		err = err_new(ERR_USAGE, "--since: %s: is yet to come: give "
		    "an earlier day", option_last(options, OPT_SINCE));
	if (err == NULL)
		err = read_number(session, OPT_JOBS, 1, HTTP_MAX_JOBS,
		    &config->jobs);
	if (err == NULL)
		err = read_number(session, OPT_TIMEOUT, 1, HTTP_MAX_SECONDS,
		    &fetch->http.total_seconds);
	if (err == NULL)
		err = read_number(session, OPT_RETRIES, 0, FETCH_MAX_RETRIES,
		    &config->retries);
	return err;
}

/* Who asks: "cabrief/1.0 (+who@where.example)". */
static const struct err *
write_agent(struct fetch *fetch)
{
	const char *contact = fetch->session->settings.value[SET_CONTACT];
	struct buf agent;
	const char *c;

	buf_fixed(&agent, fetch->agent, sizeof(fetch->agent));
	buf_str(&agent, "cabrief/" CABRIEF_VERSION);
	if (contact != NULL)
		buf_fmt(&agent, " (+%s)", contact);
	for (c = contact; c != NULL && *c != '\0'; c++)
		if (*c < ' ' || *c > '~' || strchr("()\\", *c) != NULL)
			return err_new(ERR_CONFIG, "contact: %s: can't be "
			    "sent: give a URL or an address of plain letters",
			    contact);
	return buf_error(&agent, "contact");
}

/* Put the key where it is sent from. */
static const struct err *
write_key(struct fetch *fetch, const char *key)
{
	struct buf header, query;

	if (key[0] == '\0')
		return NULL;
	buf_fixed(&header, fetch->header, sizeof(fetch->header));
	buf_fixed(&query, fetch->query, sizeof(fetch->query));
	buf_fmt(&header, "X-BUGZILLA-API-KEY: %s", key);
	buf_str(&query, "api_key=");
	http_quote(&query, key);
	fetch->http.secret = fetch->header;
	fetch->bugzilla.keyed = true;
	if (option_given(&fetch->session->options, OPT_KEY_IN_QUERY))
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
set_up(struct fetch *fetch)
{
	struct session *session = fetch->session;
	struct bugzilla_config *config = &fetch->bugzilla;
	struct timespec ts = { 0, 0 };

	(void)clock_gettime(CLOCK_REALTIME, &ts);
	config->url = session->settings.value[SET_URL];
	config->now = session->now;
	config->random = (uint64_t)ts.tv_nsec ^ (uint64_t)getpid() << 32;
	fetch->diags.report = pass_on;
	fetch->diags.arg = fetch;
	config->diags = &fetch->diags;
	config->progress = show_progress;
	config->progress_arg = fetch;
	fetch->http.base = config->url;
	fetch->http.agent = fetch->agent;
	/* As the curl tool has them. */
	fetch->http.ca_file = getenv("CURL_CA_BUNDLE");
	if (fetch->http.ca_file == NULL)
		fetch->http.ca_file = getenv("SSL_CERT_FILE");
	fetch->http.ca_dir = getenv("SSL_CERT_DIR");
	fetch->http.jobs = config->jobs;
	fetch->http.max_bytes = BUGZILLA_MAX_ANSWER;
	if (session->verbose > 0) {
		fetch->http.log = log_line;
		fetch->http.log_arg = fetch;
	}
	/* A connection that the server closed is an error, not the end. */
	(void)signal(SIGPIPE, SIG_IGN);
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
run_fetch(struct fetch *fetch)
{
	struct session *session = fetch->session;
	struct bugzilla_result result;
	const struct err *err;
	struct http *http;

	set_up(fetch);
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
cmd_fetch(struct session *session)
{
	struct fetch fetch;
	struct secret key;
	const struct err *err;

	memset(&fetch, 0, sizeof(fetch));
	fetch.session = session;
	err = read_options(&fetch);
	if (err == NULL)
		err = write_agent(&fetch);
	if (err != NULL)
		return err;
	err = secret_read(&key, &session->settings);
	if (err == NULL)
		err = write_key(&fetch, key.text);
	secret_wipe(&key);
	if (err == NULL)
		err = session_store(session, STORE_WRITE);
	if (err == NULL)
		err = store_lock(session->store);
	if (err == NULL)
		err = check_source(session);
	if (err == NULL)
		err = run_fetch(&fetch);
	mem_wipe(fetch.header, sizeof(fetch.header));
	mem_wipe(fetch.query, sizeof(fetch.query));
	return err;
}
