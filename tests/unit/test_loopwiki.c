/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The loopback MediaWiki does what a real one (1.39.17) was seen to do: the
 * codes of its errors, what it says of pages, and above all what becomes of
 * edits that come at once.  Asked by plain sockets.
 */
#include <sys/socket.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/date.h"
#include "tests/loop/loop_program.h"
#include "tests/loop/loopwiki.h"
#include "tests/loop/slice.h"

#define FORM "format=json&formatversion=2&errorformat=plaintext&"
#define SECRET "0123456789abcdef0123456789abcdef"

enum {
	MAX_ANSWER = 16 << 20
};

static struct loopwiki *wiki;
static struct buf answer;	/* the last one, whole */
static struct slice body;	/* JSON of it */
static char cookies[256];

/* --- asking --- */

static void
exchange(const struct buf *request)
{
	struct sockaddr_in address;
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	char part[65536];
	const char *end;
	ssize_t got;

	memset(&address, 0, sizeof(address));
	address.sin_family = AF_INET;
	address.sin_port = htons(loopwiki_port(wiki));
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_true(fd >= 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&address,
	    sizeof(address)), 0);
	assert_int_equal(send(fd, request->data, request->len, 0),
	    request->len);
	buf_clear(&answer);
	while ((got = recv(fd, part, sizeof(part), 0)) > 0)
		buf_add(&answer, part, (size_t)got);
	close(fd);
	end = strstr(buf_text(&answer), "\r\n\r\n");
	body = end != NULL ? slice_of(end + 4) : (struct slice){ NULL, 0 };
}

/* Keep a cookie that came, in the order in which they came. */
static void
keep_cookie(void)
{
	const char *at = strstr(buf_text(&answer), "Set-Cookie: ");
	size_t len = strlen(cookies);

	if (at == NULL)
		return;
	at += strlen("Set-Cookie: ");
	snprintf(cookies + len, sizeof(cookies) - len, "%s%.*s",
	    len > 0 ? "; " : "", (int)strcspn(at, ";"), at);
}

static void
ask_at(const char *path, const char *form)
{
	struct buf request;

	buf_init(&request, MAX_ANSWER);
	buf_fmt(&request, "POST %s HTTP/1.1\r\nHost: loop\r\n"
	    "Connection: close\r\nCookie: %s\r\nContent-Length: %zu\r\n\r\n",
	    path, cookies, strlen(form));
	buf_str(&request, form);
	exchange(&request);
	buf_release(&request);
	keep_cookie();
}

static void
ask(const char *form)
{
	ask_at("/api.php", form);
}

static void
steer(const char *what, const char *form)
{
	char path[64];

	snprintf(path, sizeof(path), "/loop/%s", what);
	ask_at(path, form);
	assert_non_null(strstr(buf_text(&answer), " 200 "));
}

static bool
says(const char *text)
{
	return body.at != NULL && strstr(body.at, text) != NULL;
}

/* The code, in the body and in the header; "" without an error. */
static const char *
code(void)
{
	static char found[128], line[256];
	struct slice first = { NULL, 0 }, name;
	struct slice_walk walk;

	if (body.at == NULL)
		return "";
	walk = slice_open(slice_get(slice_value(body.at, body.len),
	    "errors"));
	if (!slice_element(&walk, &first))
		return "";
	name = slice_inside(slice_get(first, "code"));
	snprintf(found, sizeof(found), "%.*s", (int)name.len, name.at);
	snprintf(line, sizeof(line), "MediaWiki-API-Error: %s\r\n", found);
	assert_non_null(strstr(buf_text(&answer), line));
	assert_non_null(strstr(buf_text(&answer), "HTTP/1.1 200"));
	return found;
}

static int64_t
number(const char *module, const char *name)
{
	return slice_int(slice_get(slice_get(slice_value(body.at, body.len),
	    module), name));
}

