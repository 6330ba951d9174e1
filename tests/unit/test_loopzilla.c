/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The loopback Bugzilla answers in the form of the real ones: members and
 * their kinds, statuses, texts of refusals, as they were recorded of
 * bugzilla.mozilla.org's code and of upstream 5.2.  Asked by plain sockets.
 */
#include <time.h>

#include "base/date.h"
#include "tests/unit/loop_fixture.h"

struct shape {
	const char *target;
	int status;
	const char *form;
};

#define ERROR_FORM "{code:n documentation:s error:b message:s}"
#define ACCOUNT "{email:s id:n name:s real_name:s}"
#define COMMENT "attachment_id:0 bug_id:n count:n creation_time:s " \
	"creator:s id:n is_private:b tags:[] text:s time:s"
#define COMMENT_BMO "{attachment_id:0 author:s bug_id:n count:n " \
	"creation_time:s creator:s id:n is_private:b raw_text:s " \
	"reactions:{} tags:[] text:s time:s}"
#define MOMENT "{changes:[{added:s field_name:s removed:s}] when:s who:s}"

static void
check_shapes(const struct shape *shapes, size_t len)
{
	struct buf found;
	size_t i;

	for (i = 0; i < len; i++) {
		ask(shapes[i].target);
		buf_init(&found, 1 << 16);
		form(&found, slice_value(body.at, body.len));
		if (strcmp(buf_text(&found), shapes[i].form) != 0)
			print_error("%s\n", shapes[i].target);
		assert_string_equal(buf_text(&found), shapes[i].form);
		assert_int_equal(status, shapes[i].status);
		assert_true(head_has("application/json; charset=UTF-8"));
		buf_release(&found);
	}
}

static void
shapes_of_bmo(void **state)
{
	static const struct shape shapes[] = {
		{ "/rest/version", 200, "{version:s}" },
		{ "/rest/nosuch", 404, ERROR_FORM },
		{ "/rest/bug?include_fields=id,creator,alias&limit=1", 200,
		    "{bugs:[{alias:0 creator:s creator_detail:{email:s id:n "
		    "name:s nick:s real_name:s} id:n}]}" },
		{ "/rest/bug?include_fields=nosuch&limit=1", 200,
		    "{bugs:[{}]}" },
		{ "/rest/bug?include_fields=id,comments,history&limit=1", 200,
		    "{bugs:[{comments:[" COMMENT_BMO "] history:[" MOMENT
		    "] id:n}]}" },
		{ "/rest/bug?include_fields=id,comments&limit=1"
		    "&exclude_fields=comments.raw_text,comments.author,"
		    "comments.reactions", 200,
		    "{bugs:[{comments:[{" COMMENT "}] id:n}]}" },
		{ "/rest/bug?include_fields=comments.id&limit=1", 200,
		    "{bugs:[{comments:[{id:n}]}]}" },
		{ "/rest/bug?count_only=false", 200, "{bug_count:n}" },
		{ "/rest/bug?product=Nosuch", 200, "{bugs:[]}" },
		{ "/rest/bug/1000001?include_fields=id", 200,
		    "{bugs:[{id:n}] faults:[]}" },
		{ "/rest/bug/1000001/comment?ids=1000004", 200,
		    "{bugs:{ID:{comments:[" COMMENT_BMO "]} ID:{comments:["
		    COMMENT_BMO "]}} comments:{}}" },
		{ "/rest/bug/1000001/comment?new_since=2030-01-01T00:00:00Z",
		    200, "{bugs:{ID:{comments:[]}} comments:{}}" },
		{ "/rest/bug/1000001/history?ids=1000004", 200,
		    "{bugs:[{alias:0 history:[" MOMENT "] id:n}]}" }
	};

	(void)state;
	check_shapes(shapes, sizeof(shapes) / sizeof(shapes[0]));
	ask("/rest/bug?include_fields=_default&limit=1");
	assert_true(body_has("\"cf_last_resolved\":"));
	assert_false(body_has("\"comments\":"));
	ask("/rest/bug?include_fields=_default&exclude_fields=_custom");
	assert_false(body_has("\"cf_last_resolved\":"));
}

