/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "classify/placing.h"
#include "classify/tally.h"
#include "cmd/session.h"

struct counting {
	struct tally tally;
	const struct judge *judge;
	int *chances;		/* NULL: no estimate is wanted */
};

static const struct err *
add(void *arg, const struct bug *bug, const struct verdict *verdict,
    enum select_fate fate)
{
	struct counting *counting = arg;
	const struct err *err;

	err = tally_add(&counting->tally, bug, verdict, fate);
	if (err != NULL || counting->chances == NULL || fate != SELECT_IN)
		return err;
	placing_chances(counting->judge, counting->tally.scheme, verdict,
	    counting->chances);
	tally_chances(&counting->tally, counting->chances);
	return NULL;
}

static const struct err *
begin(struct session *session, const struct tax_scheme *scheme,
    struct counting *counting)
{
	tally_init(&counting->tally, session->taxonomy, scheme);
	session->judge.scheme = scheme;
	counting->judge = &session->judge;
	counting->chances = NULL;
	if (!option_given(&session->options, OPT_ESTIMATE))
		return NULL;
	counting->tally.estimated = true;
	counting->chances = mem_alloc(scheme->row_len,
	    sizeof(*counting->chances));
	return counting->chances != NULL ? NULL : err_memory();
}

const struct err *
cmd_count(struct session *session)
{
	const struct tax_scheme *scheme;
	const struct err *err;
	struct selection selection;
	struct build_source source;
	struct counting counting;
	struct report report;

	memset(&selection, 0, sizeof(selection));
	err = session_taxonomy(session);
	if (err == NULL)
		err = session_scheme(session, &scheme);
	if (err == NULL)
		err = session_select(session, &selection);
	if (err == NULL)
		err = session_store(session, STORE_CACHE);
	if (err != NULL) {
		session_select_release(&selection);
		return err;
	}
	report_init(&report, scheme->title, session->settings.value[SET_URL]);
	err = begin(session, scheme, &counting);
	if (err == NULL)
		err = session_walk(session, &selection, add, &counting);
	if (err == NULL)
		err = tally_finish(&counting.tally);
	if (err == NULL) {
		session_source(session, &source);
		build_count(&report, &counting.tally, &selection, &source,
		    option_given(&session->options, OPT_COLLAPSE));
		err = session_output(session, &report,
		    "text|markdown|mediawiki|csv|json");
	}
	report_release(&report);
	tally_release(&counting.tally);
	mem_free(counting.chances);
	session_select_release(&selection);
	return err;
}
