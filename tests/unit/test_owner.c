/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "classify/owner.h"
#include "fetch/bug.h"
#include "fetch/intake.h"
#include "tests/unit/small_taxonomy.h"

#define NONE SIZE_MAX
#define DASH "\xe2\x80\x93"

static void
test_prefixes(void **state)
{
	static const struct {
		const char *summary;
		size_t owner, operator_owner;
		const char *prefix, *title;
		bool auditor, unknown;
	} cases[] = {
		{ "DigiCert: late", DIGICERT, NONE, "DigiCert", "late",
		    false, false },
		{ "digicert:  late ", DIGICERT, NONE, "digicert", "late ",
		    false, false },
		{ " Digi\tCert : late", NONE, NONE, "Digi\tCert", "late",
		    false, true },
		{ "DIGICERT : late", DIGICERT, NONE, "DIGICERT", "late",
		    false, false },
		{ "DigiCert:late", DIGICERT, NONE, "DigiCert", "late", false,
		    false },
		{ "DigiCert:", DIGICERT, NONE, "DigiCert", "", false,
		    false },
		{ "DigiCert - late: very", DIGICERT, NONE, "DigiCert",
		    "late: very", false, false },
		{ "DigiCert " DASH " late", DIGICERT, NONE, "DigiCert",
		    "late", false, false },
		{ "DigiCert \xe2\x80\x94 late - very", DIGICERT, NONE,
		    "DigiCert", "late - very", false, false },
		{ "\xc3\x89" "CLAIR: late", ATOS, NONE, "\xc3\x89" "CLAIR",
		    "late", false, false },
		/* the first prefix alone */
		{ "DigiCert: QuoVadis: late", DIGICERT, NONE, "DigiCert",
		    "QuoVadis: late", false, false },
		{ "DigiCert:QuoVadis: late", DIGICERT, NONE, "DigiCert",
		    "QuoVadis: late", false, false },
		/* slashes */
		{ "DigiCert / Siemens: late", DIGICERT, ATOS,
		    "DigiCert / Siemens", "late", false, false },
		{ "DigiCert/Siemens: late", DIGICERT, ATOS,
		    "DigiCert/Siemens", "late", false, false },
		{ "DigiCert / Nobody: late", DIGICERT, NONE,
		    "DigiCert / Nobody", "late", false, false },
		/* who runs a CA is not the CA */
		{ "Nobody / DigiCert: late", NONE, NONE,
		    "Nobody / DigiCert", "late", false, true },
		{ "/ DigiCert: late", NONE, NONE, "/ DigiCert", "late",
		    false, true },
		{ "Nobody / DigiCert - late", NONE, NONE, "",
		    "Nobody / DigiCert - late", false, false },
		{ "Nobody / DigiCert - late: very", NONE, NONE,
		    "Nobody / DigiCert - late", "very", false, true },
		{ "DigiCert / Nobody - late: very", DIGICERT, NONE,
		    "DigiCert / Nobody - late", "very", false, false },
		{ "DigiCert / Siemens / Atos: late", DIGICERT, ATOS,
		    "DigiCert / Siemens / Atos", "late", false, false },
		{ "asseco ds / certum: late", ASSECO, NONE,
		    "asseco ds / certum", "late", false, false },
		{ "DigiCert / : late", DIGICERT, NONE, "DigiCert /", "late",
		    false, false },
		{ "/: late", NONE, NONE, "/", "late", false, true },
		/* auditors */
		{ "Count & Sons: blind", FIRM, NONE, "Count & Sons", "blind",
		    true, false },
		/* words in brackets go before */
		{ "[meta] DigiCert: late", DIGICERT, NONE, "DigiCert",
		    "late", false, false },
		{ " [a: b][c] DigiCert: late", DIGICERT, NONE, "DigiCert",
		    "late", false, false },
		{ "[meta DigiCert: late", NONE, NONE, "[meta DigiCert",
		    "late", false, true },
		/* unknown, and shown */
		{ "New CA: late", NONE, NONE, "New CA", "late", false,
		    true },
		{ "New CA - part: late", NONE, NONE, "New CA - part", "late",
		    false, true },
		/* no prefix */
		{ "", NONE, NONE, "", "", false, false },
		{ ":", NONE, NONE, "", ":", false, false },
		{ ": late", NONE, NONE, "", "late", false, false },
		{ "[meta]", NONE, NONE, "", "[meta]", false, false },
		{ "DigiCert failed at 12:30", NONE, NONE, "",
		    "DigiCert failed at 12:30", false, false },
		{ "see https://example.org", NONE, NONE, "",
		    "see https://example.org", false, false },
		{ "New CA - late", NONE, NONE, "", "New CA - late", false,
		    false },
		{ "DigiCert-late", NONE, NONE, "", "DigiCert-late", false,
		    false },
	};
	struct owner_match match;
	struct heard heard;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		owner_read(cases[i].summary, &small_taxonomy, 7,
		    heard_begin(&heard), &match);
		if (match.owner != cases[i].owner ||
		    match.operator_owner != cases[i].operator_owner ||
		    match.auditor != cases[i].auditor)
			fail_msg("%s: owner %zu, operator %zu",
			    cases[i].summary, match.owner,
			    match.operator_owner);
		assert_int_equal(match.prefix_len, strlen(cases[i].prefix));
		assert_memory_equal(cases[i].summary + match.prefix,
		    cases[i].prefix, match.prefix_len);
		assert_string_equal(cases[i].summary + match.rest,
		    cases[i].title);
		assert_int_equal(heard_all(&heard), cases[i].unknown);
		assert_int_equal(heard.count[DIAG_OWNER_UNKNOWN],
		    cases[i].unknown);
		if (cases[i].unknown)
			assert_string_equal(heard.detail, cases[i].prefix);
	}
}

