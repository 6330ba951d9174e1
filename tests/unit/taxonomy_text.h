/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * For tests of taxonomies: how to write small ones, load them, and hear
 * what is wrong with them.
 */
#ifndef TESTS_UNIT_TAXONOMY_TEXT_H
#define TESTS_UNIT_TAXONOMY_TEXT_H

#include <string.h>

#include "base/err.h"
#include "taxonomy/taxonomy.h"
#include "tests/unit/scratch.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Each faulty text begins on line 3, behind these. */
#define HEAD "<taxonomy version=\"test\">\n"
#define CATEGORY(attributes, rest) "<category " attributes "><title>T" \
	"</title><meaning>M</meaning>" rest "</category>\n"
#define REST CATEGORY("id=\"rest\" residual=\"true\"", "")
#define TAIL "</taxonomy>\n"
#define TAXONOMY(text) HEAD REST text TAIL
#define SCHEME(rows) "<scheme id=\"s\" heading=\"H\"><title>T</title>\n" \
	rows "</scheme>\n"
#define ROW(attributes, rest) "<row title=\"R\" " attributes ">" rest \
	"</row>\n"
#define REF(id) "<category ref=\"" id "\"/>"
#define LONG "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

/* What taxonomy_check told. */
struct heard {
	const char *want;
	size_t count;
	size_t found;	/* how many of them hold `want` */
};

static inline void
hear(void *arg, const char *text)
{
	struct heard *heard = arg;

	heard->count++;
	heard->found += strstr(text, heard->want) != NULL;
}

/* The working folder is refused, by load and by check, in these words. */
static inline void
assert_faulty(const char *want)
{
	struct taxonomy *taxonomy;
	struct heard heard = { .want = want };
	const struct err *err;
	size_t faults;

	err = taxonomy_load(&taxonomy, ".");
	assert_null(taxonomy);
	if (err == NULL)
		fail_msg("loaded, but wanted: %s", want);
	assert_int_equal(err->kind, ERR_CONFIG);
	if (strstr(err->text, want) == NULL)
		fail_msg("wanted: %s\ngot: %s", want, err->text);
	assert_null(taxonomy_check(".", hear, &heard, &faults));
	assert_int_equal(faults, heard.count);
	assert_true(heard.found > 0);
}

static inline struct taxonomy *
loaded(const char *dir)
{
	struct taxonomy *taxonomy;
	const struct err *err;

	err = taxonomy_load(&taxonomy, dir);
	if (err != NULL)
		fail_msg("%s", err->text);
	assert_non_null(taxonomy);
	return taxonomy;
}

#endif
