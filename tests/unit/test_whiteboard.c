/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "classify/whiteboard.h"
#include "tests/unit/small_taxonomy.h"

static struct whiteboard board;

/* The tags as one string: "ocsp-failure ?foo", unknown ones with "?". */
static const char *
tags(void)
{
	static char out[4096];
	size_t i, used = 0;

	out[0] = '\0';
	for (i = 0; i < board.tag_len; i++) {
		snprintf(out + used, sizeof(out) - used, "%s%s%s",
		    i > 0 ? " " : "",
		    board.tags[i].category == SIZE_MAX ? "?" : "",
		    board.tags[i].name);
		used += strlen(out + used);
	}
	return out;
}

static void
test_tags(void **state)
{
	static const struct {
		const char *text;
		const char *tags;
		size_t unknown, repaired;
	} cases[] = {
		{ "", "", 0, 0 },
		{ "[ca-compliance]", "", 0, 0 },
		{ "[ca-compliance] [ov-misissuance]", "ov-misissuance", 0,
		    0 },
		{ "[OV-Misissuance]", "ov-misissuance", 0, 0 },
		{ "[ov-misissuance][ocsp-failure]",
		    "ocsp-failure ov-misissuance", 0, 0 },
		{ "[ov-misissuance] [ov-misissuance]", "ov-misissuance", 0,
		    0 },
		/* an old name is no misspelling, a blank is one */
		{ "[delayed-revocation-leaf]", "leaf-revocation-delay", 0,
		    0 },
		{ "[disclosure failure]", "disclosure-failure", 0, 1 },
		{ "[disclosure_failure]", "disclosure-failure", 0, 1 },
		{ "[disclosure-failur]", "disclosure-failure", 0, 1 },
		{ "[disclosure--failure]", "disclosure-failure", 0, 1 },
		{ "[ ov-misissuance ]", "ov-misissuance", 0, 0 },
		{ "[ca compliance]", "", 0, 1 },
		/* unknown ones, last and by name */
		{ "[zebra] [ov-misissuance] [apple]",
		    "ov-misissuance ?apple ?zebra", 2, 0 },
		{ "[__-misissuance]", "?misissuance", 1, 0 },
		{ "[Code Signing misissuance]", "?code-signing-misissuance",
		    1, 0 },
		{ "[zebra] [Zebra]", "?zebra", 1, 0 },
		{ "[] [ ] [-] [ _ ]", "", 0, 0 },
		/* a bracket is missing */
		{ "[ca-compliance] ocsp-failure]", "ocsp-failure", 0, 1 },
		{ "ocsp-failure]", "ocsp-failure", 0, 1 },
		{ "[ca-compliance] [ocsp-failure", "ocsp-failure", 0, 1 },
		{ "[ocsp-failure [ov-misissuance]",
		    "ocsp-failure ov-misissuance", 0, 1 },
		{ "uncategorized]", "uncategorized", 0, 1 },
		{ "zebra]", "?zebra", 1, 0 },
		{ "[zebra", "?zebra", 1, 0 },
		{ "]ocsp-failure[", "ocsp-failure", 0, 1 },
		{ "[[ocsp-failure]]", "ocsp-failure", 0, 0 },
		{ "[a [ocsp-failure] b]", "ocsp-failure ?a ?b", 2, 0 },
		{ "[ocsp-failure see comment 5", "ocsp-failure", 0, 1 },
		/* several in one pair of brackets */
		{ "[ocsp-failure, ov-misissuance]",
		    "ocsp-failure ov-misissuance", 0, 2 },
		{ "[disclosure failure; zebra]",
		    "disclosure-failure ?zebra", 1, 1 },
		{ "[ocsp-failure ov-misissuance]",
		    "ocsp-failure ov-misissuance", 0, 2 },
		{ "[ocsp-failure/ov-misissuance]",
		    "ocsp-failure ov-misissuance", 0, 2 },
		{ "[,;,]", "", 0, 0 },
		{ "[no-ocsp-failure]", "?no-ocsp-failure", 1, 0 },
		/* words outside */
		{ "ov-misissuance", "ov-misissuance", 0, 1 },
		{ "(ov-misissuance), meta external zebra-crossing",
		    "ov-misissuance", 0, 1 },
		{ "ov misissuance uncategorized", "", 0, 0 },
		{ "-ov-misissuance-", "ov-misissuance", 0, 1 },
		{ "xov-misissuance ov-misissuances", "", 0, 0 },
	};
	struct heard heard;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		whiteboard_read(cases[i].text, &small_taxonomy, 7,
		    heard_begin(&heard), &board);
		if (strcmp(tags(), cases[i].tags) != 0 ||
		    heard.count[DIAG_TAG_UNKNOWN] != cases[i].unknown ||
		    heard.count[DIAG_TAG_REPAIRED] != cases[i].repaired)
			fail_msg("%s: \"%s\", %zu unknown, %zu repaired",
			    cases[i].text, tags(),
			    heard.count[DIAG_TAG_UNKNOWN],
			    heard.count[DIAG_TAG_REPAIRED]);
		assert_int_equal(heard_all(&heard),
		    cases[i].unknown + cases[i].repaired);
	}
}

