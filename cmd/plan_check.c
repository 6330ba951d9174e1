/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "cmd/plan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "cmd/product.h"
#include "cmd/secret.h"
#include "cmd/session.h"

/* Limits */
enum {
	CHECK_MAX_PATH = 8192,	/* bytes */
	/* Outputs; stores, key files and passwords; the plan; what settings
	 * name. */
	CHECK_MAX_PLACES = PLAN_MAX_REPORTS + 3 * (PLAN_MAX_SOURCES + 1) + 5
};

/* Several servers may share one. */
static const char a_secret[] = "a secret's";

/* A file that something of the plan is, or is to be: by its folder, which all
 * ways to it share, and its name there. */
struct place {
	dev_t dev;
	ino_t ino;
	const char *name;
	const char *what;	/* "the store of a source" */
};

struct check {
	struct plan *plan;
	struct session *session;
	struct place *places;
	size_t len;
	struct buf path, folder;	/* of the file that is looked at */
	struct place place;		/* that file */
};

/* What is wrong with what the line says is a finding; what is wrong with the
 * machine is not. */
static const struct err *
tell(struct check *check, size_t line, const char *what,
    const struct err *err)
{
	if (err == NULL || err->kind == ERR_SYSTEM)
		return err;
	return plan_find(check->plan, line, "%s: %s", what, err->text);
}

/* Look at a file: into check->place, and check->path, which no link leads on
 * from.  False, and a finding, when its folder is not there. */
static const struct err *
find_place(struct check *check, size_t line, const char *what,
    const char *path, bool *found)
{
	const struct err *err;
	const char *slash;
	struct stat st;

	*found = false;
	buf_clear(&check->path);
	buf_clear(&check->folder);
	err = file_follow(path, &check->path);
	if (err != NULL)
		return err;
	slash = strrchr(buf_text(&check->path), '/');
	check->place.name = slash != NULL ? slash + 1 :
	    buf_text(&check->path);
	if (slash != NULL)
		buf_add(&check->folder, buf_text(&check->path),
		    (size_t)(slash + 1 - buf_text(&check->path)));
	else
		buf_char(&check->folder, '.');
	err = buf_error(&check->folder, "a path");
	if (err != NULL)
		return err;
	if (stat(buf_text(&check->folder), &st) != 0)
		return plan_find(check->plan, line, "%s: %s: its folder can't "
		    "be had: %s: make it, or name another", what, path,
		    strerror(errno));
	check->place.dev = st.st_dev;
	check->place.ino = st.st_ino;
	*found = true;
	return NULL;
}

static bool
is_same(const struct place *a, const struct place *b)
{
	return a->dev == b->dev && a->ino == b->ino &&
	    strcmp(a->name, b->name) == 0;
}

/* Keep check->place for this one, unless it is another's. */
static const struct err *
take_place(struct check *check, size_t line, const char *what,
    const char *path, const char *whose)
{
	struct place *place = &check->places[check->len];
	size_t i;

	for (i = 0; i < check->len; i++)
		if (is_same(&check->places[i], &check->place) &&
		    (whose != a_secret || check->places[i].what != whose))
			return plan_find(check->plan, line, "%s: %s: is %s "
			    "too: name another file", what, path,
			    check->places[i].what);
	*place = check->place;
	place->what = whose;
	place->name = arena_copy(&check->plan->arena, check->place.name,
	    strlen(check->place.name));
	if (place->name == NULL)
		return err_memory();
	check->len++;
	return NULL;
}

/* A file that must not become a report; NULL: there is none. */
static const struct err *
keep_off(struct check *check, size_t line, const char *what,
    const char *path, const char *whose)
{
	const struct err *err;
	bool found;

	if (path == NULL)
		return NULL;
	err = find_place(check, line, what, path, &found);
	return err != NULL || !found ? err :
	    take_place(check, line, what, path, whose);
}

