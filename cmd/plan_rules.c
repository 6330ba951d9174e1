/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "cmd/plan_private.h"

#include <string.h>

#include "base/err.h"
#include "base/near.h"

/* "[report NAME]" */
#define PART "[%s%s%s]"
#define PART_OF(part) plan_kind_name((part)->kind), \
    (part)->name[0] != '\0' ? " " : "", (part)->name

/* At most one of these keys says where the secret is. */
static const struct err *
one_secret(struct plan *plan, const struct plan_part *part,
    const enum plan_key keys[3])
{
	const char *first = NULL;
	size_t i;

	for (i = 0; i < 3; i++) {
		if (part->text[keys[i]] == NULL)
			continue;
		if (first != NULL)
			return plan_find(plan, part->at[keys[i]], "%s: and %s: "
			    "both say where the secret is: take one out",
			    plan_key_name(keys[i]), first);
		first = plan_key_name(keys[i]);
	}
	return NULL;
}

/* A secret names the place; what is sent there must not be chosen by
 * somebody else's settings. */
static const struct err *
check_wiki(struct plan *plan, const struct plan_part *wiki)
{
	static const enum plan_key secrets[] = { PLAN_PASSWORD_FILE,
	    PLAN_PASSWORD_COMMAND, PLAN_PASSWORD_CREDENTIAL };
	static const char file[] = ".php";
	const char *api = wiki->text[PLAN_API];
	const struct err *err;

	err = one_secret(plan, wiki, secrets);
	if (err == NULL && wiki->at[PLAN_API] == 0 && !wiki->unsure &&
	    wiki->name[0] != '\0')
		err = plan_find(plan, wiki->line, PART ": has no api: say "
		    "where its api.php is", PART_OF(wiki));
	if (err == NULL && api != NULL && (strlen(api) < sizeof(file) ||
	    strcmp(api + strlen(api) - (sizeof(file) - 1), file) != 0))
		err = plan_find(plan, wiki->at[PLAN_API], "api: %s: is not "
		    "the URL of an api.php: Special:Version of the wiki "
		    "tells it", api);
	return err;
}

/* Is there a report of it?  One that is unsure of its source may be. */
static bool
is_used(const struct plan *plan, const struct plan_part *source)
{
	const struct plan_part *report = plan->parts[PLAN_REPORT];
	size_t i;

	for (i = 0; i < plan->len[PLAN_REPORT]; i++)
		if (report[i].source == source || report[i].source == NULL ||
		    report[i].unsure)
			return true;
	return plan->len[PLAN_REPORT] == 0;
}

static const struct err *
check_source(struct plan *plan, const struct plan_part *source)
{
	static const enum plan_key secrets[] = { PLAN_KEY_FILE,
	    PLAN_KEY_COMMAND, PLAN_KEY_CREDENTIAL };
	const struct plan_part *other;
	const char *db = source->text[PLAN_DB], *same;
	const struct err *err;

	err = one_secret(plan, source, secrets);
	if (err == NULL && !is_used(plan, source))
		err = plan_find(plan, source->line, PART ": no report is made "
		    "from it: add one, or take it out", PART_OF(source));
	for (other = plan->parts[PLAN_SOURCE]; other < source && err == NULL;
	    other++) {
		same = other->text[PLAN_DB];
		if (source->at[PLAN_DB] == 0 && other->at[PLAN_DB] == 0 &&
		    !source->unsure && !other->unsure)
			return plan_find(plan, source->line != 0 ?
			    source->line : other->line, PART " and " PART
			    ": have no db: each source needs a store of its "
			    "own, and settings name but one: say where the "
			    "other is", PART_OF(other), PART_OF(source));
		if (db != NULL && same != NULL && strcmp(db, same) == 0)
			return plan_find(plan, source->at[PLAN_DB], "db: %s: "
			    "is the store of " PART " too: a source needs a "
			    "store of its own: name another", db,
			    PART_OF(other));
	}
	return err;
}

/* The part that `name` names, the default one where it is NULL, which is
 * made when the plan has none. */
static const struct err *
find_part(struct plan *plan, const struct plan_part *report,
    enum plan_key key, enum plan_kind kind, const struct plan_part **out)
{
	const char *names[PLAN_MAX_SOURCES + PLAN_MAX_WIKIS], *near;
	const char *name = report->text[key] != NULL ? report->text[key] : "";
	struct plan_part *part = plan->parts[kind];
	size_t i;

	*out = NULL;
	if (report->at[key] != 0 && report->text[key] == NULL)
		return NULL;
	for (i = 0; i < plan->len[kind]; i++) {
		names[i] = part[i].name;
		if (strcmp(part[i].name, name) == 0) {
			*out = &part[i];
			return NULL;
		}
	}
	if (name[0] == '\0') {
		part[i].kind = kind;
		part[i].name = "";
		part[i].unsure = plan->unsure;
		plan->len[kind]++;
		*out = &part[i];
		return plan_values(plan, &part[i]);
	}
	near = near_best(name, names, i);
	if (near != NULL && near[0] != '\0')
		return plan_find(plan, report->at[key], "%s: %s: no such "
		    "section: did you mean %s?", plan_key_name(key), name,
		    near);
	return plan_find(plan, report->at[key], "%s: %s: the plan has no "
	    "section [%s %s]: add it, or name another", plan_key_name(key),
	    name, plan_kind_name(kind), name);
}

