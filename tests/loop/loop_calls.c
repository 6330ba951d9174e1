/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* The resources below /rest, and their errors. */
#include "tests/loop/loop_private.h"

#include <stdarg.h>

void
loop_error(struct loop_request *request, int status, int code,
    const char *format, ...)
{
	char message[1024];
	va_list args;

	buf_clear(&request->body);
	request->status = status;
	buf_str(&request->body, "{\"error\":true,\"message\":");
	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	if (message[0] == '\0')
		buf_str(&request->body, "null");
	else
		slice_quote(&request->body, message, strlen(message));
	buf_fmt(&request->body, ",\"documentation\":\"%s\",\"code\":%d}",
	    request->server->config.bmo ? "docs/%lang%/html/api/" :
	    "https://bugzilla.readthedocs.org/en/5.0/api/", code);
}

void
loop_page(struct loop_request *request, int status, const char *title)
{
	buf_clear(&request->body);
	request->status = status;
	request->type = "text/html; charset=UTF-8";
	buf_fmt(&request->body, "<!DOCTYPE html>\n<html>\n<head><title>%s"
	    "</title></head>\n<body>\n<center><h1>%s</h1></center>\n"
	    "<hr><center>{\"bugs\":[]}</center>\n</body>\n</html>\n", title,
	    title);
}

static void
whoami(struct loop_request *request)
{
	if (request->key == KEY_NONE)
		loop_error(request, 401, 410, "You must log in before using "
		    "this part of this Bugzilla.");
	else
		buf_fmt(&request->body, "{\"id\":900001,\"real_name\":"
		    "\"A Person\",\"name\":\"person@loop.example\",\"nick\":"
		    "\"person\",\"mfa_status\":false,\"groups\":[%s]}",
		    request->key == KEY_FULL ? "\"insiders\"" : "");
}

static void
valid_login(struct loop_request *request)
{
	const char *login = loop_arg(request, "login");

	if (login == NULL)
		loop_error(request, 400, 50, "The function User.valid_login "
		    "requires a login argument, and that argument was not "
		    "set.");
	else
		buf_fmt(&request->body, "{\"result\":%s}",
		    request->key != KEY_NONE &&
		    strcmp(login, "person@loop.example") == 0 ?
		    "true" : "false");
}

/* The bug that `text` names, or NULL with an error answered.  `skip` leaves
 * a bug out that may not be seen: then NULL without an error. */
static const struct loop_bug *
named(struct loop_request *request, const char *text, bool skip,
    bool texts)
{
	const char *hash = request->server->config.bmo ? "" : "#";
	const struct loop_bug *bug;
	char *end;
	long long id = strtoll(text, &end, 10);

	if (*end != '\0' || text[0] == '\0' || id <= 0) {
		if (request->server->config.bmo)
			loop_error(request, 400, 100, "Sorry, I can't find "
			    "\"%s\". It does not seem like bug number nor an "
			    "alias to a bug.", text);
		else
			loop_error(request, 400, 100, "'%s' is not a valid "
			    "bug number nor an alias to a bug.", text);
		return NULL;
	}
	bug = loop_find(request->server, id);
	if (bug == NULL || !loop_exists(bug, request->at)) {
		if (!skip)
			loop_error(request, 404, 101, "Bug %s%lld does not "
			    "exist.", hash, id);
		return NULL;
	}
	if (!loop_may_see(request, bug) || (texts && bug->shut)) {
		if (!skip)
			loop_error(request, 401, 102, "You are not authorized "
			    "to access bug %s%lld.%s", hash, id,
			    request->key != KEY_NONE ? "" : " To see this "
			    "bug, you must first log in to an account with "
			    "the appropriate permissions.");
		return NULL;
	}
	return bug;
}

/* The bugs of a call: that of the path and those of `ids`, each once.
 * false: an error was answered. */
static bool
several(struct loop_request *request, const char *first,
    const struct loop_bug **bugs, size_t *len)
{
	const char *skip_arg = loop_arg(request, "skip_private"), *text;
	bool skip = request->server->config.bmo && skip_arg != NULL &&
	    skip_arg[0] != '\0' && strcmp(skip_arg, "0") != 0;
	const struct loop_bug *bug;
	size_t i, j;

	*len = 0;
	for (i = 0; i <= request->arg_len; i++) {
		text = i == 0 ? first : request->args[i - 1].value;
		if (i > 0 && strcmp(request->args[i - 1].name, "ids") != 0)
			continue;
		bug = named(request, text, skip, true);
		if (request->body.len > 0)
			return false;
		for (j = 0; j < *len && bugs[j] != bug; j++)
			;
		if (bug != NULL && j == *len)
			bugs[(*len)++] = bug;
	}
	return true;
}

