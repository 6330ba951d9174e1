/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"
#include "classify/judge.h"
#include "classify/override.h"
#include "classify/similar.h"
#include "fetch/bug.h"
#include "output/build.h"
#include "output/build_marks.h"
#include "output/writer.h"
#include "tests/unit/small_taxonomy.h"

enum { ROOM = 1 << 20 };

/* The report in that format; good until the next. */
static const char *
written(const struct report *report, const char *format, bool color)
{
	const struct writer_options options = { color, 0, false };
	static char text[ROOM + 1];
	struct buf out;

	buf_init(&out, ROOM);
	assert_null(writer_run(writer_by_name(format), report, &options, NULL,
	    &out));
	memcpy(text, buf_text(&out), out.len + 1);
	buf_release(&out);
	return text;
}

#define LESS_ONE "xxxx xxxxx xxxxx xxxxx xxxxx xxxxx xxxxx xxxxx xxxxx " \
	"xxxxx xxxxx xxxxx xxxxx xxxxx xxxxx xxxxx xxxx"
#define HUNDRED LESS_ONE "x"

static void
test_marks(void **state)
{
	static const struct {
		const char *text;
		struct mark marks[4];
		size_t len;
		const char *expected;
	} cases[] = {
		{ "none", { { 0, 0 } }, 0, "" },
		{ "late", { { 0, 4 } }, 1, "    »late«\n" },
		{ "too late\n", { { 4, 8 } }, 1, "    too »late«\n" },
		/* in any order, touching, one inside another */
		{ "abcdefgh", { { 4, 6 }, { 1, 3 }, { 2, 4 }, { 7, 8 } }, 4,
		    "    a»bcdef«g»h«\n" },
		{ "abcdefgh", { { 1, 6 }, { 2, 3 } }, 2, "    a»bcdef«gh\n" },
		/* lines without a mark are left out, and it shows between */
		{ "one\ntwo\nthree\nfour\nfive", { { 4, 7 }, { 8, 10 },
		    { 21, 22 } }, 3, "    »two«\n    »th«ree\n    ...\n"
		    "    fi»v«e\n" },
		/* a mark over two lines and an empty one */
		{ "one\n\ntwo", { { 2, 6 } }, 1, "    on»e«\n\n"
		    "    »t«wo\n" },
		/* of a long line, what is around; no character is cut */
		{ HUNDRED " \u00e4" HUNDRED "late" HUNDRED HUNDRED,
		    { { 202, 207 } }, 1, "    ...\u00e4" LESS_ONE "»xlate«"
		    HUNDRED "...\n" },
		{ HUNDRED "late" HUNDRED HUNDRED, { { 100, 104 } }, 1,
		    "    " HUNDRED "»late«" HUNDRED "...\n" },
	};
	struct mark marks[4];
	struct report report;
	const char *text;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		report_init(&report, "", NULL);
		memcpy(marks, cases[i].marks, sizeof(marks));
		build_marked(&report, cases[i].text, strlen(cases[i].text),
		    marks, cases[i].len);
		assert_null(report_error(&report));
		text = written(&report, "text", false);
		if (strcmp(text, cases[i].expected) != 0)
			fail_msg("case %zu: %s", i, text);
		report_release(&report);
	}
}

static struct tax_vote ocsp[] = { { OCSP, 1500 }, { OV, -200 } };
static struct tax_vote against[] = { { OCSP, -600 }, { LEAF, 100 } };
static struct tax_vote leaf[] = { { LEAF, 1200 } };
static struct tax_vote row[] = { { OCSP, 9000 } };
static struct tax_rule rules[] = {
	{ .id = "ocsp", .field = TAX_FIELD_TITLE, .votes = ocsp,
	    .vote_len = 2, .scheme = SIZE_MAX },
	{ .id = "against", .field = TAX_FIELD_FIRST, .votes = against,
	    .vote_len = 2, .scheme = SIZE_MAX },
	{ .id = "leaf", .field = TAX_FIELD_CA, .votes = leaf, .vote_len = 1,
	    .scheme = SIZE_MAX },
	{ .id = "owner", .field = TAX_FIELD_OWNER, .votes = leaf,
	    .vote_len = 1, .scheme = SIZE_MAX },
	{ .id = "row", .field = TAX_FIELD_TITLE, .votes = row, .vote_len = 1,
	    .scheme = SCHEME_TYPES }
};

