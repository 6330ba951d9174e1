/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Reading pages, and what can be wrong with any answer. */
#include "tests/unit/wiki_fixture.h"

static void
test_page(void **state)
{
	static const struct act acts[] = {
		{ "GET /w/api.php?action=query&prop=revisions%7Cinfo&",
		    PAGES(PAGE("CA/X", "one\\ntwo \\u00e9")), NULL },
	};
	const char *heard;
	struct play play;

	(void)state;
	PLAY(&play, acts);
	assert_null(wiki_read(play.wiki, "CA/X", &play.page));
	assert_false(play.page.missing || play.page.redirect ||
	    play.page.stopped);
	assert_int_equal(play.page.revision, 7);
	assert_string_equal(play.page.model, "wikitext");
	assert_string_equal(play.page.now, "2026-11-21T23:15:00Z");
	assert_string_equal(play.page.editor, "Alice");
	assert_string_equal(buf_text(&play.page.text), "one\ntwo \xc3\xa9");
	heard = rawserver_heard(play.fx.server);
	assert_non_null(strstr(heard, "&format=json&formatversion=2&"
	    "errorformat=plaintext&"));
	assert_non_null(strstr(heard, "&rvslots=main&"));
	assert_non_null(strstr(heard, "&curtimestamp=1&"));
	assert_non_null(strstr(heard, "&titles=CA%2FX "));
	/* A page that was moved is to be seen as that. */
	assert_null(strstr(heard, "redirects"));
	assert_string_equal(play.said, "");
	play_end(&play);
}

static void
test_kinds_of_pages(void **state)
{
	static const struct act acts[] = {
		{ A_READ, PAGES("{\"ns\":0,\"title\":\"CA/X\",\"missing\":"
		    "true,\"contentmodel\":\"wikitext\"}"), NULL },
		{ A_READ, PAGES("{\"title\":\"CA/X\",\"redirect\":true,"
		    "\"revisions\":[" REVISION("#REDIRECT [[Y]]") "]}"),
		    NULL },
		/* Who saved it is hidden; there is no text in it. */
		{ A_READ, PAGES("{\"title\":\"CA/X\",\"revisions\":[{"
		    "\"revid\":9,\"userhidden\":true,\"timestamp\":"
		    "\"2026-11-21T23:14:46Z\",\"slots\":{\"main\":{"
		    "\"contentmodel\":\"css\",\"content\":\"\"}}}]}"), NULL },
	};
	struct play play;

	(void)state;
	PLAY(&play, acts);
	assert_null(wiki_read(play.wiki, "CA/X", &play.page));
	assert_true(play.page.missing);
	assert_int_equal(play.page.revision, 0);
	assert_null(wiki_read(play.wiki, "CA/X", &play.page));
	assert_true(play.page.redirect && !play.page.missing);
	assert_string_equal(buf_text(&play.page.text), "#REDIRECT [[Y]]");
	assert_null(wiki_read(play.wiki, "CA/X", &play.page));
	assert_string_equal(play.page.editor, "");
	assert_string_equal(play.page.model, "css");
	assert_int_equal(play.page.text.len, 0);
	play_end(&play);
}

static void
test_titles_written_otherwise(void **state)
{
	static const struct act acts[] = {
		{ "&titles=cA_x ", "{\"curtimestamp\":\"2026-11-21T23:15:00Z\""
		    ",\"query\":{\"normalized\":[{\"fromencoded\":false,"
		    "\"from\":\"cA_x\",\"to\":\"CA x\"}],\"pages\":["
		    PAGE("CA x", "text") "]}}", NULL },
		{ "&titles=Cafe%CC%81 ", "{\"curtimestamp\":"
		    "\"2026-11-21T23:15:00Z\",\"query\":{\"normalized\":[{"
		    "\"fromencoded\":true,\"from\":\"Cafe%CC%81\",\"to\":"
		    "\"Caf\\u00e9\"}],\"pages\":[" PAGE("Caf\\u00e9", "text")
		    "]}}", NULL },
		{ A_READ, PAGES(PAGE("CA/Y", "text")), NULL },
		/* What another title became is not ours. */
		{ A_READ, "{\"curtimestamp\":\"2026-11-21T23:15:00Z\","
		    "\"query\":{\"normalized\":[{\"from\":\"CA/Z\",\"to\":"
		    "\"CA/Y\"}],\"pages\":[" PAGE("CA/Y", "text") "]}}",
		    NULL },
	};
	struct play play;
	int i;

	(void)state;
	PLAY(&play, acts);
	assert_null(wiki_read(play.wiki, "cA_x", &play.page));
	assert_string_equal(buf_text(&play.page.text), "text");
	assert_null(wiki_read(play.wiki, "Cafe\xcc\x81", &play.page));
	for (i = 0; i < 2; i++) {
		assert_error(wiki_read(play.wiki, "CA/X", &play.page),
		    ERR_SERVER, "\"CA/X\" can't be read: the answer is about "
		    "another page");
		assert_int_equal(play.page.text.len, 0);
	}
	play_end(&play);
}

