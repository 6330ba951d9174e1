/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A bug as it stood at an earlier moment, wound back through its history.
 * Nothing is asked but the bug itself, with all its comments and changes.
 */
#ifndef FETCH_ASOF_H
#define FETCH_ASOF_H

#include <stdint.h>

struct bug;
struct diag_sink;
struct err;

enum asof {
	ASOF_LATER,		/* the bug was filed later: `out` is empty */
	ASOF_KNOWN,		/* as far as its history tells */
	ASOF_UNSURE		/* it changed since, and no history is there:
				 * fields are as they were told last */
};

/*
 * Wind `bug` back to the end of the second `time`.
 *
 *   Texts and the duplicate's number: each change since is undone.  What
 *     was logged in parts is put together; of keywords and aliases, changes
 *     name the ones removed and added.  A field without a change since stays
 *     as it is, also where its names were changed all at once, without a log.
 *   Comments and changes after it are gone; last_comment, cf_last_resolved
 *     and last_change_time are what they were, and a count of comments is
 *     not told, since private ones can't be dated.  Without history the
 *     time of the last change is not known.
 *   A bug closed since, with no change of its status since, was open:
 *     nobody knows in which status, so that and the resolution are not told.
 *     Since when it is closed is said by cf_last_resolved or, where there is
 *     neither that nor history, guessed from the last comment or change.
 *   Changes newer than the fields themselves, by last_change_time, which
 *     the fields do not show yet, undo nothing.
 *
 * DIAG_HISTORY_GAP, once a bug, for a history in which a change of status,
 * resolution, whiteboard or summary does not lead to the value that follows
 * it.  Other fields hold names that are at times changed everywhere without
 * a log.  DIAG_HISTORY_MISSING for ASOF_UNSURE.
 *
 * `out` was given to bug_init with at least twice the ceiling of `bug`, and
 * holds texts and changes of `bug`: good until either changes.  ERR_SYSTEM:
 * no memory.
 */
const struct err *bug_as_of(const struct bug *bug, int64_t time,
    struct diag_sink *sink, struct bug *out, enum asof *how);

/* Limits */
enum {
	/* Bytes above which Bugzilla may have logged a change in parts: it
	 * cuts before the 255th character. */
	ASOF_PART = 254,
	/* Parts of one change: the longest field of a Bugzilla, a comment of
	 * 65,535 characters, would need 259. */
	ASOF_MAX_PARTS = 512,
	ASOF_MAX_LIST = 64 << 10	/* bytes of keywords or aliases */
};

#endif
