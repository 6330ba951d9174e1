/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/build.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"
#include "fetch/bug.h"
#include "taxonomy/taxonomy.h"
#include "classify/review.h"
#include "classify/score.h"
#include "classify/verdict.h"
#include "output/build_common.h"
#include "output/report.h"
#include "output/value.h"

/* One order for both: people see six of these, CSV the other fifteen; in a
 * review two and three more. */
enum list_column {
	COLUMN_ID,
	COLUMN_SUMMARY,
	COLUMN_OWNER,
	COLUMN_OWNER_SHOWN,
	COLUMN_OWNER_NOW,
	COLUMN_CREATED,
	COLUMN_FILED_SHOWN,
	COLUMN_CLOSED,
	COLUMN_CLOSED_SHOWN,
	COLUMN_STATUS,
	COLUMN_RESOLUTION,
	COLUMN_LABELS,
	COLUMN_LABELS_SHOWN,
	COLUMN_LABEL_SOURCE,
	COLUMN_CAUSES,
	COLUMN_REPORTER,
	COLUMN_NEXT_UPDATE,
	COLUMN_CLOSE_ON,
	COLUMN_URL,
	COLUMN_REVIEW_SCORE,
	COLUMN_REVIEW_REASON,
	COLUMN_WHY_SHOWN,
	COLUMN_SUGGESTED,
	COLUMN_SUGGESTED_SHOWN,
	COLUMN_SUMMARY_SHOWN,
	COLUMN__MAX,
	REVIEW_FIRST = COLUMN_REVIEW_SCORE,
	REVIEW_COLUMNS = COLUMN_SUMMARY_SHOWN - REVIEW_FIRST
};

static const struct {
	const char *id, *title;
	enum audience audience;
} columns[COLUMN__MAX] = {
	[COLUMN_ID] = { "id", "Bug", FOR_ALL },
	[COLUMN_SUMMARY] = { "summary", "", FOR_PROGRAMS },
	[COLUMN_OWNER] = { "owner", "", FOR_PROGRAMS },
	[COLUMN_OWNER_SHOWN] = { "", "Owner", FOR_PEOPLE },
	[COLUMN_OWNER_NOW] = { "owner_now", "", FOR_PROGRAMS },
	[COLUMN_CREATED] = { "created", "", FOR_PROGRAMS },
	[COLUMN_FILED_SHOWN] = { "", "Filed", FOR_PEOPLE },
	[COLUMN_CLOSED] = { "closed", "", FOR_PROGRAMS },
	[COLUMN_CLOSED_SHOWN] = { "", "Closed", FOR_PEOPLE },
	[COLUMN_STATUS] = { "status", "", FOR_PROGRAMS },
	[COLUMN_RESOLUTION] = { "resolution", "", FOR_PROGRAMS },
	[COLUMN_LABELS] = { "labels", "", FOR_PROGRAMS },
	[COLUMN_LABELS_SHOWN] = { "", "Labels", FOR_PEOPLE },
	[COLUMN_LABEL_SOURCE] = { "label_source", "", FOR_PROGRAMS },
	[COLUMN_CAUSES] = { "causes", "", FOR_PROGRAMS },
	[COLUMN_REPORTER] = { "reporter", "", FOR_PROGRAMS },
	[COLUMN_NEXT_UPDATE] = { "next_update", "", FOR_PROGRAMS },
	[COLUMN_CLOSE_ON] = { "close_on", "", FOR_PROGRAMS },
	[COLUMN_URL] = { "url", "", FOR_PROGRAMS },
	[COLUMN_REVIEW_SCORE] = { "review_score", "Score", FOR_ALL },
	[COLUMN_REVIEW_REASON] = { "review_reason", "", FOR_PROGRAMS },
	[COLUMN_WHY_SHOWN] = { "", "Why", FOR_PEOPLE },
	[COLUMN_SUGGESTED] = { "suggested", "", FOR_PROGRAMS },
	[COLUMN_SUGGESTED_SHOWN] = { "", "Suggested", FOR_PEOPLE },
	[COLUMN_SUMMARY_SHOWN] = { "", "Summary", FOR_PEOPLE }
};

/* The block of the table, NULL when it got no memory. */
static struct block *
find_table(struct report *report)
{
	struct block *block = report->blocks;

	while (block != NULL && block->kind != BLOCK_TABLE)
		block = block->next;
	return block;
}

/* The place of a column in the table; lists that are no reviews lack some. */
static size_t
place(enum list_column column, bool review)
{
	return column < COLUMN_SUMMARY_SHOWN || review ? column :
	    column - REVIEW_COLUMNS;
}

static bool
is_shown(size_t column, bool review)
{
	return review || column < REVIEW_FIRST ||
	    column >= REVIEW_FIRST + REVIEW_COLUMNS;
}

