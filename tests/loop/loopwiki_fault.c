/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* What goes wrong: faults that a test switches on. */
#include "tests/loop/loopwiki_private.h"

#include <stdlib.h>
#include <string.h>

#include "classify/splitmix.h"

/* --- refusals; false: it does not concern this request --- */

static bool
maxlag(struct lw_request *request)
{
	const char *most = lw_arg(request, "maxlag");
	double lag = request->value[0] != '\0' ? strtod(request->value,
	    NULL) : 7.5;
	char data[64];

	if (most == NULL || lag <= strtod(most, NULL))
		return false;
	snprintf(data, sizeof(data),
	    "{\"host\":\"db1\",\"lag\":%g,\"type\":\"db\"}", lag);
	lw_error_data(request, "maxlag", "main",
	    "A database server is behind.", data);
	request->lag = lag;
	request->retry_after = 5;
	return true;
}

static bool
readonly(struct lw_request *request)
{
	if (request->call != LW_EDIT && request->call != LW_LOGIN)
		return false;
	lw_error_data(request, "readonly", "main", "Nothing can be written.",
	    "{\"readonlyreason\":\"Maintenance until noon\\n\"}");
	return true;
}

static bool
ratelimit(struct lw_request *request)
{
	if (request->call != LW_EDIT)
		return false;
	lw_error(request, "ratelimited", "edit", "Too many in too short.");
	return true;
}

/* Links that the page had before are let through. */
static bool
spam(struct lw_request *request)
{
	const char *text = lw_arg(request, "text");
	const char *title = lw_arg(request, "title");
	const struct lw_page *page = title != NULL ? lw_page_find(
	    request->wiki, title) : NULL;
	char data[160];

	if (text == NULL || strstr(text, request->value) == NULL ||
	    (page != NULL && strstr(lw_last(request->wiki, page)->text,
	    request->value) != NULL))
		return false;
	snprintf(data, sizeof(data),
	    "{\"spamblacklist\":{\"matches\":[\"%s\"]}}", request->value);
	lw_error_data(request, "spamblacklist", "edit",
	    "A link is on the list.", data);
	return true;
}

static bool
throttled(struct lw_request *request)
{
	if (request->call != LW_LOGIN)
		return false;
	buf_str(&request->body, "{\"login\":{\"result\":\"Failed\",\"reason\":"
	    "{\"code\":\"login-throttled\",\"text\":\"Wait.\"}}}");
	return true;
}

static bool
internal(struct lw_request *request)
{
	lw_error_data(request, "internal_api_error_RuntimeException", "",
	    "[c5e67efd43db8897a12dfd2c] It threw.",
	    "{\"errorclass\":\"RuntimeException\"}");
	return true;
}

/* As after a captcha. */
static bool
failure(struct lw_request *request)
{
	if (request->call != LW_EDIT)
		return false;
	buf_str(&request->body, "{\"edit\":{\"result\":\"Failure\","
	    "\"captcha\":{\"type\":\"simple\",\"question\":\"1+1\"}}}");
	return true;
}

/* The others are an error's code and its words. */
static const struct {
	const char *fault, *code, *module, *text;
} refusals[] = {
	{ "assertbot", "assertbotfailed", "main", "No bot." },
	{ "assertname", "assertnameduserfailed", "main", "Not that one." },
	{ "assertuser", "assertuserfailed", "main", "Nobody's session." },
	{ "badtoken", "badtoken", "edit", "The token is stale." },
	{ "blocked", "blocked", "edit", "This account is blocked." },
	{ "conflict", "editconflict", "edit", "An edit came between." },
	{ "denied", "permissiondenied", "edit", "Not yours to do." },
	{ "readdenied", "readapidenied", "main", "Not yours to read." }
};

static bool
refuse(struct lw_request *request)
{
	size_t i = 0;

	while (strcmp(refusals[i].fault, request->fault) != 0)
		i++;
	lw_error(request, refusals[i].code, refusals[i].module, "%s",
	    refusals[i].text);
	return true;
}

/* --- what is no answer of the API --- */

static bool
html(struct lw_request *request)
{
	lw_html(request, 200, "Please log in to the network");
	return true;
}

static bool
down(struct lw_request *request)
{
	lw_html(request, 503, "503 Service Unavailable");
	request->retry_after = request->wiki->config.wait_s;
	return true;
}

static bool
busy(struct lw_request *request)
{
	lw_html(request, 429, "429 Too Many Requests");
	request->retry_after = request->wiki->config.wait_s;
	return true;
}

static bool
gateway(struct lw_request *request)
{
	lw_html(request, 504, "504 Gateway Timeout");
	return true;
}

static bool
nojson(struct lw_request *request)
{
	buf_clear(&request->body);
	buf_str(&request->body, "Deprecated: foo() in bar.php line 1\n{}");
	return true;
}

