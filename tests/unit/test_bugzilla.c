/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* What the client asks a Bugzilla, and what it makes of odd answers. */

#include "fetch/bugzilla.h"
#include "tests/unit/fake_bugzilla.h"
#include "tests/unit/heard.h"

static const char *const names[] = { "Compliance" };
static struct heard heard;
static struct bugzilla_result result;

static struct bugzilla_config
usual(void)
{
	return (struct bugzilla_config){
		.url = "http://bz.example", .product = "CA Program",
		.components = names, .component_len = 1, .since = DATE_NONE,
		.jobs = 3, .retries = 4, .now = FAKE_NOW, .random = 1
	};
}

/* Fetch into the store of the working folder. */
static const struct err *
fetch_with(const struct bugzilla_config *given)
{
	struct bugzilla_config config = *given;
	const struct err *err;
	struct store *store;

	config.diags = heard_begin(&heard);
	world.requests = world.details = 0;
	buf_clear(&world.log);
	queue_len = 0;
	ok(store_open(&store, STORE_NAME, STORE_WRITE));
	ok(store_run_begin(store, "fetch", config.url, FAKE_NOW));
	err = bugzilla_fetch(store, NULL, &config, &result);
	if (err == NULL)
		ok(store_run_end(store, FAKE_NOW));
	assert_good(store);
	store_close(store);
	return err;
}

static const struct err *
fetch(void)
{
	const struct bugzilla_config config = usual();

	return fetch_with(&config);
}

static const struct err *
fetch_full(void)
{
	struct bugzilla_config config = usual();

	config.full = true;
	return fetch_with(&config);
}

static int64_t
count(const char *what)
{
	char sql[200];

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s", what);
	return raw_int(sql);
}

static bool
asked(const char *what)
{
	return strstr(buf_text(&world.log), what) != NULL;
}

/* On both roads all comes, and then nothing is asked twice. */
static void
test_roads(void **state)
{
	static const struct {
		bool upstream;
		int bugs, first, quiet;
	} cases[] = {
		/* whoami, version, list twice, details */
		{ false, 5, 5, 2 },
		{ false, 50, 5, 2 },
		{ true, 5, 7, 2 },
		{ true, 50, 7, 2 }
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		fake_begin(cases[i].bugs);
		world.upstream = cases[i].upstream;
		ok(fetch());
		assert_int_equal(world.requests, cases[i].first);
		assert_true(result.full);
		assert_string_equal(result.version, "9.9");
		assert_int_equal(count("bug"), cases[i].bugs);
		assert_int_equal(count("comment"), cases[i].bugs);
		assert_int_equal(count("told WHERE changes = 0"),
		    cases[i].bugs);
		assert_int_equal(count("listed"), 0);
		assert_int_equal(heard_all(&heard), 0);
		ok(fetch());
		assert_false(result.full);
		assert_int_equal(world.requests, cases[i].quiet);
		assert_int_equal(world.details, 0);
		assert_true(asked("last_change_time=2023-11-14T22:03:20Z"));
		assert_int_equal(count("run WHERE finished IS NOT NULL"), 2);
		remove(STORE_NAME);
	}
}

/* A bug that changed is fetched alone; so is one whose change the last
 * fetch may have missed, but no other of the overlap. */
static void
test_changed(void **state)
{
	(void)state;
	fake_begin(30);
	ok(fetch());
	world.last_changed = FAKE_NOW + 50;
	world.date = FAKE_NOW + 100;
	ok(fetch());
	assert_int_equal(world.details, 1);
	assert_true(asked("id=300&"));
	ok(fetch());
	assert_int_equal(world.details, 0);
	assert_true(asked("last_change_time=2023-11-14T22:05:00Z"));
	/* Changed again in the second of the last fetch. */
	world.last_changed = world.date;
	ok(fetch());
	assert_int_equal(world.details, 1);
	ok(fetch());
	assert_int_equal(world.details, 1);
	world.date++;
	ok(fetch());
	ok(fetch());
	assert_int_equal(world.details, 0);
}

/* A pass over all bugs comes by itself after a week, by the server's clock,
 * and when that clock was put back. */
