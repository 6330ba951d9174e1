/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <utf8proc.h>

#include "base/buf.h"
#include "base/text.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define S(literal) literal, sizeof(literal) - 1
#define R "\xef\xbf\xbd"	/* U+FFFD */

static const struct {
	const char *in;
	size_t len;
	const char *out;
	size_t out_len;
	size_t replaced;
} dirty[] = {
	/* line ends: made newlines, and not counted */
	{ S("\r"), S("\n"), 0 },
	{ S("\r\n"), S("\n"), 0 },
	{ S("\n\r"), S("\n\n"), 0 },
	{ S("\r\r\n\r"), S("\n\n\n"), 0 },
	{ S("one\r\ntwo\rthree\n"), S("one\ntwo\nthree\n"), 0 },
	/* control characters */
	{ S("\0"), S(R), 1 },
	{ S("a\0b"), S("a" R "b"), 1 },
	{ S("\x01\x08\x0b\x0c\x0e\x1f"), S(R R R R R R), 6 },
	{ S("\x1b[0m"), S(R "[0m"), 1 },
	{ S("\x7f"), S(R), 1 },
	{ S("\xc2\x80"), S(R), 1 },
	{ S("\xc2\x85\xc2\x9f\xc2\xa0"), S(R R "\xc2\xa0"), 2 },
	/* stray bytes: continuations, and those that are never used */
	{ S("\x80"), S(R), 1 },
	{ S("\xbf\x80\xbf"), S(R R R), 3 },
	{ S("\xf5\x80\x80\x80"), S(R R R R), 4 },
	{ S("\xf8\x88\x80\x80\x80"), S(R R R R R), 5 },
	/* overlong forms: no byte of theirs begins a character */
	{ S("\xc0\x80"), S(R R), 2 },
	{ S("\xc1\xbf"), S(R R), 2 },
	{ S("\xe0\x80\x80"), S(R R R), 3 },
	{ S("\xe0\x9f\xbf"), S(R R R), 3 },
	{ S("\xf0\x80\x80\x80"), S(R R R R), 4 },
	{ S("\xf0\x8f\xbf\xbf"), S(R R R R), 4 },
	/* surrogates, alone and as a pair (CESU-8) */
	{ S("\xed\xa0\x80"), S(R R R), 3 },
	{ S("\xed\xbf\xbf"), S(R R R), 3 },
	{ S("\xed\xa0\xbd\xed\xb8\x80"), S(R R R R R R), 6 },
	/* over U+10FFFF */
	{ S("\xf4\x90\x80\x80"), S(R R R R), 4 },
	/* truncated, at the end and before something else */
	{ S("\xc3"), S(R), 1 },
	{ S("\xe6"), S(R), 1 },
	{ S("\xe6\x97"), S(R), 1 },
	{ S("\xf0\x9f\x98"), S(R), 1 },
	{ S("\xf0\x9f"), S(R), 1 },
	{ S("\xf0"), S(R), 1 },
	{ S("\xf0\x9f\x98x"), S(R "x"), 1 },
	{ S("\xe6\x97\xe6\x97\xa5"), S(R "\xe6\x97\xa5"), 1 },
	{ S("\xe6\x97\r\n"), S(R "\n"), 1 },
	{ S("\xc3\0"), S(R R), 2 },
	/* the Unicode Standard's own examples, tables 3-8 to 3-11 */
	{ S("\xc0\xaf\xe0\x80\xbf\xf0\x81\x82\x41"),
	    S(R R R R R R R R "A"), 8 },
	{ S("\xed\xa0\x80\xed\xbf\xbf\xed\xaf\x41"),
	    S(R R R R R R R R "A"), 8 },
	{ S("\xf4\x91\x92\x93\xff\x41\x80\xbf\x42"),
	    S(R R R R R "A" R R "B"), 7 },
	{ S("\xe1\x80\xe2\xf0\x91\x92\xf1\xbf\x41"),
	    S(R R R R "A"), 4 },
};

