/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The store brought up to date from a Bugzilla over REST: new and changed
 * bugs of some components, with their comments and history.
 *
 * Which server it is, is asked first.  BMO (and harmony) give bugs with
 * comments and history by search; upstream 5.x gives fields by search, and
 * comments and history of many bugs a call.
 *
 * A bug is never lost or invented.  What is no answer is an error; an answer
 * that one bug poisons is asked for in halves until that bug stands alone
 * and is named; bugs that the server shows no longer are marked, never
 * deleted, and reports count them as they were last known.
 */
#ifndef FETCH_BUGZILLA_H
#define FETCH_BUGZILLA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct diag_sink;
struct err;
struct http;
struct store;

struct bugzilla_config {
	const char *url;	/* of the server, as `http` has it */
	const char *product;
	const char *const *components;
	size_t component_len;
	bool keyed;		/* `http` has the key as its secret header */
	const char *key_query;	/* "api_key=..." for a server that ignores
				 * that header; NULL: the key is not used so */
	bool full;		/* all bugs, not only those changed */
	bool gone;		/* mark bugs as gone, however many */
	int64_t since;		/* those changed since; DATE_NONE: since the
				 * last good fetch.  Not with `full` */
	unsigned jobs;		/* as `http` has it */
	unsigned retries;	/* after the first request */
	int64_t now;		/* our clock, if the server doesn't say */
	uint64_t random;	/* seed of the jitter */
	struct diag_sink *diags;
	/* The work so far, a few times a second; NULL: nobody asks.  `total`
	 * is 0 while it is unknown, `wire` bytes that came. */
	void (*progress)(void *arg, uint64_t bugs, uint64_t total,
	    uint64_t wire);
	void *progress_arg;
};

struct bugzilla_result {
	uint64_t gone;		/* bugs newly marked as no longer visible */
	uint64_t back;		/* bugs seen again that were marked */
	bool full;		/* a pass over all bugs was made */
	char version[32];	/* of the server; "" when it was not asked */
};

/*
 * Fetch.  `store` is open for writing and locked, and a run has begun.  Each
 * answer is a page, and after an error the next call goes on behind the last
 * one.  Bugs that failed are reported (DIAG_BUG_FAILED) and are no error;
 * the next call asks for them again.
 *
 * ERR_NETWORK, when nothing was changed, else ERR_PARTIAL; ERR_SERVER: it
 * refused, answered nonsense, or shows so many bugs no longer that none is
 * marked without `gone`; ERR_CONFIG: it does not know the key, or
 * would ignore it; ERR_LOCK, ERR_SYSTEM.
 */
const struct err *bugzilla_fetch(struct store *store, struct http *http,
    const struct bugzilla_config *config, struct bugzilla_result *out);

/* Limits */
enum {
	/* Bugs a request: by measurement, with comments and history, one
	 * such answer of BMO is made in under a second and has 1.4 MB. */
	BUGZILLA_PAGE = 100,
	BUGZILLA_FIELDS_PAGE = 400,	/* of fields alone: 4 KB of numbers */
	BUGZILLA_LIST_PAGE = 1000,	/* numbers and times alone */
	BUGZILLA_MAX_ANSWER = 32 << 20,	/* bytes, for `http` */
	/* Seconds: a change is dated when its transaction begins, and seen
	 * when that ends. */
	BUGZILLA_OVERLAP = 600,
	/* A pass over all bugs when the last is older: nothing else finds
	 * edited comments and bugs that are gone. */
	BUGZILLA_FULL_DAYS = 7,
	/* A pass over all bugs marks so many as gone, and more when they are
	 * at most that part, one in 4, of those that were visible: beyond
	 * it, a server that is ill or a key that sees less is likelier. */
	BUGZILLA_GONE_FEW = 20,
	BUGZILLA_GONE_PART = 4,
	/* Requests for an answer of several bugs before it is halved. */
	BUGZILLA_PAGE_TRIES = 3,
	/* Answers given up, one behind the other, until it is the server
	 * that is ill: more than it takes to find a bug among 100. */
	BUGZILLA_MAX_STREAK = 10
};

#endif
