/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/build.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "fetch/bug.h"
#include "taxonomy/taxonomy.h"
#include "classify/clock.h"
#include "classify/verdict.h"
#include "output/build_clocks.h"
#include "output/build_common.h"
#include "output/build_dashboard.h"
#include "output/report.h"
#include "output/value.h"

/* What is counted, and may be asked for alone. */
static const struct {
	const char *key, *title;
	const char *only;	/* NULL: a count alone */
} counts[DASHBOARD_ONLY__MAX] = {
	[DASHBOARD_OPEN] = { "open", "Open", NULL },
	[DASHBOARD_CLOSING] = { "closing", "Closing soon", "closing" },
	[DASHBOARD_OVERDUE] = { "overdue", "Overdue", "overdue" },
	[DASHBOARD_CA] = { "ca", "Awaiting the CA", "ca" },
	[DASHBOARD_ROOT_PROGRAM] = { "root_program",
	    "Awaiting the root program", "root-program" },
	[DASHBOARD_DELAYED] = { "delayed", "Delayed revocations",
	    "delayed" },
	[DASHBOARD_QUESTIONS] = { "questions", "Questions not answered",
	    "questions" },
	[DASHBOARD_ACTIONS] = { "open_actions", "Open action items", NULL },
	[DASHBOARD_LATE_ACTIONS] = { "late_actions", "Late action items",
	    "late-actions" }
};

bool
dashboard_only_by_name(const char *name, enum dashboard_only *out)
{
	size_t i;

	for (i = 0; i < DASHBOARD_ONLY__MAX; i++) {
		if (counts[i].only == NULL ||
		    strcmp(counts[i].only, name) != 0)
			continue;
		*out = (enum dashboard_only)i;
		return true;
	}
	return false;
}

/* How often the row counts there: bugs, or their questions and actions. */
static size_t
weight(const struct dashboard_row *row, enum dashboard_only what)
{
	switch (what) {
	case DASHBOARD_OPEN:
		return 1;
	case DASHBOARD_CLOSING:
		return row->closing;
	case DASHBOARD_OVERDUE:
		return row->overdue;
	case DASHBOARD_CA:
		return row->turn_kind == TURN_CA;
	case DASHBOARD_ROOT_PROGRAM:
		return row->turn_kind == TURN_ROOT_PROGRAM;
	case DASHBOARD_DELAYED:
		return row->delayed;
	case DASHBOARD_QUESTIONS:
		return row->questions;
	case DASHBOARD_ACTIONS:
		return row->open_actions;
	case DASHBOARD_LATE_ACTIONS:
		return row->late_actions;
	case DASHBOARD_ONLY__MAX:
		break;
	}
	return 0;
}

void
build_dashboard_begin(struct report *report, struct dashboard *dashboard)
{
	dashboard->rows = dashboard->last = NULL;
	dashboard->row_len = 0;
	report_heading(report, 1, report->title);
	report->data = value_object_new(&report->arena);
}

static const char *
keep(struct report *report, const char *text)
{
	const char *copy = arena_copy(&report->arena, text, strlen(text));

	if (copy == NULL)
		report->failed = true;
	return copy;
}

/* What a program wants to know of it beside the keys of `list`. */
static struct value *
add_record(struct report *report, const struct bug *bug,
    const struct verdict *verdict, const struct clocks *clocks,
    const struct dashboard *dashboard)
{
	struct arena *arena = &report->arena;
	struct value *record = value_object_new(arena), *object, *array;
	size_t i;

	build_record(report, record, bug, verdict, dashboard->taxonomy);
	value_text(arena, record, "turn", clock_turn_name(clocks->turn));
	value_text(arena, record, "turn_why", clocks->turn_why);
	value_bool(arena, record, "overdue", clocks->overdue);
	if (clocks->worst != NULL) {
		object = value_object(arena, record, "worst");
		value_number(arena, object, "days",
		    build_late_days(clocks->worst, dashboard->now));
		build_clock_run(arena, object, clocks->worst,
		    dashboard->taxonomy);
	} else {
		value_null(arena, record, "worst");
	}
	value_number(arena, record, "questions",
	    (int64_t)clocks->questions);
	value_number(arena, record, "open_actions",
	    (int64_t)clocks->open_actions);
	value_number(arena, record, "late_actions",
	    (int64_t)clocks->late_actions);
	value_bool(arena, record, "delayed", clocks->delayed);
	value_bool(arena, record, "closing", clocks->closing);
	value_time(arena, record, "last_ca_comment", clocks->last_ca);
	if (dashboard->column_len > 0) {
		value_text(arena, record, "assigned_to",
		    bug->text[BUG_ASSIGNED_TO]);
		value_text(arena, record, "whiteboard",
		    bug->text[BUG_WHITEBOARD]);
		value_time(arena, record, "changed", bug->num[BUG_CHANGED]);
	}
	array = value_array(arena, record, "clocks");
	for (i = 0; i < clocks->run_len; i++)
		if (clocks->runs[i].state == CLOCK_RUNNING ||
		    clocks->runs[i].state == CLOCK_OVERDUE)
			build_clock_run(arena, value_object(arena, array,
			    NULL), &clocks->runs[i], dashboard->taxonomy);
	return record;
}

