/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/build.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "taxonomy/taxonomy.h"
#include "output/build_common.h"
#include "output/report.h"
#include "output/value.h"

static void
fact(struct report *report, struct table *table, const char *name,
    enum cell_kind kind, int64_t number)
{
	struct row *row = report_row(report, table);

	report_cell_text(report, row, 0, name);
	report_cell_number(report, row, 1, kind, number);
}

static void
fact_text(struct report *report, struct table *table, const char *name,
    const char *text)
{
	struct row *row = report_row(report, table);

	report_cell_text(report, row, 0, name);
	report_cell_text(report, row, 1, text);
}

static void
add_facts(struct report *report, const struct build_status *status)
{
	struct table *table = report_table(report, NULL);

	report_column(report, table, "name", "What", false, FOR_ALL);
	report_column(report, table, "value", "Value", false, FOR_ALL);
	fact_text(report, table, "File", status->path);
	fact(report, table, "Schema", CELL_COUNT, status->schema);
	fact(report, table, "Bugs", CELL_COUNT, status->bugs);
	fact(report, table, "Comments", CELL_COUNT, status->comments);
	fact(report, table, "Changes", CELL_COUNT, status->changes);
	fact(report, table, "Bugs whose fields have not come", CELL_COUNT,
	    status->waiting);
	fact(report, table, "Bugs no longer visible", CELL_COUNT,
	    status->gone);
	fact(report, table, "Bugs still to be fetched", CELL_COUNT,
	    status->to_come);
	fact(report, table, "Raw answers", CELL_COUNT, status->answers);
	fact(report, table, "Bytes of raw answers", CELL_COUNT,
	    status->answer_bytes);
	fact(report, table, "Newest change of a bug", CELL_TIME,
	    status->newest_change);
	fact(report, table, "Last finished run", CELL_TIME,
	    status->last_run);
	fact_text(report, table, "Its kind", status->last_kind);
}

/* "26 hours", in the largest unit that divides the seconds. */
static void
say_age(struct report *report, struct block *block, int64_t seconds)
{
	static const struct {
		int64_t seconds;
		const char *one, *many;
	} units[] = {
		{ DATE_DAY, "day", "days" },
		{ 3600, "hour", "hours" },
		{ 60, "minute", "minutes" },
		{ 1, "second", "seconds" }
	};
	int64_t count;
	size_t i = 0;

	while (seconds % units[i].seconds != 0)
		i++;
	count = seconds / units[i].seconds;
	report_textf(report, block, "%" PRId64 " %s", count,
	    build_plural(count, units[i].one, units[i].many));
}

static void
say_limit(struct report *report, const struct build_status *status)
{
	struct block *block;

	if (status->age_limit < 0)
		return;
	block = report_block(report, BLOCK_PARAGRAPH);
	if (status->last_run == DATE_NONE)
		report_text(report, block, "No run has finished yet; the limit "
		    "is ");
	else
		report_textf(report, block, "The last finished run is %s than ",
		    status->too_old ? "older" : "no older");
	say_age(report, block, status->age_limit);
	report_text(report, block, ".");
}

/* Each line of `faults`: an item of the list and a value of the array. */
static void
add_faults(struct report *report, const char *faults, struct value *array)
{
	struct arena *arena = &report->arena;
	struct block *block;
	const char *line;
	size_t len;

	if (faults[0] == '\0') {
		report_text(report, report_block(report, BLOCK_PARAGRAPH),
		    "The check found no faults.");
		return;
	}
	report_heading(report, 2, "Faults");
	block = report_block(report, BLOCK_LIST);
	for (; *faults != '\0'; faults += len + (faults[len] == '\n')) {
		len = strcspn(faults, "\n");
		line = arena_copy(arena, faults, len);
		if (line == NULL) {
			report->failed = true;
			return;
		}
		report_item(report, block);
		report_text(report, block, line);
		value_text(arena, array, NULL, line);
	}
}

