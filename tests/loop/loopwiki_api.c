/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* api.php: what is checked before anything is done, and the form of
 * errors. */
#include "tests/loop/loopwiki_private.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "base/text.h"

static const char help[] = "See /api.php for what it understands.";

/* Errors come as they always did unless `errorformat` says otherwise. */
static void
write_error(struct lw_request *request, const char *code,
    const char *module, const char *text, const char *data)
{
	const char *format = lw_arg(request, "errorformat");
	bool list = format != NULL && strcmp(format, "bc") != 0;
	struct buf *out = &request->body;

	buf_clear(out);
	request->status = 200;
	snprintf(request->code, sizeof(request->code), "%s", code);
	buf_fmt(out, "{\"%s\":%s{\"code\":\"%s\",\"%s\":", list ? "errors" :
	    "error", list ? "[" : "", code, list ? "text" : "info");
	slice_quote(out, text, strlen(text));
	if (list && data[0] != '\0')
		buf_fmt(out, ",\"data\":%s", data);
	if (list && module[0] != '\0')
		buf_fmt(out, ",\"module\":\"%s\"", module);
	buf_fmt(out, list ? "}],\"docref\":\"%s\"}" : ",\"docref\":\"%s\"}}",
	    help);
}

void
lw_error_data(struct lw_request *request, const char *code,
    const char *module, const char *text, const char *data)
{
	write_error(request, code, module, text, data);
}

void
lw_error(struct lw_request *request, const char *code, const char *module,
    const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	write_error(request, code, module, text, "");
}

void
lw_html(struct lw_request *request, int status, const char *title)
{
	buf_clear(&request->body);
	request->status = status;
	request->type = "text/html; charset=utf-8";
	buf_fmt(&request->body, "<!DOCTYPE html>\n<html><head><title>%s"
	    "</title></head>\n<body><h1>%s</h1>\n<p>{\"edit\":{\"result\":"
	    "\"Success\"}}</p></body></html>\n", title, title);
}

bool
lw_number(struct lw_request *request, const char *name, int64_t *number)
{
	const char *text = lw_arg(request, name);

	*number = 0;
	if (text == NULL || text_int(text, strlen(text), number))
		return true;
	lw_error(request, "badinteger", "edit", "\"%.64s\" is no number for "
	    "\"%s\".", text, name);
	return false;
}

/* Are we who the request says that we are? */
static bool
asserts_hold(struct lw_request *request)
{
	const char *want = lw_arg(request, "assert");
	const char *user = lw_arg(request, "assertuser");
	struct lw_title name;

	if (want != NULL && strcmp(want, "user") == 0 &&
	    request->account == NULL) {
		lw_error(request, "assertuserfailed", "main",
		    "This session is nobody's.");
		return false;
	}
	if (want != NULL && strcmp(want, "bot") == 0 &&
	    !lw_may(request, RIGHT_BOT)) {
		lw_error(request, "assertbotfailed", "main",
		    "The right \"bot\" is not yours.");
		return false;
	}
	if (user == NULL)
		return true;
	lw_title_read(&name, user, strlen(user));
	if (request->account == NULL ||
	    strcmp(name.text, request->account->name) != 0) {
		lw_error(request, "assertnameduserfailed", "main",
		    "This session is not that of \"%.100s\".", user);
		return false;
	}
	return true;
}

/* What writes comes by POST, and secrets not in a query. */
static bool
posted_well(struct lw_request *request)
{
	static const char *const secrets[] = { "token", "lgtoken",
	    "lgpassword" };
	const char *module = request->call == LW_EDIT ? "edit" : "login";
	const struct lw_arg *arg;
	size_t i;

	if (!request->post) {
		lw_error(request, "mustbeposted", module,
		    "This takes a POST alone.");
		return false;
	}
	for (i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++) {
		arg = lw_arg_whole(request, secrets[i]);
		if (arg == NULL || arg->posted)
			continue;
		lw_error(request, "mustpostparams", module,
		    "\"%s\" stands in the URL.", secrets[i]);
		return false;
	}
	return true;
}

static bool
token_fits(struct lw_request *request)
{
	const char *token = lw_arg(request, "token");

	if (token == NULL)
		lw_error(request, "missingparam", "edit",
		    "\"token\" did not come.");
	else if (!lw_token_good(request, token))
		lw_error(request, "badtoken", "edit", "The token is stale.");
	else
		return true;
	return false;
}

static bool
may_read(struct lw_request *request)
{
	if (!request->wiki->config.closed || request->account != NULL ||
	    request->call == LW_TOKENS || request->call == LW_LOGIN)
		return true;
	lw_error(request, "readapidenied", "main",
	    "Reading is for those who are logged in.");
	return false;
}

/* The things that are checked, in 1.39's order. */
static void
perform(struct lw_request *request)
{
	bool writes = request->call == LW_EDIT || request->call == LW_LOGIN;

	if (!asserts_hold(request))
		return;
	if (request->call == LW_OTHER) {
		lw_error(request, "badvalue", "main",
		    "\"action\" has a value that is not known.");
		return;
	}
	if ((writes && !posted_well(request)) ||
	    (request->call == LW_EDIT && !token_fits(request)) ||
	    !may_read(request))
		return;
	if (request->call == LW_EDIT)
		lw_edit(request);
	else if (request->call == LW_LOGIN)
		lw_login(request);
	else
		lw_query(request);
}

static bool
is(const struct lw_request *request, const char *name, const char *value)
{
	const char *text = lw_arg(request, name);

	return text != NULL && strcmp(text, value) == 0;
}

void
lw_dispatch(struct lw_request *request)
{
	if (strcmp(request->path, "/api.php") != 0) {
		lw_html(request, 404, "404 Not Found");
	} else if (!is(request, "format", "json")) {
		/* A page for people to read. */
		lw_html(request, 200, "MediaWiki API");
	} else if (!is(request, "formatversion", "2")) {
		lw_error(request, "loopwiki-formatversion", "main",
		    "The loopback wiki knows formatversion=2 alone.");
	} else if (!lw_fault_before(request)) {
		perform(request);
		lw_fault_after(request);
	}
}
