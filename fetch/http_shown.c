/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/http_private.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"

enum {
	LINE_MAX_BYTES = HTTP_MAX_BASE + HTTP_MAX_PATH + 512
};

/* The parts of a URL; each libcurl's, NULL when there is none. */
struct parts {
	char *scheme, *host, *port, *user, *password, *query, *fragment;
};

static void
parts_release(const struct http_curl *curl, struct parts *parts)
{
	curl->free(parts->scheme);
	curl->free(parts->host);
	curl->free(parts->port);
	curl->free(parts->user);
	curl->free(parts->password);
	curl->free(parts->query);
	curl->free(parts->fragment);
}

/* CURLUE_OK for a URL with scheme, host and port.  Release it always. */
static CURLUcode
parts_read(const struct http_curl *curl, const char *url,
    struct parts *parts)
{
	CURLU *handle = curl->url();
	CURLUcode code;

	memset(parts, 0, sizeof(*parts));
	if (handle == NULL)
		return CURLUE_OUT_OF_MEMORY;
	code = curl->url_set(handle, CURLUPART_URL, url, 0);
	if (code == CURLUE_OK)
		code = curl->url_get(handle, CURLUPART_SCHEME,
		    &parts->scheme, 0);
	if (code == CURLUE_OK)
		code = curl->url_get(handle, CURLUPART_HOST, &parts->host, 0);
	if (code == CURLUE_OK)
		code = curl->url_get(handle, CURLUPART_PORT, &parts->port,
		    CURLU_DEFAULT_PORT);
	if (code == CURLUE_OK) {
		(void)curl->url_get(handle, CURLUPART_USER, &parts->user, 0);
		(void)curl->url_get(handle, CURLUPART_PASSWORD,
		    &parts->password, 0);
		(void)curl->url_get(handle, CURLUPART_QUERY, &parts->query,
		    0);
		(void)curl->url_get(handle, CURLUPART_FRAGMENT,
		    &parts->fragment, 0);
	}
	curl->url_cleanup(handle);
	return code;
}

bool
http_is_url_part(const char *text)
{
	for (; *text != '\0'; text++)
		if (*text <= ' ' || *text > '~' ||
		    strchr("\"#<>\\^`{|}", *text) != NULL)
			return false;
	return true;
}

const struct err *
http_check_base(const struct http_curl *curl, const char *base, bool *https)
{
	const struct err *err = NULL;
	CURLUcode code = CURLUE_MALFORMED_INPUT;
	struct parts parts;

	*https = false;
	memset(&parts, 0, sizeof(parts));
	if (strlen(base) <= HTTP_MAX_BASE && http_is_url_part(base))
		code = parts_read(curl, base, &parts);
	if (code == CURLUE_OUT_OF_MEMORY)
		err = err_memory();
	else if (code != CURLUE_OK || (strcmp(parts.scheme, "https") != 0 &&
	    strcmp(parts.scheme, "http") != 0))
		err = err_new(ERR_USAGE, "the server's URL: it can't be used: "
		    "it is no URL of http or https: write it as "
		    "https://bugzilla.example.org");
	else if (parts.user != NULL || parts.password != NULL)
		err = err_new(ERR_USAGE, "the server's URL: it can't be used: "
		    "it holds a user or a password: leave them out");
	else if (parts.query != NULL || parts.fragment != NULL)
		err = err_new(ERR_USAGE, "the server's URL: it can't be used: "
		    "it holds a query or a fragment: leave them out");
	else
		*https = strcmp(parts.scheme, "https") == 0;
	parts_release(curl, &parts);
	return err;
}

bool
http_may_follow(const struct http_curl *curl, const char *from,
    const char *to)
{
	struct parts a, b;
	bool may;

	may = parts_read(curl, from, &a) == CURLUE_OK;
	may = parts_read(curl, to, &b) == CURLUE_OK && may;
	may = may && b.user == NULL && b.password == NULL &&
	    text_casecmp(a.host, b.host) == 0 &&
	    ((strcmp(a.scheme, b.scheme) == 0 &&
	    strcmp(a.port, b.port) == 0) ||
	    (strcmp(a.scheme, "http") == 0 && strcmp(a.port, "80") == 0 &&
	    strcmp(b.scheme, "https") == 0 && strcmp(b.port, "443") == 0));
	parts_release(curl, &a);
	parts_release(curl, &b);
	return may;
}

/* The value in a header line; NULL when there is none. */
static const char *
header_value(const char *header)
{
	const char *value;

	if (header == NULL)
		return NULL;
	value = strchr(header, ':');
	if (value == NULL)
		return NULL;
	value++;
	return value + strspn(value, " \t");
}

/* Whether `text` begins with the secret. */
static bool
begins(const char *text, const char *secret)
{
	return secret != NULL && secret[0] != '\0' &&
	    strncmp(text, secret, strlen(secret)) == 0;
}

void
http_shown(char *out, size_t size, const struct http_task *task,
    const char *text)
{
	const char *key = header_value(task->http->secret);
	struct buf shown;

	buf_fixed(&shown, out, size);
	while (*text != '\0' && !shown.full) {
		if (begins(text, key)) {
			buf_str(&shown, "***");
			text += strlen(key);
		} else if (begins(text, task->hidden)) {
			buf_str(&shown, "***");
			text += strlen(task->hidden);
		} else {
			buf_char(&shown,
			    *text >= ' ' && *text <= '~' ? *text : '?');
			text++;
		}
	}
}

void
http_log(const struct http_task *task)
{
	const struct http *http = task->http;
	const struct http_answer *answer = &task->answer;
	char url[LINE_MAX_BYTES], line[LINE_MAX_BYTES + 512];
	curl_off_t us = 0;
	int len;

	if (http->config.log == NULL)
		return;
	http_shown(url, sizeof(url), task, task->url);
	/* Where a redirect leads is the server's word: it may repeat a
	 * secret in another spelling. */
	if (task->redirects > 0)
		url[strcspn(url, "?")] = '\0';
	(void)http->curl.easy_getinfo(task->easy, CURLINFO_TOTAL_TIME_T, &us);
	len = snprintf(line, sizeof(line), "%s %s -> ",
	    task->form != NULL ? "POST" : "GET", url);
	if (answer->fault == HTTP_FINE)
		snprintf(line + len, sizeof(line) - (size_t)len,
		    "%d %" PRIu64 " bytes %.2f s", answer->status,
		    answer->wire, (double)us / 1e6);
	else
		snprintf(line + len, sizeof(line) - (size_t)len,
		    "failed: %s, %.2f s", answer->why, (double)us / 1e6);
	http->config.log(http->config.log_arg, line);
}
