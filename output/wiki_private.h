/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * What the files of the wiki's client share.  Nobody else includes this, but
 * its own tests.
 *
 *	wiki.c		the session, and reading pages
 *	wiki_answer.c	what an answer says, as strings
 *	wiki_ask.c	one request, asked again as far as it helps
 *	wiki_error.c	what the wiki's error codes mean, and errors from them
 *	wiki_login.c	login and tokens
 *	wiki_page.c	a page from an answer
 *	wiki_save.c	saving
 */
#ifndef OUTPUT_WIKI_PRIVATE_H
#define OUTPUT_WIKI_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "output/wiki.h"

struct http_answer;

/* --- wiki_answer.c: JSON events to strings --- */

/* What an answer may say, wiki_answer.c names the places. */
enum wiki_said {
	SAID_CODE,		/* of the first error */
	SAID_WHY,
	SAID_READONLY,		/* its reason */
	SAID_MATCH,		/* first that a filter for links found */
	SAID_LOGIN,		/* result: "Success" */
	SAID_LOGIN_CODE,
	SAID_LOGIN_WHY,
	SAID_LOGIN_TOKEN,
	SAID_TOKEN,		/* for edits */
	SAID_OLD_LOGIN,		/* a warning: the account's main password */
	SAID_NOW,		/* the wiki's clock */
	SAID_ELSEWHERE,		/* the title is one of another wiki */
	SAID_NO_REVISION,	/* of that number */
	SAID_EDIT,		/* result: "Success" */
	SAID_EDIT_CODE,
	SAID_EDIT_WHY,
	SAID_CAPTCHA,		/* one is to be solved */
	SAID_SAME,		/* nothing changed */
	SAID_BEFORE,		/* revisions */
	SAID_AFTER,
	SAID__MAX
};

/* What it may say of a page ... */
enum page_said {
	PAGE_TITLE,
	PAGE_MISSING,
	PAGE_SPECIAL,
	PAGE_INVALID,		/* the title, and why */
	PAGE_INVALID_WHY,
	PAGE_REDIRECT,
	PAGE_REVISION,
	PAGE_EDITOR,
	PAGE_MODEL,
	PAGE_TEXT,
	PAGE__MAX
};

/* ... and of a title that it writes in another way. */
enum title_said {
	TITLE_FROM,
	TITLE_TO,
	TITLE__MAX
};

enum {
	ANSWER_PAGES = 2	/* a page and the stop page */
};

/* Strings are clean UTF-8, "true" for what is true, NULL for what is not
 * said. */
struct wiki_answer {
	struct arena arena;
	const char *said[SAID__MAX];
	size_t pages, titles;
	const char *page[ANSWER_PAGES][PAGE__MAX];
	const char *title[ANSWER_PAGES][TITLE__MAX];
	size_t repaired[ANSWER_PAGES];	/* characters of its text that had to
					 * become U+FFFD */
};
void wiki_answer_init(struct wiki_answer *answer);
void wiki_answer_release(struct wiki_answer *answer);
/* Read a whole answer; `name` is what errors call it.  ERR_SERVER: it is no
 * answer of an API, and then `answer` has what stands before the fault.
 * ERR_SYSTEM. */
const struct err *wiki_answer_read(struct wiki_answer *answer,
    const char *name, const char *data, size_t len);

/* --- wiki_page.c --- */

/*
 * The page of that title, or of that revision when `title` is NULL, from an
 * answer; a revision that is hidden is missing.  Errors begin with `name`
 * and `what`.  ERR_CONFIG: the title is none, or the text can't be kept as
 * it is; ERR_SERVER: the page is not in the answer, or not whole;
 * ERR_SYSTEM.
 */
const struct err *wiki_page_take(const struct wiki_answer *answer,
    const char *name, const char *what, const char *title, int64_t revision,
    struct wiki_page *out);

/* --- wiki_error.c --- */

/* What is to be done about an answer. */
enum wiki_act {
	ACT_GOOD,		/* nothing: it is what was asked for */
	ACT_STOP,		/* the same would happen again */
	ACT_AGAIN,		/* ask again after a random time */
	ACT_LAG,		/* after WIKI_LAG_SECONDS */
	ACT_RATE,		/* after WIKI_RATE_SECONDS */
	ACT_TOKEN,		/* with a new token */
	ACT_LOGIN,		/* when logged in anew */
	ACT_CONFLICT,		/* ends of a save, see wiki.h */
	ACT_GONE,
	ACT_UNSURE
};

/* A request, as far as errors tell it. */
struct wiki_call {
	const char *what;	/* "\"Main Page\" can't be read" */
	const char *path;	/* with its query, behind the API's */
	const char *form;	/* NULL: GET */
	const char *secret;	/* http.h, secret_query */
	enum wiki_said want;	/* in a good answer */
	bool save;		/* it must not happen twice */
};

struct wiki_turn {
	enum wiki_act act;
	const struct err *why;	/* NULL for ACT_GOOD */
};

struct wiki {
	struct wiki_config config;
	char *account;		/* "Name" of "Name@app"; NULL: none */
	char *password;		/* as it is typed */
	bool logged_in;
	int64_t pause_ms;	/* before the next request */
	char *login_token, *token;	/* NULL: none */
	uint64_t random;
};

/* The code of the error in an answer, or in its header; NULL: none.  `room`
 * may hold it. */
const char *wiki_code(const struct wiki_answer *answer, const char *header,
    char *room, size_t size);
/* What an error code asks for, with the error that is told when that does
 * not help. */
struct wiki_turn wiki_refused(const struct wiki *wiki,
    const struct wiki_call *call, const char *code,
    const struct wiki_answer *answer);
/* The same for an answer that did not come, and for one that is none. */
struct wiki_turn wiki_lost(const struct wiki *wiki,
    const struct wiki_call *call, const struct http_answer *got);
struct wiki_turn wiki_nonsense(const struct wiki *wiki,
    const struct wiki_call *call, const struct http_answer *got,
    const struct err *wrong);

/* --- wiki_ask.c --- */

/* Ask, wait and ask again: of the acts that wait none is left.  ERR_SYSTEM;
 * all else is in `out`. */
const struct err *wiki_ask(struct wiki *wiki, const struct wiki_call *call,
    struct wiki_answer *answer, struct wiki_turn *out);
/* Tell what happens. */
void wiki_say(const struct wiki *wiki, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* --- wiki_login.c --- */

/* Log in, whether that was done or not. */
const struct err *wiki_login(struct wiki *wiki);
/* Have an edit token: as far as needed log in and fetch one. */
const struct err *wiki_ready(struct wiki *wiki);
/* The token is stale. */
void wiki_forget_token(struct wiki *wiki);

/* --- wiki.c --- */

/* NULL, or ERR_CONFIG: MediaWiki has no such title, or it would be taken for
 * several. */
const struct err *wiki_check_title(const struct wiki *wiki,
    const char *title);

/* Of every request. */
#define WIKI_FORMAT "format=json&formatversion=2&errorformat=plaintext"

/* Limits */
enum { WIKI_MS = 1000 };	/* in a second */

enum {
	WIKI_MAX_SAID = 300,	/* bytes of the wiki's own words in an error */
	WIKI_MAX_CODE = 64,	/* and of its code */
	WIKI_MAX_TOKEN = 512,	/* bytes; they have 42 */
	/* A secret that is shorter is none, and hiding it would only make
	 * messages unreadable. */
	WIKI_MIN_SECRET = 6,
	/* Three bytes for each of a text, and all else. */
	WIKI_MAX_FORM = 3 * WIKI_MAX_TEXT + (64 << 10)
};

#endif
