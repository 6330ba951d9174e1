/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A MediaWiki on the loopback, for tests: the api.php of 1.39 as far as a
 * publisher may meet it, with its traps: errors under 200, edits under an
 * address once the session is lost, edits of others merged without a word
 * and those of one's own account overwritten.
 *
 * Pages live in memory, with all their revisions; a file can keep them.
 * Its accounts are built in:
 *
 *	CAIncidentBot@publish	0123456789abcdef0123456789abcdef
 *	CAIncidentBot@nobot	the same, without the bot right
 *	CAIncidentBot@readonly	fedcba9876543210fedcba9876543210, may not edit
 *	Alice@tables		0123456789abcdef0123456789abcdef, no bot
 *	Alice			human-account-pass-1: no bot password
 *
 * A running server is steered by requests under /loop/, which are neither
 * counted nor faulted; loopwiki_steer.c has their list.
 */
#ifndef TESTS_LOOPWIKI_H
#define TESTS_LOOPWIKI_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct loopwiki;

struct loopwiki_config {
	uint64_t seed;
	int64_t now;		/* its clock, which stands still; DATE_NONE:
				 * the real one */
	uint16_t port;		/* 0: any that is free */
	unsigned delay_ms;	/* of each answer */
	unsigned wait_s;	/* Retry-After of 429 and 503, and length of a
				 * stall */
	bool closed;		/* reading needs a login */
	const char *keep;	/* the file that keeps all pages; NULL: none */
	FILE *log;		/* a line a request, as loopwiki.c says; or
				 * NULL */
};

void loopwiki_defaults(struct loopwiki_config *config);

/* Start, on 127.0.0.1.  NULL, with the reason on standard error. */
struct loopwiki *loopwiki_start(const struct loopwiki_config *config);
void loopwiki_stop(struct loopwiki *wiki);
uint16_t loopwiki_port(const struct loopwiki *wiki);

/*
 * Switch a fault on, by a rule as loop_rule.h has it, with the calls read
 * tokens userinfo login edit.  loopwiki_fault.c has the names.  "none" ends
 * all.  false: not understood.
 */
bool loopwiki_fault(struct loopwiki *wiki, const char *rule);

/* Limits */
enum {
	LOOPWIKI_MAX_FAULTS = 16,
	LOOPWIKI_MAX_ARGS = 64,		/* parameters of a request */
	LOOPWIKI_MAX_SESSIONS = 4096,
	LOOPWIKI_MAX_HOOKS = 16,
	LOOPWIKI_MAX_TEXT = 2048 << 10,	/* of a page: contenttoobig */
	LOOPWIKI_MAX_SUMMARY = 500,	/* characters; the rest is lost */
	LOOPWIKI_MAX_TITLE = 255,	/* bytes */
	LOOPWIKI_MAX_BODY = 64 << 20	/* of an answer */
};

#endif
