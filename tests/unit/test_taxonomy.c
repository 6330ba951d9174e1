/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/date.h"
#include "base/err.h"
#include "taxonomy/taxonomy.h"
#include "tests/unit/taxonomy_text.h"

/* No folder, a folder without files: that is no fault in one. */
static void
test_folder(void **state)
{
	struct taxonomy *taxonomy;
	struct heard heard = { .want = "" };
	const struct err *err;
	size_t faults;

	(void)state;
	err = taxonomy_load(&taxonomy, "none");
	assert_fails(err, ERR_CONFIG, "none");
	assert_null(taxonomy);
	err = taxonomy_check("none", hear, &heard, &faults);
	assert_fails(err, ERR_CONFIG, "none");
	put(".hidden.xml", "no XML", 0644);
	put("xml", "no XML", 0644);
	put(".xml", "no XML", 0644);
	put("notes.txt", "no XML", 0644);
	put("taxonomy.rng", "no XML", 0644);
	err = taxonomy_check(".", hear, &heard, &faults);
	assert_fails(err, ERR_CONFIG, ".");
	assert_non_null(strstr(err->text, "holds no taxonomy"));
	assert_int_equal(heard.count, 0);
	put("a.xml", TAXONOMY(""), 0644);
	taxonomy_free(loaded("."));
	taxonomy_free(loaded("./"));
}

/* What goes wrong between files. */
static void
test_files(void **state)
{
	struct heard heard = { .want = "" };
	size_t faults;

	(void)state;
	/* Names are sorted by their bytes, whatever order they lie in. */
	put("b.xml", "<taxonomy version=\"b\">" REST TAIL, 0644);
	put("B.xml", "\n<taxonomy version=\"B\"/>", 0644);
	assert_faulty("./b.xml:1: version is given twice, first in "
	    "./B.xml:2");
	put("b.xml", "<taxonomy>\n" REST "<owner id=\"x\" name=\"X\"/>" TAIL,
	    0644);
	put("B.xml", HEAD "<owner id=\"y\" name=\"x\"/>" TAIL, 0644);
	assert_faulty("./b.xml:3: name \"X\" is there twice, first in "
	    "./B.xml:2");
	put("B.xml", HEAD "<owner id=\"x\" name=\"y\"/>" TAIL, 0644);
	assert_faulty("./b.xml:3: owner \"x\" is there twice, first in "
	    "./B.xml:2");

	/* A file that can't be read in does not make others look faulty. */
	put("b.xml", "<taxonomy>", 0644);
	put("B.xml", HEAD CATEGORY("id=\"\"", "") TAIL, 0644);
	assert_null(taxonomy_check(".", hear, &heard, &faults));
	assert_int_equal(heard.count, 2);
	assert_int_equal(faults, 2);
}

static void
test_refused_files(void **state)
{
	struct taxonomy *taxonomy;
	const struct err *err;
	char name[32];
	size_t i;

	(void)state;
	assert_int_equal(mkdir("a.xml", 0755), 0);
	err = taxonomy_load(&taxonomy, ".");
	assert_fails(err, ERR_CONFIG, "./a.xml");
	remove_all();

	put("a.xml", TAXONOMY(""), 0);
	drop();
	err = taxonomy_load(&taxonomy, ".");
	regain();
	assert_fails(err, ERR_CONFIG, "./a.xml");

	put("a.xml", TAXONOMY(""), 0644);
	for (i = 1; i < TAX_MAX_FILES; i++) {
		snprintf(name, sizeof(name), "z%zu.xml", i);
		put(name, "<taxonomy/>", 0644);
	}
	taxonomy_free(loaded("."));
	put("one-more.xml", "<taxonomy/>", 0644);
	err = taxonomy_load(&taxonomy, ".");
	assert_fails(err, ERR_CONFIG, ".");
	assert_non_null(strstr(err->text, "too many files"));
}

/* What is in the file is in the structs. */
static void
test_reading(void **state)
{
	const struct tax_category *category;
	struct taxonomy *taxonomy;
	int64_t day;

	(void)state;
	assert_true(date_parse_day("2023-01-11", 10, &day));
	put("a.xml", "<taxonomy version=\" 1\n2 \">\n"
	    "<category id=\"x\" since=\"2023-01-11\"><title> A\n\t&amp; "
	    "<!-- and -->B</title><meaning><![CDATA[<C>]]></meaning>\n"
	    "<spelling>An X</spelling>\n"
	    "<formerly until=\"2023-01-11\">Y_</formerly></category>\n"
	    REST TAIL, 0644);
	taxonomy = loaded(".");
	assert_string_equal(taxonomy->version, "1 2");
	assert_int_equal(taxonomy->category_len, 2);
	assert_int_equal(taxonomy->residual, 1);
	category = &taxonomy->categories[0];
	assert_string_equal(category->id, "x");
	assert_string_equal(category->title, "A & B");
	assert_string_equal(category->meaning, "<C>");
	assert_string_equal(category->file, "a.xml");
	assert_int_equal(category->line, 3);
	assert_true(category->since == day);
	assert_false(category->residual);
	assert_int_equal(category->spelling_len, 2);
	assert_string_equal(category->spellings[0].text, "an-x");
	assert_true(category->spellings[0].until == DATE_NONE);
	assert_string_equal(category->spellings[1].text, "y");
	assert_true(category->spellings[1].until == day);
	assert_int_equal(category->spellings[1].line, 6);
	taxonomy_free(taxonomy);
}

