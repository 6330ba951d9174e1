/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * HTTP, by libcurl's multi interface: a few requests in flight at once over
 * kept connections, each with limits on time and size.  It knows neither
 * Bugzilla nor MediaWiki; whether an answer is good, and whether to ask
 * again (retry.h), is the caller's to say.
 *
 * https alone, unless the URL the caller gave at the beginning is http.
 * Redirects of a GET are followed on the same scheme, host and port, and
 * from http to https on the usual ports of one host; those of a POST are
 * not.  So the secret header and a form go to that host alone, and a form
 * goes there once: each POST has a connection of its own.
 *
 * libcurl itself reads the variables that name proxies.  It is loaded by
 * http_new: a program that only links it starts three times as slowly.
 */
#ifndef FETCH_HTTP_H
#define FETCH_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct err;
struct http;

struct http_config {
	const char *base;	/* URL that requests begin with; slashes at
				 * its end don't count */
	const char *agent;	/* User-Agent */
	const char *ca_file, *ca_dir;	/* NULL: as libcurl was built */
	/* A header line that is a secret ("X-...: KEY"), sent with requests
	 * that ask for it; copied to memory that is wiped.  NULL: none. */
	const char *secret;
	bool cookies;		/* keep them, for the session */
	const char *header;	/* name of a header that answers hand out; NULL:
				 * none */
	unsigned jobs;		/* requests in flight, 1 to HTTP_MAX_JOBS */
	unsigned total_seconds;	/* for one request with its answer, 1 to
				 * HTTP_MAX_SECONDS */
	unsigned stall_seconds;	/* in which less than HTTP_STALL_SPEED came;
				 * 0: HTTP_STALL_SECONDS */
	size_t max_bytes;	/* of one answer, unpacked */
	/* Each answer or fault, a line with its request, secrets replaced by
	 * "***"; printable ASCII.  NULL: not wanted. */
	void (*log)(void *arg, const char *line);
	void *log_arg;
};

struct http_request {
	const char *path;	/* behind `base`, with its query; begins
				 * with a slash */
	const char *form;	/* body of a POST, urlencoded; NULL: GET */
	bool secret;		/* send the secret header */
	/* A secret that must go into the query or the form, appended as it
	 * stands ("NAME=VALUE", urlencoded); VALUE is never logged.  NULL:
	 * none. */
	const char *secret_query;
	int64_t wait_ms;	/* begin no earlier than this from now */
	void *tag;		/* the caller's */
};

enum http_fault {
	HTTP_FINE,		/* an answer came, of any status */
	HTTP_UNREACHABLE,	/* name, connection, TLS handshake */
	HTTP_UNTRUSTED,		/* certificate refused: no use to try again */
	HTTP_BROKEN,		/* cut off, wrong length, bad coding, reset */
	HTTP_SLOW,		/* a limit of time */
	HTTP_LARGE,		/* over max_bytes or HTTP_MAX_HEADERS */
	HTTP_REDIRECTED,	/* to where it must not follow */
	HTTP_FAULT__MAX
};

struct http_answer {
	enum http_fault fault;
	char why[256];		/* of a fault; printable ASCII, no secrets */
	int status;		/* 0 without an answer */
	char type[64];		/* media type in lower case, without parameters */
	char retry_after[64];	/* the header as it came, "" */
	char header[128];	/* the one that was asked for, "" */
	int64_t date;		/* the server's clock (Date header), or
				 * DATE_NONE */
	struct buf body;	/* unpacked; of a fault: what came, or none */
	uint64_t wire;		/* bytes of the body as they came */
	void *tag;
};

/* Counts since http_new; of what has ended. */
struct http_counts {
	uint64_t requests;
	uint64_t wire;
};

/* A session; the caller frees.  ERR_USAGE for a base that is no http(s) URL,
 * or that holds a user, a password, a query or a fragment, and for numbers
 * that are no limits; ERR_CONFIG for a secret that is no header line;
 * ERR_SYSTEM, also when libcurl can't be loaded or is too old. */
const struct err *http_new(struct http **out,
    const struct http_config *config);
/* Ends what is in flight; wipes the secrets, libcurl's copies too. */
void http_free(struct http *http);

/* Ask; the request is copied.  It begins in http_next.  ERR_SYSTEM;
 * ERR_USAGE for a path or a secret_query that is no part of a URL. */
const struct err *http_ask(struct http *http,
    const struct http_request *request);
/*
 * Wait for the next answer, of any request.  NULL when nothing is asked.
 * It is good until the next call, and nothing is received between calls.
 * `tick`, if not NULL, is called a few times a second with the bytes that
 * came so far, an error from it ends the wait.  After ERR_SYSTEM of its own
 * only http_free is left to do.
 */
const struct err *http_next(struct http *http, struct http_answer **out,
    const struct err *(*tick)(void *arg, uint64_t wire), void *tick_arg);
/* Requests asked and not yet answered. */
size_t http_waiting(const struct http *http);
void http_counts(const struct http *http, struct http_counts *out);

/* Append `text` as a value in a query or form (RFC 3986, unreserved). */
void http_quote(struct buf *out, const char *text);

/* Limits */
enum {
	HTTP_MAX_JOBS = 16,
	HTTP_MAX_SECONDS = 86400,
	HTTP_CONNECT_SECONDS = 20,
	HTTP_STALL_SECONDS = 60,	/* a Bugzilla at work is silent for
					 * 30 s */
	HTTP_STALL_SPEED = 10,		/* bytes a second */
	HTTP_MAX_REDIRECTS = 5,
	/* Bugzilla's fronts refuse longer request lines. */
	HTTP_MAX_PATH = 8000,
	HTTP_MAX_BASE = 1000,
	/* All of an answer's, with those of its redirects. */
	HTTP_MAX_HEADERS = 64 << 10
};

#endif
