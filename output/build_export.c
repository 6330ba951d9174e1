/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/build_export.h"

#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/text.h"
#include "fetch/bug.h"
#include "taxonomy/taxonomy.h"
#include "classify/judge.h"
#include "classify/owner.h"
#include "classify/report_text.h"
#include "classify/verdict.h"
#include "classify/writers.h"
#include "output/build_common.h"
#include "output/build_export_columns.h"
#include "output/build_show_report.h"
#include "output/value.h"

void
build_export_begin(struct build_export *to, const struct taxonomy *taxonomy,
    const char *bugzilla, const char *key)
{
	const struct export_column *columns;
	struct report *report;
	struct table *table;
	size_t i, k, len;

	memset(to, 0, sizeof(*to));
	to->taxonomy = taxonomy;
	to->key = key;
	for (i = 0; i < EXPORT_TABLE__MAX; i++) {
		report = &to->tables[i];
		report_init(report, export_table_name((enum export_table)i),
		    bugzilla);
		table = report_table(report, NULL);
		columns = export_columns((enum export_table)i, &len);
		for (k = 0; k < len; k++)
			report_column(report, table, columns[k].id, "", false,
			    FOR_PROGRAMS);
	}
	report = &to->tables[EXPORT_INCIDENTS];
	report->data = value_object_new(&report->arena);
	report->records = value_array(&report->arena, report->data,
	    "incidents");
}

bool
export_has(enum select_fate fate)
{
	return fate == SELECT_IN || fate == SELECT_INVALID ||
	    fate == SELECT_DUPLICATE || fate == SELECT_META;
}

void
build_export_release(struct build_export *to)
{
	size_t i;

	for (i = 0; i < EXPORT_TABLE__MAX; i++)
		report_release(&to->tables[i]);
}

const struct err *
build_export_error(const struct build_export *to)
{
	const struct err *err = NULL;
	size_t i;

	for (i = 0; i < EXPORT_TABLE__MAX && err == NULL; i++)
		err = report_error(&to->tables[i]);
	return err;
}

/* A new row of one of the tables; NULL on no memory. */
static struct row *
new_row(struct build_export *to, enum export_table which)
{
	struct report *report = &to->tables[which];

	/* Its only block is the table. */
	return report->blocks == NULL ? NULL :
	    report_row(report, &report->blocks->table);
}

/* A text in which somebody's address may stand. */
static void
set_words(struct report *report, struct row *row, size_t column,
    const char *text, const char *key)
{
	struct buf buf;

	if (key == NULL || strchr(text, '@') == NULL) {
		report_cell_text(report, row, column, text);
		return;
	}
	buf_init(&buf, REPORT_MAX_BYTES);
	export_hide(key, text, &buf);
	if (buf.full || buf.nomem)
		report->failed = true;
	report_cell_text(report, row, column, buf_text(&buf));
	buf_release(&buf);
}

/* The same for all texts of a record. */
static void
hide_in(struct report *report, struct value *value, const char *key)
{
	struct value *child;
	struct buf buf;

	for (child = value != NULL ? value->first : NULL; child != NULL;
	    child = child->next) {
		hide_in(report, child, key);
		if (child->kind != VALUE_TEXT ||
		    strchr(child->text, '@') == NULL)
			continue;
		buf_init(&buf, REPORT_MAX_BYTES);
		export_hide(key, child->text, &buf);
		child->text = arena_copy(&report->arena, buf_text(&buf),
		    buf.len);
		if (child->text == NULL || buf.full || buf.nomem)
			report->failed = true;
		buf_release(&buf);
	}
}

/* A whole number, unless it is below 0: not told. */
static void
set_told(struct report *report, struct row *row, size_t column,
    int64_t number)
{
	if (number >= 0)
		report_cell_number(report, row, column, CELL_COUNT, number);
}

