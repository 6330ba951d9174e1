/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The expected figures are from a reckoning of their own, in floating point
 * and another language, by the formulas of classify/similar.h.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "classify/similar.h"
#include "tests/unit/small_taxonomy.h"

#define LATE "Revocations of certificates were delayed"
#define LATE_FIRST "The leaf certificates were revoked too late"

enum {
	MANY = 5000,
	HUGE = 4 << 20
};

static const struct tax_neighbours usual = { .count = 20, .power = 3,
    .epsilon = 30, .weight = 167, .first = 500, .prefix = 6 };
static const struct similar_filter everybody;
static struct taxonomy taxonomy;

static const size_t sets[][2] = { { OCSP }, { LEAF }, { LEAF, DISCLOSURE },
    { OV } };
static const struct {
	int64_t id;
	const char *title, *first;
	const size_t *categories;
	size_t category_len;
} bugs[] = {
	{ 10, "OCSP responder was down for two days",
	    "The OCSP responder returned errors; OCSP was down.", sets[0],
	    1 },
	{ 11, "Late revocation of certificates",
	    "Revocation of 12 leaf certificates was late.", sets[1], 1 },
	{ 12, "Delayed revocation of leaf certificates", "", sets[2], 2 },
	{ 13, "", "We revoked the certificates late.", sets[1], 1 },
	{ 14, "CRL not updated", "", NULL, 0 },
	{ 15, "", "", sets[3], 1 },
	{ 16, "Wrong organization name in OV certificates",
	    "Certificates with a wrong organization were issued.", sets[3],
	    1 }
};

static struct similar_text
text_of(const char *title, const char *first)
{
	return (struct similar_text){ title, strlen(title), first,
	    strlen(first) };
}

static struct similar *
begin(const struct tax_neighbours *how)
{
	struct similar *index;

	taxonomy = small_taxonomy;
	taxonomy.neighbours = *how;
	assert_null(similar_new(&index, &taxonomy));
	return index;
}

static void
add(struct similar *index, int64_t id, const char *title, const char *first,
    const size_t *categories, size_t len)
{
	struct similar_bug bug = { id, 100 * id, text_of(title, first),
	    categories, len };

	assert_null(similar_add(index, &bug));
}

/* The bugs above, from the last to the first if `backwards`. */
static struct similar *
index_bugs(const struct tax_neighbours *how, bool backwards)
{
	struct similar *index = begin(how);
	size_t i, at;

	for (i = 0; i < COUNT(bugs); i++) {
		at = backwards ? COUNT(bugs) - 1 - i : i;
		add(index, bugs[at].id, bugs[at].title, bugs[at].first,
		    bugs[at].categories, bugs[at].category_len);
	}
	assert_null(similar_finish(index));
	return index;
}

/* One bug with that text, and the cosine of another text with it. */
static uint32_t
likeness(const struct tax_neighbours *how, const char *title,
    const char *first, const char *asked_title, const char *asked_first)
{
	struct similar_text text = text_of(asked_title, asked_first);
	struct similar *index = begin(how);
	struct neighbour found;
	size_t len;

	add(index, 7, title, first, NULL, 0);
	assert_null(similar_finish(index));
	len = similar_query(index, &text, &everybody, &found, 1);
	similar_free(index);
	return len == 0 ? 0 : found.cosine;
}

/* The same to the program, but for rounding. */
static bool
same(const char *title, const char *other)
{
	uint32_t got = likeness(&usual, title, "", other, "");

	return got > SIMILAR_ONE - 16 && got < SIMILAR_ONE + 16;
}

