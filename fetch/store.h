/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The store: one SQLite file with the bugs, comments and changes, the raw
 * answers they were read from, and the runs that brought them.  Its schema
 * is public (cabrief(1), THE STORE): researchers query it by hand.  The
 * store does not know what a label means.
 *
 * One page (one file of an import, one answer of a fetch) is one
 * transaction.  Nothing is ever deleted because an answer does not mention
 * it.
 */
#ifndef FETCH_STORE_H
#define FETCH_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"

struct arena;
struct bug;
struct buf;
struct diag_sink;
struct err;
struct store;

enum store_mode {
	STORE_READ,	/* must exist */
	STORE_CACHE,	/* as STORE_READ, but the cache may be written */
	STORE_WRITE	/* made when missing, brought to the newest schema */
};

/*
 * Open a store.  STORE_READ writes nothing and works where nothing may be
 * written, but undoes what a killed process left half done if it may.
 * STORE_WRITE makes the file, not its folder.  ERR_CONFIG: missing
 * (not STORE_WRITE), no store, corrupt, or written by a newer cabrief; ERR_LOCK:
 * another process is writing; ERR_SYSTEM: permission, disk.  Caller closes.
 * A NULL path, with STORE_WRITE: an empty store in memory.
 */
const struct err *store_open(struct store **out, const char *path,
    enum store_mode mode);
void store_close(struct store *store);

/* Keep other processes from doing the same, until the store is closed or
 * this process ends, however that comes.  It bars nobody from reading or
 * writing the store.  ERR_LOCK, at once: another has done so. */
const struct err *store_lock(struct store *store);

/* A run brings answers: `kind` "import" or "fetch", `source` the URL of the
 * Bugzilla the answers are from ("" when unknown), `now` the clock.  The
 * run's row is written with the first page that is committed and finished
 * by store_run_end; without such a page there is none. */
const struct err *store_run_begin(struct store *store, const char *kind,
    const char *source, int64_t now);
const struct err *store_run_end(struct store *store, int64_t now);

/* A page: begin, any number of answer bytes and puts, then commit or
 * rollback.  `name` is the file or the request (without secrets). */
const struct err *store_page_begin(struct store *store, const char *name);
/* Keep the next bytes of the raw answer; they may be of any length. */
const struct err *store_page_raw(struct store *store, const char *data,
    size_t len);
/* A history on this page is all there is of it: an empty one says that the
 * bug has no changes. */
void store_page_whole(struct store *store);
/* Did the puts of this page change anything? */
bool store_page_news(const struct store *store);
/*
 * Merge a part of a bug into what is stored.  What it does not mention is
 * kept, and a part that says nothing new touches no page of the file.
 *
 *   Fields: those in `have` replace the stored ones, also to say "unset".
 *     A part whose last_change_time is before the stored one is stale: it
 *     replaces nothing, but fills texts and a creation time not yet known,
 *     and with a status also what it says of the closing: the time and the
 *     duplicate.
 *   Comments: known by bug and id, and never deleted.  An unknown number,
 *     no attachment, no creator and an empty text replace nothing; a stale
 *     part only fills these; a time that is known stays.
 *   History: what is told replaces what is stored of the time from its
 *     first change to its last; older and newer changes stay.  So neither
 *     an old answer nor one asked with new_since loses any.  An empty one
 *     says nothing, for with new_since that is what a quiet bug gives: a
 *     bug of which no change ever came has no BUG_HAVE_HISTORY, unless the
 *     page is whole (store_page_whole).
 *
 * The bug need not be known: comments and history wait for its fields.
 * After an error only store_page_rollback is left to do.
 */
const struct err *store_put(struct store *store, const struct bug *part);
/* `kind` as intake_kind_name says.  A raw answer that is stored already,
 * byte for byte, is not stored twice.  On error the page is rolled back. */
const struct err *store_page_commit(struct store *store, const char *kind);
/* Forget the page; does nothing when none is open. */
void store_page_rollback(struct store *store);

/* What the run's committed pages did. */
struct store_counts {
	/* by their fields; parts without fields count in none of the three */
	uint64_t bugs_new, bugs_changed, bugs_same;
	uint64_t comments_new, comments_changed;
	uint64_t changes_new;
};
void store_run_counts(const struct store *store, struct store_counts *out);

/*
 * Walk bugs in order of their numbers.  `with` says what is loaded beside
 * the fields and last_comment.  store_next gives NULL at the end; the bug
 * is the walk's and good until the next call.  Its `have` names what is
 * known and set, with BUG_HAVE_COMMENTS and BUG_HAVE_HISTORY also when they
 * were not asked for.  While a walk stands on a bug, no other process can
 * commit.  A bug that came in parts may have become larger than
 * BUG_MAX_BYTES: it is `cut`, with the fields and the comments (by id) that
 * fit, and no history if not all of it fits.  ERR_CONFIG: the file is
 * damaged.  Bugs of which only comments or
 * history are known (their fields have not come yet) are not walked; see
 * store_status.waiting.
 */
enum store_with {
	STORE_FIELDS = 0,
	STORE_COMMENTS = 1,
	STORE_HISTORY = 2,
	STORE_FIRST = 4		/* comment 0 alone */
};
struct store_walk;
const struct err *store_walk_new(struct store_walk **out,
    struct store *store, unsigned with);
