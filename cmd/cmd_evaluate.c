/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "classify/eval.h"
#include "classify/gold.h"
#include "cmd/neighbours.h"
#include "cmd/session.h"
#include "fetch/bug.h"

enum {
	FOLDS = 10,		/* where --folds does not say */
	FOLDS_MAX = 1000,
	TITLE_MAX = 1024,	/* bytes of the report's title */
	NAME_MAX_BYTES = 16384	/* of a file; the system takes no longer */
};

struct evaluation {
	struct session *session;
	struct selection selection;
	const struct tax_scheme *scheme;
	struct build_evaluate what;
	struct gold gold;
	struct eval eval;
	struct buf name;	/* of the gold file, clean */
	int *chances, *sure;	/* one a row */
};

/* How similar incidents vote. */
static const struct err *
read_votes(const struct options *options, const struct tax_scheme *scheme,
    struct build_evaluate *out)
{
	const char *folds = option_last(options, OPT_FOLDS);
	int64_t number = FOLDS;

	if (option_given(options, OPT_FOLDS) +
	    option_given(options, OPT_PREQUENTIAL) +
	    option_given(options, OPT_NO_NEIGHBOURS) > 1)
		return err_new(ERR_USAGE, "evaluate: --folds, --prequential "
		    "and --no-neighbours exclude each other: give one");
	if (folds != NULL && (!text_int(folds, strlen(folds), &number) ||
	    number < 2 || number > FOLDS_MAX))
		return err_new(ERR_USAGE, "--folds: %s: no number of parts: "
		    "give 2 to %d", folds, FOLDS_MAX);
	out->folds = (unsigned)number;
	out->votes = BUILD_VOTES_FOLDS;
	if (option_given(options, OPT_PREQUENTIAL))
		out->votes = BUILD_VOTES_EARLIER;
	/* They carry tags, and tags tell nothing of causes. */
	if (option_given(options, OPT_NO_NEIGHBOURS) || scheme->causes)
		out->votes = BUILD_VOTES_NONE;
	return NULL;
}

/* --gold FILE */
static const struct err *
read_gold(struct evaluation *evaluation)
{
	const char *path = option_last(&evaluation->session->options,
	    OPT_GOLD);
	const struct err *err;
	struct buf file;

	if (path == NULL || strcmp(path, "whiteboard") == 0)
		return NULL;
	buf_init(&file, GOLD_MAX_FILE);
	(void)text_clean(&evaluation->name, path, strlen(path));
	err = buf_error(&evaluation->name, "a file's name");
	if (err == NULL)
		err = file_read(path, &file);
	if (err == NULL)
		err = gold_read(&evaluation->gold, path, buf_text(&file),
		    file.len);
	buf_release(&file);
	evaluation->what.gold = &evaluation->gold;
	evaluation->what.name = buf_text(&evaluation->name);
	return err;
}

static const struct err *
prepare(struct evaluation *evaluation)
{
	struct session *session = evaluation->session;
	struct selection *selection = &evaluation->selection;
	const char *gold = option_last(&session->options, OPT_GOLD);
	const char *by = option_last(&session->options, OPT_BY);
	size_t rows = evaluation->scheme->row_len;
	const struct err *err;

	err = read_votes(&session->options, evaluation->scheme,
	    &evaluation->what);
	if (err == NULL)
		err = session_select(session, selection);
	if (err != NULL)
		return err;
	if (evaluation->scheme->causes &&
	    (gold == NULL || strcmp(gold, "whiteboard") == 0))
		return err_new(ERR_USAGE, "evaluate: --scheme: %s: a "
		    "whiteboard names no cause: give --gold FILE",
		    evaluation->scheme->id);
	if (by != NULL && strcmp(by, "year") != 0)
		return err_new(ERR_USAGE, "evaluate: --by: %s: no period of "
		    "filing: give year", by);
	if (selection->labels != LABELS_INFERRED &&
	    option_given(&session->options, OPT_LABELS))
		return err_new(ERR_USAGE, "evaluate: --labels: only what is "
		    "inferred can be judged: leave the option out");
	/* Whoever labelled a bug wants it judged. */
	selection->all = true;
	evaluation->what.by_year = by != NULL;
	evaluation->chances = mem_alloc(rows, sizeof(*evaluation->chances));
	evaluation->sure = mem_alloc(rows, sizeof(*evaluation->sure));
	if (evaluation->chances == NULL || evaluation->sure == NULL)
		return err_memory();
	return read_gold(evaluation);
}

