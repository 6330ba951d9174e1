/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "taxonomy/taxonomy.h"
#include "tests/unit/taxonomy_text.h"

#define FORM(attributes, names) "<form title=\"F\" " attributes ">" names \
	"</form>\n"
#define SECTION(attributes, headings) "<section title=\"S\" " attributes \
	">" headings "</section>\n"
#define HEADING(text) "<heading>" text "</heading>"
#define PARTY(attributes, text) "<party title=\"P\" " attributes \
	"><address>" text "</address></party>\n"
#define CLOCK(attributes, deadlines) "<clock title=\"C\" " attributes \
	"><meaning>M</meaning>\n" deadlines "</clock>\n"
#define DEADLINE(attributes) "<deadline version=\"V\" " attributes "/>\n"
#define UPDATE "id=\"c\" kind=\"update\""

static int64_t
day(const char *text)
{
	int64_t result;

	assert_true(date_parse_day(text, strlen(text), &result));
	return result;
}

static void
test_heading(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "Impact", "impact" },
		{ "  ### 1. **Impact:** ##", "impact" },
		{ "Root\tCause \n Analysis", "root cause analysis" },
		{ "What didn\xe2\x80\x99t go well?", "what didn't go well" },
		{ "\xe2\x80\x98x\xe2\x80\x99", "'x'" },
		{ "Finding #12", "finding" },
		{ "7) Steps", "steps" },
		{ "Root Cause(s)", "root cause(s" },
		{ "\xc2\xa0 Zusammenfassung \xc2\xa0.", "zusammenfassung" },
		{ "\xc3\x89\x54\xc3\x89", "\xc3\xa9t\xc3\xa9" },
		{ "IRG 3.2 says", "irg 3.2 says" },
	};
	static const char *const none[] = { "", " ", "### 12.", "\xc2\xa0)" };
	char out[64];
	size_t i, len;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		assert_true(taxonomy_heading(cases[i].text,
		    strlen(cases[i].text), out, sizeof(out)));
		assert_string_equal(out, cases[i].want);
		len = strlen(cases[i].want);
		assert_true(taxonomy_heading(cases[i].want, len, out,
		    len + 1));
		assert_string_equal(out, cases[i].want);
		assert_false(taxonomy_heading(cases[i].want, len, out, len));
		assert_string_equal(out, "");
	}
	for (i = 0; i < COUNT(none); i++) {
		out[0] = 'x';
		assert_false(taxonomy_heading(none[i], strlen(none[i]), out,
		    sizeof(out)));
		assert_string_equal(out, "");
	}
	assert_false(taxonomy_heading("x", 1, out, 0));
}

/* What the files leave out has an id, and nothing else. */
static void
test_absent(void **state)
{
	struct taxonomy *taxonomy;
	size_t i;

	(void)state;
	put("a.xml", TAXONOMY(""), 0644);
	taxonomy = loaded(".");
	for (i = 0; i < TAX_FORM__MAX; i++) {
		assert_non_null(taxonomy->forms[i].id);
		assert_non_null(taxonomy->forms[i].title);
		assert_true(taxonomy->forms[i].since == DATE_NONE);
		assert_true(taxonomy->forms[i].until == INT64_MAX);
		assert_int_equal(taxonomy->forms[i].name_len, 0);
	}
	assert_string_equal(taxonomy->forms[TAX_FORM_V3_CLOSURE].id,
	    "v3-closure");
	for (i = 0; i < TAX_SECTION__MAX; i++) {
		assert_non_null(taxonomy->sections[i].id);
		assert_non_null(taxonomy->sections[i].title);
		assert_int_equal(taxonomy->sections[i].heading_len, 0);
	}
	assert_string_equal(taxonomy->sections[TAX_SECTION_CAUSE].id,
	    "root-cause");
	for (i = 0; i < TAX_CLOCK__MAX; i++) {
		assert_null(taxonomy->clocks[i].id);
		assert_int_equal(taxonomy->clocks[i].kind, i);
		assert_int_equal(taxonomy->clocks[i].deadline_len, 0);
	}
	assert_int_equal(taxonomy->party_len, 0);
	taxonomy_free(taxonomy);
}