static void
test_bad_titles(void **state)
{
	static const char *const titles[] = {
		"", "A|B", "A#B", "<x>", "a>", "[[A]]", "]", "{{A}}", "}",
		"a\nb", "a\tb", "a\x01", "a\x7f", "\xff", "a\xc2\x85"
	};
	struct play play;
	char long_one[WIKI_MAX_TITLE + 2];
	size_t i;

	(void)state;
	memset(long_one, 'x', sizeof(long_one) - 1);
	long_one[sizeof(long_one) - 1] = '\0';
	play_begin(&play, NULL, 0);
	play_open(&play);
	for (i = 0; i < COUNT(titles); i++)
		assert_error(wiki_read(play.wiki, titles[i], &play.page),
		    ERR_CONFIG, "can be no page: ");
	assert_error(wiki_read(play.wiki, long_one, &play.page), ERR_CONFIG,
	    "it is too long");
	play_end(&play);

	play_begin(&play, NULL, 0);
	play.config.stop_page = "Stop|Go";
	play_open(&play);
	assert_error(wiki_read(play.wiki, "CA/X", &play.page), ERR_CONFIG,
	    "\"Stop|Go\" can be no page");
	play_end(&play);
}

/* Titles that only the wiki knows to be none. */
static void
test_titles_it_refuses(void **state)
{
	static const struct act acts[] = {
		{ A_READ, PAGES("{\"title\":\"Talk:\",\"invalidreason\":{"
		    "\"code\":\"title-invalid-empty\",\"text\":\"Nothing in "
		    "it.\"},\"invalid\":true}"), NULL },
		{ A_READ, PAGES("{\"title\":\"Talk:\",\"invalidreason\":"
		    "\"Nothing there.\",\"invalid\":true}"), NULL },
		{ A_READ, PAGES("{\"ns\":-1,\"title\":\"Talk:\",\"special\":"
		    "true}"), NULL },
		{ A_READ, "{\"curtimestamp\":\"2026-11-21T23:15:00Z\","
		    "\"query\":{\"interwiki\":[{\"title\":\"Talk:\",\"iw\":"
		    "\"talk\"}]}}", NULL },
	};
	struct play play;

	(void)state;
	PLAY(&play, acts);
	assert_error(wiki_read(play.wiki, "Talk:", &play.page), ERR_CONFIG,
	    "no title (Nothing in it.)");
	assert_error(wiki_read(play.wiki, "Talk:", &play.page), ERR_CONFIG,
	    "no title (Nothing there.)");
	assert_error(wiki_read(play.wiki, "Talk:", &play.page), ERR_CONFIG,
	    "makes that page itself");
	assert_error(wiki_read(play.wiki, "Talk:", &play.page), ERR_CONFIG,
	    "another wiki");
	play_end(&play);
}

static void
test_stop_page(void **state)
{
	static const struct {
		const char *text;
		bool stopped;
	} cases[] = {
		{ PAGE("U:R/Stop", "run"), false },
		{ PAGE("U:R/Stop", " \\n run\\n"), false },
		{ PAGE("U:R/Stop", "stop"), true },
		{ PAGE("U:R/Stop", ""), true },
		{ PAGE("U:R/Stop", "run not"), true },
		{ "{\"title\":\"U:R/Stop\",\"missing\":true}", true },
	};
	char body[2048];
	struct act act = { "&titles=CA%2FX%7CU%3AR%2FStop ", body, NULL };
	struct play play;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		/* The wiki's order is its own. */
		snprintf(body, sizeof(body), "{\"curtimestamp\":"
		    "\"2026-11-21T23:15:00Z\",\"query\":{\"pages\":[%s,%s]}}",
		    i % 2 == 0 ? cases[i].text : PAGE("CA/X", "text"),
		    i % 2 == 0 ? PAGE("CA/X", "text") : cases[i].text);
		play_begin(&play, &act, 1);
		play.config.stop_page = "U:R/Stop";
		play_open(&play);
		assert_null(wiki_read(play.wiki, "CA/X", &play.page));
		assert_int_equal(play.page.stopped, cases[i].stopped);
		assert_string_equal(buf_text(&play.page.text), "text");
		play_end(&play);
	}
}

