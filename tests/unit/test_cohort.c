/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "classify/cohort.h"
#include "fetch/bug.h"
#include "tests/unit/heard.h"

static int64_t
at(const char *text)
{
	int64_t time;

	if (!date_parse_time(text, strlen(text), &time))
		fail_msg("no time: %s", text);
	return time;
}

static int64_t
day(const char *text)
{
	int64_t value;

	if (!date_parse_day(text, strlen(text), &value))
		fail_msg("no day: %s", text);
	return value;
}

static struct bug bug;
static struct life life;
static struct heard heard;

static void
new_bug(const char *status, const char *created)
{
	bug_clear(&bug);
	bug.id = 7;
	assert_true(bug_set_text(&bug, BUG_STATUS, status, strlen(status)));
	bug_set_num(&bug, BUG_CREATED, at(created));
}

static void
add_change(const char *field, const char *removed, const char *added,
    int64_t time)
{
	struct change *change = bug_add_change(&bug);

	assert_non_null(change);
	change->field = field;
	change->removed = removed;
	change->added = added;
	change->time = time;
	bug.have |= BUG_HAVE_HISTORY;
}

static void
add_status(const char *removed, const char *added, const char *time)
{
	add_change("status", removed, added, at(time));
}

static void
read_life(void)
{
	life_read(&bug, heard_begin(&heard), &life);
}

static void
check_period(size_t index, const char *from, const char *until)
{
	assert_true(index < life.len);
	assert_int_equal(life.periods[index].from, at(from));
	assert_int_equal(life.periods[index].until,
	    until == NULL ? INT64_MAX : at(until));
}

static void
test_without_history(void **state)
{
	(void)state;
	new_bug("ASSIGNED", "2024-01-01T00:00:00Z");
	/* what is left of an earlier closing */
	bug_set_num(&bug, BUG_LAST_RESOLVED, at("2024-02-01T00:00:00Z"));
	read_life();
	assert_int_equal(life.len, 1);
	check_period(0, "2024-01-01T00:00:00Z", NULL);
	assert_false(life.guessed);

	new_bug("VERIFIED", "2024-01-01T00:00:00Z");
	bug_set_num(&bug, BUG_LAST_RESOLVED, at("2024-02-01T00:00:00Z"));
	bug.last_comment = at("2024-03-01T00:00:00Z");
	read_life();
	check_period(0, "2024-01-01T00:00:00Z", "2024-02-01T00:00:00Z");
	assert_false(life.guessed);
	assert_int_equal(heard_all(&heard), 0);

	/* a closing before the creation */
	bug_set_num(&bug, BUG_LAST_RESOLVED, at("2023-02-01T00:00:00Z"));
	read_life();
	check_period(0, "2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z");
}

static void
test_guessed(void **state)
{
	(void)state;
	new_bug("RESOLVED", "2024-01-01T00:00:00Z");
	bug_set_num(&bug, BUG_CHANGED, at("2024-04-01T00:00:00Z"));
	read_life();
	check_period(0, "2024-01-01T00:00:00Z", "2024-04-01T00:00:00Z");
	assert_true(life.guessed);
	assert_int_equal(heard.count[DIAG_CLOSE_GUESSED], 1);
	assert_string_equal(heard.detail, "last change");

	bug.last_comment = at("2024-03-01T00:00:00Z");
	read_life();
	check_period(0, "2024-01-01T00:00:00Z", "2024-03-01T00:00:00Z");
	assert_string_equal(heard.detail, "last comment");

	/* nothing at all is known */
	new_bug("RESOLVED", "2024-01-01T00:00:00Z");
	read_life();
	check_period(0, "2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z");
	assert_true(life.guessed);
}