static void
add_settings(struct report *report, const struct build_status *status)
{
	const struct build_setting *setting;
	struct arena *arena = &report->arena;
	struct value *array, *object;
	struct table *table;
	struct row *row;
	size_t i;

	if (status->setting_len == 0)
		return;
	array = value_array(arena, report->data, "settings");
	report_heading(report, 2, "Settings");
	table = report_table(report, NULL);
	report_column(report, table, "name", "Setting", false, FOR_ALL);
	report_column(report, table, "value", "Value", false, FOR_ALL);
	report_column(report, table, "from", "From", false, FOR_ALL);
	for (i = 0; i < status->setting_len; i++) {
		setting = &status->settings[i];
		row = report_row(report, table);
		report_cell_text(report, row, 0, setting->name);
		report_cell_text(report, row, 1, setting->value);
		report_cell_text(report, row, 2, setting->from);
		object = value_object(arena, array, NULL);
		value_text(arena, object, "name", setting->name);
		value_text(arena, object, "value", setting->value);
		value_text(arena, object, "from", setting->from);
	}
}

static void
add_refreshed(struct report *report, const struct build_status *status,
    struct value *array)
{
	const struct build_refreshed *one;
	struct arena *arena = &report->arena;
	struct table *table;
	struct value *object;
	struct row *row;
	size_t i;

	if (status->refreshed_len == 0)
		return;
	report_heading(report, 2, "Reports of plans");
	table = report_table(report, NULL);
	report_column(report, table, "plan", "Plan", false, FOR_ALL);
	report_column(report, table, "report", "Report", false, FOR_ALL);
	report_column(report, table, "good", "Last good", false, FOR_ALL);
	report_column(report, table, "tried", "Last try", false, FOR_ALL);
	report_column(report, table, "what", "What failed", false, FOR_ALL);
	for (i = 0; i < status->refreshed_len; i++) {
		one = &status->refreshed[i];
		row = report_row(report, table);
		report_cell_text(report, row, 0, one->plan);
		report_cell_text(report, row, 1, one->report);
		report_cell_number(report, row, 2, CELL_TIME, one->good);
		report_cell_number(report, row, 3, CELL_TIME, one->tried);
		report_cell_text(report, row, 4, one->what);
		object = value_object(arena, array, NULL);
		value_text(arena, object, "plan", one->plan);
		value_text(arena, object, "report", one->report);
		value_time(arena, object, "good", one->good);
		value_time(arena, object, "tried", one->tried);
		value_text(arena, object, "what",
		    one->what[0] != '\0' ? one->what : NULL);
	}
}

/* The figures; the array for the faults is returned. */
static struct value *
add_data(struct report *report, const struct build_status *status)
{
	struct arena *arena = &report->arena;
	struct value *data = value_object_new(arena), *faults;

	report->data = data;
	value_text(arena, data, "report", "status");
	value_text(arena, data, "path", status->path);
	value_number(arena, data, "schema", status->schema);
	value_number(arena, data, "bugs", status->bugs);
	value_number(arena, data, "comments", status->comments);
	value_number(arena, data, "changes", status->changes);
	value_number(arena, data, "waiting", status->waiting);
	value_number(arena, data, "gone", status->gone);
	value_number(arena, data, "to_come", status->to_come);
	value_number(arena, data, "answers", status->answers);
	value_number(arena, data, "answer_bytes", status->answer_bytes);
	value_time(arena, data, "newest_change", status->newest_change);
	value_time(arena, data, "last_run", status->last_run);
	value_text(arena, data, "last_kind",
	    status->last_kind[0] != '\0' ? status->last_kind : NULL);
	faults = value_array(arena, data, "faults");
	if (status->age_limit >= 0) {
		value_number(arena, data, "max_age", status->age_limit);
		value_bool(arena, data, "too_old", status->too_old);
	}
	return faults;
}

void
build_status(struct report *report, const struct build_status *status,
    const struct build_source *source)
{
	struct value *faults = add_data(report, status);

	report_heading(report, 1, report->title);
	report_summary(report, "%" PRId64 " %s, %" PRId64 " %s",
	    status->bugs, build_plural(status->bugs, "bug", "bugs"),
	    status->comments, build_plural(status->comments, "comment",
	    "comments"));
	add_facts(report, status);
	say_limit(report, status);
	add_faults(report, status->faults, faults);
	add_refreshed(report, status,
	    value_array(&report->arena, report->data, "refreshed"));
	add_settings(report, status);
	build_source_line(report, source);
}
