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
#include <sys/socket.h>

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/file.h"
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
	char port[16];
	size_t i;

	for (i = 0; i < asked->fault_len; i++)
		if (!loopzilla_fault(server, asked->faults[i]))
			stop("--fault", asked->faults[i]);
	for (i = 0; i < asked->event_len; i++)
		if (!loopzilla_event(server, asked->events[i]))
			stop("--event", asked->events[i]);
	snprintf(port, sizeof(port), "%u\n", loopzilla_port(server));
	if (asked->port_file != NULL)
		return file_replace(asked->port_file, port, strlen(port)) ==
		    NULL;
	fputs(port, stdout);
	return fflush(stdout) == 0;
}

/* Until SIGTERM, or until the parent is gone: a suite that dies takes its
 * servers along. */
static void
wait_for_end(const sigset_t *signals, pid_t parent)
{
	const struct timespec pause = { 1, 0 };

	while (sigtimedwait(signals, NULL, &pause) == -1 &&
	    getppid() == parent)
		;
}

/* The request that says it, percent-encoded. */
static void
write_order(struct buf *out, const char *what, const char *value)
{
	buf_fmt(out, "GET /loop/%s?%s=", what, strcmp(what, "now") == 0 ?
	    "time" : strcmp(what, "fault") == 0 ? "rule" : "is");
	for (; *value != '\0'; value++)
		buf_fmt(out, "%%%02x", (unsigned char)*value);
	buf_str(out, " HTTP/1.1\r\nHost: loop\r\n"
	    "Connection: close\r\n\r\n");
}

/* Steer a running server; true when it did what it was told. */
static bool
order(const char *port, const char *what, const char *value)
{
	struct sockaddr_in address;
	struct buf text;
	char answer[64] = "";
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	memset(&address, 0, sizeof(address));
	address.sin_family = AF_INET;
	address.sin_port = htons((uint16_t)strtoul(port, NULL, 10));
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	buf_init(&text, MAX_ORDER);
	write_order(&text, what, value);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&address,
	    sizeof(address)) == 0 &&
	    send(fd, text.data, text.len, 0) == (ssize_t)text.len)
		(void)recv(fd, answer, sizeof(answer) - 1, MSG_WAITALL);
	close(fd);
	buf_release(&text);
	return strncmp(answer, "HTTP/1.1 200", 12) == 0;
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
	/* Before there are threads, which then have it too. */
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	signal(SIGPIPE, SIG_IGN);
	server = loopzilla_start(&asked.config);
	if (server == NULL)
		return 1;
	if (prepare(server, &asked)) {
		wait_for_end(&signals, parent);
		code = 0;
	}
	loopzilla_stop(server);
	if (asked.config.log != NULL)
		fclose(asked.config.log);
	return code;
}
