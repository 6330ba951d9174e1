/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"
#include "output/report.h"
#include "output/value.h"
#include "output/writer.h"
#include "tests/unit/heard.h"
#include "tests/unit/made_bugs.h"

enum {
	ROOM = 1 << 20,
	NOW = 1701000000	/* 2023-11-26T12:00:00Z */
};

static const struct tax_deadline must = { .version = "CCADB 3.1",
	.must = true };
static const struct tax_deadline should = { .version = "CCADB 3.1" };

static const char *
written(const struct report *report, const char *format)
{
	static const struct writer_options options = { false, 1000, false };
	static char text[ROOM];
	struct buf out;

	buf_init(&out, ROOM - 1);
	assert_null(writer_run(writer_by_name(format), report, &options, NULL,
	    &out));
	memcpy(text, buf_text(&out), out.len + 1);
	buf_release(&out);
	return text;
}

/* What the rows are sorted by, and what each says. */
static const struct given {
	int64_t bug;
	int64_t late;		/* seconds, 0: nothing is overdue */
	bool advice;
	size_t late_actions, questions;
	int64_t due;		/* seconds from now, 0: nothing runs */
} given[] = {
	{ 1, 0, false, 0, 0, 0 },
	{ 2, 0, false, 0, 0, 500 },
	{ 3, 0, false, 0, 0, 400 },
	{ 4, 0, false, 0, 1, 0 },
	{ 5, 0, false, 1, 0, 0 },
	{ 6, 0, false, 2, 0, 0 },
	{ 7, 90000, true, 0, 0, 0 },
	{ 8, 1, false, 0, 0, 0 },
	{ 9, 86400, false, 0, 0, 0 },
	{ 10, 86401, false, 0, 0, 0 },
	{ 11, 0, false, 0, 0, 0 }
};

static void
add(struct report *report, struct dashboard *dashboard,
    const struct given *from)
{
	struct clock_run run = { .kind = TAX_CLOCK_ANSWER,
	    .deadline = from->advice ? &should : &must, .met = DATE_NONE,
	    .comment = -1, .words = "" };
	struct clocks clocks = { .open = true, .turn = TURN_CA,
	    .turn_why = "x", .next_update = DATE_NONE,
	    .close_on = DATE_NONE, .last_ca = DATE_NONE,
	    .questions = from->questions, .open_actions = from->late_actions,
	    .late_actions = from->late_actions };
	struct verdict verdict;
	struct bug bug;

	make_poor_bug(&bug, &verdict);
	bug.id = from->bug;
	run.from = 1700000000;
	run.due = from->late > 0 ? NOW - from->late : NOW + from->due;
	run.state = from->late > 0 ? CLOCK_OVERDUE : CLOCK_RUNNING;
	if (from->late > 0 || from->due > 0) {
		clocks.runs = &run;
		clocks.run_len = 1;
	}
	if (from->late > 0) {
		clocks.worst = &run;
		clocks.overdue = !from->advice;
	}
	build_dashboard_add(report, dashboard, &bug, &verdict, &clocks);
}

/* `columns`: names, by blanks. */
static void
make_with(struct report *report, enum dashboard_only only, size_t room,
    const char *columns, const struct tally *by)
{
	static const struct selection everything;
	struct dashboard dashboard = { .now = NOW, .only = only,
	    .taxonomy = &taxonomy, .by = by };
	struct tally tally;
	size_t i, len;

	for (; *columns != '\0'; columns += len + (columns[len] == ' ')) {
		len = strcspn(columns, " ");
		assert_true(dashboard_column_by_name(columns, len,
		    &dashboard.columns[dashboard.column_len++]));
	}
	make_tally(&tally);
	report_init(report, "Open CA incidents", "https://b.example");
	report->arena.ceiling = report->arena.used + room;
	build_dashboard_begin(report, &dashboard);
	for (i = 0; i < COUNT(given); i++)
		add(report, &dashboard, &given[i]);
	build_dashboard_end(report, &dashboard, &everything, tally.left_out,
	    &source);
}

static void
make(struct report *report, enum dashboard_only only, size_t room)
{
	make_with(report, only, room, "", NULL);
}

/* The ids in the order of the records. */
static const char *
order(const struct report *report)
{
	static char text[200];
	const struct value *record;
	struct buf buf;

	buf_fixed(&buf, text, sizeof(text));
	buf_str(&buf, "");
	for (record = report->records->first; record != NULL;
	    record = record->next)
		buf_fmt(&buf, " %d", (int)value_get(record, "id")->number);
	return text;
}

static void
test_order(void **state)
{
	struct report report;

	(void)state;
	make(&report, DASHBOARD_OPEN, ROOM);
	assert_null(report_error(&report));
	/* duty, advice, actions, questions, what is due next, number */
	assert_string_equal(order(&report), " 10 9 8 7 6 5 4 3 2 1 11");
	report_release(&report);
}

