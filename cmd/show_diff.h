/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* What would change on a wiki's page, for people. */
#ifndef CMD_SHOW_DIFF_H
#define CMD_SHOW_DIFF_H

struct buf;
struct err;
struct session;

/* The unified difference on standard output, without power over a terminal,
 * in colour where that is wanted.  ERR_SYSTEM. */
const struct err *show_diff(const struct session *session,
    const struct buf *diff);

#endif
