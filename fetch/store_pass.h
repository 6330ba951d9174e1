/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * How far a fetch has come, kept in the store, so that one that was cut off
 * goes on where it stopped.  Private to fetch/.
 *
 * A *pass* first lists bugs by number: all of a source, or those changed
 * since some time.  What is then to come of each is noted with it, and
 * crossed off as it comes.  A pass that has got all is settled.  The times
 * are the server's.
 *
 * What is noted belongs into the page (store.h) that it is true with: what
 * writes wants one to be open.
 */
#ifndef FETCH_STORE_PASS_H
#define FETCH_STORE_PASS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;
struct store;

/* What is fetched; each has passes of its own. */
struct store_source {
	const char *url;
	const char *product;
	const char *components;	/* a line each, ended but for the last */
	bool keyed;		/* with a key, which may see more */
};

/* What is to come of a bug, as bits. */
enum store_want {
	STORE_WANT_FIELDS = 1,
	STORE_WANT_COMMENTS = 2,
	STORE_WANT_HISTORY = 4,
	STORE_WANT_ALL = 7
};

struct store_pass {
	int64_t source;		/* its row; 0: none yet */
	int64_t good;		/* start of the last pass that was settled, as
				 * far as it leaves no gap; DATE_NONE */
	int64_t whole;		/* the same of one over all bugs */
	int64_t started;	/* the pass that goes on, or was cut off;
				 * DATE_NONE: none */
	int64_t since;		/* it is over bugs changed since; DATE_NONE:
				 * over all */
	int64_t reached;	/* its list has come to this number */
	bool complete;		/* and to its end */
};

/* Where the source stands; a source that is not known has no pass. */
const struct err *store_pass_load(struct store *store,
    const struct store_source *source, struct store_pass *out);
/* Write it, making the source's row when there is none. */
const struct err *store_pass_save(struct store *store,
    const struct store_source *source, struct store_pass *pass);

/*
 * The pass has listed a bug that was last changed at `changed`: it is
 * visible, and `wants` are to come, unless `known` and the store has it as
 * it was then.  *back says whether it was marked as gone.
 */
const struct err *store_pass_list(struct store *store,
    const struct store_pass *pass, int64_t bug, int64_t changed, bool known,
    bool *back);
/* These of `wants` have come. */
const struct err *store_pass_had(struct store *store,
    const struct store_pass *pass, int64_t bug, unsigned wants);
/* Nothing came, though the bug was asked for alone.  It stays noted when the
 * pass is settled, and wants all. */
const struct err *store_pass_failed(struct store *store,
    const struct store_pass *pass, int64_t bug);

/* The listed bugs behind number `after` that want one of `wants`, and none
 * of `not`: up to `max` of them, in order. */
const struct err *store_pass_next(struct store *store,
    const struct store_pass *pass, int64_t after, unsigned wants,
    unsigned not, bool failed, int64_t *bugs, size_t max, size_t *len);
/* How many bugs want something. */
const struct err *store_pass_left(struct store *store,
    const struct store_pass *pass, int64_t *count);
/* The bugs of the source behind number `after` that were visible and are
 * not listed. */
const struct err *store_pass_missed(struct store *store,
    const struct store_pass *pass, int64_t after, int64_t *bugs, size_t max,
    size_t *len);
/* How many bugs of the source were visible, and how many of them are not
 * listed. */
const struct err *store_pass_unlisted(struct store *store,
    const struct store_pass *pass, int64_t *visible, int64_t *unlisted);
/* The store's visible bugs of one component of the source, and how many of
 * them are listed. */
const struct err *store_pass_component(struct store *store,
    const struct store_pass *pass, const char *component, int64_t *bugs,
    int64_t *listed);

/* The server shows a bug no longer, or never did: mark it as gone, if it is
 * here, and forget what was to come.  *gone says whether that is new. */
const struct err *store_pass_gone(struct store *store,
    const struct store_pass *pass, int64_t bug, bool *gone);

/*
 * The pass is over.  With `good` it got everything: if it was over all bugs,
 * those of the source that it has not listed are marked as gone, *gone of
 * them.  Without, only its list is forgotten, and what failed or is still to
 * come stays noted.
 */
const struct err *store_pass_settle(struct store *store,
    const struct store_source *source, struct store_pass *pass, bool good,
    uint64_t *gone);

#endif