static void
begin(struct report *report, const char *name, bool review)
{
	struct table *table;
	size_t i;

	report_heading(report, 1, report->title);
	table = report_table(report, NULL);
	for (i = 0; i < COLUMN__MAX; i++)
		if (is_shown(i, review))
			report_column(report, table, columns[i].id,
			    columns[i].title, i == COLUMN_ID ||
			    i == COLUMN_REVIEW_SCORE, columns[i].audience);
	/* For the number of them, before what is said of those left out. */
	report_block(report, BLOCK_PARAGRAPH);
	report->data = value_object_new(&report->arena);
	value_text(&report->arena, report->data, "report", name);
	report->records = value_array(&report->arena, report->data,
	    "incidents");
}

void
build_list_begin(struct report *report)
{
	begin(report, "list", false);
}

void
build_review_begin(struct report *report)
{
	begin(report, "review", true);
}

/* A time in full for programs, and its day for people. */
static void
set_time(struct report *report, struct row *row, enum list_column column,
    enum list_column shown, int64_t time)
{
	report_cell_number(report, row, column, CELL_TIME, time);
	report_cell_number(report, row, shown, CELL_DAY, date_day(time));
}

/* A new row, and the record that goes with it. */
static struct row *
add(struct report *report, const struct bug *bug,
    const struct verdict *verdict, const struct taxonomy *taxonomy,
    bool review)
{
	struct block *block = find_table(report);
	struct row *row;
	const char *owner = build_owner(report, bug, verdict, taxonomy);
	const char *summary = bug->text[BUG_SUMMARY];
	size_t known = verdict->owner.owner;

	row = report_row(report, block != NULL ? &block->table : NULL);
	report_cell_number(report, row, COLUMN_ID, CELL_BUG, bug->id);
	report_cell_text(report, row, COLUMN_SUMMARY, summary);
	report_cell_text(report, row, place(COLUMN_SUMMARY_SHOWN, review),
	    summary);
	report_cell_text(report, row, COLUMN_OWNER, owner);
	report_cell_text(report, row, COLUMN_OWNER_SHOWN,
	    owner != NULL ? owner : "unknown");
	report_cell_text(report, row, COLUMN_OWNER_NOW,
	    known != SIZE_MAX ? owner_name_now(taxonomy, known) : NULL);
	set_time(report, row, COLUMN_CREATED, COLUMN_FILED_SHOWN,
	    bug->num[BUG_CREATED]);
	set_time(report, row, COLUMN_CLOSED, COLUMN_CLOSED_SHOWN,
	    build_closed(verdict));
	report_cell_text(report, row, COLUMN_STATUS, bug->text[BUG_STATUS]);
	report_cell_text(report, row, COLUMN_RESOLUTION,
	    bug->text[BUG_RESOLUTION]);
	report_cell_text(report, row, COLUMN_LABELS,
	    build_labels(report, verdict, " "));
	report_cell_text(report, row, COLUMN_LABELS_SHOWN,
	    verdict->label_len == 0 ? "none" :
	    build_labels(report, verdict, ", "));
	report_cell_text(report, row, COLUMN_LABEL_SOURCE,
	    label_source_name(verdict->source));
	report_cell_text(report, row, COLUMN_CAUSES,
	    build_causes(report, verdict, taxonomy, " "));
	report_cell_text(report, row, COLUMN_REPORTER,
	    reporter_name(verdict->reporter));
	report_cell_number(report, row, COLUMN_NEXT_UPDATE, CELL_DAY,
	    verdict->board.next_update);
	report_cell_number(report, row, COLUMN_CLOSE_ON, CELL_DAY,
	    verdict->board.close_on);
	report_cell_text(report, row, COLUMN_URL, build_url(report, bug->id));
	build_record(report, value_object(&report->arena, report->records,
	    NULL), bug, verdict, taxonomy);
	return row;
}

void
build_list_add(struct report *report, const struct bug *bug,
    const struct verdict *verdict, const struct taxonomy *taxonomy)
{
	add(report, bug, verdict, taxonomy, false);
}

/* "no tag, rules disagree" */
static void
add_why(struct buf *out, const struct verdict *verdict, unsigned reasons)
{
	const char *between = "";
	size_t i;

	if ((reasons & REVIEW_MISSING) != 0) {
		buf_str(out, "no tag");
		between = ", ";
	}
	for (i = 0; i < verdict->board.tag_len; i++) {
		if (verdict->board.tags[i].category != SIZE_MAX)
			continue;
		buf_fmt(out, "%sunknown tag %s", between,
		    verdict->board.tags[i].name);
		between = ", ";
	}
	if ((reasons & REVIEW_STALE) != 0) {
		buf_fmt(out, "%schanged since it was decided", between);
		between = ", ";
	}
	if ((reasons & REVIEW_DISAGREES) != 0)
		buf_fmt(out, "%srules disagree", between);
	else if ((reasons & REVIEW_UNSURE) != 0)
		buf_fmt(out, "%srules are unsure", between);
}