/* The true rows of a bug; none when it has no gold labels. */
static void
find_gold(struct evaluation *evaluation, const struct bug *bug,
    const struct verdict *verdict, enum select_fate fate,
    struct placing *room, struct eval_bug *out)
{
	static const enum gold_fate fates[SELECT_FATE__MAX] = {
		[SELECT_IN] = GOLD_JUDGED,
		[SELECT_OUTSIDE] = GOLD_OUTSIDE,
		[SELECT_COMPONENT] = GOLD_COMPONENT,
		[SELECT_UNDATED] = GOLD_OUTSIDE,
		[SELECT_UNSEARCHED] = GOLD_OUTSIDE
	};
	struct gold_bug *found;

	if (evaluation->what.gold == NULL) {
		gold_board(evaluation->scheme, &verdict->board, room);
		out->gold = room->rows;
		out->gold_len = room->len;
		return;
	}
	found = gold_find(&evaluation->gold, bug->id);
	if (found == NULL)
		return;
	found->fate = fates[fate];
	out->gold = found->rows;
	out->gold_len = found->row_len;
}

/* Of whom votes are asked. */
struct asking {
	const struct build_evaluate *what;
	int64_t bug, filed;
};

static bool
may_vote(void *arg, int64_t bug, int64_t filed)
{
	const struct asking *asking = arg;
	unsigned folds = asking->what->folds;

	if (asking->what->votes == BUILD_VOTES_EARLIER)
		return filed != DATE_NONE && filed < asking->filed;
	return eval_fold(bug, folds) != eval_fold(asking->bug, folds);
}

/* `out` must live as long as the votes are needed. */
static const struct err *
ask_neighbours(struct evaluation *evaluation, const struct bug *bug,
    const struct verdict *verdict, struct similar_votes *out)
{
	struct asking asking = { &evaluation->what, bug->id,
	    bug->num[BUG_CREATED] };
	struct similar_filter filter = { .self = bug->id, .tagged = true,
	    .allow = may_vote, .arg = &asking };
	const struct err *err = NULL;

	out->terms = NULL;
	if (evaluation->what.votes != BUILD_VOTES_NONE)
		err = neighbours_ask(evaluation->session, bug, verdict,
		    &filter, out);
	evaluation->session->judge.neighbours = out->terms;
	return err;
}

/* Judge the bug as if nobody had written on its whiteboard. */
static const struct err *
judge_blindly(struct evaluation *evaluation, const struct bug *bug,
    const struct verdict *seen, struct eval_bug *out)
{
	struct session *session = evaluation->session;
	struct bug blind = *bug;
	struct similar_votes votes;
	const struct err *err;
	struct placing placing;
	struct verdict verdict;

	err = ask_neighbours(evaluation, bug, seen, &votes);
	if (err != NULL)
		return err;
	blind.text[BUG_WHITEBOARD] = "";
	err = judge_bug(&session->judge, &blind, &session->diags, &verdict);
	if (err != NULL)
		return err;
	placing_read(evaluation->scheme, &verdict, &placing);
	placing_chances(&session->judge, evaluation->scheme, &verdict,
	    evaluation->chances);
	placing_sure(&session->judge, evaluation->scheme, &verdict,
	    evaluation->sure);
	out->bug = bug->id;
	date_split(date_day(bug->num[BUG_CREATED]), &out->year, NULL, NULL);
	out->said = placing.rows;
	out->said_len = placing.len;
	out->chances = evaluation->chances;
	out->sure = evaluation->sure;
	return eval_add(&evaluation->eval, out);
}

