/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/text.h"
#include "output/escape.h"
#include "tests/unit/hostile.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum {
	ROOM = 1 << 22
};

struct escape_case {
	const char *text, *expected;
};

static void
test_line(void **state)
{
	static const struct escape_case cases[] = {
		{ "", "" },
		{ "plain | *text* <b> &amp; 'x' \\",
		    "plain | *text* <b> &amp; 'x' \\" },
		{ "a\nb\tc", "a b c" },
		{ "a\xe2\x80\xa8" "b\xe2\x80\xa9" "c", "a b c" },
		{ RLO "x", FFFD "x" },
		{ LRE "x" PDF, FFFD "x" FFFD },
		{ RLI FSI "x" PDI, FFFD FFFD "x" FFFD },
		{ "a" LRM "b\xe2\x80\x8f" "c\xd8\x9c" "d",
		    "a" FFFD "b" FFFD "c" FFFD "d" },
		{ "\xd7\xa9\xd7\x9c", "\xd7\xa9\xd7\x9c" },
	};
	struct buf out;
	size_t i;

	(void)state;
	buf_init(&out, ROOM);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_clear(&out);
		escape_line(&out, cases[i].text);
		assert_string_equal(buf_text(&out), cases[i].expected);
	}
	buf_release(&out);
}

static void
test_csv(void **state)
{
	static const struct {
		const char *text, *plain, *guarded;
	} cases[] = {
		{ "", "", "" },
		{ "a b", "a b", "a b" },
		{ "a,b", "\"a,b\"", "\"a,b\"" },
		{ "a\"b", "\"a\"\"b\"", "\"a\"\"b\"" },
		{ "a\nb", "\"a\nb\"", "\"a\nb\"" },
		{ " a", "\" a\"", "\" a\"" },
		{ "a ", "\"a \"", "\"a \"" },
		{ "=1+1", "=1+1", "\"'=1+1\"" },
		{ "+1", "+1", "\"'+1\"" },
		{ "-1", "-1", "\"'-1\"" },
		{ "@x", "@x", "\"'@x\"" },
		{ "\t=1", "\t=1", "\"'\t=1\"" },
		{ "a=1", "a=1", "a=1" },
		{ RLO "x", RLO "x", RLO "x" },
	};
	struct buf out;
	size_t i;

	(void)state;
	buf_init(&out, ROOM);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_clear(&out);
		escape_csv(&out, cases[i].text, false);
		assert_string_equal(buf_text(&out), cases[i].plain);
		buf_clear(&out);
		escape_csv(&out, cases[i].text, true);
		assert_string_equal(buf_text(&out), cases[i].guarded);
	}
	buf_release(&out);
}

static void
test_markdown_spelling(void **state)
{
	static const struct {
		const char *text;
		enum escape_place place;
		const char *expected;
	} cases[] = {
		{ "", ESCAPE_WHOLE, "" },
		{ "plain, words: yes - no + (x) #1", ESCAPE_WHOLE,
		    "plain, words: yes - no + (x) #1" },
		{ "# x", ESCAPE_WHOLE, "\\# x" },
		{ "# x", ESCAPE_INSIDE, "# x" },
		{ "1. x", ESCAPE_BEGINS, "1\\. x" },
		{ "1. x", ESCAPE_ENDS, "1. x" },
		{ " x ", ESCAPE_INSIDE, " x " },
		{ " x ", ESCAPE_BEGINS, "&#32;x " },
		{ " x ", ESCAPE_ENDS, " x&#32;" },
		{ "a|b", ESCAPE_INSIDE, "a\\|b" },
		{ "a\nb", ESCAPE_INSIDE, "a<br>b" },
		{ "no!", ESCAPE_ENDS, "no\\!" },
		{ "no! yes", ESCAPE_WHOLE, "no! yes" },
		{ "http://x www.x", ESCAPE_INSIDE, "http\\://x www\\.x" },
		{ RLO "x", ESCAPE_INSIDE, RLO "x" PDF },
	};
	struct buf out;
	size_t i;

	(void)state;
	buf_init(&out, ROOM);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_clear(&out);
		escape_markdown(&out, cases[i].text, cases[i].place);
		assert_string_equal(buf_text(&out), cases[i].expected);
	}
	buf_release(&out);
}

