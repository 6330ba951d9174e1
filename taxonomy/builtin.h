/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The taxonomy as the program carries it with itself: the bytes of the
 * files in this folder, put in by embed.sh.  Private to taxonomy/.
 */
#ifndef TAXONOMY_BUILTIN_H
#define TAXONOMY_BUILTIN_H

#include <stddef.h>

struct builtin_file {
	const char *name;		/* without folder: "owners.xml" */
	const unsigned char *data;	/* len bytes, no NUL behind */
	size_t len;
};

/* The RELAX NG schema that every taxonomy is checked against. */
const struct builtin_file *builtin_schema(void);

/* The XML files, `*len` of them, in order of their names. */
const struct builtin_file *builtin_files(size_t *len);

#endif
