/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Whether to ask again, and when: a pure function of what happened.
 */
#ifndef FETCH_RETRY_H
#define FETCH_RETRY_H

#include <stdint.h>

#include "fetch/http.h"

struct retry_case {
	enum http_fault fault;
	int status;
	int code;		/* of the error in the body: Bugzilla's; 0 */
	unsigned attempt;	/* requests made so far, from 1 */
	unsigned most;		/* attempts allowed */
	const char *retry_after;	/* header, "" */
	int64_t now;		/* server's clock, for a date in that header;
				 * DATE_NONE: such a date is not understood */
	int64_t elapsed;	/* seconds since the first attempt */
	uint64_t random;	/* for the jitter: any number */
};

enum retry_verdict {
	RETRY_NOT_NEEDED,	/* it is an answer */
	RETRY_AGAIN,		/* after wait_ms */
	RETRY_NEVER,		/* the same would happen again */
	RETRY_GIVE_UP,		/* attempts or time are used up, or wait_ms is
				 * longer than we wait */
	RETRY_LIMITED		/* the server's rate limit: each request would
				 * prolong it; wait_ms says how long to stay
				 * away */
};

struct retry {
	enum retry_verdict verdict;
	int64_t wait_ms;
};

/*
 * Faults of the way (unreachable, broken, slow), 408, 425, 500, 502, 503,
 * 504, and Bugzilla's 100500 under any status are tried again, with full
 * jitter: a random part of RETRY_BASE_MS doubled with each attempt, at most
 * RETRY_CAP_MS.  A Retry-After (RFC 9110, 10.2.3; both forms) comes before
 * the jitter, if it is no longer than RETRY_MAX_AFTER.  Bugzilla's 32000
 * and every 429 are RETRY_LIMITED: BMO blocks an address for an hour and
 * begins the hour again with each request.  A status of 200 to 299 and 304
 * without `code` is an answer; all else would be the same again.
 */
struct retry retry_decide(const struct retry_case *what);

/* Limits */
enum {
	RETRY_BASE_MS = 500,
	RETRY_CAP_MS = 30000,
	RETRY_MAX_AFTER = 600,		/* seconds that we wait */
	RETRY_MAX_ELAPSED = 1800,	/* seconds over all attempts */
	RETRY_LIMITED_SECONDS = 3660,	/* an hour and a minute, where the
					 * server doesn't say */
	RETRY_MAX_SECONDS = 86400	/* of a Retry-After: what asks for
					 * more means "not today" */
};

#endif
