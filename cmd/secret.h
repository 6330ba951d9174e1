/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The API key.  It is never an option's value: it stands in the environment
 * or in a file that others can't read, or a command prints it.  It is kept
 * here, and wiped; nothing else copies it but to where it is used.
 */
#ifndef CMD_SECRET_H
#define CMD_SECRET_H

#include <stdbool.h>

struct err;
struct settings;

/* Limits */
enum {
	SECRET_MAX = 255	/* bytes; a Bugzilla's key has 40 */
};

struct secret {
	char text[SECRET_MAX + 1];	/* "": there is none */
};

/*
 * Find the key: in the file or from the command that an option names, then
 * in $CREDENTIALS_DIRECTORY/bugzilla-api-key, then in BUGZILLA_API_KEY, then
 * where the settings files say.  Having one, the process dumps no core.
 * ERR_CONFIG for a file that others can read, a command that fails, or what
 * can't be a key; no error shows any of it.
 */
const struct err *secret_read(struct secret *out,
    const struct settings *settings);
void secret_wipe(struct secret *secret);

#endif
