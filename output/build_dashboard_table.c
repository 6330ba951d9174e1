/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* The table of open incidents, for people and as CSV. */

#include "output/build_dashboard.h"

#include <inttypes.h>

#include "base/buf.h"
#include "base/date.h"
#include "output/build_common.h"
#include "output/report.h"

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
	[COLUMN_URL] = { "url", "", false, FOR_PROGRAMS }
};

static void
set_count(struct report *report, struct row *row, size_t column,
    size_t count)
{
	report_cell_number(report, row, column, CELL_COUNT, (int64_t)count);
}

/* "CA: question in comment 4", "Answer to a question, 3 days". */
static void
set_shown(struct report *report, struct row *out,
    const struct dashboard_row *row)
{
	struct buf buf;

	buf_init(&buf, REPORT_MAX_BYTES);
	buf_fmt(&buf, "%s: %s", row->turn, row->why);
	report_cell_text(report, out, COLUMN_TURN_SHOWN, buf_text(&buf));
	if (row->worst != NULL) {
		buf_clear(&buf);
		buf_fmt(&buf, "%s, %" PRId64 " %s%s", row->worst,
		    row->worst_days, build_plural(row->worst_days, "day",
		    "days"), row->overdue ? "" : " (advice)");
		report_cell_text(report, out, COLUMN_WORST_SHOWN,
		    buf_text(&buf));
	}
	if (buf.full || buf.nomem)
		report->failed = true;
	buf_release(&buf);
}

void
build_dashboard_cells(struct report *report, struct row *out,
    const struct dashboard_row *row)
{
	report_cell_number(report, out, COLUMN_ID, CELL_BUG, row->bug);
	report_cell_text(report, out, COLUMN_OWNER, row->owner);
	report_cell_text(report, out, COLUMN_OWNER_NOW, row->owner_now);
	report_cell_text(report, out, COLUMN_TURN,
	    row->turn_kind == TURN_CA ? "ca" : "root-program");
	report_cell_text(report, out, COLUMN_TURN_WHY, row->why);
	report_cell_text(report, out, COLUMN_OVERDUE,
	    row->overdue ? "true" : "false");
	report_cell_text(report, out, COLUMN_WORST, row->worst_id);
	report_cell_number(report, out, COLUMN_WORST_DUE, CELL_TIME,
	    row->worst_due);
	set_count(report, out, COLUMN_WORST_DAYS, (size_t)row->worst_days);
	report_cell_number(report, out, COLUMN_NEXT_UPDATE, CELL_DAY,
	    row->next_update);
	report_cell_number(report, out, COLUMN_CLOSE_ON, CELL_DAY,
	    row->close_on);
	set_count(report, out, COLUMN_QUESTIONS, row->questions);
	set_count(report, out, COLUMN_OPEN_ACTIONS, row->open_actions);
	set_count(report, out, COLUMN_LATE_ACTIONS, row->late_actions);
	report_cell_number(report, out, COLUMN_LAST_CA, CELL_TIME,
	    row->last_ca);
	report_cell_number(report, out, COLUMN_LAST_CA_SHOWN, CELL_DAY,
	    date_day(row->last_ca));
	report_cell_text(report, out, COLUMN_DELAYED,
	    row->delayed ? "true" : "false");
	report_cell_text(report, out, COLUMN_CLOSING,
	    row->closing ? "true" : "false");
	report_cell_text(report, out, COLUMN_LABELS, row->labels);
	report_cell_text(report, out, COLUMN_LABELS_SHOWN,
	    row->labels_shown);
	report_cell_text(report, out, COLUMN_SUMMARY, row->summary);
	report_cell_text(report, out, COLUMN_TITLE_SHOWN, row->title);
	report_cell_text(report, out, COLUMN_URL, row->url);
	set_shown(report, out, row);
}

void
build_dashboard_columns(struct report *report, struct table *table)
{
	size_t i;

	for (i = 0; i < COLUMN__MAX; i++)
		report_column(report, table, columns[i].id, columns[i].title,
		    columns[i].right, columns[i].audience);
}
