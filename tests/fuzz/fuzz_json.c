/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * libFuzzer: any bytes as an answer.  Whether they come at once or in small
 * pieces, the same must come out.
 */
#include "base/err.h"
#include "fetch/bugjson.h"
#include "tests/fuzz/fuzz_parts.h"

/* As JSON in pieces, or, when `piece` is 0, as whatever it is. */
static const struct err *
read_in(const char *data, size_t size, size_t piece,
    const struct intake_sink *sink, struct intake_result *result)
{
	struct fuzz_bytes bytes = { data, size, size + 1 };
	struct intake_source source = { "x", fuzz_read, &bytes };
	struct bugjson *reader;
	const struct err *err;
	size_t len;

	if (piece == 0)
		return intake_read(&source, sink, result);
	*result = (struct intake_result){ .kind = INTAKE_NONE };
	err = bugjson_new(&reader, "x", sink, result);
	for (; err == NULL && size > 0; data += len, size -= len) {
		len = size < piece ? size : piece;
		err = bugjson_feed(reader, data, len);
	}
	if (err == NULL)
		err = bugjson_end(reader);
	bugjson_free(reader);
	return err;
}

/* What comes out, as a hash.  Of an error it's the kind alone: yajl's idea
 * of its place depends on where a piece ends. */
static void
check(const uint8_t *data, size_t size, size_t piece, char out[HASH_HEX])
{
	struct hash seen;
	struct diag_sink diags = { fuzz_report, &seen, { 0 } };
	struct intake_sink sink = { fuzz_put, &seen, &diags };
	struct intake_result result;
	const struct err *err;

	hash_init(&seen);
	err = read_in((const char *)data, size, piece, &sink, &result);
	must(result.kind < INTAKE_KIND__MAX);
	must(result.skipped == diags.count[DIAG_BAD]);
	must(err == NULL || err->kind == ERR_CONFIG ||
	    err->kind == ERR_SERVER);
	if (err != NULL)
		hash_add(&seen, &err->kind, sizeof(err->kind));
	hash_add(&seen, &result.kind, sizeof(result.kind));
	hash_hex(&seen, out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char whole[HASH_HEX], parts[HASH_HEX];

	check(data, size, 0, whole);
	check(data, size, size + 1, whole);
	check(data, size, 1 + size % 13, parts);
	must(strcmp(whole, parts) == 0);
	return 0;
}
