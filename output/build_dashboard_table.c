/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* The table of open incidents, for people and as CSV. */

#include "output/build_dashboard.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "output/build.h"
#include "output/build_common.h"
#include "output/report.h"

/* In the order of a table whose columns nobody chose; those behind
 * COLUMN_URL are in chosen ones alone. */
enum dashboard_column {
	COLUMN_ID,
	COLUMN_OWNER,
	COLUMN_OWNER_NOW,
	COLUMN_TURN,
	COLUMN_TURN_WHY,
	COLUMN_TURN_SHOWN,
	COLUMN_OVERDUE,
	COLUMN_WORST,
	COLUMN_WORST_DUE,
	COLUMN_WORST_DAYS,
	COLUMN_WORST_SHOWN,
	COLUMN_NEXT_UPDATE,
	COLUMN_CLOSE_ON,
	COLUMN_QUESTIONS,
	COLUMN_OPEN_ACTIONS,
	COLUMN_LATE_ACTIONS,
	COLUMN_LAST_CA,
	COLUMN_LAST_CA_SHOWN,
	COLUMN_DELAYED,
	COLUMN_CLOSING,
	COLUMN_LABELS,
	COLUMN_LABELS_SHOWN,
	COLUMN_SUMMARY,
	COLUMN_TITLE_SHOWN,
	COLUMN_URL,
	COLUMN_USUAL,
	COLUMN_STATUS = COLUMN_USUAL,
	COLUMN_ASSIGNED,
	COLUMN_WHITEBOARD,
	COLUMN_FILED,
	COLUMN_FILED_SHOWN,
	COLUMN_CHANGED,
	COLUMN_CHANGED_SHOWN,
	COLUMN_CLOSE_ON_SHOWN,
	COLUMN_SINCE_SHOWN,
	COLUMN_DAYS_SHOWN,
	COLUMN_ACTIONS_SHOWN,
	COLUMN_GROUP,
	COLUMN__MAX
};

static const struct {
	const char *id, *title;
	bool right;
	enum audience audience;
} columns[COLUMN__MAX] = {
	[COLUMN_ID] = { "id", "Bug", true, FOR_ALL },
	[COLUMN_OWNER] = { "owner", "Owner", false, FOR_ALL },
	[COLUMN_OWNER_NOW] = { "owner_now", "", false, FOR_PROGRAMS },
	[COLUMN_TURN] = { "turn", "", false, FOR_PROGRAMS },
	[COLUMN_TURN_WHY] = { "turn_why", "", false, FOR_PROGRAMS },
	[COLUMN_TURN_SHOWN] = { "", "Next move", false, FOR_PEOPLE },
	[COLUMN_OVERDUE] = { "overdue", "", false, FOR_PROGRAMS },
	[COLUMN_WORST] = { "worst", "", false, FOR_PROGRAMS },
	[COLUMN_WORST_DUE] = { "worst_due", "", false, FOR_PROGRAMS },
	[COLUMN_WORST_DAYS] = { "worst_days", "", true, FOR_PROGRAMS },
	[COLUMN_WORST_SHOWN] = { "", "Overdue", false, FOR_PEOPLE },
	[COLUMN_NEXT_UPDATE] = { "next_update", "Next update", false,
	    FOR_ALL },
	[COLUMN_CLOSE_ON] = { "close_on", "", false, FOR_PROGRAMS },
	[COLUMN_QUESTIONS] = { "questions", "Questions", true, FOR_ALL },
	[COLUMN_OPEN_ACTIONS] = { "open_actions", "", true, FOR_PROGRAMS },
	[COLUMN_LATE_ACTIONS] = { "late_actions", "Late actions", true,
	    FOR_ALL },
	[COLUMN_LAST_CA] = { "last_ca_comment", "", false, FOR_PROGRAMS },
	[COLUMN_LAST_CA_SHOWN] = { "", "CA wrote", false, FOR_PEOPLE },
	[COLUMN_DELAYED] = { "delayed", "", false, FOR_PROGRAMS },
	[COLUMN_CLOSING] = { "closing", "", false, FOR_PROGRAMS },
	[COLUMN_LABELS] = { "labels", "", false, FOR_PROGRAMS },
	[COLUMN_LABELS_SHOWN] = { "", "Labels", false, FOR_PEOPLE },
	[COLUMN_SUMMARY] = { "summary", "", false, FOR_PROGRAMS },
	[COLUMN_TITLE_SHOWN] = { "", "Summary", false, FOR_PEOPLE },
	[COLUMN_URL] = { "url", "", false, FOR_PROGRAMS },
	[COLUMN_STATUS] = { "status", "Status", false, FOR_ALL },
	[COLUMN_ASSIGNED] = { "assigned_to", "Assigned to", false, FOR_ALL },
	[COLUMN_WHITEBOARD] = { "whiteboard", "Whiteboard", false, FOR_ALL },
	[COLUMN_FILED] = { "created", "", false, FOR_PROGRAMS },
	[COLUMN_FILED_SHOWN] = { "", "Filed", false, FOR_PEOPLE },
	[COLUMN_CHANGED] = { "changed", "", false, FOR_PROGRAMS },
	[COLUMN_CHANGED_SHOWN] = { "", "Last change", false, FOR_PEOPLE },
	[COLUMN_CLOSE_ON_SHOWN] = { "", "Close on", false, FOR_PEOPLE },
	[COLUMN_SINCE_SHOWN] = { "", "Overdue", false, FOR_PEOPLE },
	[COLUMN_DAYS_SHOWN] = { "", "Days overdue", true, FOR_PEOPLE },
	[COLUMN_ACTIONS_SHOWN] = { "", "Open actions", true, FOR_PEOPLE },
	[COLUMN_GROUP] = { "group", "", false, FOR_PROGRAMS }
};

