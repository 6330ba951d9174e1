/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* The second axis: causes, from rules of the second stage. */

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"
#include "classify/evidence.h"
#include "classify/judge.h"
#include "classify/placing.h"
#include "classify/select.h"
#include "fetch/bug.h"
#include "tests/unit/small_taxonomy.h"

enum { MISREAD, LINT, MANUAL, UNSTATED, CAUSES_LEN };
enum { SCHEME_CAUSES = SCHEME_TYPES + 1 };

static struct tax_vote ocsp[] = { { OCSP, 1500 } };
static struct tax_vote conduct[] = { { 1, 1000 } };
static struct tax_vote lint[] = { { LINT, 1200 }, { MISREAD, -300 } };
static struct tax_vote misread[] = { { MISREAD, 1100 } };
static struct tax_vote manual[] = { { MANUAL, 600 } };
static struct tax_vote unstated[] = { { UNSTATED, 2000 } };
static struct tax_rule rules[] = {
	{ .id = "ocsp", .field = TAX_FIELD_TITLE, .pattern = "OCSP",
	    .votes = ocsp, .vote_len = 1, .scheme = SIZE_MAX },
	{ .id = "lint", .field = TAX_FIELD_TEXT, .pattern = "lint\\w*",
	    .votes = lint, .vote_len = 2, .scheme = SCHEME_CAUSES,
	    .stage = TAX_STAGE_REPORTS },
	{ .id = "conduct", .field = TAX_FIELD_TITLE, .pattern = "late",
	    .votes = conduct, .vote_len = 1, .scheme = SCHEME_TYPES },
	{ .id = "misread", .field = TAX_FIELD_TEXT, .pattern = "misread",
	    .votes = misread, .vote_len = 1, .scheme = SCHEME_CAUSES,
	    .stage = TAX_STAGE_REPORTS },
	{ .id = "manual", .field = TAX_FIELD_TEXT, .pattern = "by hand",
	    .votes = manual, .vote_len = 1, .scheme = SCHEME_CAUSES,
	    .stage = TAX_STAGE_REPORTS },
	{ .id = "unstated", .field = TAX_FIELD_TEXT, .pattern = "no idea",
	    .votes = unstated, .vote_len = 1, .scheme = SCHEME_CAUSES,
	    .stage = TAX_STAGE_REPORTS }
};
static struct tax_row cause_rows[CAUSES_LEN] = {
	[MISREAD] = { .id = "requirement-misread", .title = "Misread",
	    .fit = { 1000, 0, 1000 } },
	[LINT] = { .id = "lint-gap", .title = "Linting",
	    .fit = { 1000, 0, 0 } },
	[MANUAL] = { .id = "manual-step", .title = "Manual",
	    .fit = { 1000, 0, 0 } },
	[UNSTATED] = { .id = "not-stated", .title = "Not stated",
	    .fit = { 1000, 0, 0 } }
};
static size_t cause_row_of[] = { UNSTATED, UNSTATED, UNSTATED, UNSTATED,
	UNSTATED };

static struct taxonomy taxonomy;
static struct tax_row type_rows_fit[COUNT(type_rows)];
static struct tax_scheme schemes[SCHEME_CAUSES + 1];
static struct tax_scheme *const causes = &schemes[SCHEME_CAUSES];
static struct judge judge;
static struct bug bug;
static struct verdict verdict;

static int
setup(void **state)
{
	size_t i;

	(void)state;
	taxonomy = small_taxonomy;
	memcpy(type_rows_fit, type_rows, sizeof(type_rows));
	memcpy(schemes, small_schemes, sizeof(small_schemes));
	for (i = 0; i < COUNT(type_rows); i++)
		type_rows_fit[i].fit.threshold = 1000;
	for (i = 0; i < COUNT(rules); i++) {
		rules[i].until = INT64_MAX;
		rules[i].facet = SIZE_MAX;
	}
	schemes[SCHEME_TYPES].rows = type_rows_fit;
	schemes[SCHEME_TYPES].ruled = true;
	*causes = (struct tax_scheme){ .id = "causes", .rows = cause_rows,
	    .row_len = CAUSES_LEN, .row_of = cause_row_of,
	    .residual = UNSTATED, .causes = true, .ruled = true,
	    .floor = INT_MAX };
	taxonomy.schemes = schemes;
	taxonomy.scheme_len = COUNT(schemes);
	taxonomy.rules = rules;
	taxonomy.rule_len = COUNT(rules);
	taxonomy.floor = INT_MAX;
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
judge_one(const char *summary, const char *whiteboard, const char *report)
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
	comment->number = 3;
	comment->text = report;
	comment->text_len = strlen(report);
	err = judge_bug(&judge, &bug, NULL, &verdict);
	if (err != NULL)
		fail_msg("%s", err->text);
}

