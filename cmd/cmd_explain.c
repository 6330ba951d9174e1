/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "cmd/neighbours.h"
#include "cmd/session.h"

/* Explain one bug; *found tells whether the store holds it. */
static const struct err *
explain(struct session *session, struct store_walk *walk,
    struct report *report, int64_t id, bool *found)
{
	const struct err *err;
	const struct bug *bug;
	struct build_explain what;
	struct build_past past;
	struct similar_votes votes;
	struct verdict verdict;

	*found = false;
	err = store_seek(walk, id);
	if (err == NULL)
		err = store_next(walk, &bug);
	if (err != NULL || bug == NULL)
		return err;
	*found = true;
	memset(&what, 0, sizeof(what));
	err = session_judge(session, walk, bug, &verdict);
	if (err == NULL && session->judge.neighbours != NULL) {
		err = neighbours_ask(session, bug, &verdict, NULL, &votes);
		what.votes = &votes;
	}
	if (err == NULL)
		err = session_causes(session, walk, bug, &verdict);
	if (err != NULL)
		return err;
	what.bug = bug;
	what.verdict = &verdict;
	what.judge = &session->judge;
	what.decision = overrides_find(&session->overrides, id);
	what.stale = what.decision != NULL &&
	    override_is_stale(what.decision, bug);
	what.past = session_past_of(session, bug, &past);
	build_explain(report, &what);
	return report_error(report);
}

/* Each of them; *missing is the last that the store lacks, or NULL. */
static const struct err *
explain_all(struct session *session, struct report *report,
    const char **missing)
{
	const struct options *options = &session->options;
	struct store_walk *walk;
	const struct err *err;
	bool found;
	int64_t id;
	size_t i;

	err = session_walk_new(&walk, session,
	    STORE_COMMENTS | STORE_HISTORY);
	for (i = 0; i < options->arg_len && err == NULL; i++) {
		(void)text_int(options->args[i], strlen(options->args[i]),
		    &id);
		err = explain(session, walk, report, id, &found);
		if (err == NULL && !found)
			*missing = options->args[i];
	}
	store_walk_free(walk);
	store_cache_end(session->store);
	return err;
}

const struct err *
cmd_explain(struct session *session)
{
	const char *formats = "text|markdown|html|json|jsonl";
	const char *missing = NULL;
	const struct err *err;
	struct report report;

	report_init(&report, "Labels", session->settings.value[SET_URL]);
	err = session_bug_numbers(session);
	if (err == NULL)
		err = session_format(session, formats);
	if (err == NULL)
		err = session_taxonomy(session);
	if (err == NULL)
		err = session_store(session, STORE_READ);
	session->judge.always = true;
	if (err == NULL)
		session_want_causes(session);
	if (err == NULL)
		err = explain_all(session, &report, &missing);
	if (err == NULL && report.data != NULL)
		err = session_output(session, &report, formats);
	if (err == NULL && missing != NULL)
		err = session_missing(session, missing);
	report_release(&report);
	return err;
}
