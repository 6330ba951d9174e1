/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* A report that has everything, and what each writer makes of it. */
#ifndef TESTS_SAMPLE_REPORT_H
#define TESTS_SAMPLE_REPORT_H

#include <stdint.h>

#include "base/date.h"
#include "output/report.h"
#include "output/value.h"

/* A report with every kind of block, cell, span and column. */
static inline void
make_sample(struct report *report)
{
	static const int64_t bugs[] = { 1870000, 1870001 };
	struct value *object;
	struct block *block;
	struct table *table;
	struct row *row;

	report_init(report, "Sample", "https://b.example");
	report_heading(report, 1, "Types | of <incident>");
	block = report_block(report, BLOCK_PARAGRAPH);
	report_text(report, block, "A paragraph that is long enough to be "
	    "wrapped, with ");
	report_strong(report, block, "strong*words*");
	report_text(report, block, ", a link to ");
	report_link(report, block, "the wiki", "https://w.example/a_b?c=[d]");
	report_text(report, block, " and ");
	report_bugs(report, block, "2 bugs", bugs, 2);
	report_text(report, block, ".");
	report_heading(report, 2, "List");
	block = report_block(report, BLOCK_LIST);
	report_item(report, block);
	report_text(report, block, "# one");
	report_item(report, block);
	report_text(report, block, "two, which is so long that it goes on in "
	    "a second line, where it is indented");
	table = report_table(report, "Caption: 'x'");
	report_column(report, table, "title", "Type!", false, FOR_ALL);
	report_column(report, table, "raw", "Raw", false, FOR_PROGRAMS);
	report_column(report, table, "count", "Count", true, FOR_ALL);
	report_column(report, table, "shown", "Day", false, FOR_PEOPLE);
	report_column(report, table, "bug", "Bug", true, FOR_ALL);
	row = report_row(report, table);
	report_cell_text(report, row, 0, "a|b, \"c\"");
	report_cell_bugs(report, row, 1, CELL_BUGS, 0, bugs, 2);
	report_cell_bugs(report, row, 2, CELL_COUNT, 2, bugs, 2);
	report_cell_number(report, row, 3, CELL_DAY, 19862);
	report_cell_number(report, row, 4, CELL_BUG, 1870000);
	row = report_row(report, table);
	report_cell_text(report, row, 0, "=1+1 \xe6\xbc\xa2\xe5\xad\x97");
	report_cell_number(report, row, 1, CELL_TIME, 61);
	report_cell_number(report, row, 2, CELL_COUNT, 0);
	report_cell_number(report, row, 3, CELL_DAY, DATE_NONE);
	row = report_total(report, table);
	report_cell_text(report, row, 0, "Total");
	report_cell_number(report, row, 2, CELL_COUNT, 2);
	report_quote(report, "> quoted {{x}}\n\n    code\nlast");
	block = report_block(report, BLOCK_PARAGRAPH);
	report_text(report, block, "in");
	report_marked(report, block, "side| *");
	report_marked(report, block, "");
	report_text(report, block, "out");
	report_text(report, report_note(report), "A note.");
	report_column(report, report_table(report, NULL), "empty", "Empty",
	    false, FOR_ALL);

	report->data = value_object_new(&report->arena);
	value_text(&report->arena, report->data, "report", "sample");
	report->records = value_array(&report->arena, report->data, "rows");
	object = value_object(&report->arena, report->records, NULL);
	value_text(&report->arena, object, "text", "a\"\\/\n<\xe6\xbc\xa2>");
	value_number(&report->arena, object, "number", -5);
	object = value_object(&report->arena, report->records, NULL);
	value_decimal(&report->arena, object, "decimal", "0.50");
	value_bool(&report->arena, object, "yes", true);
	value_null(&report->arena, object, "none");
	value_array(&report->arena, object, "empty");
}

static const char golden_text[] =
    "Types | of <incident>\n"
    "=====================\n"
    "\n"
    "A paragraph that is long enough to be wrapped, with strong*words*,"
    " a link to\n"
    "the wiki <https://w.example/a_b?c=[d]> and 2 bugs.\n"
    "\n"
    "List\n"
    "----\n"
    "\n"
    "- # one\n"
    "- two, which is so long that it goes on in a second line, where it "
    "is indented\n"
    "\n"
    "Caption: 'x'\n"
    "Type!      Count  Day             Bug\n"
    "---------  -----  ----------  -------\n"
    "a|b, \"c\"       2  2024-05-19  1870000\n"
    "=1+1 \xe6\xbc\xa2\xe5\xad\x97      0\n"
    "---------  -----  ----------  -------\n"
    "Total          2\n"
    "\n"
    "    > quoted {{x}}\n"
    "\n"
    "        code\n"
    "    last\n"
    "\n"
    "in»side| *«out\n"
    "\n"
    "A note.\n";

