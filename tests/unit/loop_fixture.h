/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * For tests of the loopback Bugzilla: one that runs, questions to it by
 * plain sockets, and the form of what it answers.
 */
#ifndef TESTS_LOOP_FIXTURE_H
#define TESTS_LOOP_FIXTURE_H

#include <sys/socket.h>
#include <sys/types.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "tests/loop/loopzilla.h"
#include "tests/loop/slice.h"

enum {
	MAX_ANSWER = 64 << 20
};

static struct loopzilla *server;
static struct buf answer;	/* the last one, whole */
static struct slice body;
static int status;

static inline void
begin(bool bmo)
{
	struct loopzilla_config config;

	loopzilla_defaults(&config);
	config.bmo = bmo;
	config.bugs = 40;
	config.comments = 200;
	config.key = "THEKEY";
	config.plain_key = "PLAINKEY";
	server = loopzilla_start(&config);
	assert_non_null(server);
	/* The seventh bug. */
	assert_true(loopzilla_event(server,
	    "2017-01-01T00:00:00Z restrict 1000019"));
	buf_init(&answer, MAX_ANSWER);
}

static inline int
teardown(void **state)
{
	(void)state;
	loopzilla_stop(server);
	server = NULL;
	buf_release(&answer);
	return 0;
}

static inline int
setup_bmo(void **state)
{
	(void)state;
	begin(true);
	return 0;
}

static inline int
setup_upstream(void **state)
{
	(void)state;
	begin(false);
	return 0;
}

/* --- asking --- */

static inline int
join(void)
{
	struct sockaddr_in address;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	memset(&address, 0, sizeof(address));
	address.sin_family = AF_INET;
	address.sin_port = htons(loopzilla_port(server));
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_true(fd >= 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&address,
	    sizeof(address)), 0);
	return fd;
}

/* Ask; `headers` end in CRLF each.  A cut or reset answer is what came. */
static inline void
ask_with(const char *target, const char *headers)
{
	int fd = join();
	char part[65536];
	const char *end;
	ssize_t got;

	buf_clear(&answer);
	buf_fmt(&answer, "GET %s HTTP/1.1\r\nHost: loop\r\n"
	    "Connection: close\r\n%s\r\n", target, headers);
	assert_int_equal(send(fd, answer.data, answer.len, 0), answer.len);
	buf_clear(&answer);
	while ((got = recv(fd, part, sizeof(part), 0)) > 0)
		buf_add(&answer, part, (size_t)got);
	close(fd);
	assert_null(buf_error(&answer, "answer"));
	end = strstr(buf_text(&answer), "\r\n\r\n");
	status = end != NULL ? (int)slice_int(slice_of(answer.data + 9)) : 0;
	body = (struct slice){ NULL, 0 };
	if (end != NULL)
		body = (struct slice){ end + 4,
		    answer.len - (size_t)(end + 4 - answer.data) };
}

static inline void
ask(const char *target)
{
	ask_with(target, "");
}

static inline bool
body_has(const char *text)
{
	return body.at != NULL && strstr(body.at, text) != NULL;
}

static inline bool
head_has(const char *text)
{
	const char *found = strstr(buf_text(&answer), text);

	return found != NULL && found < body.at;
}

/* --- the form of JSON: members in order, kinds, first elements --- */

static inline void form(struct buf *out, struct slice value);

static inline int
by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static inline void
object_form(struct buf *out, struct slice value)
{
	struct slice_walk walk = slice_open(value);
	struct slice name, member;
	char *parts[128];
	size_t len = 0, i;
	struct buf part;

	while (slice_member(&walk, &name, &member) && len < 128) {
		buf_init(&part, 1 << 16);
		/* Numbers of bugs are no names. */
		if (name.at[0] >= '0' && name.at[0] <= '9')
			buf_str(&part, "ID");
		else
			slice_add(&part, name);
		buf_char(&part, ':');
		form(&part, member);
		parts[len++] = buf_take(&part);
	}
	qsort(parts, len, sizeof(parts[0]), by_text);
	buf_char(out, '{');
	for (i = 0; i < len; i++) {
		if (i > 0)
			buf_char(out, ' ');
		buf_str(out, parts[i]);
		mem_free(parts[i]);
	}
	buf_char(out, '}');
}

static inline void
form(struct buf *out, struct slice value)
{
	struct slice_walk walk = slice_open(value);
	struct slice first;

	assert_true(value.len > 0);
	switch (value.at[0]) {
	case '{':
		object_form(out, value);
		break;
	case '[':
		buf_char(out, '[');
		if (slice_element(&walk, &first))
			form(out, first);
		buf_char(out, ']');
		break;
	case '"':
		buf_char(out, 's');
		break;
	case 'n':
		buf_char(out, '0');
		break;
	case 't':
	case 'f':
		buf_char(out, 'b');
		break;
	default:
		buf_char(out, 'n');
	}
}

#endif
