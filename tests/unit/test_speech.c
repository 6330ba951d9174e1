/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "classify/speech.h"
#include "tests/unit/heard.h"

static void
check(bool (*find)(const char *, size_t, size_t *, size_t *),
    const char *text, const char *expected)
{
	size_t start = 9, end = 9;
	bool found = find(text, strlen(text), &start, &end);

	if (found != (expected != NULL) || (found &&
	    (end - start != strlen(expected) ||
	    memcmp(text + start, expected, end - start) != 0)))
		fail_msg("%s: %d, %.*s", text, found, (int)(end - start),
		    text + start);
	if (!found && (start != 0 || end != 0))
		fail_msg("%s: %zu to %zu", text, start, end);
}

static void
test_questions(void **state)
{
	static const struct {
		const char *text, *question;
	} cases[] = {
		{ "", NULL },
		{ "Thank you.", NULL },
		{ "?", "?" },
		{ "Why?", "Why?" },
		{ "Thank you. Why was it\nchanged, and by whom?  Regards",
		    "Why was it\nchanged, and by whom?" },
		{ "One? Two?", "One?" },
		{ "Is it 1.5 or 2.0?", "Is it 1.5 or 2.0?" },
		{ "(Is it?)", "(Is it?" },
		{ "**Is it?**", "**Is it?" },
		{ "Really?!", "Really?" },
		/* quoted */
		{ "> Why?", NULL },
		{ "  > Why?\nBecause.", NULL },
		{ "> Why?\nAnd how?", "And how?" },
		{ "Two words\n> Why?\nmore", NULL },
		{ "The answer to \"Was it stopped?\" is no.", NULL },
		/* code */
		{ "```\nwhy?\n```", NULL },
		{ "~~~\nwhy?\n~~~\nHow?", "How?" },
		{ "``` text\nwhy?", NULL },
		{ "The call `f(x)? ` fails", NULL },
		{ "Does `f? ` fail?", "Does `f? ` fail?" },
		/* addresses */
		{ "See https://crt.sh/?q=1 there", NULL },
		{ "See https://crt.sh/? there", NULL },
		{ "See https://crt.sh/?q=1 or not?",
		    "See https://crt.sh/?q=1 or not?" },
		{ "a?b", NULL },
		/* the end of a call is none */
		{ "Any further questions?", NULL },
		{ "Are there any other comments?", NULL },
		{ "Are there any questions left? Why?", "Why?" },
		{ "Is there any news about the key?",
		    "Is there any news about the key?" },
		{ "Is any of this an answer to the questions that were asked "
		    "in comment 4, and again in comment 9, or not?",
		    "Is any of this an answer to the questions that were "
		    "asked in comment 4, and again in comment 9, or not?" },
		/* a list */
		{ "Two questions:\n\n1. Why?\n2. How?", "Why?" }
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++)
		check(speech_question, cases[i].text, cases[i].question);
}

static void
test_requests(void **state)
{
	static const struct {
		const char *text, *request;
	} cases[] = {
		{ "Thank you. Please attach the list.",
		    "Please attach the list." },
		{ "Livia, PLEASE have them stop", "Livia, PLEASE have them "
		    "stop" },
		{ "Setting needinfo for the CA.",
		    "Setting needinfo for the CA." },
		{ "> Please attach it.", NULL },
		{ "Please do not publish the keys.", NULL },
		{ "Please let us know if there is more.", NULL },
		{ "Next time please repeat the questions.", NULL },
		{ "We are pleased.", NULL },
		{ "We are pleased. Please go on", "Please go on" },
		{ "Closing.", NULL }
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++)
		check(speech_request, cases[i].text, cases[i].request);
}

static void
test_last_calls(void **state)
{
	static const struct {
		const char *text;
		bool call;
		const char *day;	/* NULL: none */
	} cases[] = {
		{ "Last call. To be closed on or about 2026-06-25.", true,
		    "2026-06-25" },
		{ "Last call for comments. I intend to close this bug on "
		    "2026-07-03.", true, "2026-07-03" },
		{ "I will close this next Wednesday, 18-Sep-2024, unless",
		    true, "2024-09-18" },
		{ "FINAL CALL", true, NULL },
		{ "The update of 2026-06-15 is missing. Last call.", true,
		    NULL },
		{ "> Last call on 2026-06-25.\nNo.", false, NULL },
		{ "The CRL was closed.", false, NULL },
		{ "", false, NULL }
	};
	int64_t day, expected;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		expected = DATE_NONE;
		if (cases[i].day != NULL)
			assert_true(date_parse_day(cases[i].day, 10,
			    &expected));
		if (speech_last_call(cases[i].text, strlen(cases[i].text),
		    &day) != cases[i].call || day != expected)
			fail_msg("%s", cases[i].text);
	}
}

/* As much as a comment may hold, of one kind: time-bounded. */
static void
test_hostile(void **state)
{
	static const char *const bits[] = { "?", "? ", ".", ". ", "`", "> ",
	    "```\n", "://?", ":// ?", "any ", "please ", "1", "2026-01-01",
	    "\n", " ", "a", "\xc3\x84", "last call 1." };
	size_t len = 4 * 65535, i, at, part, start, end;
	char *text = malloc(len);
	int64_t day;

	(void)state;
	assert_non_null(text);
	for (i = 0; i < COUNT(bits); i++) {
		part = strlen(bits[i]);
		for (at = 0; at + part <= len; at += part)
			memcpy(text + at, bits[i], part);
		(void)speech_question(text, at, &start, &end);
		assert_true(start <= end && end <= at);
		(void)speech_request(text, at, &start, &end);
		assert_true(start <= end && end <= at);
		(void)speech_last_call(text, at, &day);
	}
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_questions),
		cmocka_unit_test(test_requests),
		cmocka_unit_test(test_last_calls),
		cmocka_unit_test(test_hostile)
	};

	return cmocka_run_group_tests_name("speech", tests, NULL, NULL);
}
