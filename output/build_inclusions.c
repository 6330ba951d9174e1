/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Inclusion requests: how many are in which state, and which. */

#include "output/build.h"

#include <stdio.h>

#include "base/date.h"
#include "fetch/bug.h"
#include "taxonomy/taxonomy.h"
#include "classify/inclusion.h"
#include "classify/owner.h"
#include "output/build_common.h"
#include "output/report.h"
#include "output/value.h"

/* The state of those whose whiteboard names none. */
static const char *const NO_STATE = "without-status";

static const char *
state_id(const struct taxonomy *taxonomy, size_t state)
{
	return state == SIZE_MAX ? NO_STATE :
	    taxonomy->inclusions[state].id;
}

static const char *
state_title(const struct taxonomy *taxonomy, size_t state)
{
	return state == SIZE_MAX ? "Without a Status" :
	    taxonomy->inclusions[state].title;
}

/* Is the request pending in that state? */
static bool
is_counted(const struct taxonomy *taxonomy, size_t state)
{
	return state == SIZE_MAX || taxonomy->inclusions[state].counted;
}

static int64_t
days_since(const struct build_inclusion *request, int64_t now)
{
	if (request->inclusion.since == DATE_NONE)
		return -1;
	return date_day(now) - date_day(request->inclusion.since);
}

/* The bugs in a state; `state` is none of the taxonomy's for SIZE_MAX. */
static const int64_t *
bugs_in(struct report *report, const struct build_inclusions *from,
    size_t state, bool counted, size_t *len)
{
	int64_t *bugs;
	size_t i;

	*len = 0;
	bugs = arena_alloc(&report->arena, from->len, sizeof(*bugs));
	if (bugs == NULL) {
		report->failed = true;
		return NULL;
	}
	for (i = 0; i < from->len; i++)
		if (counted ? is_counted(from->taxonomy,
		    from->requests[i].inclusion.state) :
		    from->requests[i].inclusion.state == state)
			bugs[(*len)++] = from->requests[i].bug;
	return bugs;
}

static void
add_count(struct report *report, struct row *row, const char *id,
    const char *title, const int64_t *bugs, size_t len)
{
	report_cell_text(report, row, 0, id);
	report_cell_text(report, row, 1, title);
	report_cell_bugs(report, row, 2, CELL_COUNT, (int64_t)len, bugs,
	    len);
}

void
build_inclusion_counts(struct report *report,
    const struct build_inclusions *from)
{
	const struct taxonomy *taxonomy = from->taxonomy;
	struct table *table = report_table(report, NULL);
	const int64_t *bugs;
	size_t i, len;

	if (table == NULL)
		return;
	table->audience = FOR_PEOPLE;
	report_column(report, table, "id", "Id", false, FOR_PROGRAMS);
	report_column(report, table, "title", "Status", false, FOR_ALL);
	report_column(report, table, "count", "Count", true, FOR_ALL);
	for (i = 0; i < taxonomy->inclusion_len; i++) {
		if (!taxonomy->inclusions[i].counted)
			continue;
		bugs = bugs_in(report, from, i, false, &len);
		add_count(report, report_row(report, table),
		    taxonomy->inclusions[i].id, taxonomy->inclusions[i].title,
		    bugs, len);
	}
	bugs = bugs_in(report, from, SIZE_MAX, false, &len);
	if (len > 0)
		add_count(report, report_row(report, table), NO_STATE,
		    state_title(taxonomy, SIZE_MAX), bugs, len);
	bugs = bugs_in(report, from, 0, true, &len);
	add_count(report, report_total(report, table), NULL, "Total", bugs,
	    len);
}

