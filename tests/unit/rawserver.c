/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "tests/unit/rawserver.h"

#include <sys/socket.h>
#include <sys/types.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	MAX_TALKS = 64,
	MAX_REQUEST = 4 << 20,
	MAX_HEARD = 8 << 20,
	REPEAT_ROOM = 64 << 10
};

/* One connection. */
struct talk {
	struct rawserver *server;
	pthread_t thread;
	int fd;
	char *request;
	size_t len;
};

struct rawserver {
	const struct raw_script *scripts;
	const struct raw_step *(*choose)(void *arg, const char *request);
	void *choose_arg;
	int fd, port;
	int stop[2];		/* a pipe: readable when it all ends */
	pthread_t thread;
	pthread_mutex_t lock;	/* of all below */
	struct talk talks[MAX_TALKS];
	unsigned talk_count;
	unsigned open, most;
	char *heard;
	size_t heard_len;
};

/* Wait; true when the server ends. */
static bool
stopped(const struct rawserver *server, int ms)
{
	struct pollfd end = { server->stop[0], POLLIN, 0 };

	return poll(&end, 1, ms) != 0;
}

static bool
send_all(const struct talk *talk, const char *data, size_t len)
{
	ssize_t sent;

	while (len > 0) {
		sent = send(talk->fd, data, len, MSG_NOSIGNAL);
		if (sent <= 0)
			return false;
		data += sent;
		len -= (size_t)sent;
	}
	return true;
}

/* Many small parts in few calls. */
static bool
send_repeated(const struct talk *talk, const char *data, size_t len,
    unsigned count)
{
	char room[REPEAT_ROOM];
	size_t each = REPEAT_ROOM / len, i;
	unsigned left = count, now;

	for (i = 0; i < each; i++)
		memcpy(room + i * len, data, len);
	while (count == 0 || left > 0) {
		now = count == 0 || left > each ? (unsigned)each : left;
		if (!send_all(talk, room, now * len))
			return false;
		left -= count == 0 ? 0 : now;
	}
	return true;
}

static bool
send_drops(const struct talk *talk, const char *data, size_t len, int ms)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (!send_all(talk, data + i, 1) ||
		    stopped(talk->server, ms))
			return false;
	return true;
}

/* Length of the request, its body included; 0 while it isn't whole. */
static size_t
request_length(const struct talk *talk)
{
	static const char name[] = "\r\nContent-Length: ";
	const char *end = strstr(talk->request, "\r\n\r\n"), *body;
	size_t len;

	if (end == NULL)
		return 0;
	len = (size_t)(end - talk->request) + 4;
	body = strstr(talk->request, name);
	if (body != NULL && body < end)
		len += strtoul(body + sizeof(name) - 1, NULL, 10);
	return talk->len >= len ? len : 0;
}

/* The next request; false when there is none. */
static bool
hear(struct talk *talk)
{
	struct rawserver *server = talk->server;
	ssize_t got;

	talk->len = 0;
	talk->request[0] = '\0';
	while (request_length(talk) == 0) {
		got = recv(talk->fd, talk->request + talk->len,
		    MAX_REQUEST - talk->len, 0);
		if (got <= 0)
			return false;
		talk->len += (size_t)got;
		talk->request[talk->len] = '\0';
	}
	pthread_mutex_lock(&server->lock);
	if (server->heard_len + talk->len < MAX_HEARD) {
		memcpy(server->heard + server->heard_len, talk->request,
		    talk->len);
		server->heard_len += talk->len;
		server->heard[server->heard_len] = '\0';
	}
	if (++server->open > server->most)
		server->most = server->open;
	pthread_mutex_unlock(&server->lock);
	return true;
}

static void
answered(const struct talk *talk)
{
	pthread_mutex_lock(&talk->server->lock);
	talk->server->open--;
	pthread_mutex_unlock(&talk->server->lock);
}

/* The script for the request; NULL: none. */
static const struct raw_step *
script_for(const struct talk *talk)
{
	struct rawserver *server = talk->server;
	const struct raw_script *script = server->scripts;
	const char *target = strchr(talk->request, ' ');
	const struct raw_step *steps;

	if (server->choose != NULL) {
		pthread_mutex_lock(&server->lock);
		steps = server->choose(server->choose_arg, talk->request);
		pthread_mutex_unlock(&server->lock);
		return steps;
	}
	for (; target != NULL && script->path != NULL; script++)
		if (strncmp(target + 1, script->path,
		    strlen(script->path)) == 0)
			return script->steps;
	return NULL;
}

/* What a step does beside ending; false when the peer or the server is
 * gone. */
static bool
act(const struct talk *talk, const struct raw_step *step)
{
	size_t len = step->len;

	if (len == 0 && step->data != NULL)
		len = strlen(step->data);
	switch (step->act) {
	case RAW_SEND:
		return send_all(talk, step->data, len);
	case RAW_SLEEP:
		return !stopped(talk->server, (int)step->count);
	case RAW_REPEAT:
		return send_repeated(talk, step->data, len, step->count);
	case RAW_DRIP:
		return send_drops(talk, step->data, len, (int)step->count);
	case RAW_END:
	case RAW_KEEP:
	case RAW_RESET:
		break;
	}
	return true;
}

