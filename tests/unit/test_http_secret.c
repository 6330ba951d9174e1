/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Redirects, and where secrets go: to the server alone, and nowhere else.
 */
#include <sys/types.h>
#include <sys/wait.h>

#include <unistd.h>

#include "fetch/http_private.h"
#include "tests/unit/http_fixture.h"

#define KEY "Op3nS3same-0123456789"
#define HEADER "X-BUGZILLA-API-KEY: " KEY
#define QUERY "api_key=" KEY

static const struct raw_step ok[] = {
	SEND(HEAD "Content-Length: 2\r\n\r\nok"), KEEP
};
static const struct raw_script plain[] = { { "/", ok }, { NULL, NULL } };

static void
ask_secretly(struct fixture *fx, const char *path, const char *form,
    const char *query)
{
	struct http_request request;

	memset(&request, 0, sizeof(request));
	request.path = path;
	request.form = form;
	request.secret = true;
	request.secret_query = query;
	assert_null(http_ask(fx->http, &request));
}

static void
test_header(void **state)
{
	struct fixture fx;
	const char *heard;

	(void)state;
	fixture_begin(&fx, plain);
	fx.config.secret = HEADER;
	fixture_open(&fx);
	assert_body(get(&fx, "/open"), "ok");
	heard = rawserver_heard(fx.server);
	assert_null(strstr(heard, KEY));
	ask_secretly(&fx, "/secret", NULL, NULL);
	assert_body(next(&fx), "ok");
	assert_int_equal(times(heard, "\r\n" HEADER "\r\n"), 1);
	/* Not for the whole session: only where it is asked for. */
	assert_body(get(&fx, "/open"), "ok");
	assert_int_equal(times(heard, KEY), 1);
	ask_secretly(&fx, "/form", "a=b", NULL);
	assert_body(next(&fx), "ok");
	assert_int_equal(times(heard, "\r\n" HEADER "\r\n"), 2);
	assert_null(strstr(fx.log, KEY));
	fixture_end(&fx);
}

/* Without a secret, to ask for it is no error. */
static void
test_no_header(void **state)
{
	struct fixture fx;

	(void)state;
	fixture_begin(&fx, plain);
	fixture_open(&fx);
	ask_secretly(&fx, "/", NULL, NULL);
	assert_body(next(&fx), "ok");
	fixture_end(&fx);
}

static void
test_query(void **state)
{
	struct fixture fx;
	const char *heard;

	(void)state;
	fixture_begin(&fx, plain);
	fixture_open(&fx);
	heard = rawserver_heard(fx.server);
	ask_secretly(&fx, "/a", NULL, QUERY);
	assert_body(next(&fx), "ok");
	assert_non_null(strstr(heard, "GET /a?" QUERY " HTTP/1.1\r\n"));
	ask_secretly(&fx, "/b?c=d", NULL, QUERY);
	assert_body(next(&fx), "ok");
	assert_non_null(strstr(heard, "GET /b?c=d&" QUERY " HTTP/1.1\r\n"));
	ask_secretly(&fx, "/e?f=g", "h=i", QUERY);
	assert_body(next(&fx), "ok");
	assert_non_null(strstr(heard, "POST /e?f=g HTTP/1.1\r\n"));
	assert_non_null(strstr(heard, "\r\n\r\nh=i&" QUERY));
	ask_secretly(&fx, "/j", "", QUERY);
	assert_body(next(&fx), "ok");
	assert_non_null(strstr(heard, "\r\n\r\n" QUERY));
	assert_null(strstr(fx.log, KEY));
	assert_non_null(strstr(fx.log, "/a?api_key=*** -> 200 2 bytes "));
	assert_non_null(strstr(fx.log, "/b?c=d&api_key=*** -> 200 "));
	assert_non_null(strstr(fx.log, "/e?f=g -> 200 "));
	fixture_end(&fx);
}

static void
redirect_to(char *out, size_t size, const char *status, const char *host,
    const struct rawserver *server, const char *rest)
{
	snprintf(out, size, "HTTP/1.1 %s\r\nContent-Length: 5\r\n"
	    "Location: %s:%d/%s\r\n\r\nmoved", status, host,
	    rawserver_port(server), rest);
}

