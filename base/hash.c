/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "base/hash.h"

#include <stdint.h>

_Static_assert(HASH_HEX == 2 * SHA256_DIGEST_SIZE + 1, "room for the digits");
_Static_assert(HASH_MD5_HEX == 2 * MD5_DIGEST_SIZE + 1,
    "room for the digits of MD5");
_Static_assert(HASH_BASE64 == BASE64_ENCODE_RAW_LENGTH(SHA256_DIGEST_SIZE) + 1,
    "room for the signs");

/* Write two digits a byte, and a NUL. */
static void
write_hex(const uint8_t *digest, size_t len, char *out)
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < len; i++) {
		out[2 * i] = digits[digest[i] >> 4];
		out[2 * i + 1] = digits[digest[i] & 15];
	}
	out[2 * i] = '\0';
}

void
hash_init(struct hash *hash)
{
	sha256_init(&hash->ctx);
}

void
hash_add(struct hash *hash, const void *data, size_t len)
{
	if (len > 0)
		sha256_update(&hash->ctx, len, data);
}

void
hash_hex(struct hash *hash, char out[HASH_HEX])
{
	uint8_t digest[SHA256_DIGEST_SIZE];

	sha256_digest(&hash->ctx, sizeof(digest), digest);
	write_hex(digest, sizeof(digest), out);
}

void
hash_base64(struct hash *hash, char out[HASH_BASE64])
{
	uint8_t digest[SHA256_DIGEST_SIZE];

	sha256_digest(&hash->ctx, sizeof(digest), digest);
	base64_encode_raw(out, sizeof(digest), digest);
	out[HASH_BASE64 - 1] = '\0';
}

void
hash_md5(const void *data, size_t len, char out[HASH_MD5_HEX])
{
	uint8_t digest[MD5_DIGEST_SIZE];
	struct md5_ctx ctx;

	md5_init(&ctx);
	if (len > 0)
		md5_update(&ctx, len, data);
	md5_digest(&ctx, sizeof(digest), digest);
	write_hex(digest, sizeof(digest), out);
}
