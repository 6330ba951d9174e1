/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* What is sent to a wiki: the text of a block, and the edit summary. */

#include "output/publish_private.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "output/escape.h"
#include "output/wiki.h"

/* MediaWiki puts these characters in place of those that it refuses; they
 * differ in the last byte alone. */
static const char replacement[] = "\xef\xbf\xbd", refused[] = "\xef\xbf";

void
publish_saved_form(struct buf *out, const char *text, size_t len)
{
	const char *end = text + len, *found, *from = text;
	struct buf kept;

	buf_init(&kept, out->ceiling);
	while ((found = mark_seek(from, end, refused)) != NULL) {
		buf_add(&kept, text, (size_t)(found - text));
		text = found;
		from = found + 2;
		if (from < end && ((unsigned char)*from == 0xbe ||
		    (unsigned char)*from == 0xbf)) {
			buf_str(&kept, replacement);
			text = ++from;
		}
	}
	buf_add(&kept, text, (size_t)(end - text));
	text_nfc(out, buf_text(&kept), kept.len);
	out->nomem = out->nomem || kept.nomem;
	out->full = out->full || kept.full;
	buf_release(&kept);
}

/* Is there a {{subst: or {{safesubst:? */
static bool
substitutes(const char *text, const char *end)
{
	char word[sizeof("safesubst:")];
	size_t len;

	while ((text = mark_seek(text, end, "{{")) != NULL) {
		text += 2;
		while (text < end && (*text == ' ' || *text == '\n'))
			text++;
		len = (size_t)(end - text);
		if (len >= sizeof(word))
			len = sizeof(word) - 1;
		memcpy(word, text, len);
		word[len] = '\0';
		if (len >= 6 && word[5] == ':')
			word[6] = '\0';
		if (text_casecmp(word, "subst:") == 0 ||
		    text_casecmp(word, "safesubst:") == 0)
			return true;
	}
	return false;
}

/* What the wiki replaces while saving: the page would never hold what was
 * sent, and the next run would take it for a person's words. */
static const char *
changes_when_saved(const char *text, size_t len)
{
	const char *end = text + len;

	if (mark_seek(text, end, "~~~") != NULL)
		return "it holds ~~~, for which the wiki saves a signature";
	if (mark_seek(text, end, "[[|") != NULL ||
	    mark_seek(text, end, "|]]") != NULL)
		return "it holds a link with an empty half, which the wiki "
		    "fills while saving";
	if (substitutes(text, end))
		return "it holds {{subst:, which the wiki replaces while "
		    "saving";
	return NULL;
}

const char *
publish_block_form(struct buf *out, const struct publish_block *block)
{
	const char *text, *fault = NULL;
	struct buf clean;
	size_t len;

	buf_init(&clean, out->ceiling);
	text_clean(&clean, block->text, block->len);
	text = buf_text(&clean);
	len = clean.len;
	while (len > 0 && *text == '\n') {
		text++;
		len--;
	}
	while (len > 0 && text[len - 1] == '\n')
		len--;
	publish_saved_form(out, text, len);
	out->nomem = out->nomem || clean.nomem;
	if (clean.full || out->full || out->len > WIKI_MAX_TEXT)
		fault = "it is longer than a page may be";
	else if (mark_is_in(buf_text(out), out->len))
		fault = "it holds a mark of its own";
	else
		fault = changes_when_saved(buf_text(out), out->len);
	buf_release(&clean);
	return fault;
}

/* A summary on one line.  "[[" would become a link in it, and slash and star
 * the name of a section. */
static void
add_words(struct buf *out, const char *words)
{
	struct buf line;
	const char *at;

	buf_init(&line, out->ceiling);
	escape_line(&line, words);
	for (at = buf_text(&line); *at != '\0'; at++) {
		buf_char(out, *at);
		if ((at[0] == '[' && at[1] == '[') ||
		    (at[0] == '/' && at[1] == '*'))
			buf_char(out, ' ');
	}
	out->nomem = out->nomem || line.nomem;
	buf_release(&line);
}

/* "NAME: SUMMARY", after "; " unless it is the first. */
static void
add_part(struct buf *out, const struct publish_block *block, bool first)
{
	if (!first)
		buf_str(out, "; ");
	buf_str(out, block->name);
	if (block->summary == NULL || *block->summary == '\0')
		return;
	buf_str(out, ": ");
	add_words(out, block->summary);
}

void
publish_summary(struct buf *out, const struct publish *what)
{
	const size_t more = sizeof("; and 18446744073709551615 more") - 1;
	size_t i, used, changed = 0, written = 0;
	struct buf part;

	buf_init(&part, out->ceiling);
	for (i = 0; i < what->len; i++)
		changed += what->blocks[i].end == PUBLISH_CHANGED;
	add_words(out, what->agent);
	buf_str(out, ":");
	for (i = 0; i < what->len && written < changed; i++) {
		if (what->blocks[i].end != PUBLISH_CHANGED)
			continue;
		buf_clear(&part);
		add_part(&part, &what->blocks[i], written == 0);
		used = text_chars(buf_text(out), out->len) + 1 +
		    text_chars(buf_text(&part), part.len);
		/* Room is kept for the words that tell of others. */
		if (part.full || used + more > WIKI_MAX_SUMMARY)
			break;
		if (written++ == 0)
			buf_char(out, ' ');
		buf_add(out, buf_text(&part), part.len);
	}
	if (written == 0)
		buf_fmt(out, " %zu block%s", changed, changed == 1 ? "" : "s");
	else if (written < changed)
		buf_fmt(out, "; and %zu more", changed - written);
	out->nomem = out->nomem || part.nomem;
	buf_release(&part);
}
