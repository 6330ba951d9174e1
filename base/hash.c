/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "base/hash.h"

#include <stdint.h>

_Static_assert(HASH_HEX == 2 * SHA256_DIGEST_SIZE + 1, "room for the digits");
_Static_assert(HASH_BASE64 == BASE64_ENCODE_RAW_LENGTH(SHA256_DIGEST_SIZE) + 1,
    "room for the signs");

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
	static const char digits[] = "0123456789abcdef";
	uint8_t digest[SHA256_DIGEST_SIZE];
	size_t i;

	sha256_digest(&hash->ctx, sizeof(digest), digest);
	for (i = 0; i < sizeof(digest); i++) {
		out[2 * i] = digits[digest[i] >> 4];
		out[2 * i + 1] = digits[digest[i] & 15];
	}
	out[2 * i] = '\0';
}

void
hash_base64(struct hash *hash, char out[HASH_BASE64])
{
	uint8_t digest[SHA256_DIGEST_SIZE];

	sha256_digest(&hash->ctx, sizeof(digest), digest);
	base64_encode_raw(out, sizeof(digest), digest);
	out[HASH_BASE64 - 1] = '\0';
}
