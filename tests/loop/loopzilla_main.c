/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The loopback Bugzilla as a program, for the suites.  It serves until it
 * is told to stop by a signal, or its parent is gone.
 *
 *   loopzilla [--OPTION VALUE]...
 *     --mode bmo|52   --data DIR (more than one)   --seed N
 *     --bugs N --comments M   invented   --lively 1
 *     --now TIME   --port N   --port-file FILE   --log FILE
 *     --delay MS   --wait SECONDS (Retry-After, stalls)
 *     --key KEY   --plain-key KEY   --redirect URL
 *     --rate CALLS   --rate-seconds N   --block SECONDS
 *     --max-results N   --fault RULE   --event EVENT (more than one)
 *
 *   loopzilla --tell PORT now|fault|event VALUE: steer one that runs
 */
#include <errno.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "tests/loop/loop_program.h"
#include "tests/loop/loopzilla.h"

enum {
	MAX_LIST = 256,
	MAX_ORDER = 1 << 16
};

struct asked {
	struct loopzilla_config config;
	const char *folders[MAX_LIST];
	const char *faults[MAX_LIST], *events[MAX_LIST];
	size_t fault_len, event_len;
	const char *port_file, *log;
	uint64_t port;
};

static void
stop(const char *option, const char *value)
{
	fprintf(stderr, "loopzilla: %s %s: not understood\n", option, value);
	exit(2);
}

static bool
set_number(struct asked *asked, const char *option, const char *value)
{
	struct loopzilla_config *config = &asked->config;
	const struct {
		const char *name;
		unsigned *number;
	} numbers[] = {
		{ "--block", &config->block_seconds },
		{ "--bugs", &config->bugs },
		{ "--comments", &config->comments },
		{ "--delay", &config->delay_ms },
		{ "--max-results", &config->max_results },
		{ "--rate", &config->rate_calls },
		{ "--rate-seconds", &config->rate_seconds },
		{ "--wait", &config->wait_s }
	};
	char *end;
	unsigned long number = strtoul(value, &end, 10);
	size_t i;

	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (strcmp(numbers[i].name, option) == 0) {
			*numbers[i].number = (unsigned)number;
			return *end == '\0' && end != value;
		}
	if (strcmp(option, "--seed") == 0)
		config->seed = number;
	else if (strcmp(option, "--port") == 0)
		config->port = (uint16_t)number;
	else if (strcmp(option, "--lively") == 0)
		config->lively = number != 0;
	else
		return false;
	return *end == '\0' && end != value;
}

static bool
add(const char **list, size_t *len, const char *value)
{
	if (*len == MAX_LIST)
		return false;
	list[(*len)++] = value;
	return true;
}

static bool
set(struct asked *asked, const char *option, const char *value)
{
	struct loopzilla_config *config = &asked->config;

	if (strcmp(option, "--data") == 0)
		return add(asked->folders, &config->folder_len, value);
	if (strcmp(option, "--fault") == 0)
		return add(asked->faults, &asked->fault_len, value);
	if (strcmp(option, "--event") == 0)
		return add(asked->events, &asked->event_len, value);
	if (strcmp(option, "--now") == 0)
		return date_parse_time(value, strlen(value), &config->now);
	if (strcmp(option, "--mode") == 0) {
		config->bmo = strcmp(value, "bmo") == 0;
		return config->bmo || strcmp(value, "52") == 0;
	}
	if (strcmp(option, "--key") == 0)
		config->key = value;
	else if (strcmp(option, "--plain-key") == 0)
		config->plain_key = value;
	else if (strcmp(option, "--redirect") == 0)
		config->redirect = value;
	else if (strcmp(option, "--port-file") == 0)
		asked->port_file = value;
	else if (strcmp(option, "--log") == 0)
		asked->log = value;
	else
		return set_number(asked, option, value);
	return true;
}

/* Faults and events, then the port for those who wait for it. */
static bool
prepare(struct loopzilla *server, const struct asked *asked)
{
	size_t i;

	for (i = 0; i < asked->fault_len; i++)
		if (!loopzilla_fault(server, asked->faults[i]))
			stop("--fault", asked->faults[i]);
	for (i = 0; i < asked->event_len; i++)
		if (!loopzilla_event(server, asked->events[i]))
			stop("--event", asked->events[i]);
	return loop_program_port(loopzilla_port(server), asked->port_file);
}

/* Steer a running server; true when it did what it was told. */
static bool
order(const char *port, const char *what, const char *value)
{
	struct buf text;
	bool good;

	buf_init(&text, MAX_ORDER);
	buf_fmt(&text, "GET /loop/%s?%s=", what, strcmp(what, "now") == 0 ?
	    "time" : strcmp(what, "fault") == 0 ? "rule" : "is");
	loop_program_quote(&text, value, strlen(value));
	buf_str(&text, " HTTP/1.1\r\nHost: loop\r\n"
	    "Connection: close\r\n\r\n");
	good = loop_program_ask(port, &text, NULL);
	buf_release(&text);
	return good;
}

int
main(int argc, char **argv)
{
	static struct asked asked;
	struct loopzilla *server;
	sigset_t signals;
	pid_t parent = getppid();
	int i, code = 1;

	if (argc == 5 && strcmp(argv[1], "--tell") == 0)
		return order(argv[2], argv[3], argv[4]) ? 0 : 1;
	loopzilla_defaults(&asked.config);
	for (i = 1; i < argc; i += 2)
		if (i + 1 == argc || !set(&asked, argv[i], argv[i + 1]))
			stop(argv[i], i + 1 == argc ? "" : argv[i + 1]);
	asked.config.folders = asked.folders;
	if (asked.log != NULL &&
	    (asked.config.log = fopen(asked.log, "a")) == NULL)
		stop("--log", strerror(errno));
	loop_program_signals(&signals);
	server = loopzilla_start(&asked.config);
	if (server == NULL)
		return 1;
	if (prepare(server, &asked)) {
		loop_program_wait(&signals, parent);
		code = 0;
	}
	loopzilla_stop(server);
	if (asked.config.log != NULL)
		fclose(asked.config.log);
	return code;
}
