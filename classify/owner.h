/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The CA owner, from the way a summary begins ("DigiCert: ...").
 */
#ifndef CLASSIFY_OWNER_H
#define CLASSIFY_OWNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct diag_sink;
struct taxonomy;

struct owner_match {
	size_t owner;		/* index of the owner then, or SIZE_MAX when
				 * the summary names none that is known */
	size_t operator_owner;	/* of "DigiCert / Siemens": the second name's
				 * owner when both have one, else SIZE_MAX */
	size_t prefix;		/* where the prefix begins, behind "[meta]" */
	size_t prefix_len;	/* its bytes, without the colon; 0 when there
				 * is none */
	size_t rest;		/* where the title itself begins */
	bool auditor;		/* the prefix names an audit firm */
};

/*
 * Read the owner from a summary.  Bracketed words at its start are passed
 * over.  The prefix is what stands before the first ": "; a colon without
 * a blank, or a dash between blanks, ends it too where that makes it a
 * known name.  It is looked up whole, then, at a slash, by its first part;
 * the second, who runs the CA or is its brand, is never the owner of a first
 * that is unknown.  A second prefix ("DigiCert: QuoVadis: ...") stays in the
 * title.  An unknown prefix gives DIAG_OWNER_UNKNOWN and is never dropped:
 * prefix_len still tells it.  A name that a summary merely begins with
 * ("Siemens certificates by ...") is no prefix: it may be the owner or not,
 * and a wrong one is worse than none.
 */
void owner_read(const char *summary, const struct taxonomy *taxonomy,
    int64_t bug, struct diag_sink *sink, struct owner_match *out);

/* The owner that a user means by `name`: any name it has, or its id. */
bool owner_find(const struct taxonomy *taxonomy, const char *name,
    size_t *owner);

/* Name of the owner then / of the one that answers today; "unknown" for
 * SIZE_MAX. */
const char *owner_name_then(const struct taxonomy *taxonomy, size_t owner);
const char *owner_name_now(const struct taxonomy *taxonomy, size_t owner);

/* What the owner was called then; for one that the taxonomy lacks, what the
 * summary calls it.  *len bytes, not terminated; NULL when it names none. */
const char *owner_called(const struct taxonomy *taxonomy,
    const struct owner_match *match, const char *summary, size_t *len);

/* Limits */
enum {
	/* Bytes of a prefix: longer ones are sentences with a colon. */
	OWNER_MAX_PREFIX = 80
};

#endif
