/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "fetch/retry.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum {
	HOUR_MS = 3660 * 1000,		/* RETRY_LIMITED_SECONDS */
	NOW = 784111777			/* 1994-11-06 08:49:37 */
};

/* The first request failed with that status; ten are allowed. */
static struct retry_case
first(int status)
{
	struct retry_case what;

	memset(&what, 0, sizeof(what));
	what.fault = HTTP_FINE;
	what.status = status;
	what.attempt = 1;
	what.most = 10;
	what.retry_after = "";
	what.now = NOW;
	return what;
}

static enum retry_verdict
expected(int status)
{
	static const int again[] = { 408, 425, 500, 502, 503, 504 };
	size_t i;

	for (i = 0; i < COUNT(again); i++)
		if (status == again[i])
			return RETRY_AGAIN;
	if (status == 429)
		return RETRY_LIMITED;
	if ((status >= 200 && status <= 299) || status == 304)
		return RETRY_NOT_NEEDED;
	return RETRY_NEVER;
}

static void
test_every_status(void **state)
{
	struct retry_case what;
	struct retry retry;
	int status;

	(void)state;
	for (status = 0; status <= 999; status++) {
		what = first(status);
		retry = retry_decide(&what);
		assert_int_equal(retry.verdict, expected(status));
		assert_int_equal(retry.wait_ms, status == 429 ? HOUR_MS : 0);
		/* An error report makes no answer of it. */
		what.code = 101;
		retry = retry_decide(&what);
		assert_int_equal(retry.verdict,
		    expected(status) == RETRY_NOT_NEEDED ? RETRY_NEVER :
		    expected(status));
		what.code = 32000;
		retry = retry_decide(&what);
		assert_int_equal(retry.verdict, RETRY_LIMITED);
		assert_int_equal(retry.wait_ms, HOUR_MS);
		what.code = 100500;
		retry = retry_decide(&what);
		assert_int_equal(retry.verdict, RETRY_AGAIN);
	}
}

static void
test_faults(void **state)
{
	static const enum retry_verdict expect[HTTP_FAULT__MAX] = {
		[HTTP_FINE] = RETRY_NOT_NEEDED,
		[HTTP_UNREACHABLE] = RETRY_AGAIN,
		[HTTP_UNTRUSTED] = RETRY_NEVER,
		[HTTP_BROKEN] = RETRY_AGAIN,
		[HTTP_SLOW] = RETRY_AGAIN,
		[HTTP_LARGE] = RETRY_NEVER,
		[HTTP_REDIRECTED] = RETRY_NEVER,
	};
	struct retry_case what = first(200);
	struct retry retry;
	int fault;

	(void)state;
	for (fault = 0; fault < HTTP_FAULT__MAX; fault++) {
		what.fault = (enum http_fault)fault;
		/* With a fault the status says nothing. */
		what.status = fault == HTTP_FINE ? 200 : 429;
		retry = retry_decide(&what);
		assert_int_equal(retry.verdict, expect[fault]);
	}
}

/* The whole range, both ends, and never more. */
static void
test_jitter(void **state)
{
	static const int64_t most[] = {
		500, 1000, 2000, 4000, 8000, 16000, 30000, 30000
	};
	struct retry_case what = first(503);
	struct retry retry;
	uint64_t n;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(most); i++) {
		what.attempt = (unsigned)i + 1;
		what.random = 0;
		assert_int_equal(retry_decide(&what).wait_ms, 0);
		what.random = (uint64_t)most[i];
		assert_int_equal(retry_decide(&what).wait_ms, most[i]);
		what.random = UINT64_MAX;
		for (n = 0; n < 1000; n++) {
			what.random -= n * UINT64_C(0x9e3779b97f4a7c15);
			retry = retry_decide(&what);
			assert_int_equal(retry.verdict, RETRY_AGAIN);
			assert_in_range(retry.wait_ms, 0, most[i]);
		}
	}
	what.attempt = UINT32_MAX - 1;
	what.most = UINT32_MAX;
	what.random = RETRY_CAP_MS;
	assert_int_equal(retry_decide(&what).wait_ms, RETRY_CAP_MS);
}

