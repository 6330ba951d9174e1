/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A wiki that plays a list of acts, one a request, in order, and a session
 * with it.  What is asked and in what order is thereby checked too.
 */
#ifndef TESTS_UNIT_WIKI_FIXTURE_H
#define TESTS_UNIT_WIKI_FIXTURE_H

#include <inttypes.h>

#include "output/wiki.h"
#include "tests/unit/http_fixture.h"

#define PASSWORD "0123456789abcdef0123456789abcdef"
#define TOKEN_HEX "77cebd7b00bd62d837a24d36c76343396b0225e9"
#define LOGIN_HEX "04f71a397f3ed9edeedc88b70f695d786b0225e5"

/* What a request must hold. */
#define A_READ "titles="
#define A_LOGIN_TOKEN "GET /w/api.php?action=query&meta=tokens&type=login&"
#define A_LOGIN "action=login&"
#define A_TOKEN "GET /w/api.php?action=query&meta=tokens&type=csrf&"
#define A_SAVE "action=edit&"

/* What is answered. */
#define LOGIN_TOKEN "{\"query\":{\"tokens\":{\"logintoken\":\"" LOGIN_HEX \
	"+\\\\\"}}}"
#define LOGGED_IN "{\"login\":{\"result\":\"Success\",\"lguserid\":3," \
	"\"lgusername\":\"Robot\"}}"
#define TOKEN "{\"query\":{\"tokens\":{\"csrftoken\":\"" TOKEN_HEX \
	"+\\\\\"}}}"
#define SAVED "{\"edit\":{\"result\":\"Success\",\"pageid\":2," \
	"\"title\":\"CA/X\",\"oldrevid\":7,\"newrevid\":8}}"
#define REVISION(text) "{\"revid\":7,\"parentid\":6,\"user\":\"Alice\"," \
	"\"timestamp\":\"2026-11-21T23:14:46Z\",\"slots\":{\"main\":{" \
	"\"contentmodel\":\"wikitext\",\"content\":\"" text "\"}}}"
#define PAGE(title, text) "{\"pageid\":2,\"ns\":0,\"title\":\"" title \
	"\",\"revisions\":[" REVISION(text) "]}"
#define PAGES(pages) "{\"batchcomplete\":true,\"curtimestamp\":" \
	"\"2026-11-21T23:15:00Z\",\"query\":{\"pages\":[" pages "]}}"
#define FAILED(code, text) "{\"errors\":[{\"code\":\"" code "\",\"text\":\"" \
	text "\",\"module\":\"edit\"}],\"docref\":\"See elsewhere\"}"

#define SESSION { A_LOGIN_TOKEN, LOGIN_TOKEN, NULL }, \
	{ A_LOGIN, LOGGED_IN, NULL }, { A_TOKEN, TOKEN, NULL }
/* How an answer begins that is not simply good JSON. */
#define HTML(status) "HTTP/1.1 " status "\r\nContent-Type: text/html\r\n"
#define LAGS HEAD "Retry-After: 5\r\nMediaWiki-API-Error: maxlag\r\n"

struct act {
	const char *holds;
	const char *body;	/* NULL: the connection is closed */
	const char *head;	/* without Content-Length; NULL: HEAD */
};

enum { MAX_ACTS = 24 };

struct play {
	struct fixture fx;	/* server, HTTP and its log */
	const struct act *acts;
	size_t len, at;
	char wrong[512];	/* what came out of turn */
	char *texts[MAX_ACTS];
	struct raw_step steps[2];
	struct wiki_config config;
	struct wiki *wiki;
	struct wiki_page page;
	char said[4096];
};

