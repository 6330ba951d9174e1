/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "cmd/neighbours.h"

#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "cmd/session.h"
#include "fetch/bug.h"

enum {
	VOTE_BYTES = 4,		/* of a packed vote */
	PER_THOUSAND = 1000
};

void
neighbours_text(const struct bug *bug, const struct verdict *verdict,
    struct similar_text *out)
{
	const struct comment *first = bug->comments;

	*out = (struct similar_text){ bug->text[BUG_SUMMARY] +
	    verdict->owner.rest, 0, "", 0 };
	out->title_len = strlen(out->title);
	if (bug->comment_len > 0 && first->number == 0) {
		out->first = first->text;
		out->first_len = first->text_len;
	}
}

int
neighbours_thousandths(const struct neighbour *neighbour)
{
	return (int)((neighbour->cosine * PER_THOUSAND + SIMILAR_ONE / 2) /
	    SIMILAR_ONE);
}

static const struct err *
add_bug(const struct session *session, struct similar *index,
    const struct bug *bug)
{
	size_t categories[WHITEBOARD_MAX_TAGS], i, at;
	struct similar_bug one;
	struct verdict verdict;

	verdict_read(bug, session->taxonomy, LABELS_TAGGED, NULL, &verdict);
	if (!verdict.incident)
		return NULL;
	one = (struct similar_bug){ .id = bug->id,
	    .filed = bug->num[BUG_CREATED], .categories = categories };
	neighbours_text(bug, &verdict, &one.text);
	for (i = 0; i < verdict.board.tag_len; i++) {
		at = verdict.board.tags[i].category;
		if (at != SIZE_MAX)
			categories[one.category_len++] = at;
	}
	return similar_add(index, &one);
}

/* A walk over the bugs that may vote: those of the past to which the
 * session's walks go, if they do.  What is odd is theirs to report. */
static const struct err *
begin_walk(struct session *session, struct store_past *past,
    struct store_walk **out)
{
	const struct err *err;

	if (session->as_of == DATE_NONE)
		return store_walk_new(out, session->store, STORE_FIRST);
	past->time = session->past.time;
	err = store_walk_new(out, session->store, STORE_FIELDS);
	if (err == NULL)
		store_walk_past(*out, past);
	return err;
}

/* How many there are; exactly, if more than `newest`. */
static const struct err *
count_bugs(struct session *session, size_t newest, struct store_past *past,
    size_t *bugs)
{
	struct store_walk *walk;
	struct store_status status;
	const struct err *err;
	const struct bug *bug;

	err = store_status(session->store, &status);
	*bugs = (size_t)status.bugs;
	if (err != NULL || session->as_of == DATE_NONE ||
	    *bugs <= newest)
		return err;
	err = begin_walk(session, past, &walk);
	for (*bugs = 0; err == NULL; ++*bugs) {
		err = store_next(walk, &bug);
		if (err != NULL || bug == NULL)
			break;
	}
	store_walk_free(walk);
	return err;
}

/* Fill the index in one walk. */
static const struct err *
index_bugs(struct session *session, size_t newest, struct similar *index)
{
	struct store_past past = { .sink = NULL };
	struct store_walk *walk = NULL;
	const struct err *err;
	const struct bug *bug;
	size_t skip = 0, bugs;

	err = count_bugs(session, newest, &past, &bugs);
	if (err == NULL)
		err = begin_walk(session, &past, &walk);
	if (bugs > newest)
		skip = bugs - newest;
	while (err == NULL) {
		err = store_next(walk, &bug);
		if (err != NULL || bug == NULL)
			break;
		if (skip > 0)
			skip--;
		else
			err = add_bug(session, index, bug);
	}
	store_walk_free(walk);
	mem_free(past.unsure);
	return err != NULL ? err : similar_finish(index);
}

const struct err *
neighbours_index(struct session *session, size_t newest,
    struct similar **out)
{
	struct similar *index = NULL;
	const struct err *err;

	*out = NULL;
	err = similar_new(&index, session->taxonomy);
	if (err == NULL)
		err = index_bugs(session, newest, index);
	if (err == NULL) {
		*out = index;
		index = NULL;
	}
	similar_free(index);
	return err;
}