static void
add_requests(struct report *report, const struct build_inclusions *from)
{
	static const struct {
		const char *id, *title;
		bool right;
		enum audience audience;
	} columns[] = {
		{ "id", "Bug", true, FOR_ALL },
		{ "owner", "CA Owner", false, FOR_ALL },
		{ "state", "State", false, FOR_PROGRAMS },
		{ "title", "Status", false, FOR_PEOPLE },
		{ "since", "Since", false, FOR_ALL },
		/* It would change every day on a page. */
		{ "days", "Days", true, FOR_PROGRAMS },
		{ "filed", "Filed", false, FOR_ALL },
		{ "changed", "Last Change", false, FOR_ALL },
		{ "summary", "Summary", false, FOR_ALL },
	};
	const struct build_inclusion *request;
	struct table *table = report_table(report, NULL);
	struct row *row;
	size_t i;

	for (i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		report_column(report, table, columns[i].id, columns[i].title,
		    columns[i].right, columns[i].audience);
	for (i = 0; i < from->len; i++) {
		request = &from->requests[i];
		row = report_row(report, table);
		report_cell_number(report, row, 0, CELL_BUG, request->bug);
		report_cell_text(report, row, 1, request->inclusion.owner ==
		    SIZE_MAX ? NULL : owner_name_then(from->taxonomy,
		    request->inclusion.owner));
		report_cell_text(report, row, 2, state_id(from->taxonomy,
		    request->inclusion.state));
		report_cell_text(report, row, 3, state_title(from->taxonomy,
		    request->inclusion.state));
		report_cell_number(report, row, 4, CELL_DAY,
		    date_day(request->inclusion.since));
		if (days_since(request, from->now) >= 0)
			report_cell_number(report, row, 5, CELL_COUNT,
			    days_since(request, from->now));
		report_cell_number(report, row, 6, CELL_DAY,
		    date_day(request->filed));
		report_cell_number(report, row, 7, CELL_DAY,
		    date_day(request->changed));
		report_cell_text(report, row, 8, request->summary);
	}
}

static void
add_data(struct report *report, const struct build_inclusions *from)
{
	const struct taxonomy *taxonomy = from->taxonomy;
	struct arena *arena = &report->arena;
	const struct build_inclusion *request;
	struct value *root, *rows, *to;
	const int64_t *bugs;
	size_t i, len;

	root = report->data = value_object_new(arena);
	value_text(arena, root, "report", "inclusions");
	bugs = bugs_in(report, from, 0, true, &len);
	value_number(arena, root, "requests", (int64_t)len);
	rows = value_array(arena, root, "rows");
	for (i = 0; i <= taxonomy->inclusion_len; i++) {
		size_t state = i < taxonomy->inclusion_len ? i : SIZE_MAX;

		bugs = bugs_in(report, from, state, false, &len);
		to = value_object(arena, rows, NULL);
		value_text(arena, to, "id", state_id(taxonomy, state));
		value_text(arena, to, "title", state_title(taxonomy, state));
		value_bool(arena, to, "counted", is_counted(taxonomy,
		    state));
		value_number(arena, to, "count", (int64_t)len);
		build_numbers(arena, to, bugs, len);
	}
	report->records = value_array(arena, root, "list");
	for (i = 0; i < from->len; i++) {
		request = &from->requests[i];
		to = value_object(arena, report->records, NULL);
		value_number(arena, to, "id", request->bug);
		value_text(arena, to, "owner", request->inclusion.owner ==
		    SIZE_MAX ? NULL : owner_name_then(taxonomy,
		    request->inclusion.owner));
		value_text(arena, to, "state", state_id(taxonomy,
		    request->inclusion.state));
		value_time(arena, to, "since", request->inclusion.since);
		value_time(arena, to, "created", request->filed);
		value_time(arena, to, "changed", request->changed);
		value_text(arena, to, "summary", request->summary);
		value_text(arena, to, "url", build_url(report,
		    request->bug));
	}
}

void
build_inclusions(struct report *report, const struct build_inclusions *from,
    const struct build_source *source)
{
	struct block *block;
	const int64_t *bugs;
	char count[48];
	size_t i, len;

	report_heading(report, 1, report->title);
	bugs = bugs_in(report, from, 0, true, &len);
	block = report_block(report, BLOCK_PARAGRAPH);
	(void)snprintf(count, sizeof(count), "%zu %s", len,
	    build_plural((int64_t)len, "request", "requests"));
	report_summary(report, "%s", count);
	report_bugs(report, block, count, bugs, len);
	report_text(report, block, build_plural((int64_t)len, " is pending.",
	    " are pending."));
	build_inclusion_counts(report, from);
	block = NULL;
	for (i = 0; i < from->taxonomy->inclusion_len; i++) {
		bugs = bugs_in(report, from, i, false, &len);
		if (from->taxonomy->inclusions[i].counted || len == 0)
			continue;
		if (block == NULL) {
			block = report_block(report, BLOCK_PARAGRAPH);
			report_text(report, block, "Open, but not counted: ");
		} else {
			report_text(report, block, "; ");
		}
		report_bugs(report, block,
		    from->taxonomy->inclusions[i].title, bugs, len);
		report_textf(report, block, " (%zu)", len);
	}
	if (block != NULL)
		report_text(report, block, ".");
	if (from->len > 0)
		report_heading(report, 2, "Requests");
	add_requests(report, from);
	add_data(report, from);
	build_past(report, source);
	build_past_data(report, source);
	build_source_line(report, source);
}
