/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * SHA-256 (FIPS 180-4) by nettle, which is several times as fast as libmd
 * and a tenth of the size of libcrypto: names contents, so that equal ones are
 * recognised.  No secret is ever hashed here.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>

#include <nettle/sha2.h>

enum {
	HASH_HEX = 65	/* 64 hexadecimal digits and a NUL */
};

struct hash {
	struct sha256_ctx ctx;
};

void hash_init(struct hash *hash);
void hash_add(struct hash *hash, const void *data, size_t len);
/* Write the digits; the hash must be initialised again before reuse. */
void hash_hex(struct hash *hash, char out[HASH_HEX]);

#endif