static void
test_reading_scheme(void **state)
{
	const struct tax_scheme *scheme;
	struct taxonomy *taxonomy;

	(void)state;
	put("a.xml", HEAD CATEGORY("id=\"x\"", "") REST TAIL, 0644);
	put("b.xml", "<taxonomy>"
	    "<scheme id=\"s\" heading=\"H\" open=\"true\"><title>S</title>\n"
	    ROW("id=\"r\"", "<note>N</note>" REF("x"))
	    ROW("id=\"q\" residual=\"true\"", REF("rest")) "</scheme>"
	    "</taxonomy>", 0644);
	taxonomy = loaded(".");
	assert_int_equal(taxonomy->scheme_len, 1);
	scheme = &taxonomy->schemes[0];
	assert_string_equal(scheme->title, "S");
	assert_string_equal(scheme->heading, "H");
	assert_true(scheme->open);
	assert_int_equal(scheme->row_len, 2);
	assert_int_equal(scheme->residual, 1);
	assert_string_equal(scheme->rows[0].title, "R");
	assert_string_equal(scheme->rows[0].note, "N");
	assert_int_equal(scheme->rows[0].line, 2);
	assert_null(scheme->rows[1].note);
	assert_int_equal(scheme->row_of[0], 0);
	assert_int_equal(scheme->row_of[1], 1);
	assert_string_equal(scheme->file, "b.xml");
	taxonomy_free(taxonomy);
}

static void
test_reading_owners(void **state)
{
	const struct tax_owner *owners;
	struct taxonomy *taxonomy;
	int64_t day;

	(void)state;
	assert_true(date_parse_day("2023-01-11", 10, &day));
	put("a.xml", TAXONOMY(
	    "<owner id=\"o\" name=\"O\" now=\"p\" since=\"2022-01-11\"/>\n"
	    "<owner id=\"p\" name=\"P\" now=\"q\" since=\"2023-01-11\"/>\n"
	    "<owner id=\"q\" name=\"Q\"><subca>Q / O</subca><brand>B</brand>"
	    "<note>N</note></owner>\n"
	    "<owner id=\"a\" name=\"A\" auditor=\"true\"><name>AA</name>"
	    "</owner>\n"), 0644);
	taxonomy = loaded(".");
	assert_int_equal(taxonomy->owner_len, 4);
	owners = taxonomy->owners;
	/* To the end of the chain, from the day on which that took over. */
	assert_int_equal(owners[0].now, 2);
	assert_true(owners[0].since == day);
	assert_int_equal(owners[1].now, 2);
	assert_true(owners[1].since == day);
	assert_null(owners[1].note);
	assert_int_equal(owners[2].now, 2);
	assert_true(owners[2].since == DATE_NONE);
	assert_string_equal(owners[2].note, "N");
	assert_true(owners[3].auditor);
	assert_int_equal(taxonomy->name_len, 7);
	assert_int_equal(taxonomy_name(taxonomy, "q / o")->kind,
	    TAX_NAME_SUBCA);
	assert_int_equal(taxonomy_name(taxonomy, "b")->kind, TAX_NAME_BRAND);
	assert_int_equal(taxonomy_name(taxonomy, "o")->kind, TAX_NAME_CA);
	assert_int_equal(taxonomy_name(taxonomy, "o")->owner, 0);
	assert_int_equal(taxonomy_name(taxonomy, "aa")->kind,
	    TAX_NAME_AUDITOR);
	assert_null(taxonomy_name(taxonomy, "aaa"));
	taxonomy_free(taxonomy);
}

/* Neither an owner nor a scheme has to be there. */
static void
test_smallest(void **state)
{
	struct taxonomy *taxonomy;
	bool repaired;
	size_t index;

	(void)state;
	put("a.xml", TAXONOMY(""), 0644);
	taxonomy = loaded(".");
	assert_null(taxonomy_name(taxonomy, "x"));
	assert_null(taxonomy_scheme(taxonomy, "s"));
	assert_null(taxonomy_component(taxonomy, "P", "C"));
	assert_int_equal(taxonomy_tag(taxonomy, "x", &index, &repaired),
	    TAX_TAG_UNKNOWN);
	taxonomy_free(taxonomy);
	taxonomy_free(NULL);
}

