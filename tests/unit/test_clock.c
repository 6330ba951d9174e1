/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* The clocks, rule by rule, against the deadlines that are shipped. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/date.h"
#include "classify/clock.h"
#include "classify/report_text.h"
#include "tests/unit/incident.h"

static struct incident incident;
static struct clocks clocks;
static char shown[4096];

static int
setup(void **state)
{
	(void)state;
	incident_init(&incident);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	incident_release(&incident);
	return 0;
}

/* Read the clocks and show the runs of a kind, a line each: when it was
 * due, version, what became of it; and what is only advice. */
static const char *
runs(enum tax_clock_kind kind, const char *now)
{
	const struct clock_run *run;
	char due[DATE_SIZE];
	struct buf out;
	size_t i;

	incident_read(&incident);
	assert_null(clocks_read(&clocks, &incident.bug, &incident.verdict,
	    &incident.text, &incident.taxonomy, incident_time(now)));
	buf_fixed(&out, shown, sizeof(shown));
	buf_str(&out, "");
	for (i = 0; i < clocks.run_len; i++) {
		run = &clocks.runs[i];
		if (run->kind == kind)
			buf_fmt(&out, "%s%s %s %s%s", out.len > 0 ? "\n" : "",
			    date_format_time(run->due, due),
			    run->deadline->version + strlen("CCADB "),
			    clock_state_name(run->state),
			    run->deadline->must ? "" : " (advice)");
	}
	assert_false(out.full);
	shown[out.len] = '\0';
	clocks_release(&clocks);
	return shown;
}

static void
close_bug(const char *time)
{
	incident_change(&incident, time, PROGRAM, "status", "ASSIGNED",
	    "RESOLVED");
	incident_set(&incident, BUG_STATUS, "RESOLVED");
}

static void
say(const char *time, const char *who, const char *text)
{
	incident_say(&incident, time, who, text, TAX_FORM_PLAIN);
}

static void
test_first_report(void **state)
{
	static const struct {
		const char *created, *aware;
		bool day_only;
		const char *expected;
	} cases[] = {
		/* met to the second, and a second late */
		{ "2026-01-04T12:00:00Z", "2026-01-01T12:00:00Z", false,
		    "2026-01-04T12:00:00Z 3.1 met" },
		{ "2026-01-04T12:00:01Z", "2026-01-01T12:00:00Z", false,
		    "2026-01-04T12:00:00Z 3.1 late" },
		/* a day counts to its end */
		{ "2026-01-04T23:59:59Z", "2026-01-01T00:00:00Z", true,
		    "2026-01-04T23:59:59Z 3.1 met" },
		{ "2026-01-05T00:00:00Z", "2026-01-01T00:00:00Z", true,
		    "2026-01-04T23:59:59Z 3.1 late" },
		/* by the version of the day on which it began */
		{ "2025-03-10T00:00:00Z", "2025-02-28T23:59:59Z", false,
		    "2025-03-03T23:59:59Z 2.0 late (advice)" },
		{ "2025-03-10T00:00:00Z", "2025-03-01T00:00:00Z", false,
		    "2025-03-04T00:00:00Z 3.0 late" },
		{ "2025-07-20T00:00:00Z", "2025-07-15T00:00:00Z", false,
		    "2025-07-18T00:00:00Z 3.1 late" },
		{ "2026-03-21T00:00:00Z", "2026-03-20T00:00:00Z", false,
		    "2026-03-23T00:00:00Z 3.2 met" },
		/* no rule */
		{ "2023-10-17T00:00:00Z", "2023-10-16T23:59:59Z", false,
		    "" },
		{ "2023-10-20T00:00:00Z", "2023-10-17T00:00:00Z", false,
		    "2023-10-20T00:00:00Z 2.0 met (advice)" },
		/* found while the report was written */
		{ "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", false,
		    "2026-01-04T00:00:00Z 3.1 met" },
		/* not told */
		{ "2026-01-01T00:00:00Z", NULL, false, "" }
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		incident_begin(&incident, "Acme: x", cases[i].created);
		incident_say(&incident, cases[i].created, CA, "",
		    TAX_FORM_V3_PRELIMINARY);
		if (cases[i].aware != NULL)
			incident_fact(&incident, FACT_IDENTIFIED,
			    incident_time(cases[i].aware),
			    cases[i].day_only, 0);
		if (strcmp(runs(TAX_CLOCK_FIRST_REPORT,
		    "2026-06-01T00:00:00Z"), cases[i].expected) != 0)
			fail_msg("%s, %s: %s", cases[i].created,
			    cases[i].aware, shown);
	}
}

