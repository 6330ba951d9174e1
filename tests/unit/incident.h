/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * An incident made by hand, comment by comment and change by change, with
 * what a reader of reports would have read: for tests of what is counted
 * from it.  The clocks are those of the built-in taxonomy.
 */
#ifndef TESTS_UNIT_INCIDENT_H
#define TESTS_UNIT_INCIDENT_H

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "classify/report_text.h"
#include "classify/verdict.h"
#include "fetch/bug.h"
#include "tests/unit/small_taxonomy.h"

#define CA	"ca@acme.example"
#define PROGRAM	"p@browser.example"
#define CCADB	"reports@ccadb.example"
#define OUTSIDER	"who@else.example"

enum { INCIDENT_MAX = 64 };

struct incident {
	struct taxonomy taxonomy;
	struct taxonomy *builtin;
	struct bug bug;
	struct verdict verdict;
	struct report_text text;
	struct report_comment read[INCIDENT_MAX];
	struct report_action actions[INCIDENT_MAX];
};

static const char *incident_domains[] = { "acme.example" };
static struct tax_owner incident_owners[] = {
	{ .id = "acme", .name = "Acme", .now = 0, .since = DATE_NONE,
	    .domains = incident_domains, .domain_len = 1 },
	{ .id = "bare", .name = "Bare", .now = 1, .since = DATE_NONE }
};
static struct tax_name incident_names[] = {
	{ "Acme", "acme", TAX_NAME_CA, 0, 1 },
	{ "Bare", "bare", TAX_NAME_CA, 1, 2 }
};
static const char *incident_program[] = { "browser.example" };
static const char *incident_ccadb[] = { "reports@ccadb.example" };
static const char *incident_robots[] = { "robots.example" };
static const char *incident_public[] = { "free.example" };
static struct tax_party incident_parties[] = {
	{ .id = "browser", .kind = TAX_PARTY_ROOT_PROGRAM,
	    .addresses = incident_program, .address_len = 1 },
	{ .id = "ccadb", .kind = TAX_PARTY_CCADB,
	    .addresses = incident_ccadb, .address_len = 1 },
	{ .id = "robots", .kind = TAX_PARTY_ROBOT,
	    .addresses = incident_robots, .address_len = 1 },
	{ .id = "free", .kind = TAX_PARTY_PUBLIC,
	    .addresses = incident_public, .address_len = 1 }
};

static inline int64_t
incident_time(const char *text)
{
	int64_t time;

	assert_true(date_parse_time(text, strlen(text), &time));
	return time;
}

static inline void
incident_init(struct incident *incident)
{
	memset(incident, 0, sizeof(*incident));
	assert_null(taxonomy_load(&incident->builtin, NULL));
	incident->taxonomy = small_taxonomy;
	incident->taxonomy.owners = incident_owners;
	incident->taxonomy.owner_len = COUNT(incident_owners);
	incident->taxonomy.names = incident_names;
	incident->taxonomy.name_len = COUNT(incident_names);
	incident->taxonomy.parties = incident_parties;
	incident->taxonomy.party_len = COUNT(incident_parties);
	memcpy(incident->taxonomy.clocks, incident->builtin->clocks,
	    sizeof(incident->taxonomy.clocks));
	bug_init(&incident->bug, BUG_MAX_BYTES);
}

static inline void
incident_release(struct incident *incident)
{
	bug_release(&incident->bug);
	taxonomy_free(incident->builtin);
}

static inline void
incident_set(struct incident *incident, enum bug_text field,
    const char *text)
{
	assert_true(bug_set_text(&incident->bug, field, text, strlen(text)));
}

/* An open bug; `created` "" for one without a time.  The creator is the CA
 * until told otherwise. */
static inline void
incident_begin(struct incident *incident, const char *summary,
    const char *created)
{
	size_t i;

	bug_clear(&incident->bug);
	incident->bug.id = 7;
	incident->bug.have |= BUG_HAVE_HISTORY | BUG_HAVE_COMMENTS;
	incident_set(incident, BUG_SUMMARY, summary);
	incident_set(incident, BUG_STATUS, "ASSIGNED");
	incident_set(incident, BUG_CREATOR, CA);
	if (created[0] != '\0')
		bug_set_num(&incident->bug, BUG_CREATED,
		    incident_time(created));
	memset(&incident->text, 0, sizeof(incident->text));
	memset(incident->read, 0, sizeof(incident->read));
	incident->text.comments = incident->read;
	incident->text.actions = incident->actions;
	for (i = 0; i < FACT_KIND__MAX; i++) {
		incident->text.facts[i].text = "";
		incident->text.facts[i].number = DATE_NONE;
		incident->text.fact_comment[i] = -1;
	}
}

/* A comment; with text "" some words that do not matter. */
static inline void
incident_say(struct incident *incident, const char *time,
    const char *creator, const char *text, enum tax_form_kind form)
{
	struct comment *comment = bug_add_comment(&incident->bug);
	size_t at = incident->text.comment_len;

	assert_non_null(comment);
	assert_true(at < INCIDENT_MAX);
	comment->number = (int64_t)at;
	comment->time = incident_time(time);
	comment->creator = creator;
	comment->text = text[0] != '\0' ? text : "Words.";
	comment->text_len = strlen(comment->text);
	incident->read[at].form = form;
	incident->read[at].number = (int64_t)at;
	incident->text.comment_len++;
}

static inline void
incident_change(struct incident *incident, const char *time,
    const char *who, const char *field, const char *removed,
    const char *added)
{
	struct change *change = bug_add_change(&incident->bug);

	assert_non_null(change);
	change->time = incident_time(time);
	change->who = who;
	change->field = field;
	change->removed = removed;
	change->added = added;
}

/* A fact of all reports together, given in that comment. */
static inline void
incident_fact(struct incident *incident, enum report_fact_kind kind,
    int64_t number, bool day_only, int64_t comment)
{
	incident->text.facts[kind].state = REPORT_GIVEN;
	incident->text.facts[kind].number = number;
	incident->text.facts[kind].day_only = day_only;
	incident->text.fact_comment[kind] = comment;
}

/* An action as it stands at last. */
static inline void
incident_action(struct incident *incident, const char *text,
    const char *due, enum report_action_state state, int64_t comment)
{
	struct report_action *action = &incident->actions[
	    incident->text.action_len++];

	memset(action, 0, sizeof(*action));
	action->text = text;
	action->kind = action->cause = action->due_text = "";
	action->due = DATE_NONE;
	if (due[0] != '\0')
		assert_true(date_parse_day(due, strlen(due), &action->due));
	action->state = state;
	action->comment = comment;
	/* The table of that comment has it too. */
	incident->read[comment].actions = action;
	incident->read[comment].action_len = 1;
}

/* The verdict; once all is said. */
static inline void
incident_read(struct incident *incident)
{
	verdict_read(&incident->bug, &incident->taxonomy, LABELS_BEST, NULL,
	    &incident->verdict);
}

#endif
