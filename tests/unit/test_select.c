/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "classify/rule.h"
#include "classify/select.h"
#include "fetch/bug.h"
#include "tests/unit/small_taxonomy.h"

static struct bug bug;
static struct verdict verdict;
static struct selection selection;

static void
set(enum bug_text field, const char *text)
{
	assert_true(bug_set_text(&bug, field, text, strlen(text)));
}

/* An incident of DigiCert, number 7, filed on 1970-01-11, open. */
static void
new_bug(void)
{
	bug_clear(&bug);
	bug.id = 7;
	set(BUG_PRODUCT, "CA Program");
	set(BUG_COMPONENT, "Incidents");
	set(BUG_SUMMARY, "DigiCert: late");
	set(BUG_STATUS, "ASSIGNED");
	bug_set_num(&bug, BUG_CREATED, 10 * DATE_DAY);
}

static enum select_fate
fate(void)
{
	enum select_fate out;
	const struct err *err;

	verdict_read(&bug, &small_taxonomy, selection.labels, NULL,
	    &verdict);
	err = select_fate(&selection, &bug, &verdict, &small_taxonomy, &out);
	if (err != NULL)
		fail_msg("%s", err->text);
	return out;
}

/* Fates under a selection that names one word for one option. */
static enum select_fate
fate_with(struct select_words *option, const char *word)
{
	const char *words[] = { word };
	const struct err *err;
	enum select_fate out;

	option->words = words;
	option->len = 1;
	err = select_prepare(&selection, &small_taxonomy);
	if (err != NULL)
		fail_msg("%s", err->text);
	out = fate();
	select_release(&selection);
	option->words = NULL;
	option->len = 0;
	return out;
}

static void
begin(void)
{
	memset(&selection, 0, sizeof(selection));
	new_bug();
}

static void
test_everything(void **state)
{
	(void)state;
	begin();
	assert_null(select_prepare(&selection, &small_taxonomy));
	assert_int_equal(fate(), SELECT_IN);
	select_release(&selection);
	select_release(&selection);
}

static void
test_left_out(void **state)
{
	(void)state;
	begin();
	set(BUG_RESOLUTION, "INVALID");
	set(BUG_WHITEBOARD, "[meta]");
	assert_int_equal(fate(), SELECT_INVALID);
	set(BUG_RESOLUTION, "DUPLICATE");
	assert_int_equal(fate(), SELECT_DUPLICATE);
	set(BUG_RESOLUTION, "WONTFIX");
	assert_int_equal(fate(), SELECT_META);
	set(BUG_WHITEBOARD, "");
	assert_int_equal(fate(), SELECT_IN);
	set(BUG_COMPONENT, "Requests");
	set(BUG_RESOLUTION, "INVALID");
	assert_int_equal(fate(), SELECT_COMPONENT);

	selection.all = true;
	assert_int_equal(fate(), SELECT_COMPONENT);
	set(BUG_COMPONENT, "Incidents");
	assert_int_equal(fate(), SELECT_IN);
	set(BUG_RESOLUTION, "DUPLICATE");
	set(BUG_WHITEBOARD, "[meta]");
	assert_int_equal(fate(), SELECT_IN);
	set(BUG_COMPONENT, "A component nobody knows");
	assert_int_equal(fate(), SELECT_IN);
}

/* Only what would have been counted is left out for a reason. */
static void
test_window_before_reasons(void **state)
{
	(void)state;
	begin();
	selection.cohort = COHORT_FILED;
	selection.window.from = 11;
	selection.window.to = 12;
	assert_int_equal(fate(), SELECT_IN);	/* not windowed */
	selection.windowed = true;
	assert_int_equal(fate(), SELECT_OUTSIDE);
	set(BUG_RESOLUTION, "INVALID");
	assert_int_equal(fate(), SELECT_OUTSIDE);
	set(BUG_COMPONENT, "Requests");
	assert_int_equal(fate(), SELECT_OUTSIDE);
	selection.window.from = 10;
	assert_int_equal(fate(), SELECT_COMPONENT);
	set(BUG_COMPONENT, "Incidents");
	assert_int_equal(fate(), SELECT_INVALID);
	assert_int_equal(fate_with(&selection.owners, "Atos"),
	    SELECT_OUTSIDE);
}