static void
add_fields(struct report *report, struct row *row, const struct bug *bug,
    const char *key)
{
	char creator[EXPORT_WRITER], assigned[EXPORT_WRITER];

	set_words(report, row, INCIDENTS_SUMMARY, bug->text[BUG_SUMMARY],
	    key);
	report_cell_text(report, row, INCIDENTS_COMPONENT,
	    bug->text[BUG_COMPONENT]);
	set_words(report, row, INCIDENTS_WHITEBOARD,
	    bug->text[BUG_WHITEBOARD], key);
	report_cell_text(report, row, INCIDENTS_CREATOR,
	    export_writer(key, bug->text[BUG_CREATOR], creator));
	report_cell_text(report, row, INCIDENTS_ASSIGNED_TO,
	    export_writer(key, bug->text[BUG_ASSIGNED_TO], assigned));
	report_cell_number(report, row, INCIDENTS_CREATED, CELL_TIME,
	    bug->num[BUG_CREATED]);
	report_cell_number(report, row, INCIDENTS_CHANGED, CELL_TIME,
	    bug->num[BUG_CHANGED]);
	report_cell_text(report, row, INCIDENTS_STATUS,
	    bug->text[BUG_STATUS]);
	report_cell_text(report, row, INCIDENTS_RESOLUTION,
	    bug->text[BUG_RESOLUTION]);
	report_cell_text(report, row, INCIDENTS_URL,
	    build_url(report, bug->id));
	report_cell_number(report, row, INCIDENTS_COMMENTS, CELL_COUNT,
	    (int64_t)bug->comment_len);
}

static void
add_verdict(struct report *report, struct row *row,
    const struct build_export_bug *from, const struct taxonomy *taxonomy)
{
	const struct verdict *verdict = from->verdict;
	size_t owner = verdict->owner.owner;

	report_cell_text(report, row, INCIDENTS_OWNER,
	    build_owner(report, from->bug, verdict, taxonomy));
	report_cell_text(report, row, INCIDENTS_OWNER_NOW,
	    owner != SIZE_MAX ? owner_name_now(taxonomy, owner) : NULL);
	report_cell_text(report, row, INCIDENTS_REPORTER,
	    reporter_name(verdict->reporter));
	report_cell_number(report, row, INCIDENTS_CLOSED, CELL_TIME,
	    build_closed(verdict));
	report_cell_number(report, row, INCIDENTS_REOPENED, CELL_COUNT,
	    (int64_t)verdict->life.len - 1);
	report_cell_text(report, row, INCIDENTS_LABELS,
	    build_labels(report, verdict, " "));
	report_cell_text(report, row, INCIDENTS_LABEL_SOURCE,
	    label_source_name(verdict->source));
	report_cell_text(report, row, INCIDENTS_CAUSES,
	    build_causes(report, verdict, taxonomy, " "));
	report_cell_number(report, row, INCIDENTS_NEXT_UPDATE, CELL_DAY,
	    verdict->board.next_update);
	report_cell_number(report, row, INCIDENTS_CLOSE_ON, CELL_DAY,
	    verdict->board.close_on);
}

static void
add_incident(struct build_export *to, const struct build_export_bug *from)
{
	struct report *report = &to->tables[EXPORT_INCIDENTS];
	struct row *row = new_row(to, EXPORT_INCIDENTS);
	const char *left_out = from->fate == SELECT_IN ? NULL :
	    select_reason(from->fate);
	struct value *record;

	report_cell_number(report, row, INCIDENTS_ID, CELL_BUG,
	    from->bug->id);
	report_cell_text(report, row, INCIDENTS_LEFT_OUT, left_out);
	add_fields(report, row, from->bug, to->key);
	add_verdict(report, row, from, to->taxonomy);
	record = value_object(&report->arena, report->records, NULL);
	build_record(report, record, from->bug, from->verdict, to->taxonomy);
	value_text(&report->arena, record, "left_out", left_out);
	build_show_facts(&report->arena, record, from->text);
	if (to->key != NULL)
		hide_in(report, record, to->key);
}

