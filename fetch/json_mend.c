/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/json_mend.h"

#include <stdbool.h>
#include <string.h>

enum {
	UNIT = 6	/* bytes of \uXXXX */
};

/* The 16 bits of \uXXXX, -1 when those are no hexadecimal digits. */
static int
escape_unit(const char *escape)
{
	int unit = 0;

	for (int i = 2; i < UNIT; i++) {
		int c = escape[i];

		if (c >= '0' && c <= '9')
			unit = unit * 16 + (c - '0');
		else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			unit = unit * 16 + ((c | 0x20) - 'a' + 10);
		else
			return -1;
	}
	return unit;
}

/* The length of the escape at `data`, a pair being one, and whether it is
 * a lone surrogate; 0 when the bytes end before that is known. */
static size_t
escape_size(const char *data, size_t len, bool *lone)
{
	int unit;

	*lone = false;
	if (len < 2)
		return 0;
	if (data[1] != 'u')
		return 2;
	if (len < UNIT)
		return 0;
	unit = escape_unit(data);
	if (unit < 0xd800 || unit > 0xdfff)
		return UNIT;
	*lone = unit >= 0xdc00 ||
	    (len > UNIT && data[UNIT] != '\\') ||
	    (len > UNIT + 1 && data[UNIT + 1] != 'u');
	if (*lone)
		return UNIT;
	if (len < JSON_MEND_HELD)
		return 0;
	unit = escape_unit(data + UNIT);
	*lone = unit < 0xdc00 || unit > 0xdfff;
	return *lone ? UNIT : JSON_MEND_HELD;
}

size_t
json_mend(char *data, size_t len)
{
	size_t pos = 0, size;
	const char *hit;
	bool lone;

	/* A backslash outside of strings is an error anyway: no need to
	 * know where strings begin and end. */
	while ((hit = memchr(data + pos, '\\', len - pos)) != NULL) {
		pos = (size_t)(hit - data);
		size = escape_size(hit, len - pos, &lone);
		if (size == 0)
			return pos;
		if (lone)
			memcpy(data + pos, "\\u0000", UNIT);
		pos += size;
	}
	return len;
}
