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
#include "output/report.h"
#include "output/value.h"
#include "output/writer.h"
#include "tests/unit/made_bugs.h"

enum {
	ROOM = 1 << 22
};

static const char base[] = "https://b.example";

/* The report in that format; good until the next. */
static const char *
written(const struct report *report, const char *format)
{
	static const struct writer_options options = { false, 1000, false };
	static char text[ROOM];
	struct buf out;

	buf_init(&out, ROOM - 1);
	assert_null(writer_run(writer_by_name(format), report, &options, NULL,
	    &out));
	memcpy(text, buf_text(&out), out.len + 1);
	buf_release(&out);
	return text;
}

/* The same, wrapped as for a terminal. */
static void
assert_text(const struct report *report, const char *expected)
{
	static const struct writer_options options = { false, 0, false };
	struct buf out;

	buf_init(&out, ROOM);
	assert_null(writer_run(writer_by_name("text"), report, &options, NULL,
	    &out));
	assert_string_equal(buf_text(&out), expected);
	buf_release(&out);
}

static void
test_count(void **state)
{
	struct report report;
	struct tally tally;

	(void)state;
	make_tally(&tally);
	report_init(&report, "CA incidents by type", base);
	build_count(&report, &tally, &open_during, &source, true, NULL);
	assert_text(&report, count_text);
	report_release(&report);
	report_init(&report, "CA incidents by type", base);
	build_count(&report, &tally, &open_during, &source, false, NULL);
	assert_string_equal(written(&report, "json"), count_json);
	/* Programs see the collapsed count without being asked. */
	assert_string_equal(written(&report, "csv"), count_csv);
	assert_null(strstr(written(&report, "text"), "Batches collapsed"));
	assert_non_null(strstr(written(&report, "markdown"),
	    "| **Incidents** | **[3](<https://b.example/buglist.cgi?"
	    "bug_id=1870001,1870002,1870003>)** |\n"));
	report_release(&report);
}

/* The first paragraph for selections and sizes of all kinds. */
static void
test_count_words(void **state)
{
	enum { FROM = 19723, TO = 19863, NONE = -1 };
	static const struct {
		enum cohort_kind cohort;
		int64_t from, to;
		enum label_mode labels;
		size_t incidents;
		const char *expected;
	} cases[] = {
		{ COHORT_OPEN_DURING, FROM, TO, LABELS_BEST, 3,
		    "This table counts the 3 incidents that were open at any "
		    "time from 2024-01-01 to 2024-05-20 (both days included), "
		    "labelled by the whiteboard where it names a category, "
		    "else by the rules." },
		{ COHORT_OPEN_DURING, FROM, FROM, LABELS_TAGGED, 1,
		    "This table counts the one incident that was open at any "
		    "time on 2024-01-01, labelled by the whiteboard alone." },
		{ COHORT_OPEN_DURING, NONE, TO, LABELS_BEST, 0,
		    "There is no incident that was open at any time on or "
		    "before 2024-05-20." },
		{ COHORT_FILED, FROM, NONE, LABELS_INFERRED, 2,
		    "This table counts the 2 incidents that were filed on or "
		    "after 2024-01-01, labelled by the rules alone." },
		{ COHORT_FILED, NONE, NONE, LABELS_INFERRED, 1,
		    "This table counts the one incident that was filed, "
		    "labelled by the rules alone." },
		{ COHORT_CLOSED, FROM, TO, LABELS_TAGGED, 1,
		    "This table counts the one incident that was closed from "
		    "2024-01-01 to 2024-05-20 (both days included) and not "
		    "reopened by the end of 2024-05-20, labelled by the "
		    "whiteboard alone." },
		{ COHORT_CLOSED, FROM, NONE, LABELS_TAGGED, 2,
		    "This table counts the 2 incidents that were closed on or "
		    "after 2024-01-01 and not reopened, labelled by the "
		    "whiteboard alone." },
		{ COHORT_OPEN_ON, FROM, TO, LABELS_TAGGED, 2,
		    "This table counts the 2 incidents that were open at the "
		    "end of 2024-05-20, labelled by the whiteboard alone." },
		{ COHORT_OPEN_ON, FROM, NONE, LABELS_TAGGED, 1,
		    "This table counts the one incident that was open when "
		    "last fetched, labelled by the whiteboard alone." },
	};
	struct selection selection;
	struct report report;
	struct tally tally;
	const char *text;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		memset(&selection, 0, sizeof(selection));
		selection.windowed = true;
		selection.cohort = cases[i].cohort;
		selection.window.from = cases[i].from == NONE ? DATE_NONE :
		    cases[i].from;
		selection.window.to = cases[i].to == NONE ? INT64_MAX :
		    cases[i].to;
		selection.labels = cases[i].labels;
		make_tally(&tally);
		tally.incidents = cases[i].incidents;
		report_init(&report, "x", base);
		build_count(&report, &tally, &selection, &source, false, NULL);
		text = written(&report, "text");
		assert_memory_equal(text, "x\n=\n\n", 5);
		assert_memory_equal(text + 5, cases[i].expected,
		    strlen(cases[i].expected));
		assert_int_equal(text[5 + strlen(cases[i].expected)], '\n');
		/* An open end is null. */
		text = written(&report, "json");
		assert_int_equal(strstr(text, "\"from\":null") != NULL,
		    cases[i].from == NONE);
		assert_int_equal(strstr(text, "\"to\":null") != NULL,
		    cases[i].to == NONE);
		report_release(&report);
	}
}

