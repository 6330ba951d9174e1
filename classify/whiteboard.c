/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/whiteboard.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/text.h"
#include "classify/loosedate.h"

enum {
	/* Bytes of a whiteboard that a diagnostic quotes. */
	QUOTE_SIZE = 200
};

struct reader {
	const char *text;
	const struct taxonomy *taxonomy;
	int64_t bug;
	struct diag_sink *sink;
	struct whiteboard *out;
};

/* Bytes of the whiteboard: start <= i < end. */
struct span {
	size_t start;
	size_t end;
};

/* What a piece of the whiteboard means. */
struct meaning {
	enum tax_tag_kind kind;
	size_t index;
	bool repaired;
	char normal[TAX_MAX_TAG];
};

static void
report(const struct reader *reader, enum diag_code code, struct span span)
{
	struct diag diag = { .code = code, .bug = reader->bug,
	    .where = "whiteboard", .column = span.start + 1 };
	char room[QUOTE_SIZE];
	struct buf quote;
	size_t len = span.end - span.start;

	buf_fixed(&quote, room, sizeof(room));
	buf_add(&quote, reader->text + span.start,
	    text_cut(reader->text + span.start, len, sizeof(room) - 1));
	diag.detail = buf_text(&quote);
	diag_report(reader->sink, &diag);
}

static void
report_overflow(const struct reader *reader)
{
	struct diag diag = { .code = DIAG_TEXT_CUT, .bug = reader->bug,
	    .where = "whiteboard" };
	char room[QUOTE_SIZE];
	struct buf text;

	buf_fixed(&text, room, sizeof(room));
	buf_fmt(&text, "%zu tags beyond the %d that are kept",
	    reader->out->overflow, (int)WHITEBOARD_MAX_TAGS);
	diag.detail = buf_text(&text);
	diag_report(reader->sink, &diag);
}

static struct span
trimmed(const struct reader *reader, struct span span)
{
	const char *data = reader->text + span.start;
	size_t len = span.end - span.start;

	text_trim(&data, &len);
	span.start = (size_t)(data - reader->text);
	span.end = span.start + len;
	return span;
}

/* The normal form of a tag, cut to fit; true when it had to be cut. */
static bool
normal_form(const char *data, size_t len, char out[TAX_MAX_TAG])
{
	size_t keep = TAX_MAX_TAG;

	if (taxonomy_normal(data, len, out, TAX_MAX_TAG))
		return false;
	do {
		keep = text_cut(data, len, keep - 1);
	} while (!taxonomy_normal(data, keep, out, TAX_MAX_TAG));
	return true;
}

/* Does the taxonomy know what stands there? */
static bool
known(const struct reader *reader, struct span span, struct meaning *out)
{
	const char *data = reader->text + span.start;
	size_t len = span.end - span.start, i;

	if (!taxonomy_normal(data, len, out->normal, sizeof(out->normal)))
		return false;
	out->kind = taxonomy_tag(reader->taxonomy, out->normal, &out->index,
	    &out->repaired);
	/* A blank for a hyphen is a misspelling: Bugzilla's search for the
	 * tag does not find it.  Case does not matter there. */
	if (strlen(out->normal) != len)
		out->repaired = true;
	for (i = 0; i < len && !out->repaired; i++)
		out->repaired = (out->normal[i] == '-') != (data[i] == '-');
	return out->kind != TAX_TAG_UNKNOWN;
}

/* Room for one tag more: of a full list an unknown one makes way for a
 * category.  NULL when there is none. */
static struct whiteboard_tag *
new_tag(struct whiteboard *board, size_t category)
{
	size_t i;

	if (board->tag_len < WHITEBOARD_MAX_TAGS)
		return &board->tags[board->tag_len++];
	board->overflow++;
	for (i = board->tag_len; category != SIZE_MAX && i > 0; i--)
		if (board->tags[i - 1].category == SIZE_MAX)
			return &board->tags[i - 1];
	return NULL;
}

/* Keep a tag; true when it is new. */
static bool
add_tag(struct whiteboard *board, size_t category, const char *name,
    struct span span)
{
	struct whiteboard_tag *tag;
	size_t i;

	for (i = 0; i < board->tag_len; i++)
		if (board->tags[i].category == category &&
		    strcmp(board->tags[i].name, name) == 0)
			return false;
	tag = new_tag(board, category);
	if (tag == NULL)
		return false;
	tag->category = category;
	memcpy(tag->name, name, strlen(name) + 1);
	tag->start = span.start;
	tag->len = span.end - span.start;
	return true;
}

