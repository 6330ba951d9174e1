/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "fetch/asof.h"
#include "tests/unit/heard.h"
#include "tests/unit/past_bug.h"

static struct past_bug past;
static struct heard heard;
static struct bug bug, then;

static int
set_up(void **state)
{
	(void)state;
	bug_init(&bug, BUG_MAX_BYTES);
	bug_init(&then, 2 * BUG_MAX_BYTES);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	bug_release(&bug);
	bug_release(&then);
	return 0;
}

static int64_t
at(const char *text)
{
	int64_t time;

	if (!date_parse_time(text, strlen(text), &time))
		fail_msg("no time: %s", text);
	return time;
}

static enum asof
wind(const char *time)
{
	enum asof how;

	assert_null(bug_as_of(&bug, at(time), heard_begin(&heard), &then,
	    &how));
	return how;
}

static void
set(enum bug_text field, const char *value)
{
	assert_true(bug_set_text(&bug, field, value, strlen(value)));
}

/* A bug filed on 2024-01-01, changed last on 2024-06-01. */
static void
make(const char *status)
{
	bug_clear(&bug);
	bug.id = 7;
	bug_set_num(&bug, BUG_CREATED, at("2024-01-01T10:00:00Z"));
	bug_set_num(&bug, BUG_CHANGED, at("2024-06-01T10:00:00Z"));
	set(BUG_STATUS, status);
}

static void
change(const char *time, const char *field, const char *removed,
    const char *added)
{
	struct change *one = bug_add_change(&bug);

	assert_non_null(one);
	one->time = at(time);
	one->who = "b@m.example";
	one->field = field;
	one->removed = removed;
	one->added = added;
	bug.have |= BUG_HAVE_HISTORY;
}

static void
comment(int64_t time)
{
	struct comment *one = bug_add_comment(&bug);

	assert_non_null(one);
	one->id = 100 + (int64_t)bug.comment_len;
	one->number = (int64_t)bug.comment_len - 1;
	one->time = time;
	bug.have |= BUG_HAVE_COMMENTS;
	if (time > bug.last_comment)
		bug.last_comment = time;
}

static bool
same_text(const char *a, const char *b, bool blanks_count)
{
	while (!blanks_count) {
		a += strspn(a, " ");
		b += strspn(b, " ");
		if (*a != *b || *a == '\0')
			return *a == *b;
		a++;
		b++;
	}
	return strcmp(a, b) == 0;
}

/* The wound-back bug is the one that was recorded on that day. */
static void
check_day(int64_t day, uint64_t seed)
{
	const struct past_state *state = &past.days[day];
	enum asof how;
	unsigned i;

	assert_null(bug_as_of(&past.bug, date_start(PAST_FIRST_DAY + day + 1)
	    - 1, heard_begin(&heard), &then, &how));
	if (heard_all(&heard) > 0)
		fail_msg("seed %llu, day %lld: a gap in %s",
		    (unsigned long long)seed, (long long)day, heard.detail);
	assert_int_equal(how, state->filed ? ASOF_KNOWN : ASOF_LATER);
	if (!state->filed)
		return;
	for (i = 0; i < BUG_TEXT__MAX; i++)
		if (!same_text(then.text[i], state->text[i],
		    !past.server.joins))
			fail_msg("seed %llu, day %lld: %s is \"%s\", not "
			    "\"%s\"", (unsigned long long)seed,
			    (long long)day,
			    bug_text_names((enum bug_text)i)->rest,
			    then.text[i], state->text[i]);
	for (i = 0; i < BUG_NUM__MAX; i++)
		if (then.num[i] != state->num[i])
			fail_msg("seed %llu, day %lld: %s is %lld, not %lld",
			    (unsigned long long)seed, (long long)day,
			    bug_num_names((enum bug_num)i)->rest,
			    (long long)then.num[i], (long long)state->num[i]);
	assert_int_equal(then.comment_len, state->comment_len);
	assert_int_equal(then.change_len, state->change_len);
	assert_true(then.last_comment == state->last_comment);
}