static void
test_when_full(void **state)
{
	struct bugzilla_config config = usual();

	(void)state;
	fake_begin(3);
	config.since = FAKE_NOW - 5 * DATE_DAY;
	ok(fetch_with(&config));
	assert_false(result.full);
	assert_true(asked("last_change_time=2023-11-09T22:13:20Z"));
	/* It says nothing of the time before. */
	ok(fetch());
	assert_true(result.full);
	world.date += 7 * DATE_DAY;
	ok(fetch());
	assert_false(result.full);
	world.date += 1;
	ok(fetch());
	assert_true(result.full);
	ok(fetch_full());
	assert_true(result.full);
	world.date -= 1;
	ok(fetch());
	assert_true(result.full);
}

/* A server may grant fewer bugs than are asked for, without a word. */
static void
test_clamped(void **state)
{
	static const size_t granted[] = { 1, 2, 7, 30, 31 };
	int upstream;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(granted); i++)
		for (upstream = 0; upstream < 2; upstream++) {
			fake_begin(30);
			world.upstream = upstream != 0;
			world.max_results = granted[i];
			ok(fetch());
			assert_int_equal(count("bug"), 30);
			assert_int_equal(count("comment"), 30);
			assert_int_equal(count("gone"), 0);
			assert_int_equal(result.gone, 0);
			remove(STORE_NAME);
		}
}

/* Comments that a search does not give are asked for otherwise. */
static void
test_other_road(void **state)
{
	(void)state;
	fake_begin(20);
	world.no_comments = true;
	ok(fetch());
	assert_true(asked("/rest/bug/10/comment"));
	assert_int_equal(count("bug"), 20);
	assert_int_equal(count("comment"), 20);
	assert_int_equal(count("listed"), 0);
}

/* Bugs that can't be seen any more are marked, and unmarked. */
static void
test_gone(void **state)
{
	(void)state;
	fake_begin(20);
	ok(fetch());
	world.odd[3] = ODD_HIDDEN;
	world.odd[7] = ODD_MOVED;
	ok(fetch());
	assert_int_equal(result.gone, 0);
	world.date += 1000;
	ok(fetch_full());
	assert_int_equal(result.gone, 2);
	assert_int_equal(count("bug"), 20);
	assert_int_equal(count("gone WHERE bug_id IN (40, 80) AND "
	    "since = 1700001000"), 2);
	assert_true(asked("?id=40,80,200&"));
	ok(fetch_full());
	assert_int_equal(result.gone, 0);
	world.odd[3] = ODD_NOT;
	ok(fetch_full());
	assert_int_equal(result.back, 1);
	assert_int_equal(count("gone"), 1);
}

/* So many that it is rather a mistake are marked only when that is wanted;
 * a few are, however small the store. */
static void
test_many_gone(void **state)
{
	static const struct {
		int bugs, gone;
		bool many;
	} cases[] = {
		{ 22, 20, false }, { 30, 21, true }, { 100, 25, false },
		{ 100, 26, true }, { 87, 21, false }, { 83, 21, true }
	};
	struct bugzilla_config config = usual();
	size_t i;
	int bug;

	(void)state;
	config.full = config.gone = true;
	for (i = 0; i < COUNT(cases); i++) {
		fake_begin(cases[i].bugs);
		ok(fetch());
		for (bug = 0; bug < cases[i].gone; bug++)
			world.odd[bug] = ODD_HIDDEN;
		if (cases[i].many) {
			assert_err(fetch_full(), ERR_SERVER,
			    "--full --gone");
			assert_int_equal(count("gone"), 0);
			assert_int_equal(result.gone, 0);
			assert_false(result.full);
			/* Nothing of it stays. */
			ok(fetch());
			assert_int_equal(count("gone"), 0);
			assert_err(fetch_full(), ERR_SERVER, "bugs are no "
			    "longer visible");
			ok(fetch_with(&config));
		} else
			ok(fetch_full());
		assert_int_equal(result.gone, cases[i].gone);
		assert_int_equal(count("gone"), cases[i].gone);
		remove(STORE_NAME);
	}
}

