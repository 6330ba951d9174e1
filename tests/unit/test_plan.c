/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "cmd/plan.h"

#define FILE_OF "output = x\n"
#define REPORT "[report a]\ncommand = count\n"

static void
read_text(struct plan *plan, const char *text)
{
	assert_null(plan_read(plan, "/etc/cabrief/night.ini", text,
	    strlen(text)));
}

static void
show(const struct plan *plan)
{
	size_t i;

	for (i = 0; i < plan->finding_len; i++)
		print_message("%zu: %s\n", plan->findings[i].line,
		    plan->findings[i].text);
}

/* It is found in that line, and nothing else is. */
static void
finds(const char *text, size_t line, const char *begins)
{
	struct plan plan;

	read_text(&plan, text);
	if (plan.finding_len != 1 || plan.findings[0].line != line ||
	    strncmp(plan.findings[0].text, begins, strlen(begins)) != 0) {
		show(&plan);
		fail_msg("%s: not just line %zu: %s", text, line, begins);
	}
	plan_release(&plan);
}

static void
good(struct plan *plan, const char *text)
{
	read_text(plan, text);
	show(plan);
	assert_int_equal(plan->finding_len, 0);
}

static void
whole(void **state)
{
	static const char text[] =
	    "\xef\xbb\xbf; a comment\r\n"
	    "[source]\r\n"
	    "url = https://bugzilla.example\r\n"
	    "component = One, Two and a half\r\n"
	    "\r\n"
	    "[source other]\n"
	    "db=other.db\n"
	    "fetch\t=\tno\n"
	    "retries = 0\n"
	    "[wiki]\n"
	    "api = https://wiki.example/w/api.php\n"
	    "[report first]\n"
	    "command = count --text 'a ; b # c' --id 1,2\n"
	    "# a comment in between\n"
	    "\n"
	    "    --id 3 = 4\n"
	    "\t--all\n"
	    "page = CA/Incident_ Statistics \n"
	    "block = first\n"
	    "max-change = 5%\n"
	    "[report second]\n"
	    "source = other\n"
	    "command = dashboard\n"
	    "output = b.html\n"
	    "format = html\n"
	    "max-bytes = 1000";
	const struct plan_part *part;
	struct plan plan;

	(void)state;
	good(&plan, text);
	assert_string_equal(plan.name, "night");
	assert_int_equal(plan.len[PLAN_SOURCE], 2);
	assert_int_equal(plan.len[PLAN_WIKI], 1);
	assert_int_equal(plan.len[PLAN_REPORT], 2);
	part = &plan.parts[PLAN_SOURCE][0];
	assert_string_equal(part->text[PLAN_URL],
	    "https://bugzilla.example");
	assert_int_equal(part->list_len, 2);
	assert_string_equal(part->list[1], "Two and a half");
	assert_int_equal(part->number[PLAN_FETCH], 1);
	assert_int_equal(part->number[PLAN_RETRIES], 4);
	part = &plan.parts[PLAN_REPORT][0];
	assert_ptr_equal(part->source, &plan.parts[PLAN_SOURCE][0]);
	assert_ptr_equal(part->wiki, &plan.parts[PLAN_WIKI][0]);
	assert_string_equal(part->text[PLAN_COMMAND],
	    "count --text 'a ; b # c' --id 1,2 --id 3 = 4 --all");
	assert_string_equal(part->text[PLAN_FORMAT], "mediawiki");
	assert_string_equal(part->text[PLAN_PAGE], "CA/Incident Statistics");
	assert_int_equal(part->number[PLAN_MAX_CHANGE], 5);
	assert_int_equal(part->number[PLAN_MAX_BYTES], PLAN_BYTES_PAGE);
	part = &plan.parts[PLAN_REPORT][1];
	assert_string_equal(part->source->name, "other");
	assert_int_equal(part->source->number[PLAN_FETCH], 0);
	assert_int_equal(part->source->number[PLAN_RETRIES], 0);
	assert_null(part->wiki);
	assert_int_equal(part->number[PLAN_MAX_BYTES], 1000);
	plan_release(&plan);
}

static void
least(void **state)
{
	struct plan plan;

	(void)state;
	good(&plan, REPORT FILE_OF);
	assert_int_equal(plan.len[PLAN_SOURCE], 1);
	assert_int_equal(plan.parts[PLAN_SOURCE][0].line, 0);
	assert_int_equal(plan.parts[PLAN_SOURCE][0].number[PLAN_FETCH], 1);
	assert_int_equal(plan.len[PLAN_WIKI], 0);
	assert_string_equal(plan.parts[PLAN_REPORT][0].text[PLAN_FORMAT],
	    "text");
	plan_release(&plan);
}