/* Up to OWNER_MAX_PREFIX bytes may be a name; more are a sentence. */
static void
test_long_prefix(void **state)
{
	char summary[OWNER_MAX_PREFIX + 16];
	struct owner_match match;
	struct heard heard;

	(void)state;
	memset(summary, 'x', sizeof(summary));
	memcpy(summary + OWNER_MAX_PREFIX, ": late", 7);
	owner_read(summary, &small_taxonomy, 7, heard_begin(&heard), &match);
	assert_int_equal(match.prefix_len, OWNER_MAX_PREFIX);
	assert_int_equal(strlen(heard.detail), OWNER_MAX_PREFIX);
	memcpy(summary + OWNER_MAX_PREFIX, "x: late", 8);
	owner_read(summary, &small_taxonomy, 7, heard_begin(&heard), &match);
	assert_int_equal(match.prefix_len, 0);
	assert_int_equal(match.rest, 0);
	assert_int_equal(heard_all(&heard), 0);
}

/* Each takes milliseconds. */
static void
test_hostile(void **state)
{
	static const char *const pieces[] = {
		"[", "[]", ":", ": ", " - ", "/", "[a] ", " ", "\xc8\xba",
		"DigiCert/", "x: "
	};
	enum { TIMES = 100000 };
	struct owner_match match;
	size_t i, j, len;
	char *text;

	(void)state;
	for (i = 0; i < COUNT(pieces); i++) {
		len = strlen(pieces[i]);
		text = test_malloc(TIMES * len + 1);
		for (j = 0; j < TIMES; j++)
			memcpy(text + j * len, pieces[i], len);
		text[TIMES * len] = '\0';
		owner_read(text, &small_taxonomy, 7, NULL, &match);
		assert_true(match.prefix + match.prefix_len <= TIMES * len);
		assert_true(match.rest <= TIMES * len);
		test_free(text);
	}
}

static void
test_names(void **state)
{
	static const struct {
		const char *name;
		size_t owner;
	} cases[] = {
		{ "DigiCert", DIGICERT }, { " digicert ", DIGICERT },
		{ "quovadis", QUOVADIS }, { "Certum", ASSECO },
		{ "ASSECO", ASSECO }, { "firm", FIRM }, { "Siemens", ATOS },
		{ "Digi", NONE }, { "", NONE },
	};
	size_t i, owner;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		assert_int_equal(owner_find(&small_taxonomy, cases[i].name,
		    &owner), cases[i].owner != NONE);
		assert_int_equal(owner, cases[i].owner);
	}
	assert_string_equal(owner_name_then(&small_taxonomy, QUOVADIS),
	    "QuoVadis");
	assert_string_equal(owner_name_now(&small_taxonomy, QUOVADIS),
	    "DigiCert");
	assert_string_equal(owner_name_now(&small_taxonomy, NONE),
	    "unknown");
	assert_string_equal(owner_name_then(&small_taxonomy, NONE),
	    "unknown");
}

