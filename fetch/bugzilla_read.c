/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/bugzilla_private.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/text.h"
#include "fetch/bug.h"
#include "fetch/http.h"
#include "fetch/store.h"

/* The bytes of an answer, as intake reads them. */
struct bytes {
	const char *data;
	size_t len;
};

static const struct err *
read_bytes(void *arg, char *data, size_t cap, size_t *got)
{
	struct bytes *bytes = arg;

	*got = bytes->len < cap ? bytes->len : cap;
	if (*got > 0)
		memcpy(data, bytes->data, *got);
	bytes->data += *got;
	bytes->len -= *got;
	return NULL;
}

static const struct err *
take_in(const struct bugzilla *run, const struct asked *asked,
    const struct http_answer *answer, const struct intake_sink *sink,
    struct intake_result *result)
{
	struct bytes bytes = { buf_text(&answer->body), answer->body.len };
	struct intake_source source = { NULL, read_bytes, &bytes };
	const struct err *err;
	struct buf name;

	buf_init(&name, HTTP_MAX_PATH);
	buf_fmt(&name, "%s%s", run->config->url, ask_row(asked->what)->call);
	source.name = buf_text(&name);
	err = buf_error(&name, "an answer's name");
	if (err == NULL)
		err = intake_read(&source, sink, result);
	buf_release(&name);
	return err;
}

/* Is the bug in one of the components that are fetched? */
static bool
is_ours(const struct bugzilla_config *config, const struct bug *bug)
{
	size_t i;

	if (text_casecmp(bug->text[BUG_PRODUCT], config->product) != 0)
		return false;
	for (i = 0; i < config->component_len; i++)
		if (text_casecmp(bug->text[BUG_COMPONENT],
		    config->components[i]) == 0)
			return true;
	return false;
}

static void
add_seen(struct bugzilla *run, const struct seen *seen)
{
	/* One more than is ever asked for shows that there are too many. */
	if (run->seen_len <= BUGZILLA_LIST_PAGE)
		run->seen[run->seen_len++] = *seen;
}

static const struct err *
see_bug(void *arg, const struct bug *bug)
{
	struct bugzilla *run = arg;
	const struct seen seen = {
		.id = bug->id,
		.changed = bug->num[BUG_CHANGED],
		.have = bug->have,
		.ours = is_ours(run->config, bug)
	};

	add_seen(run, &seen);
	return NULL;
}

/* A bug that is skipped is in the answer all the same. */
static void
see_bad(void *arg, const struct diag *diag)
{
	struct bugzilla *run = arg;
	const struct seen seen = {
		.id = diag->bug, .changed = DATE_NONE, .bad = true
	};

	if (diag_level(diag->code) == DIAG_BAD)
		run->bad++;
	if (diag->code != DIAG_BUG_BAD)
		return;
	if (diag->bug == 0)
		run->nameless++;
	else
		add_seen(run, &seen);
}

static int
compare_bugs(const void *left, const void *right)
{
	const int64_t *a = left, *b = right;

	return (*a > *b) - (*a < *b);
}

static bool
was_asked(const struct asked *asked, int64_t bug)
{
	return bsearch(&bug, asked->bugs, asked->len, sizeof(bug),
	    compare_bugs) != NULL;
}

const struct seen *
bugzilla_seen(const struct bugzilla *run, int64_t bug)
{
	size_t i;

	for (i = 0; i < run->seen_len; i++)
		if (run->seen[i].id == bug)
			return &run->seen[i];
	return NULL;
}

static const struct err *
out_of_order(const struct bugzilla *run, const struct asked *asked, size_t i,
    int64_t last)
{
	return bugzilla_wrong(run, asked, "bugs are told twice or out of "
	    "order: %" PRId64 " behind %" PRId64 ": try again later",
	    run->seen[i].id, last);
}

/* A list is of numbers and times, in order; else paging by number would
 * lose bugs, or never end. */
