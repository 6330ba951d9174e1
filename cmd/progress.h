/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Progress of long work: one line on standard error, no wider than the
 * terminal, redrawn a few times a second and gone at the end; nothing where
 * that is no terminal.
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
	struct timespec began;
	struct timespec last;	/* when it was drawn */
};

/* `when`: "auto", "always", "never"; NULL is "auto". */
void progress_init(struct progress *progress, const char *when);
/* A new piece of work of that many bytes. */
void progress_total(struct progress *progress, uint64_t total);
void progress_add(struct progress *progress, uint64_t bytes);
/* A fetch has got that many bugs, of `total` (0 when unknown), in `bytes`. */
void progress_bugs(struct progress *progress, uint64_t bugs, uint64_t total,
    uint64_t bytes);
/* Wipe the line; what is drawn next comes back. */
void progress_wipe(struct progress *progress);
/* The same, and the work is over. */
void progress_end(struct progress *progress);
/* Thousandths of a second since progress_init. */
int64_t progress_ms(const struct progress *progress);

#endif