static void
test_known(void **state)
{
	static const struct {
		const char *title, *first;
		int prefix, weight;
		struct {
			int64_t bug;
			double cosine;	/* times SIMILAR_ONE */
		} want[6];
	} cases[] = {
		{ LATE, LATE_FIRST, 6, 500, { { 11, 30274.78 },
		    { 12, 24593.52 }, { 13, 16753.28 }, { 16, 5653.11 },
		    { 10, 1229.28 } } },
		{ "OCSP down", "", 6, 500, { { 10, 16983.52 } } },
		{ "", "revoked certificate", 6, 500, { { 13, 40786.94 },
		    { 11, 4961.92 }, { 16, 4718.71 } } },
		{ "nothing alike here but certificates", "xyzzy plugh", 6,
		    500, { { 11, 3007.56 }, { 12, 2884.40 },
		    { 16, 2190.27 } } },
		{ "nothing at all", "xyzzy", 6, 500, { { 0, 0 } } },
		{ LATE, LATE_FIRST, 6, 0, { { 11, 32054.60 },
		    { 12, 27496.40 }, { 16, 3291.39 } } },
		{ LATE, LATE_FIRST, 3, 500, { { 11, 32051.84 },
		    { 12, 24593.52 }, { 13, 15966.36 }, { 16, 5727.49 },
		    { 10, 1259.55 } } }
	};
	struct tax_neighbours how = usual;
	struct neighbour found[10];
	struct similar_text text;
	struct similar *index;
	size_t i, j, len;
	double off;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		how.prefix = cases[i].prefix;
		how.first = cases[i].weight;
		index = index_bugs(&how, false);
		text = text_of(cases[i].title, cases[i].first);
		len = similar_query(index, &text, &everybody, found, 10);
		for (j = 0; cases[i].want[j].bug != 0; j++) {
			assert_true(j < len);
			assert_int_equal(found[j].bug, cases[i].want[j].bug);
			off = found[j].cosine - cases[i].want[j].cosine;
			assert_true(off > -4 && off < 4);
		}
		assert_int_equal(len, j);
		similar_free(index);
	}
}

static void
test_votes(void **state)
{
	static const struct {
		const char *title, *first;
		int count, power, weight;
		int64_t self;
		double want[REST];
	} cases[] = {
		{ LATE, LATE_FIRST, 20, 3, 167, 0,
		    { -313.79, -396.59, 110.34, 92.94 } },
		{ LATE, LATE_FIRST, 20, 3, 167, 12,
		    { -339.84, -416.37, 144.97, 0 } },
		{ LATE, LATE_FIRST, 2, 1, 1000, 0,
		    { -1880.31, -2494.12, 664.44, 888.58 } },
		{ "OCSP down", "", 20, 3, 167, 0,
		    { 276.52, -416.52, -479.57, -314.01 } },
		{ "", "revoked certificate", 20, 3, 167, 0,
		    { -314.01, -408.14, 110.71, -314.01 } },
		{ "nothing alike here but certificates", "xyzzy plugh", 2, 1,
		    1000, 0, { -1880.31, -2494.12, 664.44, 971.45 } }
	};
	struct tax_neighbours how = usual;
	struct similar_filter filter = everybody;
	struct similar_votes votes;
	struct similar_text text;
	struct similar *index;
	size_t i, j;
	double off;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		how.count = cases[i].count;
		how.power = cases[i].power;
		how.weight = cases[i].weight;
		filter.self = cases[i].self;
		index = index_bugs(&how, false);
		text = text_of(cases[i].title, cases[i].first);
		similar_vote(index, &text, &filter, &votes);
		assert_non_null(votes.terms);
		assert_true(votes.len > 0 &&
		    votes.len <= (size_t)cases[i].count);
		for (j = 0; j < REST; j++) {
			off = votes.terms[j] - cases[i].want[j];
			assert_true(off > -1.5 && off < 1.5);
		}
		assert_int_equal(votes.terms[REST], 0);
		similar_free(index);
	}
}

/* Of bugs without tags, of nobody, and with nobody asked, there is no
 * vote. */
static void
test_no_votes(void **state)
{
	struct similar_text crl = text_of("CRL not updated", "");
	struct similar_text late = text_of(LATE, LATE_FIRST);
	struct tax_neighbours nobody = usual;
	struct similar_votes votes;
	struct similar *index;

	(void)state;
	index = index_bugs(&usual, false);
	similar_vote(index, &crl, &everybody, &votes);
	assert_null(votes.terms);
	assert_int_equal(votes.len, 0);
	similar_vote(index, &late, &everybody, &votes);
	assert_int_equal(votes.len, 5);
	assert_int_equal(votes.neighbours[1].bug, 12);
	assert_int_equal(votes.neighbours[1].category_len, 2);
	assert_int_equal(votes.neighbours[1].categories[1], DISCLOSURE);
	similar_free(index);
	nobody.count = 0;
	index = index_bugs(&nobody, false);
	similar_vote(index, &late, &everybody, &votes);
	assert_null(votes.terms);
	similar_free(index);
}