static void
set_clocks(struct dashboard_row *row, const struct clocks *clocks,
    const struct dashboard *dashboard)
{
	const struct clock_run *run = clocks->worst;
	size_t i;

	row->turn = build_turn(clocks);
	row->turn_kind = clocks->turn;
	row->next_update = clocks->next_update;
	row->close_on = clocks->close_on;
	row->overdue = clocks->overdue;
	row->delayed = clocks->delayed;
	row->closing = clocks->closing;
	row->questions = clocks->questions;
	row->open_actions = clocks->open_actions;
	row->late_actions = clocks->late_actions;
	row->last_ca = clocks->last_ca;
	row->worst_due = DATE_NONE;
	if (run != NULL) {
		row->worst = dashboard->taxonomy->clocks[run->kind].title;
		row->worst_id = dashboard->taxonomy->clocks[run->kind].id;
		row->worst_due = run->due;
		row->worst_days = build_late_days(run, dashboard->now);
	}
	row->next_due = INT64_MAX;
	for (i = 0; i < clocks->run_len; i++)
		if (clocks->runs[i].state == CLOCK_RUNNING &&
		    clocks->runs[i].due < row->next_due)
			row->next_due = clocks->runs[i].due;
}

void
build_dashboard_add(struct report *report, struct dashboard *dashboard,
    const struct bug *bug, const struct verdict *verdict,
    const struct clocks *clocks)
{
	struct dashboard_row *row;
	size_t owner = verdict->owner.owner;

	row = arena_alloc(&report->arena, 1, sizeof(*row));
	if (row == NULL) {
		report->failed = true;
		return;
	}
	row->bug = bug->id;
	row->owner = build_owner(report, bug, verdict, dashboard->taxonomy);
	row->owner_now = owner != SIZE_MAX ?
	    owner_name_now(dashboard->taxonomy, owner) : NULL;
	row->summary = keep(report, bug->text[BUG_SUMMARY]);
	/* Its owner has a column. */
	row->title = row->summary != NULL ? row->summary +
	    verdict->owner.rest : NULL;
	row->labels = build_labels(report, verdict, " ");
	row->labels_shown = verdict->label_len == 0 ? "none" :
	    build_labels(report, verdict, ", ");
	row->status = keep(report, bug->text[BUG_STATUS]);
	row->assigned = keep(report, bug->text[BUG_ASSIGNED_TO]);
	row->whiteboard = keep(report, bug->text[BUG_WHITEBOARD]);
	row->filed = bug->num[BUG_CREATED];
	row->changed = bug->num[BUG_CHANGED];
	row->url = build_url(report, bug->id);
	row->why = keep(report, clocks->turn_why);
	set_clocks(row, clocks, dashboard);
	row->record = add_record(report, bug, verdict, clocks, dashboard);
	if (dashboard->last != NULL)
		dashboard->last->next = row;
	else
		dashboard->rows = row;
	dashboard->last = row;
	dashboard->row_len++;
}

/* The worst first: what must be is more overdue than what should, then late
 * actions, questions, and what is due next. */
static int
by_urgency(const void *a, const void *b)
{
	const struct dashboard_row *x = *(struct dashboard_row *const *)a;
	const struct dashboard_row *y = *(struct dashboard_row *const *)b;

	if (x->overdue != y->overdue)
		return x->overdue ? -1 : 1;
	if ((x->worst != NULL) != (y->worst != NULL))
		return x->worst != NULL ? -1 : 1;
	if (x->worst_due != y->worst_due)
		return x->worst_due < y->worst_due ? -1 : 1;
	if (x->late_actions != y->late_actions)
		return x->late_actions > y->late_actions ? -1 : 1;
	if (x->questions != y->questions)
		return x->questions > y->questions ? -1 : 1;
	if (x->next_due != y->next_due)
		return x->next_due < y->next_due ? -1 : 1;
	return (x->bug > y->bug) - (x->bug < y->bug);
}

