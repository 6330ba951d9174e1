/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Rules on the sections of reports, and the stages of rules. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "classify/report_text.h"
#include "classify/rules.h"
#include "fetch/bug.h"
#include "tests/unit/heard.h"

#define BIT(kind) (UINT64_C(1) << (kind))
#define CAUSE BIT(TAX_SECTION_CAUSE)
#define FACTOR BIT(TAX_SECTION_FACTOR)

static struct taxonomy taxonomy;
static struct tax_rule table[16];
static struct heard heard;

static struct tax_rule *
add(const char *id, uint64_t sections, const char *pattern)
{
	struct tax_rule *rule = &table[taxonomy.rule_len++];

	assert_true(taxonomy.rule_len <= COUNT(table));
	memset(rule, 0, sizeof(*rule));
	rule->id = id;
	rule->stage = TAX_STAGE_REPORTS;
	rule->field = sections != 0 ? TAX_FIELD_SECTION : TAX_FIELD_TEXT;
	rule->sections = sections;
	rule->pattern = pattern;
	rule->from = DATE_NONE;
	rule->until = INT64_MAX;
	rule->scheme = SIZE_MAX;
	rule->file = "my.xml";
	taxonomy.rules = table;
	return rule;
}

/* A comment whose sections are marked in its text: "<c" begins the body of
 * a root cause, "<f" of a factor, "<t" of a timeline, "<o" of another, and
 * ">" ends the one that began last. */
struct marked {
	struct comment comment;
	struct report_comment report;
	struct report_section sections[16];
};

static void
mark(struct marked *out, int64_t number, const char *text)
{
	struct report_section *section, *open[16];
	size_t i, depth = 0;

	memset(out, 0, sizeof(*out));
	out->comment.number = out->report.number = number;
	out->comment.text = text;
	out->comment.text_len = strlen(text);
	out->comment.creator = "";
	out->report.sections = out->sections;
	for (i = 0; i < out->comment.text_len; i++) {
		if (text[i] == '>')
			open[--depth]->body.end = i;
		if (text[i] != '<')
			continue;
		section = open[depth++] =
		    &out->sections[out->report.section_len++];
		section->title = "";
		section->kind = text[i + 1] == 'c' ? TAX_SECTION_CAUSE :
		    text[i + 1] == 'f' ? TAX_SECTION_FACTOR :
		    text[i + 1] == 't' ? TAX_SECTION_TIMELINE :
		    TAX_SECTION_OTHER;
		section->body.start = i + 2;
	}
	assert_int_equal(depth, 0);
}

/* Hits of the rules of a stage on comments 0 and 2, as text, with and
 * without the filter. */
static const char *
run_stage(enum tax_stage stage, const char *first, const char *second)
{
	static char with[1024], without[1024];
	struct report_comment reports[2];
	struct comment comments[2];
	struct report_text report = { .comments = reports,
	    .comment_len = 2 };
	struct rule_input input = { .bug = 7, .filed = 19000,
	    .comments = comments, .comment_len = 2,
	    .report = &report };
	struct marked marked[2];
	struct rule_hits hits;
	struct rules *rules;
	struct buf out;
	size_t i, pass;

	for (i = 0; i <= TAX_FIELD_WORDS; i++)
		input.text[i].data = "";
	mark(&marked[0], 0, first);
	mark(&marked[1], 2, second);
	for (i = 0; i < 2; i++) {
		comments[i] = marked[i].comment;
		reports[i] = marked[i].report;
	}
	assert_null(rules_new(&rules, &taxonomy, stage));
	assert_null(rule_hits_init(&hits, &taxonomy));
	for (pass = 0; pass < 2; pass++) {
		buf_fixed(&out, pass == 0 ? with : without, sizeof(with));
		rules_filter(rules, pass == 0);
		assert_null(rules_run(rules, &input, heard_begin(&heard),
		    &hits));
		assert_int_equal(heard_all(&heard), 0);
		for (i = 0; i < hits.len; i++)
			buf_fmt(&out, "%s@%d:%zu-%zu ",
			    table[hits.items[i].rule].id,
			    (int)hits.items[i].comment, hits.items[i].start,
			    hits.items[i].end);
		(void)buf_text(&out);
		if (out.len == 0)
			(pass == 0 ? with : without)[0] = '\0';
	}
	assert_string_equal(with, without);
	rule_hits_release(&hits);
	rules_free(rules);
	return with;
}

static const char *
run(const char *first, const char *second)
{
	return run_stage(TAX_STAGE_REPORTS, first, second);
}

static int
begin(void **state)
{
	(void)state;
	taxonomy.rule_len = 0;
	return 0;
}