/* An outsider's report begins the clock, and any answer ends it. */
static void
test_first_answer(void **state)
{
	static const struct {
		const char *answer, *now, *expected;
	} cases[] = {
		{ "2026-01-04T00:00:00Z", "2026-02-01T00:00:00Z", "met" },
		{ "2026-01-04T00:00:01Z", "2026-02-01T00:00:00Z", "late" },
		{ NULL, "2026-01-04T00:00:00Z", "running" },
		{ NULL, "2026-01-04T00:00:01Z", "overdue" },
		/* not seen yet */
		{ "2026-01-03T00:00:00Z", "2026-01-02T00:00:00Z", "running" }
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		incident_begin(&incident, "Acme: x", "2026-01-01T00:00:00Z");
		incident_set(&incident, BUG_CREATOR, OUTSIDER);
		say("2026-01-01T00:00:00Z", OUTSIDER, "I found this.");
		say("2026-01-02T00:00:00Z", PROGRAM, "Well.");
		if (cases[i].answer != NULL)
			say(cases[i].answer, CA, "We look into it.");
		if (strncmp(runs(TAX_CLOCK_FIRST_REPORT, cases[i].now),
		    "2026-01-04T00:00:00Z 3.1 ", 25) != 0 ||
		    strcmp(shown + 25, cases[i].expected) != 0)
			fail_msg("%zu: %s", i, shown);
	}
	/* The CA knew before. */
	incident_fact(&incident, FACT_IDENTIFIED,
	    incident_time("2025-12-31T00:00:00Z"), false, 2);
	assert_string_equal(runs(TAX_CLOCK_FIRST_REPORT,
	    "2026-01-02T00:00:00Z"), "2026-01-03T00:00:00Z 3.1 running");
}

static void
test_full_report(void **state)
{
	static const struct {
		const char *created, *report, *closed, *now, *expected;
		enum tax_form_kind form;
	} cases[] = {
		{ "2026-01-01T00:00:00Z", "2026-01-15T00:00:00Z", NULL,
		    "2026-02-01T00:00:00Z", "2026-01-15T00:00:00Z 3.1 met",
		    TAX_FORM_V3_FULL },
		{ "2026-01-01T00:00:00Z", "2026-01-15T00:00:01Z", NULL,
		    "2026-02-01T00:00:00Z", "2026-01-15T00:00:00Z 3.1 late",
		    TAX_FORM_V3_FULL },
		{ "2026-01-01T00:00:00Z", NULL, NULL,
		    "2026-01-15T00:00:00Z",
		    "2026-01-15T00:00:00Z 3.1 running", TAX_FORM_PLAIN },
		{ "2026-01-01T00:00:00Z", NULL, NULL,
		    "2026-01-15T00:00:01Z",
		    "2026-01-15T00:00:00Z 3.1 overdue", TAX_FORM_PLAIN },
		{ "2026-01-01T00:00:00Z", "2026-01-10T00:00:00Z", NULL,
		    "2026-02-01T00:00:00Z",
		    "2026-01-15T00:00:00Z 3.1 overdue",
		    TAX_FORM_V3_PRELIMINARY },
		/* the old forms are full ones */
		{ "2023-03-01T00:00:00Z", "2023-03-01T00:00:00Z", NULL,
		    "2026-02-01T00:00:00Z", "2023-03-15T00:00:00Z 1.0 met",
		    TAX_FORM_NUMBERED },
		{ "2024-03-01T00:00:00Z", "2024-03-16T00:00:00Z", NULL,
		    "2026-02-01T00:00:00Z", "2024-03-15T00:00:00Z 2.0 late",
		    TAX_FORM_AUDIT_V2 },
		{ "2023-02-14T23:59:59Z", NULL, NULL,
		    "2026-02-01T00:00:00Z", "", TAX_FORM_PLAIN },
		/* closed before, and after it was due */
		{ "2026-01-01T00:00:00Z", NULL, "2026-01-15T00:00:00Z",
		    "2026-02-01T00:00:00Z", "2026-01-15T00:00:00Z 3.1 ended",
		    TAX_FORM_PLAIN },
		{ "2026-01-01T00:00:00Z", NULL, "2026-01-15T00:00:01Z",
		    "2026-02-01T00:00:00Z",
		    "2026-01-15T00:00:00Z 3.1 missed", TAX_FORM_PLAIN },
		{ "2026-01-01T00:00:00Z", "2026-01-10T00:00:00Z",
		    "2026-01-05T00:00:00Z", "2026-02-01T00:00:00Z",
		    "2026-01-15T00:00:00Z 3.1 ended", TAX_FORM_V3_FULL },
		/* not closed yet */
		{ "2026-01-01T00:00:00Z", NULL, "2026-01-16T00:00:00Z",
		    "2026-01-15T12:00:00Z",
		    "2026-01-15T00:00:00Z 3.1 overdue", TAX_FORM_PLAIN }
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		incident_begin(&incident, "Acme: x", cases[i].created);
		if (cases[i].report != NULL)
			incident_say(&incident, cases[i].report, CA, "",
			    cases[i].form);
		if (cases[i].closed != NULL)
			close_bug(cases[i].closed);
		if (strcmp(runs(TAX_CLOCK_FULL_REPORT, cases[i].now),
		    cases[i].expected) != 0)
			fail_msg("%zu: %s", i, shown);
	}
}

