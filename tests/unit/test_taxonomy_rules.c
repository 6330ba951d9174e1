/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "taxonomy/taxonomy.h"
#include "tests/unit/rule_text.h"

/* Two categories, x and rest, and a scheme with rows q and r. */
#define BOTH HEAD CATEGORY("id=\"x\"", "") REST
#define ROWS ROW("id=\"q\"", REF("x")) \
	ROW("id=\"r\" residual=\"true\"", REF("rest"))

static int64_t
day(const char *text)
{
	int64_t result;

	assert_true(date_parse_day(text, strlen(text), &result));
	return result;
}

/* What is in the file is in the structs. */
static void
test_reading(void **state)
{
	const struct tax_rule *rule;
	struct taxonomy *taxonomy;

	(void)state;
	put("a.xml", BOTH
	    "<rule id=\"late\" field=\"first\" from=\"2023-09-01\" "
	    "until=\"2024-12-31\" needs=\"b  a\" bars=\" c\" "
	    "case=\"exact\">\n"
	    "<pattern>\n  late </pattern>"
	    VOTE("rest", "-1.25") VOTE("x", "2")
	    "<yes> late\n again </yes><no>soon</no><why>As it is.</why>"
	    "</rule>\n"
	    RULE("id=\"a\"") RULE("id=\"b\"") RULE("id=\"c\"") TAIL, 0644);
	taxonomy = loaded(".");
	assert_int_equal(taxonomy->rule_len, 4);
	rule = &taxonomy->rules[0];
	assert_string_equal(rule->id, "late");
	assert_int_equal(rule->field, TAX_FIELD_FIRST);
	assert_string_equal(rule->pattern, "late");
	assert_true(rule->exact);
	assert_true(rule->from == day("2023-09-01"));
	assert_true(rule->until == day("2024-12-31"));
	assert_int_equal(rule->need_len, 2);
	assert_int_equal(rule->needs[0], 2);
	assert_int_equal(rule->needs[1], 1);
	assert_int_equal(rule->bar_len, 1);
	assert_int_equal(rule->bars[0], 3);
	assert_int_equal(rule->vote_len, 2);
	assert_int_equal(rule->votes[0].target, 1);
	assert_int_equal(rule->votes[0].weight, -1250);
	assert_int_equal(rule->votes[1].target, 0);
	assert_int_equal(rule->votes[1].weight, 2000);
	assert_true(rule->scheme == SIZE_MAX);
	assert_string_equal(rule->yes, "late again");
	assert_string_equal(rule->no, "soon");
	assert_string_equal(rule->why, "As it is.");
	assert_string_equal(rule->file, "a.xml");
	assert_int_equal(rule->line, 4);

	rule = &taxonomy->rules[1];
	assert_string_equal(rule->id, "a");
	assert_int_equal(rule->field, TAX_FIELD_TITLE);
	assert_false(rule->exact);
	assert_true(rule->from == DATE_NONE);
	assert_true(rule->until == INT64_MAX);
	assert_int_equal(rule->need_len, 0);
	assert_int_equal(rule->bar_len, 0);
	assert_null(rule->why);
	taxonomy_free(taxonomy);
}

static void
test_fields(void **state)
{
	static const char *const fields[] = {
		"title", "summary", "owner", "words", "first",
		"section\" section=\"other", "ca", "text"
	};
	struct taxonomy *taxonomy;
	struct buf buf;
	size_t i;

	(void)state;
	buf_init(&buf, 1 << 16);
	buf_str(&buf, HEAD REST);
	for (i = 0; i < COUNT(fields); i++)
		buf_fmt(&buf, RULE_OF("id=\"r%zu\" field=\"%s\"", "p",
		    VOTE("rest", "1")), i, fields[i]);
	buf_str(&buf, TAIL);
	put("a.xml", buf_text(&buf), 0644);
	buf_release(&buf);
	taxonomy = loaded(".");
	assert_int_equal(taxonomy->rule_len, COUNT(fields));
	for (i = 0; i < COUNT(fields); i++)
		assert_int_equal(taxonomy->rules[i].field, i);
	taxonomy_free(taxonomy);
}

