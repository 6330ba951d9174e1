/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/err.h"
#include "cmd/lessons_walk.h"
#include "cmd/session.h"

static const struct err *
report_lessons(struct session *session, struct learning *learning)
{
	struct build_lessons from;
	struct build_source source;
	struct report report;
	const struct err *err;

	report_init(&report, "Lessons Learned",
	    session->settings.value[SET_URL]);
	from.lessons = &learning->lessons;
	from.selection = &learning->selection;
	from.compared = learning->compared;
	from.before = learning->before.window;
	from.table = option_given(&session->options, OPT_TABLE);
	session_source(session, &source);
	build_lessons(&report, &from, learning->tally.left_out, &source);
	err = session_output(session, &report,
	    "text|markdown|mediawiki|html|csv|json");
	report_release(&report);
	return err;
}

const struct err *
cmd_lessons(struct session *session)
{
	struct learning learning;
	const struct err *err;

	memset(&learning, 0, sizeof(learning));
	err = session_taxonomy(session);
	if (err == NULL)
		err = session_select(session, &learning.selection);
	if (err == NULL)
		err = session_store(session, STORE_CACHE);
	if (err == NULL && session->taxonomy->lessons_scheme != SIZE_MAX)
		err = learning_begin(session, &learning,
		    &session->taxonomy->schemes[
		    session->taxonomy->lessons_scheme], NULL);
	else if (err == NULL)
		err = lessons_init(&learning.lessons, session->taxonomy,
		    NULL);
	if (err == NULL) {
		learning.lessons.words = option_given(&session->options,
		    OPT_EVIDENCE);
		err = learning_walk(session, &learning, NULL, NULL);
	}
	if (err == NULL)
		err = report_lessons(session, &learning);
	learning_release(&learning);
	return err;
}
