/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Lists.  One that a bug spoils is asked for in shorter pieces, until that
 * bug would be the next one and alone.  Its number, which no answer tells,
 * is then searched for: it is the first behind which lists are good again.
 */

#include "fetch/bugzilla_private.h"

#include "base/date.h"
#include "base/diag.h"
#include "base/err.h"
#include "fetch/store.h"

enum {
	SHORTER = 10,		/* times: few steps from 1000 to 1 */
	FARTHEST = 1 << 24	/* numbers that are searched for a bug */
};

/* Note what was listed.  A bug that the store has as it was last changed, and
 * that was fetched since, is not fetched again. */
static const struct err *
note_list(struct bugzilla *run)
{
	struct store_pass *pass = &run->pass;
	const bool overlap = pass->since != DATE_NONE &&
	    run->config->since == DATE_NONE;
	const struct err *err;
	const struct seen *seen;
	bool back;
	size_t i;

	/* First, so that it has a row. */
	err = store_pass_save(run->store, &run->source, pass);
	for (i = 0; i < run->seen_len && err == NULL; i++) {
		seen = &run->seen[i];
		err = store_pass_list(run->store, pass, seen->id,
		    seen->changed, overlap && seen->changed < pass->good,
		    &back);
		run->out->back += back;
	}
	return err;
}

static const struct err *
take_list(struct bugzilla *run, const struct asked *asked)
{
	struct store_pass *pass = &run->pass;
	const struct err *err;
	int64_t left;

	/* The server may grant fewer than were asked for: an answer is known
	 * to be the last when it has fewer than one before, or none. */
	pass->complete = run->seen_len < run->longest || run->seen_len == 0;
	if (run->seen_len > 0)
		pass->reached = run->seen[run->seen_len - 1].id;
	if (run->seen_len > run->longest)
		run->longest = run->seen_len;
	err = bugzilla_page_begin(run, asked);
	if (err == NULL)
		err = bugzilla_page_end(run, INTAKE_NONE, note_list(run));
	if (err == NULL && pass->complete) {
		err = store_pass_left(run->store, pass, &left);
		run->total = run->done + (uint64_t)left;
	}
	return err;
}

void
bugzilla_begin_lists(struct bugzilla *run)
{
	run->limit = BUGZILLA_LIST_PAGE;
	run->longest = 0;
	run->spoilt.high = 0;
}

/* The bug is found.  It is listed, and failed. */
static const struct err *
note_spoilt(struct bugzilla *run, const struct asked *asked)
{
	const int64_t bug = run->spoilt.high;
	const struct err *err;
	bool back;

	run->pass.reached = bug;
	err = bugzilla_page_begin(run, asked);
	if (err != NULL)
		return err;
	err = store_pass_save(run->store, &run->source, &run->pass);
	if (err == NULL)
		err = store_pass_list(run->store, &run->pass, bug, DATE_NONE,
		    false, &back);
	if (err == NULL)
		err = store_pass_failed(run->store, &run->pass, bug);
	err = bugzilla_page_end(run, INTAKE_NONE, err);
	bugzilla_begin_lists(run);
	return err != NULL ? err : bugzilla_failed(run, bug,
	    bugzilla_wrong(run, asked, "no list with this bug is good"));
}

/* A list behind `asked->after` was good or not: search on. */
static const struct err *
search(struct bugzilla *run, const struct asked *asked, bool good,
    const struct err *why)
{
	struct spoilt *spoilt = &run->spoilt;

	if (good)
		spoilt->high = asked->after;
	else if (asked->after == spoilt->high)
		return why;	/* it is not a bug, then */
	else
		spoilt->low = asked->after;
	spoilt->next = spoilt->low + (spoilt->high - spoilt->low) / 2;
	return spoilt->high - spoilt->low > 1 ? NULL :
	    note_spoilt(run, asked);
}

const struct err *
bugzilla_take_list(struct bugzilla *run, const struct asked *asked,
    const struct judged *judged)
{
	struct spoilt *spoilt = &run->spoilt;
	const bool good = judged->verdict == VERDICT_TAKE;

	if (spoilt->high > 0)
		return search(run, asked, good, judged->why);
	if (good)
		return take_list(run, asked);
	if (run->limit > 1) {
		run->limit /= SHORTER;
		run->longest = 0;
		return NULL;
	}
	spoilt->low = asked->after;
	spoilt->high = spoilt->next = asked->after + FARTHEST;
	return NULL;
}
