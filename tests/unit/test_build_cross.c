/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"
#include "classify/cross.h"
#include "output/report.h"
#include "output/writer.h"
#include "tests/unit/made_bugs.h"

enum { ROOM = 1 << 20 };

/* Columns: one bug in two of them, the last one empty. */
static int64_t manual[] = { 1870001, 1870002 };
static int64_t lint[] = { 1870002, 1870003 };
static struct tally_row column_rows[] = {
	{ .id = "manual-step", .title = "Manual step", .bugs = manual,
	    .bug_len = 2, .collapsed = 2 },
	{ .id = "lint-gap", .title = "Linting", .bugs = lint, .bug_len = 2,
	    .collapsed = 2, .note = "Or late." },
	{ .id = "training", .title = "Training" }
};
static const struct tax_scheme causes = { .id = "causes",
	.title = "Root Causes", .heading = "Cause", .causes = true };

static struct tally tally, columns;
static struct cross cross;
static struct report report;

/* The report in that format and width; good until the next. */
static const char *
written(const char *format, size_t width)
{
	const struct writer_options options = { false, width, false };
	static char text[ROOM + 1];
	struct buf out;

	buf_init(&out, ROOM);
	assert_null(writer_run(writer_by_name(format), &report, &options,
	    NULL, &out));
	memcpy(text, buf_text(&out), out.len + 1);
	buf_release(&out);
	return text;
}

static int
setup(void **state)
{
	(void)state;
	make_tally(&tally);
	make_tally(&columns);
	columns.scheme = &causes;
	columns.rows = column_rows;
	report_init(&report, "Types by causes", "https://b.example");
	return cross_make(&cross, &tally, &columns) != NULL;
}

static int
teardown(void **state)
{
	(void)state;
	cross_release(&cross);
	report_release(&report);
	return 0;
}

static void
build(bool collapse)
{
	build_cross(&report, &cross, &open_during, &source, collapse, NULL);
	assert_null(report_error(&report));
}

static const char wide[] =
    "Type of Incident           Manual step  Linting  Incidents\n"
    "-------------------------  -----------  -------  ---------\n"
    "Audit Delays and Findings            1        1          2\n"
    "OCSP Failures                                            0\n"
    "CRL Failures                         1        2          2\n"
    "-------------------------  -----------  -------  ---------\n"
    "Incidents                            2        2          3\n"
    "\n"
    "An incident can stand";

static const char narrow[] =
    "\n"
    "Type of Incident           A  B  Incidents\n"
    "-------------------------  -  -  ---------\n"
    "Audit Delays and Findings  1  1          2\n"
    "OCSP Failures                            0\n"
    "CRL Failures               1  2          2\n"
    "-------------------------  -  -  ---------\n"
    "Incidents                  2  2          3\n"
    "\n"
    "  A: Manual step\n"
    "  B: Linting\n"
    "\n"
    "An incident can stand in several rows and in\n";

static void
test_text(void **state)
{
	(void)state;
	build(false);
	assert_non_null(strstr(written("text", 0), wide));
	/* letters where there is no room */
	assert_non_null(strstr(written("text", 45), narrow));
	assert_non_null(strstr(written("text", 58), "Manual step  Linting"));
	assert_non_null(strstr(written("text", 57), " A  B  Incidents\n"));
	assert_non_null(strstr(written("text", 1000), "Left out, being "
	    "empty, is the column Training."));
	assert_non_null(strstr(written("text", 1000), "labelled by the "
	    "whiteboard where it names a category, else by the rules. Causes "
	    "are those that the rules find in the reports, "));
	assert_non_null(strstr(written("text", 0), "- Linting: Or late.\n"));
}

static void
test_collapsed(void **state)
{
	(void)state;
	build(true);
	assert_non_null(strstr(written("text", 1000),
	    "  Incidents  Batches collapsed\n"));
	assert_non_null(strstr(written("text", 1000),
	    "Incidents                            2        2          3"
	    "                  2\n"));
}

static void
test_markup(void **state)
{
	(void)state;
	build(false);
	assert_non_null(strstr(written("markdown", 0),
	    "| Type of Incident | Manual step | Linting | Incidents |\n"
	    "| --- | ---: | ---: | ---: |\n"
	    "| Audit Delays and Findings | "
	    "[1](<https://b.example/show_bug.cgi?id=1870001>) | "
	    "[1](<https://b.example/show_bug.cgi?id=1870003>) | "));
	/* the table of cells is for programs */
	assert_null(strstr(written("markdown", 0), "by_id"));
	assert_null(strstr(written("mediawiki", 0), "by_id"));
}

static void
test_csv(void **state)
{
	(void)state;
	build(true);
	assert_string_equal(written("csv", 0),
	    "id,title,by_id,by_title,count,bugs\r\n"
	    "audit,Audit Delays and Findings,manual-step,Manual step,1,"
	    "1870001\r\n"
	    "audit,Audit Delays and Findings,lint-gap,Linting,1,1870003\r\n"
	    "audit,Audit Delays and Findings,training,Training,0,\r\n"
	    "ocsp,OCSP Failures,manual-step,Manual step,0,\r\n"
	    "ocsp,OCSP Failures,lint-gap,Linting,0,\r\n"
	    "ocsp,OCSP Failures,training,Training,0,\r\n"
	    "crl,CRL Failures,manual-step,Manual step,1,1870002\r\n"
	    "crl,CRL Failures,lint-gap,Linting,2,1870002 1870003\r\n"
	    "crl,CRL Failures,training,Training,0,\r\n");
}

static void
test_json(void **state)
{
	static const char begin[] =
	    "{\"report\":\"count\",\"scheme\":\"types-2024\","
	    "\"by\":\"causes\",\"cohort\":\"open-during\","
	    "\"from\":\"2024-01-01\",\"to\":\"2024-05-20\","
	    "\"labels\":\"best\",\"incidents\":3,\"assignments\":4,"
	    "\"columns\":[{\"id\":\"manual-step\","
	    "\"title\":\"Manual step\",\"count\":2,\"collapsed\":2,"
	    "\"bugs\":[1870001,1870002]},";

	(void)state;
	build(false);
	assert_memory_equal(written("json", 0), begin, sizeof(begin) - 1);
	assert_non_null(strstr(written("json", 0),
	    "{\"id\":\"crl\",\"title\":\"CRL Failures\",\"count\":2,"
	    "\"collapsed\":2,\"bugs\":[1870002,1870003],\"columns\":["
	    "{\"id\":\"manual-step\",\"count\":1,\"bugs\":[1870002]},"
	    "{\"id\":\"lint-gap\",\"count\":2,"
	    "\"bugs\":[1870002,1870003]},"
	    "{\"id\":\"training\",\"count\":0,\"bugs\":[]}]}"
	    "],\"left_out\":["));
}

static void
test_keys(void **state)
{
	static const struct {
		size_t place;
		const char *key;
	} cases[] = { { 0, "A" }, { 25, "Z" }, { 26, "AA" }, { 51, "AZ" },
	    { 52, "BA" }, { 701, "ZZ" }, { 702, "AAA" } };
	struct table *table = report_table(&report, NULL);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		report_column(&report, table, "x", "X", false, FOR_ALL);
		report_column_key(&report, table, cases[i].place);
		assert_string_equal(table->last_column->key, cases[i].key);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_text, setup, teardown),
		cmocka_unit_test_setup_teardown(test_collapsed, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_markup, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_csv, setup, teardown),
		cmocka_unit_test_setup_teardown(test_json, setup, teardown),
		cmocka_unit_test_setup_teardown(test_keys, setup, teardown)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