static void
add_token(struct buf *form, const char *name, const char *type)
{
	struct slice tokens;
	char ask_for[128], member[32];

	snprintf(ask_for, sizeof(ask_for), FORM
	    "action=query&meta=tokens&type=%s", type);
	ask(ask_for);
	tokens = slice_get(slice_get(slice_value(body.at, body.len),
	    "query"), "tokens");
	snprintf(member, sizeof(member), "%stoken", type);
	tokens = slice_inside(slice_get(tokens, member));
	assert_true(tokens.len > 2);
	/* Without the escape of the backslash. */
	buf_fmt(form, "&%s=", name);
	loop_program_quote(form, tokens.at, tokens.len - 1);
}

static void
log_in(const char *name, const char *password)
{
	struct buf form;

	cookies[0] = '\0';
	buf_init(&form, 4096);
	buf_fmt(&form, FORM "action=login&lgname=%s&lgpassword=%s", name,
	    password);
	add_token(&form, "lgtoken", "login");
	ask(buf_text(&form));
	buf_release(&form);
}

/* Edit the page T; `more` are parameters, the text among them. */
static void
edit(const char *more)
{
	struct buf form;

	buf_init(&form, MAX_ANSWER);
	buf_fmt(&form, FORM "action=edit&title=T&");
	buf_str(&form, more);
	add_token(&form, "token", "csrf");
	ask(buf_text(&form));
	buf_release(&form);
}

static void
assert_page(const char *text)
{
	steer("page", "title=T");
	assert_string_equal(body.at, text);
}

static int
setup(void **state)
{
	struct loopwiki_config config;

	(void)state;
	loopwiki_defaults(&config);
	config.now = 1700000000;
	wiki = loopwiki_start(&config);
	assert_non_null(wiki);
	buf_init(&answer, MAX_ANSWER);
	cookies[0] = '\0';
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	loopwiki_stop(wiki);
	buf_release(&answer);
	return 0;
}

/* --- who one is --- */

static void
logins(void **state)
{
	static const struct {
		const char *name, *password, *says;
	} cases[] = {
		{ "CAIncidentBot@publish", SECRET, "\"Success\"" },
		{ "CAIncidentBot", "publish@" SECRET, "\"Success\"" },
		{ "Alice@tables", SECRET, "\"lguserid\":4" },
		{ "Alice", "human-account-pass-1", "\"deprecation\"" },
		{ "CAIncidentBot@publish", "wrong", "\"wrongpassword\"" },
		{ "CAIncidentBot@nosuch", SECRET, "\"wrongpassword\"" },
		{ "CAIncidentBot", SECRET, "\"wrongpassword\"" },
		{ "Nobody@publish", SECRET, "\"wrongpassword\"" }
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		log_in(cases[i].name, cases[i].password);
		assert_true(says(cases[i].says));
		assert_string_equal(code(), "");
	}
	cookies[0] = '\0';
	ask(FORM "action=login&lgname=a&lgpassword=b&lgtoken=c");
	assert_true(says("\"sessionlost\""));
	ask(FORM "action=login&lgname=a&lgpassword=b");
	assert_true(says("\"NeedToken\""));
	ask(FORM "action=login&lgname=a&lgpassword=b&lgtoken=c");
	assert_true(says("\"WrongToken\""));
	/* Without an errorformat the reason is words alone. */
	log_in("A", "b");
	ask("format=json&formatversion=2&action=login&lgtoken=x&lgname=a");
	assert_false(says("\"code\""));
}

static void
assertions(void **state)
{
	(void)state;
	/* Without a session an edit goes through, under the address. */
	edit("text=a");
	assert_int_equal(number("edit", "newrevid"), 1);
	steer("revisions", "title=T");
	assert_true(says("\"user\":\"127.0.0.1\""));
	edit("text=b&assert=bot");
	assert_string_equal(code(), "assertbotfailed");
	edit("text=b&assert=user");
	assert_string_equal(code(), "assertuserfailed");
	log_in("CAIncidentBot@publish", SECRET);
	edit("text=c&assert=bot&assertuser=CAIncidentBot");
	assert_int_equal(number("edit", "newrevid"), 2);
	edit("text=b&assertuser=Alice");
	assert_string_equal(code(), "assertnameduserfailed");
	ask(FORM "action=edit&title=T&text=d&token=%2B%5C");
	assert_string_equal(code(), "badtoken");
	steer("lose", "");
	edit("text=b&assert=bot&assertuser=CAIncidentBot");
	assert_string_equal(code(), "assertbotfailed");
	log_in("CAIncidentBot@nobot", SECRET);
	edit("text=b&assert=bot");
	assert_string_equal(code(), "assertbotfailed");
	edit("text=d&assert=user");
	assert_string_equal(code(), "");
	log_in("CAIncidentBot@readonly", "fedcba9876543210fedcba9876543210");
	edit("text=b&assert=user");
	assert_string_equal(code(), "permissiondenied");
	assert_page("d");
}