static void
test_places(void **state)
{
	static const char text[] = "[ zebra ] [x, Disclosure  failure]";
	struct whiteboard_tag *tag = board.tags;

	(void)state;
	whiteboard_read(text, &small_taxonomy, 7, NULL, &board);
	assert_string_equal(tags(), "disclosure-failure ?x ?zebra");
	assert_int_equal(tag[0].category, DISCLOSURE);
	assert_int_equal(tag[0].start, 14);
	assert_int_equal(tag[0].len, 19);
	assert_memory_equal(text + tag[0].start, "Disclosure  failure", 19);
	assert_int_equal(tag[2].start, 2);
	assert_int_equal(tag[2].len, 5);
}

static void
test_marks(void **state)
{
	(void)state;
	whiteboard_read("[ca-compliance] [covid-19] [external]",
	    &small_taxonomy, 7, NULL, &board);
	assert_true(board.has_base);
	assert_true(board.external);
	assert_false(board.meta);
	assert_false(board.auditor);
	assert_int_equal(board.tag_len, 0);
	assert_int_equal(board.mark_len, 3);
	assert_int_equal(board.marks[0], MARK_BASE);
	assert_int_equal(board.marks[1], MARK_COVID);
	assert_int_equal(board.marks[2], MARK_EXTERNAL);
	assert_int_equal(board.inclusion, SIZE_MAX);
	assert_int_equal(board.next_update, DATE_NONE);
	assert_int_equal(board.close_on, DATE_NONE);

	whiteboard_read("[meta] [auditor-compliance] [meta]",
	    &small_taxonomy, 7, NULL, &board);
	assert_true(board.meta);
	assert_true(board.auditor);
	assert_false(board.has_base);
	assert_int_equal(board.mark_len, 2);
}

static void
test_inclusions(void **state)
{
	(void)state;
	whiteboard_read("[ca-verifying]", &small_taxonomy, 7, NULL, &board);
	assert_int_equal(board.inclusion, 1);
	whiteboard_read("[ca-hold] [ca-initial]", &small_taxonomy, 7, NULL,
	    &board);
	assert_int_equal(board.inclusion, 2);
	assert_int_equal(board.tag_len, 0);
}

