/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The roles of all who write in one bug, by role.h and by what they wrote.
 */
#ifndef CLASSIFY_WRITERS_H
#define CLASSIFY_WRITERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "classify/role.h"
#include "taxonomy/taxonomy.h"

struct bug;
struct comment;
struct report_text;
struct taxonomy;
struct verdict;

/* Limits */
enum {
	/* Writers of one incident that are taken for the CA by what they
	 * wrote: no CA has more. */
	WRITERS_MAX = 16
};

struct writers {
	const struct bug *bug;
	const struct verdict *verdict;
	const struct taxonomy *taxonomy;
	bool ca_known;		/* somebody can be told to be the CA */
	const char *ca[WRITERS_MAX];	/* logins that role.h does not tell */
	size_t len;
};

/*
 * Look through the comments once.  Who posts a full report or a closure
 * summary is the CA, if role.h tells nobody to be the CA, or nothing of the
 * login; of the first comment the latter is not believed, since outsiders
 * file incidents in the form of a report too.
 */
void writers_find(struct writers *out, const struct bug *bug,
    const struct verdict *verdict, const struct report_text *text,
    const struct taxonomy *taxonomy);
enum role writers_role(const struct writers *writers,
    const struct comment *comment);

/* Is it a form of full reports? */
bool writers_form_is_full(enum tax_form_kind form);

#endif