static void
test_history(void **state)
{
	(void)state;
	new_bug("RESOLVED", "2024-01-01T00:00:00Z");
	add_status("UNCONFIRMED", "ASSIGNED", "2024-01-02T00:00:00Z");
	add_status("ASSIGNED", "RESOLVED", "2024-02-01T00:00:00Z");
	add_status("RESOLVED", "REOPENED", "2024-03-01T00:00:00Z");
	add_status("REOPENED", "RESOLVED", "2024-04-01T00:00:00Z");
	/* no new closing, and no status */
	add_status("RESOLVED", "VERIFIED", "2024-05-01T00:00:00Z");
	add_change("resolution", "", "RESOLVED", at("2024-06-01T00:00:00Z"));
	/* history wins */
	bug_set_num(&bug, BUG_LAST_RESOLVED, at("2024-02-15T00:00:00Z"));
	read_life();
	assert_int_equal(life.len, 2);
	check_period(0, "2024-01-01T00:00:00Z", "2024-02-01T00:00:00Z");
	check_period(1, "2024-03-01T00:00:00Z", "2024-04-01T00:00:00Z");
	assert_int_equal(heard_all(&heard), 0);

	/* changes that are there, but not all of them, tell nothing */
	bug.have &= ~BUG_HAVE_HISTORY;
	read_life();
	assert_int_equal(life.len, 1);
	check_period(0, "2024-01-01T00:00:00Z", "2024-02-15T00:00:00Z");
}

static void
test_history_gap(void **state)
{
	(void)state;
	/* it ends closed, and the bug is open */
	new_bug("ASSIGNED", "2024-01-01T00:00:00Z");
	add_status("ASSIGNED", "RESOLVED", "2024-02-01T00:00:00Z");
	read_life();
	assert_int_equal(life.len, 1);
	check_period(0, "2024-01-01T00:00:00Z", NULL);
	assert_int_equal(heard.count[DIAG_HISTORY_GAP], 1);
	assert_string_equal(heard.detail, "ASSIGNED");

	/* it ends open, and the bug is closed */
	new_bug("RESOLVED", "2024-01-01T00:00:00Z");
	add_status("ASSIGNED", "RESOLVED", "2024-02-01T00:00:00Z");
	add_status("RESOLVED", "REOPENED", "2024-03-01T00:00:00Z");
	bug_set_num(&bug, BUG_LAST_RESOLVED, at("2024-04-01T00:00:00Z"));
	read_life();
	assert_int_equal(life.len, 2);
	check_period(1, "2024-03-01T00:00:00Z", "2024-04-01T00:00:00Z");
	assert_int_equal(heard.count[DIAG_HISTORY_GAP], 1);
	/* ... and the last closing known is the first one */
	bug_set_num(&bug, BUG_LAST_RESOLVED, at("2024-02-01T00:00:00Z"));
	read_life();
	check_period(1, "2024-03-01T00:00:00Z", "2024-03-01T00:00:00Z");

	/* it ends closed before the fields say, so it lacks a reopening:
	 * open from then on */
	new_bug("RESOLVED", "2024-01-01T00:00:00Z");
	add_status("NEW", "RESOLVED", "2024-02-01T00:00:00Z");
	add_status("RESOLVED", "REOPENED", "2024-03-01T00:00:00Z");
	add_status("REOPENED", "RESOLVED", "2024-04-01T00:00:00Z");
	bug_set_num(&bug, BUG_LAST_RESOLVED, at("2024-06-01T00:00:00Z"));
	read_life();
	assert_int_equal(life.len, 2);
	check_period(0, "2024-01-01T00:00:00Z", "2024-02-01T00:00:00Z");
	check_period(1, "2024-03-01T00:00:00Z", "2024-06-01T00:00:00Z");
	assert_int_equal(heard.count[DIAG_HISTORY_GAP], 1);
	assert_false(life.guessed);
	/* ... to the second */
	bug_set_num(&bug, BUG_LAST_RESOLVED, at("2024-04-01T00:00:00Z"));
	read_life();
	check_period(1, "2024-03-01T00:00:00Z", "2024-04-01T00:00:00Z");
	assert_int_equal(heard_all(&heard), 0);

	/* all is told, and nothing of a status */
	new_bug("RESOLVED", "2024-01-01T00:00:00Z");
	bug.have |= BUG_HAVE_HISTORY;
	bug_set_num(&bug, BUG_LAST_RESOLVED, at("2024-02-01T00:00:00Z"));
	read_life();
	check_period(0, "2024-01-01T00:00:00Z", "2024-02-01T00:00:00Z");
	assert_int_equal(heard.count[DIAG_HISTORY_GAP], 1);
}