static void
test_reports(void **state)
{
	const struct tax_section *section;
	const struct tax_form *form;
	struct taxonomy *taxonomy;

	(void)state;
	put("a.xml", TAXONOMY(
	    FORM("id=\"v2\" since=\"2023-10-17\" until=\"2025-02-28\"",
	    "<name>## Incident  Report</name><name>Report:</name>")
	    SECTION("id=\"root-cause\" answer=\"6\"",
	    HEADING("6. Root Causes"))
	    SECTION("id=\"other\"", "")), 0644);
	taxonomy = loaded(".");
	form = &taxonomy->forms[TAX_FORM_V2];
	assert_string_equal(form->id, "v2");
	assert_string_equal(form->title, "F");
	assert_true(form->since == day("2023-10-17"));
	assert_true(form->until == day("2025-02-28"));
	assert_int_equal(form->name_len, 2);
	assert_string_equal(form->names[0], "incident report");
	assert_string_equal(form->names[1], "report");
	assert_int_equal(form->line, 3);
	section = &taxonomy->sections[TAX_SECTION_CAUSE];
	assert_string_equal(section->title, "S");
	assert_int_equal(section->answer, 6);
	assert_int_equal(section->heading_len, 1);
	assert_string_equal(section->headings[0], "root causes");
	assert_int_equal(section->line, 4);
	assert_int_equal(taxonomy->sections[TAX_SECTION_OTHER].line, 5);
	taxonomy_free(taxonomy);
}

static void
test_people(void **state)
{
	struct taxonomy *taxonomy;

	(void)state;
	put("a.xml", TAXONOMY("<party id=\"m\" title=\"M\" "
	    "kind=\"robot\"><address>m.org</address>"
	    "<address>who@m.org</address></party>"
	    "<owner id=\"x\" name=\"X\"><name>Y</name>"
	    "<domain>m.org</domain><domain>x.co.uk</domain><note>N</note>"
	    "</owner>"), 0644);
	taxonomy = loaded(".");
	assert_int_equal(taxonomy->party_len, 1);
	assert_string_equal(taxonomy->parties[0].id, "m");
	assert_string_equal(taxonomy->parties[0].title, "M");
	assert_int_equal(taxonomy->parties[0].kind, TAX_PARTY_ROBOT);
	assert_int_equal(taxonomy->parties[0].address_len, 2);
	assert_string_equal(taxonomy->parties[0].addresses[1], "who@m.org");
	assert_int_equal(taxonomy->owners[0].domain_len, 2);
	assert_string_equal(taxonomy->owners[0].domains[1], "x.co.uk");
	assert_int_equal(taxonomy->name_len, 2);
	taxonomy_free(taxonomy);
}

static void
test_clocks(void **state)
{
	const struct tax_clock *clock;
	struct taxonomy *taxonomy;

	(void)state;
	put("a.xml", TAXONOMY(CLOCK("id=\"often\" kind=\"update\"",
	    DEADLINE("since=\"2025-03-01\" days=\"7\" must=\"true\" "
	    "closure=\"true\"")
	    DEADLINE("since=\"2025-03-01\" hours=\"72\" must=\"false\" "
	    "source=\"section 2\"")
	    DEADLINE("until=\"2025-02-28\" days=\"0\" must=\"true\""))),
	    0644);
	taxonomy = loaded(".");
	clock = &taxonomy->clocks[TAX_CLOCK_UPDATE];
	assert_string_equal(clock->id, "often");
	assert_string_equal(clock->title, "C");
	assert_string_equal(clock->meaning, "M");
	assert_int_equal(clock->kind, TAX_CLOCK_UPDATE);
	assert_int_equal(clock->deadline_len, 3);
	assert_true(clock->deadlines[0].since == DATE_NONE);
	assert_true(clock->deadlines[0].until == day("2025-02-28"));
	assert_true(clock->deadlines[0].limit == 0);
	assert_true(clock->deadlines[1].limit == 72 * 60 * 60);
	assert_false(clock->deadlines[1].must);
	assert_false(clock->deadlines[1].closure);
	assert_string_equal(clock->deadlines[1].version, "V");
	assert_string_equal(clock->deadlines[1].source, "section 2");
	assert_true(clock->deadlines[2].limit == 7 * 24 * 60 * 60);
	assert_true(clock->deadlines[2].until == INT64_MAX);
	assert_true(clock->deadlines[2].must);
	assert_true(clock->deadlines[2].closure);
	assert_null(clock->deadlines[2].source);
	assert_int_equal(clock->deadlines[2].line, 4);
	taxonomy_free(taxonomy);
}