static void
test_answers(void **state)
{
	static const struct {
		const char *who, *text, *answer, *now, *expected;
	} cases[] = {
		{ OUTSIDER, "Why?", "2026-01-12T00:00:00Z",
		    "2026-02-01T00:00:00Z", "met" },
		{ OUTSIDER, "Why?", "2026-01-12T00:00:01Z",
		    "2026-02-01T00:00:00Z", "late" },
		{ OUTSIDER, "Why?", NULL, "2026-01-12T00:00:00Z",
		    "running" },
		{ OUTSIDER, "Why?", NULL, "2026-01-12T00:00:01Z",
		    "overdue" },
		{ "a@free.example", "Why?", NULL, "2026-02-01T00:00:00Z",
		    "overdue" },
		{ "a", "Why?", NULL, "2026-02-01T00:00:00Z", "overdue" },
		{ PROGRAM, "Please attach it.", NULL,
		    "2026-02-01T00:00:00Z", "overdue" },
		{ CCADB, "Please attach it.", NULL, "2026-02-01T00:00:00Z",
		    "overdue" },
		/* nobody's, or no question */
		{ OUTSIDER, "Please attach it.", NULL,
		    "2026-02-01T00:00:00Z", NULL },
		{ CA, "Why?", NULL, "2026-02-01T00:00:00Z", NULL },
		{ "x@robots.example", "Why?", NULL, "2026-02-01T00:00:00Z",
		    NULL },
		{ OUTSIDER, "> Why?", NULL, "2026-02-01T00:00:00Z", NULL }
	};
	char expected[64];
	struct buf buf;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		incident_begin(&incident, "Acme: x", "2026-01-01T00:00:00Z");
		say("2026-01-01T00:00:00Z", CA, "Well?");
		say("2026-01-05T00:00:00Z", cases[i].who, cases[i].text);
		if (cases[i].answer != NULL)
			say(cases[i].answer, CA, "Because.");
		buf_fixed(&buf, expected, sizeof(expected));
		buf_str(&buf, "");
		if (cases[i].expected != NULL)
			buf_fmt(&buf, "2026-01-12T00:00:00Z 3.1 %s",
			    cases[i].expected);
		if (strcmp(runs(TAX_CLOCK_ANSWER, cases[i].now),
		    buf_text(&buf)) != 0)
			fail_msg("%zu: %s", i, shown);
	}
}

static void
test_needinfo(void **state)
{
	(void)state;
	incident_begin(&incident, "Acme: x", "2026-01-01T00:00:00Z");
	say("2026-01-01T00:00:00Z", CA, "");
	incident_change(&incident, "2026-01-05T00:00:00Z", PROGRAM,
	    "flagtypes.name", "", "needinfo?(" CA ")");
	assert_string_equal(runs(TAX_CLOCK_ANSWER, "2026-01-06T00:00:00Z"),
	    "2026-01-12T00:00:00Z 3.1 running");
	assert_int_equal(clocks.questions, 1);
	/* cleared without a word */
	incident_change(&incident, "2026-01-07T00:00:00Z", CA,
	    "flagtypes.name", "needinfo?(" CA ")", "");
	assert_string_equal(runs(TAX_CLOCK_ANSWER, "2026-01-08T00:00:00Z"),
	    "2026-01-12T00:00:00Z 3.1 met");
	assert_int_equal(clocks.questions, 0);
	/* with a question it is one thing */
	say("2026-01-08T00:00:00Z", PROGRAM, "Why?");
	incident_change(&incident, "2026-01-08T00:00:10Z", PROGRAM,
	    "flagtypes.name", "", "needinfo?(" CA ")");
	assert_string_equal(runs(TAX_CLOCK_ANSWER, "2026-01-09T00:00:00Z"),
	    "2026-01-12T00:00:00Z 3.1 met\n"
	    "2026-01-15T00:00:00Z 3.1 running");
	/* asked of the program, of anybody, of somebody else */
	incident_change(&incident, "2026-01-09T00:00:00Z", CA,
	    "flagtypes.name", "", "needinfo?(" CCADB ")");
	incident_change(&incident, "2026-01-10T00:00:00Z", PROGRAM,
	    "flagtypes.name", "", "needinfo?, needinfo?(" OUTSIDER ")");
	assert_string_equal(runs(TAX_CLOCK_ANSWER, "2026-01-11T00:00:00Z"),
	    "2026-01-12T00:00:00Z 3.1 met\n"
	    "2026-01-15T00:00:00Z 3.1 running\n"
	    "2026-01-17T00:00:00Z 3.1 running");
	assert_int_equal(clocks.questions, 2);
	assert_int_equal(clocks.turn, TURN_CA);
	say("2026-01-12T00:00:00Z", CA, "Because.");
	(void)runs(TAX_CLOCK_ANSWER, "2026-01-12T12:00:00Z");
	assert_int_equal(clocks.questions, 0);
	assert_int_equal(clocks.turn, TURN_ROOT_PROGRAM);
}

/* The full report of the first day, then an update. */
static void
begin_full(const char *created)
{
	incident_begin(&incident, "Acme: x", created);
	incident_say(&incident, created, CA, "", TAX_FORM_V3_FULL);
}

