/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/err.h"
#include "classify/review.h"
#include "classify/tally.h"
#include "cmd/session.h"
#include "fetch/bug.h"

struct listing {
	struct report report;
	const struct session *session;
	struct tally tally;	/* for what is left out, and the balance */
	bool review;
	bool feed;		/* as one, in what stands in `entries` */
	struct build_feed entries;
	size_t len;
};

/* List it only if somebody should look at it again. */
static void
add_review(struct listing *listing, const struct bug *bug,
    const struct verdict *verdict)
{
	const struct session *session = listing->session;
	const struct override *decision;
	struct build_review what;
	struct review review;

	decision = overrides_find(&session->overrides, bug->id);
	review_read(session->taxonomy, &verdict->board,
	    session->judge.categories, decision, decision != NULL &&
	    override_is_stale(decision, bug), &review);
	if (review.score == 0)
		return;
	what.taxonomy = session->taxonomy;
	what.review = &review;
	what.scores = session->judge.categories;
	build_review_add(&listing->report, bug, verdict, &what);
	listing->len++;
}

static const struct err *
add(void *arg, const struct bug *bug, const struct verdict *verdict,
    enum select_fate fate)
{
	struct listing *listing = arg;

	if (fate == SELECT_IN && listing->review) {
		add_review(listing, bug, verdict);
	} else if (fate == SELECT_IN && listing->feed) {
		build_feed_add(&listing->report, &listing->entries, bug,
		    verdict);
		listing->len++;
	} else if (fate == SELECT_IN) {
		build_list_add(&listing->report, bug, verdict,
		    listing->session->taxonomy);
		listing->len++;
	}
	return tally_add(&listing->tally, bug, verdict, fate);
}

static void
begin(struct listing *listing, struct session *session,
    const struct selection *selection)
{
	const char *format = option_last(&session->options, OPT_FORMAT);

	listing->session = session;
	listing->review = option_given(&session->options, OPT_REVIEW);
	listing->feed = !listing->review && format != NULL &&
	    strcmp(format, "atom") == 0;
	memset(&listing->entries, 0, sizeof(listing->entries));
	listing->entries.taxonomy = session->taxonomy;
	listing->entries.selection = selection;
	listing->entries.pattern = option_last(&session->options, OPT_TEXT);
	listing->len = 0;
	tally_init(&listing->tally, session->taxonomy,
	    &session->taxonomy->schemes[0]);
	report_init(&listing->report, listing->review ?
	    "CA incidents to be looked at again" : "CA incidents",
	    session->settings.value[SET_URL]);
	if (listing->review)
		build_review_begin(&listing->report);
	else if (!listing->feed)
		build_list_begin(&listing->report);
	/* A tag is held against what the rules say. */
	session->judge.always = listing->review;
	if (session_for_programs(session))
		session_want_causes(session);
}

static const struct err *
end(struct listing *listing, struct session *session)
{
	const char *formats =
	    "text|markdown|mediawiki|html|csv|json|jsonl|atom";
	struct build_source source;

	if (listing->feed) {
		build_feed_end(&listing->report, &listing->entries);
		return session_output(session, &listing->report, formats);
	}
	session_source(session, &source);
	build_left_out(&listing->report, listing->tally.left_out);
	if (listing->review)
		build_review_end(&listing->report, &source);
	else
		build_list_end(&listing->report, &source);
	return session_output(session, &listing->report, listing->review ?
	    "text|markdown|mediawiki|html|csv|json|jsonl" : formats);
}

const struct err *
cmd_list(struct session *session)
{
	const struct err *err;
	struct selection selection;
	struct listing listing;

	memset(&selection, 0, sizeof(selection));
	err = session_taxonomy(session);
	if (err == NULL)
		err = session_select(session, &selection);
	if (err == NULL)
		err = session_store(session, STORE_CACHE);
	if (err != NULL) {
		session_select_release(&selection);
		return err;
	}
	begin(&listing, session, &selection);
	err = session_walk(session, &selection, add, &listing);
	if (err == NULL)
		err = tally_finish(&listing.tally);
	if (err == NULL)
		err = end(&listing, session);
	if (err == NULL && listing.len == 0 && !listing.review)
		err = err_new(ERR_CHECK, "list: nothing matched: the store "
		    "holds no such incident: see cabrief status");
	else if (err == NULL && listing.len == 0)
		err = err_new(ERR_CHECK, "list: nothing to look at again: "
		    "tags and rules agree");
	report_release(&listing.report);
	tally_release(&listing.tally);
	session_select_release(&selection);
	return err;
}
