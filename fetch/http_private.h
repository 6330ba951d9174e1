/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * What the files of the HTTP client share.  Nobody else includes this, but
 * its own test.
 *
 *	http.c		the session: what waits, what is in flight, what is
 *			done
 *	http_task.c	one request and its answer
 *	http_shown.c	URLs: what is one, where a redirect may lead, how one
 *			is shown
 *	http_load.c	libcurl itself
 */
#ifndef FETCH_HTTP_PRIVATE_H
#define FETCH_HTTP_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <curl/curl.h>

#include "fetch/http.h"

struct err;

/* What is used of libcurl, named as there but for the "curl_". */
#define HTTP_CURL(X) \
	X(easy_cleanup) \
	X(easy_getinfo) \
	X(easy_init) \
	X(easy_setopt) \
	X(easy_strerror) \
	X(free) \
	X(global_cleanup) \
	X(global_init_mem) \
	X(multi_add_handle) \
	X(multi_cleanup) \
	X(multi_info_read) \
	X(multi_init) \
	X(multi_perform) \
	X(multi_poll) \
	X(multi_remove_handle) \
	X(multi_setopt) \
	X(multi_strerror) \
	X(share_cleanup) \
	X(share_init) \
	X(share_setopt) \
	X(url) \
	X(url_cleanup) \
	X(url_get) \
	X(url_set) \
	X(version_info)

struct http_curl {
#define X(name) __typeof__(curl_##name) *name;
	HTTP_CURL(X)
#undef X
};

/* Load libcurl and begin with it; ERR_SYSTEM.  It is never unloaded: what
 * it uses for TLS leaves things behind that are called at exit. */
const struct err *http_load(struct http_curl *curl);
void http_unload(const struct http_curl *curl);

struct http_task {
	struct http_task *next;
	struct http *http;
	CURL *easy;		/* NULL until it is in flight */
	CURLcode code;		/* the first option that failed */
	char *url, *form;	/* with their secrets; form NULL: GET */
	char *hidden;		/* the secret in one of them, NULL: none */
	bool secret;
	int64_t due;		/* by the clock of http.c; 0: at once */
	unsigned redirects;
	size_t header_bytes;
	bool headers_large;
	bool headers_ended;	/* their empty line came */
	/* Headers that are sent beside libcurl's; libcurl copies neither. */
	struct curl_slist headers[2];
	char why[CURL_ERROR_SIZE];	/* libcurl's */
	struct http_answer answer;
};

struct http {
	struct http_curl curl;
	bool loaded;
	CURLM *multi;
	CURLSH *share;		/* cookies; NULL: not kept */
	struct http_config config;	/* pointers are to own copies */
	char *base, *agent, *ca_file, *ca_dir, *secret;
	char *header;		/* with its colon; NULL: none */
	bool https;
	char expect[sizeof("Expect:")];
	struct http_task *waiting;	/* in order */
	struct http_task **waiting_end;
	struct http_task *flying;
	unsigned flying_count;
	struct http_task *given;	/* the caller looks at its answer */
	struct http_counts counts;
};

/* A task that waits, NULL on no memory; and its end, whatever it does. */
struct http_task *http_task_new(struct http *http,
    const struct http_request *request);
void http_task_free(struct http_task *task);
/* Put it in flight, again after a redirect. */
const struct err *http_task_fly(struct http_task *task);
/* It has ended, with `code`.  *again: it must fly again, to where it was
 * redirected; else its answer is complete. */
const struct err *http_task_land(struct http_task *task, CURLcode code,
    bool *again);
/* Bytes of the body that came so far. */
uint64_t http_task_wire(const struct http_task *task);

/* ERR_USAGE; *https says which of the two it is. */
const struct err *http_check_base(const struct http_curl *curl,
    const char *base, bool *https);
/* True for what may stand in a URL behind its host. */
bool http_is_url_part(const char *text);
/* Whether a redirect from one URL may lead to the other. */
bool http_may_follow(const struct http_curl *curl, const char *from,
    const char *to);
/* Write as much of a text as has room, secrets as "***", and what is not
 * printable ASCII as "?". */
void http_shown(char *out, size_t size, const struct http_task *task,
    const char *text);
/* Tell the log how a request went. */
void http_log(const struct http_task *task);

#endif
