/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Surrogate escapes without a partner, mended before yajl sees them: it
 * would make other characters of them, or bytes that are none.  Private to
 * json.c.
 */
#ifndef FETCH_JSON_MEND_H
#define FETCH_JSON_MEND_H

#include <stddef.h>

/*
 * Overwrite, in JSON text, each \ud800 to \udfff that is not half of a
 * pair by \u0000: text_clean() makes U+FFFD of a NUL and counts it.
 * Returns how many bytes are done; the rest (shorter than JSON_MEND_HELD)
 * is an escape that isn't whole, and is given again with what follows it.
 * The first byte must not be inside of an escape.
 */
size_t json_mend(char *data, size_t len);

enum {
	JSON_MEND_HELD = 12	/* a pair: \uXXXX\uXXXX */
};

#endif