void store_walk_free(struct store_walk *walk);
const struct err *store_next(struct store_walk *walk,
    const struct bug **out);
/* Go to bug `id`: the next store_next gives it, or NULL if there is none;
 * after it the walk is over until the next seek. */
const struct err *store_seek(struct store_walk *walk, int64_t id);
/* Load the comments of the bug that the walk stands on, if it did not. */
const struct err *store_load_comments(struct store_walk *walk);

/*
 * A walk into the past: from the next bug on it gives each as it stood at
 * `time` (asof.h), with comments and history, and passes over those filed
 * later.  The walk was made without STORE_FIRST.  `past` is the caller's,
 * outlives the walk, and is told what it came by; mem_free(past->unsure) in
 * the end.
 */
struct store_past {
	int64_t time;		/* the last second that counts */
	struct diag_sink *sink;	/* NULL: nobody wants to hear */
	size_t later;		/* bugs passed over */
	int64_t *unsure;	/* bugs that changed since, and whose history
				 * is not there */
	size_t unsure_len;
	size_t unsure_cap;
};
void store_walk_past(struct store_walk *walk, struct store_past *past);

/*
 * A cache of what was found out about a bug, in bytes that the store does
 * not understand.  `kind` names what it is, of which a bug has one, and
 * `key` all they depend on beside the bug.  A change of the bug, its
 * comments or its history makes the store forget them.
 */
/* NULL in *data when nothing is known; else good until the next call. */
const struct err *store_cache_get(struct store *store, int64_t bug,
    const char *kind, const char *key, const void **data, size_t *len);
/* Keep the bytes, while a walk stands on the bug they are about.  Only
 * with STORE_CACHE, where the file may be written and nobody else writes;
 * otherwise, and when it fails, nothing is kept and nothing is lost. */
void store_cache_put(struct store *store, int64_t bug, const char *kind,
    const char *key, const void *data, size_t len);
/* The same for what depends on other bugs too: a change of any of them
 * makes the store forget it of all. */
const struct err *store_votes_get(struct store *store, int64_t bug,
    const char *key, const void **data, size_t *len);
void store_votes_put(struct store *store, int64_t bug, const char *key,
    const void *data, size_t len);
/* Write what was put to the file, and let others write; call it when the
 * walk is over. */
void store_cache_end(struct store *store);

/* What the store holds. */
struct store_status {
	int schema;
	int64_t bugs, comments, changes, answers, answer_bytes;
	int64_t waiting;	/* bug numbers known by comments or history
				 * alone: their fields have not come */
	int64_t gone;		/* bugs that the server shows no longer */
	int64_t to_come;	/* bugs that a fetch listed and has not got */
	int64_t newest_change;	/* time, DATE_NONE when empty */
	int64_t last_run;	/* end of the last finished run */
	char last_kind[16];	/* "import", "fetch", "" */
	char source[256];	/* the Bugzilla's URL, "" when unknown */
	char first_answer[HASH_HEX];	/* SHA-256 of the oldest raw answer,
				 * "" when there is none */
};
const struct err *store_status(struct store *store,
    struct store_status *out);
/* SQLite's own check and ours (counts, order of changes, hashes of raw
 * answers): appends a line a fault to `faults`; an empty buffer is a good
 * store.  Odd things that a Bugzilla told are no faults: two comments of a
 * bug with one number, a comment's id in two bugs. */
const struct err *store_check(struct store *store, struct buf *faults);

/* In a Bugzilla a comment's number is used once; say where one stands under
 * several bugs: DIAG_COMMENT_SHARED for the last of them, naming the first. */
const struct err *store_shared_comments(struct store *store,
    struct diag_sink *sink);

/* What became of a plan's report. */
struct store_refreshed {
	const char *plan, *report;
	int64_t tried;		/* time of the last run */
	int64_t good;		/* the same of the last good one; DATE_NONE:
				 * none yet */
	const char *what;	/* what failed at the last; "": nothing */
};
/* Keep what a run of `plan` did; their own `plan` is not looked at, a `good`
 * of DATE_NONE leaves the one that is known, and the plan's other reports
 * are forgotten.  Not with STORE_READ; no page is open. */
const struct err *store_refreshed_put(struct store *store, const char *plan,
    const struct store_refreshed *rows, size_t len);
/* All there are, in order of plan and report, copied into `arena`. */
const struct err *store_refreshed_list(struct store *store,
    struct arena *arena, struct store_refreshed **out, size_t *len);

/* Limits */
enum {
	STORE_PAGE_SIZE = 16384,	/* by measurement, see store.c */
	STORE_CACHE_KIB = 4096,
	STORE_BUSY_MS = 5000,		/* wait for another writer */
	STORE_CACHE_BUSY_MS = 100,	/* the cache is not worth more */
	STORE_RAW_PART = 256 << 10,	/* bytes of one row of a raw answer */
	STORE_MAX_ROW = 64 << 20,	/* a bug or comment, BUG_MAX_BYTES */
	STORE_MAX_PATH = 4096
};

#endif
