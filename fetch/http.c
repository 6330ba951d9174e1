/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/http.h"

#include <string.h>
#include <time.h>

#include "base/err.h"
#include "base/mem.h"
#include "fetch/http_private.h"

enum {
	TICK_MS = 250
};

/* Milliseconds from some moment on: for delays, not for dates. */
static int64_t
moment(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_MONOTONIC, &now) == -1)
		return 0;
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* A copy, or NULL of NULL; false on no memory. */
static bool
keep(char **out, const char *text)
{
	if (text == NULL)
		return true;
	*out = mem_copy(text, strlen(text));
	return *out != NULL;
}

static const struct err *
check_config(const struct http_config *config)
{
	const char *c;

	if (config->jobs == 0 || config->jobs > HTTP_MAX_JOBS ||
	    config->total_seconds == 0 ||
	    config->total_seconds > HTTP_MAX_SECONDS)
		return err_new(ERR_USAGE, "requests: they can't be limited so: "
		    "%u at once, %u seconds each: ask for 1 to %d at once, "
		    "and 1 to %d seconds", config->jobs,
		    config->total_seconds, (int)HTTP_MAX_JOBS,
		    (int)HTTP_MAX_SECONDS);
	if (config->secret == NULL)
		return NULL;
	for (c = config->secret; *c != '\0'; c++)
		if (*c < ' ' || *c > '~')
			return err_new(ERR_CONFIG, "the key: it can't be "
			    "sent: it holds a character that is not printable "
			    "ASCII: look at where it comes from");
	return NULL;
}

/* Own what the caller's configuration points at. */
static const struct err *
keep_config(struct http *http, const struct http_config *config)
{
	size_t len = strlen(config->base);

	http->config = *config;
	if (config->stall_seconds == 0)
		http->config.stall_seconds = HTTP_STALL_SECONDS;
	memcpy(http->expect, "Expect:", sizeof(http->expect));
	while (len > 0 && config->base[len - 1] == '/')
		len--;
	http->base = mem_copy(config->base, len);
	if (http->base == NULL || !keep(&http->agent, config->agent) ||
	    !keep(&http->ca_file, config->ca_file) ||
	    !keep(&http->ca_dir, config->ca_dir) ||
	    !keep(&http->secret, config->secret))
		return err_memory();
	if (config->header == NULL)
		return NULL;
	len = strlen(config->header);
	http->header = mem_alloc(len + 2, 1);
	if (http->header == NULL)
		return err_memory();
	memcpy(http->header, config->header, len);
	http->header[len] = ':';
	return NULL;
}

static const struct err *
begin_curl(struct http *http)
{
	const struct http_curl *curl = &http->curl;
	const struct err *err;

	err = http_load(&http->curl);
	if (err != NULL)
		return err;
	http->loaded = true;
	err = http_check_base(curl, http->base, &http->https);
	if (err != NULL)
		return err;
	http->multi = curl->multi_init();
	if (http->multi == NULL)
		return err_memory();
	if (!http->config.cookies)
		return NULL;
	http->share = curl->share_init();
	if (http->share == NULL || curl->share_setopt(http->share,
	    CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE) != CURLSHE_OK)
		return err_memory();
	return NULL;
}

const struct err *
http_new(struct http **out, const struct http_config *config)
{
	const struct err *err;
	struct http *http;

	*out = NULL;
	err = check_config(config);
	if (err != NULL)
		return err;
	http = mem_alloc(1, sizeof(*http));
	if (http == NULL)
		return err_memory();
	http->waiting_end = &http->waiting;
	err = keep_config(http, config);
	if (err == NULL)
		err = begin_curl(http);
	if (err != NULL) {
		http_free(http);
		return err;
	}
	*out = http;
	return NULL;
}

void
http_free(struct http *http)
{
	struct http_task *task;

	if (http == NULL)
		return;
	http_task_free(http->given);
	while ((task = http->flying) != NULL) {
		http->flying = task->next;
		(void)http->curl.multi_remove_handle(http->multi, task->easy);
		http_task_free(task);
	}
	while ((task = http->waiting) != NULL) {
		http->waiting = task->next;
		http_task_free(task);
	}
	if (http->multi != NULL)
		(void)http->curl.multi_cleanup(http->multi);
	if (http->share != NULL)
		(void)http->curl.share_cleanup(http->share);
	if (http->loaded)
		http_unload(&http->curl);
	if (http->secret != NULL)
		mem_wipe(http->secret, strlen(http->secret));
	mem_free(http->secret);
	mem_free(http->header);
	mem_free(http->ca_dir);
	mem_free(http->ca_file);
	mem_free(http->agent);
	mem_free(http->base);
	mem_free(http);
}

const struct err *
http_ask(struct http *http, const struct http_request *request)
{
	struct http_task *task;

	if (request->path[0] != '/' || !http_is_url_part(request->path) ||
	    strlen(request->path) > HTTP_MAX_PATH)
		return err_new(ERR_USAGE, "the request: it can't be asked: "
		    "its path is too long, or no part of a URL: ask for less, "
		    "or for something else");
	if (request->secret_query != NULL &&
	    !http_is_url_part(request->secret_query))
		return err_new(ERR_USAGE, "the key: it can't be sent: it holds "
		    "a character that must be quoted: look at where it comes "
		    "from");
	task = http_task_new(http, request);
	if (task == NULL)
		return err_memory();
	task->due = request->wait_ms > 0 ? moment() + request->wait_ms : 0;
	*http->waiting_end = task;
	http->waiting_end = &task->next;
	return NULL;
}

