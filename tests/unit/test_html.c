/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Pages are read back as XML, which forgives nothing. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>

#include "base/buf.h"
#include "base/hash.h"
#include "output/report.h"
#include "output/writer.h"
#include "tests/unit/hostile.h"
#include "tests/unit/sample_report.h"

enum {
	ROOM = 1 << 22
};

static const struct writer_options plain = { false, 0, false };

static const char golden[] =
    "<body>\n"
    "<a class=\"skip\" href=\"#_main\">Skip to the report</a>\n"
    "<main id=\"_main\" tabindex=\"-1\">\n"
    "<h1 id=\"types-of-incident\">Types | of &lt;incident&gt;</h1>\n"
    "<div class=\"p\">A paragraph that is long enough to be wrapped, with "
    "<strong>strong*words*</strong>, a link to <a href=\"https://w.example/"
    "a_b?c=[d]\">the wiki</a> and <details><summary>2 bugs</summary><ul>"
    "<li><a href=\"https://b.example/show_bug.cgi?id=1870000\">1870000</a>"
    "</li><li><a href=\"https://b.example/show_bug.cgi?id=1870001\">1870001"
    "</a></li><li><a href=\"https://b.example/buglist.cgi?bug_id=1870000,"
    "1870001\">list of them</a></li></ul></details>.</div>\n"
    "<section>\n"
    "<h2 id=\"list\">List</h2>\n"
    "<ul>\n"
    "<li># one</li>\n"
    "<li>two, which is so long that it goes on in a second line, where it "
    "is indented</li>\n"
    "</ul>\n"
    "<div class=\"table\" role=\"group\" tabindex=\"0\" "
    "aria-labelledby=\"_table1\">\n"
    "<table>\n"
    "<caption id=\"_table1\">Caption: 'x'</caption>\n"
    "<thead>\n"
    "<tr><th scope=\"col\">Type!</th><th scope=\"col\" class=\"n\">Count"
    "</th><th scope=\"col\">Day</th><th scope=\"col\" class=\"n\">Bug</th>"
    "</tr>\n"
    "</thead>\n"
    "<tbody>\n"
    "<tr><th scope=\"row\">a|b, &quot;c&quot;</th><td class=\"n\">"
    "<details><summary>2</summary><ul><li><a href=\"https://b.example/"
    "show_bug.cgi?id=1870000\">1870000</a></li><li><a href=\"https://"
    "b.example/show_bug.cgi?id=1870001\">1870001</a></li><li><a href=\""
    "https://b.example/buglist.cgi?bug_id=1870000,1870001\">list of them"
    "</a></li></ul></details></td><td class=\"w\">2024-05-19</td>"
    "<td class=\"n\"><a href=\"https://b.example/show_bug.cgi?id=1870000\">"
    "1870000</a></td></tr>\n"
    "<tr><th scope=\"row\">=1+1 \xe6\xbc\xa2\xe5\xad\x97</th>"
    "<td class=\"n\">0</td><td class=\"w\"></td><td class=\"n\"></td></tr>\n"
    "</tbody>\n"
    "<tfoot>\n"
    "<tr><th scope=\"row\" class=\"w\">Total</th><td class=\"n\">2</td>"
    "<td></td><td class=\"n\"></td></tr>\n"
    "</tfoot>\n"
    "</table>\n"
    "</div>\n"
    "<blockquote><p>&gt; quoted {{x}}\n"
    "\n"
    "    code\n"
    "last</p></blockquote>\n"
    "<p class=\"p\">in<mark>side| *</mark>out</p>\n"
    "<p class=\"p note\">A note.</p>\n"
    "</section>\n"
    "</main>\n";

/* Write the page; the result is good until the next. */
static const char *
written(const struct report *report, struct buf *out)
{
	buf_clear(out);
	assert_null(writer_run(writer_by_name("html"), report, &plain, NULL,
	    out));
	return buf_text(out);
}

/* Read it back. */
static xmlDoc *
parsed(const struct report *report, struct buf *out)
{
	const char *page = written(report, out);
	xmlDoc *doc = xmlReadMemory(page, (int)out->len, NULL, NULL,
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);

	if (doc == NULL)
		fail_msg("no XML: %s", page);
	return doc;
}