static void
add_mark(struct whiteboard *board, const struct taxonomy *taxonomy,
    size_t index)
{
	size_t i;

	switch (taxonomy->marks[index].kind) {
	case TAX_MARK_BASE:
		board->has_base = true;
		break;
	case TAX_MARK_EXTERNAL:
		board->external = true;
		break;
	case TAX_MARK_META:
		board->meta = true;
		break;
	case TAX_MARK_AUDITOR:
		board->auditor = true;
		break;
	default:
		break;
	}
	for (i = 0; i < board->mark_len; i++)
		if (board->marks[i] == index)
			return;
	if (board->mark_len < WHITEBOARD_MAX_TAGS)
		board->marks[board->mark_len++] = index;
	else
		board->overflow++;
}

/* Keep what the taxonomy knows. */
static void
take(const struct reader *reader, const struct meaning *meaning,
    struct span span)
{
	const struct taxonomy *taxonomy = reader->taxonomy;
	struct whiteboard *out = reader->out;

	if (meaning->repaired)
		report(reader, DIAG_TAG_REPAIRED, span);
	switch (meaning->kind) {
	case TAX_TAG_CATEGORY:
		add_tag(out, meaning->index,
		    taxonomy->categories[meaning->index].id, span);
		break;
	case TAX_TAG_MARK:
		add_mark(out, taxonomy, meaning->index);
		break;
	case TAX_TAG_INCLUSION:
		if (out->inclusion == SIZE_MAX ||
		    out->inclusion < meaning->index)
			out->inclusion = meaning->index;
		break;
	case TAX_TAG_UNKNOWN:
		break;
	}
}

/* Keep what it does not know, under its own name. */
static void
take_unknown(const struct reader *reader, struct span span)
{
	char normal[TAX_MAX_TAG];
	bool cut;

	cut = normal_form(reader->text + span.start, span.end - span.start,
	    normal);
	if (normal[0] == '\0' ||
	    !add_tag(reader->out, SIZE_MAX, normal, span))
		return;
	report(reader, DIAG_TAG_UNKNOWN, span);
	if (cut)
		report(reader, DIAG_TEXT_CUT, span);
}

static bool
is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	    (c >= 'a' && c <= 'z') || (c & 0x80) != 0;
}

