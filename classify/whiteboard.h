/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * What a whiteboard says: tags that are categories, tags the taxonomy does
 * not know (kept under their own name), marks, `Next update` and
 * `[close on DATE]`.  Whiteboards are typed by hand and dirty; what is
 * meant well enough is repaired, and every repair is reported.
 */
#ifndef CLASSIFY_WHITEBOARD_H
#define CLASSIFY_WHITEBOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "taxonomy/taxonomy.h"

struct diag_sink;

/* A category tag, or an unknown one (category is then SIZE_MAX). */
struct whiteboard_tag {
	size_t category;
	char name[TAX_MAX_TAG];	/* the category's id, or the unknown tag in
				 * normal form */
	size_t start, len;	/* bytes in the whiteboard, without brackets */
};

enum {
	/* Tags of one whiteboard; the most seen on a real bug is 5. */
	WHITEBOARD_MAX_TAGS = 32
};

struct whiteboard {
	struct whiteboard_tag tags[WHITEBOARD_MAX_TAGS]; /* no repeats; in
				 * order of the taxonomy, unknown ones last,
				 * by name */
	size_t tag_len;
	size_t marks[WHITEBOARD_MAX_TAGS]; /* indices, no repeats, as they
				 * come */
	size_t mark_len;
	bool has_base;		/* [ca-compliance] */
	bool external, meta, auditor;
	size_t inclusion;	/* index of the inclusion state, of several
				 * the last in the taxonomy; or SIZE_MAX */
	int64_t next_update;	/* day, or DATE_NONE */
	int64_t close_on;	/* day, or DATE_NONE */
	size_t overflow;	/* tags and marks beyond WHITEBOARD_MAX_TAGS;
				 * unknown tags go first */
};

/*
 * Read a whiteboard.  `bug` is for diagnostics (DIAG_TAG_UNKNOWN,
 * DIAG_TAG_REPAIRED, DIAG_DATE_UNREADABLE, DIAG_TEXT_CUT); `sink` may be
 * NULL.  Never fails: what can't be read is reported.
 *
 * A tag is what stands between brackets, or behind or before a lone one,
 * or between commas there.  When the taxonomy does not know it whole, the
 * words of it that are known and hold a hyphen are taken, else it is kept
 * under its own name.  Outside brackets only such words are taken.  A tag
 * too long for its name is cut.
 *
 * Dates of Next update and close on are read where the phrase stands (any
 * case, with or without brackets, colon or "at"/"on"/"by"), in the forms of
 * classify/loosedate.h.  The last one counts when there are several.  The
 * date may stand behind a bracket ("Next update [2024-05-20]").  One between
 * brackets that no phrase announces is no tag: DIAG_DATE_UNREADABLE.  One
 * that can't be read reaches, between brackets, to a comma that no digit
 * follows; what stands behind that are tags again.
 */
void whiteboard_read(const char *text, const struct taxonomy *taxonomy,
    int64_t bug, struct diag_sink *sink, struct whiteboard *out);

#endif
