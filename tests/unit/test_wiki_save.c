/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Login and saving.  Numbers are those of what is known of MediaWiki's ways:
 * 1 errors come with status 200 (test_wiki.c), 2 a lost session edits as an
 * address, 3 a bot is not protected from itself, 4 other lines are merged
 * without a word, 5 no change is no revision, 6 what a save is refused for,
 * 7 which passwords are a bot's, 8 rights that are lacking look like a lost
 * session, 9 sizes. */
#include "tests/unit/wiki_fixture.h"

/* The end that was reached, where there is no error. */
static void
assert_end(const struct err *err, const struct wiki_saved *saved,
    enum wiki_end end)
{
	if (err != NULL)
		print_message("%s\n", err->text);
	assert_null(err);
	assert_int_equal(saved->end, end);
	assert_no_secret(saved->why);
	assert_true((end == WIKI_UNSURE) == (saved->why[0] != '\0'));
}

/* The last edit that was sent. */
static const char *
last_form(struct play *play)
{
	const char *form = NULL, *at = rawserver_heard(play->fx.server);

	while ((at = strstr(at, "action=edit&")) != NULL)
		form = at++;
	assert_non_null(form);
	return form;
}

static void
test_saved(void **state)
{
	static const struct act acts[] = {
		SESSION,
		{ A_SAVE, SAVED, NULL },
		/* Session and token are used again. */
		{ A_SAVE, SAVED, NULL },
	};
	static const char *const parts[] = {
		"&format=json&formatversion=2&errorformat=plaintext&",
		"&nocreate=1&", "&maxlag=5&", "&bot=1&", "&title=CA%2FX&",
		"&baserevid=7&", "&starttimestamp=2026-11-21T23%3A15%3A00Z&",
		"&summary=new%3A%20100%20%25&", "&notminor=1&",
		"&text=a%20%26%20b%0A%C3%A9%20%7C&",
	};
	struct wiki_saved saved;
	const char *form, *end;
	struct play play;
	size_t i;

	(void)state;
	PLAY(&play, acts);
	assert_end(play_save(&play, &saved), &saved, WIKI_SAVED);
	assert_int_equal(saved.before, 7);
	assert_int_equal(saved.revision, 8);
	form = last_form(&play);
	for (i = 0; i < COUNT(parts); i++)
		assert_non_null(strstr(form, parts[i]));
	assert_null(strstr(form, "createonly"));
	/* It would let the wiki write over edits of that second. */
	assert_null(strstr(form, "basetimestamp"));
	assert_null(strstr(form, "&minor="));
	/* A form that is cut has no token, so it is refused. */
	end = strstr(form, "&token=" TOKEN_HEX "%2B%5C");
	assert_non_null(end);
	assert_string_equal(end, "&token=" TOKEN_HEX "%2B%5C");
	assert_end(play_save(&play, &saved), &saved, WIKI_SAVED);
	assert_string_equal(play.said, "");
	play_end(&play);
}

static void
test_cookies_and_secret(void **state)
{
	static const struct act acts[] = {
		{ A_LOGIN_TOKEN, LOGIN_TOKEN,
		    HEAD "Set-Cookie: session=abc; HttpOnly\r\n" },
		{ "Cookie: session=abc", LOGGED_IN, NULL },
		{ "Cookie: session=abc", TOKEN, NULL },
		{ "Cookie: session=abc", SAVED, NULL },
	};
	struct wiki_saved saved;
	const char *heard;
	struct play play;

	(void)state;
	PLAY(&play, acts);
	assert_end(play_save(&play, &saved), &saved, WIKI_SAVED);
	heard = rawserver_heard(play.fx.server);
	assert_non_null(strstr(heard, "&lgname=Robot%40publish&lgtoken="
	    LOGIN_HEX "%2B%5C&lgpassword=" PASSWORD));
	assert_int_equal(times(heard, PASSWORD), 1);
	play_end(&play);
}

