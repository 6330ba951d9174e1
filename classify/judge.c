/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/judge.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "classify/report_text.h"
#include "classify/role.h"
#include "classify/words.h"
#include "fetch/bug.h"
#include "taxonomy/taxonomy.h"

const struct err *
judge_init(struct judge *judge, const struct taxonomy *taxonomy)
{
	const struct err *err;
	size_t i, rows = 0;

	memset(judge, 0, sizeof(*judge));
	judge->taxonomy = taxonomy;
	for (i = 0; i < taxonomy->scheme_len; i++)
		if (taxonomy->schemes[i].row_len > rows)
			rows = taxonomy->schemes[i].row_len;
	for (i = 0; i < taxonomy->rule_len; i++)
		if (taxonomy->rules[i].field == TAX_FIELD_SECTION)
			judge->sections[taxonomy->rules[i].stage] = true;
	judge->categories = mem_alloc(taxonomy->category_len,
	    sizeof(*judge->categories));
	if (judge->categories == NULL)
		return err_memory();
	for (i = 0; i < VERDICT_SCHEMES; i++) {
		judge->rows[i] = mem_alloc(rows, sizeof(**judge->rows));
		if (judge->rows[i] == NULL)
			return err_memory();
	}
	err = rule_hits_init(&judge->hits, taxonomy);
	if (err == NULL)
		err = rule_hits_init(&judge->report_hits, taxonomy);
	if (err == NULL)
		err = rule_hits_init(&judge->lesson_hits, taxonomy);
	return err;
}

void
judge_release(struct judge *judge)
{
	size_t i;

	for (i = 0; i < TAX_STAGE__MAX; i++)
		rules_free(judge->rules[i]);
	report_reader_free(judge->reader);
	rule_hits_release(&judge->hits);
	rule_hits_release(&judge->report_hits);
	rule_hits_release(&judge->lesson_hits);
	mem_free(judge->categories);
	for (i = 0; i < VERDICT_SCHEMES; i++)
		mem_free(judge->rows[i]);
	memset(judge, 0, sizeof(*judge));
}

void
judge_want(struct judge *judge, const struct tax_scheme *scheme)
{
	if (judge_scores(judge, scheme) == NULL &&
	    judge->scheme_len < VERDICT_SCHEMES)
		judge->schemes[judge->scheme_len++] = scheme;
}

const struct score *
judge_scores(const struct judge *judge, const struct tax_scheme *scheme)
{
	size_t i;

	for (i = 0; i < judge->scheme_len; i++)
		if (judge->schemes[i] == scheme)
			return judge->rows[i];
	return NULL;
}

/* Do its rows follow from the rules of the first stage? */
static bool
is_ruled(const struct judge *judge, const struct tax_scheme *scheme)
{
	return scheme->ruled && !scheme->causes &&
	    judge->labels != LABELS_TAGGED;
}

bool
judge_wants_rules(const struct judge *judge, const struct verdict *verdict)
{
	size_t i;

	for (i = 0; i < judge->scheme_len; i++)
		if (is_ruled(judge, judge->schemes[i]))
			return true;
	return judge->always || verdict->source == LABEL_INFERRED;
}

bool
judge_wants_causes(const struct judge *judge)
{
	size_t i;

	for (i = 0; i < judge->scheme_len; i++)
		if (judge->schemes[i]->causes)
			return true;
	return false;
}

struct rule_hits *
judge_hits(struct judge *judge, enum tax_stage stage)
{
	switch (stage) {
	case TAX_STAGE_REPORTS:
		return &judge->report_hits;
	case TAX_STAGE_LESSONS:
		return &judge->lesson_hits;
	case TAX_STAGE_LABELS:
	case TAX_STAGE__MAX:
		break;
	}
	return &judge->hits;
}

const struct err *
judge_report(struct judge *judge, const struct bug *bug,
    struct diag_sink *sink, const struct report_text **out)
{
	const struct err *err = NULL;

	*out = judge->report;
	if (judge->report != NULL && judge->report_bug == bug->id &&
	    judge->report_comments == bug->comments &&
	    judge->report_comment_len == bug->comment_len)
		return NULL;
	*out = judge->report = NULL;
	if (judge->reader == NULL)
		err = report_reader_new(&judge->reader, judge->taxonomy);
	if (err == NULL)
		err = report_read(judge->reader, bug, sink, out);
	if (err != NULL)
		return err;
	judge->report = *out;
	judge->report_bug = bug->id;
	judge->report_comments = bug->comments;
	judge->report_comment_len = bug->comment_len;
	return NULL;
}

static void
set_text(struct rule_text *text, const char *data, size_t offset)
{
	text->data = data + offset;
	text->len = strlen(text->data);
	text->offset = offset;
}

/* The owner as it was called then, or the prefix that names none. */
static void
set_owner(const struct judge *judge, const struct bug *bug,
    const struct verdict *verdict, struct rule_text *text)
{
	const struct owner_match *owner = &verdict->owner;

	if (owner->owner != SIZE_MAX) {
		set_text(text, owner_name_then(judge->taxonomy,
		    owner->owner), 0);
		return;
	}
	text->data = bug->text[BUG_SUMMARY] + owner->prefix;
	text->len = owner->prefix_len;
	text->offset = 0;
}

/* What role_of() has to know of a bug. */
struct speakers {
	const struct bug *bug;
	const struct verdict *verdict;
	const struct taxonomy *taxonomy;
};

