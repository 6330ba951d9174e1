/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* The HTTP of the loopback servers: libmicrohttpd, a thread a connection. */
#ifndef TESTS_LOOP_HTTP_H
#define TESTS_LOOP_HTTP_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* What every server is made of. */
struct loop_host {
	struct MHD_Daemon *daemon;
	uint16_t port;
	pthread_mutex_t lock;	/* of the server's data */
	bool stopping;
};

enum loop_way {
	WAY_WHOLE,
	WAY_CUT,		/* half of the body, then the end */
	WAY_STALL,		/* half of it, then nothing */
	WAY_RESET,		/* a reset instead of an answer */
	WAY_SILENT		/* nothing instead of an answer */
};

/* What libmicrohttpd keeps for us of a request that is still coming. */
struct loop_coming {
	char *target;		/* as it came */
	struct buf body;
	bool begun;		/* its header was seen */
};

/* `memory`, or the end of the program. */
void *loop_must(void *memory);

/* Listen on 127.0.0.1 (0: any free port).  A handler's state is a struct
 * loop_coming.  false, with the reason on standard error. */
bool loop_host_start(struct loop_host *host, uint16_t port,
    MHD_AccessHandlerCallback handler, void *arg);
void loop_host_stop(struct loop_host *host);
/* Sleep, but no longer than the server lives. */
void loop_host_sleep(struct loop_host *host, unsigned ms);

/* A clock that only goes on. */
int64_t loop_milliseconds(void);

/* The response with that body, which is taken; NULL for the ways that have
 * none.  A WAY_STALL lasts so long. */
struct MHD_Response *loop_response(struct loop_host *host, enum loop_way way,
    struct buf *body, unsigned stall_ms);
void loop_add_date(struct MHD_Response *response, int64_t now);
/* Queue it and let it go; a NULL ends the connection in that way. */
enum MHD_Result loop_respond(struct MHD_Connection *connection,
    enum loop_way way, int status, struct MHD_Response *response);

#endif
