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
#include <yajl/yajl_parse.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/err.h"
#include "output/report.h"
#include "output/value.h"
#include "output/writer.h"
#include "tests/unit/hostile.h"
#include "tests/unit/sample_report.h"

enum {
	ROOM = 1 << 22
};


static const struct writer_options plain = { false, 0, false };

/* Write the report in that format; the result is good until the next. */
static const char *
written(const struct report *report, const char *format,
    const struct writer_options *options, struct buf *out)
{
	buf_clear(out);
	assert_null(writer_run(writer_by_name(format), report, options, NULL,
	    out));
	return buf_text(out);
}

static void
test_goldens(void **state)
{
	static const struct {
		const char *format, *expected;
	} cases[] = {
		{ "text", golden_text },
		{ "markdown", golden_markdown },
		{ "mediawiki", golden_mediawiki },
		{ "csv", golden_csv },
		{ "json", golden_json },
		{ "jsonl", golden_jsonl },
	};
	struct report report;
	struct buf out;
	size_t i;

	(void)state;
	buf_init(&out, ROOM);
	make_sample(&report);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(written(&report, cases[i].format, &plain,
		    &out), cases[i].expected);
	report_release(&report);
	buf_release(&out);
}

static void
test_options(void **state)
{
	const struct writer_options color = { true, 30, false };
	const struct writer_options guard = { false, 0, true };
	struct report report;
	struct block *block;
	struct buf out;

	(void)state;
	buf_init(&out, ROOM);
	report_init(&report, "", NULL);
	report_heading(&report, 1, "Heading");
	block = report_note(&report);
	report_text(&report, block, "a note that is longer than the line "
	    "and has ");
	report_strong(&report, block, "strong words");
	report_text(&report, block, " in it");
	block = report_block(&report, BLOCK_QUOTE);
	report_item(&report, block);
	report_text(&report, block, "a ");
	report_marked(&report, block, "marked");
	report_text(&report, block, "word");
	assert_string_equal(written(&report, "text", &color, &out),
	    "\033[1mHeading\033[0m\n\n"
	    "\033[2ma note that is longer than the\n"
	    "line and has \033[1mstrong words\033[0m\033[2m in\n"
	    "it\033[0m\n\n"
	    "    a \033[1;31mmarked\033[0mword\n");
	report_release(&report);
	make_sample(&report);
	assert_string_equal(written(&report, "csv", &guard, &out),
	    "title,raw,count,bug\r\n"
	    "\"a|b, \"\"c\"\"\",1870000 1870001,2,1870000\r\n"
	    "\"'=1+1 \xe6\xbc\xa2\xe5\xad\x97\",1970-01-01T00:01:01Z,0,\r\n");
	report_release(&report);
	buf_release(&out);
}

static void
test_registry(void **state)
{
	const struct writer *writer;
	size_t i;

	(void)state;
	for (i = 0; (writer = writer_at(i)) != NULL; i++) {
		assert_ptr_equal(writer_by_name(writer->name), writer);
		assert_int_equal(writer->suffix[0], '.');
		assert_non_null(strchr(writer->media, '/'));
	}
	assert_int_equal(i, 9);
	assert_null(writer_at(SIZE_MAX));
	assert_null(writer_by_name("pdf"));
	assert_null(writer_by_name(""));
}

/* What the sink heard last. */
static char heard[64];

static void
hear(void *arg, const struct diag *diag)
{
	(void)arg;
	assert_int_equal(diag->code, DIAG_BLOCK_UNSUPPORTED);
	snprintf(heard, sizeof(heard), "%s: %s", diag->where, diag->detail);
}