static const struct {
	const char *in;
	size_t len;
} clean[] = {
	{ S("") },
	{ S("\t\n\n\t") },
	{ S(" ~") },
	{ S("exactly8") },
	{ S("a longer line of text\nand\tanother one, with no end") },
	{ S("\xc2\xa0") },			/* U+00A0 */
	{ S("\xdf\xbf") },			/* U+07FF */
	{ S("\xe0\xa0\x80") },			/* U+0800 */
	{ S("\xed\x9f\xbf\xee\x80\x80") },	/* around the surrogates */
	{ S("\xef\xbf\xbf") },			/* U+FFFF: odd but valid */
	{ S(R) },				/* U+FFFD itself */
	{ S("\xef\xbb\xbf" "BOM") },
	{ S("\xf0\x90\x80\x80") },		/* U+10000 */
	{ S("\xf4\x8f\xbf\xbf") },		/* U+10FFFF */
	{ S("\xe2\x80\xa8\xe2\x80\xae") },	/* U+2028, U+202E */
};

/* Clean `in` behind some text, with what stands before and after it. */
static void
check_clean(const char *in, size_t len, const char *out, size_t out_len,
    size_t replaced)
{
	char input[128], expected[256];
	struct buf buf;
	size_t before, after, i;

	for (before = 0; before < 10; before++)
		for (after = 0; after < 10; after++) {
			memset(input, 'b', before);
			memcpy(input + before, in, len);
			memset(input + before + len, 'a', after);
			memset(expected, 'b', before);
			memcpy(expected + before, out, out_len);
			memset(expected + before + out_len, 'a', after);
			i = before + len + after;
			assert_int_equal(text_is_clean(input, i),
			    len == out_len && memcmp(in, out, len) == 0);
			buf_init(&buf, 1000);
			buf_str(&buf, "x");
			assert_int_equal(text_clean(&buf, input, i), replaced);
			assert_int_equal(buf.len, 1 + before + out_len + after);
			assert_memory_equal(buf.data + 1, expected,
			    buf.len - 1);
			assert_true(text_is_clean(buf.data, buf.len));
			buf_release(&buf);
		}
}

static void
test_clean(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(dirty); i++)
		check_clean(dirty[i].in, dirty[i].len, dirty[i].out,
		    dirty[i].out_len, dirty[i].replaced);
	for (i = 0; i < COUNT(clean); i++)
		check_clean(clean[i].in, clean[i].len, clean[i].in,
		    clean[i].len, 0);
}

static void
test_clean_into_full_buffer(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 4);
	/* The count is right even where the buffer is not. */
	assert_int_equal(text_clean(&buf, S("abc\xff\xff" "defgh\x01")), 3);
	assert_non_null(buf_error(&buf, "it"));
	buf_release(&buf);
}

/* Each pair of bytes at each place of a word and beyond: carries between
 * bytes must not hide one. */
static void
test_words(void **state)
{
	char text[19];
	unsigned int a, b;
	size_t at;
	bool plain_a, plain_b, pair;

	(void)state;
	for (a = 0; a < 256; a++)
		for (b = 0; b < 256; b++) {
			plain_a = a == 9 || a == 10 || (a > 31 && a < 127);
			plain_b = b == 9 || b == 10 || (b > 31 && b < 127);
			pair = a >= 0xc2 && a <= 0xdf && b >= 0x80 &&
			    b <= 0xbf && (a > 0xc2 || b > 0x9f);
			for (at = 0; at < sizeof(text) - 1; at++) {
				memset(text, 'x', sizeof(text));
				text[at] = (char)a;
				text[at + 1] = (char)b;
				if (text_is_clean(text, sizeof(text)) !=
				    ((plain_a && plain_b) || pair))
					fail_msg("%02x %02x at %zu", a, b, at);
			}
		}
}

/* utf8proc is the judge of all sequences of three bytes, and of those of
 * four that stand at a bound. */
