/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A raw server and a session with it, for the tests of the HTTP client.
 */
#ifndef TESTS_UNIT_HTTP_FIXTURE_H
#define TESTS_UNIT_HTTP_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "fetch/http.h"
#include "tests/unit/rawserver.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
#define SEND(text) { RAW_SEND, text, 0, 0 }
#define SLEEP(ms) { RAW_SLEEP, NULL, 0, ms }
#define REPEAT(text, count) { RAW_REPEAT, text, 0, count }
#define KEEP { RAW_KEEP, NULL, 0, 0 }
#define END { RAW_END, NULL, 0, 0 }
#define RESET { RAW_RESET, NULL, 0, 0 }

struct fixture {
	struct rawserver *server;
	char base[64];
	struct http_config config;
	struct http *http;
	char log[32 << 10];
};

static inline void
fixture_log(void *arg, const char *line)
{
	struct fixture *fx = arg;
	size_t len = strlen(fx->log);

	snprintf(fx->log + len, sizeof(fx->log) - len, "%s\n", line);
}

/* The server, and what a session with it is configured with. */
static inline void
fixture_begin(struct fixture *fx, const struct raw_script *scripts)
{
	memset(fx, 0, sizeof(*fx));
	fx->server = rawserver_new(scripts);
	assert_non_null(fx->server);
	snprintf(fx->base, sizeof(fx->base), "http://127.0.0.1:%d",
	    rawserver_port(fx->server));
	fx->config.base = fx->base;
	fx->config.agent = "tester/1.0 (+https://example.org/contact)";
	fx->config.jobs = 3;
	fx->config.total_seconds = 20;
	fx->config.max_bytes = 1 << 20;
	fx->config.log = fixture_log;
	fx->config.log_arg = fx;
}

static inline void
fixture_open(struct fixture *fx)
{
	assert_null(http_new(&fx->http, &fx->config));
}

static inline void
fixture_end(struct fixture *fx)
{
	http_free(fx->http);
	rawserver_free(fx->server);
}

static inline void
ask(struct fixture *fx, const char *path, void *tag)
{
	struct http_request request;

	memset(&request, 0, sizeof(request));
	request.path = path;
	request.tag = tag;
	assert_null(http_ask(fx->http, &request));
}

static inline const struct http_answer *
next(struct fixture *fx)
{
	struct http_answer *answer;

	assert_null(http_next(fx->http, &answer, NULL, NULL));
	return answer;
}

static inline const struct http_answer *
get(struct fixture *fx, const char *path)
{
	const struct http_answer *answer;

	ask(fx, path, fx);
	answer = next(fx);
	assert_non_null(answer);
	assert_ptr_equal(answer->tag, fx);
	assert_int_equal(http_waiting(fx->http), 0);
	return answer;
}

static inline void
assert_body(const struct http_answer *answer, const char *text)
{
	assert_int_equal(answer->fault, HTTP_FINE);
	assert_string_equal(answer->why, "");
	assert_int_equal(answer->status, 200);
	assert_string_equal(buf_text(&answer->body), text);
}

/* How often a text stands in another. */
static inline unsigned
times(const char *text, const char *part)
{
	unsigned count = 0;

	while ((text = strstr(text, part)) != NULL) {
		text += strlen(part);
		count++;
	}
	return count;
}

/* A proxy of whoever runs the tests would be in the way. */
static inline void
forget_proxies(void)
{
	static const char *const names[] = {
		"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy",
		"ALL_PROXY", "no_proxy", "NO_PROXY"
	};
	size_t i;

	for (i = 0; i < COUNT(names); i++)
		unsetenv(names[i]);
}

#endif