static void
test_every_day(void **state)
{
	static const struct past_server servers[] = {
		{ true, false, false, 254 },
		{ false, true, false, 254 },
		{ true, false, true, 254 },
		{ true, true, false, 255 }
	};
	uint64_t seed;
	int64_t day;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(servers); i++)
		for (seed = 1; seed <= 8; seed++) {
			past_live(&past, &servers[i], seed);
			assert_true(past.bug.change_len > 300);
			for (day = 0; day < PAST_DAYS; day++)
				check_day(day, seed);
			bug_release(&past.bug);
		}
}

/* The lives above have what is hard: else they would show nothing. */
static void
test_lives_are_hard(void **state)
{
	static const struct past_server server = { true, false, false, 254 };
	size_t parts = 0, again = 0, dupes = 0, i;
	const struct change *change_now, *before;
	uint64_t seed;

	(void)state;
	for (seed = 1; seed <= 8; seed++) {
		past_live(&past, &server, seed);
		for (i = 1; i < past.bug.change_len; i++) {
			change_now = &past.bug.changes[i];
			before = change_now - 1;
			if (strcmp(change_now->field, "whiteboard") == 0 &&
			    strcmp(before->field, "whiteboard") == 0 &&
			    change_now->time == before->time) {
				if (strlen(before->removed) > 200 ||
				    strlen(before->added) > 200)
					parts++;
				else
					again++;
			}
			if (strcmp(change_now->added, "DUPLICATE") == 0)
				dupes++;
		}
		bug_release(&past.bug);
	}
	assert_true(parts > 200 && again > 8 && dupes > 40);
}

/* Two changes of a second by one person, in parts, and of a third to
 * nothing and back. */
static void
test_parts(void **state)
{
	static char a[301], b[301];

	(void)state;
	memset(a, 'a', 300);
	memset(b, 'b', 300);
	make("NEW");
	set(BUG_WHITEBOARD, b);
	change("2024-05-01T00:00:00Z", "whiteboard", "", a);
	change("2024-05-02T00:00:00Z", "whiteboard", a, "");
	change("2024-05-02T00:00:00Z", "whiteboard", "", "[x]");
	change("2024-05-03T00:00:00Z", "whiteboard", "[x]", b + 46);
	change("2024-05-03T00:00:00Z", "whiteboard", "", b + 254);
	assert_int_equal(wind("2024-05-02T12:00:00Z"), ASOF_KNOWN);
	assert_string_equal(then.text[BUG_WHITEBOARD], "[x]");
	assert_int_equal(wind("2024-05-01T12:00:00Z"), ASOF_KNOWN);
	assert_string_equal(then.text[BUG_WHITEBOARD], a);
	assert_int_equal(wind("2024-04-01T12:00:00Z"), ASOF_KNOWN);
	assert_string_equal(then.text[BUG_WHITEBOARD], "");
	assert_int_equal(heard_all(&heard), 0);
}

/* A comma, a blank and a hyphen, as Bugzilla's answers join them. */
static void
test_joined_by_the_server(void **state)
{
	(void)state;
	make("NEW");
	set(BUG_WHITEBOARD, "one-two");
	change("2024-05-01T00:00:00Z", "whiteboard", " before", "one- two");
	wind("2024-04-01T00:00:00Z");
	assert_string_equal(then.text[BUG_WHITEBOARD], " before");
	assert_int_equal(heard_all(&heard), 0);
}

