/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "cmd/lessons_walk.h"

#include "base/date.h"
#include "base/err.h"
#include "cmd/session.h"
#include "cmd/session_report.h"

/* The window before: of as many days, and next to it. */
static void
set_before(struct learning *learning)
{
	const struct window *window = &learning->selection.window;

	learning->before = learning->selection;
	learning->compared = learning->selection.windowed &&
	    window->from != DATE_NONE && window->to != INT64_MAX &&
	    learning->selection.cohort != COHORT_OPEN_ON;
	if (!learning->compared)
		return;
	learning->before.window.to = window->from - 1;
	learning->before.window.from -= window->to - window->from + 1;
}

static const struct err *
add(struct session *session, struct learning *learning,
    struct store_walk *walk, const struct bug *bug, struct verdict *verdict,
    enum select_fate *before)
{
	enum select_fate fate;
	const struct rule_hits *hits;
	const struct err *err;

	*before = SELECT_OUTSIDE;
	err = session_fate(session, walk, &learning->selection, bug, verdict,
	    &fate);
	if (err == NULL)
		err = tally_add(&learning->tally, bug, verdict, fate);
	if (err == NULL && learning->compared)
		err = session_fate(session, walk, &learning->before, bug,
		    verdict, before);
	if (err != NULL || (fate != SELECT_IN && *before != SELECT_IN))
		return err;
	if (fate == SELECT_IN && learning->lessons.words)
		err = session_comments(session, walk, bug);
	if (err == NULL)
		err = session_hits(session, walk, TAX_STAGE_LESSONS, bug,
		    verdict, &hits);
	if (err == NULL && fate == SELECT_IN)
		err = lessons_add(&learning->lessons, bug, verdict, hits,
		    false);
	if (err == NULL && *before == SELECT_IN)
		err = lessons_add(&learning->lessons, bug, verdict, hits,
		    true);
	return err;
}

/* What learning_walk was asked. */
struct visiting {
	struct session *session;
	struct learning *learning;
	const struct err *(*also)(void *arg, struct store_walk *walk,
	    const struct bug *bug, struct verdict *verdict,
	    enum select_fate before);
	void *arg;
};

static const struct err *
visit(void *arg, struct store_walk *walk, const struct bug *bug,
    struct verdict *verdict)
{
	const struct visiting *visiting = arg;
	enum select_fate before;
	const struct err *err;

	err = add(visiting->session, visiting->learning, walk, bug, verdict,
	    &before);
	if (err != NULL || visiting->also == NULL)
		return err;
	return visiting->also(visiting->arg, walk, bug, verdict, before);
}

/* Find the words to quote: of the few bugs that have them. */
static const struct err *
quote(struct session *session, struct learning *learning)
{
	struct lesson_theme *theme;
	struct lesson_words *words;
	struct store_walk *walk;
	const struct err *err;
	const struct bug *bug;
	size_t i, k, found;

	/* Texts are the same on every day. */
	err = store_walk_new(&walk, session->store, STORE_COMMENTS);
	for (i = 0; i < learning->lessons.theme_len && err == NULL; i++) {
		theme = &learning->lessons.themes[i];
		found = 0;
		for (k = 0; k < theme->quote_len && found < LESSONS_QUOTES &&
		    err == NULL; k++) {
			words = &theme->quotes[k];
			err = store_seek(walk, words->bug);
			if (err == NULL)
				err = store_next(walk, &bug);
			if (err == NULL && bug != NULL)
				err = lessons_quote(&learning->lessons,
				    words, bug);
			found += words->text != NULL;
		}
	}
	store_walk_free(walk);
	return err;
}

const struct err *
learning_begin(struct session *session, struct learning *learning,
    const struct tax_scheme *scheme, const struct tax_scheme *groups)
{
	const struct taxonomy *taxonomy = session->taxonomy;
	const struct err *err;

	err = lessons_init(&learning->lessons, taxonomy, groups);
	if (err != NULL)
		return err;
	tally_init(&learning->tally, taxonomy, scheme);
	judge_want(&session->judge, scheme);
	judge_want(&session->judge,
	    &taxonomy->schemes[taxonomy->lessons_scheme]);
	set_before(learning);
	return NULL;
}

void
learning_release(struct learning *learning)
{
	if (learning->tally.scheme != NULL)
		tally_release(&learning->tally);
	lessons_release(&learning->lessons);
	session_select_release(&learning->selection);
}

const struct err *
learning_walk(struct session *session, struct learning *learning,
    const struct err *(*also)(void *arg, struct store_walk *walk,
    const struct bug *bug, struct verdict *verdict,
    enum select_fate before), void *arg)
{
	struct visiting visiting = { session, learning, also, arg };
	const struct err *err;

	err = session_visit(session, &learning->selection, visit, &visiting);
	if (err == NULL)
		err = tally_finish(&learning->tally);
	if (err == NULL)
		err = lessons_finish(&learning->lessons);
	if (err == NULL)
		err = quote(session, learning);
	return err;
}