static struct rule_hit hits[] = {
	{ .rule = 0, .comment = -1, .start = 6, .end = 10 },
	{ .rule = 1, .comment = 0, .start = 3, .end = 7 },
	{ .rule = 2, .comment = 2, .start = 0, .end = 4 },
	{ .rule = 3, .comment = -1, .start = 0, .end = 4 },
	{ .rule = 4, .comment = -1, .start = 0, .end = 4 }
};

static struct comment comments[] = {
	{ .number = 0, .creator = "", .text = "In time.\nAll of it.",
	    .text_len = 19 },
	{ .number = 2, .creator = "", .text = "Late after all.",
	    .text_len = 15 }
};

static struct score scores[] = {
	[OCSP] = { .score = 900, .threshold = 1000, .confidence = 400 },
	[OV] = { .score = -200, .threshold = 1000, .confidence = 20 },
	[LEAF] = { .score = 2500, .threshold = 1100, .confidence = 950,
	    .given = true },
	[DISCLOSURE] = { .score = 0, .threshold = 1000, .confidence = 40 },
	[REST] = { .score = 0, .threshold = 1000, .confidence = -1 }
};

static struct taxonomy taxonomy;
static struct judge judge;
static struct bug bug;
static struct verdict verdict;
static struct build_explain from;

/* A bug tagged ocsp-failure and zebra; the rules say otherwise. */
static void
make(const char *board, enum label_mode mode)
{
	static const char summary[] = "Atos: OCSP is down";

	taxonomy = small_taxonomy;
	taxonomy.rules = rules;
	taxonomy.rule_len = COUNT(rules);
	memset(&judge, 0, sizeof(judge));
	judge.taxonomy = &taxonomy;
	judge.categories = scores;
	judge.hits.items = hits;
	judge.hits.len = COUNT(hits);
	bug_init(&bug, BUG_MAX_BYTES);
	bug.id = 1870002;
	bug_set_text(&bug, BUG_SUMMARY, summary, strlen(summary));
	bug_set_text(&bug, BUG_WHITEBOARD, board, strlen(board));
	bug_set_num(&bug, BUG_CHANGED, 19723 * (int64_t)DATE_DAY);
	bug.comments = comments;
	bug.comment_len = COUNT(comments);
	verdict_read(&bug, &taxonomy, mode, NULL, &verdict);
	memset(&from, 0, sizeof(from));
	from.bug = &bug;
	from.verdict = &verdict;
	from.judge = &judge;
}

static void
release(void)
{
	bug.comments = NULL;
	bug_release(&bug);
}

static const char explained[] =
    "Bug 1870002\n"
    "===========\n"
    "\n"
    "    Atos: OCSP is down\n"
    "\n"
    "The whiteboard has tags, and they come before the rules. The rules "
    "give\n"
    "leaf-revocation-delay.\n"
    "\n"
    "Label                  From   Best  Score  Threshold  Confidence\n"
    "---------------------  -----  ----  -----  ---------  ----------\n"
    "ocsp-failure           tag    yes   0.900      1.000       0.400\n"
    "leaf-revocation-delay  rules  no    2.500      1.100       0.950\n"
    "zebra                  tag    yes\n"
    "\n"
    "Summary\n"
    "-------\n"
    "\n"
    "    Atos: »OCSP« is down\n"
    "\n"
    "Whiteboard\n"
    "----------\n"
    "\n"
    "    [»ocsp-failure«] [»zebra«]\n"
    "\n"
    "Comment 0\n"
    "---------\n"
    "\n"
    "    In »time«.\n"
    "\n"
    "Comment 2\n"
    "---------\n"
    "\n"
    "    »Late« after all.\n"
    "\n"
    "ocsp-failure\n"
    "------------\n"
    "\n"
    "Rule     Weight  Place      Bytes  Words\n"
    "-------  ------  ---------  -----  -----\n"
    "ocsp      1.500  summary    6-10   OCSP\n"
    "against  -0.600  comment 0  3-7    time\n"
    "\n"
    "leaf-revocation-delay\n"
    "---------------------\n"
    "\n"
    "Rule     Weight  Place      Bytes  Words\n"
    "-------  ------  ---------  -----  -----\n"
    "leaf      1.200  comment 2  0-4    Late\n"
    "owner     1.200  owner      0-4    Atos\n"
    "against   0.100  comment 0  3-7    time\n"
    "\n"
    "zebra\n"
    "-----\n"
    "\n"
    "A tag that the taxonomy does not know: no rule can speak for it.\n"
    "\n"
    "Not given, and nearest to it\n"
    "----------------------------\n"
    "\n"
    "Label                Score  Threshold  Confidence\n"
    "------------------  ------  ---------  ----------\n"
    "disclosure-failure   0.000      1.000       0.040\n"
    "ov-misissuance      -0.200      1.000       0.020\n"
    "uncategorized        0.000      1.000\n";

