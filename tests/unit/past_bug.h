/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A bug that lives: it is changed at random, each change is logged as a
 * Bugzilla logs it, and what it looks like is recorded every day.
 */
#ifndef TESTS_PAST_BUG_H
#define TESTS_PAST_BUG_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "classify/splitmix.h"
#include "fetch/bug.h"

enum {
	PAST_DAYS = 160,
	PAST_TEXT = 8192,	/* bytes of a field */
	PAST_FIRST_DAY = 19000
};

/* Which Bugzilla. */
struct past_server {
	bool resolved;		/* it has cf_last_resolved */
	bool aliases;		/* several a bug */
	bool joins;		/* parts are put together in the answer */
	size_t line;		/* characters of a part */
};

struct past_state {
	char text[BUG_TEXT__MAX][PAST_TEXT];
	int64_t num[BUG_NUM__MAX];
	size_t comment_len;
	size_t change_len;
	int64_t last_comment;
	bool filed;
};

struct past_bug {
	struct past_server server;
	uint64_t random;		/* what splitmix_next is at */
	struct past_state now;
	struct past_state days[PAST_DAYS];	/* at the end of each */
	struct bug bug;		/* as it is told in the end */
	int64_t time;
	const char *who;
};

static inline size_t
past_below(struct past_bug *past, size_t below)
{
	return (size_t)(splitmix_next(&past->random) % below);
}

/* The bytes of the first `count` characters, or of all. */
static inline size_t
past_chars(const char *text, size_t count)
{
	size_t len = strlen(text), at = 0;
	uint32_t codepoint;

	while (count-- > 0 && at < len)
		at += text_decode(text + at, len - at, &codepoint);
	return at;
}

static inline size_t
past_last(const char *text, size_t len, char c)
{
	size_t i;

	for (i = len + 1; i-- > 1;)
		if (text[i] == c)
			return i;
	return 0;
}

/* Where a Bugzilla cuts: before a comma, else before a blank, else behind
 * a hyphen, else in the middle. */
static inline size_t
past_cut(const char *text, size_t line)
{
	size_t len = past_chars(text, line), at;

	if (text[len] == '\0')
		return len;
	at = past_last(text, len, ',');
	if (at == 0)
		at = past_last(text, len, ' ');
	if (at == 0) {
		at = past_last(text, len, '-');
		at = at > 0 ? at + 1 : len;
	}
	return at;
}

/* What GetBugActivity does with the parts of a value. */
static inline const char *
past_join(struct past_bug *past, const char *before, const char *part)
{
	char room[PAST_TEXT];
	int len;

	len = snprintf(room, sizeof(room), "%s%s%s", before,
	    before[0] == '\0' || part[0] == ',' || part[0] == ' ' ? "" : " ",
	    part);
	return arena_copy(&past->bug.arena, room, (size_t)len);
}

static inline void
past_log(struct past_bug *past, const char *field, const char *removed,
    const char *added)
{
	size_t line = past->server.line, cut_removed, cut_added;
	struct arena *arena = &past->bug.arena;
	struct change *change = NULL;

	if (removed[0] != '\0' || added[0] != '\0')
		past->now.num[BUG_CHANGED] = past->time;
	while (removed[0] != '\0' || added[0] != '\0') {
		cut_removed = past_cut(removed, line);
		cut_added = past_cut(added, line);
		if (change == NULL || !past->server.joins) {
			change = bug_add_change(&past->bug);
			change->time = past->time;
			change->who = past->who;
			change->field = field;
			change->removed = arena_copy(arena, removed,
			    cut_removed);
			change->added = arena_copy(arena, added, cut_added);
			past->now.change_len++;
		} else {
			change->removed = past_join(past, change->removed,
			    arena_copy(arena, removed, cut_removed));
			change->added = past_join(past, change->added,
			    arena_copy(arena, added, cut_added));
		}
		removed += cut_removed;
		added += cut_added;
	}
}

static inline void
past_set(struct past_bug *past, enum bug_text field, const char *value)
{
	char *was = past->now.text[field];

	if (strcmp(was, value) == 0)
		return;
	past_log(past, bug_text_names(field)->rest, was, value);
	snprintf(was, PAST_TEXT, "%s", value);
}

static inline void
past_set_dupe(struct past_bug *past, int64_t dupe)
{
	int64_t *was = &past->now.num[BUG_DUPE_OF];
	char removed[32] = "", added[32] = "";

	if (*was == dupe)
		return;
	if (*was > 0)
		snprintf(removed, sizeof(removed), "%lld", (long long)*was);
	if (dupe > 0)
		snprintf(added, sizeof(added), "%lld", (long long)dupe);
	past_log(past, "dupe_of", removed, added);
	*was = dupe;
}