/* The hash is of names and contents, and of nothing else. */
static void
test_hash(void **state)
{
	static const struct {
		const char *name_a, *a, *name_b, *b;
		bool same;
	} cases[] = {
		{ "a.xml", TAXONOMY(""), "b.xml", "<taxonomy/>", true },
		{ "a.xml", TAXONOMY(" "), "b.xml", "<taxonomy/>", false },
		{ "a.xml", TAXONOMY(""), "c.xml", "<taxonomy/>", false },
		{ "b.xml", TAXONOMY(""), "a.xml", "<taxonomy/>", false }
	};
	struct taxonomy *taxonomy;
	char first[HASH_HEX];
	size_t i;

	(void)state;
	put("a.xml", TAXONOMY(""), 0644);
	put("b.xml", "<taxonomy/>", 0644);
	taxonomy = loaded(".");
	memcpy(first, taxonomy->sha256, sizeof(first));
	taxonomy_free(taxonomy);
	assert_int_equal(strlen(first), 64);
	for (i = 0; i < COUNT(cases); i++) {
		remove_all();
		put(cases[i].name_b, cases[i].b, 0600);
		put(cases[i].name_a, cases[i].a, 0600);
		put("README", "ignored", 0644);
		taxonomy = loaded(".");
		assert_int_equal(strcmp(taxonomy->sha256, first) == 0,
		    cases[i].same);
		taxonomy_free(taxonomy);
	}
}

static void
test_normal(void **state)
{
	static const struct {
		const char *in, *out;	/* NULL: does not fit in 8 bytes */
	} cases[] = {
		{ "", "" },
		{ " _- ", "" },
		{ "ABC", "abc" },
		{ "a b", "a-b" },
		{ "\ta__- b\n", "a-b" },
		{ "-a-", "a" },
		{ "a\u00a0b\u2013c", "a-b-c" },
		{ "\u00c9", "\u00c9" },
		{ "s/mime", "s/mime" },
		{ "verif?", "verif?" },
		{ "1234567", "1234567" },
		{ " 1234567 ", "1234567" },
		{ "12345 7", "12345-7" },
		{ "123456 7", NULL },
		{ "12345678", NULL },
		{ "123456\u00e9", NULL },
		{ "12345\u00e9", "12345\u00e9" }
	};
	char out[9];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		memset(out, '!', sizeof(out));
		assert_int_equal(taxonomy_normal(cases[i].in,
		    strlen(cases[i].in), out, 8), cases[i].out != NULL);
		assert_string_equal(out,
		    cases[i].out != NULL ? cases[i].out : "");
		assert_int_equal(out[8], '!');
	}
	assert_false(taxonomy_normal("", 0, out, 0));
}

