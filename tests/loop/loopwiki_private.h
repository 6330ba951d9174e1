/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* What the files of the loopback MediaWiki share. */
#ifndef TESTS_LOOPWIKI_PRIVATE_H
#define TESTS_LOOPWIKI_PRIVATE_H

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "tests/loop/loop_http.h"
#include "tests/loop/loop_rule.h"
#include "tests/loop/loopwiki.h"
#include "tests/loop/slice.h"

/* --- pages --- */

struct lw_revision {
	int64_t id, parent;
	int64_t time;
	char *user, *summary, *text;
	size_t len;		/* of the text */
	bool minor;
	size_t page;		/* in the list of pages */
};

struct lw_page {
	int64_t id;
	char *title;
	char model[32];
	bool deleted;		/* or moved away, without a redirect */
	bool guarded;		/* no bot may edit it */
	size_t last;		/* in the list of revisions */
};

/* A namespace that a title begins with, "" for the first. */
struct lw_title {
	char text[LOOPWIKI_MAX_TITLE + 1];	/* normal form */
	int space;
	const char *wrong;	/* NULL: a good title; or the code of why */
};

/* --- who asks --- */

enum lw_right {
	RIGHT_EDIT = 1,
	RIGHT_BOT = 2
};

struct lw_account {
	const char *name;
	int64_t id;
	const char *app;	/* of a bot password; NULL: the main one */
	const char *password;
	unsigned rights;
};

struct lw_session {
	char id[33];
	char login[43], csrf[43];	/* tokens */
	const struct lw_account *account;	/* NULL: not logged in */
	bool lost;
};

/* --- what is to happen at the next edits of a page --- */

enum lw_when {
	WHEN_NOW,
	WHEN_BEFORE,		/* just before the next edit is saved */
	WHEN_AFTER		/* just after it */
};

/* An edit of somebody else. */
struct lw_hook {
	enum lw_when when;
	const char *title, *user, *summary;
	/* The new text; or, with `find`, what takes its place. */
	const char *find, *text;
};

enum lw_call {
	LW_OTHER,
	LW_READ,		/* pages */
	LW_TOKENS,		/* and nothing else */
	LW_USERINFO,
	LW_LOGIN,
	LW_EDIT,
	LW__MAX
};

struct loopwiki {
	struct loopwiki_config config;
	struct loop_host host;	/* its lock is that of all below */
	struct lw_page *pages;
	size_t page_len, page_cap;
	struct lw_revision *revisions;
	size_t revision_len, revision_cap;
	int64_t next_page, next_revision;
	struct lw_session *sessions;
	size_t session_len;
	struct lw_hook hooks[LOOPWIKI_MAX_HOOKS];
	size_t hook_len;
	struct arena room;	/* of the hooks' texts, until the end */
	struct loop_rule rules[LOOPWIKI_MAX_FAULTS];
	size_t rule_len;
	uint64_t requests;
	uint64_t called[LW__MAX];
	uint64_t random;
	FILE *keep;
};

/* --- a request, and the answer that is being made --- */

struct lw_arg {
	const char *name, *value;
	size_t len;		/* of the value */
	bool posted;
};

struct lw_request {
	struct loopwiki *wiki;
	const char *path;	/* decoded, without the query */
	bool post;
	struct lw_arg args[LOOPWIKI_MAX_ARGS];
	size_t arg_len;
	enum lw_call call;
	struct lw_session *session;	/* NULL: none, or a lost one */
	const struct lw_account *account;	/* NULL: anonymous */
	uint64_t number;
	const char *fault;	/* name of the one it met */
	const char *value;	/* and its value, "" */
	bool other_title;	/* faults of what follows */

	int status;
	const char *type;
	char code[128];		/* MediaWiki-API-Error, "" */
	char cookie[96];	/* Set-Cookie, "" */
	unsigned retry_after;	/* 0: none */
	double lag;		/* X-Database-Lag, 0: none */
	enum loop_way way;
	unsigned sleep_ms;
	struct buf body;
};

/* loopwiki.c */
int64_t lw_now(const struct loopwiki *wiki);

/* loopwiki_form.c */
void lw_form_read(struct lw_request *request, char *form, bool posted);
/* NULL when it did not come. */
const char *lw_arg(const struct lw_request *request, const char *name);
const struct lw_arg *lw_arg_whole(const struct lw_request *request,
    const char *name);
