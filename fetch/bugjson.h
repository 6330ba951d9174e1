/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * From the answers of Bugzilla's REST interface to parts of bugs.  Private
 * to intake.c, whose header says which answers are understood and what is
 * done with bad ones.
 *
 * Keys come in any order.  A bug is handed to the sink when its object ends,
 * so memory does not grow with the number of bugs.  An answer that turns out
 * to be an error report gives ERR_SERVER at its end, also when bugs came
 * before; the owner of the sink then throws them away.
 */
#ifndef FETCH_BUGJSON_H
#define FETCH_BUGJSON_H

#include <stddef.h>

struct bugjson;
struct err;
struct intake_result;
struct intake_sink;

/* `name`, `sink` and `result` stay the caller's.  Free with bugjson_free. */
const struct err *bugjson_new(struct bugjson **out, const char *name,
    const struct intake_sink *sink, struct intake_result *result);
void bugjson_free(struct bugjson *reader);

/* The next bytes, and their end; errors as intake_read's. */
const struct err *bugjson_feed(struct bugjson *reader, const char *data,
    size_t len);
const struct err *bugjson_end(struct bugjson *reader);

/* Limits */
enum {
	BUGJSON_MESSAGE = 400	/* bytes kept of a server's error message */
};

#endif
