/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/near.h"

static const char *const words[] = {
	"ocsp-failure", "crl-failure", "count", "list", "DigiCert",
	"GlobalSign", "show", "ev", "dv"
};

static void
test_best(void **state)
{
	static const struct {
		const char *word;
		const char *best;
	} cases[] = {
		{ "ocsp-failure", "ocsp-failure" },
		{ "ocsp-failur", "ocsp-failure" },
		{ "oscp-failure", "ocsp-failure" },
		{ "OCSP-FAILURE", "ocsp-failure" },
		{ "digicret", "DigiCert" },
		{ "digi cert", "DigiCert" },
		{ "conut", "count" },
		{ "lsit", "list" },
		{ "ocsp", "ocsp-failure" },	/* the beginning of one */
		{ "ec", "ev" },			/* the first of equals */
		{ "Global", "GlobalSign" },
		{ "xx", NULL },			/* each letter changed */
		{ "x", NULL },
		{ "", NULL },
		{ "entirely different", NULL },
	};
	const char *best;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		best = near_best(cases[i].word, words,
		    sizeof(words) / sizeof(words[0]));
		if (cases[i].best == NULL)
			assert_null(best);
		else {
			assert_non_null(best);
			assert_string_equal(best, cases[i].best);
		}
	}
}

static void
test_no_candidates(void **state)
{
	(void)state;
	assert_null(near_best("count", NULL, 0));
}

/* Exactly the limit is compared; what passes it is not. */
static void
test_long(void **state)
{
	char word[NEAR_MAX_WORD + 2], other[NEAR_MAX_WORD + 2];
	const char *candidates[] = { other };

	(void)state;
	memset(word, 'a', sizeof(word));
	memset(other, 'a', sizeof(other));
	word[NEAR_MAX_WORD] = other[NEAR_MAX_WORD] = '\0';
	word[3] = 'b';
	assert_ptr_equal(near_best(word, candidates, 1), other);
	word[NEAR_MAX_WORD] = 'a';
	word[NEAR_MAX_WORD + 1] = '\0';
	assert_null(near_best(word, candidates, 1));
	word[NEAR_MAX_WORD] = '\0';
	other[NEAR_MAX_WORD] = 'a';
	other[NEAR_MAX_WORD + 1] = '\0';
	assert_null(near_best(word, candidates, 1));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_best),
		cmocka_unit_test(test_no_candidates),
		cmocka_unit_test(test_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
