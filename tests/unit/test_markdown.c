/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "classify/markdown.h"

/*
 * A line as text: kind (t text, h1 heading, c code, r row, R its header, s
 * row of tabs), then depth, "*" if an item begins, its number, "q" if
 * quoted, "+" if it goes on a paragraph, "|", the words and a newline.
 */
static void
write_line(struct buf *out, const struct markdown *md,
    const struct md_line *line)
{
	switch (line->kind) {
	case MD_TEXT:
		buf_char(out, 't');
		break;
	case MD_HEADING:
		buf_fmt(out, "h%d", line->level);
		break;
	case MD_CODE:
		buf_char(out, 'c');
		break;
	case MD_ROW:
		buf_char(out, line->header ? 'R' : line->tabbed ? 's' : 'r');
		break;
	}
	if (line->depth > 0)
		buf_fmt(out, "%d", line->depth);
	if (line->begun > 0)
		buf_char(out, '*');
	if (line->number >= 0)
		buf_fmt(out, "(%d)", (int)line->number);
	if (line->quoted)
		buf_char(out, 'q');
	if (line->kind == MD_TEXT && !line->first)
		buf_char(out, '+');
	buf_char(out, '|');
	markdown_plain(out, md->text + line->start, line->end - line->start);
	buf_char(out, '\n');
}

static const struct {
	const char *name, *text, *lines;
} cases[] = {
	{ "nothing", "", "" },
	{ "blank", " \n\n\t\n", "" },
	{ "paragraphs", "a\nb\n\nc", "t|a\nt+|b\nt|c\n" },
	{ "headings", "# A\n## B ##\n###C\n####### d\n#123 e",
	    "h1|A\nh2|B\nh3|C\nt+|####### d\nt+|#123 e\n" },
	{ "underlined", "A\n===\n\nB\n---\nc", "h1|A\nh2|B\nt|c\n" },
	{ "a paragraph over a rule", "a\nb\n---\nc", "t|a\nt+|b\nt|c\n" },
	{ "lists", "- a\n  - b\n- c\n\n  d\n",
	    "t1*|a\nt2*|b\nt1*|c\nt1|d\n" },
	{ "numbers", "1. a\n2) - b\n3. c\nd",
	    "t1*(1)|a\nt2*(2)|b\nt1*(3)|c\nt1+|d\n" },
	{ "empty items", "4.\n5. \n- ", "t1*(4)|\nt1*(5)|\nt1*|\n" },
	{ "other bullets", "\xE2\x80\xA2 a\n\xC2\xB7 b",
	    "t1*|a\nt1*+|b\n" },
	{ "indented is no code", "    a\n\n    - b",
	    "t|a\nt1*+|b\n" },
	{ "fences", "```csv\n# a\n\n- b\n```\nc\n~~~\nd",
	    "c|# a\nc|- b\nt|c\nc|d\n" },
	{ "quotations", "> a\n> > b\n\nc", "tq|a\ntq|b\nt|c\n" },
	{ "an answer below a quotation", "> a\nb\n> - c\nd",
	    "tq|a\nt|b\nt1*q|c\nt1|d\n" },
	{ "table", "a\n| b | c |\n|:--|--:|\n| d | e |\n\nf|g",
	    "t|a\nR|| b | c |\nr|| d | e |\nt|f|g\n" },
	{ "table without its outer signs", "b | c\n--- | ---\nd | e",
	    "R|b | c\nr|d | e\n" },
	{ "rows without a rule", "| b | c |\n| d | e |",
	    "R|| b | c |\nr|| d | e |\n" },
	{ "tabs", "b\tc\td\ne\tf\tg\n\nh\ti",
	    "R|b c d\ns|e f g\nt|h i\n" },
	{ "rules vanish", "a\n\n***\n\n- - -\n\n___\nb", "t|a\nt|b\n" },
	{ "html is text", "<details>\n- a\n</details>\n\n[a]: b\n<!-- c",
	    "t|<details>\nt1*|a\nt1+|</details>\nt|[a]: b\n"
	    "t+|<!-- c\n" },
	{ "order mark", "\xEF\xBB\xBF# A", "h1|A\n" },
	{ "signs", "**a** _b_ `c_d*` e_f * g \\* [h](http://i) [j] **",
	    "t|a b `c_d*` e_f * g * h [j] **\n" }
};