static void
closed(void **state)
{
	(void)state;
	steer("edit", "title=T&text=x");
	steer("closed", "on=1");
	ask(FORM "action=query&prop=info&titles=T");
	assert_string_equal(code(), "readapidenied");
	log_in("CAIncidentBot@readonly", "fedcba9876543210fedcba9876543210");
	ask(FORM "action=query&prop=info&titles=T");
	assert_true(says("\"lastrevid\":1"));
}

/* --- reading --- */

static void
reading(void **state)
{
	(void)state;
	steer("edit", "title=T&user=Alice&text=%22one%22%0Atwo%0A%0A"
	    "&summary=s");
	ask(FORM "action=query&prop=revisions&titles=T&curtimestamp=1"
	    "&rvprop=ids%7Ctimestamp%7Cuser%7Ccontent%7Ccomment"
	    "&rvslots=main");
	assert_string_equal(body.at, "{\"batchcomplete\":true,"
	    "\"curtimestamp\":\"2023-11-14T22:13:20Z\",\"query\":{\"pages\":"
	    "[{\"pageid\":1,\"ns\":0,\"title\":\"T\",\"revisions\":["
	    "{\"revid\":1,\"parentid\":0,\"user\":\"Alice\",\"timestamp\":"
	    "\"2023-11-14T22:13:20Z\",\"slots\":{\"main\":{\"contentmodel\":"
	    "\"wikitext\",\"contentformat\":\"text/x-wiki\",\"content\":"
	    "\"\\\"one\\\"\\u000atwo\"}},\"comment\":\"s\"}]}]}}");
	/* In an order of its own: what is missing first. */
	ask(FORM "action=query&prop=info&titles=t%7Cuser:x_y%7C_No__such%7C"
	    "B%3Cd");
	assert_true(says("{\"fromencoded\":false,\"from\":\"t\",\"to\":\"T\"}"
	    ",{\"fromencoded\":false,\"from\":\"user:x_y\",\"to\":"
	    "\"User:X y\"},{\"fromencoded\":false,\"from\":\"_No__such\","
	    "\"to\":\"No such\"}]"));
	assert_true(says("{\"ns\":2,\"title\":\"User:X y\",\"missing\":true"));
	assert_true(says("\"title\":\"B<d\",\"invalidreason\":{\"code\":"
	    "\"title-invalid-characters\""));
	assert_true(strstr(body.at, "\"pageid\":1") > strstr(body.at,
	    "\"missing\""));
	ask(FORM "action=query&prop=revisions&revids=1%7C9");
	assert_true(says("\"badrevids\":{\"9\":{\"revid\":9,"
	    "\"missing\":true}}"));
	assert_true(says("\"revid\":1,"));
}

static void
moving(void **state)
{
	(void)state;
	steer("edit", "title=T&text=x");
	steer("move", "title=T&to=Elsewhere");
	ask(FORM "action=query&prop=revisions%7Cinfo&titles=T"
	    "&rvprop=content");
	assert_true(says("#REDIRECT [[Elsewhere]]"));
	assert_true(says("\"redirect\":true"));
	ask(FORM "action=query&prop=info&titles=T&redirects=1");
	assert_true(says("\"redirects\":[{\"from\":\"T\",\"to\":"
	    "\"Elsewhere\"}]"));
	assert_false(says("\"redirect\":true"));
	steer("delete", "title=T");
	edit("text=y&nocreate=1");
	assert_string_equal(code(), "missingtitle");
}

