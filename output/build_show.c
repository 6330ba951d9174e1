/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/build.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "fetch/bug.h"
#include "classify/clock.h"
#include "classify/verdict.h"
#include "output/build_clocks.h"
#include "output/build_common.h"
#include "output/build_show_report.h"
#include "output/report.h"
#include "output/value.h"

/* The fields that are shown as Bugzilla tells them. */
static const struct {
	enum bug_text field;
	const char *key, *title;
} fields[] = {
	{ BUG_PRODUCT, "product", "Product" },
	{ BUG_COMPONENT, "component", "Component" },
	{ BUG_TYPE, "type", "Type" },
	{ BUG_PRIORITY, "priority", "Priority" },
	{ BUG_SEVERITY, "severity", "Severity" },
	{ BUG_KEYWORDS, "keywords", "Keywords" },
	{ BUG_ALIAS, "alias", "Alias" },
	{ BUG_URL, "bug_url", "URL" },
	{ BUG_CREATOR, "creator", "Filed by" },
	{ BUG_ASSIGNED_TO, "assigned_to", "Assigned to" },
	{ BUG_WHITEBOARD, "whiteboard", "Whiteboard" }
};

enum {
	FIELD_LEN = sizeof(fields) / sizeof(fields[0])
};

/* A row of the table of fields; none for what the bug does not have. */
static void
field_text(struct report *report, struct table *table, const char *title,
    const char *text)
{
	struct row *row;

	if (text == NULL || text[0] == '\0')
		return;
	row = report_row(report, table);
	report_cell_text(report, row, 0, title);
	report_cell_text(report, row, 1, text);
}

static void
field_number(struct report *report, struct table *table, const char *title,
    enum cell_kind kind, int64_t number)
{
	struct row *row;

	if (number == DATE_NONE)
		return;
	row = report_row(report, table);
	report_cell_text(report, row, 0, title);
	report_cell_number(report, row, 1, kind, number);
}

/* Who answers: the owner then, and now when that is another. */
static void
field_owner(struct report *report, struct table *table,
    const struct bug *bug, const struct verdict *verdict,
    const struct taxonomy *taxonomy)
{
	const char *then = build_owner(report, bug, verdict, taxonomy);
	const char *now;

	field_text(report, table, "Owner", then != NULL ? then : "unknown");
	if (verdict->owner.owner == SIZE_MAX)
		return;
	now = owner_name_now(taxonomy, verdict->owner.owner);
	if (strcmp(now, then) != 0)
		field_text(report, table, "Owner today", now);
}

/* "crl-failure, ocsp-failure (tagged)" */
static void
field_labels(struct report *report, struct table *table,
    const struct verdict *verdict)
{
	const char *labels = build_labels(report, verdict, ", ");
	struct buf buf;

	if (labels == NULL)
		return;
	buf_init(&buf, REPORT_MAX_BYTES);
	if (verdict->label_len == 0)
		buf_str(&buf, "none");
	else
		buf_fmt(&buf, "%s (%s)", labels,
		    label_source_name(verdict->source));
	if (buf.full || buf.nomem)
		report->failed = true;
	field_text(report, table, "Labels", buf_text(&buf));
	buf_release(&buf);
}

static void
show_fields(struct report *report, const struct bug *bug,
    const struct verdict *verdict, const struct taxonomy *taxonomy)
{
	struct table *table = report_table(report, NULL);
	size_t i;

	report_column(report, table, "field", "Field", false, FOR_ALL);
	report_column(report, table, "value", "Value", false, FOR_ALL);
	field_number(report, table, "Bug", CELL_BUG, bug->id);
	field_owner(report, table, bug, verdict, taxonomy);
	field_text(report, table, "Reporter",
	    reporter_name(verdict->reporter));
	field_labels(report, table, verdict);
	field_text(report, table, "Causes",
	    build_causes(report, verdict, taxonomy, ", "));
	field_text(report, table, "Status", bug->text[BUG_STATUS]);
	field_text(report, table, "Resolution", bug->text[BUG_RESOLUTION]);
	if (bug->num[BUG_DUPE_OF] > 0)
		field_number(report, table, "Duplicate of", CELL_BUG,
		    bug->num[BUG_DUPE_OF]);
	field_number(report, table, "Filed", CELL_TIME,
	    bug->num[BUG_CREATED]);
	field_number(report, table, "Last change", CELL_TIME,
	    bug->num[BUG_CHANGED]);
	field_number(report, table, "Closed", CELL_TIME,
	    build_closed(verdict));
	field_number(report, table, "No longer visible since", CELL_TIME,
	    bug->gone);
	field_number(report, table, "Next update", CELL_DAY,
	    verdict->board.next_update);
	field_number(report, table, "To be closed on", CELL_DAY,
	    verdict->board.close_on);
	for (i = 0; i < FIELD_LEN; i++)
		field_text(report, table, fields[i].title,
		    bug->text[fields[i].field]);
}

