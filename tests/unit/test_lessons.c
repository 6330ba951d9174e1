/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "fetch/bug.h"
#include "classify/lessons.h"
#include "classify/rules.h"
#include "classify/verdict.h"

enum { LATE, KEYS, MANUAL, FACETS };
enum { REVOCATION, STATUS, OTHER, THEMES };

static struct tax_category categories[] = {
	{ .id = "leaf-revocation-delay" }, { .id = "crl-failure" },
	{ .id = "uncategorized", .residual = true },
};
static struct tax_row rows[] = {
	{ .id = "revocation" }, { .id = "status" }, { .id = "other" },
};
static size_t row_of[] = { REVOCATION, STATUS, OTHER };
static struct tax_scheme schemes[] = {
	{ .id = "themes", .rows = rows, .row_len = 3, .row_of = row_of,
	    .residual = OTHER },
};
static struct tax_facet facets[] = {
	[LATE] = { .id = "late", .theme = REVOCATION },
	[KEYS] = { .id = "keys", .theme = REVOCATION },
	[MANUAL] = { .id = "manual", .theme = STATUS,
	    .part = TAX_PART_CAUSE },
};
/* Two signs of the first facet, one of each of the others; and a rule that
 * tells none. */
static struct tax_rule rules[] = {
	{ .id = "late", .facet = LATE }, { .id = "late/2", .facet = LATE },
	{ .id = "keys", .facet = KEYS }, { .id = "manual", .facet = MANUAL },
	{ .id = "cause", .facet = SIZE_MAX },
};
static size_t both[] = { LATE, MANUAL };
static size_t never[] = { KEYS };
static struct tax_recommendation recommendations[] = {
	{ .id = "none", .facets = never, .facet_len = 1 },
	{ .id = "both", .facets = both, .facet_len = 2 },
};
static struct tax_owner owners[] = {
	{ .id = "a", .name = "Alpha" }, { .id = "b", .name = "Beta" },
};
static const char *headings[] = { "incident description" };
static const struct taxonomy taxonomy = {
	.sections = { [TAX_SECTION_DESCRIPTION] = { .id = "description",
	    .headings = headings, .heading_len = 1 } },
	.categories = categories, .category_len = 3, .residual = 2,
	.schemes = schemes, .scheme_len = 1, .facets = facets,
	.facet_len = FACETS, .rules = rules, .rule_len = 5,
	.recommendations = recommendations, .recommendation_len = 2,
	.owners = owners, .owner_len = 2,
};

/* Add a bug of those categories (up to two) and hits. */
static void
add(struct lessons *lessons, int64_t id, size_t owner, const size_t *labels,
    size_t label_len, const size_t *hit, size_t hit_len, bool before)
{
	struct rule_hit items[5];
	struct rule_hits hits = { .items = items, .len = hit_len };
	struct verdict verdict;
	struct bug bug;
	size_t i;

	memset(&verdict, 0, sizeof(verdict));
	memset(items, 0, sizeof(items));
	bug_init(&bug, BUG_MAX_BYTES);
	bug.id = id;
	assert_true(bug_set_text(&bug, BUG_SUMMARY, "Gamma: late", 11));
	verdict.owner.owner = owner;
	verdict.owner.prefix_len = 5;
	for (i = 0; i < label_len; i++) {
		verdict.labels[i].category = labels[i];
		verdict.labels[i].name = categories[labels[i]].id;
	}
	verdict.label_len = label_len;
	for (i = 0; i < hit_len; i++)
		items[i].rule = hit[i];
	assert_null(lessons_add(lessons, &bug, &verdict, &hits, before));
	bug_release(&bug);
}

