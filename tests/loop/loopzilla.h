/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A Bugzilla on the loopback, for tests: bugzilla.mozilla.org's manner
 * (BMO) or upstream 5.2's, as far as a downloader may meet it, with what
 * is odd about them: silent clamps, ignored parameters, errors under 200,
 * the rate limit with its hour-long block.  Beside the manners it has
 * faults, which a test switches on.
 *
 * It serves REST answers out of files, or bugs that it invents, as they
 * stood at its clock: with a clock set, bugs, comments and changes after it
 * do not exist yet.  A running server is steered by requests under /loop/,
 * which are neither counted nor faulted.
 */
#ifndef TESTS_LOOPZILLA_H
#define TESTS_LOOPZILLA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct loopzilla;

struct loopzilla_config {
	bool bmo;		/* else 5.2 */
	const char *const *folders;	/* each *.json of them is loaded */
	size_t folder_len;
	unsigned bugs, comments;	/* to be invented */
	bool lively;		/* some of these leave the component, become
				 * restricted, get a comment edited */
	uint64_t seed;
	int64_t now;		/* its clock, which stands still; DATE_NONE:
				 * the real one, and all has happened */
	uint16_t port;		/* 0: any that is free */
	unsigned delay_ms;	/* of each answer */
	unsigned wait_s;	/* Retry-After, and length of a stall */
	const char *key;	/* sees everything; NULL: nobody has one */
	const char *plain_key;	/* known, but without rights */
	unsigned rate_calls, rate_seconds, block_seconds;	/* BMO's */
	unsigned max_results;	/* of a search */
	unsigned max_target;	/* bytes of a request's target */
	const char *redirect;	/* where the fault `redirect` leads */
	FILE *log;		/* a line a request, as loopzilla.c says; or
				 * NULL */
};

/* The values that a Bugzilla comes with. */
void loopzilla_defaults(struct loopzilla_config *config);

/* Start, on 127.0.0.1.  NULL, with the reason on standard error. */
struct loopzilla *loopzilla_start(const struct loopzilla_config *config);
void loopzilla_stop(struct loopzilla *server);
uint16_t loopzilla_port(const struct loopzilla *server);

/*
 * Switch a fault on: "NAME[/CALL][=N | @K[+]]": in every answer, in a
 * random one of N, in the K-th, from the K-th on; of all calls or of one
 * kind (version whoami login search bug comment history).  loop_fault.c has the
 * names.  false: no such fault.  "none" ends all.
 */
bool loopzilla_fault(struct loopzilla *server, const char *rule);

/*
 * Let something happen: "TIME KIND BUG [...]".  TIME may be "now".
 *   restrict BUG, open BUG	for those with the key alone, for all again
 *   shut BUG			listed, but its comments and history refused
 *   edit BUG NUMBER TEXT	a comment's text; moves no time of change
 *   move BUG COMPONENT		behind all other changes of the bug
 *   touch BUG			a change and a comment; as move
 *   poison BUG list|text|error	no answer that holds the bug is JSON; none
 *				that holds its texts; these are 100500
 * false: not understood, or no such bug.
 */
bool loopzilla_event(struct loopzilla *server, const char *event);

void loopzilla_set_now(struct loopzilla *server, int64_t now);
/* Requests answered so far. */
uint64_t loopzilla_requests(struct loopzilla *server);

/* Limits */
enum {
	LOOP_MAX_FAULTS = 16,
	LOOP_MAX_ARGS = 2048,		/* parameters of a request */
	LOOP_MAX_BODY = 512 << 20,	/* 5.2 sends all bugs at once */
	LOOP_START_PAGE = 10240		/* BMO: above it, its start page */
};

#endif