static void
shapes_of_upstream(void **state)
{
	static const struct shape shapes[] = {
		{ "/rest/version", 200, "{version:s}" },
		{ "/rest/whoami", 404, ERROR_FORM },
		{ "/rest/bug?include_fields=id,creator,alias&limit=1", 200,
		    "{bugs:[{alias:[] creator:s creator_detail:" ACCOUNT
		    " id:n}]}" },
		/* Nothing is said of what it does not know. */
		{ "/rest/bug?include_fields=id,comments,history,counts,"
		    "comment_count&limit=1", 200, "{bugs:[{id:n}]}" },
		{ "/rest/bug?include_fields=id&limit=1&count_only=1", 200,
		    "{bugs:[{id:n}]}" },
		{ "/rest/bug/1000001/comment", 200,
		    "{bugs:{ID:{comments:[{" COMMENT "}]}} comments:{}}" },
		{ "/rest/bug/1000001/history", 200,
		    "{bugs:[{alias:[] history:[" MOMENT "] id:n}]}" }
	};

	(void)state;
	check_shapes(shapes, sizeof(shapes) / sizeof(shapes[0]));
	ask("/rest/bug");
	assert_false(body_has("cf_last_resolved"));
	assert_false(body_has("\"type\":"));
	ask("/rest/bug/1000001/history");
	assert_false(body_has("cf_last_resolved"));
	ask_with("/rest/version", "Accept: text/html\r\n");
	assert_true(head_has("text/html"));
}

struct refusal {
	const char *target;
	int status, code;
	const char *message;
};

static void
check_refusals(const struct refusal *refusals, size_t len)
{
	struct slice object;
	size_t i;

	for (i = 0; i < len; i++) {
		ask(refusals[i].target);
		object = slice_value(body.at, body.len);
		assert_int_equal(status, refusals[i].status);
		assert_int_equal(slice_int(slice_get(object, "code")),
		    refusals[i].code);
		assert_true(slice_true(slice_get(object, "error")));
		if (!body_has(refusals[i].message))
			print_error("%.*s\n", (int)body.len, body.at);
		assert_true(body_has(refusals[i].message));
	}
}

#define TOGETHER \
	{ "/rest/bug?last_change_time=garbage", 400, 56, \
	    "'garbage' is not a legal date." }, \
	{ "/rest/bug?last_change_time=-1d", 400, 56, "legal date" }, \
	{ "/rest/bug?offset=10", 400, 50, "requires a limit argument" }, \
	{ "/rest/bug?limit=-1", 400, 52, "" }, \
	{ "/rest/bug?limit=1.5", 400, 52, "" }, \
	{ "/rest/bug?f1=bug_id&o1=nosuch&v1=1", 400, 68000, "" }, \
	{ "/rest/bug?api_key=nope", 400, 306, "The API key you " \
	    "specified is invalid. Please check that you typed it " \
	    "correctly." }, \
	{ "/rest/nosuch", 404, 32614, "A REST API resource was not found " \
	    "for 'GET /nosuch'." }, \
	{ "/rest/bug/0/comment?ids=1000001", 400, 100, "" }

