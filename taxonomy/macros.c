/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Macros: {NAME} in a pattern stands for the text of the macro, as a group.
 * A macro uses only those before it, so none can lead back to itself, and
 * each is put together once.
 */
#include "taxonomy/ruledraft.h"

#include <string.h>

#include "base/text.h"
#include "taxonomy/draft.h"

static const char name_chars[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
static const char letters[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

static bool
is_in(const char *set, char c)
{
	return c != '\0' && strchr(set, c) != NULL;
}

/*
 * How many bytes of the pattern are to be copied as they stand: up to the
 * next thing that looks like a macro.  A brace may belong to an escape
 * (\{ \x{2d} \p{Lu}, but not in \b{NAME}), and one before a digit to a
 * quantifier.
 */
static size_t
plain_len(const char *text)
{
	size_t i = 0;

	while (text[i] != '\0') {
		if (text[i] == '{' && is_in(letters, text[i + 1]))
			break;
		if (text[i] != '\\') {
			i++;
			continue;
		}
		i++;
		if (text[i] != '\0')
			i++;
		if (text[i] == '{' && is_in("gkNopPx", text[i - 1]))
			i++;
	}
	return i;
}

/* What a name stands for; NULL when that can't be had, which was told. */
static const char *
find_macro(struct draft *draft, const char *name, const char *file,
    uint64_t line, size_t limit)
{
	const struct named *found = named_find(&draft->macro_names, name);
	const struct macro *macro;

	if (found == NULL) {
		draft_fault(draft, file, line, "{%s}: there is no such macro: "
		    "none has this name: correct it or define one, or write "
		    "\\{ for the character", name);
		return NULL;
	}
	macro = &draft->macros[found->index];
	if (found->index == limit) {
		draft_fault(draft, file, line, "{%s}: the macro would stand "
		    "within itself: it would never end: remove it", name);
		return NULL;
	}
	if (found->index > limit) {
		draft_fault(draft, file, line, "{%s}: the macro comes only "
		    "later (%s%s:%ju): a macro may use those before it, so "
		    "that none leads back to itself: move it, or break the "
		    "circle", name, draft->place, macro->file,
		    (uintmax_t)macro->line);
		return NULL;
	}
	return macro->whole;
}

/* A brace that is none of ours nor PCRE2's; `text` stands behind it. */
static void
fault_brace(struct draft *draft, const char *text, const char *file,
    uint64_t line)
{
	enum { SHOWN = 40 };
	size_t len = strcspn(text, "}");

	len = text_cut(text, len + (text[len] == '}'), SHOWN);
	draft_fault(draft, file, line, "{%.*s: this is neither a macro nor a "
	    "quantifier: write {NAME} in capitals, or \\{ for the character",
	    (int)len, text);
}

/* Add the macro whose name begins at `name`, `len` bytes long. */
static bool
add_macro(struct draft *draft, struct buf *out, const char *name, size_t len,
    const char *file, uint64_t line, size_t limit)
{
	char copy[TAX_MAX_TAG];
	const char *whole;

	if (name[len] != '}' || len >= sizeof(copy)) {
		fault_brace(draft, name, file, line);
		return false;
	}
	memcpy(copy, name, len);
	copy[len] = '\0';
	whole = find_macro(draft, copy, file, line, limit);
	if (whole == NULL)
		return false;
	buf_str(out, "(?:");
	buf_str(out, whole);
	buf_char(out, ')');
	return true;
}

const char *
macros_put(struct draft *draft, const char *text, const char *file,
    uint64_t line, size_t limit)
{
	struct buf *out = &draft->scratch;
	size_t len;

	buf_clear(out);
	for (;;) {
		len = plain_len(text);
		buf_add(out, text, len);
		text += len;
		if (*text == '\0' || out->len > TAX_MAX_PATTERN)
			break;
		len = strspn(text + 1, name_chars);
		if (!add_macro(draft, out, text + 1, len, file, line, limit))
			return NULL;
		text += len + 2;
	}
	if (out->len > TAX_MAX_PATTERN) {
		draft_fault(draft, file, line, "pattern too long: it has over "
		    "%d bytes with its macros put in: make it shorter",
		    TAX_MAX_PATTERN);
		return NULL;
	}
	return draft_keep(draft);
}

static bool
is_name(const char *name)
{
	size_t len = strlen(name);

	return name[0] >= 'A' && name[0] <= 'Z' && len < TAX_MAX_TAG &&
	    strspn(name, name_chars) == len;
}

void
macros_link(struct draft *draft)
{
	struct macro *macro;
	size_t i;

	if (!named_new(draft, &draft->macro_names, draft->macro_len))
		return;
	for (i = 0; i < draft->macro_len; i++) {
		macro = &draft->macros[i];
		draft->macro_names.items[i] = (struct named){ macro->name,
		    macro->file, macro->line, i };
		if (*macro->name != '\0' && !is_name(macro->name))
			draft_fault(draft, macro->file, macro->line,
			    "name=\"%s\": this can't be the name of a macro: "
			    "use at most %d capitals, digits and underscores, "
			    "a capital first", macro->name, TAX_MAX_TAG - 1);
	}
	named_sort(draft, &draft->macro_names, "macro");
	for (i = 0; i < draft->macro_len; i++) {
		macro = &draft->macros[i];
		macro->whole = macros_put(draft, macro->text, macro->file,
		    macro->line, i);
	}
}
