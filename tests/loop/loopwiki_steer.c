/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Requests that steer, by a query or a form:
 *
 *	/loop/page	title|revision	-> its text
 *	/loop/revisions	title		-> JSON, the newest first
 *	/loop/counts			-> JSON: requests, calls, edits by user
 *	/loop/edit	title user text|text+find summary
 *			when=now|before|after
 *	/loop/delete	title
 *	/loop/move	title to	leaves a redirect
 *	/loop/protect	title on=0|1
 *	/loop/model	title model	what its text is taken for
 *	/loop/lose			all sessions
 *	/loop/closed	on=0|1		reading needs a login
 *	/loop/fault	rule
 *	/loop/now	time
 *
 * An edit that waits is done once, before or after the next edit of its
 * page by the API: a race, without any timing.  With `find`, `text` takes
 * the place of the first such piece of the page.
 */
#include "tests/loop/loopwiki_private.h"

#include <stdlib.h>
#include <string.h>

/* The page that `title` names; a title of its own in `room`. */
static const char *
title_of(const struct lw_request *request, const char *name,
    struct lw_title *room)
{
	const char *title = lw_arg(request, name);

	if (title == NULL)
		return "";
	lw_title_read(room, title, strlen(title));
	return room->text;
}

static bool
tell_page(struct lw_request *request, const char *title)
{
	const char *number = lw_arg(request, "revision");
	const struct lw_page *page = lw_page_find(request->wiki, title);
	const struct lw_revision *revision;

	if (number != NULL)
		revision = lw_revision_find(request->wiki,
		    strtoll(number, NULL, 10));
	else
		revision = page != NULL ? lw_last(request->wiki, page) :
		    NULL;
	if (revision == NULL)
		return false;
	buf_add(&request->body, revision->text, revision->len);
	return true;
}

static bool
tell_revisions(struct lw_request *request, const char *title)
{
	const struct lw_page *page = lw_page_find(request->wiki, title);
	const struct lw_revision *revision;
	struct buf *out = &request->body;
	char time[DATE_SIZE];

	if (page == NULL)
		return false;
	buf_char(out, '[');
	for (revision = lw_last(request->wiki, page); revision != NULL;
	    revision = lw_revision_find(request->wiki, revision->parent)) {
		buf_fmt(out, "%s\n{\"id\":%lld,\"time\":\"%s\",\"user\":",
		    out->len > 1 ? "," : "", (long long)revision->id,
		    date_format_time(revision->time, time));
		slice_quote(out, revision->user, strlen(revision->user));
		buf_str(out, ",\"summary\":");
		slice_quote(out, revision->summary,
		    strlen(revision->summary));
		buf_fmt(out, ",\"size\":%zu,\"minor\":%s}", revision->len,
		    revision->minor ? "true" : "false");
	}
	buf_str(out, "]\n");
	return true;
}

static void
tell_edits(struct lw_request *request)
{
	const struct loopwiki *wiki = request->wiki;
	const char *user;
	size_t i, j, count;

	for (i = 0; i < wiki->revision_len; i++) {
		user = wiki->revisions[i].user;
		for (j = 0; strcmp(wiki->revisions[j].user, user) != 0; j++)
			;
		if (j < i)
			continue;
		for (count = 0; j < wiki->revision_len; j++)
			count += strcmp(wiki->revisions[j].user, user) == 0;
		buf_str(&request->body, i > 0 ? "," : "");
		slice_quote(&request->body, user, strlen(user));
		buf_fmt(&request->body, ":%zu", count);
	}
}

static bool
tell_counts(struct lw_request *request)
{
	const struct loopwiki *wiki = request->wiki;
	const uint64_t *called = wiki->called;

	buf_fmt(&request->body, "{\"requests\":%llu,\"calls\":{\"read\":%llu,"
	    "\"tokens\":%llu,\"userinfo\":%llu,\"login\":%llu,\"edit\":%llu},"
	    "\"edits\":{", (unsigned long long)wiki->requests,
	    (unsigned long long)called[LW_READ],
	    (unsigned long long)called[LW_TOKENS],
	    (unsigned long long)called[LW_USERINFO],
	    (unsigned long long)called[LW_LOGIN],
	    (unsigned long long)called[LW_EDIT]);
	tell_edits(request);
	buf_str(&request->body, "}}\n");
	return true;
}

static const char *
otherwise(const char *given, const char *usual)
{
	return given != NULL ? given : usual;
}

static bool
edit(struct lw_request *request)
{
	static const char *const whens[] = { "now", "before", "after" };
	const char *when = lw_arg(request, "when");
	struct lw_title room;
	struct lw_hook hook;

	memset(&hook, 0, sizeof(hook));
	memset(&room, 0, sizeof(room));
	(void)title_of(request, "title", &room);
	if (room.wrong != NULL || room.text[0] == '\0' ||
	    !lw_flag(request, "text"))
		return false;
	for (hook.when = WHEN_NOW; when != NULL && strcmp(when,
	    whens[hook.when]) != 0; hook.when++)
		if (hook.when == WHEN_AFTER)
			return false;
	hook.title = room.text;
	hook.user = otherwise(lw_arg(request, "user"), "Somebody");
	hook.summary = otherwise(lw_arg(request, "summary"), "");
	hook.find = lw_arg(request, "find");
	hook.text = lw_arg(request, "text");
	return hook.when == WHEN_NOW ? lw_hook_do(request->wiki, &hook) :
	    lw_hook_add(request->wiki, &hook);
}

static bool
set_clock(struct lw_request *request)
{
	const char *time = lw_arg(request, "time");

	return time != NULL && date_parse_time(time, strlen(time),
	    &request->wiki->config.now);
}

static bool
is_on(const struct lw_request *request)
{
	const char *on = lw_arg(request, "on");

	return on == NULL || strcmp(on, "1") == 0;
}

static bool
obey(struct lw_request *request, const char *what)
{
	struct loopwiki *wiki = request->wiki;
	struct lw_title room, to;
	const char *title = title_of(request, "title", &room);
	const char *model = lw_arg(request, "model");
	bool good = true;

	if (strcmp(what, "page") == 0)
		return tell_page(request, title);
	if (strcmp(what, "revisions") == 0)
		return tell_revisions(request, title);
	if (strcmp(what, "counts") == 0)
		return tell_counts(request);
	if (strcmp(what, "edit") == 0)
		good = edit(request);
	else if (strcmp(what, "delete") == 0)
		good = lw_delete(wiki, title);
	else if (strcmp(what, "move") == 0)
		good = lw_move(wiki, title, title_of(request, "to", &to),
		    "Somebody");
	else if (strcmp(what, "protect") == 0)
		good = lw_guard(wiki, title, is_on(request));
	else if (strcmp(what, "model") == 0)
		good = model != NULL && lw_model(wiki, title, model);
	else if (strcmp(what, "lose") == 0)
		lw_sessions_lose(wiki);
	else if (strcmp(what, "closed") == 0)
		wiki->config.closed = is_on(request);
	else if (strcmp(what, "now") == 0)
		good = set_clock(request);
	else
		good = strcmp(what, "fault") == 0 && lw_flag(request,
		    "rule") && lw_fault_add(wiki, lw_arg(request, "rule"));
	buf_str(&request->body, good ? "done\n" : "");
	return good;
}

void
lw_steer(struct lw_request *request)
{
	request->type = "text/plain; charset=utf-8";
	request->sleep_ms = 0;
	if (!obey(request, request->path + strlen("/loop/"))) {
		request->status = 400;
		buf_str(&request->body, "not understood\n");
	}
}
