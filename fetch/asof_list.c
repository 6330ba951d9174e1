/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/asof_list.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "fetch/bug.h"

/* One of the words in "a, b"; *at moves behind it, NULL at the end. */
static const char *
next_word(const char **at, size_t *len)
{
	const char *word = *at;

	*len = strcspn(word, ",");
	*at = word[*len] == ',' ? word + *len + 1 : NULL;
	text_trim(&word, len);
	return word;
}

static bool
has_word(const char *list, const char *word, size_t word_len)
{
	const char *at = list, *one;
	size_t len;

	while (at != NULL) {
		one = next_word(&at, &len);
		if (len == word_len && memcmp(one, word, len) == 0)
			return true;
	}
	return false;
}

static void
add_word(struct buf *out, const char *word, size_t len)
{
	if (len == 0)
		return;
	if (out->len > 0)
		buf_str(out, ", ");
	buf_add(out, word, len);
}

/* Does `a` stand before `b` in a list? */
static bool
stands_before(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t len = a_len < b_len ? a_len : b_len;
	int order = memcmp(a, b, len);

	return order < 0 || (order == 0 && a_len < b_len);
}

/* `list` and one more word, where it belongs by the alphabet. */
static void
insert_word(struct buf *out, const char *list, const char *word, size_t len)
{
	const char *at = list, *one;
	size_t one_len;
	bool done = false;

	while (at != NULL) {
		one = next_word(&at, &one_len);
		if (!done && one_len > 0 &&
		    stands_before(word, len, one, one_len)) {
			add_word(out, word, len);
			done = true;
		}
		add_word(out, one, one_len);
	}
	if (!done)
		add_word(out, word, len);
}

void
asof_undo_list(const struct change *change, struct buf *list, struct buf *spare)
{
	const char *at = buf_text(list), *word;
	struct buf swap;
	size_t len;

	buf_clear(spare);
	while (at != NULL) {
		word = next_word(&at, &len);
		if (!has_word(change->added, word, len))
			add_word(spare, word, len);
	}
	for (at = change->removed; at != NULL;) {
		word = next_word(&at, &len);
		if (len == 0 || has_word(buf_text(spare), word, len))
			continue;
		buf_clear(list);
		insert_word(list, buf_text(spare), word, len);
		swap = *list;
		*list = *spare;
		*spare = swap;
	}
	swap = *list;
	*list = *spare;
	*spare = swap;
}
