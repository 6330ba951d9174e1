/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* What the loopback servers have in common as programs. */
#ifndef TESTS_LOOP_PROGRAM_H
#define TESTS_LOOP_PROGRAM_H

#include <sys/types.h>

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct buf;

/* Before there are threads: signals that end the program are kept for
 * loop_program_wait, and writing to a closed connection ends nothing. */
void loop_program_signals(sigset_t *signals);
/* Tell those who wait for it: in a file, or on standard output. */
bool loop_program_port(uint16_t port, const char *file);
/* Until a signal comes or the parent is gone: a suite that dies takes its
 * servers along. */
void loop_program_wait(const sigset_t *signals, pid_t parent);

/* Append a value as it stands in a URL or a form. */
void loop_program_quote(struct buf *out, const char *value, size_t len);
/* Send a whole request to a running server; the body of its answer goes to
 * `out` unless NULL.  true when it is a 200. */
bool loop_program_ask(const char *port, const struct buf *request,
    FILE *out);

#endif