/* Is a flag set: did it come, whatever its value? */
bool lw_flag(const struct lw_request *request, const char *name);
/* Is `name` one of the values of "A|B|C"?  Without the parameter: of
 * `otherwise`. */
bool lw_among(const struct lw_request *request, const char *arg,
    const char *name, const char *otherwise);

/* loopwiki_title.c */
void lw_title_read(struct lw_title *out, const char *text, size_t len);

/* loopwiki_pages.c */
struct lw_page *lw_page_find(struct loopwiki *wiki, const char *title);
struct lw_page *lw_page_by_revision(struct loopwiki *wiki, int64_t id);
struct lw_revision *lw_revision_find(struct loopwiki *wiki, int64_t id);
const struct lw_revision *lw_last(const struct loopwiki *wiki,
    const struct lw_page *page);
/* Save a new revision, of a new page where there was none; the text without
 * its last line ends. */
const struct lw_revision *lw_save(struct loopwiki *wiki, const char *title,
    const char *user, const char *summary, const char *text, size_t len,
    bool minor);
bool lw_delete(struct loopwiki *wiki, const char *title);
bool lw_move(struct loopwiki *wiki, const char *title, const char *to,
    const char *user);
bool lw_guard(struct loopwiki *wiki, const char *title, bool guarded);
bool lw_model(struct loopwiki *wiki, const char *title, const char *model);
/* Where a redirect leads; false for other texts. */
bool lw_redirect(const struct lw_revision *revision, struct lw_title *to);
/* How long a text is without what a wiki doesn't keep at its end. */
size_t lw_kept_len(const char *text, size_t len);
void lw_pages_free(struct loopwiki *wiki);

/* loopwiki_keep.c: the file that keeps the pages, a line each change */
bool lw_keep_open(struct loopwiki *wiki);
void lw_keep_revision(struct loopwiki *wiki, const char *title,
    const struct lw_revision *revision);
void lw_keep_change(struct loopwiki *wiki, const char *what,
    const char *title, const char *value);

/* loopwiki_merge.c: what diff3 makes of two texts that came of one; false
 * when both changed the same lines or lines that touch. */
bool lw_merge(const char *base, size_t base_len, const char *mine,
    size_t mine_len, const char *theirs, size_t theirs_len,
    struct buf *out);

/* loopwiki_login.c */
void lw_session_find(struct lw_request *request, const char *cookies);
void lw_sessions_lose(struct loopwiki *wiki);
bool lw_may(const struct lw_request *request, enum lw_right right);
/* What edits are saved under. */
const char *lw_user(const struct lw_request *request);
bool lw_token_good(const struct lw_request *request, const char *token);
void lw_write_tokens(struct lw_request *request);
void lw_login(struct lw_request *request);

/* loopwiki_query.c */
void lw_query(struct lw_request *request);

/* loopwiki_edit.c */
void lw_edit(struct lw_request *request);

/* loopwiki_api.c */
/* Answer an error in the form that was asked for; `module` "main", "edit". */
void lw_error(struct lw_request *request, const char *code,
    const char *module, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The same with a member "data", which is JSON. */
void lw_error_data(struct lw_request *request, const char *code,
    const char *module, const char *text, const char *data);
void lw_html(struct lw_request *request, int status, const char *title);
/* The number of a parameter; false: an error was answered. */
bool lw_number(struct lw_request *request, const char *name,
    int64_t *number);
void lw_dispatch(struct lw_request *request);

/* loopwiki_fault.c */
bool lw_fault_add(struct loopwiki *wiki, const char *rule);
bool lw_fault_before(struct lw_request *request);
void lw_fault_after(struct lw_request *request);

/* loopwiki_hook.c: edits of others */
/* Do it at once.  false: no such page or piece, or no title. */
bool lw_hook_do(struct loopwiki *wiki, const struct lw_hook *hook);
/* The first one that waits for this. */
void lw_hook_run(struct loopwiki *wiki, const char *title,
    enum lw_when when);
bool lw_hook_add(struct loopwiki *wiki, const struct lw_hook *hook);

/* loopwiki_steer.c */
void lw_steer(struct lw_request *request);

#endif
