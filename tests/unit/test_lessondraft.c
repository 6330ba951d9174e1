/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "taxonomy/taxonomy.h"
#include "tests/unit/rule_text.h"

/* On lines 3 to 5; what follows begins on line 6. */
#define THEMES SCHEME(ROW("id=\"q\" residual=\"true\"", REF("rest")))
#define LESSONS(text) THEMES "<lessons scheme=\"s\">\n" text "</lessons>\n"
#define SIGN_OF(attributes) "<sign " attributes ">" PATTERN("p") EXAMPLES \
	"</sign>\n"
#define SIGN SIGN_OF("field=\"text\"")
#define FACET_OF(attributes, signs) "<facet " attributes "><phrase>P" \
	"</phrase><problem>Q</problem>\n" signs "</facet>\n"
#define FACET(id) FACET_OF("id=\"" id "\" theme=\"q\" part=\"cause\"", SIGN)
#define ADVISE(id, refs) "<recommendation id=\"" id "\" title=\"T\">" \
	"<text>Do it.</text>" refs "</recommendation>\n"
#define SUPPORT(id) "<facet ref=\"" id "\"/>"
/* Also on lines 3 to 5. */
#define CAUSES(rows) "<scheme id=\"c\" heading=\"H\" causes=\"true\">" \
	"<title>T</title>\n" ROW("id=\"none\" residual=\"true\"", "") rows \
	"</scheme>\n"
#define ABOUT(id, rest) RULE_OF("id=\"" id "\" scheme=\"c\" " \
	"field=\"section\" section=\"factor root-cause\" " rest, "p", \
	VOTE("none", "1"))

/* Rules stand in the order of their stages, whatever the files say. */
static void
test_stages(void **state)
{
	const struct tax_scheme *causes;
	const struct tax_rule *rules;
	struct taxonomy *taxonomy;

	(void)state;
	put("a.xml", TAXONOMY(CAUSES("") ABOUT("one", "")
	    RULE("id=\"label\" needs=\"other\"") LESSONS(FACET("facet"))
	    ABOUT("two", "needs=\"one\"")
	    RULE_OF("id=\"other\" scheme=\"s\" field=\"section\" "
	    "section=\"impact\"", "p", VOTE("q", "1"))), 0644);
	taxonomy = loaded(".");
	causes = taxonomy_causes(taxonomy);
	assert_ptr_equal(causes, taxonomy_scheme(taxonomy, "c"));
	assert_true(causes->causes);
	assert_true(causes->ruled);
	assert_int_equal(causes->row_of[0], causes->residual);
	assert_int_equal(taxonomy->rule_len, 5);
	rules = taxonomy->rules;
	assert_string_equal(rules[0].id, "label");
	assert_int_equal(rules[0].stage, TAX_STAGE_LABELS);
	assert_int_equal(rules[0].needs[0], 1);
	assert_true(rules[0].scheme == SIZE_MAX);
	assert_true(rules[0].facet == SIZE_MAX);
	assert_string_equal(rules[1].id, "other");
	assert_int_equal(rules[1].stage, TAX_STAGE_LABELS);
	assert_true(rules[1].sections == UINT64_C(1) << TAX_SECTION_IMPACT);
	assert_string_equal(rules[2].id, "one");
	assert_int_equal(rules[2].stage, TAX_STAGE_REPORTS);
	assert_int_equal(rules[2].field, TAX_FIELD_SECTION);
	assert_true(rules[2].sections == (UINT64_C(1) << TAX_SECTION_CAUSE |
	    UINT64_C(1) << TAX_SECTION_FACTOR));
	assert_ptr_equal(&taxonomy->schemes[rules[2].scheme], causes);
	assert_int_equal(rules[2].vote_len, 1);
	assert_string_equal(rules[3].id, "two");
	assert_int_equal(rules[3].stage, TAX_STAGE_REPORTS);
	assert_int_equal(rules[3].need_len, 1);
	assert_int_equal(rules[3].needs[0], 2);
	assert_string_equal(rules[4].id, "facet");
	assert_int_equal(rules[4].stage, TAX_STAGE_LESSONS);
	assert_true(rules[4].sections == 0);
	taxonomy_free(taxonomy);
}

