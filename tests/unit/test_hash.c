/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"

/* The examples that NIST gives for FIPS 180-4. */
static const struct {
	const char *text;
	const char *digits;
} cases[] = {
	{ "",
	    "e3b0c44298fc1c149afbf4c8996fb924"
	    "27ae41e4649b934ca495991b7852b855" },
	{ "abc",
	    "ba7816bf8f01cfea414140de5dae2223"
	    "b00361a396177a9cb410ff61f20015ad" },
	{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
	    "248d6a61d20638b8e5c026930c3e6039"
	    "a33ce45964ff2167f6ecedd419db06c1" },
};

static void
test_known(void **state)
{
	char out[HASH_HEX];
	struct hash hash;
	size_t i, j, len;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		len = strlen(cases[i].text);
		hash_init(&hash);
		hash_add(&hash, cases[i].text, len);
		hash_hex(&hash, out);
		assert_string_equal(out, cases[i].digits);
		/* In two parts, at each place, with an empty one between. */
		for (j = 0; j <= len; j++) {
			hash_init(&hash);
			hash_add(&hash, cases[i].text, j);
			hash_add(&hash, NULL, 0);
			hash_add(&hash, cases[i].text + j, len - j);
			hash_hex(&hash, out);
			assert_string_equal(out, cases[i].digits);
		}
	}
}

static void
test_million(void **state)
{
	char out[HASH_HEX], block[1000];
	struct hash hash;
	int i;

	(void)state;
	memset(block, 'a', sizeof(block));
	hash_init(&hash);
	for (i = 0; i < 1000; i++)
		hash_add(&hash, block, sizeof(block));
	hash_hex(&hash, out);
	assert_string_equal(out,
	    "cdc76e5c9914fb9281a1c7e284d73e67"
	    "f1809a48a497200e046d39ccc7112cd0");
}

/* RFC 4648; the digest is that of "abc" above. */
static void
test_base64(void **state)
{
	char out[HASH_BASE64];
	struct hash hash;

	(void)state;
	hash_init(&hash);
	hash_add(&hash, "abc", 3);
	hash_base64(&hash, out);
	assert_string_equal(out,
	    "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
}

/* The examples of RFC 1321. */
static void
test_md5(void **state)
{
	static const struct {
		const char *text, *digits;
	} known[] = {
		{ "", "d41d8cd98f00b204e9800998ecf8427e" },
		{ "message digest", "f96b697d7cb7938d525a2f31aaf161d0" },
		{ "1234567890123456789012345678901234567890"
		    "1234567890123456789012345678901234567890",
		    "57edf4a22be3c955ac49da2e2107b67a" },
	};
	char out[HASH_MD5_HEX];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		hash_md5(known[i].text, strlen(known[i].text), out);
		assert_string_equal(out, known[i].digits);
	}
	hash_md5(NULL, 0, out);
	assert_string_equal(out, known[0].digits);
}

static void
test_nul_counts(void **state)
{
	char one[HASH_HEX], two[HASH_HEX];
	struct hash hash;

	(void)state;
	hash_init(&hash);
	hash_add(&hash, "a\0", 2);
	hash_hex(&hash, one);
	hash_init(&hash);
	hash_add(&hash, "a", 1);
	hash_hex(&hash, two);
	assert_string_not_equal(one, two);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_million),
		cmocka_unit_test(test_base64),
		cmocka_unit_test(test_md5),
		cmocka_unit_test(test_nul_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
