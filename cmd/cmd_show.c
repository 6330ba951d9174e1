/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <inttypes.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "classify/clock.h"
#include "cmd/session.h"
#include "cmd/session_report.h"

/* Read its reports and clocks, and show it. */
static const struct err *
show_read(struct session *session, struct store_walk *walk,
    struct report *report, const struct bug *bug,
    const struct verdict *verdict)
{
	struct build_past past;
	struct build_show from = { .bug = bug, .verdict = verdict,
	    .taxonomy = session->taxonomy,
	    .past = session_past_of(session, bug, &past) };
	const struct err *err;
	struct clocks clocks;

	err = session_report_text(session, walk, bug, &from.text);
	if (err != NULL)
		return err;
	err = clocks_read(&clocks, bug, verdict, from.text,
	    session->taxonomy, session_clock(session));
	from.clocks = &clocks;
	if (err == NULL) {
		build_show(report, &from);
		err = report_error(report);
	}
	clocks_release(&clocks);
	return err;
}

/* Show one bug; *found tells whether the store holds it. */
static const struct err *
show(struct session *session, struct store_walk *walk,
    struct report *report, const char *word, bool *found)
{
	const struct err *err;
	const struct bug *bug;
	struct verdict verdict;
	int64_t id;

	*found = false;
	(void)text_int(word, strlen(word), &id);
	err = store_seek(walk, id);
	if (err == NULL)
		err = session_next(session, walk, &bug);
	if (err != NULL || bug == NULL)
		return err;
	*found = true;
	err = session_judge(session, walk, bug, &verdict);
	if (err == NULL)
		err = session_causes(session, walk, bug, &verdict);
	if (err == NULL)
		err = show_read(session, walk, report, bug, &verdict);
	return err;
}

const struct err *
cmd_show(struct session *session)
{
	const char *formats = "text|markdown|mediawiki|html|json|jsonl";
	const struct options *options = &session->options;
	const char *missing = NULL;
	struct store_walk *walk = NULL;
	const struct err *err;
	struct report report;
	bool found, any = false;
	size_t i;

	err = session_bug_numbers(session);
	if (err == NULL)
		err = session_format(session, formats);
	if (err == NULL)
		err = session_taxonomy(session);
	if (err == NULL)
		err = session_store(session, STORE_CACHE);
	if (err != NULL)
		return err;
	session_want_causes(session);
	report_init(&report, "Incident", session->settings.value[SET_URL]);
	err = session_walk_new(&walk, session,
		    STORE_COMMENTS | STORE_HISTORY);
	for (i = 0; i < options->arg_len && err == NULL; i++) {
		err = show(session, walk, &report, options->args[i], &found);
		if (err == NULL && !found)
			missing = options->args[i];
		any = any || found;
	}
	store_cache_end(session->store);
	if (err == NULL && any)
		err = session_output(session, &report, formats);
	if (err == NULL && missing != NULL)
		err = session_missing(session, missing);
	store_walk_free(walk);
	report_release(&report);
	return err;
}
