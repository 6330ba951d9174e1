/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <stdio.h>

#include "fetch/bugxml.h"
#include "fetch/xml.h"
#include "tests/unit/parts.h"

#define R "\xef\xbf\xbd"	/* U+FFFD */
#define T "2024-05-06T07:08:09Z"
#define TX "2024-05-06 07:08:09 +0000"
#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\" ?>\n" \
	"<!DOCTYPE bugzilla SYSTEM " \
	"\"http://127.0.0.1:1/page.cgi?id=bugzilla.dtd\">\n\n" \
	"<bugzilla version=\"5.2\"\n          urlbase=\"https://b.example/\"\n" \
	"          \n          maintainer=\"m@b.example\"\n>\n\n"
#define TAIL "\n</bugzilla>\n"
#define C1 "<long_desc isprivate=\"0\" >\n    <commentid>71</commentid>\n" \
	"    <comment_count>0</comment_count>\n" \
	"    <who name=\"A Person\">a@ca.example</who>\n" \
	"    <bug_when>" TX "</bug_when>\n    <thetext>one</thetext>\n" \
	"  </long_desc>"
#define L1 "  comment 71 of 5 #0 " T " <a@ca.example>: one\n"

static const struct err *
read_in(struct parts *parts, const char *data, size_t len, size_t piece)
{
	struct xml_input input = { parts_read, parts, "x" };

	parts_begin(parts, data, len, piece);
	return bugxml_read(&input, &parts->sink, &parts->result);
}

