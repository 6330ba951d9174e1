/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "tests/loop/loop_http.h"

#include <sys/socket.h>

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"

enum {
	MAX_BODY = 32 << 20	/* of a request */
};

void *
loop_must(void *memory)
{
	if (memory == NULL) {
		fputs("a loopback server has no memory\n", stderr);
		exit(ERR_SYSTEM);
	}
	return memory;
}

void
loop_host_sleep(struct loop_host *host, unsigned ms)
{
	const struct timespec step = { 0, 5000000 };
	bool stop = false;

	for (; ms >= 5 && !stop; ms -= 5) {
		nanosleep(&step, NULL);
		pthread_mutex_lock(&host->lock);
		stop = host->stopping;
		pthread_mutex_unlock(&host->lock);
	}
}

int64_t
loop_milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* --- answers --- */

/* The body of an answer that ends too early. */
struct partial {
	struct loop_host *host;
	char *data;
	size_t len;		/* that come */
	unsigned stall_ms;
};

static ssize_t
give_part(void *arg, uint64_t at, char *out, size_t most)
{
	struct partial *partial = arg;
	size_t part = partial->len - (size_t)at;

	if (part == 0) {
		loop_host_sleep(partial->host, partial->stall_ms);
		return MHD_CONTENT_READER_END_WITH_ERROR;
	}
	if (part > most)
		part = most;
	memcpy(out, partial->data + at, part);
	return (ssize_t)part;
}

static void
free_part(void *arg)
{
	struct partial *partial = arg;

	mem_free(partial->data);
	mem_free(partial);
}

struct MHD_Response *
loop_response(struct loop_host *host, enum loop_way way, struct buf *body,
    unsigned stall_ms)
{
	struct partial *partial;
	size_t len = body->len;

	if (way == WAY_RESET || way == WAY_SILENT)
		return NULL;
	if (way == WAY_WHOLE || len < 2)
		return loop_must(MHD_create_response_from_buffer(len,
		    body->data, MHD_RESPMEM_MUST_COPY));
	partial = loop_must(mem_alloc(1, sizeof(*partial)));
	partial->host = host;
	partial->data = loop_must(buf_take(body));
	partial->len = len / 2;
	partial->stall_ms = way == WAY_STALL ? stall_ms : 0;
	return loop_must(MHD_create_response_from_callback(len, 16384,
	    give_part, partial, free_part));
}

void
loop_add_date(struct MHD_Response *response, int64_t now)
{
	static const char *const days[] = { "Thu", "Fri", "Sat", "Sun", "Mon",
	    "Tue", "Wed" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr",
	    "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	int64_t year, month, day;
	char text[64], time[DATE_SIZE];

	date_split(date_day(now), &year, &month, &day);
	date_format_time(now, time);
	snprintf(text, sizeof(text), "%s, %02d %s %04d %.8s GMT",
	    days[date_day(now) % 7], (int)day, months[month - 1], (int)year,
	    time + 11);
	MHD_add_response_header(response, "Date", text);
}

/* Reset the connection: what Linux makes of an address of no family. */
static void
make_reset(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	const struct sockaddr none = { .sa_family = AF_UNSPEC };

	if (info != NULL)
		(void)connect(info->connect_fd, &none, sizeof(none));
}

enum MHD_Result
loop_respond(struct MHD_Connection *connection, enum loop_way way,
    int status, struct MHD_Response *response)
{
	enum MHD_Result result;

	if (way == WAY_RESET)
		make_reset(connection);
	if (response == NULL)
		return MHD_NO;
	result = MHD_queue_response(connection, (unsigned)status, response);
	MHD_destroy_response(response);
	return result;
}

/* --- its life --- */

static void *
on_target(void *arg, const char *target, struct MHD_Connection *connection)
{
	struct loop_coming *coming = loop_must(mem_alloc(1,
	    sizeof(*coming)));

	(void)arg;
	(void)connection;
	coming->target = loop_must(mem_copy(target, strlen(target)));
	buf_init(&coming->body, MAX_BODY);
	return coming;
}

static void
on_completed(void *arg, struct MHD_Connection *connection, void **state,
    enum MHD_RequestTerminationCode code)
{
	struct loop_coming *coming = *state;

	(void)arg;
	(void)connection;
	(void)code;
	if (coming == NULL)
		return;
	mem_free(coming->target);
	buf_release(&coming->body);
	mem_free(coming);
	*state = NULL;
}

bool
loop_host_start(struct loop_host *host, uint16_t port,
    MHD_AccessHandlerCallback handler, void *arg)
{
	struct sockaddr_in address;
	const union MHD_DaemonInfo *info;

	memset(&address, 0, sizeof(address));
	address.sin_family = AF_INET;
	address.sin_port = htons(port);
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	pthread_mutex_init(&host->lock, NULL);
	host->daemon = MHD_start_daemon(MHD_USE_THREAD_PER_CONNECTION |
	    MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL |
	    MHD_USE_SUPPRESS_DATE_NO_CLOCK, port, NULL, NULL, handler, arg,
	    MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address,
	    MHD_OPTION_URI_LOG_CALLBACK, on_target, NULL,
	    MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)256 << 10,
	    MHD_OPTION_END);
	if (host->daemon == NULL) {
		fprintf(stderr, "can't listen: %s\n", strerror(errno));
		return false;
	}
	info = MHD_get_daemon_info(host->daemon, MHD_DAEMON_INFO_BIND_PORT);
	host->port = info->port;
	return true;
}

void
loop_host_stop(struct loop_host *host)
{
	if (host->daemon == NULL)
		return;
	pthread_mutex_lock(&host->lock);
	host->stopping = true;
	pthread_mutex_unlock(&host->lock);
	MHD_stop_daemon(host->daemon);
	pthread_mutex_destroy(&host->lock);
}