static void
test_not_filed_yet(void **state)
{
	(void)state;
	make("NEW");
	set(BUG_SUMMARY, "x");
	assert_int_equal(wind("2024-01-01T09:59:59Z"), ASOF_LATER);
	assert_int_equal(then.id, 0);
	assert_int_equal(wind("2024-01-01T10:00:00Z"), ASOF_UNSURE);
	assert_int_equal(then.id, 7);
	/* The creation is not known: the first comment or change is. */
	bug_set_num(&bug, BUG_CREATED, DATE_NONE);
	assert_int_equal(wind("2023-01-01T00:00:00Z"), ASOF_UNSURE);
	comment(DATE_NONE);
	assert_int_equal(wind("2023-01-01T00:00:00Z"), ASOF_UNSURE);
	bug.comments[0].time = at("2024-02-01T00:00:00Z");
	assert_int_equal(wind("2024-01-01T00:00:00Z"), ASOF_LATER);
	assert_int_equal(wind("2024-02-01T00:00:00Z"), ASOF_UNSURE);
	change("2024-01-15T00:00:00Z", "cc", "", "x");
	assert_int_equal(wind("2024-01-16T00:00:00Z"), ASOF_KNOWN);
}

static void
test_without_history(void **state)
{
	(void)state;
	make("RESOLVED");
	set(BUG_RESOLUTION, "DUPLICATE");
	set(BUG_WHITEBOARD, "[x]");
	bug_set_num(&bug, BUG_DUPE_OF, 12);
	bug_set_num(&bug, BUG_LAST_RESOLVED, at("2024-03-01T00:00:00Z"));
	comment(at("2024-01-01T10:00:00Z"));
	comment(at("2024-02-01T10:00:00Z"));
	comment(at("2024-05-01T10:00:00Z"));
	bug_set_num(&bug, BUG_COMMENT_COUNT, 3);
	/* Closed later: it was open, but nobody knows how. */
	assert_int_equal(wind("2024-02-15T00:00:00Z"), ASOF_UNSURE);
	assert_int_equal(heard.count[DIAG_HISTORY_MISSING], 1);
	assert_int_equal(heard_all(&heard), 1);
	assert_string_equal(then.text[BUG_STATUS], "");
	assert_string_equal(then.text[BUG_RESOLUTION], "");
	assert_int_equal(then.have & (BUG_HAVE_TEXT(BUG_STATUS) |
	    BUG_HAVE_NUM(BUG_LAST_RESOLVED) | BUG_HAVE_NUM(BUG_DUPE_OF)), 0);
	assert_true(then.num[BUG_LAST_RESOLVED] == DATE_NONE);
	assert_int_equal(then.num[BUG_DUPE_OF], -1);
	assert_int_equal(then.num[BUG_COMMENT_COUNT], -1);
	assert_true(then.num[BUG_CHANGED] == DATE_NONE);
	assert_string_equal(then.text[BUG_WHITEBOARD], "[x]");
	assert_int_equal(then.comment_len, 2);
	assert_true(then.last_comment == at("2024-02-01T10:00:00Z"));
	/* Closed before. */
	assert_int_equal(wind("2024-04-01T00:00:00Z"), ASOF_UNSURE);
	assert_string_equal(then.text[BUG_RESOLUTION], "DUPLICATE");
	assert_int_equal(then.num[BUG_DUPE_OF], 12);
	assert_true(then.num[BUG_LAST_RESOLVED] ==
	    at("2024-03-01T00:00:00Z"));
	/* Not changed since: no history is wanted. */
	assert_int_equal(wind("2024-06-01T10:00:00Z"), ASOF_KNOWN);
	assert_int_equal(heard_all(&heard), 0);
	assert_int_equal(then.num[BUG_COMMENT_COUNT], 3);
}

/* A Bugzilla without cf_last_resolved: the last comment dates the closing,
 * without that the last change. */
static void
test_closing_guessed(void **state)
{
	(void)state;
	make("CLOSED");
	assert_int_equal(wind("2024-05-31T00:00:00Z"), ASOF_UNSURE);
	assert_string_equal(then.text[BUG_STATUS], "");
	comment(at("2024-04-01T00:00:00Z"));
	wind("2024-03-31T00:00:00Z");
	assert_string_equal(then.text[BUG_STATUS], "");
	wind("2024-04-01T00:00:00Z");
	assert_string_equal(then.text[BUG_STATUS], "CLOSED");
	/* The status is not told either. */
	make("");
	set(BUG_RESOLUTION, "FIXED");
	bug_set_num(&bug, BUG_LAST_RESOLVED, at("2024-04-01T00:00:00Z"));
	wind("2024-03-01T00:00:00Z");
	assert_string_equal(then.text[BUG_RESOLUTION], "");
	wind("2024-05-01T00:00:00Z");
	assert_string_equal(then.text[BUG_RESOLUTION], "FIXED");
}