static void
comments(struct loop_request *request, const struct loop_bug **bugs,
    size_t len, int64_t since)
{
	struct loop_fields fields;
	size_t i;

	loop_fields_read(&fields, request);
	buf_str(&request->body, "{\"comments\":{},\"bugs\":{");
	for (i = 0; i < len; i++) {
		buf_fmt(&request->body, "%s\"%lld\":{\"comments\":",
		    i > 0 ? "," : "", (long long)bugs[i]->id);
		loop_write_comments(request, &fields, "", bugs[i], since);
		buf_char(&request->body, '}');
	}
	buf_str(&request->body, "}}");
}

static void
histories(struct loop_request *request, const struct loop_bug **bugs,
    size_t len, int64_t since)
{
	size_t i;

	buf_str(&request->body, "{\"bugs\":[");
	for (i = 0; i < len; i++) {
		buf_fmt(&request->body, "%s{\"id\":%lld,\"alias\":%s,"
		    "\"history\":", i > 0 ? "," : "",
		    (long long)bugs[i]->id,
		    request->server->config.bmo ? "null" : "[]");
		loop_write_history(request, bugs[i], since);
		buf_char(&request->body, '}');
	}
	buf_str(&request->body, "]}");
}

static void
texts(struct loop_request *request, const char *id)
{
	const struct loop_bug *bugs[LOOP_MAX_ARGS + 1];
	const char *new_since = loop_arg(request, "new_since");
	int64_t since = DATE_NONE;
	size_t len;

	if (!several(request, id, bugs, &len) || (new_since != NULL &&
	    !loop_date(request, new_since, &since)))
		return;
	if (request->call == CALL_COMMENT)
		comments(request, bugs, len, since);
	else
		histories(request, bugs, len, since);
}

static void
one_bug(struct loop_request *request, const char *id)
{
	const struct loop_bug *bug = named(request, id, false, false);
	struct loop_fields fields;

	if (bug == NULL)
		return;
	loop_fields_read(&fields, request);
	buf_str(&request->body, "{\"faults\":[],\"bugs\":[");
	loop_write_bug(request, &fields, bug);
	buf_str(&request->body, "]}");
}

/* 5.2 shows a browser its answer as a page. */
static void
as_page(struct loop_request *request)
{
	struct buf page;

	buf_init(&page, LOOP_MAX_BODY);
	buf_str(&page, "<!DOCTYPE html>\n<html>\n  <head>\n    <title>"
	    "Bugzilla::REST::API</title>\n  </head>\n  <body>\n    <pre>");
	buf_add(&page, buf_text(&request->body), request->body.len);
	buf_str(&page, "</pre>\n  </body>\n</html>\n");
	buf_release(&request->body);
	request->body = page;
	request->type = "text/html; charset=UTF-8";
}

/* Only GET is here, and upstream has no whoami. */
static bool
known(const struct loop_request *request)
{
	return request->get && (request->server->config.bmo ||
	    request->call != CALL_WHOAMI);
}

static void
route(struct loop_request *request)
{
	const char *rest = request->path + strlen("/rest/bug/");
	char id[256];

	switch (known(request) ? request->call : CALL_OTHER) {
	case CALL_VERSION:
		buf_str(&request->body, request->server->config.bmo ?
		    "{\"version\":\"20260820.1\"}" :
		    "{\"version\":\"5.2+\"}");
		break;
	case CALL_WHOAMI:
		whoami(request);
		break;
	case CALL_LOGIN:
		valid_login(request);
		break;
	case CALL_SEARCH:
		loop_search(request);
		break;
	case CALL_BUG:
		one_bug(request, rest);
		break;
	case CALL_COMMENT:
	case CALL_HISTORY:
		snprintf(id, sizeof(id), "%.*s", (int)strcspn(rest, "/"),
		    rest);
		texts(request, id);
		break;
	default:
		loop_error(request, 404, 32614, "A REST API resource was not "
		    "found for '%s %s'.", request->get ? "GET" : "POST",
		    strncmp(request->path, "/rest", 5) == 0 ?
		    request->path + 5 : request->path);
	}
}

void
loop_dispatch(struct loop_request *request)
{
	/* Bugzilla.version asks nobody who he is. */
	if (request->key == KEY_WRONG && request->call != CALL_VERSION &&
	    request->call != CALL_OTHER)
		loop_error(request, 400, 306, "The API key you specified is "
		    "invalid. Please check that you typed it correctly.");
	else
		route(request);
	if (request->died)
		loop_error(request, 200, 100500, "%s",
		    request->server->config.bmo ? "" : "Can't call method "
		    "\"name\" on an undefined value at Bug.pm line 1.");
	if (!request->server->config.bmo && request->html)
		as_page(request);
}