/* Time does not run backwards, whatever the history says. */
static void
test_backwards(void **state)
{
	(void)state;
	new_bug("RESOLVED", "2024-01-01T00:00:00Z");
	add_status("ASSIGNED", "RESOLVED", "2023-02-01T00:00:00Z");
	add_status("RESOLVED", "REOPENED", "2024-03-01T00:00:00Z");
	add_status("REOPENED", "RESOLVED", "2024-02-01T00:00:00Z");
	read_life();
	assert_int_equal(life.len, 2);
	check_period(0, "2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z");
	check_period(1, "2024-03-01T00:00:00Z", "2024-03-01T00:00:00Z");
}

/* Too many periods: the first and the last are exact. */
static void
test_many_periods(void **state)
{
	int64_t start;
	size_t i;

	(void)state;
	new_bug("RESOLVED", "2024-01-01T00:00:00Z");
	start = bug.num[BUG_CREATED];
	for (i = 0; i < 1000; i++)
		add_change("status", "", i % 2 == 0 ? "RESOLVED" : "REOPENED",
		    start + (int64_t)i + 1);
	add_change("status", "", "RESOLVED", start + 2000);
	read_life();
	assert_int_equal(life.len, LIFE_MAX_PERIODS);
	assert_int_equal(life.periods[0].until, start + 1);
	assert_int_equal(life.periods[1].from, start + 2);
	assert_int_equal(life.periods[LIFE_MAX_PERIODS - 2].until,
	    start + 999);
	assert_int_equal(life.periods[LIFE_MAX_PERIODS - 1].from,
	    start + 1000);
	assert_int_equal(life.periods[LIFE_MAX_PERIODS - 1].until,
	    start + 2000);
	for (i = 1; i < life.len; i++)
		assert_true(life.periods[i].from >=
		    life.periods[i - 1].until);
}

/* The window of the table is 2024-03-10 to 2024-03-20. */
static void
test_boundaries(void **state)
{
	static const struct {
		const char *created, *closed;
		bool during, filed, closing, on;
	} cases[] = {
		/* closed before, at and behind the first second */
		{ "2024-01-01T00:00:00Z", "2024-03-09T23:59:59Z", false,
		    false, false, false },
		{ "2024-01-01T00:00:00Z", "2024-03-10T00:00:00Z", true,
		    false, true, false },
		{ "2024-01-01T00:00:00Z", "2024-03-15T12:00:00Z", true,
		    false, true, false },
		/* closed on the last day, and at the next day's first
		 * second */
		{ "2024-01-01T00:00:00Z", "2024-03-20T23:59:59Z", true,
		    false, true, false },
		{ "2024-01-01T00:00:00Z", "2024-03-21T00:00:00Z", true,
		    false, false, true },
		{ "2024-01-01T00:00:00Z", NULL, true, false, false, true },
		/* filed before, at and behind the first and last second */
		{ "2024-03-09T23:59:59Z", NULL, true, false, false, true },
		{ "2024-03-10T00:00:00Z", NULL, true, true, false, true },
		{ "2024-03-20T23:59:59Z", NULL, true, true, false, true },
		{ "2024-03-21T00:00:00Z", NULL, false, false, false, false },
		{ "2024-03-21T00:00:00Z", "2024-03-22T00:00:00Z", false,
		    false, false, false },
		/* within */
		{ "2024-03-11T00:00:00Z", "2024-03-12T00:00:00Z", true,
		    true, true, false },
		{ "2024-03-11T00:00:00Z", "2024-03-11T00:00:00Z", true,
		    true, true, false },
		{ "2024-03-11T00:00:00Z", "2025-03-11T00:00:00Z", true,
		    true, false, true },
	};
	struct window window;
	size_t i;

	(void)state;
	window.from = day("2024-03-10");
	window.to = day("2024-03-20");
	for (i = 0; i < COUNT(cases); i++) {
		new_bug(cases[i].closed == NULL ? "NEW" : "RESOLVED",
		    cases[i].created);
		if (cases[i].closed != NULL)
			bug_set_num(&bug, BUG_LAST_RESOLVED,
			    at(cases[i].closed));
		read_life();
		if (cohort_has(COHORT_OPEN_DURING, &life, &window) !=
		    cases[i].during ||
		    cohort_has(COHORT_FILED, &life, &window) !=
		    cases[i].filed ||
		    cohort_has(COHORT_CLOSED, &life, &window) !=
		    cases[i].closing ||
		    cohort_has(COHORT_OPEN_ON, &life, &window) !=
		    cases[i].on)
			fail_msg("case %zu: %s to %s", i, cases[i].created,
			    cases[i].closed);
	}
}

