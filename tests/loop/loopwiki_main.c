/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The loopback MediaWiki as a program, for the suites.  It serves until it
 * is told to stop by a signal, or its parent is gone.
 *
 *   loopwiki [--OPTION VALUE]...
 *     --port N   --port-file FILE   --log FILE   --keep FILE   --seed N
 *     --now TIME   --delay MS   --wait SECONDS   --closed 1
 *     --fault RULE (more than one)
 *
 *   loopwiki --tell PORT WHAT [NAME=VALUE | NAME@FILE]...: steer one that
 *   runs; WHAT and the names are loopwiki_steer.c's, what it tells is
 *   printed
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/file.h"
#include "tests/loop/loop_program.h"
#include "tests/loop/loopwiki.h"

enum {
	MAX_LIST = 64,
	MAX_ORDER = 32 << 20
};

struct asked {
	struct loopwiki_config config;
	const char *faults[MAX_LIST];
	size_t fault_len;
	const char *port_file, *log;
};

static void
stop(const char *option, const char *value)
{
	fprintf(stderr, "loopwiki: %s %s: not understood\n", option, value);
	exit(2);
}

static bool
set_number(struct loopwiki_config *config, const char *option,
    const char *value)
{
	char *end;
	unsigned long number = strtoul(value, &end, 10);

	if (strcmp(option, "--delay") == 0)
		config->delay_ms = (unsigned)number;
	else if (strcmp(option, "--wait") == 0)
		config->wait_s = (unsigned)number;
	else if (strcmp(option, "--seed") == 0)
		config->seed = number;
	else if (strcmp(option, "--port") == 0)
		config->port = (uint16_t)number;
	else if (strcmp(option, "--closed") == 0)
		config->closed = number != 0;
	else
		return false;
	return *end == '\0' && end != value;
}

static bool
set(struct asked *asked, const char *option, const char *value)
{
	if (strcmp(option, "--fault") == 0 && asked->fault_len < MAX_LIST)
		asked->faults[asked->fault_len++] = value;
	else if (strcmp(option, "--keep") == 0)
		asked->config.keep = value;
	else if (strcmp(option, "--port-file") == 0)
		asked->port_file = value;
	else if (strcmp(option, "--log") == 0)
		asked->log = value;
	else if (strcmp(option, "--now") == 0)
		return date_parse_time(value, strlen(value),
		    &asked->config.now);
	else
		return set_number(&asked->config, option, value);
	return true;
}

/* NAME=VALUE, or NAME@FILE for what stands in a file. */
static bool
add_order(struct buf *form, const char *order)
{
	size_t len = strcspn(order, "=@");
	struct buf text;
	bool good = order[len] != '\0';

	buf_init(&text, MAX_ORDER);
	if (order[len] == '@')
		good = file_read(order + len + 1, &text) == NULL;
	else if (good)
		buf_str(&text, order + len + 1);
	buf_fmt(form, "%s%.*s=", form->len > 0 ? "&" : "", (int)len, order);
	loop_program_quote(form, buf_text(&text), text.len);
	buf_release(&text);
	return good;
}

static bool
tell(const char *port, const char *what, char *const *orders)
{
	struct buf form, request;
	bool good = true;

	buf_init(&form, MAX_ORDER);
	buf_init(&request, MAX_ORDER);
	for (; *orders != NULL; orders++)
		good = add_order(&form, *orders) && good;
	buf_fmt(&request, "POST /loop/%s HTTP/1.1\r\nHost: loop\r\n"
	    "Connection: close\r\nContent-Type: "
	    "application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n",
	    what, form.len);
	buf_str(&request, buf_text(&form));
	good = good && loop_program_ask(port, &request, stdout);
	buf_release(&form);
	buf_release(&request);
	return good;
}

int
main(int argc, char **argv)
{
	static struct asked asked;
	struct loopwiki *wiki;
	sigset_t signals;
	pid_t parent = getppid();
	size_t fault;
	int i, code = 1;

	if (argc >= 4 && strcmp(argv[1], "--tell") == 0)
		return tell(argv[2], argv[3], argv + 4) ? 0 : 1;
	loopwiki_defaults(&asked.config);
	for (i = 1; i < argc; i += 2)
		if (i + 1 == argc || !set(&asked, argv[i], argv[i + 1]))
			stop(argv[i], i + 1 == argc ? "" : argv[i + 1]);
	if (asked.log != NULL &&
	    (asked.config.log = fopen(asked.log, "a")) == NULL)
		stop("--log", strerror(errno));
	loop_program_signals(&signals);
	wiki = loopwiki_start(&asked.config);
	if (wiki == NULL)
		return 1;
	for (fault = 0; fault < asked.fault_len; fault++)
		if (!loopwiki_fault(wiki, asked.faults[fault]))
			stop("--fault", asked.faults[fault]);
	if (loop_program_port(loopwiki_port(wiki), asked.port_file)) {
		loop_program_wait(&signals, parent);
		code = 0;
	}
	loopwiki_stop(wiki);
	if (asked.config.log != NULL)
		fclose(asked.config.log);
	return code;
}
