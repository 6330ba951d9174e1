/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "fetch/json.h"
#include "tests/unit/parts.h"

#define S(literal) literal, sizeof(literal) - 1

static const struct err *
read_in(struct parts *parts, const char *data, size_t len, size_t piece)
{
	struct intake_source source = { "x", parts_read, parts };

	parts_begin(parts, data, len, piece);
	/* What stands in it before doesn't matter. */
	parts->result.kind = INTAKE_MIXED;
	parts->result.skipped = 7;
	return intake_read(&source, &parts->sink, &parts->result);
}

static void
test_kinds(void **state)
{
	static const struct {
		const char *in;
		size_t len;
		enum intake_kind kind;
		const char *lines;
	} cases[] = {
		{ S("{\"bugs\":[{\"id\":5}]}"), INTAKE_BUGS, "bug 5\n" },
		{ S("\xef\xbb\xbf{\"bugs\":[{\"id\":5}]}"), INTAKE_BUGS,
		    "bug 5\n" },
		{ S(" \t\r\n{\"bugs\":[]} \n"), INTAKE_BUGS,
		    "answer-empty 0 \n" },
		{ S("{\"bugs\":{\"5\":{\"comments\":[]}}}"), INTAKE_COMMENTS,
		    "bug 5 +comments\n" },
		{ S("{\"bugs\":[{\"id\":5,\"history\":[]}]}"), INTAKE_HISTORY,
		    "bug 5 +history\n" },
		{ S("{\"bugs\":[{\"id\":5}]}\n{\"bugs\":{\"6\":{\"comments\":"
		    "[]}}}"), INTAKE_MIXED, "bug 5\nbug 6 +comments\n" },
		{ S("<?xml version='1.0'?><bugzilla><bug><bug_id>5</bug_id>"
		    "</bug></bugzilla>"), INTAKE_XML, "bug 5 +comments\n" },
		{ S("\xef\xbb\xbf<bugzilla><bug><bug_id>5</bug_id></bug>"
		    "</bugzilla>"), INTAKE_XML, "bug 5 +comments\n" },
		{ S("\n <!-- c --><bugzilla/>\n\n"), INTAKE_XML,
		    "answer-empty 0 \n" },
		{ S("<!DOCTYPE bugzilla SYSTEM 'http://127.0.0.1:1/x.dtd'>"
		    "<bugzilla/>"), INTAKE_XML, "answer-empty 0 \n" }
	};
	const struct err *err;
	struct parts parts;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		for (size_t piece = 1; piece <= 64; piece += 3) {
			err = read_in(&parts, cases[i].in, cases[i].len,
			    piece);
			if (err != NULL)
				fail_msg("%s: %s", cases[i].in, err->text);
			assert_int_equal(parts.result.kind, cases[i].kind);
			assert_string_equal(buf_text(&parts.text),
			    cases[i].lines);
			/* The whole source was read. */
			assert_int_equal(parts.len, 0);
			parts_end(&parts);
		}
	}
}

static void
test_refused(void **state)
{
	static const struct {
		const char *in;
		size_t len;
		enum err_kind kind;
		const char *said;
	} cases[] = {
		{ S(""), ERR_CONFIG, "x: is empty: " },
		{ S(" \n\t\r\n"), ERR_CONFIG, "x: is empty: " },
		{ S("\xef\xbb\xbf \n"), ERR_CONFIG, "x: is empty: " },
		{ S("<html>\r\n<head><title>502 Bad Gateway</title>"),
		    ERR_CONFIG, "x: is HTML, not an answer of Bugzilla's REST "
		    "interface: " },
		{ S("<!DOCTYPE html>\n<html lang=\"en\">"), ERR_CONFIG,
		    "is HTML" },
		{ S("\n<!doctype HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\">"),
		    ERR_CONFIG, "is HTML" },
		{ S("<HTML><BODY>"), ERR_CONFIG, "is HTML" },
		{ S("<head>"), ERR_CONFIG, "is HTML" },
		{ S("<body>"), ERR_CONFIG, "is HTML" },
		{ S("<?xml version='1.0'?><html xmlns='x'><head/></html>"),
		    ERR_CONFIG, "the root element is <html>" },
		{ S("<rss></rss>"), ERR_CONFIG, "the root element is <rss>" },
		{ S("<"), ERR_CONFIG, "no XML" },
		{ S("\x1f\x8b\x08\x00\x00"), ERR_CONFIG,
		    "x: is compressed with gzip: " },
		{ S("URI Too Long\n"), ERR_CONFIG,
		    "x: is neither JSON nor XML: " },
		{ S("/**/cb({\"bugs\":[]})"), ERR_CONFIG, "neither JSON" },
		{ S("\0{}"), ERR_CONFIG, "neither JSON" },
		{ S("\xff\xfe{\0}\0"), ERR_CONFIG, "neither JSON" },
		{ S("\"x\""), ERR_CONFIG, "neither JSON" },
		{ S("[]"), ERR_CONFIG, "it is a list" },
		{ S("{"), ERR_CONFIG, "x: line 1, byte 1: the answer is cut" },
		{ S("{\"bug_count\":5}"), ERR_CONFIG, "holds no bugs" },
		{ S("{\"error\":true,\"code\":32000,\"message\":\"slow down\"}"),
		    ERR_SERVER, "error 32000: slow down" },
		{ S("{\"bugs\":[{\"id\":5}]}<"), ERR_CONFIG, "no JSON" }
	};
	const struct err *err;
	struct parts parts;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		err = read_in(&parts, cases[i].in, cases[i].len, 1 + i % 5);
		assert_non_null(err);
		if (err->kind != cases[i].kind ||
		    strstr(err->text, cases[i].said) == NULL)
			fail_msg("%zu: %s", i, err->text);
		parts_end(&parts);
	}
}