static const struct {
	const char *xml;
	uint64_t parts, skipped;
	const char *lines;
} exports[] = {
	/* everything that is read, and much that is not */
	{ HEAD "<bug>\n          <bug_id>5</bug_id>\n          \n"
	    "<creation_ts>" TX "</creation_ts><short_desc>A &amp; B: &lt;c&gt; "
	    "</short_desc>\n<delta_ts>2024-05-06 09:08:09 +0200</delta_ts>"
	    "<reporter_accessible>1</reporter_accessible><product>p</product>"
	    "<component>c</component><version>other</version>"
	    "<bug_type>task</bug_type><bug_status>RESOLVED</bug_status>"
	    "<resolution>DUPLICATE</resolution><dup_id>4</dup_id>"
	    "<bug_file_loc>https://e.example/</bug_file_loc>"
	    "<status_whiteboard>[x] [y]</status_whiteboard>"
	    "<keywords>k, l</keywords><priority>P1</priority>"
	    "<bug_severity>S2</bug_severity><dependson>6</dependson>"
	    "<dependson>7</dependson><alias>z</alias>"
	    "<reporter name=\"A Person\">a@ca.example</reporter>"
	    "<assigned_to name=\"\">b@ca.example</assigned_to><cc>c</cc>"
	    "<cf_user_story></cf_user_story>"
	    "<cf_last_resolved>" TX "</cf_last_resolved>"
	    "<comment_sort_order>oldest_to_newest</comment_sort_order>" C1
	    "</bug>" TAIL, 1, 0, "bug 5 product=p component=c summary=A & B: "
	    "<c>  whiteboard=[x] [y] status=RESOLVED resolution=DUPLICATE "
	    "creator=a@ca.example assigned_to=b@ca.example priority=P1 "
	    "severity=S2 type=task keywords=k, l alias=z "
	    "url=https://e.example/ creation_time=" T " last_change_time=" T
	    " cf_last_resolved=" T " dupe_of=4 +comments\n" L1 },
	{ "<bugzilla><bug><bug_id>5</bug_id></bug></bugzilla>", 1, 0,
	    "bug 5 +comments\n" },
	/* empty is told and unset */
	{ HEAD "<bug><bug_id>5</bug_id><short_desc></short_desc><bug_status/>"
	    "<dup_id/><cf_last_resolved></cf_last_resolved></bug>" TAIL, 1, 0,
	    "bug 5 summary= status= cf_last_resolved=- dupe_of=-1 +comments\n" },
	/* comments: private, with an attachment, without a number; text as
	 * it is given, also the blanks */
	{ HEAD "<bug><bug_id>5</bug_id><long_desc isprivate=\"1\"><commentid>"
	    "72</commentid><attachid>33</attachid><who name=\"x\">a</who>"
	    "<bug_when>" TX "</bug_when><thetext>  two\n\n&#13;\tlines "
	    "</thetext></long_desc><long_desc><commentid>73</commentid>"
	    "<bug_when>" TX "</bug_when><thetext> </thetext></long_desc>"
	    "<long_desc isprivate=\"0\"><commentid>74</commentid><bug_when>" TX
	    "</bug_when><thetext/></long_desc><long_desc><commentid>75"
	    "</commentid><bug_when>" TX "</bug_when><thetext><![CDATA[<a>]]>"
	    "&amp;<!-- b --><![CDATA[c]]></thetext></long_desc></bug>" TAIL, 1,
	    0, "bug 5 +comments\n  comment 72 of 5 #-1 " T " <a> attachment 33 "
	    "private:   two\n\n\n\tlines \n"
	    "  comment 73 of 5 #-1 " T " <>:  \n"
	    "  comment 74 of 5 #-1 " T " <>: \n"
	    "  comment 75 of 5 #-1 " T " <>: <a>&c\n" },
	/* attachments, and their fields that have names of a bug's */
	{ HEAD "<bug><bug_id>5</bug_id>" C1 "<attachment isobsolete=\"0\">"
	    "<attachid>33</attachid><date>" TX "</date><delta_ts>x</delta_ts>"
	    "<desc>d</desc><short_desc>e</short_desc><commentid>9</commentid>"
	    "<data encoding=\"base64\">QUJD\nREVG</data></attachment></bug>"
	    TAIL, 1, 0, "bug 5 +comments\n" L1 },
	/* several bugs, some that can't be seen */
	{ HEAD "<bug><bug_id>5</bug_id></bug><bug error=\"NotPermitted\">\n"
	    "<bug_id>6</bug_id></bug><bug error=\"InvalidBugId\"><bug_id>"
	    "</bug_id></bug><bug error=\"NotFound\"><bug_id>zz</bug_id></bug>"
	    "<bug><bug_id>7</bug_id><short_desc>s</short_desc></bug>" TAIL, 2,
	    0, "bug 5 +comments\nbug-invisible 6 NotPermitted\n"
	    "bug-invisible 0 InvalidBugId: \"\" is no bug number\n"
	    "bug-invisible 0 NotFound: \"zz\" is no bug number\n"
	    "bug 7 summary=s +comments\n" },
	{ HEAD TAIL, 0, 0, "answer-empty 0 \n" },
	/* several aliases */
	{ HEAD "<bug><alias>a</alias><alias>b</alias><alias>c</alias><bug_id>5"
	    "</bug_id></bug>" TAIL, 1, 0, "bug 5 alias=a, b, c +comments\n" },
	/* a custom field has no zone: UTC if all else is told in UTC */
	{ HEAD "<bug><bug_id>5</bug_id><creation_ts>" TX "</creation_ts>"
	    "<cf_last_resolved>2024-05-06 07:08:09</cf_last_resolved></bug>"
	    "<bug><bug_id>6</bug_id><creation_ts>" TX "</creation_ts><delta_ts>"
	    "2024-05-06 09:08:09 +0200</delta_ts><cf_last_resolved>"
	    "2024-05-06 07:08:09</cf_last_resolved></bug><bug><bug_id>7"
	    "</bug_id><cf_last_resolved>2024-05-06 07:08:09</cf_last_resolved>"
	    "</bug>" TAIL, 3, 0, "bug 5 creation_time=" T " cf_last_resolved=" T
	    " +comments\nbug 6 creation_time=" T " last_change_time=" T
	    " +comments\nbug 7 +comments\n" },
	/* repaired: C1 controls and DEL are legal in XML */
	{ HEAD "<bug><bug_id>5</bug_id><short_desc>a&#127;&#133;b</short_desc>"
	    "<long_desc><commentid>76</commentid><who>&#128;</who><bug_when>"
	    TX "</bug_when><thetext>\xc2\x85</thetext></long_desc></bug>" TAIL,
	    1, 0, "text-repaired 5 1 in the creator of comment 76\n"
	    "text-repaired 5 1 in the text of comment 76\n"
	    "text-repaired 5 2 in the summary\nbug 5 summary=a" R R "b "
	    "+comments\n  comment 76 of 5 #-1 " T " <" R ">: " R "\n" },
	/* bad bugs */
	{ HEAD "<bug></bug><bug/><bug><bug_id>-5</bug_id></bug><bug><bug_id>"
	    "5 6</bug_id></bug><bug><bug_id>8</bug_id><creation_ts>"
	    "2024-02-30 00:00:00 +0000</creation_ts></bug><bug><dup_id>x"
	    "</dup_id><bug_id>9</bug_id></bug><bug><bug_id>10</bug_id>"
	    "<short_desc>a<b>c</b>d</short_desc></bug><bug><bug_id>11</bug_id>"
	    "</bug>" TAIL, 1, 7,
	    "bug-bad 0 <bug> 1: it has no number\n"
	    "bug-bad 0 <bug> 2: it has no number\n"
	    "bug-bad 0 <bug> 3: \"-5\" is no bug number\n"
	    "bug-bad 0 <bug> 4: \"5 6\" is no bug number\n"
	    "bug-bad 8 creation_ts \"2024-02-30 00:00:00 +0000\" is no time\n"
	    "bug-bad 9 dup_id \"x\" is no such number\n"
	    "bug-bad 10 short_desc holds another element\n"
	    "bug 11 +comments\n" },
	/* bad comments; the others stay */
	{ HEAD "<bug><bug_id>5</bug_id><long_desc/>" C1 "<long_desc>"
	    "<commentid>77</commentid><bug_when>x</bug_when><thetext>a"
	    "</thetext></long_desc><long_desc isprivate=\"yes\"><commentid>78"
	    "</commentid><bug_when>" TX "</bug_when><thetext>a</thetext>"
	    "</long_desc><long_desc><commentid>79</commentid><bug_when>" TX
	    "</bug_when></long_desc><long_desc><commentid>80</commentid>"
	    "<bug_when>" TX "</bug_when><thetext>a<br/>b</thetext></long_desc>"
	    "<long_desc><commentid>x</commentid></long_desc></bug>" TAIL, 1, 6,
	    "comment-bad 5 a comment: it has no number\n"
	    "comment-bad 5 comment 77: bug_when \"x\" is no time\n"
	    "comment-bad 5 comment 78: isprivate \"yes\" is neither 0 nor 1\n"
	    "comment-bad 5 comment 79: it has no text\n"
	    "comment-bad 5 comment 80: thetext holds another element\n"
	    "comment-bad 5 a comment: commentid \"x\" is no such number\n"
	    "bug 5 +comments\n" L1 }
};