/* Nobody knows whether it was filed in the window: it is named. */
static void
test_undated(void **state)
{
	(void)state;
	begin();
	bug_set_num(&bug, BUG_CREATED, DATE_NONE);
	selection.cohort = COHORT_FILED;
	selection.window.from = DATE_NONE;
	selection.window.to = 12;
	assert_int_equal(fate(), SELECT_IN);	/* not windowed */
	selection.windowed = true;
	assert_int_equal(fate(), SELECT_UNDATED);
	selection.window.from = 11;
	assert_int_equal(fate(), SELECT_UNDATED);
	selection.all = true;
	assert_int_equal(fate(), SELECT_UNDATED);
	assert_int_equal(fate_with(&selection.owners, "Atos"),
	    SELECT_OUTSIDE);
	/* the other cohorts take it for older than the window */
	selection.cohort = COHORT_OPEN_DURING;
	assert_int_equal(fate(), SELECT_IN);
	selection.cohort = COHORT_FILED;
	set(BUG_COMPONENT, "Requests");
	assert_int_equal(fate(), SELECT_COMPONENT);
	assert_string_equal(select_reason(SELECT_UNDATED),
	    "creation time unknown");
}

static void
test_owners(void **state)
{
	struct select_words *owners = &selection.owners;

	(void)state;
	begin();
	assert_int_equal(fate_with(owners, "DigiCert"), SELECT_IN);
	assert_int_equal(fate_with(owners, "  DIGICERT "), SELECT_IN);
	assert_int_equal(fate_with(owners, "QuoVadis"), SELECT_OUTSIDE);
	assert_int_equal(fate_with(owners, "Certum"), SELECT_OUTSIDE);
	/* then and now */
	set(BUG_SUMMARY, "QuoVadis: late");
	assert_int_equal(fate_with(owners, "QuoVadis"), SELECT_IN);
	assert_int_equal(fate_with(owners, "digicert"), SELECT_IN);
	/* a name of an owner, its brand, its id */
	set(BUG_SUMMARY, "Asseco DS / Certum: late");
	assert_int_equal(fate_with(owners, "Certum"), SELECT_IN);
	assert_int_equal(fate_with(owners, "asseco"), SELECT_IN);
	/* nobody's */
	set(BUG_SUMMARY, "late");
	assert_int_equal(fate_with(owners, "DigiCert"), SELECT_OUTSIDE);
}

static void
test_categories(void **state)
{
	struct select_words *categories = &selection.categories;

	(void)state;
	begin();
	set(BUG_WHITEBOARD, "[ocsp-failure] [ov-misissuance] [zebra]");
	assert_int_equal(fate_with(categories, "ocsp-failure"), SELECT_IN);
	assert_int_equal(fate_with(categories, "OV misissuance"), SELECT_IN);
	assert_int_equal(fate_with(categories, "delayed-revocation-leaf"),
	    SELECT_OUTSIDE);
	assert_int_equal(fate_with(categories, "uncategorized"),
	    SELECT_OUTSIDE);
	/* no label at all */
	set(BUG_WHITEBOARD, "[ca-compliance]");
	assert_int_equal(fate_with(categories, "uncategorized"), SELECT_IN);
	assert_int_equal(fate_with(categories, "ocsp-failure"),
	    SELECT_OUTSIDE);
	set(BUG_WHITEBOARD, "[uncategorized]");
	assert_int_equal(fate_with(categories, "uncategorized"), SELECT_IN);
	/* it is the labels that count, not the tags */
	set(BUG_WHITEBOARD, "[ocsp-failure]");
	selection.labels = LABELS_INFERRED;
	assert_int_equal(fate_with(categories, "ocsp-failure"),
	    SELECT_OUTSIDE);
}

