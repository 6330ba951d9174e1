/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <inttypes.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "classify/writers.h"
#include "cmd/export_files.h"
#include "cmd/session.h"
#include "cmd/session_report.h"
#include "fetch/bug.h"
#include "output/build_export.h"

struct exporting {
	struct session *session;
	struct selection selection;
	struct build_export to;
};

/* Of one that is selected, or left out with a reason, what is known. */
static const struct err *
add(struct exporting *exporting, struct store_walk *walk,
    const struct bug *bug, struct verdict *verdict, enum select_fate fate)
{
	struct session *session = exporting->session;
	struct build_export_bug from = { .bug = bug, .verdict = verdict,
	    .fate = fate, .judge = &session->judge };
	const struct err *err = NULL;
	struct writers writers;

	/* Those of the others were found when it was selected. */
	if (verdict_rows(verdict, taxonomy_causes(session->taxonomy)) == NULL)
		err = session_causes(session, walk, bug, verdict);
	if (err == NULL)
		err = session_report_text(session, walk, bug, &from.text);
	if (err != NULL)
		return err;
	writers_find(&writers, bug, verdict, from.text, session->taxonomy);
	from.writers = &writers;
	build_export_add(&exporting->to, &from);
	return build_export_error(&exporting->to);
}

static const struct err *
visit(void *arg, struct store_walk *walk, const struct bug *bug,
    struct verdict *verdict)
{
	struct exporting *exporting = arg;
	const struct err *err;
	enum select_fate fate;

	err = session_fate(exporting->session, walk, &exporting->selection,
	    bug, verdict, &fate);
	if (err != NULL)
		return err;
	exporting->to.fates[fate]++;
	return export_has(fate) ? add(exporting, walk, bug, verdict, fate) :
	    NULL;
}

static const struct err *
add_all(struct exporting *exporting)
{
	struct session *session = exporting->session;

	/* A tag is held against what the rules say. */
	session->judge.always = true;
	session_want_causes(session);
	return session_visit(session, &exporting->selection, visit,
	    exporting);
}

/* Does every bug of the store have its place, and every one in the export a
 * row? */
static const struct err *
balance(const struct exporting *exporting)
{
	const struct block *table =
	    exporting->to.tables[EXPORT_INCIDENTS].blocks;
	/* Those of later days are passed over. */
	int64_t seen = (int64_t)exporting->session->past.later, rows = 0;
	unsigned fate;

	for (fate = 0; fate < SELECT_FATE__MAX; fate++) {
		seen += exporting->to.fates[fate];
		if (export_has((enum select_fate)fate))
			rows += exporting->to.fates[fate];
	}
	if (seen != exporting->session->held.bugs ||
	    rows != (int64_t)table->table.row_len)
		return err_new(ERR_DATA, "export: the books don't balance: "
		    "%" PRId64 " bugs in the store, %" PRId64 " looked at: "
		    "nothing was written", exporting->session->held.bugs,
		    seen);
	return NULL;
}

/* The folder's name without slashes at its end; the caller frees. */
static char *
folder_name(const char *path)
{
	size_t len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		len--;
	return mem_copy(path, len);
}

static const struct err *
export(struct exporting *exporting, const char *dir)
{
	struct session *session = exporting->session;
	const struct err *err;

	err = add_all(exporting);
	if (err == NULL)
		err = balance(exporting);
	if (err == NULL)
		err = export_files_write(session, &exporting->to,
		    &exporting->selection, dir);
	if (err == NULL)
		session_say(session, "export: %s: %zu incidents, %" PRId64
		    " of them counted", dir, exporting->to.tables[
		    EXPORT_INCIDENTS].blocks->table.row_len,
		    exporting->to.fates[SELECT_IN]);
	return err;
}

const struct err *
cmd_export(struct session *session)
{
	bool plain = option_given(&session->options, OPT_ADDRESSES);
	char *dir = folder_name(session->options.args[0]);
	struct exporting exporting;
	const struct err *err;

	memset(&exporting, 0, sizeof(exporting));
	exporting.session = session;
	if (dir == NULL)
		return err_memory();
	err = export_files_check(session, dir);
	if (err == NULL)
		err = session_taxonomy(session);
	if (err == NULL)
		err = session_select(session, &exporting.selection);
	if (err == NULL)
		err = session_store(session, STORE_CACHE);
	if (err == NULL) {
		build_export_begin(&exporting.to, session->taxonomy,
		    session->settings.value[SET_URL],
		    plain ? NULL : session->held.first_answer);
		err = build_export_error(&exporting.to);
		if (err == NULL)
			err = export(&exporting, dir);
		build_export_release(&exporting.to);
	}
	session_select_release(&exporting.selection);
	mem_free(dir);
	return err;
}