static void
test_facets(void **state)
{
	const struct tax_facet *facet;
	const struct tax_rule *rule;
	struct taxonomy *taxonomy;

	(void)state;
	put("a.xml", TAXONOMY(MACRO("M", "late") LESSONS(FACET("one")
	    "<facet id=\"two\" theme=\"q\" part=\"measure\"><phrase>P"
	    "</phrase><problem>Q</problem><advice>A.</advice>\n"
	    "<sign field=\"section\" section=\"actions\" case=\"exact\" "
	    "from=\"2024-01-01\" bars=\"two/2\">" PATTERN("{M}")
	    "<yes>Y</yes><no>N</no><why>W</why></sign>\n" SIGN SIGN
	    "</facet>\n"
	    ADVISE("r", SUPPORT("two") SUPPORT("one"))
	    ADVISE("t", SUPPORT("one")))), 0644);
	taxonomy = loaded(".");
	assert_int_equal(taxonomy->lessons_scheme, 0);
	assert_int_equal(taxonomy->facet_len, 2);
	facet = &taxonomy->facets[0];
	assert_string_equal(facet->id, "one");
	assert_int_equal(facet->theme, 0);
	assert_int_equal(facet->part, TAX_PART_CAUSE);
	assert_string_equal(facet->phrase, "P");
	assert_string_equal(facet->problem, "Q");
	assert_null(facet->advice);
	assert_string_equal(facet->file, "a.xml");
	assert_int_equal(facet->line, 8);
	assert_int_equal(taxonomy->facets[1].part, TAX_PART_MEASURE);
	assert_string_equal(taxonomy->facets[1].advice, "A.");
	assert_int_equal(taxonomy->rule_len, 4);
	rule = &taxonomy->rules[1];
	assert_string_equal(rule->id, "two");
	assert_string_equal(rule->pattern, "(?:late)");
	assert_int_equal(rule->facet, 1);
	assert_true(rule->scheme == SIZE_MAX);
	assert_true(rule->exact);
	assert_int_equal(rule->vote_len, 0);
	assert_int_equal(rule->bars[0], 2);
	assert_string_equal(rule->yes, "Y");
	assert_string_equal(rule->no, "N");
	assert_string_equal(rule->why, "W");
	assert_string_equal(taxonomy->rules[2].id, "two/2");
	assert_string_equal(taxonomy->rules[3].id, "two/3");
	assert_int_equal(taxonomy->recommendation_len, 2);
	assert_string_equal(taxonomy->recommendations[0].id, "r");
	assert_string_equal(taxonomy->recommendations[0].title, "T");
	assert_string_equal(taxonomy->recommendations[0].text, "Do it.");
	assert_int_equal(taxonomy->recommendations[0].facet_len, 2);
	assert_int_equal(taxonomy->recommendations[0].facets[0], 1);
	assert_int_equal(taxonomy->recommendations[0].facets[1], 0);
	assert_int_equal(taxonomy->recommendations[1].facets[0], 0);
	taxonomy_free(taxonomy);

	put("a.xml", TAXONOMY(""), 0644);
	taxonomy = loaded(".");
	assert_null(taxonomy_causes(taxonomy));
	assert_true(taxonomy->lessons_scheme == SIZE_MAX);
	assert_int_equal(taxonomy->facet_len, 0);
	taxonomy_free(taxonomy);
}

