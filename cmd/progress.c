/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "cmd/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	PROGRESS_EVERY_MS = 200
};

void
progress_init(struct progress *progress, const char *when)
{
	const char *term = getenv("TERM");

	memset(progress, 0, sizeof(*progress));
	if (when != NULL && strcmp(when, "auto") != 0)
		progress->shown = strcmp(when, "always") == 0;
	else
		progress->shown = isatty(STDERR_FILENO) != 0 &&
		    (term == NULL || strcmp(term, "dumb") != 0);
	/* Work that is quickly done shows nothing. */
	(void)clock_gettime(CLOCK_MONOTONIC, &progress->last);
}

void
progress_total(struct progress *progress, uint64_t total)
{
	progress->done = 0;
	progress->total = total;
}

static bool
due(struct progress *progress)
{
	struct timespec now;
	int64_t ms;

	if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
		return false;
	ms = (now.tv_sec - progress->last.tv_sec) * 1000 +
	    (now.tv_nsec - progress->last.tv_nsec) / 1000000;
	if (ms < PROGRESS_EVERY_MS)
		return false;
	progress->last = now;
	return true;
}

void
progress_add(struct progress *progress, uint64_t bytes)
{
	const uint64_t mega = UINT64_C(1) << 20;

	progress->done += bytes;
	if (!progress->shown || !due(progress))
		return;
	if (progress->total > 0)
		(void)fprintf(stderr, "\r%" PRIu64 " of %" PRIu64 " MB\033[K",
		    progress->done / mega, progress->total / mega);
	else
		(void)fprintf(stderr, "\r%" PRIu64 " MB\033[K",
		    progress->done / mega);
	(void)fflush(stderr);
	progress->drawn = true;
}

void
progress_end(struct progress *progress)
{
	if (progress->drawn)
		(void)fputs("\r\033[K", stderr);
	progress->drawn = false;
	progress->done = 0;
	progress->total = 0;
}