static const char explained_json[] =
    "{\"id\":1870002,\"labels\":["
    "{\"id\":\"ocsp-failure\",\"source\":\"tagged\",\"score\":0.900,"
    "\"threshold\":1.000,\"evidence\":["
    "{\"rule\":\"ocsp\",\"field\":\"summary\",\"weight\":1.500,"
    "\"start\":6,\"end\":10,\"text\":\"OCSP\",\"comment\":null},"
    "{\"rule\":\"against\",\"field\":\"comment\",\"weight\":-0.600,"
    "\"start\":3,\"end\":7,\"text\":\"time\",\"comment\":0}],"
    "\"confidence\":0.400,\"base\":0.000,\"decided\":false,"
    "\"tagged\":true,\"inferred\":false,\"fallback\":false,"
    "\"best\":true},"
    "{\"id\":\"leaf-revocation-delay\",\"source\":\"inferred\","
    "\"score\":2.500,\"threshold\":1.100,\"evidence\":["
    "{\"rule\":\"leaf\",\"field\":\"comment\",\"weight\":1.200,"
    "\"start\":0,\"end\":4,\"text\":\"Late\",\"comment\":2},"
    "{\"rule\":\"owner\",\"field\":\"owner\",\"weight\":1.200,"
    "\"start\":0,\"end\":4,\"text\":\"Atos\",\"comment\":null},"
    "{\"rule\":\"against\",\"field\":\"comment\",\"weight\":0.100,"
    "\"start\":3,\"end\":7,\"text\":\"time\",\"comment\":0}],"
    "\"confidence\":0.950,\"base\":0.000,\"decided\":false,"
    "\"tagged\":false,\"inferred\":true,\"fallback\":false,"
    "\"best\":false},"
    "{\"id\":\"zebra\",\"source\":\"tagged\",\"score\":null,"
    "\"threshold\":null,\"evidence\":[],\"confidence\":null,"
    "\"base\":0.000,\"decided\":false,\"tagged\":true,"
    "\"inferred\":false,\"fallback\":false,\"best\":true}],"
    "\"best\":{\"source\":\"tagged\",\"labels\":[\"ocsp-failure\","
    "\"zebra\"],\"why\":\"The whiteboard has tags, and they come before "
    "the rules. The rules give leaf-revocation-delay.\"},"
    "\"decision\":null,\"nearest\":["
    "{\"id\":\"disclosure-failure\",\"score\":0.000,\"threshold\":1.000,"
    "\"confidence\":0.040},"
    "{\"id\":\"ov-misissuance\",\"score\":-0.200,\"threshold\":1.000,"
    "\"confidence\":0.020},"
    "{\"id\":\"uncategorized\",\"score\":0.000,\"threshold\":1.000,"
    "\"confidence\":null}],\"causes\":[],"
    "\"summary\":\"Atos: OCSP is down\"}\n";

static void
test_tagged(void **state)
{
	struct report report;

	(void)state;
	make("[ocsp-failure] [zebra]", LABELS_BEST);
	report_init(&report, "Labels", "https://b.example");
	build_explain(&report, &from);
	assert_null(report_error(&report));
	assert_string_equal(written(&report, "text", false), explained);
	assert_string_equal(written(&report, "json", false), explained_json);
	assert_non_null(strstr(written(&report, "text", true),
	    "\n    Atos: \033[1;31mOCSP\033[0m is down\n"));
	assert_non_null(strstr(written(&report, "markdown", false),
	    "\n> In »time«.\n"));
	/* The second bug makes an array of them. */
	build_explain(&report, &from);
	assert_int_equal(written(&report, "json", false)[0], '[');
	assert_memory_equal(written(&report, "jsonl", false),
	    explained_json, sizeof(explained_json) - 1);
	report_release(&report);
	release();
}

