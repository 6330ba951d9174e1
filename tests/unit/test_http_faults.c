/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * What no good server sends: cut, lying, endless and silent answers.
 */
#include <sys/socket.h>

#include <netinet/in.h>
#include <unistd.h>

#include "base/date.h"
#include "tests/unit/http_fixture.h"

/* gzip of zeros that don't end: a thousand for each byte. */
static const char bomb[] =
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03"
    "\xec\xc1\x01\x01\x00\x00\x00\x80\x90\xfe\xaf\xee\x08\x0a";
/* gzip of {"bugs":[]} */
static const char packed[] =
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\x56\x4a\x2a\x4d\x2f"
    "\x56\xb2\x8a\x8e\xad\x05\x00\x0c\x07\x71\xcd\x0b\x00\x00\x00";

#define GZIP HEAD "Content-Encoding: gzip\r\n"
#define HUNDRED "HTTP/1.1 100 Continue\r\n\r\n"
#define CHUNKED HEAD "Transfer-Encoding: chunked\r\n\r\n"

#define STEPS(name, ...) \
	static const struct raw_step name[] = { __VA_ARGS__ }

STEPS(ok, SEND(HEAD "Content-Length: 2\r\n\r\nok"), KEEP);
STEPS(cut, SEND(HEAD "Content-Length: 100\r\n\r\n{\"bugs\":[{"), END);
STEPS(cut_in_headers, SEND(HEAD "Content-Le"), END);
STEPS(too_short, SEND(HEAD "Content-Length: 3\r\n\r\nhello"), KEEP);
STEPS(negative, SEND(HEAD "Content-Length: -5\r\n\r\nhello"), END);
STEPS(not_a_length, SEND(HEAD "Content-Length: five\r\n\r\nhello"), END);
STEPS(silent_end, END);
STEPS(reset, RESET);
STEPS(reset_in_body, SEND(HEAD "Content-Length: 100\r\n\r\nhel"),
    SLEEP(50), RESET);
STEPS(chunked, SEND(CHUNKED "2\r\nok\r\n0\r\n\r\n"), KEEP);
STEPS(trailer, SEND(CHUNKED "2\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n"), KEEP);
STEPS(chunked_cut, SEND(CHUNKED "5\r\nhe"), END);
STEPS(chunked_no_end, SEND(CHUNKED "5\r\nhello\r\n"), END);
STEPS(chunked_bad, SEND(CHUNKED "zz\r\nhello\r\n0\r\n\r\n"), END);
STEPS(chunked_large, SEND(CHUNKED "fffffffffffffffffff\r\nhello"), END);
STEPS(garbage, SEND("\x16\x03\x01 nonsense\r\n\r\n"), END);
STEPS(bad_status, SEND("HTTP/1.1 abc OK\r\n\r\n"), END);
STEPS(no_status, SEND("HTTP/1.1 000 OK\r\nContent-Length: 2\r\n\r\nok"), KEEP);
STEPS(nul_header, { RAW_SEND, "HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\nok", 29, 0 },
    END);
STEPS(hundred, SEND(HUNDRED HEAD "Content-Length: 2\r\n\r\nok"), KEEP);
STEPS(hundred_only, SEND(HUNDRED), END);
STEPS(hundred_cut, SEND(HUNDRED HEAD), END);
STEPS(gzip_good, SEND(GZIP "Content-Length: 31\r\n\r\n"),
    { RAW_SEND, packed, sizeof(packed) - 1, 0 }, KEEP);
STEPS(gzip_cut, SEND(GZIP "Content-Length: 31\r\n\r\n"),
    { RAW_SEND, packed, 20, 0 }, END);
STEPS(gzip_bad, SEND(GZIP "Content-Length: 5\r\n\r\nhello"), END);
STEPS(coding_unknown, SEND(HEAD "Content-Encoding: rot13\r\n"
    "Content-Length: 5\r\n\r\nhello"), END);
STEPS(gzip_bomb, SEND(GZIP "\r\n"), { RAW_SEND, bomb, sizeof(bomb) - 1, 0 },
    { RAW_REPEAT, "\0", 1, 0 }, END);
STEPS(endless, SEND(HEAD "\r\n"), REPEAT("hello", 0), END);
STEPS(endless_chunked, SEND(CHUNKED), REPEAT("5\r\nhello\r\n", 0), END);
STEPS(long_length, SEND(HEAD "Content-Length: 1048577\r\n\r\n"),
    REPEAT("x", 1048577), KEEP);
STEPS(full_length, SEND(HEAD "Content-Length: 1048576\r\n\r\n"),
    REPEAT("x", 1048576), KEEP);
STEPS(many_headers, SEND(HEAD), REPEAT("X-Some: header\r\n", 1000),
    SEND("Content-Length: 2\r\n\r\nok"), KEEP);
STEPS(endless_headers, SEND(HEAD), REPEAT("X-Some: header\r\n", 0), END);
STEPS(long_header, SEND(HEAD "X-Long: "), REPEAT("x", 70000),
    SEND("\r\nContent-Length: 2\r\n\r\nok"), END);