static void
test_kind_names(void **state)
{
	static const char *const names[] = {
		"none", "bugs", "comments", "history", "xml", "mixed"
	};

	(void)state;
	assert_int_equal(COUNT(names), INTAKE_KIND__MAX);
	for (unsigned i = 0; i < INTAKE_KIND__MAX; i++)
		assert_string_equal(intake_kind_name(i), names[i]);
}

/* A source that gives some bytes, then an error. */
struct failing {
	struct parts parts;
	const struct err *err;
};

static const struct err *
read_failing(void *arg, char *data, size_t cap, size_t *got)
{
	struct failing *failing = arg;

	*got = 0;
	if (failing->parts.len == 0)
		return failing->err;
	return parts_read(&failing->parts, data, cap, got);
}

static void
test_read_error(void **state)
{
	static const char *const answers[] = {
		"{\"bugs\":[{\"id\":5}]}", "<bugzilla><bug></bug></bugzilla>"
	};
	struct failing failing = { .err = err_new(ERR_NETWORK, "mine") };
	struct intake_source source = { "x", read_failing, &failing };
	struct intake_result result;

	(void)state;
	for (size_t i = 0; i < COUNT(answers); i++) {
		for (size_t len = 0; len < strlen(answers[i]); len++) {
			parts_begin(&failing.parts, answers[i], len, 5);
			assert_ptr_equal(intake_read(&source,
			    &failing.parts.sink, &result), failing.err);
			parts_end(&failing.parts);
		}
	}
}

/* Answers larger than what is read at once: no end of a piece shows. */
static void
test_large(void **state)
{
	const size_t bugs = 20000;
	struct parts parts;
	struct buf json, xml, lines;

	(void)state;
	buf_init(&json, 64 << 20);
	buf_init(&xml, 64 << 20);
	buf_init(&lines, 64 << 20);
	buf_str(&json, "{\"bugs\":[");
	buf_str(&xml, "<?xml version=\"1.0\"?>\n<bugzilla>");
	for (size_t i = 1; i <= bugs; i++) {
		buf_fmt(&json, "%s{\"id\":%zu,\"summary\":\"\\ud83d\\udd12 "
		    "\xe2\x82\xac\\n%zu\"}", i > 1 ? ",\n" : "", i, i);
		buf_fmt(&xml, "<bug><bug_id>%zu</bug_id><short_desc>\xf0\x9f"
		    "\x94\x92 \xe2\x82\xac\n%zu</short_desc></bug>\n", i, i);
		buf_fmt(&lines, "bug %zu summary=\xf0\x9f\x94\x92 \xe2\x82\xac"
		    "\n%zu +comments\n", i, i);
	}
	buf_str(&json, "]}");
	buf_str(&xml, "</bugzilla>");
	assert_true(json.len > 8 * JSON_CHUNK);

	assert_null(read_in(&parts, buf_text(&xml), xml.len, 100000));
	assert_int_equal(parts.result.parts, bugs);
	assert_string_equal(buf_text(&parts.text), buf_text(&lines));
	parts_end(&parts);

	assert_null(read_in(&parts, buf_text(&json), json.len, 1459));
	assert_int_equal(parts.result.parts, bugs);
	assert_int_equal(parts.result.skipped, 0);
	/* The same, but for the comments that an export tells. */
	assert_int_equal(parts.text.len, lines.len - bugs * 10);
	parts_end(&parts);
	buf_release(&lines);
	buf_release(&xml);
	buf_release(&json);
}

/* Counts of what a file holds. */
struct counts {
	size_t comments;
	size_t texts;
	size_t fields;
};

static const struct err *
count_put(void *arg, const struct bug *bug)
{
	struct counts *counts = arg;

	counts->comments += bug->comment_len;
	for (size_t i = 0; i < bug->comment_len; i++)
		counts->texts += bug->comments[i].text_len > 0;
	counts->fields += (bug->have & BUG_HAVE_TEXT(BUG_SUMMARY)) != 0;
	return NULL;
}

static void
count_file(const char *folder, const char *name, struct counts *counts,
    struct intake_result *result)
{
	struct intake_sink sink = { count_put, counts, NULL };
	struct intake_source source = { "x", parts_read, NULL };
	struct parts parts;
	struct buf data, path;

	buf_init(&data, 64 << 20);
	buf_init(&path, 4096);
	buf_fmt(&path, "%s/%s", folder, name);
	assert_null(file_read(buf_text(&path), &data));
	parts_begin(&parts, buf_text(&data), data.len, 4096);
	source.arg = &parts;
	assert_null(intake_read(&source, &sink, result));
	parts_end(&parts);
	buf_release(&path);
	buf_release(&data);
}

/* Real bugs, where they are. */
static void
test_real(void **state)
{
	const char *folder = getenv("CABRIEF_DATA");
	struct counts counts = { 0 };
	struct intake_result result;

	(void)state;
	if (folder == NULL) {
		print_message("skipped: CABRIEF_DATA does not name a folder "
		    "with dev/bugs.json and dev/comments.json\n");
		skip();
	}
	count_file(folder, "dev/bugs.json", &counts, &result);
	assert_int_equal(result.kind, INTAKE_BUGS);
	assert_int_equal(result.parts, 806);
	assert_int_equal(counts.fields, 806);
	count_file(folder, "dev/comments.json", &counts, &result);
	assert_int_equal(result.kind, INTAKE_COMMENTS);
	assert_int_equal(result.parts, 806);
	assert_int_equal(result.skipped, 0);
	assert_int_equal(counts.comments, 10539);
	assert_in_range(counts.texts, 700, 806);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_kind_names),
		cmocka_unit_test(test_read_error),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_real),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
