/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* What goes wrong: faults that a test switches on, and BMO's rate limit. */
#include "tests/loop/loop_private.h"

#include "classify/splitmix.h"

static void
gateway(struct loop_request *request)
{
	loop_page(request, 502, "502 Bad Gateway");
}

static void
maintenance(struct loop_request *request)
{
	loop_page(request, 503, "Bugzilla is Down");
	request->retry_after = true;
}

static void
unavailable(struct loop_request *request)
{
	loop_page(request, 503, "503 Service Temporarily Unavailable");
}

static void
blocked(struct loop_request *request)
{
	loop_page(request, 429, "Too Many Requests");
	request->type = "text/html";
}

static void
too_long(struct loop_request *request)
{
	loop_page(request, 414, "414 Request-URI Too Long");
	if (request->server->config.bmo) {
		buf_clear(&request->body);
		buf_str(&request->body, "URI Too Long\n");
		request->type = "text/plain";
	}
}

static void
start_page(struct loop_request *request)
{
	loop_page(request, 200, "Bugzilla Main Page");
}

static void
internal(struct loop_request *request)
{
	loop_error(request, 200, 100500, "%s",
	    request->server->config.bmo ? "" : "DBI connect(...) failed: "
	    "Can't connect to local server through socket");
}

static void
limited(struct loop_request *request)
{
	loop_error(request, 400, 32000,
	    "You have exceeded the rate limit.");
}

static void
search_time(struct loop_request *request)
{
	loop_error(request, 400, 1001, "Your query took too long.");
}

static void
redirect(struct loop_request *request)
{
	const char *to = request->server->config.redirect;

	loop_page(request, 302, "302 Found");
	snprintf(request->location, sizeof(request->location), "%s%.300s",
	    to != NULL ? to : "", request->target);
}

static void
empty(struct loop_request *request)
{
	buf_clear(&request->body);
	buf_str(&request->body, request->call == CALL_COMMENT ?
	    "{\"bugs\":{},\"comments\":{}}" : "{\"bugs\":[]}");
}

static void
no_bugs(struct loop_request *request)
{
	buf_clear(&request->body);
	buf_str(&request->body, "{}");
}

/* Well framed, but only the first half of the JSON. */
static void
half(struct loop_request *request)
{
	request->body.len /= 2;
}

static void
spoil(struct loop_request *request, char c)
{
	if (request->body.len > 0)
		request->body.data[request->body.len * 2 / 3] = c;
}

static void
nul(struct loop_request *request)
{
	spoil(request, '\0');
}

static void
control(struct loop_request *request)
{
	spoil(request, '\x1b');
}

static void
bad_utf8(struct loop_request *request)
{
	spoil(request, '\xff');
}

static void
twice(struct loop_request *request)
{
	request->twice = true;
}

static void
disorder(struct loop_request *request)
{
	request->disorder = true;
}

static void
cut(struct loop_request *request)
{
	request->way = WAY_CUT;
}

static void
stall(struct loop_request *request)
{
	request->way = WAY_STALL;
}

static void
reset(struct loop_request *request)
{
	request->way = WAY_RESET;
}

static void
silent(struct loop_request *request)
{
	request->way = WAY_SILENT;
}

static void
slow(struct loop_request *request)
{
	request->sleep_ms += 1000 * request->server->config.wait_s;
}

enum when {
	BEFORE,		/* instead of the answer */
	DURING,		/* noted, the answer is made then */
	AFTER		/* on the answer */
};

static const struct {
	const char *name;
	enum when when;
	void (*act)(struct loop_request *request);
	bool connection;	/* one of those that "any" may mean */
} faults[] = {
	{ "any", DURING, NULL, false },
	{ "badutf8", AFTER, bad_utf8, false },
	{ "blocked", BEFORE, blocked, false },
	{ "control", AFTER, control, false },
	{ "cut", AFTER, cut, true },
	{ "disorder", DURING, disorder, false },
	{ "empty", AFTER, empty, false },
	{ "gateway", BEFORE, gateway, true },
	{ "half", AFTER, half, false },
	{ "internal", BEFORE, internal, true },
	{ "limited", BEFORE, limited, false },
	{ "maintenance", BEFORE, maintenance, false },
	{ "nobugs", AFTER, no_bugs, false },
	{ "nul", AFTER, nul, false },
	{ "redirect", BEFORE, redirect, false },
	{ "reset", AFTER, reset, true },
	{ "searchtime", BEFORE, search_time, false },
	{ "silent", AFTER, silent, true },
	{ "slow", DURING, slow, false },
	{ "stall", AFTER, stall, false },
	{ "startpage", BEFORE, start_page, false },
	{ "toolong", BEFORE, too_long, false },
	{ "twice", DURING, twice, false },
	{ "unavailable", BEFORE, unavailable, true }
};