/* To the same place, however it is written; and there the secret may go. */
static void
test_followed(void **state)
{
	static const char *const statuses[] = {
		"301 M", "302 M", "303 M", "307 M", "308 M"
	};
	static const char *const hosts[] = {
		"http://127.0.0.1", "//127.0.0.1", "HTTP://127.0.0.1"
	};
	char answer[1024];
	struct raw_step moved[] = { SEND(answer), KEEP };
	struct raw_script scripts[] = {
		{ "/moved", moved }, { "/", ok }, { NULL, NULL }
	};
	struct http_counts counts;
	struct fixture fx;
	size_t i;

	(void)state;
	fixture_begin(&fx, scripts);
	fx.config.secret = HEADER;
	fixture_open(&fx);
	for (i = 0; i < COUNT(statuses) * COUNT(hosts); i++) {
		redirect_to(answer, sizeof(answer), statuses[i % 5],
		    hosts[i / 5], fx.server, "there?a=b");
		ask_secretly(&fx, "/moved", NULL, NULL);
		assert_body(next(&fx), "ok");
	}
	snprintf(answer, sizeof(answer), "HTTP/1.1 302 M\r\n"
	    "Content-Length: 0\r\nLocation: there?a=b\r\n\r\n");
	assert_body(get(&fx, "/moved"), "ok");
	i++;
	assert_int_equal(times(rawserver_heard(fx.server),
	    "GET /there?a=b HTTP/1.1\r\n"), i);
	assert_int_equal(times(rawserver_heard(fx.server), HEADER),
	    2 * (i - 1));
	http_counts(fx.http, &counts);
	assert_int_equal(counts.requests, 2 * i);
	fixture_end(&fx);
}

/* To another server: never, and it hears nothing at all. */
static void
test_not_followed(void **state)
{
	static const char *const hosts[] = {
		"http://127.0.0.1", "//127.0.0.1", "http://localhost",
		"https://127.0.0.1", "http://user:word@127.0.0.1"
	};
	char answer[1024];
	struct raw_step moved[] = { SEND(answer), KEEP };
	struct raw_script scripts[] = { { "/", moved }, { NULL, NULL } };
	const struct http_answer *got;
	struct rawserver *other;
	struct fixture fx;
	size_t i;

	(void)state;
	other = rawserver_new(plain);
	assert_non_null(other);
	fixture_begin(&fx, scripts);
	fx.config.secret = HEADER;
	fixture_open(&fx);
	for (i = 0; i < COUNT(hosts); i++) {
		redirect_to(answer, sizeof(answer), "302 Found", hosts[i],
		    other, KEY);
		ask_secretly(&fx, "/moved", NULL, NULL);
		got = next(&fx);
		assert_int_equal(got->fault, HTTP_REDIRECTED);
		assert_int_equal(got->status, 302);
		assert_non_null(strstr(got->why, "to another server: "));
		/* The other may have been told the secret's spelling. */
		assert_non_null(strstr(got->why, "/***"));
		assert_null(strstr(got->why, KEY));
	}
	assert_string_equal(rawserver_heard(other), "");
	assert_int_equal(rawserver_connections(other), 0);
	assert_null(strstr(fx.log, KEY));
	fixture_end(&fx);
	rawserver_free(other);
}

