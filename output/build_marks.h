/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Private to output/: the lines of a text that matter, with the words in
 * them that matter marked.
 */
#ifndef OUTPUT_BUILD_MARKS_H
#define OUTPUT_BUILD_MARKS_H

#include <stddef.h>

struct report;

struct mark {
	size_t start, end;	/* whole characters of the text */
};

/*
 * Quote the lines in which a mark stands, with "..." for those between
 * them; of a long line what is around its marks.  The marks may overlap and
 * come in any order, in which they do not stay; without any, nothing is
 * quoted.
 */
void build_marked(struct report *report, const char *text, size_t len,
    struct mark *marks, size_t mark_len);

/* Limits */
enum {
	MARKS_MAX_LINE = 300,	/* bytes of a line that is shown whole */
	MARKS_AROUND = 100	/* bytes around the marks of a longer one */
};

#endif
