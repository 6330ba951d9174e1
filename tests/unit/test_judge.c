/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"
#include "classify/judge.h"
#include "classify/words.h"
#include "fetch/bug.h"
#include "tests/unit/small_taxonomy.h"

static struct tax_vote ocsp[] = { { OCSP, 1500 } };
static struct tax_vote leaf[] = { { LEAF, 1200 }, { OCSP, -600 } };
static struct tax_vote bit[] = { { DISCLOSURE, 500 } };
static struct tax_vote conduct[] = { { 1, 1000 } };
static struct tax_rule rules[] = {
	{ .id = "ocsp", .field = TAX_FIELD_TITLE, .pattern = "OCSP",
	    .votes = ocsp, .vote_len = 1, .scheme = SIZE_MAX },
	{ .id = "leaf", .field = TAX_FIELD_FIRST, .pattern = "late",
	    .votes = leaf, .vote_len = 2, .scheme = SIZE_MAX },
	{ .id = "bit", .field = TAX_FIELD_OWNER, .pattern = "^Atos$",
	    .votes = bit, .vote_len = 1, .scheme = SIZE_MAX },
	{ .id = "row", .field = TAX_FIELD_WORDS, .pattern = "mail",
	    .votes = conduct, .vote_len = 1, .scheme = SCHEME_TYPES },
	{ .id = "summary", .field = TAX_FIELD_SUMMARY, .pattern = "^Zeta:",
	    .scheme = SIZE_MAX },
	{ .id = "prefix", .field = TAX_FIELD_OWNER, .pattern = "^Zeta$",
	    .scheme = SIZE_MAX }
};

static struct taxonomy taxonomy;
static struct tax_category categories[COUNT(small_categories)];
static struct tax_row rows[COUNT(type_rows)];
static struct tax_scheme schemes[COUNT(small_schemes)];
static struct judge judge;
static struct bug bug;
static struct verdict verdict;

static int
setup(void **state)
{
	static const struct tax_fit fit = { 1000, 0, 1000 };
	size_t i;

	(void)state;
	taxonomy = small_taxonomy;
	memcpy(categories, small_categories, sizeof(categories));
	memcpy(rows, type_rows, sizeof(rows));
	memcpy(schemes, small_schemes, sizeof(schemes));
	for (i = 0; i < COUNT(categories); i++) {
		categories[i].fit[TAX_FIT_RULES] = fit;
		categories[i].fit[TAX_FIT_NEIGHBOURS] = fit;
	}
	for (i = 0; i < COUNT(rows); i++)
		rows[i].fit.threshold = 1000;
	for (i = 0; i < COUNT(rules); i++)
		rules[i].until = INT64_MAX;
	schemes[SCHEME_TYPES].rows = rows;
	schemes[SCHEME_TYPES].ruled = true;
	taxonomy.categories = categories;
	taxonomy.schemes = schemes;
	taxonomy.rules = rules;
	taxonomy.rule_len = COUNT(rules);
	taxonomy.floor = 300;
	memset(taxonomy.sha256, 'a', HASH_HEX - 1);
	bug_init(&bug, BUG_MAX_BYTES);
	return judge_init(&judge, &taxonomy) != NULL;
}

static int
teardown(void **state)
{
	(void)state;
	judge_release(&judge);
	bug_release(&bug);
	return 0;
}

static void
set(enum bug_text field, const char *text)
{
	assert_true(bug_set_text(&bug, field, text, strlen(text)));
}

static void
judge_one(const char *summary, const char *whiteboard, const char *first)
{
	const struct err *err;
	struct comment *comment;

	bug_clear(&bug);
	bug.id = 7;
	set(BUG_SUMMARY, summary);
	set(BUG_WHITEBOARD, whiteboard);
	bug_set_num(&bug, BUG_CREATED, 1700000000);
	comment = bug_add_comment(&bug);
	assert_non_null(comment);
	comment->text = first;
	comment->text_len = strlen(first);
	err = judge_bug(&judge, &bug, NULL, &verdict);
	if (err != NULL)
		fail_msg("%s", err->text);
}

