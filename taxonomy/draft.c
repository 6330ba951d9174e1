/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "taxonomy/draft.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/near.h"
#include "base/text.h"

void
draft_fault(struct draft *draft, const char *file, uint64_t line,
    const char *fmt, ...)
{
	const struct err *err;
	char what[512];
	va_list args;

	draft->faults++;
	if (draft->report == NULL && draft->fault != NULL)
		return;
	va_start(args, fmt);
	vsnprintf(what, sizeof(what), fmt, args);
	va_end(args);
	err = err_new(ERR_CONFIG, "%s%s:%ju: %s", draft->place, file,
	    (uintmax_t)line, what);
	if (draft->report != NULL)
		draft->report(draft->arg, err->text);
	else
		draft->fault = err;
}

void *
draft_alloc(struct draft *draft, size_t count, size_t size)
{
	void *data = arena_alloc(&draft->taxonomy->arena, count, size);

	if (data == NULL)
		draft->failed = true;
	return data;
}

void *
draft_grown(struct draft *draft, void *items, size_t len, size_t size)
{
	void *grown;

	/* Full at each power of two. */
	if ((len & (len - 1)) != 0)
		return items;
	grown = draft_alloc(draft, len == 0 ? 1 : 2 * len, size);
	if (grown != NULL && len > 0)
		memcpy(grown, items, len * size);
	return grown;
}

/* Mostly they differ at once. */
static bool
same(const char *a, const char *b)
{
	return *a == *b && strcmp(a, b) == 0;
}

bool
draft_is(const struct xml_element *node, const char *name)
{
	return same(node->name, name);
}

static const char *
value_of(const struct xml_element *node, const char *name)
{
	size_t i;

	for (i = 0; i < node->attribute_len; i++)
		if (same(node->attributes[i].name, name))
			return node->attributes[i].value;
	return NULL;
}

bool
draft_has(const struct xml_element *node, const char *name)
{
	return value_of(node, name) != NULL;
}

static bool
is_blank(char c)
{
	return c <= ' ' && (c == ' ' || c == '\t' || c == '\n' ||
	    c == '\r');
}

/* How many bytes need no change, as most texts: words with one space
 * between them. */
static size_t
laid_out(const char *text)
{
	size_t len;

	for (len = 0; text[len] != '\0'; len++) {
		if (!is_blank(text[len]))
			continue;
		if (text[len] != ' ' || len == 0 || text[len + 1] == '\0' ||
		    is_blank(text[len + 1]))
			break;
	}
	return len;
}

/* Append without the blanks that only lay out the file: each run of them
 * becomes one space, and none comes first. */
static void
add_text(struct buf *out, const char *str)
{
	const char *end;

	for (; *str != '\0'; str = end) {
		end = str;
		while (*end != '\0' && !is_blank(*end))
			end++;
		buf_add(out, str, (size_t)(end - str));
		if (is_blank(*end) && out->len > 0 &&
		    out->data[out->len - 1] != ' ')
			buf_char(out, ' ');
		while (is_blank(*end))
			end++;
	}
}

const char *
draft_keep(struct draft *draft)
{
	struct buf *scratch = &draft->scratch;
	const char *text;
	size_t len = scratch->len;

	if (len > 0 && scratch->data[len - 1] == ' ')
		len--;
	text = arena_copy(&draft->taxonomy->arena, buf_text(scratch), len);
	if (text == NULL || scratch->full || scratch->nomem) {
		draft->failed = true;
		return "";
	}
	return text;
}

/* What is in `scratch`, said by `what`: never NULL, and a fault when it is
 * empty or can't be shown. */
static const char *
keep_shown(struct draft *draft, const char *what, uint64_t line)
{
	const char *text = draft_keep(draft);

	if (*text == '\0' && !draft->failed)
		draft_fault(draft, draft->file, line, "%s is empty: it says "
		    "nothing: write something or leave it out", what);
	if (!text_is_clean(text, strlen(text)))
		draft_fault(draft, draft->file, line, "%s holds a control "
		    "character: it can't be shown: remove it", what);
	return text;
}

