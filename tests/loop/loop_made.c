/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Bugs invented by number: as many as are asked for, with so many comments
 * and a history that leads exactly from how they were filed to how they
 * are.  The same seed gives the same bugs.
 */
#include "tests/loop/loop_private.h"

#include "base/mem.h"
#include "classify/splitmix.h"

enum {
	FIRST_BUG = 1000001,
	FIRST_COMMENT = 8000001,
	BUG_STEP = 3,
	MAX_TEXT = 512 << 20,
	SPREAD = 7919,		/* a prime: talkative bugs stand everywhere */
	MAX_PIECE = 254,	/* characters of a change's value */
	/* 2017-03-01 and some nine years: all is over by 2026-02. */
	FILED_FROM = 1488326400,
	FILED_FOR = 270000000,
	TALK_FOR = 12000000
};

static const char *const owners[] = {
	"Amber Trust", "Brook CA", "Cedar Sign", "Delta PKI", "Ember Certs",
	"Fjord Trust Services", "Grove CA", "Harbor Sign"
};

static const char *const tags[] = {
	"[ov-misissuance]", "[ev-misissuance]", "[dv-misissuance]",
	"[crl-failure]", "[ocsp-failure]", "[leaf-revocation-delay]",
	"[audit-finding]", "[audit-delay]", "[policy-failure]",
	"[disclosure-failure]"
};

static const char *const words[] = {
	"certificate", "revocation", "the", "of", "subscriber", "was",
	"issued", "audit", "CRL", "profile", "with", "a", "validation",
	"incident", "report", "we", "root", "cause", "timeline", "and",
	"OCSP", "responder", "serial", "not", "deadline", "controls",
	"d\xc3\xa9tail", "to", "in", "policy", "\xe2\x80\x93", "review"
};

static const char *const spices[] = {
	"\\r\\nLine ends as a browser sends them.\\r\\n",
	"\xf0\x9f\x94\x92", "\xe2\x80\xa8", "\\\"quoted\\\"",
	"https://crt.sh/?id=1234567890&opt=zlint", "<b>not HTML</b>",
	"  two blanks\\t\\n\\n"
};

enum {
	OWNERS = sizeof(owners) / sizeof(owners[0]),
	TAGS = sizeof(tags) / sizeof(tags[0]),
	WORDS = sizeof(words) / sizeof(words[0]),
	SPICES = sizeof(spices) / sizeof(spices[0])
};

struct maker {
	uint64_t random;
	struct buf bugs, comments, history;
	int64_t next_comment;
};

static uint64_t
below(struct maker *maker, uint64_t limit)
{
	return splitmix_next(&maker->random) % limit;
}

static void
make_text(struct maker *maker)
{
	uint64_t count = 20 + below(maker, 20) * below(maker, 17), i;

	for (i = 0; i < count; i++) {
		buf_str(&maker->comments, words[below(maker, WORDS)]);
		buf_str(&maker->comments, i % 15 == 14 ? ".\\n" : " ");
	}
	if (below(maker, 6) == 0)
		buf_str(&maker->comments, spices[below(maker, SPICES)]);
	/* Rare, for each is reported. */
	if (maker->next_comment % 1000 == 0)
		buf_str(&maker->comments, "\\u0000\\u001b");
}

static void
make_comments(struct maker *maker, int64_t id, uint64_t count,
    const int64_t *times)
{
	char date[DATE_SIZE];
	uint64_t i;

	buf_fmt(&maker->comments, "%s\"%lld\":{\"comments\":[",
	    maker->comments.len > 10 ? "," : "", (long long)id);
	for (i = 0; i < count; i++) {
		date_format_time(times[i], date);
		buf_fmt(&maker->comments, "%s{\"id\":%lld,\"bug_id\":%lld,"
		    "\"count\":%llu,\"time\":\"%s\",\"creation_time\":\"%s\","
		    "\"creator\":\"person%llu@loop.example\",\"tags\":[],"
		    "\"is_private\":false,\"attachment_id\":null,\"text\":\"",
		    i > 0 ? "," : "", (long long)maker->next_comment++,
		    (long long)id, (unsigned long long)i, date, date,
		    (unsigned long long)below(maker, 40));
		make_text(maker);
		buf_str(&maker->comments, "\"}");
	}
	buf_str(&maker->comments, "]}");
}

/* One field changed; long values are split, as Bugzilla splits them. */
static void
make_change(struct maker *maker, const char *field, const char *removed,
    const char *added)
{
	size_t from, to;

	do {
		from = strlen(removed) < MAX_PIECE ? strlen(removed) :
		    MAX_PIECE;
		to = strlen(added) < MAX_PIECE ? strlen(added) : MAX_PIECE;
		/* Where a blank stands, that goes with what follows. */
		while (removed[from] != '\0' && removed[from] != ' ')
			from--;
		while (added[to] != '\0' && added[to] != ' ')
			to--;
		buf_fmt(&maker->history, "%s{\"field_name\":\"%s\","
		    "\"removed\":\"%.*s\",\"added\":\"%.*s\"}",
		    maker->history.data[maker->history.len - 1] == '[' ? "" :
		    ",", field, (int)from, removed, (int)to, added);
		removed += from;
		added += to;
	} while (*removed != '\0' || *added != '\0');
}