/* Closed now, and the history has no closing. */
static void
test_closing_not_logged(void **state)
{
	(void)state;
	make("RESOLVED");
	bug_set_num(&bug, BUG_LAST_RESOLVED, at("2024-04-01T00:00:00Z"));
	change("2024-02-01T00:00:00Z", "cc", "", "x");
	assert_int_equal(wind("2024-03-01T00:00:00Z"), ASOF_KNOWN);
	assert_string_equal(then.text[BUG_STATUS], "");
	assert_int_equal(heard.count[DIAG_HISTORY_GAP], 1);
	assert_string_equal(heard.detail, "status");
	wind("2024-05-01T00:00:00Z");
	assert_string_equal(then.text[BUG_STATUS], "RESOLVED");
	assert_int_equal(heard_all(&heard), 0);
}

static void
test_gaps(void **state)
{
	static const struct {
		const char *field, *removed, *added;
		size_t gaps;
		const char *want;	/* NULL: the history's */
	} cases[] = {
		{ "whiteboard", "[a]", "[b]", 1, NULL },
		{ "whiteboard", "[a]", "[now] ", 0, NULL },
		{ "summary", "a", "b", 1, NULL },
		{ "resolution", "FIXED", "INVALID", 1, NULL },
		{ "status", "NEW", "ASSIGNED", 1, NULL },
		/* Components and people are renamed without a log. */
		{ "component", "A", "B", 0, NULL },
		{ "assigned_to", "a@x.example", "b@x.example", 0, NULL },
		/* Other fields, also those of other names. */
		{ "blocks", "", "12", 0, "" },
		{ "bug_status", "NEW", "ASSIGNED", 0, "" }
	};
	size_t i, j;
	bool found;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		make("UNCONFIRMED");
		set(BUG_WHITEBOARD, "[now]");
		set(BUG_COMPONENT, "Now");
		change("2024-05-01T00:00:00Z", cases[i].field,
		    cases[i].removed, cases[i].added);
		change("2024-05-02T00:00:00Z", "cc", "", "x");
		assert_int_equal(wind("2024-04-01T00:00:00Z"), ASOF_KNOWN);
		if (heard.count[DIAG_HISTORY_GAP] != cases[i].gaps)
			fail_msg("%zu: %zu gaps", i,
			    heard.count[DIAG_HISTORY_GAP]);
		for (j = 0, found = false; j < BUG_TEXT__MAX; j++)
			if (strcmp(then.text[j], cases[i].removed) == 0 &&
			    cases[i].removed[0] != '\0')
				found = true;
		if (found != (cases[i].want == NULL))
			fail_msg("%zu: not wound back", i);
		/* After it, the fields hold, and the gap is said all the
		 * same; that of the status is the life's to say. */
		wind("2024-05-01T12:00:00Z");
		assert_string_equal(then.text[BUG_WHITEBOARD], "[now]");
		assert_string_equal(then.text[BUG_STATUS], "UNCONFIRMED");
		assert_int_equal(heard.count[DIAG_HISTORY_GAP],
		    strcmp(cases[i].field, "status") == 0 ? 0 :
		    cases[i].gaps);
	}
}