static void
test_unsupported(void **state)
{
	struct diag_sink sink = { hear, NULL, { 0 } };
	struct writer poor = *writer_by_name("text");
	struct report report;
	struct buf out;

	(void)state;
	buf_init(&out, ROOM);
	make_sample(&report);
	assert_null(writer_run(writer_by_name("text"), &report, &plain, &sink,
	    &out));
	assert_null(writer_run(writer_by_name("json"), &report, &plain, &sink,
	    &out));
	assert_int_equal(sink.count[DIAG_WARN], 0);
	poor.blocks &= ~(1U << BLOCK_QUOTE);
	assert_null(writer_run(&poor, &report, &plain, &sink, &out));
	assert_int_equal(sink.count[DIAG_WARN], 1);
	assert_string_equal(heard, "text: a quotation");
	/* The sample has two tables. */
	assert_null(writer_run(writer_by_name("csv"), &report, &plain, &sink,
	    &out));
	assert_int_equal(sink.count[DIAG_WARN], 2);
	assert_string_equal(heard, "csv: a table after the first");
	report_release(&report);

	report_init(&report, "", NULL);
	report_heading(&report, 1, "Heading");
	buf_clear(&out);
	assert_null(writer_run(writer_by_name("csv"), &report, &plain, &sink,
	    &out));
	assert_int_equal(sink.count[DIAG_WARN], 3);
	assert_string_equal(heard, "csv: a report without a table");
	assert_null(writer_run(writer_by_name("jsonl"), &report, &plain,
	    &sink, &out));
	assert_int_equal(sink.count[DIAG_WARN], 4);
	assert_string_equal(heard, "jsonl: a report without data");
	assert_int_equal(out.len, 0);
	report_release(&report);
	buf_release(&out);
}

/* No ceiling is passed, and each that is too low is told of. */
static void
test_ceilings(void **state)
{
	const struct writer *writer;
	const struct err *err;
	struct report report;
	size_t i, ceiling, whole;
	struct buf out;

	(void)state;
	make_sample(&report);
	for (i = 0; (writer = writer_at(i)) != NULL; i++) {
		buf_init(&out, ROOM);
		written(&report, writer->name, &plain, &out);
		whole = out.len;
		buf_release(&out);
		for (ceiling = 0; ceiling < whole; ceiling += 7) {
			buf_init(&out, ceiling);
			err = writer_run(writer, &report, &plain, NULL, &out);
			assert_non_null(err);
			assert_int_equal(err->kind, ERR_SYSTEM);
			assert_true(out.len <= ceiling);
			buf_release(&out);
		}
	}
	/* A report that lacks something is not written at all. */
	report.failed = true;
	buf_init(&out, ROOM);
	assert_ptr_equal(writer_run(writer_at(0), &report, &plain, NULL,
	    &out), err_memory());
	assert_int_equal(out.len, 0);
	buf_release(&out);
	report_release(&report);
}

/* A report that holds the text in each place that takes data. */
static void
make_with(struct report *report, const char *text)
{
	struct block *block;
	struct table *table;
	struct row *row;

	report_init(report, "", NULL);
	report_heading(report, 1, text);
	block = report_block(report, BLOCK_LIST);
	report_item(report, block);
	report_text(report, block, text);
	report_item(report, block);
	report_strong(report, block, text);
	report_marked(report, block, text);
	report_link(report, block, text, text);
	table = report_table(report, text);
	/* The last column that people see is not wrapped. */
	report_column(report, table, "id", text, false, FOR_ALL);
	report_column(report, table, "b", "B", false, FOR_PROGRAMS);
	row = report_row(report, table);
	report_cell_text(report, row, 0, text);
	report_cell_text(report, row, 1, "x");
	report_text(report, report_note(report), "end");
	report->data = value_object_new(&report->arena);
	value_text(&report->arena, report->data, text, text);
}

static size_t
lines(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++)
		count += *text == '\n';
	return count;
}

/* Whatever the text, the document keeps its lines, and its end. */
static void
test_hostile_lines(void **state)
{
	static const char *const formats[] = { "text", "markdown",
	    "mediawiki", "json" };
	const struct writer_options wide = { false, 1000, false };
	struct report report;
	size_t i, j, expected;
	struct buf out;

	(void)state;
	buf_init(&out, ROOM);
	for (j = 0; j < sizeof(formats) / sizeof(formats[0]); j++) {
		make_with(&report, "plain");
		expected = lines(written(&report, formats[j], &wide, &out));
		report_release(&report);
		for (i = 0; i < HOSTILE_LEN; i++) {
			make_with(&report, hostile[i]);
			assert_int_equal(lines(written(&report, formats[j],
			    &wide, &out)), expected);
			report_release(&report);
		}
	}
	buf_release(&out);
}

