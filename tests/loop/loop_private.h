/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* What the files of the loopback Bugzilla share. */
#ifndef TESTS_LOOP_PRIVATE_H
#define TESTS_LOOP_PRIVATE_H

#include "base/buf.h"
#include "base/date.h"
#include "tests/loop/loop_http.h"
#include "tests/loop/loop_rule.h"
#include "tests/loop/loopzilla.h"
#include "tests/loop/slice.h"

/* --- what is known of a bug --- */

struct loop_member {
	struct slice key, value;	/* as all has happened */
};

struct loop_edit {
	int64_t time;
	struct slice text;		/* a JSON string */
	struct loop_edit *next;		/* a later one */
};

struct loop_comment {
	struct slice raw;
	int64_t id, number, time;
	bool is_private;
	struct loop_edit *edits;
};

/* One moment of the history. */
struct loop_entry {
	struct slice raw;
	int64_t time;
};

/* From `time` on the bug is restricted, or no longer. */
struct loop_mark {
	int64_t time;
	bool restricted;
};

enum loop_poison {
	POISON_NONE,
	POISON_LIST,
	POISON_TEXT,
	POISON_ERROR
};

struct loop_bug {
	int64_t id;
	int64_t created;
	bool known;		/* its fields came */
	bool shut;
	enum loop_poison poison;
	struct loop_member *members;
	size_t member_len, member_cap;
	struct loop_comment *comments;
	size_t comment_len, comment_cap;
	struct loop_entry *entries;
	size_t entry_len, entry_cap;
	struct loop_mark *marks;
	size_t mark_len, mark_cap;
};

/* --- the server --- */

enum loop_call {
	CALL_OTHER,
	CALL_VERSION,
	CALL_WHOAMI,
	CALL_LOGIN,
	CALL_SEARCH,
	CALL_BUG,
	CALL_COMMENT,
	CALL_HISTORY,
	CALL__MAX
};

struct loopzilla {
	struct loopzilla_config config;
	struct loop_host host;
	struct loop_bug *bugs;	/* by id */
	size_t bug_len, bug_cap;
	char **texts;		/* what the slices stand in */
	size_t text_len, text_cap;
	struct loop_rule rules[LOOP_MAX_FAULTS];
	size_t rule_len;
	uint64_t requests;
	uint64_t called[CALL__MAX];
	uint64_t random;
	/* The rate limit: calls since `since`, by kind; wrong keys too. */
	int64_t since, blocked_until;	/* monotonic milliseconds */
	unsigned limited[CALL__MAX];
};

enum loop_key {
	KEY_NONE,
	KEY_PLAIN,		/* known, no rights */
	KEY_FULL,
	KEY_WRONG
};

struct loop_arg {
	const char *name, *value;
};

/* A request, and the answer that is being made. */
struct loop_request {
	struct loopzilla *server;
	const char *path;	/* decoded, without the query */
	const char *target;	/* as it came */
	bool get;
	bool html;		/* Accept names it */
	const char *header_key;
	struct loop_arg args[LOOP_MAX_ARGS];
	size_t arg_len;
	enum loop_call call;
	enum loop_key key;
	int64_t at;		/* the time of the state that is told */
	uint64_t number;
	const char *fault;	/* name of the one it met */
	bool twice, disorder;	/* faults of a search */
	bool died;		/* of a poisoned bug: 100500 */

	int status;
	const char *type;	/* media type */
	char location[512];	/* of a redirect */
	bool retry_after;
	enum loop_way way;
	unsigned sleep_ms;
	struct buf body;
};

/* loop_data.c */
bool loop_load_folder(struct loopzilla *server, const char *folder);
/* Merge an answer; the server takes the bytes, which mem_free frees. */
void loop_load(struct loopzilla *server, char *text, size_t len);
struct loop_bug *loop_find(const struct loopzilla *server, int64_t id);
/* Keep a text for as long as the server lives. */
struct slice loop_keep(struct loopzilla *server, struct buf *text);
void loop_add_entry(struct loop_bug *bug, struct slice raw, int64_t time);
void loop_add_comment(struct loop_bug *bug, struct slice raw);
void loop_set_member(struct loop_bug *bug, struct slice key,
    struct slice value);
void loop_data_free(struct loopzilla *server);

/* loop_made.c */
void loop_invent(struct loopzilla *server);

/* loop_state.c: a bug as it stood at a time */
bool loop_exists(const struct loop_bug *bug, int64_t at);
bool loop_restricted(const struct loop_bug *bug, int64_t at);
bool loop_may_see(const struct loop_request *request,
    const struct loop_bug *bug);
int64_t loop_changed(const struct loop_bug *bug, int64_t at);
/* Append the value of a member as JSON; nothing when it has none. */
void loop_value(struct buf *out, const struct loop_bug *bug,
    const char *name, int64_t at);

/* loop_fields.c */
struct loop_fields {
	struct slice include[128], exclude[128];
	size_t include_len, exclude_len;
};
void loop_fields_read(struct loop_fields *fields,
    const struct loop_request *request);
/* `group` "default", "extra", "custom"; `prefix` "" or what it is part of. */
bool loop_wants(const struct loop_fields *fields, const char *prefix,
    struct slice name, const char *group);

/* loop_write.c: a bug, comments, history as JSON */
void loop_write_bug(struct loop_request *request,
    const struct loop_fields *fields, const struct loop_bug *bug);
/* `since`: newer ones alone, or DATE_NONE. */
void loop_write_comments(struct loop_request *request,
    const struct loop_fields *fields, const char *prefix,
    const struct loop_bug *bug, int64_t since);
void loop_write_history(struct loop_request *request,
    const struct loop_bug *bug, int64_t since);

/* loop_charts.c */
const char *loop_arg(const struct loop_request *request, const char *name);
/* A date in a parameter.  false: an error was answered. */
bool loop_date(struct loop_request *request, const char *text,
    int64_t *time);
/* Does the bug pass f1/o1/v1 and those behind it?  `check` alone: are they
 * understood; false then means that an error was answered. */
bool loop_charts_check(struct loop_request *request);
bool loop_charts_pass(const struct loop_request *request,
    const struct loop_bug *bug);

/* loop_search.c */
void loop_search(struct loop_request *request);

/* loop_calls.c */
void loop_error(struct loop_request *request, int status, int code,
    const char *format, ...) __attribute__((format(printf, 4, 5)));
void loop_page(struct loop_request *request, int status, const char *title);
void loop_dispatch(struct loop_request *request);

/* loop_fault.c */
bool loop_fault_add(struct loopzilla *server, const char *rule);
/* The fault that this request meets: before there is an answer (true: it
 * made one), and on the answer. */
bool loop_fault_before(struct loop_request *request);
void loop_fault_after(struct loop_request *request);
/* The rate limit and its block; true: it answered. */
bool loop_limit(struct loop_request *request);

/* loop_events.c */
bool loop_event(struct loopzilla *server, const char *event);

#endif
