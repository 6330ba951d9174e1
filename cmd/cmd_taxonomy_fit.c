/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* The taxonomy's numbers, fitted anew to the tags of the store. */

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "classify/fit.h"
#include "cmd/neighbours.h"
#include "cmd/session.h"
#include "fetch/bug.h"

enum {
	NAME_MAX_BYTES = 16384	/* of a file; the system takes no longer */
};

struct fitting {
	struct session *session;
	struct selection selection;
	struct fit *fit;
	struct buf path;
};

/* May a bug be asked?  Those of one fold do not help each other. */
static bool
in_other_fold(void *arg, int64_t bug, int64_t filed)
{
	const unsigned *fold = arg;

	(void)filed;
	return eval_fold(bug, FIT_FOLDS) != *fold;
}

static const struct err *
fit_bug(struct fitting *fitting, const struct bug *bug,
    const struct verdict *verdict, const size_t *gold, size_t gold_len)
{
	struct session *session = fitting->session;
	unsigned fold = eval_fold(bug->id, FIT_FOLDS);
	struct similar_filter filter = { .self = bug->id, .tagged = true,
	    .allow = in_other_fold, .arg = &fold };
	struct bug blind = *bug;
	const struct err *err = NULL;
	struct similar_votes votes = { .terms = NULL };
	struct fit_bug one;

	blind.text[BUG_WHITEBOARD] = "";
	if (session->taxonomy->neighbours.count > 0)
		err = neighbours_ask(session, &blind, verdict, &filter,
		    &votes);
	if (err == NULL)
		err = judge_run(&session->judge, TAX_STAGE_LABELS, &blind,
		    verdict, &session->diags);
	if (err != NULL)
		return err;
	one = (struct fit_bug){ bug->id, &session->judge.hits, votes.terms,
	    gold, gold_len };
	return fit_add(fitting->fit, &one);
}

/* Take a bug that has tags. */
static const struct err *
read_bug(struct fitting *fitting, const struct bug *bug)
{
	const struct taxonomy *taxonomy = fitting->session->taxonomy;
	size_t gold[WHITEBOARD_MAX_TAGS], len = 0, i, j, category;
	const struct err *err;
	struct verdict verdict;
	enum select_fate fate;

	verdict_read(bug, taxonomy, LABELS_TAGGED, NULL, &verdict);
	err = select_fate(&fitting->selection, bug, &verdict, taxonomy,
	    &fate);
	if (err != NULL || fate != SELECT_IN)
		return err;
	for (i = 0; i < verdict.board.tag_len; i++) {
		category = verdict.board.tags[i].category;
		for (j = 0; j < len && gold[j] != category; j++)
			continue;
		if (category != SIZE_MAX && j == len)
			gold[len++] = category;
	}
	return len > 0 ? fit_bug(fitting, bug, &verdict, gold, len) : NULL;
}

static const struct err *
read_all(struct fitting *fitting)
{
	struct store_walk *walk;
	const struct bug *bug;
	const struct err *err;

	err = store_walk_new(&walk, fitting->session->store,
	    STORE_COMMENTS | STORE_HISTORY);
	while (err == NULL) {
		err = store_next(walk, &bug);
		if (err != NULL || bug == NULL)
			break;
		err = read_bug(fitting, bug);
	}
	store_walk_free(walk);
	return err;
}

static const struct err *
put(void *arg, const char *name, const char *data, size_t len)
{
	struct fitting *fitting = arg;
	const struct err *err;

	buf_clear(&fitting->path);
	buf_fmt(&fitting->path, "%s/%s", fitting->session->options.args[1],
	    name);
	err = buf_error(&fitting->path, "a file's name");
	return err != NULL ? err : file_replace(buf_text(&fitting->path),
	    data, len);
}

/* The files, where a folder for them is named. */
static const struct err *
write_files(struct fitting *fitting, const struct fit_result *result)
{
	const struct options *options = &fitting->session->options;
	const struct err *err;

	if (options->arg_len < 2)
		return NULL;
	err = file_mkdirs(options->args[1]);
	if (err != NULL)
		return err;
	return taxonomy_renumber(result->taxonomy,
	    fitting->session->settings.value[SET_TAXONOMY], put, fitting);
}

static const struct err *
fit_all(struct fitting *fitting)
{
	struct session *session = fitting->session;
	const struct err *err;
	struct fit_result result;
	struct report report;

	err = fit_new(&fitting->fit, session->taxonomy);
	if (err == NULL)
		err = read_all(fitting);
	if (err == NULL)
		err = fit_run(fitting->fit, &result);
	if (err == NULL)
		err = write_files(fitting, &result);
	if (err != NULL)
		return err;
	report_init(&report, "Weights Fitted to Tags",
	    session->settings.value[SET_URL]);
	build_fit(&report, session->taxonomy, &result);
	err = session_output(session, &report, "text|markdown|html|csv|json");
	report_release(&report);
	return err;
}

const struct err *
cmd_taxonomy_fit(struct session *session)
{
	struct fitting fitting = { .session = session };
	const struct err *err;

	if (session->options.arg_len > 2)
		return err_new(ERR_USAGE, "taxonomy fit: %s: too many "
		    "arguments: usage: cabrief taxonomy fit [DIR]",
		    session->options.args[2]);
	/* Whoever tagged a bug knew what it is. */
	fitting.selection.all = true;
	buf_init(&fitting.path, NAME_MAX_BYTES);
	err = session_taxonomy(session);
	if (err == NULL)
		err = session_store(session, STORE_READ);
	if (err == NULL)
		err = fit_all(&fitting);
	fit_free(fitting.fit);
	buf_release(&fitting.path);
	return err;
}