static void
test_count_filters(void **state)
{
	const char *owner_words[] = { "DigiCert", "Sectigo" };
	const char *category_words[] = { "crl-failure" };
	struct selection selection;
	struct report report;
	struct tally tally;
	int64_t ids[] = { 1870001 };
	const char *text;

	(void)state;
	memset(&selection, 0, sizeof(selection));
	selection.owners.words = owner_words;
	selection.owners.len = 2;
	selection.categories.words = category_words;
	selection.categories.len = 1;
	selection.by_reporter = true;
	selection.reporter = REPORTER_EXTERNAL;
	selection.ids = ids;
	selection.id_len = 1;
	selection.all = true;
	make_tally(&tally);
	report_init(&report, "x", base);
	build_count(&report, &tally, &selection, &source, false, NULL);
	text = written(&report, "text");
	assert_non_null(strstr(text, "\nThis table counts the 3 incidents in "
	    "the store, labelled by the whiteboard where it names a category, "
	    "else by the rules. Narrowed to: owner DigiCert or Sectigo; category "
	    "crl-failure; reporter external; 1 bug by number. Bugs with "
	    "resolution INVALID or DUPLICATE and tracking bugs are "
	    "included.\n"));
	text = written(&report, "json");
	assert_non_null(strstr(text, "\"cohort\":null,\"from\":null,"
	    "\"to\":null,"));
	report_release(&report);
}

/* Nothing is said of what there is none of. */
static void
test_count_empty(void **state)
{
	struct tally_row none[] = { { .id = "audit", .title = "Audit",
	    .note = "A note." } };
	struct build_source unknown = {
		.fetched = DATE_NONE, .taxonomy = &taxonomy
	};
	struct selection selection;
	struct report report;
	struct tally tally;

	(void)state;
	memset(&selection, 0, sizeof(selection));
	memset(&tally, 0, sizeof(tally));
	tally.scheme = &scheme;
	tally.rows = none;
	tally.row_len = 1;
	report_init(&report, "x", NULL);
	build_count(&report, &tally, &selection, &unknown, true, NULL);
	assert_string_equal(written(&report, "text"),
	    "x\n=\n\n"
	    "There is no incident in the store.\n\n"
	    "Type of Incident  Count  Batches collapsed\n"
	    "----------------  -----  -----------------\n"
	    "Audit                 0                  0\n"
	    "----------------  -----  -----------------\n"
	    "Labels                0                  0\n"
	    "Incidents             0                  0\n\n"
	    "Source: no finished run; 0 bugs in the store; taxonomy 2026.1 "
	    "(0123456789ab).\n");
	assert_non_null(strstr(written(&report, "json"),
	    "\"left_out\":[],\"source\":{\"url\":null,\"fetched\":null,"
	    "\"bugs\":0,"));
	report_release(&report);
}