/* What only a page makes something of. */
static const struct err *
check_no_page(struct plan *plan, const struct plan_part *report)
{
	static const enum plan_key keys[] = { PLAN_BLOCK, PLAN_MAX_CHANGE,
	    PLAN_TO_WIKI, PLAN_MINOR };
	const struct err *err = NULL;
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]) && err == NULL; i++)
		if (report->at[keys[i]] != 0)
			err = plan_find(plan, report->at[keys[i]], "%s: means "
			    "nothing without page: name the page, or leave "
			    "it out", plan_key_name(keys[i]));
	if (err == NULL && report->at[PLAN_OUTPUT] == 0 && !report->unsure)
		err = plan_find(plan, report->line, PART ": goes nowhere: "
		    "give it an output, or page and block", PART_OF(report));
	return err;
}

static const struct err *
check_page(struct plan *plan, struct plan_part *report)
{
	const char *format = report->text[PLAN_FORMAT];
	const struct err *err = NULL;

	if (report->at[PLAN_BLOCK] == 0 && !report->unsure)
		err = plan_find(plan, report->at[PLAN_PAGE], "page: without a "
		    "block: name the block between whose marks the report "
		    "goes");
	if (err == NULL && strcmp(format, "mediawiki") != 0)
		err = plan_find(plan, report->at[PLAN_FORMAT], "format: %s: a "
		    "page is wikitext: write mediawiki, and make a report of "
		    "its own for the file", format);
	if (err == NULL && report->at[PLAN_MAX_BYTES] == 0)
		report->number[PLAN_MAX_BYTES] = PLAN_BYTES_PAGE;
	if (err == NULL)
		err = find_part(plan, report, PLAN_TO_WIKI, PLAN_WIKI,
		    &report->wiki);
	return err;
}

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Two reports that would write over each other. */
static const struct err *
check_clash(struct plan *plan, const struct plan_part *report)
{
	const struct plan_part *other;
	const struct err *err = NULL;

	for (other = plan->parts[PLAN_REPORT]; other < report && err == NULL;
	    other++) {
		if (report->text[PLAN_OUTPUT] != NULL &&
		    same_text(report->text[PLAN_OUTPUT],
		    other->text[PLAN_OUTPUT]))
			err = plan_find(plan, report->at[PLAN_OUTPUT],
			    "output: %s: " PART " writes it too: name another "
			    "file", report->text[PLAN_OUTPUT],
			    PART_OF(other));
		if (err == NULL && report->wiki != NULL &&
		    other->wiki != NULL && report->text[PLAN_BLOCK] != NULL &&
		    same_text(report->wiki->text[PLAN_API],
		    other->wiki->text[PLAN_API]) &&
		    same_text(report->text[PLAN_PAGE],
		    other->text[PLAN_PAGE]) &&
		    same_text(report->text[PLAN_BLOCK],
		    other->text[PLAN_BLOCK]))
			err = plan_find(plan, report->at[PLAN_BLOCK],
			    "block: %s: " PART " writes it too, on the same "
			    "page: name another", report->text[PLAN_BLOCK],
			    PART_OF(other));
	}
	return err;
}

static const struct err *
check_report(struct plan *plan, struct plan_part *report)
{
	const struct err *err = NULL;
	bool page = report->at[PLAN_PAGE] != 0;

	if (report->text[PLAN_FORMAT] == NULL)
		report->text[PLAN_FORMAT] = page ? "mediawiki" : "text";
	if (report->at[PLAN_COMMAND] == 0 && !report->unsure)
		err = plan_find(plan, report->line, PART ": has no command: "
		    "say which report it is", PART_OF(report));
	if (err == NULL)
		err = page ? check_page(plan, report) :
		    check_no_page(plan, report);
	if (err == NULL)
		err = find_part(plan, report, PLAN_FROM_SOURCE, PLAN_SOURCE,
		    &report->source);
	if (err == NULL)
		err = check_clash(plan, report);
	return err;
}

const struct err *
plan_rules(struct plan *plan)
{
	const struct err *err = NULL;
	size_t i;

	if (plan->len[PLAN_REPORT] == 0)
		err = plan_find(plan, 0, "has no report: add a section "
		    "[report NAME]");
	for (i = 0; i < plan->len[PLAN_REPORT] && err == NULL; i++)
		err = check_report(plan, &plan->parts[PLAN_REPORT][i]);
	/* Behind the reports, which may have added to them. */
	for (i = 0; i < plan->len[PLAN_SOURCE] && err == NULL; i++)
		err = check_source(plan, &plan->parts[PLAN_SOURCE][i]);
	for (i = 0; i < plan->len[PLAN_WIKI] && err == NULL; i++)
		err = check_wiki(plan, &plan->parts[PLAN_WIKI][i]);
	return err;
}