/* What is open at the end is closed, in the right order, and nothing else
 * is added. */
static void
test_directions(void **state)
{
	static const struct escape_case cases[] = {
		{ RLO "x" PDF "y", RLO "x" PDF "y" },
		{ RLO "x", RLO "x" PDF },
		{ RLI "x", RLI "x" PDI },
		{ RLI LRE "x", RLI LRE "x" PDF PDI },
		{ LRE RLI "x", LRE RLI "x" PDI PDF },
		{ RLI LRE "x" PDI, RLI LRE "x" PDI },
		{ LRE RLI "x" PDF, LRE RLI "x" PDF PDI PDF },
		{ PDF PDI "x", PDF PDI "x" },
		{ LRE PDI "x", LRE PDI "x" PDF },
		{ LRM "x", LRM "x" },
	};
	size_t i, opened = 0, closed = 0;
	struct buf out, deep;
	const char *at;

	(void)state;
	buf_init(&out, ROOM);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_clear(&out);
		escape_markdown(&out, cases[i].text, ESCAPE_WHOLE);
		assert_string_equal(buf_text(&out), cases[i].expected);
		buf_clear(&out);
		escape_wiki(&out, cases[i].text, ESCAPE_WHOLE);
		assert_string_equal(buf_text(&out), cases[i].expected);
	}
	/* More than a renderer follows: the rest is shown as U+FFFD. */
	buf_init(&deep, ROOM);
	for (i = 0; i < 1000; i++)
		buf_str(&deep, i % 2 == 0 ? RLO : RLI);
	buf_clear(&out);
	escape_wiki(&out, buf_text(&deep), ESCAPE_WHOLE);
	for (at = buf_text(&out); *at != '\0'; at += 3) {
		opened += strncmp(at, RLO, 3) == 0 || strncmp(at, RLI, 3) == 0;
		closed += strncmp(at, PDF, 3) == 0 || strncmp(at, PDI, 3) == 0;
	}
	assert_int_equal(opened, 125);
	assert_int_equal(closed, 125);
	assert_int_equal(out.len, (1000 + 125) * 3);
	buf_release(&deep);
	buf_release(&out);
}

static void
test_urls(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out, ROOM);
	escape_markdown_url(&out, "https://b.example/show_bug.cgi?id=1,2&x=1");
	assert_string_equal(buf_text(&out),
	    "https://b.example/show_bug.cgi?id=1,2&amp;x=1");
	buf_clear(&out);
	escape_markdown_url(&out, "a b<c>d\\e|f`g\nh[i](j)");
	assert_string_equal(buf_text(&out),
	    "a%20b%3Cc%3Ed%5Ce%7Cf%60g%0Ah%5Bi%5D(j)");
	buf_clear(&out);
	escape_wiki_url(&out, "https://b.example/show_bug.cgi?id=1,2&x=1");
	assert_string_equal(buf_text(&out),
	    "https://b.example/show_bug.cgi?id=1,2&amp;x=1");
	buf_clear(&out);
	escape_wiki_url(&out, "a b[c]d{{e}}|f~~~~''\"<>\n__TOC__");
	assert_string_equal(buf_text(&out), "a%20b%5Bc%5Dd%7B%7Be%7D%7D%7Cf"
	    "%7E%7E%7E%7E%27%27%22%3C%3E%0A%5F%5FTOC%5F%5F");
	buf_release(&out);
}