/* One that is listed and then hidden is no error. */
static void
test_vanishing(void **state)
{
	int upstream;

	(void)state;
	for (upstream = 0; upstream < 2; upstream++) {
		fake_begin(20);
		world.upstream = upstream != 0;
		ok(fetch());
		world.odd[0] = world.odd[9] = world.odd[19] = ODD_VANISHING;
		ok(fetch_full());
		assert_int_equal(result.gone, 3);
		assert_int_equal(heard.count[DIAG_BUG_GONE], 3);
		assert_int_equal(heard_all(&heard), 3);
		assert_int_equal(count("gone"), 3);
		/* One that never came leaves no trace. */
		remove(STORE_NAME);
		ok(fetch());
		assert_int_equal(count("bug"), 17);
		assert_int_equal(count("gone") + count("listed"), 0);
		remove(STORE_NAME);
	}
}

/* A bug that spoils what it is in is named, and the others come. */
static void
test_poison(void **state)
{
	static const enum oddity odd[] = {
		ODD_BROKEN, ODD_POISON, ODD_BAD, ODD_SHUT
	};
	int upstream;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(odd); i++)
		for (upstream = 0; upstream < 2; upstream++) {
			fake_begin(40);
			world.upstream = upstream != 0;
			world.odd[17] = odd[i];
			if (odd[i] == ODD_SHUT && upstream == 0)
				continue;
			ok(fetch());
			assert_int_equal(heard.count[odd[i] == ODD_BAD ?
			    DIAG_BUG_BAD : DIAG_BUG_FAILED], 1);
			assert_int_equal(heard_all(&heard), 1);
			assert_int_equal(count("comment"), 39);
			assert_int_equal(count("listed WHERE bug_id = 180 "
			    "AND wants = 7 AND failed = 1"), 1);
			/* It is asked for again, alone, and comes. */
			ok(fetch());
			assert_int_equal(heard_all(&heard), 1);
			assert_int_equal(count("listed"), 1);
			world.odd[17] = ODD_NOT;
			ok(fetch());
			assert_int_equal(heard_all(&heard), 0);
			assert_int_equal(count("bug"), 40);
			assert_int_equal(count("comment"), 40);
			assert_int_equal(count("listed"), 0);
			remove(STORE_NAME);
		}
}

/* When all is spoilt, it is the server: a few requests, and no bug named. */
static void
test_ill(void **state)
{
	int i;

	(void)state;
	fake_begin(40);
	ok(fetch());
	for (i = 0; i < 40; i++)
		world.odd[i] = ODD_BROKEN;
	assert_err(fetch_full(), ERR_SERVER, "no JSON");
	assert_true(world.requests < 80);
	assert_int_equal(count("bug"), 40);
	assert_int_equal(count("gone"), 0);
}

