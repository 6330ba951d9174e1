/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/words.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "taxonomy/taxonomy.h"

/* Is it a tag, in any spelling?  Too long for one is none. */
static bool
is_tag(const struct taxonomy *taxonomy, const char *word, size_t len)
{
	char normal[TAX_MAX_TAG];
	bool repaired;
	size_t index;

	return taxonomy_normal(word, len, normal, sizeof(normal)) &&
	    taxonomy_tag(taxonomy, normal, &index, &repaired) !=
	    TAX_TAG_UNKNOWN;
}

/* What stands between two brackets of either sort. */
static void
read_segment(const char *text, size_t len, const struct taxonomy *taxonomy,
    struct buf *out)
{
	size_t i = 0, word;

	while (i < len) {
		word = strcspn(text + i, " \t\n,;|[]");
		if (is_tag(taxonomy, text + i, word))
			buf_fill(out, ' ', word);
		else
			buf_add(out, text + i, word);
		i += word;
		if (i < len)
			buf_char(out, text[i++]);
	}
}

void
words_read(const char *whiteboard, const struct taxonomy *taxonomy,
    struct buf *out)
{
	size_t i = 0, len;

	for (;;) {
		len = strcspn(whiteboard + i, "[]");
		if ((i > 0 && whiteboard[i - 1] == '[') ||
		    whiteboard[i + len] == ']')
			buf_fill(out, ' ', len);
		else
			read_segment(whiteboard + i, len, taxonomy, out);
		i += len;
		if (whiteboard[i] == '\0')
			return;
		buf_char(out, ' ');
		i++;
	}
}