static bool
is_by_ca(const void *arg, const struct comment *comment)
{
	const struct speakers *speakers = arg;

	return role_of(speakers->bug, speakers->verdict, speakers->taxonomy,
	    comment->creator, comment->time) == ROLE_CA;
}

const struct err *
judge_run(struct judge *judge, enum tax_stage stage, const struct bug *bug,
    const struct verdict *verdict, struct diag_sink *sink)
{
	const struct speakers speakers = { bug, verdict, judge->taxonomy };
	struct rules **rules = &judge->rules[stage];
	const struct err *err = NULL;
	struct rule_input input;
	struct buf words;

	memset(&input, 0, sizeof(input));
	buf_init(&words, BUG_MAX_BYTES);
	if (*rules == NULL)
		err = rules_new(rules, judge->taxonomy, stage);
	if (err == NULL && judge->sections[stage])
		err = judge_report(judge, bug, sink, &input.report);
	if (err != NULL)
		return err;
	input.bug = bug->id;
	input.filed = date_day(bug->num[BUG_CREATED]);
	set_text(&input.text[TAX_FIELD_SUMMARY], bug->text[BUG_SUMMARY], 0);
	set_text(&input.text[TAX_FIELD_TITLE], bug->text[BUG_SUMMARY],
	    verdict->owner.rest);
	set_owner(judge, bug, verdict, &input.text[TAX_FIELD_OWNER]);
	words_read(bug->text[BUG_WHITEBOARD], judge->taxonomy, &words);
	set_text(&input.text[TAX_FIELD_WORDS], buf_text(&words), 0);
	input.comments = bug->comments;
	input.comment_len = bug->comment_len;
	input.is_by_ca = is_by_ca;
	input.speakers = &speakers;
	err = buf_error(&words, "words of the whiteboard");
	if (err == NULL)
		err = rules_run(*rules, &input, sink,
		    judge_hits(judge, stage));
	buf_release(&words);
	return err;
}

static void
settle_labels(const struct judge *judge, struct verdict *verdict)
{
	const struct taxonomy *taxonomy = judge->taxonomy;
	const struct score *score;
	struct label *label;
	size_t i;

	for (i = 0; i < taxonomy->category_len &&
	    verdict->source == LABEL_INFERRED &&
	    verdict->label_len < WHITEBOARD_MAX_TAGS; i++) {
		if (!judge->categories[i].given)
			continue;
		label = &verdict->labels[verdict->label_len++];
		label->category = i;
		label->name = taxonomy->categories[i].id;
	}
	for (i = 0; i < verdict->label_len; i++) {
		label = &verdict->labels[i];
		if (label->category == SIZE_MAX)
			continue;
		score = &judge->categories[label->category];
		label->score = score->score;
		label->confidence = score->confidence;
		label->fallback = score->fallback;
	}
}

/* Score the rows of a scheme; what tells nothing of causes is no cause. */
static void
settle_rows(struct judge *judge, size_t which, const struct rule_hits *hits,
    struct verdict *verdict)
{
	const struct tax_scheme *scheme = judge->schemes[which];
	struct score *rows = judge->rows[which];
	size_t labels[WHITEBOARD_MAX_TAGS], i;
	struct verdict_rows *out = &verdict->placed[verdict->placed_len++];

	out->scheme = scheme;
	out->len = 0;
	for (i = 0; i < verdict->label_len; i++)
		labels[i] = verdict->labels[i].category;
	score_rows(judge->taxonomy, scheme, hits, labels, verdict->label_len,
	    rows);
	for (i = 0; i < scheme->row_len && out->len < WHITEBOARD_MAX_TAGS;
	    i++)
		if (rows[i].given &&
		    !(scheme->causes && i == scheme->residual))
			out->rows[out->len++] = i;
}

void
judge_settle(struct judge *judge, struct verdict *verdict)
{
	size_t i;

	score_categories(judge->taxonomy, &judge->hits, judge->neighbours,
	    judge->categories);
	verdict->judged = true;
	settle_labels(judge, verdict);
	for (i = 0; i < judge->scheme_len; i++)
		if (is_ruled(judge, judge->schemes[i]))
			settle_rows(judge, i, &judge->hits, verdict);
}

void
judge_settle_causes(struct judge *judge, struct verdict *verdict)
{
	size_t i;

	for (i = 0; i < judge->scheme_len; i++)
		if (judge->schemes[i]->causes)
			settle_rows(judge, i, &judge->report_hits, verdict);
}

const struct err *
judge_bug(struct judge *judge, const struct bug *bug,
    struct diag_sink *sink, struct verdict *verdict)
{
	const struct err *err = NULL;

	verdict_read(bug, judge->taxonomy, judge->labels, sink, verdict);
	if (judge_wants_rules(judge, verdict)) {
		err = judge_run(judge, TAX_STAGE_LABELS, bug, verdict, sink);
		if (err == NULL)
			judge_settle(judge, verdict);
	}
	if (err == NULL && judge_wants_causes(judge)) {
		err = judge_run(judge, TAX_STAGE_REPORTS, bug, verdict, sink);
		if (err == NULL)
			judge_settle_causes(judge, verdict);
	}
	return err;
}

const char *
judge_key(const struct judge *judge, char out[JUDGE_KEY])
{
	(void)snprintf(out, JUDGE_KEY, "%d:%s", JUDGE_VERSION,
	    judge->taxonomy->sha256);
	return out;
}
