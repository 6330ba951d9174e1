/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "classify/verdict.h"
#include "fetch/bug.h"
#include "tests/unit/small_taxonomy.h"

static struct bug bug;
static struct verdict verdict;

static void
set(enum bug_text field, const char *text)
{
	assert_true(bug_set_text(&bug, field, text, strlen(text)));
}

static void
read_bug(const char *summary, const char *whiteboard, enum label_mode mode)
{
	bug_clear(&bug);
	bug.id = 7;
	set(BUG_SUMMARY, summary);
	set(BUG_WHITEBOARD, whiteboard);
	verdict_read(&bug, &small_taxonomy, mode, NULL, &verdict);
	assert_int_equal(verdict.bug, 7);
}

static void
test_tagged(void **state)
{
	(void)state;
	read_bug("DigiCert: late",
	    "[ca-compliance] [zebra] [delayed-revocation-leaf] "
	    "[ocsp-failure]", LABELS_TAGGED);
	assert_int_equal(verdict.label_len, 3);
	assert_int_equal(verdict.source, LABEL_TAGGED);
	assert_int_equal(verdict.labels[0].category, OCSP);
	assert_string_equal(verdict.labels[0].name, "ocsp-failure");
	assert_int_equal(verdict.labels[1].category, LEAF);
	assert_string_equal(verdict.labels[1].name, "leaf-revocation-delay");
	assert_int_equal(verdict.labels[2].category, SIZE_MAX);
	assert_string_equal(verdict.labels[2].name, "zebra");
	assert_int_equal(verdict.owner.owner, DIGICERT);
	assert_int_equal(verdict.life.len, 1);

	read_bug("DigiCert: late", "[ca-compliance]", LABELS_TAGGED);
	assert_int_equal(verdict.label_len, 0);
	assert_int_equal(verdict.source, LABEL_TAGGED);
}

static void
test_best(void **state)
{
	(void)state;
	read_bug("DigiCert: late", "[zebra]", LABELS_BEST);
	assert_int_equal(verdict.label_len, 1);
	assert_int_equal(verdict.source, LABEL_TAGGED);
	/* the whiteboard names nothing: the rules' turn */
	read_bug("DigiCert: late", "[ca-compliance]", LABELS_BEST);
	assert_int_equal(verdict.label_len, 0);
	assert_int_equal(verdict.source, LABEL_INFERRED);
}

/* The tags of a bug are hidden from those who judge the rules. */
static void
test_inferred(void **state)
{
	(void)state;
	read_bug("DigiCert: late", "[ocsp-failure]", LABELS_INFERRED);
	assert_int_equal(verdict.label_len, 0);
	assert_int_equal(verdict.source, LABEL_INFERRED);
	assert_int_equal(verdict.board.tag_len, 1);
}

static void
test_meta(void **state)
{
	static const struct {
		const char *summary, *whiteboard;
		bool meta;
	} cases[] = {
		{ "[meta] Late", "", true },
		{ " [Meta]", "", true },
		{ "DigiCert: late", "[meta]", true },
		{ "DigiCert: late [meta]", "", false },
		{ "meta", "", false },
		{ "[metal] Late", "", false },
		{ "[met", "", false },
		{ "", "", false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		read_bug(cases[i].summary, cases[i].whiteboard, LABELS_BEST);
		if (verdict.meta != cases[i].meta)
			fail_msg("case %zu", i);
	}
}

static void
test_reporter(void **state)
{
	(void)state;
	read_bug("DigiCert: late", "[external]", LABELS_BEST);
	assert_int_equal(verdict.reporter, REPORTER_EXTERNAL);
	read_bug("DigiCert: late", "", LABELS_BEST);
	assert_int_equal(verdict.reporter, REPORTER_UNKNOWN);
}

static void
test_component(void **state)
{
	static const struct {
		const char *product, *component;
		bool incident;
	} cases[] = {
		{ "CA Program", "Incidents", true },
		{ "CA Program", "Requests", false },
		{ "Requests", "CA Program", true },
		{ "", "", true },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		bug_clear(&bug);
		bug.id = 7;
		set(BUG_PRODUCT, cases[i].product);
		set(BUG_COMPONENT, cases[i].component);
		verdict_read(&bug, &small_taxonomy, LABELS_BEST, NULL,
		    &verdict);
		assert_int_equal(verdict.incident, cases[i].incident);
	}
}

/* Every finding of the three readers comes through. */
static void
test_diagnostics(void **state)
{
	struct heard heard;

	(void)state;
	bug_clear(&bug);
	bug.id = 7;
	set(BUG_SUMMARY, "Nobody: late");
	set(BUG_WHITEBOARD, "[zebra] Next update soon");
	set(BUG_STATUS, "RESOLVED");
	verdict_read(&bug, &small_taxonomy, LABELS_BEST,
	    heard_begin(&heard), &verdict);
	assert_int_equal(heard.count[DIAG_TAG_UNKNOWN], 1);
	assert_int_equal(heard.count[DIAG_DATE_UNREADABLE], 1);
	assert_int_equal(heard.count[DIAG_OWNER_UNKNOWN], 1);
	assert_int_equal(heard.count[DIAG_CLOSE_GUESSED], 1);
	assert_int_equal(heard_all(&heard), 4);
	assert_true(verdict.life.guessed);
}

static void
test_names(void **state)
{
	enum label_mode mode;
	enum reporter_kind kind;
	int i;

	(void)state;
	for (i = 0; i < LABELS__MAX; i++) {
		assert_true(label_mode_by_name(
		    label_mode_name((enum label_mode)i), &mode));
		assert_int_equal(mode, i);
	}
	assert_false(label_mode_by_name("good", &mode));
	for (i = 0; i < REPORTER_KIND__MAX; i++) {
		assert_true(reporter_by_name(
		    reporter_name((enum reporter_kind)i), &kind));
		assert_int_equal(kind, i);
	}
	assert_false(reporter_by_name("Self", &kind));
	assert_string_equal(label_source_name(LABEL_TAGGED), "tagged");
	assert_string_equal(label_source_name(LABEL_INFERRED), "inferred");
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
		cmocka_unit_test(test_tagged),
		cmocka_unit_test(test_best),
		cmocka_unit_test(test_inferred),
		cmocka_unit_test(test_meta),
		cmocka_unit_test(test_reporter),
		cmocka_unit_test(test_component),
		cmocka_unit_test(test_diagnostics),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