static int
by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* The counts: a list for people, "counts" for programs. */
static void
add_counts(struct report *report, struct dashboard_row *const *rows,
    size_t len)
{
	struct arena *arena = &report->arena;
	struct value *values = value_object(arena, report->data, "counts");
	struct block *block = report_block(report, BLOCK_LIST);
	int64_t *bugs = arena_alloc(arena, len + 1, sizeof(*bugs));
	struct value *value;
	char number[32];
	size_t i, k, count, bug_len, overdue = 0;

	if (bugs == NULL) {
		report->failed = true;
		return;
	}
	for (i = 0; i < DASHBOARD_ONLY__MAX; i++) {
		count = bug_len = 0;
		for (k = 0; k < len; k++) {
			if (weight(rows[k], (enum dashboard_only)i) == 0)
				continue;
			count += weight(rows[k], (enum dashboard_only)i);
			bugs[bug_len++] = rows[k]->bug;
		}
		if (bug_len > 0)
			qsort(bugs, bug_len, sizeof(*bugs), by_number);
		if (i == DASHBOARD_OVERDUE)
			overdue = count;
		report_item(report, block);
		report_textf(report, block, "%s: ", counts[i].title);
		(void)snprintf(number, sizeof(number), "%zu", count);
		if (bug_len > 0)
			report_bugs(report, block, number, bugs, bug_len);
		else
			report_text(report, block, number);
		if (i >= DASHBOARD_QUESTIONS && count > bug_len)
			report_textf(report, block, " in %zu %s", bug_len,
			    build_plural((int64_t)bug_len, "incident",
			    "incidents"));
		value = value_object(arena, values, counts[i].key);
		value_number(arena, value, "count", (int64_t)count);
		build_numbers(arena, value, bugs, bug_len);
	}
	report_summary(report, "%zu open, %zu overdue", len, overdue);
}

/* The table or tables, and "12 of 90 shown: overdue." where not all are;
 * rows that are not shown are taken out. */
static void
add_tables(struct report *report, const struct dashboard *dashboard,
    struct dashboard_row **rows)
{
	struct dashboard_group all = { .rows = rows };
	size_t i, shown = 0;

	for (i = 0; i < dashboard->row_len; i++)
		if (weight(rows[i], dashboard->only) > 0)
			rows[shown++] = rows[i];
	all.row_len = shown;
	if (dashboard->by != NULL)
		build_dashboard_by(report, dashboard, rows, shown);
	else
		build_dashboard_table(report, dashboard, FOR_ALL, &all, 1);
	report->records = value_array(&report->arena, report->data,
	    "incidents");
	for (i = 0; i < shown; i++)
		value_put(report->records, rows[i]->record);
	if (dashboard->only != DASHBOARD_OPEN)
		report_textf(report, report_block(report, BLOCK_PARAGRAPH),
		    "%zu of %zu shown: %s.", shown, dashboard->row_len,
		    counts[dashboard->only].only);
}

void
build_dashboard_end(struct report *report, struct dashboard *dashboard,
    const struct selection *selection,
    const struct tally_left_out *left_out,
    const struct build_source *source)
{
	struct arena *arena = &report->arena;
	struct dashboard_row **rows, *row;
	struct block *block;
	char now[DATE_SIZE];
	size_t i = 0;

	rows = arena_alloc(arena, dashboard->row_len + 1, sizeof(*rows));
	if (rows == NULL || report->failed) {
		report->failed = true;
		return;
	}
	for (row = dashboard->rows; row != NULL; row = row->next)
		rows[i++] = row;
	qsort(rows, i, sizeof(*rows), by_urgency);
	value_text(arena, report->data, "report", "dashboard");
	value_time(arena, report->data, "now", dashboard->now);
	value_text(arena, report->data, "only",
	    counts[dashboard->only].only);
	block = report_block(report, BLOCK_PARAGRAPH);
	report_textf(report, block, "Of the incidents");
	build_cohort(report, block, selection, false);
	report_text(report, block, ", those open at ");
	report_dated(report, block, "%s",
	    date_format_time(dashboard->now, now));
	report_text(report, block, ".");
	build_filters(report, block, selection);
	add_counts(report, rows, i);
	add_tables(report, dashboard, rows);
	build_left_out(report, left_out);
	build_past(report, source);
	build_past_data(report, source);
	build_source_line(report, source);
}