enum {
	MOST = 4	/* columns behind a name, for people and programs */
};

/* The names by which columns are chosen, ended by an id. */
static const struct {
	const char *name;
	size_t len;
	enum dashboard_column columns[MOST];
} choices[] = {
	{ "id", 1, { COLUMN_ID } },
	{ "owner", 1, { COLUMN_OWNER } },
	{ "summary", 2, { COLUMN_SUMMARY, COLUMN_TITLE_SHOWN } },
	{ "labels", 2, { COLUMN_LABELS, COLUMN_LABELS_SHOWN } },
	{ "status", 1, { COLUMN_STATUS } },
	{ "assignee", 1, { COLUMN_ASSIGNED } },
	{ "whiteboard", 1, { COLUMN_WHITEBOARD } },
	{ "filed", 2, { COLUMN_FILED, COLUMN_FILED_SHOWN } },
	{ "changed", 2, { COLUMN_CHANGED, COLUMN_CHANGED_SHOWN } },
	{ "last-ca", 2, { COLUMN_LAST_CA, COLUMN_LAST_CA_SHOWN } },
	{ "next-update", 1, { COLUMN_NEXT_UPDATE } },
	{ "close-on", 2, { COLUMN_CLOSE_ON, COLUMN_CLOSE_ON_SHOWN } },
	{ "turn", 3, { COLUMN_TURN, COLUMN_TURN_WHY, COLUMN_TURN_SHOWN } },
	{ "overdue", 4, { COLUMN_OVERDUE, COLUMN_WORST, COLUMN_WORST_DUE,
	    COLUMN_SINCE_SHOWN } },
	{ "overdue-days", 2, { COLUMN_WORST_DAYS, COLUMN_DAYS_SHOWN } },
	{ "questions", 1, { COLUMN_QUESTIONS } },
	{ "open-actions", 2, { COLUMN_OPEN_ACTIONS,
	    COLUMN_ACTIONS_SHOWN } },
	{ "late-actions", 1, { COLUMN_LATE_ACTIONS } }
};

enum {
	CHOICES = sizeof(choices) / sizeof(choices[0]),
	NOWHERE = COLUMN__MAX	/* the place of a column that is not there */
};

_Static_assert((int)CHOICES == (int)DASHBOARD_COLUMNS,
    "a name for each column");

const char *
dashboard_column_name(size_t column)
{
	return choices[column].name;
}

bool
dashboard_column_by_name(const char *name, size_t len, size_t *out)
{
	size_t i;

	for (i = 0; i < CHOICES; i++)
		if (strlen(choices[i].name) == len &&
		    memcmp(choices[i].name, name, len) == 0) {
			*out = i;
			return true;
		}
	return false;
}

/* A row that is being filled, and the places of its cells. */
struct line {
	struct report *report;
	struct row *row;
	size_t place[COLUMN__MAX];
};

static void
put_text(const struct line *line, enum dashboard_column column,
    const char *text)
{
	if (line->place[column] != NOWHERE)
		report_cell_text(line->report, line->row,
		    line->place[column], text);
}

static void
put(const struct line *line, enum dashboard_column column,
    enum cell_kind kind, int64_t number)
{
	if (line->place[column] != NOWHERE)
		report_cell_number(line->report, line->row,
		    line->place[column], kind, number);
}

static void
put_count(const struct line *line, enum dashboard_column column,
    size_t count)
{
	put(line, column, CELL_COUNT, (int64_t)count);
}

/* In full for programs, its day for people. */
static void
put_time(const struct line *line, enum dashboard_column column,
    enum dashboard_column shown, int64_t time)
{
	put(line, column, CELL_TIME, time);
	put(line, shown, CELL_DAY, date_day(time));
}

/* "CA: question in comment 4", "Answer to a question, 3 days", and "since
 * 2026-06-12: Answer to a question", which is the same tomorrow. */
