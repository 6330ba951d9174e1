/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "taxonomy/taxonomy.h"
#include "tests/unit/rule_text.h"

#define GIVEN(id, votes) "<given category=\"" id "\">" votes "</given>\n"
#define FIT(with, rest) "<fit with=\"" with "\" " rest "/>"
#define NEIGHBOURS(count, power, epsilon) "<neighbours count=\"" count \
	"\" power=\"" power "\" epsilon=\"" epsilon "\" weight=\"0.2\" " \
	"first=\"0.5\" prefix=\"6\"/>"
/* On lines 3 and 4; what follows the row begins on line 5. */
#define RULED(rest) SCHEME(ROW("id=\"q\" residual=\"true\"", REF("rest")) rest)

/* One file, one fault each. */
static const struct {
	const char *text, *want;
} faults[] = {
	/* The form: the words are libxml2's. */
	{ TAXONOMY(RULE_OF("id=\"r\"", "p", VOTE("rest", "1"))),
	    "./a.xml:3: " },
	{ TAXONOMY(RULE_OF("field=\"title\"", "p", VOTE("rest", "1"))),
	    "./a.xml:3: " },
	{ TAXONOMY(RULE("id=\"r\" case=\"no\"")), "./a.xml:3: " },
	{ TAXONOMY(VOTING("")), "./a.xml:3: " },
	{ TAXONOMY(VOTING("<vote for=\"rest\"/>")), "./a.xml:3: " },
	{ TAXONOMY("<rule id=\"r\" field=\"title\">" PATTERN("p")
	    VOTE("rest", "1") "<no>N</no></rule>"), "./a.xml:3: " },
	{ TAXONOMY("<rule id=\"r\" field=\"title\">" PATTERN("p")
	    VOTE("rest", "1") "<yes>Y</yes></rule>"), "./a.xml:3: " },
	{ TAXONOMY("<rule id=\"r\" field=\"title\">" VOTE("rest", "1")
	    EXAMPLES "</rule>"), "./a.xml:3: " },
	{ TAXONOMY("<scoring/>"), "./a.xml:3: " },
	{ TAXONOMY("<neighbours count=\"1\"/>"), "./a.xml:3: " },
	{ TAXONOMY("<macro>x</macro>"), "./a.xml:3: " },
	{ TAXONOMY(RULED(GIVEN("rest", ""))), "./a.xml:5: " },
	/* Ids. */
	{ TAXONOMY(RULE("id=\"R\"")),
	    "./a.xml:3: id=\"R\": this can't be an id" },
	{ TAXONOMY(RULE("id=\"\"")), "./a.xml:3: id is empty" },
	{ TAXONOMY(RULE("id=\"r\"") RULE("id=\"r\"")),
	    "./a.xml:4: rule \"r\" is there twice, first in ./a.xml:3" },
	/* Fields. */
	{ TAXONOMY(RULE_OF("id=\"r\" field=\"titel\"", "p",
	    VOTE("rest", "1"))),
	    "./a.xml:3: field=\"titel\": there is no such field" },
	{ TAXONOMY(RULE_OF("id=\"r\" field=\"section\"", "p",
	    VOTE("rest", "1"))),
	    "./a.xml:3: rule \"r\": field=\"section\" and section= belong "
	    "together" },
	{ TAXONOMY(RULE("id=\"r\" section=\"impact\"")),
	    "./a.xml:3: rule \"r\": field=\"section\" and section= belong "
	    "together" },
	{ TAXONOMY(RULE_OF("id=\"r\" field=\"section\" "
	    "section=\"impact rootcause\"", "p", VOTE("rest", "1"))),
	    "./a.xml:3: section=\"rootcause\": there is no such section: did "
	    "you mean \"root-cause\"?" },
	{ TAXONOMY(RULE_OF("id=\"r\" field=\"section\" "
	    "section=\"impact other impact\"", "p", VOTE("rest", "1"))),
	    "./a.xml:3: section=: \"impact\" is there twice" },
	{ TAXONOMY(RULE_OF("id=\"r\" field=\"section\" section=\" \"", "p",
	    VOTE("rest", "1"))), "./a.xml:3: section is empty" },
	{ TAXONOMY(RULE_OF("id=\"r\" field=\"\"", "p", VOTE("rest", "1"))),
	    "./a.xml:3: field is empty" },
	/* Patterns and examples. */
	{ TAXONOMY(MATCHING("")), "./a.xml:3: pattern is empty" },
	{ TAXONOMY(MATCHING(" \n <!-- later --> ")),
	    "./a.xml:3: pattern is empty" },
	{ TAXONOMY(MATCHING("&#x85;")),
	    "./a.xml:3: pattern holds a control character" },
	{ TAXONOMY("<rule id=\"r\" field=\"title\">\n" PATTERN("p")
	    VOTE("rest", "1") "\n<yes> </yes><no>N</no></rule>"),
	    "./a.xml:5: yes is empty" },
	{ TAXONOMY("<rule id=\"r\" field=\"title\">\n" PATTERN("p")
	    VOTE("rest", "1") "\n<yes>Y</yes>\n<no/></rule>"),
	    "./a.xml:6: no is empty" },
	/* Days. */
	{ TAXONOMY(RULE("id=\"r\" from=\"2023-02-30\"")),
	    "./a.xml:3: from=\"2023-02-30\": there is no such day" },
	{ TAXONOMY(RULE("id=\"r\" until=\"2023\"")),
	    "./a.xml:3: until=\"2023\": there is no such day" },
	{ TAXONOMY(RULE("id=\"r\" from=\"2023-05-02\" "
	    "until=\"2023-05-01\"")), "./a.xml:3: from= is later than until=" },
	/* Votes. */
	{ TAXONOMY(VOTING("\n" VOTE("gone", "1"))),
	    "./a.xml:4: for=\"gone\": there is no such category" },
	{ TAXONOMY(VOTING(VOTE("rest", "1") "\n" VOTE("rest", "2"))),
	    "./a.xml:4: for=\"rest\": this is the second vote for it" },
	{ TAXONOMY(VOTING(VOTE("", "1"))), "./a.xml:3: for is empty" },
	{ TAXONOMY(VOTING(VOTE("rest", ""))), "./a.xml:3: weight is empty" },
	{ TAXONOMY(VOTING(VOTE("rest", "much"))),
	    "./a.xml:3: weight=\"much\": this is no number" },
	{ TAXONOMY(VOTING(VOTE("rest", "1,5"))),
	    "./a.xml:3: weight=\"1,5\": this is no number" },
	{ TAXONOMY(VOTING(VOTE("rest", ".5"))),
	    "./a.xml:3: weight=\".5\": this is no number" },
	{ TAXONOMY(VOTING(VOTE("rest", "1."))),
	    "./a.xml:3: weight=\"1.\": this is no number" },
	{ TAXONOMY(VOTING(VOTE("rest", "1.2345"))),
	    "./a.xml:3: weight=\"1.2345\": this is no number" },
	{ TAXONOMY(VOTING(VOTE("rest", "1e3"))),
	    "./a.xml:3: weight=\"1e3\": this is no number" },
	{ TAXONOMY(VOTING(VOTE("rest", "--1"))),
	    "./a.xml:3: weight=\"--1\": this is no number" },
	{ TAXONOMY(VOTING(VOTE("rest", "-"))),
	    "./a.xml:3: weight=\"-\": this is no number" },
	{ TAXONOMY(VOTING(VOTE("rest", "99999999999999999999"))),
	    "./a.xml:3: weight=\"99999999999999999999\": this is no number" },
	{ TAXONOMY(VOTING(VOTE("rest", "100.001"))),
	    "./a.xml:3: weight=\"100.001\": out of range" },
	{ TAXONOMY(VOTING(VOTE("rest", "-100.001"))),
	    "./a.xml:3: weight=\"-100.001\": out of range: write a number "
	    "from -100.000 to 100" },
	/* Where scores begin and how they are read. */
	{ TAXONOMY(CATEGORY("id=\"x\" base=\"low\"", "")),
	    "./a.xml:3: base=\"low\": this is no number" },
	{ TAXONOMY(CATEGORY("id=\"x\"", FIT("odd", "threshold=\"1\""))),
	    "./a.xml:3: " },
	{ TAXONOMY(CATEGORY("id=\"x\"", FIT("rules", ""))),
	    "./a.xml:3: " },
	{ TAXONOMY(CATEGORY("id=\"x\"", FIT("rules", "threshold=\"1\" "
	    "offset=\"1\""))), "./a.xml:3: " },
	{ TAXONOMY(CATEGORY("id=\"x\"", FIT("rules", "threshold=\"x\""))),
	    "./a.xml:3: threshold=\"x\": this is no number" },
	{ TAXONOMY(CATEGORY("id=\"x\"", FIT("rules", "threshold=\"1\" "
	    "offset=\"0\" slope=\"0\""))), "./a.xml:3: slope=\"0\": out of "
	    "range: write a number from 0.001" },
	{ TAXONOMY(CATEGORY("id=\"x\"", FIT("rules", "threshold=\"1\"")
	    "\n" FIT("rules", "threshold=\"1\""))),
	    "./a.xml:4: with=\"rules\": this fit is there twice" },
	{ TAXONOMY(SCHEME(ROW("id=\"q\" residual=\"true\"",
	    FIT("neighbours", "threshold=\"1\"") REF("rest")))),
	    "./a.xml:4: with=\"neighbours\": here a fit is with=\"rules\"" },
	{ TAXONOMY("<scheme id=\"s\" heading=\"H\" floor=\"x\"><title>T"
	    "</title>" ROW("id=\"q\" residual=\"true\"", REF("rest"))
	    "</scheme>"), "./a.xml:3: floor=\"x\": this is no number" },
	{ TAXONOMY("<scoring floor=\"0.3\"/>\n<scoring floor=\"0.3\"/>"),
	    "./a.xml:4: <scoring> is there twice, first in ./a.xml:3" },
	{ TAXONOMY("<scoring floor=\"low\"/>"),
	    "./a.xml:3: floor=\"low\": this is no number" },
	{ TAXONOMY(NEIGHBOURS("1", "1", "1") "\n"
	    NEIGHBOURS("1", "1", "1")),
	    "./a.xml:4: <neighbours> is there twice, first in ./a.xml:3" },
	{ TAXONOMY(NEIGHBOURS("-1", "1", "1")),
	    "./a.xml:3: count=\"-1\": out of range: write a whole number "
	    "from 0 to 100" },
	{ TAXONOMY(NEIGHBOURS("1.5", "1", "1")),
	    "./a.xml:3: count=\"1.5\": out of range" },
	{ TAXONOMY(NEIGHBOURS("101", "1", "1")),
	    "./a.xml:3: count=\"101\": out of range" },
	{ TAXONOMY(NEIGHBOURS("", "1", "1")), "./a.xml:3: count is empty" },
	{ TAXONOMY(NEIGHBOURS("1", "4", "1")),
	    "./a.xml:3: power=\"4\": out of range" },
	{ TAXONOMY(NEIGHBOURS("1", "0", "1")),
	    "./a.xml:3: power=\"0\": out of range" },
	{ TAXONOMY(NEIGHBOURS("1", "1", "0")),
	    "./a.xml:3: epsilon=\"0\": out of range" },
	{ TAXONOMY(NEIGHBOURS("1", "1", "1.001")),
	    "./a.xml:3: epsilon=\"1.001\": out of range" },
	/* Schemes. */
	{ TAXONOMY(RULE("id=\"r\" scheme=\"gone\"")),
	    "./a.xml:3: scheme=\"gone\": there is no such scheme" },
	{ TAXONOMY(RULED("") "<rule id=\"r\" field=\"title\" "
	    "scheme=\"s\">" PATTERN("p") VOTE("rest", "1") EXAMPLES
	    "</rule>"), "./a.xml:6: for=\"rest\": there is no such row in "
	    "scheme \"s\"" },
	{ TAXONOMY(RULED(GIVEN("gone", VOTE("q", "1")))),
	    "./a.xml:5: category=\"gone\": there is no such category" },
	{ TAXONOMY(RULED(GIVEN("rest", VOTE("rest", "1")))),
	    "./a.xml:5: for=\"rest\": there is no such row" },
	{ TAXONOMY(RULED(GIVEN("rest", VOTE("q", "1") VOTE("q", "1")))),
	    "./a.xml:5: for=\"q\": this is the second vote" },
	{ TAXONOMY(RULED(GIVEN("rest", VOTE("q", "1"))
	    GIVEN("rest", VOTE("q", "1")))),
	    "./a.xml:6: category \"rest\" is given twice in scheme \"s\"" },
	/* Companions. */
	{ TAXONOMY(RULE("id=\"r\" needs=\"gone\"")),
	    "./a.xml:3: rule \"r\" names rule \"gone\": there is no such" },
	{ TAXONOMY(RULE("id=\"r\" bars=\"" LONG LONG "\"")),
	    "./a.xml:3: rule \"r\" names rule \"" LONG "\": there is no" },
	{ TAXONOMY(RULE("id=\"r\" needs=\"\"")),
	    "./a.xml:3: needs is empty" },
	{ TAXONOMY(RULE("id=\"r\" needs=\"r\"")),
	    "./a.xml:3: rule \"r\" names itself" },
	{ TAXONOMY(RULE("id=\"r\" bars=\"r\"")),
	    "./a.xml:3: rule \"r\" names itself" },
	{ TAXONOMY(RULE("id=\"r\" needs=\"s s\"") RULE("id=\"s\"")),
	    "./a.xml:3: rule \"r\" names rule \"s\" twice" },
	{ TAXONOMY(RULE("id=\"r\" needs=\"s\" bars=\"s\"")
	    RULE("id=\"s\"")), "./a.xml:3: rule \"r\" names rule \"s\" twice" },
	{ TAXONOMY(RULE("id=\"r\" needs=\"s\"") RULE("id=\"s\" needs=\"t\"")
	    RULE("id=\"t\" needs=\"s\"")),
	    "./a.xml:4: rule \"s\" needs itself, by way of rule \"t\"" },
	/* Macros. */
	{ TAXONOMY(MACRO("Rev", "x")),
	    "./a.xml:3: name=\"Rev\": this can't be the name of a macro" },
	{ TAXONOMY(MACRO("1X", "x")), "./a.xml:3: name=\"1X\": this can't" },
	{ TAXONOMY(MACRO("", "x")), "./a.xml:3: name is empty" },
	{ TAXONOMY(MACRO("X", "")), "./a.xml:3: macro is empty" },
	{ TAXONOMY(MACRO("X", "x") MACRO("X", "y")),
	    "./a.xml:4: macro \"X\" is there twice, first in ./a.xml:3" },
	{ TAXONOMY(MATCHING("{GONE}")),
	    "./a.xml:3: {GONE}: there is no such macro" },
	{ TAXONOMY(MATCHING("\\b{GONE}")),
	    "./a.xml:3: {GONE}: there is no such macro" },
	{ TAXONOMY("<rule id=\"r\" field=\"title\">\n\n" PATTERN("{GONE}")
	    VOTE("rest", "1") EXAMPLES "</rule>"),
	    "./a.xml:5: {GONE}: there is no such macro" },
	{ TAXONOMY(MATCHING("{rev}")),
	    "./a.xml:3: {rev}: this is neither a macro nor a quantifier" },
	{ TAXONOMY(MATCHING("{REV")),
	    "./a.xml:3: {REV: this is neither a macro nor a quantifier" },
	{ TAXONOMY(MACRO("X", "a{X}")),
	    "./a.xml:3: {X}: the macro would stand within itself" },
	{ TAXONOMY(MACRO("X", "{Y}") MACRO("Y", "{X}")),
	    "./a.xml:3: {Y}: the macro comes only later (./a.xml:4)" },
	{ TAXONOMY(MACRO("X", "{Y}") MACRO("Y", "y")),
	    "./a.xml:3: {Y}: the macro comes only later (./a.xml:4)" }
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

/* One mistake is told once, however many rules suffer from it. */
static void
test_told_once(void **state)
{
	struct heard heard = { .want = "{GONE}" };
	size_t found;

	(void)state;
	put("a.xml", TAXONOMY(MACRO("X", "{GONE}") MACRO("Y", "{X}")
	    MATCHING("{X}{Y}")), 0644);
	assert_null(taxonomy_check(".", hear, &heard, &found));
	assert_int_equal(found, 1);
	assert_int_equal(heard.found, 1);

	heard = (struct heard){ .want = "scheme" };
	put("a.xml", TAXONOMY(RULE("id=\"r\" scheme=\"gone\"")), 0644);
	assert_null(taxonomy_check(".", hear, &heard, &found));
	assert_int_equal(found, 1);
	assert_int_equal(heard.found, 1);
}

static void
put_buf(const char *path, const struct buf *buf)
{
	assert_null(buf_error(buf, path));
	put(path, buf_text(buf), 0644);
}

/* What would fill all memory is stopped where it begins to. */
static void
test_growth(void **state)
{
	struct heard heard = { .want = "pattern too long" };
	struct taxonomy *taxonomy;
	struct buf buf;
	size_t found, i;

	(void)state;
	buf_init(&buf, 2 * TAX_MAX_FILE);
	buf_str(&buf, HEAD REST MACRO("X0", "lol"));
	for (i = 1; i < 100; i++)
		buf_fmt(&buf, MACRO("X%zu", "{X%zu}{X%zu}"), i, i - 1, i - 1);
	buf_str(&buf, MATCHING("{X99}") TAIL);
	put_buf("a.xml", &buf);
	/* 3 bytes, 14, 36, ...: X10 would have 11,256. */
	assert_faulty("./a.xml:13: pattern too long");
	assert_null(taxonomy_check(".", hear, &heard, &found));
	assert_int_equal(found, 1);

	/* As long as may be, and a byte more. */
	for (i = 0; i < 2; i++) {
		buf_clear(&buf);
		buf_str(&buf, HEAD REST MACRO("X", "xx")
		    "<rule id=\"r\" field=\"title\"><pattern>{X}");
		buf_fill(&buf, 'p', TAX_MAX_PATTERN - 6 + i);
		buf_str(&buf, "</pattern>" VOTE("rest", "1") EXAMPLES
		    "</rule>" TAIL);
		put_buf("a.xml", &buf);
		if (i > 0) {
			assert_faulty("./a.xml:4: pattern too long");
			continue;
		}
		taxonomy = loaded(".");
		assert_int_equal(strlen(taxonomy->rules[0].pattern),
		    TAX_MAX_PATTERN);
		taxonomy_free(taxonomy);
	}
	buf_release(&buf);
}

static void
test_too_many(void **state)
{
	struct taxonomy *taxonomy;
	struct heard heard = { .want = "too many rules" };
	struct buf buf;
	size_t found, i;

	(void)state;
	buf_init(&buf, 2 * TAX_MAX_FILE);
	buf_str(&buf, HEAD REST);
	for (i = 0; i < TAX_MAX_RULES; i++)
		buf_fmt(&buf, RULE("id=\"r%zu\""), i);
	buf_str(&buf, TAIL);
	put_buf("a.xml", &buf);
	taxonomy = loaded(".");
	assert_int_equal(taxonomy->rule_len, TAX_MAX_RULES);
	taxonomy_free(taxonomy);
	put("b.xml", "<taxonomy>\n" RULE("id=\"one-more\"")
	    RULE("id=\"two-more\"") TAIL, 0644);
	assert_faulty("./b.xml:2: too many rules");
	assert_null(taxonomy_check(".", hear, &heard, &found));
	assert_int_equal(found, 1);
	buf_release(&buf);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(test_faults),
		SCRATCH_TEST(test_told_once),
		SCRATCH_TEST(test_growth),
		SCRATCH_TEST(test_too_many)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
