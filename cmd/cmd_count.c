/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/err.h"
#include "base/near.h"
#include "classify/tally.h"
#include "cmd/session.h"

static const struct err *
find_scheme(const struct session *session, const struct tax_scheme **out)
{
	const struct taxonomy *taxonomy = session->taxonomy;
	const char *id = option_last(&session->options, OPT_SCHEME);
	const char *near, *names[32];
	size_t i, len = 0;

	if (id == NULL)
		id = "tags";
	*out = taxonomy_scheme(taxonomy, id);
	if (*out != NULL)
		return NULL;
	for (i = 0; i < taxonomy->scheme_len && len < 32; i++)
		names[len++] = taxonomy->schemes[i].id;
	near = near_best(id, names, len);
	return err_new(ERR_USAGE, "--scheme: %s: no such scheme: %s%s", id,
	    near != NULL ? "did you mean " : "see cabrief taxonomy list",
	    near != NULL ? near : "");
}

static const struct err *
add(void *arg, const struct bug *bug, const struct verdict *verdict,
    enum select_fate fate)
{
	return tally_add(arg, bug, verdict, fate);
}

const struct err *
cmd_count(struct session *session)
{
	const struct tax_scheme *scheme;
	const struct err *err;
	struct selection selection;
	struct build_source source;
	struct report report;
	struct tally tally;

	memset(&selection, 0, sizeof(selection));
	err = session_taxonomy(session);
	if (err == NULL)
		err = find_scheme(session, &scheme);
	if (err == NULL)
		err = session_select(session, &selection);
	if (err == NULL)
		err = session_store(session, STORE_READ);
	if (err != NULL) {
		session_select_release(&selection);
		return err;
	}
	tally_init(&tally, session->taxonomy, scheme);
	report_init(&report, scheme->title, session->settings.value[SET_URL]);
	err = session_walk(session, &selection, add, &tally);
	if (err == NULL)
		err = tally_finish(&tally);
	if (err == NULL) {
		session_source(session, &source);
		build_count(&report, &tally, &selection, &source,
		    option_given(&session->options, OPT_COLLAPSE));
		err = session_output(session, &report,
		    "text|markdown|mediawiki|csv|json");
	}
	report_release(&report);
	tally_release(&tally);
	session_select_release(&selection);
	return err;
}