static void
test_numbers(void **state)
{
	static const struct {
		const char *text;
		int want;
	} cases[] = {
		{ "0", 0 }, { "-0", 0 }, { "1", 1000 }, { "0.6", 600 },
		{ "-0.05", -50 }, { "1.234", 1234 }, { "-1.001", -1001 },
		{ "007", 7000 }, { "100", 100000 }, { "-100.000", -100000 },
		{ " 2.50 ", 2500 }
	};
	struct taxonomy *taxonomy;
	char text[512];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		snprintf(text, sizeof(text), TAXONOMY(VOTING(VOTE("rest",
		    "%s"))), cases[i].text);
		put("a.xml", text, 0644);
		taxonomy = loaded(".");
		assert_int_equal(taxonomy->rules[0].votes[0].weight,
		    cases[i].want);
		taxonomy_free(taxonomy);
	}
}

static void
assert_fit(const struct tax_fit *fit, int threshold, int offset, int slope)
{
	assert_int_equal(fit->threshold, threshold);
	assert_int_equal(fit->offset, offset);
	assert_int_equal(fit->slope, slope);
}

static void
test_scoring(void **state)
{
	const struct tax_category *categories;
	const struct tax_neighbours *neighbours;
	const struct tax_scheme *scheme;
	struct taxonomy *taxonomy;

	(void)state;
	put("a.xml", HEAD CATEGORY("id=\"x\" base=\"-0.45\"",
	    "<fit with=\"neighbours\" threshold=\"1.5\" offset=\"-2\" "
	    "slope=\"3\"/><fit with=\"rules\" threshold=\"0.75\" "
	    "offset=\"-2.1\" slope=\"3.4\"/><spelling>y</spelling>")
	    CATEGORY("id=\"w\"", "<fit with=\"rules\" threshold=\"-2\"/>")
	    REST "<scheme id=\"s\" heading=\"H\" floor=\"0.25\">"
	    "<title>T</title>\n"
	    ROW("id=\"q\" base=\"0.3\"", "<note>N</note><fit with=\"rules\" "
	    "threshold=\"2\" offset=\"-1\" slope=\"0.5\"/>" REF("x")
	    REF("w")) ROW("id=\"r\" residual=\"true\"", REF("rest"))
	    "</scheme><scoring floor=\"-0.3\"/><neighbours count=\"20\" "
	    "power=\"3\" epsilon=\"0.03\" weight=\"0.167\" first=\"0.5\" "
	    "prefix=\"6\"/>" TAIL, 0644);
	taxonomy = loaded(".");
	categories = taxonomy->categories;
	assert_int_equal(categories[0].base, -450);
	assert_fit(&categories[0].fit[TAX_FIT_RULES], 750, -2100, 3400);
	assert_fit(&categories[0].fit[TAX_FIT_NEIGHBOURS], 1500, -2000, 3000);
	assert_int_equal(categories[0].spelling_len, 1);
	/* One fit stands for both, and none for the default. */
	assert_int_equal(categories[1].base, 0);
	assert_fit(&categories[1].fit[TAX_FIT_RULES], -2000, 0, 0);
	assert_fit(&categories[1].fit[TAX_FIT_NEIGHBOURS], -2000, 0, 0);
	assert_fit(&categories[2].fit[TAX_FIT_RULES], TAX_THRESHOLD, 0, 0);
	assert_fit(&categories[2].fit[TAX_FIT_NEIGHBOURS], TAX_THRESHOLD, 0,
	    0);
	scheme = &taxonomy->schemes[0];
	assert_int_equal(scheme->floor, 250);
	assert_int_equal(scheme->rows[0].base, 300);
	assert_fit(&scheme->rows[0].fit, 2000, -1000, 500);
	assert_string_equal(scheme->rows[0].note, "N");
	assert_int_equal(scheme->row_of[1], 0);
	assert_int_equal(scheme->rows[1].base, 0);
	assert_fit(&scheme->rows[1].fit, TAX_THRESHOLD, 0, 0);
	assert_false(scheme->ruled);
	assert_int_equal(taxonomy->floor, -300);
	neighbours = &taxonomy->neighbours;
	assert_int_equal(neighbours->count, 20);
	assert_int_equal(neighbours->power, 3);
	assert_int_equal(neighbours->epsilon, 30);
	assert_int_equal(neighbours->weight, 167);
	assert_int_equal(neighbours->first, 500);
	assert_int_equal(neighbours->prefix, 6);
	taxonomy_free(taxonomy);

	/* Left out. */
	put("a.xml", BOTH SCHEME(ROWS) TAIL, 0644);
	taxonomy = loaded(".");
	assert_int_equal(taxonomy->floor, INT_MAX);
	assert_int_equal(taxonomy->schemes[0].floor, INT_MAX);
	assert_int_equal(taxonomy->neighbours.count, 0);
	assert_int_equal(taxonomy->neighbours.first, TAX_FIRST);
	assert_int_equal(taxonomy->neighbours.prefix, TAX_PREFIX);
	assert_int_equal(taxonomy->rule_len, 0);
	taxonomy_free(taxonomy);
}

