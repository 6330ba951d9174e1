/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The data set that `export` writes: tables for programs, and what tells of
 * them.  Each table is a report of its own, with that table as its only one;
 * the report of incidents has a record for each too, a line of JSON.
 *
 *	build_export_columns.c	the tables and their columns, with words
 *	build_export.c		rows
 *	build_export_writer.c	addresses
 *	build_export_about.c	codebook, manifest, citation
 */
#ifndef OUTPUT_BUILD_EXPORT_H
#define OUTPUT_BUILD_EXPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "classify/select.h"
#include "output/report.h"

struct buf;
struct bug;
struct build_source;
struct judge;
struct report_text;
struct taxonomy;
struct verdict;
struct writers;

enum export_table {
	EXPORT_INCIDENTS,
	EXPORT_LABELS,
	EXPORT_COMMENTS,
	EXPORT_FACTS,
	EXPORT_CAUSES,
	EXPORT_ACTIONS,
	EXPORT_TABLE__MAX
};

enum export_type {
	EXPORT_INTEGER,
	EXPORT_DECIMAL,		/* three digits behind the point */
	EXPORT_TEXT,
	EXPORT_LIST,		/* words, blanks between */
	EXPORT_DATE,		/* YYYY-MM-DD */
	EXPORT_TIME		/* YYYY-MM-DDTHH:MM:SSZ */
};

struct export_column {
	const char *id;
	enum export_type type;
	const char *unit;	/* "" : none */
	const char *meaning;
	const char *missing;	/* what an empty cell means, "" : none is */
};

/* "incidents" ..., and its columns in order. */
const char *export_table_name(enum export_table table);
const struct export_column *export_columns(enum export_table table,
    size_t *len);

/* Is a bug of that fate in the export?  As with --all. */
bool export_has(enum select_fate fate);

struct build_export {
	struct report tables[EXPORT_TABLE__MAX];
	const struct taxonomy *taxonomy;
	const char *key;	/* addresses are hashed with it; NULL: they
				 * stand as they are */
	int64_t fates[SELECT_FATE__MAX];	/* bugs of the store */
};

/* The caller gives the shell, and releases it; taxonomy and key outlive it.
 * `bugzilla` as for report_init. */
void build_export_begin(struct build_export *to,
    const struct taxonomy *taxonomy, const char *bugzilla, const char *key);
void build_export_release(struct build_export *to);
const struct err *build_export_error(const struct build_export *to);

/* A bug that the selection holds, or would hold with --all.  The judge, with
 * rules always run, has settled labels and causes of this bug last. */
struct build_export_bug {
	const struct bug *bug;		/* with its comments */
	const struct verdict *verdict;
	enum select_fate fate;
	const struct judge *judge;
	const struct report_text *text;
	const struct writers *writers;
};
void build_export_add(struct build_export *to,
    const struct build_export_bug *from);

/*
 * A login or an address as it is shown: "w" and 16 digits of the SHA-256 of
 * key, a NUL and the login; itself without a key; "" stays.
 */
enum {
	EXPORT_WRITER = 18	/* bytes, with the NUL */
};
const char *export_writer(const char *key, const char *login,
    char out[EXPORT_WRITER]);
/* Append a text, with each address in it replaced by the above. */
void export_hide(const char *key, const char *text, struct buf *out);

/* Every column: a line for each in the one table of `report`. */
void build_export_codebook(struct report *report);

struct export_file {
	const char *name;
	const char *sha256;
	size_t bytes;
};

struct build_export_about {
	const struct build_source *source;
	const struct selection *selection;
	const struct export_file *files;
	size_t file_len;
	const char *command;	/* that makes the same again, as a shell
				 * takes it */
};
/* The manifest, as the report's data. */
void build_export_manifest(struct report *report,
    const struct build_export *to, const struct build_export_about *about);

/* How to cite it: Citation File Format 1.2.0. */
void build_export_citation(const struct build_source *source,
    struct buf *out);

#endif