static void
assert_spellings(const struct tax_spelling *a, size_t a_len,
    const struct tax_spelling *b, size_t b_len)
{
	size_t i;

	assert_int_equal(a_len, b_len);
	for (i = 0; i < a_len; i++) {
		assert_string_equal(a[i].text, b[i].text);
		assert_true(a[i].until == b[i].until);
		assert_int_equal(a[i].line, b[i].line);
	}
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
assert_same_tags(const struct taxonomy *a, const struct taxonomy *b)
{
	size_t i;

	assert_int_equal(a->category_len, b->category_len);
	for (i = 0; i < a->category_len; i++) {
		const struct tax_category *x = &a->categories[i];
		const struct tax_category *y = &b->categories[i];

		assert_string_equal(x->id, y->id);
		assert_string_equal(x->title, y->title);
		assert_string_equal(x->meaning, y->meaning);
		assert_true(x->since == y->since);
		assert_int_equal(x->residual, y->residual);
		assert_string_equal(x->file, y->file);
		assert_int_equal(x->line, y->line);
		assert_spellings(x->spellings, x->spelling_len, y->spellings,
		    y->spelling_len);
	}
	assert_int_equal(a->mark_len, b->mark_len);
	for (i = 0; i < a->mark_len; i++) {
		const struct tax_mark *x = &a->marks[i], *y = &b->marks[i];

		assert_string_equal(x->id, y->id);
		assert_string_equal(x->meaning, y->meaning);
		assert_int_equal(x->kind, y->kind);
		assert_int_equal(x->line, y->line);
		assert_spellings(x->spellings, x->spelling_len, y->spellings,
		    y->spelling_len);
	}
	assert_int_equal(a->inclusion_len, b->inclusion_len);
	for (i = 0; i < a->inclusion_len; i++) {
		const struct tax_inclusion *x = &a->inclusions[i];
		const struct tax_inclusion *y = &b->inclusions[i];

		assert_string_equal(x->id, y->id);
		assert_string_equal(x->title, y->title);
		assert_int_equal(x->counted, y->counted);
		assert_spellings(x->spellings, x->spelling_len, y->spellings,
		    y->spelling_len);
	}
}

static void
assert_same_schemes(const struct taxonomy *a, const struct taxonomy *b)
{
	size_t i, j;

	assert_int_equal(a->scheme_len, b->scheme_len);
	for (i = 0; i < a->scheme_len; i++) {
		const struct tax_scheme *x = &a->schemes[i];
		const struct tax_scheme *y = &b->schemes[i];

		assert_string_equal(x->id, y->id);
		assert_string_equal(x->title, y->title);
		assert_string_equal(x->heading, y->heading);
		assert_int_equal(x->residual, y->residual);
		assert_int_equal(x->open, y->open);
		assert_int_equal(x->row_len, y->row_len);
		for (j = 0; j < x->row_len; j++) {
			assert_string_equal(x->rows[j].id, y->rows[j].id);
			assert_string_equal(x->rows[j].title,
			    y->rows[j].title);
			assert_strings(x->rows[j].note, y->rows[j].note);
			assert_int_equal(x->rows[j].line, y->rows[j].line);
		}
		for (j = 0; j < a->category_len; j++)
			assert_int_equal(x->row_of[j], y->row_of[j]);
	}
	assert_int_equal(a->component_len, b->component_len);
	for (i = 0; i < a->component_len; i++) {
		const struct tax_component *x = &a->components[i];
		const struct tax_component *y = &b->components[i];

		assert_string_equal(x->product, y->product);
		assert_string_equal(x->name, y->name);
		assert_int_equal(x->kind, y->kind);
	}
}

static void
assert_same_owners(const struct taxonomy *a, const struct taxonomy *b)
{
	size_t i;

	assert_int_equal(a->owner_len, b->owner_len);
	for (i = 0; i < a->owner_len; i++) {
		const struct tax_owner *x = &a->owners[i], *y = &b->owners[i];

		assert_string_equal(x->id, y->id);
		assert_string_equal(x->name, y->name);
		assert_strings(x->note, y->note);
		assert_int_equal(x->now, y->now);
		assert_true(x->since == y->since);
		assert_int_equal(x->auditor, y->auditor);
		assert_string_equal(x->file, y->file);
		assert_int_equal(x->line, y->line);
	}
	assert_int_equal(a->name_len, b->name_len);
	for (i = 0; i < a->name_len; i++) {
		const struct tax_name *x = &a->names[i], *y = &b->names[i];

		assert_string_equal(x->text, y->text);
		assert_string_equal(x->key, y->key);
		assert_int_equal(x->kind, y->kind);
		assert_int_equal(x->owner, y->owner);
		assert_int_equal(x->line, y->line);
	}
}

/* The program carries what lies in the folder, and that is sound. */
static void
test_builtin_is_folder(void **state)
{
	struct taxonomy *builtin, *folder;
	struct heard heard = { .want = "" };
	char path[PATH_MAX];
	size_t faults;

	(void)state;
	assert_true(snprintf(path, sizeof(path), "%s/taxonomy", home) <
	    (int)sizeof(path));
	builtin = loaded(NULL);
	folder = loaded(path);
	assert_string_equal(builtin->version, folder->version);
	assert_string_equal(builtin->sha256, folder->sha256);
	assert_int_equal(builtin->residual, folder->residual);
	assert_same_tags(builtin, folder);
	assert_same_schemes(builtin, folder);
	assert_same_owners(builtin, folder);
	taxonomy_free(folder);
	taxonomy_free(builtin);

	/* The schema too, which loading the built-in one leaves out. */
	assert_null(taxonomy_check(NULL, hear, &heard, &faults));
	assert_int_equal(faults, 0);
	assert_null(taxonomy_check(path, hear, &heard, &faults));
	assert_int_equal(faults, 0);
	assert_int_equal(heard.count, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(test_folder),
		SCRATCH_TEST(test_files),
		SCRATCH_TEST(test_refused_files),
		SCRATCH_TEST(test_reading),
		SCRATCH_TEST(test_reading_scheme),
		SCRATCH_TEST(test_reading_owners),
		SCRATCH_TEST(test_smallest),
		SCRATCH_TEST(test_hash),
		cmocka_unit_test(test_normal),
		SCRATCH_TEST(test_builtin_is_folder)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
