/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <inttypes.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "cmd/session.h"

/* Are all arguments bug numbers?  Asked before anything is opened. */
static const struct err *
check_numbers(const struct options *options)
{
	int64_t id;
	size_t i;

	for (i = 0; i < options->arg_len; i++)
		if (!text_int(options->args[i], strlen(options->args[i]),
		    &id) || id == 0)
			return err_new(ERR_USAGE, "show: %s: no bug number: "
			    "give digits alone", options->args[i]);
	return NULL;
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
	verdict_read(bug, session->taxonomy, LABELS_BEST, &session->diags,
	    &verdict);
	build_show(report, bug, &verdict, session->taxonomy);
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

	err = check_numbers(options);
	if (err == NULL)
		err = session_taxonomy(session);
	if (err == NULL)
		err = session_store(session, STORE_READ);
	if (err != NULL)
		return err;
	report_init(&report, "Incident", session->settings.value[SET_URL]);
	err = store_walk_new(&walk, session->store,
		    STORE_COMMENTS | STORE_HISTORY);
	for (i = 0; i < options->arg_len && err == NULL; i++) {
		err = show(session, walk, &report, options->args[i], &found);
		if (err == NULL && !found)
			missing = options->args[i];
		any = any || found;
	}
	if (err == NULL && any)
		err = session_output(session, &report,
		    "text|markdown|mediawiki|json|jsonl");
	if (err == NULL && missing != NULL)
		err = err_new(ERR_CHECK, "show: %s: not in the store: import "
		    "or fetch it first", missing);
	store_walk_free(walk);
	report_release(&report);
	return err;
}