static void
refusals_of_bmo(void **state)
{
	static const struct refusal refusals[] = {
		TOGETHER,
		{ "/rest/whoami", 401, 410, "You must log in" },
		{ "/rest/bug?f1=no_such&o1=equals&v1=1", 400, 108,
		    "Can't use no_such as a field name." },
		{ "/rest/bug/99999", 404, 101, "Bug 99999 does not exist." },
		{ "/rest/bug/1000001/comment?ids=1000019", 401, 102,
		    "You are not authorized to access bug 1000019. To see "
		    "this bug, you must first log in to an account with the "
		    "appropriate permissions." },
		{ "/rest/bug/1000019/history?api_key=PLAINKEY", 401, 102,
		    "You are not authorized to access bug 1000019.\"" },
		{ "/rest/bug/1000001/comment?ids=1000004,1000007", 400, 100,
		    "Sorry, I can't find \\\"1000004,1000007\\\". It does not "
		    "seem like bug number nor an alias to a bug." }
	};

	(void)state;
	check_refusals(refusals, sizeof(refusals) / sizeof(refusals[0]));
	ask("/rest/bug/1000001/comment?ids=1000019&ids=12&skip_private=1");
	assert_int_equal(status, 200);
	assert_false(body_has("1000019"));
	/* A key in the header; the header wins. */
	ask_with("/rest/bug/1000019/history?api_key=nope",
	    "X-BUGZILLA-API-KEY: THEKEY\r\n");
	assert_int_equal(status, 200);
	ask_with("/rest/whoami", "X-BUGZILLA-API-KEY: PLAINKEY\r\n");
	assert_true(body_has("\"name\":"));
	ask_with("/rest/version", "X-BUGZILLA-API-KEY: nope\r\n");
	assert_int_equal(status, 200);
}

static void
refusals_of_upstream(void **state)
{
	static const struct refusal refusals[] = {
		TOGETHER,
		{ "/rest/bug?f1=no_such&o1=equals&v1=1", 400, 108,
		    "Can't use \\\"no_such\\\" as a field name." },
		{ "/rest/bug/99999/history", 404, 101,
		    "Bug #99999 does not exist." },
		{ "/rest/bug/1000001/comment?ids=1000019&skip_private=1", 401,
		    102, "You are not authorized to access bug #1000019." },
		{ "/rest/bug/nosuchalias/comment", 400, 100, "'nosuchalias' "
		    "is not a valid bug number nor an alias to a bug." }
	};

	(void)state;
	check_refusals(refusals, sizeof(refusals) / sizeof(refusals[0]));
	/* The header is not known, be the key right or wrong. */
	ask_with("/rest/bug?include_fields=id&id=1000019",
	    "X-BUGZILLA-API-KEY: nope\r\n");
	assert_int_equal(status, 200);
	assert_false(body_has("1000019"));
	ask("/rest/bug?include_fields=id&id=1000019&api_key=THEKEY");
	assert_true(body_has("1000019"));
}

/* The numbers in an answer, as a text. */
static const char *
ids(const char *target)
{
	static char text[4096];
	struct slice_walk walk;
	struct slice bug;
	size_t len = 0;

	ask(target);
	assert_int_equal(status, 200);
	text[0] = '\0';
	walk = slice_open(slice_get(slice_value(body.at, body.len), "bugs"));
	while (slice_element(&walk, &bug) && len < sizeof(text) - 16) {
		snprintf(text + len, sizeof(text) - len, "%s%lld",
		    len > 0 ? " " : "", (long long)(slice_int(slice_get(bug,
		    "id")) - 1000000));
		len = strlen(text);
	}
	return text;
}

#define ASK_IDS "/rest/bug?include_fields=id&"