static void
test_odd_redirects(void **state)
{
	static const struct {
		const char *head;
		enum http_fault fault;
	} cases[] = {
		{ "302 F\r\nLocation: file:///etc/passwd", HTTP_REDIRECTED },
		{ "302 F\r\nLocation: ftp://127.0.0.1/", HTTP_REDIRECTED },
		{ "302 F\r\nLocation: javascript:x", HTTP_REDIRECTED },
		{ "302 F\r\nLocation: http://[::1", HTTP_REDIRECTED },
		{ "302 F\r\nLocation: http:///", HTTP_REDIRECTED },
		/* These lead nowhere: they are answers. */
		{ "302 F\r\nLocation:", HTTP_FINE },
		{ "302 F\r\nX: y", HTTP_FINE },
		{ "304 N\r\nLocation: /there", HTTP_FINE },
		{ "300 N\r\nLocation: /there", HTTP_FINE },
		{ "201 N\r\nLocation: /there", HTTP_FINE },
	};
	char answer[1024];
	struct raw_step moved[] = { SEND(answer), KEEP };
	struct raw_script scripts[] = { { "/", moved }, { NULL, NULL } };
	const struct http_answer *got;
	struct fixture fx;
	size_t i;

	(void)state;
	fixture_begin(&fx, scripts);
	fixture_open(&fx);
	for (i = 0; i < COUNT(cases); i++) {
		snprintf(answer, sizeof(answer),
		    "HTTP/1.1 %s\r\nContent-Length: 0\r\n\r\n",
		    cases[i].head);
		got = get(&fx, "/moved");
		if (got->fault != cases[i].fault)
			print_error("%s: %s\n", cases[i].head, got->why);
		assert_int_equal(got->fault, cases[i].fault);
	}
	assert_int_equal(times(rawserver_heard(fx.server), "GET "),
	    COUNT(cases));
	fixture_end(&fx);
}

static void
test_loop(void **state)
{
	static const struct raw_step loop[] = {
		SEND("HTTP/1.1 301 M\r\nContent-Length: 0\r\n"
		    "Location: /loop\r\n\r\n"), KEEP
	};
	static const struct raw_script scripts[] = {
		{ "/", loop }, { NULL, NULL }
	};
	const struct http_answer *got;
	struct fixture fx;

	(void)state;
	fixture_begin(&fx, scripts);
	fixture_open(&fx);
	got = get(&fx, "/loop");
	assert_int_equal(got->fault, HTTP_REDIRECTED);
	assert_non_null(strstr(got->why, "too many redirects"));
	assert_int_equal(times(rawserver_heard(fx.server), "GET /loop"),
	    HTTP_MAX_REDIRECTS + 1);
	fixture_end(&fx);
}

static void
test_form_stays(void **state)
{
	static const struct raw_step moved[] = {
		SEND("HTTP/1.1 307 M\r\nContent-Length: 0\r\n"
		    "Location: /there\r\n\r\n"), KEEP
	};
	static const struct raw_script scripts[] = {
		{ "/", moved }, { NULL, NULL }
	};
	struct fixture fx;

	(void)state;
	fixture_begin(&fx, scripts);
	fixture_open(&fx);
	ask_secretly(&fx, "/here", "a=b", QUERY);
	assert_int_equal(next(&fx)->fault, HTTP_REDIRECTED);
	assert_int_equal(times(rawserver_heard(fx.server), "POST"), 1);
	assert_null(strstr(rawserver_heard(fx.server), "/there"));
	fixture_end(&fx);
}

/* A server that repeats the secret, in another spelling, in its redirect. */
static void
test_echo(void **state)
{
	static const struct raw_step moved[] = {
		SEND("HTTP/1.1 301 M\r\nContent-Length: 0\r\nLocation: /there"
		    "?api_key=%4Fp3nS3same-0123456789\r\n\r\n"), KEEP
	};
	static const struct raw_script scripts[] = {
		{ "/here", moved }, { "/", ok }, { NULL, NULL }
	};
	struct fixture fx;

	(void)state;
	fixture_begin(&fx, scripts);
	fixture_open(&fx);
	ask_secretly(&fx, "/here", NULL, QUERY);
	assert_body(next(&fx), "ok");
	assert_non_null(strstr(fx.log, "/there -> 200"));
	assert_null(strstr(fx.log, "p3nS3same"));
	fixture_end(&fx);
}

