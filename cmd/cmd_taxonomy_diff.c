/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Which bugs of the store two taxonomies label otherwise, and why. */

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "classify/difference.h"
#include "cmd/session.h"

enum {
	WORDS_MAX = 1 << 20	/* bytes of what is said of one bug */
};

struct diff {
	struct session *session;
	struct report report;
	struct build_diff what;
	struct taxonomy *taxonomies[2];	/* before, after; NULL: not ours */
	struct judge judges[2];
	struct verdict verdicts[2];
	struct selection selection;
	struct buf before, after, why;
	size_t differences;
};

static void
add_labels(struct buf *out, const struct verdict *verdict, bool tagged)
{
	size_t i, len = tagged ? verdict->board.tag_len : verdict->label_len;

	buf_clear(out);
	for (i = 0; i < len; i++)
		buf_fmt(out, "%s%s", i > 0 ? " " : "", tagged ?
		    verdict->board.tags[i].name : verdict->labels[i].name);
}

static const struct err *
add(struct diff *diff, int64_t bug, bool tagged)
{
	const struct err *err;

	add_labels(&diff->before, &diff->verdicts[0], tagged);
	add_labels(&diff->after, &diff->verdicts[1], tagged);
	err = buf_error(&diff->before, "labels");
	if (err == NULL)
		err = buf_error(&diff->after, "labels");
	if (err == NULL)
		err = buf_error(&diff->why, "reasons");
	if (err != NULL)
		return err;
	build_diff_add(&diff->report, bug, tagged ? "tagged" : "inferred",
	    buf_text(&diff->before), buf_text(&diff->after),
	    buf_text(&diff->why));
	diff->differences++;
	return report_error(&diff->report);
}

static const struct err *
compare(struct diff *diff, const struct bug *bug)
{
	const struct difference_side before = { &diff->judges[0],
	    &diff->verdicts[0] };
	const struct difference_side after = { &diff->judges[1],
	    &diff->verdicts[1] };
	const struct err *err = NULL;
	enum select_fate fate;
	size_t i;

	for (i = 0; i < 2 && err == NULL; i++)
		err = judge_bug(&diff->judges[i], bug, NULL,
		    &diff->verdicts[i]);
	if (err == NULL)
		err = select_fate(&diff->selection, bug, &diff->verdicts[1],
		    diff->what.after, &fate);
	if (err != NULL || fate != SELECT_IN)
		return err;
	diff->what.bugs++;
	buf_clear(&diff->why);
	if (difference_tagged(&before, &after))
		err = add(diff, diff->verdicts[0].bug, true);
	if (err == NULL && difference_inferred(&before, &after, &diff->why))
		err = add(diff, diff->verdicts[0].bug, false);
	return err;
}

static const struct err *
compare_all(struct diff *diff)
{
	struct session *session = diff->session;
	struct store_walk *walk;
	const struct bug *bug;
	const struct err *err;

	err = store_walk_new(&walk, session->store,
	    STORE_COMMENTS | STORE_HISTORY);
	while (err == NULL) {
		err = session_next(session, walk, &bug);
		if (err != NULL || bug == NULL)
			break;
		err = compare(diff, bug);
	}
	store_walk_free(walk);
	return err;
}

/* "diff DIR": from the taxonomy in use to DIR; "diff DIR DIR": from the
 * first to the second. */
static const struct err *
load(struct diff *diff)
{
	const struct options *options = &diff->session->options;
	const struct taxonomy *taxonomies[2] = { NULL, NULL };
	const struct err *err = NULL;
	size_t i;

	diff->what.after_name = options->args[options->arg_len - 1];
	diff->what.before_name = options->args[1];
	if (options->arg_len == 2)
		diff->what.before_name =
		    diff->session->settings.value[SET_TAXONOMY];
	err = taxonomy_load(&diff->taxonomies[0], diff->what.before_name);
	if (err == NULL)
		err = taxonomy_load(&diff->taxonomies[1],
		    diff->what.after_name);
	if (diff->what.before_name == NULL)
		diff->what.before_name = "that of the program";
	for (i = 0; i < 2 && err == NULL; i++) {
		taxonomies[i] = diff->taxonomies[i];
		err = judge_init(&diff->judges[i], taxonomies[i]);
		diff->judges[i].labels = LABELS_INFERRED;
	}
	diff->what.before = taxonomies[0];
	diff->what.after = taxonomies[1];
	return err;
}

static const struct err *
report(struct diff *diff)
{
	struct session *session = diff->session;
	const struct err *err;

	build_diff_begin(&diff->report, &diff->what);
	err = compare_all(diff);
	if (err != NULL)
		return err;
	build_diff_end(&diff->report, &diff->what);
	return session_output(session, &diff->report, "text|html|csv|json");
}

const struct err *
cmd_taxonomy_diff(struct session *session)
{
	const struct err *err;
	struct diff diff;
	size_t i;

	if (session->options.arg_len < 2)
		return err_new(ERR_USAGE, "taxonomy diff: a folder is "
		    "missing: usage: cabrief taxonomy diff DIR [DIR]");
	memset(&diff, 0, sizeof(diff));
	diff.session = session;
	buf_init(&diff.before, WORDS_MAX);
	buf_init(&diff.after, WORDS_MAX);
	buf_init(&diff.why, WORDS_MAX);
	report_init(&diff.report, "Two taxonomies",
	    session->settings.value[SET_URL]);
	err = load(&diff);
	if (err == NULL)
		err = session_store(session, STORE_READ);
	if (err == NULL)
		err = report(&diff);
	if (err == NULL && diff.differences > 0)
		err = err_new(ERR_CHECK, "taxonomy diff: %zu difference%s",
		    diff.differences, diff.differences == 1 ? "" : "s");
	report_release(&diff.report);
	buf_release(&diff.why);
	buf_release(&diff.after);
	buf_release(&diff.before);
	for (i = 0; i < 2; i++) {
		judge_release(&diff.judges[i]);
		taxonomy_free(diff.taxonomies[i]);
	}
	return err;
}