static void
test_left_out(void **state)
{
	struct tally_left_out left_out[SELECT_FATE__MAX];
	int64_t bugs[] = { 1, 2 };
	struct report report;
	size_t i;

	(void)state;
	memset(left_out, 0, sizeof(left_out));
	for (i = 0; i < SELECT_FATE__MAX; i++) {
		left_out[i].bugs = bugs;
		left_out[i].bug_len = 1;
	}
	report_init(&report, "x", base);
	build_left_out(&report, left_out);
	assert_string_equal(written(&report, "text"),
	    "Left out: 1 with resolution INVALID, 1 with resolution "
	    "DUPLICATE, 1 tracking bug, 1 in a component without "
	    "incidents, 1 of unknown creation time, 1 in which the "
	    "search gave up.\n");
	report_release(&report);
	for (i = 0; i < SELECT_FATE__MAX; i++)
		left_out[i].bug_len = 2;
	report_init(&report, "x", base);
	build_left_out(&report, left_out);
	assert_string_equal(written(&report, "text"),
	    "Left out: 2 with resolution INVALID, 2 with resolution "
	    "DUPLICATE, 2 tracking bugs, 2 in components without "
	    "incidents, 2 of unknown creation time, 2 in which the "
	    "search gave up.\n");
	report_release(&report);
}

static void
make_list(struct report *report)
{
	struct verdict verdict;
	struct tally tally;
	struct bug bug;

	make_tally(&tally);
	build_list_begin(report);
	make_bug(&bug, &verdict);
	build_list_add(report, &bug, &verdict, &taxonomy);
	make_poor_bug(&bug, &verdict);
	build_list_add(report, &bug, &verdict, &taxonomy);
	build_left_out(report, tally.left_out);
	build_list_end(report, &source);
}

static void
test_list(void **state)
{
	struct verdict verdict;
	struct report report;
	struct bug bug;

	(void)state;
	report_init(&report, "CA incidents", base);
	make_list(&report);
	assert_text(&report, list_text);
	assert_string_equal(written(&report, "csv"), list_csv);
	assert_string_equal(written(&report, "jsonl"), list_jsonl);
	assert_memory_equal(written(&report, "json"),
	    "{\"report\":\"list\",\"incidents\":[{\"id\":1870002,", 44);
	assert_string_equal(report.data->first->next->next->key, "left_out");
	assert_string_equal(report.data->last->key, "source");
	report_release(&report);

	/* One, whose summary names no owner; and no Bugzilla to link to. */
	report_init(&report, "x", NULL);
	make_poor_bug(&bug, &verdict);
	verdict.owner.prefix_len = 0;
	build_list_begin(&report);
	build_list_add(&report, &bug, &verdict, &taxonomy);
	build_list_end(&report, &source);
	assert_non_null(strstr(written(&report, "text"),
	    "1870009  unknown  2023-11-14          none    New CA: [x](y)\n\n"
	    "1 incident.\n"));
	assert_non_null(strstr(written(&report, "jsonl"),
	    "\"owner\":null,\"owner_now\":null,"));
	assert_non_null(strstr(written(&report, "jsonl"), "\"url\":null}\n"));
	report_release(&report);

	/* The unknown name stands behind a word in brackets. */
	report_init(&report, "x", base);
	make_poor_bug(&bug, &verdict);
	bug.text[BUG_SUMMARY] = "[meta] New CA: late";
	verdict.owner.prefix = 7;
	build_list_begin(&report);
	build_list_add(&report, &bug, &verdict, &taxonomy);
	build_list_end(&report, &source);
	assert_non_null(strstr(written(&report, "jsonl"),
	    "\"owner\":\"New CA\",\"owner_now\":null,"));
	report_release(&report);

	report_init(&report, "x", base);
	build_list_begin(&report);
	build_list_end(&report, &source);
	assert_memory_equal(written(&report, "text"),
	    "x\n=\n\nNo incidents.\n\nSource: ", 28);
	assert_string_equal(written(&report, "jsonl"), "");
	assert_string_equal(written(&report, "csv"), "id,summary,owner,"
	    "owner_now,created,closed,status,resolution,labels,label_source,"
	    "causes,reporter,next_update,close_on,url\r\n");
	report_release(&report);
}