static void
test_updates(void **state)
{
	(void)state;
	begin_full("2026-01-01T00:00:00Z");
	assert_string_equal(runs(TAX_CLOCK_UPDATE, "2026-01-08T00:00:00Z"),
	    "2026-01-08T00:00:00Z 3.1 running");
	assert_string_equal(runs(TAX_CLOCK_UPDATE, "2026-01-08T00:00:01Z"),
	    "2026-01-08T00:00:00Z 3.1 overdue");
	/* what others write does not count */
	say("2026-01-07T00:00:00Z", PROGRAM, "");
	say("2026-01-08T00:00:00Z", CA, "");
	say("2026-01-15T00:00:01Z", CA, "");
	assert_string_equal(runs(TAX_CLOCK_UPDATE, "2026-01-16T00:00:00Z"),
	    "2026-01-08T00:00:00Z 3.1 met\n"
	    "2026-01-15T00:00:00Z 3.1 late\n"
	    "2026-01-22T00:00:01Z 3.1 running");
	/* none is owed after the closure summary, also after an answer */
	incident_say(&incident, "2026-01-16T00:00:00Z", CA, "",
	    TAX_FORM_V3_CLOSURE);
	say("2026-01-17T00:00:00Z", PROGRAM, "Why?");
	say("2026-01-18T00:00:00Z", CA, "Because.");
	assert_string_equal(runs(TAX_CLOCK_UPDATE, "2026-03-01T00:00:00Z"),
	    "2026-01-08T00:00:00Z 3.1 met\n"
	    "2026-01-15T00:00:00Z 3.1 late\n"
	    "2026-01-22T00:00:01Z 3.1 met");
	assert_string_equal(runs(TAX_CLOCK_ANSWER, "2026-03-01T00:00:00Z"),
	    "2026-01-24T00:00:00Z 3.1 met");

	/* in 3.0 it was still owed */
	begin_full("2025-04-01T00:00:00Z");
	incident_say(&incident, "2025-04-02T00:00:00Z", CA, "",
	    TAX_FORM_V3_CLOSURE);
	assert_string_equal(runs(TAX_CLOCK_UPDATE, "2026-03-01T00:00:00Z"),
	    "2025-04-08T00:00:00Z 3.0 met\n"
	    "2025-04-09T00:00:00Z 3.0 overdue");

	/* no rule before 1.0 */
	begin_full("2023-02-14T00:00:00Z");
	say("2023-02-15T00:00:00Z", CA, "");
	assert_string_equal(runs(TAX_CLOCK_UPDATE, "2026-03-01T00:00:00Z"),
	    "2023-02-22T00:00:00Z 1.0 overdue");
}

/* Until the full report is due nothing else is. */
static void
test_preliminary(void **state)
{
	(void)state;
	incident_begin(&incident, "Acme: x", "2026-01-01T00:00:00Z");
	incident_say(&incident, "2026-01-01T00:00:00Z", CA, "",
	    TAX_FORM_V3_PRELIMINARY);
	say("2026-01-02T00:00:00Z", CA, "");
	assert_string_equal(runs(TAX_CLOCK_UPDATE, "2026-01-14T00:00:00Z"),
	    "");
	say("2026-01-16T00:00:00Z", CA, "");
	assert_string_equal(runs(TAX_CLOCK_UPDATE, "2026-01-17T00:00:00Z"),
	    "2026-01-23T00:00:00Z 3.1 running");
	incident_say(&incident, "2026-01-17T00:00:00Z", CA, "",
	    TAX_FORM_V3_FULL);
	assert_string_equal(runs(TAX_CLOCK_UPDATE, "2026-01-18T00:00:00Z"),
	    "2026-01-23T00:00:00Z 3.1 met\n"
	    "2026-01-24T00:00:00Z 3.1 running");
}

static void
test_reopened(void **state)
{
	(void)state;
	begin_full("2026-01-01T00:00:00Z");
	incident_say(&incident, "2026-01-02T00:00:00Z", CA, "",
	    TAX_FORM_V3_CLOSURE);
	incident_change(&incident, "2026-01-05T00:00:00Z", PROGRAM,
	    "status", "ASSIGNED", "RESOLVED");
	incident_change(&incident, "2026-02-01T00:00:00Z", PROGRAM,
	    "status", "RESOLVED", "REOPENED");
	incident_set(&incident, BUG_STATUS, "REOPENED");
	assert_string_equal(runs(TAX_CLOCK_UPDATE, "2026-01-20T00:00:00Z"),
	    "2026-01-08T00:00:00Z 3.1 met");
	assert_int_equal(clocks.turn, TURN_NOBODY);
	assert_false(clocks.open);
	assert_string_equal(runs(TAX_CLOCK_UPDATE, "2026-02-10T00:00:00Z"),
	    "2026-01-08T00:00:00Z 3.1 met\n"
	    "2026-02-08T00:00:00Z 3.1 overdue");
	assert_int_equal(clocks.turn, TURN_CA);
	assert_true(clocks.open);
}