STEPS(endless_header, SEND(HEAD "X-Long: "), REPEAT("x", 0), END);
STEPS(endless_continue, REPEAT(HUNDRED, 0), END);
STEPS(silence, SLEEP(60000), END);
STEPS(stall, SEND(HEAD "Content-Length: 100\r\n\r\nhel"), SLEEP(60000), END);
STEPS(drip, SEND(HEAD "Content-Length: 1000\r\n\r\n"),
    { RAW_DRIP, "drip drip drip drip drip drip drip drip drip drip drip",
    0, 100 }, END);

static const struct {
	struct raw_script script;
	enum http_fault fault;
} cases[] = {
	{ { "/ok", ok }, HTTP_FINE },
	{ { "/cut-in-headers", cut_in_headers }, HTTP_BROKEN },
	{ { "/cut", cut }, HTTP_BROKEN },
	{ { "/too-short", too_short }, HTTP_FINE },
	{ { "/negative", negative }, HTTP_BROKEN },
	{ { "/not-a-length", not_a_length }, HTTP_BROKEN },
	{ { "/silent-end", silent_end }, HTTP_BROKEN },
	{ { "/reset-in-body", reset_in_body }, HTTP_BROKEN },
	{ { "/reset", reset }, HTTP_BROKEN },
	{ { "/chunked-cut", chunked_cut }, HTTP_BROKEN },
	{ { "/chunked-no-end", chunked_no_end }, HTTP_BROKEN },
	{ { "/chunked-bad", chunked_bad }, HTTP_BROKEN },
	{ { "/chunked-large", chunked_large }, HTTP_BROKEN },
	{ { "/chunked", chunked }, HTTP_FINE },
	{ { "/trailer", trailer }, HTTP_FINE },
	{ { "/hundred-only", hundred_only }, HTTP_BROKEN },
	{ { "/hundred-cut", hundred_cut }, HTTP_BROKEN },
	{ { "/hundred", hundred }, HTTP_FINE },
	{ { "/garbage", garbage }, HTTP_BROKEN },
	{ { "/bad-status", bad_status }, HTTP_BROKEN },
	{ { "/no-status", no_status }, HTTP_BROKEN },
	{ { "/nul-header", nul_header }, HTTP_BROKEN },
	{ { "/gzip-good", gzip_good }, HTTP_FINE },
	{ { "/gzip-cut", gzip_cut }, HTTP_BROKEN },
	{ { "/gzip-bad", gzip_bad }, HTTP_BROKEN },
	{ { "/gzip-bomb", gzip_bomb }, HTTP_LARGE },
	{ { "/coding-unknown", coding_unknown }, HTTP_BROKEN },
	{ { "/endless-chunked", endless_chunked }, HTTP_LARGE },
	{ { "/endless-headers", endless_headers }, HTTP_LARGE },
	{ { "/endless-header", endless_header }, HTTP_LARGE },
	{ { "/endless-continue", endless_continue }, HTTP_LARGE },
	{ { "/endless", endless }, HTTP_LARGE },
	{ { "/long-length", long_length }, HTTP_LARGE },
	{ { "/full-length", full_length }, HTTP_FINE },
	{ { "/many-headers", many_headers }, HTTP_FINE },
	{ { "/long-header", long_header }, HTTP_LARGE },
};

static void
all_scripts(struct raw_script scripts[COUNT(cases) + 1])
{
	size_t i;

	for (i = 0; i < COUNT(cases); i++)
		scripts[i] = cases[i].script;
	memset(&scripts[i], 0, sizeof(scripts[i]));
}

/* Each alone, and after each the session is as good as new. */
static void
test_each(void **state)
{
	struct raw_script scripts[COUNT(cases) + 1];
	const struct http_answer *answer;
	struct fixture fx;
	size_t i;

	(void)state;
	all_scripts(scripts);
	fixture_begin(&fx, scripts);
	fixture_open(&fx);
	for (i = 0; i < COUNT(cases); i++) {
		answer = get(&fx, cases[i].script.path);
		if (answer->fault != cases[i].fault)
			print_error("%s: fault %d: %s\n",
			    cases[i].script.path, (int)answer->fault,
			    answer->why);
		assert_int_equal(answer->fault, cases[i].fault);
		assert_int_equal(answer->why[0] == '\0',
		    answer->fault == HTTP_FINE);
		assert_true(answer->body.len <= fx.config.max_bytes);
		assert_body(get(&fx, "/ok"), "ok");
	}
	assert_int_equal(times(fx.log, "\n"), 2 * COUNT(cases));
	fixture_end(&fx);
}

