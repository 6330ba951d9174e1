/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* The files that a taxonomy is made of.  Private to taxonomy/. */
#ifndef TAXONOMY_FILES_H
#define TAXONOMY_FILES_H

#include <stddef.h>

struct err;

/*
 * Call `each` for every .xml file in folder `dir`, in order of their names,
 * or for the built-in ones when it is NULL; `name` is without the folder.
 * An error from it ends the walk.
 */
const struct err *files_each(const char *dir,
    const struct err *(*each)(void *arg, const char *name, const char *data,
    size_t len), void *arg);

/* Limits */
enum {
	FILES_MAX_PATH = 64 << 10	/* more than any system takes */
};

#endif
