/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/html.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "output/escape.h"
#include "output/report.h"

void
html_text(const struct html *html, const char *text)
{
	bool turns = escape_turns(text);

	buf_str(html->out, turns ? "<bdi>" : "");
	escape_html(html->out, text);
	buf_str(html->out, turns ? "</bdi>" : "");
}

/* A link; text alone when the URL is not one of http or https. */
static void
html_link(const struct html *html, const char *text, const char *url)
{
	if (strncmp(url, "https://", 8) != 0 &&
	    strncmp(url, "http://", 7) != 0) {
		html_text(html, text);
		return;
	}
	buf_str(html->out, "<a href=\"");
	escape_html_url(html->out, url);
	buf_str(html->out, "\">");
	html_text(html, text);
	buf_str(html->out, "</a>");
}

/* A bug's number, linked to it. */
static void
bug(const struct html *html, int64_t number)
{
	char url[REPORT_MAX_URL], text[24];
	size_t at = 0;

	(void)snprintf(text, sizeof(text), "%" PRId64, number);
	if (report_url_next(html->report, &number, 1, &at, url, sizeof(url)))
		html_link(html, text, url);
	else
		html_text(html, text);
}

/* Links to the lists of the bugs, each between `before` and `behind`. */
static void
lists(const struct html *html, const int64_t *bugs, size_t len,
    const char *before, const char *behind)
{
	char url[REPORT_MAX_URL], text[48];
	size_t at = 0, i = 0;

	while (report_url_next(html->report, bugs, len, &at, url,
	    sizeof(url))) {
		i++;
		if (i == 1 && at == len)
			(void)snprintf(text, sizeof(text), "list of them");
		else
			(void)snprintf(text, sizeof(text), "list %zu", i);
		buf_str(html->out, before);
		html_link(html, text, url);
		buf_str(html->out, behind);
	}
}

/* The text, which unfolds to the bugs and to Bugzilla's list of them. */
static void
unfold(const struct html *html, const char *text, const int64_t *bugs,
    size_t len)
{
	size_t i;

	buf_str(html->out, "<details><summary>");
	html_text(html, text);
	buf_str(html->out, "</summary><ul>");
	for (i = 0; i < len; i++) {
		buf_str(html->out, "<li>");
		bug(html, bugs[i]);
		buf_str(html->out, "</li>");
	}
	if (len > 1)
		lists(html, bugs, len, "<li>", "</li>");
	buf_str(html->out, "</ul></details>");
}

/* The text as a link to its bugs. */
static void
link_bugs(const struct html *html, const struct span *span)
{
	char url[REPORT_MAX_URL];
	size_t at = 0;

	if (!report_url_next(html->report, span->bugs, span->bug_len, &at,
	    url, sizeof(url))) {
		html_text(html, span->text);
	} else if (at == span->bug_len) {
		html_link(html, span->text, url);
	} else {
		html_text(html, span->text);
		lists(html, span->bugs, span->bug_len, " (", ")");
	}
}

bool
html_unfolds(const struct item *item)
{
	const struct span *span;

	for (span = item->spans; span != NULL; span = span->next)
		if (span->bug_len > 1)
			return true;
	return false;
}

void
html_spans(const struct html *html, const struct item *item, bool unfolded)
{
	const struct span *span;

	for (span = item->spans; span != NULL; span = span->next) {
		if (span->text[0] == '\0')
			continue;
		buf_str(html->out, span->strong ? "<strong>" :
		    span->marked ? "<mark>" : "");
		if (span->url != NULL)
			html_link(html, span->text, span->url);
		else if (span->bug_len > 1 && unfolded)
			unfold(html, span->text, span->bugs, span->bug_len);
		else if (span->bug_len > 0)
			link_bugs(html, span);
		else
			html_text(html, span->text);
		buf_str(html->out, span->strong ? "</strong>" :
		    span->marked ? "</mark>" : "");
	}
}

static void
bugs(const struct html *html, const struct cell *cell)
{
	char text[32];
	size_t i;

	for (i = 0; i < cell->bug_len && i < REPORT_BUGS_SHOWN; i++) {
		buf_str(html->out, i > 0 ? " " : "");
		bug(html, cell->bugs[i]);
	}
	if (i == cell->bug_len)
		return;
	(void)snprintf(text, sizeof(text), "all %zu", cell->bug_len);
	unfold(html, text, cell->bugs, cell->bug_len);
}

void
html_cell(const struct html *html, const struct cell *cell)
{
	char number[24];

	(void)snprintf(number, sizeof(number), "%" PRId64, cell->number);
	if (cell->kind == CELL_TEXT)
		html_text(html, cell->text);
	else if (cell->kind == CELL_COUNT && cell->bug_len > 0)
		unfold(html, number, cell->bugs, cell->bug_len);
	else if (cell->kind == CELL_BUG)
		bug(html, cell->number);
	else if (cell->kind == CELL_BUGS)
		bugs(html, cell);
	else
		report_cell_plain(cell, html->out);
}
