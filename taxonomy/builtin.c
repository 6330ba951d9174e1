/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "taxonomy/builtin.h"

#include "taxonomy_bytes.h"

const struct builtin_file *
builtin_schema(void)
{
	return &files[0];
}

const struct builtin_file *
builtin_files(size_t *len)
{
	*len = sizeof(files) / sizeof(files[0]) - 1;
	return files + 1;
}