static void
test_html(void **state)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{ "", "" },
		{ "a\tb \n c", "a\tb \n c" },
		{ "<a href=\"x\">&amp;'</a>", "&lt;a href=&quot;x&quot;&gt;"
		    "&amp;amp;'&lt;/a&gt;" },
		{ "]]>", "]]&gt;" },
		{ "--><script>", "--&gt;&lt;script&gt;" },
		{ "a" RLO "b", "a" RLO "b" PDF },
		{ "a" PDI "b" PDF, "a" PDI "b" PDF },
		{ RLI LRE "b", RLI LRE "b" PDF PDI },
		/* U+FFFE, U+10FFFF, U+FDD0; their neighbours are whole. */
		{ "\xef\xbf\xbe" "\xf4\x8f\xbf\xbf" "\xef\xb7\x90",
		    FFFD FFFD FFFD },
		{ "\xef\xbf\xbd" "\xf4\x8f\xbf\xbd" "\xef\xb7\xb0",
		    "\xef\xbf\xbd" "\xf4\x8f\xbf\xbd" "\xef\xb7\xb0" },
	};
	struct buf out;
	size_t i;

	(void)state;
	buf_init(&out, ROOM);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_clear(&out);
		escape_html(&out, cases[i].text);
		assert_string_equal(buf_text(&out), cases[i].expected);
	}
	buf_clear(&out);
	escape_html_url(&out, "https://[::1]/a b?c=\"d\"&e=<f>'`\n\x7f");
	assert_string_equal(buf_text(&out),
	    "https://[::1]/a%20b?c=%22d%22&amp;e=%3Cf%3E%27%60%0A%7F");
	buf_release(&out);
}

static void
test_turns(void **state)
{
	static const char *const turning[] = { "a\xd7\xa9", "\xd8\xa7 b",
	    RLO, LRE, RLI, PDI, LRM, "\xd8\x9c", "\xef\xac\x9d",
	    "\xf0\x90\xa0\x80", "\xf0\x9e\xa4\x80" };
	static const char *const not[] = { "", "plain", "\xc3\x89",
	    "\xe6\xbc\xa2", "\xe2\x80\x9c", "\xe2\x80\xa8",
	    "\xf0\x9f\x94\x92", FFFD };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(turning) / sizeof(turning[0]); i++)
		assert_true(escape_turns(turning[i]));
	for (i = 0; i < sizeof(not) / sizeof(not[0]); i++)
		assert_false(escape_turns(not[i]));
}

/* Read wiki text back as a browser shows it; false when it holds any
 * character that MediaWiki might take for its own. */
static bool
read_wiki(const char *wiki, struct buf *out)
{
	char *end;

	for (; *wiki != '\0'; wiki++) {
		if (strncmp(wiki, "<br />", 6) == 0) {
			buf_char(out, '\n');
			wiki += 5;
		} else if (strncmp(wiki, "&#", 2) == 0) {
			text_encode(out, (uint32_t)strtol(wiki + 2, &end, 10));
			if (*end != ';')
				return false;
			wiki = end;
		} else if (strchr("&<>[]{}|'~_:!=", *wiki) != NULL ||
		    strncmp(wiki, "RFC", 3) == 0 ||
		    strncmp(wiki, "PMID", 4) == 0 ||
		    strncmp(wiki, "ISBN", 4) == 0) {
			return false;
		} else {
			buf_char(out, *wiki);
		}
	}
	return true;
}

static void
test_wiki(void **state)
{
	struct buf out, back;
	size_t i;

	(void)state;
	buf_init(&out, ROOM);
	buf_init(&back, ROOM);
	for (i = 0; i < HOSTILE_LEN; i++) {
		buf_clear(&out);
		buf_clear(&back);
		escape_wiki(&out, hostile[i], ESCAPE_WHOLE);
		assert_true(read_wiki(buf_text(&out), &back));
		assert_string_equal(buf_text(&back), hostile[i]);
		/* What is syntax at the beginning of a line alone. */
		if (out.len > 0)
			assert_null(strchr("*#;-+ \t\n", out.data[0]));
	}
	buf_clear(&out);
	escape_wiki(&out, "* a - b # c", ESCAPE_INSIDE);
	assert_string_equal(buf_text(&out), "* a - b # c");
	buf_clear(&out);
	escape_wiki(&out, "[x]\nRFC 1", ESCAPE_WHOLE);
	assert_string_equal(buf_text(&out), "&#91;x&#93;<br />&#82;FC 1");
	/* Here the wiki would put a blank that breaks no line. */
	buf_clear(&out);
	escape_wiki(&out, "100 % ? ; x 5 \xc2\xab a \xc2\xbb \xe2\x80\xb9 b "
	    "\xe2\x80\xba 7% a?", ESCAPE_WHOLE);
	assert_string_equal(buf_text(&out), "100&#32;%&#32;?&#32;; x 5 "
	    "\xc2\xab&#32;a&#32;\xc2\xbb \xe2\x80\xb9&#32;b&#32;"
	    "\xe2\x80\xba 7% a?");
	buf_release(&out);
	buf_release(&back);
}