/* How many nodes the path finds, and the text of the first, if `text`. */
static int
found(xmlDoc *doc, const char *path, struct buf *text)
{
	xmlXPathContext *context = xmlXPathNewContext(doc);
	xmlXPathObject *result;
	xmlChar *content;
	int len;

	result = xmlXPathEvalExpression((const xmlChar *)path, context);
	assert_non_null(result);
	len = result->nodesetval != NULL ? result->nodesetval->nodeNr : 0;
	if (text != NULL) {
		buf_clear(text);
		assert_true(len > 0);
		content = xmlNodeGetContent(result->nodesetval->nodeTab[0]);
		buf_str(text, (const char *)content);
		xmlFree(content);
	}
	xmlXPathFreeObject(result);
	xmlXPathFreeContext(context);
	return len;
}

static void
test_golden(void **state)
{
	const char *page, *end;
	struct report report;
	struct buf out;

	(void)state;
	buf_init(&out, ROOM);
	make_sample(&report);
	page = strstr(written(&report, &out), "<body>");
	assert_non_null(page);
	end = strstr(page, "<script>");
	assert_non_null(end);
	out.data[end - out.data] = '\0';
	assert_string_equal(page, golden);
	report_release(&report);
	buf_release(&out);
}

/* The policy allows the page's own style and script, and nothing else. */
static void
test_policy(void **state)
{
	static const struct {
		const char *path, *directive;
	} parts[] = {
		{ "//style", "style-src" },
		{ "//script", "script-src" },
	};
	char digits[HASH_BASE64], want[100];
	struct buf out, policy, text;
	struct report report;
	struct hash hash;
	xmlDoc *doc;
	size_t i;

	(void)state;
	buf_init(&out, ROOM);
	buf_init(&policy, ROOM);
	buf_init(&text, ROOM);
	make_sample(&report);
	doc = parsed(&report, &out);
	assert_int_equal(found(doc, "//head/meta[@http-equiv="
	    "'Content-Security-Policy']/@content", &policy), 1);
	assert_memory_equal(buf_text(&policy), "default-src 'none';", 19);
	assert_null(strstr(buf_text(&policy), "unsafe"));
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		assert_int_equal(found(doc, parts[i].path, &text), 1);
		hash_init(&hash);
		hash_add(&hash, buf_text(&text), text.len);
		hash_base64(&hash, digits);
		(void)snprintf(want, sizeof(want), "%s 'sha256-%s'",
		    parts[i].directive, digits);
		assert_non_null(strstr(buf_text(&policy), want));
		/* Both are plain where HTML and XML read differently. */
		assert_null(strpbrk(buf_text(&text), "<&"));
		assert_null(strstr(buf_text(&text), "http"));
	}
	xmlFreeDoc(doc);
	report_release(&report);
	buf_release(&out);
	buf_release(&policy);
	buf_release(&text);
}

/* A report that holds the text in each place that takes data. */
static void
make_with(struct report *report, const char *text)
{
	static const int64_t bugs[] = { 1, 2 };
	struct block *block;
	struct table *table;
	struct row *row;

	report_init(report, "", "https://b.example");
	report_heading(report, 1, text);
	report_heading(report, 2, text);
	report_heading(report, 3, text);
	report_heading(report, 4, text);
	report_heading(report, 3, "Third entry");
	block = report_block(report, BLOCK_LIST);
	report_item(report, block);
	report_text(report, block, text);
	block = report_block(report, BLOCK_PARAGRAPH);
	report_strong(report, block, text);
	report_marked(report, block, text);
	report_link(report, block, text, "https://x.example");
	report_bugs(report, block, text, bugs, 2);
	table = report_table(report, text);
	report_column(report, table, "id", text, false, FOR_ALL);
	row = report_row(report, table);
	report_cell_text(report, row, 0, text);
	row = report_row(report, table);
	report_cell_text(report, row, 0, "x");
	block = report_block(report, BLOCK_QUOTE);
	report_item(report, block);
	report_text(report, block, text);
}

static const char *const places[] = { "//title", "//h1", "//section/h2",
	"//section/section/h3", "//h4", "//main//ul/li", "//strong", "//mark",
	"//main//a[@href='https://x.example']", "//summary", "//caption",
	"//thead/tr/th", "//tbody/tr/*", "//blockquote/p" };

/* Whatever the text, it is shown letter for letter, and the page is built
 * as with any other. */
