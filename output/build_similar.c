/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/build.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/date.h"
#include "classify/verdict.h"
#include "fetch/bug.h"
#include "output/build_common.h"
#include "output/report.h"
#include "output/value.h"

enum similar_column {
	COLUMN_ID,
	COLUMN_COSINE,
	COLUMN_OWNER,
	COLUMN_FILED,
	COLUMN_LABELS,
	COLUMN_LABELS_SHOWN,
	COLUMN_SUMMARY,
	COLUMN__MAX
};

static const struct {
	const char *id, *title;
	enum audience audience;
} columns[COLUMN__MAX] = {
	[COLUMN_ID] = { "id", "Bug", FOR_ALL },
	[COLUMN_COSINE] = { "cosine", "Likeness", FOR_ALL },
	[COLUMN_OWNER] = { "owner", "Owner", FOR_ALL },
	[COLUMN_FILED] = { "filed", "Filed", FOR_ALL },
	[COLUMN_LABELS] = { "labels", "", FOR_PROGRAMS },
	[COLUMN_LABELS_SHOWN] = { "", "Tags", FOR_PEOPLE },
	[COLUMN_SUMMARY] = { "summary", "Summary", FOR_ALL }
};

/* The table is the last block from build_similar_begin on; NULL when it got
 * no memory. */
static struct table *
find_table(struct report *report)
{
	struct block *block = report->last_block;

	return block != NULL && block->kind == BLOCK_TABLE ? &block->table :
	    NULL;
}

void
build_similar_begin(struct report *report, const struct bug *bug,
    const struct verdict *verdict, const struct taxonomy *taxonomy)
{
	struct arena *arena = &report->arena;
	struct block *block;
	struct table *table;
	char name[32];
	size_t i;

	report_heading(report, 1, report->title);
	block = report_block(report, BLOCK_PARAGRAPH);
	(void)snprintf(name, sizeof(name), "bug %" PRId64, bug->id);
	report_text(report, block, "Like ");
	report_bugs(report, block, name, &bug->id, 1);
	report_textf(report, block, ": %s", bug->text[BUG_SUMMARY]);
	table = report_table(report, NULL);
	for (i = 0; i < COLUMN__MAX; i++)
		report_column(report, table, columns[i].id, columns[i].title,
		    i == COLUMN_ID || i == COLUMN_COSINE,
		    columns[i].audience);
	report->data = value_object_new(arena);
	value_text(arena, report->data, "report", "similar");
	build_record(report, value_object(arena, report->data, "incident"),
	    bug, verdict, taxonomy);
	report->records = value_array(arena, report->data, "similar");
}

void
build_similar_add(struct report *report, const struct bug *bug,
    const struct verdict *verdict, const struct taxonomy *taxonomy,
    int cosine)
{
	struct arena *arena = &report->arena;
	struct row *row = report_row(report, find_table(report));
	struct value *record = value_object(arena, report->records, NULL);

	report_cell_number(report, row, COLUMN_ID, CELL_BUG, bug->id);
	report_cell_number(report, row, COLUMN_COSINE, CELL_THOUSANDTHS,
	    cosine);
	report_cell_text(report, row, COLUMN_OWNER,
	    build_owner(report, bug, verdict, taxonomy));
	report_cell_number(report, row, COLUMN_FILED, CELL_DAY,
	    date_day(bug->num[BUG_CREATED]));
	report_cell_text(report, row, COLUMN_LABELS,
	    build_labels(report, verdict, " "));
	report_cell_text(report, row, COLUMN_LABELS_SHOWN,
	    verdict->label_len == 0 ? "none" :
	    build_labels(report, verdict, ", "));
	report_cell_text(report, row, COLUMN_SUMMARY,
	    bug->text[BUG_SUMMARY]);
	build_record(report, record, bug, verdict, taxonomy);
	value_thousandths(arena, record, "cosine", cosine);
}

void
build_similar_end(struct report *report, const struct build_source *source)
{
	const struct table *table = find_table(report);

	if (table != NULL)
		report_summary(report, "%zu similar %s", table->row_len,
		    build_plural((int64_t)table->row_len, "incident",
		    "incidents"));
	if (table == NULL || table->row_len == 0)
		report_text(report, report_block(report, BLOCK_PARAGRAPH),
		    "No incident shares a word with it.");
	build_past(report, source);
	build_past_data(report, source);
	build_source_line(report, source);
}