enum {
	FAULTS = sizeof(faults) / sizeof(faults[0])
};

static const char *const calls[CALL__MAX + 1] = {
	[CALL_OTHER] = "any", [CALL_VERSION] = "version",
	[CALL_WHOAMI] = "whoami", [CALL_LOGIN] = "login",
	[CALL_SEARCH] = "search", [CALL_BUG] = "bug",
	[CALL_COMMENT] = "comment", [CALL_HISTORY] = "history"
};

static const char *
fault_name(size_t fault)
{
	return fault < FAULTS ? faults[fault].name : NULL;
}

bool
loop_fault_add(struct loopzilla *server, const char *text)
{
	if (strcmp(text, "none") == 0) {
		server->rule_len = 0;
		return true;
	}
	if (server->rule_len == LOOP_MAX_FAULTS || !loop_rule_read(
	    &server->rules[server->rule_len], text, fault_name, calls))
		return false;
	server->rule_len++;
	return true;
}

/* One of the faults of the way, by chance. */
static size_t
any_fault(struct loop_request *request)
{
	size_t at;

	do {
		at = (size_t)(splitmix_next(&request->server->random) %
		    FAULTS);
	} while (!faults[at].connection);
	return at;
}

static bool
meets(struct loop_request *request, const struct loop_rule *rule)
{
	struct loopzilla *server = request->server;

	return loop_rule_meets(rule, request->call, request->number,
	    server->called[request->call], &server->random);
}

static size_t
chosen(struct loop_request *request, size_t fault)
{
	if (faults[fault].act == NULL)
		fault = any_fault(request);
	request->fault = faults[fault].name;
	return fault;
}

bool
loop_fault_before(struct loop_request *request)
{
	struct loopzilla *server = request->server;
	size_t i, at;

	for (i = 0; i < server->rule_len; i++) {
		if (!meets(request, &server->rules[i]))
			continue;
		at = chosen(request, server->rules[i].fault);
		if (faults[at].when == AFTER)
			continue;
		faults[at].act(request);
		if (faults[at].when == BEFORE)
			return true;
	}
	return false;
}

void
loop_fault_after(struct loop_request *request)
{
	size_t i;

	for (i = 0; i < FAULTS; i++)
		if (faults[i].when == AFTER && request->fault != NULL &&
		    strcmp(faults[i].name, request->fault) == 0)
			faults[i].act(request);
}

/* Calls that BMO counts for the anonymous; search and history are free.
 * Wrong keys are counted for all, and few are allowed. */
static bool
over(struct loopzilla *server, const struct loop_request *request)
{
	if (request->key == KEY_WRONG)
		return ++server->limited[CALL_OTHER] > 5;
	if (request->key != KEY_NONE || (request->call != CALL_BUG &&
	    request->call != CALL_COMMENT))
		return false;
	return ++server->limited[request->call] > server->config.rate_calls;
}

bool
loop_limit(struct loop_request *request)
{
	struct loopzilla *server = request->server;
	int64_t now = loop_milliseconds();
	int64_t block = (int64_t)server->config.block_seconds * 1000;

	if (strlen(request->target) > server->config.max_target) {
		request->fault = "toolong";
		too_long(request);
		return true;
	}
	if (!server->config.bmo)
		return false;
	if (strlen(request->target) > LOOP_START_PAGE) {
		request->fault = "startpage";
		start_page(request);
		return true;
	}
	if (now < server->blocked_until) {
		/* Each request begins the hour again. */
		server->blocked_until = now + block;
		request->fault = "blocked";
		blocked(request);
		return true;
	}
	if (now - server->since > (int64_t)server->config.rate_seconds *
	    1000) {
		server->since = now;
		memset(server->limited, 0, sizeof(server->limited));
	}
	if (!over(server, request))
		return false;
	server->blocked_until = now + block;
	request->fault = "limited";
	limited(request);
	return true;
}