static void
put_shown(const struct line *line, const struct dashboard_row *row)
{
	char day[DATE_SIZE];
	struct buf buf;

	buf_init(&buf, REPORT_MAX_BYTES);
	buf_fmt(&buf, "%s: %s", row->turn, row->why);
	put_text(line, COLUMN_TURN_SHOWN, buf_text(&buf));
	if (row->worst != NULL) {
		buf_clear(&buf);
		buf_fmt(&buf, "%s, %" PRId64 " %s%s", row->worst,
		    row->worst_days, build_plural(row->worst_days, "day",
		    "days"), row->overdue ? "" : " (advice)");
		put_text(line, COLUMN_WORST_SHOWN, buf_text(&buf));
	}
	if (row->overdue) {
		buf_clear(&buf);
		buf_fmt(&buf, "since %s: %s", date_format_day(
		    date_day(row->worst_due), day), row->worst);
		put_text(line, COLUMN_SINCE_SHOWN, buf_text(&buf));
		put(line, COLUMN_DAYS_SHOWN, CELL_COUNT, row->worst_days);
	}
	if (buf.full || buf.nomem)
		line->report->failed = true;
	buf_release(&buf);
}

static void
put_all(const struct line *line, const struct dashboard_row *row)
{
	put(line, COLUMN_ID, CELL_BUG, row->bug);
	put_text(line, COLUMN_OWNER, row->owner);
	put_text(line, COLUMN_OWNER_NOW, row->owner_now);
	put_text(line, COLUMN_TURN,
	    row->turn_kind == TURN_CA ? "ca" : "root-program");
	put_text(line, COLUMN_TURN_WHY, row->why);
	put_text(line, COLUMN_OVERDUE, row->overdue ? "true" : "false");
	put_text(line, COLUMN_WORST, row->worst_id);
	put(line, COLUMN_WORST_DUE, CELL_TIME, row->worst_due);
	put(line, COLUMN_WORST_DAYS, CELL_COUNT, row->worst_days);
	put(line, COLUMN_NEXT_UPDATE, CELL_DAY, row->next_update);
	put(line, COLUMN_CLOSE_ON, CELL_DAY, row->close_on);
	put(line, COLUMN_CLOSE_ON_SHOWN, CELL_DAY, row->close_on);
	put_count(line, COLUMN_QUESTIONS, row->questions);
	put_count(line, COLUMN_OPEN_ACTIONS, row->open_actions);
	put_count(line, COLUMN_ACTIONS_SHOWN, row->open_actions);
	put_count(line, COLUMN_LATE_ACTIONS, row->late_actions);
	put_time(line, COLUMN_LAST_CA, COLUMN_LAST_CA_SHOWN, row->last_ca);
	put_text(line, COLUMN_DELAYED, row->delayed ? "true" : "false");
	put_text(line, COLUMN_CLOSING, row->closing ? "true" : "false");
	put_text(line, COLUMN_LABELS, row->labels);
	put_text(line, COLUMN_LABELS_SHOWN, row->labels_shown);
	put_text(line, COLUMN_SUMMARY, row->summary);
	/* The owner stands in front of it where no column says it. */
	put_text(line, COLUMN_TITLE_SHOWN,
	    line->place[COLUMN_OWNER] != NOWHERE ? row->title :
	    row->summary);
	put_text(line, COLUMN_URL, row->url);
	put_text(line, COLUMN_STATUS, row->status);
	put_text(line, COLUMN_ASSIGNED, row->assigned);
	put_text(line, COLUMN_WHITEBOARD, row->whiteboard);
	put_time(line, COLUMN_FILED, COLUMN_FILED_SHOWN, row->filed);
	put_time(line, COLUMN_CHANGED, COLUMN_CHANGED_SHOWN, row->changed);
	put_shown(line, row);
}

static void
add_column(struct report *report, struct table *table, size_t *place,
    enum dashboard_column column)
{
	if (table != NULL)
		place[column] = table->column_len;
	report_column(report, table, columns[column].id,
	    columns[column].title, columns[column].right,
	    columns[column].audience);
}

/* The columns, and where each is. */
static void
add_columns(struct report *report, struct table *table,
    const struct dashboard *dashboard, bool grouped,
    size_t place[COLUMN__MAX])
{
	size_t i, k, choice;

	for (i = 0; i < COLUMN__MAX; i++)
		place[i] = NOWHERE;
	if (grouped)
		add_column(report, table, place, COLUMN_GROUP);
	for (i = 0; i < COLUMN_USUAL && dashboard->column_len == 0; i++)
		add_column(report, table, place, (enum dashboard_column)i);
	for (i = 0; i < dashboard->column_len; i++) {
		choice = dashboard->columns[i];
		for (k = 0; k < choices[choice].len; k++)
			add_column(report, table, place,
			    choices[choice].columns[k]);
	}
}

void
build_dashboard_table(struct report *report,
    const struct dashboard *dashboard, enum audience audience,
    const struct dashboard_group *groups, size_t group_len)
{
	bool grouped = audience == FOR_PROGRAMS;
	struct table *table = report_table(report, NULL);
	struct line line = { .report = report };
	size_t i, k;

	if (table == NULL)
		return;
	table->audience = audience;
	add_columns(report, table, dashboard, grouped, line.place);
	for (i = 0; i < group_len; i++)
		for (k = 0; k < groups[i].row_len; k++) {
			line.row = report_row(report, table);
			put_all(&line, groups[i].rows[k]);
			put_text(&line, COLUMN_GROUP, groups[i].id);
		}
}