/* What the bugs' order, or a second question, may change: nothing. */
static void
test_same_again(void **state)
{
	struct similar *one = index_bugs(&usual, false);
	struct similar *two = index_bugs(&usual, true);
	struct similar_text text = text_of(LATE, LATE_FIRST);
	struct neighbour a[10], b[10];
	size_t i, len, again;

	(void)state;
	len = similar_query(one, &text, &everybody, a, 10);
	for (again = 0; again < 2; again++) {
		assert_int_equal(similar_query(two, &text, &everybody, b, 10),
		    len);
		for (i = 0; i < len; i++) {
			assert_int_equal(a[i].bug, b[i].bug);
			assert_int_equal(a[i].cosine, b[i].cosine);
		}
	}
	similar_free(one);
	similar_free(two);
}

static void
test_words(void **state)
{
	(void)state;
	assert_true(same("Late  revocation", "LATE revocation"));
	assert_true(same("Late (revocation)", "late_revocation."));
	/* cut to six characters, not bytes */
	assert_true(same("revocation", "revocations"));
	assert_true(same("revocation", "revocable"));
	assert_false(same("revocation", "revoke"));
	assert_true(same("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9x",
	    "\xc3\x89\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9y"));
	assert_false(same("\xc3\xa9\xc3\xa9\xc3\xa9x",
	    "\xc3\xa9\xc3\xa9\xc3\xa9y"));
	/* letters and digits of all kinds */
	assert_true(same("\xd0\x96\xd0\x90", "\xd0\xb6\xd0\xb0"));
	assert_true(same("\xe8\xad\xa6 2", "\xe8\xad\xa6\xe3\x80\x82" "2"));
	assert_true(same("tls1.3", "TLS1 3"));
	assert_false(same("tls1.3", "tls13"));
	/* the order counts in titles, and the place */
	assert_false(same("late revocation", "revocation late"));
	assert_true(likeness(&usual, "", "late revocation", "",
	    "revocation late") > SIMILAR_ONE - 16);
	assert_int_equal(likeness(&usual, "late", "", "", "late"), 0);
	/* a pair is not its two words written as one */
	assert_int_equal(likeness(&usual, "ab", "", "a b", ""), 0);
}

static void
test_empty(void **state)
{
	struct similar_text text = text_of("late", "late");
	struct similar *index = begin(&usual);
	struct neighbour found;
	struct tax_neighbours title_alone = usual;

	(void)state;
	assert_null(similar_finish(index));
	assert_int_equal(similar_query(index, &text, &everybody, &found, 1),
	    0);
	similar_free(index);
	assert_int_equal(likeness(&usual, "", "", "", ""), 0);
	assert_int_equal(likeness(&usual, "late", "", "", ""), 0);
	assert_int_equal(likeness(&usual, "", "", "late", ""), 0);
	assert_int_equal(likeness(&usual, "?!", "\n\t", "...", " "), 0);
	/* a comment that counts nothing, alone */
	title_alone.first = 0;
	assert_int_equal(likeness(&title_alone, "", "late", "", "late"), 0);
	similar_free(NULL);
}

static void
test_huge(void **state)
{
	static const char *const parts[] = { "a", "a ", "late 12.", "\xc3\xa9",
	    "\xf0\x9f\x94\x92" };
	char *text = mem_alloc(HUGE + 1, 1);
	size_t i, at, len;
	uint32_t got;

	(void)state;
	assert_non_null(text);
	for (i = 0; i < COUNT(parts); i++) {
		len = strlen(parts[i]);
		for (at = 0; at + len <= HUGE; at += len)
			memcpy(text + at, parts[i], len);
		text[at] = '\0';
		got = likeness(&usual, text, text, text, text);
		if (i == 4)	/* no letter */
			assert_int_equal(got, 0);
		else
			assert_true(got > SIMILAR_ONE - 16);
	}
	/* all words differ, as many as fit */
	for (at = 0; at < SIMILAR_CHARS; at += 2) {
		text[at] = (char)('a' + at / 2 % 26);
		text[at + 1] = ' ';
	}
	text[at] = '\0';
	assert_true(likeness(&usual, text, text, text, text) >
	    SIMILAR_ONE - 64);
	mem_free(text);
}