/* What the rules give, as text and as an array. */
static void
add_suggested(struct report *report, struct buf *out, struct value *record,
    const struct build_review *review)
{
	const struct taxonomy *taxonomy = review->taxonomy;
	struct value *array;
	size_t i;

	array = value_array(&report->arena, record, "suggested");
	for (i = 0; i < taxonomy->category_len; i++) {
		if (!review->scores[i].given)
			continue;
		buf_fmt(out, "%s%s", out->len > 0 ? " " : "",
		    taxonomy->categories[i].id);
		value_text(&report->arena, array, NULL,
		    taxonomy->categories[i].id);
	}
}

void
build_review_add(struct report *report, const struct bug *bug,
    const struct verdict *verdict, const struct build_review *review)
{
	struct row *row = add(report, bug, verdict, review->taxonomy, true);
	struct arena *arena = &report->arena;
	struct value *record;
	const char *name;
	struct buf buf;
	unsigned flag;

	buf_init(&buf, REPORT_MAX_BYTES);
	record = report->records != NULL ? report->records->last : NULL;
	value_thousandths(arena, record, "review_score",
	    review->review->score);
	report_cell_number(report, row, COLUMN_REVIEW_SCORE,
	    CELL_THOUSANDTHS, review->review->score);
	for (flag = 1; (name = review_reason_name(flag)) != NULL; flag *= 2)
		if ((review->review->reasons & flag) != 0)
			buf_fmt(&buf, "%s%s", buf.len > 0 ? " " : "", name);
	value_text(arena, record, "review_reason", buf_text(&buf));
	report_cell_text(report, row, COLUMN_REVIEW_REASON, buf_text(&buf));
	buf_clear(&buf);
	add_why(&buf, verdict, review->review->reasons);
	report_cell_text(report, row, COLUMN_WHY_SHOWN, buf_text(&buf));
	buf_clear(&buf);
	add_suggested(report, &buf, record, review);
	report_cell_text(report, row, COLUMN_SUGGESTED, buf_text(&buf));
	report_cell_text(report, row, COLUMN_SUGGESTED_SHOWN,
	    buf.len > 0 ? buf_text(&buf) : "nothing");
	if (buf.full || buf.nomem)
		report->failed = true;
	buf_release(&buf);
}

void
build_list_end(struct report *report, const struct build_source *source)
{
	struct block *block = find_table(report);
	int64_t len;

	if (block != NULL) {
		len = (int64_t)block->table.row_len;
		report_summary(report, "%" PRId64 " %s", len,
		    build_plural(len, "incident", "incidents"));
		block = block->next;
		if (len == 0)
			report_text(report, block, "No incidents.");
		else
			report_textf(report, block, "%" PRId64 " %s.", len,
			    build_plural(len, "incident", "incidents"));
	}
	build_past(report, source);
	build_past_data(report, source);
	build_source_line(report, source);
}

/* A row and its record on their way to their place. */
struct sorted {
	struct row *row;
	struct value *record;
};

static int
worst_first(const void *a, const void *b)
{
	const struct cell *x = ((const struct sorted *)a)->row->cells;
	const struct cell *y = ((const struct sorted *)b)->row->cells;
	int64_t p = x[COLUMN_REVIEW_SCORE].number;
	int64_t q = y[COLUMN_REVIEW_SCORE].number;

	if (p != q)
		return p > q ? -1 : 1;
	p = x[COLUMN_ID].number;
	q = y[COLUMN_ID].number;
	return (p > q) - (p < q);
}

/* Only a whole report has a record for each row. */
static void
sort(struct report *report, struct table *table)
{
	struct value *record = report->records->first;
	struct sorted *sorted;
	struct row *row;
	size_t i = 0;

	sorted = arena_alloc(&report->arena, table->row_len,
	    sizeof(*sorted));
	if (sorted == NULL) {
		report->failed = true;
		return;
	}
	for (row = table->rows; row != NULL; row = row->next) {
		sorted[i].row = row;
		sorted[i++].record = record;
		record = record->next;
	}
	qsort(sorted, i, sizeof(*sorted), worst_first);
	table->rows = table->last_row = sorted[0].row;
	report->records->first = report->records->last = sorted[0].record;
	for (i = 1; i < table->row_len; i++) {
		table->last_row->next = sorted[i].row;
		table->last_row = sorted[i].row;
		report->records->last->next = sorted[i].record;
		report->records->last = sorted[i].record;
	}
	table->last_row->next = NULL;
	report->records->last->next = NULL;
}

void
build_review_end(struct report *report, const struct build_source *source)
{
	struct block *block = find_table(report);

	if (report_error(report) == NULL && block != NULL &&
	    block->table.row_len > 0)
		sort(report, &block->table);
	report_text(report, report_note(report), "The score is 2 where no "
	    "tag names a category, 1 more for a tag that the taxonomy lacks, "
	    "1 more where a decision is older than the bug, and the largest "
	    "doubt: how sure the rules are that a label is wrong, or "
	    "missing.");
	build_list_end(report, source);
}