/* An answer that is none: its fault, and what is made of it. */
static const struct {
	struct fake_fault fault;
	enum err_kind kind;	/* when it stays; for once it is no matter,
				 * but for those that are not tried again */
	const char *says;
	bool once;
} answers[] = {
	{ { "/rest/", 1, 999, HTTP_UNREACHABLE, 0, "", "", 0 },
	    ERR_NETWORK, "can't be reached", true },
	{ { "/rest/bug", 1, 999, HTTP_BROKEN, 0, "", "", 0 },
	    ERR_NETWORK, "broke off", true },
	{ { "/rest/bug", 1, 999, HTTP_SLOW, 0, "", "", 0 },
	    ERR_NETWORK, "too long", true },
	{ { "/rest/", 1, 999, HTTP_UNTRUSTED, 0, "", "", 0 },
	    ERR_NETWORK, "can't be trusted", false },
	{ { "/rest/", 1, 999, HTTP_REDIRECTED, 0, "", "", 0 },
	    ERR_SERVER, "another place", false },
	{ { "/rest/whoami", 1, 999, HTTP_FINE, 404, "text/html", "<html>", 0 },
	    ERR_SERVER, "status 404, is text/html", false },
	{ { "/rest/whoami", 1, 999, HTTP_FINE, 200, "application/json",
	    "{}", 0 }, ERR_SERVER, "not what a Bugzilla says", true },
	{ { "/rest/bug", 1, 999, HTTP_FINE, 200, "text/html", "<html>", 0 },
	    ERR_SERVER, "text/html and no JSON", true },
	{ { "/rest/bug", 1, 999, HTTP_FINE, 502, "text/html", "<html>", 0 },
	    ERR_SERVER, "status 502", true },
	{ { "/rest/bug", 1, 999, HTTP_FINE, 503, "text/html", "<html>", 0 },
	    ERR_SERVER, "status 503", true },
	{ { "/rest/bug", 1, 999, HTTP_FINE, 429, "text/html", "<html>", 0 },
	    ERR_SERVER, "wait 61 minutes", false },
	{ { "/rest/bug", 1, 999, HTTP_FINE, 400, "application/json",
	    "{\"error\":true,\"code\":32000,\"message\":\"m\"}", 0 },
	    ERR_SERVER, "wait 61 minutes", false },
	{ { "/rest/bug", 1, 999, HTTP_FINE, 200, "application/json",
	    "{\"error\":true,\"code\":100500,\"message\":null}", 0 },
	    ERR_SERVER, "error 100500: no reason", true },
	{ { "/rest/bug", 1, 999, HTTP_FINE, 400, "application/json",
	    "{\"error\":true,\"code\":\"108\",\"message\":\"m\"}", 0 },
	    ERR_SERVER, "error 108: m", false },
	{ { "/rest/bug", 1, 999, HTTP_FINE, 404, "application/json",
	    "{\"error\":true,\"code\":32614,\"message\":\"m\"}", 0 },
	    ERR_SERVER, "error 32614: m: check the URL", false },
	{ { "/rest/bug", 1, 999, HTTP_FINE, 401, "application/json",
	    "{\"error\":true,\"code\":410,\"message\":\"m\"}", 0 },
	    ERR_CONFIG, "BUGZILLA_API_KEY", false },
	{ { "/rest/bug", 1, 999, HTTP_FINE, 200, "application/json",
	    "{\"bugs\":[{\"id\":10,", 0 }, ERR_SERVER, "cut", true },
	{ { "/rest/bug", 1, 999, HTTP_FINE, 200, "application/json",
	    "{\"nothing\":1}", 0 }, ERR_SERVER, "holds no bugs", true },
	{ { "/rest/bug", 1, 999, HTTP_FINE, 200, "application/json",
	    "{\"bugs\":[{},{}]}", 0 }, ERR_SERVER, "no number", true },
	{ { "/rest/bug", 1, 999, HTTP_FINE, 200, "application/json",
	    "{\"bugs\":[{\"id\":10}]}", 0 }, ERR_SERVER, "no time", true },
	{ { "/rest/bug", 1, 999, HTTP_FINE, 200, "application/json",
	    "{\"bugs\":{\"10\":{\"comments\":[]}}}", 0 }, ERR_SERVER,
	    "of another kind", true },
	{ { "/rest/bug", 1, 999, HTTP_FINE, 200, "application/json",
	    "{\"bugs\":[]}", 0 }, ERR_SERVER, "the list is empty", true },
	{ { "/rest/bug", 1, 999, HTTP_FINE, 200, "application/json", "", 0 },
	    ERR_SERVER, "is empty", true },
	{ { "?id=", 1, 999, HTTP_FINE, 200, "application/json",
	    "{\"bugs\":[{\"id\":12345,\"status\":\"NEW\"}]}", 0 },
	    ERR_SERVER, "was not asked for", true },
	{ { "?id=", 1, 999, HTTP_FINE, 200, "application/json",
	    "{\"bugs\":[{\"id\":10}]}", 0 }, ERR_SERVER, "/rest/bug", true },
	{ { "?id=", 1, 999, HTTP_FINE, 200, "application/json",
	    "{\"bugs\":[{\"id\":20,\"status\":\"NEW\"},"
	    "{\"id\":10,\"status\":\"NEW\"}]}", 0 },
	    ERR_SERVER, "not asked for", true }
};

static void
test_answers(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(answers); i++) {
		fake_begin(200);
		world.bugs = 50;
		ok(fetch());
		world.faults[0] = answers[i].fault;
		assert_err(fetch_full(), answers[i].kind, answers[i].says);
		assert_true(world.requests < 90);
		assert_int_equal(count("bug"), 50);
		assert_int_equal(count("comment"), 50);
		assert_int_equal(count("gone"), 0);
		/* For once only. */
		world.faults[0].seen = 0;
		world.faults[0].to = 1;
		if (answers[i].once)
			ok(fetch_full());
		else
			assert_err(fetch_full(), answers[i].kind,
			    answers[i].says);
		/* And when it is over, all is well. */
		world.faults[0].path = NULL;
		ok(fetch());
		assert_int_equal(count("listed"), 0);
		assert_int_equal(heard_all(&heard), 0);
		remove(STORE_NAME);
	}
}