static void
test_stop_page_left_out(void **state)
{
	static const struct act acts[] = {
		{ A_READ, PAGES(PAGE("CA/X", "text")), NULL },
	};
	struct play play;

	(void)state;
	play_begin(&play, acts, COUNT(acts));
	play.config.stop_page = "Stop";
	play_open(&play);
	assert_error(wiki_read(play.wiki, "CA/X", &play.page), ERR_SERVER,
	    "the stop page \"Stop\" can't be read");
	assert_int_equal(play.page.text.len, 0);
	play_end(&play);
}

static void
test_one_revision(void **state)
{
	static const struct act acts[] = {
		{ "&revids=7 ", PAGES(PAGE("CA/X", "old")), NULL },
		{ "&revids=8 ", "{\"curtimestamp\":\"2026-11-21T23:15:00Z\","
		    "\"query\":{\"badrevids\":{\"8\":{\"revid\":8,"
		    "\"missing\":true}}}}", NULL },
		{ "&revids=9 ", PAGES("{\"title\":\"CA/X\",\"revisions\":[{"
		    "\"revid\":9,\"slots\":{\"main\":{\"texthidden\":true}}}]"
		    "}"), NULL },
		{ "&revids=10 ", PAGES(PAGE("CA/X", "old")), NULL },
	};
	struct play play;

	(void)state;
	PLAY(&play, acts);
	assert_null(wiki_read_revision(play.wiki, 7, &play.page));
	assert_string_equal(buf_text(&play.page.text), "old");
	assert_null(wiki_read_revision(play.wiki, 8, &play.page));
	assert_true(play.page.missing);
	assert_null(wiki_read_revision(play.wiki, 9, &play.page));
	assert_true(play.page.missing);
	assert_error(wiki_read_revision(play.wiki, 10, &play.page),
	    ERR_SERVER, "revision 10 can't be read: the answer holds no page");
	play_end(&play);
}

/* Each of these is asked once, and none is taken. */
static void
test_pages_not_whole(void **state)
{
	static const struct {
		const char *body, *part;
		enum err_kind kind;
	} cases[] = {
		/* A text that is hidden. */
		{ PAGES("{\"title\":\"CA/X\",\"revisions\":[{\"revid\":7,"
		    "\"slots\":{"
		    "\"main\":{\"contentmodel\":\"wikitext\",\"texthidden\":"
		    "true}}}]}"), "may be hidden", ERR_SERVER },
		{ PAGES("{\"title\":\"CA/X\"}"), "lacks its text",
		    ERR_SERVER },
		{ PAGES("{\"title\":\"CA/X\",\"revisions\":[{\"slots\":{"
		    "\"main\":{\"contentmodel\":\"wikitext\",\"content\":"
		    "\"x\"}}}]}"), "lacks its revision", ERR_SERVER },
		{ PAGES("{\"title\":\"CA/X\",\"revisions\":[{\"revid\":7,"
		    "\"slots\":{"
		    "\"main\":{\"content\":\"x\"}}}]}"),
		    "or content model", ERR_SERVER },
		{ "{\"curtimestamp\":\"now\",\"query\":{\"pages\":["
		    PAGE("CA/X", "x") "]}}", "lacks its time", ERR_SERVER },
		{ PAGES(""), "holds no page", ERR_SERVER },
		/* Written back it would be another text. */
		{ PAGES(PAGE("CA/X", "a\\u0085b\\u0001")),
		    "control characters (2)", ERR_CONFIG },
	};
	struct act act = { A_READ, NULL, NULL };
	struct play play;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		act.body = cases[i].body;
		play_begin(&play, &act, 1);
		play_open(&play);
		assert_error(wiki_read(play.wiki, "CA/X", &play.page),
		    cases[i].kind, cases[i].part);
		assert_int_equal(play.page.text.len, 0);
		assert_int_equal(play.page.revision, 0);
		play_end(&play);
	}
}