static void
test_may_follow(void **state)
{
	static const struct {
		const char *from, *to;
		bool may;
	} cases[] = {
		{ "https://a.example/x", "https://a.example/y", true },
		{ "https://a.example/x", "https://A.EXAMPLE:443/y", true },
		{ "http://a.example/x", "http://a.example:80/y", true },
		{ "http://a.example/x", "https://a.example/x", true },
		{ "http://a.example:80/x", "https://a.example:443/", true },
		{ "https://a.example/x", "http://a.example/x", false },
		{ "https://a.example/x", "http://a.example:443/x", false },
		{ "https://a.example/x", "https://b.example/x", false },
		{ "https://a.example/x", "https://a.example.b.example/",
		    false },
		{ "https://a.example/x", "https://a.example./x", false },
		{ "https://a.example/x", "https://a.example:8443/x", false },
		{ "http://a.example/x", "https://a.example:8443/x", false },
		{ "http://a.example:8080/x", "https://a.example/x", false },
		{ "http://a.example:8080/x", "http://a.example/x", false },
		{ "https://a.example/x", "https://a.example@b.example/",
		    false },
		{ "https://a.example/x", "https://user@a.example/", false },
		{ "https://a.example/x", "https://:word@a.example/", false },
		{ "https://a.example/x", "https://a.example\\@b.example/",
		    false },
		{ "https://a.example/x", "ftp://a.example/", false },
		{ "https://a.example/x", "/y", false },
		{ "https://a.example/x", "", false },
	};
	struct http_curl curl;
	size_t i;
	bool may;

	(void)state;
	assert_null(http_load(&curl));
	for (i = 0; i < COUNT(cases); i++) {
		may = http_may_follow(&curl, cases[i].from, cases[i].to);
		if (may != cases[i].may)
			print_error("%s: %s\n", cases[i].from, cases[i].to);
		assert_int_equal(may, cases[i].may);
	}
	http_unload(&curl);
}

/* A line of the log is one line, whatever is in it. */
static void
test_log_clean(void **state)
{
	static const struct raw_step moved[] = {
		SEND("HTTP/1.1 302 M\r\nContent-Length: 0\r\n"
		    "Location: http://other.example/\x1b[31m\xc3\xbc\r\n"
		    "\r\n"), KEEP
	};
	static const struct raw_script scripts[] = {
		{ "/", moved }, { NULL, NULL }
	};
	const struct http_answer *got;
	struct fixture fx;
	const char *c;

	(void)state;
	fixture_begin(&fx, scripts);
	fixture_open(&fx);
	got = get(&fx, "/");
	assert_true(got->fault != HTTP_FINE);
	for (c = got->why; *c != '\0'; c++)
		assert_true(*c >= ' ' && *c <= '~');
	for (c = fx.log; *c != '\0'; c++)
		assert_true(*c == '\n' || (*c >= ' ' && *c <= '~'));
	assert_int_equal(times(fx.log, "\n"), 1);
	fixture_end(&fx);
}

static void
test_proxy(void **state)
{
	struct fixture fx;
	char proxy[64];

	(void)state;
	/* The name is never asked for: that is the proxy's to do. */
	static const struct raw_script scripts[] = {
		{ "http://bugs.example/", ok }, { NULL, NULL }
	};
	fixture_begin(&fx, scripts);
	snprintf(proxy, sizeof(proxy), "%s", fx.base);
	assert_int_equal(setenv("http_proxy", proxy, 1), 0);
	fx.config.base = "http://bugs.example";
	fixture_open(&fx);
	assert_body(get(&fx, "/rest"), "ok");
	assert_int_equal(unsetenv("http_proxy"), 0);
	fixture_end(&fx);
}

/* The secrets of the next test, made when it runs, so that no copy stands
 * among the constants of the program. */
static char *
made_up(const char *name, uint32_t random)
{
	char *text = malloc(80);
	size_t len, i;

	assert_non_null(text);
	len = (size_t)snprintf(text, 80, "%s", name);
	for (i = 0; i < 40; i++) {
		random = random * UINT32_C(1664525) + UINT32_C(1013904223);
		text[len + i] = (char)('a' + (random >> 16) % 26);
	}
	text[len + 40] = '\0';
	return text;
}

/* Whether the text stands in a part of memory, beside where it is known to
 * be.  Sanitizers must not mind what is looked at. */
