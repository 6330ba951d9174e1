/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* What good servers do, and what is asked of them. */
#include <time.h>

#include "base/date.h"
#include "tests/unit/http_fixture.h"

#define OK_BYTES HEAD "Content-Length: 2\r\n\r\nok"

static const struct raw_step ok[] = { SEND(OK_BYTES), KEEP };
static const struct raw_step late[] = { SLEEP(200), SEND(OK_BYTES), KEEP };
static const struct raw_step later[] = { SLEEP(900), SEND(OK_BYTES), KEEP };

static const struct raw_script plain[] = {
	{ "/later", later }, { "/late", late }, { "/", ok }, { NULL, NULL }
};

static void
test_headers(void **state)
{
	static const struct raw_step html[] = {
		SEND("HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; "
		    "charset=UTF-8\r\nContent-Length: 6\r\n\r\n<html>"), KEEP
	};
	static const struct raw_step down[] = {
		SEND("HTTP/1.1 503 Down\r\nRETRY-AFTER: \t 3600 \r\n"
		    "Retry-After: 5\r\ndate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
		    "Content-Length: 0\r\n\r\n"), KEEP
	};
	static const struct raw_step odd[] = {
		SEND("HTTP/1.1 299 \r\nContent-Type: \r\n"
		    "Date: yesterday\r\nRetry-After: 1\x01z\r\n"
		    "Content-Length: 0\r\n\r\n"), KEEP
	};
	static const struct raw_script scripts[] = {
		{ "/html", html }, { "/down", down }, { "/odd", odd },
		{ NULL, NULL }
	};
	const struct http_answer *answer;
	struct fixture fx;

	(void)state;
	fixture_begin(&fx, scripts);
	fixture_open(&fx);
	answer = get(&fx, "/html");
	assert_body(answer, "<html>");
	assert_string_equal(answer->type, "text/html");
	assert_string_equal(answer->retry_after, "");
	assert_true(answer->date == DATE_NONE);

	answer = get(&fx, "/down");
	assert_int_equal(answer->fault, HTTP_FINE);
	assert_int_equal(answer->status, 503);
	assert_string_equal(answer->type, "");
	assert_string_equal(answer->retry_after, "3600");
	assert_true(answer->date == 784111777);
	assert_int_equal(answer->body.len, 0);

	answer = get(&fx, "/odd");
	assert_int_equal(answer->status, 299);
	assert_string_equal(answer->type, "");
	assert_string_equal(answer->retry_after, "1");
	assert_true(answer->date == DATE_NONE);
	fixture_end(&fx);
}

static void
test_request(void **state)
{
	struct fixture fx;
	const char *heard;

	(void)state;
	fixture_begin(&fx, plain);
	/* Slashes at the end don't count. */
	snprintf(fx.base, sizeof(fx.base), "http://127.0.0.1:%d/bz//",
	    rawserver_port(fx.server));
	fixture_open(&fx);
	assert_body(get(&fx, "/rest/bug?id=1&x=a%20b"), "ok");
	heard = rawserver_heard(fx.server);
	assert_ptr_equal(strstr(heard,
	    "GET /bz/rest/bug?id=1&x=a%20b HTTP/1.1\r\n"), heard);
	assert_non_null(strstr(heard,
	    "\r\nUser-Agent: tester/1.0 (+https://example.org/contact)\r\n"));
	assert_non_null(strstr(heard, "\r\nAccept-Encoding: "));
	assert_non_null(strstr(heard, "gzip"));
	assert_null(strstr(heard, "Cookie"));
	assert_null(strstr(heard, "Authorization"));
	fixture_end(&fx);
}