static void
test_minor_and_human(void **state)
{
	static const struct act acts[] = { SESSION, { A_SAVE, SAVED, NULL } };
	const struct wiki_save save = {
		.title = "CA/X", .text = "", .len = 0, .base = 7,
		.now = "2026-11-21T23:15:00Z", .summary = "", .minor = true
	};
	struct wiki_saved saved;
	struct play play;
	const char *form;

	(void)state;
	play_begin(&play, acts, COUNT(acts));
	play.config.human = true;
	play_open(&play);
	assert_end(wiki_save(play.wiki, &save, &saved), &saved, WIKI_SAVED);
	form = last_form(&play);
	assert_non_null(strstr(form, "&minor=1&"));
	assert_null(strstr(form, "notminor"));
	assert_null(strstr(form, "&bot=1"));
	assert_non_null(strstr(form, "&assert=user&"));
	assert_non_null(strstr(form, "&summary=&"));
	/* The sum of no bytes. */
	assert_non_null(strstr(form,
	    "&md5=d41d8cd98f00b204e9800998ecf8427e&"));
	assert_non_null(strstr(form, "&text=&token="));
	play_end(&play);
}

/* Point 2: every save says who we are. */
static void
test_2_asserts(void **state)
{
	static const struct act acts[] = { SESSION, { A_SAVE, SAVED, NULL } };
	struct wiki_saved saved;
	struct play play;

	(void)state;
	PLAY(&play, acts);
	assert_end(play_save(&play, &saved), &saved, WIKI_SAVED);
	assert_non_null(strstr(last_form(&play),
	    "&assert=bot&assertuser=Robot&"));
	play_end(&play);
}

/* Point 2: a lost session is renewed, once. */
static void
test_2_lost_session(void **state)
{
	static const char *const codes[] = {
		FAILED("assertbotfailed", "You are no bot."),
		FAILED("assertuserfailed", "You are not logged in."),
		FAILED("assertnameduserfailed", "You are another."),
	};
	struct act acts[] = {
		SESSION, { A_SAVE, NULL, NULL }, SESSION,
		{ A_SAVE, SAVED, NULL },
	};
	struct wiki_saved saved;
	struct play play;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(codes); i++) {
		acts[3].body = codes[i];
		acts[7].body = SAVED;
		PLAY(&play, acts);
		assert_end(play_save(&play, &saved), &saved, WIKI_SAVED);
		assert_string_equal(play.said,
		    "https://wiki.example/w/api.php: login renewed\n");
		play_end(&play);

		acts[7].body = codes[i];
		PLAY(&play, acts);
		assert_error(play_save(&play, &saved), ERR_CONFIG,
		    "the session was lost");
		play_end(&play);
	}
}

/* Point 3: the page was saved meanwhile by our own account, and the wiki
 * takes the edit all the same: only the revision before tells. */
static void
test_3_our_own_edit_between(void **state)
{
	static const struct act acts[] = {
		SESSION,
		{ A_SAVE, "{\"edit\":{\"result\":\"Success\",\"oldrevid\":9,"
		    "\"newrevid\":10}}", NULL },
	};
	struct wiki_saved saved;
	struct play play;

	(void)state;
	PLAY(&play, acts);
	assert_end(play_save(&play, &saved), &saved, WIKI_SAVED);
	assert_int_equal(saved.before, 9);
	assert_int_equal(saved.revision, 10);
	play_end(&play);
}

/* Point 4: another's change of the same lines; that of other lines is told
 * as in point 3. */
static void
test_4_conflict(void **state)
{
	static const struct act acts[] = {
		SESSION,
		{ A_SAVE, FAILED("editconflict", "Edit conflict."), NULL },
		{ A_SAVE, FAILED("nosuchrevid", "Gone."), NULL },
		{ A_SAVE, "{\"edit\":{\"result\":\"Success\",\"oldrevid\":8,"
		    "\"newrevid\":9}}", NULL },
	};
	struct wiki_saved saved;
	struct play play;

	(void)state;
	PLAY(&play, acts);
	assert_end(play_save(&play, &saved), &saved, WIKI_CONFLICT);
	assert_end(play_save(&play, &saved), &saved, WIKI_CONFLICT);
	assert_end(play_save(&play, &saved), &saved, WIKI_SAVED);
	assert_int_equal(saved.before, 8);
	play_end(&play);
}