static inline void
past_set_resolved(struct past_bug *past)
{
	int64_t *was = &past->now.num[BUG_LAST_RESOLVED];
	char removed[DATE_SIZE], added[DATE_SIZE];

	if (!past->server.resolved)
		return;
	past_log(past, "cf_last_resolved", date_format_time(*was, removed),
	    date_format_time(past->time, added));
	*was = past->time;
}

/* From open to closed, to another closed one, or back. */
static inline void
past_move_status(struct past_bug *past)
{
	static const char *const open[] = { "UNCONFIRMED", "NEW", "ASSIGNED",
	    "REOPENED" };
	static const char *const why[] = { "FIXED", "INVALID", "DUPLICATE",
	    "WONTFIX" };
	bool closed = bug_status_closed(past->now.text[BUG_STATUS]);
	const char *resolution = "";

	if (closed && past_below(past, 3) == 0) {
		past_set(past, BUG_STATUS, "VERIFIED");
		return;
	}
	if (closed || past_below(past, 2) == 0) {
		past_set(past, BUG_STATUS, open[past_below(past, 4)]);
	} else {
		past_set(past, BUG_STATUS, "RESOLVED");
		past_set_resolved(past);
		resolution = why[past_below(past, 4)];
	}
	past_set(past, BUG_RESOLUTION, resolution);
	past_set_dupe(past, strcmp(resolution, "DUPLICATE") == 0 ?
	    1000000 + (int64_t)past_below(past, 9) : -1);
}

/* Any length, often one at which parts begin; words of one kind, so that
 * they are cut at all places. */
static inline void
past_long_text(struct past_bug *past, char out[PAST_TEXT])
{
	static const char *const words[] = { "[ca-compliance] ",
	    "crl-failure,", "ev-misissuance-", "\xc3\xa9t\xc3\xa9",
	    "\xe2\x82\xac", "\xf0\x9f\x94\x92", "x", "Next update 2024-05-20 "
	};
	static const size_t lengths[] = { 0, 1, 253, 254, 255, 256, 508, 509,
	    510, 511, 765, 1200 };
	size_t first = past_below(past, 8), spread = 1 + past_below(past, 3);
	size_t wanted = lengths[past_below(past, 12)], len = 0, end;
	const char *word;

	if (past_below(past, 4) == 0)
		wanted = past_below(past, 700);
	out[0] = '\0';
	while (past_chars(out, wanted) == len) {
		word = words[(first + past_below(past, spread)) % 8];
		len += (size_t)snprintf(out + len, PAST_TEXT - len, "%s%zu",
		    word, past_below(past, 4));
	}
	end = past_chars(out, wanted);
	/* What is typed is trimmed. */
	while (end > 0 && out[end - 1] == ' ')
		end--;
	out[end] = '\0';
}

/* One of the values comes or goes; both are logged by name. */
static inline void
past_turn(struct past_bug *past, enum bug_text field,
    const char *const *values, size_t len)
{
	char list[PAST_TEXT] = "", added[PAST_TEXT] = "", removed[PAST_TEXT];
	char *was = past->now.text[field];
	bool has, flip;
	size_t i;

	removed[0] = '\0';
	for (i = 0; i < len; i++) {
		has = strstr(was, values[i]) != NULL;
		flip = past_below(past, 3) == 0;
		if (has != flip)
			snprintf(list + strlen(list), sizeof(list) -
			    strlen(list), "%s%s", list[0] != '\0' ? ", " : "",
			    values[i]);
		if (flip && has)
			snprintf(removed + strlen(removed), sizeof(removed) -
			    strlen(removed), "%s%s", removed[0] != '\0' ?
			    ", " : "", values[i]);
		if (flip && !has)
			snprintf(added + strlen(added), sizeof(added) -
			    strlen(added), "%s%s", added[0] != '\0' ? ", " :
			    "", values[i]);
	}
	past_log(past, bug_text_names(field)->rest, removed, added);
	snprintf(was, PAST_TEXT, "%s", list);
}

static inline void
past_comment(struct past_bug *past)
{
	struct comment *comment = bug_add_comment(&past->bug);

	comment->id = 5000 + (int64_t)past->now.comment_len;
	comment->number = (int64_t)past->now.comment_len++;
	comment->time = past->time;
	past->now.last_comment = past->time;
	past->now.num[BUG_CHANGED] = past->time;
}

