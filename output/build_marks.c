/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/build_marks.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "output/report.h"

static int
by_start(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

/* Put them in order, as one where they touch; how many are left. */
static size_t
merge(struct mark *marks, size_t mark_len)
{
	size_t i, len = 0;

	if (mark_len > 0)
		qsort(marks, mark_len, sizeof(*marks), by_start);
	for (i = 0; i < mark_len; i++) {
		if (len == 0 || marks[len - 1].end < marks[i].start)
			marks[len++] = marks[i];
		else if (marks[len - 1].end < marks[i].end)
			marks[len - 1].end = marks[i].end;
	}
	return len;
}

static void
say(struct report *report, struct block *block, const char *data,
    size_t len, bool marked)
{
	const char *text = arena_copy(&report->arena, data, len);

	if (text == NULL)
		report->failed = true;
	else if (marked)
		report_marked(report, block, text);
	else if (len > 0)
		report_text(report, block, text);
}

/* The line from `line` to `end`, in which `marks` begin or go on. */
static void
say_line(struct report *report, struct block *block, const char *text,
    size_t line, size_t end, const struct mark *marks, size_t mark_len)
{
	size_t from = line, to = end, at, i, last = 0;

	for (i = 0; i < mark_len && marks[i].start < end; i++)
		last = marks[i].end < end ? marks[i].end : end;
	if (end - line > MARKS_MAX_LINE) {
		if (marks[0].start > line + MARKS_AROUND)
			from = line + text_cut(text + line, end - line,
			    marks[0].start - MARKS_AROUND - line);
		to = last + text_cut(text + last, end - last, MARKS_AROUND);
	}
	report_item(report, block);
	if (from > line)
		report_text(report, block, "...");
	for (at = from, i = 0; i < mark_len && marks[i].start < end; i++) {
		if (marks[i].start > at)
			say(report, block, text + at, marks[i].start - at,
			    false);
		at = marks[i].start > at ? marks[i].start : at;
		last = marks[i].end < end ? marks[i].end : end;
		say(report, block, text + at, last - at, true);
		at = last;
	}
	say(report, block, text + at, to - at, false);
	if (to < end)
		report_text(report, block, "...");
}

void
build_marked(struct report *report, const char *text, size_t len,
    struct mark *marks, size_t mark_len)
{
	struct block *block;
	const char *found;
	size_t line, end, i = 0, shown = 0;

	mark_len = merge(marks, mark_len);
	if (mark_len == 0)
		return;
	block = report_block(report, BLOCK_QUOTE);
	for (line = 0; line < len; line = end + 1) {
		found = memchr(text + line, '\n', len - line);
		end = found != NULL ? (size_t)(found - text) : len;
		while (i < mark_len && marks[i].end <= line)
			i++;
		if (i == mark_len)
			break;
		if (marks[i].start >= end)
			continue;
		if (shown > 0 && shown < line) {
			report_item(report, block);
			report_text(report, block, "...");
		}
		say_line(report, block, text, line, end, marks + i,
		    mark_len - i);
		shown = end + 1;
	}
}
