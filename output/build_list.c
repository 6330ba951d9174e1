/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/build.h"

#include <inttypes.h>

#include "base/date.h"
#include "fetch/bug.h"
#include "classify/verdict.h"
#include "output/build_common.h"
#include "output/report.h"
#include "output/value.h"

/* One order for both: people see six of these, CSV the other fourteen. */
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
	COLUMN_REPORTER,
	COLUMN_NEXT_UPDATE,
	COLUMN_CLOSE_ON,
	COLUMN_URL,
	COLUMN_SUMMARY_SHOWN,
	COLUMN__MAX
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
	[COLUMN_REPORTER] = { "reporter", "", FOR_PROGRAMS },
	[COLUMN_NEXT_UPDATE] = { "next_update", "", FOR_PROGRAMS },
	[COLUMN_CLOSE_ON] = { "close_on", "", FOR_PROGRAMS },
	[COLUMN_URL] = { "url", "", FOR_PROGRAMS },
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

void
build_list_begin(struct report *report)
{
	struct table *table;
	size_t i;

	report_heading(report, 1, report->title);
	table = report_table(report, NULL);
	for (i = 0; i < COLUMN__MAX; i++)
		report_column(report, table, columns[i].id, columns[i].title,
		    i == COLUMN_ID, columns[i].audience);
	/* For the number of them, before what is said of those left out. */
	report_block(report, BLOCK_PARAGRAPH);
	report->data = value_object_new(&report->arena);
	value_text(&report->arena, report->data, "report", "list");
	report->records = value_array(&report->arena, report->data,
	    "incidents");
}

/* A time in full for programs, and its day for people. */
static void
set_time(struct report *report, struct row *row, enum list_column column,
    enum list_column shown, int64_t time)
{
	report_cell_number(report, row, column, CELL_TIME, time);
	report_cell_number(report, row, shown, CELL_DAY, date_day(time));
}

void
build_list_add(struct report *report, const struct bug *bug,
    const struct verdict *verdict, const struct taxonomy *taxonomy)
{
	struct block *block = find_table(report);
	struct row *row;
	const char *owner = build_owner(report, bug, verdict, taxonomy);
	const char *summary = bug->text[BUG_SUMMARY];
	size_t known = verdict->owner.owner;

	row = report_row(report, block != NULL ? &block->table : NULL);
	report_cell_number(report, row, COLUMN_ID, CELL_BUG, bug->id);
	report_cell_text(report, row, COLUMN_SUMMARY, summary);
	report_cell_text(report, row, COLUMN_SUMMARY_SHOWN, summary);
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
	report_cell_text(report, row, COLUMN_REPORTER,
	    reporter_name(verdict->reporter));
	report_cell_number(report, row, COLUMN_NEXT_UPDATE, CELL_DAY,
	    verdict->board.next_update);
	report_cell_number(report, row, COLUMN_CLOSE_ON, CELL_DAY,
	    verdict->board.close_on);
	report_cell_text(report, row, COLUMN_URL, build_url(report, bug->id));
	build_record(report, value_object(&report->arena, report->records,
	    NULL), bug, verdict, taxonomy);
}

void
build_list_end(struct report *report, const struct build_source *source)
{
	struct block *block = find_table(report);
	int64_t len;

	if (block != NULL) {
		len = (int64_t)block->table.row_len;
		block = block->next;
		if (len == 0)
			report_text(report, block, "No incidents.");
		else
			report_textf(report, block, "%" PRId64 " %s.", len,
			    build_plural(len, "incident", "incidents"));
	}
	build_source_line(report, source);
}