static void
test_next_update(void **state)
{
	static const struct {
		const char *set, *day, *comment, *now;
		const char *named, *weekly;
	} cases[] = {
		/* running to the end of the day */
		{ "2026-01-03T00:00:00Z", "2026-02-01", NULL,
		    "2026-02-01T23:59:59Z",
		    "2026-02-01T23:59:59Z 3.1 running", "" },
		{ "2026-01-03T00:00:00Z", "2026-02-01", NULL,
		    "2026-02-02T00:00:00Z",
		    "2026-02-01T23:59:59Z 3.1 overdue", "" },
		{ "2026-01-03T00:00:00Z", "2026-02-01",
		    "2026-02-01T23:59:59Z", "2026-02-03T00:00:00Z",
		    "2026-02-01T23:59:59Z 3.1 met",
		    "2026-02-08T23:59:59Z 3.1 running" },
		/* a comment before that day does not void it */
		{ "2026-01-03T00:00:00Z", "2026-02-01",
		    "2026-01-10T00:00:00Z", "2026-02-02T00:00:00Z",
		    "2026-02-01T23:59:59Z 3.1 met\n"
		    "2026-02-01T23:59:59Z 3.1 overdue", "" },
		/* but serves for it in the week before */
		{ "2026-01-03T00:00:00Z", "2026-02-01",
		    "2026-01-30T00:00:00Z", "2026-02-02T00:00:00Z",
		    "2026-02-01T23:59:59Z 3.1 met",
		    "2026-02-06T00:00:00Z 3.1 running" },
		/* a day before the weekly one changes nothing */
		{ "2026-01-03T00:00:00Z", "2026-01-05", NULL,
		    "2026-01-07T00:00:00Z", "",
		    "2026-01-08T00:00:00Z 3.1 running" },
		/* set late, and accepted */
		{ "2026-01-20T00:00:00Z", "2026-02-01", NULL,
		    "2026-01-21T00:00:00Z",
		    "2026-02-01T23:59:59Z 3.1 running", "" },
		/* not yet set */
		{ "2026-01-20T00:00:00Z", "2026-02-01", NULL,
		    "2026-01-19T00:00:00Z", "",
		    "2026-01-08T00:00:00Z 3.1 overdue" }
	};
	char board[64];
	struct buf buf;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		begin_full("2026-01-01T00:00:00Z");
		buf_fixed(&buf, board, sizeof(board));
		buf_fmt(&buf, "[ca-compliance] Next update %s",
		    cases[i].day);
		incident_change(&incident, cases[i].set, PROGRAM,
		    "whiteboard", "[ca-compliance]", buf_text(&buf));
		incident_set(&incident, BUG_WHITEBOARD, buf_text(&buf));
		if (cases[i].comment != NULL)
			say(cases[i].comment, CA, "");
		if (strcmp(runs(TAX_CLOCK_NEXT_UPDATE, cases[i].now),
		    cases[i].named) != 0)
			fail_msg("%zu: %s", i, shown);
		if (strcmp(runs(TAX_CLOCK_UPDATE, cases[i].now),
		    cases[i].weekly) != 0)
			fail_msg("%zu: %s", i, shown);
	}
}

/* Taken out again, and without any history. */
static void
test_next_update_changes(void **state)
{
	(void)state;
	begin_full("2026-01-01T00:00:00Z");
	incident_change(&incident, "2026-01-03T00:00:00Z", PROGRAM,
	    "whiteboard", "", "Next update 2026-03-01");
	incident_change(&incident, "2026-02-01T00:00:00Z", PROGRAM,
	    "whiteboard", "Next update 2026-03-01", "");
	assert_string_equal(runs(TAX_CLOCK_NEXT_UPDATE,
	    "2026-02-02T00:00:00Z"), "2026-02-08T00:00:00Z 3.1 running");
	assert_string_equal(runs(TAX_CLOCK_NEXT_UPDATE,
	    "2026-01-31T00:00:00Z"), "2026-03-01T23:59:59Z 3.1 running");

	begin_full("2026-01-01T00:00:00Z");
	incident_set(&incident, BUG_WHITEBOARD, "Next update 2026-03-01");
	assert_string_equal(runs(TAX_CLOCK_NEXT_UPDATE,
	    "2026-02-02T00:00:00Z"), "2026-03-01T23:59:59Z 3.1 running");
	assert_int_equal(clocks.next_update, 20513);
}

static void
test_revocation(void **state)
{
	static const char weekly[] = "2026-01-04T00:00:00Z 3.1 overdue "
	    "(advice)\n2026-01-08T00:00:00Z 3.1 overdue";

	(void)state;
	incident_begin(&incident, "Acme: x", "2026-01-01T00:00:00Z");
	incident_set(&incident, BUG_WHITEBOARD, "[leaf-revocation-delay]");
	incident_say(&incident, "2026-01-01T00:00:00Z", CA, "",
	    TAX_FORM_V3_PRELIMINARY);
	assert_string_equal(runs(TAX_CLOCK_REVOCATION_UPDATE,
	    "2026-01-04T00:00:00Z"),
	    "2026-01-04T00:00:00Z 3.1 running (advice)\n"
	    "2026-01-08T00:00:00Z 3.1 running");
	assert_null(clocks.worst);
	assert_string_equal(runs(TAX_CLOCK_REVOCATION_UPDATE,
	    "2026-01-05T00:00:00Z"),
	    "2026-01-04T00:00:00Z 3.1 overdue (advice)\n"
	    "2026-01-08T00:00:00Z 3.1 running");
	assert_false(clocks.overdue);
	assert_non_null(clocks.worst);
	assert_string_equal(runs(TAX_CLOCK_REVOCATION_UPDATE,
	    "2026-01-09T00:00:00Z"), weekly);
	assert_true(clocks.overdue);
	assert_true(clocks.delayed);
	/* it went on until the day told */
	incident_fact(&incident, FACT_END,
	    incident_time("2026-01-10T00:00:00Z"), true, 0);
	assert_string_equal(runs(TAX_CLOCK_REVOCATION_UPDATE,
	    "2026-01-09T00:00:00Z"), weekly);
	incident_say(&incident, "2026-01-10T00:00:00Z", CA, "",
	    TAX_FORM_V3_FULL);
	assert_string_equal(runs(TAX_CLOCK_REVOCATION_UPDATE,
	    "2026-01-11T00:00:00Z"),
	    "2026-01-04T00:00:00Z 3.1 late (advice)\n"
	    "2026-01-08T00:00:00Z 3.1 late");
	assert_true(clocks.delayed);
	assert_string_equal(runs(TAX_CLOCK_UPDATE, "2026-01-11T00:00:00Z"),
	    "2026-01-17T00:00:00Z 3.1 running");

	/* before 3.0 it is an update as any other */
	begin_full("2024-01-01T00:00:00Z");
	incident_set(&incident, BUG_WHITEBOARD, "[leaf-revocation-delay]");
	assert_string_equal(runs(TAX_CLOCK_REVOCATION_UPDATE,
	    "2024-02-01T00:00:00Z"), "");
	assert_string_equal(runs(TAX_CLOCK_UPDATE, "2024-02-01T00:00:00Z"),
	    "2024-01-08T00:00:00Z 2.0 overdue");
}