/* Point 5. */
static void
test_5_no_change(void **state)
{
	static const struct act acts[] = {
		SESSION,
		{ A_SAVE, "{\"edit\":{\"result\":\"Success\",\"pageid\":2,"
		    "\"title\":\"CA/X\",\"nochange\":true}}", NULL },
	};
	struct wiki_saved saved;
	struct play play;

	(void)state;
	PLAY(&play, acts);
	assert_end(play_save(&play, &saved), &saved, WIKI_SAME);
	assert_int_equal(saved.revision, 0);
	play_end(&play);
}

/* Point 6: a stale token is fetched anew, once. */
static void
test_6_stale_token(void **state)
{
	struct act acts[] = {
		SESSION,
		{ A_SAVE, FAILED("badtoken", "Invalid CSRF token."), NULL },
		{ A_TOKEN, TOKEN, NULL },
		{ A_SAVE, SAVED, NULL },
	};
	struct wiki_saved saved;
	struct play play;

	(void)state;
	PLAY(&play, acts);
	assert_end(play_save(&play, &saved), &saved, WIKI_SAVED);
	assert_non_null(strstr(play.said, "token renewed"));
	play_end(&play);

	acts[5].body = FAILED("badtoken", "Invalid CSRF token.");
	PLAY(&play, acts);
	assert_error(play_save(&play, &saved), ERR_SERVER, "badtoken");
	play_end(&play);
}

/* Point 6: the text's MD5, so that one that was cut is refused. */
static void
test_6_md5(void **state)
{
	static const struct act acts[] = {
		SESSION,
		{ A_SAVE, FAILED("badmd5", "The hash was incorrect."), NULL },
	};
	struct wiki_saved saved;
	struct play play;

	(void)state;
	PLAY(&play, acts);
	assert_error(play_save(&play, &saved), ERR_SERVER,
	    "the text did not come to it as it was sent");
	assert_non_null(strstr(last_form(&play),
	    "&md5=a6975c00bc2a060204caee0ea84111c9&"));
	play_end(&play);
}

static void
test_6_page_is_gone(void **state)
{
	static const struct act acts[] = {
		SESSION,
		{ A_SAVE, FAILED("missingtitle", "It doesn't exist."), NULL },
		{ A_SAVE, FAILED("pagedeleted", "It was deleted."), NULL },
	};
	struct wiki_saved saved;
	struct play play;

	(void)state;
	PLAY(&play, acts);
	assert_end(play_save(&play, &saved), &saved, WIKI_GONE);
	assert_end(play_save(&play, &saved), &saved, WIKI_GONE);
	play_end(&play);
}

