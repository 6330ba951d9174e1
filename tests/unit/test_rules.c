/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "classify/rules.h"
#include "fetch/bug.h"
#include "tests/unit/heard.h"

/* A taxonomy of rules alone. */
static struct taxonomy taxonomy;
static struct tax_rule table[16];
static struct rule_hits hits;
static struct rules *rules;
static struct heard heard;

static const struct rule_input nothing = {
	.bug = 7, .filed = 19000,
	.text = { { "", 0, 0 }, { "", 0, 0 }, { "", 0, 0 }, { "", 0, 0 } }
};

static struct tax_rule *
add(const char *id, enum tax_field field, const char *pattern)
{
	struct tax_rule *rule = &table[taxonomy.rule_len++];

	assert_true(taxonomy.rule_len <= COUNT(table));
	memset(rule, 0, sizeof(*rule));
	rule->id = id;
	rule->field = field;
	rule->pattern = pattern;
	rule->from = DATE_NONE;
	rule->until = INT64_MAX;
	rule->scheme = SIZE_MAX;
	rule->file = "my.xml";
	rule->line = taxonomy.rule_len * 10;
	taxonomy.rules = table;
	return rule;
}

static void
done(void)
{
	rules_free(rules);
	rule_hits_release(&hits);
	rules = NULL;
	taxonomy.rule_len = 0;
}

/* The hits as "rule:start-end " or, in comments, "rule@number:start-end ". */
static const char *
run(const struct rule_input *input)
{
	static char text[1024];
	const struct rule_hit *hit;
	const struct err *err = NULL;
	struct buf out;
	size_t i;

	buf_fixed(&out, text, sizeof(text));
	if (rules == NULL) {
		err = rules_new(&rules, &taxonomy, TAX_STAGE_LABELS);
		assert_null(rule_hits_init(&hits, &taxonomy));
	}
	if (err == NULL)
		err = rules_run(rules, input, heard_begin(&heard), &hits);
	if (err != NULL)
		fail_msg("%s", err->text);
	for (i = 0; i < hits.len; i++) {
		hit = &hits.items[i];
		buf_str(&out, table[hit->rule].id);
		if (hit->comment >= 0)
			buf_fmt(&out, "@%d", (int)hit->comment);
		buf_fmt(&out, ":%zu-%zu ", hit->start, hit->end);
	}
	return buf_text(&out);
}

static void
set(struct rule_text *text, const char *data)
{
	text->data = data;
	text->len = strlen(data);
}

/* A title under the rules; with and without the filter. */
static const char *
run_title(const char *title)
{
	struct rule_input input = nothing;
	static char with[1024];
	struct buf copy;

	set(&input.text[TAX_FIELD_TITLE], title);
	buf_fixed(&copy, with, sizeof(with));
	buf_str(&copy, run(&input));
	rules_filter(rules, false);
	assert_string_equal(run(&input), with);
	rules_filter(rules, true);
	return with;
}

static void
test_spans(void **state)
{
	(void)state;
	add("rev", TAX_FIELD_TITLE, "revo(?:cations?|ke[ds]?)");
	add("far", TAX_FIELD_TITLE, "\\w+ (?:OCSP|CRL)s?");
	add("both", TAX_FIELD_TITLE, "(?=.*OCSP)(?=.*late)");
	add("none", TAX_FIELD_TITLE, "\\d{4}");
	add("exact", TAX_FIELD_TITLE, "\\bEV\\b")->exact = true;
	add("ahead", TAX_FIELD_TITLE, "\\w{2,6}xyz|late");
	assert_string_equal(run_title("Late OCSP, revoked in 2024"),
	    "rev:11-18 far:0-9 both:0-26 none:22-26 ahead:0-4 ");
	assert_string_equal(run_title("ev and EV"), "exact:7-9 ");
	assert_string_equal(run_title("REVOCATIONS\nCRLs"), "rev:0-11 ");
	/* lookaheads are shown to the end of their line */
	assert_string_equal(run_title("so late OCSP\nend"),
	    "far:3-12 both:0-12 ahead:3-7 ");
	assert_string_equal(run_title(""), "");
	/* the leftmost match, whichever literal led there */
	assert_string_equal(run_title("abxyzlate abcdefxyz"), "ahead:0-5 ");
	assert_string_equal(run_title("a late bcxyz"), "ahead:2-6 ");
	done();
}

