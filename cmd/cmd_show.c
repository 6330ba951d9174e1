/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <inttypes.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "cmd/session.h"

/* Show one bug; *found tells whether the store holds it. */
static const struct err *
show(struct session *session, struct store_walk *walk,
    struct report *report, const char *word, bool *found)
{
	const struct err *err;
	const struct bug *bug;
	struct build_past past;
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
	if (err != NULL)
		return err;
	build_show(report, bug, &verdict, session->taxonomy,
	    session_past_of(session, bug, &past));
	return report_error(report);
}

const struct err *
cmd_show(struct session *session)
{
	const struct options *options = &session->options;
	const char *missing = NULL;
	struct store_walk *walk = NULL;
	const struct err *err;
	struct report report;
	bool found, any = false;
	size_t i;

	err = session_bug_numbers(session);
	if (err == NULL)
		err = session_taxonomy(session);
	if (err == NULL)
		err = session_store(session, STORE_CACHE);
	if (err != NULL)
		return err;
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
		err = session_output(session, &report,
		    "text|markdown|mediawiki|json|jsonl");
	if (err == NULL && missing != NULL)
		err = session_missing(session, missing);
	store_walk_free(walk);
	report_release(&report);
	return err;
}