/* All at once: each gets its own. */
static void
test_together(void **state)
{
	struct raw_script scripts[COUNT(cases) + 1];
	bool seen[COUNT(cases)] = { false };
	size_t numbers[COUNT(cases)], i, number;
	const struct http_answer *answer;
	struct fixture fx;

	(void)state;
	all_scripts(scripts);
	fixture_begin(&fx, scripts);
	fx.config.jobs = HTTP_MAX_JOBS;
	fixture_open(&fx);
	for (i = 0; i < COUNT(cases); i++) {
		numbers[i] = i;
		ask(&fx, cases[i].script.path, &numbers[i]);
	}
	for (i = 0; i < COUNT(cases); i++) {
		assert_int_equal(http_waiting(fx.http), COUNT(cases) - i);
		answer = next(&fx);
		assert_non_null(answer);
		number = *(const size_t *)answer->tag;
		assert_int_equal(answer->fault, cases[number].fault);
		assert_false(seen[number]);
		seen[number] = true;
	}
	assert_null(next(&fx));
	fixture_end(&fx);
}

static void
test_bodies(void **state)
{
	struct raw_script scripts[COUNT(cases) + 1];
	const struct http_answer *answer;
	struct fixture fx;

	(void)state;
	all_scripts(scripts);
	fixture_begin(&fx, scripts);
	fixture_open(&fx);
	assert_body(get(&fx, "/gzip-good"), "{\"bugs\":[]}");
	/* What is too much is not read as the next answer. */
	assert_body(get(&fx, "/too-short"), "hel");
	assert_body(get(&fx, "/chunked"), "ok");
	answer = get(&fx, "/full-length");
	assert_int_equal(answer->body.len, 1048576);
	assert_int_equal(answer->wire, 1048576);
	/* The bomb is stopped by what it unpacks to. */
	answer = get(&fx, "/gzip-bomb");
	assert_int_equal(answer->status, 200);
	assert_true(answer->wire < 128 << 10);
	assert_string_equal(answer->why, "the answer is over 1048576 bytes");
	fixture_end(&fx);
}

/* Three ways to be slow, all at once, stopped by the time for all. */
static void
test_total_time(void **state)
{
	static const struct raw_script scripts[] = {
		{ "/silence", silence }, { "/stall", stall },
		{ "/drip", drip }, { "/ok", ok }, { NULL, NULL }
	};
	const struct http_answer *answer;
	struct fixture fx;
	int i;

	(void)state;
	fixture_begin(&fx, scripts);
	fx.config.total_seconds = 1;
	fixture_open(&fx);
	for (i = 0; i < 3; i++)
		ask(&fx, scripts[i].path, NULL);
	for (i = 0; i < 3; i++) {
		answer = next(&fx);
		assert_non_null(answer);
		assert_int_equal(answer->fault, HTTP_SLOW);
		assert_non_null(strstr(answer->why, "timed out"));
	}
	assert_body(get(&fx, "/ok"), "ok");
	fixture_end(&fx);
}

/* And by the time in which nothing came, while there is much for all. */
static void
test_stall_time(void **state)
{
	static const struct raw_script scripts[] = {
		{ "/silence", silence }, { "/stall", stall },
		{ NULL, NULL }
	};
	const struct http_answer *answer;
	struct fixture fx;
	int i;

	(void)state;
	fixture_begin(&fx, scripts);
	fx.config.total_seconds = 600;
	fx.config.stall_seconds = 1;
	fixture_open(&fx);
	for (i = 0; i < 2; i++)
		ask(&fx, scripts[i].path, NULL);
	for (i = 0; i < 2; i++) {
		answer = next(&fx);
		assert_non_null(answer);
		assert_int_equal(answer->fault, HTTP_SLOW);
		assert_non_null(strstr(answer->why, "too slow"));
	}
	fixture_end(&fx);
}

/* A port where nobody listens. */
static void
test_unreachable(void **state)
{
	static const struct raw_script none[] = { { NULL, NULL } };
	struct sockaddr_in address;
	socklen_t size = sizeof(address);
	const struct http_answer *answer;
	struct fixture fx;
	int fd;

	(void)state;
	fixture_begin(&fx, none);
	/* Bound, and so nobody else's, but not listening. */
	memset(&address, 0, sizeof(address));
	address.sin_family = AF_INET;
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	fd = socket(AF_INET, SOCK_STREAM, 0);
	assert_true(fd != -1);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, size), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &size),
	    0);
	snprintf(fx.base, sizeof(fx.base), "http://127.0.0.1:%d",
	    ntohs(address.sin_port));
	fixture_open(&fx);
	answer = get(&fx, "/ok");
	assert_int_equal(answer->fault, HTTP_UNREACHABLE);
	assert_int_equal(answer->status, 0);
	assert_string_equal(answer->type, "");
	assert_true(answer->date == DATE_NONE);
	assert_int_equal(answer->body.len, 0);
	close(fd);
	fixture_end(&fx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each),
		cmocka_unit_test(test_together),
		cmocka_unit_test(test_bodies),
		cmocka_unit_test(test_total_time),
		cmocka_unit_test(test_stall_time),
		cmocka_unit_test(test_unreachable),
	};

	forget_proxies();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
