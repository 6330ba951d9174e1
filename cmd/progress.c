/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "cmd/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/text.h"

enum {
	PROGRESS_EVERY_MS = 200,
	PROGRESS_COLUMNS = 80,	/* of what does not say how wide it is */
	PROGRESS_LINE = 200,	/* bytes of the longest line, all ASCII */
	MEGA = 1 << 20
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
	(void)clock_gettime(CLOCK_MONOTONIC, &progress->began);
	progress->last = progress->began;
}

void
progress_total(struct progress *progress, uint64_t total)
{
	progress->done = 0;
	progress->total = total;
}

static int64_t
ms_between(const struct timespec *from, const struct timespec *to)
{
	return (to->tv_sec - from->tv_sec) * 1000 +
	    (to->tv_nsec - from->tv_nsec) / 1000000;
}

int64_t
progress_ms(const struct progress *progress)
{
	struct timespec now;

	if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
		return 0;
	return ms_between(&progress->began, &now);
}

static bool
due(struct progress *progress)
{
	struct timespec now;

	if (!progress->shown || clock_gettime(CLOCK_MONOTONIC, &now) != 0 ||
	    ms_between(&progress->last, &now) < PROGRESS_EVERY_MS)
		return false;
	progress->last = now;
	return true;
}

/* Columns of the terminal. */
static int
width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	int64_t number;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	if (columns != NULL && text_int(columns, strlen(columns), &number) &&
	    number > 0 && number < PROGRESS_LINE)
		return (int)number;
	return PROGRESS_COLUMNS;
}

/* In the last column a terminal may break the line. */
static void
draw(struct progress *progress, const char *line)
{
	(void)fprintf(stderr, "\r%.*s\033[K", width() - 1, line);
	(void)fflush(stderr);
	progress->drawn = true;
}

void
progress_add(struct progress *progress, uint64_t bytes)
{
	char line[PROGRESS_LINE];

	progress->done += bytes;
	if (!due(progress))
		return;
	if (progress->total > 0)
		(void)snprintf(line, sizeof(line), "%" PRIu64 " of %" PRIu64
		    " MB", progress->done / MEGA, progress->total / MEGA);
	else
		(void)snprintf(line, sizeof(line), "%" PRIu64 " MB",
		    progress->done / MEGA);
	draw(progress, line);
}

void
progress_bugs(struct progress *progress, uint64_t bugs, uint64_t total,
    uint64_t bytes)
{
	char line[PROGRESS_LINE], of[32] = "", left[48] = "";
	double seconds;

	if (!due(progress))
		return;
	seconds = (double)progress_ms(progress) / 1000;
	if (total > 0)
		(void)snprintf(of, sizeof(of), " of %" PRIu64, total);
	if (total > bugs && bugs > 0)
		(void)snprintf(left, sizeof(left), ", %.0f s left",
		    seconds * (double)(total - bugs) / (double)bugs);
	(void)snprintf(line, sizeof(line), "%" PRIu64 "%s bugs, %.1f MB, "
	    "%.1f MB/s%s", bugs, of, (double)bytes / MEGA,
	    (double)bytes / MEGA / seconds, left);
	draw(progress, line);
}

void
progress_wipe(struct progress *progress)
{
	if (progress->drawn)
		(void)fputs("\r\033[K", stderr);
	progress->drawn = false;
}

void
progress_end(struct progress *progress)
{
	progress_wipe(progress);
	progress->done = 0;
	progress->total = 0;
}
