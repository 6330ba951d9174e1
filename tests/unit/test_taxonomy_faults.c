/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "taxonomy/taxonomy.h"
#include "tests/unit/taxonomy_text.h"

/* One file, one fault each. */
static const struct {
	const char *text, *want;
} faults[] = {
	/* The form: the words are libxml2's. */
	{ "", "./a.xml:1: " },
	{ " ", "./a.xml:1: " },
	{ "no XML", "./a.xml:1: " },
	{ "<taxonomy>\n<category>\n</taxonomy>", "./a.xml:3: " },
	{ "<taxonomies/>", "./a.xml:1: Expecting element taxonomy" },
	{ TAXONOMY("\n<categry id=\"x\"/>"),
	    "./a.xml:4: Did not expect element categry there" },
	{ TAXONOMY("<category id=\"x\"><title>T</title></category>"),
	    "./a.xml:3: " },
	{ TAXONOMY(CATEGORY("id=\"x\" residual=\"yes\"", "")),
	    "./a.xml:3: Invalid attribute residual" },
	{ TAXONOMY("<mark id=\"x\" kind=\"odd\"><meaning>M</meaning>"
	    "</mark>"), "./a.xml:3: " },
	{ TAXONOMY("<owner id=\"x\" name=\"X\"><nme>Y</nme></owner>"),
	    "./a.xml:3: " },
	/* The version. */
	{ "<taxonomy>" REST TAIL, "./a.xml:1: no file has a version" },
	{ "<taxonomy version=\" \">" REST TAIL,
	    "./a.xml:1: version is empty" },
	/* Single values. */
	{ TAXONOMY(CATEGORY("id=\"\"", "")), "./a.xml:3: id is empty" },
	{ TAXONOMY(CATEGORY("id=\"\"", "") CATEGORY("id=\"\"", "")),
	    "./a.xml:3: id is empty" },
	{ TAXONOMY(CATEGORY("id=\"x\"", "\n<spelling/>")),
	    "./a.xml:4: spelling is empty" },
	{ TAXONOMY(CATEGORY("id=\"first of two\"", "")
	    CATEGORY("id=\"second of two\"", "")),
	    "./a.xml:3: id=\"first of two\"" },
	{ TAXONOMY(CATEGORY("id=\"Crl\"", "")),
	    "./a.xml:3: id=\"Crl\": this can't be an id" },
	{ TAXONOMY(CATEGORY("id=\"a b\"", "")),
	    "./a.xml:3: id=\"a b\": this can't be an id" },
	{ TAXONOMY(CATEGORY("id=\"a--b\"", "")),
	    "./a.xml:3: id=\"a--b\": this can't be an id" },
	{ TAXONOMY(CATEGORY("id=\"-a\"", "")),
	    "./a.xml:3: id=\"-a\": this can't be an id" },
	{ TAXONOMY(CATEGORY("id=\"a-\"", "")),
	    "./a.xml:3: id=\"a-\": this can't be an id" },
	{ TAXONOMY(CATEGORY("id=\"" LONG "\"", "")),
	    "./a.xml:3: id=\"" LONG "\": this can't be an id" },
	{ TAXONOMY("<owner id=\"X\" name=\"X\"/>"),
	    "./a.xml:3: id=\"X\": this can't be an id" },
	{ TAXONOMY("<mark id=\"a b\" kind=\"meta\"><meaning>M"
	    "</meaning></mark>"),
	    "./a.xml:3: id=\"a b\": this is no tag in its normal form: "
	    "write \"a-b\"" },
	{ TAXONOMY("<category id=\"x\">\n<title> \n </title>"
	    "<meaning>M</meaning></category>"),
	    "./a.xml:4: title is empty" },
	{ TAXONOMY("<category id=\"x\"><title>T</title>\n"
	    "<meaning><!-- later --></meaning></category>"),
	    "./a.xml:4: meaning is empty" },
	{ TAXONOMY("<category id=\"x\"><title>&#x85;</title>"
	    "<meaning>M</meaning></category>"),
	    "./a.xml:3: title holds a control character" },
	{ TAXONOMY(CATEGORY("id=\"x\" since=\"2023-02-30\"", "")),
	    "./a.xml:3: since=\"2023-02-30\": there is no such day" },
	{ TAXONOMY(CATEGORY("id=\"x\" since=\"May 2023\"", "")),
	    "./a.xml:3: since=\"May 2023\": there is no such day" },
	{ TAXONOMY(CATEGORY("id=\"x\"", "\n<formerly "
	    "until=\"2023-13-01\">y</formerly>")),
	    "./a.xml:4: until=\"2023-13-01\": there is no such day" },
	{ TAXONOMY(CATEGORY("id=\"x\" since=\"2023-01-11\"",
	    "\n<formerly until=\"2023-01-10\">y</formerly>")),
	    "./a.xml:4: until: the old name \"y\" ends before" },
	{ TAXONOMY(CATEGORY("id=\"x\"", "<spelling> - </spelling>")),
	    "./a.xml:3: \"-\" is no tag" },
	{ TAXONOMY(CATEGORY("id=\"x\"", "<spelling>" LONG
	    "</spelling>")), "./a.xml:3: \"" LONG "\" is too long" },
	/* Tags: ids and spellings of all kinds share one space. */
	{ TAXONOMY(CATEGORY("id=\"x\"", "") CATEGORY("id=\"x\"", "")),
	    "./a.xml:4: tag \"x\" is there twice, first in "
	    "./a.xml:3" },
	{ TAXONOMY(CATEGORY("id=\"x\"", "<spelling>X</spelling>")),
	    "./a.xml:3: tag \"x\" is there twice" },
	{ TAXONOMY(CATEGORY("id=\"x\"", "\n<spelling>y z</spelling>"
	    "\n<spelling>Y_Z</spelling>")),
	    "./a.xml:5: tag \"y-z\" is there twice, first in "
	    "./a.xml:4" },
	{ TAXONOMY(CATEGORY("id=\"x\"", "<spelling>rest</spelling>")),
	    "./a.xml:3: tag \"rest\" is there twice, first in "
	    "./a.xml:2" },
	{ TAXONOMY("<mark id=\"rest\" kind=\"meta\"><meaning>M"
	    "</meaning></mark>"),
	    "./a.xml:3: tag \"rest\" is there twice" },
	{ TAXONOMY("<inclusion id=\"i\" counted=\"true\"><title>T"
	    "</title>\n<formerly until=\"2020-01-01\">rest</formerly>"
	    "</inclusion>"), "./a.xml:4: tag \"rest\" is there twice" },
	/* The residual category. */
	{ HEAD CATEGORY("id=\"x\"", "") TAIL,
	    "./a.xml:1: no category in any file is residual" },
	{ TAXONOMY(CATEGORY("id=\"x\" residual=\"true\"", "")),
	    "./a.xml:3: category \"x\" is residual, and so is \"rest\" "
	    "(./a.xml:2)" },
	/* Schemes. */
	{ TAXONOMY(SCHEME(ROW("id=\"r\" residual=\"true\"",
	    REF("rest") "\n" REF("gone")))),
	    "./a.xml:5: ref=\"gone\": there is no such category" },
	{ TAXONOMY(SCHEME(ROW("id=\"r\" residual=\"true\"",
	    REF("rest")) ROW("id=\"q\"", REF("rest")))),
	    "./a.xml:5: category \"rest\" is in row \"r\" (line 4) "
	    "already" },
	{ TAXONOMY(SCHEME(ROW("id=\"r\" residual=\"true\"", ""))),
	    "./a.xml:3: scheme \"s\": category \"rest\" is in no row" },
	{ TAXONOMY(SCHEME(ROW("id=\"r\"", REF("rest")))),
	    "./a.xml:3: scheme \"s\" has no residual row" },
	{ TAXONOMY(SCHEME(ROW("id=\"r\" residual=\"true\"",
	    REF("rest")) ROW("id=\"q\" residual=\"true\"", ""))),
	    "./a.xml:5: row \"q\" is residual, and so is row \"r\" "
	    "(line 4)" },
	{ TAXONOMY(SCHEME(ROW("id=\"r\" residual=\"true\"",
	    REF("rest")) ROW("id=\"r\"", ""))),
	    "./a.xml:5: row \"r\" is there twice, first in "
	    "./a.xml:4" },
	{ TAXONOMY(SCHEME(ROW("id=\"r\" residual=\"true\"",
	    REF("rest"))) SCHEME(ROW("id=\"r\" residual=\"true\"",
	    REF("rest")))),
	    "./a.xml:6: scheme \"s\" is there twice, first in "
	    "./a.xml:3" },
	{ TAXONOMY(SCHEME("<row id=\"r\" title=\"\" residual=\"true\">"
	    REF("rest") "</row>")), "./a.xml:4: title is empty" },
	/* Components. */
	{ TAXONOMY("<component product=\"P\" name=\"C\" "
	    "holds=\"incidents\"/>\n<component product=\"P\" "
	    "name=\" C\" holds=\"inclusions\"/>"),
	    "./a.xml:4: component \"P :: C\" is there twice" },
	/* Owners. */
	{ TAXONOMY("<owner id=\"x\" name=\"X\"/>\n"
	    "<owner id=\"x\" name=\"Y\"/>"),
	    "./a.xml:4: owner \"x\" is there twice, first in "
	    "./a.xml:3" },
	{ TAXONOMY("<owner id=\"x\" name=\"X  CA\"/>\n"
	    "<owner id=\"y\" name=\"Y\">\n<name>x ca</name></owner>"),
	    "./a.xml:5: name \"x ca\" is there twice, first in "
	    "./a.xml:3" },
	{ TAXONOMY("<owner id=\"x\" name=\"\u00c9clair\">\n"
	    "<brand>\u00e9CLAIR</brand></owner>"),
	    "./a.xml:4: name \"\u00e9CLAIR\" is there twice" },
	{ TAXONOMY("<owner id=\"x\" name=\"X\" now=\"gone\"/>"),
	    "./a.xml:3: now=\"gone\": there is no such owner" },
	{ TAXONOMY("<owner id=\"x\" name=\"X\" now=\"x\"/>"),
	    "./a.xml:3: now=\"x\": this is the owner itself" },
	{ TAXONOMY("<owner id=\"x\" name=\"X\" now=\"y\"/>\n"
	    "<owner id=\"y\" name=\"Y\" now=\"z\"/>\n"
	    "<owner id=\"z\" name=\"Z\" now=\"y\"/>"),
	    "./a.xml:4: now: owner \"y\" comes back to itself" },
	{ TAXONOMY("<owner id=\"x\" name=\"X\" "
	    "since=\"2020-01-01\"/>"),
	    "./a.xml:3: owner \"x\" has since= without now=" },
	{ TAXONOMY("<owner id=\"x\" name=\"X\" now=\"y\" "
	    "since=\"2020-01-02\"/>\n<owner id=\"y\" name=\"Y\" "
	    "now=\"z\" since=\"2020-01-01\"/>\n"
	    "<owner id=\"z\" name=\"Z\"/>"),
	    "./a.xml:3: since: owner \"x\" went to \"y\" after that "
	    "one was itself gone (./a.xml:4)" },
	{ TAXONOMY("<owner id=\"x\" name=\"X\" now=\"y\" since=\"0\"/>"
	    "<owner id=\"y\" name=\"Y\"/>"),
	    "./a.xml:3: since=\"0\": there is no such day" },
	/* Doors that stay shut. */
	{ "<!DOCTYPE taxonomy [<!ENTITY a \"b\">]>\n"
	    TAXONOMY(CATEGORY("id=\"x\"", "")), "declares entities" },
	{ "<!DOCTYPE taxonomy [<!ENTITY a SYSTEM \"a.xml\">]>\n"
	    "<taxonomy version=\"&a;\"/>", "./a.xml:" },
	{ TAXONOMY("<owner id=\"x\" name=\"&other;\"/>"),
	    "./a.xml:3: " },
	{ "<!DOCTYPE taxonomy SYSTEM \"a.dtd\">\n"
	    TAXONOMY("<owner id=\"x\" name=\"X&other;\"/>"),
	    "./a.xml:4: " }
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
put_buf(const char *path, const struct buf *buf)
{
	assert_null(buf_error(buf, path));
	put(path, buf_text(buf), 0644);
}

/* Nothing takes long, overflows the stack, or takes all memory. */
static void
test_hostile(void **state)
{
	enum { MANY = 50000, DEEP = 10000, WIDE = 3000 };
	struct taxonomy *taxonomy;
	const struct err *err;
	struct buf buf;
	size_t i;

	(void)state;
	buf_init(&buf, 2 * TAX_MAX_FILE);
	buf_str(&buf, HEAD REST);
	for (i = 0; i < DEEP; i++)
		buf_str(&buf, "<category>");
	put_buf("a.xml", &buf);
	assert_faulty("./a.xml:3: ");

	/* Each owner was taken over by the next. */
	buf_clear(&buf);
	buf_str(&buf, HEAD REST);
	for (i = 0; i < MANY; i++)
		buf_fmt(&buf, "<owner id=\"x%zu\" name=\"X%zu\" "
		    "now=\"x%zu\"/>\n", i, i, i + 1);
	buf_fmt(&buf, "<owner id=\"x%zu\" name=\"last\"/>" TAIL, i);
	put_buf("a.xml", &buf);
	taxonomy = loaded(".");
	assert_int_equal(taxonomy->owner_len, MANY + 1);
	for (i = 0; i <= MANY; i++)
		assert_int_equal(taxonomy->owners[i].now, MANY);
	taxonomy_free(taxonomy);

	/* A place in each scheme for each category. */
	buf_clear(&buf);
	buf_str(&buf, HEAD REST);
	for (i = 0; i < WIDE; i++)
		buf_fmt(&buf, CATEGORY("id=\"c%zu\"", "")
		    "<scheme id=\"s%zu\" heading=\"H\"><title>T</title>"
		    ROW("id=\"r\" residual=\"true\"", "") "</scheme>", i, i);
	buf_str(&buf, TAIL);
	put_buf("a.xml", &buf);
	err = taxonomy_load(&taxonomy, ".");
	assert_fails(err, ERR_CONFIG, "./a.xml");
	assert_non_null(strstr(err->text, "too large"));
	assert_null(taxonomy);

	/* Files: as large as may be, and a byte more. */
	buf_clear(&buf);
	buf_str(&buf, HEAD REST TAIL);
	buf_fill(&buf, '\n', TAX_MAX_FILE - buf.len);
	put_buf("a.xml", &buf);
	taxonomy_free(loaded("."));
	buf_char(&buf, '\n');
	put_buf("a.xml", &buf);
	err = taxonomy_load(&taxonomy, ".");
	assert_fails(err, ERR_CONFIG, "./a.xml");
	assert_non_null(strstr(err->text, "too large"));
	buf_release(&buf);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(test_faults),
		SCRATCH_TEST(test_hostile)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