/* U+017F and U+212A are an s and a k, and longer. */
static void
test_folding(void **state)
{
	(void)state;
	add("mis", TAX_FIELD_TITLE, "misissu(?:ed|ance)");
	add("key", TAX_FIELD_TITLE, "(?:weak|lost) key");
	add("exact", TAX_FIELD_TITLE, "keys")->exact = true;
	assert_string_equal(run_title("mi\xc5\xbfi\xc5\xbf\xc5\xbfued, "
	    "wea\xe2\x84\xaa \xe2\x84\xaa" "ey\xc5\xbf"), "mis:0-12 "
	    "key:14-26 ");
	assert_string_equal(run_title("k\xc3\xb6ln's weak keys"),
	    "key:8-16 exact:13-17 ");
	done();
}

static void
test_companions(void **state)
{
	static size_t zero[] = { 0 }, one[] = { 1 }, two[] = { 2 };
	struct tax_rule *rule;
	struct rule_input input = nothing;

	(void)state;
	add("a", TAX_FIELD_TITLE, "aa");
	rule = add("b", TAX_FIELD_TITLE, "bb");
	rule->needs = zero;
	rule->need_len = 1;
	/* looks at what matched, not at what counts */
	rule = add("c", TAX_FIELD_TITLE, "cc");
	rule->needs = one;
	rule->need_len = 1;
	rule = add("d", TAX_FIELD_TITLE, "dd");
	rule->bars = two;
	rule->bar_len = 1;
	assert_string_equal(run_title("aa bb"), "a:0-2 b:3-5 ");
	assert_string_equal(run_title("bb cc"), "c:3-5 ");
	assert_string_equal(run_title("dd"), "d:0-2 ");
	assert_string_equal(run_title("dd cc"), "");
	done();

	rule = add("dated", TAX_FIELD_TITLE, "aa");
	rule->from = 18999;
	rule->until = 19000;
	set(&input.text[TAX_FIELD_TITLE], "aa");
	for (input.filed = 18998; input.filed < 19002; input.filed++)
		assert_string_equal(run(&input), input.filed == 18999 ||
		    input.filed == 19000 ? "dated:0-2 " : "");
	input.filed = DATE_NONE;
	assert_string_equal(run(&input), "");
	done();
}

static bool
is_named(const void *speakers, const struct comment *comment)
{
	return strcmp(comment->creator, speakers) == 0;
}

static void
test_fields(void **state)
{
	struct comment comments[] = {
		{ .number = 0, .creator = "x@other.example",
		    .text = "the fox" },
		{ .number = 2, .creator = "me@ca.example", .text = "a fox" },
		{ .number = 3, .creator = "you@ca.example", .text = "fox" }
	};
	struct rule_input input = nothing;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(comments); i++)
		comments[i].text_len = strlen(comments[i].text);
	set(&input.text[TAX_FIELD_TITLE], "a fox");
	input.text[TAX_FIELD_TITLE].offset = 10;
	set(&input.text[TAX_FIELD_SUMMARY], "CA: a fox");
	set(&input.text[TAX_FIELD_OWNER], "Fox & Sons");
	set(&input.text[TAX_FIELD_WORDS], "     fox");
	input.comments = comments;
	input.comment_len = COUNT(comments);
	input.is_by_ca = is_named;
	input.speakers = "me@ca.example";
	add("title", TAX_FIELD_TITLE, "fox");
	add("summary", TAX_FIELD_SUMMARY, "fox");
	add("owner", TAX_FIELD_OWNER, "fox");
	add("words", TAX_FIELD_WORDS, "fox");
	add("first", TAX_FIELD_FIRST, "fox");
	add("ca", TAX_FIELD_CA, "fox");
	add("text", TAX_FIELD_TEXT, "fox");
	add("last", TAX_FIELD_TEXT, "^fox");
	assert_string_equal(run(&input), "title:12-15 summary:6-9 "
	    "owner:0-3 words:5-8 first@0:4-7 ca@2:2-5 text@0:4-7 "
	    "last@3:0-3 ");
	input.is_by_ca = NULL;
	comments[0].number = 1;
	assert_string_equal(run(&input), "title:12-15 summary:6-9 "
	    "owner:0-3 words:5-8 text@1:4-7 last@3:0-3 ");
	done();
}

