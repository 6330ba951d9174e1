/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "classify/report_words.h"

static void
none(void **state)
{
	static const char *const yes[] = {
		"N/A", "n/a.", " None ", "-", "Not applicable.", "Sans objet",
		"无", "なし"
	};
	static const char *const no[] = {
		"", "No", "None were issued", "0", "nonesuch", "N/A, since"
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		if (!words_none(yes[i], strlen(yes[i])))
			fail_msg("\"%s\" is something", yes[i]);
	for (i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		if (words_none(no[i], strlen(no[i])))
			fail_msg("\"%s\" is nothing", no[i]);
}

static void
states(void **state)
{
	static const struct {
		const char *text;
		enum report_action_state state;
	} cases[] = {
		{ "Ongoing", ACTION_ONGOING },
		{ "COMPLETE", ACTION_COMPLETE },
		{ "Completed on 2024-05-20", ACTION_COMPLETE },
		{ "Not completed", ACTION_ONGOING },
		{ "to be completed", ACTION_ONGOING },
		{ "Delayed, in progress", ACTION_DELAYED },
		{ "Cancelled", ACTION_CANCELED },
		{ "Canceled", ACTION_CANCELED },
		{ "in progress (80 % complete)", ACTION_ONGOING },
		{ "fait", ACTION_COMPLETE },
		{ "In Arbeit", ACTION_ONGOING },
		{ "已完成", ACTION_COMPLETE },
		{ "opened", ACTION_UNSAID },
		{ "abandoning", ACTION_UNSAID },
		{ "", ACTION_UNSAID },
		{ "2024-05-20", ACTION_UNSAID }
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (words_state(cases[i].text, strlen(cases[i].text)) !=
		    cases[i].state)
			fail_msg("\"%s\"", cases[i].text);
}

static void
stopped(void **state)
{
	static const struct {
		const char *text;
		int stopped;
	} cases[] = {
		{ "Yes.", 1 }, { "No", 0 }, { "No. Nothing was wrong.", 0 },
		{ "No, issuance was not stopped.", 0 },
		{ "No such certificate was issued.", -1 },
		{ "N/A", -1 }, { "Not applicable", -1 }, { "", -1 },
		{ "Issuance was stopped on 2024-05-20.", 1 },
		{ "Stopped on 2024-05-20 and resumed later.", 1 },
		{ "We have not stopped issuing.", 0 },
		{ "We haven't stopped issuance.", 0 },
		{ "We did not stop issuance, since it is correct.", 0 },
		{ "The fault is fixed. Issuance was suspended.", 1 },
		{ "Orders of this kind are blocked.", -1 },
		{ "The clock stopped.", -1 },
		{ "L'émission des certificats a été arrêtée.", 1 },
		{ "Nein.", 0 }, { "是", 1 }
	};
	size_t i;
	int got;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		got = words_stopped(cases[i].text, strlen(cases[i].text),
		    true);
		if (got != cases[i].stopped)
			fail_msg("\"%s\": %d", cases[i].text, got);
	}
}

static void
certificates(void **state)
{
	static const struct {
		const char *text;
		bool asked;
		int64_t number;		/* -1: none */
	} cases[] = {
		{ "27,914", true, 27914 }, { "1 126 certificats", true, 1126 },
		{ "1.904", true, 1904 }, { "0", true, 0 },
		{ "none", true, 0 }, { "None.", true, 0 },
		{ "seven", true, 7 }, { "12,34", true, 12 },
		{ "1,234,567", true, 1234567 },
		{ "99999999999999999999", true, -1 },
		{ "All of them", true, -1 }, { "N/A", true, -1 },
		{ "", true, -1 }, { "unknown", true, -1 },
		{ "2024-05-20", true, -1 }, { "3%", true, -1 },
		{ "In total 61 certificates:", false, 61 },
		{ "There were 3,318 DV certificates for which", false, 3318 },
		{ "Total: 9,471 certificates.", false, 9471 },
		{ "1,148 certificates: 1,062 OV. Total number: 1148.", false,
		    1148 },
		{ "No certificates are affected. 8 certificates", false, -1 },
		{ "None issued wrongly. About 14,000 certificates", false,
		    -1 },
		{ "N/A. 8 certificates were revoked", false, -1 },
		{ "Since 2019 there are certificates", false, -1 },
		{ "Of the subscribers, 5 wrote.", false, -1 },
		{ "17 certificats EV, émis", false, 17 },
		{ "27914", false, -1 }
	};
	size_t i;
	int64_t number;
	bool found;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		found = words_certificates(cases[i].text,
		    strlen(cases[i].text), cases[i].asked, &number);
		if (found != (cases[i].number >= 0) ||
		    (found && number != cases[i].number))
			fail_msg("\"%s\": %d %lld", cases[i].text, found,
			    (long long)number);
	}
}

static void
sentences(void **state)
{
	(void)state;
	assert_int_equal(words_sentence("A b. C", 6), 4);
	assert_int_equal(words_sentence("At 1.2.3 x", 10), 10);
	assert_int_equal(words_sentence("A\n\nB", 4), 1);
	assert_int_equal(words_sentence("一。二", 9), 6);
	assert_int_equal(words_sentence("", 0), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(none),
		cmocka_unit_test(states),
		cmocka_unit_test(stopped),
		cmocka_unit_test(certificates),
		cmocka_unit_test(sentences)
	};

	return cmocka_run_group_tests_name("report_words", tests, NULL, NULL);
}