static void
test_retry_after(void **state)
{
	static const struct {
		const char *header;
		int64_t wait_ms;	/* the jitter's end is 500 */
		enum retry_verdict verdict;
	} cases[] = {
		{ "", 500, RETRY_AGAIN },
		{ "0", 500, RETRY_AGAIN },
		{ "7", 7500, RETRY_AGAIN },
		{ "600", 600500, RETRY_AGAIN },
		{ "601", 601500, RETRY_GIVE_UP },
		{ "3600", 3600500, RETRY_GIVE_UP },
		/* Times that no clock holds. */
		{ "86401", 86400500, RETRY_GIVE_UP },
		{ "9223372036854775807", 86400500, RETRY_GIVE_UP },
		{ "9223372036854775808", 500, RETRY_AGAIN },
		{ "Sun, 06 Nov 1994 08:49:37 GMT", 500, RETRY_AGAIN },
		{ "Sun, 06 Nov 1994 08:49:38 GMT", 1500, RETRY_AGAIN },
		{ "Sun, 06 Nov 1994 08:59:37 GMT", 600500, RETRY_AGAIN },
		{ "Sun, 06 Nov 1994 08:59:38 GMT", 601500, RETRY_GIVE_UP },
		{ "Fri, 31 Dec 9999 23:59:59 GMT", 86400500, RETRY_GIVE_UP },
		{ "Thu, 01 Jan 1970 00:00:00 GMT", 500, RETRY_AGAIN },
		/* Nonsense says nothing. */
		{ "-5", 500, RETRY_AGAIN },
		{ "5 ", 500, RETRY_AGAIN },
		{ "5.5", 500, RETRY_AGAIN },
		{ "soon", 500, RETRY_AGAIN },
		{ "1994-11-06T08:49:38Z", 500, RETRY_AGAIN },
		{ "Sunday, 06-Nov-94 08:49:38 GMT", 500, RETRY_AGAIN },
		{ "Sun, 31 Feb 1995 08:49:38 GMT", 500, RETRY_AGAIN },
	};
	struct retry_case what = first(503);
	struct retry retry;
	size_t i;

	(void)state;
	what.random = 500;
	for (i = 0; i < COUNT(cases); i++) {
		what.retry_after = cases[i].header;
		retry = retry_decide(&what);
		assert_int_equal(retry.verdict, cases[i].verdict);
		assert_int_equal(retry.wait_ms, cases[i].wait_ms);
	}
	/* Without a clock a date says nothing. */
	what.now = DATE_NONE;
	what.retry_after = "Fri, 31 Dec 9999 23:59:59 GMT";
	assert_int_equal(retry_decide(&what).wait_ms, 500);
}

static void
test_limited(void **state)
{
	static const struct {
		const char *header;
		int64_t wait_ms;
	} cases[] = {
		{ "", HOUR_MS },
		{ "0", HOUR_MS },
		{ "Sun, 06 Nov 1994 08:00:00 GMT", HOUR_MS },
		{ "30", 30000 },
		{ "7200", 7200000 },
		{ "99999999999", 86400000 },
		{ "Sun, 06 Nov 1994 08:49:39 GMT", 2000 },
	};
	struct retry_case what = first(429);
	struct retry retry;
	size_t i;

	(void)state;
	what.random = 500;
	for (i = 0; i < COUNT(cases); i++) {
		what.retry_after = cases[i].header;
		retry = retry_decide(&what);
		assert_int_equal(retry.verdict, RETRY_LIMITED);
		assert_int_equal(retry.wait_ms, cases[i].wait_ms);
	}
	/* Not even when attempts are used up is it anything else. */
	what.attempt = what.most;
	assert_int_equal(retry_decide(&what).verdict, RETRY_LIMITED);
}

static void
test_ends(void **state)
{
	struct retry_case what = first(500);

	(void)state;
	what.attempt = 9;
	assert_int_equal(retry_decide(&what).verdict, RETRY_AGAIN);
	what.attempt = 10;
	assert_int_equal(retry_decide(&what).verdict, RETRY_GIVE_UP);
	what.attempt = 11;
	assert_int_equal(retry_decide(&what).verdict, RETRY_GIVE_UP);

	what = first(500);
	what.most = 1;
	assert_int_equal(retry_decide(&what).verdict, RETRY_GIVE_UP);
	what.most = 0;
	assert_int_equal(retry_decide(&what).verdict, RETRY_GIVE_UP);

	/* What is waited counts. */
	what = first(503);
	what.elapsed = RETRY_MAX_ELAPSED - 1;
	assert_int_equal(retry_decide(&what).verdict, RETRY_AGAIN);
	what.elapsed = RETRY_MAX_ELAPSED;
	assert_int_equal(retry_decide(&what).verdict, RETRY_GIVE_UP);
	what.retry_after = "600";
	what.elapsed = RETRY_MAX_ELAPSED - 601;
	assert_int_equal(retry_decide(&what).verdict, RETRY_AGAIN);
	what.elapsed = RETRY_MAX_ELAPSED - 600;
	assert_int_equal(retry_decide(&what).verdict, RETRY_GIVE_UP);

	/* What is no use to ask again stays so. */
	what = first(404);
	what.attempt = 10;
	what.elapsed = RETRY_MAX_ELAPSED;
	assert_int_equal(retry_decide(&what).verdict, RETRY_NEVER);
	what.status = 200;
	assert_int_equal(retry_decide(&what).verdict, RETRY_NOT_NEEDED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_status),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_jitter),
		cmocka_unit_test(test_retry_after),
		cmocka_unit_test(test_limited),
		cmocka_unit_test(test_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