static bool
is_in(enum cohort_kind kind, const char *from, const char *to)
{
	struct window window = { day(from), day(to) };

	return cohort_has(kind, &life, &window);
}

static void
test_reopened(void **state)
{
	(void)state;
	new_bug("RESOLVED", "2024-01-01T00:00:00Z");
	add_status("NEW", "RESOLVED", "2024-02-01T10:00:00Z");
	add_status("RESOLVED", "REOPENED", "2024-04-01T10:00:00Z");
	add_status("REOPENED", "RESOLVED", "2024-05-01T10:00:00Z");
	read_life();
	/* closed all through March */
	assert_true(is_in(COHORT_OPEN_DURING, "2024-02-01", "2024-03-31"));
	assert_false(is_in(COHORT_OPEN_DURING, "2024-02-02", "2024-03-31"));
	assert_true(is_in(COHORT_OPEN_DURING, "2024-02-02", "2024-04-01"));
	/* the first closing counts while it is the last one */
	assert_true(is_in(COHORT_CLOSED, "2024-01-01", "2024-03-31"));
	assert_false(is_in(COHORT_CLOSED, "2024-03-01", "2024-03-31"));
	assert_false(is_in(COHORT_CLOSED, "2024-01-01", "2024-04-15"));
	assert_true(is_in(COHORT_CLOSED, "2024-05-01", "2024-05-01"));
	assert_true(is_in(COHORT_CLOSED, "2024-02-01", "2024-02-01"));
	assert_false(is_in(COHORT_OPEN_ON, "2024-01-01", "2024-02-01"));

	assert_true(life_open_on(&life, day("2024-01-31")));
	assert_false(life_open_on(&life, day("2024-02-01")));
	assert_true(life_open_on(&life, day("2024-04-01")));
	assert_false(life_open_on(&life, day("2023-12-31")));
	assert_int_equal(life_closed(&life, day("2024-03-01")),
	    at("2024-02-01T10:00:00Z"));
	assert_int_equal(life_closed(&life, day("2024-04-01")), DATE_NONE);
	assert_int_equal(life_closed(&life, day("2023-12-31")), DATE_NONE);
	assert_int_equal(life_closed(&life, INT64_MAX),
	    at("2024-05-01T10:00:00Z"));
}

/* A window without limits holds every bug, even one of unknown age; but
 * nobody knows when that was filed. */
static void
test_no_limits(void **state)
{
	struct window window = { DATE_NONE, INT64_MAX };

	(void)state;
	new_bug("NEW", "2024-01-01T00:00:00Z");
	bug.num[BUG_CREATED] = DATE_NONE;
	read_life();
	assert_true(cohort_has(COHORT_OPEN_DURING, &life, &window));
	assert_false(cohort_has(COHORT_FILED, &life, &window));
	assert_true(cohort_has(COHORT_OPEN_ON, &life, &window));
	assert_false(cohort_has(COHORT_CLOSED, &life, &window));

	new_bug("RESOLVED", "2024-01-01T00:00:00Z");
	bug_set_num(&bug, BUG_LAST_RESOLVED, at("2024-02-01T00:00:00Z"));
	read_life();
	assert_true(cohort_has(COHORT_OPEN_DURING, &life, &window));
	assert_true(cohort_has(COHORT_CLOSED, &life, &window));
	assert_false(cohort_has(COHORT_OPEN_ON, &life, &window));
}

static void
test_names(void **state)
{
	enum cohort_kind kind, back;
	int i;

	(void)state;
	for (i = 0; i < COHORT_KIND__MAX; i++) {
		kind = (enum cohort_kind)i;
		assert_true(cohort_by_name(cohort_name(kind), &back));
		assert_int_equal(back, kind);
	}
	assert_string_equal(cohort_name(COHORT_OPEN_DURING), "open-during");
	assert_false(cohort_by_name("open", &back));
	assert_false(cohort_by_name("", &back));
}

