/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <math.h>
#include <stdio.h>

#include "classify/fit.h"
#include "classify/logistic.h"
#include "classify/rules.h"
#include "tests/unit/rule_text.h"

/* Of three categories two have bugs enough; `a` and `b` have a rule each,
 * and there is one that says nothing true. */
#define FITS "<fit with=\"rules\" threshold=\"1\" offset=\"-3\" " \
	"slope=\"3\"/><fit with='neighbours' threshold='1' slope='3' " \
	"offset='-3' />"
#define LEARNT HEAD "<!-- <rule id=\"no\"> -->\n" \
	CATEGORY("id=\"a\" base=\"0.5\"", FITS) \
	CATEGORY("id=\"b\"", "") CATEGORY("id=\"few\" base=\"0.2\"", FITS) \
	REST RULE_OF("id=\"ra\" field=\"title\"", "aa", \
	"<vote weight = '1.0' for=\"a\"/>" VOTE("few", "0.50")) \
	"<!-- <vote -->" RULE_OF("id=\"rb\" field=\"title\"", \
	"<![CDATA[<vote for=\"a\" weight=\"1\"/>]]>", VOTE("b", "1") \
	VOTE("a", "0.3")) TAIL

enum { A, B, FEW };

static void
close_to(double got, double want)
{
	if (fabs(got - want) > 1e-4)
		fail_msg("%.7f, not %.7f", got, want);
}

/* The optimum was found by plain descent, in another program. */
static void
test_optimum(void **state)
{
	static const bool truth[] = { 1, 1, 0, 1, 0, 0, 1, 0, 1 };
	static const bool used[] = { 1, 1, 1, 1, 1, 1, 1, 1, 0 };
	static const size_t first[] = { 0, 1, 2, 3, 8 }, second[] = { 3, 4,
	    6 };
	struct logistic_feature features[] = {
		{ first, 5, { 3, 2, 0 }, false },
		{ second, 3, { 0, 2, 0 }, false }
	};
	double sums[9];
	struct logistic fit = { 9, truth, used, features, 2,
	    { -3, 0.2, 0 }, sums };

	(void)state;
	logistic_fit(&fit);
	close_to(fit.base.value, -1.8153131);
	close_to(features[0].term.value, 2.9529752);
	close_to(features[1].term.value, 0.3943411);
	/* One is given: where it is the optimum the others are too. */
	features[0].fixed = true;
	logistic_fit(&fit);
	close_to(features[0].term.value, 2.9529752);
	close_to(features[1].term.value, 0.3943411);
}

/* What a feature tells without fault stays finite. */
static void
test_separable(void **state)
{
	static const bool truth[] = { 1, 1, 0, 0 }, used[] = { 1, 1, 1, 1 };
	static const size_t cases[] = { 0, 1 };
	struct logistic_feature feature = { cases, 2, { 0, 2, 0 }, false };
	double sums[4];
	struct logistic fit = { 4, truth, used, &feature, 1,
	    { -3, 0.2, 0 }, sums };

	(void)state;
	logistic_fit(&fit);
	close_to(fit.base.value, -0.7421696);
	close_to(feature.term.value, 0.5483129);
}

static void
test_curve(void **state)
{
	static const bool truth[] = { 0, 0, 1, 0, 1, 1, 0, 0 };
	static const bool used[] = { 1, 1, 1, 1, 1, 1, 1, 1 };
	static const double scores[] = { 0, .5, 1, 1.5, 2, 2.5, 1, 0 };
	static const double far[] = { 0, 0, 1e4, 0, 1e4, 1e4, 0, 0 };
	struct logistic_curve curve = { 8, truth, used, scores,
	    { -3, 0.01, 0 }, { 3, 1.5, 0 } };

	(void)state;
	logistic_curve(&curve);
	close_to(curve.offset.value, -4.0893635);
	close_to(curve.slope.value, 2.9668564);
	curve.scores = far;
	logistic_curve(&curve);
	assert_true(isfinite(curve.offset.value));
	assert_true(isfinite(curve.slope.value));
}