/* Schemes with rules of their own; files may come in any order. */
static void
test_schemes(void **state)
{
	const struct tax_scheme *scheme;
	struct taxonomy *taxonomy;

	(void)state;
	put("a.xml", HEAD RULE_OF("id=\"t\" scheme=\"u\" field=\"title\"",
	    "p", VOTE("r", "1")) RULE("id=\"u\" needs=\"t\"") TAIL, 0644);
	put("b.xml", "<taxonomy>\n"
	    SCHEME(ROWS "<given category=\"x\">" VOTE("r", "0.5")
	    VOTE("q", "-0.5") "</given>\n<given category=\"rest\">"
	    VOTE("q", "1") "</given>\n")
	    "<scheme id=\"u\" heading=\"H\"><title>T</title>" ROWS
	    "</scheme>\n"
	    "<scheme id=\"v\" heading=\"H\"><title>T</title>" ROWS
	    "</scheme>\n" TAIL, 0644);
	put("c.xml", "<taxonomy>" CATEGORY("id=\"x\"", "") REST TAIL, 0644);
	taxonomy = loaded(".");
	scheme = &taxonomy->schemes[0];
	assert_true(scheme->ruled);
	assert_int_equal(scheme->given_len, 2);
	assert_int_equal(scheme->givens[0].category, 0);
	assert_int_equal(scheme->givens[0].vote_len, 2);
	assert_int_equal(scheme->givens[0].votes[0].target, 1);
	assert_int_equal(scheme->givens[0].votes[0].weight, 500);
	assert_int_equal(scheme->givens[0].votes[1].target, 0);
	assert_int_equal(scheme->givens[0].votes[1].weight, -500);
	assert_int_equal(scheme->givens[0].line, 5);
	assert_int_equal(scheme->givens[1].category, 1);
	assert_int_equal(scheme->row_of[0], 0);
	assert_true(taxonomy->schemes[1].ruled);
	assert_int_equal(taxonomy->schemes[1].given_len, 0);
	assert_false(taxonomy->schemes[2].ruled);
	assert_int_equal(taxonomy->rules[0].scheme, 1);
	assert_int_equal(taxonomy->rules[0].votes[0].target, 1);
	assert_int_equal(taxonomy->rules[1].needs[0], 0);
	taxonomy_free(taxonomy);
}

