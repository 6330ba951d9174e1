/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Private to the clocks: from events to runs.
 */
#ifndef CLASSIFY_CLOCK_RUNS_H
#define CLASSIFY_CLOCK_RUNS_H

#include <stdbool.h>
#include <stdint.h>

struct clocks;
struct thread;
struct verdict;

/* All runs of all clocks, in `out->runs` and `out->run_len`, by kind and
 * beginning.  false: no memory. */
bool clock_runs_read(struct clocks *out, const struct thread *thread);

/* Does a label say that a revocation is delayed? */
bool clock_is_delayed(const struct verdict *verdict);

#endif