/* --- edits --- */

static void
edits(void **state)
{
	(void)state;
	log_in("CAIncidentBot@publish", SECRET);
	edit("text=a%0D%0Ab%0A%0A&summary=s&createonly=1");
	assert_true(says("{\"edit\":{\"new\":true,\"result\":\"Success\","
	    "\"pageid\":1,\"title\":\"T\",\"contentmodel\":\"wikitext\","
	    "\"oldrevid\":0,\"newrevid\":1,\"newtimestamp\":"));
	assert_page("a\nb");
	edit("text=a%0Ab&nocreate=1");
	assert_true(says("\"nochange\":true"));
	assert_false(says("newrevid"));
	edit("text=c&createonly=1");
	assert_string_equal(code(), "articleexists");
	edit("text=c&md5=00000000000000000000000000000000");
	assert_string_equal(code(), "badmd5");
	edit("text=c&md5=4a8a08f09d37b73795649038408b5f33&minor=1");
	assert_int_equal(number("edit", "oldrevid"), 1);
	ask(FORM "action=edit&title=T&text=d");
	assert_string_equal(code(), "missingparam");
	edit("title=B%3Ed&text=d");
	assert_string_equal(code(), "invalidtitle");
	edit("title=Special:Version&text=d");
	assert_string_equal(code(), "invalidtitle");
	edit("title=MediaWiki:Common.css&text=d");
	assert_string_equal(code(), "protectednamespace-interface");
	steer("protect", "title=T");
	edit("text=d");
	assert_string_equal(code(), "protectedpage");
	steer("protect", "title=T&on=0");
	edit("text=~~~~~+~~~");
	assert_page("2023-11-14T22:13:20Z [[User:CAIncidentBot]]");
	ask_at("/api.php?token=x", FORM "action=edit&title=T&text=d");
	assert_string_equal(code(), "mustpostparams");
	ask(FORM "action=nonsense");
	assert_string_equal(code(), "badvalue");
	ask("action=query");
	assert_non_null(strstr(buf_text(&answer), "text/html"));
}

static void
sizes(void **state)
{
	struct buf form;

	(void)state;
	buf_init(&form, MAX_ANSWER);
	buf_str(&form, "text=");
	buf_fill(&form, 'x', LOOPWIKI_MAX_TEXT + 1);
	edit(buf_text(&form));
	assert_string_equal(code(), "contenttoobig");
	buf_clear(&form);
	buf_str(&form, "text=x&summary=");
	buf_fill(&form, 's', LOOPWIKI_MAX_SUMMARY + 1);
	edit(buf_text(&form));
	steer("revisions", "title=T");
	buf_clear(&form);
	buf_char(&form, '"');
	buf_fill(&form, 's', LOOPWIKI_MAX_SUMMARY);
	buf_char(&form, '"');
	assert_true(says(buf_text(&form)));
	buf_release(&form);
}

/* --- edits at once --- */

#define BASE "text=1%0A2%0A3%0A4%0A5"

/* The page is BASE, by the bot; then somebody's edit; then the bot's on the
 * first revision. */
static void
collide(const char *somebody, const char *bot)
{
	log_in("CAIncidentBot@publish", SECRET);
	edit(BASE);
	steer("now", "time=2023-11-14T22:13:21Z");
	steer("edit", somebody);
	edit(bot);
}

static void
other_line(void **state)
{
	(void)state;
	collide("title=T&user=Alice&find=5&text=five",
	    "baserevid=1&text=one%0A2%0A3%0A4%0A5");
	assert_int_equal(number("edit", "oldrevid"), 2);
	assert_page("one\n2\n3\n4\nfive");
}

static void
same_line(void **state)
{
	(void)state;
	collide("title=T&user=Alice&find=1&text=eins",
	    "baserevid=1&text=one%0A2%0A3%0A4%0A5");
	assert_string_equal(code(), "editconflict");
	/* Lines that touch are the same. */
	edit("baserevid=1&text=1%0Atwo%0A3%0A4%0A5");
	assert_string_equal(code(), "editconflict");
	edit("baserevid=1&text=1%0A2%0Athree%0A4%0A5");
	assert_page("eins\n2\nthree\n4\n5");
	edit("baserevid=99&text=x");
	assert_string_equal(code(), "editconflict");
}

