/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/markdown.h"

#include <string.h>

#include "base/buf.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The bytes of a bullet that is none to Markdown, with the blanks behind,
 * or 0. */
static size_t
odd_bullet(const char *data, size_t len)
{
	static const char *const bullets[] = {
		"\xE2\x80\xA2", "\xC2\xB7", "\xE2\x97\x8F", "\xE2\x97\xA6",
		"\xE2\x96\xAA", "\xE2\x80\x93 ", "- ", "* ", "+ "
	};
	size_t i, n;

	for (i = 0; i < sizeof(bullets) / sizeof(bullets[0]); i++) {
		n = strlen(bullets[i]);
		if (len > n && memcmp(data, bullets[i], n) == 0) {
			while (n < len && is_blank(data[n]))
				n++;
			return n;
		}
	}
	return 0;
}

void
markdown_mend(const struct markdown *md, struct md_line *line)
{
	const char *text = md->text;
	size_t at = line->start, n;

	while (at < line->end && text[at] == '#')
		at++;
	n = at - line->start;
	if (n >= 1 && n <= 6 && at < line->end && !is_digit(text[at]) &&
	    !is_blank(text[at]) && text[at] != '#') {
		line->kind = MD_HEADING;
		line->level = (int)n;
		line->start = at;
		return;
	}
	n = odd_bullet(text + line->start, line->end - line->start);
	if (n > 0) {
		line->start += n;
		line->depth++;
		line->begun++;
	}
}

/*
 * Tables: read here and not by cmark's extension, which makes a node for
 * each cell that a row lacks, as many as hostile text wants, and does not
 * tell where a cell stands.
 */

static size_t
count_sign(const struct markdown *md, const struct md_line *line, char sign)
{
	size_t i, count = 0;

	for (i = line->start; i < line->end; i++)
		if (md->text[i] == sign)
			count++;
	return count;
}

/* "| --- | :-: |" */
static bool
is_delimiter(const struct markdown *md, const struct md_line *line)
{
	bool dash = false;
	size_t i;

	for (i = line->start; i < line->end; i++) {
		if (md->text[i] == '-')
			dash = true;
		else if (strchr("|: \t", md->text[i]) == NULL)
			return false;
	}
	return dash && count_sign(md, line, '|') > 0;
}

static bool
is_row(const struct markdown *md, const struct md_line *line, bool tabbed)
{
	size_t signs;

	if (line->kind != MD_TEXT)
		return false;
	signs = count_sign(md, line, tabbed ? '\t' : '|');
	return signs >= (tabbed ? 2 : 1) && signs <= MD_MAX_COLUMNS;
}

/* Can the line be one of a table?  Most can't. */
static bool
has_columns(struct markdown *md, const struct md_line *line)
{
	size_t len = line->end - line->start;

	if (line->kind != MD_TEXT || len == 0 ||
	    (memchr(md->text + line->start, '|', len) == NULL &&
	    memchr(md->text + line->start, '\t', len) == NULL))
		return false;
	if (count_sign(md, line, '|') > MD_MAX_COLUMNS ||
	    count_sign(md, line, '\t') > MD_MAX_COLUMNS)
		md->cut = true;
	return true;
}

/* The lines of the table that begins at `at`, or 0: with a delimiter as
 * its second, or all beginning with a pipe, or all with tabs. */
static size_t
table_lines(struct markdown *md, size_t at, bool *tabbed)
{
	const struct md_line *line = &md->lines[at];
	size_t n = at + 1;
	bool marked;

	*tabbed = false;
	if (!has_columns(md, line))
		return 0;
	*tabbed = is_row(md, line, true) && !is_row(md, line, false);
	if (!*tabbed && !is_row(md, line, false))
		return 0;
	marked = n < md->len && !md->lines[n].first &&
	    is_delimiter(md, &md->lines[n]);
	if (!marked && !*tabbed && md->text[line->start] != '|')
		return 0;
	while (n < md->len && !md->lines[n].first &&
	    is_row(md, &md->lines[n], *tabbed) && (*tabbed || marked ||
	    md->text[md->lines[n].start] == '|'))
		n++;
	return n - at > 1 ? n - at : 0;
}

void
markdown_tables(struct markdown *md)
{
	size_t i, n, to = 0, lines;
	struct md_line *line;
	bool tabbed;

	for (i = 0; i < md->len; i += lines) {
		lines = table_lines(md, i, &tabbed);
		for (n = i; n < i + lines; n++) {
			line = &md->lines[n];
			if (!tabbed && is_delimiter(md, line))
				continue;
			line->kind = MD_ROW;
			line->tabbed = tabbed;
			line->header = n == i;
			md->lines[to++] = *line;
		}
		if (lines == 0) {
			md->lines[to++] = md->lines[i];
			lines = 1;
		}
	}
	md->len = to;
}

size_t
markdown_cells(const struct markdown *md, const struct md_line *line,
    struct md_cell *cells, size_t max)
{
	char sign = line->tabbed ? '\t' : '|';
	size_t i = line->start, at, n = 0;

	if (i < line->end && !line->tabbed && md->text[i] == '|')
		i++;
	while (i < line->end && n < max) {
		at = i;
		while (i < line->end && md->text[i] != sign) {
			if (md->text[i] == '\\' && i + 1 < line->end)
				i++;
			i++;
		}
		cells[n].start = at;
		cells[n].end = i < line->end ? i : line->end;
		while (cells[n].start < cells[n].end &&
		    is_blank(md->text[cells[n].start]))
			cells[n].start++;
		while (cells[n].end > cells[n].start &&
		    is_blank(md->text[cells[n].end - 1]))
			cells[n].end--;
		n++;
		i++;
	}
	return n;
}
