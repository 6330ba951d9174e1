/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "cmd/http_setup.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "cmd/session.h"
#include "fetch/http.h"

static void
log_line(void *arg, const char *line)
{
	const struct session *session = arg;

	session_say(session, "%s", line);
}

/* Who asks: "cabrief/1.0 (+who@where.example)". */
static const struct err *
write_agent(const char *contact, char agent[HTTP_SETUP_AGENT])
{
	struct buf out;
	const char *c;

	buf_fixed(&out, agent, HTTP_SETUP_AGENT);
	buf_str(&out, "cabrief/" CABRIEF_VERSION);
	if (contact != NULL)
		buf_fmt(&out, " (+%s)", contact);
	for (c = contact; c != NULL && *c != '\0'; c++)
		if (*c < ' ' || *c > '~' || strchr("()\\", *c) != NULL)
			return err_new(ERR_CONFIG, "contact: %s: can't be "
			    "sent: give a URL or an address of plain letters",
			    contact);
	return buf_error(&out, "contact");
}

const struct err *
http_setup(struct session *session, struct http_config *config,
    char agent[HTTP_SETUP_AGENT])
{
	config->agent = agent;
	/* As the curl tool has them. */
	config->ca_file = getenv("CURL_CA_BUNDLE");
	if (config->ca_file == NULL)
		config->ca_file = getenv("SSL_CERT_FILE");
	config->ca_dir = getenv("SSL_CERT_DIR");
	if (session->verbose > 0) {
		config->log = log_line;
		config->log_arg = session;
	}
	(void)signal(SIGPIPE, SIG_IGN);
	return write_agent(session->settings.value[SET_CONTACT], agent);
}

uint64_t
http_setup_random(void)
{
	struct timespec ts = { 0, 0 };

	(void)clock_gettime(CLOCK_REALTIME, &ts);
	return (uint64_t)ts.tv_nsec ^ (uint64_t)getpid() << 32;
}