/* Matches are found at every place of a long text, over the seams of its
 * pieces, and between characters of several bytes. */
static void
test_pieces(void **state)
{
	static char text[3 * RULES_STEP + 600];
	static const char *const patterns[] = { "(?<=\xc3\xa9)fox den\\b",
	    "\\w+ fox den|\\bfox \\w+", "f\\w+ [a-e]en" };
	struct rule_input input = nothing;
	struct comment comment = { .number = 0, .creator = "", .text = text,
	    .text_len = sizeof(text) };
	size_t i, at, p;
	char with[64];

	(void)state;
	input.comments = &comment;
	input.comment_len = 1;
	for (p = 0; p < COUNT(patterns); p++) {
		add("fox", TAX_FIELD_TEXT, patterns[p]);
		for (at = 2; at < sizeof(text) - 8; at += at % 64 < 60 ? 59 :
		    1) {
			for (i = 0; i + 1 < sizeof(text); i += 2)
				memcpy(text + i, "\xc3\xa9", 2);
			memcpy(text + (at & ~(size_t)1), "fox den ", 8);
			(void)snprintf(with, sizeof(with), "%s",
			    run(&input));
			assert_int_equal(hits.len, 1);
			assert_int_equal(hits.items[0].start,
			    at & ~(size_t)1);
			rules_filter(rules, false);
			assert_string_equal(run(&input), with);
			rules_filter(rules, true);
		}
		done();
	}
}

/* What never ends, ends, and is no "no match". */
static void
test_limits(void **state)
{
	static const struct {
		const char *pattern, *words;
		bool limited;
	} cases[] = {
		{ "(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", true },
		{ "(?:\\w+\\s?)+[:;]", "word word word word word wordwordword ",
		    true },
		{ "fox(?:\\w+\\s?)+[:;]", "foxword word word wordwordwordwor",
		    true },
		/* PCRE2's limits do not stop these; pieces do */
		{ "(?=(.*))word.*\\1[xy]", "word ", false },
		{ "\\w+\\s+\\w+\\s+(\\w+\\s+)*[xz]", "word ", false },
		{ ".*.*.*.*[#;]", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", true }
	};
	struct comment comment = { .number = 0, .creator = "" };
	struct rule_input input = nothing;
	struct buf text;
	size_t i;

	(void)state;
	buf_init(&text, 1 << 20);
	for (i = 0; i < COUNT(cases); i++) {
		buf_clear(&text);
		/* several pieces */
		while (text.len < 3 * RULES_STEP)
			buf_str(&text, cases[i].words);
		buf_str(&text, "!");
		comment.text = buf_text(&text);
		comment.text_len = text.len;
		input.comments = &comment;
		input.comment_len = 1;
		add("slow", TAX_FIELD_TEXT, cases[i].pattern);
		add("fast", TAX_FIELD_TEXT, "[aw][ao]");
		assert_non_null(strstr(run(&input), "fast@0:"));
		assert_int_equal(hits.len, 1);
		if (hits.limited != cases[i].limited ||
		    heard.count[DIAG_PATTERN_LIMIT] != cases[i].limited)
			fail_msg("case %zu: %d", i, hits.limited);
		done();
	}
	buf_release(&text);
}

/* A rule's account: a book of a bug ends it, and says so. */
static void
test_accounts(void **state)
{
	static char text[64000];
	struct comment comments[40];
	struct rule_input input = nothing;
	size_t i;

	(void)state;
	memset(text, ' ', sizeof(text));
	for (i = 0; i + 4 < sizeof(text); i += 4)
		memcpy(text + i, "fox ", 4);
	for (i = 0; i < COUNT(comments); i++) {
		memset(&comments[i], 0, sizeof(comments[i]));
		comments[i].number = (int64_t)i;
		comments[i].creator = "";
		comments[i].text = text;
		comments[i].text_len = sizeof(text);
	}
	input.comments = comments;
	input.comment_len = COUNT(comments);
	add("tries", TAX_FIELD_TEXT, "fox!");
	add("pieces", TAX_FIELD_TEXT, "[!]");
	assert_string_equal(run(&input), "");
	assert_false(hits.limited && heard.count[DIAG_PATTERN_LIMIT] == 0);
	assert_int_equal(heard.count[DIAG_PATTERN_LIMIT], 1);
	assert_true(hits.limited);
	done();
	add("tries", TAX_FIELD_TEXT, "fox [^f ]");
	assert_string_equal(run(&input), "");
	assert_int_equal(heard.count[DIAG_PATTERN_LIMIT], 1);
	done();
}

static void
test_bad(void **state)
{
	static const struct {
		const char *pattern, *text;
	} cases[] = {
		{ "late(", "my.xml:20: rule bad: bad pattern at byte 6: " },
		{ "x*", "my.xml:20: rule bad: matches the empty text" },
		{ "(?!x)", "my.xml:20: rule bad: matches the empty text" },
		{ "", "my.xml:20: rule bad: matches the empty text" }
	};
	const struct err *err;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		add("good", TAX_FIELD_TITLE, "late");
		add("bad", TAX_FIELD_TITLE, cases[i].pattern);
		err = rules_new(&rules, &taxonomy, TAX_STAGE_LABELS);
		assert_non_null(err);
		assert_null(rules);
		assert_int_equal(err->kind, ERR_CONFIG);
		if (strncmp(err->text, cases[i].text,
		    strlen(cases[i].text)) != 0)
			fail_msg("%s", err->text);
		taxonomy.rule_len = 0;
	}
	rules_free(NULL);
}

