/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/bugzilla_private.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "fetch/bug.h"
#include "fetch/http.h"

static const struct ask_row rows[ASK__MAX] = {
	[ASK_WHOAMI] = { "/rest/whoami", 0, 0, INTAKE_NONE, 0 },
	[ASK_VERSION] = { "/rest/version", 0, 0, INTAKE_NONE, 0 },
	[ASK_LIST] = { "/rest/bug", 0, 0, INTAKE_BUGS, 0 },
	[ASK_ALL] = { "/rest/bug", STORE_WANT_ALL, 0, INTAKE_BUGS,
	    BUGZILLA_PAGE },
	[ASK_FIELDS] = { "/rest/bug", STORE_WANT_FIELDS, 0, INTAKE_BUGS,
	    BUGZILLA_FIELDS_PAGE },
	[ASK_COMMENTS] = { "/rest/bug/ID/comment", STORE_WANT_COMMENTS,
	    STORE_WANT_FIELDS, INTAKE_COMMENTS, BUGZILLA_PAGE },
	[ASK_HISTORY] = { "/rest/bug/ID/history", STORE_WANT_HISTORY,
	    STORE_WANT_FIELDS, INTAKE_HISTORY, BUGZILLA_PAGE },
	/* With one bug more, that is known to be visible. */
	[ASK_CHECK] = { "/rest/bug", 0, 0, INTAKE_BUGS, BUGZILLA_PAGE }
};

const struct ask_row *
ask_row(enum ask what)
{
	return &rows[what];
}

const struct err *
bugzilla_wrong(const struct bugzilla *run, const struct asked *asked,
    const char *fmt, ...)
{
	char what[512];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	return err_new(ERR_SERVER, "%s%s: %s", run->config->url,
	    rows[asked->what].call, what);
}

/*
 * A list: by number, so that no bug is skipped or told twice when others
 * come or go, and with a limit, without which a server may clamp in silence.
 * The server sorts only when it is told to.
 */
static void
write_list(struct bugzilla *run, const struct asked *asked)
{
	const struct bugzilla_config *config = run->config;
	char time[DATE_SIZE];
	size_t i;

	buf_str(&run->path, "/rest/bug?product=");
	http_quote(&run->path, config->product);
	for (i = 0; i < config->component_len; i++) {
		buf_str(&run->path, "&component=");
		http_quote(&run->path, config->components[i]);
	}
	/* Always with its zone: without, it is the server's. */
	if (run->pass.since != DATE_NONE)
		buf_fmt(&run->path, "&last_change_time=%s",
		    date_format_time(run->pass.since, time));
	buf_fmt(&run->path, "&include_fields=id,last_change_time"
	    "&f1=bug_id&o1=greaterthan&v1=%" PRId64 "&order=bug_id&limit=%d",
	    asked->after, asked->limit);
}

/* The bugs by search, with all fields that a bug has here. */
static void
write_search(struct bugzilla *run, const struct asked *asked)
{
	struct buf *path = &run->path;
	unsigned field;
	size_t i;

	buf_str(path, "/rest/bug?id=");
	for (i = 0; i < asked->len; i++)
		buf_fmt(path, "%s%" PRId64, i > 0 ? "," : "", asked->bugs[i]);
	buf_str(path, "&order=bug_id&include_fields=id");
	if (asked->what == ASK_CHECK) {
		buf_str(path, ",product,component");
		return;
	}
	for (field = 0; field < BUG_TEXT__MAX; field++)
		buf_fmt(path, ",%s", bug_text_names(field)->rest);
	for (field = 0; field < BUG_NUM__MAX; field++)
		buf_fmt(path, ",%s", bug_num_names(field)->rest);
	/* raw_text is nearly the same as text, and as large. */
	if (asked->what == ASK_ALL)
		buf_str(path, ",comments,history"
		    "&exclude_fields=comments.raw_text");
}

/* Comments or history: the first bug stands in the path. */
static void
write_call(struct bugzilla *run, const struct asked *asked)
{
	const bool comments = asked->what == ASK_COMMENTS;
	struct buf *path = &run->path;
	size_t i;

	buf_fmt(path, "/rest/bug/%" PRId64 "/%s", asked->bugs[0],
	    comments ? "comment?exclude_fields=raw_text" : "history");
	for (i = 1; i < asked->len; i++)
		buf_fmt(path, "%sids=%" PRId64, !comments && i == 1 ? "?" : "&",
		    asked->bugs[i]);
}

const struct err *
bugzilla_write_path(struct bugzilla *run, const struct asked *asked)
{
	buf_clear(&run->path);
	switch (asked->what) {
	case ASK_LIST:
		write_list(run, asked);
		break;
	case ASK_ALL:
	case ASK_FIELDS:
	case ASK_CHECK:
		write_search(run, asked);
		break;
	case ASK_COMMENTS:
	case ASK_HISTORY:
		write_call(run, asked);
		break;
	case ASK_WHOAMI:
	case ASK_VERSION:
	case ASK__MAX:
		buf_str(&run->path, rows[asked->what].call);
		break;
	}
	return buf_error(&run->path, "a request");
}

const struct err *
bugzilla_ask_again(struct bugzilla *run, struct asked *asked, int64_t wait_ms)
{
	/* The header goes to servers of either kind, to see whether they
	 * know it; a key in the query only to those that don't. */
	const bool first = asked->what == ASK_WHOAMI ||
	    asked->what == ASK_VERSION;
	struct http_request request = {
		.secret = run->config->keyed && (first || run->by_header),
		.secret_query = first || run->by_header ? NULL :
		    run->config->key_query,
		.wait_ms = wait_ms,
		.tag = asked
	};
	const struct err *err;

	err = bugzilla_write_path(run, asked);
	if (err != NULL)
		return err;
	request.path = buf_text(&run->path);
	asked->attempt++;
	asked->waited_ms += wait_ms;
	return http_ask(run->http, &request);
}

const struct err *
bugzilla_ask(struct bugzilla *run, enum ask what, const int64_t *bugs,
    size_t len)
{
	struct asked *asked;

	asked = mem_alloc(1, sizeof(*asked) + len * sizeof(*bugs));
	if (asked == NULL)
		return err_memory();
	asked->next = run->asked;
	run->asked = asked;
	asked->what = what;
	asked->after = run->spoilt.high > 0 ? run->spoilt.next :
	    run->pass.reached;
	asked->limit = run->limit;
	asked->len = len;
	if (len > 0)
		memcpy(asked->bugs, bugs, len * sizeof(*bugs));
	return bugzilla_ask_again(run, asked, 0);
}

void
bugzilla_asked_free(struct bugzilla *run, struct asked *asked)
{
	struct asked **at = &run->asked;

	while (*at != asked)
		at = &(*at)->next;
	*at = asked->next;
	mem_free(asked);
}
