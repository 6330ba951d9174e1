/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Settings: option before environment before the user's file before the
 * system's file before what is built in, each with where it came from.
 * This is the one place that reads the environment for them; of a secret it
 * says only that there is one, see cmd/secret.h.
 */
#ifndef CMD_SETTINGS_H
#define CMD_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

struct err;
struct options;

enum setting {
	SET_DB,
	SET_TAXONOMY,		/* NULL: the built-in one */
	SET_OVERRIDES,		/* NULL: nothing was decided */
	SET_URL,
	SET_CONTACT,		/* who fetches, for the server's people */
	SET_KEY,		/* "(set)", or NULL */
	SET_KEY_FILE,
	SET_KEY_COMMAND,
	SET_WIKI_API,		/* URL of its api.php */
	SET_WIKI_USER,
	SET_WIKI_PASSWORD,	/* "(set)", or NULL */
	SET_WIKI_PASSWORD_FILE,
	SET_WIKI_PASSWORD_COMMAND,
	SET_STOP_PAGE,		/* NULL: no page stops us */
	SET__MAX
};

struct settings {
	char *value[SET__MAX];		/* NULL when unset */
	char *from[SET__MAX];		/* "option --db", "CABRIEF_DB", a file */
};

/* Settle them all. ERR_CONFIG for a settings file that can't be read or
 * has an unknown key (FILE:LINE).  Release also after an error. */
const struct err *settings_read(struct settings *settings,
    const struct options *options);
void settings_release(struct settings *settings);

/* The same once more; release also after an error. */
const struct err *settings_copy(struct settings *to,
    const struct settings *from);

/* Did somebody choose it, or is it what is built in? */
bool settings_given(const struct settings *settings, enum setting setting);
/* Does an option say so? */
bool settings_by_option(const struct settings *settings,
    enum setting setting);

/* What the store tells replaces what is built in, and nothing else. */
const struct err *settings_from_store(struct settings *settings,
    enum setting setting, const char *value);

/* Replace a value by one that was checked; `from` says where it is from. */
const struct err *settings_put(struct settings *settings,
    enum setting setting, const char *value, const char *from);

const char *setting_name(enum setting setting);

#endif