const struct err *
neighbours_ask(struct session *session, const struct bug *bug,
    const struct verdict *verdict, const struct similar_filter *filter,
    struct similar_votes *out)
{
	struct similar_filter others = { .self = bug->id };
	const struct err *err = NULL;
	struct similar_text text;

	if (session->similar == NULL)
		err = neighbours_index(session, NEIGHBOURS_MAX,
		    &session->similar);
	if (err != NULL)
		return err;
	neighbours_text(bug, verdict, &text);
	similar_vote(session->similar, &text,
	    filter != NULL ? filter : &others, out);
	return NULL;
}

/* Votes as bytes that any machine reads back: the lowest first; one byte
 * when there are none. */
static void
pack(const int *votes, size_t len, struct buf *out)
{
	uint32_t bits;
	size_t i;
	int j;

	buf_clear(out);
	buf_char(out, votes != NULL);
	for (i = 0; i < len && votes != NULL; i++) {
		bits = (uint32_t)votes[i];
		for (j = 0; j < VOTE_BYTES; j++)
			buf_char(out, (char)(bits >> 8 * j & 0xff));
	}
}

/* false for bytes that are none. */
static bool
unpack(const unsigned char *data, size_t bytes, int *votes, size_t len,
    bool *any)
{
	uint32_t bits;
	size_t i;

	*any = bytes > 1;
	if (bytes == 1)
		return data[0] == 0;
	if (bytes != 1 + VOTE_BYTES * len || data[0] != 1)
		return false;
	for (i = 0, data++; i < len; i++, data += VOTE_BYTES) {
		bits = data[0] | (uint32_t)data[1] << 8 |
		    (uint32_t)data[2] << 16 | (uint32_t)data[3] << 24;
		memcpy(&votes[i], &bits, sizeof(bits));
	}
	return true;
}

/* Votes of the bug from the cache; *found is false when it has none. */
static const struct err *
from_cache(struct session *session, int64_t bug, const char *key,
    bool *found, bool *any)
{
	const struct err *err;
	const void *data;
	size_t len;

	err = store_votes_get(session->store, bug, key, &data, &len);
	*found = err == NULL && data != NULL && unpack(data, len,
	    session->votes, session->taxonomy->category_len, any);
	return err;
}

/* The same by asking; they are cached. */
static const struct err *
by_asking(struct session *session, struct store_walk *walk,
    const struct bug *bug, const struct verdict *verdict, const char *key,
    bool *any)
{
	size_t len = session->taxonomy->category_len;
	struct buf *packed = &session->packed;
	const struct err *err;
	struct similar_votes votes;

	err = store_load_comments(walk);
	if (err == NULL)
		err = neighbours_ask(session, bug, verdict, NULL, &votes);
	if (err != NULL)
		return err;
	*any = votes.terms != NULL;
	if (*any)
		memcpy(session->votes, votes.terms, len * sizeof(int));
	if (session->as_of != DATE_NONE)
		return NULL;
	pack(votes.terms, len, packed);
	if (buf_error(packed, "votes") == NULL)
		store_votes_put(session->store, bug->id, key,
		    buf_text(packed), packed->len);
	return NULL;
}

const struct err *
neighbours_judge(struct session *session, struct store_walk *walk,
    const struct bug *bug, const struct verdict *verdict)
{
	struct judge *judge = &session->judge;
	const struct err *err = NULL;
	bool found = false, any = false;
	char key[JUDGE_KEY];

	judge->neighbours = NULL;
	if (session->taxonomy->neighbours.count == 0 ||
	    option_given(&session->options, OPT_NO_NEIGHBOURS) ||
	    (!judge->always && verdict->source != LABEL_INFERRED))
		return NULL;
	if (session->votes == NULL)
		session->votes = mem_alloc(session->taxonomy->category_len,
		    sizeof(*session->votes));
	if (session->votes == NULL)
		return err_memory();
	(void)judge_key(judge, key);
	if (session->as_of == DATE_NONE)
		err = from_cache(session, bug->id, key, &found, &any);
	if (err == NULL && !found)
		err = by_asking(session, walk, bug, verdict, key, &any);
	if (err == NULL && any)
		judge->neighbours = session->votes;
	return err;
}