static void
test_actions(void **state)
{
	static const struct {
		const char *due;
		enum report_action_state state;
		const char *comment, *now, *expected;
		size_t open, late;
	} cases[] = {
		{ "2026-01-10", ACTION_ONGOING, NULL,
		    "2026-01-09T00:00:00Z", "", 1, 0 },
		{ "2026-01-10", ACTION_ONGOING, NULL,
		    "2026-01-10T12:00:00Z",
		    "2026-01-13T23:59:59Z 3.1 running", 1, 0 },
		{ "2026-01-10", ACTION_ONGOING, NULL,
		    "2026-01-13T23:59:59Z",
		    "2026-01-13T23:59:59Z 3.1 running", 1, 1 },
		{ "2026-01-10", ACTION_ONGOING, NULL,
		    "2026-01-14T00:00:00Z",
		    "2026-01-13T23:59:59Z 3.1 overdue", 1, 1 },
		{ "2026-01-10", ACTION_UNSAID, "2026-01-13T23:59:59Z",
		    "2026-02-01T00:00:00Z",
		    "2026-01-13T23:59:59Z 3.1 met", 1, 1 },
		{ "2026-01-10", ACTION_DELAYED, "2026-01-20T00:00:00Z",
		    "2026-02-01T00:00:00Z",
		    "2026-01-13T23:59:59Z 3.1 met", 1, 1 },
		{ "2026-01-10", ACTION_ONGOING, "2026-01-03T00:00:00Z",
		    "2026-02-01T00:00:00Z",
		    "2026-01-13T23:59:59Z 3.1 met", 1, 1 },
		{ "2026-01-10", ACTION_ONGOING, "2026-01-02T23:59:59Z",
		    "2026-02-01T00:00:00Z",
		    "2026-01-13T23:59:59Z 3.1 overdue", 1, 1 },
		{ "2026-01-10", ACTION_COMPLETE, NULL,
		    "2026-02-01T00:00:00Z",
		    "2026-01-13T23:59:59Z 3.1 met", 0, 0 },
		{ "2026-01-10", ACTION_CANCELED, NULL,
		    "2026-02-01T00:00:00Z",
		    "2026-01-13T23:59:59Z 3.1 met", 0, 0 },
		{ "", ACTION_ONGOING, NULL, "2026-02-01T00:00:00Z", "", 1,
		    0 },
		/* no rule in force */
		{ "2025-07-14", ACTION_ONGOING, NULL,
		    "2026-02-01T00:00:00Z", "", 1, 1 }
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		begin_full("2025-07-01T00:00:00Z");
		incident_action(&incident, "Do it", cases[i].due,
		    cases[i].state, 0);
		if (cases[i].comment != NULL)
			say(cases[i].comment, CA, "");
		if (strcmp(runs(TAX_CLOCK_ACTION_UPDATE, cases[i].now),
		    cases[i].expected) != 0 ||
		    clocks.open_actions != cases[i].open ||
		    clocks.late_actions != cases[i].late)
			fail_msg("%zu: %s, %zu, %zu", i, shown,
			    clocks.open_actions, clocks.late_actions);
	}
	/* The closure summary says that all is done. */
	begin_full("2026-01-01T00:00:00Z");
	incident_action(&incident, "Do it", "2026-01-10", ACTION_ONGOING, 0);
	incident_say(&incident, "2026-01-09T00:00:00Z", CA, "",
	    TAX_FORM_V3_CLOSURE);
	assert_string_equal(runs(TAX_CLOCK_ACTION_UPDATE,
	    "2026-02-01T00:00:00Z"), "");
	assert_int_equal(clocks.open_actions, 0);
}

