/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Files: read whole under a ceiling, written whole or not at all.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stddef.h>

struct buf;
struct err;

/* Append the whole file to `out` (its ceiling is the limit). ERR_CONFIG
 * when it can't be opened or is no regular file; ERR_SYSTEM on a failed
 * read or a passed ceiling.  On error `out` is as it was. */
const struct err *file_read(const char *path, struct buf *out);

/*
 * Put `len` bytes at `path`: into a temporary file beside it, fsync,
 * rename, fsync of the folder.  On any error the old file, if there was
 * one, is untouched and the temporary is gone.  An existing file keeps its
 * permission bits; a new one gets 0666 less the umask.  A symbolic link
 * stays and what it leads to is replaced.  What is no regular file, such as
 * /dev/null or a pipe, stays, and the bytes are written to it; a folder is
 * refused.  ERR_SYSTEM.
 */
const struct err *file_replace(const char *path, const char *data,
    size_t len);

/* Append the path that `path` leads to when it is a symbolic link, else
 * `path`; there need be no file yet.  ERR_SYSTEM. */
const struct err *file_follow(const char *path, struct buf *out);

/* Make the folder and those above it (mode 0700 for new ones).  ERR_SYSTEM. */
const struct err *file_mkdirs(const char *path);

/* From a signal handler: unlink the temporary file that is being written,
 * if there is one.  Async-signal-safe. */
void file_forget_temporary(void);

#endif
