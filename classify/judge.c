/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/judge.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "classify/words.h"
#include "fetch/bug.h"
#include "taxonomy/taxonomy.h"

const struct err *
judge_init(struct judge *judge, const struct taxonomy *taxonomy)
{
	size_t i, rows = 0;

	memset(judge, 0, sizeof(*judge));
	judge->taxonomy = taxonomy;
	for (i = 0; i < taxonomy->scheme_len; i++)
		if (taxonomy->schemes[i].row_len > rows)
			rows = taxonomy->schemes[i].row_len;
	judge->categories = mem_alloc(taxonomy->category_len,
	    sizeof(*judge->categories));
	judge->rows = mem_alloc(rows, sizeof(*judge->rows));
	if (judge->categories == NULL || judge->rows == NULL)
		return err_memory();
	return rule_hits_init(&judge->hits, taxonomy);
}

void
judge_release(struct judge *judge)
{
	rules_free(judge->rules);
	rule_hits_release(&judge->hits);
	mem_free(judge->categories);
	mem_free(judge->rows);
	memset(judge, 0, sizeof(*judge));
}

static bool
wants_rows(const struct judge *judge)
{
	return judge->scheme != NULL && judge->scheme->ruled &&
	    judge->labels != LABELS_TAGGED;
}

bool
judge_wants_rules(const struct judge *judge, const struct verdict *verdict)
{
	return judge->always || wants_rows(judge) ||
	    verdict->source == LABEL_INFERRED;
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

const struct err *
judge_run(struct judge *judge, const struct bug *bug,
    const struct verdict *verdict, struct diag_sink *sink)
{
	const struct err *err = NULL;
	struct rule_input input;
	struct buf words;

	memset(&input, 0, sizeof(input));
	buf_init(&words, BUG_MAX_BYTES);
	if (judge->rules == NULL)
		err = rules_new(&judge->rules, judge->taxonomy);
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
	input.assigned_to = bug->text[BUG_ASSIGNED_TO];
	err = buf_error(&words, "words of the whiteboard");
	if (err == NULL)
		err = rules_run(judge->rules, &input, sink, &judge->hits);
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

static void
settle_rows(struct judge *judge, struct verdict *verdict)
{
	size_t labels[WHITEBOARD_MAX_TAGS], i;

	if (!wants_rows(judge))
		return;
	for (i = 0; i < verdict->label_len; i++)
		labels[i] = verdict->labels[i].category;
	score_rows(judge->taxonomy, judge->scheme, &judge->hits, labels,
	    verdict->label_len, judge->rows);
	for (i = 0; i < judge->scheme->row_len &&
	    verdict->row_len < WHITEBOARD_MAX_TAGS; i++)
		if (judge->rows[i].given)
			verdict->rows[verdict->row_len++] = i;
}

void
judge_settle(struct judge *judge, struct verdict *verdict)
{
	score_categories(judge->taxonomy, &judge->hits, judge->neighbours,
	    judge->categories);
	verdict->judged = true;
	settle_labels(judge, verdict);
	settle_rows(judge, verdict);
}

const struct err *
judge_bug(struct judge *judge, const struct bug *bug,
    struct diag_sink *sink, struct verdict *verdict)
{
	const struct err *err;

	verdict_read(bug, judge->taxonomy, judge->labels, sink, verdict);
	if (!judge_wants_rules(judge, verdict))
		return NULL;
	err = judge_run(judge, bug, verdict, sink);
	if (err == NULL)
		judge_settle(judge, verdict);
	return err;
}

const char *
judge_key(const struct judge *judge, char out[JUDGE_KEY])
{
	(void)snprintf(out, JUDGE_KEY, "%d:%s", JUDGE_VERSION,
	    judge->taxonomy->sha256);
	return out;
}