/* A gap is said once, and what is wound back is the first after the day. */
static void
test_gap_once(void **state)
{
	(void)state;
	make("NEW");
	set(BUG_WHITEBOARD, "[d]");
	set(BUG_SUMMARY, "s");
	change("2024-02-01T00:00:00Z", "whiteboard", "[a]", "[b]");
	change("2024-03-01T00:00:00Z", "whiteboard", "[b]", "[c]");
	change("2024-04-01T00:00:00Z", "whiteboard", "[x]", "[y]");
	change("2024-04-01T00:00:00Z", "summary", "x", "y");
	wind("2024-01-15T00:00:00Z");
	assert_string_equal(then.text[BUG_WHITEBOARD], "[a]");
	assert_string_equal(then.text[BUG_SUMMARY], "x");
	assert_int_equal(heard.count[DIAG_HISTORY_GAP], 1);
	wind("2024-02-15T00:00:00Z");
	assert_string_equal(then.text[BUG_WHITEBOARD], "[b]");
	wind("2024-03-15T00:00:00Z");
	assert_string_equal(then.text[BUG_WHITEBOARD], "[x]");
}

/* The history was fetched after the fields: they do not show it yet. */
static void
test_history_newer_than_fields(void **state)
{
	(void)state;
	make("NEW");
	set(BUG_WHITEBOARD, "[a]");
	set(BUG_KEYWORDS, "audit");
	change("2024-05-01T00:00:00Z", "whiteboard", "", "[a]");
	change("2024-07-01T00:00:00Z", "whiteboard", "[a]", "[b]");
	change("2024-07-01T00:00:00Z", "keywords", "audit", "crl");
	wind("2024-05-15T00:00:00Z");
	assert_string_equal(then.text[BUG_WHITEBOARD], "[a]");
	assert_string_equal(then.text[BUG_KEYWORDS], "audit");
	wind("2024-04-15T00:00:00Z");
	assert_string_equal(then.text[BUG_WHITEBOARD], "");
	assert_int_equal(heard_all(&heard), 0);
	assert_int_equal(then.change_len, 0);
}

static void
test_lists(void **state)
{
	static const struct {
		const char *now, *removed, *added, *want;
	} cases[] = {
		{ "a, c", "b", "", "a, b, c" },
		{ "a, c", "", "a", "c" },
		{ "a, c", "", "a, c", "" },
		{ "", "x, a", "", "a, x" },
		{ "a", "a", "", "a" },
		{ "a,b ,, c", "bb", "b", "a, bb, c" },
		{ "new", "old", "new", "old" },
		/* What is said to have come, and is not there. */
		{ "a", "b", "c", "a, b" }
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		make("NEW");
		set(BUG_KEYWORDS, cases[i].now);
		change("2024-05-01T00:00:00Z", "keywords", cases[i].removed,
		    cases[i].added);
		wind("2024-04-01T00:00:00Z");
		assert_string_equal(then.text[BUG_KEYWORDS], cases[i].want);
		wind("2024-05-01T00:00:00Z");
		assert_string_equal(then.text[BUG_KEYWORDS], cases[i].now);
	}
}

/* More than any Bugzilla has: the list stays as it is, and that is said. */
static void
test_list_too_long(void **state)
{
	static char many[ASOF_MAX_LIST + 8];

	(void)state;
	memset(many, 'k', sizeof(many) - 1);
	make("NEW");
	set(BUG_KEYWORDS, "a");
	change("2024-05-01T00:00:00Z", "keywords", many, "");
	wind("2024-04-01T00:00:00Z");
	assert_string_equal(then.text[BUG_KEYWORDS], "a");
	assert_int_equal(heard.count[DIAG_HISTORY_GAP], 1);
}