static void
lines(void **state)
{
	struct markdown md;
	struct buf out;
	size_t i, n;

	(void)state;
	markdown_init(&md);
	buf_init(&out, 100000);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_clear(&out);
		assert_null(markdown_read(&md, cases[i].text,
		    strlen(cases[i].text)));
		for (n = 0; n < md.len; n++)
			write_line(&out, &md, &md.lines[n]);
		if (strcmp(buf_text(&out), cases[i].lines) != 0)
			fail_msg("%s:\n%s\nand not\n%s", cases[i].name,
			    buf_text(&out), cases[i].lines);
		assert_false(md.cut);
	}
	buf_release(&out);
	markdown_release(&md);
}

static void
cells(void **state)
{
	static const char text[] = "| a \\| b || `c` |\n|-|-|-|\nd|e\n";
	struct md_cell cell[4];
	struct markdown md;

	(void)state;
	markdown_init(&md);
	assert_null(markdown_read(&md, text, strlen(text)));
	assert_int_equal(md.len, 2);
	assert_int_equal(markdown_cells(&md, &md.lines[0], cell, 4), 3);
	assert_memory_equal(text + cell[0].start, "a \\| b", 6);
	assert_int_equal(cell[1].start, cell[1].end);
	assert_memory_equal(text + cell[2].start, "`c`", 3);
	assert_int_equal(markdown_cells(&md, &md.lines[0], cell, 2), 2);
	assert_int_equal(markdown_cells(&md, &md.lines[1], cell, 4), 2);
	markdown_release(&md);
}

/* Every line lies within the text, in order, and as deep as may be. */
static void
check(const struct markdown *md, size_t len)
{
	size_t i, last = 0;

	for (i = 0; i < md->len; i++) {
		assert_true(md->lines[i].start >= last);
		assert_true(md->lines[i].end >= md->lines[i].start);
		assert_true(md->lines[i].end <= len);
		assert_true(md->lines[i].depth <= MD_MAX_DEPTH + 1);
		last = md->lines[i].start;
	}
}

/* What hurts other readers: it ends, and soon; run under a time limit. */
static void
hostile(void **state)
{
	static const struct {
		const char *piece;
		bool cut;
	} pieces[] = {
		{ "#", false }, { ">", true }, { "[", false },
		{ "|", true }, { "*", false }, { "_", false },
		{ "`", false }, { "- ", true }, { "> - ", true },
		{ "1) ", true }, { "~", false }, { "<", false },
		{ "#\n", false }, { ">\n", false }, { "| - |\n", false },
		{ "- a\n\n", false }, { ">a\n", false }, { "\t-", true },
		{ "a\tb\t", true }, { "|-\n", false }, { "```\n", false },
		{ "**a", false }, { "[a](", false }, { "\\", false }
	};
	static char text[4 * 65535];
	struct markdown md;
	struct buf out;
	size_t i, n, len;

	(void)state;
	markdown_init(&md);
	buf_init(&out, sizeof(text) * 2);
	for (i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		len = strlen(pieces[i].piece);
		for (n = 0; n + len <= sizeof(text); n += len)
			memcpy(text + n, pieces[i].piece, len);
		assert_null(markdown_read(&md, text, n));
		check(&md, n);
		if (md.cut != pieces[i].cut)
			fail_msg("%s: %scut", pieces[i].piece,
			    md.cut ? "" : "not ");
		buf_clear(&out);
		markdown_plain(&out, text, n);
		assert_null(buf_error(&out, "words"));
	}
	buf_release(&out);
	markdown_release(&md);
}

/* Lists as deep as their indentation lets them be; wide tables. */
static void
deep_and_wide(void **state)
{
	static char text[4 * 65535];
	struct markdown md;
	size_t at = 0, i;

	(void)state;
	for (i = 0; at + 2 * i + 4 < sizeof(text); i++) {
		memset(text + at, ' ', 2 * i);
		memcpy(text + at + 2 * i, "- a\n", 4);
		at += 2 * i + 4;
	}
	markdown_init(&md);
	assert_null(markdown_read(&md, text, at));
	check(&md, at);
	assert_true(md.cut);
	assert_int_equal(md.len, i);
	at = 0;
	for (i = 0; i < 3 * 5000; i++) {
		memcpy(text + at, i / 5000 == 1 ? "-|" : "a|", 2);
		at += 2;
		if (i % 5000 == 4999)
			text[at++] = '\n';
	}
	assert_null(markdown_read(&md, text, at));
	check(&md, at);
	assert_true(md.cut);
	assert_int_equal(md.lines[0].kind, MD_TEXT);
	markdown_release(&md);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines),
		cmocka_unit_test(cells),
		cmocka_unit_test(hostile),
		cmocka_unit_test(deep_and_wide)
	};

	return cmocka_run_group_tests_name("markdown", tests, NULL, NULL);
}
