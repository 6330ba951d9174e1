/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/date.h"
#include "classify/report_month.h"
#include "classify/report_private.h"

/* How a timeline is gone through. */
struct course {
	struct report_page *page;
	int64_t day;		/* that a line of its own named, or DATE_NONE */
	int depth;		/* of the list that entries are in; -1: none */
	bool open;		/* the last entry may go on */
};

/* Signs around a time: **2024-05-20** , [2024-05-20], (14:05) */
static size_t
skip_signs(const char *text, size_t at, size_t end, const char *signs)
{
	while (at < end && text[at] != '\0' && strchr(signs, text[at]) != NULL)
		at++;
	return at;
}

/* Dashes and colons between a time and what happened. */
static size_t
skip_between(const char *text, size_t at, size_t end)
{
	size_t before;

	do {
		before = at;
		at = skip_signs(text, at, end, " \t*_]):-,.|;>=");
		if (end - at >= 3 && (memcmp(text + at, "\xE2\x80\x93", 3) == 0
		    || memcmp(text + at, "\xE2\x80\x94", 3) == 0 ||
		    memcmp(text + at, "\xEF\xBC\x9A", 3) == 0))
			at += 3;
	} while (at != before);
	return at;
}

/* "3. Februar 2024" looks like item 3 of a list: back to its beginning. */
static size_t
back_to_day(const char *text, size_t at, size_t end)
{
	size_t day = at;
	int64_t month;

	if (at < 3 || text[at - 1] != ' ' || text[at - 2] != '.' ||
	    month_read(text + at, end - at, &month) == 0)
		return at;
	for (day -= 2; day > 0 && at - day < 4 && text[day - 1] >= '0' &&
	    text[day - 1] <= '9'; day--)
		continue;
	return day < at - 2 ? day : at;
}

/* Read a time at the beginning of [start, end), the day of which may be the
 * one that holds for several entries, and in *rest what follows it. */
static bool
read_time(const struct course *course, size_t start, size_t end,
    struct when *when, size_t *rest)
{
	const struct report_page *page = course->page;
	const char *text = page->text;
	size_t at, n, next;
	struct when until;

	at = back_to_day(text, skip_signs(text, start, end, "*_[(~ "), end);
	n = when_read(text + at, end - at, &page->hint, when);
	if (n == 0 && course->day != DATE_NONE) {
		when->time = course->day;
		when->day_only = true;
		when->month_only = false;
		n = when_clock(text + at, end - at, &page->hint, when);
	}
	if (n == 0)
		return false;
	*rest = skip_between(text, at + n, end);
	/* "14:05**" may stand apart from its day; a period has an end. */
	next = when->day_only && !when->month_only ?
	    when_clock(text + *rest, end - *rest, &page->hint, when) : 0;
	if (next == 0)
		next = when_read(text + *rest, end - *rest, &page->hint,
		    &until);
	if (next == 0) {
		until = *when;
		next = when_clock(text + *rest, end - *rest, &page->hint,
		    &until);
	}
	if (next > 0)
		*rest = skip_between(text, *rest + next, end);
	return true;
}

static void
add_entry(struct course *course, const struct when *when, size_t start,
    size_t end)
{
	struct report_page *page = course->page;
	struct report_entry *entry;

	entry = report_heap_add(page, &page->timeline, sizeof(*entry));
	course->open = entry != NULL;
	if (entry == NULL)
		return;
	entry->time = when == NULL ? DATE_NONE : when->time;
	entry->day_only = when != NULL && when->day_only;
	entry->month_only = when != NULL && when->month_only;
	entry->span.start = start;
	entry->span.end = end;
	entry->text = "";
}