static void
test_ten_thousand(void **state)
{
	enum { MANY = 10000 };
	struct tax_rule *many = mem_alloc(MANY, sizeof(*many));
	char (*patterns)[32] = mem_alloc(MANY, 32);
	struct taxonomy big = { .rules = many, .rule_len = MANY };
	struct rule_input input = nothing;
	struct rules *set_of;
	struct rule_hits found;
	size_t i;

	(void)state;
	assert_non_null(many);
	assert_non_null(patterns);
	for (i = 0; i < MANY; i++) {
		add("x", TAX_FIELD_TITLE, "");
		many[i] = table[0];
		taxonomy.rule_len = 0;
		(void)snprintf(patterns[i], 32, "%s%zu\\b",
		    i % 2 == 0 ? "revoked " : "case", i);
		many[i].pattern = patterns[i];
	}
	assert_null(rules_new(&set_of, &big, TAX_STAGE_LABELS));
	assert_null(rule_hits_init(&found, &big));
	set(&input.text[TAX_FIELD_TITLE], "revoked 9998, case77");
	assert_null(rules_run(set_of, &input, NULL, &found));
	assert_int_equal(found.len, 2);
	assert_int_equal(found.items[0].rule, 77);
	assert_int_equal(found.items[1].rule, 9998);
	rule_hits_release(&found);
	rules_free(set_of);
	mem_free(many);
	mem_free(patterns);
}