/* One's own edits are overwritten where a basetimestamp is sent, and merged
 * or refused as everybody's where it is not. */
static void
same_account(void **state)
{
	(void)state;
	collide("title=T&user=CAIncidentBot&find=1&text=eins",
	    "baserevid=1&text=one%0A2%0A3%0A4%0A5");
	assert_string_equal(code(), "editconflict");
	edit("baserevid=1&text=1%0A2%0A3%0A4%0Afive");
	assert_page("eins\n2\n3\n4\nfive");
	edit("baserevid=1&basetimestamp=2023-11-14T22:13:20Z"
	    "&text=one%0A2%0A3%0A4%0A5");
	assert_int_equal(number("edit", "oldrevid"), 3);
	assert_page("one\n2\n3\n4\n5");
}

/* With it, what somebody else saved in the second of the base is lost. */
static void
same_second(void **state)
{
	(void)state;
	log_in("CAIncidentBot@publish", SECRET);
	edit(BASE);
	steer("edit", "title=T&user=Alice&find=5&text=five");
	edit("baserevid=1&basetimestamp=2023-11-14T22:13:20Z"
	    "&text=one%0A2%0A3%0A4%0A5");
	assert_int_equal(number("edit", "oldrevid"), 2);
	assert_page("one\n2\n3\n4\n5");
}

static void
by_time_alone(void **state)
{
	(void)state;
	collide("title=T&user=Alice&find=5&text=five",
	    "basetimestamp=2023-11-14T22:13:20Z&text=one%0A2%0A3%0A4%0A5");
	assert_page("one\n2\n3\n4\nfive");
	edit("text=all+new");
	assert_page("all new");
}

static void
races(void **state)
{
	(void)state;
	log_in("CAIncidentBot@publish", SECRET);
	edit(BASE);
	steer("edit", "title=T&user=Alice&when=before&find=5&text=five");
	steer("edit", "title=T&user=Bob&when=after&find=3&text=three");
	assert_page("1\n2\n3\n4\n5");
	edit("baserevid=1&text=one%0A2%0A3%0A4%0A5");
	assert_int_equal(number("edit", "oldrevid"), 2);
	assert_page("one\n2\nthree\n4\nfive");
	/* Each once. */
	edit("text=x");
	assert_page("x");
	steer("counts", "");
	assert_true(says("\"edits\":{\"CAIncidentBot\":3,\"Alice\":1,"
	    "\"Bob\":1}"));
}

/* --- faults --- */

struct met {
	const char *rule, *code;
	bool saved;
};

static void
faults(void **state)
{
	static const struct met cases[] = {
		{ "rule=maxlag/edit", "maxlag", false },
		{ "rule=maxlag:4.5/edit", "", true },
		{ "rule=readonly", "readonly", false },
		{ "rule=ratelimit", "ratelimited", false },
		{ "rule=spam:evil.example", "spamblacklist", false },
		{ "rule=spam:good.example", "", true },
		{ "rule=internal/edit", "internal_api_error_RuntimeException",
		    false },
		{ "rule=internal-after/edit",
		    "internal_api_error_RuntimeException", true },
		{ "rule=badtoken/edit", "badtoken", false },
		{ "rule=assertuser/edit", "assertuserfailed", false },
		{ "rule=denied/edit", "permissiondenied", false },
		{ "rule=html/edit", "", false },
		{ "rule=html-after/edit", "", true },
		{ "rule=down/edit", "", false },
		{ "rule=busy/edit", "", false },
		{ "rule=drop/edit", "", false },
		{ "rule=silent/edit", "", true },
		{ "rule=reset/edit", "", true },
		{ "rule=cut/edit", "", true },
		{ "rule=nojson/edit", "", false },
		{ "rule=empty-after/edit", "", true },
		{ "rule=wrongtitle/edit", "", true },
		{ "rule=failure", "", false }
	};
	char form[128];
	size_t i;

	(void)state;
	steer("edit", "title=T&text=-");
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		steer("fault", cases[i].rule);
		snprintf(form, sizeof(form), "text=%zu+evil.example&maxlag=5",
		    i);
		edit(form);
		if (strcmp(code(), cases[i].code) != 0)
			print_error("%s: %s\n", cases[i].rule, code());
		assert_string_equal(code(), cases[i].code);
		steer("fault", "rule=none");
		snprintf(form, sizeof(form), "%zu evil.example", i);
		steer("page", "title=T");
		assert_int_equal(strcmp(body.at, form) == 0, cases[i].saved);
		/* Links that are there already are no spam. */
		steer("edit", "title=T&text=-");
	}
	steer("fault", "rule=lost/edit@2");
	steer("fault", "rule=internal/edit=1000000");
	ask_at("/loop/fault", "rule=nosuch");
	assert_non_null(strstr(buf_text(&answer), "HTTP/1.1 400"));
}