/*
 * Markdown is read back by GitHub's parser.
 */
static cmark_node *
parse(const char *text, size_t len)
{
	static const char *const names[] = { "table", "autolink",
	    "strikethrough", "tagfilter", "tasklist" };
	cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES);
	cmark_node *root;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_true(cmark_parser_attach_syntax_extension(parser,
		    cmark_find_syntax_extension(names[i])));
	cmark_parser_feed(parser, text, len);
	root = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	return root;
}

/* The node's text; false when it holds anything but text and <br>. */
static bool
read_inlines(cmark_node *node, struct buf *out)
{
	cmark_node *child;

	for (child = cmark_node_first_child(node); child != NULL;
	    child = cmark_node_next(child)) {
		if (cmark_node_get_type(child) == CMARK_NODE_TEXT)
			buf_str(out, cmark_node_get_literal(child));
		else if (cmark_node_get_type(child) ==
		    CMARK_NODE_HTML_INLINE &&
		    strcmp(cmark_node_get_literal(child), "<br>") == 0)
			buf_char(out, '\n');
		else
			return false;
	}
	return true;
}

/* Walk down by child numbers, each level having just so many. */
static cmark_node *
descend(cmark_node *node, const char *type)
{
	cmark_node *child = cmark_node_first_child(node);

	if (child == NULL || cmark_node_next(child) != NULL ||
	    strcmp(cmark_node_get_type_string(child), type) != 0)
		return NULL;
	return child;
}

/* The text that the document shows in its only leaf; false when it is not
 * built as `path` says, or shows more than text. */
static bool
shows(const char *markdown, size_t len, const char *const *path,
    struct buf *out)
{
	cmark_node *root = parse(markdown, len), *node = root;
	bool good;

	buf_clear(out);
	for (; node != NULL && *path != NULL; path++)
		node = descend(node, *path);
	good = node != NULL && read_inlines(node, out);
	cmark_node_free(root);
	return good;
}

/* The same of the first cell of the last row; the table must have two rows
 * of two cells, and nothing may stand behind it. */
static bool
cell_shows(const char *markdown, size_t len, struct buf *out)
{
	cmark_node *root = parse(markdown, len), *table, *row, *cell;
	bool good = false;

	buf_clear(out);
	table = descend(root, "table");
	row = table != NULL ? cmark_node_last_child(table) : NULL;
	cell = row != NULL ? cmark_node_first_child(row) : NULL;
	if (cell != NULL &&
	    cmark_node_previous(row) == cmark_node_first_child(table) &&
	    cmark_node_next(cell) == cmark_node_last_child(row))
		good = read_inlines(cmark_node_next(cell), out) &&
		    strcmp(buf_text(out), "x") == 0;
	buf_clear(out);
	good = good && read_inlines(cell, out);
	cmark_node_free(root);
	return good;
}

struct place_case {
	const char *before, *behind;
	const char *path[4];
};

static const struct place_case places[] = {
	{ "", "\n", { "paragraph" } },
	{ "# ", "\n", { "heading" } },
	{ "- ", "\n", { "list", "item", "paragraph" } },
	{ "> ", "\n", { "block_quote", "paragraph" } },
	{ "**", "**\n", { "paragraph", "strong" } },
};

/* Does the text stand whole in each place? */
static bool
survives(const char *text, struct buf *scratch, struct buf *shown)
{
	size_t i;

	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		buf_clear(scratch);
		buf_str(scratch, places[i].before);
		escape_markdown(scratch, text, ESCAPE_WHOLE);
		buf_str(scratch, places[i].behind);
		if (!shows(buf_text(scratch), scratch->len, places[i].path,
		    shown) || strcmp(buf_text(shown), text) != 0)
			return false;
	}
	buf_clear(scratch);
	buf_str(scratch, "| a | b |\n| --- | --- |\n| ");
	escape_markdown(scratch, text, ESCAPE_WHOLE);
	buf_str(scratch, " | x |\n");
	return cell_shows(buf_text(scratch), scratch->len, shown) &&
	    strcmp(buf_text(shown), text) == 0;
}