/* The first field behind the header, as RFC 4180 reads it. */
static void
read_csv(const char *csv, struct buf *out)
{
	buf_clear(out);
	assert_memory_equal(csv, "id,b\r\n", 6);
	csv += 6;
	if (*csv != '"') {
		buf_add(out, csv, strcspn(csv, ","));
		csv += strcspn(csv, ",");
	} else {
		for (csv++; csv[0] != '"' || csv[1] == '"'; csv++) {
			assert_int_not_equal(*csv, '\0');
			csv += *csv == '"';
			buf_char(out, *csv);
		}
		csv++;
	}
	assert_string_equal(csv, ",x\r\n");
}

static int
take(void *ctx, const unsigned char *text, size_t len)
{
	buf_clear(ctx);
	buf_add(ctx, (const char *)text, len);
	return 1;
}

/* CSV and JSON give back each byte. */
static void
test_hostile_bytes(void **state)
{
	yajl_callbacks callbacks;
	struct report report;
	struct buf out, back;
	yajl_handle handle;
	const char *data;
	size_t i;

	(void)state;
	memset(&callbacks, 0, sizeof(callbacks));
	callbacks.yajl_string = take;
	buf_init(&out, ROOM);
	buf_init(&back, ROOM);
	for (i = 0; i < HOSTILE_LEN; i++) {
		make_with(&report, hostile[i]);
		read_csv(written(&report, "csv", &plain, &out), &back);
		assert_string_equal(buf_text(&back), hostile[i]);
		data = written(&report, "json", &plain, &out);
		handle = yajl_alloc(&callbacks, NULL, &back);
		assert_int_equal(yajl_parse(handle,
		    (const unsigned char *)data, out.len), yajl_status_ok);
		assert_int_equal(yajl_complete_parse(handle), yajl_status_ok);
		yajl_free(handle);
		assert_string_equal(buf_text(&back), hostile[i]);
		report_release(&report);
	}
	buf_release(&out);
	buf_release(&back);
}

/* A cell of 10,000 letters is whole, and does not widen the other rows. */
static void
test_long(void **state)
{
	static char text[10001];
	struct report report;
	struct table *table;
	struct buf out;
	struct row *row;
	size_t i;

	(void)state;
	memset(text, 'x', 10000);
	buf_init(&out, ROOM);
	report_init(&report, "", NULL);
	table = report_table(&report, NULL);
	report_column(&report, table, "a", "A", false, FOR_ALL);
	report_column(&report, table, "b", "B", false, FOR_ALL);
	for (i = 0; i < 2; i++) {
		row = report_row(&report, table);
		report_cell_text(&report, row, 0, i == 0 ? text : "short");
		report_cell_text(&report, row, 1, "b");
	}
	report_text(&report, report_block(&report, BLOCK_PARAGRAPH), text);
	assert_non_null(strstr(written(&report, "text", &plain, &out), text));
	assert_in_range(out.len, 20000, 20400);
	report_release(&report);
	buf_release(&out);
}

/* The cells of all columns but the last are wrapped, and what follows them
 * stays in its column; a word that is longer than the column stays whole. */