static void
make_moment(struct maker *maker, int64_t time)
{
	char date[DATE_SIZE];

	buf_fmt(&maker->history, "%s{\"when\":\"%s\","
	    "\"who\":\"staff@loop.example\",\"changes\":[",
	    maker->history.data[maker->history.len - 1] == '[' ? "" : ",",
	    date_format_time(time, date));
}

struct state {
	char whiteboard[512], summary[256];
	const char *status, *resolution, *resolved;
	char resolved_at[DATE_SIZE];
};

/* The whiteboard of the k-th change; some are long. */
static void
next_board(struct maker *maker, struct state *state, uint64_t k)
{
	char old[512], date[DATE_SIZE];
	uint64_t i;
	size_t len;

	snprintf(old, sizeof(old), "%s", state->whiteboard);
	snprintf(state->whiteboard, sizeof(state->whiteboard),
	    "[ca-compliance] %s Next update %s", tags[below(maker, TAGS)],
	    date_format_day((int64_t)(17300 + 30 * k), date));
	for (i = 0; k % 7 == 3 && i < 12; i++) {
		len = strlen(state->whiteboard);
		snprintf(state->whiteboard + len,
		    sizeof(state->whiteboard) - len, " see bug %llu too,",
		    (unsigned long long)(FIRST_BUG + k * 1000 + i));
	}
	make_change(maker, "whiteboard", old, state->whiteboard);
}

static void
make_status(struct maker *maker, struct state *state, const char *status,
    const char *resolution, int64_t time)
{
	char date[DATE_SIZE] = "";

	make_change(maker, "status", state->status, status);
	if (strcmp(state->resolution, resolution) != 0)
		make_change(maker, "resolution", state->resolution,
		    resolution);
	if (resolution[0] != '\0')
		date_format_time(time, date);
	if (resolution[0] != '\0') {
		make_change(maker, "cf_last_resolved", state->resolved_at,
		    date);
		memcpy(state->resolved_at, date, sizeof(date));
	}
	state->status = status;
	state->resolution = resolution;
}

/* The changes stand at the times of comments, and the last one closes. */
static int64_t
make_history(struct maker *maker, int64_t id, uint64_t count,
    const int64_t *times, struct state *state)
{
	int64_t last = times[0] + 600;
	char old[256];
	uint64_t i;

	buf_fmt(&maker->history, "%s{\"id\":%lld,\"alias\":null,"
	    "\"history\":[", maker->history.len > 10 ? "," : "",
	    (long long)id);
	make_moment(maker, last);
	make_status(maker, state, "ASSIGNED", "", last);
	next_board(maker, state, below(maker, 7));
	buf_str(&maker->history, "]}");
	for (i = 2; i < count; i++) {
		if (below(maker, 4) != 0 || times[i] <= last)
			continue;
		last = times[i];
		make_moment(maker, last);
		if (below(maker, 8) == 0) {
			snprintf(old, sizeof(old), "%s", state->summary);
			snprintf(state->summary, sizeof(state->summary),
			    "%s: incident %lld, as found in month %llu",
			    owners[(size_t)id % OWNERS], (long long)id,
			    (unsigned long long)i);
			make_change(maker, "summary", old, state->summary);
		} else if (below(maker, 6) == 0) {
			make_status(maker, state, state->resolution[0] != '\0'
			    ? "REOPENED" : "RESOLVED",
			    state->resolution[0] != '\0' ? "" : "FIXED",
			    last);
		} else {
			next_board(maker, state, i);
		}
		buf_str(&maker->history, "]}");
	}
	if (below(maker, 10) < 7 && state->resolution[0] == '\0') {
		last = (times[count - 1] > last ? times[count - 1] : last) +
		    3600;
		make_moment(maker, last);
		make_status(maker, state, "RESOLVED", "FIXED", last);
		buf_str(&maker->history, "]}");
	}
	buf_str(&maker->history, "]}");
	return last;
}