static inline void
past_change(struct past_bug *past)
{
	static const char *const keywords[] = { "audit", "crl", "dv", "ev",
	    "leaf", "ocsp", "policy", "smime" };
	static const char *const names[] = { "alpha", "beta", "gamma" };
	static const char *const components[] = { "CA Certificates",
	    "CA Certificate Mis-Issuance", "CA Certificate Compliance" };
	char text[PAST_TEXT];

	switch (past_below(past, 10)) {
	case 0:
	case 1:
		past_move_status(past);
		break;
	case 2:
	case 3:
	case 4:
		past_long_text(past, text);
		past_set(past, BUG_WHITEBOARD, text);
		break;
	case 5:
		past_long_text(past, text);
		past_set(past, past_below(past, 3) == 0 ? BUG_URL :
		    BUG_SUMMARY, text);
		break;
	case 6:
		past_set(past, BUG_COMPONENT,
		    components[past_below(past, 3)]);
		past_set(past, BUG_PRODUCT, past_below(past, 2) == 0 ?
		    "NSS" : "CA Program");
		break;
	case 7:
		past_turn(past, BUG_KEYWORDS, keywords, 8);
		if (past->server.aliases)
			past_turn(past, BUG_ALIAS, names, 3);
		else
			past_set(past, BUG_ALIAS, past_below(past, 2) == 0 ?
			    "" : names[past_below(past, 3)]);
		break;
	case 8:
		past_set(past, BUG_ASSIGNED_TO, past_below(past, 2) == 0 ?
		    "nobody@b.example" : "a@ca.example");
		past_set(past, BUG_PRIORITY, past_below(past, 2) == 0 ?
		    "P1" : "--");
		past_set(past, BUG_SEVERITY, past_below(past, 2) == 0 ?
		    "S1" : "S3");
		past_set(past, BUG_TYPE, past_below(past, 2) == 0 ? "task" :
		    "defect");
		/* Not stored, but in every history. */
		past_log(past, "cc", "", "a@ca.example, b@ca.example");
		break;
	default:
		past_comment(past);
		break;
	}
}

/* Live a whole life; the caller releases past->bug. */
static inline void
past_live(struct past_bug *past, const struct past_server *server,
    uint64_t seed)
{
	static const char *const people[] = { "a@ca.example", "b@m.example" };
	int64_t day, start;
	size_t i, many;

	memset(past, 0, sizeof(*past));
	past->server = *server;
	past->random = seed;
	bug_init(&past->bug, BUG_MAX_BYTES);
	for (i = 0; i < BUG_NUM__MAX; i++)
		past->now.num[i] = bug_num_is_time((enum bug_num)i) ?
		    DATE_NONE : -1;
	snprintf(past->now.text[BUG_STATUS], PAST_TEXT, "UNCONFIRMED");
	snprintf(past->now.text[BUG_CREATOR], PAST_TEXT, "a@ca.example");
	start = 3 + (int64_t)past_below(past, 5);
	for (day = 0; day < PAST_DAYS; day++) {
		past->time = date_start(PAST_FIRST_DAY + day);
		if (day == start) {
			past->now.filed = true;
			past->now.num[BUG_CREATED] = past->time;
			past_comment(past);
		}
		many = day < start || past_below(past, 3) == 0 ? 0 :
		    1 + past_below(past, 6);
		for (i = 0; i < many; i++) {
			/* Often in the same second, and in the first and the
			 * last one of a day. */
			if (past_below(past, 3) == 0)
				past->time += 1 +
				    (int64_t)past_below(past, 9000);
			if (past_below(past, 9) == 0)
				past->time = date_start(PAST_FIRST_DAY + day +
				    1) - 1;
			if (past->time >= date_start(PAST_FIRST_DAY + day + 1))
				break;
			past->who = people[past_below(past, 2)];
			past_change(past);
		}
		past->days[day] = past->now;
	}
	past->bug.id = 7;
	past->bug.have = BUG_HAVE_COMMENTS | BUG_HAVE_HISTORY;
	past->bug.last_comment = past->now.last_comment;
	for (i = 0; i < BUG_TEXT__MAX; i++)
		(void)bug_set_text(&past->bug, (enum bug_text)i,
		    past->now.text[i], strlen(past->now.text[i]));
	for (i = 0; i < BUG_NUM__MAX; i++)
		bug_set_num(&past->bug, (enum bug_num)i, past->now.num[i]);
}

#endif
