/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "fetch/http.h"
#include "fetch/retry.h"
#include "output/wiki_private.h"

enum {
	MAX_LINE = 512
};

void
wiki_say(const struct wiki *wiki, const char *fmt, ...)
{
	char line[MAX_LINE];
	va_list args;

	if (wiki->config.say == NULL)
		return;
	va_start(args, fmt);
	vsnprintf(line, sizeof(line), fmt, args);
	va_end(args);
	wiki->config.say(wiki->config.say_arg, line);
}

static const struct err *
fetch(struct wiki *wiki, const struct wiki_call *call, int64_t wait_ms,
    struct http_answer **out)
{
	const struct http_request request = {
		.path = call->path,
		.form = call->form,
		.secret_query = call->secret,
		/* Of a wait in our seconds. */
		.wait_ms = wait_ms / WIKI_MS * wiki->config.second_ms +
		    wait_ms % WIKI_MS * wiki->config.second_ms / WIKI_MS
	};
	const struct err *err;

	err = http_ask(wiki->config.http, &request);
	if (err == NULL)
		err = http_next(wiki->config.http, out, NULL, NULL);
	return err;
}

/* What the answer is: that which was asked for, an error, or neither. */
static const struct err *
judge(const struct wiki *wiki, const struct wiki_call *call,
    const struct http_answer *got, struct wiki_answer *answer,
    struct wiki_turn *out)
{
	const bool json = got->type[0] == '\0' ||
	    strcmp(got->type, "application/json") == 0;
	const struct err *wrong = NULL;
	char room[WIKI_MAX_CODE + 1];
	const char *code;

	wiki_answer_release(answer);
	if (got->fault != HTTP_FINE) {
		*out = wiki_lost(wiki, call, got);
		return NULL;
	}
	if (json)
		wrong = wiki_answer_read(answer, "the answer",
		    buf_text(&got->body), got->body.len);
	if (wrong != NULL && wrong->kind == ERR_SYSTEM)
		return wrong;
	code = wiki_code(answer, got->header, room, sizeof(room));
	if (code != NULL)
		*out = wiki_refused(wiki, call, code, answer);
	else if (json && wrong == NULL && got->status == 200 &&
	    answer->said[call->want] != NULL)
		*out = (struct wiki_turn){ ACT_GOOD, NULL };
	else
		*out = wiki_nonsense(wiki, call, got, wrong);
	return NULL;
}

/* Milliseconds for which the answer's Retry-After asks, 0: it doesn't. */
static int64_t
asked_ms(const struct http_answer *got)
{
	/* It is read, in both its forms, as that of a limit. */
	const struct retry_case limit = {
		.fault = HTTP_FINE,
		.status = 429,
		.attempt = 1,
		.retry_after = got->retry_after,
		.now = got->date
	};

	return got->retry_after[0] != '\0' ? retry_decide(&limit).wait_ms : 0;
}

/* How long to wait before the next attempt; -1: there is none. */
static int64_t
wait_ms(struct wiki *wiki, enum wiki_act act, const struct http_answer *got,
    unsigned attempt, int64_t waited_ms)
{
	struct retry_case what = {
		/* Nonsense under a good status is as bad as half an
		 * answer. */
		.fault = got->fault == HTTP_FINE && got->status < 400 ?
		    HTTP_BROKEN : got->fault,
		.status = got->status,
		.attempt = attempt,
		.most = wiki->config.retries + 1,
		.retry_after = got->retry_after,
		.now = got->date,
		.elapsed = waited_ms / WIKI_MS
	};
	const int64_t most = (int64_t)WIKI_MS * RETRY_MAX_AFTER;
	int64_t wait;
	struct retry retry;

	if (attempt > wiki->config.retries)
		return -1;
	if (act == ACT_AGAIN) {
		/* Knuth's MMIX generator; its upper bits are the better
		 * ones. */
		wiki->random = wiki->random * UINT64_C(6364136223846793005) +
		    UINT64_C(1442695040888963407);
		what.random = wiki->random >> 33;
		retry = retry_decide(&what);
		return retry.verdict == RETRY_AGAIN ? retry.wait_ms : -1;
	}
	wait = WIKI_MS * (act == ACT_LAG ? WIKI_LAG_SECONDS : WIKI_RATE_SECONDS);
	for (; attempt > 1 && wait < most; attempt--)
		wait *= 2;
	if (wait > most)
		wait = most;
	if (wait < asked_ms(got))
		wait = asked_ms(got);
	return wait > most ||
	    wait + waited_ms > (int64_t)WIKI_MS * RETRY_MAX_ELAPSED ? -1 : wait;
}

static bool
waits(enum wiki_act act)
{
	return act == ACT_AGAIN || act == ACT_LAG || act == ACT_RATE;
}

const struct err *
wiki_ask(struct wiki *wiki, const struct wiki_call *call,
    struct wiki_answer *answer, struct wiki_turn *out)
{
	int64_t wait = wiki->pause_ms, waited = 0;
	struct http_answer *got;
	const struct err *err;
	unsigned attempt;

	wiki->pause_ms = 0;
	for (attempt = 1;; attempt++) {
		err = fetch(wiki, call, wait, &got);
		if (err == NULL)
			err = judge(wiki, call, got, answer, out);
		if (err != NULL || !waits(out->act))
			return err;
		wait = wait_ms(wiki, out->act, got, attempt, waited);
		if (wait < 0)
			break;
		waited += wait;
		wiki_say(wiki, "%s: %s: it %s: asked again in %" PRId64 " s",
		    wiki->config.name, call->what,
		    out->act == ACT_LAG ? "lags behind" :
		    out->act == ACT_RATE ? "limits the rate" : "failed",
		    (wait + WIKI_MS - 1) / WIKI_MS);
	}
	out->act = ACT_STOP;
	if (asked_ms(got) > (int64_t)WIKI_MS * RETRY_MAX_AFTER)
		out->why = err_new(out->why->kind, "%s; it asks to wait %"
		    PRId64 " minutes", out->why->text,
		    asked_ms(got) / WIKI_MS / 60);
	return NULL;
}
