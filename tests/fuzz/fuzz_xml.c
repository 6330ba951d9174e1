/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * libFuzzer: any bytes as an XML export, in pieces of all sizes, and as a
 * document that is loaded whole.
 */
#include "base/err.h"
#include "base/mem.h"
#include "fetch/bugxml.h"
#include "fetch/xml.h"
#include "tests/fuzz/fuzz_parts.h"

static void
read_export(const char *data, size_t size, size_t piece)
{
	struct fuzz_bytes bytes = { data, size, piece };
	struct hash seen;
	struct diag_sink diags = { fuzz_report, &seen, { 0 } };
	struct intake_sink sink = { fuzz_put, &seen, &diags };
	struct xml_input input = { fuzz_read, &bytes, "x" };
	struct intake_result result = { .kind = INTAKE_NONE };
	const struct err *err;
	char out[HASH_HEX];

	hash_init(&seen);
	err = bugxml_read(&input, &sink, &result);
	must(err == NULL || err->kind == ERR_CONFIG);
	must(result.skipped == diags.count[DIAG_BAD]);
	hash_hex(&seen, out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *bytes = (const char *)data;
	const struct xml_element *root;
	const struct err *err;
	struct arena arena;

	read_export(bytes, size, size + 1);
	read_export(bytes, size, 1 + size % 13);
	arena_init(&arena, 64 << 20);
	err = xml_load(&root, &arena, "x", bytes, size, NULL, 0);
	must((err == NULL) == (root != NULL));
	must(err == NULL || err->kind == ERR_CONFIG);
	arena_release(&arena);
	return 0;
}