static void
lines(void **state)
{
	(void)state;
	finds("", 0, "has no report");
	finds("\n\n# only\n", 0, "has no report");
	finds("url = x\ndb = y\n" REPORT FILE_OF, 1, "url = x: stands before");
	finds(REPORT FILE_OF "what\n", 4, "what: is no NAME = VALUE");
	finds(REPORT FILE_OF "what\n  more\n", 4, "what: is no NAME");
	finds(REPORT FILE_OF "= what\n", 4, ": no such key");
	finds(REPORT FILE_OF "source =\n", 4, "source: has no value");
	finds(REPORT "output =\n", 3, "output: has no value");
	finds("  x\n" REPORT FILE_OF, 1, "x: begins with a blank, and there");
	finds("[source]\n  product = x\n" REPORT FILE_OF, 2, "product = x: beg");
	finds("[source]\nproduct = A\n  component = x\n" REPORT FILE_OF, 3,
	    "component = x: begins with a blank, and so goes on with product");
	finds(REPORT FILE_OF "  [report b]\n", 4, "[report b]: begins with");
	finds(REPORT FILE_OF "max-bytes = 4\x01\n", 4, "the line holds");
	finds(REPORT FILE_OF "max-bytes = \xff\n", 4, "the line holds");
	finds(REPORT FILE_OF "max-bytes: 4\n", 4, "max-bytes: 4: is no NAME");
	finds(REPORT FILE_OF "max-bytes = 4 ; bytes\n", 4,
	    "max-bytes: 4 ; bytes: no such number");
	/* The findings of one mistake are one. */
	finds("[sauce]\nurl = x\nurls = y\nz\n" REPORT FILE_OF, 1,
	    "[sauce]: no such section: did you mean [source]?");
}

static void
sections(void **state)
{
	(void)state;
	finds(REPORT FILE_OF "[qqqqqqqqqq]\n", 4, "[qqqqqqqqqq]: no such sec");
	finds(REPORT FILE_OF "[]\n", 4, "[]: no such section");
	finds(REPORT FILE_OF "[wiki] x\n", 4, "[wiki] x: no section");
	finds(REPORT FILE_OF "[wiki\n", 4, "[wiki: no section");
	finds(REPORT FILE_OF "[report]\n", 4, "[report]: has no name");
	finds(REPORT FILE_OF "[report b c]\n", 4, "[report b c]: no name");
	finds(REPORT FILE_OF "[wiki -x]\n", 4, "[wiki -x]: no name");
	finds(REPORT FILE_OF "[report a]\n", 4,
	    "[report a]: is there twice: the other is in line 1");
	finds(REPORT FILE_OF "[source]\n[source ]\n", 5,
	    "[source]: is there twice");
	finds(REPORT FILE_OF "[report 123456789 123456789 123456789]\n", 4,
	    "[report 123");
	finds(REPORT FILE_OF "[report 1234567890123456789012345678901234567890"
	    "1234567890123456789012345]\n", 4, "[report 1234567890");
}

static void
keys(void **state)
{
	(void)state;
	finds("[report a]\n" FILE_OF "comand = x\n", 3,
	    "comand: no such key: did you mean command?");
	finds(REPORT FILE_OF "zzzzzzzz = x\n", 4, "zzzzzzzz: no such key of a");
	finds(REPORT FILE_OF "api = x\n", 4,
	    "api: is no key of a report: it belongs in a [wiki] section");
	finds(REPORT FILE_OF "output = y\n", 4,
	    "output: is there twice: the other is in line 3");
}