/* `bugs` of them: every third is `a`, the others `b`; their rules match but
 * for every eighth bug. */
static struct fit *
learnt(const struct taxonomy *taxonomy, int64_t bugs)
{
	struct rule_hit item = { .rule = 0 };
	struct rule_hits hits = { .items = &item };
	int votes[4] = { 100, 0, 0, 0 };
	size_t gold;
	struct fit_bug bug = { 0, &hits, NULL, &gold, 1 };
	struct fit *fit;

	assert_null(fit_new(&fit, taxonomy));
	for (bug.bug = 1; bug.bug <= bugs; bug.bug++) {
		gold = bug.bug % 3 == 0 ? A : B;
		hits.len = bug.bug % 8 != 0;
		item.rule = gold;
		bug.neighbours = bug.bug % 2 != 0 ? votes : NULL;
		assert_null(fit_add(fit, &bug));
	}
	return fit;
}

static void
test_fit(void **state)
{
	struct fit_result first, second;
	struct taxonomy *taxonomy;
	struct fit *fits[2];
	const struct tax_category *categories;

	(void)state;
	put("a.xml", LEARNT, 0644);
	taxonomy = loaded(".");
	fits[0] = learnt(taxonomy, 90);
	fits[1] = learnt(taxonomy, 90);
	assert_null(fit_run(fits[0], &first));
	assert_null(fit_run(fits[1], &second));
	assert_int_equal(first.bugs, 90);
	assert_int_equal(first.categories, 2);
	assert_int_equal(first.votes, 3);
	assert_int_equal(first.after.measure.bugs, 90);
	/* All but those on which no rule matches. */
	assert_int_equal(first.after.measure.exact, 79);
	categories = first.taxonomy->categories;
	assert_true(first.taxonomy->rules[0].votes[0].weight > 1000);
	assert_int_equal(first.taxonomy->rules[0].votes[0].weight % FIT_GRID,
	    0);
	assert_true(first.taxonomy->rules[1].votes[1].weight < 300);
	/* Too few bugs; no fit; the given one is as it was. */
	assert_int_equal(first.taxonomy->rules[0].votes[1].weight, 500);
	assert_int_equal(categories[FEW].base, 200);
	assert_int_equal(categories[FEW].fit[TAX_FIT_RULES].slope, 3000);
	assert_int_equal(categories[B].fit[TAX_FIT_RULES].slope, 0);
	assert_int_not_equal(categories[A].fit[TAX_FIT_RULES].slope, 3000);
	assert_int_equal(categories[A].fit[TAX_FIT_RULES].threshold, 1000);
	assert_int_equal(taxonomy->rules[0].votes[0].weight, 1000);
	assert_int_equal(taxonomy->categories[A].base, 500);
	/* The same again. */
	assert_memory_equal(categories, second.taxonomy->categories,
	    taxonomy->category_len * sizeof(*categories));
	assert_memory_equal(&first.before, &second.before,
	    sizeof(first.before));
	assert_memory_equal(&first.after, &second.after,
	    sizeof(first.after));
	fit_free(fits[0]);
	fit_free(fits[1]);
	taxonomy_free(taxonomy);
}

static void
test_nothing(void **state)
{
	struct taxonomy *taxonomy;
	struct fit_result result;
	const struct err *err;
	struct fit *fit;
	int64_t bugs;

	(void)state;
	put("a.xml", LEARNT, 0644);
	taxonomy = loaded(".");
	for (bugs = 0; bugs <= 12; bugs += 12) {
		fit = learnt(taxonomy, bugs);
		err = fit_run(fit, &result);
		assert_non_null(err);
		assert_int_equal(err->kind, ERR_CHECK);
		assert_non_null(strstr(err->text, "nothing to learn from"));
		fit_free(fit);
	}
	taxonomy_free(taxonomy);
}

static const struct err *
keep(void *arg, const char *name, const char *data, size_t len)
{
	assert_string_equal(name, "a.xml");
	buf_add(arg, data, len);
	return NULL;
}

