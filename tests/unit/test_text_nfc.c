/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <utf8proc.h>

#include "base/buf.h"
#include "base/text.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define S(literal) literal, sizeof(literal) - 1

enum {
	ROOM = 16 << 20,
	MARKS = 1 << 20
};

static const struct {
	const char *in;
	size_t len;
	const char *out;
	size_t out_len;
} cases[] = {
	{ S(""), S("") },
	{ S("plain\nlines\n"), S("plain\nlines\n") },
	{ S("\n\n"), S("\n\n") },
	{ S("caf\xc3\xa9"), S("caf\xc3\xa9") },
	{ S("cafe\xcc\x81"), S("caf\xc3\xa9") },
	/* a letter that is only another's name: Angstrom, Ohm, Kelvin */
	{ S("\xe2\x84\xab \xe2\x84\xa6 \xe2\x84\xaa"),
	    S("\xc3\x85 \xce\xa9 K") },
	{ S("\xef\xa4\x80"), S("\xe8\xb1\x88") },
	/* signs of ours that a stroke joins */
	{ S("<\xcc\xb8 =\xcc\xb8 >\xcc\xb8"),
	    S("\xe2\x89\xae \xe2\x89\xa0 \xe2\x89\xaf") },
	/* marks are ordered: below (220) before above (230) */
	{ S("q\xcc\x87\xcc\xa3"), S("q\xcc\xa3\xcc\x87") },
	{ S("d\xcc\x87\xcc\xa3"), S("\xe1\xb8\x8d\xcc\x87") },
	/* those of one class stay as they are */
	{ S("q\xcc\x81\xcc\x80"), S("q\xcc\x81\xcc\x80") },
	/* no letter before them */
	{ S("\xcc\x87\xcc\xa3"), S("\xcc\xa3\xcc\x87") },
	/* a line's end joins nothing */
	{ S("e\n\xcc\x81"), S("e\n\xcc\x81") },
	/* excluded from composition: they stay apart */
	{ S("\xe0\xa5\x98"), S("\xe0\xa4\x95\xe0\xa4\xbc") },
	{ S("\xf0\x9d\x85\x9e"), S("\xf0\x9d\x85\x97\xf0\x9d\x85\xa5") },
	/* Hangul */
	{ S("\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8"), S("\xea\xb0\x81") },
	{ S("\xea\xb0\x80\xe1\x86\xa8"), S("\xea\xb0\x81") },
	/* what is no character stays, and joins nothing */
	{ S("e\xff\xcc\x81\xcc"), S("e\xff\xcc\x81\xcc") },
	{ S("\xcc\x81\xed\xa0\x80\xf5"), S("\xcc\x81\xed\xa0\x80\xf5") },
	{ S("e\xcc\x81\0\xef\xbf\xbd\xef\xbf\xbf"),
	    S("\xc3\xa9\0\xef\xbf\xbd\xef\xbf\xbf") },
};

static void
test_cases(void **state)
{
	struct buf out;
	size_t i;

	(void)state;
	buf_init(&out, ROOM);
	for (i = 0; i < COUNT(cases); i++) {
		buf_clear(&out);
		text_nfc(&out, cases[i].in, cases[i].len);
		assert_int_equal(out.len, cases[i].out_len);
		assert_memory_equal(buf_text(&out), cases[i].out, out.len);
	}
	buf_release(&out);
}

