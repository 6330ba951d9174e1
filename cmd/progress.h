/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Progress of a long read: one line on standard error, redrawn a few times
 * a second and gone at the end; nothing where that is no terminal.
 */
#ifndef CMD_PROGRESS_H
#define CMD_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct progress {
	bool shown;		/* may anything be drawn */
	bool drawn;		/* there is a line to wipe */
	uint64_t done, total;	/* bytes; total 0 when unknown */
	struct timespec last;	/* when it was drawn */
};

/* `when`: "auto", "always", "never"; NULL is "auto". */
void progress_init(struct progress *progress, const char *when);
/* A new piece of work of that many bytes. */
void progress_total(struct progress *progress, uint64_t total);
void progress_add(struct progress *progress, uint64_t bytes);
/* Wipe the line. */
void progress_end(struct progress *progress);

#endif
