/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "cmd/session_report.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "classify/clock.h"
#include "classify/report_text.h"
#include "classify/verdict.h"
#include "cmd/session.h"
#include "fetch/bug.h"

enum {
	DIGEST_VERSION = 1,	/* to be raised when the same reports give
				 * another digest */
	DIGEST_KEY = HASH_HEX + 8
};

/* What the store's cache calls it. */
static const char *const kinds[TAX_STAGE__MAX] = {
	[TAX_STAGE_LABELS] = "labels",
	[TAX_STAGE_REPORTS] = "reports",
	[TAX_STAGE_LESSONS] = "lessons"
};
static const char digest_kind[] = "digest";

/* Is a report too long to be read whole?  Then it is said each time. */
static bool
is_cut(const struct report_text *text)
{
	size_t i;

	for (i = 0; i < text->comment_len; i++)
		if (text->comments[i].unread > 0)
			return true;
	return false;
}

/* Keep what is in session->packed. */
static void
cache(struct session *session, const struct bug *bug, const char *kind,
    const char *key)
{
	const struct buf *packed = &session->packed;
	const struct report_text *text = session->judge.report;

	if (session->as_of != DATE_NONE || bug->cut || (text != NULL &&
	    session->judge.report_bug == bug->id && is_cut(text)) ||
	    buf_error(packed, "what is cached") != NULL)
		return;
	store_cache_put(session->store, bug->id, kind, key, buf_text(packed),
	    packed->len);
}

/* What was kept of a bug as things stand; NULL in *data: nothing. */
static const struct err *
cached(struct session *session, const struct bug *bug, const char *kind,
    const char *key, const void **data, size_t *len)
{
	*data = NULL;
	return session->as_of != DATE_NONE ? NULL :
	    store_cache_get(session->store, bug->id, kind, key, data, len);
}

const struct err *
session_hits(struct session *session, struct store_walk *walk,
    enum tax_stage stage, const struct bug *bug,
    const struct verdict *verdict, const struct rule_hits **out)
{
	struct judge *judge = &session->judge;
	struct rule_hits *hits = judge_hits(judge, stage);
	const struct err *err;
	char key[JUDGE_KEY];
	const void *data;
	size_t len;

	*out = hits;
	err = cached(session, bug, kinds[stage], judge_key(judge, key),
	    &data, &len);
	if (err != NULL || (data != NULL && rule_hits_unpack(hits,
	    session->taxonomy, data, len)))
		return err;
	err = session_comments(session, walk, bug);
	if (err == NULL)
		err = judge_run(judge, stage, bug, verdict, &session->diags);
	if (err != NULL || hits->limited)
		return err;
	buf_clear(&session->packed);
	rule_hits_pack(hits, &session->packed);
	cache(session, bug, kinds[stage], key);
	return NULL;
}

const struct err *
session_report_text(struct session *session, struct store_walk *walk,
    const struct bug *bug, const struct report_text **out)
{
	const struct err *err;

	*out = NULL;
	err = session_comments(session, walk, bug);
	if (err == NULL)
		err = judge_report(&session->judge, bug, &session->diags,
		    out);
	return err;
}

const struct err *
session_digest(struct session *session, struct store_walk *walk,
    const struct bug *bug, const struct verdict *verdict,
    struct digest *out)
{
	const struct report_text *text;
	const struct err *err;
	char key[DIGEST_KEY];
	const void *data;
	size_t len;

	(void)snprintf(key, sizeof(key), "%d:%s", DIGEST_VERSION,
	    session->taxonomy->sha256);
	err = cached(session, bug, digest_kind, key, &data, &len);
	if (err != NULL || (data != NULL && digest_unpack(data, len, out)))
		return err;
	err = session_report_text(session, walk, bug, &text);
	if (err != NULL)
		return err;
	digest_read(bug, verdict, text, session->taxonomy, out);
	buf_clear(&session->packed);
	digest_pack(out, &session->packed);
	cache(session, bug, digest_kind, key);
	return NULL;
}