/* The text of an element or attribute, which `what` names; never NULL. */
static const char *
text_of(struct draft *draft, const char *text, const char *what,
    uint64_t line)
{
	size_t len = laid_out(text);

	buf_clear(&draft->scratch);
	buf_add(&draft->scratch, text, len);
	add_text(&draft->scratch, text + len);
	return keep_shown(draft, what, line);
}

/* Take out the blanks around line breaks, and around the whole. */
static void
join_lines(struct buf *buf)
{
	const char *from = buf_text(buf), *end;
	size_t to = 0, len;
	bool broken;

	for (; *from != '\0'; from = end) {
		broken = to == 0;
		for (end = from; is_blank(*end); end++)
			broken = broken || *end == '\n';
		if (broken || *end == '\0')
			from = end;
		while (*end != '\0' && !is_blank(*end))
			end++;
		len = (size_t)(end - from);
		memmove(buf->data + to, from, len);
		to += len;
	}
	buf->len = to;
}

const char *
draft_pattern(struct draft *draft, const struct xml_element *node)
{
	buf_clear(&draft->scratch);
	buf_str(&draft->scratch, node->text);
	join_lines(&draft->scratch);
	return keep_shown(draft, node->name, node->line);
}

const char *
draft_content(struct draft *draft, const struct xml_element *node)
{
	return text_of(draft, node->text, node->name, node->line);
}

const char *
draft_attribute(struct draft *draft, const struct xml_element *node,
    const char *name)
{
	const char *value = value_of(node, name);

	return value == NULL ? NULL : text_of(draft, value, name, node->line);
}

bool
draft_flag(struct draft *draft, const struct xml_element *node,
    const char *name)
{
	const char *value = draft_attribute(draft, node, name);

	return value != NULL && strcmp(value, "true") == 0;
}

int64_t
draft_day(struct draft *draft, const struct xml_element *node, const char *name)
{
	const char *value = draft_attribute(draft, node, name);
	int64_t result;

	if (value == NULL || *value == '\0')
		return DATE_NONE;
	if (date_parse_day(value, strlen(value), &result))
		return result;
	draft_fault(draft, draft->file, node->line,
	    "%s=\"%s\": there is no such day: write YYYY-MM-DD", name, value);
	return DATE_NONE;
}

void
draft_period(struct draft *draft, const struct xml_element *node,
    const char *from_name, int64_t *from, int64_t *until)
{
	*from = draft_day(draft, node, from_name);
	*until = draft_day(draft, node, "until");
	if (*until == DATE_NONE)
		*until = INT64_MAX;
	if (*from > *until)
		draft_fault(draft, draft->file, node->line,
		    "%s= is later than until=: it would hold on no day: "
		    "correct one", from_name);
}

size_t
draft_choice_of(struct draft *draft, const struct xml_element *node,
    const char *name, const char *word, const char *what,
    const char *const *words, size_t len)
{
	const char *near;
	size_t i;

	for (i = 0; i < len; i++)
		if (strcmp(words[i], word) == 0)
			return i;
	near = near_best(word, words, len);
	if (near != NULL)
		draft_fault(draft, draft->file, node->line,
		    "%s=\"%s\": there is no such %s: did you mean \"%s\"?",
		    name, word, what, near);
	else if (*word != '\0')
		draft_fault(draft, draft->file, node->line,
		    "%s=\"%s\": there is no such %s: write one that "
		    "cabrief-taxonomy(5) names", name, word, what);
	return len;
}

size_t
draft_choice(struct draft *draft, const struct xml_element *node,
    const char *name, const char *what, const char *const *words, size_t len)
{
	return draft_choice_of(draft, node, name, draft_attribute(draft, node,
	    name), what, words, len);
}

/* "-1.25" as -1250; false when it is no number, or one so long that it
 * can't be small enough. */
