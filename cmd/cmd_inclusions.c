/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/err.h"
#include "classify/verdict.h"
#include "cmd/inclusions.h"
#include "cmd/session.h"
#include "fetch/bug.h"

static bool
is_request(const struct taxonomy *taxonomy, const struct bug *bug)
{
	const struct tax_component *component;

	component = taxonomy_component(taxonomy, bug->text[BUG_PRODUCT],
	    bug->text[BUG_COMPONENT]);
	return component != NULL &&
	    component->kind == TAX_COMPONENT_INCLUSIONS;
}

static const struct err *
add(struct session *session, const struct bug *bug,
    struct inclusions *inclusions)
{
	struct build_inclusion *items, *item;
	struct verdict verdict;
	const struct err *err;

	if (!is_request(session->taxonomy, bug) ||
	    bug_status_closed(bug->text[BUG_STATUS]))
		return NULL;
	items = mem_room(inclusions->items, inclusions->len,
	    &inclusions->cap, sizeof(*items));
	if (items == NULL)
		return err_memory();
	inclusions->items = items;
	item = &items[inclusions->len];
	memset(item, 0, sizeof(*item));
	/* Owners' names are looked for elsewhere: nobody is to hear of a
	 * summary without a prefix. */
	verdict_read(bug, session->taxonomy, LABELS_TAGGED, NULL, &verdict);
	err = inclusion_read(bug, &verdict, session->taxonomy,
	    &item->inclusion);
	if (err != NULL)
		return err;
	item->bug = bug->id;
	item->filed = bug->num[BUG_CREATED];
	item->changed = bug->num[BUG_CHANGED];
	item->summary = arena_copy(&inclusions->arena,
	    bug->text[BUG_SUMMARY], strlen(bug->text[BUG_SUMMARY]));
	if (item->summary == NULL)
		return err_memory();
	inclusions->len++;
	return NULL;
}

const struct err *
inclusions_read(struct session *session, struct inclusions *out)
{
	struct store_walk *walk;
	const struct err *err;
	const struct bug *bug;

	memset(out, 0, sizeof(*out));
	arena_init(&out->arena, INCLUSIONS_MAX_BYTES);
	err = session_walk_new(&walk, session, STORE_HISTORY);
	while (err == NULL) {
		err = session_next(session, walk, &bug);
		if (err != NULL || bug == NULL)
			break;
		err = add(session, bug, out);
	}
	store_walk_free(walk);
	return err;
}

void
inclusions_release(struct inclusions *inclusions)
{
	mem_free(inclusions->items);
	arena_release(&inclusions->arena);
	memset(inclusions, 0, sizeof(*inclusions));
}

void
inclusions_build(const struct session *session,
    const struct inclusions *inclusions, struct build_inclusions *out)
{
	out->taxonomy = session->taxonomy;
	out->requests = inclusions->items;
	out->len = inclusions->len;
	out->now = session_clock(session);
}

const struct err *
cmd_inclusions(struct session *session)
{
	struct inclusions inclusions;
	struct build_inclusions from;
	struct build_source source;
	struct report report;
	const struct err *err;

	memset(&inclusions, 0, sizeof(inclusions));
	err = session_taxonomy(session);
	if (err == NULL)
		err = session_store(session, STORE_READ);
	if (err == NULL)
		err = inclusions_read(session, &inclusions);
	if (err == NULL) {
		report_init(&report, "CA Inclusion Requests",
		    session->settings.value[SET_URL]);
		inclusions_build(session, &inclusions, &from);
		session_source(session, &source);
		build_inclusions(&report, &from, &source);
		err = session_output(session, &report,
		    "text|markdown|mediawiki|html|csv|json|jsonl");
		report_release(&report);
	}
	inclusions_release(&inclusions);
	return err;
}
