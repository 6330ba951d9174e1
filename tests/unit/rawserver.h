/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A server on the loopback that plays scripts: bytes that no good server
 * would send.  It runs in a thread; each connection has its own.
 */
#ifndef TESTS_UNIT_RAWSERVER_H
#define TESTS_UNIT_RAWSERVER_H

#include <stddef.h>

/* What is done when a request has come. */
enum raw_act {
	RAW_END,		/* close the connection */
	RAW_SEND,		/* `data` (`len` bytes, 0: a string) */
	RAW_KEEP,		/* wait for the next request, with the next
				 * step */
	RAW_SLEEP,		/* `count` milliseconds, or until the end */
	RAW_RESET,		/* close, so that the peer sees a reset */
	RAW_REPEAT,		/* `data`, `count` times; 0: without end */
	RAW_DRIP		/* `data`, a byte every `count` ms */
};

struct raw_step {
	enum raw_act act;
	const char *data;
	size_t len;
	unsigned count;
};

/* Played for requests whose target begins with `path`; the first that fits
 * is taken, for those without one the connection is closed.  `steps` ends
 * with RAW_END or RAW_RESET. */
struct raw_script {
	const char *path;
	const struct raw_step *steps;
};

struct rawserver;

/* `scripts` ends with a NULL path and must live as long as the server.
 * NULL: it can't begin. */
struct rawserver *rawserver_new(const struct raw_script *scripts);
/* The same with what `choose` says for each request, which it gets whole, one
 * call at a time; NULL from it: the connection is closed.  The steps must
 * live until the next request. */
struct rawserver *rawserver_chosen(
    const struct raw_step *(*choose)(void *arg, const char *request),
    void *arg);
/* Ends it; sleeping and endless scripts too. */
void rawserver_free(struct rawserver *server);
int rawserver_port(const struct rawserver *server);
/* The bytes of all requests that came, one after the other; good until the
 * server is freed, and complete for requests that were answered. */
const char *rawserver_heard(struct rawserver *server);
/* Connections that were accepted; most requests that were open at once. */
unsigned rawserver_connections(struct rawserver *server);
unsigned rawserver_most(struct rawserver *server);

#endif