static void
test_exports(void **state)
{
	static const size_t pieces[] = { 1, 2, 3, 7, 64, 4000, 65536 };
	const struct err *err;
	struct parts parts;

	(void)state;
	for (size_t i = 0; i < COUNT(exports); i++) {
		for (size_t j = 0; j < COUNT(pieces); j++) {
			err = read_in(&parts, exports[i].xml,
			    strlen(exports[i].xml), pieces[j]);
			if (err != NULL)
				fail_msg("%zu: %s", i, err->text);
			assert_string_equal(buf_text(&parts.text),
			    exports[i].lines);
			assert_int_equal(parts.result.kind, INTAKE_XML);
			assert_int_equal(parts.result.parts,
			    exports[i].parts);
			assert_int_equal(parts.result.skipped,
			    exports[i].skipped);
			parts_end(&parts);
		}
	}
}

/* A cut export is an error, and what was handed over is right. */
static void
test_cut(void **state)
{
	const struct err *err;
	struct parts parts;
	size_t whole;

	(void)state;
	for (size_t i = 0; i < COUNT(exports); i++) {
		/* Without the line end it is whole. */
		whole = strlen(exports[i].xml) - 1;
		for (size_t len = 0; len < whole; len++) {
			err = read_in(&parts, exports[i].xml, len, 4000);
			if (err == NULL)
				fail_msg("%zu: %zu bytes are taken", i, len);
			assert_int_equal(err->kind, ERR_CONFIG);
			assert_true(parts_prefix(buf_text(&parts.text),
			    exports[i].lines));
			parts_end(&parts);
		}
	}
}

