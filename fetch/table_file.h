/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Tables as the bytes of an SQLite file, for others to query.  It knows
 * nothing of what stands in them.  The same calls give the same bytes with
 * the same release of SQLite, whose number stands in the file.
 */
#ifndef FETCH_TABLE_FILE_H
#define FETCH_TABLE_FILE_H

#include <stddef.h>
#include <stdint.h>

struct err;
struct table_file;

enum table_file_type {
	TABLE_FILE_NULL,	/* of a value alone: it is missing */
	TABLE_FILE_INTEGER,
	TABLE_FILE_THOUSANDTHS,	/* stored as REAL: 451 as 0.451 */
	TABLE_FILE_TEXT
};

struct table_file_column {
	const char *name;
	enum table_file_type type;
};

struct table_file_value {
	enum table_file_type type;
	int64_t number;
	const char *text;	/* clean UTF-8 */
};

/* A file without tables, in memory.  Caller frees. */
const struct err *table_file_new(struct table_file **out);
void table_file_free(struct table_file *file);

/* A new table, to which rows then go: up to TABLE_FILE_MAX_COLUMNS columns.
 * Names are quoted.  ERR_SYSTEM. */
const struct err *table_file_table(struct table_file *file, const char *name,
    const struct table_file_column *columns, size_t len);
/* A row of the newest table: one value a column.  ERR_SYSTEM. */
const struct err *table_file_row(struct table_file *file,
    const struct table_file_value *values);

/* The file's bytes, which are its own and good until it is freed; nothing
 * can be added any more.  ERR_SYSTEM. */
const struct err *table_file_bytes(struct table_file *file,
    const char **data, size_t *len);

/* Limits */
enum {
	TABLE_FILE_MAX_COLUMNS = 64,
	TABLE_FILE_MAX_SQL = 16 << 10,	/* bytes of a statement */
	/* Two billion bytes are what SQLite keeps in memory; an export of
	 * all incidents ever has some thirty million. */
	TABLE_FILE_PAGE = 4096
};

#endif