/* Points 6, 8 and 9: refused for good, each with its reason. */
static void
test_6_8_9_refused(void **state)
{
	static const struct {
		const char *body, *part;
		enum err_kind kind;
	} cases[] = {
		{ FAILED("articleexists", "It is there."), "report it",
		    ERR_SERVER },
		{ FAILED("invalidtitle", "Bad title."), "that is no title",
		    ERR_CONFIG },
		{ FAILED("missingparam", "\\\"token\\\" must be set."),
		    "(it says missingparam: \"token\" must be set.)",
		    ERR_SERVER },
		{ FAILED("permissiondenied", "Users alone."),
		    "\"Edit existing pages\"", ERR_CONFIG },
		{ FAILED("blocked", "You are blocked."),
		    "the account is blocked", ERR_CONFIG },
		{ FAILED("protectedpage", "Protected."),
		    "the page is protected (it says protectedpage: Protected.)",
		    ERR_SERVER },
		{ FAILED("cascadeprotected", "Protected."), "includes it",
		    ERR_SERVER },
		{ FAILED("protectednamespace-interface", "x"),
		    "its namespace is protected", ERR_SERVER },
		{ "{\"errors\":[{\"code\":\"spamblacklist\",\"text\":\"Long "
		    "words.\",\"data\":{\"spamblacklist\":{\"matches\":["
		    "\"evil.example\",\"b.example\"]}}}]}",
		    "(it says spamblacklist: evil.example)", ERR_SERVER },
		{ FAILED("abusefilter-disallowed", "Filter 7."),
		    "its abuse filter refuses the edit (it says "
		    "abusefilter-disallowed: Filter 7.)", ERR_SERVER },
		{ FAILED("titleblacklist-forbidden", "x"),
		    "it forbids that title", ERR_SERVER },
		{ FAILED("contenttoobig", "2,048 KB."),
		    "the page would be too long", ERR_SERVER },
		{ FAILED("from-the-future", "Unheard of."),
		    "it refuses (it says from-the-future: Unheard of.)",
		    ERR_SERVER },
		{ "{\"errors\":[{\"code\":\"readonly\",\"text\":\"Read-only."
		    "\",\"data\":{\"readonlyreason\":\"Until noon\\n\"}}]}",
		    "nothing may be written at present (it says readonly: "
		    "Until noon)", ERR_SERVER },
		{ "{\"edit\":{\"result\":\"Failure\",\"captcha\":{\"type\":"
		    "\"simple\",\"question\":\"1+1\"}}}", "a captcha",
		    ERR_SERVER },
		{ "{\"edit\":{\"result\":\"Failure\",\"code\":"
		    "\"abusefilter-warning\",\"info\":\"Hit.\"}}",
		    "(it says abusefilter-warning: Hit.)", ERR_SERVER },
		{ "{\"edit\":{\"result\":\"Failure\"}}", "(it says Failure)",
		    ERR_SERVER },
	};
	struct act acts[] = { SESSION, { A_SAVE, NULL, NULL } };
	struct wiki_saved saved;
	struct play play;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		acts[3].body = cases[i].body;
		PLAY(&play, acts);
		assert_error(play_save(&play, &saved), cases[i].kind,
		    cases[i].part);
		assert_string_equal(play.said, "");
		play_end(&play);
	}
}

/* Point 7: what is none of a bot password is said when login fails. */
static void
test_7_passwords(void **state)
{
	static const struct {
		const char *user, *password;
		bool hint;
	} cases[] = {
		{ "Robot@publish", PASSWORD, false },
		{ "Robot", "publish%40" PASSWORD, false },
		{ "Robot@publish", "0123456789abcdef0123456789abcde", true },
		{ "Robot@publish", "0123456789abcdef0123456789abcdex", true },
		{ "Robot@publish", "0123456789abcdef0123456789abcdeF", true },
		{ "Robot", PASSWORD, true },
		{ "Robot", "publish%40short", true },
	};
	static const struct act acts[] = {
		{ A_LOGIN_TOKEN, LOGIN_TOKEN, NULL },
		{ A_LOGIN, "{\"login\":{\"result\":\"Failed\",\"reason\":{"
		    "\"code\":\"wrongpassword\",\"text\":\"Incorrect "
		    "password.\"}}}", NULL },
	};
	struct wiki_saved saved;
	const struct err *err;
	char password[128];
	struct play play;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		snprintf(password, sizeof(password), "lgpassword=%s",
		    cases[i].password);
		play_begin(&play, acts, COUNT(acts));
		play.config.user = cases[i].user;
		play.config.password = password;
		play_open(&play);
		err = play_save(&play, &saved);
		assert_error(err, ERR_CONFIG, "login failed: ");
		assert_int_equal(strstr(err->text, "32 or more") != NULL,
		    cases[i].hint);
		play_end(&play);
	}
}

static void
test_7_other_form_of_name(void **state)
{
	static const struct act acts[] = { SESSION, { A_SAVE, SAVED, NULL } };
	struct wiki_saved saved;
	struct play play;

	(void)state;
	play_begin(&play, acts, COUNT(acts));
	play.config.user = "The Robot";
	play.config.password = "lgpassword=publish%40" PASSWORD;
	play_open(&play);
	assert_end(play_save(&play, &saved), &saved, WIKI_SAVED);
	assert_non_null(strstr(rawserver_heard(play.fx.server),
	    "&lgname=The%20Robot&"));
	assert_non_null(strstr(last_form(&play),
	    "&assertuser=The%20Robot&"));
	play_end(&play);
}