/* A row: the time in its first cell, or day and hour in the first two. */
static void
read_row(struct course *course, const struct report_piece *piece)
{
	struct report_page *page = course->page;
	struct md_cell cells[MD_MAX_COLUMNS];
	size_t len, rest, first = 1;
	struct when when;
	int64_t east;

	len = markdown_cells(&page->md, piece->line, cells, MD_MAX_COLUMNS);
	if (len == 0)
		return;
	if (!read_time(course, cells[0].start, cells[0].end, &when, &rest)) {
		if (piece->line->header) {
			if (when_zone(page->text + piece->start,
			    piece->end - piece->start, &east))
				page->hint.east = east;
			return;
		}
		add_entry(course, NULL, cells[0].start, piece->end);
		course->open = false;
		return;
	}
	if (when.day_only && !when.month_only && len > 2 &&
	    when_clock(page->text + cells[1].start,
	    cells[1].end - cells[1].start, &page->hint, &when) > 0)
		first = 2;
	if (first < len)
		add_entry(course, &when, cells[first].start,
		    cells[len - 1].end);
	else
		add_entry(course, &when, rest, cells[0].end);
	course->open = false;
}

/* A line that begins with a time. */
static void
read_dated(struct course *course, const struct report_piece *piece,
    const struct when *when, size_t rest)
{
	if (rest >= piece->end && when->day_only && !when->month_only) {
		course->day = when->time;
		course->open = false;
		return;
	}
	if (piece->item && course->depth < 0)
		course->depth = piece->depth;
	if (!when->month_only)
		course->day = date_start(date_day(when->time));
	add_entry(course, when, rest, piece->end);
}

static void
read_piece(struct course *course, const struct report_piece *piece)
{
	struct report_page *page = course->page;
	struct report_entry *last;
	size_t rest, at;
	struct when when = { .time = course->day, .day_only = true };

	if (piece->line->kind == MD_ROW) {
		read_row(course, piece);
		return;
	}
	if (read_time(course, piece->start, piece->end, &when, &rest)) {
		read_dated(course, piece, &when, rest);
		return;
	}
	at = piece->start;
	/* "On 2024-05-20, ..." */
	if (piece->fresh && piece->end - at > 3 &&
	    memcmp(page->text + at, "On ", 3) == 0 &&
	    read_time(course, at + 3, piece->end, &when, &rest)) {
		read_dated(course, piece, &when, rest);
		return;
	}
	if (course->open && !piece->fresh && page->timeline.len > 0) {
		last = (struct report_entry *)page->timeline.data +
		    page->timeline.len - 1;
		last->span.end = piece->end;
		return;
	}
	if (!piece->item || (course->depth >= 0 &&
	    piece->depth != course->depth)) {
		course->open = false;
		return;
	}
	/* An item of a day's list has no hour; any other has no time. */
	if (course->depth < 0 && course->day != DATE_NONE) {
		when.time = course->day;
		when.day_only = true;
		when.month_only = false;
		add_entry(course, &when, at, piece->end);
	} else if (course->depth >= 0) {
		add_entry(course, NULL, at, piece->end);
	}
}

static void
find_zone(struct report_page *page, const struct report_part *part)
{
	struct report_piece piece;
	int64_t east;
	size_t at = 0;

	page->hint.east = 0;
	while (report_piece(page, part, part->to, &at, &piece))
		if (piece.line->kind == MD_TEXT &&
		    when_zone(page->text + piece.start,
		    piece.end - piece.start < 80 ? piece.end - piece.start :
		    80, &east)) {
			page->hint.east = east;
			return;
		}
}

void
report_read_timeline(struct report_page *page)
{
	struct course course = { .page = page };
	const struct report_part *part;
	struct report_entry *entries;
	struct report_piece piece;
	size_t i, at;

	for (i = 0; i < page->part_len; i++) {
		part = &page->parts[i];
		if (part->kind != TAX_SECTION_TIMELINE || part->inner)
			continue;
		find_zone(page, part);
		course.day = DATE_NONE;
		course.depth = -1;
		course.open = false;
		at = 0;
		while (report_piece(page, part, part->to, &at, &piece))
			if (piece.start < piece.end)
				read_piece(&course, &piece);
	}
	page->hint.east = 0;
	entries = page->timeline.data;
	for (i = 0; i < page->timeline.len; i++)
		entries[i].text = report_words(page, entries[i].span.start,
		    entries[i].span.end);
	page->out->timeline = report_heap_take(page, &page->timeline,
	    sizeof(*entries), &page->out->timeline_len);
}
