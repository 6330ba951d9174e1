/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/bugzilla_private.h"

#include <inttypes.h>
#include <string.h>

#include "base/err.h"
#include "fetch/http.h"
#include "fetch/retry.h"

/* No answer came: why. */
static const struct err *
name_fault(const struct bugzilla *run, const struct asked *asked,
    const struct http_answer *answer)
{
	static const struct {
		enum err_kind kind;
		const char *what, *action;
	} faults[HTTP_FAULT__MAX] = {
		[HTTP_UNREACHABLE] = { ERR_NETWORK, "can't be reached",
		    "check the connection and the URL" },
		[HTTP_UNTRUSTED] = { ERR_NETWORK, "can't be trusted",
		    "check the URL, and the system's certificates" },
		[HTTP_BROKEN] = { ERR_NETWORK, "the answer broke off",
		    "try again later" },
		[HTTP_SLOW] = { ERR_NETWORK, "the answer took too long",
		    "try again later, or give a larger timeout" },
		[HTTP_LARGE] = { ERR_SERVER, "the answer is too large",
		    "check the URL" },
		[HTTP_REDIRECTED] = { ERR_SERVER, "leads to another place",
		    "check the URL" }
	};

	return err_new(faults[answer->fault].kind, "%s%s: %s: %s: %s",
	    run->config->url, ask_row(asked->what)->call,
	    faults[answer->fault].what, answer->why,
	    faults[answer->fault].action);
}

/* Is it a good answer?  *why is NULL then. */
static const struct err *
look(struct bugzilla *run, const struct asked *asked,
    const struct http_answer *answer, const struct err **why, int *code)
{
	*why = NULL;
	*code = 0;
	run->unfit = run->none = false;
	if (answer->fault != HTTP_FINE) {
		*why = name_fault(run, asked, answer);
		return NULL;
	}
	/* Proxies and Bugzilla's own pages say what they have to in HTML. */
	if (answer->type[0] != '\0' &&
	    strcmp(answer->type, "application/json") != 0) {
		*why = bugzilla_wrong(run, asked, "the answer, of status %d, "
		    "is %s and no JSON: check the URL, and try again later",
		    answer->status, answer->type);
		return NULL;
	}
	if (answer->status == 200 && asked->what != ASK_WHOAMI &&
	    asked->what != ASK_VERSION)
		return bugzilla_read(run, asked, answer, why, code);
	return bugzilla_read_server(run, asked, answer, why, code);
}

/* May one of several bugs be what makes the answer bad?  Not that of a list
 * which is no list of what was asked for. */
static bool
may_be_a_bug(const struct bugzilla *run, const struct asked *asked,
    const struct retry_case *what)
{
	if (asked->what == ASK_LIST ? run->unfit :
	    ask_row(asked->what)->page == 0 || asked->what == ASK_CHECK)
		return false;
	switch (what->fault) {
	case HTTP_BROKEN:
	case HTTP_SLOW:
	case HTTP_LARGE:
		return true;
	case HTTP_FINE:
		break;
	default:
		return false;
	}
	switch (what->code) {
	case CODE_BUG_UNKNOWN:
	case CODE_BUG_HIDDEN:
	case CODE_SEARCH_TOO_LONG:
	case CODE_INTERNAL:
		return true;
	default:
		return what->status == 413 || what->status == 414 ||
		    what->status == 500 || what->status == 502 ||
		    what->status == 504;
	}
}