static void
test_pack(void **state)
{
	struct rule_hits back;
	struct buf bytes;
	size_t i;

	(void)state;
	add("a", TAX_FIELD_TITLE, "aa");
	add("b", TAX_FIELD_TITLE, "bb");
	add("c", TAX_FIELD_TITLE, "cc");
	assert_null(rule_hits_init(&hits, &taxonomy));
	assert_null(rule_hits_init(&back, &taxonomy));
	hits.len = 2;
	hits.items[0] = (struct rule_hit){ 0, -1, 0, 5 };
	hits.items[1] = (struct rule_hit){ 2, 399, 65000, 65535 };
	buf_init(&bytes, 1000);
	rule_hits_pack(&hits, &bytes);
	assert_true(rule_hits_unpack(&back, &taxonomy, bytes.data,
	    bytes.len));
	assert_int_equal(back.len, 2);
	for (i = 0; i < 2; i++) {
		assert_int_equal(back.items[i].rule, hits.items[i].rule);
		assert_int_equal(back.items[i].comment,
		    hits.items[i].comment);
		assert_int_equal(back.items[i].start, hits.items[i].start);
		assert_int_equal(back.items[i].end, hits.items[i].end);
	}
	for (i = 0; i < bytes.len; i++) {
		assert_false(rule_hits_unpack(&back, &taxonomy, bytes.data,
		    i));
		assert_int_equal(back.len, 0);
	}
	buf_char(&bytes, '\0');
	assert_false(rule_hits_unpack(&back, &taxonomy, bytes.data,
	    bytes.len));
	assert_false(rule_hits_unpack(&back, &taxonomy,
	    "\x01\x03\x00\x00\x00", 5));	/* no such rule */
	assert_false(rule_hits_unpack(&back, &taxonomy,
	    "\x02\x01\0\0\0\x01\0\0\0", 9));	/* twice */
	assert_false(rule_hits_unpack(&back, &taxonomy, "\x04", 1));
	assert_false(rule_hits_unpack(&back, &taxonomy,
	    "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 12));
	assert_true(rule_hits_unpack(&back, &taxonomy, "\0", 1));
	buf_release(&bytes);
	rule_hits_release(&back);
	done();
}

static void
on_report(void *arg, bool fault, const char *text)
{
	buf_fmt(arg, "%s %.*s\n", fault ? "fault" : "note",
	    (int)strcspn(text, "\n"), text);
}

static void
test_check(void **state)
{
	static const struct {
		const char *pattern, *yes, *no;
		enum tax_field field;
		size_t faults;
		const char *said;	/* a part; NULL: nothing at all */
	} cases[] = {
		{ "\\blate\\b", "too late", "plate", TAX_FIELD_TEXT, 0,
		    NULL },
		{ "late(", NULL, NULL, TAX_FIELD_TEXT, 1,
		    "fault my.xml:10: rule r: pattern: bad pattern" },
		{ "late|", NULL, NULL, TAX_FIELD_TEXT, 1,
		    "fault my.xml:10: rule r: matches the empty text" },
		{ "late", "plain", NULL, TAX_FIELD_TEXT, 1,
		    "does not match its own example <yes>" },
		{ "late", NULL, "plate", TAX_FIELD_TEXT, 1,
		    "matches its example <no>" },
		{ "[ab]c\\d", NULL, NULL, TAX_FIELD_TEXT, 0,
		    "note my.xml:10: rule r: costs time on every text" },
		{ "(?=(.*))word.*\\1[xy]", NULL, NULL, TAX_FIELD_TEXT, 0,
		    "rule r: is slow on some texts" },
		{ "\\w+\\s+\\w+\\s+(\\w+\\s+)*[xy]", NULL, NULL,
		    TAX_FIELD_TEXT, 0, "rule r: is slow on some texts" },
		{ "(a+)+$", NULL, NULL, TAX_FIELD_TITLE, 0,
		    "rule r: is slow on some texts" },
		{ "late[^.]{0,40}revoked", NULL, NULL, TAX_FIELD_TEXT, 0,
		    NULL },
		{ "late.*revoked", NULL, NULL, TAX_FIELD_TITLE, 0, NULL },
		{ "(?:late|slow)(?:\\W+\\w+){0,3}\\W*revoked",
		    "late to be revoked", "x", TAX_FIELD_TITLE, 0, NULL }
	};
	struct tax_rule *rule;
	struct buf said;
	size_t i, faults;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		rule = add("r", cases[i].field, cases[i].pattern);
		rule->yes = cases[i].yes;
		rule->no = cases[i].no;
		buf_init(&said, 10000);
		assert_null(rules_check(&taxonomy, on_report, &said,
		    &faults));
		if (faults != cases[i].faults || (cases[i].said == NULL ?
		    said.len > 0 :
		    strstr(buf_text(&said), cases[i].said) == NULL))
			fail_msg("%s: %zu: %s", cases[i].pattern, faults,
			    buf_text(&said));
		buf_release(&said);
		taxonomy.rule_len = 0;
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_spans),
		cmocka_unit_test(test_folding),
		cmocka_unit_test(test_companions),
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_pieces),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_accounts),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_ten_thousand),
		cmocka_unit_test(test_pack),
		cmocka_unit_test(test_check),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