static void
values(void **state)
{
	static const struct {
		const char *line, *begins;
	} bad[] = {
		{ "url = ftp://x", "url: ftp://x: not a URL" },
		{ "url = bugzilla.example", "url: bugzilla.example: not a" },
		{ "url = https://", "url: https://: not a URL" },
		{ "url = https:///x", "url: https:///x: not a URL" },
		{ "url = https://me:pw@x", "url: https://me:pw@x: not a URL" },
		{ "url = https://x y", "url: https://x y: not a URL" },
		{ "fetch = maybe", "fetch: maybe: write yes or no" },
		{ "jobs = 0", "jobs: 0: no such number: give one from 1" },
		{ "jobs = 17", "jobs: 17: no such number" },
		{ "jobs = 1x", "jobs: 1x: no such number" },
		{ "jobs = 5%", "jobs: 5%: no such number" },
		{ "timeout = 99999999999999999999", "timeout: 999999" },
		{ "retries = -1", "retries: -1: no such number" },
		{ "component = A,,B", "component: a name is missing" },
		{ "component = A,", "component: a name is missing" },
		{ "component = ,", "component: a name is missing" },
		{ "credential = ../x", "credential: ../x: no name" },
		{ "db = -", "db: -: is no file" }
	}, bad_wiki[] = {
		{ "api = http://x/index", "api: http://x/index: is not the" },
		{ "api = http://x", "api: http://x: is not the URL" },
		{ "assert = admin", "assert: admin: write bot or user" },
		{ "stop-page = [[x]]", "stop-page: [[x]]: no title" }
	}, bad_report[] = {
		{ "format = pdf", "format: pdf: no such format" },
		{ "output = -", "output: -: is no file" },
		{ "max-bytes = 0", "max-bytes: 0: no such number" },
		{ "max-bytes = 1.5", "max-bytes: 1.5: no such number" }
	};
	char text[400];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		(void)snprintf(text, sizeof(text), "[source]\n%s\n" REPORT
		    FILE_OF, bad[i].line);
		finds(text, 2, bad[i].begins);
	}
	for (i = 0; i < sizeof(bad_wiki) / sizeof(bad_wiki[0]); i++) {
		(void)snprintf(text, sizeof(text), "[wiki]\n%s\n" REPORT
		    FILE_OF, bad_wiki[i].line);
		finds(text, 2, bad_wiki[i].begins);
	}
	for (i = 0; i < sizeof(bad_report) / sizeof(bad_report[0]); i++) {
		(void)snprintf(text, sizeof(text), REPORT "%s\n%s",
		    bad_report[i].line, strncmp(bad_report[i].line, "output",
		    6) != 0 ? FILE_OF : "");
		finds(text, 3, bad_report[i].begins);
	}
}

#define REPORT_B "[report b]\ncommand = list\noutput = y\nsource = b\n"
#define PAGE REPORT "page = P\nblock = b\n"

static void
pages(void **state)
{
	(void)state;
	finds(REPORT "page = P\n", 3, "page: without a block");
	finds(REPORT "block = b\n" FILE_OF, 3, "block: means nothing without");
	finds(REPORT FILE_OF "wiki = w\n", 4, "wiki: means nothing without");
	finds(REPORT FILE_OF "minor = yes\n", 4, "minor: means nothing");
	finds(REPORT FILE_OF "max-change = 3\n", 4, "max-change: means");
	finds(REPORT, 1, "[report a]: goes nowhere");
	finds("[report a]\n" FILE_OF, 1, "[report a]: has no command");
	finds(PAGE "format = html\n", 5, "format: html: a page is wikitext");
	finds(REPORT "page = P\nblock = B\n", 4, "block: B: no name of a");
	finds(REPORT "page = A#b\nblock = b\n", 3, "page: A#b: no title");
	finds(REPORT "page = _ _\nblock = b\n", 3, "page: _ _: no title");
	finds(PAGE "max-change = 101%\n", 5, "max-change: 101%: no such");
	finds(PAGE "max-change = %\n", 5, "max-change: %: no such");
	finds(PAGE "wiki = nowhere\n", 5, "wiki: nowhere: the plan has no");
	finds(PAGE "[report b]\ncommand = list\npage = P\nblock = b\n", 8,
	    "block: b: [report a] writes it too");
	finds(PAGE "[report b]\ncommand = list\npage = _P\nblock = b\n", 8,
	    "block: b: [report a] writes it too");
}

static void
together(void **state)
{
	static const char *const fine[] = {
		PAGE "[report b]\ncommand = list\npage = P\nblock = c\n",
		PAGE "[report b]\ncommand = list\npage = P\nblock = b\n"
		    "wiki = w\n[wiki w]\napi = https://w.example/api.php\n",
		"[source]\n[source b]\ndb = b.db\n" REPORT FILE_OF
		    "[report b]\ncommand = list\noutput = y\nsource = b\n",
		"[source b]\ndb = b.db\n" REPORT FILE_OF "source = b\n"
	};
	struct plan plan;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(fine) / sizeof(fine[0]); i++) {
		good(&plan, fine[i]);
		plan_release(&plan);
	}
	finds(PAGE "[report b]\ncommand = list\npage = P\nblock = b\n"
	    "wiki = w\n[wiki w]\napi = https://w.example/api.php\n"
	    "[wiki]\napi = https://w.example/api.php\n", 8,
	    "block: b: [report a] writes it too");
	finds(REPORT FILE_OF "[report b]\ncommand = list\n" FILE_OF, 6,
	    "output: x: [report a] writes it too");
	finds(REPORT FILE_OF REPORT_B "[source b]\n", 8,
	    "[source b] and [source]: have no db");
	finds("[source a]\ndb = a\n[source b]\ndb = a\n" REPORT FILE_OF
	    "source = a\n" REPORT_B, 4,
	    "db: a: is the store of [source a] too");
	finds("[source b]\ndb = b\n" REPORT FILE_OF, 1,
	    "[source b]: no report is made from it");
	finds("[source]\ndb = b\n" REPORT FILE_OF "source = c\n[source c]\n",
	    1, "[source]: no report is made from it");
	finds("[source mozilla]\ndb = a\n" REPORT FILE_OF "source = mozila\n",
	    6, "source: mozila: no such section: did you mean mozilla?");
	finds("[source]\nkey-file = k\nkey-command = c\n" REPORT FILE_OF, 3,
	    "key-command: and key-file: both say where");
	finds("[wiki]\npassword-file = k\ncredential = c\n" REPORT FILE_OF, 3,
	    "credential: and password-file: both say where");
	finds("[wiki w]\n" REPORT FILE_OF, 1, "[wiki w]: has no api");
}