static void
test_dates(void **state)
{
	static const struct {
		const char *text;
		const char *next, *close;	/* "" none */
		const char *tags;
		size_t bad;
	} cases[] = {
		{ "[ca-compliance] Next update 2024-05-01", "2024-05-01", "",
		    "", 0 },
		{ "Next update 3-1-2023", "2023-03-01", "", "", 0 },
		{ "Next update 2023-04-28 ", "2023-04-28", "", "", 0 },
		{ "Next update 01-Nov-2023", "2023-11-01", "", "", 0 },
		{ "Next update 2023-Oct-27", "2023-10-27", "", "", 0 },
		{ "Next update 2-Oct-2023", "2023-10-02", "", "", 0 },
		{ "Next update at 23.2.2024", "2024-02-23", "", "", 0 },
		{ "Next update May 20, 2024", "2024-05-20", "", "", 0 },
		{ "Next Update: 2024-05-01", "2024-05-01", "", "", 0 },
		{ "NEXT UPDATE on: 2024-05-01", "2024-05-01", "", "", 0 },
		{ "next update - 2024-05-01", "2024-05-01", "", "", 0 },
		{ "next update by 2024-05-01", "2024-05-01", "", "", 0 },
		{ "next-update-2024-05-01", "2024-05-01", "", "", 0 },
		{ "[Next update 2024-05-01]", "2024-05-01", "", "", 0 },
		{ "[next-update: 2024-05-01]", "2024-05-01", "", "", 0 },
		{ "[next_update 2024-05-01 (noon)]", "2024-05-01", "", "",
		    0 },
		{ "Lockdown - Next Update 2020-06-01", "2020-06-01", "", "",
		    0 },
		/* the last one counts, and a bad one does not */
		{ "Next update 2024-05-01 Next update 2024-04-01",
		    "2024-04-01", "", "", 0 },
		{ "Next update 2024-05-01 Next update 2024-04-31",
		    "2024-05-01", "", "", 1 },
		{ "[close on 2026-03-06] [ov-misissuance]", "", "2026-03-06",
		    "ov-misissuance", 0 },
		{ "[close-on 2026-03-06]", "", "2026-03-06", "", 0 },
		{ "[Closing on 2026-03-06]", "", "2026-03-06", "", 0 },
		{ "close on 6 March 2026", "", "2026-03-06", "", 0 },
		{ "[close on 2026-03-06] Next update 2026-02-01",
		    "2026-02-01", "2026-03-06", "", 0 },
		/* impossible */
		{ "Next update 2024-02-30", "", "", "", 1 },
		{ "[Next update soon]", "", "", "", 1 },
		{ "Next update", "", "", "", 1 },
		{ "[close on]", "", "", "", 1 },
		{ "Next update TBD [ov-misissuance]", "", "",
		    "ov-misissuance", 1 },
		/* other words with the same letters */
		{ "next updates 2024-05-01, context update 2024-05-01", "",
		    "", "", 0 },
		{ "disclose on 2024-05-01", "", "", "", 0 },
		/* what stands beside a date is not lost */
		{ "Next update 2024-05-01 ocsp-failure]", "2024-05-01", "",
		    "ocsp-failure", 0 },
		{ "[ocsp-failure Next update 2024-05-01", "2024-05-01", "",
		    "ocsp-failure", 0 },
		{ "[zebra Next update 2024-05-01]", "2024-05-01", "",
		    "?zebra", 0 },
		{ "[Next update 2024-05-01 ocsp-failure]", "2024-05-01", "",
		    "ocsp-failure", 0 },
		/* the bracket is between the phrase and its date */
		{ "Next update [2024-03-01]", "2024-03-01", "", "", 0 },
		{ "Next update: [ 2024-03-01 ] [zebra]", "2024-03-01", "",
		    "?zebra", 0 },
		{ "Next update [May 20, 2024]", "2024-05-20", "", "", 0 },
		{ "[Next update] 2024-05-01", "2024-05-01", "", "", 0 },
		{ "[Next update] [2024-05-01] ocsp-failure", "2024-05-01",
		    "", "ocsp-failure", 0 },
		{ "[close on] [2024-05-01, ocsp-failure]", "", "2024-05-01",
		    "ocsp-failure", 0 },
		{ "Next update [2024-02-30]", "", "", "", 1 },
		{ "Next update [zebra] 2024-03-01", "", "", "?zebra", 1 },
		{ "[close on] Next update 2024-03-01", "2024-03-01", "", "",
		    1 },
		{ "Next update [] []", "", "", "", 1 },
		/* nobody knows of what it is the date */
		{ "[2024-03-01]", "", "", "", 1 },
		{ "[ocsp-failure, May 20, 2024; zebra]", "", "",
		    "ocsp-failure ?zebra", 1 },
		{ "[2024-03-01 zebra]", "", "", "?2024-03-01-zebra", 0 },
		/* an unreadable date ends at a comma, unless in its middle */
		{ "[close on TBD, ov-misissuance]", "", "", "ov-misissuance",
		    1 },
		{ "[close on TBD; disclosure failure, zebra]", "", "",
		    "disclosure-failure ?zebra", 1 },
		{ "[close on Mai 20, 2024, zebra]", "", "", "?zebra", 1 },
		{ "[close on, zebra]", "", "", "?zebra", 1 },
		{ "[close on TBD, Next update 2024-03-01]", "2024-03-01", "",
		    "", 1 },
	};
	struct heard heard;
	char next[DATE_SIZE], closes[DATE_SIZE];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		whiteboard_read(cases[i].text, &small_taxonomy, 7,
		    heard_begin(&heard), &board);
		date_format_day(board.next_update, next);
		date_format_day(board.close_on, closes);
		if (strcmp(next, cases[i].next) != 0 ||
		    strcmp(closes, cases[i].close) != 0 ||
		    strcmp(tags(), cases[i].tags) != 0 ||
		    heard.count[DIAG_DATE_UNREADABLE] != cases[i].bad)
			fail_msg("%s: next \"%s\", close \"%s\", tags \"%s\", "
			    "%zu bad", cases[i].text, next, closes, tags(),
			    heard.count[DIAG_DATE_UNREADABLE]);
	}
}