static void
test_hostile(void **state)
{
	struct buf out, text;
	struct report report;
	size_t i, j;
	int elements, bdi;
	xmlDoc *doc;

	(void)state;
	buf_init(&out, ROOM);
	buf_init(&text, ROOM);
	make_with(&report, "plain");
	doc = parsed(&report, &out);
	elements = found(doc, "//*", NULL);
	xmlFreeDoc(doc);
	report_release(&report);
	for (i = 0; i < HOSTILE_LEN; i++) {
		make_with(&report, hostile[i]);
		doc = parsed(&report, &out);
		for (j = 0; j < sizeof(places) / sizeof(places[0]);
		    j++) {
			found(doc, places[j], &text);
			assert_string_equal(buf_text(&text), hostile[i]);
		}
		found(doc, "//nav//a", &text);
		assert_string_equal(buf_text(&text), hostile[i]);
		bdi = found(doc, "//bdi", NULL);
		assert_int_equal(found(doc, "//*", NULL) - bdi, elements);
		assert_int_equal(found(doc, "//script", NULL), 1);
		assert_int_equal(found(doc,
		    "//*[@id = following::*/@id]", NULL), 0);
		xmlFreeDoc(doc);
		report_release(&report);
	}
	buf_release(&out);
	buf_release(&text);
}

/* What turns the direction stays in its place, and 10,000 letters whole. */
static void
test_directions(void **state)
{
	static char letters[10001];
	struct buf out, text;
	struct report report;
	xmlDoc *doc;

	(void)state;
	memset(letters, 'x', 10000);
	buf_init(&out, ROOM);
	buf_init(&text, ROOM);
	make_with(&report, "a" RLO "b" RLI "c");
	doc = parsed(&report, &out);
	found(doc, "//tbody/tr/th/bdi", &text);
	assert_string_equal(buf_text(&text), "a" RLO "b" RLI "c" PDI PDF);
	found(doc, "//title", &text);
	assert_string_equal(buf_text(&text), "a" RLO "b" RLI "c" PDI PDF);
	xmlFreeDoc(doc);
	report_release(&report);
	make_with(&report, letters);
	doc = parsed(&report, &out);
	found(doc, "//tbody/tr/th[@class='l']", &text);
	assert_string_equal(buf_text(&text), letters);
	/* Ids stay short. */
	assert_int_equal(found(doc, "//@id[string-length() > 200]", NULL), 0);
	xmlFreeDoc(doc);
	report_release(&report);
	buf_release(&out);
	buf_release(&text);
}

/* Only http and https become links. */
static void
test_links(void **state)
{
	static const struct {
		const char *url, *href;	/* NULL: none */
	} cases[] = {
		{ "https://x.example/?a=1&b=\"<>'` \n",
		    "https://x.example/?a=1&b=%22%3C%3E%27%60%20%0A" },
		{ "http://[::1]:8080/", "http://[::1]:8080/" },
		{ "javascript:alert(1)", NULL },
		{ "JAVASCRIPT:alert(1)", NULL },
		{ "data:text/html,<script>alert(1)</script>", NULL },
		{ "//evil.example", NULL },
		{ "https:evil.example", NULL },
		{ "", NULL },
	};
	struct buf out, text;
	struct report report;
	xmlDoc *doc;
	size_t i;

	(void)state;
	buf_init(&out, ROOM);
	buf_init(&text, ROOM);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		/* As a link's target, and as the base of Bugzilla's. */
		report_init(&report, "T", cases[i].url);
		report_link(&report, report_block(&report, BLOCK_PARAGRAPH),
		    "words", cases[i].url);
		doc = parsed(&report, &out);
		assert_int_equal(found(doc, "//main//a", NULL),
		    cases[i].href != NULL);
		if (cases[i].href != NULL) {
			found(doc, "//main//a/@href", &text);
			assert_string_equal(buf_text(&text), cases[i].href);
		}
		found(doc, "//main//p", &text);
		assert_string_equal(buf_text(&text), "words");
		xmlFreeDoc(doc);
		report_release(&report);
	}
	buf_release(&out);
	buf_release(&text);
}

