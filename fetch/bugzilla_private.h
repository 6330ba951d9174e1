/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * What the files of the Bugzilla client share.  Nobody else includes this.
 *
 *	bugzilla.c		what is asked when: passes and their stages
 *	bugzilla_ask.c		requests, written and sent
 *	bugzilla_list.c		lists, and the bug that spoils one
 *	bugzilla_judge.c	whether an answer is taken, asked again, halved
 *	bugzilla_read.c		what an answer holds, before anything is kept
 *	bugzilla_server.c	which server it is
 *	bugzilla_take.c		what is done with good answers, and with bugs
 *				that can't be had
 */
#ifndef FETCH_BUGZILLA_PRIVATE_H
#define FETCH_BUGZILLA_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/diag.h"
#include "fetch/bugzilla.h"
#include "fetch/intake.h"
#include "fetch/store_pass.h"

struct err;
struct http_answer;

enum ask {
	ASK_WHOAMI,
	ASK_VERSION,
	ASK_LIST,
	ASK_ALL,		/* fields, comments and history by search */
	ASK_FIELDS,		/* fields by search */
	ASK_COMMENTS,
	ASK_HISTORY,
	ASK_CHECK,		/* where bugs are that were not listed */
	ASK__MAX
};

/* What each is. */
struct ask_row {
	const char *call;	/* its path, for messages */
	unsigned wants;		/* of bugs: asked for those that want these */
	unsigned not;		/* and none of these */
	enum intake_kind kind;	/* of a good answer */
	size_t page;		/* bugs at most; 0: it is about none */
};
const struct ask_row *ask_row(enum ask what);

/* A request on its way, for each attempt anew. */
struct asked {
	struct asked *next;	/* of all that are on their way */
	enum ask what;
	unsigned attempt;	/* requests made */
	int64_t waited_ms;	/* between them */
	int64_t after;		/* ASK_LIST: numbers behind this one ... */
	int limit;		/* ... and so many */
	size_t len;
	int64_t bugs[];		/* in order */
};

/* A bug as an answer tells it. */
struct seen {
	int64_t id;
	int64_t changed;	/* DATE_NONE: not told */
	uint32_t have;
	bool bad;		/* named, and can't be understood */
	bool ours;		/* it is in a component that is fetched */
};

struct bugzilla {
	const struct bugzilla_config *config;
	struct bugzilla_result *out;
	struct store *store;
	struct http *http;
	struct store_source source;
	struct buf components;		/* its lines */
	struct store_pass pass;
	int64_t clock;		/* the server's, before anything is listed;
				 * DATE_NONE: it was not asked yet */
	bool by_header;		/* the server knows the key's header */
	bool known;		/* and us by it */
	bool by_search;		/* and gives comments and history by search */
	bool listing;		/* a list is on its way */
	int limit;		/* bugs of a list that are asked for */
	size_t longest;		/* answer of a list with that limit */
	/* The search for a bug that spoils lists: those behind `low` are
	 * bad, those behind `high`, 0 when none is searched, are good; the
	 * next that is asked for is behind `next`. */
	struct spoilt {
		int64_t low, high, next;
	} spoilt;
	int64_t cursor[ASK__MAX];	/* numbers that were asked for */
	int64_t again[ASK__MAX];	/* of those that failed earlier */
	unsigned streak;	/* answers given up without a good one */
	uint64_t random;
	struct asked *asked;
	struct buf path;	/* of the request being written, or taken */
	struct seen *seen;	/* what the last answer holds; room for
				 * BUGZILLA_LIST_PAGE + 1 */
	size_t seen_len;
	size_t nameless;	/* entries in it without number */
	size_t bad;		/* parts of it that would be left out */
	bool unfit;		/* it can be read, but is not what was asked
				 * for ... */
	bool none;		/* ... since it holds no bug */
	int64_t *failed;	/* bugs that were named */
	size_t failed_len, failed_cap;
	char version[32];	/* ASK_VERSION: what it tells */
	uint64_t done, total;	/* bugs, for progress */
};