static void
test_refused(void **state)
{
	static const struct {
		const char *xml;
		const char *said;
	} cases[] = {
		{ "<rss/>", "x: no export of Bugzilla: the root element is "
		    "<rss>, not <bugzilla>: " },
		{ "<html><body>x<br></body></html>", "is <html>" },
		{ "<bugzilla><bugs/></bugzilla>", "holds <bugs> where a <bug> "
		    "should be" },
		{ "<!DOCTYPE bugzilla [<!ENTITY x SYSTEM 'file:///etc/passwd'>"
		    "]><bugzilla><bug><bug_id>5</bug_id><short_desc>&x;"
		    "</short_desc></bug></bugzilla>", "declares entities" },
		{ "<bugzilla><bug><a><a><a><a><a><a><a><a><a><a><a><a><a><a>"
		    "<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>"
		    "<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>"
		    "<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>",
		    "line 1: nested too deeply" }
	};
	const struct err *err;
	struct parts parts;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		err = read_in(&parts, cases[i].xml, strlen(cases[i].xml), 9);
		assert_non_null(err);
		assert_int_equal(err->kind, ERR_CONFIG);
		if (strstr(err->text, cases[i].said) == NULL)
			fail_msg("%s: %s", cases[i].xml, err->text);
		assert_string_equal(buf_text(&parts.text), "");
		parts_end(&parts);
	}
}

/* Texts whose sum is over what one bug may have. */
static void
test_too_much(void **state)
{
	struct parts parts;
	struct buf xml;

	(void)state;
	buf_init(&xml, 64 << 20);
	buf_str(&xml, "<bugzilla><bug><bug_id>5</bug_id>");
	for (unsigned i = 0; i < 5; i++) {
		buf_fmt(&xml, "<long_desc><commentid>%u</commentid><bug_when>"
		    TX "</bug_when><thetext>", i + 1);
		buf_fill(&xml, 'a', 9000000);
		buf_str(&xml, "</thetext></long_desc>");
	}
	buf_str(&xml, "</bug><bug><bug_id>6</bug_id></bug></bugzilla>");
	assert_null(buf_error(&xml, "xml"));
	assert_null(read_in(&parts, buf_text(&xml), xml.len, 65536));
	assert_string_equal(buf_text(&parts.text),
	    "bug-bad 5 it has over 32 MiB\nbug 6 +comments\n");
	parts_end(&parts);

	/* One text made of several pieces that libxml2 lets pass. */
	buf_clear(&xml);
	buf_str(&xml, "<bugzilla><bug><bug_id>5</bug_id><short_desc>");
	for (unsigned i = 0; i < 5; i++) {
		buf_fill(&xml, 'a', 9000000);
		buf_str(&xml, "<!-- -->");
	}
	buf_str(&xml, "</short_desc></bug></bugzilla>");
	assert_null(read_in(&parts, buf_text(&xml), xml.len, 65536));
	assert_string_equal(buf_text(&parts.text),
	    "bug-bad 5 short_desc is too long\n");
	parts_end(&parts);
	buf_release(&xml);
}

static void
test_places(void **state)
{
	static const char xml[] = "<bugzilla>\n<bug>\n<bug_id>x</bug_id>\n"
	    "</bug>\n\n<bug><bug_id>5</bug_id>\n<long_desc/>\n</bug>\n"
	    "</bugzilla>";
	struct xml_input input = { parts_read, NULL, "x" };
	struct parts parts;

	(void)state;
	parts_begin(&parts, xml, sizeof(xml) - 1, 4);
	parts.places = true;
	input.arg = &parts;
	assert_null(bugxml_read(&input, &parts.sink, &parts.result));
	assert_string_equal(buf_text(&parts.text),
	    "bug-bad 0 at 2:0 <bug> 1: \"x\" is no bug number\n"
	    "comment-bad 5 at 7:0 a comment: it has no number\n"
	    "bug 5 +comments\n");
	parts_end(&parts);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_exports),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_too_much),
		cmocka_unit_test(test_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