/* The rest of what explains a choice. */
static void
test_why(void **state)
{
	static const size_t chosen[] = { LEAF };
	static const struct override decision = { .bug = 1870002,
	    .categories = chosen, .category_len = 1, .when = 19722,
	    .who = "Ann", .why = "seen" };
	struct overrides overrides = { .file = "d.csv", .len = 1 };
	struct override item = decision;
	struct report report;

	(void)state;
	overrides.items = &item;
	make("[ocsp-failure]", LABELS_BEST);
	overrides_apply(&overrides, &bug, &taxonomy, LABELS_BEST, NULL,
	    &verdict);
	from.decision = &item;
	from.stale = true;
	report_init(&report, "Labels", NULL);
	build_explain(&report, &from);
	assert_non_null(strstr(written(&report, "text", false),
	    "\nAnn decided it on 2023-12-31 (seen); that comes before tags "
	    "and rules. The bug\nchanged after that, on 2024-01-01. The "
	    "rules give the same.\n"));
	assert_non_null(strstr(written(&report, "text", false),
	    "leaf-revocation-delay  decision, rules  yes "));
	assert_non_null(strstr(written(&report, "json", false),
	    "\"decision\":{\"who\":\"Ann\",\"when\":\"2023-12-31\","
	    "\"why\":\"seen\",\"stale\":true}"));
	report_release(&report);
	release();

	make("", LABELS_BEST);
	verdict.labels[0].category = LEAF;
	verdict.labels[0].name = "leaf-revocation-delay";
	verdict.labels[0].fallback = true;
	verdict.label_len = 1;
	report_init(&report, "Labels", NULL);
	build_explain(&report, &from);
	assert_non_null(strstr(written(&report, "text", false),
	    "\nNo tag names a category, so the rules decide. No score "));
	report_release(&report);
	release();
}

/* Similar incidents, and where a score begins, stand among the rules. */
static void
test_similar(void **state)
{
	static const int terms[] = { 0, 0, 512, 0, 0 };
	static const size_t carried[] = { OCSP, LEAF };
	struct tax_category categories[COUNT(small_categories)];
	static struct similar_votes votes;
	struct report report;

	(void)state;
	make("", LABELS_BEST);
	memcpy(categories, small_categories, sizeof(categories));
	categories[LEAF].base = -312;
	taxonomy.categories = categories;
	judge.neighbours = terms;
	votes.terms = terms;
	votes.len = 3;
	votes.neighbours[0] = (struct neighbour){ 11, 1, carried, 2 };
	votes.neighbours[1] = (struct neighbour){ 12, 1, carried, 1 };
	votes.neighbours[2] = (struct neighbour){ 13, 1, carried + 1, 1 };
	from.votes = &votes;
	report_init(&report, "Labels", NULL);
	build_explain(&report, &from);
	assert_non_null(strstr(written(&report, "text", false),
	    "(similar incidents)   0.512                    11 13\n"
	    "(where it begins)    -0.312\n"));
	assert_non_null(strstr(written(&report, "json", false),
	    "{\"rule\":\"similar\",\"field\":\"similar\",\"weight\":0.512,"
	    "\"start\":null,\"end\":null,\"text\":\"11, 13\","
	    "\"comment\":null}],\"confidence\":0.950,\"base\":-0.312,"));
	report_release(&report);
	release();
}

/* Words that are whole titles, far too long, or not there any more. */
static void
test_odd_hits(void **state)
{
	static const struct rule_hit odd[] = {
		{ .rule = 0, .comment = -1, .start = 6, .end = 18 },
		{ .rule = 1, .comment = 7, .start = 0, .end = 4 },
		{ .rule = 2, .comment = 2, .start = 0, .end = 99 },
		{ .rule = 3, .comment = -1, .start = 0, .end = 99 }
	};
	static const char long_text[] = HUNDRED HUNDRED;
	struct comment comment = comments[0];
	struct rule_hit kept[COUNT(hits)];
	struct report report;
	const char *text;

	(void)state;
	memcpy(kept, hits, sizeof(kept));
	make("[ocsp-failure]", LABELS_BEST);
	memcpy(hits, odd, sizeof(odd));
	judge.hits.len = COUNT(odd);
	report_init(&report, "Labels", NULL);
	build_explain(&report, &from);
	assert_null(report_error(&report));
	text = written(&report, "text", false);
	assert_null(strstr(text, "\nSummary\n"));
	assert_null(strstr(text, "\nComment"));
	assert_non_null(strstr(text, "  6-18   OCSP is down\n"));
	assert_non_null(strstr(written(&report, "json", false),
	    "\"start\":0,\"end\":99,\"text\":null,\"comment\":2}"));
	report_release(&report);

	comment.text = long_text;
	comment.text_len = strlen(long_text);
	bug.comments = &comment;
	bug.comment_len = 1;
	hits[1].comment = 0;
	hits[1].end = 100;
	report_init(&report, "Labels", NULL);
	build_explain(&report, &from);
	assert_non_null(strstr(written(&report, "text", false),
	    "  0-100  xxxx xxxxx xxxxx xxxxx xxxxx xxxxx xxxxx xxxxx xxxxx "
	    "xxxxx x...\n"));
	report_release(&report);
	memcpy(hits, kept, sizeof(kept));
	release();
}

