/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/http_private.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"

/* Three texts in one, in memory of just that size: what grows leaves copies
 * behind.  NULL on no memory. */
static char *
join(const char *first, const char *second, const char *third)
{
	size_t size = strlen(first) + strlen(second) + strlen(third) + 1;
	char *text = mem_alloc(size, 1);

	if (text != NULL)
		snprintf(text, size, "%s%s%s", first, second, third);
	return text;
}

static void
wipe_and_free(char *text)
{
	if (text != NULL)
		mem_wipe(text, strlen(text));
	mem_free(text);
}

/* What the server sees: URL and form, with the secret in one of them. */
static bool
compose(struct http_task *task, const struct http_request *request)
{
	const char *secret = request->secret_query, *form = request->form;
	const char *value;
	char *path;

	task->url = join(task->http->base, request->path, "");
	if (task->url == NULL)
		return false;
	if (form != NULL) {
		task->form = secret == NULL ? join(form, "", "") :
		    join(form, form[0] != '\0' ? "&" : "", secret);
		if (task->form == NULL)
			return false;
	} else if (secret != NULL) {
		path = task->url;
		task->url = join(path, strchr(request->path, '?') != NULL ?
		    "&" : "?", secret);
		mem_free(path);
		if (task->url == NULL)
			return false;
	}
	if (secret == NULL)
		return true;
	value = strchr(secret, '=');
	task->hidden = join(value != NULL ? value + 1 : secret, "", "");
	return task->hidden != NULL;
}

/* Forget what came. */
static void
begin_answer(struct http_task *task)
{
	struct http_answer *answer = &task->answer;

	answer->fault = HTTP_FINE;
	answer->why[0] = '\0';
	answer->status = 0;
	answer->type[0] = '\0';
	answer->retry_after[0] = '\0';
	answer->header[0] = '\0';
	answer->date = DATE_NONE;
	answer->wire = 0;
	buf_clear(&answer->body);
	task->why[0] = '\0';
	task->headers_ended = false;
}

struct http_task *
http_task_new(struct http *http, const struct http_request *request)
{
	struct http_task *task = mem_alloc(1, sizeof(*task));

	if (task == NULL)
		return NULL;
	task->http = http;
	task->secret = request->secret;
	task->answer.tag = request->tag;
	buf_init(&task->answer.body, http->config.max_bytes);
	begin_answer(task);
	if (!compose(task, request)) {
		http_task_free(task);
		return NULL;
	}
	return task;
}

void
http_task_free(struct http_task *task)
{
	if (task == NULL)
		return;
	if (task->easy != NULL)
		task->http->curl.easy_cleanup(task->easy);
	buf_release(&task->answer.body);
	wipe_and_free(task->url);
	wipe_and_free(task->form);
	wipe_and_free(task->hidden);
	mem_free(task);
}

static size_t
on_body(char *data, size_t size, size_t count, void *arg)
{
	struct http_task *task = arg;
	struct buf *body = &task->answer.body;
	size_t len = size * count;

	buf_add(body, data, len);
	return body->full || body->nomem ? 0 : len;
}