/* SIMILAR_CHARS characters are read, however many bytes they take. */
static void
test_cut(void **state)
{
	char a[4 * SIMILAR_CHARS + 32] = "", b[sizeof(a)];
	size_t i, len = 0;

	(void)state;
	for (i = 0; i < SIMILAR_CHARS - 2; i++) {
		memcpy(a + len, "\xe2\x80\x94", 3);
		len += 3;
	}
	memcpy(b, a, sizeof(b));
	memcpy(a + len, "ab", 3);
	memcpy(b + len, "abz", 4);
	assert_true(same(a, b));
	assert_true(same(a, "ab"));
	memcpy(a + len, " ab", 4);
	memcpy(b + len, " az", 4);
	assert_true(same(a, b));
	assert_true(same(a, "a"));
	memcpy(a + len, "  b", 4);
	assert_int_equal(likeness(&usual, a, "", "b", ""), 0);
}

/* Equal ones by number, and never more than asked for. */
static void
test_ties(void **state)
{
	static const int64_t ids[] = { 50, 20, 90, 10, 70, 30, 80, 60, 40 };
	struct similar_text text = text_of("late", "");
	struct similar *index = begin(&usual);
	struct neighbour found[COUNT(ids) + 1];
	size_t i, max, len;

	(void)state;
	for (i = 0; i < COUNT(ids); i++)
		add(index, ids[i], "late", "", NULL, 0);
	assert_null(similar_finish(index));
	for (max = 0; max <= COUNT(ids) + 1; max++) {
		found[max < COUNT(ids) ? max : COUNT(ids)].bug = -1;
		len = similar_query(index, &text, &everybody, found, max);
		assert_int_equal(len, max < COUNT(ids) ? max : COUNT(ids));
		for (i = 0; i < len; i++)
			assert_int_equal(found[i].bug, 10 * (i + 1));
		if (max <= COUNT(ids))
			assert_int_equal(found[max].bug, -1);
	}
	similar_free(index);
}

static bool
filed_before(void *arg, int64_t bug, int64_t filed)
{
	const int64_t *before = arg;

	assert_int_equal(filed, 100 * bug);
	return filed < *before;
}

static void
test_filter(void **state)
{
	struct similar *index = index_bugs(&usual, false);
	struct similar_text text = text_of("CRL not updated", LATE_FIRST);
	struct similar_filter filter = everybody;
	struct neighbour found[10];
	int64_t before = 1300;

	(void)state;
	assert_int_equal(similar_query(index, &text, &filter, found, 10), 5);
	assert_int_equal(found[0].bug, 14);
	filter.self = 14;
	assert_int_equal(similar_query(index, &text, &filter, found, 10), 4);
	assert_int_equal(found[0].bug, 13);
	filter.self = 13;
	filter.tagged = true;
	assert_int_equal(similar_query(index, &text, &filter, found, 10), 3);
	assert_int_equal(found[0].bug, 11);
	filter = everybody;
	filter.allow = filed_before;
	filter.arg = &before;
	assert_int_equal(similar_query(index, &text, &filter, found, 10), 2);
	assert_int_equal(found[0].bug, 11);
	assert_int_equal(found[1].bug, 10);
	similar_free(index);
}

/* More words than any first allocation has room for. */
static void
test_many(void **state)
{
	struct similar *index = begin(&usual);
	struct similar_text text;
	struct neighbour found[2];
	char title[64];
	int i;

	(void)state;
	for (i = 0; i < MANY; i++) {
		(void)snprintf(title, sizeof(title), "%d x%d y%d", i, i, i);
		add(index, i + 1, title, title, sets[0], 1);
	}
	assert_null(similar_finish(index));
	for (i = 0; i < MANY; i += MANY / 10) {
		(void)snprintf(title, sizeof(title), "%d x%d y%d", i, i, i);
		text = text_of(title, title);
		assert_int_equal(similar_query(index, &text, &everybody,
		    found, 2), 1);
		assert_int_equal(found[0].bug, i + 1);
		assert_true(found[0].cosine > SIMILAR_ONE - 16);
	}
	similar_free(index);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_votes),
		cmocka_unit_test(test_no_votes),
		cmocka_unit_test(test_same_again),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_huge),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_ties),
		cmocka_unit_test(test_filter),
		cmocka_unit_test(test_many)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
