/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Text is UTF-8.  What comes from outside is made clean once, at the door
 * (fetch/ and the readers of files), so that everything behind it may
 * assume whole characters and no control characters but tab and newline.
 * Nothing here asks the locale.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/*
 * True when the bytes are clean: valid UTF-8 (RFC 3629: no overlong forms,
 * no surrogates, nothing over U+10FFFF), no control characters (U+0000-1F,
 * U+007F, U+0080-9F) but tab and newline, and no carriage return.
 */
bool text_is_clean(const char *data, size_t len);

/*
 * Append the bytes to `out`, made clean: CR LF and a lone CR become a
 * newline; each byte sequence that is no character and each other control
 * character becomes U+FFFD (one for each maximal bad part, as the Unicode
 * Standard, chapter 3.9, recommends).  Returns how many characters became
 * U+FFFD; line ends are not counted.
 */
size_t text_clean(struct buf *out, const char *data, size_t len);

/* Decode one character at `data` (len > 0).  Returns the bytes it takes;
 * a bad byte gives U+FFFD and 1. */
size_t text_decode(const char *data, size_t len, uint32_t *codepoint);
/* Append a code point as UTF-8; surrogates and >U+10FFFF as U+FFFD. */
void text_encode(struct buf *out, uint32_t codepoint);

/* Columns on a terminal (East Asian wide 2, combining 0), by utf8proc. */
size_t text_width(const char *data, size_t len);
/* Characters (code points). */
size_t text_chars(const char *data, size_t len);
/* The largest n <= len, n <= max that does not cut a character. */
size_t text_cut(const char *data, size_t len, size_t max);

/* Is the character a letter or a number of any kind? */
bool text_is_word(uint32_t codepoint);
/* The character in Unicode simple lower case. */
uint32_t text_lower(uint32_t codepoint);

/* Compare without regard to ASCII case; <0, 0, >0 as strcmp. */
int text_casecmp(const char *a, const char *b);
/* Append the bytes in Unicode simple lower case, blanks (any run of white
 * space) as one space, none at either end: the key that names compare by. */
void text_fold(struct buf *out, const char *data, size_t len);
/* Set *data and *len to the part without white space around it. */
void text_trim(const char **data, size_t *len);

/*
 * Append the bytes in Unicode normalization form C, as MediaWiki saves what
 * it is sent.  The time grows with the length alone, whatever stands there;
 * bytes that are no character stay.
 */
void text_nfc(struct buf *out, const char *data, size_t len);
/* May NFC join the character to one before it, or change their order? */
bool text_joins(uint32_t codepoint);

/* A whole decimal number without sign or blanks, 0..INT64_MAX; false for
 * anything else, and *value is then 0. */
bool text_int(const char *data, size_t len, int64_t *value);

/* Write thousandths as a decimal: 451 as "0.451".  Returns `out`. */
enum {
	TEXT_THOUSANDTHS = 24	/* bytes of the longest, with its NUL */
};
const char *text_thousandths(int64_t value, char out[TEXT_THOUSANDTHS]);

#endif