/* What no API says: asked again, since it may be so for once, then told. */
static void
test_nonsense(void **state)
{
	static const struct {
		const char *head, *body, *part;
	} cases[] = {
		{ HTML("200 OK"), "<html>Log in to the hotel</html>",
		    "(text/html)" },
		{ HTML("503 Down"), "<html>", "status 503" },
		{ HTML("500 Oops"), "", "status 500" },
		{ NULL, "", "none that was asked for" },
		{ NULL, "{", "none that was asked for" },
		{ NULL, "[]", "none that was asked for" },
		{ NULL, "null", "none that was asked for" },
		{ NULL, "{\"batchcomplete\":true}", "(application/json)" },
		{ NULL, "{\"curtimestamp\":null}", "(application/json)" },
		{ NULL, PAGES(PAGE("CA/X", "a")) PAGES(PAGE("CA/X", "b")),
		    "more than one JSON text" },
		{ NULL, PAGES(PAGE("CA/X", "a") "," PAGE("CA/Y", "b") ","
		    PAGE("CA/Z", "c")), "more pages" },
		{ NULL, PAGES("{\"title\":\"CA/X\",\"revisions\":["
		    REVISION("a") "," REVISION("b") "]}"), "more revisions" },
	};
	struct act acts[2];
	struct play play;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		acts[0] = acts[1] = (struct act){ A_READ, cases[i].body,
		    cases[i].head };
		play_begin(&play, acts, 2);
		play.config.retries = 1;
		play_open(&play);
		assert_error(wiki_read(play.wiki, "CA/X", &play.page),
		    ERR_SERVER, cases[i].part);
		assert_int_equal(times(play.said, "asked again in "), 1);
		play_end(&play);
	}
}

/* Refused for good: not asked again. */
static void
test_refused_by_a_front(void **state)
{
	static const struct {
		const char *head, *body, *part;
	} cases[] = {
		{ HTML("404 Not Found"), "<html>", "status 404" },
		{ HTML("403 Forbidden"), "<html>", "status 403" },
		{ HTML("302 Found") "Location: https://evil.example/\r\n", "",
		    "it leads to another place" },
	};
	struct act act = { A_READ, NULL, NULL };
	struct play play;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		act.head = cases[i].head;
		act.body = cases[i].body;
		play_begin(&play, &act, 1);
		play_open(&play);
		assert_error(wiki_read(play.wiki, "CA/X", &play.page),
		    ERR_SERVER, cases[i].part);
		play_end(&play);
	}
}

static void
test_huge_answer(void **state)
{
	const struct act act = { A_READ, PAGES(PAGE("CA/X", "text")), NULL };
	struct play play;

	(void)state;
	play_begin(&play, &act, 1);
	play.fx.config.max_bytes = 100;
	play_open(&play);
	assert_error(wiki_read(play.wiki, "CA/X", &play.page), ERR_SERVER,
	    "the answer is too large");
	play_end(&play);
}

static void
test_network_returns(void **state)
{
	static const struct act acts[] = {
		{ A_READ, NULL, NULL },
		{ A_READ, "gateway", HTML("502 Bad Gateway") },
		{ A_READ, FAILED("internal_api_error_DBQueryError", "Oops"),
		    NULL },
		{ A_READ, PAGES(PAGE("CA/X", "text")), NULL },
	};
	struct play play;

	(void)state;
	PLAY(&play, acts);
	assert_null(wiki_read(play.wiki, "CA/X", &play.page));
	assert_string_equal(buf_text(&play.page.text), "text");
	assert_int_equal(times(play.said, "it failed: asked again in "), 3);
	play_end(&play);
}

static void
test_network_stays_away(void **state)
{
	static const struct act acts[] = {
		{ A_READ, NULL, NULL }, { A_READ, NULL, NULL },
	};
	struct play play;
	struct wiki_saved saved;

	(void)state;
	play_begin(&play, acts, COUNT(acts));
	play.config.retries = 1;
	play_open(&play);
	assert_error(wiki_read(play.wiki, "CA/X", &play.page), ERR_NETWORK,
	    "the answer broke off");
	play_end(&play);

	/* Nobody listens. */
	play_begin(&play, NULL, 0);
	snprintf(play.fx.base, sizeof(play.fx.base), "http://127.0.0.1:1");
	play_open(&play);
	assert_error(wiki_read(play.wiki, "CA/X", &play.page), ERR_NETWORK,
	    "it can't be reached");
	assert_error(play_save(&play, &saved), ERR_NETWORK,
	    "it can't be reached");
	assert_int_equal(times(play.said, "asked again in "), 6);
	play_end(&play);
}