static void
test_ranks(void **state)
{
	static const size_t leaf[] = { 0 }, crl[] = { 1 }, two[] = { 0, 1 };
	static const size_t late2[] = { 0, 1, 4 }, keys[] = { 2 };
	static const size_t late_keys[] = { 0, 2 }, all[] = { 1, 3 };
	const struct lesson_theme *theme;
	struct lessons lessons;

	(void)state;
	assert_null(lessons_init(&lessons, &taxonomy, NULL));
	/* both signs of a facet are one */
	add(&lessons, 1, 1, leaf, 1, late2, 3, false);
	add(&lessons, 2, 0, leaf, 1, late_keys, 2, false);
	/* a facet counts only in its own theme, and in each theme of a bug */
	add(&lessons, 3, 1, crl, 1, keys, 1, false);
	add(&lessons, 4, SIZE_MAX, two, 2, all, 2, false);
	/* the window before adds to no list */
	add(&lessons, 5, 0, leaf, 1, keys, 1, true);
	add(&lessons, 6, 0, crl, 1, NULL, 0, true);
	assert_null(lessons_finish(&lessons));
	assert_int_equal(lessons.incidents, 4);
	assert_int_equal(lessons.before, 2);

	theme = &lessons.themes[REVOCATION];
	assert_int_equal(theme->bug_len, 3);
	assert_int_equal(theme->before, 1);
	assert_int_equal(theme->facet_len[TAX_PART_OBSERVED], 2);
	assert_int_equal(theme->facets[TAX_PART_OBSERVED][0].facet, LATE);
	assert_int_equal(theme->facets[TAX_PART_OBSERVED][0].bug_len, 3);
	assert_int_equal(theme->facets[TAX_PART_OBSERVED][0].bugs[2], 4);
	assert_int_equal(theme->facets[TAX_PART_OBSERVED][0].before, 0);
	assert_int_equal(theme->facets[TAX_PART_OBSERVED][1].facet, KEYS);
	assert_int_equal(theme->facets[TAX_PART_OBSERVED][1].bug_len, 1);
	assert_int_equal(theme->facets[TAX_PART_OBSERVED][1].before, 1);
	assert_int_equal(theme->facet_len[TAX_PART_CAUSE], 0);
	/* by name where equally many; an unknown owner by its prefix */
	assert_int_equal(theme->owner_len, 3);
	assert_string_equal(theme->owners[0].name, "Alpha");
	assert_string_equal(theme->owners[1].name, "Beta");
	assert_string_equal(theme->owners[2].name, "Gamma");
	/* the newest bug of the most frequent facet, then the others */
	assert_int_equal(theme->quote_len, 3);
	assert_int_equal(theme->quotes[0].bug, 4);
	assert_int_equal(theme->quotes[1].facet, KEYS);

	theme = &lessons.themes[STATUS];
	assert_int_equal(theme->bug_len, 2);
	assert_int_equal(theme->facet_len[TAX_PART_OBSERVED], 0);
	assert_int_equal(theme->facet_len[TAX_PART_CAUSE], 1);
	assert_int_equal(lessons.themes[OTHER].bug_len, 0);

	/* a bug that supports a recommendation twice counts once */
	assert_int_equal(lessons.recommendation_len, 2);
	assert_int_equal(lessons.recommendations[0].recommendation, 1);
	assert_int_equal(lessons.recommendations[0].bug_len, 3);
	assert_int_equal(lessons.recommendations[0].facet_len, 2);
	assert_int_equal(lessons.recommendations[1].bug_len, 1);
	lessons_release(&lessons);
}

/* By the rows of another scheme: a facet counts wherever the bug stands. */
static void
test_groups(void **state)
{
	static struct tax_row group_rows[] = { { .id = "one" },
	    { .id = "two" } };
	static size_t group_of[] = { 0, 1, 1 };
	static const struct tax_scheme groups = { .id = "groups",
	    .rows = group_rows, .row_len = 2, .row_of = group_of,
	    .residual = 1 };
	static const size_t two[] = { 0, 1 }, crl[] = { 1 };
	static const size_t late_manual[] = { 0, 3 };
	struct lessons lessons;

	(void)state;
	assert_null(lessons_init(&lessons, &taxonomy, &groups));
	add(&lessons, 1, 0, two, 2, late_manual, 2, false);
	/* of another theme than the facet's */
	add(&lessons, 2, 0, crl, 1, late_manual, 1, false);
	assert_null(lessons_finish(&lessons));
	assert_int_equal(lessons.themes[0].facet_len[TAX_PART_OBSERVED], 1);
	assert_int_equal(lessons.themes[0].facet_len[TAX_PART_CAUSE], 1);
	assert_int_equal(lessons.themes[1].bug_len, 2);
	assert_int_equal(lessons.themes[1].facets[TAX_PART_OBSERVED][0]
	    .bug_len, 1);
	/* a bug in two groups supports once */
	assert_int_equal(lessons.recommendations[0].bug_len, 1);
	lessons_release(&lessons);
}

static void
test_no_lessons(void **state)
{
	struct taxonomy bare = taxonomy;
	struct lessons lessons;
	const struct err *err;

	(void)state;
	bare.lessons_scheme = SIZE_MAX;
	err = lessons_init(&lessons, &bare, NULL);
	assert_non_null(err);
	assert_int_equal(err->kind, ERR_CONFIG);
	lessons_release(&lessons);
}

