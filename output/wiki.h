/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A session with a MediaWiki's API (1.35 and later, seen with 1.39): pages
 * are read and saved, one request after another.  It knows the protocol and
 * its traps; what is written where, and whether it may be, is publish.h's.
 *
 * Errors of a wiki come with status 200: `errors` in the body and the header
 * MediaWiki-API-Error are both looked at, an answer that has neither what
 * was asked for nor an error is one too.
 *
 * Nobody logs in before something is to be saved, or before reading is
 * refused to strangers.  Every save says who we are (assertuser) and that we
 * are logged in (assert), since a lost session would else save under our
 * address.  A lost session is renewed once, a stale token fetched anew once.
 * A wiki that lags, limits the rate or fails is waited for and asked again,
 * within limits.
 */
#ifndef OUTPUT_WIKI_H
#define OUTPUT_WIKI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct err;
struct http;
struct wiki;

struct wiki_config {
	/* Its base is the folder of api.php; it keeps cookies, hands out the
	 * header WIKI_ERROR_HEADER, and is the caller's. */
	struct http *http;
	const char *path;	/* of the API behind that base: "/api.php" */
	const char *name;	/* what errors call the wiki: its API's URL */
	const char *user;	/* of a bot password: "Name@app"; NULL: there is
				 * no account, so nothing can be saved */
	const char *password;	/* "lgpassword=..." urlencoded, secret; NULL as
				 * `user` */
	bool human;		/* assert=user: the account is no bot's */
	const char *stop_page;	/* its text must be "run"; NULL: none */
	unsigned retries;	/* further attempts of a request */
	int64_t second_ms;	/* how long a second of waiting is: 1000, less
				 * in tests */
	uint64_t random;	/* for the jitter of waits */
	/* What happens, a line: "login renewed".  NULL: not wanted. */
	void (*say)(void *arg, const char *line);
	void *say_arg;
};

/* The caller frees.  The strings of `config` are the caller's and outlive
 * it.  ERR_USAGE for a user without a password, ERR_SYSTEM. */
const struct err *wiki_new(struct wiki **out,
    const struct wiki_config *config);
void wiki_free(struct wiki *wiki);
/* The account's name, "Name" of "Name@app"; NULL: there is none. */
const char *wiki_account(const struct wiki *wiki);

struct wiki_page {
	bool missing;
	bool redirect;		/* it was moved, or leads elsewhere */
	bool stopped;		/* a stop page is named, and doesn't say "run" */
	int64_t revision;	/* 0: none */
	char model[64];		/* "wikitext" */
	char now[32];		/* its clock when it was read */
	char editor[256];	/* who saved that revision; "" when hidden */
	struct buf text;
};
void wiki_page_init(struct wiki_page *page);
void wiki_page_release(struct wiki_page *page);

/*
 * Read the newest revision of a page, and the stop page in the same request.
 * A page that is missing is no error.  `out` was initialised.  ERR_CONFIG:
 * the title is none, the text holds control characters, which would be lost,
 * the account or its password is refused; ERR_NETWORK: no way to the wiki;
 * ERR_SERVER: it refused, or answered nonsense.  The texts of errors begin
 * with the wiki's name and say what to do.
 */
const struct err *wiki_read(struct wiki *wiki, const char *title,
    struct wiki_page *out);
/* The text of one revision; `missing` when it can't be seen. */
const struct err *wiki_read_revision(struct wiki *wiki, int64_t revision,
    struct wiki_page *out);

struct wiki_save {
	const char *title;
	const char *text;	/* of the whole page, NFC (text.h) */
	size_t len;
	int64_t base;		/* revision that the text was made from */
	const char *now;	/* as wiki_read gave it */
	const char *summary;	/* at most WIKI_MAX_SUMMARY characters */
	bool minor;
};

enum wiki_end {
	WIKI_SAVED,
	WIKI_SAME,		/* nothing changed: no revision was made */
	WIKI_CONFLICT,		/* somebody changed the same lines since */
	WIKI_GONE,		/* the page is no longer there */
	WIKI_UNSURE		/* the answer was lost, or the wiki failed while
				 * saving: read the page again to know */
};

struct wiki_saved {
	enum wiki_end end;
	int64_t before;		/* WIKI_SAVED: the revision it replaced */
	int64_t revision;	/* and the new one */
	char why[256];		/* WIKI_UNSURE: what was lost */
};

/*
 * Save a page that exists (nocreate), on `base`, with its MD5; logs in where
 * that was not done.  `before` other than `base` tells that somebody saved
 * in between: the wiki merged other lines without a word, and may have
 * overwritten what the same account had saved.  Errors as wiki_read;
 * ERR_CONFIG also for an account without the rights, ERR_SERVER for a page
 * that is protected, a forbidden link, a wiki that may only be read, a text
 * too long, and for lag, failure and limits that did not end.
 */
const struct err *wiki_save(struct wiki *wiki, const struct wiki_save *save,
    struct wiki_saved *out);

/* Limits */
#define WIKI_ERROR_HEADER "MediaWiki-API-Error"
enum {
	WIKI_MAX_ANSWER = 16 << 20,	/* a page has 2 MiB, in \u escapes 12 */
	WIKI_MAX_TEXT = 2 << 20,	/* of a page: $wgMaxArticleSize */
	WIKI_MAX_TITLE = 255,		/* bytes, MediaWiki's own */
	WIKI_MAX_SUMMARY = 500,		/* characters; more is cut off without
					 * a word */
	WIKI_MAX_LAG = 5,		/* seconds, as the wikis ask bots */
	WIKI_LAG_SECONDS = 5,		/* to wait where it doesn't say */
	WIKI_UNSURE_SECONDS = 2,	/* before what became of it is looked at */
	WIKI_RATE_SECONDS = 30		/* at first; the limits are a minute's */
};

#endif