/* 429 and Retry-After: as long as is asked for, if that is no day. */
static void
test_limits_of_a_front(void **state)
{
	static const struct act acts[] = {
		{ A_READ, "slow", HTML("429 Too Many") "Retry-After: 40\r\n" },
		{ A_READ, "slow", HTML("429 Too Many") },
		{ A_READ, "down", HTML("503 Down") "Retry-After: 7\r\n" },
		{ A_READ, PAGES(PAGE("CA/X", "text")), NULL },
		{ A_READ, "slow",
		    HTML("429 Too Many") "Retry-After: 7200\r\n" },
		{ A_READ, "slow",
		    HTML("503 Down") "Retry-After: 7200\r\n" },
	};
	struct play play;

	(void)state;
	PLAY(&play, acts);
	assert_null(wiki_read(play.wiki, "CA/X", &play.page));
	assert_non_null(strstr(play.said, "asked again in 40 s"));
	assert_non_null(strstr(play.said, "asked again in 60 s"));
	assert_true(strstr(play.said, "asked again in 8 s") != NULL ||
	    strstr(play.said, "asked again in 9 s") != NULL ||
	    strstr(play.said, "asked again in 7 s") != NULL);
	assert_error(wiki_read(play.wiki, "CA/X", &play.page), ERR_SERVER,
	    "it asks to wait 120 minutes");
	assert_error(wiki_read(play.wiki, "CA/X", &play.page), ERR_SERVER,
	    "it asks to wait 120 minutes");
	play_end(&play);
}

/* A closed wiki: login, and only then. */
static void
test_private_wiki(void **state)
{
	static const struct act acts[] = {
		{ A_READ, FAILED("readapidenied", "No."), NULL },
		{ A_LOGIN_TOKEN, LOGIN_TOKEN, NULL },
		{ A_LOGIN, LOGGED_IN, NULL },
		{ A_READ, PAGES(PAGE("CA/X", "text")), NULL },
		/* The session may be lost later. */
		{ A_READ, FAILED("readapidenied", "No."), NULL },
		{ A_LOGIN_TOKEN, LOGIN_TOKEN, NULL },
		{ A_LOGIN, LOGGED_IN, NULL },
		{ A_READ, FAILED("readapidenied", "No."), NULL },
	};
	struct play play;

	(void)state;
	PLAY(&play, acts);
	assert_null(wiki_read(play.wiki, "CA/X", &play.page));
	assert_string_equal(buf_text(&play.page.text), "text");
	assert_error(wiki_read(play.wiki, "CA/X", &play.page), ERR_CONFIG,
	    "readapidenied");
	play_end(&play);

	play_begin(&play, acts, 1);
	play.config.user = play.config.password = NULL;
	play_open(&play);
	assert_error(wiki_read(play.wiki, "CA/X", &play.page), ERR_CONFIG,
	    "name an account");
	play_end(&play);
}

/* Point 1: an error has status 200, and stands in the body, in a header, or
 * in the shape of older wikis. */
static void
test_1_errors_with_status_200(void **state)
{
	static const struct {
		const char *head, *body, *part;
	} cases[] = {
		{ NULL, FAILED("nonsense", "What\\nis that?"),
		    "it refuses (it says nonsense: What is that?)" },
		{ HEAD "MediaWiki-API-Error: nonsense, more\r\n", "{}",
		    "it refuses (it says nonsense)" },
		{ HTML("200 OK") "MediaWiki-API-Error: nonsense\r\n",
		    "<html>", "it refuses (it says nonsense)" },
		{ NULL, "{\"error\":{\"code\":\"nonsense\",\"info\":\"Old.\"}}",
		    "it refuses (it says nonsense: Old.)" },
		{ NULL, "{\"curtimestamp\":\"2026-11-21T23:15:00Z\","
		    "\"errors\":[{\"code\":\"first\",\"text\":\"One.\"},"
		    "{\"code\":\"second\",\"text\":\"Two.\","
		    "\"data\":{\"readonlyreason\":\"x\"}}]}",
		    "it refuses (it says first: One.)" },
		/* Cut off behind the error. */
		{ NULL, "{\"errors\":[{\"code\":\"nonsense\",\"te",
		    "it refuses (it says nonsense)" },
	};
	struct act act = { A_READ, NULL, NULL };
	struct play play;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		act.head = cases[i].head;
		act.body = cases[i].body;
		play_begin(&play, &act, 1);
		play_open(&play);
		assert_error(wiki_read(play.wiki, "CA/X", &play.page),
		    ERR_SERVER, cases[i].part);
		play_end(&play);
	}
}

