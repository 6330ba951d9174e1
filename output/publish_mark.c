/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* The two marks of a block on a wiki page. */

#include "output/publish_private.h"

#include <string.h>

#include "base/buf.h"
#include "base/hash.h"

/* What a person reads who opens the page's source. */
#define MARK_WORDS "cabrief writes what stands between these two marks: " \
    "please write outside of them. While it finds other words here, it " \
    "leaves them, reports them, and writes nothing."

/* One mark, offsets in bytes. */
struct mark {
	bool begin;
	size_t start;		/* of the comment */
	size_t name;		/* behind "cabrief:" */
	size_t end;		/* of the comment; 0: it has none */
};

const char *
mark_seek(const char *at, const char *end, const char *what)
{
	size_t len = strlen(what);

	while ((size_t)(end - at) >= len) {
		at = memchr(at, what[0], (size_t)(end - at) - len + 1);
		if (at == NULL)
			return NULL;
		if (memcmp(at, what, len) == 0)
			return at;
		at++;
	}
	return NULL;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static void
skip_blanks(const char **at, const char *end)
{
	while (*at < end && is_blank(**at))
		(*at)++;
}

static bool
skip_word(const char **at, const char *end, const char *word)
{
	size_t len = strlen(word);

	if ((size_t)(end - *at) < len || memcmp(*at, word, len) != 0)
		return false;
	*at += len;
	return true;
}

/* The first mark of any name at *at or behind; *at is then behind its
 * "cabrief:". */
static bool
next_mark(const char *page, size_t len, size_t *at, struct mark *mark)
{
	const char *end = page + len, *p = page + *at, *start, *word;

	while ((start = mark_seek(p, end, "<!--")) != NULL) {
		p = start + 4;
		skip_blanks(&p, end);
		mark->begin = skip_word(&p, end, "BEGIN");
		if (!mark->begin && !skip_word(&p, end, "END"))
			continue;
		word = p;
		skip_blanks(&p, end);
		if (p == word || !skip_word(&p, end, "cabrief:"))
			continue;
		mark->start = (size_t)(start - page);
		mark->name = *at = (size_t)(p - page);
		return true;
	}
	return false;
}

/* Is the mark of that name, and not of one that only begins like it? */
static bool
is_named(const char *page, size_t len, const struct mark *mark,
    const char *name)
{
	const char *at = page + mark->name, *end = page + len;

	return skip_word(&at, end, name) &&
	    (at == end || is_blank(*at) || skip_word(&at, end, "-->"));
}

/* "KEY=" and MARK_HEX digits among the words of a mark. */
static void
read_hash(const char *words, const char *end, const char *key,
    char out[MARK_HEX + 1])
{
	size_t len;

	out[0] = '\0';
	while (words < end) {
		skip_blanks(&words, end);
		for (len = 0; words + len < end && !is_blank(words[len]);)
			len++;
		if (len == strlen(key) + MARK_HEX &&
		    skip_word(&words, end, key)) {
			memcpy(out, words, MARK_HEX);
			out[MARK_HEX] = '\0';
			if (strspn(out, "0123456789abcdef") != MARK_HEX)
				out[0] = '\0';
			return;
		}
		words += len;
	}
}

/* What is wrong with a mark by itself: it is missing, twice, not closed. */
static const char *
fault_of(const struct mark *mark, size_t count, const char *kind,
    const char *name, char room[MARK_ROOM])
{
	const char *fault;
	struct buf text;

	if (count == 0)
		fault = "is missing";
	else if (count > 1)
		fault = "is there twice";
	else if (mark->end == 0)
		fault = "is not closed";
	else
		return NULL;
	buf_fixed(&text, room, MARK_ROOM);
	buf_fmt(&text, "the mark %s cabrief:%s %s", kind, name, fault);
	return room;
}

/* Count the marks of that name; the first of each kind is handed out. */
static void
find_both(const char *page, size_t len, const char *name,
    struct mark found[2], size_t count[2])
{
	struct mark mark;
	const char *close;
	size_t at = 0, kind;

	while (next_mark(page, len, &at, &mark)) {
		if (!is_named(page, len, &mark, name))
			continue;
		kind = mark.begin ? 0 : 1;
		if (count[kind]++ > 0)
			continue;
		close = mark_seek(page + mark.name, page + len, "-->");
		mark.end = close != NULL ? (size_t)(close - page) + 3 : 0;
		found[kind] = mark;
	}
}

const char *
mark_find(const char *page, size_t len, const char *name,
    struct mark_place *out, char room[MARK_ROOM])
{
	struct mark found[2] = { { .begin = true }, { .begin = false } };
	size_t count[2] = { 0, 0 };
	const char *fault, *words, *end;
	struct buf text;

	memset(out, 0, sizeof(*out));
	find_both(page, len, name, found, count);
	fault = fault_of(&found[0], count[0], "BEGIN", name, room);
	if (fault == NULL)
		fault = fault_of(&found[1], count[1], "END", name, room);
	if (fault != NULL)
		return fault;
	if (found[1].start < found[0].start) {
		buf_fixed(&text, room, MARK_ROOM);
		buf_fmt(&text, "END cabrief:%s stands before BEGIN", name);
		return room;
	}
	/* The comment's first end is that of the other mark. */
	if (found[1].start < found[0].end) {
		found[0].end = 0;
		return fault_of(&found[0], 1, "BEGIN", name, room);
	}
	if (mark_is_in(page + found[0].end, found[1].start - found[0].end))
		return "another mark stands between";
	out->begins = found[0].start;
	out->begin_end = found[0].end;
	out->end = found[1].start;
	out->end_end = found[1].end;
	words = page + found[0].name + strlen(name);
	end = page + found[0].end - 3;
	read_hash(words, end, "figures=", out->figures);
	read_hash(words, end, "text=", out->text);
	return NULL;
}

void
mark_inside(const char *page, const struct mark_place *place,
    const char **text, size_t *len)
{
	size_t start = place->begin_end, end = place->end;

	while (start < end && page[start] == '\n')
		start++;
	while (end > start && page[end - 1] == '\n')
		end--;
	*text = page + start;
	*len = end - start;
}

bool
mark_is_in(const char *text, size_t len)
{
	struct mark mark;
	size_t at = 0;

	return next_mark(text, len, &at, &mark);
}

void
mark_hash(const char *text, size_t len, char out[MARK_HEX + 1])
{
	char digits[HASH_HEX];
	struct hash hash;

	hash_init(&hash);
	hash_add(&hash, text, len);
	hash_hex(&hash, digits);
	memcpy(out, digits, MARK_HEX);
	out[MARK_HEX] = '\0';
}

void
mark_replace(const char *page, size_t len, const struct mark_place *place,
    const struct publish_block *block, struct buf *out)
{
	char text[MARK_HEX + 1];

	mark_hash(block->text, block->len, text);
	buf_add(out, page, place->begins);
	buf_fmt(out, "<!-- BEGIN cabrief:%s figures=%.*s text=%s %s -->\n",
	    block->name, MARK_HEX,
	    block->figures[0] != '\0' ? block->figures : text, text,
	    MARK_WORDS);
	buf_add(out, block->text, block->len);
	buf_char(out, '\n');
	buf_add(out, page + place->end, len - place->end);
}
