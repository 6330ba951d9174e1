/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * SHA-256 (FIPS 180-4) by nettle, which is several times as fast as libmd
 * and a tenth of the size of libcrypto: names contents, so that equal ones are
 * recognised.  No secret is ever hashed here.
 *
 * MD5 (RFC 1321) is here for MediaWiki alone, whose API takes no other sum
 * of a text that it must not take when it was cut on the way.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>

#include <nettle/base64.h>
#include <nettle/md5.h>
#include <nettle/sha2.h>

enum {
	HASH_HEX = 65,		/* 64 hexadecimal digits and a NUL */
	HASH_BASE64 = 45,	/* 44 signs (RFC 4648) and a NUL */
	HASH_MD5_HEX = 33	/* 32 hexadecimal digits and a NUL */
};

struct hash {
	struct sha256_ctx ctx;
};

void hash_init(struct hash *hash);
void hash_add(struct hash *hash, const void *data, size_t len);
/* Write the digits; the hash must be initialised again before reuse. */
void hash_hex(struct hash *hash, char out[HASH_HEX]);
/* The same in base64, as Content Security Policy wants it. */
void hash_base64(struct hash *hash, char out[HASH_BASE64]);

/* Write the digits of the bytes' MD5: a guard against mistakes, not against
 * malice. */
void hash_md5(const void *data, size_t len, char out[HASH_MD5_HEX]);

#endif