static void
test_7_main_password(void **state)
{
	struct act acts[] = { SESSION, { A_SAVE, SAVED, NULL } };
	struct wiki_saved saved;
	struct play play;

	(void)state;
	acts[1].body = "{\"warnings\":[{\"code\":\"deprecation\",\"text\":"
	    "\"x\",\"data\":{\"feature\":\"main-account-login\"}},{\"code\":"
	    "\"deprecation-help\",\"text\":\"y\"}],\"login\":{\"result\":"
	    "\"Success\"}}";
	PLAY(&play, acts);
	assert_end(play_save(&play, &saved), &saved, WIKI_SAVED);
	assert_non_null(strstr(play.said, "use a bot password"));
	play_end(&play);
}

/* Point 8: the message says both, and what to do about each. */
static void
test_8_no_bot_right(void **state)
{
	static const struct act acts[] = {
		SESSION, { A_SAVE, FAILED("assertbotfailed", "x"), NULL },
		SESSION, { A_SAVE, FAILED("assertbotfailed", "x"), NULL },
	};
	struct wiki_saved saved;
	const struct err *err;
	struct play play;

	(void)state;
	PLAY(&play, acts);
	err = play_save(&play, &saved);
	assert_error(err, ERR_CONFIG, "the session was lost, or");
	assert_non_null(strstr(err->text, "\"High-volume editing\""));
	assert_non_null(strstr(err->text, "--assert user"));
	assert_non_null(strstr(err->text, "assert = user"));
	play_end(&play);
}

/* A wiki refuses to log in a session of a bot password that is alive, so it
 * is the right that is lacking. */
static void
test_8_session_is_alive(void **state)
{
	static const struct act acts[] = {
		SESSION, { A_SAVE, FAILED("assertbotfailed", "x"), NULL },
		{ A_LOGIN_TOKEN, LOGIN_TOKEN, NULL },
		{ A_LOGIN, "{\"login\":{\"result\":\"Aborted\",\"reason\":{"
		    "\"code\":\"api-login-fail-badsessionprovider\",\"text\":"
		    "\"Cannot log in.\"}}}", NULL },
		{ A_TOKEN, TOKEN, NULL },
		{ A_SAVE, FAILED("assertbotfailed", "x"), NULL },
		/* Elsewhere that code means nothing. */
		{ A_SAVE, FAILED("api-login-fail-badsessionprovider", "x"),
		    NULL },
	};
	struct wiki_saved saved;
	struct play play;

	(void)state;
	PLAY(&play, acts);
	assert_error(play_save(&play, &saved), ERR_CONFIG,
	    "\"High-volume editing\"");
	assert_error(play_save(&play, &saved), ERR_SERVER, "badsession");
	play_end(&play);
}

/* Point 9: nothing is sent that would be cut or refused. */
static void
test_9_too_long(void **state)
{
	struct wiki_save save = {
		.title = "CA/X", .len = WIKI_MAX_TEXT + 1, .base = 7,
		.now = "n", .summary = ""
	};
	char *text = malloc(WIKI_MAX_TEXT + 2);
	struct wiki_saved saved;
	struct play play;

	(void)state;
	assert_non_null(text);
	memset(text, '|', WIKI_MAX_TEXT + 1);
	text[WIKI_MAX_TEXT + 1] = '\0';
	save.text = text;
	play_begin(&play, NULL, 0);
	play_open(&play);
	assert_error(wiki_save(play.wiki, &save, &saved), ERR_SERVER,
	    "longer than 2097152 bytes");
	play_end(&play);
	free(text);
}