/* The periods in which a reopened bug was open. */
static void
show_life(struct report *report, const struct life *life)
{
	struct table *table;
	struct row *row;
	size_t i;

	if (life->guessed)
		report_text(report, report_note(report),
		    "The time of closing is guessed from the last comment or "
		    "change.");
	if (life->len < 2)
		return;
	report_heading(report, 2, "Periods open");
	table = report_table(report, NULL);
	report_column(report, table, "from", "From", false, FOR_ALL);
	report_column(report, table, "until", "Until", false, FOR_ALL);
	for (i = 0; i < life->len; i++) {
		row = report_row(report, table);
		report_cell_number(report, row, 0, CELL_TIME,
		    life->periods[i].from);
		if (life->periods[i].until == INT64_MAX)
			report_cell_text(report, row, 1, "still open");
		else
			report_cell_number(report, row, 1, CELL_TIME,
			    life->periods[i].until);
	}
}

static void
show_history(struct report *report, const struct bug *bug)
{
	const struct change *change;
	struct table *table;
	struct row *row;
	size_t i;

	if (bug->change_len == 0)
		return;
	report_heading(report, 2, "History");
	table = report_table(report, NULL);
	report_column(report, table, "time", "Time", false, FOR_ALL);
	report_column(report, table, "who", "Who", false, FOR_ALL);
	report_column(report, table, "field", "Field", false, FOR_ALL);
	report_column(report, table, "removed", "Removed", false, FOR_ALL);
	report_column(report, table, "added", "Added", false, FOR_ALL);
	for (i = 0; i < bug->change_len; i++) {
		change = &bug->changes[i];
		row = report_row(report, table);
		report_cell_number(report, row, 0, CELL_TIME, change->time);
		report_cell_text(report, row, 1, change->who);
		report_cell_text(report, row, 2, change->field);
		report_cell_text(report, row, 3, change->removed);
		report_cell_text(report, row, 4, change->added);
	}
}

/* "12 comments from 2024-01-01 to 2024-05-20; Bugzilla counts 14." */
static void
count_comments(struct report *report, const struct bug *bug)
{
	struct block *block = report_block(report, BLOCK_PARAGRAPH);
	int64_t count = (int64_t)bug->comment_len;
	int64_t told = bug->num[BUG_COMMENT_COUNT];
	int64_t first = INT64_MAX, last = DATE_NONE, day;
	char from[DATE_SIZE], to[DATE_SIZE];
	size_t i;

	for (i = 0; i < bug->comment_len; i++) {
		day = date_day(bug->comments[i].time);
		first = day < first ? day : first;
		last = day > last ? day : last;
	}
	date_format_day(first, from);
	date_format_day(last, to);
	report_textf(report, block, "%" PRId64 " %s", count,
	    build_plural(count, "comment", "comments"));
	if (from[0] != '\0' && first == last)
		report_textf(report, block, " on %s", from);
	else if (from[0] != '\0')
		report_textf(report, block, " from %s to %s", from, to);
	if (told > count)
		report_textf(report, block, "; Bugzilla counts %" PRId64
		    ", private ones included", told);
	report_text(report, block, ".");
}

/* "Comment 4, 2024-05-20T12:00:00Z, a@ca.example (CA)" */
static void
show_comments(struct report *report, const struct bug *bug,
    const struct clocks *clocks)
{
	const struct comment *comment;
	char time[DATE_SIZE], number[32];
	struct buf title;
	size_t i;

	report_heading(report, 2, "Comments");
	count_comments(report, bug);
	buf_init(&title, REPORT_MAX_BYTES);
	for (i = 0; i < bug->comment_len; i++) {
		comment = &bug->comments[i];
		snprintf(number, sizeof(number), " %" PRId64,
		    comment->number);
		buf_clear(&title);
		buf_fmt(&title, "Comment%s, %s, %s (%s)%s",
		    comment->number >= 0 ? number : "",
		    date_format_time(comment->time, time), comment->creator,
		    role_title(clocks->roles[i]),
		    comment->is_private ? ", private" : "");
		if (title.full || title.nomem)
			report->failed = true;
		report_heading(report, 3, buf_text(&title));
		if (comment->text[0] != '\0')
			report_quote(report, comment->text);
	}
	buf_release(&title);
}