/* What a wiki that lags tells, in header and body. */
static void
lag(void **state)
{
	(void)state;
	steer("fault", "rule=maxlag:7.5");
	ask(FORM "action=query&meta=tokens&maxlag=5");
	assert_non_null(strstr(buf_text(&answer), "Retry-After: 5\r\n"));
	assert_non_null(strstr(buf_text(&answer), "X-Database-Lag: 7\r\n"));
	assert_true(says("\"lag\":7.5"));
	ask(FORM "action=query&meta=tokens");
	assert_string_equal(code(), "");
}

/* --- over a restart --- */

static void
kept(void **state)
{
	const char *folder = getenv("TMPDIR");
	struct loopwiki_config config;
	char file[256];
	int fd;

	(void)state;
	snprintf(file, sizeof(file), "%s/loopwiki-XXXXXX", folder != NULL ?
	    folder : ".");
	fd = mkstemp(file);
	assert_true(fd >= 0);
	close(fd);
	loopwiki_stop(wiki);
	loopwiki_defaults(&config);
	config.keep = file;
	wiki = loopwiki_start(&config);
	steer("edit", "title=T&user=Alice&text=%22%5C%5Cu0041%22%0A%09x"
	    "&summary=why");
	steer("edit", "title=Other&text=y");
	steer("protect", "title=T");
	steer("move", "title=Other&to=New");
	steer("revisions", "title=T");
	loopwiki_stop(wiki);
	wiki = loopwiki_start(&config);
	assert_non_null(wiki);
	assert_page("\"\\\\u0041\"\n\tx");
	steer("revisions", "title=T");
	assert_true(says("\"user\":\"Alice\",\"summary\":\"why\""));
	edit("text=z");
	assert_string_equal(code(), "protectedpage");
	steer("page", "title=New");
	assert_string_equal(body.at, "y");
	steer("page", "title=Other");
	assert_string_equal(body.at, "#REDIRECT [[New]]");
	assert_int_equal(unlink(file), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(logins, setup, teardown),
		cmocka_unit_test_setup_teardown(assertions, setup, teardown),
		cmocka_unit_test_setup_teardown(closed, setup, teardown),
		cmocka_unit_test_setup_teardown(reading, setup, teardown),
		cmocka_unit_test_setup_teardown(moving, setup, teardown),
		cmocka_unit_test_setup_teardown(edits, setup, teardown),
		cmocka_unit_test_setup_teardown(sizes, setup, teardown),
		cmocka_unit_test_setup_teardown(other_line, setup, teardown),
		cmocka_unit_test_setup_teardown(same_line, setup, teardown),
		cmocka_unit_test_setup_teardown(same_account, setup, teardown),
		cmocka_unit_test_setup_teardown(same_second, setup, teardown),
		cmocka_unit_test_setup_teardown(by_time_alone, setup, teardown),
		cmocka_unit_test_setup_teardown(races, setup, teardown),
		cmocka_unit_test_setup_teardown(faults, setup, teardown),
		cmocka_unit_test_setup_teardown(lag, setup, teardown),
		cmocka_unit_test_setup_teardown(kept, setup, teardown)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