/* The largest there may be, each byte quoted. */
static void
test_9_largest(void **state)
{
	static const struct act acts[] = { SESSION, { A_SAVE, SAVED, NULL } };
	struct wiki_save save = {
		.title = "CA/X", .len = WIKI_MAX_TEXT / 4, .base = 7,
		.now = "n", .summary = ""
	};
	char *text = malloc(WIKI_MAX_TEXT / 4 + 1);
	struct wiki_saved saved;
	struct play play;

	(void)state;
	assert_non_null(text);
	memset(text, '|', WIKI_MAX_TEXT / 4);
	text[WIKI_MAX_TEXT / 4] = '\0';
	save.text = text;
	PLAY(&play, acts);
	assert_end(wiki_save(play.wiki, &save, &saved), &saved, WIKI_SAVED);
	assert_non_null(strstr(last_form(&play), "%7C%7C&token="));
	play_end(&play);
	free(text);
}

static void
test_lag(void **state)
{
	static const struct act acts[] = {
		SESSION,
		{ A_SAVE, FAILED("maxlag", "7.5 seconds lagged."), LAGS },
		{ A_SAVE, FAILED("maxlag", "7.5 seconds lagged."), NULL },
		{ A_SAVE, SAVED, NULL },
		{ A_SAVE, FAILED("maxlag", "1."), LAGS },
		{ A_SAVE, FAILED("maxlag", "2."), LAGS },
		{ A_SAVE, FAILED("maxlag", "3."), LAGS },
		{ A_SAVE, FAILED("maxlag", "4."), LAGS },
		{ A_SAVE, FAILED("maxlag", "x"),
		    HEAD "Retry-After: 90000\r\n" },
	};
	struct wiki_saved saved;
	struct play play;

	(void)state;
	PLAY(&play, acts);
	assert_end(play_save(&play, &saved), &saved, WIKI_SAVED);
	assert_string_equal(play.said,
	    "https://wiki.example/w/api.php: \"CA/X\" can't be saved: it lags "
	    "behind: asked again in 5 s\n"
	    "https://wiki.example/w/api.php: \"CA/X\" can't be saved: it lags "
	    "behind: asked again in 10 s\n");
	assert_error(play_save(&play, &saved), ERR_SERVER,
	    "its database lags behind (it says maxlag: 4.)");
	assert_error(play_save(&play, &saved), ERR_SERVER,
	    "it asks to wait 1440 minutes");
	play_end(&play);
}

static void
test_rate_limit(void **state)
{
	static const struct act acts[] = {
		SESSION,
		{ A_SAVE, FAILED("ratelimited", "Too often."), NULL },
		{ A_SAVE, FAILED("ratelimited", "Too often."), NULL },
		{ A_SAVE, FAILED("ratelimited", "Too often."),
		    HEAD "Retry-After: 500\r\n" },
		{ A_SAVE, FAILED("ratelimited", "Too often."), NULL },
	};
	struct wiki_saved saved;
	struct play play;

	(void)state;
	PLAY(&play, acts);
	assert_error(play_save(&play, &saved), ERR_SERVER, "noratelimit");
	assert_non_null(strstr(play.said, "asked again in 30 s"));
	assert_non_null(strstr(play.said, "asked again in 60 s"));
	assert_non_null(strstr(play.said, "asked again in 500 s"));
	play_end(&play);
}

/* The answer tells nothing of what became of the edit: it is not sent
 * again. */
static void
test_unsure(void **state)
{
	static const struct {
		const char *head, *body, *why;
	} cases[] = {
		{ NULL, FAILED("internal_api_error_RuntimeException",
		    "[c5e] Exception"), "it failed inside" },
		{ NULL, NULL, "the answer broke off" },
		{ HTML("500 Oops"), "<html>", "status 500" },
		{ HTML("502 Bad Gateway"), "<html>", "status 502" },
		{ HTML("503 Down") "Retry-After: 5\r\n", "x", "status 503" },
		{ HTML("200 OK"), "<b>Fatal error</b>", "(text/html)" },
		{ NULL, "", "none that was asked for" },
		{ NULL, "{\"edit\":{\"result\":\"Success\",\"newrev",
		    "none that was asked for" },
		{ NULL, "{\"batchcomplete\":true}", "(application/json)" },
		{ NULL, "{\"edit\":{\"result\":\"Success\"}}",
		    "lacks the revisions" },
		{ NULL, "{\"edit\":{\"result\":\"Success\",\"oldrevid\":7,"
		    "\"newrevid\":\"8a\"}}", "lacks the revisions" },
		/* It says both. */
		{ NULL, "{\"edit\":{\"result\":\"Success\",\"oldrevid\":7,"
		    "\"newrevid\":8},\"errors\":[{\"code\":\"hookaborted\"}]}",
		    "an extension" },
	};
	struct act acts[] = { SESSION, { A_SAVE, NULL, NULL } };
	struct wiki_saved saved;
	struct play play;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		acts[3].head = cases[i].head;
		acts[3].body = cases[i].body;
		PLAY(&play, acts);
		assert_end(play_save(&play, &saved), &saved, WIKI_UNSURE);
		assert_non_null(strstr(saved.why, cases[i].why));
		assert_null(strstr(saved.why, "wiki.example"));
		assert_string_equal(play.said, "");
		play_end(&play);
	}
}

