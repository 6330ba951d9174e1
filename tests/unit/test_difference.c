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
#include "classify/difference.h"
#include "classify/judge.h"
#include "tests/unit/small_taxonomy.h"

/* One side: a taxonomy of its own, whose rules have all matched. */
struct side {
	struct taxonomy taxonomy;
	struct tax_category categories[COUNT(small_categories)];
	struct score scores[COUNT(small_categories)];
	struct rule_hit hits[4];
	struct judge judge;
	struct verdict verdict;
	struct difference_side side;
};

static struct side a, b;

static struct tax_vote ocsp_1[] = { { OCSP, 1000 }, { LEAF, -500 } };
static struct tax_vote ocsp_2[] = { { OCSP, 1200 } };
static struct tax_vote leaf_1[] = { { LEAF, 700 } };
static struct tax_rule before[] = {
	{ .id = "ocsp", .votes = ocsp_1, .vote_len = 2, .scheme = SIZE_MAX },
	{ .id = "old", .votes = leaf_1, .vote_len = 1, .scheme = SIZE_MAX },
	{ .id = "row", .votes = leaf_1, .vote_len = 1, .scheme = 1 }
};
static struct tax_rule after[] = {
	{ .id = "new", .votes = leaf_1, .vote_len = 1, .scheme = SIZE_MAX },
	{ .id = "ocsp", .votes = ocsp_2, .vote_len = 1, .scheme = SIZE_MAX }
};

static void
make(struct side *side, struct tax_rule *rules, size_t len,
    const char *board)
{
	size_t i;

	memset(side, 0, sizeof(*side));
	side->taxonomy = small_taxonomy;
	memcpy(side->categories, small_categories, sizeof(small_categories));
	side->taxonomy.categories = side->categories;
	side->taxonomy.rules = rules;
	side->taxonomy.rule_len = len;
	for (i = 0; i < COUNT(side->scores); i++)
		side->scores[i].threshold = 1000;
	side->judge.taxonomy = &side->taxonomy;
	side->judge.categories = side->scores;
	side->judge.hits.items = side->hits;
	side->judge.hits.len = len;
	for (i = 0; i < len; i++)
		side->hits[i].rule = i;
	whiteboard_read(board, &small_taxonomy, 7, NULL,
	    &side->verdict.board);
	side->side.judge = &side->judge;
	side->side.verdict = &side->verdict;
}

static void
give(struct side *side, size_t category)
{
	struct label *label;

	label = &side->verdict.labels[side->verdict.label_len++];
	label->category = category;
	label->name = small_categories[category].id;
}

static void
assert_why(const char *expected)
{
	struct buf why;

	buf_init(&why, 4096);
	assert_int_equal(difference_inferred(&a.side, &b.side, &why),
	    expected[0] != '\0');
	assert_string_equal(buf_text(&why), expected);
	buf_release(&why);
}

static void
test_inferred(void **state)
{
	(void)state;
	make(&a, before, COUNT(before), "");
	make(&b, after, COUNT(after), "");
	assert_why("");
	give(&a, OCSP);
	give(&a, DISCLOSURE);
	give(&b, DISCLOSURE);
	give(&b, OCSP);
	/* in another order, but the same */
	assert_why("");
	give(&b, LEAF);
	assert_why("leaf-revocation-delay: -ocsp -0.500, -old 0.700, "
	    "+new 0.700\n");
	b.verdict.label_len = 1;
	b.scores[OCSP].threshold = 1500;
	b.categories[OCSP].base = -100;
	assert_why("ocsp-failure: ocsp 1.000 to 1.200, threshold 1.000 to "
	    "1.500, base 0.000 to -0.100\n");
	give(&a, OV);
	give(&b, LEAF);
	assert_why("ocsp-failure: ocsp 1.000 to 1.200, threshold 1.000 to "
	    "1.500, base 0.000 to -0.100\n"
	    "ov-misissuance: given only where none reaches its threshold\n"
	    "leaf-revocation-delay: -ocsp -0.500, -old 0.700, +new 0.700\n");
}

/* A category that one of them does not have. */
static void
test_categories(void **state)
{
	(void)state;
	make(&a, before, COUNT(before), "");
	make(&b, after, COUNT(after), "");
	b.categories[OCSP].id = "responder-failure";
	give(&a, OCSP);
	give(&b, OCSP);
	b.verdict.labels[0].name = "responder-failure";
	assert_why("ocsp-failure: no category any more\n"
	    "responder-failure: a new category\n");
}

static void
test_tagged(void **state)
{
	static const struct {
		const char *before, *after;
		bool differ;
	} cases[] = {
		{ "", "", false },
		{ "[ocsp-failure] [zebra]", "[zebra] [ocsp-failure]", false },
		{ "[ocsp-failure]", "[ocsp-failure] [zebra]", true },
		{ "[ocsp-failure] [zebra]", "[ocsp-failure]", true },
		{ "[ocsp-failure]", "[zebra]", true },
		{ "[covid-19]", "", false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		make(&a, before, COUNT(before), cases[i].before);
		make(&b, after, COUNT(after), cases[i].after);
		if (difference_tagged(&a.side, &b.side) != cases[i].differ)
			fail_msg("case %zu", i);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_inferred),
		cmocka_unit_test(test_categories),
		cmocka_unit_test(test_tagged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