static void *
serve(void *arg)
{
	const struct linger reset = { 1, 0 };
	struct talk *talk = arg;
	const struct raw_step *step;

	while (hear(talk)) {
		step = script_for(talk);
		while (step != NULL && step->act != RAW_END &&
		    step->act != RAW_RESET && step->act != RAW_KEEP)
			step = act(talk, step) ? step + 1 : NULL;
		answered(talk);
		if (step != NULL && step->act == RAW_RESET)
			(void)setsockopt(talk->fd, SOL_SOCKET, SO_LINGER,
			    &reset, sizeof(reset));
		if (step == NULL || step->act != RAW_KEEP)
			break;
	}
	pthread_mutex_lock(&talk->server->lock);
	close(talk->fd);
	talk->fd = -1;
	pthread_mutex_unlock(&talk->server->lock);
	return NULL;
}

static void
greet(struct rawserver *server, int fd)
{
	struct talk *talk;

	if (server->talk_count == MAX_TALKS) {
		close(fd);
		return;
	}
	pthread_mutex_lock(&server->lock);
	talk = &server->talks[server->talk_count];
	talk->server = server;
	talk->fd = fd;
	talk->request = malloc(MAX_REQUEST + 1);
	if (talk->request != NULL && pthread_create(&talk->thread, NULL,
	    serve, talk) == 0)
		server->talk_count++;
	else {
		free(talk->request);
		close(fd);
	}
	pthread_mutex_unlock(&server->lock);
}

static void *
run(void *arg)
{
	struct rawserver *server = arg;
	struct pollfd wait[2] = {
		{ server->fd, POLLIN, 0 },
		{ server->stop[0], POLLIN, 0 }
	};
	int fd;

	while (poll(wait, 2, -1) >= 0 && wait[1].revents == 0) {
		fd = accept(server->fd, NULL, NULL);
		if (fd != -1)
			greet(server, fd);
	}
	return NULL;
}

static bool
listen_on_loopback(struct rawserver *server)
{
	struct sockaddr_in address;
	socklen_t size = sizeof(address);

	memset(&address, 0, sizeof(address));
	address.sin_family = AF_INET;
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	server->fd = socket(AF_INET, SOCK_STREAM, 0);
	if (server->fd == -1 ||
	    bind(server->fd, (struct sockaddr *)&address, size) == -1 ||
	    listen(server->fd, MAX_TALKS) == -1 ||
	    getsockname(server->fd, (struct sockaddr *)&address,
	    &size) == -1)
		return false;
	server->port = ntohs(address.sin_port);
	return true;
}

static struct rawserver *
start(const struct raw_script *scripts,
    const struct raw_step *(*choose)(void *arg, const char *request),
    void *arg)
{
	struct rawserver *server = calloc(1, sizeof(*server));

	if (server == NULL)
		return NULL;
	server->scripts = scripts;
	server->choose = choose;
	server->choose_arg = arg;
	server->heard = calloc(1, MAX_HEARD);
	if (server->heard == NULL || !listen_on_loopback(server) ||
	    pipe(server->stop) == -1 ||
	    pthread_mutex_init(&server->lock, NULL) != 0 ||
	    pthread_create(&server->thread, NULL, run, server) != 0) {
		free(server->heard);
		free(server);
		return NULL;
	}
	return server;
}

struct rawserver *
rawserver_new(const struct raw_script *scripts)
{
	return start(scripts, NULL, NULL);
}

struct rawserver *
rawserver_chosen(
    const struct raw_step *(*choose)(void *arg, const char *request),
    void *arg)
{
	return start(NULL, choose, arg);
}

void
rawserver_free(struct rawserver *server)
{
	unsigned i;

	(void)!write(server->stop[1], "", 1);
	pthread_join(server->thread, NULL);
	pthread_mutex_lock(&server->lock);
	for (i = 0; i < server->talk_count; i++)
		if (server->talks[i].fd != -1)
			(void)shutdown(server->talks[i].fd, SHUT_RDWR);
	pthread_mutex_unlock(&server->lock);
	for (i = 0; i < server->talk_count; i++) {
		pthread_join(server->talks[i].thread, NULL);
		free(server->talks[i].request);
	}
	pthread_mutex_destroy(&server->lock);
	close(server->fd);
	close(server->stop[0]);
	close(server->stop[1]);
	free(server->heard);
	free(server);
}

int
rawserver_port(const struct rawserver *server)
{
	return server->port;
}

const char *
rawserver_heard(struct rawserver *server)
{
	const char *heard;

	pthread_mutex_lock(&server->lock);
	heard = server->heard;
	pthread_mutex_unlock(&server->lock);
	return heard;
}

unsigned
rawserver_connections(struct rawserver *server)
{
	unsigned count;

	pthread_mutex_lock(&server->lock);
	count = server->talk_count;
	pthread_mutex_unlock(&server->lock);
	return count;
}

unsigned
rawserver_most(struct rawserver *server)
{
	unsigned most;

	pthread_mutex_lock(&server->lock);
	most = server->most;
	pthread_mutex_unlock(&server->lock);
	return most;
}