/* Nothing was saved: the answer is one of something before the wiki. */
static void
test_refused_by_a_front(void **state)
{
	static const struct {
		const char *head, *part;
	} cases[] = {
		{ HTML("413 Too Large"), "status 413" },
		{ HTML("403 Forbidden"), "status 403" },
		{ HTML("302 Found") "Location: /w/login?token=" TOKEN_HEX
		    "\r\n", "it leads to another place" },
	};
	struct act acts[] = { SESSION, { A_SAVE, "<html>", NULL } };
	struct wiki_saved saved;
	struct play play;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		acts[3].head = cases[i].head;
		PLAY(&play, acts);
		assert_error(play_save(&play, &saved), ERR_SERVER,
		    cases[i].part);
		play_end(&play);
	}
}

static void
test_logins(void **state)
{
	static const struct {
		const char *body, *part;
		enum err_kind kind;
	} cases[] = {
		{ "{\"login\":{\"result\":\"WrongPass\"}}",
		    "the password is wrong", ERR_CONFIG },
		{ "{\"login\":{\"result\":\"NotExists\"}}",
		    "there is no such user", ERR_CONFIG },
		{ "{\"login\":{\"result\":\"Aborted\",\"reason\":\"Two "
		    "factors.\"}}", "(it says Aborted: Two factors.)",
		    ERR_CONFIG },
		{ "{\"login\":{\"result\":\"Failed\",\"reason\":{\"code\":"
		    "\"botpasswords-needs-reset\",\"text\":\"Old.\"}}}",
		    "make a new one", ERR_CONFIG },
		{ "{\"login\":{\"result\":\"Failed\",\"reason\":{\"code\":"
		    "\"login-fail-x\",\"text\":\"No.\"}}}",
		    "it refuses (it says login-fail-x: No.)", ERR_SERVER },
		{ "{\"login\":{\"result\":\"Failed\"}}",
		    "the account is refused", ERR_CONFIG },
	};
	struct act acts[] = {
		{ A_LOGIN_TOKEN, LOGIN_TOKEN, NULL }, { A_LOGIN, NULL, NULL },
	};
	struct wiki_saved saved;
	struct play play;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		acts[1].body = cases[i].body;
		PLAY(&play, acts);
		assert_error(play_save(&play, &saved), cases[i].kind,
		    cases[i].part);
		play_end(&play);
	}
}