/* Patterns: what blanks count, and what macros become. */
static void
test_patterns(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		/* Blanks, and line breaks with those around them. */
		{ "a b", "a b" },
		{ "a  b\t c", "a  b\t c" },
		{ " \n a|\n   b \n", "a|b" },
		{ "a b|\n\n  c  d\n", "a b|c  d" },
		{ "a <!-- why --> b", "a  b" },
		{ "a\n<!-- why -->\n|b", "a|b" },
		{ "<![CDATA[a<b&]]>|c", "a<b&|c" },
		{ "a&amp;b", "a&b" },
		{ "caf\u00e9", "caf\u00e9" },
		/* Macros. */
		{ "{A}", "(?:late|slow)" },
		{ "x{A}?y", "x(?:late|slow)?y" },
		{ "{A}{A}", "(?:late|slow)(?:late|slow)" },
		{ "{B_2}", "(?:non-(?:late|slow))" },
		{ "\\b{A}\\b", "\\b(?:late|slow)\\b" },
		{ "\\\\{A}", "\\\\(?:late|slow)" },
		{ "[{]", "[{]" },
		/* Braces that are none. */
		{ "a{2}b{2,}c{2,3}d{,3}", "a{2}b{2,}c{2,3}d{,3}" },
		{ "\\{A}", "\\{A}" },
		{ "\\{x", "\\{x" },
		{ "\\x{2D}\\p{Lu}\\P{L}", "\\x{2D}\\p{Lu}\\P{L}" },
		{ "\\N{U+2D}\\k{name}\\g{name}\\o{17}",
		    "\\N{U+2D}\\k{name}\\g{name}\\o{17}" },
		{ "{}", "{}" },
		{ "a{", "a{" },
		{ "a\\", "a\\" }
	};
	struct taxonomy *taxonomy;
	char text[1024];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		/* A rule may come before the macros that it uses. */
		snprintf(text, sizeof(text), TAXONOMY(MATCHING("%s")
		    MACRO("A", " late|\n slow ")
		    MACRO("B_2", "non-{A}")), cases[i].text);
		put("a.xml", text, 0644);
		taxonomy = loaded(".");
		assert_string_equal(taxonomy->rules[0].pattern,
		    cases[i].want);
		taxonomy_free(taxonomy);
	}
}

/* Macros from several files, in the order in which these are read. */
static void
test_macro_files(void **state)
{
	struct taxonomy *taxonomy;

	(void)state;
	put("a.xml", TAXONOMY(MATCHING("{B}") MACRO("A", "a")), 0644);
	put("b.xml", "<taxonomy>" MACRO("B", "{A}b") TAIL, 0644);
	taxonomy = loaded(".");
	assert_string_equal(taxonomy->rules[0].pattern, "(?:(?:a)b)");
	taxonomy_free(taxonomy);
	put("a.xml", TAXONOMY(MATCHING("{B}") MACRO("A", "{B}")), 0644);
	assert_faulty("./a.xml:4: {B}: the macro comes only later "
	    "(./b.xml:1)");
}

/* Ten thousand rules, each needing the one before, are read at once. */
static void
test_many(void **state)
{
	enum { MANY = 10000 };
	struct taxonomy *taxonomy;
	struct buf buf;
	clock_t begun;
	size_t i;

	(void)state;
	buf_init(&buf, TAX_MAX_FILE);
	buf_str(&buf, BOTH MACRO("M", "revo(?:cation|ke|ked|king)"));
	buf_str(&buf, RULE("id=\"r0\""));
	for (i = 1; i < MANY; i++)
		buf_fmt(&buf, RULE_OF("id=\"r%zu\" field=\"title\" "
		    "needs=\"r%zu\" bars=\"r%zu\"", "late {M} of number %zu",
		    VOTE("x", "1") VOTE("rest", "-1")), i, i - 1,
		    (i + MANY / 2) % MANY, i);
	buf_str(&buf, TAIL);
	assert_null(buf_error(&buf, "rules"));
	put("a.xml", buf_text(&buf), 0644);
	buf_release(&buf);
	begun = clock();
	taxonomy = loaded(".");
	begun = clock() - begun;
	assert_int_equal(taxonomy->rule_len, MANY);
	assert_int_equal(taxonomy->rules[MANY - 1].needs[0], MANY - 2);
	taxonomy_free(taxonomy);
	print_message("%d rules: %.3f s\n", MANY,
	    (double)begun / CLOCKS_PER_SEC);
	assert_true(begun < CLOCKS_PER_SEC);
}