static void
test_reports(void **state)
{
	struct heard heard;

	(void)state;
	whiteboard_read("[ca-compliance] [Zebra Crossing]", &small_taxonomy,
	    7, heard_begin(&heard), &board);
	assert_string_equal(heard.detail, "Zebra Crossing");
	whiteboard_read("[x] Next update 2024-02-30 (late) [meta]",
	    &small_taxonomy, 7, heard_begin(&heard), &board);
	assert_string_equal(heard.detail, "Next update 2024-02-30 (late)");
	whiteboard_read("[close on  TBD, ov-misissuance]", &small_taxonomy,
	    7, heard_begin(&heard), &board);
	assert_int_equal(heard.count[DIAG_TAG_REPAIRED], 1);
	whiteboard_read("[close on  TBD ,]", &small_taxonomy,
	    7, heard_begin(&heard), &board);
	assert_string_equal(heard.detail, "close on  TBD");
	whiteboard_read("[Next update ] [2024-02-30]", &small_taxonomy, 7,
	    heard_begin(&heard), &board);
	assert_string_equal(heard.detail, "Next update ] [2024-02-30");
	whiteboard_read("[ 2024-03-01 ]", &small_taxonomy, 7,
	    heard_begin(&heard), &board);
	assert_string_equal(heard.detail, "2024-03-01");
}

/* A name too long is cut at a whole character, and reported. */
static void
test_long_tag(void **state)
{
	char text[400] = "[";
	struct heard heard;
	size_t i;

	(void)state;
	for (i = 0; i < 60; i++)
		memcpy(text + 1 + 3 * i, "\xe6\x97\xa5", 3);
	memcpy(text + 181, "]", 2);
	whiteboard_read(text, &small_taxonomy, 7, heard_begin(&heard),
	    &board);
	assert_int_equal(board.tag_len, 1);
	assert_int_equal(strlen(board.tags[0].name), 63);
	assert_memory_equal(board.tags[0].name, text + 1, 63);
	assert_int_equal(board.tags[0].len, 180);
	assert_int_equal(heard.count[DIAG_TAG_UNKNOWN], 1);
	assert_int_equal(heard.count[DIAG_TEXT_CUT], 1);
}

/* Categories are kept before unknown tags; nothing goes unsaid. */
static void
test_too_many(void **state)
{
	char text[1024];
	struct heard heard;
	size_t i, used = 0;

	(void)state;
	for (i = 0; i < WHITEBOARD_MAX_TAGS + 2; i++) {
		snprintf(text + used, sizeof(text) - used, "[t%02zu]", i);
		used += strlen(text + used);
	}
	snprintf(text + used, sizeof(text) - used, "[ocsp-failure]");
	whiteboard_read(text, &small_taxonomy, 7, heard_begin(&heard),
	    &board);
	assert_int_equal(board.tag_len, WHITEBOARD_MAX_TAGS);
	assert_int_equal(board.overflow, 3);
	assert_int_equal(board.tags[0].category, OCSP);
	assert_string_equal(board.tags[1].name, "t00");
	assert_int_equal(heard.count[DIAG_TEXT_CUT], 1);
	assert_string_equal(heard.detail,
	    "3 tags beyond the 32 that are kept");
}