static void
test_places(void **state)
{
	(void)state;
	add("cause", CAUSE, "manual");
	add("any", CAUSE | BIT(TAX_SECTION_TIMELINE), "linter");
	add("text", 0, "linter");
	/* bytes are of the comment; what stands in no section does not count,
	 * nor does a section of another kind */
	assert_string_equal(run("manual linter <o manual linter>", "linter"),
	    "text@0:7-13 ");
	assert_string_equal(run("x <t linter> <c a manual step>", "<c manual>"),
	    "cause@0:18-24 any@0:5-11 text@0:5-11 ");
	assert_string_equal(run("", "no <cmanual> <c manual>"),
	    "cause@2:5-11 ");
	assert_string_equal(run("", ""), "");
}

/* A section within a section is read as part of it, by those that ask for
 * both, and alone by those that ask for it. */
static void
test_nested(void **state)
{
	(void)state;
	add("both", CAUSE | FACTOR, "one\\b.*two");
	add("inner", FACTOR, "two");
	add("outer", CAUSE, "two$");
	add("start", CAUSE | FACTOR, "^ two");
	assert_string_equal(run("<c one <f two> three>", ""),
	    "both@0:3-13 inner@0:10-13 ");
	assert_string_equal(run("<f two> <c one <o <c two>>>", ""),
	    "both@0:11-24 inner@0:3-6 start@0:2-6 ");
	/* siblings are not within each other, also where they touch */
	assert_string_equal(run("<c one><f two>", ""),
	    "inner@0:10-13 start@0:9-13 ");
	assert_string_equal(run("<o <o <f two>>>", "<c two>"),
	    "inner@0:9-12 outer@2:3-6 start@0:8-12 ");
}

/* A body is a text of its own: nothing beyond it is seen. */
static void
test_bounds(void **state)
{
	(void)state;
	add("begin", CAUSE, "^one");
	add("end", CAUSE, "two$");
	add("behind", CAUSE, "(?<=<c)one");
	add("over", CAUSE, "one two");
	add("word", CAUSE, "\\bwo");
	assert_string_equal(run("<cone>two <c two>", ""),
	    "begin@0:2-5 end@0:13-16 ");
	assert_string_equal(run("one <cone two>", ""),
	    "begin@0:6-9 end@0:10-13 over@0:6-13 ");
	assert_string_equal(run("t<cwo>", ""), "word@0:3-5 ");
}

static void
test_stages(void **state)
{
	static size_t first[] = { 0 };

	(void)state;
	add("label", 0, "late")->stage = TAX_STAGE_LABELS;
	add("section", CAUSE, "late")->stage = TAX_STAGE_LABELS;
	add("report", 0, "late");
	add("bare", 0, "\\d\\d");
	assert_string_equal(run("late 24 <c late>", ""),
	    "report@0:0-4 bare@0:5-7 ");
	assert_string_equal(run_stage(TAX_STAGE_LABELS, "late 24 <c late>",
	    ""), "label@0:0-4 section@0:11-15 ");
	/* companions of the other stage never matched */
	table[2].needs = first;
	table[2].need_len = 1;
	assert_string_equal(run("late", ""), "");
	/* nor is its pattern compiled */
	table[0].pattern = "late(";
	table[2].need_len = 0;
	assert_string_equal(run("late", ""), "report@0:0-4 ");
}

static void
test_no_report(void **state)
{
	struct comment comment = { .text = "cause", .text_len = 5,
	    .creator = "" };
	struct rule_input input = { .comments = &comment, .comment_len = 1 };
	struct rule_hits hits;
	struct rules *rules;
	size_t i;

	(void)state;
	for (i = 0; i <= TAX_FIELD_WORDS; i++)
		input.text[i].data = "";
	add("cause", CAUSE, "cause");
	assert_null(rules_new(&rules, &taxonomy, TAX_STAGE_REPORTS));
	assert_null(rule_hits_init(&hits, &taxonomy));
	assert_null(rules_run(rules, &input, NULL, &hits));
	assert_int_equal(hits.len, 0);
	rule_hits_release(&hits);
	rules_free(rules);
}

/* Each of the last kind of section has its bit. */
static void
test_last_kind(void **state)
{
	(void)state;
	assert_true(TAX_SECTION__MAX <= 64);
	add("other", BIT(TAX_SECTION_OTHER), "late");
	assert_string_equal(run("<o late>", ""), "other@0:3-7 ");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_places, begin),
		cmocka_unit_test_setup(test_nested, begin),
		cmocka_unit_test_setup(test_bounds, begin),
		cmocka_unit_test_setup(test_stages, begin),
		cmocka_unit_test_setup(test_no_report, begin),
		cmocka_unit_test_setup(test_last_kind, begin)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