/* A reopening of a bug that the history did not close. */
static void
test_unseen_closing(void **state)
{
	(void)state;
	new_bug("REOPENED", "2024-01-01T00:00:00Z");
	add_status("RESOLVED", "REOPENED", "2024-03-01T00:00:00Z");
	bug_set_num(&bug, BUG_LAST_RESOLVED, at("2024-02-01T00:00:00Z"));
	read_life();
	assert_int_equal(life.len, 2);
	check_period(0, "2024-01-01T00:00:00Z", "2024-02-01T00:00:00Z");
	check_period(1, "2024-03-01T00:00:00Z", NULL);
	assert_int_equal(heard.count[DIAG_HISTORY_GAP], 1);
	assert_int_equal(heard_all(&heard), 1);

	/* the closing known is a later one, or none: the change dates it */
	bug_set_text(&bug, BUG_STATUS, "CLOSED", 6);
	add_status("REOPENED", "CLOSED", "2024-04-01T00:00:00Z");
	bug_set_num(&bug, BUG_LAST_RESOLVED, at("2024-04-01T00:00:00Z"));
	read_life();
	assert_int_equal(life.len, 2);
	check_period(0, "2024-01-01T00:00:00Z", "2024-03-01T00:00:00Z");
	check_period(1, "2024-03-01T00:00:00Z", "2024-04-01T00:00:00Z");
	assert_int_equal(heard.count[DIAG_HISTORY_GAP], 1);
	bug_set_num(&bug, BUG_LAST_RESOLVED, DATE_NONE);
	bug.num[BUG_CREATED] = DATE_NONE;
	read_life();
	assert_int_equal(life.periods[0].from, DATE_NONE);
	assert_int_equal(life.periods[0].until, at("2024-03-01T00:00:00Z"));
	assert_int_equal(heard.count[DIAG_HISTORY_GAP], 1);
	bug_set_num(&bug, BUG_LAST_RESOLVED, at("2023-01-01T00:00:00Z"));
	bug.num[BUG_CREATED] = at("2024-01-01T00:00:00Z");
	read_life();
	check_period(0, "2024-01-01T00:00:00Z", "2024-03-01T00:00:00Z");
}

/* Without a status, a resolution tells that a bug is closed, and without
 * either the history does. */
static void
test_no_status(void **state)
{
	(void)state;
	new_bug("", "2024-01-01T00:00:00Z");
	bug_set_num(&bug, BUG_LAST_RESOLVED, at("2024-02-01T00:00:00Z"));
	read_life();
	check_period(0, "2024-01-01T00:00:00Z", NULL);
	assert_int_equal(heard_all(&heard), 0);
	bug_set_text(&bug, BUG_RESOLUTION, "FIXED", 5);
	read_life();
	check_period(0, "2024-01-01T00:00:00Z", "2024-02-01T00:00:00Z");
	assert_int_equal(heard_all(&heard), 0);
	/* a status is the better word */
	bug_set_text(&bug, BUG_STATUS, "ASSIGNED", 8);
	read_life();
	check_period(0, "2024-01-01T00:00:00Z", NULL);

	new_bug("", "2024-01-01T00:00:00Z");
	add_status("NEW", "RESOLVED", "2024-03-01T00:00:00Z");
	read_life();
	check_period(0, "2024-01-01T00:00:00Z", "2024-03-01T00:00:00Z");
	assert_int_equal(heard_all(&heard), 0);
}

static int
setup(void **state)
{
	(void)state;
	bug_init(&bug, BUG_MAX_BYTES);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	bug_release(&bug);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_without_history),
		cmocka_unit_test(test_guessed),
		cmocka_unit_test(test_history),
		cmocka_unit_test(test_history_gap),
		cmocka_unit_test(test_backwards),
		cmocka_unit_test(test_many_periods),
		cmocka_unit_test(test_boundaries),
		cmocka_unit_test(test_reopened),
		cmocka_unit_test(test_no_limits),
		cmocka_unit_test(test_no_status),
		cmocka_unit_test(test_unseen_closing),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