static int64_t
count_of(const struct report *report, const char *key)
{
	const struct value *counts = value_get(report->data, "counts");

	return value_get(value_get(counts, key), "count")->number;
}

static void
test_counts(void **state)
{
	struct report report;
	const char *text;

	(void)state;
	make(&report, DASHBOARD_OVERDUE, ROOM);
	assert_string_equal(order(&report), " 10 9 8");
	assert_int_equal(count_of(&report, "open"), COUNT(given));
	assert_int_equal(count_of(&report, "overdue"), 3);
	assert_int_equal(count_of(&report, "ca"), COUNT(given));
	assert_int_equal(count_of(&report, "root_program"), 0);
	assert_int_equal(count_of(&report, "closing"), 0);
	assert_int_equal(count_of(&report, "delayed"), 0);
	assert_int_equal(count_of(&report, "questions"), 1);
	assert_int_equal(count_of(&report, "late_actions"), 3);
	text = written(&report, "text");
	assert_non_null(strstr(text, "Overdue: 3\n"));
	assert_non_null(strstr(text, "Late action items: 3 in 2 incidents"));
	assert_non_null(strstr(text, "3 of 11 shown: overdue."));
	/* begun days */
	assert_non_null(strstr(text, "Answer, 2 days"));
	assert_non_null(strstr(text, "Answer, 1 day "));
	text = written(&report, "markdown");
	assert_non_null(strstr(text, "Overdue: [3](<https://b.example/"
	    "buglist.cgi?bug_id=8,9,10>)"));
	report_release(&report);
}

static void
test_formats(void **state)
{
	struct report report;
	const char *text;

	(void)state;
	make(&report, DASHBOARD_OPEN, ROOM);
	text = written(&report, "csv");
	assert_memory_equal(text, "id,owner,owner_now,turn,turn_why,overdue,"
	    "worst,worst_due,worst_days,next_update,close_on,questions,"
	    "open_actions,late_actions,last_ca_comment,delayed,closing,"
	    "labels,summary,url\r\n10,New CA,,ca,x,true,answer,2023-11-25T"
	    "11:59:59Z,2,,,0,0,0,,false,false,,", 240);
	assert_non_null(strstr(written(&report, "text"),
	    "Answer, 2 days (advice)"));
	text = written(&report, "jsonl");
	assert_non_null(strstr(text, "\"turn\":\"ca\",\"turn_why\":\"x\","
	    "\"overdue\":true,\"worst\":{\"days\":2,\"clock\":\"answer\","
	    "\"version\":\"CCADB 3.1\",\"must\":true,\"source\":null,"));
	assert_non_null(strstr(text, "\"overdue\":false,\"worst\":null,"
	    "\"questions\":0,"));
	text = written(&report, "json");
	assert_memory_equal(text, "{\"report\":\"dashboard\","
	    "\"now\":\"2023-11-26T12:00:00Z\",\"only\":null,\"counts\":{"
	    "\"open\":{\"count\":11,", 91);
	report_release(&report);
}

/* The columns that are asked for, in that order. */
static void
test_columns(void **state)
{
	struct report report;
	char all[400];
	const char *text;
	struct buf names;
	size_t i;

	(void)state;
	make_with(&report, DASHBOARD_OVERDUE, ROOM, "overdue summary id",
	    NULL);
	assert_null(report_error(&report));
	assert_string_equal(written(&report, "csv"), "overdue,worst,"
	    "worst_due,summary,id\r\n"
	    "true,answer,2023-11-25T11:59:59Z,New CA: [x](y),10\r\n"
	    "true,answer,2023-11-25T12:00:00Z,New CA: [x](y),9\r\n"
	    "true,answer,2023-11-26T11:59:59Z,New CA: [x](y),8\r\n");
	text = written(&report, "markdown");
	assert_non_null(strstr(text, "| Overdue | Summary | Bug |\n"));
	assert_non_null(strstr(text, "| since 2023-11-25: Answer | New CA: "));
	text = written(&report, "json");
	assert_non_null(strstr(text, "\"assigned_to\":"));
	assert_non_null(strstr(text, "\"whiteboard\":"));
	report_release(&report);
	/* Advice is no mark. */
	make_with(&report, DASHBOARD_OPEN, ROOM, "id overdue overdue-days",
	    NULL);
	text = written(&report, "markdown");
	assert_non_null(strstr(text, "=7>) |  |  |\n"));
	assert_non_null(strstr(text, "=8>) | since 2023-11-26: Answer | 1 "
	    "|\n"));
	report_release(&report);
	/* Each by its name, and none twice. */
	buf_fixed(&names, all, sizeof(all));
	for (i = 0; i < DASHBOARD_COLUMNS; i++)
		buf_fmt(&names, "%s%s", i > 0 ? " " : "",
		    dashboard_column_name(i));
	make_with(&report, DASHBOARD_OPEN, ROOM, all, NULL);
	assert_null(report_error(&report));
	text = written(&report, "csv");
	assert_memory_equal(text, "id,owner,summary,labels,status,"
	    "assigned_to,whiteboard,created,changed,last_ca_comment,"
	    "next_update,close_on,turn,turn_why,overdue,worst,worst_due,"
	    "worst_days,questions,open_actions,late_actions\r\n", 186);
	report_release(&report);
	assert_false(dashboard_column_by_name("id,", 3, &i));
	assert_false(dashboard_column_by_name("", 0, &i));
	assert_true(dashboard_column_by_name("id,", 2, &i));
}

