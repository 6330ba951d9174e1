/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "classify/scan.h"

/* The words of a text separated by blanks, their numbers as values. */
static struct scan *
scan_of(const char *text)
{
	struct scan_word words[64];
	struct scan *scan;
	size_t len = 0;

	for (; *text != '\0'; text += words[len - 1].len) {
		text += *text == ' ';
		words[len].text = text;
		words[len].len = strcspn(text, " ");
		words[len].value = (uint32_t)len;
		len++;
	}
	assert_null(scan_new(&scan, words, len));
	return scan;
}

static void
note(void *arg, uint32_t value, size_t start)
{
	buf_fmt(arg, "%u@%zu ", value, start);
}

static void
test_run(void **state)
{
	static const struct {
		const char *words, *text, *found;
	} cases[] = {
		{ "crl ocsp", "OCSP and CRLs", "1@0 0@9 " },
		{ "crl", "", "" },
		{ "crl", "cr", "" },
		{ "", "crl", "" },
		{ "he she his hers", "uSHERs", "1@1 0@2 3@2 " },
		{ "a aa aaa", "aaaa",
		    "0@0 1@0 0@1 2@0 1@1 0@2 2@1 1@2 0@3 " },
		{ "abcd bc", "abcabcd", "1@1 1@4 0@3 " },
		{ "abcx b", "abcb", "1@1 1@3 " },
		/* equal words, in the order they were given */
		{ "late late", "late", "0@0 1@0 " },
		{ "s/mime", "\xc3\xa9 S/MIME", "0@3 " },
		{ "[a", "{a[A", "0@2 " }
	};
	struct scan *scan;
	struct buf out;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_init(&out, 4096);
		scan = scan_of(cases[i].words);
		scan_run(scan, cases[i].text, strlen(cases[i].text), note,
		    &out);
		if (strcmp(buf_text(&out), cases[i].found) != 0)
			fail_msg("case %zu: %s", i, buf_text(&out));
		scan_free(scan);
		buf_release(&out);
	}
	scan_free(NULL);
}

/* Against the plain way, on texts of few letters. */
static void
test_same(void **state)
{
	static const char *const words[] = { "a", "ab", "bab", "bc", "bca",
		"c", "caa", "abcabc" };
	struct scan_word list[8];
	struct scan *scan;
	struct buf found, wanted;
	uint32_t seed = 1;
	char text[200];
	size_t i, end, n;

	(void)state;
	for (i = 0; i < 8; i++) {
		list[i].text = words[i];
		list[i].len = strlen(words[i]);
		list[i].value = (uint32_t)i;
	}
	assert_null(scan_new(&scan, list, 8));
	for (i = 0; i < sizeof(text); i++) {
		seed = seed * 1103515245u + 12345u;
		text[i] = "abcABC"[(seed >> 16) % 6];
	}
	buf_init(&found, 1 << 16);
	buf_init(&wanted, 1 << 16);
	scan_run(scan, text, sizeof(text), note, &found);
	for (end = 1; end <= sizeof(text); end++)
		for (n = 6; n > 0; n--)
			for (i = 0; i < 8; i++) {
				struct buf part;
				char room[8];
				size_t j;

				if (list[i].len != n || n > end)
					continue;
				buf_fixed(&part, room, sizeof(room));
				for (j = end - n; j < end; j++)
					buf_char(&part,
					    (char)(text[j] | 0x20));
				if (strcmp(buf_text(&part), words[i]) == 0)
					note(&wanted, (uint32_t)i, end - n);
			}
	assert_string_equal(buf_text(&found), buf_text(&wanted));
	assert_true(found.len > 500);
	buf_release(&found);
	buf_release(&wanted);
	scan_free(scan);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_run),
		cmocka_unit_test(test_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