/* Long lists of companions and of votes cost no more than their length. */
static void
test_long_lists(void **state)
{
	/* A start tag may have 8 KiB: see xml_guard.h. */
	enum { LONG_LIST = 20000, LONG_NEEDS = 1000 };
	struct heard heard = { .want = "is the second vote" };
	struct taxonomy *taxonomy;
	struct buf buf;
	clock_t begun;
	size_t i, faults;

	(void)state;
	buf_init(&buf, TAX_MAX_FILE);
	buf_str(&buf, HEAD REST "<rule id=\"all\" field=\"title\" needs=\"");
	for (i = 0; i < LONG_NEEDS; i++)
		buf_fmt(&buf, "%sr%zu", i > 0 ? " " : "", i);
	buf_str(&buf, "\">" PATTERN("p"));
	for (i = 0; i < LONG_LIST; i++)
		buf_str(&buf, VOTE("rest", "1"));
	buf_str(&buf, EXAMPLES "</rule>\n");
	for (i = 0; i < LONG_LIST - 1; i++)
		buf_fmt(&buf, RULE("id=\"r%zu\""), i);
	buf_str(&buf, TAIL);
	assert_null(buf_error(&buf, "rules"));
	put("a.xml", buf_text(&buf), 0644);
	buf_release(&buf);
	begun = clock();
	assert_null(taxonomy_check(".", hear, &heard, &faults));
	assert_true(clock() - begun < 2 * CLOCKS_PER_SEC);
	assert_int_equal(faults, LONG_LIST - 1);
	assert_int_equal(heard.found, faults);
	assert_fails(taxonomy_load(&taxonomy, "."), ERR_CONFIG, "./a.xml:3");
}

static void
assert_strings(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		assert_ptr_equal(a, b);
	else
		assert_string_equal(a, b);
}

static void
assert_same_votes(const struct tax_vote *a, size_t a_len,
    const struct tax_vote *b, size_t b_len)
{
	size_t i;

	assert_int_equal(a_len, b_len);
	for (i = 0; i < a_len; i++) {
		assert_int_equal(a[i].target, b[i].target);
		assert_int_equal(a[i].weight, b[i].weight);
	}
}

static void
assert_same_rules(const struct taxonomy *a, const struct taxonomy *b)
{
	size_t i;

	assert_int_equal(a->rule_len, b->rule_len);
	for (i = 0; i < a->rule_len; i++) {
		const struct tax_rule *x = &a->rules[i], *y = &b->rules[i];

		assert_string_equal(x->id, y->id);
		assert_int_equal(x->stage, y->stage);
		assert_int_equal(x->field, y->field);
		assert_true(x->sections == y->sections);
		assert_true(x->facet == y->facet);
		assert_string_equal(x->pattern, y->pattern);
		assert_int_equal(x->exact, y->exact);
		assert_true(x->from == y->from && x->until == y->until);
		assert_int_equal(x->need_len, y->need_len);
		assert_int_equal(x->bar_len, y->bar_len);
		assert_same_votes(x->votes, x->vote_len, y->votes,
		    y->vote_len);
		assert_true(x->scheme == y->scheme);
		assert_string_equal(x->yes, y->yes);
		assert_string_equal(x->no, y->no);
		assert_strings(x->why, y->why);
		assert_string_equal(x->file, y->file);
		assert_int_equal(x->line, y->line);
	}
}