static bool
parse_number(const char *str, int *thousandths)
{
	enum { DECIMALS = 3, DIGITS = 6 };
	const char *digits = str + (*str == '-');
	size_t whole = strspn(digits, "0123456789"), len = whole, i;
	int value = 0;

	if (digits[whole] == '.')
		len = whole + 1 + strspn(digits + whole + 1, "0123456789");
	if (whole == 0 || whole > DIGITS || digits[len] != '\0' ||
	    len == whole + 1 || len > whole + 1 + DECIMALS)
		return false;
	for (i = 0; i < whole; i++)
		value = value * 10 + (digits[i] - '0');
	for (i = whole + 1; i <= whole + DECIMALS; i++)
		value = value * 10 + (i < len ? digits[i] - '0' : 0);
	*thousandths = *str == '-' ? -value : value;
	return true;
}

int
draft_number(struct draft *draft, const struct xml_element *node,
    const char *name, int least, int most, int absent)
{
	const char *text = value_of(node, name);
	int value;

	if (text == NULL)
		return absent;
	/* Few have blanks around them. */
	if (!parse_number(text, &value)) {
		text = draft_attribute(draft, node, name);
		if (*text == '\0')
			return absent;
	}
	if (!parse_number(text, &value))
		draft_fault(draft, draft->file, node->line,
		    "%s=\"%s\": this is no number: write one with at most "
		    "three decimals, such as 0.125", name, text);
	else if (value < least || value > most)
		draft_fault(draft, draft->file, node->line,
		    "%s=\"%s\": out of range: write a number from %s%d.%03d "
		    "to %d", name, text, least < 0 ? "-" : "",
		    abs(least) / 1000, abs(least) % 1000, most / 1000);
	else
		return value;
	return absent;
}

int
draft_count(struct draft *draft, const struct xml_element *node,
    const char *name, int least, int most)
{
	const char *text = draft_attribute(draft, node, name);
	int64_t value;

	if (*text == '\0')
		return least;
	if (text_int(text, strlen(text), &value) && value >= least &&
	    value <= most)
		return (int)value;
	draft_fault(draft, draft->file, node->line, "%s=\"%s\": out "
	    "of range: write a whole number from %d to %d", name, text, least,
	    most);
	return least;
}

/* Lower-case letters, digits, and single hyphens between them. */
static bool
is_id(const char *id)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
	size_t len = strlen(id);

	return len > 0 && len < TAX_MAX_TAG && strspn(id, allowed) == len &&
	    id[0] != '-' && id[len - 1] != '-' && strstr(id, "--") == NULL;
}

const char *
draft_id(struct draft *draft, const struct xml_element *node)
{
	const char *id = draft_attribute(draft, node, "id");

	if (*id != '\0' && !is_id(id))
		draft_fault(draft, draft->file, node->line,
		    "id=\"%s\": this can't be an id: use at most %d lower-case "
		    "letters, digits and single hyphens between them", id,
		    TAX_MAX_TAG - 1);
	return id;
}

const char *
draft_normal(struct draft *draft, const char *tag, uint64_t line)
{
	char normal[TAX_MAX_TAG];
	const char *text;

	if (*tag == '\0')
		return tag;
	if (!taxonomy_normal(tag, strlen(tag), normal, sizeof(normal)))
		draft_fault(draft, draft->file, line, "\"%s\" is too long: "
		    "no tag has more than %d bytes: shorten it", tag,
		    TAX_MAX_TAG - 1);
	else if (*normal == '\0')
		draft_fault(draft, draft->file, line, "\"%s\" is no tag: "
		    "nothing is left without blanks and hyphens: write one",
		    tag);
	text = arena_copy(&draft->taxonomy->arena, normal, strlen(normal));
	if (text == NULL) {
		draft->failed = true;
		return "";
	}
	return text;
}

const char *
draft_tag_id(struct draft *draft, const struct xml_element *node)
{
	uint64_t line = node->line;
	const char *id = draft_attribute(draft, node, "id");
	const char *normal = draft_normal(draft, id, line);

	if (*normal != '\0' && strcmp(id, normal) != 0)
		draft_fault(draft, draft->file, line, "id=\"%s\": this is no "
		    "tag in its normal form: write \"%s\"", id, normal);
	return normal;
}
