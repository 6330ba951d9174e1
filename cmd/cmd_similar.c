/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "classify/similar.h"
#include "cmd/neighbours.h"
#include "cmd/session.h"
#include "fetch/bug.h"

enum {
	LIMIT = 10,		/* where --limit does not say */
	LIMIT_MAX = 1000	/* nobody reads more, and all are held */
};

static const char formats[] = "text|markdown|html|csv|json|jsonl";

struct asking {
	struct session *session;
	int64_t bug;
	size_t limit;
	struct similar *index;
	struct neighbour *found;
	struct report report;
};

static const struct err *
read_words(const struct options *options, struct asking *asking)
{
	const char *word = options->args[0];
	const char *limit = option_last(options, OPT_LIMIT);
	int64_t number = LIMIT;

	if (!text_int(word, strlen(word), &asking->bug) || asking->bug == 0)
		return err_new(ERR_USAGE, "similar: %s: no bug number: "
		    "give digits alone", word);
	if (limit != NULL && (!text_int(limit, strlen(limit), &number) ||
	    number == 0 || number > LIMIT_MAX))
		return err_new(ERR_USAGE, "--limit: %s: no number of "
		    "incidents: give 1 to %d", limit, LIMIT_MAX);
	asking->limit = (size_t)number;
	return NULL;
}

/* A bug and what its fields tell; *out is NULL when it is not stored. */
static const struct err *
fetch_bug(const struct asking *asking, struct store_walk *walk, int64_t id,
    const struct bug **out, struct verdict *verdict)
{
	const struct err *err;

	err = store_seek(walk, id);
	if (err == NULL)
		err = store_next(walk, out);
	if (err != NULL || *out == NULL)
		return err;
	verdict_read(*out, asking->session->taxonomy, LABELS_TAGGED, NULL,
	    verdict);
	return session_causes(asking->session, walk, *out, verdict);
}

/* Ask about the bug; begins the report. */
static const struct err *
ask(struct asking *asking, struct store_walk *walk, size_t *len)
{
	const struct taxonomy *taxonomy = asking->session->taxonomy;
	struct similar_filter filter = { .self = asking->bug };
	const struct err *err;
	const struct bug *bug;
	struct similar_text text;
	struct verdict verdict;

	err = fetch_bug(asking, walk, asking->bug, &bug, &verdict);
	if (err != NULL)
		return err;
	if (bug == NULL)
		return session_missing(asking->session,
		    asking->session->options.args[0]);
	neighbours_text(bug, &verdict, &text);
	*len = similar_query(asking->index, &text, &filter, asking->found,
	    asking->limit);
	build_similar_begin(&asking->report, bug, &verdict, taxonomy);
	return report_error(&asking->report);
}

static const struct err *
add_all(struct asking *asking, struct store_walk *walk, size_t len)
{
	const struct err *err = NULL;
	const struct bug *bug;
	struct verdict verdict;
	size_t i;

	for (i = 0; i < len && err == NULL; i++) {
		err = fetch_bug(asking, walk, asking->found[i].bug, &bug,
		    &verdict);
		if (err != NULL || bug == NULL)
			continue;
		build_similar_add(&asking->report, bug, &verdict,
		    asking->session->taxonomy,
		    neighbours_thousandths(&asking->found[i]));
		err = report_error(&asking->report);
	}
	return err;
}

static const struct err *
answer(struct asking *asking)
{
	struct session *session = asking->session;
	struct store_walk *walk = NULL;
	const struct err *err;
	struct build_source source;
	unsigned with = STORE_HISTORY | STORE_FIRST;
	size_t len = 0;

	/* Causes are found in all comments, not in the first alone. */
	if (session_for_programs(session)) {
		session_want_causes(session);
		with = STORE_HISTORY | STORE_COMMENTS;
	}
	err = neighbours_index(session, SIZE_MAX, &asking->index);
	if (err == NULL)
		err = session_walk_new(&walk, session, with);
	if (err == NULL)
		err = ask(asking, walk, &len);
	if (err == NULL)
		err = add_all(asking, walk, len);
	store_walk_free(walk);
	if (err != NULL)
		return err;
	session_source(session, &source);
	build_similar_end(&asking->report, &source);
	return session_output(session, &asking->report, formats);
}

const struct err *
cmd_similar(struct session *session)
{
	const struct err *err;
	struct asking asking;

	memset(&asking, 0, sizeof(asking));
	asking.session = session;
	err = read_words(&session->options, &asking);
	if (err == NULL)
		err = session_format(session, formats);
	if (err == NULL)
		err = session_taxonomy(session);
	if (err == NULL)
		err = session_store(session, STORE_READ);
	if (err != NULL)
		return err;
	report_init(&asking.report, "Similar incidents",
	    session->settings.value[SET_URL]);
	asking.found = mem_alloc(asking.limit, sizeof(*asking.found));
	err = asking.found != NULL ? answer(&asking) : err_memory();
	mem_free(asking.found);
	similar_free(asking.index);
	report_release(&asking.report);
	return err;
}