static const struct err *
stop(void *arg, const char *name, const char *data, size_t len)
{
	(void)arg, (void)name, (void)data, (void)len;
	return err_new(ERR_SYSTEM, "stopped");
}

/* The number of places that differ, the texts being put in at once. */
static void
assert_becomes(const struct taxonomy *taxonomy, const char *const (*places)
    [2], size_t len)
{
	struct buf got, want;
	const char *at = LEARNT, *next;
	size_t i;

	buf_init(&got, TAX_MAX_FILE);
	buf_init(&want, TAX_MAX_FILE);
	for (i = 0; i < len; i++) {
		next = strstr(at, places[i][0]);
		assert_non_null(next);
		buf_add(&want, at, (size_t)(next - at));
		buf_str(&want, places[i][1]);
		at = next + strlen(places[i][0]);
	}
	buf_str(&want, at);
	assert_null(taxonomy_renumber(taxonomy, ".", keep, &got));
	assert_string_equal(buf_text(&got), buf_text(&want));
	buf_release(&got);
	buf_release(&want);
}

static void
test_renumber(void **state)
{
	static const char *const places[][2] = {
		{ "base=\"0.5\"", "base=\"-0.25\"" },
		{ "offset=\"-3\" slope=\"3\"",
		    "offset=\"-2.5\" slope=\"3\"" },
		{ "slope='3' offset='-3'", "slope='4' offset='1.001'" },
		{ "id=\"b\"", "id=\"b\" base=\"1\"" },
		{ "weight = '1.0'", "weight = '0'" },
		{ "for=\"b\" weight=\"1\"", "for=\"b\" weight=\"-10\"" }
	};
	struct taxonomy *taxonomy = NULL;

	(void)state;
	put("a.xml", LEARNT, 0644);
	taxonomy = loaded(".");
	assert_becomes(taxonomy, NULL, 0);
	taxonomy->categories[A].base = -250;
	taxonomy->categories[A].fit[TAX_FIT_RULES].offset = -2500;
	taxonomy->categories[A].fit[TAX_FIT_NEIGHBOURS].slope = 4000;
	taxonomy->categories[A].fit[TAX_FIT_NEIGHBOURS].offset = 1001;
	taxonomy->categories[B].base = 1000;
	taxonomy->rules[0].votes[0].weight = 0;
	taxonomy->rules[1].votes[0].weight = -10000;
	assert_becomes(taxonomy, places, COUNT(places));
	assert_string_equal(taxonomy_renumber(taxonomy, ".", stop,
	    NULL)->text, "stopped");
	taxonomy_free(taxonomy);
}

/* Not the files that it was loaded from, or not written plainly. */
static void
test_other_files(void **state)
{
	static const char *const texts[] = {
		TAXONOMY(""),
		TAXONOMY(VOTING(VOTE("rest", "1"))),
		TAXONOMY(MATCHING("p") RULE("id=\"s\"")),
		TAXONOMY(RULE("id=\"&#114;\"")),
		TAXONOMY(RULE_OF("id=\"r\" field=\"title\"", "p",
		    VOTE("rest", "1") VOTE("x", "1")))
	};
	struct taxonomy *taxonomy;
	const struct err *err;
	struct buf out;
	size_t i;

	(void)state;
	put("a.xml", TAXONOMY(MATCHING("p")), 0644);
	taxonomy = loaded(".");
	buf_init(&out, TAX_MAX_FILE);
	for (i = 0; i < COUNT(texts); i++) {
		put("a.xml", texts[i], 0644);
		err = taxonomy_renumber(taxonomy, ".", keep, &out);
		/* The second differs in the pattern alone. */
		assert_true((err == NULL) == (i == 1));
		if (err != NULL)
			assert_int_equal(err->kind, ERR_CONFIG);
	}
	buf_release(&out);
	taxonomy_free(taxonomy);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_optimum),
		cmocka_unit_test(test_separable),
		cmocka_unit_test(test_curve),
		SCRATCH_TEST(test_fit),
		SCRATCH_TEST(test_nothing),
		SCRATCH_TEST(test_renumber),
		SCRATCH_TEST(test_other_files)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