static void
test_form(void **state)
{
	enum { LARGE = 2 << 20 };
	struct http_request request;
	char *form = malloc(LARGE + 1);
	struct fixture fx;
	const char *heard;

	(void)state;
	assert_non_null(form);
	memset(form, 'x', LARGE);
	form[LARGE] = '\0';
	fixture_begin(&fx, plain);
	fixture_open(&fx);
	memset(&request, 0, sizeof(request));
	request.path = "/api.php";
	request.form = form;
	assert_null(http_ask(fx.http, &request));
	/* It was copied. */
	memset(form, 'y', LARGE);
	assert_body(next(&fx), "ok");
	heard = rawserver_heard(fx.server);
	assert_ptr_equal(strstr(heard, "POST /api.php HTTP/1.1\r\n"), heard);
	assert_non_null(strstr(heard, "\r\nContent-Type: "
	    "application/x-www-form-urlencoded\r\n"));
	assert_non_null(strstr(heard, "\r\nContent-Length: 2097152\r\n"));
	/* Not even a large form waits for leave. */
	assert_null(strstr(heard, "Expect"));
	assert_null(strstr(heard, "yyy"));

	request.form = "";
	assert_null(http_ask(fx.http, &request));
	assert_body(next(&fx), "ok");
	assert_non_null(strstr(heard, "\r\nContent-Length: 0\r\n"));
	assert_non_null(strstr(fx.log, "POST http://127.0.0.1:"));
	fixture_end(&fx);
	free(form);
}

static void
test_cookies(void **state)
{
	static const struct raw_step set[] = {
		SEND("HTTP/1.1 200 OK\r\nSet-Cookie: session=abc; HttpOnly\r\n"
		    "Content-Length: 2\r\n\r\nok"), KEEP
	};
	static const struct raw_script scripts[] = {
		{ "/set", set }, { "/", ok }, { NULL, NULL }
	};
	struct fixture fx;
	int keep;

	(void)state;
	for (keep = 0; keep <= 1; keep++) {
		fixture_begin(&fx, scripts);
		fx.config.cookies = keep == 1;
		fixture_open(&fx);
		assert_body(get(&fx, "/set"), "ok");
		assert_body(get(&fx, "/then"), "ok");
		assert_int_equal(times(rawserver_heard(fx.server),
		    "\r\nCookie: session=abc\r\n"), keep);
		fixture_end(&fx);
	}
}

/* The header that was asked for, and no other. */
static void
test_asked_header(void **state)
{
	static const struct raw_step named[] = {
		SEND("HTTP/1.1 200 OK\r\nX-Codes-More: no\r\n"
		    "x-CODES: \t one, two \r\nX-Codes: three\r\n"
		    "Content-Length: 2\r\n\r\nok"), KEEP
	};
	static const struct raw_script scripts[] = {
		{ "/named", named }, { "/", ok }, { NULL, NULL }
	};
	char name[] = "X-Codes";
	struct fixture fx;

	(void)state;
	fixture_begin(&fx, scripts);
	fx.config.header = name;
	fixture_open(&fx);
	/* It was copied. */
	memset(name, 'x', sizeof(name) - 1);
	assert_string_equal(get(&fx, "/named")->header, "one, two");
	assert_string_equal(get(&fx, "/other")->header, "");
	fixture_end(&fx);

	fixture_begin(&fx, scripts);
	fixture_open(&fx);
	assert_string_equal(get(&fx, "/named")->header, "");
	fixture_end(&fx);
}

/* A connection that breaks before an answer: libcurl would send the request
 * again where the connection had been used before. */
static void
test_form_is_sent_once(void **state)
{
	static const struct raw_step gone[] = { END };
	static const struct raw_script scripts[] = {
		{ "/save", gone }, { "/", ok }, { NULL, NULL }
	};
	struct http_request request;
	struct fixture fx;

	(void)state;
	fixture_begin(&fx, scripts);
	fixture_open(&fx);
	assert_body(get(&fx, "/before"), "ok");
	memset(&request, 0, sizeof(request));
	request.path = "/save";
	request.form = "text=1";
	assert_null(http_ask(fx.http, &request));
	assert_int_equal(next(&fx)->fault, HTTP_BROKEN);
	assert_int_equal(times(rawserver_heard(fx.server), "POST /save "), 1);
	assert_body(get(&fx, "/after"), "ok");
	fixture_end(&fx);
}