static void
test_markdown_hostile(void **state)
{
	struct buf scratch, shown;
	size_t i, raw = 0;

	(void)state;
	buf_init(&scratch, ROOM);
	buf_init(&shown, ROOM);
	for (i = 0; i < HOSTILE_LEN; i++) {
		if (!survives(hostile[i], &scratch, &shown))
			fail_msg("%s: %s: shown as %s", hostile[i],
			    buf_text(&scratch), buf_text(&shown));
		/* The control: unescaped, many of them do not survive. */
		raw += !shows(hostile[i], strlen(hostile[i]), places[0].path,
		    &shown) || strcmp(buf_text(&shown), hostile[i]) != 0;
	}
	assert_true(raw > HOSTILE_LEN / 3);
	buf_release(&scratch);
	buf_release(&shown);
}

/* Every text of three signs, and long ones by chance (of fixed seed). */
static void
test_markdown_many(void **state)
{
	static const char signs[] = "a1 \\`*_[]<>&~|$#+-=:!.()\"'w/;";
	static const char *const words[] = { "www.", "http://", "a", " ", "1",
	    "&amp;", "<b>", "](", "**", "`", "\\", "|", "_", "~~", "!", "[",
	    "- ", "\n", "--", ":", "x.y", "$" };
	const size_t len = sizeof(signs) - 1;
	struct buf scratch, shown, text;
	uint32_t seed = 1;
	char three[4] = "";
	size_t i, j;

	(void)state;
	buf_init(&scratch, ROOM);
	buf_init(&shown, ROOM);
	buf_init(&text, ROOM);
	for (i = 0; i < len * len * len; i++) {
		three[0] = signs[i / len / len];
		three[1] = signs[i / len % len];
		three[2] = signs[i % len];
		if (!survives(three, &scratch, &shown))
			fail_msg("%s: %s", three, buf_text(&scratch));
	}
	for (i = 0; i < 3000; i++) {
		buf_clear(&text);
		for (j = 0; j <= i % 30; j++) {
			seed = seed * 1664525 + 1013904223;
			buf_str(&text, words[(seed >> 16) %
			    (sizeof(words) / sizeof(words[0]))]);
		}
		if (!survives(buf_text(&text), &scratch, &shown))
			fail_msg("%s: %s", buf_text(&text),
			    buf_text(&scratch));
	}
	buf_release(&scratch);
	buf_release(&shown);
	buf_release(&text);
}

/* Before a link of ours the text must not make an image of it. */
static void
test_markdown_link(void **state)
{
	cmark_node *root, *link;
	struct buf out;

	(void)state;
	buf_init(&out, ROOM);
	escape_markdown(&out, "a!", ESCAPE_BEGINS);
	buf_str(&out, "[");
	escape_markdown(&out, "x](y) ]", ESCAPE_INSIDE);
	buf_str(&out, "](<");
	escape_markdown_url(&out, "https://b.example/a>b&lt;");
	buf_str(&out, ">)\n");
	root = parse(buf_text(&out), out.len);
	link = cmark_node_last_child(cmark_node_first_child(root));
	assert_int_equal(cmark_node_get_type(link), CMARK_NODE_LINK);
	assert_string_equal(cmark_node_get_url(link),
	    "https://b.example/a%3Eb&lt;");
	buf_clear(&out);
	assert_true(read_inlines(link, &out));
	assert_string_equal(buf_text(&out), "x](y) ]");
	cmark_node_free(root);
	buf_release(&out);
}

/* 10,000 letters without a blank, and the worst to escape of that size. */
static void
test_long(void **state)
{
	struct buf text, scratch, shown;

	(void)state;
	buf_init(&text, ROOM);
	buf_init(&scratch, ROOM);
	buf_init(&shown, ROOM);
	buf_fill(&text, 'x', 10000);
	assert_true(survives(buf_text(&text), &scratch, &shown));
	buf_clear(&text);
	buf_fill(&text, '|', 10000);
	assert_true(survives(buf_text(&text), &scratch, &shown));
	buf_clear(&text);
	buf_fill(&text, '1', 30000);
	buf_fill(&text, ')', 30000);
	assert_true(survives(buf_text(&text), &scratch, &shown));
	buf_release(&text);
	buf_release(&scratch);
	buf_release(&shown);
}