static void
pages(void **state)
{
	char first[4096];

	(void)state;
	assert_string_equal(ids(ASK_IDS "order=bug_id&limit=3"), "1 4 7");
	assert_string_equal(ids(ASK_IDS "order=bug_id&limit=3&offset=3"),
	    "10 13 16");
	assert_string_equal(ids(ASK_IDS "order=bug_id%20DESC&limit=2"),
	    "118 115");
	assert_string_equal(ids(ASK_IDS "limit=3&offset=100"), "");
	/* The seventh is left out in silence, so is one that is not. */
	assert_string_equal(ids(ASK_IDS "order=bug_id&id=1000016,1000019,12&"
	    "bug_id=1000022"), "16 22");
	assert_string_equal(ids(ASK_IDS "order=bug_id&f1=bug_id&"
	    "o1=greaterthan&v1=1000100&f2=bug_id&o2=lessthaneq&v2=1000106"),
	    "103 106");
	/* limit=0 is the most, and drops the offset. */
	snprintf(first, sizeof(first), "%s", ids(ASK_IDS "order=bug_id"));
	assert_string_equal(ids(ASK_IDS "order=bug_id&limit=0&offset=10"),
	    first);
	assert_string_equal(ids(ASK_IDS "order=bug_id&limit=abc&offset=10"),
	    first);
	/* Unknown parameters and empty values are ignored. */
	assert_string_equal(ids(ASK_IDS "order=bug_id&ids=1000001&product="),
	    first);
	assert_string_equal(ids(ASK_IDS "order=bug_id&product=ca%20PROGRAM&"
	    "component=Other&component=CA+Certificate+Compliance"), first);
	/* No order is no order. */
	assert_string_not_equal(ids(ASK_IDS "order=nosuch"), first);
	assert_string_not_equal(ids(ASK_IDS), first);
}

static void
clamped(void **state)
{
	struct loopzilla_config config;

	(void)state;
	loopzilla_stop(server);
	loopzilla_defaults(&config);
	config.bugs = config.comments = 10;
	config.max_results = 4;
	server = loopzilla_start(&config);
	assert_non_null(server);
	assert_string_equal(ids(ASK_IDS "order=bug_id&limit=100"),
	    "1 4 7 10");
	assert_string_equal(ids(ASK_IDS "order=bug_id"), "1 4 7 10");
}

static void
open_and_closed(void **state)
{
	char open[4096];

	(void)state;
	snprintf(open, sizeof(open), "%s", ids(ASK_IDS
	    "order=bug_id&resolution=---"));
	assert_true(strlen(open) > 4);
	assert_string_equal(ids(ASK_IDS "order=bug_id&bug_status=__open__"),
	    open);
	assert_string_not_equal(ids(ASK_IDS "order=bug_id&resolution=FIXED"),
	    open);
}

/* last_change_time: whole seconds, the same one matches; a date without a
 * zone is in the server's, which is not UTC. */
static void
change_times(void **state)
{
	char target[256], time[DATE_SIZE];
	struct slice bug;
	int64_t changed;

	(void)state;
	ask("/rest/bug?id=1000004&include_fields=last_change_time");
	bug = slice_value(body.at, body.len);
	bug = slice_value(slice_get(bug, "bugs").at + 1, body.len - 10);
	changed = slice_time(slice_get(bug, "last_change_time"));
	assert_true(changed > 0);
	snprintf(target, sizeof(target), ASK_IDS "id=1000004&"
	    "last_change_time=%s", date_format_time(changed, time));
	assert_string_equal(ids(target), "4");
	target[strlen(target) - 1] = '\0';
	assert_string_equal(ids(target), "");
	snprintf(target, sizeof(target), ASK_IDS "id=1000004&"
	    "last_change_time=%s", date_format_time(changed + 1, time));
	assert_string_equal(ids(target), "");
	/* new_since leaves the same second out. */
	snprintf(target, sizeof(target), "/rest/bug/1000004/history?"
	    "new_since=%s", date_format_time(changed, time));
	ask(target);
	assert_true(body_has("\"history\":[]"));
}

static void
long_targets(void **state)
{
	static char target[20000];

	(void)state;
	memset(target, 'x', sizeof(target) - 1);
	memcpy(target, "/rest/bug?", 10);
	target[8190] = '\0';
	ask(target);
	assert_int_equal(status, 200);
	target[8190] = 'x';
	target[8191] = '\0';
	ask(target);
	assert_int_equal(status, 414);
	assert_true(head_has("text/plain"));
}

static void
rest(long ms)
{
	const struct timespec time = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&time, NULL);
}