/* Ask about bugs, which are copied. */
const struct err *bugzilla_ask(struct bugzilla *run, enum ask what,
    const int64_t *bugs, size_t len);
/* The same request again, no earlier than that. */
const struct err *bugzilla_ask_again(struct bugzilla *run,
    struct asked *asked, int64_t wait_ms);
/* Write the request's path to run->path. */
const struct err *bugzilla_write_path(struct bugzilla *run,
    const struct asked *asked);
/* It is answered: forget it. */
void bugzilla_asked_free(struct bugzilla *run, struct asked *asked);

/*
 * Read an answer of bugs without keeping anything: run->seen and nameless.
 * *wrong is why it is not good, NULL when it is; *code the server's own for
 * an error that it reports.  ERR_SYSTEM.
 */
const struct err *bugzilla_read(struct bugzilla *run,
    const struct asked *asked, const struct http_answer *answer,
    const struct err **wrong, int *code);
/* Read it again, and put its bugs into the open page. */
const struct err *bugzilla_put(struct bugzilla *run,
    const struct asked *asked, const struct http_answer *answer);
/* The bug in run->seen; NULL: the answer does not hold it. */
const struct seen *bugzilla_seen(const struct bugzilla *run, int64_t bug);
/* An error about the answer to a request: "URL/CALL: ..." */
const struct err *bugzilla_wrong(const struct bugzilla *run,
    const struct asked *asked, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* The same for answers that hold no bugs: whoami, version, errors. */
const struct err *bugzilla_read_server(struct bugzilla *run,
    const struct asked *asked, const struct http_answer *answer,
    const struct err **wrong, int *code);

enum verdict {
	VERDICT_TAKE,
	VERDICT_AGAIN,		/* after `wait_ms` */
	VERDICT_HALVE,
	VERDICT_HIDDEN,		/* one bug: the server does not show it */
	VERDICT_FAILED,		/* one bug: it can't be had */
	VERDICT_STOP		/* the run can't go on */
};
struct judged {
	enum verdict verdict;
	int64_t wait_ms;
	const struct err *why;	/* NULL for VERDICT_TAKE */
};
/* Look at an answer, and decide.  ERR_SYSTEM. */
const struct err *bugzilla_judge(struct bugzilla *run,
    const struct asked *asked, const struct http_answer *answer,
    struct judged *out);

/* Do what the verdict, which is not to ask again or to stop, says. */
const struct err *bugzilla_take(struct bugzilla *run,
    const struct asked *asked, const struct http_answer *answer,
    const struct judged *judged);
/* The same for a list. */
const struct err *bugzilla_take_list(struct bugzilla *run,
    const struct asked *asked, const struct judged *judged);
/* Lists from here on are of full length. */
void bugzilla_begin_lists(struct bugzilla *run);
/* The bug can't be had: name it, once. */
const struct err *bugzilla_failed(struct bugzilla *run, int64_t bug,
    const struct err *why);
/* Begin a page named after the request, whose secrets are not in the path;
 * commit what went well, and only that: returns `err`, or its own. */
const struct err *bugzilla_page_begin(struct bugzilla *run,
    const struct asked *asked);
const struct err *bugzilla_page_end(struct bugzilla *run,
    enum intake_kind kind, const struct err *err);
/* End the pass, as store_pass_settle. */
const struct err *bugzilla_settle(struct bugzilla *run, bool good);

/* Bugzilla's own codes, of its Bugzilla/WebService/Constants.pm. */
enum {
	CODE_BUG_UNKNOWN = 101,
	CODE_BUG_HIDDEN = 102,
	CODE_LOGIN_FIRST = 300,		/* wrong, revoked, disabled ... */
	CODE_LOGIN_LAST = 306,
	CODE_LOGIN_WANTED = 410,
	CODE_SEARCH_TOO_LONG = 1001,
	CODE_NO_SUCH_CALL = 32614,
	CODE_INTERNAL = 100500
};

/* Limits */
enum {
	BUGZILLA_MAX_COMPONENTS = 64 << 10,	/* bytes of their names */
	BUGZILLA_MAX_SAID = 300		/* bytes of a server's message */
};

#endif
