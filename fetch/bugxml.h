/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * From Bugzilla's XML export (show_bug.cgi?ctype=xml) to parts of bugs.
 * Private to intake.c, whose header says what is done with bad bugs.
 *
 * An export holds fields and comments, and no history.  Its attachments are
 * skipped.  Bugs that it marks as not to be seen are reported.  Seen without
 * an account, logins lack their domain.
 */
#ifndef FETCH_BUGXML_H
#define FETCH_BUGXML_H

struct err;
struct intake_result;
struct intake_sink;
struct xml_input;

/* Read the export to its end; errors as intake_read's. */
const struct err *bugxml_read(const struct xml_input *input,
    const struct intake_sink *sink, struct intake_result *result);

#endif