static void
check_decode(const unsigned char *bytes, size_t len)
{
	utf8proc_int32_t expected;
	utf8proc_ssize_t taken;
	uint32_t codepoint;
	size_t got;

	taken = utf8proc_iterate(bytes, (utf8proc_ssize_t)len, &expected);
	if (taken < 1) {
		taken = 1;
		expected = 0xfffd;
	}
	got = text_decode((const char *)bytes, len, &codepoint);
	if (got != (size_t)taken || codepoint != (uint32_t)expected)
		fail_msg("%02x %02x %02x %02x (%zu): %zu U+%04X", bytes[0],
		    bytes[1], bytes[2], bytes[3], len, got,
		    (unsigned int)codepoint);
}

static void
test_decode_all(void **state)
{
	static const unsigned char bounds[] = {
		0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0,
		0xf4, 0xff
	};
	unsigned char bytes[4] = { 0 };
	unsigned int a, b, c, d;
	size_t len;

	(void)state;
	for (a = 0; a < 256; a++)
		for (b = 0; b < 256; b++)
			for (c = 0; c < 256; c++) {
				bytes[0] = (unsigned char)a;
				bytes[1] = (unsigned char)b;
				bytes[2] = (unsigned char)c;
				check_decode(bytes, 3);
			}
	for (a = 0xc0; a < 256; a++)
		for (b = 0; b < 256; b++)
			for (c = 0; c < COUNT(bounds); c++)
				for (d = 0; d < COUNT(bounds); d++) {
					bytes[0] = (unsigned char)a;
					bytes[1] = (unsigned char)b;
					bytes[2] = bounds[c];
					bytes[3] = bounds[d];
					for (len = 1; len <= 4; len++)
						check_decode(bytes, len);
				}
}

static void
test_encode_all(void **state)
{
	struct buf buf;
	uint32_t codepoint, back;

	(void)state;
	buf_init(&buf, 10);
	for (codepoint = 0; codepoint <= 0x110010; codepoint++) {
		buf_clear(&buf);
		text_encode(&buf, codepoint);
		assert_int_equal(text_decode(buf.data, buf.len, &back),
		    buf.len);
		if ((codepoint >= 0xd800 && codepoint <= 0xdfff) ||
		    codepoint > 0x10ffff)
			assert_int_equal(back, 0xfffd);
		else
			assert_int_equal(back, codepoint);
	}
	buf_clear(&buf);
	text_encode(&buf, UINT32_MAX);
	assert_string_equal(buf_text(&buf), R);
	buf_release(&buf);
}

