/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/writers.h"

#include "base/text.h"
#include "classify/report_text.h"
#include "fetch/bug.h"

bool
writers_form_is_full(enum tax_form_kind form)
{
	return form == TAX_FORM_NUMBERED || form == TAX_FORM_AUDIT_V1 ||
	    form == TAX_FORM_V2 || form == TAX_FORM_AUDIT_V2 ||
	    form == TAX_FORM_V3_FULL;
}

/* Does the comment give its writer away? */
static bool
tells_ca(const struct writers *writers, const struct report_text *text,
    size_t i)
{
	enum tax_form_kind form = text->comments[i].form;
	enum role role;

	if (!writers_form_is_full(form) && form != TAX_FORM_V3_CLOSURE)
		return false;
	role = writers_role(writers, &writers->bug->comments[i]);
	if (writers->ca_known)
		return role == ROLE_UNKNOWN && i > 0;
	return role == ROLE_UNKNOWN || role == ROLE_COMMUNITY;
}

void
writers_find(struct writers *out, const struct bug *bug,
    const struct verdict *verdict, const struct report_text *text,
    const struct taxonomy *taxonomy)
{
	bool known;
	size_t i;

	out->bug = bug;
	out->verdict = verdict;
	out->taxonomy = taxonomy;
	out->len = 0;
	out->ca_known = role_ca_known(bug, verdict, taxonomy);
	for (i = 0; i < bug->comment_len && !out->ca_known; i++)
		out->ca_known = writers_role(out, &bug->comments[i]) ==
		    ROLE_CA;
	known = out->ca_known;
	for (i = 0; i < text->comment_len && i < bug->comment_len &&
	    out->len < WRITERS_MAX; i++) {
		if (!tells_ca(out, text, i))
			continue;
		out->ca[out->len++] = bug->comments[i].creator;
		known = true;
	}
	out->ca_known = known;
}

enum role
writers_role(const struct writers *writers, const struct comment *comment)
{
	enum role role = role_of(writers->bug, writers->verdict,
	    writers->taxonomy, comment->creator, comment->time);
	size_t i;

	if (role != ROLE_UNKNOWN && role != ROLE_COMMUNITY)
		return role;
	for (i = 0; i < writers->len; i++)
		if (text_casecmp(writers->ca[i], comment->creator) == 0)
			return ROLE_CA;
	return role;
}