static void
test_tags_are_enough(void **state)
{
	(void)state;
	judge_one("Atos: OCSP", "[leaf-revocation-delay]", "late");
	assert_false(verdict.judged);
	assert_null(judge.rules[TAX_STAGE_LABELS]);
	assert_int_equal(verdict.label_len, 1);
	assert_int_equal(verdict.labels[0].confidence, -1);
	judge.labels = LABELS_TAGGED;
	judge_want(&judge, &schemes[SCHEME_TYPES]);
	judge_one("Atos: OCSP", "", "late");
	assert_false(verdict.judged);
	assert_int_equal(verdict.label_len, 0);
	assert_int_equal(verdict.placed_len, 0);
}

static void
test_inferred(void **state)
{
	(void)state;
	judge_one("Atos: no OCSP", "[ca-compliance]", "fine");
	assert_true(verdict.judged);
	assert_int_equal(verdict.source, LABEL_INFERRED);
	assert_int_equal(verdict.label_len, 1);
	assert_int_equal(verdict.labels[0].category, OCSP);
	assert_string_equal(verdict.labels[0].name, "ocsp-failure");
	assert_int_equal(verdict.labels[0].score, 1500);
	assert_int_equal(verdict.labels[0].confidence, 818);
	assert_false(verdict.labels[0].fallback);
	assert_int_equal(judge.hits.len, 2);
	assert_int_equal(judge.hits.items[0].start, 9);
	assert_int_equal(judge.hits.items[0].end, 13);

	judge_one("Atos: no reply", "", "fine");
	assert_int_equal(verdict.label_len, 1);
	assert_int_equal(verdict.labels[0].category, DISCLOSURE);
	assert_true(verdict.labels[0].fallback);

	judge_one("Zeta: no OCSP", "", "too late");
	assert_int_equal(verdict.label_len, 1);
	assert_int_equal(verdict.labels[0].category, LEAF);
	assert_int_equal(judge.hits.len, 4);
	judge_one("nothing", "", "fine");
	assert_int_equal(verdict.label_len, 0);
}

/* Tags win, and the rules are heard all the same. */
static void
test_always(void **state)
{
	(void)state;
	judge.always = true;
	judge_one("Atos: no OCSP", "[zebra] [leaf-revocation-delay]",
	    "too late");
	assert_true(verdict.judged);
	assert_int_equal(verdict.source, LABEL_TAGGED);
	assert_int_equal(verdict.label_len, 2);
	assert_int_equal(verdict.labels[0].category, LEAF);
	assert_int_equal(verdict.labels[0].score, 1200);
	assert_int_equal(verdict.labels[0].confidence, 769);
	assert_int_equal(verdict.labels[1].category, SIZE_MAX);
	assert_int_equal(verdict.labels[1].confidence, -1);
	assert_int_equal(judge.categories[OCSP].score, 900);
}

static void
test_neighbours(void **state)
{
	const int votes[] = { 0, 1100, 0, 0, 0 };

	(void)state;
	judge.neighbours = votes;
	judge_one("nothing", "", "fine");
	assert_int_equal(verdict.label_len, 1);
	assert_int_equal(verdict.labels[0].category, OV);
}

static void
test_rows(void **state)
{
	(void)state;
	judge_want(&judge, &schemes[SCHEME_TYPES]);
	judge_one("Atos: x", "[ocsp-failure] no mail", "fine");
	assert_true(verdict.judged);
	assert_int_equal(verdict.source, LABEL_TAGGED);
	assert_int_equal(verdict.placed_len, 1);
	assert_ptr_equal(verdict_rows(&verdict, &schemes[SCHEME_TYPES]),
	    &verdict.placed[0]);
	assert_int_equal(verdict.placed[0].len, 1);
	assert_int_equal(verdict.placed[0].rows[0], 1);
	assert_null(verdict_rows(&verdict, &schemes[SCHEME_TAGS]));
	/* the words of tags are none */
	judge_one("Atos: x", "[ocsp-failure] [mail]", "fine");
	assert_int_equal(verdict.placed_len, 1);
	assert_int_equal(verdict.placed[0].len, 0);
	/* a scheme without rules asks nobody */
	judge.scheme_len = 0;
	judge_want(&judge, &schemes[SCHEME_TAGS]);
	judge_one("Atos: x", "[ocsp-failure] no mail", "fine");
	assert_false(verdict.judged);
}

