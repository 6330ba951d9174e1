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
#include "base/err.h"
#include "classify/review.h"
#include "classify/score.h"
#include "classify/verdict.h"
#include "fetch/bug.h"
#include "output/build.h"
#include "output/writer.h"
#include "tests/unit/small_taxonomy.h"

enum { ROOM = 1 << 20 };

static const struct build_source source = {
	.url = "https://b.example", .fetched = DATE_NONE, .bugs = 3,
	.taxonomy = &small_taxonomy, .decisions = 2
};

/* The report in that format; good until the next. */
static const char *
written(const struct report *report, const char *format)
{
	static const struct writer_options options = { false, 1000, false };
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
add(struct report *report, int64_t id, const char *board, int score,
    unsigned reasons, bool suggested)
{
	static const char summary[] = "Atos: late";
	struct review review = { score, reasons };
	struct score scores[COUNT(small_categories)];
	const struct build_review what = { &small_taxonomy, &review, scores };
	struct verdict verdict;
	struct bug bug;

	memset(scores, 0, sizeof(scores));
	scores[OCSP].given = scores[LEAF].given = suggested;
	bug_init(&bug, BUG_MAX_BYTES);
	bug.id = id;
	bug_set_text(&bug, BUG_SUMMARY, summary, strlen(summary));
	bug_set_text(&bug, BUG_WHITEBOARD, board, strlen(board));
	bug_set_num(&bug, BUG_CREATED, 1700000000);
	verdict_read(&bug, &small_taxonomy, LABELS_BEST, NULL, &verdict);
	build_review_add(report, &bug, &verdict, &what);
	bug_release(&bug);
}

static void
make_review(struct report *report)
{
	build_review_begin(report);
	add(report, 11, "[ocsp-failure]", 600, REVIEW_DISAGREES |
	    REVIEW_UNSURE, true);
	add(report, 13, "[zebra] [ox]", 2100, REVIEW_UNKNOWN | REVIEW_STALE |
	    REVIEW_UNSURE, false);
	add(report, 12, "", 2100, REVIEW_MISSING, true);
	build_review_end(report, &source);
}

/* The worst is first, of equals the lower number. */
static void
test_review(void **state)
{
	struct report report;
	const char *text;

	(void)state;
	report_init(&report, "Again", "https://b.example");
	make_review(&report);
	assert_null(report_error(&report));
	text = written(&report, "text");
	assert_non_null(strstr(text,
	    "Bug  Owner  Filed       Closed  Labels        Score  Why "));
	text = strstr(text, "\n 12  Atos   2023-11-14          none          "
	    "2.100  no tag ");
	assert_non_null(text);
	text = strstr(text, "\n 13  Atos   2023-11-14          ox, zebra     "
	    "2.100  unknown tag ox, unknown tag zebra, changed since  nothing ");
	assert_non_null(text);
	text = strstr(text, " it was decided, rules are unsure\n");
	assert_non_null(text);
	text = strstr(text, "\n 11  Atos   2023-11-14          ocsp-failure  "
	    "0.600  rules disagree ");
	assert_non_null(text);
	text = strstr(text, "\n3 incidents.\n");
	assert_non_null(text);
	assert_non_null(strstr(text, "\nThe score is 2 where "));
	assert_non_null(strstr(text, " (); 2 decisions of people.\n"));
	text = written(&report, "csv");
	assert_non_null(strstr(text,
	    ",url,review_score,review_reason,suggested\r\n12,"));
	assert_non_null(strstr(text, ",2.100,missing,"
	    "ocsp-failure leaf-revocation-delay\r\n13,"));
	assert_non_null(strstr(text, ",2.100,unknown stale unsure,\r\n11,"));
	text = written(&report, "json");
	assert_non_null(strstr(text, "\"review_score\":2.100,"
	    "\"review_reason\":\"missing\",\"suggested\":[\"ocsp-failure\","
	    "\"leaf-revocation-delay\"]},{\"id\":13,"));
	assert_non_null(strstr(text, "\"review_score\":2.100,"
	    "\"review_reason\":\"unknown stale unsure\",\"suggested\":[]},"
	    "{\"id\":11,"));
	assert_non_null(strstr(text, ",\"decisions\":2}}\n"));
	report_release(&report);
}

static void
make_diff(struct report *report)
{
	struct build_diff diff = { "one", "the [other]", &small_taxonomy,
	    &small_taxonomy, 0 };

	build_diff_begin(report, &diff);
	build_diff_add(report, 11, "inferred", "a b", "", "a: +r 1.000\n"
	    "b: -s 0.500\n");
	build_diff_add(report, 12, "tagged", "", "c", "");
	diff.bugs = 99;
	build_diff_end(report, &diff);
}

static void
test_diff(void **state)
{
	struct report report;

	(void)state;
	report_init(&report, "Two taxonomies", NULL);
	make_diff(&report);
	assert_null(report_error(&report));
	assert_string_equal(written(&report, "text"),
	    "Two taxonomies\n"
	    "==============\n"
	    "\n"
	    "Before: one, version small. After: the [other], version small.\n"
	    "\n"
	    "Bug  Labels    Before  After  Why\n"
	    "---  --------  ------  -----  ---\n"
	    " 11  inferred  a b            a: +r 1.000; b: -s 0.500\n"
	    " 12  tagged            c\n"
	    "\n"
	    "99 bugs compared, 2 differences.\n");
	assert_string_equal(written(&report, "csv"),
	    "id,kind,before,after,why\r\n"
	    "11,inferred,a b,,a: +r 1.000; b: -s 0.500\r\n"
	    "12,tagged,,c,\r\n");
	assert_string_equal(written(&report, "json"),
	    "{\"report\":\"taxonomy-diff\",\"before\":{\"name\":\"one\","
	    "\"taxonomy\":\"small\",\"taxonomy_sha256\":\"\"},"
	    "\"after\":{\"name\":\"the [other]\",\"taxonomy\":\"small\","
	    "\"taxonomy_sha256\":\"\"},\"bugs\":[{\"id\":11,"
	    "\"kind\":\"inferred\",\"before\":[\"a\",\"b\"],\"after\":[],"
	    "\"why\":[\"a: +r 1.000\",\"b: -s 0.500\"]},{\"id\":12,"
	    "\"kind\":\"tagged\",\"before\":[],\"after\":[\"c\"],"
	    "\"why\":[]}],\"compared\":99}\n");
	report_release(&report);
}

/* With every amount of memory that is too little, they fail and no more. */
static void
test_no_memory(void **state)
{
	void (*const make[])(struct report *) = { make_review, make_diff };
	struct report report;
	size_t i, room, whole;

	(void)state;
	for (i = 0; i < COUNT(make); i++) {
		report_init(&report, "", "https://b.example");
		make[i](&report);
		whole = report.arena.used;
		report_release(&report);
		for (room = 256; room < whole; room += 16) {
			report_init(&report, "", "https://b.example");
			report.arena.ceiling = room;
			make[i](&report);
			if (report_error(&report) == NULL)
				fail_msg("%zu of %zu bytes", room, whole);
			report_release(&report);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_review),
		cmocka_unit_test(test_diff),
		cmocka_unit_test(test_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