static inline const struct raw_step *
play_choose(void *arg, const char *request)
{
	struct play *play = arg;
	const struct act *act = &play->acts[play->at];
	const size_t size = 4096 + (play->at < play->len &&
	    act->body != NULL ? strlen(act->body) : 0);

	if (play->at == play->len || play->at == MAX_ACTS ||
	    strstr(request, act->holds) == NULL) {
		snprintf(play->wrong, sizeof(play->wrong), "%zu: %.400s",
		    play->at, request);
		return NULL;
	}
	if (act->body == NULL) {
		play->at++;
		return NULL;
	}
	play->texts[play->at] = malloc(size);
	if (play->texts[play->at] == NULL)
		return NULL;
	snprintf(play->texts[play->at], size,
	    "%sContent-Length: %zu\r\n\r\n%s",
	    act->head != NULL ? act->head : HEAD, strlen(act->body),
	    act->body);
	play->steps[0] = (struct raw_step){ RAW_SEND, play->texts[play->at],
	    0, 0 };
	play->steps[1] = (struct raw_step){ RAW_KEEP, NULL, 0, 0 };
	play->at++;
	return play->steps;
}

static inline void
play_say(void *arg, const char *line)
{
	struct play *play = arg;
	const size_t len = strlen(play->said);

	snprintf(play->said + len, sizeof(play->said) - len, "%s\n", line);
}

/* The configuration may be changed before play_open. */
static inline void
play_begin(struct play *play, const struct act *acts, size_t len)
{
	struct fixture *fx = &play->fx;

	memset(play, 0, sizeof(*play));
	play->acts = acts;
	play->len = len;
	fx->server = rawserver_chosen(play_choose, play);
	assert_non_null(fx->server);
	snprintf(fx->base, sizeof(fx->base), "http://127.0.0.1:%d/w",
	    rawserver_port(fx->server));
	fx->config.base = fx->base;
	fx->config.agent = "tester/1.0";
	fx->config.cookies = true;
	fx->config.header = WIKI_ERROR_HEADER;
	fx->config.jobs = 1;
	fx->config.total_seconds = 20;
	fx->config.max_bytes = WIKI_MAX_ANSWER;
	fx->config.log = fixture_log;
	fx->config.log_arg = fx;
	play->config = (struct wiki_config){
		.path = "/api.php",
		.name = "https://wiki.example/w/api.php",
		.user = "Robot@publish",
		.password = "lgpassword=" PASSWORD,
		.retries = 3,
		.second_ms = 1,
		.random = 5,
		.say = play_say,
		.say_arg = play
	};
	wiki_page_init(&play->page);
}

static inline void
play_open(struct play *play)
{
	fixture_open(&play->fx);
	play->config.http = play->fx.http;
	assert_null(wiki_new(&play->wiki, &play->config));
}

#define PLAY(play, acts) do { \
	play_begin(play, acts, COUNT(acts)); \
	play_open(play); \
} while (0)

/* Nothing secret may be told, whatever happens. */
static inline void
assert_no_secret(const char *text)
{
	assert_null(strstr(text, PASSWORD));
	assert_null(strstr(text, TOKEN_HEX));
	assert_null(strstr(text, LOGIN_HEX));
}

/* Every act was played, and nothing else. */
static inline void
play_end(struct play *play)
{
	size_t i;

	assert_string_equal(play->wrong, "");
	assert_int_equal(play->at, play->len);
	assert_no_secret(play->said);
	assert_no_secret(play->fx.log);
	wiki_page_release(&play->page);
	wiki_free(play->wiki);
	fixture_end(&play->fx);
	for (i = 0; i < MAX_ACTS; i++)
		free(play->texts[i]);
}

static inline const struct err *
play_save(struct play *play, struct wiki_saved *out)
{
	const struct wiki_save save = {
		.title = "CA/X", .text = "a & b\n\xc3\xa9 |", .len = 10,
		.base = 7, .now = "2026-11-21T23:15:00Z",
		.summary = "new: 100 %"
	};

	return wiki_save(play->wiki, &save, out);
}

/* "NAME: WHAT: ...", of one line, without secrets. */
static inline void
assert_error(const struct err *err, enum err_kind kind, const char *part)
{
	static const char name[] = "https://wiki.example/w/api.php: ";

	assert_non_null(err);
	if (strstr(err->text, part) == NULL)
		print_message("lacks \"%s\": %s\n", part, err->text);
	assert_non_null(strstr(err->text, part));
	assert_int_equal(err->kind, kind);
	assert_memory_equal(err->text, name, sizeof(name) - 1);
	assert_true(times(err->text, ": ") >= 3);
	assert_null(strchr(err->text, '\n'));
	assert_no_secret(err->text);
}

#endif