/* Who owned and who answers, in the built-in data. */
static void
test_builtin(void **state)
{
	static const struct {
		const char *summary, *then, *now;
	} cases[] = {
		{ "QuoVadis: late", "QuoVadis", "DigiCert" },
		{ "Comodo/cPanel: late", "Comodo", "Sectigo" },
		{ "Entrust: late", "Entrust", "Entrust" },
		{ "Asseco DS / Certum: late", "Asseco DS / Certum",
		    "Asseco DS / Certum" },
		{ "DigiCert / Siemens: late", "DigiCert", "DigiCert" },
		{ "NETLOCK - late", "NETLOCK", "NETLOCK" },
	};
	struct owner_match match;
	struct taxonomy *taxonomy;
	size_t i;

	(void)state;
	assert_null(taxonomy_load(&taxonomy, NULL));
	for (i = 0; i < COUNT(cases); i++) {
		owner_read(cases[i].summary, taxonomy, 7, NULL, &match);
		assert_string_equal(owner_name_then(taxonomy, match.owner),
		    cases[i].then);
		assert_string_equal(owner_name_now(taxonomy, match.owner),
		    cases[i].now);
	}
	taxonomy_free(taxonomy);
}

/*
 * The real incidents, judged by a table of their prefixes that was made by
 * hand and without this program.
 */
struct real {
	struct buf bugs, table;
	size_t at;
	struct taxonomy *taxonomy;
	size_t judged, right;
};

/* What the table says of a bug: the owner of the longest prefix that a
 * colon follows, or of the line with its number.  *len is the bytes of the
 * name; NULL when the table says nothing. */
static const char *
told_owner(const struct real *real, const struct bug *bug, size_t *len)
{
	const char *line, *next, *found = NULL;
	const char *summary = bug->text[BUG_SUMMARY];
	size_t prefix, longest = 0;
	char number[40];

	snprintf(number, sizeof(number), "(bug %lld) ", (long long)bug->id);
	for (line = buf_text(&real->table); *line != '\0'; line = next) {
		next = line + strcspn(line, "\n");
		next += *next == '\n';
		prefix = strcspn(line, "\t\n");
		if (line[prefix] != '\t' || prefix <= longest)
			continue;
		if (strncmp(line, number, strlen(number)) != 0 &&
		    (strncmp(summary, line, prefix) != 0 ||
		    strchr(": ", summary[prefix]) == NULL ||
		    strchr(summary + prefix, ':') == NULL))
			continue;
		longest = prefix;
		found = line + prefix + 1;
		*len = strcspn(found, "\t\n");
	}
	return found;
}

static const struct err *
judge(void *arg, const struct bug *bug)
{
	static const char firm[] = "(auditor) ", none[] = "(none)";
	struct real *real = arg;
	struct owner_match match;
	const char *summary = bug->text[BUG_SUMMARY], *told, *now;
	size_t len = 0;

	real->judged++;
	owner_read(summary, real->taxonomy, bug->id, NULL, &match);
	now = owner_name_now(real->taxonomy, match.owner);
	told = told_owner(real, bug, &len);
	if (told != NULL && strncmp(told, firm, strlen(firm)) == 0) {
		told += strlen(firm);
		len -= strlen(firm);
	}
	if (match.owner == NONE ? told != NULL &&
	    strncmp(told, none, strlen(none)) == 0 : told != NULL &&
	    strlen(now) == len && strncmp(now, told, len) == 0)
		real->right++;
	else
		print_message("bug %lld: \"%s\": %s, and not %.*s\n",
		    (long long)bug->id, summary, now, (int)len,
		    told != NULL ? told : "");
	return NULL;
}

static const struct err *
give(void *arg, char *data, size_t cap, size_t *got)
{
	struct real *real = arg;

	*got = real->bugs.len - real->at;
	if (*got > cap)
		*got = cap;
	memcpy(data, buf_text(&real->bugs) + real->at, *got);
	real->at += *got;
	return NULL;
}

static void
test_real(void **state)
{
	struct real real = { .at = 0 };
	struct intake_source source = { "bugs.json", give, &real };
	struct intake_sink sink = { judge, &real, NULL };
	struct intake_result result;
	const char *dir = getenv("CABRIEF_DATA");
	char path[4096];

	(void)state;
	if (dir == NULL) {
		print_message("skipped: CABRIEF_DATA is not set\n");
		skip();
	}
	buf_init(&real.bugs, 64 << 20);
	buf_init(&real.table, 1 << 20);
	snprintf(path, sizeof(path), "%s/dev/bugs.json", dir);
	assert_null(file_read(path, &real.bugs));
	snprintf(path, sizeof(path), "%s/owners.tsv", dir);
	assert_null(file_read(path, &real.table));
	assert_null(taxonomy_load(&real.taxonomy, NULL));
	assert_null(intake_read(&source, &sink, &result));
	print_message("%zu of %zu owners are right\n", real.right,
	    real.judged);
	assert_true(real.judged > 800);
	assert_true(real.right * 100 >= real.judged * 99);
	taxonomy_free(real.taxonomy);
	buf_release(&real.bugs);
	buf_release(&real.table);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_prefixes),
		cmocka_unit_test(test_long_prefix),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_builtin),
		cmocka_unit_test(test_real),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