static void
test_closing(void **state)
{
	static const char board[] = "[close on 2026-02-10] [ca-compliance]";

	(void)state;
	begin_full("2026-01-01T00:00:00Z");
	incident_say(&incident, "2026-01-05T00:00:00Z", CA, "",
	    TAX_FORM_V3_CLOSURE);
	(void)runs(TAX_CLOCK_CLOSE_ON, "2026-01-06T00:00:00Z");
	assert_int_equal(clocks.turn, TURN_ROOT_PROGRAM);
	assert_false(clocks.closing);
	incident_change(&incident, "2026-02-01T00:00:00Z", PROGRAM,
	    "whiteboard", "[ca-compliance]", board);
	incident_set(&incident, BUG_WHITEBOARD, board);
	assert_non_null(strstr(runs(TAX_CLOCK_CLOSE_ON,
	    "2026-02-10T23:59:59Z"), "2026-02-10T23:59:59Z"));
	assert_non_null(strstr(shown, "running"));
	assert_true(clocks.closing);
	assert_int_equal(clocks.close_on, 20494);
	assert_non_null(strstr(runs(TAX_CLOCK_CLOSE_ON,
	    "2026-02-11T00:00:00Z"), "overdue"));
	assert_false(clocks.closing);
	assert_int_equal(clocks.turn, TURN_ROOT_PROGRAM);
	/* that is not the CA's fault */
	assert_null(clocks.worst);
	/* a question stops it */
	say("2026-02-12T00:00:00Z", OUTSIDER, "Why?");
	(void)runs(TAX_CLOCK_CLOSE_ON, "2026-02-13T00:00:00Z");
	assert_int_equal(clocks.turn, TURN_CA);
	say("2026-02-14T00:00:00Z", CA, "Because.");
	close_bug("2026-02-15T00:00:00Z");
	assert_non_null(strstr(runs(TAX_CLOCK_CLOSE_ON,
	    "2026-03-01T00:00:00Z"), "late"));
	assert_int_equal(clocks.turn, TURN_NOBODY);
}

/* A last call in words: until its day, else for a week. */
static void
test_last_call(void **state)
{
	(void)state;
	begin_full("2026-01-01T00:00:00Z");
	say("2026-01-05T00:00:00Z", PROGRAM,
	    "Last call. To be closed on 2026-01-20.");
	(void)runs(TAX_CLOCK_UPDATE, "2026-01-07T00:00:00Z");
	assert_true(clocks.closing);
	(void)runs(TAX_CLOCK_UPDATE, "2026-01-21T00:00:00Z");
	assert_false(clocks.closing);
	say("2026-01-21T00:00:00Z", PROGRAM, "Last call.");
	(void)runs(TAX_CLOCK_UPDATE, "2026-01-28T12:00:00Z");
	assert_true(clocks.closing);
	(void)runs(TAX_CLOCK_UPDATE, "2026-01-29T00:00:00Z");
	assert_false(clocks.closing);
	say("2026-01-29T00:00:00Z", PROGRAM, "On the other hand.");
	(void)runs(TAX_CLOCK_UPDATE, "2026-01-29T12:00:00Z");
	assert_false(clocks.closing);
}

/* A comment without its text may be the full report. */
static void
test_unread(void **state)
{
	(void)state;
	incident_begin(&incident, "Acme: x", "2026-01-01T00:00:00Z");
	say("2026-01-01T00:00:00Z", CA, "");
	assert_string_equal(runs(TAX_CLOCK_FULL_REPORT,
	    "2026-02-01T00:00:00Z"), "2026-01-15T00:00:00Z 3.1 overdue");
	say("2026-01-10T00:00:00Z", CA, "");
	incident.bug.comments[1].text = "";
	incident.bug.comments[1].text_len = 0;
	assert_string_equal(runs(TAX_CLOCK_FULL_REPORT,
	    "2026-02-01T00:00:00Z"), "");
	assert_string_equal(runs(TAX_CLOCK_UPDATE, "2026-02-01T00:00:00Z"),
	    "2026-01-17T00:00:00Z 3.1 overdue");
}

/* Nor is the CA late where it may be somebody whose words are not known. */
static void
test_unread_writer(void **state)
{
	static const struct {
		const char *writer, *words, *expected;
	} cases[] = {
		{ "who@free.example", "", "" },
		{ "who@free.example", "Me too.",
		    "2026-01-15T00:00:00Z 3.1 overdue" },
		/* Those of others are not the CA's. */
		{ OUTSIDER, "", "2026-01-15T00:00:00Z 3.1 overdue" },
		{ PROGRAM, "", "2026-01-15T00:00:00Z 3.1 overdue" }
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		incident_begin(&incident, "Acme: x", "2026-01-01T00:00:00Z");
		say("2026-01-01T00:00:00Z", "who@free.example", "");
		say("2026-01-02T00:00:00Z", cases[i].writer, "");
		incident.bug.comments[1].text = cases[i].words;
		incident.bug.comments[1].text_len = strlen(cases[i].words);
		assert_string_equal(runs(TAX_CLOCK_FULL_REPORT,
		    "2026-02-01T00:00:00Z"), cases[i].expected);
		/* What is known of the CA binds it. */
		say("2026-01-03T00:00:00Z", CA, "");
		assert_string_equal(runs(TAX_CLOCK_FULL_REPORT,
		    "2026-02-01T00:00:00Z"),
		    "2026-01-15T00:00:00Z 3.1 overdue");
	}
}