/* One at a time: in order, and over one connection. */
static void
test_one_by_one(void **state)
{
	static const char *const paths[] = { "/late?1", "/2", "/3", "/4" };
	const struct http_answer *answer;
	struct http_counts counts;
	struct fixture fx;
	size_t i;

	(void)state;
	fixture_begin(&fx, plain);
	fx.config.jobs = 1;
	fixture_open(&fx);
	for (i = 0; i < COUNT(paths); i++)
		ask(&fx, paths[i], &fx.log[i]);
	assert_int_equal(http_waiting(fx.http), COUNT(paths));
	for (i = 0; i < COUNT(paths); i++) {
		answer = next(&fx);
		assert_ptr_equal(answer->tag, &fx.log[i]);
		assert_body(answer, "ok");
		assert_int_equal(http_waiting(fx.http), COUNT(paths) - i - 1);
	}
	assert_null(next(&fx));
	assert_null(next(&fx));
	assert_int_equal(rawserver_connections(fx.server), 1);
	assert_int_equal(rawserver_most(fx.server), 1);
	http_counts(fx.http, &counts);
	assert_int_equal(counts.requests, COUNT(paths));
	assert_int_equal(counts.wire, 2 * COUNT(paths));
	fixture_end(&fx);
}

/* As many as allowed, no more, over as many connections. */
static void
test_parallel(void **state)
{
	struct fixture fx;
	int i;

	(void)state;
	fixture_begin(&fx, plain);
	fixture_open(&fx);
	for (i = 0; i < 9; i++)
		ask(&fx, "/late", NULL);
	for (i = 0; i < 9; i++)
		assert_body(next(&fx), "ok");
	assert_int_equal(rawserver_most(fx.server), 3);
	assert_int_equal(rawserver_connections(fx.server), 3);
	fixture_end(&fx);
}

/* The first that has an answer is the first that is given. */
static void
test_order(void **state)
{
	struct fixture fx;

	(void)state;
	fixture_begin(&fx, plain);
	fixture_open(&fx);
	ask(&fx, "/later", &fx.log[0]);
	ask(&fx, "/quick", &fx.log[1]);
	assert_ptr_equal(next(&fx)->tag, &fx.log[1]);
	/* Asked in between, and still quicker. */
	ask(&fx, "/quick", &fx.log[2]);
	assert_ptr_equal(next(&fx)->tag, &fx.log[2]);
	assert_ptr_equal(next(&fx)->tag, &fx.log[0]);
	assert_null(next(&fx));
	fixture_end(&fx);
}

/* When one answer is given, the next is already on its way. */
static void
test_ahead(void **state)
{
	struct fixture fx;
	const struct timespec pause = { 0, 10 * 1000 * 1000 };
	int i;

	(void)state;
	fixture_begin(&fx, plain);
	fx.config.jobs = 1;
	fixture_open(&fx);
	ask(&fx, "/first", NULL);
	ask(&fx, "/second", NULL);
	assert_body(next(&fx), "ok");
	for (i = 0; i < 500 && times(rawserver_heard(fx.server), "GET ") < 2;
	    i++)
		nanosleep(&pause, NULL);
	assert_non_null(strstr(rawserver_heard(fx.server), "GET /second"));
	assert_body(next(&fx), "ok");
	fixture_end(&fx);
}

static int64_t
milliseconds(void)
{
	struct timespec now;

	assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &now), 0);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