static void
test_width_and_chars(void **state)
{
	static const struct {
		const char *text;
		size_t len, width, chars;
	} cases[] = {
		{ S(""), 0, 0 },
		{ S("abc"), 3, 3 },
		{ S("Ko\xcc\x88ln"), 4, 5 },		/* combining */
		{ S("\xe6\x97\xa5\xe6\x9c\xac"), 4, 2 },	/* wide */
		{ S("\xf0\x9f\x98\x80"), 2, 1 },
		{ S("a\xe2\x80\x8b" "b"), 2, 3 },	/* zero width space */
		{ S("\t\n"), 0, 2 },
		{ S("\xff\xfe"), 2, 2 },	/* as two U+FFFD */
		{ S("\xe6\x97"), 2, 2 },
		{ S(R), 1, 1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		assert_int_equal(text_width(cases[i].text, cases[i].len),
		    cases[i].width);
		assert_int_equal(text_chars(cases[i].text, cases[i].len),
		    cases[i].chars);
	}
}

static void
test_cut(void **state)
{
	static const struct {
		const char *text;
		size_t len, max, cut;
	} cases[] = {
		{ S(""), 0, 0 },
		{ S(""), 5, 0 },
		{ S("abc"), 0, 0 },
		{ S("abc"), 2, 2 },
		{ S("abc"), 3, 3 },
		{ S("abc"), SIZE_MAX, 3 },
		{ S("a\xc3\xb6z"), 1, 1 },
		{ S("a\xc3\xb6z"), 2, 1 },
		{ S("a\xc3\xb6z"), 3, 3 },
		{ S("\xe6\x97\xa5\xe6\x9c\xac"), 2, 0 },
		{ S("\xe6\x97\xa5\xe6\x9c\xac"), 3, 3 },
		{ S("\xe6\x97\xa5\xe6\x9c\xac"), 4, 3 },
		{ S("\xe6\x97\xa5\xe6\x9c\xac"), 5, 3 },
		{ S("x\xf0\x9f\x98\x80y"), 1, 1 },
		{ S("x\xf0\x9f\x98\x80y"), 2, 1 },
		{ S("x\xf0\x9f\x98\x80y"), 3, 1 },
		{ S("x\xf0\x9f\x98\x80y"), 4, 1 },
		{ S("x\xf0\x9f\x98\x80y"), 5, 5 },
		/* no characters: nothing to spare */
		{ S("\x80\x80\x80\x80\x80\x80"), 5, 5 },
		{ S("a\x80\x80\x80"), 2, 2 },
		{ S("\xc3\xb6\x80\x80"), 3, 3 },
		{ S("\xe6\x97 "), 1, 1 },
		{ S("\xff\xff"), 1, 1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++)
		if (text_cut(cases[i].text, cases[i].len, cases[i].max) !=
		    cases[i].cut)
			fail_msg("case %zu", i);
}

static void
test_casecmp(void **state)
{
	static const struct {
		const char *a, *b;
		int sign;
	} cases[] = {
		{ "", "", 0 },
		{ "abc", "ABC", 0 },
		{ "aZ[@`{", "Az[@`{", 0 },
		{ "", "a", -1 },
		{ "ab", "abc", -1 },
		{ "abd", "ABC", 1 },
		{ "Z", "a", 1 },
		{ "[", "a", -1 },	/* as lower case: '[' < 'a' */
		{ "@", "`", -1 },
		{ "\xc3\xb6", "z", 1 },	/* bytes are unsigned */
		{ "\xc3\xb6", "\xc3\x96", 1 },	/* beyond ASCII no folding */
	};
	size_t i;
	int there, back;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		there = text_casecmp(cases[i].a, cases[i].b);
		back = text_casecmp(cases[i].b, cases[i].a);
		assert_int_equal((there > 0) - (there < 0), cases[i].sign);
		assert_int_equal((back > 0) - (back < 0), -cases[i].sign);
	}
}

static void
test_fold(void **state)
{
	static const struct {
		const char *in;
		size_t len;
		const char *out;
	} cases[] = {
		{ S(""), "" },
		{ S(" \t\n "), "" },
		{ S("  Let's \r\n\t Encrypt "), "let's encrypt" },
		{ S("a\xc2\xa0\xe3\x80\x80\xe2\x80\x83z"), "a z" },
		{ S("\xe2\x80\xa8x\xe2\x80\xa9\xc2\x85"), "x" },
		{ S("a\x1c" "b"), "a\x1c" "b" },	/* no White_Space */
		{ S("\xc3\x96TZTAL"), "\xc3\xb6tztal" },
		{ S("\xce\x91\xce\xa3"), "\xce\xb1\xcf\x83" },
		{ S("\xd0\x96"), "\xd0\xb6" },
		{ S("\xe1\xba\x9e"), "\xc3\x9f" },
		{ S("TR \xc4\xb0"), "tr i" },
		{ S("\xf0\x90\x90\x80"), "\xf0\x90\x90\xa8" },
		{ S("\xff X"), R " x" },
		{ S("X \xe6\x97"), "x " R R },
	};
	struct buf buf;
	size_t i;

	(void)state;
	buf_init(&buf, 100);
	for (i = 0; i < COUNT(cases); i++) {
		buf_clear(&buf);
		text_fold(&buf, cases[i].in, cases[i].len);
		assert_string_equal(buf_text(&buf), cases[i].out);
		/* Behind what is there already no blank comes up either. */
		buf_clear(&buf);
		buf_str(&buf, "Q");
		text_fold(&buf, cases[i].in, cases[i].len);
		assert_string_equal(buf_text(&buf) + 1, cases[i].out);
	}
	buf_release(&buf);
}

/* Letters and numbers of all scripts are words; marks, signs and what is no
 * character are not. */
static void
test_word_characters(void **state)
{
	static const uint32_t word[] = { '0', '9', 'A', 'Z', 'a', 'z', 0xaa,
	    0xb2, 0xbd, 0xc9, 0xdf, 0x130, 0x1c5, 0x2b0, 0x416, 0x660,
	    0x2160, 0x3007, 0x8b66, 0x1d400, 0x20000 };
	static const uint32_t other[] = { 0, '\t', ' ', '-', '_', '\'', 0x7f,
	    0x80, 0xa0, 0xad, 0xd7, 0x300, 0x2014, 0x20ac, 0xd800, 0xfffd,
	    0x1f512, 0x10ffff, 0x110000, UINT32_MAX };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(word); i++)
		assert_true(text_is_word(word[i]));
	for (i = 0; i < COUNT(other); i++)
		assert_false(text_is_word(other[i]));
	assert_int_equal(text_lower('Z'), 'z');
	assert_int_equal(text_lower('_'), '_');
	assert_int_equal(text_lower(0xc9), 0xe9);
	assert_int_equal(text_lower(0x416), 0x436);
	assert_int_equal(text_lower(0x1f512), 0x1f512);
}

