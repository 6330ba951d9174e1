/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A report made inside this process from its command line, "count --scheme
 * types-2024 --from -1y", as publish and refresh need it: in memory, not
 * printed.
 */
#ifndef CMD_PRODUCT_H
#define CMD_PRODUCT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/hash.h"

struct diag_sink;
struct err;
struct report;
struct session;
struct writer;
struct writer_options;

/* Limits */
enum {
	PRODUCT_MAX_WORDS = 256,	/* of a command line */
	PRODUCT_MAX_SUMMARY = 256	/* bytes, cut at a whole character */
};

struct product {
	struct buf text;	/* in the format asked for */
	char figures[HASH_HEX];	/* SHA-256 of the same text without what the
				 * day alone changes (report_undate) */
	char summary[PRODUCT_MAX_SUMMARY];	/* report's, "" when it has none */
	uint64_t left_out;	/* DIAG_BAD findings: the report is partial */
};
void product_init(struct product *product);
void product_release(struct product *product);

/*
 * Make the report that `command` names, in `format`.  Words are parted by
 * blanks; '...' and "..." hold them together, and a backslash outside of
 * '...' the next character.  It is a report's command of cabrief(1), without
 * what is the run's own to say: --output, --format, --db, --taxonomy,
 * --overrides, --now and how it talks.  The store, the taxonomy, the
 * settings and the clock are the session's, whose store may be open or not;
 * what is said goes the session's way.  A report that was made is good, also
 * when its command has a check that says no (list: nothing matched), which
 * is said.  ERR_USAGE for a command that is none, and all that the command's
 * own errors are, with nothing in `out`.
 */
const struct err *product_make(struct session *session, const char *command,
    const char *format, struct product *out);

/* The same on a store without bugs, to see whether it could be made; nothing
 * is said.  ERR_CHECK of the report (no such bug) is none. */
const struct err *product_check(struct session *session,
    const char *command, const char *format);

/* For session_output: put the report, which is used up, into the product. */
const struct err *product_write(struct product *product,
    struct report *report, const struct writer *writer,
    const struct writer_options *options, struct diag_sink *sink);

#endif