static void
rate_limit(void **state)
{
	struct loopzilla_config config;
	int i;

	(void)state;
	loopzilla_stop(server);
	loopzilla_defaults(&config);
	config.bugs = config.comments = 2;
	config.key = "THEKEY";
	config.rate_calls = 3;
	config.block_seconds = 1;
	server = loopzilla_start(&config);
	assert_non_null(server);
	for (i = 0; i < 6; i++) {
		ask("/rest/bug?include_fields=id,comments");
		assert_int_equal(status, 200);
		ask("/rest/bug/1000001/history");
		assert_int_equal(status, 200);
		ask("/rest/bug/1000001/comment?api_key=THEKEY");
		assert_int_equal(status, 200);
	}
	for (i = 0; i < 3; i++) {
		ask("/rest/bug/1000001/comment?ids=1000004");
		assert_int_equal(status, 200);
	}
	ask("/rest/bug/1000001/comment");
	assert_int_equal(status, 400);
	assert_true(body_has("\"code\":32000"));
	assert_false(head_has("Retry-After"));
	/* All are blocked now, and each request begins the time again. */
	for (i = 0; i < 4; i++) {
		ask("/rest/version?api_key=THEKEY");
		assert_int_equal(status, 429);
		assert_true(head_has("Content-Type: text/html\r\n"));
		assert_false(head_has("Retry-After"));
		rest(400);
	}
	rest(1100);
	ask("/rest/version");
	assert_int_equal(status, 200);
}

struct fault_case {
	const char *rule;
	int status;
	const char *type, *has;
};

static void
faults(void **state)
{
	static const struct fault_case cases[] = {
		{ "gateway", 502, "text/html", "<html>" },
		{ "maintenance", 503, "text/html", "<html>" },
		{ "blocked", 429, "text/html", "<html>" },
		{ "startpage", 200, "text/html", "<html>" },
		{ "internal", 200, "application/json", "\"code\":100500" },
		{ "limited", 400, "application/json", "\"code\":32000" },
		{ "searchtime", 400, "application/json", "\"code\":1001" },
		{ "toolong", 414, "text/plain", "URI Too Long" },
		{ "empty", 200, "application/json", "{\"bugs\":[]}" },
		{ "nobugs", 200, "application/json", "{}" },
		{ "redirect", 302, "text/html", "<html>" }
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_true(loopzilla_fault(server, "none"));
		assert_true(loopzilla_fault(server, cases[i].rule));
		ask(ASK_IDS "limit=3");
		assert_int_equal(status, cases[i].status);
		assert_true(head_has(cases[i].type));
		assert_true(body_has(cases[i].has));
	}
	assert_true(loopzilla_fault(server, "none"));
	assert_true(loopzilla_fault(server, "maintenance"));
	ask("/rest/version");
	assert_true(head_has("Retry-After: 1\r\n"));
	assert_false(loopzilla_fault(server, "nosuch"));
	assert_false(loopzilla_fault(server, "empty/nosuch"));
	assert_false(loopzilla_fault(server, "empty=1x"));
}

static void
broken_ways(void **state)
{
	static const char *const rules[] = { "cut", "stall", "reset",
	    "silent", "half", "nul", "control", "badutf8" };
	size_t whole, i;

	(void)state;
	ask("/rest/bug?order=bug_id");
	whole = body.len;
	for (i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		assert_true(loopzilla_fault(server, "none"));
		assert_true(loopzilla_fault(server, rules[i]));
		ask("/rest/bug?order=bug_id");
		if (i == 2 || i == 3)
			assert_int_equal(status, 0);
		else if (i < 5)
			assert_int_equal(body.len, whole / 2);
		else
			assert_int_equal(body.len, whole);
	}
}