static void
test_trim(void **state)
{
	static const struct {
		const char *in;
		size_t len, offset, left;
	} cases[] = {
		{ S(""), 0, 0 },
		{ S("abc"), 0, 3 },
		{ S("a b"), 0, 3 },
		{ S(" \t\r\n\v\f a b \n"), 7, 3 },
		{ S(" "), 1, 0 },
		{ S("\xc2\xa0x\xe3\x80\x80"), 2, 1 },
		{ S("\xc2\xa0\xe2\x80\xaf"), 5, 0 },
		{ S("\xe6\x97\xa5 "), 0, 3 },
		{ S("\xa0"), 0, 1 },		/* no U+00A0 */
		{ S(" \x80\x80\x80\x80 "), 1, 4 },
		{ S("\0 "), 0, 1 },
	};
	const char *data;
	size_t i, len;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		data = cases[i].in;
		len = cases[i].len;
		text_trim(&data, &len);
		assert_int_equal(data - cases[i].in, cases[i].offset);
		assert_int_equal(len, cases[i].left);
	}
}

static void
test_int(void **state)
{
	static const struct {
		const char *text;
		size_t len;
		bool good;
		int64_t value;
	} cases[] = {
		{ S("0"), true, 0 },
		{ S("000000000000000000000000000012"), true, 12 },
		{ S("9223372036854775807"), true, INT64_MAX },
		{ S("9223372036854775808"), false, 0 },
		{ S("18446744073709551617"), false, 0 },
		{ S(""), false, 0 },
		{ S("-1"), false, 0 },
		{ S("+1"), false, 0 },
		{ S(" 1"), false, 0 },
		{ S("1 "), false, 0 },
		{ S("1.0"), false, 0 },
		{ S("0x10"), false, 0 },
		{ S("1e3"), false, 0 },
		{ S("1\0"), false, 0 },
		{ S("\xd9\xa1"), false, 0 },	/* an Arabic digit */
		{ "12345", 3, true, 123 },
	};
	int64_t value;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		value = -5;
		assert_int_equal(text_int(cases[i].text, cases[i].len,
		    &value), cases[i].good);
		assert_true(value == cases[i].value);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clean),
		cmocka_unit_test(test_clean_into_full_buffer),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_decode_all),
		cmocka_unit_test(test_encode_all),
		cmocka_unit_test(test_width_and_chars),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_casecmp),
		cmocka_unit_test(test_fold),
		cmocka_unit_test(test_word_characters),
		cmocka_unit_test(test_trim),
		cmocka_unit_test(test_int),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
