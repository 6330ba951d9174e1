/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * What all HTTP of this program has in common: who asks, whom it trusts,
 * what -v shows of it.
 */
#ifndef CMD_HTTP_SETUP_H
#define CMD_HTTP_SETUP_H

#include <stdint.h>

struct err;
struct http_config;
struct session;

/* Limits */
enum {
	HTTP_SETUP_AGENT = 256	/* bytes of User-Agent, with a contact */
};

/*
 * Fill in the User-Agent, which stands in `agent`, the certificates that
 * the environment names as for the curl tool, and with -v the log.  From
 * then on a closed connection is an error and not the end.  The session
 * outlives the config.  ERR_CONFIG for a contact that can't be sent.
 */
const struct err *http_setup(struct session *session,
    struct http_config *config, char agent[HTTP_SETUP_AGENT]);

/* Where two programs begin at once, for the jitter of their waits. */
uint64_t http_setup_random(void);

#endif