/* Can it be replaced, which takes its folder, or written to? */
static const struct err *
check_writable(struct check *check, size_t line, const char *path)
{
	const char *place = buf_text(&check->path);
	struct stat st;
	int failed;

	if (stat(place, &st) == 0 && S_ISDIR(st.st_mode))
		return plan_find(check->plan, line, "output: %s: is a "
		    "folder: name a file", path);
	if (stat(place, &st) == 0 && !S_ISREG(st.st_mode))
		failed = access(place, W_OK);
	else
		failed = access(buf_text(&check->folder), W_OK | X_OK);
	return failed == 0 ? NULL : plan_find(check->plan, line, "output: "
	    "%s: can't be written: %s: change permissions, or name another",
	    path, strerror(errno));
}

static const struct err *
check_output(struct check *check, const struct plan_part *report)
{
	const char *path = report->text[PLAN_OUTPUT];
	const size_t line = report->at[PLAN_OUTPUT];
	const struct err *err;
	bool found;

	if (path == NULL)
		return NULL;
	err = find_place(check, line, "output", path, &found);
	if (err == NULL && found)
		err = check_writable(check, line, path);
	if (err == NULL && found)
		err = take_place(check, line, "output", path,
		    "another report's");
	return err;
}

/* Read a secret as the run will, and forget it.  No command is run for it,
 * and systemd's credentials are not asked for where it has given none. */
static const struct err *
check_secret(struct check *check, const struct plan_part *part,
    enum secret_kind kind, const enum plan_key keys[3], enum setting command)
{
	const struct secret_place place = { part->text[keys[0]],
	    part->text[keys[1]], part->text[keys[2]] };
	const struct settings *settings = &check->session->settings;
	const struct err *err;
	struct secret secret;
	size_t line = part->line, i;

	for (i = 0; i < 3; i++) {
		if (part->at[keys[i]] == 0)
			continue;
		if (part->text[keys[i]] == NULL)
			return NULL;
		line = part->at[keys[i]];
	}
	if (place.command != NULL || (line == part->line &&
	    settings->value[command] != NULL))
		return NULL;
	err = secret_read(&secret, settings, kind, &place);
	err = tell(check, line, "the secret", err);
	if (err == NULL && place.credential != NULL &&
	    secret.text[0] == '\0' &&
	    getenv("CREDENTIALS_DIRECTORY") != NULL)
		err = plan_find(check->plan, line, "credential: %s: is not in "
		    "$CREDENTIALS_DIRECTORY: add LoadCredential= to the "
		    "service", place.credential);
	secret_wipe(&secret);
	return err;
}

static const struct err *
check_source(struct check *check, const struct plan_part *source)
{
	static const enum plan_key secrets[] = { PLAN_KEY_FILE,
	    PLAN_KEY_COMMAND, PLAN_KEY_CREDENTIAL };
	const char *db = source->text[PLAN_DB];
	const struct err *err = NULL;

	if (db != NULL)
		err = keep_off(check, source->at[PLAN_DB], "db", db,
		    "the store of a source");
	else if (source->at[PLAN_DB] == 0 &&
	    check->session->settings.value[SET_DB] == NULL)
		err = plan_find(check->plan, source->line, "there is no place "
		    "for the store: HOME is not set: name one by db");
	/* The built-in folder is made on demand. */
	else if (source->at[PLAN_DB] == 0 &&
	    settings_given(&check->session->settings, SET_DB))
		err = keep_off(check, source->line, "the store",
		    check->session->settings.value[SET_DB],
		    "the store of a source");
	if (err == NULL)
		err = keep_off(check, source->at[PLAN_KEY_FILE], "key-file",
		    source->text[PLAN_KEY_FILE], a_secret);
	if (err == NULL && source->number[PLAN_FETCH] != 0)
		err = check_secret(check, source, SECRET_API_KEY, secrets,
		    SET_KEY_COMMAND);
	return err;
}