/* Headings of the same words are told apart, and stand under their own. */
static void
test_outline(void **state)
{
	static const struct {
		int level;
		const char *text, *id;
	} cases[] = {
		{ 3, "Early", "early" },
		{ 1, "Bug 1", "bug-1" },
		{ 3, "Deep", "bug-1-deep" },
		{ 2, "History", "bug-1-history" },
		{ 3, "\xe6\xbc\xa2", "bug-1-history-part" },
		{ 3, "Same!", "bug-1-history-same" },
		{ 3, "(same)", "bug-1-history-same_2" },
		{ 3, "Same 2", "bug-1-history-same-2" },
		{ 3, "same", "bug-1-history-same_3" },
		{ 4, "No entry", NULL },
		{ 1, "Bug 2", "bug-2" },
		{ 2, "History", "bug-2-history" },
		{ 3, "A  b--C", "bug-2-history-a-b-c" },
	};
	struct report report;
	char path[200];
	struct buf out;
	xmlDoc *doc;
	size_t i;

	(void)state;
	buf_init(&out, ROOM);
	report_init(&report, "T", NULL);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		report_heading(&report, cases[i].level, cases[i].text);
	doc = parsed(&report, &out);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (cases[i].id == NULL)
			continue;
		(void)snprintf(path, sizeof(path), "//h%d[@id='%s'][.='%s']"
		    "[//nav//a[.='%s']/@href='#%s']", cases[i].level,
		    cases[i].id, cases[i].text, cases[i].text, cases[i].id);
		if (found(doc, path, NULL) != 1)
			fail_msg("%s: %s", path, buf_text(&out));
	}
	assert_int_equal(found(doc, "//h4[@id]", NULL), 0);
	assert_int_equal(found(doc, "//nav//a", NULL), 12);
	/* Each level is a list in the entry above it. */
	assert_int_equal(found(doc, "/html/body/nav/ul/li", NULL), 3);
	assert_int_equal(found(doc, "/html/body/nav/ul/li/ul/li", NULL), 3);
	assert_int_equal(found(doc, "/html/body/nav/ul/li/ul/li/ul/li",
	    NULL), 6);
	assert_int_equal(found(doc, "//section/section/h3", NULL), 6);
	xmlFreeDoc(doc);
	report_release(&report);
	buf_release(&out);
}

/* Too many bugs for one URL; and no Bugzilla to link to. */
static void
test_many_bugs(void **state)
{
	static int64_t bugs[1500];
	struct buf out, text;
	struct report report;
	struct table *table;
	xmlDoc *doc;
	size_t i;
	int linked;

	(void)state;
	for (i = 0; i < 1500; i++)
		bugs[i] = (int64_t)(1900000 + i);
	buf_init(&out, ROOM);
	buf_init(&text, ROOM);
	for (linked = 0; linked < 2; linked++) {
		report_init(&report, "T", linked ? "https://b.example" : "");
		report_bugs(&report, report_block(&report, BLOCK_HEADING),
		    "many", bugs, 1500);
		report.last_block->level = 1;
		table = report_table(&report, NULL);
		report_column(&report, table, "n", "N", true, FOR_ALL);
		report_column(&report, table, "b", "B", false, FOR_ALL);
		report_cell_bugs(&report, report_row(&report, table), 0,
		    CELL_COUNT, 1500, bugs, 1500);
		report_cell_bugs(&report, table->last_row, 1, CELL_BUGS, 0,
		    bugs, 3);
		report_cell_bugs(&report, report_row(&report, table), 0,
		    CELL_COUNT, 1, bugs, 1);
		doc = parsed(&report, &out);
		found(doc, "//tbody/tr[1]//summary", &text);
		assert_string_equal(buf_text(&text), "1500");
		assert_int_equal(found(doc, "//tbody/tr[1]//li", NULL),
		    linked ? 1502 : 1500);
		assert_int_equal(found(doc, "//tbody/tr[1]//li/a", NULL),
		    linked ? 1502 : 0);
		assert_int_equal(found(doc, "//tbody/tr[2]//li", NULL), 1);
		found(doc, "//tbody/tr[1]/td", &text);
		assert_string_equal(buf_text(&text),
		    "1900000 1900001 1900002");
		found(doc, "//h1", &text);
		assert_string_equal(buf_text(&text), linked ?
		    "many (list 1) (list 2)" : "many");
		xmlFreeDoc(doc);
		report_release(&report);
	}
	buf_release(&out);
	buf_release(&text);
}

/* Of a page without headings the report's title is the title. */
static void
test_empty(void **state)
{
	struct buf out, text;
	struct report report;
	xmlDoc *doc;

	(void)state;
	buf_init(&out, ROOM);
	buf_init(&text, ROOM);
	report_init(&report, "A & B", NULL);
	doc = parsed(&report, &out);
	found(doc, "/html[@lang]/head/title", &text);
	assert_string_equal(buf_text(&text), "A & B");
	assert_int_equal(found(doc, "//main/*", NULL), 0);
	assert_int_equal(found(doc, "//nav", NULL), 0);
	xmlFreeDoc(doc);
	report_release(&report);
	buf_release(&out);
	buf_release(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_golden),
		cmocka_unit_test(test_policy),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_directions),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_outline),
		cmocka_unit_test(test_many_bugs),
		cmocka_unit_test(test_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