/* A cause is told as a label is, behind the labels. */
static void
test_causes(void **state)
{
	static struct tax_vote votes[] = { { 1, 1200 } };
	static struct tax_row rows[] = { { .id = "manual-step" },
	    { .id = "lint-gap", .base = 100 }, { .id = "not-stated" } };
	static size_t row_of[COUNT(small_categories)] = { 2, 2, 2, 2, 2 };
	static struct score found[] = { { .confidence = -1 },
	    { .score = 1300, .threshold = 1000, .confidence = 800,
	    .given = true }, { .confidence = -1 } };
	struct rule_hit hit = { .rule = 0, .comment = 2, .start = 5,
	    .end = 10 };
	struct tax_rule rule = { .id = "lint", .field = TAX_FIELD_SECTION,
	    .votes = votes, .vote_len = 1, .scheme = 0,
	    .stage = TAX_STAGE_REPORTS };
	struct tax_scheme scheme = { .id = "causes", .rows = rows,
	    .row_len = COUNT(rows), .row_of = row_of, .residual = 2,
	    .causes = true };
	struct report report;

	(void)state;
	make("[ocsp-failure]", LABELS_BEST);
	judge.hits.len = 0;
	taxonomy.schemes = &scheme;
	taxonomy.scheme_len = 1;
	taxonomy.rules = &rule;
	judge.report_hits.items = &hit;
	judge.report_hits.len = 1;
	judge_want(&judge, &scheme);
	judge.rows[0] = found;
	verdict.placed[0] = (struct verdict_rows){ &scheme, { 1 }, 1 };
	verdict.placed_len = 1;
	report_init(&report, "Labels", NULL);
	build_explain(&report, &from);
	assert_null(report_error(&report));
	assert_non_null(strstr(written(&report, "text", false),
	    "\nCauses\n------\n\n"
	    "Cause     From   Score  Threshold  Confidence\n"
	    "--------  -----  -----  ---------  ----------\n"
	    "lint-gap  rules  1.300      1.000       0.800\n\n"
	    "Comment 2\n---------\n\n"
	    "    Late »after« all.\n\n"
	    "lint-gap\n--------\n\n"
	    "Rule               Weight  Place      Bytes  Words\n"
	    "-----------------  ------  ---------  -----  -----\n"
	    "lint                1.200  comment 2  5-10   after\n"
	    "(where it begins)   0.100\n"));
	assert_non_null(strstr(written(&report, "json", false),
	    "\"causes\":[{\"id\":\"lint-gap\",\"source\":\"inferred\","
	    "\"score\":1.300,\"threshold\":1.000,\"evidence\":["
	    "{\"rule\":\"lint\",\"field\":\"comment\",\"weight\":1.200,"
	    "\"start\":5,\"end\":10,\"text\":\"after\",\"comment\":2}],"
	    "\"confidence\":0.800,\"base\":0.100,"));
	report_release(&report);
	verdict.placed[0].len = 0;
	report_init(&report, "Labels", NULL);
	build_explain(&report, &from);
	assert_non_null(strstr(written(&report, "text", false),
	    "\nThe rules find no cause in its reports.\n"));
	assert_non_null(strstr(written(&report, "json", false),
	    "\"causes\":[],"));
	report_release(&report);
	release();
}

/* With every amount of memory that is too little, it fails and no more. */
static void
test_no_memory(void **state)
{
	struct report report;
	size_t room, whole;

	(void)state;
	make("[ocsp-failure] [zebra]", LABELS_BEST);
	report_init(&report, "Labels", NULL);
	build_explain(&report, &from);
	whole = report.arena.used;
	report_release(&report);
	for (room = 256; room < whole; room += 48) {
		report_init(&report, "Labels", NULL);
		assert_in_range(report.arena.used, 0, room);
		report.arena.ceiling = room;
		build_explain(&report, &from);
		if (report_error(&report) == NULL)
			fail_msg("%zu of %zu bytes", room, whole);
		report_release(&report);
	}
	release();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_tagged),
		cmocka_unit_test(test_why),
		cmocka_unit_test(test_similar),
		cmocka_unit_test(test_odd_hits),
		cmocka_unit_test(test_causes),
		cmocka_unit_test(test_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
