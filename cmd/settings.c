/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "cmd/settings.h"

#include <ini.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "cmd/options.h"
#include "cmd/secret.h"

/* Limits */
enum {
	SETTINGS_MAX_FILE = 64 << 10,
	SETTINGS_MAX_LINE = 190,	/* inih as packaged has room for 197 */
	SETTINGS_MAX_PATH = 4096
};

#define SYSTEM_FILE "/etc/cabrief/config"

static const struct setting_row {
	const char *name;	/* in a settings file */
	enum opt opt;		/* OPT__MAX: none */
	const char *env;	/* NULL: none */
	const char *builtin;	/* NULL: none, or worked out */
	bool secret;		/* never shown, and in no settings file */
} rows[SET__MAX] = {
	[SET_DB] = { "db", OPT_DB, "CABRIEF_DB", NULL, false },
	[SET_TAXONOMY] = { "taxonomy", OPT_TAXONOMY, "CABRIEF_TAXONOMY",
	    NULL, false },
	[SET_OVERRIDES] = { "overrides", OPT_OVERRIDES, "CABRIEF_OVERRIDES",
	    NULL, false },
	[SET_URL] = { "url", OPT_URL, "BUGZILLA_URL",
	    "https://bugzilla.mozilla.org", false },
	[SET_CONTACT] = { "contact", OPT__MAX, NULL, NULL, false },
	[SET_KEY] = { "api-key", OPT__MAX, "BUGZILLA_API_KEY", NULL, true },
	[SET_KEY_FILE] = { "key-file", OPT_KEY_FILE, NULL, NULL, false },
	[SET_KEY_COMMAND] = { "key-command", OPT_KEY_COMMAND, NULL, NULL,
	    false },
	[SET_WIKI_API] = { "wiki-api", OPT_API, "MEDIAWIKI_API_URL", NULL,
	    false },
	[SET_WIKI_USER] = { "wiki-user", OPT_USER, "MEDIAWIKI_USER", NULL,
	    false },
	[SET_WIKI_PASSWORD] = { "wiki-password", OPT__MAX,
	    "MEDIAWIKI_PASSWORD", NULL, true },
	[SET_WIKI_PASSWORD_FILE] = { "wiki-password-file",
	    OPT_PASSWORD_FILE, NULL, NULL, false },
	[SET_WIKI_PASSWORD_COMMAND] = { "wiki-password-command",
	    OPT_PASSWORD_COMMAND, NULL, NULL, false },
	[SET_STOP_PAGE] = { "stop-page", OPT_STOP_PAGE, NULL, NULL, false },
};

/* Set `setting` unless something that goes before has. */
static const struct err *
settle(struct settings *settings, enum setting setting, const char *value,
    const char *kind, const char *name)
{
	struct buf from;
	const struct err *err;

	if (value == NULL || value[0] == '\0' ||
	    settings->from[setting] != NULL)
		return NULL;
	buf_init(&from, SETTINGS_MAX_PATH);
	buf_str(&from, kind);
	buf_str(&from, name);
	err = buf_error(&from, "a setting's origin");
	if (rows[setting].secret)
		value = "(set)";
	if (err == NULL) {
		settings->value[setting] = mem_copy(value, strlen(value));
		settings->from[setting] = buf_take(&from);
		if (settings->value[setting] == NULL ||
		    settings->from[setting] == NULL)
			err = err_memory();
	}
	buf_release(&from);
	return err;
}

struct from_file {
	struct settings *settings;
	const char *path;
	const struct err *err;
};

static int
take_line(void *arg, const char *section, const char *name,
    const char *value)
{
	struct from_file *from = arg;
	size_t i;

	if (section[0] != '\0')
		return 0;
	for (i = 0; i < SET__MAX; i++) {
		if (strcmp(name, rows[i].name) != 0 || rows[i].secret)
			continue;
		if (from->err == NULL)
			from->err = settle(from->settings, (enum setting)i,
			    value, "", from->path);
		return 1;
	}
	return 0;
}

/* inih takes what passes its room for another line, without a word. */
static const struct err *
check_lines(const char *path, const char *text)
{
	size_t line = 1, len;

	for (; *text != '\0'; text += len + (text[len] != '\0'), line++) {
		len = strcspn(text, "\n");
		if (len > SETTINGS_MAX_LINE)
			return err_new(ERR_CONFIG, "%s:%zu: is longer than "
			    "%d bytes: shorten it", path, line,
			    SETTINGS_MAX_LINE);
	}
	return NULL;
}

static const struct err *
read_file(struct settings *settings, const char *path)
{
	struct from_file from = { settings, path, NULL };
	const struct err *err;
	struct buf buf;
	int line;

	if (access(path, F_OK) != 0)
		return NULL;
	buf_init(&buf, SETTINGS_MAX_FILE);
	err = file_read(path, &buf);
	if (err == NULL)
		err = check_lines(path, buf_text(&buf));
	if (err == NULL) {
		line = ini_parse_string(buf_text(&buf), take_line, &from);
		err = from.err;
		if (err == NULL && line != 0)
			err = err_new(ERR_CONFIG, "%s:%d: no setting of "
			    "cabrief: one is db, taxonomy, overrides, url, "
			    "contact, key-file, key-command, wiki-api, "
			    "wiki-user, wiki-password-file, "
			    "wiki-password-command or stop-page, as "
			    "NAME = VALUE: correct the line", path, line);
	}
	buf_release(&buf);
	return err;
}