static void
test_warnings_are_no_errors(void **state)
{
	static const struct act acts[] = {
		{ A_READ, "{\"warnings\":[{\"code\":\"badutf8\",\"text\":"
		    "\"x\"}],\"curtimestamp\":\"2026-11-21T23:15:00Z\","
		    "\"query\":{\"pages\":[" PAGE("CA/X", "text") "]}}",
		    NULL },
	};
	struct play play;

	(void)state;
	PLAY(&play, acts);
	assert_null(wiki_read(play.wiki, "CA/X", &play.page));
	play_end(&play);
}

/* Keys that are made to look like places elsewhere, and depth. */
static void
test_false_places(void **state)
{
	static const char *const bodies[] = {
		"{\"query.pages[]\":{\"title\":\"CA/X\"},\"curtimestamp\":"
		"\"2026-11-21T23:15:00Z\"}",
		"{\"\":{\"query\":{\"pages\":[" PAGE("CA/X", "a") "]}},"
		"\"curtimestamp\":\"2026-11-21T23:15:00Z\"}",
		"{\"curtimestamp\":\"2026-11-21T23:15:00Z\",\"a\":[[[[[[[[[[["
		"[[[[{\"query\":{\"pages\":[" PAGE("CA/X", "a") "]}}]]]]]]]]]"
		"]]]]]],\"query\":{\"pages\":[[" PAGE("CA/X", "a") "]]}}",
		"{\"curtimestamp\":\"2026-11-21T23:15:00Z\",\"query\":{"
		"\"pages\":[\"CA/X\",7,null]},\"an_over_long_key_of_more_than_"
		"thirty-one_bytes\":{\"an_over_long_key_of_more_than_thirty-"
		"one_bytes\":{\"x\":1}}}",
	};
	struct act act = { A_READ, NULL, NULL };
	struct play play;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(bodies); i++) {
		act.body = bodies[i];
		play_begin(&play, &act, 1);
		play_open(&play);
		assert_error(wiki_read(play.wiki, "CA/X", &play.page),
		    ERR_SERVER, "can't be read: ");
		play_end(&play);
	}
}

static void
test_account_needs_both(void **state)
{
	struct wiki_config config = {
		.name = "https://wiki.example/w/api.php", .user = "Robot@x"
	};
	struct wiki *wiki;

	(void)state;
	assert_error(wiki_new(&wiki, &config), ERR_USAGE, "a password");
	assert_null(wiki);
	config.user = NULL;
	config.password = "lgpassword=x";
	assert_error(wiki_new(&wiki, &config), ERR_USAGE, "a user");
	wiki_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_page),
		cmocka_unit_test(test_kinds_of_pages),
		cmocka_unit_test(test_titles_written_otherwise),
		cmocka_unit_test(test_bad_titles),
		cmocka_unit_test(test_titles_it_refuses),
		cmocka_unit_test(test_stop_page),
		cmocka_unit_test(test_stop_page_left_out),
		cmocka_unit_test(test_one_revision),
		cmocka_unit_test(test_pages_not_whole),
		cmocka_unit_test(test_nonsense),
		cmocka_unit_test(test_refused_by_a_front),
		cmocka_unit_test(test_huge_answer),
		cmocka_unit_test(test_network_returns),
		cmocka_unit_test(test_network_stays_away),
		cmocka_unit_test(test_limits_of_a_front),
		cmocka_unit_test(test_private_wiki),
		cmocka_unit_test(test_1_errors_with_status_200),
		cmocka_unit_test(test_warnings_are_no_errors),
		cmocka_unit_test(test_false_places),
		cmocka_unit_test(test_account_needs_both),
	};

	forget_proxies();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
