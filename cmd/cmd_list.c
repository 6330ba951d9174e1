/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/err.h"
#include "classify/tally.h"
#include "cmd/session.h"

struct listing {
	struct report report;
	struct tally tally;	/* for what is left out, and the balance */
};

static const struct err *
add(void *arg, const struct bug *bug, const struct verdict *verdict,
    enum select_fate fate)
{
	struct listing *listing = arg;

	if (fate == SELECT_IN)
		build_list_add(&listing->report, bug, verdict,
		    listing->tally.taxonomy);
	return tally_add(&listing->tally, bug, verdict, fate);
}

const struct err *
cmd_list(struct session *session)
{
	const struct err *err;
	struct selection selection;
	struct build_source source;
	struct listing listing;

	memset(&selection, 0, sizeof(selection));
	err = session_taxonomy(session);
	if (err == NULL)
		err = session_select(session, &selection);
	if (err == NULL)
		err = session_store(session, STORE_READ);
	if (err != NULL) {
		session_select_release(&selection);
		return err;
	}
	tally_init(&listing.tally, session->taxonomy,
	    &session->taxonomy->schemes[0]);
	report_init(&listing.report, "CA incidents",
	    session->settings.value[SET_URL]);
	build_list_begin(&listing.report);
	err = session_walk(session, &selection, add, &listing);
	if (err == NULL)
		err = tally_finish(&listing.tally);
	if (err == NULL) {
		session_source(session, &source);
		build_left_out(&listing.report, listing.tally.left_out);
		build_list_end(&listing.report, &source);
		err = session_output(session, &listing.report,
		    "text|markdown|mediawiki|csv|json|jsonl");
	}
	if (err == NULL && listing.tally.incidents == 0)
		err = err_new(ERR_CHECK, "list: nothing matched: the store "
		    "holds no such incident: see cabrief status");
	report_release(&listing.report);
	tally_release(&listing.tally);
	session_select_release(&selection);
	return err;
}