static void
test_tags(void **state)
{
	static const struct {
		const char *word;
		bool in;
	} cases[] = {
		{ "ocsp-failure", true }, { "OCSP failure", true },
		{ "ca-compliance", true }, { "covid-19", true },
		{ "zebra", true }, { "Zebra", true },
		{ "ca-verifying", true }, { "next-update", true },
		{ "leaf-revocation-delay", true },
		{ "delayed-revocation-leaf", true },
		{ "ov-misissuance", false }, { "external", false },
		{ "zebr", false }, { "ca-initial", false },
		{ "close-on", false }, { "", false }
	};
	size_t i;

	(void)state;
	begin();
	set(BUG_WHITEBOARD, "[ca-compliance] [zebra] [ocsp failure] "
	    "[covid-19] [ca-verifying] [delayed-revocation-leaf] "
	    "Next update 2024-05-01");
	for (i = 0; i < COUNT(cases); i++)
		if ((fate_with(&selection.tags, cases[i].word) ==
		    SELECT_IN) != cases[i].in)
			fail_msg("%s", cases[i].word);
}

/* Words of one option add up; options narrow each other. */
static void
test_combined(void **state)
{
	const char *owners[] = { "Atos", "DigiCert" };
	const char *tags[] = { "zebra", "ocsp-failure" };

	(void)state;
	begin();
	set(BUG_WHITEBOARD, "[ocsp-failure]");
	selection.owners.words = owners;
	selection.owners.len = 2;
	selection.tags.words = tags;
	selection.tags.len = 2;
	assert_null(select_prepare(&selection, &small_taxonomy));
	assert_int_equal(fate(), SELECT_IN);
	set(BUG_SUMMARY, "Certum: late");
	assert_int_equal(fate(), SELECT_OUTSIDE);
	set(BUG_SUMMARY, "Siemens: late");
	assert_int_equal(fate(), SELECT_IN);
	set(BUG_WHITEBOARD, "");
	assert_int_equal(fate(), SELECT_OUTSIDE);
	select_release(&selection);
}

static void
test_ids(void **state)
{
	static int64_t ids[] = { 3, 7, 9 };
	static int64_t others[] = { 3, 6, 8, 9 };

	(void)state;
	begin();
	selection.ids = ids;
	selection.id_len = COUNT(ids);
	assert_int_equal(fate(), SELECT_IN);
	bug.id = 3;
	assert_int_equal(fate(), SELECT_IN);
	bug.id = 9;
	assert_int_equal(fate(), SELECT_IN);
	bug.id = 10;
	assert_int_equal(fate(), SELECT_OUTSIDE);
	bug.id = 1;
	assert_int_equal(fate(), SELECT_OUTSIDE);
	bug.id = 7;
	selection.ids = others;
	selection.id_len = COUNT(others);
	assert_int_equal(fate(), SELECT_OUTSIDE);
}

static void
test_reporter(void **state)
{
	(void)state;
	begin();
	selection.by_reporter = true;
	selection.reporter = REPORTER_EXTERNAL;
	assert_int_equal(fate(), SELECT_OUTSIDE);
	set(BUG_WHITEBOARD, "[external]");
	assert_int_equal(fate(), SELECT_IN);
	selection.reporter = REPORTER_SELF;
	assert_int_equal(fate(), SELECT_OUTSIDE);
}

static void
test_text(void **state)
{
	struct comment *comment;

	(void)state;
	begin();
	assert_null(pattern_new(&selection.text, "--text", "\\bcrl\\b"));
	assert_int_equal(fate(), SELECT_OUTSIDE);
	set(BUG_SUMMARY, "DigiCert: a CRL");
	assert_int_equal(fate(), SELECT_IN);
	set(BUG_SUMMARY, "DigiCert: crlf");
	assert_int_equal(fate(), SELECT_OUTSIDE);
	assert_non_null(bug_add_comment(&bug));
	comment = bug_add_comment(&bug);
	assert_non_null(comment);
	comment->text = "see the CRL";
	comment->text_len = strlen(comment->text);
	assert_int_equal(fate(), SELECT_IN);
	pattern_free(selection.text);
}

/* A bug on which a pattern gives up is left out and named, unless another
 * of its texts matches. */