/* When a fault strikes: the K-th, from there on, by chance, one kind. */
static void
rules(void **state)
{
	int struck = 0, i;

	(void)state;
	assert_true(loopzilla_fault(server, "gateway/search@2"));
	ask("/rest/version");
	ask("/rest/bug?limit=1");
	assert_int_equal(status, 200);
	ask("/rest/bug?limit=1");
	assert_int_equal(status, 502);
	ask("/rest/bug?limit=1");
	assert_int_equal(status, 200);
	assert_true(loopzilla_fault(server, "empty/history@1+"));
	ask("/rest/bug/1000001/history");
	assert_true(body_has("{\"bugs\":[]}"));
	assert_true(loopzilla_fault(server, "none"));
	assert_true(loopzilla_fault(server, "gateway=5"));
	for (i = 0; i < 200; i++) {
		ask("/rest/version");
		struck += status == 502;
	}
	assert_in_range(struck, 20, 60);
	assert_true(loopzilla_requests(server) == 205);
}

/* The server's clock: what is after it has not happened. */
static void
clocks(void **state)
{
	(void)state;
	loopzilla_set_now(server, 1488326400 + 300);
	assert_string_equal(ids(ASK_IDS), "1");
	assert_true(head_has("Date: Wed, 01 Mar 2017 00:05:00 GMT\r\n"));
	ask("/rest/bug?include_fields=_default,comments,history");
	assert_true(body_has("\"status\":\"UNCONFIRMED\""));
	assert_true(body_has("\"whiteboard\":\"\""));
	assert_true(body_has("\"history\":[]"));
	assert_true(body_has("\"comment_count\":1"));
	assert_true(body_has("\"cf_last_resolved\":null"));
	assert_true(body_has("\"last_change_time\":\"2017-03-01T00:00:00Z\""));
	assert_true(body_has("\"is_open\":true"));
	loopzilla_set_now(server, 1488326400 + 600);
	ask("/rest/bug?include_fields=_default,history&id=1000001");
	assert_true(body_has("\"status\":\"ASSIGNED\""));
	assert_true(body_has("\"last_change_time\":\"2017-03-01T00:10:00Z\""));
}

static void
events(void **state)
{
	(void)state;
	assert_true(loopzilla_event(server, "now move 1000004 Other"));
	assert_string_equal(ids(ASK_IDS "component=Other"), "4");
	assert_true(loopzilla_event(server, "now touch 1000007"));
	ask("/rest/bug?id=1000007&include_fields=_default,comments,history");
	assert_true(body_has("[touched-"));
	assert_true(body_has("Touched at"));
	assert_true(loopzilla_event(server,
	    "2017-01-01T00:00:00Z edit 1000001 0 \"Taken\" back"));
	ask("/rest/bug/1000001/comment");
	assert_true(body_has("\"text\":\"\\\"Taken\\\" back\""));
	assert_true(loopzilla_event(server, "now shut 1000010"));
	assert_string_equal(ids(ASK_IDS "id=1000010"), "10");
	ask("/rest/bug/1000010/comment");
	assert_int_equal(status, 401);
	assert_true(loopzilla_event(server, "now poison 1000013 error"));
	ask("/rest/bug/1000013/history");
	assert_true(body_has("100500"));
	assert_true(loopzilla_event(server,
	    "2018-01-01T00:00:00Z open 1000019"));
	assert_string_equal(ids(ASK_IDS "id=1000019"), "19");
	assert_false(loopzilla_event(server, "now touch 12"));
	assert_false(loopzilla_event(server, "then touch 1000001"));
	assert_false(loopzilla_event(server, "now dance 1000001"));
	assert_false(loopzilla_event(server, ""));
}

#define BMO(test) cmocka_unit_test_setup_teardown(test, setup_bmo, teardown)
#define UPSTREAM(test) \
	cmocka_unit_test_setup_teardown(test, setup_upstream, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BMO(shapes_of_bmo),
		UPSTREAM(shapes_of_upstream),
		BMO(refusals_of_bmo),
		UPSTREAM(refusals_of_upstream),
		BMO(pages),
		BMO(clamped),
		BMO(open_and_closed),
		BMO(change_times),
		BMO(long_targets),
		BMO(rate_limit),
		BMO(faults),
		BMO(broken_ways),
		BMO(rules),
		BMO(clocks),
		BMO(events)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