static bool
is_joint(char c)
{
	return c == '-' || c == '_';
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* Take the words that hold a hyphen and are known; false when there are
 * none.  A word without one ("meta") may be just a word. */
static bool
take_words(const struct reader *reader, struct span span)
{
	struct meaning meaning;
	struct span word;
	bool joined, any = false;
	size_t i = span.start;

	while (i < span.end) {
		joined = false;
		word.start = i;
		while (i < span.end && (is_alnum(reader->text[i]) ||
		    is_joint(reader->text[i])))
			joined |= is_joint(reader->text[i++]);
		word.end = i;
		if (word.end == word.start)
			i++;
		if (!joined || !known(reader, word, &meaning))
			continue;
		meaning.repaired = true;
		take(reader, &meaning, word);
		any = true;
	}
	return any;
}

/*
 * A piece that brackets claim: `repaired` when one of the two is missing.
 * A comma parts two tags.
 */
static void
take_bracketed(const struct reader *reader, struct span piece, bool repaired)
{
	struct meaning meaning;
	struct span part;
	size_t i = piece.start;

	while (i < piece.end) {
		part.start = i;
		while (i < piece.end && reader->text[i] != ',' &&
		    reader->text[i] != ';')
			i++;
		part.end = i++;
		if (part.end < piece.end)
			repaired = true;
		part = trimmed(reader, part);
		if (part.start == part.end)
			continue;
		if (known(reader, part, &meaning)) {
			meaning.repaired |= repaired;
			take(reader, &meaning, part);
		} else if (!take_words(reader, part))
			take_unknown(reader, part);
	}
}

/* The bytes that a phrase in normal form takes at `i`, or 0. */
static size_t
phrase_len(const struct reader *reader, size_t i, size_t end,
    const char *phrase)
{
	const char *text = reader->text;
	size_t start = i;

	for (; *phrase != '\0'; phrase++) {
		if (*phrase == '-') {
			if (i == end ||
			    (!is_blank(text[i]) && !is_joint(text[i])))
				return 0;
			while (i < end &&
			    (is_blank(text[i]) || is_joint(text[i])))
				i++;
			continue;
		}
		if (i == end || (text[i] != *phrase &&
		    (*phrase < 'a' || *phrase > 'z' ||
		    text[i] != *phrase - 'a' + 'A')))
			return 0;
		i++;
	}
	return i < end && is_alnum(text[i]) ? 0 : i - start;
}

/* The date phrase at `i`: its bytes and its mark, or 0. */
static size_t
date_phrase(const struct reader *reader, size_t i, size_t end, size_t *mark)
{
	const struct tax_mark *marks = reader->taxonomy->marks;
	size_t len, m, s;

	for (m = 0; m < reader->taxonomy->mark_len; m++) {
		if (marks[m].kind != TAX_MARK_NEXT_UPDATE &&
		    marks[m].kind != TAX_MARK_CLOSE_ON)
			continue;
		len = phrase_len(reader, i, end, marks[m].id);
		for (s = 0; len == 0 && s < marks[m].spelling_len; s++)
			len = phrase_len(reader, i, end,
			    marks[m].spellings[s].text);
		*mark = m;
		if (len > 0)
			return len;
	}
	return 0;
}

/* Find the first date phrase in `in`. */
static bool
find_phrase(const struct reader *reader, struct span in, struct span *phrase,
    size_t *mark)
{
	size_t i, len;

	for (i = in.start; i < in.end; i++) {
		if (!is_alnum(reader->text[i]) ||
		    (i > in.start && is_alnum(reader->text[i - 1])))
			continue;
		len = date_phrase(reader, i, in.end, mark);
		if (len > 0) {
			phrase->start = i;
			phrase->end = i + len;
			return true;
		}
	}
	return false;
}

/* Where the date begins: behind blanks, marks and one of three words. */
static size_t
skip_link(const struct reader *reader, size_t i, size_t end)
{
	static const char *const links[] = { "at", "on", "by" };
	const char *text = reader->text;
	size_t len, n;

	for (;;) {
		while (i < end && (is_blank(text[i]) || is_joint(text[i]) ||
		    text[i] == ':' || text[i] == '='))
			i++;
		for (n = 0; n < sizeof(links) / sizeof(links[0]); n++) {
			len = phrase_len(reader, i, end, links[n]);
			if (len > 0)
				break;
		}
		if (n == sizeof(links) / sizeof(links[0]))
			return i;
		i += len;
	}
}

/* Read the date behind a phrase; sets phrase->end to the end of both. */
static bool
read_date(const struct reader *reader, struct span *phrase, size_t end,
    size_t mark)
{
	struct whiteboard *out = reader->out;
	struct span quoted;
	size_t i, used;
	int64_t day;
	bool good;

	add_mark(out, reader->taxonomy, mark);
	i = skip_link(reader, phrase->end, end);
	good = loose_date(reader->text + i, end - i, &used, &day);
	quoted.start = phrase->start;
	quoted.end = end;
	phrase->end = i + used;
	if (!good) {
		report(reader, DIAG_DATE_UNREADABLE,
		    trimmed(reader, quoted));
		return false;
	}
	if (reader->taxonomy->marks[mark].kind == TAX_MARK_NEXT_UPDATE)
		out->next_update = day;
	else
		out->close_on = day;
	return true;
}

/*
 * What stands between one bracket, of either sort, and the next.  Dates
 * are taken out of it; what is left behind one inside brackets is no tag.
 */
static void
read_segment(const struct reader *reader, struct span rest)
{
	const char *text = reader->text;
	struct span phrase, before;
	bool opened, closed, inside;
	size_t mark;

	opened = inside = rest.start > 0 && text[rest.start - 1] == '[';
	closed = text[rest.end] == ']';
	while (find_phrase(reader, rest, &phrase, &mark)) {
		before.start = rest.start;
		before.end = phrase.start;
		if (opened)
			take_bracketed(reader, before, true);
		else
			take_words(reader, before);
		if (!read_date(reader, &phrase, rest.end, mark) && inside)
			return;
		rest.start = phrase.end;
		if (inside)
			opened = closed = false;
	}
	if (opened || closed)
		take_bracketed(reader, rest, !opened || !closed);
	else
		take_words(reader, rest);
}

static int
compare_tags(const void *a, const void *b)
{
	const struct whiteboard_tag *left = a, *right = b;

	if (left->category != right->category)
		return left->category < right->category ? -1 : 1;
	return strcmp(left->name, right->name);
}

void
whiteboard_read(const char *text, const struct taxonomy *taxonomy,
    int64_t bug, struct diag_sink *sink, struct whiteboard *out)
{
	struct reader reader = { text, taxonomy, bug, sink, out };
	struct span segment;

	memset(out, 0, sizeof(*out));
	out->inclusion = SIZE_MAX;
	out->next_update = DATE_NONE;
	out->close_on = DATE_NONE;
	segment.start = 0;
	for (;;) {
		segment.end = segment.start +
		    strcspn(text + segment.start, "[]");
		read_segment(&reader, segment);
		if (text[segment.end] == '\0')
			break;
		segment.start = segment.end + 1;
	}
	qsort(out->tags, out->tag_len, sizeof(out->tags[0]), compare_tags);
	if (out->overflow > 0)
		report_overflow(&reader);
}