static void
test_unsorted(void **state)
{
	(void)state;
	fake_begin(20);
	world.unsorted = true;
	assert_err(fetch(), ERR_SERVER, "out of order");
	assert_int_equal(count("bug"), 0);
}

/* A list that lacks bugs without an error would mark them. */
static void
test_short_list(void **state)
{
	(void)state;
	fake_begin(30);
	ok(fetch());
	world.faults[0] = (struct fake_fault){ "v1=0&", 1, 1, HTTP_FINE, 200,
	    "application/json", "{\"bugs\":[{\"id\":10,\"last_change_time\":"
	    "\"2020-01-01T00:00:00Z\"}]}", 0 };
	world.faults[1] = (struct fake_fault){ "v1=10&", 1, 1, HTTP_FINE, 200,
	    "application/json", "{\"bugs\":[]}", 0 };
	assert_err(fetch_full(), ERR_SERVER, "lacked bug 20");
	assert_int_equal(count("gone"), 0);
	ok(fetch_full());
	assert_int_equal(count("gone"), 0);
}

/* A component that is empty where bugs were is an error, one that never
 * had any is only told. */
static void
test_component(void **state)
{
	static const char *const both[] = { "Compliance", "Other" };
	struct bugzilla_config config = usual();
	int i;

	(void)state;
	fake_begin(20);
	config.components = both;
	config.component_len = 2;
	ok(fetch_with(&config));
	assert_int_equal(heard.count[DIAG_ANSWER_EMPTY], 1);
	assert_string_equal(heard.detail, "no bug in CA Program :: Other");
	assert_true(asked("component=Compliance&component=Other&"));
	for (i = 0; i < 20; i++)
		world.odd[i] = ODD_HIDDEN;
	world.odd[20] = ODD_OTHER;
	world.bugs = 21;
	config.full = true;
	assert_err(fetch_with(&config), ERR_SERVER,
	    "no bug is in CA Program :: Compliance, where there were 20");
	assert_int_equal(count("gone"), 0);
}

/* --- keys --- */

static void
test_keys(void **state)
{
	struct bugzilla_config config = usual();

	(void)state;
	config.keyed = true;
	/* Known. */
	fake_begin(5);
	world.key = "";
	ok(fetch_with(&config));
	assert_true(asked("header /rest/whoami"));
	assert_true(asked("header /rest/bug?id="));
	/* What it sees is another pass than what everybody sees. */
	ok(fetch());
	assert_true(result.full);
	assert_false(asked("header"));
	/* Not known. */
	fake_begin(5);
	assert_err(fetch_with(&config), ERR_CONFIG, "refuses the key");
	assert_int_equal(world.requests, 1);
	/* Taken away on the way. */
	fake_begin(5);
	world.key = "";
	world.faults[0] = (struct fake_fault){ "/rest/whoami", 1, 9,
	    HTTP_FINE, 401, "application/json",
	    "{\"error\":true,\"code\":410,\"message\":\"m\"}", 0 };
	assert_err(fetch_with(&config), ERR_CONFIG, "did not reach");
	/* Ignored. */
	fake_begin(5);
	world.upstream = true;
	world.key = "";
	assert_err(fetch_with(&config), ERR_CONFIG, "--key-in-query");
	config.key_query = "api_key=sesame";
	config.full = true;
	ok(fetch_with(&config));
	assert_true(asked("header /rest/whoami"));
	assert_true(asked("\nquery /rest/bug?product="));
	assert_true(asked("\nquery /rest/bug?id="));
	assert_true(asked("\nquery /rest/bug/10/comment"));
	assert_int_equal(count("answer WHERE name LIKE '%sesame%'"), 0);
	/* Not known to 5.x. */
	world.key = NULL;
	assert_err(fetch_with(&config), ERR_CONFIG, "refuses the key");
	/* BMO gets the header alone. */
	fake_begin(5);
	world.key = "";
	ok(fetch_with(&config));
	assert_false(asked("query"));
}

