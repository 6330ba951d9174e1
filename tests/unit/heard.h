/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * An ear for diagnostics: what was reported, counted by code.
 */
#ifndef TESTS_UNIT_HEARD_H
#define TESTS_UNIT_HEARD_H

#include <stdio.h>
#include <string.h>

#include "base/diag.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What was reported. */
struct heard {
	size_t count[DIAG_CODE__MAX];
	char detail[256];	/* of the last */
	struct diag_sink sink;
};

static inline void
heard_report(void *arg, const struct diag *diag)
{
	struct heard *heard = arg;

	heard->count[diag->code]++;
	snprintf(heard->detail, sizeof(heard->detail), "%s",
	    diag->detail != NULL ? diag->detail : "");
}

static inline struct diag_sink *
heard_begin(struct heard *heard)
{
	memset(heard, 0, sizeof(*heard));
	heard->sink.report = heard_report;
	heard->sink.arg = heard;
	return &heard->sink;
}

static inline size_t
heard_all(const struct heard *heard)
{
	size_t i, sum = 0;

	for (i = 0; i < DIAG_CODE__MAX; i++)
		sum += heard->count[i];
	return sum;
}

#endif