static void
test_numbers(void **state)
{
	(void)state;
	make("RESOLVED");
	set(BUG_RESOLUTION, "DUPLICATE");
	bug_set_num(&bug, BUG_DUPE_OF, 30);
	bug_set_num(&bug, BUG_LAST_RESOLVED, at("2024-05-01T00:00:00Z"));
	change("2024-02-01T00:00:00Z", "status", "NEW", "RESOLVED");
	change("2024-02-01T00:00:00Z", "resolution", "", "DUPLICATE");
	change("2024-02-01T00:00:00Z", "dupe_of", "", "20");
	change("2024-03-01T00:00:00Z", "status", "RESOLVED", "REOPENED");
	change("2024-03-01T00:00:00Z", "resolution", "DUPLICATE", "");
	change("2024-03-01T00:00:00Z", "dupe_of", "20", "");
	change("2024-05-01T00:00:00Z", "status", "REOPENED", "RESOLVED");
	change("2024-05-01T00:00:00Z", "resolution", "", "DUPLICATE");
	change("2024-05-01T00:00:00Z", "dupe_of", "", "30");
	wind("2024-02-02T00:00:00Z");
	assert_int_equal(then.num[BUG_DUPE_OF], 20);
	assert_true(then.num[BUG_LAST_RESOLVED] ==
	    at("2024-02-01T00:00:00Z"));
	wind("2024-04-02T00:00:00Z");
	assert_int_equal(then.num[BUG_DUPE_OF], -1);
	assert_true(then.num[BUG_LAST_RESOLVED] ==
	    at("2024-02-01T00:00:00Z"));
	wind("2024-01-20T00:00:00Z");
	assert_true(then.num[BUG_LAST_RESOLVED] == DATE_NONE);
	assert_string_equal(then.text[BUG_STATUS], "NEW");
	/* The field's own log says more than that of the status. */
	change("2024-05-01T00:00:00Z", "cf_last_resolved",
	    "2024-02-01T00:00:07Z", "2024-05-01T00:00:00Z");
	wind("2024-04-02T00:00:00Z");
	assert_true(then.num[BUG_LAST_RESOLVED] ==
	    at("2024-02-01T00:00:07Z"));
	assert_int_equal(heard_all(&heard), 0);
}

/* A comment of unknown time is as old as the one before it. */
static void
test_comments(void **state)
{
	(void)state;
	make("NEW");
	bug.gone = at("2024-05-01T00:00:00Z");
	comment(DATE_NONE);
	comment(at("2024-02-01T00:00:00Z"));
	comment(DATE_NONE);
	comment(at("2024-03-01T00:00:00Z"));
	comment(DATE_NONE);
	wind("2024-02-15T00:00:00Z");
	assert_int_equal(then.comment_len, 3);
	assert_int_equal(then.comments[2].number, 2);
	assert_true(then.gone == DATE_NONE);
	wind("2024-05-15T00:00:00Z");
	assert_int_equal(then.comment_len, 5);
	assert_true(then.last_comment == at("2024-03-01T00:00:00Z"));
	assert_true(then.gone == bug.gone);
}

/* A server could say anything; it takes no time and no memory. */
static void
test_hostile(void **state)
{
	size_t i;

	(void)state;
	make("NEW");
	for (i = 0; i < 20000; i++)
		change("2024-05-01T00:00:00Z", "whiteboard", "", "");
	for (i = 0; i < 20000; i++)
		change("2024-05-01T00:00:00Z", "keywords", "x", "");
	wind("2024-04-01T00:00:00Z");
	assert_string_equal(then.text[BUG_WHITEBOARD], "");
	assert_string_equal(then.text[BUG_KEYWORDS], "x");
}

static void
test_no_room(void **state)
{
	const struct err *err;
	struct bug small;
	enum asof how;

	(void)state;
	make("NEW");
	comment(at("2024-02-01T00:00:00Z"));
	bug_init(&small, 8);
	err = bug_as_of(&bug, at("2024-05-01T00:00:00Z"), NULL, &small, &how);
	assert_non_null(err);
	assert_int_equal(err->kind, ERR_SYSTEM);
	assert_int_equal(small.id, 0);
	bug_release(&small);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_day),
		cmocka_unit_test(test_lives_are_hard),
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_joined_by_the_server),
		cmocka_unit_test(test_not_filed_yet),
		cmocka_unit_test(test_without_history),
		cmocka_unit_test(test_closing_guessed),
		cmocka_unit_test(test_closing_not_logged),
		cmocka_unit_test(test_gaps),
		cmocka_unit_test(test_gap_once),
		cmocka_unit_test(test_history_newer_than_fields),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_list_too_long),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_comments),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_no_room)
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