test_delay(void **state)
{
	struct http_request request;
	struct fixture fx;
	int64_t begun;

	(void)state;
	fixture_begin(&fx, plain);
	/* What waits takes nobody's place. */
	fx.config.jobs = 1;
	fixture_open(&fx);
	begun = milliseconds();
	memset(&request, 0, sizeof(request));
	request.path = "/delayed";
	request.wait_ms = 400;
	request.tag = &fx.log[0];
	assert_null(http_ask(fx.http, &request));
	request.wait_ms = 300;
	request.tag = &fx.log[1];
	assert_null(http_ask(fx.http, &request));
	request.wait_ms = -1;
	request.tag = &fx.log[2];
	assert_null(http_ask(fx.http, &request));
	assert_ptr_equal(next(&fx)->tag, &fx.log[2]);
	assert_ptr_equal(next(&fx)->tag, &fx.log[1]);
	assert_true(milliseconds() - begun >= 300);
	assert_ptr_equal(next(&fx)->tag, &fx.log[0]);
	assert_true(milliseconds() - begun >= 400);
	fixture_end(&fx);
}

struct ticks {
	unsigned count;
	uint64_t wire;
};

static const struct err *
stop_at_second(void *arg, uint64_t wire)
{
	struct ticks *ticks = arg;

	ticks->wire = wire;
	return ++ticks->count == 2 ?
	    err_new(ERR_NETWORK, "test: enough") : NULL;
}

static void
test_tick(void **state)
{
	static const struct raw_step parts[] = {
		SEND(HEAD "Content-Length: 10\r\n\r\nhello"), SLEEP(1500),
		SEND("world"), KEEP
	};
	static const struct raw_script scripts[] = {
		{ "/parts", parts }, { "/", ok }, { NULL, NULL }
	};
	struct ticks ticks = { 0, 0 };
	struct http_answer *answer;
	const struct err *err;
	struct fixture fx;

	(void)state;
	fixture_begin(&fx, scripts);
	fixture_open(&fx);
	assert_body(get(&fx, "/before"), "ok");
	ask(&fx, "/parts", NULL);
	err = http_next(fx.http, &answer, stop_at_second, &ticks);
	assert_non_null(err);
	assert_string_equal(err->text, "test: enough");
	assert_null(answer);
	assert_int_equal(ticks.count, 2);
	assert_int_equal(ticks.wire, 7);
	/* It is only the wait that ended. */
	assert_int_equal(http_waiting(fx.http), 1);
	assert_body(next(&fx), "helloworld");
	fixture_end(&fx);
}

/* Freed with requests in flight, waiting, and an answer given. */
static void
test_free_early(void **state)
{
	struct fixture fx;
	int i;

	(void)state;
	fixture_begin(&fx, plain);
	fixture_open(&fx);
	ask(&fx, "/quick", NULL);
	for (i = 0; i < 6; i++)
		ask(&fx, "/later", NULL);
	assert_body(next(&fx), "ok");
	fixture_end(&fx);

	fixture_begin(&fx, plain);
	fixture_open(&fx);
	ask(&fx, "/never-begun", NULL);
	fixture_end(&fx);
	http_free(NULL);
}

static void
test_bad_base(void **state)
{
	static const char *const bases[] = {
		"", "/", "bugzilla.mozilla.org", "//bugzilla.mozilla.org",
		"ftp://example.org", "file:///etc/passwd", "http://",
		"https:///", "https://user@example.org",
		"https://user:sesame@example.org", "https://:sesame@example.org",
		"https://example.org/?a=b", "https://example.org/#a",
		"https://exa mple.org", "https://example.org\n",
		"https://example.org:99999", "https://b\xc3\xbc.example",
		"javascript:alert(1)",
	};
	struct fixture fx;
	const struct err *err;
	size_t i;

	(void)state;
	fixture_begin(&fx, plain);
	for (i = 0; i < COUNT(bases); i++) {
		fx.config.base = bases[i];
		fx.http = (void *)&fx;
		err = http_new(&fx.http, &fx.config);
		if (err == NULL)
			print_error("taken: %s\n", bases[i]);
		assert_non_null(err);
		assert_int_equal(err->kind, ERR_USAGE);
		assert_null(strstr(err->text, "sesame"));
		assert_null(fx.http);
	}
	rawserver_free(fx.server);
}

