/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/inclusion.h"

#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/text.h"
#include "fetch/bug.h"
#include "taxonomy/taxonomy.h"
#include "classify/verdict.h"

static size_t
state_of(const char *board, const struct taxonomy *taxonomy)
{
	struct whiteboard read;

	whiteboard_read(board, taxonomy, 0, NULL, &read);
	return read.inclusion;
}

/* The beginning of the state that the whiteboard is in now: going back, the
 * last change before which it was another. */
static int64_t
since(const struct bug *bug, size_t state, const struct taxonomy *taxonomy)
{
	const struct change *change;
	size_t i;

	if ((bug->have & BUG_HAVE_HISTORY) == 0)
		return DATE_NONE;
	for (i = bug->change_len; i-- > 0;) {
		change = &bug->changes[i];
		if (strcmp(change->field, "whiteboard") == 0 &&
		    state_of(change->removed, taxonomy) != state)
			return change->time;
	}
	return bug->num[BUG_CREATED];
}

/* Does the name stand in the text as whole words? */
static bool
has_name(const char *text, size_t len, const char *name)
{
	size_t name_len = strlen(name), i;
	uint32_t next;

	for (i = 0; i + name_len <= len; i++) {
		if (memcmp(text + i, name, name_len) != 0 ||
		    (i > 0 && text[i - 1] != ' '))
			continue;
		if (i + name_len == len)
			return true;
		(void)text_decode(text + i + name_len, len - i - name_len,
		    &next);
		if (!text_is_word(next))
			return true;
	}
	return false;
}

static const struct err *
find_owner(const char *summary, const struct taxonomy *taxonomy,
    size_t *owner)
{
	const struct err *err;
	size_t best = 0, i, len;
	struct buf folded;

	*owner = SIZE_MAX;
	buf_init(&folded, BUG_MAX_BYTES);
	text_fold(&folded, summary, strlen(summary));
	for (i = 0; i < taxonomy->name_len; i++) {
		len = strlen(taxonomy->names[i].key);
		if (len <= best || !has_name(buf_text(&folded), folded.len,
		    taxonomy->names[i].key))
			continue;
		best = len;
		*owner = taxonomy->names[i].owner;
	}
	err = buf_error(&folded, "a summary");
	buf_release(&folded);
	return err;
}

const struct err *
inclusion_read(const struct bug *bug, const struct verdict *verdict,
    const struct taxonomy *taxonomy, struct inclusion *out)
{
	out->state = verdict->board.inclusion;
	out->since = since(bug, out->state, taxonomy);
	out->owner = verdict->owner.owner;
	if (out->owner != SIZE_MAX)
		return NULL;
	return find_owner(bug->text[BUG_SUMMARY], taxonomy, &out->owner);
}
