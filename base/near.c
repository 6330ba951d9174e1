/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "base/near.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/*
 * Slips that lead from `a` to `b`, both at most NEAR_MAX_WORD long: the
 * optimal string alignment distance, of which three rows are enough.
 */
static size_t
slips(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t rows[3][NEAR_MAX_WORD + 1];
	size_t *before = rows[0], *above = rows[1], *row = rows[2], *spare;
	size_t i, j;

	for (j = 0; j <= b_len; j++)
		row[j] = j;
	for (i = 1; i <= a_len; i++) {
		spare = before;
		before = above;
		above = row;
		row = spare;
		row[0] = i;
		for (j = 1; j <= b_len; j++) {
			row[j] = above[j - 1] +
			    (lower(a[i - 1]) != lower(b[j - 1]));
			row[j] = least(row[j], above[j] + 1);
			row[j] = least(row[j], row[j - 1] + 1);
			if (i > 1 && j > 1 &&
			    lower(a[i - 1]) == lower(b[j - 2]) &&
			    lower(a[i - 2]) == lower(b[j - 1]))
				row[j] = least(row[j], before[j - 2] + 1);
		}
	}
	return row[b_len];
}

static bool
begins_with(const char *str, const char *start)
{
	while (*start != '\0' && lower(*str) == lower(*start)) {
		str++;
		start++;
	}
	return *start == '\0';
}

const char *
near_best(const char *word, const char *const *candidates, size_t len)
{
	const char *best = NULL;
	size_t word_len = strlen(word), best_slips, candidate_len, count, i;

	if (word_len == 0 || word_len > NEAR_MAX_WORD)
		return NULL;
	best_slips = (word_len + 2) / 3 + 1;
	for (i = 0; i < len; i++) {
		candidate_len = strlen(candidates[i]);
		if (candidate_len > NEAR_MAX_WORD)
			continue;
		count = slips(word, word_len, candidates[i], candidate_len);
		/* With every letter changed it is another word. */
		if (count < best_slips && count < word_len) {
			best_slips = count;
			best = candidates[i];
		}
	}
	for (i = 0; best == NULL && i < len; i++)
		if (begins_with(candidates[i], word))
			best = candidates[i];
	return best;
}
