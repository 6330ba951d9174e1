/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Days as people type them into whiteboards.
 */
#ifndef CLASSIFY_LOOSEDATE_H
#define CLASSIFY_LOOSEDATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Read the day that the text begins with, and in *used the bytes it takes:
 * 2024-05-20, 2024/05/20, 2024-May-20, 20-May-2024, May 20, 2024, 20.5.2024
 * (day first) and 5-20-2024 or 5/20/2024 (month first, unless only day
 * first can be).  Months are English, from three letters on; a year has
 * four digits.  false when there is no day or it does not exist; *used is
 * then what looks like one (it begins with a digit), or 0.
 */
bool loose_date(const char *data, size_t len, size_t *used, int64_t *day);

#endif
