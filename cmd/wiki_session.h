/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The way to a wiki: settings, the account's secret, HTTP, and the lock that
 * keeps two runs of ours apart.
 */
#ifndef CMD_WIKI_SESSION_H
#define CMD_WIKI_SESSION_H

#include <stdbool.h>

struct err;
struct session;
struct wiki;

/* A wiki as a plan or the options name it; a NULL is taken from the
 * settings. */
struct wiki_place {
	const char *api;	/* "https://wiki.example/api.php" */
	const char *user;	/* "Name@app" */
	const char *password_file, *password_command;
	const char *credential;	/* name in $CREDENTIALS_DIRECTORY; NULL:
				 * "mediawiki-password" */
	const char *stop_page;
	bool human;		/* assert=user */
	bool writes;		/* no use without an account */
};

struct wiki_session;

/*
 * Ready to read and, where there is an account with its password, to save;
 * the caller frees.  Nothing is asked of the wiki yet.  The secret is found
 * as secret_read does it; the session, whose settings may change, and what
 * `place` names outlive the result.  ERR_CONFIG: no API is named, its URL is none, a secret can't be
 * had, or a place that is written to has no account.
 */
const struct err *wiki_session_new(struct wiki_session **out,
    struct session *session, const struct wiki_place *place);
void wiki_session_free(struct wiki_session *wiki);
struct wiki *wiki_session_wiki(const struct wiki_session *wiki);
/* Is there an account with its password? */
bool wiki_session_may_save(const struct wiki_session *wiki);

/* Limits */
enum {
	WIKI_SESSION_SECONDS = 300,	/* for one answer; MediaWiki gives up
					 * after 120 at work */
	WIKI_SESSION_STALL = 150,	/* so long it may be silent */
	WIKI_SESSION_RETRIES = 4
};

/* Keep other runs of publish and refresh that have the same store away until
 * this process ends.  ERR_LOCK, at once: another is at work. */
const struct err *run_lock(const struct session *session);

#endif