static void
test_show(void **state)
{
	static const struct clocks unconfirmed = {
		.open = true, .turn = TURN_ROOT_PROGRAM,
		.turn_why = "not confirmed", .next_update = DATE_NONE,
		.close_on = DATE_NONE, .last_ca = DATE_NONE,
	};
	struct verdict verdict;
	struct report report;
	const char *text;
	struct bug bug;
	struct build_show shown = make_show(&bug, &verdict);

	(void)state;
	report_init(&report, "Incident", base);
	make_bug(&bug, &verdict);
	build_show(&report, &shown);
	assert_text(&report, show_text);
	assert_string_equal(written(&report, "json"), show_json);
	assert_string_equal(written(&report, "jsonl"), show_json);
	/* A second one makes an array of it. */
	make_poor_bug(&bug, &verdict);
	verdict.life.guessed = true;
	bug.num[BUG_DUPE_OF] = 5;
	shown.clocks = &unconfirmed;
	build_show(&report, &shown);
	assert_int_equal(report.data->kind, VALUE_ARRAY);
	text = written(&report, "json");
	assert_memory_equal(text, "[{\"id\":1870002,", 14);
	assert_non_null(strstr(text, "},{\"id\":1870009,"));
	assert_non_null(strstr(text, "\"duplicate_of\":5,"
	    "\"gone\":null,\"life\":[{\"from\":"
	    "\"2023-11-14T22:13:20Z\",\"until\":null}],"
	    "\"close_guessed\":true,\"comment_count\":null,\"turn\":"
	    "\"root-program\",\"turn_why\":\"not confirmed\","
	    "\"clocks\":[],\"report\":{"));
	assert_non_null(strstr(text, "\"comments\":[]},\"comments\":[],"
	    "\"history\":[]}]\n"));
	text = strstr(written(&report, "text"), "Bug 1870009: ");
	assert_non_null(text);
	assert_non_null(strstr(text, "\nOwner         New CA\nReporter"));
	assert_non_null(strstr(text, "\nLabels        none\n"));
	assert_non_null(strstr(text, "\nDuplicate of  5\n"));
	assert_non_null(strstr(text, "is guessed from"));
	assert_non_null(strstr(text, "\n0 comments.\n"));
	assert_null(strstr(text, "Periods open"));
	assert_null(strstr(text, "History"));
	report_release(&report);
}