/* All at once, in order of their lines. */
static void
many(void **state)
{
	static const size_t at[] = { 0, 2, 4, 5, 7, 8 };
	struct plan plan;
	size_t i;

	(void)state;
	read_text(&plan, "[source]\nurls = x\n[wiki w]\napi = y\n[x]\n"
	    "[source b]\njobs = 99\nbad\ndb = d\n");
	show(&plan);
	assert_int_equal(plan.finding_len, 6);
	for (i = 0; i < 6; i++)
		assert_int_equal(plan.findings[i].line, at[i]);
	plan_release(&plan);
}

static void
limits(void **state)
{
	struct plan plan;
	struct buf text;
	size_t i;

	(void)state;
	buf_init(&text, 4 << 20);
	for (i = 0; i <= PLAN_MAX_REPORTS; i++)
		buf_fmt(&text, "[report r%zu]\ncommand = count\n"
		    "output = o%zu\n", i, i);
	finds(buf_text(&text), 3 * PLAN_MAX_REPORTS + 1,
	    "[report r200]: is one too many");
	buf_clear(&text);
	for (i = 0; i <= PLAN_MAX_SOURCES; i++)
		buf_fmt(&text, "[source s%zu]\ndb = d%zu\n", i, i);
	/* These are as many as are allowed, and the one from settings. */
	for (i = 0; i < PLAN_MAX_SOURCES; i++)
		buf_fmt(&text, "[report r%zu]\ncommand = count\n"
		    "output = o%zu\nsource = s%zu\n", i, i, i);
	buf_str(&text, REPORT FILE_OF);
	finds(buf_text(&text), 2 * PLAN_MAX_SOURCES + 1,
	    "[source s20]: is one too many");
	buf_clear(&text);
	buf_str(&text, REPORT "output = ");
	buf_fill(&text, 'x', PLAN_MAX_LINE);
	finds(buf_text(&text), 3, "the line is longer than");
	buf_clear(&text);
	buf_str(&text, REPORT "output = ");
	buf_fill(&text, 'x', PLAN_MAX_LINE - 9);
	good(&plan, buf_text(&text));
	assert_int_equal(strlen(plan.parts[PLAN_REPORT][0].text[PLAN_OUTPUT]),
	    PLAN_MAX_LINE - 9);
	plan_release(&plan);
	buf_clear(&text);
	buf_str(&text, "[report a]\n" FILE_OF "command = count");
	for (i = 0; i < PLAN_MAX_VALUE / 10; i++)
		buf_str(&text, "\n   --id 12345");
	finds(buf_text(&text), 3, "command: is longer than");
	buf_clear(&text);
	buf_str(&text, REPORT FILE_OF);
	for (i = 0; i < 2 * PLAN_MAX_FINDINGS; i++)
		buf_str(&text, "x\n");
	read_text(&plan, buf_text(&text));
	assert_int_equal(plan.finding_len, PLAN_MAX_FINDINGS);
	assert_int_equal(plan.more, PLAN_MAX_FINDINGS);
	plan_release(&plan);
	buf_release(&text);
}

static void
named(void **state)
{
	static const struct {
		const char *path, *name;
	} cases[] = {
		{ "night.ini", "night" }, { "/a.b/night", "night" },
		{ "a/.ini", ".ini" }, { "x.y.ini", "x.y" },
		{ "\xff.ini", "\xef\xbf\xbd" }
	};
	struct plan plan;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_null(plan_read(&plan, cases[i].path, "", 0));
		assert_string_equal(plan.name, cases[i].name);
		plan_release(&plan);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole),
		cmocka_unit_test(least),
		cmocka_unit_test(lines),
		cmocka_unit_test(sections),
		cmocka_unit_test(keys),
		cmocka_unit_test(values),
		cmocka_unit_test(pages),
		cmocka_unit_test(together),
		cmocka_unit_test(many),
		cmocka_unit_test(limits),
		cmocka_unit_test(named)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