static const struct err *
judge_one(struct evaluation *evaluation, struct store_walk *walk,
    const struct bug *bug)
{
	const struct taxonomy *taxonomy = evaluation->session->taxonomy;
	const struct err *err;
	struct verdict verdict;
	struct placing room;
	struct eval_bug out;
	enum select_fate fate;

	memset(&out, 0, sizeof(out));
	verdict_read(bug, taxonomy, LABELS_TAGGED, NULL, &verdict);
	err = session_fate(evaluation->session, walk, &evaluation->selection,
	    bug, &verdict, &fate);
	if (err != NULL)
		return err;
	find_gold(evaluation, bug, &verdict, fate, &room, &out);
	if (fate != SELECT_IN || out.gold_len == 0)
		return NULL;
	return judge_blindly(evaluation, bug, &verdict, &out);
}

static const struct err *
judge_all(struct evaluation *evaluation)
{
	struct session *session = evaluation->session;
	const struct err *err;
	const struct bug *bug;
	struct store_walk *walk;

	session->judge.labels = LABELS_INFERRED;
	/* Whiteboards tell a theme only as far as tags do: so the labels
	 * they are compared with are taken the same way. */
	if (evaluation->what.gold != NULL)
		judge_want(&session->judge, evaluation->scheme);
	err = session_walk_new(&walk, session,
	    STORE_COMMENTS | STORE_HISTORY);
	while (err == NULL) {
		err = session_next(session, walk, &bug);
		if (err != NULL || bug == NULL)
			break;
		err = judge_one(evaluation, walk, bug);
	}
	store_walk_free(walk);
	return err != NULL ? err : eval_finish(&evaluation->eval);
}

static const struct err *
print(struct evaluation *evaluation)
{
	struct session *session = evaluation->session;
	const struct err *err;
	struct build_source source;
	struct report report;
	struct buf title;

	session_source(session, &source);
	buf_init(&title, TITLE_MAX);
	buf_fmt(&title, "Rules against Gold Labels: %s",
	    evaluation->scheme->title);
	report_init(&report, buf_text(&title),
	    session->settings.value[SET_URL]);
	build_evaluate(&report, &evaluation->what, &evaluation->selection,
	    &source);
	err = session_output(session, &report, "text|markdown|html|csv|json");
	report_release(&report);
	buf_release(&title);
	return err;
}

const struct err *
cmd_evaluate(struct session *session)
{
	struct evaluation evaluation;
	const struct err *err;

	memset(&evaluation, 0, sizeof(evaluation));
	evaluation.session = session;
	evaluation.what.eval = &evaluation.eval;
	buf_init(&evaluation.name, NAME_MAX_BYTES);
	err = session_taxonomy(session);
	if (err == NULL)
		err = session_scheme(session, &evaluation.scheme);
	if (err != NULL)
		return err;
	gold_init(&evaluation.gold, session->taxonomy, evaluation.scheme);
	eval_init(&evaluation.eval, evaluation.scheme);
	err = prepare(&evaluation);
	if (err == NULL)
		err = session_store(session, STORE_READ);
	if (err == NULL)
		err = judge_all(&evaluation);
	if (err == NULL)
		err = print(&evaluation);
	if (err == NULL && evaluation.eval.len == 0)
		err = err_new(ERR_CHECK, "evaluate: nothing to judge: none of "
		    "the selected incidents has gold labels: see cabrief "
		    "status");
	mem_free(evaluation.chances);
	mem_free(evaluation.sure);
	buf_release(&evaluation.name);
	gold_release(&evaluation.gold);
	eval_release(&evaluation.eval);
	session_select_release(&evaluation.selection);
	return err;
}