/* Write the value of a header, if it is the one named and the first. */
static bool
take_header(char *out, size_t size, const char *line, size_t len,
    const char *name)
{
	size_t i, skip = strlen(name), n = 0;

	if (out[0] != '\0' || len < skip || strncasecmp(line, name, skip) != 0)
		return false;
	while (skip < len && (line[skip] == ' ' || line[skip] == '\t'))
		skip++;
	for (i = skip; i < len && n < size - 1; i++) {
		if (line[i] < ' ' || line[i] > '~')
			break;
		out[n++] = line[i];
	}
	while (n > 0 && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
	return true;
}

static size_t
on_header(char *data, size_t size, size_t count, void *arg)
{
	struct http_task *task = arg;
	struct http_answer *answer = &task->answer;
	size_t len = size * count;
	char date[64] = "";
	int64_t time;

	if (len > HTTP_MAX_HEADERS - task->header_bytes) {
		task->headers_large = true;
		return 0;
	}
	task->header_bytes += len;
	if (len > 0 && (data[0] == '\r' || data[0] == '\n'))
		task->headers_ended = true;
	else if (len > 5 && memcmp(data, "HTTP/", 5) == 0)
		task->headers_ended = false;	/* a 100 may come before */
	(void)take_header(answer->retry_after, sizeof(answer->retry_after),
	    data, len, "retry-after:");
	if (task->http->header != NULL)
		(void)take_header(answer->header, sizeof(answer->header),
		    data, len, task->http->header);
	if (take_header(date, sizeof(date), data, len, "date:") &&
	    date_parse_http(date, strlen(date), &time))
		answer->date = time;
	return len;
}

/* Options take a long, a pointer or a function, and what is passed as
 * another type is read as nonsense: so these three ways and no others. */
static void
set_number(struct http_task *task, CURLoption option, long value)
{
	if (task->code == CURLE_OK)
		task->code = task->http->curl.easy_setopt(task->easy, option,
		    value);
}

static void
set_data(struct http_task *task, CURLoption option, const void *value)
{
	if (task->code == CURLE_OK)
		task->code = task->http->curl.easy_setopt(task->easy, option,
		    value);
}

static void
set_writer(struct http_task *task, CURLoption option, curl_write_callback call)
{
	if (task->code == CURLE_OK)
		task->code = task->http->curl.easy_setopt(task->easy, option,
		    call);
}

static void
set_limits(struct http_task *task)
{
	const struct http_config *config = &task->http->config;

	set_number(task, CURLOPT_CONNECTTIMEOUT, HTTP_CONNECT_SECONDS);
	set_number(task, CURLOPT_TIMEOUT, (long)config->total_seconds);
	set_number(task, CURLOPT_LOW_SPEED_LIMIT, HTTP_STALL_SPEED);
	set_number(task, CURLOPT_LOW_SPEED_TIME,
	    (long)config->stall_seconds);
	set_writer(task, CURLOPT_WRITEFUNCTION, on_body);
	set_data(task, CURLOPT_WRITEDATA, task);
	set_writer(task, CURLOPT_HEADERFUNCTION, on_header);
	set_data(task, CURLOPT_HEADERDATA, task);
	/* A proxy's answer to CONNECT is not the server's. */
	set_number(task, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1);
}

static void
set_trust(struct http_task *task)
{
	const struct http *http = task->http;

	set_data(task, CURLOPT_PROTOCOLS_STR,
	    http->https ? "https" : "http,https");
	set_number(task, CURLOPT_FOLLOWLOCATION, 0);
	set_number(task, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
	if (http->ca_file != NULL)
		set_data(task, CURLOPT_CAINFO, http->ca_file);
	if (http->ca_dir != NULL)
		set_data(task, CURLOPT_CAPATH, http->ca_dir);
	/* The secret header is not for a proxy's CONNECT. */
	set_number(task, CURLOPT_HEADEROPT, CURLHEADER_SEPARATE);
}

static void
set_request(struct http_task *task)
{
	struct http *http = task->http;
	struct curl_slist *header = NULL;

	set_data(task, CURLOPT_USERAGENT, http->agent);
	set_data(task, CURLOPT_ACCEPT_ENCODING, "");
	/* With HTTP/2, wait for the connection that is being made.  Plain
	 * http has only HTTP/1.1 here. */
	set_number(task, CURLOPT_PIPEWAIT, http->https);
	if (task->secret && http->secret != NULL) {
		task->headers[0].data = http->secret;
		header = &task->headers[0];
	}
	if (task->form != NULL) {
		set_data(task, CURLOPT_POSTFIELDS, task->form);
		/* Else libcurl asks leave for a large form and waits. */
		task->headers[1].data = http->expect;
		task->headers[1].next = header;
		header = &task->headers[1];
		/* When a kept connection breaks before the first byte of an
		 * answer, libcurl sends the request again on another, a form
		 * too; and what it asks for would be done twice. */
		set_number(task, CURLOPT_FRESH_CONNECT, 1);
	}
	if (header != NULL)
		set_data(task, CURLOPT_HTTPHEADER, header);
	if (http->share != NULL) {
		set_data(task, CURLOPT_SHARE, http->share);
		set_data(task, CURLOPT_COOKIEFILE, "");
	}
}

const struct err *
http_task_fly(struct http_task *task)
{
	const struct http_curl *curl = &task->http->curl;
	CURLMcode code;

	if (task->easy == NULL) {
		task->easy = curl->easy_init();
		if (task->easy == NULL)
			return err_memory();
		set_data(task, CURLOPT_PRIVATE, task);
		set_data(task, CURLOPT_ERRORBUFFER, task->why);
		set_limits(task);
		set_trust(task);
		set_request(task);
	}
	set_data(task, CURLOPT_URL, task->url);
	if (task->code == CURLE_OUT_OF_MEMORY)
		return err_memory();
	if (task->code != CURLE_OK)
		return err_new(ERR_SYSTEM, "libcurl: an option is refused: "
		    "%s: use a libcurl that is built with TLS",
		    curl->easy_strerror(task->code));
	code = curl->multi_add_handle(task->http->multi, task->easy);
	if (code == CURLM_OUT_OF_MEMORY)
		return err_memory();
	if (code != CURLM_OK)
		return err_new(ERR_SYSTEM, "libcurl: a request can't begin: "
		    "%s: report it", curl->multi_strerror(code));
	return NULL;
}

static enum http_fault
fault_of(CURLcode code)
{
	switch (code) {
	case CURLE_OK:
		return HTTP_FINE;
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_CONNECT:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PROXY:
		return HTTP_UNREACHABLE;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_INVALIDCERTSTATUS:
		return HTTP_UNTRUSTED;
	case CURLE_OPERATION_TIMEDOUT:
		return HTTP_SLOW;
	default:
		return HTTP_BROKEN;
	}
}

static void __attribute__((format(printf, 3, 4)))
blame(struct http_task *task, enum http_fault fault, const char *fmt, ...)
{
	struct http_answer *answer = &task->answer;
	char text[2 * CURL_ERROR_SIZE];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	answer->fault = fault;
	http_shown(answer->why, sizeof(answer->why), task, text);
}

static const struct err *
judge(struct http_task *task, CURLcode code)
{
	const struct http_curl *curl = &task->http->curl;

	if (task->answer.body.nomem)
		return err_memory();
	if (task->answer.body.full)
		blame(task, HTTP_LARGE, "the answer is over %zu bytes",
		    task->answer.body.ceiling);
	else if (task->headers_large)
		blame(task, HTTP_LARGE, "the headers are over %d bytes",
		    (int)HTTP_MAX_HEADERS);
	else if (code == CURLE_OUT_OF_MEMORY)
		/* So it also calls a header that is too long for it. */
		blame(task, HTTP_LARGE, "a header is too long, or no memory "
		    "is left");
	else if (code != CURLE_OK)
		blame(task, fault_of(code), "%s", task->why[0] != '\0' ?
		    task->why : curl->easy_strerror(code));
	else if (!task->headers_ended)
		/* To libcurl that is an answer with an empty body. */
		blame(task, HTTP_BROKEN, "the answer ends in its headers");
	else if (task->answer.status < 200)
		blame(task, HTTP_BROKEN, "the answer's status is %d",
		    task->answer.status);
	return NULL;
}

/* The rest of the answer. */
static void
complete(struct http_task *task)
{
	const struct http_curl *curl = &task->http->curl;
	struct http_answer *answer = &task->answer;
	const char *type = NULL;
	long status = 0;
	size_t i;

	answer->wire = http_task_wire(task);
	if (curl->easy_getinfo(task->easy, CURLINFO_RESPONSE_CODE,
	    &status) == CURLE_OK && status <= 999)
		answer->status = (int)status;
	if (curl->easy_getinfo(task->easy, CURLINFO_CONTENT_TYPE, &type) !=
	    CURLE_OK || type == NULL)
		return;
	for (i = 0; i < sizeof(answer->type) - 1; i++) {
		if (type[i] <= ' ' || type[i] > '~' || type[i] == ';')
			break;
		answer->type[i] = type[i] >= 'A' && type[i] <= 'Z' ?
		    (char)(type[i] + 'a' - 'A') : type[i];
	}
	answer->type[i] = '\0';
}

/* Where the answer sends us; NULL when it doesn't. */
static const char *
target_of(const struct http_task *task)
{
	const char *target = NULL;

	switch (task->answer.status) {
	case 301:
	case 302:
	case 303:
	case 307:
	case 308:
		if (task->http->curl.easy_getinfo(task->easy,
		    CURLINFO_REDIRECT_URL, &target) == CURLE_OK)
			return target;
		break;
	default:
		break;
	}
	return NULL;
}

/* NULL, or why the redirect is not followed. */
static const char *
objection(const struct http_task *task, const char *target)
{
	if (task->form != NULL)
		return "a form is not sent to another place";
	if (task->redirects == HTTP_MAX_REDIRECTS)
		return "too many redirects";
	if (strlen(target) > HTTP_MAX_BASE + HTTP_MAX_PATH)
		return "redirected to a URL that is too long";
	if (!http_may_follow(&task->http->curl, task->url, target))
		return "redirected to another server";
	return NULL;
}

const struct err *
http_task_land(struct http_task *task, CURLcode code, bool *again)
{
	const char *target, *why;
	char *url;
	const struct err *err;

	*again = false;
	complete(task);
	task->http->counts.requests++;
	task->http->counts.wire += task->answer.wire;
	err = judge(task, code);
	if (err != NULL)
		return err;
	target = task->answer.fault == HTTP_FINE ? target_of(task) : NULL;
	why = target != NULL ? objection(task, target) : NULL;
	if (why != NULL)
		blame(task, HTTP_REDIRECTED, "%s: %.*s", why,
		    (int)strcspn(target, "?"), target);
	http_log(task);
	if (target == NULL || why != NULL)
		return NULL;
	url = join(target, "", "");
	if (url == NULL)
		return err_memory();
	wipe_and_free(task->url);
	task->url = url;
	task->redirects++;
	begin_answer(task);
	*again = true;
	return NULL;
}

uint64_t
http_task_wire(const struct http_task *task)
{
	curl_off_t bytes = 0;

	if (task->http->curl.easy_getinfo(task->easy,
	    CURLINFO_SIZE_DOWNLOAD_T, &bytes) != CURLE_OK || bytes < 0)
		return 0;
	return (uint64_t)bytes;
}
