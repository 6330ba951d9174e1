/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * What the reports of a bug say, for the commands that ask: parsed, or out
 * of the store's cache.  Each is about the bug that the walk stands on, which
 * session_judge has judged.
 */
#ifndef CMD_SESSION_REPORT_H
#define CMD_SESSION_REPORT_H

#include "taxonomy/taxonomy.h"

struct bug;
struct digest;
struct err;
struct report_text;
struct rule_hits;
struct session;
struct store_walk;
struct verdict;

/* The hits of the rules of a stage, which are the judge's too; good until
 * the next call or session_judge.  No comment is loaded when they are
 * cached. */
const struct err *session_hits(struct session *session,
    struct store_walk *walk, enum tax_stage stage, const struct bug *bug,
    const struct verdict *verdict, const struct rule_hits **out);

/* Its comments, parsed; loaded when the walk has not.  The result is the
 * session's and good until the next call. */
const struct err *session_report_text(struct session *session,
    struct store_walk *walk, const struct bug *bug,
    const struct report_text **out);

/* Its digest; no comment is loaded when it is cached. */
const struct err *session_digest(struct session *session,
    struct store_walk *walk, const struct bug *bug,
    const struct verdict *verdict, struct digest *out);

#endif