/* Once the closing is announced, what is there was enough. */
static void
test_accepted(void **state)
{
	(void)state;
	incident_begin(&incident, "Acme: x", "2026-01-01T00:00:00Z");
	say("2026-01-01T00:00:00Z", CA, "");
	say("2026-01-20T00:00:00Z", CA, "");
	(void)runs(TAX_CLOCK_UPDATE, "2026-02-03T00:00:00Z");
	assert_true(clocks.overdue);
	assert_int_equal(clocks.turn, TURN_CA);
	incident_change(&incident, "2026-02-01T00:00:00Z", PROGRAM,
	    "whiteboard", "", "[close on 2026-02-02]");
	incident_set(&incident, BUG_WHITEBOARD, "[close on 2026-02-02]");
	(void)runs(TAX_CLOCK_UPDATE, "2026-02-03T00:00:00Z");
	assert_false(clocks.overdue);
	assert_int_equal(clocks.turn, TURN_ROOT_PROGRAM);
	(void)runs(TAX_CLOCK_UPDATE, "2026-01-31T00:00:00Z");
	assert_true(clocks.overdue);
}

static void
test_turns(void **state)
{
	(void)state;
	/* an outsider's, unanswered */
	incident_begin(&incident, "Acme: x", "2026-01-01T00:00:00Z");
	incident_set(&incident, BUG_CREATOR, OUTSIDER);
	say("2026-01-01T00:00:00Z", OUTSIDER, "");
	(void)runs(TAX_CLOCK_UPDATE, "2026-01-02T00:00:00Z");
	assert_int_equal(clocks.turn, TURN_CA);
	assert_int_equal(clocks.last_ca, DATE_NONE);

	/* not confirmed */
	begin_full("2026-01-01T00:00:00Z");
	incident_set(&incident, BUG_STATUS, "UNCONFIRMED");
	(void)runs(TAX_CLOCK_UPDATE, "2026-01-02T00:00:00Z");
	assert_int_equal(clocks.turn, TURN_ROOT_PROGRAM);
	assert_int_equal(clocks.last_ca,
	    incident_time("2026-01-01T00:00:00Z"));

	/* the CA asks for a later day */
	begin_full("2026-01-01T00:00:00Z");
	say("2026-01-02T00:00:00Z", CA,
	    "Please set the next update to 2026-03-01.");
	(void)runs(TAX_CLOCK_UPDATE, "2026-01-03T00:00:00Z");
	assert_int_equal(clocks.turn, TURN_ROOT_PROGRAM);
	incident_change(&incident, "2026-01-04T00:00:00Z", PROGRAM,
	    "whiteboard", "", "Next update 2026-03-01");
	(void)runs(TAX_CLOCK_UPDATE, "2026-01-05T00:00:00Z");
	assert_int_equal(clocks.turn, TURN_CA);

	/* who the CA is nobody knows: nobody is late */
	incident_begin(&incident, "Bare: x", "2026-01-01T00:00:00Z");
	incident_set(&incident, BUG_CREATOR, OUTSIDER);
	say("2026-01-01T00:00:00Z", OUTSIDER, "");
	(void)runs(TAX_CLOCK_UPDATE, "2026-05-02T00:00:00Z");
	assert_int_equal(clocks.run_len, 0);
	assert_null(clocks.worst);
}

/* The most overdue comes first; what must be before what should. */
static void
test_worst(void **state)
{
	(void)state;
	incident_begin(&incident, "Acme: x", "2026-01-01T00:00:00Z");
	incident_set(&incident, BUG_WHITEBOARD, "[leaf-revocation-delay]");
	incident_say(&incident, "2026-01-01T00:00:00Z", CA, "",
	    TAX_FORM_V3_PRELIMINARY);
	say("2026-01-04T00:00:00Z", PROGRAM, "Why?");
	incident_read(&incident);
	assert_null(clocks_read(&clocks, &incident.bug, &incident.verdict,
	    &incident.text, &incident.taxonomy,
	    incident_time("2026-01-20T00:00:00Z")));
	assert_int_equal(clocks.worst->kind, TAX_CLOCK_REVOCATION_UPDATE);
	assert_true(clocks.worst->deadline->must);
	assert_int_equal(clock_lateness(clocks.worst,
	    incident_time("2026-01-20T00:00:00Z")), 12 * DATE_DAY);
	clocks_release(&clocks);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_first_report),
		cmocka_unit_test(test_first_answer),
		cmocka_unit_test(test_full_report),
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_needinfo),
		cmocka_unit_test(test_updates),
		cmocka_unit_test(test_preliminary),
		cmocka_unit_test(test_reopened),
		cmocka_unit_test(test_next_update),
		cmocka_unit_test(test_next_update_changes),
		cmocka_unit_test(test_revocation),
		cmocka_unit_test(test_actions),
		cmocka_unit_test(test_closing),
		cmocka_unit_test(test_last_call),
		cmocka_unit_test(test_unread),
		cmocka_unit_test(test_unread_writer),
		cmocka_unit_test(test_accepted),
		cmocka_unit_test(test_turns),
		cmocka_unit_test(test_worst)
	};

	return cmocka_run_group_tests_name("clock", tests, setup, teardown);
}