static void
test_twice(void **state)
{
	static const size_t leaf[] = { 0 };
	struct lessons lessons;
	const struct err *err;

	(void)state;
	assert_null(lessons_init(&lessons, &taxonomy, NULL));
	add(&lessons, 7, 0, leaf, 1, NULL, 0, false);
	add(&lessons, 7, 0, leaf, 1, NULL, 0, false);
	err = lessons_finish(&lessons);
	assert_non_null(err);
	assert_int_equal(err->kind, ERR_DATA);
	lessons_release(&lessons);
}

#define HIT "HIT"

static void
test_quotes(void **state)
{
	static const struct {
		const char *text;	/* the hit is the word HIT */
		const char *quote;
	} cases[] = {
		{ "One thing. The second sentence has the HIT within it, "
		    "surely. A third one follows.",
		    "The second sentence has the HIT within it, surely." },
		/* a sentence may break over lines, and a blank line ends it */
		{ "All of the certificates were\nHIT before the day was over."
		    "\n\nMore.",
		    "All of the certificates were HIT before the day was "
		    "over." },
		{ "All of the certificates were HIT before the day\n\nwas "
		    "over, and then some more was.", NULL },
		/* an item begins anew, and its marker is no word of it */
		{ "- Nothing here\n- The monitor was **HIT** by a very "
		    "strange and [cold wave](https://b.example/1).\n",
		    "The monitor was HIT by a very strange and cold wave." },
		{ "1. The monitor was HIT by a very strange and cold wave.",
		    "The monitor was HIT by a very strange and cold wave." },
		/* abbreviations and versions end nothing */
		{ "The tool, e.g. version 1.2 of it, was HIT by the change "
		    "of i.e. last week.",
		    "The tool, e.g. version 1.2 of it, was HIT by the change "
		    "of i.e. last week." },
		/* the name of a field is no word of the sentence */
		{ "**Incident description:** The monitor was HIT by a very "
		    "strange and cold wave.",
		    "The monitor was HIT by a very strange and cold wave." },
		{ "Incident description\nThe monitor was HIT by a very "
		    "strange and cold wave.",
		    "The monitor was HIT by a very strange and cold wave." },
		{ "Nobody saw this: the monitor was HIT by a strange and cold "
		    "wave.",
		    "Nobody saw this: the monitor was HIT by a strange and "
		    "cold wave." },
		/* what nobody would quote */
		{ "Were all of the certificates HIT before the day was "
		    "really over?", NULL },
		{ "# The heading of this long section is a HIT of a kind.",
		    NULL },
		{ "> Somebody else said that the certificates were a HIT, "
		    "sure.", NULL },
		{ "| a row of a table | that is HIT by | something or other."
		    " |", NULL },
		{ "Too short HIT.", NULL },
		{ "begins in the middle of a longer sentence that was HIT by "
		    "it.", NULL },
		{ "This one ends in the middle because the text was cut HIT "
		    "at the", NULL },
		{ "See https://b.example/ for the list of those that were "
		    "HIT by it.", NULL },
		{ "The bracket (is never closed and so the HIT is not fit "
		    "for it.", NULL },
	};
	struct lesson_words quote;
	struct lessons lessons;
	struct comment *comment;
	const char *hit;
	struct bug bug;
	size_t i;

	(void)state;
	assert_null(lessons_init(&lessons, &taxonomy, NULL));
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		bug_init(&bug, BUG_MAX_BYTES);
		comment = bug_add_comment(&bug);
		assert_non_null(comment);
		comment->number = 2;
		comment->text = cases[i].text;
		comment->text_len = strlen(cases[i].text);
		hit = strstr(cases[i].text, HIT);
		assert_non_null(hit);
		memset(&quote, 0, sizeof(quote));
		quote.comment = 2;
		quote.start = (size_t)(hit - cases[i].text);
		quote.end = quote.start + strlen(HIT);
		assert_null(lessons_quote(&lessons, &quote, &bug));
		if (cases[i].quote == NULL)
			assert_null(quote.text);
		else
			assert_non_null(quote.text);
		if (cases[i].quote != NULL)
			assert_string_equal(quote.text, cases[i].quote);
		/* a comment that is not there, or is shorter than it was */
		quote.text = NULL;
		quote.end = comment->text_len + 1;
		assert_null(lessons_quote(&lessons, &quote, &bug));
		assert_null(quote.text);
		quote.comment = 3;
		assert_null(lessons_quote(&lessons, &quote, &bug));
		assert_null(quote.text);
		bug_release(&bug);
	}
	lessons_release(&lessons);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ranks),
		cmocka_unit_test(test_groups),
		cmocka_unit_test(test_no_lessons),
		cmocka_unit_test(test_twice),
		cmocka_unit_test(test_quotes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
