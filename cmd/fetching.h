/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Bringing the session's store up to date from its Bugzilla, for fetch and
 * for refresh.
 */
#ifndef CMD_FETCHING_H
#define CMD_FETCHING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;
struct session;

/* What is fetched, and how; where from, and into which store, is the
 * session's to say. */
struct fetching {
	const char *product;
	const char *const *components;
	size_t component_len;
	bool full;		/* all bugs */
	bool gone;		/* mark as gone, however many they are */
	int64_t since;		/* bugs changed since; DATE_NONE: as needed */
	unsigned jobs;		/* 1 to HTTP_MAX_JOBS */
	unsigned seconds;	/* for one request, 1 to HTTP_MAX_SECONDS */
	unsigned retries;	/* up to FETCHING_MAX_RETRIES */
	const char *key;	/* "": none */
	bool key_in_query;	/* where headers are ignored */
};

/* Everything as it is when nobody says anything. */
void fetching_init(struct fetching *what);

/*
 * Fetch.  The store is opened for writing, made when missing, locked, and
 * left open; one of another Bugzilla is refused.  One line says what came.
 * ERR_PARTIAL: the network failed when some had come.  Bugs that could not
 * be had are DIAG_BAD findings, and no error.
 */
const struct err *fetching_run(struct session *session,
    const struct fetching *what);

/* Limits */
enum {
	FETCHING_JOBS = 3,
	FETCHING_SECONDS = 300,	/* a Bugzilla's own limits are below */
	FETCHING_RETRIES = 4,
	FETCHING_MAX_RETRIES = 20
};

#endif