static void
test_bad_rule(void **state)
{
	const char *pattern = rules[0].pattern;
	const struct err *err;

	(void)state;
	rules[0].pattern = "OCSP(";
	bug_clear(&bug);
	bug.id = 7;
	err = judge_bug(&judge, &bug, NULL, &verdict);
	rules[0].pattern = pattern;
	assert_non_null(err);
	assert_int_equal(err->kind, ERR_CONFIG);
}

static void
test_key(void **state)
{
	char key[JUDGE_KEY], other[JUDGE_KEY];

	(void)state;
	judge_key(&judge, key);
	assert_non_null(strstr(key, taxonomy.sha256));
	taxonomy.sha256[HASH_HEX - 2] = 'b';
	assert_string_not_equal(judge_key(&judge, other), key);
}

/* The CA is who role.h says, not only the assignee's house. */
static void
test_by_the_ca(void **state)
{
	static const char *domains[] = { "atos.example" };
	static struct tax_owner owners[COUNT(small_owners)];
	static const struct {
		const char *creator, *assigned_to;
		size_t hits;
	} cases[] = {
		{ "me@atos.example", "", 1 },
		{ "me@atos.example", "nobody@mozilla.org", 1 },
		{ "me@other.example", "you@other.example", 1 },
		{ "me@other.example", "", 0 },
		{ "", "", 0 }
	};
	struct comment comment = { .number = 2, .text = "late",
	    .text_len = 4 };
	struct tax_rule rule = { .id = "ca", .field = TAX_FIELD_CA,
	    .pattern = "late", .until = INT64_MAX, .scheme = SIZE_MAX };
	size_t i;

	(void)state;
	memcpy(owners, small_owners, sizeof(owners));
	owners[ATOS].domains = domains;
	owners[ATOS].domain_len = COUNT(domains);
	taxonomy.owners = owners;
	taxonomy.rules = &rule;
	taxonomy.rule_len = 1;
	for (i = 0; i < COUNT(cases); i++) {
		bug_clear(&bug);
		set(BUG_SUMMARY, "Atos: x");
		bug_set_num(&bug, BUG_CREATED, 1700000000);
		set(BUG_ASSIGNED_TO, cases[i].assigned_to);
		comment.creator = cases[i].creator;
		*bug_add_comment(&bug) = comment;
		assert_null(judge_bug(&judge, &bug, NULL, &verdict));
		assert_int_equal(judge.hits.len, cases[i].hits);
	}
}

static void
test_words(void **state)
{
	static const struct {
		const char *board, *words;
	} cases[] = {
		{ "", "" },
		{ "plain words", "plain words" },
		{ "[ocsp-failure] late", "               late" },
		{ "ocsp-failure, late", "            , late" },
		{ "disclosure-failur late", "                  late" },
		{ "OCSP_Failure late", "             late" },
		{ "late] ocsp", "      ocsp" },
		{ "ocsp [late", "ocsp      " },
		{ "[a][a] b", "       b" },
		{ "\xc3\xa9 [x]", "\xc3\xa9    " }
	};
	struct buf out;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		buf_init(&out, 1000);
		words_read(cases[i].board, &taxonomy, &out);
		assert_string_equal(buf_text(&out), cases[i].words);
		buf_release(&out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_tags_are_enough, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_inferred, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_always, setup, teardown),
		cmocka_unit_test_setup_teardown(test_neighbours, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_rows, setup, teardown),
		cmocka_unit_test_setup_teardown(test_bad_rule, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_key, setup, teardown),
		cmocka_unit_test_setup_teardown(test_by_the_ca, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_words, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