/* What NFC would change, or join to what stands before it. */
static const char *const unjoined[] = {
	"e\xcc\x81", "\xe2\x84\xab", "\xef\xa4\x80x", "\xe0\xa5\x98",
	"q\xcc\x87\xcc\xa3", "a<\xcc\xb8 b", "=\xcc\xb8", "a>\xcc\xb8",
	"\xcc\xb8", "\xcc\xb8x", "a\n\xcc\xb8", "a\n\n\xcc\xb8",
	"\xe1\x85\xa1", "caf\xc3\xa9 \xe2\x80\x94 \xe2\x84\xa6",
	"\xea\xb0\x80\xe1\x86\xa8", "\xd9\x8e\xd9\x91",
};

/* A page is saved in NFC: what stands on it must be the same in that, also
 * behind our own signs, and be read as what it was. */
static void
test_wiki_nfc(void **state)
{
	static const char *const before[] = { "<mark>", "| ", "= ", "o", ">",
		"\xea\xb0\x80" };
	struct buf out, back, form;
	enum escape_place place;
	size_t i, j, start;
	const char *text;

	(void)state;
	buf_init(&out, ROOM);
	buf_init(&back, ROOM);
	buf_init(&form, ROOM);
	for (i = 0; i < COUNT(unjoined) + HOSTILE_LEN; i++) {
		text = i < COUNT(unjoined) ? unjoined[i] :
		    hostile[i - COUNT(unjoined)];
		for (j = 0; j < COUNT(before); j++)
			for (place = ESCAPE_INSIDE; place <= ESCAPE_WHOLE;
			    place++) {
				buf_clear(&out);
				buf_clear(&back);
				buf_clear(&form);
				buf_str(&out, before[j]);
				start = out.len;
				escape_wiki(&out, text, place);
				text_nfc(&form, buf_text(&out), out.len);
				assert_string_equal(buf_text(&form),
				    buf_text(&out));
				assert_true(read_wiki(buf_text(&out) + start,
				    &back));
				if (!escape_turns(text))
					assert_string_equal(buf_text(&back),
					    text);
			}
		buf_clear(&out);
		buf_clear(&form);
		escape_wiki_value(&out, text);
		text_nfc(&form, buf_text(&out), out.len);
		assert_string_equal(buf_text(&form), buf_text(&out));
	}
	/* The rest of a text that is NFC stays readable in the source. */
	buf_clear(&out);
	escape_wiki(&out, "caf\xc3\xa9 \xe2\x80\x94 \xe0\xa4\x95"
	    "\xe0\xa4\xbf\n\xe2\x9a\xa0\xef\xb8\x8f", ESCAPE_WHOLE);
	assert_string_equal(buf_text(&out), "caf\xc3\xa9 \xe2\x80\x94 "
	    "\xe0\xa4\x95\xe0\xa4\xbf<br />\xe2\x9a\xa0\xef\xb8\x8f");
	/* These the wiki replaces; other noncharacters it takes. */
	buf_clear(&out);
	escape_wiki(&out, "\xef\xbf\xbe\xef\xbf\xbf\xef\xb7\x90"
	    "\xf0\x9f\xbf\xbf", ESCAPE_WHOLE);
	assert_string_equal(buf_text(&out),
	    FFFD FFFD "\xef\xb7\x90\xf0\x9f\xbf\xbf");
	buf_clear(&out);
	escape_wiki_url(&out, "https://e\xcc\x81.example/\xe3\x80\x80");
	assert_string_equal(buf_text(&out),
	    "https://e%CC%81.example/%E3%80%80");
	buf_release(&out);
	buf_release(&back);
	buf_release(&form);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_line),
		cmocka_unit_test(test_csv),
		cmocka_unit_test(test_markdown_spelling),
		cmocka_unit_test(test_directions),
		cmocka_unit_test(test_urls),
		cmocka_unit_test(test_html),
		cmocka_unit_test(test_turns),
		cmocka_unit_test(test_wiki),
		cmocka_unit_test(test_wiki_nfc),
		cmocka_unit_test(test_markdown_hostile),
		cmocka_unit_test(test_markdown_many),
		cmocka_unit_test(test_markdown_link),
		cmocka_unit_test(test_long),
	};

	cmark_gfm_core_extensions_ensure_registered();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
