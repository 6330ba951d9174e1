/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Folders of files, written whole or not at all.
 */
#ifndef BASE_FOLDER_H
#define BASE_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

struct err;

struct folder_file {
	const char *name;	/* without a slash */
	const char *data;
	size_t len;
};

enum folder_state {
	FOLDER_NONE,		/* nothing is there */
	FOLDER_EMPTY,
	FOLDER_KNOWN,		/* files of the names given, and no others */
	FOLDER_OTHER		/* other files too, or no folder at all */
};

/* What stands at `path`; `files` are looked at for their names alone.  A
 * symbolic link is no folder.  ERR_SYSTEM when it can't be told. */
const struct err *folder_look(const char *path,
    const struct folder_file *files, size_t len, enum folder_state *state);

/*
 * Put a folder with these files at `path`: into a temporary folder beside
 * it, each file fsynced, then renamed.  An empty folder there is replaced;
 * one that holds something only with `replace`: it is moved away first and
 * then removed, but for files of other names, which are never touched: these
 * are an error that names where they now are.  Between two renames there
 * is for a moment no folder at `path`.  New files get 0666, and the folder
 * 0777, less the umask.  On any other error what stood there stands there
 * still, and the temporary is gone.  ERR_SYSTEM.
 */
const struct err *folder_write(const char *path,
    const struct folder_file *files, size_t len, bool replace);

/* From a signal handler: remove the temporary folder that is being written,
 * if there is one.  Async-signal-safe. */
void folder_forget_temporary(void);

#endif