static bool __attribute__((no_sanitize_address))
in_part(const char *from, const char *to, const char *text, size_t len)
{
	const volatile char *at;
	size_t i;

	for (at = from; at < to - len; at++) {
		for (i = 0; i < len && at[i] == text[i]; i++)
			continue;
		if (i == len && at != text)
			return true;
	}
	return false;
}

/* Whether it stands anywhere in what this process can write to. */
static bool
in_memory(const char *text)
{
	char line[512], *end;
	uintptr_t from, to;
	bool found = false;
	FILE *maps = fopen("/proc/self/maps", "r");

	assert_non_null(maps);
	while (!found && fgets(line, sizeof(line), maps) != NULL) {
		from = (uintptr_t)strtoull(line, &end, 16);
		to = (uintptr_t)strtoull(end + 1, &end, 16);
		/* No vast reservations, as sanitizers make them. */
		if (end[1] == 'r' && end[2] == 'w' && to - from < 32 << 20)
			found = in_part((const char *)from,
			    (const char *)to, text, strlen(text));
	}
	fclose(maps);
	return found;
}

/* In a child, whose memory has none of what the server heard. */
static int
use_and_look(const struct http_config *config)
{
	char *header = made_up("X-Key: ", 1), *query = made_up("key=", 2);
	char *form = made_up("word=", 3);
	const char *secrets[3] = { header, query, form };
	struct http_config own = *config;
	struct http_request request;
	struct http_answer *answer;
	struct http *http;
	int i, bits = 0;

	own.secret = header;
	own.log = NULL;
	if (http_new(&http, &own) != NULL)
		return 64;
	/* The ways: there, fault, in flight. */
	for (i = 0; i < 3; i++) {
		memset(&request, 0, sizeof(request));
		request.path = i == 0 ? "/ok" : i == 1 ? "/cut" : "/ok";
		request.secret = true;
		request.secret_query = query;
		request.form = NULL;
		if (http_ask(http, &request) != NULL)
			bits = 64;
		request.form = form;
		if (http_ask(http, &request) != NULL)
			bits = 64;
	}
	for (i = 0; i < 5; i++)
		if (http_next(http, &answer, NULL, NULL) != NULL ||
		    answer == NULL)
			bits = 64;
	/* Their ends: of what is freed the beginning may be overwritten. */
	for (i = 0; i < 3; i++)
		secrets[i] += strlen(secrets[i]) - 20;
	/* They can be found: else the test would prove nothing. */
	if (!in_memory(secrets[0]) || !in_memory(secrets[1]))
		bits |= 32;
	http_free(http);
	for (i = 0; i < 3; i++)
		bits |= in_memory(secrets[i]) ? 1 << i : 0;
	free(header);
	free(query);
	free(form);
	return bits;
}

static void
test_wiped(void **state)
{
	static const struct raw_step cut[] = {
		SEND(HEAD "Content-Length: 5\r\n\r\nok"), END
	};
	static const struct raw_script scripts[] = {
		{ "/cut", cut }, { "/", ok }, { NULL, NULL }
	};
	struct fixture fx;
	int status;
	pid_t child;

	(void)state;
	if (access("/proc/self/maps", R_OK) == -1) {
		print_message("skipped: no /proc/self/maps here\n");
		skip();
	}
	fixture_begin(&fx, scripts);
	child = fork();
	assert_true(child != -1);
	if (child == 0)
		_exit(use_and_look(&fx.config));
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	fixture_end(&fx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_header),
		cmocka_unit_test(test_no_header),
		cmocka_unit_test(test_query),
		cmocka_unit_test(test_followed),
		cmocka_unit_test(test_not_followed),
		cmocka_unit_test(test_odd_redirects),
		cmocka_unit_test(test_loop),
		cmocka_unit_test(test_form_stays),
		cmocka_unit_test(test_echo),
		cmocka_unit_test(test_may_follow),
		cmocka_unit_test(test_log_clean),
		cmocka_unit_test(test_proxy),
		cmocka_unit_test(test_wiped),
	};

	forget_proxies();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
