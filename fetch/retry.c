/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/retry.h"

#include <stdbool.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"

/* Bugzilla's codes, from its Bugzilla/WebService/Constants.pm. */
enum {
	CODE_RATE_LIMIT = 32000,
	CODE_INTERNAL = 100500
};

static enum retry_verdict
verdict_of_status(int status, int code)
{
	if (code == CODE_RATE_LIMIT)
		return RETRY_LIMITED;
	if (code == CODE_INTERNAL)
		return RETRY_AGAIN;
	switch (status) {
	case 429:
		return RETRY_LIMITED;
	case 408:
	case 425:
	case 500:
	case 502:
	case 503:
	case 504:
		return RETRY_AGAIN;
	case 304:
		break;
	default:
		if (status < 200 || status > 299)
			return RETRY_NEVER;
		break;
	}
	return code == 0 ? RETRY_NOT_NEEDED : RETRY_NEVER;
}

static enum retry_verdict
verdict_of(const struct retry_case *what)
{
	switch (what->fault) {
	case HTTP_FINE:
		return verdict_of_status(what->status, what->code);
	case HTTP_UNREACHABLE:
	case HTTP_BROKEN:
	case HTTP_SLOW:
		return RETRY_AGAIN;
	case HTTP_UNTRUSTED:
	case HTTP_LARGE:
	case HTTP_REDIRECTED:
	case HTTP_FAULT__MAX:
		break;
	}
	return RETRY_NEVER;
}

/* Seconds that the header asks for; -1 when it says nothing. */
static int64_t
seconds_asked(const char *header, int64_t now)
{
	size_t len = strlen(header);
	int64_t value;

	if (date_parse_http(header, len, &value)) {
		if (now == DATE_NONE)
			return -1;
		value = value < now ? 0 : value - now;
	} else if (!text_int(header, len, &value))
		return -1;
	return value < RETRY_MAX_SECONDS ? value : RETRY_MAX_SECONDS;
}

/* A random part, both ends possible, of what grows with each attempt. */
static int64_t
jitter(unsigned attempt, uint64_t random)
{
	uint64_t most = RETRY_BASE_MS;
	unsigned i;

	for (i = 1; i < attempt && most < RETRY_CAP_MS; i++)
		most *= 2;
	if (most > RETRY_CAP_MS)
		most = RETRY_CAP_MS;
	return (int64_t)(random % (most + 1));
}

struct retry
retry_decide(const struct retry_case *what)
{
	struct retry retry = { verdict_of(what), 0 };
	int64_t asked = seconds_asked(what->retry_after, what->now);

	if (retry.verdict == RETRY_LIMITED)
		retry.wait_ms = 1000 *
		    (asked > 0 ? asked : RETRY_LIMITED_SECONDS);
	if (retry.verdict != RETRY_AGAIN)
		return retry;
	retry.wait_ms = jitter(what->attempt, what->random);
	if (asked > 0)
		retry.wait_ms += asked * 1000;
	if (what->attempt >= what->most || asked > RETRY_MAX_AFTER ||
	    what->elapsed >= RETRY_MAX_ELAPSED - retry.wait_ms / 1000)
		retry.verdict = RETRY_GIVE_UP;
	return retry;
}
