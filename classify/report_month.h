/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Names of months, in the languages of reports.
 */
#ifndef CLASSIFY_REPORT_MONTH_H
#define CLASSIFY_REPORT_MONTH_H

#include <stddef.h>
#include <stdint.h>

/* The month, from 1, that the word at the beginning names, whole or in
 * English by three letters or four.  Returns the bytes it takes, with a full
 * stop behind; 0 for no month. */
size_t month_read(const char *data, size_t len, int64_t *month);

#endif