/* A table for each row that has incidents, and the totals of both. */
static void
test_by(void **state)
{
	static int64_t first[] = { 1, 2, 3, 7, 8 }, second[] = { 4, 5, 6, 8,
	    9, 10, 11 };
	struct tally_row of[] = {
		{ .id = "one", .title = "Row One", .bugs = first,
		    .bug_len = 5, .note = "A note." },
		{ .id = "none", .title = "Row None" },
		{ .id = "two", .title = "Row Two", .bugs = second,
		    .bug_len = 7 }
	};
	struct tally by;
	struct report report;
	size_t room, failures = 0;
	const char *text;

	(void)state;
	make_tally(&by);
	by.rows = of;
	make_with(&report, DASHBOARD_OPEN, ROOM, "id", &by);
	assert_string_equal(written(&report, "csv"), "group,id\r\n"
	    "one,8\r\none,7\r\none,3\r\none,2\r\none,1\r\n"
	    "two,10\r\ntwo,9\r\ntwo,8\r\ntwo,6\r\ntwo,5\r\ntwo,4\r\n"
	    "two,11\r\n");
	text = written(&report, "markdown");
	assert_non_null(strstr(text, "By Type of Incident: 11 incidents in "
	    "12 places; one with several labels stands in the table of "
	    "each."));
	assert_non_null(strstr(text, "## Row One\n\n[5 incidents](<https://"
	    "b.example/buglist.cgi?bug_id=1,2,3,7,8>), 1 overdue. A note."));
	assert_non_null(strstr(text, "## Row Two\n\n[7 incidents]("));
	assert_null(strstr(text, "Row None"));
	text = written(&report, "json");
	assert_non_null(strstr(text, ",\"by\":\"types-2024\","
	    "\"assignments\":12,\"groups\":[{\"id\":\"one\",\"title\":"
	    "\"Row One\",\"count\":5,\"bugs\":[1,2,3,7,8]},{\"id\":"
	    "\"two\",\"title\":\"Row Two\",\"count\":7,\"bugs\":[4,5,6,8,"
	    "9,10,11]}],\"incidents\":[{"));
	assert_string_equal(order(&report), " 10 9 8 7 6 5 4 3 2 1 11");
	report_release(&report);
	/* Rows of which none is shown are not there. */
	make_with(&report, DASHBOARD_QUESTIONS, ROOM, "id", &by);
	text = written(&report, "markdown");
	assert_non_null(strstr(text, ": 1 incident, in one table."));
	assert_null(strstr(text, "Row One"));
	assert_non_null(strstr(text, "## Row Two\n\n[1 incident]("));
	assert_non_null(strstr(text, "1 of 11 shown: questions."));
	report_release(&report);
	make_with(&report, DASHBOARD_CLOSING, ROOM, "id", &by);
	assert_null(strstr(written(&report, "text"), "By Type"));
	assert_string_equal(written(&report, "csv"), "group,id\r\n");
	report_release(&report);
	for (room = 0;; room += 977) {
		make_with(&report, DASHBOARD_OPEN, room, "id", &by);
		if (report_error(&report) == NULL)
			break;
		report_release(&report);
		failures++;
	}
	assert_in_range(failures, 10, 200);
	report_release(&report);
}

static void
test_names(void **state)
{
	static const char *const good[] = { "closing", "overdue", "ca",
	    "root-program", "delayed", "questions", "late-actions" };
	enum dashboard_only only;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(good); i++)
		assert_true(dashboard_only_by_name(good[i], &only));
	assert_int_equal(only, DASHBOARD_LATE_ACTIONS);
	assert_false(dashboard_only_by_name("open", &only));
	assert_false(dashboard_only_by_name("", &only));
}

/* With too little memory: no crash, and it is said. */
static void
test_no_memory(void **state)
{
	struct report report;
	size_t room, failures = 0;

	(void)state;
	for (room = 0;; room += 977) {
		make(&report, DASHBOARD_OPEN, room);
		if (report_error(&report) == NULL)
			break;
		report_release(&report);
		failures++;
	}
	assert_string_equal(order(&report), " 10 9 8 7 6 5 4 3 2 1 11");
	assert_in_range(failures, 10, 200);
	report_release(&report);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_formats),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_by),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_no_memory)
	};

	return cmocka_run_group_tests_name("build_dashboard", tests, NULL,
	    NULL);
}