static void
test_status(void **state)
{
	static const struct build_setting settings[] = {
		{ "api-key", "(set)", "environment" },
		{ "user", NULL, "built in" },
	};
	static const struct {
		int64_t limit, last;
		bool too_old;
		const char *expected;
	} cases[] = {
		{ -1, 5, false, NULL },
		{ 26 * 3600, 5, true,
		    "The last finished run is older than 26 hours." },
		{ DATE_DAY, 5, false,
		    "The last finished run is no older than 1 day." },
		{ 90, 5, true,
		    "The last finished run is older than 90 seconds." },
		{ 60, 5, true,
		    "The last finished run is older than 1 minute." },
		{ 0, 5, true,
		    "The last finished run is older than 0 days." },
		{ 2 * DATE_DAY, DATE_NONE, true,
		    "No run has finished yet; the limit is 2 days." },
	};
	static const struct build_refreshed refreshed[] = {
		{ "night", "counts", DATE_DAY, DATE_NONE, "no | network" },
		{ "night", "open", DATE_DAY, DATE_DAY, "" }
	};
	struct build_status status = { .path = "a|b.db", .schema = 3,
	    .bugs = 1690, .newest_change = DATE_NONE, .last_kind = "",
	    .faults = "" };
	struct report report;
	const char *text;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		status.age_limit = cases[i].limit;
		status.last_run = cases[i].last;
		status.too_old = cases[i].too_old;
		report_init(&report, "The store", base);
		build_status(&report, &status, &source);
		text = written(&report, "text");
		if (cases[i].expected != NULL)
			assert_non_null(strstr(text, cases[i].expected));
		assert_non_null(strstr(text, "\nThe check found no faults."));
		assert_int_equal(strstr(written(&report, "json"),
		    "\"max_age\":") != NULL, cases[i].limit >= 0);
		report_release(&report);
	}
	status.faults = "bug 5: gone\nbug 6: gone\n";
	status.refreshed = refreshed;
	status.refreshed_len = 2;
	status.settings = settings;
	status.setting_len = 2;
	report_init(&report, "The store", base);
	build_status(&report, &status, &source);
	text = written(&report, "json");
	assert_memory_equal(text, "{\"report\":\"status\",\"path\":\"a|b.db\","
	    "\"schema\":3,\"bugs\":1690,", 58);
	assert_non_null(strstr(text, "\"newest_change\":null,"
	    "\"last_run\":null,\"last_kind\":null,"
	    "\"faults\":[\"bug 5: gone\",\"bug 6: gone\"],\"max_age\":172800,"
	    "\"too_old\":true,\"refreshed\":[{\"plan\":\"night\","
	    "\"report\":\"counts\",\"good\":null,\"tried\":"
	    "\"1970-01-02T00:00:00Z\",\"what\":\"no | network\"},"
	    "{\"plan\":\"night\",\"report\":\"open\",\"good\":"
	    "\"1970-01-02T00:00:00Z\",\"tried\":\"1970-01-02T00:00:00Z\","
	    "\"what\":null}],\"settings\":[{\"name\":\"api-key\","
	    "\"value\":\"(set)\",\"from\":\"environment\"},{\"name\":\"user\","
	    "\"value\":null,\"from\":\"built in\"}],\"source\":{"));
	text = written(&report, "markdown");
	assert_non_null(strstr(text, "\n- bug 5: gone\n- bug 6: gone\n\n"));
	assert_non_null(strstr(text, "\n| user |  | built in |\n"));
	assert_non_null(strstr(text, "\n| night | counts |  | 1970-01-02T"));
	assert_non_null(strstr(text, "| no \\| network |\n"));
	report_release(&report);
}

/* One report of all that needs memory, with so much room. */
static void
make_all(struct report *report, size_t room)
{
	struct verdict verdict;
	struct tally tally;
	struct bug bug;
	struct build_show shown = make_show(&bug, &verdict);

	make_tally(&tally);
	make_bug(&bug, &verdict);
	report_init(report, "x", base);
	report->arena.ceiling = report->arena.used + room;
	build_count(report, &tally, &open_during, &source, true, NULL);
	make_list(report);
	report->records = NULL;
	build_show(report, &shown);
}

/* With too little memory: no crash, and never a report that lacks a part
 * without saying so. */
static void
test_no_memory(void **state)
{
	struct report report;
	size_t room = 0, failures = 0;
	char *whole;

	(void)state;
	make_all(&report, ROOM);
	whole = strdup(written(&report, "text"));
	assert_non_null(whole);
	report_release(&report);
	for (make_all(&report, room); report_error(&report) != NULL;
	    make_all(&report, room)) {
		report_release(&report);
		failures++;
		room += 97;
	}
	assert_in_range(failures, 100, 600);
	assert_string_equal(written(&report, "text"), whole);
	report_release(&report);
	free(whole);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_count),
		cmocka_unit_test(test_count_words),
		cmocka_unit_test(test_count_filters),
		cmocka_unit_test(test_count_empty),
		cmocka_unit_test(test_left_out),
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_show),
		cmocka_unit_test(test_status),
		cmocka_unit_test(test_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