/* A token that the wiki forgot, and a limit on logins. */
static void
test_login_again(void **state)
{
	static const struct act acts[] = {
		{ A_LOGIN_TOKEN, LOGIN_TOKEN, NULL },
		{ A_LOGIN, "{\"login\":{\"result\":\"Failed\",\"reason\":{"
		    "\"code\":\"sessionlost\",\"text\":\"x\"}}}", NULL },
		{ A_LOGIN_TOKEN, LOGIN_TOKEN, NULL },
		{ A_LOGIN, "{\"login\":{\"result\":\"Failed\",\"reason\":{"
		    "\"code\":\"login-throttled\",\"text\":\"x\"}}}", NULL },
		{ A_LOGIN, LOGGED_IN, NULL },
		{ A_TOKEN, TOKEN, NULL },
		{ A_SAVE, SAVED, NULL },
	};
	static const struct act twice[] = {
		{ A_LOGIN_TOKEN, LOGIN_TOKEN, NULL },
		{ A_LOGIN, "{\"login\":{\"result\":\"WrongToken\"}}", NULL },
		{ A_LOGIN_TOKEN, LOGIN_TOKEN, NULL },
		{ A_LOGIN, "{\"login\":{\"result\":\"WrongToken\"}}", NULL },
	};
	struct wiki_saved saved;
	struct play play;

	(void)state;
	PLAY(&play, acts);
	assert_end(play_save(&play, &saved), &saved, WIKI_SAVED);
	assert_non_null(strstr(play.said, "asked again in 30 s"));
	play_end(&play);

	PLAY(&play, twice);
	assert_error(play_save(&play, &saved), ERR_SERVER, "WrongToken");
	play_end(&play);
}

static void
test_no_account(void **state)
{
	struct wiki_saved saved;
	struct play play;

	(void)state;
	play_begin(&play, NULL, 0);
	play.config.user = play.config.password = NULL;
	play_open(&play);
	assert_error(play_save(&play, &saved), ERR_CONFIG,
	    "no account is named");
	play_end(&play);
}

/* What the wiki says may hold what we told it. */
static void
test_secrets_come_back(void **state)
{
	static const struct act login[] = {
		{ A_LOGIN_TOKEN, LOGIN_TOKEN, NULL },
		{ A_LOGIN, "{\"login\":{\"result\":\"Failed\",\"reason\":{"
		    "\"code\":\"wrongpassword\",\"text\":\"Not " PASSWORD
		    " with " LOGIN_HEX "+\\\\ .\"}}}", NULL },
	};
	static const struct act save[] = {
		SESSION,
		{ A_SAVE, FAILED("x-" TOKEN_HEX, "Token " TOKEN_HEX
		    "+\\\\ of " PASSWORD "\\u202e!"), NULL },
	};
	struct wiki_saved saved;
	const struct err *err;
	struct play play;

	(void)state;
	PLAY(&play, login);
	err = play_save(&play, &saved);
	assert_error(err, ERR_CONFIG, "Not *** with ***");
	play_end(&play);
	PLAY(&play, save);
	err = play_save(&play, &saved);
	assert_error(err, ERR_SERVER, "(it says x-***: Token ***");
	play_end(&play);
	/* Other passwords are typed otherwise in forms. */
	play_begin(&play, login, COUNT(login));
	play.config.password = "lgpassword=%30123456789abcdef"
	    "0123456789abcdef";
	play_open(&play);
	assert_error(play_save(&play, &saved), ERR_CONFIG, "Not *** with");
	play_end(&play);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_saved),
		cmocka_unit_test(test_cookies_and_secret),
		cmocka_unit_test(test_minor_and_human),
		cmocka_unit_test(test_2_asserts),
		cmocka_unit_test(test_2_lost_session),
		cmocka_unit_test(test_3_our_own_edit_between),
		cmocka_unit_test(test_4_conflict),
		cmocka_unit_test(test_5_no_change),
		cmocka_unit_test(test_6_stale_token),
		cmocka_unit_test(test_6_md5),
		cmocka_unit_test(test_6_page_is_gone),
		cmocka_unit_test(test_6_8_9_refused),
		cmocka_unit_test(test_7_passwords),
		cmocka_unit_test(test_7_other_form_of_name),
		cmocka_unit_test(test_7_main_password),
		cmocka_unit_test(test_8_no_bot_right),
		cmocka_unit_test(test_8_session_is_alive),
		cmocka_unit_test(test_9_too_long),
		cmocka_unit_test(test_9_largest),
		cmocka_unit_test(test_lag),
		cmocka_unit_test(test_rate_limit),
		cmocka_unit_test(test_unsure),
		cmocka_unit_test(test_refused_by_a_front),
		cmocka_unit_test(test_logins),
		cmocka_unit_test(test_login_again),
		cmocka_unit_test(test_no_account),
		cmocka_unit_test(test_secrets_come_back),
	};

	forget_proxies();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