/* A whole number that is -1 when it was not told. */
static void
add_told(struct arena *arena, struct value *object, const char *key,
    int64_t number)
{
	if (number < 0)
		value_null(arena, object, key);
	else
		value_number(arena, object, key, number);
}

static void
add_comments(struct arena *arena, struct value *object,
    const struct bug *bug, const struct clocks *clocks)
{
	struct value *array = value_array(arena, object, "comments");
	const struct comment *comment;
	struct value *child;
	size_t i;

	for (i = 0; i < bug->comment_len; i++) {
		comment = &bug->comments[i];
		child = value_object(arena, array, NULL);
		value_number(arena, child, "id", comment->id);
		add_told(arena, child, "number", comment->number);
		value_time(arena, child, "time", comment->time);
		value_text(arena, child, "creator", comment->creator);
		value_text(arena, child, "role",
		    role_name(clocks->roles[i]));
		value_bool(arena, child, "private", comment->is_private);
		add_told(arena, child, "attachment",
		    comment->attachment > 0 ? comment->attachment : -1);
		value_text(arena, child, "text", comment->text);
	}
}

static void
add_history(struct arena *arena, struct value *object,
    const struct bug *bug)
{
	struct value *array = value_array(arena, object, "history");
	const struct change *change;
	struct value *child;
	size_t i;

	for (i = 0; i < bug->change_len; i++) {
		change = &bug->changes[i];
		child = value_object(arena, array, NULL);
		value_time(arena, child, "time", change->time);
		value_text(arena, child, "who", change->who);
		value_text(arena, child, "field", change->field);
		value_text(arena, child, "removed", change->removed);
		value_text(arena, child, "added", change->added);
	}
}

static void
add_data(struct report *report, struct value *object,
    const struct build_show *from)
{
	const struct life *life = &from->verdict->life;
	struct arena *arena = &report->arena;
	const struct bug *bug = from->bug;
	struct value *array, *period;
	size_t i;

	build_record(report, object, bug, from->verdict, from->taxonomy);
	for (i = 0; i < FIELD_LEN; i++)
		value_text(arena, object, fields[i].key,
		    bug->text[fields[i].field]);
	value_time(arena, object, "changed", bug->num[BUG_CHANGED]);
	add_told(arena, object, "duplicate_of", bug->num[BUG_DUPE_OF]);
	value_time(arena, object, "gone", bug->gone);
	array = value_array(arena, object, "life");
	for (i = 0; i < life->len; i++) {
		period = value_object(arena, array, NULL);
		value_time(arena, period, "from", life->periods[i].from);
		value_time(arena, period, "until", life->periods[i].until);
	}
	value_bool(arena, object, "close_guessed", life->guessed);
	add_told(arena, object, "comment_count",
	    bug->num[BUG_COMMENT_COUNT]);
}

void
build_show(struct report *report, const struct build_show *from)
{
	const struct bug *bug = from->bug;
	struct arena *arena = &report->arena;
	struct value *object;
	struct buf title;

	if (report->records == NULL)
		report->records = value_array_new(arena);
	object = value_object(arena, report->records, NULL);
	buf_init(&title, REPORT_MAX_BYTES);
	buf_fmt(&title, "Bug %" PRId64 ": %s", bug->id,
	    bug->text[BUG_SUMMARY]);
	if (title.full || title.nomem)
		report->failed = true;
	report_heading(report, 1, buf_text(&title));
	buf_release(&title);
	build_past_one(report, from->past);
	show_fields(report, bug, from->verdict, from->taxonomy);
	add_data(report, object, from);
	build_show_clocks(report, object, from->clocks, from->taxonomy);
	build_show_report(report, from);
	build_show_report_data(report, object, from);
	show_life(report, &from->verdict->life);
	show_history(report, bug);
	show_comments(report, bug, from->clocks);
	add_comments(arena, object, bug, from->clocks);
	add_history(arena, object, bug);
	build_past_record(report, object, from->past);
	/* A single bug stands for itself, several make an array. */
	if (report->records != NULL &&
	    report->records->first == report->records->last)
		report->data = report->records->first;
	else
		report->data = report->records;
	build_summary_bug(report, bug->id);
}
