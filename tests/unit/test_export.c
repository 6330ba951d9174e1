/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "output/build.h"
#include "output/build_export.h"
#include "output/writer.h"
#include "tests/unit/small_taxonomy.h"

enum { ROOM = 1 << 16 };

/* printf 'key\0ann@ca.example' | sha256sum */
#define ANN "wa1b27daaa1fe183a"

static void
test_writer(void **state)
{
	char out[EXPORT_WRITER], other[EXPORT_WRITER];

	(void)state;
	assert_string_equal(export_writer("key", "ann@ca.example", out), ANN);
	assert_string_not_equal(export_writer("yek", "ann@ca.example",
	    other), ANN);
	assert_string_equal(export_writer("key", "", out), "");
	assert_string_equal(export_writer(NULL, "ann@ca.example", out),
	    "ann@ca.example");
	/* One that Bugzilla shows without its domain. */
	assert_int_equal(strlen(export_writer("key", "ann", out)), 17);
}

static void
test_hide(void **state)
{
	static const struct {
		const char *text, *hidden;
	} cases[] = {
		{ "", "" },
		{ "no address", "no address" },
		{ "ann@ca.example", ANN },
		{ "mail ann@ca.example.", "mail " ANN "." },
		{ "<ann@ca.example>, ann@ca.example;", "<" ANN ">, " ANN
		    ";" },
		{ "mailto:ann@ca.example...", "mailto:" ANN "..." },
		{ "@", "@" },
		{ "a @ b", "a @ b" },
		{ "info@... and @ann", "info@... and @ann" },
		{ "https://x.example/@ann", "https://x.example/@ann" },
		{ "(ann@ca.example)ann@ca.example", "(" ANN ")" ANN },
	};
	struct buf buf;
	size_t i;

	(void)state;
	buf_init(&buf, ROOM);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_clear(&buf);
		export_hide("key", cases[i].text, &buf);
		assert_string_equal(buf_text(&buf), cases[i].hidden);
	}
	/* Two addresses that share a domain, and letters beyond ASCII. */
	buf_clear(&buf);
	export_hide("key", "a@b@c ö@ä.example", &buf);
	assert_null(strchr(buf_text(&buf), '\xc3'));
	assert_null(strstr(buf_text(&buf), "a@b"));
	buf_release(&buf);
}

/* Every column has words for all that the codebook tells. */
static void
test_columns(void **state)
{
	const struct export_column *columns;
	size_t i, k, len;

	(void)state;
	for (i = 0; i < EXPORT_TABLE__MAX; i++) {
		columns = export_columns((enum export_table)i, &len);
		assert_true(len > 0);
		assert_true(export_table_name((enum export_table)i)[0] !=
		    '\0');
		for (k = 0; k < len; k++) {
			assert_non_null(columns[k].id);
			assert_non_null(columns[k].unit);
			assert_non_null(columns[k].missing);
			assert_non_null(columns[k].meaning);
			assert_true(columns[k].meaning[0] != '\0');
		}
	}
}

static void
test_codebook(void **state)
{
	static const struct writer_options options = { false, 0, false };
	static const char head[] =
	    "table,column,type,unit,meaning,missing\r\n"
	    "incidents,id,integer,bug number,";
	struct report report;
	struct buf out;

	(void)state;
	report_init(&report, "codebook", NULL);
	build_export_codebook(&report);
	assert_null(report_error(&report));
	buf_init(&out, ROOM);
	assert_null(writer_run(writer_by_name("csv"), &report, &options,
	    NULL, &out));
	assert_memory_equal(buf_text(&out), head, strlen(head));
	assert_non_null(strstr(buf_text(&out), "\r\nactions,state,text,"));
	buf_release(&out);
	report_release(&report);
}

static void
test_fates(void **state)
{
	(void)state;
	assert_true(export_has(SELECT_IN));
	assert_true(export_has(SELECT_INVALID));
	assert_true(export_has(SELECT_DUPLICATE));
	assert_true(export_has(SELECT_META));
	assert_false(export_has(SELECT_OUTSIDE));
	assert_false(export_has(SELECT_COMPONENT));
	assert_false(export_has(SELECT_UNDATED));
}

static void
test_citation(void **state)
{
	struct build_source source = { .url = "https://b.example/\"\\",
	    .fetched = 0, .taxonomy = &small_taxonomy };
	struct buf out;

	(void)state;
	buf_init(&out, ROOM);
	build_export_citation(&source, &out);
	assert_non_null(strstr(buf_text(&out),
	    "\nurl: \"https://b.example/\\\"\\\\\"\n"));
	assert_non_null(strstr(buf_text(&out),
	    "\nversion: \"1970-01-01T00:00:00Z\"\n"
	    "date-released: 1970-01-01\n"));
	buf_clear(&out);
	source.url = "";
	source.fetched = DATE_NONE;
	build_export_citation(&source, &out);
	assert_null(strstr(buf_text(&out), "\nurl:"));
	assert_null(strstr(buf_text(&out), "date-released"));
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_writer),
		cmocka_unit_test(test_hide),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_codebook),
		cmocka_unit_test(test_fates),
		cmocka_unit_test(test_citation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
