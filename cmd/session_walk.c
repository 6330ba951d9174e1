/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* The bugs of the store, judged one by one. */

#include "cmd/session.h"

#include "base/err.h"
#include "classify/verdict.h"
#include "cmd/neighbours.h"
#include "cmd/session_report.h"
#include "fetch/bug.h"

static void
say_cut(struct session *session, const struct bug *bug)
{
	struct diag diag = { .code = DIAG_BUG_CUT, .bug = bug->id };

	diag_report(&session->diags, &diag);
}

const struct err *
session_comments(struct session *session, struct store_walk *walk,
    const struct bug *bug)
{
	const struct err *err;
	bool cut = bug->cut;

	err = store_load_comments(walk);
	if (err == NULL && bug->cut && !cut)
		say_cut(session, bug);
	return err;
}

const struct err *
session_judge(struct session *session, struct store_walk *walk,
    const struct bug *bug, struct verdict *verdict)
{
	struct judge *judge = &session->judge;
	const struct rule_hits *hits;
	const struct err *err;

	verdict_read(bug, session->taxonomy, judge->labels, &session->diags,
	    verdict);
	overrides_apply(&session->overrides, bug, session->taxonomy,
	    judge->labels, &session->diags, verdict);
	if (!judge_wants_rules(judge, verdict))
		return NULL;
	err = session_hits(session, walk, TAX_STAGE_LABELS, bug, verdict,
	    &hits);
	if (err == NULL)
		err = neighbours_judge(session, walk, bug, verdict);
	if (err == NULL)
		judge_settle(judge, verdict);
	return err;
}

void
session_want_causes(struct session *session)
{
	const struct tax_scheme *causes = taxonomy_causes(session->taxonomy);

	if (causes != NULL)
		judge_want(&session->judge, causes);
}

const struct err *
session_causes(struct session *session, struct store_walk *walk,
    const struct bug *bug, struct verdict *verdict)
{
	const struct rule_hits *hits;
	const struct err *err;

	if (!judge_wants_causes(&session->judge))
		return NULL;
	err = session_hits(session, walk, TAX_STAGE_REPORTS, bug, verdict,
	    &hits);
	if (err == NULL)
		judge_settle_causes(&session->judge, verdict);
	return err;
}

const struct err *
session_fate(struct session *session, struct store_walk *walk,
    const struct selection *selection, const struct bug *bug,
    struct verdict *verdict, enum select_fate *fate)
{
	const struct err *err;

	err = select_fate(selection, bug, verdict, session->taxonomy, fate);
	/* Reports are long: only those are read that are spoken of. */
	if (err != NULL || *fate == SELECT_OUTSIDE ||
	    (*fate != SELECT_IN && selection->causes.len == 0))
		return err;
	err = session_causes(session, walk, bug, verdict);
	if (err == NULL && !select_cause(selection, verdict))
		*fate = SELECT_OUTSIDE;
	return err;
}

const struct err *
session_check_comments(struct session *session)
{
	struct store_counts counts;

	/* Only new ones bring new oddities. */
	store_run_counts(session->store, &counts);
	if (counts.comments_new == 0)
		return NULL;
	return store_shared_comments(session->store, &session->diags);
}

const struct err *
session_next(struct session *session, struct store_walk *walk,
    const struct bug **out)
{
	const struct err *err = store_next(walk, out);

	if (*out != NULL && (*out)->cut)
		say_cut(session, *out);
	return err;
}

const struct err *
session_visit(struct session *session, const struct selection *selection,
    const struct err *(*visit)(void *arg, struct store_walk *walk,
    const struct bug *bug, struct verdict *verdict), void *arg)
{
	unsigned with = STORE_HISTORY;
	const struct err *err;
	const struct bug *bug;
	struct store_walk *walk;
	struct verdict verdict;

	session->judge.labels = selection->labels;
	if (selection->text != NULL)
		with |= STORE_COMMENTS;
	err = session_walk_new(&walk, session, with);
	while (err == NULL) {
		err = session_next(session, walk, &bug);
		if (err != NULL || bug == NULL)
			break;
		err = session_judge(session, walk, bug, &verdict);
		if (err == NULL)
			err = visit(arg, walk, bug, &verdict);
	}
	if (err == NULL)
		overrides_end(&session->overrides, &session->diags);
	store_walk_free(walk);
	store_cache_end(session->store);
	return err;
}

/* What session_walk was asked. */
struct walking {
	struct session *session;
	const struct selection *selection;
	const struct err *(*each)(void *arg, const struct bug *bug,
	    const struct verdict *verdict, enum select_fate fate);
	void *arg;
};

static const struct err *
visit_selected(void *arg, struct store_walk *walk, const struct bug *bug,
    struct verdict *verdict)
{
	const struct walking *walking = arg;
	const struct err *err;
	enum select_fate fate;

	err = session_fate(walking->session, walk, walking->selection, bug,
	    verdict, &fate);
	return err != NULL ? err :
	    walking->each(walking->arg, bug, verdict, fate);
}

const struct err *
session_walk(struct session *session, const struct selection *selection,
    const struct err *(*each)(void *arg, const struct bug *bug,
    const struct verdict *verdict, enum select_fate fate), void *arg)
{
	struct walking walking = { session, selection, each, arg };

	return session_visit(session, selection, visit_selected, &walking);
}