static void
make_fields(struct maker *maker, int64_t id, uint64_t count,
    const struct state *state, int64_t created, int64_t changed)
{
	char made[DATE_SIZE], last[DATE_SIZE];
	const char *quote = state->resolved_at[0] != '\0' ? "\"" : "";

	buf_fmt(&maker->bugs, "%s{\"id\":%lld,\"product\":\"CA Program\","
	    "\"component\":\"CA Certificate Compliance\",\"summary\":\"%s\","
	    "\"whiteboard\":\"%s\",\"status\":\"%s\",\"resolution\":\"%s\","
	    "\"creation_time\":\"%s\",\"last_change_time\":\"%s\","
	    "\"cf_last_resolved\":%s%s%s,\"is_open\":%s,",
	    maker->bugs.len > 10 ? "," : "", (long long)id, state->summary,
	    state->whiteboard, state->status, state->resolution,
	    date_format_time(created, made), date_format_time(changed, last),
	    quote, quote[0] != '\0' ? state->resolved_at : "null", quote,
	    state->resolution[0] != '\0' ? "false" : "true");
	buf_fmt(&maker->bugs, "\"creator\":\"person@loop.example\","
	    "\"creator_detail\":{\"id\":7,\"name\":\"person@loop.example\","
	    "\"email\":\"person@loop.example\",\"real_name\":\"A Person\","
	    "\"nick\":\"person\"},\"assigned_to\":\"ca@loop.example\","
	    "\"assigned_to_detail\":{\"id\":8,\"name\":\"ca@loop.example\","
	    "\"email\":\"ca@loop.example\",\"real_name\":\"A CA\","
	    "\"nick\":\"ca\"},\"cc\":[],\"cc_detail\":[],\"alias\":null,"
	    "\"type\":\"task\",\"priority\":\"--\",\"severity\":\"--\","
	    "\"keywords\":[],\"groups\":[],\"url\":\"\",\"dupe_of\":null,"
	    "\"classification\":\"Unclassified\",\"version\":\"other\","
	    "\"is_confirmed\":true,\"cf_user_story\":\"\","
	    "\"comment_count\":%llu}", (unsigned long long)count);
}

static void
make_bug(struct maker *maker, int64_t id, uint64_t count, int64_t created)
{
	struct state state = { .status = "UNCONFIRMED", .resolution = "" };
	int64_t *times = loop_must(mem_alloc(count, sizeof(*times))), last;
	uint64_t i;

	times[0] = created;
	for (i = 1; i < count; i++)
		times[i] = times[i - 1] + 900 +
		    (int64_t)below(maker, TALK_FOR / count);
	snprintf(state.summary, sizeof(state.summary), "%s: incident %lld",
	    owners[(size_t)id % OWNERS], (long long)id);
	make_comments(maker, id, count, times);
	last = make_history(maker, id, count, times, &state);
	if (times[count - 1] > last)
		last = times[count - 1];
	make_fields(maker, id, count, &state, created, last);
	mem_free(times);
}

/* Some bugs leave the component, some become restricted, and here and there
 * a comment is edited; all after everything else. */
static void
enliven(struct loopzilla *server)
{
	char event[256], date[DATE_SIZE];
	int64_t time;
	size_t i;

	for (i = 0; i < server->bug_len; i++) {
		time = loop_changed(&server->bugs[i], INT64_MAX) + 86400;
		date_format_time(time, date);
		event[0] = '\0';
		if (i % 20 == 7)
			snprintf(event, sizeof(event), "%s move %lld Other",
			    date, (long long)server->bugs[i].id);
		else if (i % 20 == 11)
			snprintf(event, sizeof(event), "%s restrict %lld",
			    date, (long long)server->bugs[i].id);
		else if (i % 20 == 13)
			snprintf(event, sizeof(event), "%s edit %lld 0 "
			    "Redacted.", date,
			    (long long)server->bugs[i].id);
		if (event[0] != '\0')
			loop_event(server, event);
	}
}

/* `total` comments dealt out: one for each bug, the rest to few. */
static uint64_t *
deal(struct maker *maker, unsigned bugs, unsigned total)
{
	uint64_t *counts = loop_must(mem_alloc(bugs, sizeof(*counts)));
	unsigned i;

	for (i = 0; i < bugs; i++)
		counts[i] = 1;
	for (i = bugs; i < total; i++)
		counts[below(maker, 1 + below(maker, bugs)) * SPREAD % bugs]++;
	return counts;
}

void
loop_invent(struct loopzilla *server)
{
	unsigned bugs = server->config.bugs, i;
	struct maker maker = { .random = server->config.seed,
	    .next_comment = FIRST_COMMENT };
	struct buf *parts[] = { &maker.bugs, &maker.comments,
	    &maker.history };
	uint64_t *counts;
	size_t len;

	if (bugs == 0)
		return;
	for (i = 0; i < 3; i++)
		buf_init(parts[i], MAX_TEXT);
	counts = deal(&maker, bugs, server->config.comments);
	buf_str(&maker.bugs, "{\"bugs\":[");
	buf_str(&maker.comments, "{\"bugs\":{");
	buf_str(&maker.history, "{\"bugs\":[");
	for (i = 0; i < bugs; i++)
		make_bug(&maker, FIRST_BUG + BUG_STEP * (int64_t)i,
		    counts[i], FILED_FROM + (int64_t)i * FILED_FOR /
		    (int64_t)bugs);
	mem_free(counts);
	buf_str(&maker.bugs, "]}");
	buf_str(&maker.comments, "}}");
	buf_str(&maker.history, "]}");
	for (i = 0; i < 3; i++) {
		len = parts[i]->len;
		loop_load(server, loop_must(buf_take(parts[i])), len);
	}
	if (server->config.lively)
		enliven(server);
}