/* Append DIR/NAME for the first of $ENV (up to a colon) or $HOME/UNDER;
 * false when neither is set. */
static bool
place(struct buf *out, const char *env, const char *under, const char *name)
{
	const char *dir = getenv(env), *home;

	buf_clear(out);
	if (dir != NULL && dir[0] == '/') {
		buf_add(out, dir, strcspn(dir, ":"));
	} else {
		home = under != NULL ? getenv("HOME") : NULL;
		if (home == NULL || home[0] != '/')
			return false;
		buf_fmt(out, "%s/%s", home, under);
	}
	buf_fmt(out, "/%s", name);
	return buf_error(out, "a path") == NULL;
}

/* The user's settings file, if there is a place for one. */
static bool
user_file(struct buf *out)
{
	return place(out, "CONFIGURATION_DIRECTORY", NULL, "config") ||
	    place(out, "XDG_CONFIG_HOME", ".config", "cabrief/config");
}

static bool
default_store(struct buf *out)
{
	return place(out, "STATE_DIRECTORY", NULL, "incidents.db") ||
	    place(out, "XDG_DATA_HOME", ".local/share",
	    "cabrief/incidents.db");
}

/* A Bugzilla's URL: http or https, no account in it, no slash at its end. */
static const struct err *
check_url(char *url, const char *from)
{
	size_t len = strlen(url);
	const char *host;

	if (strncmp(url, "https://", 8) == 0)
		host = url + 8;
	else if (strncmp(url, "http://", 7) == 0)
		host = url + 7;
	else
		host = "";
	if (host[0] == '\0' || host[0] == '/' ||
	    strcspn(host, "@ \t\n\"<>[]{}|\\^`") != strlen(host) ||
	    !text_is_clean(url, len))
		return err_new(ERR_CONFIG, "%s: not the URL of a Bugzilla: "
		    "give it as https://bugzilla.example, without an "
		    "account", from);
	while (url[len - 1] == '/')
		url[--len] = '\0';
	return NULL;
}

/* systemd's, where there is one. */
static const struct err *
settle_credential(struct settings *settings, enum setting setting,
    enum secret_kind kind)
{
	const struct err *err = NULL;
	struct buf path;

	buf_init(&path, SETTINGS_MAX_PATH);
	if (secret_credential(kind, &path))
		err = settle(settings, setting, "(set)", "",
		    buf_text(&path));
	buf_release(&path);
	return err;
}

const struct err *
settings_read(struct settings *settings, const struct options *options)
{
	const struct err *err = NULL;
	struct buf path;
	size_t i;

	memset(settings, 0, sizeof(*settings));
	buf_init(&path, SETTINGS_MAX_PATH);
	for (i = 0; i < SET__MAX && err == NULL; i++)
		if (rows[i].opt != OPT__MAX)
			err = settle(settings, (enum setting)i,
			    option_last(options, rows[i].opt), "option --",
			    option_at(rows[i].opt)->name);
	if (err == NULL)
		err = settle_credential(settings, SET_KEY, SECRET_API_KEY);
	if (err == NULL)
		err = settle_credential(settings, SET_WIKI_PASSWORD,
		    SECRET_PASSWORD);
	for (i = 0; i < SET__MAX && err == NULL; i++)
		if (rows[i].env != NULL)
			err = settle(settings, (enum setting)i,
			    getenv(rows[i].env), "environment ",
			    rows[i].env);
	if (err == NULL && user_file(&path))
		err = read_file(settings, buf_text(&path));
	if (err == NULL)
		err = read_file(settings, SYSTEM_FILE);
	for (i = 0; i < SET__MAX && err == NULL; i++)
		err = settle(settings, (enum setting)i, rows[i].builtin,
		    "built in", "");
	if (err == NULL && default_store(&path))
		err = settle(settings, SET_DB, buf_text(&path), "built in",
		    "");
	if (err == NULL)
		err = check_url(settings->value[SET_URL],
		    settings->from[SET_URL]);
	buf_release(&path);
	return err;
}

bool
settings_given(const struct settings *settings, enum setting setting)
{
	const char *from = settings->from[setting];

	return from != NULL && strcmp(from, "built in") != 0;
}

bool
settings_by_option(const struct settings *settings, enum setting setting)
{
	const char *from = settings->from[setting];

	return from != NULL && strncmp(from, "option ", 7) == 0;
}

const struct err *
settings_from_store(struct settings *settings, enum setting setting,
    const char *value)
{
	return settings_given(settings, setting) ? NULL :
	    settings_put(settings, setting, value, "the store");
}

const struct err *
settings_put(struct settings *settings, enum setting setting,
    const char *value, const char *from)
{
	mem_free(settings->value[setting]);
	mem_free(settings->from[setting]);
	settings->value[setting] = settings->from[setting] = NULL;
	return settle(settings, setting, value, from, "");
}

const struct err *
settings_copy(struct settings *to, const struct settings *from)
{
	const struct err *err = NULL;
	size_t i;

	memset(to, 0, sizeof(*to));
	for (i = 0; i < SET__MAX && err == NULL; i++)
		err = settle(to, (enum setting)i, from->value[i], "",
		    from->from[i] != NULL ? from->from[i] : "");
	return err;
}

void
settings_release(struct settings *settings)
{
	size_t i;

	for (i = 0; i < SET__MAX; i++) {
		mem_free(settings->value[i]);
		mem_free(settings->from[i]);
	}
	memset(settings, 0, sizeof(*settings));
}

const char *
setting_name(enum setting setting)
{
	return rows[setting].name;
}