/* What is left without reports is as in the whole. */
static void
test_labels_alone(void **state)
{
	struct taxonomy *labels, *whole;
	char path[PATH_MAX];
	size_t i;

	(void)state;
	whole = loaded(NULL);
	assert_null(taxonomy_load_labels(&labels, NULL));
	assert_string_equal(labels->sha256, whole->sha256);
	assert_string_equal(labels->version, whole->version);
	assert_int_equal(labels->category_len, whole->category_len);
	assert_int_equal(labels->mark_len, whole->mark_len);
	assert_int_equal(labels->component_len, whole->component_len);
	assert_int_equal(labels->inclusion_len, whole->inclusion_len);
	assert_int_equal(labels->owner_len, whole->owner_len);
	assert_int_equal(labels->name_len, whole->name_len);
	assert_int_equal(labels->scheme_len + 1, whole->scheme_len);
	for (i = 0; i < labels->scheme_len; i++)
		assert_non_null(taxonomy_scheme(whole,
		    labels->schemes[i].id));
	for (i = 0; i < labels->rule_len; i++) {
		assert_string_equal(labels->rules[i].id, whole->rules[i].id);
		assert_int_equal(whole->rules[i].stage, TAX_STAGE_LABELS);
		/* Else taxonomy_load_labels must read reports.xml. */
		assert_int_not_equal(whole->rules[i].field,
		    TAX_FIELD_SECTION);
	}
	for (; i < whole->rule_len; i++)
		assert_int_not_equal(whole->rules[i].stage, TAX_STAGE_LABELS);
	assert_null(taxonomy_causes(labels));
	assert_int_equal(labels->facet_len, 0);
	assert_int_equal(labels->party_len, 0);
	taxonomy_free(labels);
	taxonomy_free(whole);

	assert_true(snprintf(path, sizeof(path), "%s/taxonomy", home) <
	    (int)sizeof(path));
	assert_null(taxonomy_load_labels(&labels, path));
	assert_non_null(taxonomy_causes(labels));
	taxonomy_free(labels);
}

/* The program carries the rules that lie in the folder. */
static void
test_builtin_is_folder(void **state)
{
	struct taxonomy *builtin, *folder;
	const struct tax_scheme *x, *y;
	char path[PATH_MAX];
	size_t i, j;

	(void)state;
	assert_true(snprintf(path, sizeof(path), "%s/taxonomy", home) <
	    (int)sizeof(path));
	builtin = loaded(NULL);
	folder = loaded(path);
	assert_same_rules(builtin, folder);
	for (i = 0; i < builtin->category_len; i++) {
		assert_int_equal(builtin->categories[i].base,
		    folder->categories[i].base);
		for (j = 0; j < TAX_FIT__MAX; j++)
			assert_fit(&builtin->categories[i].fit[j],
			    folder->categories[i].fit[j].threshold,
			    folder->categories[i].fit[j].offset,
			    folder->categories[i].fit[j].slope);
	}
	for (i = 0; i < builtin->scheme_len; i++) {
		x = &builtin->schemes[i];
		y = &folder->schemes[i];
		assert_int_equal(x->ruled, y->ruled);
		assert_int_equal(x->floor, y->floor);
		assert_int_equal(x->given_len, y->given_len);
		for (j = 0; j < x->given_len; j++)
			assert_same_votes(x->givens[j].votes,
			    x->givens[j].vote_len, y->givens[j].votes,
			    y->givens[j].vote_len);
	}
	assert_int_equal(builtin->floor, folder->floor);
	assert_memory_equal(&builtin->neighbours, &folder->neighbours,
	    sizeof(builtin->neighbours));
	taxonomy_free(folder);
	taxonomy_free(builtin);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(test_reading),
		SCRATCH_TEST(test_fields),
		SCRATCH_TEST(test_numbers),
		SCRATCH_TEST(test_scoring),
		SCRATCH_TEST(test_schemes),
		SCRATCH_TEST(test_patterns),
		SCRATCH_TEST(test_macro_files),
		SCRATCH_TEST(test_many),
		SCRATCH_TEST(test_long_lists),
		SCRATCH_TEST(test_labels_alone),
		SCRATCH_TEST(test_builtin_is_folder)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