/* --- going on --- */

/* Cut off at each request in turn, a fetch ends as if it never was. */
static void
test_goes_on(void **state)
{
	struct bugzilla_config config = usual();
	int upstream, cut, tries;
	const struct err *err;

	(void)state;
	config.retries = 0;
	for (upstream = 0; upstream < 2; upstream++)
		for (cut = 1; cut < 40; cut++) {
			fake_begin(40);
			world.upstream = upstream != 0;
			world.max_results = 7;
			world.faults[0] = (struct fake_fault){ "/rest/", cut,
			    9999, HTTP_UNREACHABLE, 0, "", "", 0 };
			err = fetch_with(&config);
			if (err == NULL) {
				remove(STORE_NAME);
				break;
			}
			assert_int_equal(err->kind, count("bug") +
			    count("comment") > 0 ? ERR_PARTIAL : ERR_NETWORK);
			world.faults[0].path = NULL;
			for (tries = 0; tries < 2; tries++)
				ok(fetch_with(&config));
			assert_int_equal(count("bug"), 40);
			assert_int_equal(count("comment"), 40);
			assert_int_equal(count("listed"), 0);
			/* All was asked for only once. */
			assert_int_equal(raw_int("SELECT sum(bugs_new) + "
			    "sum(bugs_changed) FROM run"), 40);
			remove(STORE_NAME);
		}
	assert_true(cut > 10);
}

/* A pass over all bugs that was cut off still knows what it listed; one over
 * some gives way to --full. */
static void
test_goes_on_whole(void **state)
{
	struct bugzilla_config config = usual();

	(void)state;
	fake_begin(30);
	ok(fetch());
	world.odd[4] = ODD_HIDDEN;
	world.faults[0] = (struct fake_fault){ "?id=", 1, 1, HTTP_UNTRUSTED,
	    0, "", "", 0 };
	assert_err(fetch_full(), ERR_NETWORK, "trusted");
	assert_int_equal(count("gone"), 0);
	ok(fetch());
	assert_true(result.full);
	assert_int_equal(result.gone, 1);
	assert_int_equal(count("gone WHERE bug_id = 50"), 1);
	/* Behind it comes what was changed meanwhile. */
	assert_true(asked("last_change_time=20"));
	config.since = 0;
	world.faults[0].seen = 0;
	assert_err(fetch_with(&config), ERR_NETWORK, "trusted");
	assert_int_equal(count("listed WHERE wants > 0"), 29);
	ok(fetch_full());
	assert_false(asked("last_change_time=20"));
	assert_int_equal(count("listed"), 0);
}

/* A bug for which there is no list is found by its number. */
static void
test_spoilt_list(void **state)
{
	static const int places[] = { 0, 1, 17, 38, 39 };
	int upstream;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(places); i++)
		for (upstream = 0; upstream < 2; upstream++) {
			fake_begin(40);
			world.upstream = upstream != 0;
			world.odd[places[i]] = ODD_POISON;
			ok(fetch());
			assert_int_equal(heard.count[DIAG_BUG_FAILED], 1);
			assert_int_equal(count("bug"), 39);
			assert_int_equal(raw_int("SELECT bug_id FROM listed"),
			    10 * (places[i] + 1));
			assert_true(world.requests < 150);
			world.odd[places[i]] = ODD_NOT;
			ok(fetch());
			assert_int_equal(count("bug"), 40);
			remove(STORE_NAME);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(test_roads),
		SCRATCH_TEST(test_changed),
		SCRATCH_TEST(test_when_full),
		SCRATCH_TEST(test_clamped),
		SCRATCH_TEST(test_other_road),
		SCRATCH_TEST(test_gone),
		SCRATCH_TEST(test_many_gone),
		SCRATCH_TEST(test_vanishing),
		SCRATCH_TEST(test_poison),
		SCRATCH_TEST(test_ill),
		SCRATCH_TEST(test_answers),
		SCRATCH_TEST(test_unsorted),
		SCRATCH_TEST(test_short_list),
		SCRATCH_TEST(test_component),
		SCRATCH_TEST(test_keys),
		SCRATCH_TEST(test_goes_on),
		SCRATCH_TEST(test_goes_on_whole),
		SCRATCH_TEST(test_spoilt_list)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
