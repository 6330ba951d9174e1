/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Tables whose rows have titles of their own, and cells of many bugs. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "output/report.h"
#include "output/writer.h"

enum { ROOM = 1 << 20 };

static const int64_t bugs[] = { 19, 18, 17, 16, 15, 14, 13, 12, 11 };

static void
add(struct report *report, struct table *table, const char *text, size_t len)
{
	struct row *row = report_row(report, table);

	report_cell_text(report, row, 0, text);
	report_cell_text(report, row, 1, "raw");
	report_cell_bugs(report, row, 2, CELL_BUGS, 0, bugs, len);
}

static void
make(struct report *report, const char *bugzilla)
{
	struct table *table;

	report_init(report, "Page", bugzilla);
	report->whole_page = true;
	report_heading(report, 1, "Page");
	report_heading(report, 2, "Part");
	table = report_table(report, NULL);
	report_column(report, table, "what", "What", false, FOR_ALL);
	report_column(report, table, "raw", "", false, FOR_PROGRAMS);
	report_column(report, table, "bugs", "Bugs", false, FOR_ALL);
	assert_false(report_is_grouped(table));
	add(report, table, "before", 1);
	report_group(report, table, "=A|*");
	add(report, table, "in A", 9);
	report_group(report, table, "B");
	add(report, table, "in B", 8);
	assert_true(report_is_grouped(table));
}

static const char golden_text[] =
    "Page\n"
    "====\n"
    "\n"
    "Part\n"
    "----\n"
    "\n"
    "What    Bugs\n"
    "------  ----\n"
    "before  19\n"
    "\n"
    "=A|*\n"
    "in A    19 18 17 16 15 14 13 12 11\n"
    "\n"
    "B\n"
    "in B    19 18 17 16 15 14 13 12\n";

static const char golden_markdown[] =
    "# Page\n"
    "\n"
    "## Part\n"
    "\n"
    "| What | Bugs |\n"
    "| --- | --- |\n"
    "| before | 19 |\n"
    "| **\\=A\\|\\*** |  |\n"
    "| in A | 19, 18, 17, 16, 15, 14, 13, 12, 11 |\n"
    "| **B** |  |\n"
    "| in B | 19, 18, 17, 16, 15, 14, 13, 12 |\n";

/* The page has its title. */
static const char golden_mediawiki[] =
    "== Part ==\n"
    "\n"
    "{| class=\"wikitable\"\n"
    "! scope=\"col\" | What\n"
    "! scope=\"col\" | Bugs\n"
    "|-\n"
    "| before\n"
    "| [https://b.example/show_bug.cgi?id=19 19]\n"
    "|-\n"
    "! scope=\"col\" colspan=\"2\" | &#61;A&#124;*\n"
    "|-\n"
    "| in A\n"
    "| [https://b.example/show_bug.cgi?id=19 19], "
    "[https://b.example/show_bug.cgi?id=18 18], "
    "[https://b.example/show_bug.cgi?id=17 17], "
    "[https://b.example/show_bug.cgi?id=16 16], "
    "[https://b.example/show_bug.cgi?id=15 15], "
    "[https://b.example/show_bug.cgi?id=14 14], "
    "[https://b.example/show_bug.cgi?id=13 13], "
    "[https://b.example/show_bug.cgi?id=12 12], "
    "[https://b.example/buglist.cgi?bug_id=19,18,17,16,15,14,13,12,11 "
    "all\xc2\xa0" "9]\n";

static const char golden_csv[] =
    "group,what,raw,bugs\r\n"
    ",before,raw,19\r\n"
    "=A|*,in A,raw,19 18 17 16 15 14 13 12 11\r\n"
    "B,in B,raw,19 18 17 16 15 14 13 12\r\n";

static const char golden_guarded[] =
    "group,what,raw,bugs\r\n"
    ",before,raw,19\r\n"
    "\"'=A|*\",in A,raw,19 18 17 16 15 14 13 12 11\r\n"
    "B,in B,raw,19 18 17 16 15 14 13 12\r\n";

static const char *
written(const struct report *report, const char *format, bool guard)
{
	const struct writer_options options = { false, 0, guard };
	static char text[ROOM + 1];
	struct buf out;

	buf_init(&out, ROOM);
	assert_null(writer_run(writer_by_name(format), report, &options, NULL,
	    &out));
	memcpy(text, buf_text(&out), out.len + 1);
	buf_release(&out);
	return text;
}

static void
test_goldens(void **state)
{
	struct report report;

	(void)state;
	make(&report, NULL);
	assert_string_equal(written(&report, "text", false), golden_text);
	assert_string_equal(written(&report, "markdown", false),
	    golden_markdown);
	assert_string_equal(written(&report, "csv", false), golden_csv);
	assert_string_equal(written(&report, "csv", true), golden_guarded);
	report_release(&report);
	make(&report, "https://b.example");
	assert_memory_equal(written(&report, "mediawiki", false),
	    golden_mediawiki, sizeof(golden_mediawiki) - 1);
	report_release(&report);
}

/* Each group has a body of its own, the rows before the first too. */
static void
test_html(void **state)
{
	struct report report;
	const char *text;

	(void)state;
	make(&report, "https://b.example");
	text = written(&report, "html", false);
	text = strstr(text, "<tbody>");
	assert_non_null(text);
	assert_memory_equal(text, "<tbody>\n<tr><th scope=\"row\"", 27);
	text = strstr(text, "</tbody>");
	assert_memory_equal(text, "</tbody>\n<tbody>\n<tr><th "
	    "scope=\"rowgroup\" colspan=\"2\">=A|*</th></tr>\n", 68);
	assert_non_null(strstr(text, "<summary>all 9</summary>"));
	assert_null(strstr(text, "<summary>all 8</summary>"));
	assert_non_null(strstr(text, "</tbody>\n<tbody>\n<tr><th "
	    "scope=\"rowgroup\" colspan=\"2\">B</th></tr>\n"));
	report_release(&report);
}

/* A group that comes first needs no body before it. */
static void
test_first(void **state)
{
	struct report report;
	struct table *table;

	(void)state;
	report_init(&report, "x", NULL);
	table = report_table(&report, NULL);
	report_column(&report, table, "what", "What", false, FOR_ALL);
	report_group(&report, table, "A");
	assert_non_null(strstr(written(&report, "html", false),
	    "<tbody>\n<tr><th scope=\"rowgroup\" colspan=\"1\">A</th></tr>\n"
	    "</tbody>"));
	assert_string_equal(written(&report, "csv", false), "group,what\r\n");
	report_group(&report, NULL, "A");
	report_release(&report);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_goldens),
		cmocka_unit_test(test_html),
		cmocka_unit_test(test_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