static const struct {
	const char *text, *want;
} faults[] = {
	/* Causes. */
	{ TAXONOMY(CAUSES("") "<scheme id=\"d\" heading=\"H\" "
	    "causes=\"true\"><title>T</title>"
	    ROW("id=\"x\" residual=\"true\"", "") "</scheme>"),
	    "./a.xml:6: scheme \"d\" is of causes, and so is \"c\" "
	    "(./a.xml:3)" },
	{ TAXONOMY(CAUSES(ROW("id=\"x\"", REF("rest")))),
	    "./a.xml:5: <category> in a scheme of causes" },
	{ TAXONOMY(CAUSES("<given category=\"rest\">" VOTE("none", "1")
	    "</given>")), "./a.xml:5: <given> in a scheme of causes" },
	{ TAXONOMY("<scheme id=\"c\" heading=\"H\" causes=\"true\" "
	    "open=\"true\"><title>T</title>"
	    ROW("id=\"x\" residual=\"true\"", "") "</scheme>"),
	    "./a.xml:3: scheme \"c\" is open, and of causes" },
	{ TAXONOMY(CAUSES("") RULE("id=\"r\" needs=\"one\"")
	    ABOUT("one", "")),
	    "./a.xml:6: rule \"r\" names rule \"one\", which is of another" },
	{ TAXONOMY(CAUSES("") RULE("id=\"r\"") ABOUT("one", "bars=\"r\"")),
	    "./a.xml:7: rule \"one\" names rule \"r\", which is of another" },
	/* Facets. */
	{ TAXONOMY(LESSONS("")), "./a.xml:6: " },
	{ TAXONOMY(LESSONS(FACET("f")) "<lessons scheme=\"s\">" FACET("g")
	    "</lessons>"), "./a.xml:11: <lessons> is there twice, first in "
	    "./a.xml:6" },
	{ TAXONOMY(THEMES "<lessons scheme=\"t\">" FACET("f") "</lessons>"),
	    "./a.xml:6: scheme=\"t\": there is no such scheme" },
	{ TAXONOMY(LESSONS(FACET_OF("id=\"f\" theme=\"gone\" part=\"cause\"",
	    SIGN))), "./a.xml:7: theme=\"gone\": there is no such row" },
	{ TAXONOMY(LESSONS(FACET_OF("id=\"f\" theme=\"q\" part=\"causes\"",
	    SIGN))), "./a.xml:7: part=\"causes\": there is no such part: did "
	    "you mean \"cause\"?" },
	{ TAXONOMY(LESSONS(FACET_OF("id=\"F\" theme=\"q\" part=\"cause\"",
	    SIGN))), "./a.xml:7: id=\"F\": this can't be an id" },
	{ TAXONOMY(LESSONS(FACET("f") FACET("f"))),
	    "./a.xml:10: facet \"f\" is there twice, first in ./a.xml:7" },
	{ TAXONOMY(RULE("id=\"f\"") LESSONS(FACET("f"))),
	    "rule \"f\" is there twice" },
	{ TAXONOMY(LESSONS(FACET_OF("id=\"f\" theme=\"q\" part=\"cause\"",
	    ""))), "./a.xml:7: " },
	{ TAXONOMY(LESSONS(FACET_OF("id=\"f\" theme=\"q\" part=\"cause\"",
	    SIGN_OF("field=\"sections\"")))), "./a.xml:8: field=\"sections\": "
	    "there is no such field: did you mean \"section\"?" },
	{ TAXONOMY(LESSONS(FACET_OF("id=\"f\" theme=\"q\" part=\"cause\"",
	    SIGN_OF("field=\"text\" needs=\"f\"")))),
	    "./a.xml:8: rule \"f\" names itself" },
	{ TAXONOMY(LESSONS("<facet id=\"f\" theme=\"q\" part=\"cause\">\n"
	    "<phrase>it was so.</phrase><problem>Q</problem>" SIGN
	    "</facet>")), "./a.xml:8: the phrase ends with \".\"" },
	{ TAXONOMY(LESSONS("<facet id=\"f\" theme=\"q\" part=\"cause\">\n"
	    "<phrase>" LONG LONG LONG LONG LONG "</phrase>"
	    "<problem>Q</problem>" SIGN "</facet>")),
	    "./a.xml:8: phrase too long" },
	/* Recommendations. */
	{ TAXONOMY(LESSONS(FACET("first-one") ADVISE("r",
	    SUPPORT("frist-one")))), "./a.xml:10: ref=\"frist-one\": there is "
	    "no such facet: did you mean \"first-one\"?" },
	{ TAXONOMY(LESSONS(FACET("f") ADVISE("r", SUPPORT("f") "\n"
	    SUPPORT("f")))), "./a.xml:11: ref=\"f\": this facet supports "
	    "recommendation \"r\" already" },
	{ TAXONOMY(LESSONS(FACET("f") ADVISE("r", SUPPORT("f"))
	    ADVISE("r", SUPPORT("f")))), "./a.xml:11: recommendation \"r\" is "
	    "there twice, first in ./a.xml:10" }
};

static void
test_faults(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(faults); i++) {
		put("a.xml", faults[i].text, 0644);
		assert_faulty(faults[i].want);
	}
}

static void
test_too_many(void **state)
{
	struct buf buf;
	size_t i;

	(void)state;
	buf_init(&buf, TAX_MAX_FILE);
	buf_str(&buf, HEAD REST THEMES "<lessons scheme=\"s\">\n" FACET("f"));
	for (i = 0; i <= TAX_MAX_RECOMMENDATIONS; i++)
		buf_fmt(&buf, ADVISE("r%zu", SUPPORT("f")), i);
	buf_str(&buf, "</lessons>\n" TAIL);
	assert_null(buf_error(&buf, "a.xml"));
	put("a.xml", buf_text(&buf), 0644);
	assert_faulty("./a.xml:110: too many recommendations");
	buf_release(&buf);
}

static const struct err *
take(void *arg, const char *name, const char *data, size_t len)
{
	assert_string_equal(name, "a.xml");
	buf_add(arg, data, len);
	return NULL;
}

/* New numbers go to the rules that vote for categories, wherever rules of
 * other things stand between. */
static void
test_renumber(void **state)
{
#define FILE_WITH(one, two) TAXONOMY(CAUSES("") ABOUT("a", "") \
	RULE_OF("id=\"b\" field=\"title\"", "p", VOTE("rest", one)) \
	LESSONS(FACET("f")) ABOUT("d", "") \
	RULE_OF("id=\"e\" field=\"title\"", "p", VOTE("rest", two)))
	struct taxonomy *taxonomy;
	struct buf out;

	(void)state;
	put("a.xml", FILE_WITH("1", "2"), 0644);
	taxonomy = loaded(".");
	taxonomy->rules[0].votes[0].weight = 1500;
	taxonomy->rules[1].votes[0].weight = -250;
	buf_init(&out, TAX_MAX_FILE);
	assert_null(taxonomy_renumber(taxonomy, ".", take, &out));
	assert_string_equal(buf_text(&out), FILE_WITH("1.5", "-0.25"));
	buf_release(&out);
	taxonomy_free(taxonomy);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(test_stages),
		SCRATCH_TEST(test_facets),
		SCRATCH_TEST(test_faults),
		SCRATCH_TEST(test_too_many),
		SCRATCH_TEST(test_renumber)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