/* The causes' rows as ids with blanks behind them; "-" for no answer. */
static const char *
found(void)
{
	static char text[256];
	const struct verdict_rows *rows = verdict_rows(&verdict, causes);
	struct buf out;
	size_t i;

	if (rows == NULL)
		return "-";
	text[0] = '\0';
	buf_fixed(&out, text, sizeof(text));
	for (i = 0; i < rows->len; i++)
		buf_fmt(&out, "%s ", cause_rows[rows->rows[i]].id);
	return text;
}

static void
test_not_asked(void **state)
{
	(void)state;
	assert_ptr_equal(taxonomy_causes(&taxonomy), causes);
	assert_false(judge_wants_causes(&judge));
	judge_one("Atos: OCSP", "", "no linting");
	assert_string_equal(found(), "-");
	assert_null(judge.rules[TAX_STAGE_REPORTS]);
	assert_int_equal(judge.hits.len, 1);
}

static void
test_found(void **state)
{
	const struct score *scores;

	(void)state;
	judge_want(&judge, causes);
	judge_one("Atos: OCSP", "[leaf-revocation-delay]", "no linting");
	assert_string_equal(found(), "lint-gap ");
	/* tags are enough for labels all the same */
	assert_false(verdict.judged);
	assert_null(judge.rules[TAX_STAGE_LABELS]);
	assert_int_equal(judge.report_hits.len, 1);
	assert_int_equal(judge.report_hits.items[0].comment, 3);
	assert_int_equal(judge.report_hits.items[0].start, 3);
	scores = judge_scores(&judge, causes);
	assert_int_equal(scores[LINT].score, 1200);
	assert_int_equal(scores[LINT].confidence, -1);
	assert_int_equal(scores[MISREAD].score, -300);

	judge_one("Atos: OCSP", "", "It was misread.");
	assert_string_equal(found(), "requirement-misread ");
	assert_true(verdict.judged);
	assert_int_equal(judge_scores(&judge, causes)[MISREAD].confidence,
	    750);
	judge_one("Atos: x", "", "lint, misread");
	assert_string_equal(found(), "lint-gap ");
	/* also where tags alone are asked for */
	judge.labels = LABELS_TAGGED;
	judge_one("Atos: x", "", "lint, misread");
	assert_string_equal(found(), "lint-gap ");
}

static void
assert_place(size_t row)
{
	struct placing placing;

	placing_read(causes, &verdict, &placing);
	assert_int_equal(placing.len, 1);
	assert_int_equal(placing.rows[0], row);
}

static void
test_none(void **state)
{
	(void)state;
	judge_want(&judge, causes);
	judge_one("Atos: OCSP", "[ocsp-failure]", "Sorry.");
	assert_string_equal(found(), "");
	assert_place(UNSTATED);
	judge_one("Atos: OCSP", "[ocsp-failure]", "by hand");
	assert_string_equal(found(), "");
	assert_place(UNSTATED);
	/* the likeliest from the floor on */
	causes->floor = 500;
	judge_one("Atos: OCSP", "[ocsp-failure]", "by hand");
	assert_string_equal(found(), "manual-step ");
	assert_place(MANUAL);
	assert_true(judge_scores(&judge, causes)[MANUAL].fallback);
	/* that nothing is stated is no cause beside others */
	judge_one("Atos: OCSP", "", "no idea, no linter");
	assert_string_equal(found(), "lint-gap ");
	judge_one("Atos: OCSP", "", "no idea");
	assert_string_equal(found(), "");
	assert_place(UNSTATED);
}