/* Begin what is due, as far as there is room.  *wait_ms: until the next is
 * due, -1 when there is none, or no room. */
static const struct err *
begin_due(struct http *http, int64_t *wait_ms)
{
	struct http_task **link = &http->waiting, *task;
	const struct err *err;
	int64_t now = moment(), left;

	*wait_ms = -1;
	while ((task = *link) != NULL &&
	    http->flying_count < http->config.jobs) {
		left = task->due - now;
		if (left > 0) {
			if (*wait_ms < 0 || left < *wait_ms)
				*wait_ms = left;
			link = &task->next;
			continue;
		}
		err = http_task_fly(task);
		if (err != NULL)
			return err;
		*link = task->next;
		if (*link == NULL)
			http->waiting_end = link;
		task->next = http->flying;
		http->flying = task;
		http->flying_count++;
	}
	return NULL;
}

static const struct err *
multi_error(const struct http *http, CURLMcode code)
{
	if (code == CURLM_OK)
		return NULL;
	if (code == CURLM_OUT_OF_MEMORY)
		return err_memory();
	return err_new(ERR_SYSTEM, "libcurl: a request can't go on: %s: "
	    "report it", http->curl.multi_strerror(code));
}

static const struct err *
perform(const struct http *http)
{
	int running;

	return multi_error(http, http->curl.multi_perform(http->multi,
	    &running));
}

/* It is in flight no more. */
static void
unlink_flying(struct http *http, const struct http_task *task)
{
	struct http_task **link = &http->flying;

	while (*link != task)
		link = &(*link)->next;
	*link = task->next;
	http->flying_count--;
}

/* See which request has ended: it becomes the given one. */
static const struct err *
land(struct http *http)
{
	const struct err *err;
	struct http_task *task;
	CURLMsg *message;
	CURLcode code;
	bool again;
	int left;

	while (http->given == NULL && (message =
	    http->curl.multi_info_read(http->multi, &left)) != NULL) {
		if (message->msg != CURLMSG_DONE)
			continue;
		/* Removing the handle makes the message invalid. */
		code = message->data.result;
		task = NULL;
		if (http->curl.easy_getinfo(message->easy_handle,
		    CURLINFO_PRIVATE, &task) != CURLE_OK || task == NULL)
			return err_memory();
		(void)http->curl.multi_remove_handle(http->multi, task->easy);
		err = http_task_land(task, code, &again);
		if (err == NULL && again)
			err = http_task_fly(task);
		if (err != NULL)
			return err;
		if (!again) {
			unlink_flying(http, task);
			http->given = task;
		}
	}
	return NULL;
}

static uint64_t
wire_so_far(const struct http *http)
{
	const struct http_task *task;
	uint64_t sum = http->counts.wire;

	for (task = http->flying; task != NULL; task = task->next)
		sum += http_task_wire(task);
	return sum;
}

const struct err *
http_next(struct http *http, struct http_answer **out,
    const struct err *(*tick)(void *arg, uint64_t wire), void *tick_arg)
{
	const struct err *err;
	int64_t now, ticked = moment(), wait_ms;

	*out = NULL;
	http_task_free(http->given);
	http->given = NULL;
	for (;;) {
		err = begin_due(http, &wait_ms);
		if (err == NULL)
			err = perform(http);
		if (err == NULL)
			err = land(http);
		if (err != NULL)
			return err;
		if (http->given != NULL)
			break;
		if (http->flying == NULL && http->waiting == NULL)
			return NULL;
		now = moment();
		if (tick != NULL && now - ticked >= TICK_MS) {
			ticked = now;
			err = tick(tick_arg, wire_so_far(http));
			if (err != NULL)
				return err;
		}
		if (wait_ms < 0 || wait_ms > TICK_MS)
			wait_ms = TICK_MS;
		err = multi_error(http, http->curl.multi_poll(http->multi,
		    NULL, 0, (int)wait_ms, NULL));
		if (err != NULL)
			return err;
	}
	/* The server works on the next while the caller looks at this. */
	err = begin_due(http, &wait_ms);
	if (err == NULL)
		err = perform(http);
	if (err == NULL)
		*out = &http->given->answer;
	return err;
}

size_t
http_waiting(const struct http *http)
{
	const struct http_task *task;
	size_t count = http->flying_count;

	for (task = http->waiting; task != NULL; task = task->next)
		count++;
	return count;
}

void
http_counts(const struct http *http, struct http_counts *out)
{
	*out = http->counts;
}

void
http_quote(struct buf *out, const char *text)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789-._~";

	for (; *text != '\0'; text++)
		if (strchr(plain, *text) != NULL)
			buf_char(out, *text);
		else
			buf_fmt(out, "%%%02X", (unsigned)(unsigned char)*text);
}
