/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* When a loopback server's fault is met: rules that tests write. */
#ifndef TESTS_LOOP_RULE_H
#define TESTS_LOOP_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct loop_rule {
	size_t fault;		/* in the server's table */
	size_t call;		/* 0: any */
	char value[64];		/* "" when none was given */
	unsigned every;		/* one in so many, 0: not by chance */
	uint64_t from, to;	/* these requests, of that call */
};

/*
 * Read "NAME[:VALUE][/CALL][=N | @K[+]]": in every answer, in a random one
 * of N, in the K-th, from the K-th on.  `name` gives the name of a fault,
 * NULL behind the last; `calls` ends with NULL, its first is any.  false:
 * not understood.
 */
bool loop_rule_read(struct loop_rule *out, const char *text,
    const char *(*name)(size_t fault), const char *const *calls);

/* Does a request of `call` meet it, the `number`-th of all and the
 * `called`-th of its kind? */
bool loop_rule_meets(const struct loop_rule *rule, size_t call,
    uint64_t number, uint64_t called, uint64_t *random);

#endif