/* A text of `count` times the same piece. */
static char *
repeated(const char *piece, size_t count)
{
	size_t len = strlen(piece), i;
	char *text = test_malloc(count * len + 1);

	for (i = 0; i < count; i++)
		memcpy(text + i * len, piece, len);
	text[count * len] = '\0';
	return text;
}

/* Each takes milliseconds; one that took more than linear time would let
 * the test run into its time limit. */
static void
test_hostile(void **state)
{
	static const char *const pieces[] = {
		"[", "]", "[]", "][", "[[", "a", "-", " ", "[a]", "[-] ",
		"next ", "next update ", "next-", "next update 1-", "at ",
		"[next update", "ocsp-", "ocsp-failure ", ",", "1", "1-1-",
		"\xe6\x97\xa5", "[ocsp-failure, ", "next update at ",
		"[next update]", "1,", "[next update x, ", "May 1, "
	};
	struct heard heard;
	size_t i;
	char *text;

	(void)state;
	for (i = 0; i < COUNT(pieces); i++) {
		text = repeated(pieces[i], 100000);
		whiteboard_read(text, &small_taxonomy, 7,
		    heard_begin(&heard), &board);
		assert_true(board.tag_len <= WHITEBOARD_MAX_TAGS);
		test_free(text);
	}
}

/* The built-in data: its own ids, and what is known to be typed. */
static void
test_builtin(void **state)
{
	static const struct {
		const char *text, *tags;
		size_t unknown, repaired;
	} cases[] = {
		{ "[ca-compliance] [disclosure failure]",
		    "disclosure-failure", 0, 1 },
		{ "[ca compliance] [policy-failure]", "policy-failure", 0,
		    1 },
		{ "[ca-compliance] audit-finding]", "audit-finding", 0, 1 },
		{ "[ca-compliance] [delayed-revocation-ca]",
		    "ca-revocation-delay", 0, 0 },
		{ "[verif?] [reporter-external] [client-bounty-form]", "",
		    0, 0 },
		{ "[ca-compliance] [__-misissuance]", "?misissuance", 1,
		    0 },
		{ "[ca-compliance] [code-signing-misissuance]",
		    "?code-signing-misissuance", 1, 0 },
		{ "[close on 2026-03-06] [crl-failure] Next update "
		    "2026-03-17", "crl-failure", 0, 0 },
		{ "[external] [covid-19] [meta] [ca-onecrl]", "", 0, 0 },
		{ "[closing on 2024-03-01]", "", 0, 0 },
	};
	char text[TAX_MAX_TAG + 2];
	struct taxonomy *taxonomy;
	struct heard heard;
	size_t i;

	(void)state;
	assert_null(taxonomy_load(&taxonomy, NULL));
	for (i = 0; i < taxonomy->category_len; i++) {
		snprintf(text, sizeof(text), "[%s]",
		    taxonomy->categories[i].id);
		whiteboard_read(text, taxonomy, 7, heard_begin(&heard),
		    &board);
		assert_int_equal(heard_all(&heard), 0);
		assert_int_equal(board.tag_len, 1);
		assert_int_equal(board.tags[0].category, i);
	}
	for (i = 0; i < COUNT(cases); i++) {
		whiteboard_read(cases[i].text, taxonomy, 7,
		    heard_begin(&heard), &board);
		if (strcmp(tags(), cases[i].tags) != 0 ||
		    heard.count[DIAG_TAG_UNKNOWN] != cases[i].unknown ||
		    heard.count[DIAG_TAG_REPAIRED] != cases[i].repaired)
			fail_msg("%s: \"%s\"", cases[i].text, tags());
	}
	taxonomy_free(taxonomy);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tags),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_inclusions),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_reports),
		cmocka_unit_test(test_long_tag),
		cmocka_unit_test(test_too_many),
		cmocka_unit_test(test_builtin),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
