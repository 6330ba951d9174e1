/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "classify/override.h"
#include "classify/review.h"
#include "classify/score.h"
#include "tests/unit/small_taxonomy.h"

#define NOT(sure) { .confidence = (sure) }
#define GIVEN(sure) { .confidence = (sure), .given = true }
#define FALLBACK(sure) { .confidence = (sure), .given = true, \
	.fallback = true }

enum decided { UNDECIDED, STALE, FRESH };

static void
test_cases(void **state)
{
	static const size_t leaf[] = { LEAF };
	static const struct override decision = { .bug = 7,
	    .categories = leaf, .category_len = 1 };
	static const struct {
		const char *board;
		struct score scores[5];
		enum decided decided;
		int score;
		unsigned reasons;
	} cases[] = {
		/* tag and rules agree, and the rules are sure, or not */
		{ "[ocsp-failure]", { [OCSP] = GIVEN(900) },
		    UNDECIDED, 0, 0 },
		{ "[ocsp-failure]", { [OCSP] = GIVEN(501) },
		    UNDECIDED, 0, 0 },
		{ "[ocsp-failure]", { [OCSP] = FALLBACK(400) },
		    UNDECIDED, 600, REVIEW_UNSURE },
		/* they disagree: both ways, and the larger doubt counts */
		{ "[ocsp-failure]", { [OCSP] = GIVEN(900),
		    [LEAF] = GIVEN(700) },
		    UNDECIDED, 700, REVIEW_DISAGREES | REVIEW_UNSURE },
		{ "[ocsp-failure]", { [OCSP] = NOT(800) },
		    UNDECIDED, 200, REVIEW_DISAGREES },
		{ "[ocsp-failure]", { [OCSP] = NOT(50),
		    [LEAF] = GIVEN(900) },
		    UNDECIDED, 950, REVIEW_DISAGREES | REVIEW_UNSURE },
		/* no tag: the rules' own doubt */
		{ "[ca-compliance]", { [OCSP] = GIVEN(900) },
		    UNDECIDED, 2100, REVIEW_MISSING },
		{ "", { [OCSP] = FALLBACK(300) },
		    UNDECIDED, 2700, REVIEW_MISSING | REVIEW_UNSURE },
		{ "", { NOT(50) }, UNDECIDED, 3000,
		    REVIEW_MISSING | REVIEW_UNSURE },
		/* a new tag, alone and beside a known one */
		{ "[zebra]", { [OCSP] = GIVEN(900) },
		    UNDECIDED, 1100, REVIEW_UNKNOWN },
		{ "[zebra] [ocsp-failure]",
		    { [OCSP] = GIVEN(900) },
		    UNDECIDED, 1100, REVIEW_UNKNOWN },
		/* nothing fits, says a person */
		{ "[uncategorized]", { NOT(50) }, UNDECIDED, 0, 0 },
		{ "[uncategorized]", { [OCSP] = GIVEN(900) },
		    UNDECIDED, 900, REVIEW_DISAGREES | REVIEW_UNSURE },
		{ "[uncategorized]", { [REST] = FALLBACK(100) },
		    UNDECIDED, 900, REVIEW_UNSURE },
		/* without a fit */
		{ "[ocsp-failure]", { [OCSP] = GIVEN(-1) },
		    UNDECIDED, 0, 0 },
		{ "[ocsp-failure]", { [OCSP] = FALLBACK(-1) },
		    UNDECIDED, 1000, REVIEW_UNSURE },
		/* decided */
		{ "[zebra]", { NOT(50) }, FRESH, 0, 0 },
		{ "[ocsp-failure]", { [OCSP] = GIVEN(900),
		    [LEAF] = NOT(100) }, STALE, 1900,
		    REVIEW_STALE | REVIEW_DISAGREES | REVIEW_UNSURE },
		{ "", { [LEAF] = GIVEN(950) }, STALE, 3050,
		    REVIEW_STALE | REVIEW_MISSING },
	};
	struct whiteboard board;
	struct review review;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		whiteboard_read(cases[i].board, &small_taxonomy, 7, NULL,
		    &board);
		review_read(&small_taxonomy, &board, cases[i].scores,
		    cases[i].decided != UNDECIDED ? &decision : NULL,
		    cases[i].decided == STALE, &review);
		if (review.score != cases[i].score ||
		    review.reasons != cases[i].reasons)
			fail_msg("case %zu: %d, reasons %u", i, review.score,
			    review.reasons);
	}
}

static void
test_names(void **state)
{
	unsigned flag, names = 0;

	(void)state;
	for (flag = 1; flag < 1024; flag *= 2)
		names += review_reason_name(flag) != NULL;
	assert_int_equal(names, 5);
	assert_string_equal(review_reason_name(REVIEW_DISAGREES),
	    "disagrees");
	assert_null(review_reason_name(0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