static void
test_bad_config(void **state)
{
	static const struct {
		unsigned jobs, seconds;
		const char *secret;
		enum err_kind kind;
	} cases[] = {
		{ 0, 1, NULL, ERR_USAGE },
		{ HTTP_MAX_JOBS + 1, 1, NULL, ERR_USAGE },
		{ 1, 0, NULL, ERR_USAGE },
		{ 1, HTTP_MAX_SECONDS + 1, NULL, ERR_USAGE },
		{ 1, 1, "X-Key: a\r\nX-Evil: b", ERR_CONFIG },
		{ 1, 1, "X-Key: a\n", ERR_CONFIG },
		{ 1, 1, "X-Key: \xc3\xbc", ERR_CONFIG },
		{ HTTP_MAX_JOBS, HTTP_MAX_SECONDS, "X-Key: a", ERR_NONE },
	};
	struct fixture fx;
	const struct err *err;
	size_t i;

	(void)state;
	fixture_begin(&fx, plain);
	for (i = 0; i < COUNT(cases); i++) {
		fx.config.jobs = cases[i].jobs;
		fx.config.total_seconds = cases[i].seconds;
		fx.config.secret = cases[i].secret;
		err = http_new(&fx.http, &fx.config);
		assert_int_equal(err == NULL ? ERR_NONE : err->kind,
		    cases[i].kind);
	}
	assert_body(get(&fx, "/"), "ok");
	fixture_end(&fx);
}

static void
test_bad_path(void **state)
{
	static const char *const paths[] = {
		"", "rest", ".evil.example/", "@evil.example/", ":1/", "?a",
		"/a b", "/a\tb", "/a\r\nX-Evil: b", "/a#b", "/\xc3\xbc",
		"/\x7f", "/\"", "/<", "/>", "/\\", "/^", "/`", "/{", "/|",
		"/}",
	};
	char longest[HTTP_MAX_PATH + 2];
	struct http_request request;
	const struct err *err;
	struct fixture fx;
	size_t i;

	(void)state;
	fixture_begin(&fx, plain);
	fixture_open(&fx);
	memset(&request, 0, sizeof(request));
	for (i = 0; i < COUNT(paths); i++) {
		request.path = paths[i];
		request.secret_query = NULL;
		err = http_ask(fx.http, &request);
		assert_non_null(err);
		assert_int_equal(err->kind, ERR_USAGE);
		if (paths[i][0] != '/' || paths[i][1] == '\0')
			continue;
		request.path = "/";
		request.secret_query = paths[i] + 1;
		assert_non_null(http_ask(fx.http, &request));
	}
	memset(longest, '/', sizeof(longest));
	longest[HTTP_MAX_PATH + 1] = '\0';
	request.path = longest;
	request.secret_query = NULL;
	assert_non_null(http_ask(fx.http, &request));
	longest[HTTP_MAX_PATH] = '\0';
	assert_null(http_ask(fx.http, &request));
	assert_body(next(&fx), "ok");
	fixture_end(&fx);
}

static void
test_quote(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out, 1000);
	http_quote(&out, "AZaz09-._~");
	http_quote(&out, "");
	http_quote(&out, " +&=%/?#'\"\n\x01\x7f\xc3\xbc");
	assert_string_equal(buf_text(&out), "AZaz09-._~"
	    "%20%2B%26%3D%25%2F%3F%23%27%22%0A%01%7F%C3%BC");
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_request),
		cmocka_unit_test(test_form),
		cmocka_unit_test(test_cookies),
		cmocka_unit_test(test_asked_header),
		cmocka_unit_test(test_form_is_sent_once),
		cmocka_unit_test(test_one_by_one),
		cmocka_unit_test(test_parallel),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_ahead),
		cmocka_unit_test(test_delay),
		cmocka_unit_test(test_tick),
		cmocka_unit_test(test_free_early),
		cmocka_unit_test(test_bad_base),
		cmocka_unit_test(test_bad_config),
		cmocka_unit_test(test_bad_path),
		cmocka_unit_test(test_quote),
	};

	forget_proxies();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