/* `score` is NULL when the rules have none. */
static void
add_label(struct build_export *to, const struct build_export_bug *from,
    const char *category, enum label_source source, bool used,
    const struct score *score)
{
	struct report *report = &to->tables[EXPORT_LABELS];
	struct row *row = new_row(to, EXPORT_LABELS);

	report_cell_number(report, row, LABELS_BUG, CELL_BUG, from->bug->id);
	report_cell_text(report, row, LABELS_CATEGORY, category);
	report_cell_text(report, row, LABELS_SOURCE,
	    label_source_name(source));
	report_cell_number(report, row, LABELS_USED, CELL_COUNT, used);
	if (score == NULL)
		return;
	report_cell_number(report, row, LABELS_SCORE, CELL_THOUSANDTHS,
	    score->score);
	if (score->confidence >= 0)
		report_cell_number(report, row, LABELS_CONFIDENCE,
		    CELL_THOUSANDTHS, score->confidence);
}

static const struct score *
score_of(const struct build_export_bug *from, size_t category)
{
	return category == SIZE_MAX ? NULL :
	    &from->judge->categories[category];
}

/* What tags, rules and people say; the one that counts is used. */
static void
add_labels(struct build_export *to, const struct build_export_bug *from)
{
	const struct verdict *verdict = from->verdict;
	const struct taxonomy *taxonomy = to->taxonomy;
	const struct whiteboard_tag *tag;
	const struct label *label;
	size_t i;

	for (i = 0; i < verdict->label_len &&
	    verdict->source == LABEL_OVERRIDE; i++) {
		label = &verdict->labels[i];
		add_label(to, from, label->name, LABEL_OVERRIDE, true,
		    score_of(from, label->category));
	}
	for (i = 0; i < verdict->board.tag_len; i++) {
		tag = &verdict->board.tags[i];
		add_label(to, from, tag->name, LABEL_TAGGED,
		    verdict->source == LABEL_TAGGED,
		    score_of(from, tag->category));
	}
	for (i = 0; i < taxonomy->category_len; i++)
		if (from->judge->categories[i].given)
			add_label(to, from, taxonomy->categories[i].id,
			    LABEL_INFERRED,
			    verdict->source == LABEL_INFERRED,
			    score_of(from, i));
}

static void
add_comments(struct build_export *to, const struct build_export_bug *from)
{
	struct report *report = &to->tables[EXPORT_COMMENTS];
	const struct comment *comment;
	char creator[EXPORT_WRITER];
	struct row *row;
	size_t i;

	for (i = 0; i < from->bug->comment_len; i++) {
		comment = &from->bug->comments[i];
		row = new_row(to, EXPORT_COMMENTS);
		report_cell_number(report, row, COMMENTS_BUG, CELL_BUG,
		    from->bug->id);
		set_told(report, row, COMMENTS_NUMBER, comment->number);
		report_cell_number(report, row, COMMENTS_ID, CELL_COUNT,
		    comment->id);
		report_cell_number(report, row, COMMENTS_TIME, CELL_TIME,
		    comment->time);
		report_cell_text(report, row, COMMENTS_ROLE,
		    role_name(writers_role(from->writers, comment)));
		report_cell_text(report, row, COMMENTS_FORM,
		    to->taxonomy->forms[from->text->comments[i].form].id);
		report_cell_number(report, row, COMMENTS_LENGTH, CELL_COUNT,
		    (int64_t)text_chars(comment->text, comment->text_len));
		if (comment->attachment > 0)
			report_cell_number(report, row, COMMENTS_ATTACHMENT,
			    CELL_COUNT, comment->attachment);
		report_cell_number(report, row, COMMENTS_PRIVATE, CELL_COUNT,
		    comment->is_private);
		report_cell_text(report, row, COMMENTS_CREATOR,
		    export_writer(to->key, comment->creator, creator));
	}
}

static void
set_value(struct report *report, struct row *row, enum report_fact_kind kind,
    const struct report_fact *fact, const char *key)
{
	switch (kind) {
	case FACT_START:
	case FACT_IDENTIFIED:
	case FACT_END:
		if (fact->day_only)
			report_cell_number(report, row, FACTS_VALUE,
			    CELL_DAY, date_day(fact->number));
		else
			report_cell_number(report, row, FACTS_VALUE,
			    CELL_TIME, fact->number);
		break;
	case FACT_CERTIFICATES:
		report_cell_number(report, row, FACTS_VALUE, CELL_COUNT,
		    fact->number);
		break;
	case FACT_STOPPED:
		report_cell_text(report, row, FACTS_VALUE,
		    fact->number == 1 ? "yes" : "no");
		break;
	default:
		set_words(report, row, FACTS_VALUE, fact->text, key);
		break;
	}
}

