/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/build_clocks.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "taxonomy/taxonomy.h"
#include "classify/clock.h"
#include "output/report.h"
#include "output/value.h"

enum clock_column {
	COLUMN_CLOCK,
	COLUMN_RULE,
	COLUMN_FROM,
	COLUMN_DUE,
	COLUMN_MET,
	COLUMN_STATE,
	COLUMN_ABOUT,
	COLUMN__MAX
};

static const struct {
	const char *id, *title;
} columns[COLUMN__MAX] = {
	[COLUMN_CLOCK] = { "clock", "Clock" },
	[COLUMN_RULE] = { "rule", "Rule" },
	[COLUMN_FROM] = { "from", "Began" },
	[COLUMN_DUE] = { "due", "Due" },
	[COLUMN_MET] = { "met", "Met" },
	[COLUMN_STATE] = { "state", "State" },
	[COLUMN_ABOUT] = { "about", "About" }
};

static const char *const turns[TURN__MAX] = {
	[TURN_NOBODY] = "nobody",
	[TURN_CA] = "CA",
	[TURN_ROOT_PROGRAM] = "root program"
};

const char *
build_turn(const struct clocks *clocks)
{
	return turns[clocks->turn];
}

int64_t
build_late_days(const struct clock_run *run, int64_t now)
{
	return (clock_lateness(run, now) + DATE_DAY - 1) / DATE_DAY;
}

void
build_clock_run(struct arena *arena, struct value *object,
    const struct clock_run *run, const struct taxonomy *taxonomy)
{
	const struct tax_deadline *deadline = run->deadline;

	value_text(arena, object, "clock", taxonomy->clocks[run->kind].id);
	value_text(arena, object, "version", deadline->version);
	value_bool(arena, object, "must", deadline->must);
	value_text(arena, object, "source", deadline->source);
	value_time(arena, object, "from", run->from);
	value_time(arena, object, "due", run->due);
	value_time(arena, object, "met", run->met);
	value_text(arena, object, "state", clock_state_name(run->state));
	if (run->comment >= 0)
		value_number(arena, object, "comment", run->comment);
	else
		value_null(arena, object, "comment");
	value_text(arena, object, "words",
	    run->words[0] != '\0' ? run->words : NULL);
}

/* "comment 4: Why was it changed?" */
static void
set_about(struct report *report, struct row *row,
    const struct clock_run *run)
{
	struct buf buf;

	buf_init(&buf, REPORT_MAX_BYTES);
	if (run->comment >= 0)
		buf_fmt(&buf, "comment %" PRId64, run->comment);
	if (run->words[0] != '\0')
		buf_fmt(&buf, "%s%s", buf.len > 0 ? ": " : "", run->words);
	if (buf.full || buf.nomem)
		report->failed = true;
	report_cell_text(report, row, COLUMN_ABOUT, buf_text(&buf));
	buf_release(&buf);
}

static void
add_row(struct report *report, struct table *table,
    const struct clock_run *run, const struct taxonomy *taxonomy)
{
	const struct tax_deadline *deadline = run->deadline;
	struct row *row = report_row(report, table);
	char rule[128];
	struct buf buf;

	buf_fixed(&buf, rule, sizeof(rule));
	buf_fmt(&buf, "%.100s, %s", deadline->version,
	    deadline->must ? "must" : "should");
	report_cell_text(report, row, COLUMN_CLOCK,
	    taxonomy->clocks[run->kind].title);
	report_cell_text(report, row, COLUMN_RULE, buf_text(&buf));
	report_cell_number(report, row, COLUMN_FROM, CELL_TIME, run->from);
	report_cell_number(report, row, COLUMN_DUE, CELL_TIME, run->due);
	report_cell_number(report, row, COLUMN_MET, CELL_TIME, run->met);
	report_cell_text(report, row, COLUMN_STATE,
	    clock_state_name(run->state));
	set_about(report, row, run);
}

void
build_show_clocks(struct report *report, struct value *record,
    const struct clocks *clocks, const struct taxonomy *taxonomy)
{
	struct arena *arena = &report->arena;
	struct block *block;
	struct value *array;
	struct table *table;
	size_t i;

	report_heading(report, 2, "Clocks");
	block = report_block(report, BLOCK_PARAGRAPH);
	report_textf(report, block, "Next move: %s (%s).",
	    build_turn(clocks), clocks->turn_why);
	value_text(arena, record, "turn", clock_turn_name(clocks->turn));
	value_text(arena, record, "turn_why", clocks->turn_why);
	array = value_array(arena, record, "clocks");
	table = report_table(report, NULL);
	for (i = 0; i < COLUMN__MAX; i++)
		report_column(report, table, columns[i].id, columns[i].title,
		    false, FOR_ALL);
	for (i = 0; i < clocks->run_len; i++) {
		add_row(report, table, &clocks->runs[i], taxonomy);
		build_clock_run(arena, value_object(arena, array, NULL),
		    &clocks->runs[i], taxonomy);
	}
}