/* What is to be done about a limit, a key, or a server that is ill. */
static const struct err *
name_stop(const struct bugzilla *run, const struct retry_case *what,
    const struct retry *retry, const struct err *why)
{
	const bool login = what->code >= CODE_LOGIN_FIRST &&
	    what->code <= CODE_LOGIN_LAST;

	if (retry->verdict == RETRY_LIMITED)
		return err_new(ERR_SERVER, "%s: the server's rate limit is "
		    "reached, and each further request would prolong it: "
		    "nothing is lost: wait %" PRId64 " minutes, then fetch "
		    "again", run->config->url,
		    (retry->wait_ms + 59999) / 60000);
	if (login && run->config->keyed)
		return err_new(ERR_CONFIG, "%s: the server refuses the key: "
		    "check it, or unset it to fetch what everybody may see",
		    why->text);
	if (what->code == CODE_LOGIN_WANTED)
		return err_new(ERR_CONFIG, "%s: the server shows nothing to "
		    "those without a key: set BUGZILLA_API_KEY", why->text);
	if (what->status == 503 && retry->wait_ms >= 60000)
		return err_new(ERR_SERVER, "%s: it asks to wait %" PRId64
		    " minutes", why->text, retry->wait_ms / 60000);
	if (what->code == CODE_NO_SUCH_CALL)
		return err_new(ERR_SERVER, "%s: check the URL", why->text);
	if (what->code != 0)
		return err_new(ERR_SERVER, "%s: try again later", why->text);
	return why;
}

/* It is not asked again: is a bug to blame, or the server? */
static void
give_up(struct bugzilla *run, const struct asked *asked,
    const struct retry_case *what, const struct retry *retry,
    struct judged *out)
{
	/* Search leaves out what it does not show. */
	const bool hidden = what->status == 200 && run->none &&
	    (asked->what == ASK_ALL || asked->what == ASK_FIELDS);

	out->verdict = VERDICT_STOP;
	/* The search for a bug in a list ends by itself. */
	if (may_be_a_bug(run, asked, what) && (run->spoilt.high > 0 ||
	    ++run->streak <= BUGZILLA_MAX_STREAK))
		out->verdict = asked->len != 1 ? VERDICT_HALVE :
		    hidden ? VERDICT_HIDDEN : VERDICT_FAILED;
	if (out->verdict == VERDICT_STOP)
		out->why = name_stop(run, what, retry, out->why);
}

/* Which server it is: upstream does not have the call. */
static bool
tells_server(struct bugzilla *run, const struct asked *asked, int code)
{
	if (asked->what != ASK_WHOAMI || (code != CODE_NO_SUCH_CALL &&
	    code != CODE_LOGIN_WANTED))
		return false;
	run->by_header = run->by_search = code == CODE_LOGIN_WANTED;
	run->known = false;
	return true;
}

const struct err *
bugzilla_judge(struct bugzilla *run, const struct asked *asked,
    const struct http_answer *answer, struct judged *out)
{
	struct retry_case what = {
		.fault = answer->fault,
		.status = answer->status,
		.attempt = asked->attempt,
		.most = run->config->retries + 1,
		.retry_after = answer->retry_after,
		.now = answer->date,
		.elapsed = asked->waited_ms / 1000
	};
	const struct err *err;
	struct retry retry;

	*out = (struct judged){ .verdict = VERDICT_TAKE };
	err = look(run, asked, answer, &out->why, &what.code);
	if (err != NULL)
		return err;
	if (tells_server(run, asked, what.code))
		out->why = NULL;
	if (out->why == NULL) {
		run->streak = 0;
		/* What is bad in a good answer may be so for once. */
		if (ask_row(asked->what)->page > 0 && run->bad > 0 &&
		    asked->attempt == 1 && what.most > 1)
			*out = (struct judged){ VERDICT_AGAIN,
			    RETRY_BASE_MS, NULL };
		return NULL;
	}
	/* Nonsense under a good status is as bad as half an answer. */
	if (answer->status == 200 && what.code == 0 &&
	    what.fault == HTTP_FINE)
		what.fault = HTTP_BROKEN;
	if (asked->len != 1 && what.most > BUGZILLA_PAGE_TRIES &&
	    may_be_a_bug(run, asked, &what))
		what.most = BUGZILLA_PAGE_TRIES;
	/* Knuth's MMIX generator; its upper bits are the better ones. */
	run->random = run->random * UINT64_C(6364136223846793005) +
	    UINT64_C(1442695040888963407);
	what.random = run->random >> 33;
	retry = retry_decide(&what);
	out->wait_ms = retry.wait_ms;
	if (retry.verdict == RETRY_AGAIN)
		out->verdict = VERDICT_AGAIN;
	else
		give_up(run, asked, &what, &retry, out);
	return NULL;
}
