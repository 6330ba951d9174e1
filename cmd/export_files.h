/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* The files of an export, and the folder that they are written to. */
#ifndef CMD_EXPORT_FILES_H
#define CMD_EXPORT_FILES_H

struct build_export;
struct build_source;
struct err;
struct selection;
struct session;

/*
 * May the folder be written?  Yes when nothing is there, or an empty folder;
 * with --force also an export: files of the names of an export alone, among
 * them a manifest of ours.  Else ERR_USAGE.
 */
const struct err *export_files_check(const struct session *session,
    const char *dir);

/* Write all files, or none. */
const struct err *export_files_write(struct session *session,
    const struct build_export *from, const struct selection *selection,
    const char *dir);

#endif
