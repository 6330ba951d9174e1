/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The days of an incident that stay true whatever the clock says: small
 * enough to be kept in the store's cache, so that figures over all bugs
 * parse no report.
 */
#ifndef CLASSIFY_DIGEST_H
#define CLASSIFY_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "taxonomy/taxonomy.h"

struct buf;
struct bug;
struct report_text;
struct verdict;

/* Times; DATE_NONE where nothing is told. */
struct digest {
	int64_t aware;		/* the CA learned of it; of a day without an
				 * hour its beginning */
	int64_t first_report;	/* the first report in a form by the CA, else
				 * its first comment */
	int64_t full_report;	/* the first full one */
	int64_t closure;	/* the newest closure summary */
	int64_t first_answer;	/* the root program's, or the CCADB's, first
				 * comment */
	enum tax_form_kind form;	/* of comment 0 */
	int64_t certificates;	/* how many were affected; -1: not told */
};

/* Who is the CA is told as clock.h does it. */
void digest_read(const struct bug *bug, const struct verdict *verdict,
    const struct report_text *text, const struct taxonomy *taxonomy,
    struct digest *out);

/* As bytes that any machine reads back; false, and nothing told, for bytes
 * that are none. */
void digest_pack(const struct digest *digest, struct buf *out);
bool digest_unpack(const void *data, size_t len, struct digest *out);

#endif
