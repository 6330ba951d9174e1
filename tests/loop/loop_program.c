/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "tests/loop/loop_program.h"

#include <sys/socket.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"

enum {
	MAX_ANSWER = 64 << 20
};

void
loop_program_signals(sigset_t *signals)
{
	sigemptyset(signals);
	sigaddset(signals, SIGTERM);
	sigaddset(signals, SIGINT);
	sigprocmask(SIG_BLOCK, signals, NULL);
	signal(SIGPIPE, SIG_IGN);
}

bool
loop_program_port(uint16_t port, const char *file)
{
	char text[16];

	snprintf(text, sizeof(text), "%u\n", port);
	if (file != NULL)
		return file_replace(file, text, strlen(text)) == NULL;
	fputs(text, stdout);
	return fflush(stdout) == 0;
}

void
loop_program_wait(const sigset_t *signals, pid_t parent)
{
	const struct timespec pause = { 1, 0 };

	while (sigtimedwait(signals, NULL, &pause) == -1 &&
	    getppid() == parent)
		;
}

void
loop_program_quote(struct buf *out, const char *value, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		buf_fmt(out, "%%%02x", (unsigned)(unsigned char)value[i]);
}

static bool
send_all(int fd, const char *data, size_t len)
{
	ssize_t sent;

	for (; len > 0; data += sent, len -= (size_t)sent) {
		sent = send(fd, data, len, 0);
		if (sent <= 0)
			return false;
	}
	return true;
}

bool
loop_program_ask(const char *port, const struct buf *request, FILE *out)
{
	struct sockaddr_in address;
	struct buf answer;
	const char *body;
	char part[65536];
	ssize_t got;
	bool good;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	memset(&address, 0, sizeof(address));
	address.sin_family = AF_INET;
	address.sin_port = htons((uint16_t)strtoul(port, NULL, 10));
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	buf_init(&answer, MAX_ANSWER);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&address,
	    sizeof(address)) == 0 && send_all(fd, request->data,
	    request->len))
		while ((got = recv(fd, part, sizeof(part), 0)) > 0)
			buf_add(&answer, part, (size_t)got);
	if (fd >= 0)
		close(fd);
	good = strncmp(buf_text(&answer), "HTTP/1.1 200", 12) == 0;
	body = strstr(buf_text(&answer), "\r\n\r\n");
	if (good && body != NULL && out != NULL)
		fwrite(body + 4, 1, answer.len - (size_t)(body + 4 -
		    answer.data), out);
	buf_release(&answer);
	return good;
}