static void
test_wrapped(void **state)
{
	static const char word[] = "https://example.org/123456789012345678901"
	    "234567890";
	struct report report;
	struct table *table;
	struct buf out;
	struct row *row;

	(void)state;
	buf_init(&out, ROOM);
	report_init(&report, "", NULL);
	table = report_table(&report, NULL);
	report_column(&report, table, "a", "A", false, FOR_ALL);
	report_column(&report, table, "b", "B", true, FOR_ALL);
	report_column(&report, table, "c", "C", false, FOR_ALL);
	row = report_row(&report, table);
	report_cell_text(&report, row, 0, "as wide as a column can be, it is "
	    "not wrapped ..");
	report_cell_number(&report, row, 1, CELL_COUNT, 1);
	report_cell_text(&report, row, 2, "c");
	row = report_row(&report, table);
	report_cell_text(&report, row, 0, "a cell with  many words is "
	    "wrapped where the last one that has room ends");
	report_cell_number(&report, row, 1, CELL_COUNT, 22);
	report_cell_text(&report, row, 2, "the last column is as long as it "
	    "has to be, for nothing follows");
	row = report_row(&report, table);
	report_cell_text(&report, row, 0, word);
	report_cell_number(&report, row, 1, CELL_COUNT, 3);
	assert_string_equal(written(&report, "text", &plain, &out),
	    "A                                                  B  C\n"
	    "------------------------------------------------  --  -\n"
	    "as wide as a column can be, it is not wrapped ..   1  c\n"
	    "a cell with  many words is wrapped where the      22  the la"
	    "st column is as long as it has to be, for nothing follows\n"
	    "  last one that has room ends\n"
	    "https://example.org/123456789012345678901234567890   3\n");
	report_release(&report);
	buf_release(&out);
}

/* Too many bugs for one URL: numbered links behind the count. */
static void
test_many_bugs(void **state)
{
	static int64_t bugs[1500];
	struct report report;
	struct table *table;
	const char *text;
	struct buf out;
	size_t i;

	(void)state;
	for (i = 0; i < 1500; i++)
		bugs[i] = (int64_t)(1900000 + i);
	buf_init(&out, ROOM);
	report_init(&report, "", "https://b.example");
	table = report_table(&report, NULL);
	report_column(&report, table, "n", "N", true, FOR_ALL);
	report_cell_bugs(&report, report_row(&report, table), 0, CELL_COUNT,
	    1500, bugs, 1500);
	text = strstr(written(&report, "markdown", &plain, &out), "| 1500");
	assert_memory_equal(text, "| 1500 ([1](<https://b.example/buglist.cgi"
	    "?bug_id=1900000,", 55);
	assert_non_null(strstr(text, ">) [2](<https://b.example/buglist.cgi"));
	assert_non_null(strstr(text, ",1901499>)) |\n"));
	text = strstr(written(&report, "mediawiki", &plain, &out),
	    "data-sort-value=\"1500\" | 1500 ([https://b.example/buglist");
	assert_non_null(text);
	assert_non_null(strstr(text, " 1] [https://b.example/buglist.cgi"));
	assert_non_null(strstr(text, ",1901499 2])\n"));
	assert_non_null(strstr(written(&report, "text", &plain, &out),
	    "\n1500\n"));
	report_release(&report);
	buf_release(&out);
}

/* Nothing to say and nowhere to link to. */
static void
test_empty(void **state)
{
	const int64_t bugs[] = { 1 };
	struct report report;
	struct block *block;
	struct buf out;

	(void)state;
	buf_init(&out, ROOM);
	report_init(&report, "", NULL);
	assert_string_equal(written(&report, "text", &plain, &out), "");
	assert_string_equal(written(&report, "markdown", &plain, &out), "");
	assert_string_equal(written(&report, "mediawiki", &plain, &out), "");
	report.data = value_object_new(&report.arena);
	report.records = value_array(&report.arena, report.data, "x");
	assert_string_equal(written(&report, "json", &plain, &out),
	    "{\"x\":[]}\n");
	assert_string_equal(written(&report, "jsonl", &plain, &out), "");
	block = report_block(&report, BLOCK_PARAGRAPH);
	report_strong(&report, block, "");
	report_bugs(&report, block, "1 bug", bugs, 1);
	assert_string_equal(written(&report, "markdown", &plain, &out),
	    "1 bug\n");
	assert_string_equal(written(&report, "mediawiki", &plain, &out),
	    "1 bug\n");
	report_release(&report);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_goldens),
		cmocka_unit_test(test_options),
		cmocka_unit_test(test_registry),
		cmocka_unit_test(test_unsupported),
		cmocka_unit_test(test_ceilings),
		cmocka_unit_test(test_hostile_lines),
		cmocka_unit_test(test_hostile_bytes),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_wrapped),
		cmocka_unit_test(test_many_bugs),
		cmocka_unit_test(test_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
