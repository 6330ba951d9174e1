/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/markup.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/buf.h"
#include "output/report.h"

static void
bugs(const struct markup *markup, const struct report *report,
    const char *text, enum escape_place place, const int64_t *list,
    size_t len, struct buf *out)
{
	char url[REPORT_MAX_URL], number[24];
	size_t at = 0, i = 0;

	if (!report_url_next(report, list, len, &at, url, sizeof(url))) {
		markup->escape(out, text, place);
		return;
	}
	if (at == len) {
		markup->link(out, text, url);
		return;
	}
	markup->escape(out, text, place);
	do {
		snprintf(number, sizeof(number), "%zu", ++i);
		buf_str(out, i == 1 ? " (" : " ");
		markup->link(out, number, url);
	} while (report_url_next(report, list, len, &at, url, sizeof(url)));
	buf_char(out, ')');
}

void
markup_spans(const struct markup *markup, const struct report *report,
    const struct item *item, struct buf *out)
{
	const struct span *span;
	unsigned place = ESCAPE_BEGINS;

	for (span = item->spans; span != NULL; span = span->next) {
		/* Signs around nothing would show. */
		if (span->text[0] == '\0')
			continue;
		if (span->next == NULL)
			place |= ESCAPE_ENDS;
		if (span->strong) {
			buf_str(out, markup->strong);
			markup->escape(out, span->text, ESCAPE_WHOLE);
			buf_str(out, markup->strong_end);
		} else if (span->marked) {
			buf_str(out, markup->mark);
			markup->escape(out, span->text, ESCAPE_INSIDE);
			buf_str(out, markup->mark_end);
		} else if (span->url != NULL) {
			markup->link(out, span->text, span->url);
		} else {
			bugs(markup, report, span->text,
			    (enum escape_place)place, span->bugs,
			    span->bug_len, out);
		}
		place = ESCAPE_INSIDE;
	}
}

/* The first of the numbers, each linked, and a link to the list of all; where
 * there are no links, all of them. */
static void
numbers(const struct markup *markup, const struct report *report,
    const struct cell *cell, struct buf *out)
{
	char text[32];
	size_t i;

	for (i = 0; i < cell->bug_len && (i < REPORT_BUGS_SHOWN ||
	    report->bugzilla[0] == '\0'); i++) {
		buf_str(out, i > 0 ? ", " : "");
		snprintf(text, sizeof(text), "%" PRId64, cell->bugs[i]);
		bugs(markup, report, text, ESCAPE_INSIDE, &cell->bugs[i], 1,
		    out);
	}
	if (i == cell->bug_len)
		return;
	buf_str(out, ", ");
	snprintf(text, sizeof(text), "all\xc2\xa0%zu", cell->bug_len);
	bugs(markup, report, text, ESCAPE_INSIDE, cell->bugs, cell->bug_len,
	    out);
}

void
markup_cell(const struct markup *markup, const struct report *report,
    const struct cell *cell, bool strong, struct buf *out)
{
	char number[24];

	if (cell->kind == CELL_EMPTY ||
	    (cell->kind == CELL_TEXT && cell->text[0] == '\0'))
		return;
	if (strong)
		buf_str(out, markup->strong);
	snprintf(number, sizeof(number), "%" PRId64, cell->number);
	if (cell->kind == CELL_TEXT)
		markup->escape(out, cell->text, ESCAPE_WHOLE);
	else if (cell->kind == CELL_COUNT)
		bugs(markup, report, number, ESCAPE_WHOLE, cell->bugs,
		    cell->bug_len, out);
	else if (cell->kind == CELL_BUG)
		bugs(markup, report, number, ESCAPE_WHOLE, &cell->number, 1,
		    out);
	else if (cell->kind == CELL_BUGS)
		numbers(markup, report, cell, out);
	else
		report_cell_plain(cell, out);
	if (strong)
		buf_str(out, markup->strong_end);
}