static void
test_text_limit(void **state)
{
	static char text[60000];
	struct comment *comment;
	struct heard heard;

	(void)state;
	begin();
	memset(text, 'a', sizeof(text));
	text[sizeof(text) - 1] = '!';
	comment = bug_add_comment(&bug);
	assert_non_null(comment);
	comment->text = text;
	comment->text_len = sizeof(text);
	assert_null(pattern_new(&selection.text, "--text", "^(a+)+$"));
	selection.sink = heard_begin(&heard);
	assert_int_equal(fate(), SELECT_UNSEARCHED);
	assert_int_equal(heard.count[DIAG_SEARCH_LIMIT], 1);
	assert_int_equal(diag_level(DIAG_SEARCH_LIMIT), DIAG_BAD);
	/* Not wanted anyway: nobody needs to hear. */
	selection.by_reporter = true;
	selection.reporter = REPORTER_EXTERNAL;
	assert_int_equal(fate(), SELECT_OUTSIDE);
	selection.by_reporter = false;
	assert_int_equal(heard.count[DIAG_SEARCH_LIMIT], 1);
	comment = bug_add_comment(&bug);
	assert_non_null(comment);
	comment->text = "aaa";
	comment->text_len = strlen(comment->text);
	assert_int_equal(fate(), SELECT_IN);
	assert_int_equal(heard.count[DIAG_SEARCH_LIMIT], 1);
	pattern_free(selection.text);
}

/* Names that nobody has, and the one that may have been meant. */
static void
test_unknown_names(void **state)
{
	static const struct {
		const char *owner, *category, *said;
	} cases[] = {
		{ "Digicret", NULL, "did you mean \"DigiCert\"?" },
		{ "quo vadis", NULL, "did you mean \"QuoVadis\"?" },
		{ "", NULL, "--owner: : the taxonomy has no such name" },
		{ NULL, "ocsp-failur", "did you mean \"ocsp-failure\"?" },
		{ NULL, "ocsp", "did you mean \"ocsp-failure\"?" },
		{ NULL, "elephant", "--category: elephant: the taxonomy has" },
		/* a mark is no category */
		{ NULL, "covid-19", "or any other tag to --tag" },
	};
	const char *words[1];
	const struct err *err;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		begin();
		words[0] = cases[i].owner != NULL ? cases[i].owner :
		    cases[i].category;
		if (cases[i].owner != NULL) {
			selection.owners.words = words;
			selection.owners.len = 1;
		} else {
			selection.categories.words = words;
			selection.categories.len = 1;
		}
		err = select_prepare(&selection, &small_taxonomy);
		assert_non_null(err);
		assert_int_equal(err->kind, ERR_USAGE);
		if (strstr(err->text, cases[i].said) == NULL)
			fail_msg("%s", err->text);
		select_release(&selection);
	}
}

static void
test_long_tag(void **state)
{
	char word[TAX_MAX_TAG + 1];
	const char *words[] = { word };
	const struct err *err;

	(void)state;
	begin();
	memset(word, 'x', sizeof(word));
	word[TAX_MAX_TAG] = '\0';
	selection.tags.words = words;
	selection.tags.len = 1;
	err = select_prepare(&selection, &small_taxonomy);
	assert_non_null(err);
	assert_int_equal(err->kind, ERR_USAGE);
	select_release(&selection);
	word[TAX_MAX_TAG - 1] = '\0';
	assert_null(select_prepare(&selection, &small_taxonomy));
	select_release(&selection);
}

static void
test_reasons(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < SELECT_FATE__MAX; i++)
		assert_non_null(select_reason((enum select_fate)i));
	assert_string_equal(select_reason(SELECT_INVALID),
	    "resolution INVALID");
	assert_string_equal(select_reason(SELECT_DUPLICATE),
	    "resolution DUPLICATE");
	assert_string_equal(select_reason(SELECT_META), "tracking bug");
}

static int
setup(void **state)
{
	(void)state;
	bug_init(&bug, BUG_MAX_BYTES);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	bug_release(&bug);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_everything),
		cmocka_unit_test(test_left_out),
		cmocka_unit_test(test_window_before_reasons),
		cmocka_unit_test(test_undated),
		cmocka_unit_test(test_owners),
		cmocka_unit_test(test_categories),
		cmocka_unit_test(test_tags),
		cmocka_unit_test(test_combined),
		cmocka_unit_test(test_ids),
		cmocka_unit_test(test_reporter),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_text_limit),
		cmocka_unit_test(test_unknown_names),
		cmocka_unit_test(test_long_tag),
		cmocka_unit_test(test_reasons),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
