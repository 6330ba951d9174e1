/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Preloaded by tests: for the program half a minute of waiting is a second.
 * The clock of waits runs faster, and who sleeps wakes earlier.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>

/* How much: HURRY_BY in the environment, or 30. */
static int
hurry(void)
{
	const char *by = getenv("HURRY_BY");

	return by != NULL ? (int)strtol(by, NULL, 10) : 30;
}

int
clock_gettime(clockid_t clock, struct timespec *out)
{
	static int (*real)(clockid_t, struct timespec *);
	static struct timespec begin;
	long long ns;
	int got;

	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "clock_gettime");
	got = real(clock, out);
	if (got != 0 || (clock != CLOCK_MONOTONIC &&
	    clock != CLOCK_MONOTONIC_RAW && clock != CLOCK_MONOTONIC_COARSE))
		return got;
	if (begin.tv_sec == 0)
		begin = *out;
	ns = (out->tv_sec - begin.tv_sec) * 1000000000LL +
	    (out->tv_nsec - begin.tv_nsec);
	ns = ns * hurry() + begin.tv_nsec;
	out->tv_sec = begin.tv_sec + ns / 1000000000LL;
	out->tv_nsec = ns % 1000000000LL;
	return got;
}

int
poll(struct pollfd *fds, nfds_t len, int ms)
{
	static int (*real)(struct pollfd *, nfds_t, int);

	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "poll");
	return real(fds, len, ms > 0 ? (ms - 1) / hurry() + 1 : ms);
}
