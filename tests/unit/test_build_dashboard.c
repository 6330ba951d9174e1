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

static void
make(struct report *report, enum dashboard_only only, size_t room)
{
	static const struct selection everything;
	struct dashboard dashboard = { .now = NOW, .only = only,
	    .taxonomy = &taxonomy };
	struct tally tally;
	size_t i;

	make_tally(&tally);
	report_init(report, "Open CA incidents", "https://b.example");
	report->arena.ceiling = report->arena.used + room;
	build_dashboard_begin(report, &dashboard);
	for (i = 0; i < COUNT(given); i++)
		add(report, &dashboard, &given[i]);
	build_dashboard_end(report, &dashboard, &everything, tally.left_out,
	    &source);
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
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_no_memory)
	};

	return cmocka_run_group_tests_name("build_dashboard", tests, NULL,
	    NULL);
}
