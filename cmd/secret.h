/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The API key and the wiki's password.  A secret is never an option's value:
 * it stands in the environment or in a file that others can't read, or a
 * command prints it.  It is kept here, and wiped; nothing else copies it but
 * to where it is used.
 */
#ifndef CMD_SECRET_H
#define CMD_SECRET_H

#include <stdbool.h>

struct buf;
struct err;
struct settings;

/* Limits */
enum {
	SECRET_MAX = 255	/* bytes; a Bugzilla's key has 40, a password
				 * of MediaWiki's bots 32 */
};

enum secret_kind {
	SECRET_API_KEY,		/* of a Bugzilla */
	SECRET_PASSWORD,	/* of a wiki's account */
	SECRET_KIND__MAX
};

/* Where a plan says that it is; NULL members are not said. */
struct secret_place {
	const char *file;
	const char *command;
	const char *credential;	/* name in $CREDENTIALS_DIRECTORY */
};

struct secret {
	char text[SECRET_MAX + 1];	/* "": there is none */
};

/*
 * Find the secret.  Where the plan names a place it is there or nowhere,
 * since what stands elsewhere may be another server's; `place` may be NULL.
 * Else it is in the file or from the command that an option names, then in
 * $CREDENTIALS_DIRECTORY (bugzilla-api-key, mediawiki-password), then in
 * BUGZILLA_API_KEY or MEDIAWIKI_PASSWORD, then where the settings files say.
 * A credential that is an empty file is none: systemd makes one where the
 * real one is missing.  Having a secret, the process dumps no core.
 * ERR_CONFIG for a file that others can read, a command that fails, or what
 * can't be a secret; no error shows any of it.
 */
const struct err *secret_read(struct secret *out,
    const struct settings *settings, enum secret_kind kind,
    const struct secret_place *place);
void secret_wipe(struct secret *secret);

/* Append the path of the credential of that kind, if there is one. */
bool secret_credential(enum secret_kind kind, struct buf *path);

#endif
