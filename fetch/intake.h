/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * From the bytes of an answer to parts of bugs.  Understood are the REST
 * answers of upstream 5.x, harmony and BMO (lists of bugs, also with
 * comments and history inside; /bug/ID/comment of one and several bugs;
 * /bug/ID/history; several documents in one stream) and Bugzilla's XML
 * export.  What it is, is seen from the bytes.
 *
 * A bad bug, comment or change is reported and skipped; a bad *answer*
 * (cut, no JSON, HTML, error:true, something else) is an error and names
 * the place.
 *
 * Bad is a bug without a number or with a field of the wrong kind; a
 * comment without number, time or text (an answer that was asked to leave
 * texts out must not replace stored ones), or of another bug than the one
 * it stands in; a change without time or field.  A bug that lost a change
 * keeps the others, but isn't BUG_HAVE_HISTORY.
 */
#ifndef FETCH_INTAKE_H
#define FETCH_INTAKE_H

#include <stddef.h>
#include <stdint.h>

struct bug;
struct diag_sink;
struct err;

/* Where bytes come from: fill up to `cap`, *got 0 at the end. */
struct intake_source {
	const char *name;	/* file name or URL without secrets */
	const struct err *(*read)(void *arg, char *data, size_t cap,
	    size_t *got);
	void *arg;
};

/* Where parts go.  `bug` is good for the call alone. */
struct intake_sink {
	const struct err *(*put)(void *arg, const struct bug *bug);
	void *arg;
	struct diag_sink *diags;
};

/* What an answer turned out to be. */
enum intake_kind {
	INTAKE_NONE,
	INTAKE_BUGS,
	INTAKE_COMMENTS,
	INTAKE_HISTORY,
	INTAKE_XML,
	INTAKE_MIXED,		/* several documents of several kinds */
	INTAKE_KIND__MAX
};

struct intake_result {
	enum intake_kind kind;
	uint64_t parts;		/* handed to the sink */
	uint64_t skipped;	/* bugs, comments, changes left out as bad */
};

/* Read one source to its end.  ERR_CONFIG for bad bytes, ERR_SERVER for an
 * answer that is an error report, else what `read` or `put` returned. */
const struct err *intake_read(const struct intake_source *source,
    const struct intake_sink *sink, struct intake_result *result);

/* "bugs", "comments" ... */
const char *intake_kind_name(enum intake_kind kind);

#endif