static const struct {
	const char *text, *want;
} faults[] = {
	/* Forms and sections. */
	{ TAXONOMY(FORM("id=\"v4\"", "")),
	    "./a.xml:3: id=\"v4\": there is no such form" },
	{ TAXONOMY(FORM("id=\"v3-ful\"", "")), "./a.xml:3: id=\"v3-ful\": there "
	    "is no such form: did you mean \"v3-full\"?" },
	{ TAXONOMY(FORM("id=\"\"", "")), "./a.xml:3: id is empty" },
	{ TAXONOMY(FORM("id=\"v2\"", "") FORM("id=\"v2\"", "")),
	    "./a.xml:4: form \"v2\" is there twice, first in ./a.xml:3" },
	{ TAXONOMY(FORM("id=\"v2\" since=\"2025-03-02\" "
	    "until=\"2025-03-01\"", "")), "./a.xml:3: since= is later" },
	{ TAXONOMY(SECTION("id=\"rootcause\"", "")),
	    "there is no such section: did you mean \"root-cause\"?" },
	{ TAXONOMY(SECTION("id=\"quite-else\"", "")),
	    "there is no such section: write one that" },
	{ TAXONOMY(SECTION("id=\"luck\"", "") SECTION("id=\"luck\"", "")),
	    "./a.xml:4: section \"luck\" is there twice, first in ./a.xml:3" },
	{ TAXONOMY(SECTION("id=\"luck\" answer=\"0\"", "")),
	    "./a.xml:3: answer=\"0\": out of range" },
	{ TAXONOMY(SECTION("id=\"luck\" answer=\"10\"", "")),
	    "./a.xml:3: answer=\"10\": out of range" },
	{ TAXONOMY(SECTION("id=\"luck\" answer=\"3\"", "")
	    SECTION("id=\"well\" answer=\"3\"", "")),
	    "./a.xml:4: answer=\"3\": section \"luck\" is this answer" },
	{ TAXONOMY(SECTION("id=\"luck\"", "\n" HEADING(" "))),
	    "./a.xml:4: heading is empty" },
	{ TAXONOMY(SECTION("id=\"luck\"", "\n" HEADING("### 2."))),
	    "./a.xml:4: \"### 2.\" can't be a heading" },
	{ TAXONOMY(SECTION("id=\"luck\"", HEADING("Luck") "\n"
	    HEADING("luck:"))), "./a.xml:4: heading \"luck\" is there twice, "
	    "first in ./a.xml:3" },
	{ TAXONOMY(FORM("id=\"v2\"", "<name>Luck</name>")
	    SECTION("id=\"luck\"", HEADING("luck:"))),
	    "./a.xml:4: heading \"luck\" is there twice, first in "
	    "./a.xml:3" },
	/* Parties and domains. */
	{ TAXONOMY(PARTY("id=\"m\" kind=\"rootprogram\"", "m.org")),
	    "./a.xml:3: kind=\"rootprogram\": there is no such kind of party: "
	    "did you mean \"root-program\"?" },
	{ TAXONOMY(PARTY("id=\"m\" kind=\"robot\"", "M.org")),
	    "./a.xml:3: \"M.org\": addresses are compared in lower case: write "
	    "\"m.org\"" },
	{ TAXONOMY(PARTY("id=\"m\" kind=\"robot\"", "org")),
	    "./a.xml:3: \"org\": this is no address" },
	{ TAXONOMY(PARTY("id=\"m\" kind=\"robot\"", "who@")),
	    "./a.xml:3: \"who@\": this is no address" },
	{ TAXONOMY(PARTY("id=\"m\" kind=\"robot\"", ".org")),
	    "./a.xml:3: \".org\": this is no address" },
	{ TAXONOMY(PARTY("id=\"m\" kind=\"robot\"", "m.org n.org")),
	    "./a.xml:3: \"m.org n.org\": this is no address" },
	{ TAXONOMY(PARTY("id=\"m\" kind=\"robot\"", "m.org")
	    PARTY("id=\"m\" kind=\"robot\"", "n.org")),
	    "./a.xml:4: party \"m\" is there twice, first in ./a.xml:3" },
	{ TAXONOMY(PARTY("id=\"m\" kind=\"robot\"", "m.org")
	    PARTY("id=\"n\" kind=\"ccadb\"", "m.org")),
	    "./a.xml:4: address \"m.org\" is there twice, first in "
	    "./a.xml:3" },
	{ TAXONOMY("<owner id=\"x\" name=\"X\"><domain>a@x.org</domain>"
	    "</owner>"), "./a.xml:3: \"a@x.org\": this is no domain" },
	{ TAXONOMY("<owner id=\"x\" name=\"X\"><domain>x.org</domain>"
	    "</owner>\n<owner id=\"y\" name=\"Y\"><domain>x.org</domain>"
	    "</owner>"), "./a.xml:4: domain \"x.org\" is there twice, first "
	    "in ./a.xml:3" },
	/* Clocks. */
	{ TAXONOMY(CLOCK("id=\"c\" kind=\"updates\"",
	    DEADLINE("days=\"7\" must=\"true\""))), "./a.xml:3: "
	    "kind=\"updates\": there is no such kind of clock: did you mean "
	    "\"update\"?" },
	{ TAXONOMY(CLOCK(UPDATE, DEADLINE("days=\"7\" must=\"true\""))
	    CLOCK(UPDATE, DEADLINE("days=\"7\" must=\"true\""))),
	    "./a.xml:6: clock of kind \"update\" is there twice, first in "
	    "./a.xml:3" },
	{ TAXONOMY(CLOCK(UPDATE, DEADLINE("days=\"7\" must=\"true\""))
	    CLOCK("id=\"c\" kind=\"answer\"",
	    DEADLINE("days=\"7\" must=\"true\""))),
	    "./a.xml:6: clock \"c\" is there twice, first in ./a.xml:3" },
	{ TAXONOMY(CLOCK(UPDATE, DEADLINE("days=\"1\""))),
	    "./a.xml:4: a deadline has version= and must=" },
	{ TAXONOMY(CLOCK(UPDATE, "<deadline must=\"true\" hours=\"1\"/>\n")),
	    "./a.xml:4: a deadline has version= and must=" },
	{ TAXONOMY(CLOCK(UPDATE, DEADLINE("must=\"true\""))),
	    "./a.xml:4: a deadline has either hours= or days=" },
	{ TAXONOMY(CLOCK(UPDATE, DEADLINE("days=\"1\" hours=\"24\" "
	    "must=\"true\""))), "./a.xml:4: a deadline has either" },
	{ TAXONOMY(CLOCK(UPDATE, DEADLINE("days=\"-1\" must=\"true\""))),
	    "./a.xml:4: days=\"-1\": out of range" },
	{ TAXONOMY(CLOCK(UPDATE, DEADLINE("days=\"3651\" must=\"true\""))),
	    "./a.xml:4: days=\"3651\": out of range" },
	{ TAXONOMY(CLOCK(UPDATE, DEADLINE("days=\"\" must=\"true\""))),
	    "./a.xml:4: days is empty" },
	{ TAXONOMY(CLOCK(UPDATE, DEADLINE("days=\"7\" must=\"yes\""))),
	    "./a.xml:4: Invalid attribute must" },
	{ TAXONOMY(CLOCK(UPDATE, DEADLINE("days=\"7\" must=\"true\" "
	    "since=\"2025-02-30\""))), "./a.xml:4: since=\"2025-02-30\"" },
	{ TAXONOMY(CLOCK(UPDATE, DEADLINE("days=\"7\" must=\"true\" "
	    "since=\"2025-03-01\"") DEADLINE("days=\"3\" must=\"true\" "
	    "until=\"2025-03-01\""))), "./a.xml:4: deadline of \"V\" begins "
	    "while that of \"V\" (line 5) is in force" }
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
	struct taxonomy *taxonomy;
	struct buf buf;
	size_t i;

	(void)state;
	buf_init(&buf, 2 * TAX_MAX_FILE);
	buf_str(&buf, HEAD REST "<section id=\"luck\" title=\"S\">\n");
	for (i = 0; i < TAX_MAX_HEADINGS; i++)
		buf_fmt(&buf, HEADING("h%zux") "\n", i);
	buf_str(&buf, "</section>\n" TAIL);
	put("a.xml", buf_text(&buf), 0644);
	taxonomy = loaded(".");
	taxonomy_free(taxonomy);
	put("b.xml", "<taxonomy>\n" SECTION("id=\"well\"",
	    HEADING("One more")) TAIL, 0644);
	assert_faulty("./b.xml:2: too many headings");
	assert_int_equal(remove("b.xml"), 0);

	buf_clear(&buf);
	buf_str(&buf, HEAD REST "<clock " UPDATE " title=\"T\">"
	    "<meaning>M</meaning>\n");
	for (i = 0; i <= TAX_MAX_DEADLINES; i++)
		buf_str(&buf, DEADLINE("days=\"7\" must=\"true\""));
	buf_str(&buf, "</clock>\n" TAIL);
	put("a.xml", buf_text(&buf), 0644);
	assert_faulty(": too many deadlines");
	buf_release(&buf);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_heading),
		SCRATCH_TEST(test_absent),
		SCRATCH_TEST(test_reports),
		SCRATCH_TEST(test_people),
		SCRATCH_TEST(test_clocks),
		SCRATCH_TEST(test_faults),
		SCRATCH_TEST(test_too_many)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