/* What is absent without a word is left out, as `show` does. */
static void
add_fact(struct build_export *to, const struct build_export_bug *from,
    const struct report_comment *comment, enum report_fact_kind kind)
{
	const struct report_fact *fact = &comment->facts[kind];
	struct report *report = &to->tables[EXPORT_FACTS];
	struct row *row;

	if (fact->state == REPORT_ABSENT && fact->text[0] == '\0')
		return;
	row = new_row(to, EXPORT_FACTS);
	report_cell_number(report, row, FACTS_BUG, CELL_BUG, from->bug->id);
	set_told(report, row, FACTS_COMMENT, comment->number);
	report_cell_text(report, row, FACTS_FACT, report_fact_name(kind));
	report_cell_text(report, row, FACTS_STATE,
	    report_state_name(fact->state));
	if (fact->state == REPORT_GIVEN)
		set_value(report, row, kind, fact, to->key);
	set_words(report, row, FACTS_WORDS, fact->text, to->key);
	report_cell_number(report, row, FACTS_USED, CELL_COUNT,
	    comment->number >= 0 &&
	    from->text->fact_comment[kind] == comment->number);
}

static void
add_facts(struct build_export *to, const struct build_export_bug *from)
{
	size_t i, kind;

	for (i = 0; i < from->text->comment_len; i++)
		for (kind = 0; kind < FACT_KIND__MAX; kind++)
			add_fact(to, from, &from->text->comments[i],
			    (enum report_fact_kind)kind);
}

static void
add_causes(struct build_export *to, const struct build_export_bug *from)
{
	const struct tax_scheme *scheme = taxonomy_causes(to->taxonomy);
	const struct verdict_rows *rows = verdict_rows(from->verdict, scheme);
	struct report *report = &to->tables[EXPORT_CAUSES];
	const struct score *score;
	struct row *row;
	size_t i;

	for (i = 0; rows != NULL && i < rows->len; i++) {
		score = &judge_scores(from->judge, scheme)[rows->rows[i]];
		row = new_row(to, EXPORT_CAUSES);
		report_cell_number(report, row, CAUSES_BUG, CELL_BUG,
		    from->bug->id);
		report_cell_text(report, row, CAUSES_CAUSE,
		    scheme->rows[rows->rows[i]].id);
		report_cell_number(report, row, CAUSES_SCORE,
		    CELL_THOUSANDTHS, score->score);
		if (score->confidence >= 0)
			report_cell_number(report, row, CAUSES_CONFIDENCE,
			    CELL_THOUSANDTHS, score->confidence);
	}
}

static void
add_actions(struct build_export *to, const struct build_export_bug *from)
{
	struct report *report = &to->tables[EXPORT_ACTIONS];
	const struct report_action *action;
	struct row *row;
	size_t i;

	for (i = 0; i < from->text->action_len; i++) {
		action = &from->text->actions[i];
		row = new_row(to, EXPORT_ACTIONS);
		report_cell_number(report, row, ACTIONS_BUG, CELL_BUG,
		    from->bug->id);
		report_cell_number(report, row, ACTIONS_NUMBER, CELL_COUNT,
		    (int64_t)i + 1);
		set_told(report, row, ACTIONS_COMMENT, action->comment);
		set_words(report, row, ACTIONS_TEXT, action->text, to->key);
		report_cell_text(report, row, ACTIONS_KIND, action->kind);
		set_words(report, row, ACTIONS_CAUSE, action->cause,
		    to->key);
		report_cell_number(report, row, ACTIONS_DUE, CELL_DAY,
		    action->due);
		set_words(report, row, ACTIONS_DUE_TEXT, action->due_text,
		    to->key);
		report_cell_text(report, row, ACTIONS_STATE,
		    report_action_state_name(action->state));
	}
}

void
build_export_add(struct build_export *to,
    const struct build_export_bug *from)
{
	add_incident(to, from);
	add_labels(to, from);
	add_comments(to, from);
	add_facts(to, from);
	add_causes(to, from);
	add_actions(to, from);
}