static const struct err *
check_list(struct bugzilla *run, const struct asked *asked)
{
	int64_t last = asked->after, missed;
	const struct err *err;
	size_t i, len;

	if (run->seen_len > BUGZILLA_LIST_PAGE)
		return bugzilla_wrong(run, asked, "the list has more than the "
		    "%d bugs that were asked for: no Bugzilla does that: "
		    "check the URL", BUGZILLA_LIST_PAGE);
	for (i = 0; i < run->seen_len; i++) {
		if (run->seen[i].id <= last)
			return out_of_order(run, asked, i, last);
		last = run->seen[i].id;
		if (run->seen[i].changed == DATE_NONE)
			return bugzilla_wrong(run, asked, "bug %" PRId64 ": "
			    "the list has no time of its last change: try "
			    "again later", last);
	}
	if (run->seen_len > 0 || asked->after > 0 ||
	    run->pass.since != DATE_NONE)
		return NULL;
	/* A Bugzilla may hide a failure of its database so. */
	err = store_pass_missed(run->store, &run->pass, 0, &missed, 1, &len);
	if (err == NULL && len > 0)
		err = bugzilla_wrong(run, asked, "the list is empty, and there "
		    "were bugs before, such as %" PRId64 ": check the product "
		    "and the components, and try again later", missed);
	return err;
}

/* An answer about bugs holds bugs that were asked for, and whole. */
static const struct err *
check_bugs(struct bugzilla *run, const struct asked *asked)
{
	const uint32_t status = BUG_HAVE_TEXT(BUG_STATUS);
	const bool search = asked->what != ASK_COMMENTS &&
	    asked->what != ASK_HISTORY;
	const struct seen *seen;
	size_t i;

	for (i = 0; i < run->seen_len; i++) {
		seen = &run->seen[i];
		if (search && i > 0 && seen->id <= run->seen[i - 1].id)
			return out_of_order(run, asked, i, seen[-1].id);
		if (!was_asked(asked, seen->id))
			return bugzilla_wrong(run, asked, "the answer holds "
			    "bug %" PRId64 ", which was not asked for: try "
			    "again later", seen->id);
		if ((asked->what == ASK_ALL || asked->what == ASK_FIELDS) &&
		    !seen->bad && (seen->have & status) == 0)
			return bugzilla_wrong(run, asked, "bug %" PRId64
			    " has no status: try again later", seen->id);
	}
	run->none = run->seen_len == 0;
	if (run->none)
		return bugzilla_wrong(run, asked, "the answer holds none of "
		    "the bugs asked for (%zu): try again later", asked->len);
	if (search)
		return NULL;
	/* Only search leaves bugs out. */
	for (i = 0; i < asked->len; i++)
		if (bugzilla_seen(run, asked->bugs[i]) == NULL)
			return bugzilla_wrong(run, asked, "the answer lacks "
			    "bug %" PRId64 ": try again later",
			    asked->bugs[i]);
	return NULL;
}

static const struct err *
check(struct bugzilla *run, const struct asked *asked,
    const struct intake_result *result)
{
	if (run->nameless > 0)
		return bugzilla_wrong(run, asked, "%zu bugs in the answer have "
		    "no number: check the URL, and try again later",
		    run->nameless);
	if (run->seen_len > 0 && result->kind != INTAKE_NONE &&
	    result->kind != ask_row(asked->what)->kind)
		return bugzilla_wrong(run, asked, "the answer is of another "
		    "kind: %s, not %s: try again later",
		    intake_kind_name(result->kind),
		    intake_kind_name(ask_row(asked->what)->kind));
	return asked->what == ASK_LIST ? check_list(run, asked) :
	    check_bugs(run, asked);
}

const struct err *
bugzilla_read(struct bugzilla *run, const struct asked *asked,
    const struct http_answer *answer, const struct err **wrong, int *code)
{
	struct diag_sink diags = { .report = see_bad, .arg = run };
	struct intake_sink sink = { see_bug, run, &diags };
	struct intake_result result;
	const struct err *err;

	*wrong = NULL;
	*code = 0;
	run->seen_len = 0;
	run->nameless = 0;
	run->bad = 0;
	err = take_in(run, asked, answer, &sink, &result);
	if (err != NULL && err->kind == ERR_SERVER)
		/* error:true under 200: only this says which. */
		return bugzilla_read_server(run, asked, answer, wrong, code);
	if (err == NULL) {
		err = check(run, asked, &result);
		run->unfit = err != NULL;
	}
	if (err == NULL || (err->kind != ERR_CONFIG &&
	    err->kind != ERR_SERVER))
		return err;
	*wrong = err_new(ERR_SERVER, "%s", err->text);
	return NULL;
}

static const struct err *
put_bug(void *arg, const struct bug *bug)
{
	struct bugzilla *run = arg;

	return store_put(run->store, bug);
}

const struct err *
bugzilla_put(struct bugzilla *run, const struct asked *asked,
    const struct http_answer *answer)
{
	struct intake_sink sink = { put_bug, run, run->config->diags };
	struct intake_result result;

	return take_in(run, asked, answer, &sink, &result);
}