static const struct err *
check_wiki(struct check *check, const struct plan_part *wiki)
{
	static const enum plan_key secrets[] = { PLAN_PASSWORD_FILE,
	    PLAN_PASSWORD_COMMAND, PLAN_PASSWORD_CREDENTIAL };
	const struct settings *settings = &check->session->settings;
	const struct err *err = NULL;

	if (wiki->at[PLAN_API] == 0 && !wiki->unsure &&
	    settings->value[SET_WIKI_API] == NULL)
		err = plan_find(check->plan, wiki->line, "no wiki is named: "
		    "give the URL of its API by api in [wiki], "
		    "MEDIAWIKI_API_URL, or wiki-api in the settings");
	if (err == NULL && wiki->at[PLAN_USER] == 0 && !wiki->unsure &&
	    settings->value[SET_WIKI_USER] == NULL)
		err = plan_find(check->plan, wiki->line, "no account of the "
		    "wiki is named: give it by user in [wiki], "
		    "MEDIAWIKI_USER, or wiki-user in the settings");
	if (err == NULL)
		err = keep_off(check, wiki->at[PLAN_PASSWORD_FILE],
		    "password-file", wiki->text[PLAN_PASSWORD_FILE],
		    a_secret);
	return err != NULL ? err : check_secret(check, wiki,
	    SECRET_PASSWORD, secrets, SET_WIKI_PASSWORD_COMMAND);
}

static const struct err *
check_report(struct check *check, const struct plan_part *report)
{
	const struct err *err = NULL;

	if (report->text[PLAN_COMMAND] != NULL)
		err = tell(check, report->at[PLAN_COMMAND], "command",
		    product_check(check->session, report->text[PLAN_COMMAND],
		    report->text[PLAN_FORMAT]));
	return err != NULL ? err : check_output(check, report);
}

/* What settings name must not become a report either.  Whether it is there
 * is the matter of who reads it. */
static const struct err *
keep_off_settings(struct check *check)
{
	static const struct {
		enum setting setting;
		const char *whose;
	} rows[] = {
		{ SET_TAXONOMY, "the taxonomy" },
		{ SET_OVERRIDES, "the file of decisions" },
		{ SET_KEY_FILE, a_secret },
		{ SET_WIKI_PASSWORD_FILE, a_secret }
	};
	const struct err *err = NULL;
	const char *path;
	struct stat st;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]) && err == NULL; i++) {
		path = check->session->settings.value[rows[i].setting];
		if (path != NULL && stat(path, &st) == 0)
			err = keep_off(check, 0,
			    setting_name(rows[i].setting), path,
			    rows[i].whose);
	}
	return err;
}

static const struct err *
run_checks(struct check *check)
{
	static const struct err *(*const checks[PLAN_KIND__MAX])
	    (struct check *check, const struct plan_part *part) = {
		[PLAN_SOURCE] = check_source,
		[PLAN_WIKI] = check_wiki,
		[PLAN_REPORT] = check_report
	};
	struct plan *plan = check->plan;
	const struct err *err;
	size_t kind, i;

	err = keep_off(check, 0, "the plan", plan->path, "the plan's own");
	if (err == NULL)
		err = keep_off_settings(check);
	for (kind = 0; kind < PLAN_KIND__MAX; kind++)
		for (i = 0; i < plan->len[kind] && err == NULL; i++)
			err = checks[kind](check, &plan->parts[kind][i]);
	return err;
}

const struct err *
plan_check(struct plan *plan, struct session *session)
{
	struct check check = { .plan = plan, .session = session };
	const struct err *err;

	buf_init(&check.path, CHECK_MAX_PATH);
	buf_init(&check.folder, CHECK_MAX_PATH);
	check.places = arena_alloc(&plan->arena, CHECK_MAX_PLACES,
	    sizeof(*check.places));
	/* A taxonomy that can't be read is nothing of the plan. */
	err = check.places == NULL ? err_memory() : session_taxonomy(session);
	if (err == NULL)
		err = run_checks(&check);
	buf_release(&check.folder);
	buf_release(&check.path);
	return err;
}