/* Rows of another scheme stand beside them. */
static void
test_beside(void **state)
{
	const struct tax_scheme *types = &schemes[SCHEME_TYPES];
	const struct verdict_rows *rows;

	(void)state;
	judge_want(&judge, types);
	judge_want(&judge, causes);
	judge_want(&judge, types);
	assert_int_equal(judge.scheme_len, 2);
	judge_one("Atos: late OCSP", "[ocsp-failure]", "no linting");
	assert_string_equal(found(), "lint-gap ");
	rows = verdict_rows(&verdict, types);
	assert_non_null(rows);
	assert_int_equal(rows->len, 1);
	assert_int_equal(rows->rows[0], 1);
	assert_ptr_not_equal(judge_scores(&judge, types),
	    judge_scores(&judge, causes));
	assert_null(judge_scores(&judge, &schemes[SCHEME_TAGS]));
}

static void
test_evidence(void **state)
{
	struct evidence evidence[COUNT(rules)];

	(void)state;
	judge_want(&judge, causes);
	judge_one("Atos: OCSP", "", "lint, misread");
	assert_int_equal(evidence_read(&taxonomy, &judge.report_hits,
	    SCHEME_CAUSES, MISREAD, evidence), 2);
	assert_string_equal(evidence[0].rule->id, "misread");
	assert_int_equal(evidence[0].weight, 1100);
	assert_string_equal(evidence[1].rule->id, "lint");
	assert_int_equal(evidence[1].weight, -300);
	assert_int_equal(evidence_read(&taxonomy, &judge.report_hits,
	    SIZE_MAX, MISREAD, evidence), 0);
	assert_int_equal(evidence_read(&taxonomy, &judge.hits, SIZE_MAX,
	    OCSP, evidence), 1);
}

static bool
is_selected(const char *first, const char *second)
{
	const char *words[] = { first, second };
	struct selection selection;
	const struct err *err;
	bool selected;

	memset(&selection, 0, sizeof(selection));
	selection.causes.words = words;
	selection.causes.len = second != NULL ? 2 : 1;
	err = select_prepare(&selection, &taxonomy);
	if (err != NULL)
		fail_msg("%s", err->text);
	assert_ptr_equal(selection.cause_scheme, causes);
	selected = select_cause(&selection, &verdict);
	select_release(&selection);
	return selected;
}

static void
test_select(void **state)
{
	(void)state;
	judge_want(&judge, causes);
	judge_one("Atos: OCSP", "", "no linting");
	assert_true(is_selected("lint-gap", NULL));
	assert_true(is_selected("manual-step", "lint-gap"));
	assert_false(is_selected("manual-step", "not-stated"));
	judge_one("Atos: OCSP", "", "Sorry.");
	assert_false(is_selected("lint-gap", NULL));
	assert_true(is_selected("lint-gap", "not-stated"));
}

static void
assert_no_cause(const char *word, const char *want)
{
	struct selection selection;
	const struct err *err;

	memset(&selection, 0, sizeof(selection));
	selection.causes.words = &word;
	selection.causes.len = 1;
	err = select_prepare(&selection, &taxonomy);
	select_release(&selection);
	assert_non_null(err);
	assert_int_equal(err->kind, ERR_USAGE);
	if (strstr(err->text, want) == NULL)
		fail_msg("%s", err->text);
}

static void
test_no_cause(void **state)
{
	struct selection none;

	(void)state;
	assert_no_cause("lintgap", "did you mean \"lint-gap\"");
	assert_no_cause("", "no such name");
	/* a category is none */
	assert_no_cause("ocsp-failure", "no such name");
	taxonomy.scheme_len = SCHEME_CAUSES;
	assert_no_cause("lint-gap", "has no scheme of causes");
	memset(&none, 0, sizeof(none));
	assert_null(select_prepare(&none, &taxonomy));
	assert_true(select_cause(&none, &verdict));
	select_release(&none);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_not_asked, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_found, setup, teardown),
		cmocka_unit_test_setup_teardown(test_none, setup, teardown),
		cmocka_unit_test_setup_teardown(test_beside, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_evidence, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_select, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_no_cause, setup,
		    teardown)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