static uint32_t
next(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* utf8proc's own function orders marks by another algorithm. */
static void
test_as_utf8proc(void **state)
{
	static const uint32_t starts[] = { 0x20, 0x300, 0xac00, 0x1100,
		0x900, 0xf900, 0x1d150, 0x10a00, 0x3040, 0xd00 };
	struct buf text, out;
	uint32_t seed = 1;
	uint8_t *expected;
	int i, j;

	(void)state;
	buf_init(&text, ROOM);
	buf_init(&out, ROOM);
	for (i = 0; i < 20000; i++) {
		buf_clear(&text);
		buf_clear(&out);
		for (j = (int)(next(&seed) % 12); j >= 0; j--)
			text_encode(&text, starts[next(&seed) %
			    COUNT(starts)] + next(&seed) % 0x80);
		expected = utf8proc_NFC((const uint8_t *)buf_text(&text));
		assert_non_null(expected);
		text_nfc(&out, buf_text(&text), text.len);
		assert_string_equal(buf_text(&out), (char *)expected);
		free(expected);
	}
	buf_release(&text);
	buf_release(&out);
}

/* A million marks on one letter, in the worst order. */
static void
test_many_marks(void **state)
{
	struct buf text, out;
	int i;

	(void)state;
	buf_init(&text, ROOM);
	buf_init(&out, ROOM);
	buf_char(&text, 'q');
	for (i = 0; i < MARKS; i++)
		buf_str(&text, i % 2 == 0 ? "\xcc\x87" : "\xcc\xa3");
	text_nfc(&out, buf_text(&text), text.len);
	assert_int_equal(out.len, text.len);
	assert_memory_equal(buf_text(&out) + 1, "\xcc\xa3\xcc\xa3", 4);
	assert_memory_equal(buf_text(&out) + out.len - 4,
	    "\xcc\x87\xcc\x87", 4);
	buf_release(&text);
	buf_release(&out);
}

/* Marks, Hangul's vowels and finals; not letters, nor signs. */
static void
test_joins(void **state)
{
	static const uint32_t yes[] = { 0x300, 0x338, 0x345, 0x93c, 0x9be,
		0xbd7, 0x102e, 0x1161, 0x11a8, 0x3099, 0x1133e };
	static const uint32_t no[] = { 'a', '<', 0xe9, 0x1100, 0xac00,
		0x4e00, 0xfffd, 0x1f512 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(yes); i++)
		assert_true(text_joins(yes[i]));
	for (i = 0; i < COUNT(no); i++)
		assert_false(text_joins(no[i]));
}

/* Every character that joins the one before it in NFC is known to join. */
static void
test_joins_all(void **state)
{
	static const uint32_t firsts[] = { 'a', 'e', 'o', '<', '=', '>',
		0x9c7, 0xb47, 0xb92, 0xbc6, 0xcbf, 0xcc6, 0xd46, 0xdd9,
		0x1025, 0x1100, 0xac00, 0x1b05, 0x3046, 0x11131, 0x11347,
		0x114b9, 0x115b8, 0x11935 };
	struct buf text, out;
	uint32_t c;
	size_t i;

	(void)state;
	buf_init(&text, ROOM);
	buf_init(&out, ROOM);
	for (c = 0x300; c < 0x12000; c++) {
		if (c >= 0xac00 && c < 0xf900)
			continue;
		for (i = 0; i < COUNT(firsts); i++) {
			buf_clear(&text);
			buf_clear(&out);
			text_encode(&text, c);
			text_nfc(&out, buf_text(&text), text.len);
			if (strcmp(buf_text(&text), buf_text(&out)) != 0)
				continue;
			buf_clear(&text);
			buf_clear(&out);
			text_encode(&text, firsts[i]);
			text_encode(&text, c);
			text_nfc(&out, buf_text(&text), text.len);
			if (strcmp(buf_text(&text), buf_text(&out)) != 0)
				assert_true(text_joins(c));
		}
	}
	buf_release(&text);
	buf_release(&out);
}

static void
test_ceiling(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out, 4);
	text_nfc(&out, "abcde", 5);
	assert_true(out.full);
	buf_clear(&out);
	text_nfc(&out, "abce\xcc\x81", 6);
	assert_true(out.full);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_as_utf8proc),
		cmocka_unit_test(test_many_marks),
		cmocka_unit_test(test_joins),
		cmocka_unit_test(test_joins_all),
		cmocka_unit_test(test_ceiling),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