static const char golden_markdown[] =
    "# Types \\| of \\<incident\\>\n"
    "\n"
    "A paragraph that is long enough to be wrapped, with **strong\\*words\\"
    "***, a link to [the wiki](<https://w.example/a_b?c=%5Bd%5D>) and [2 "
    "bugs](<https://b.example/buglist.cgi?bug_id=1870000,1870001>).\n"
    "\n"
    "## List\n"
    "\n"
    "- \\# one\n"
    "- two, which is so long that it goes on in a second line, where it "
    "is indented\n"
    "\n"
    "**Caption: 'x'**\n"
    "\n"
    "| Type\\! | Count | Day | Bug |\n"
    "| --- | ---: | --- | ---: |\n"
    "| a\\|b, \"c\" | [2](<https://b.example/buglist.cgi?bug_id=1870000,"
    "1870001>) | 2024-05-19 | [1870000](<https://b.example/show_bug.cgi?id="
    "1870000>) |\n"
    "| \\=1+1 \xe6\xbc\xa2\xe5\xad\x97 | 0 |  |  |\n"
    "| **Total** | **2** |  |  |\n"
    "\n"
    "> \\> quoted {{x}}\n"
    ">\n"
    "> &#32;   code\\\n"
    "> last\n"
    "\n"
    "in»side\\| \\*«out\n"
    "\n"
    "A note.\n";

static const char golden_mediawiki[] =
    "== Types &#124; of &#60;incident&#62; ==\n"
    "\n"
    "A paragraph that is long enough to be wrapped, with '''strong*words*''"
    "', a link to [https://w.example/a_b?c=%5Bd%5D the wiki] and [https://b"
    ".example/buglist.cgi?bug_id=1870000,1870001 2 bugs].\n"
    "\n"
    "=== List ===\n"
    "\n"
    "* &#35; one\n"
    "* two, which is so long that it goes on in a second line, where it "
    "is indented\n"
    "\n"
    "{| class=\"wikitable sortable\"\n"
    "|+ Caption&#58; &#39;x&#39;\n"
    "! scope=\"col\" | Type&#33;\n"
    "! scope=\"col\" style=\"text-align:right\" | Count\n"
    "! scope=\"col\" | Day\n"
    "! scope=\"col\" style=\"text-align:right\" | Bug\n"
    "|-\n"
    "| a&#124;b, \"c\"\n"
    "| style=\"text-align:right\" data-sort-value=\"2\" | [https://b.exampl"
    "e/buglist.cgi?bug_id=1870000,1870001 2]\n"
    "| style=\"white-space:nowrap\" | 2024-05-19\n"
    "| style=\"text-align:right\" data-sort-value=\"1870000\" | [https://b."
    "example/show_bug.cgi?id=1870000 1870000]\n"
    "|-\n"
    "| &#61;1+1 \xe6\xbc\xa2\xe5\xad\x97\n"
    "| style=\"text-align:right\" | 0\n"
    "| style=\"white-space:nowrap\" | \n"
    "| style=\"text-align:right\" | \n"
    "|- class=\"sortbottom\"\n"
    "| '''Total'''\n"
    "| style=\"text-align:right\" | '''2'''\n"
    "| \n"
    "| style=\"text-align:right\" | \n"
    "|}\n"
    "\n"
    "<blockquote>\n"
    "&#62; quoted &#123;&#123;x&#125;&#125;<br />\n"
    "<br />\n"
    "&#32;   code<br />\n"
    "last\n"
    "</blockquote>\n"
    "\n"
    "in<mark>side&#124; *</mark>out\n"
    "\n"
    "A note.\n";

static const char golden_csv[] =
    "title,raw,count,bug\r\n"
    "\"a|b, \"\"c\"\"\",1870000 1870001,2,1870000\r\n"
    "=1+1 \xe6\xbc\xa2\xe5\xad\x97,1970-01-01T00:01:01Z,0,\r\n";

static const char golden_json[] =
    "{\"report\":\"sample\",\"rows\":[{\"text\":\"a\\\"\\\\/\\n<"
    "\xe6\xbc\xa2>\",\"number\":-5},{\"decimal\":0.50,"
    "\"yes\":true,\"none\":null,\"empty\":[]}]}\n";

static const char golden_jsonl[] =
    "{\"text\":\"a\\\"\\\\/\\n<\xe6\xbc\xa2>\",\"number\":-5}\n"
    "{\"decimal\":0.50,\"yes\":true,\"none\":null,\"empty\":[]}\n";


#endif
