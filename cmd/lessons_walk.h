/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* The lessons of a window, and of the one before it, for the commands that
 * report them. */
#ifndef CMD_LESSONS_WALK_H
#define CMD_LESSONS_WALK_H

#include <stdbool.h>

#include "classify/lessons.h"
#include "classify/select.h"
#include "classify/tally.h"

struct bug;
struct err;
struct session;
struct store_walk;
struct tax_scheme;
struct verdict;

struct learning {
	struct lessons lessons;
	struct tally tally;
	struct selection selection;	/* set by the caller */
	struct selection before;	/* the same of the window before */
	bool compared;
};

/* Zeroed and with its selection set, make it ready: bugs are counted in the
 * rows of `scheme`, lessons are told by `groups`, NULL: the themes. */
const struct err *learning_begin(struct session *session,
    struct learning *learning, const struct tax_scheme *scheme,
    const struct tax_scheme *groups);
void learning_release(struct learning *learning);

/* Read the store and finish everything, quotations too.  `also`, unless
 * NULL, is told of every bug and what it is to the window before. */
const struct err *learning_walk(struct session *session,
    struct learning *learning, const struct err *(*also)(void *arg,
    struct store_walk *walk, const struct bug *bug,
    struct verdict *verdict, enum select_fate before), void *arg);

#endif