static bool
empty(struct lw_request *request)
{
	buf_clear(&request->body);
	buf_str(&request->body, "{}");
	return true;
}

static bool
half(struct lw_request *request)
{
	request->body.len /= 2;
	return true;
}

/* --- the way --- */

static bool
cut(struct lw_request *request)
{
	request->way = WAY_CUT;
	return true;
}

static bool
stall(struct lw_request *request)
{
	request->way = WAY_STALL;
	return true;
}

static bool
reset(struct lw_request *request)
{
	request->way = WAY_RESET;
	return true;
}

static bool
silent(struct lw_request *request)
{
	request->way = WAY_SILENT;
	return true;
}

/* --- noted, and the request goes on --- */

static bool
lost(struct lw_request *request)
{
	lw_sessions_lose(request->wiki);
	request->session = NULL;
	request->account = NULL;
	return false;
}

static bool
slow(struct lw_request *request)
{
	request->sleep_ms += 1000 * request->wiki->config.wait_s;
	return false;
}

static bool
wrong_title(struct lw_request *request)
{
	request->other_title = true;
	return false;
}

/* A name ending in "-after" is what happens when all was done and saved. */
static const struct {
	const char *name;
	bool after;		/* on the answer; else instead of it */
	bool (*act)(struct lw_request *request);
	bool passing;		/* one of those that "any" may mean */
} faults[] = {
	{ "any", false, NULL, false },
	{ "assertbot", false, refuse, false },
	{ "assertname", false, refuse, false },
	{ "assertuser", false, refuse, false },
	{ "badtoken", false, refuse, false },
	{ "blocked", false, refuse, false },
	{ "busy", false, busy, true },
	{ "conflict", false, refuse, false },
	{ "cut", true, cut, true },
	{ "denied", false, refuse, false },
	{ "down", false, down, true },
	{ "drop", false, silent, true },
	{ "empty", false, empty, false },
	{ "empty-after", true, empty, false },
	{ "failure", false, failure, false },
	{ "gateway", false, gateway, true },
	{ "gateway-after", true, gateway, true },
	{ "half-after", true, half, true },
	{ "html", false, html, false },
	{ "html-after", true, html, false },
	{ "internal", false, internal, true },
	{ "internal-after", true, internal, true },
	{ "lost", false, lost, true },
	{ "maxlag", false, maxlag, true },
	{ "nojson", false, nojson, false },
	{ "nojson-after", true, nojson, false },
	{ "ratelimit", false, ratelimit, true },
	{ "readdenied", false, refuse, false },
	{ "readonly", false, readonly, true },
	{ "reset", true, reset, true },
	{ "silent", true, silent, true },
	{ "slow", false, slow, false },
	{ "spam", false, spam, false },
	{ "stall", true, stall, false },
	{ "throttled", false, throttled, false },
	{ "wrongtitle", false, wrong_title, false }
};

enum {
	FAULTS = sizeof(faults) / sizeof(faults[0])
};

static const char *const calls[LW__MAX + 1] = {
	[LW_OTHER] = "any", [LW_READ] = "read", [LW_TOKENS] = "tokens",
	[LW_USERINFO] = "userinfo", [LW_LOGIN] = "login", [LW_EDIT] = "edit"
};

static const char *
fault_name(size_t fault)
{
	return fault < FAULTS ? faults[fault].name : NULL;
}

bool
lw_fault_add(struct loopwiki *wiki, const char *rule)
{
	if (strcmp(rule, "none") == 0) {
		wiki->rule_len = 0;
		return true;
	}
	if (wiki->rule_len == LOOPWIKI_MAX_FAULTS || !loop_rule_read(
	    &wiki->rules[wiki->rule_len], rule, fault_name, calls))
		return false;
	wiki->rule_len++;
	return true;
}

/* The fault itself, or one of those that pass. */
static size_t
chosen(struct lw_request *request, size_t fault)
{
	if (faults[fault].act != NULL)
		return fault;
	do {
		fault = (size_t)(splitmix_next(&request->wiki->random) %
		    FAULTS);
	} while (!faults[fault].passing);
	return fault;
}

bool
lw_fault_before(struct lw_request *request)
{
	struct loopwiki *wiki = request->wiki;
	const struct loop_rule *rule;
	size_t i, at;

	for (i = 0; i < wiki->rule_len; i++) {
		rule = &wiki->rules[i];
		if (!loop_rule_meets(rule, request->call, request->number,
		    wiki->called[request->call], &wiki->random))
			continue;
		at = chosen(request, rule->fault);
		request->fault = faults[at].name;
		request->value = rule->value;
		if (!faults[at].after && faults[at].act(request))
			return true;
	}
	return false;
}

void
lw_fault_after(struct lw_request *request)
{
	size_t i;

	for (i = 0; request->fault != NULL && i < FAULTS; i++)
		if (faults[i].after &&
		    strcmp(faults[i].name, request->fault) == 0)
			faults[i].act(request);
}
