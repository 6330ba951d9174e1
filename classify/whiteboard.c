/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/whiteboard.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/text.h"
#include "classify/datephrase.h"
#include "classify/loosedate.h"

enum {
	/* Bytes of a whiteboard that a diagnostic quotes. */
	QUOTE_SIZE = 200
};

/* Bytes of the whiteboard: start <= i < end. */
struct span {
	size_t start;
	size_t end;
};

struct reader {
	const char *text;
	const struct taxonomy *taxonomy;
	int64_t bug;
	struct diag_sink *sink;
	struct whiteboard *out;
	struct span pending;	/* a phrase whose date may stand behind a
				 * bracket; its end is 0 when there is none */
	size_t pending_mark;
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
is_comma(char c)
{
	return c == ',' || c == ';';
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
		while (i < span.end && (is_word_char(reader->text[i]) ||
		    is_word_joint(reader->text[i])))
			joined |= is_word_joint(reader->text[i++]);
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

/* Where a date ends that stands alone at `i`, up to a comma; else `i`. */
static size_t
lone_date_end(const struct reader *reader, size_t i, size_t end)
{
	struct span rest = { i, end };
	size_t used;
	int64_t day;

	rest = trimmed(reader, rest);
	if (!loose_date(reader->text + rest.start, rest.end - rest.start,
	    &used, &day))
		return i;
	rest.start += used;
	rest = trimmed(reader, rest);
	return rest.start == rest.end || is_comma(reader->text[rest.start]) ?
	    rest.start : i;
}

/*
 * A piece that brackets claim: `repaired` when one of the two is missing.
 * A comma parts two tags.  A date is none.
 */
static void
take_bracketed(const struct reader *reader, struct span piece, bool repaired)
{
	struct meaning meaning;
	struct span part;
	size_t i = piece.start;
	bool dated;

	while (i < piece.end) {
		part.start = i;
		i = lone_date_end(reader, i, piece.end);
		dated = i > part.start;
		while (i < piece.end && !is_comma(reader->text[i]))
			i++;
		part.end = i++;
		if (part.end < piece.end)
			repaired = true;
		part = trimmed(reader, part);
		if (part.start == part.end)
			continue;
		if (dated) {
			report(reader, DIAG_DATE_UNREADABLE, part);
		} else if (known(reader, part, &meaning)) {
			meaning.repaired |= repaired;
			take(reader, &meaning, part);
		} else if (!take_words(reader, part))
			take_unknown(reader, part);
	}
}

/* Where a date that can't be read ends in brackets: at a comma, unless a
 * digit follows as in "Mai 20, 2024". */
static size_t
bad_date_end(const struct reader *reader, size_t i, size_t end)
{
	struct span rest;

	for (; i < end; i++) {
		if (!is_comma(reader->text[i]))
			continue;
		rest.start = i + 1;
		rest.end = end;
		rest = trimmed(reader, rest);
		if (rest.start == rest.end ||
		    reader->text[rest.start] < '0' ||
		    reader->text[rest.start] > '9')
			return i;
	}
	return end;
}

static void
set_date(const struct reader *reader, size_t mark, int64_t day)
{
	if (reader->taxonomy->marks[mark].kind == TAX_MARK_NEXT_UPDATE)
		reader->out->next_update = day;
	else
		reader->out->close_on = day;
}

/* Read the date behind a phrase; sets phrase->end to the end of both.  When
 * a bracket comes first, the date may stand behind that. */
static bool
read_date(struct reader *reader, struct span *phrase, size_t end,
    size_t mark, bool inside)
{
	struct span quoted = *phrase;
	size_t i, used;
	int64_t day;

	add_mark(reader->out, reader->taxonomy, mark);
	i = date_phrase_skip(reader->text, phrase->end, end);
	if (i == end && reader->text[end] != '\0') {
		reader->pending = *phrase;
		reader->pending_mark = mark;
		phrase->end = end;
		return false;
	}
	if (loose_date(reader->text + i, end - i, &used, &day)) {
		set_date(reader, mark, day);
		phrase->end = i + used;
		return true;
	}
	quoted.end = inside ? bad_date_end(reader, i, end) : end;
	phrase->end = inside ? quoted.end : i + used;
	report(reader, DIAG_DATE_UNREADABLE, trimmed(reader, quoted));
	return false;
}

/* Read the date that a phrase before the bracket announced; true when there
 * is one.  What can't be read goes from the segment too. */
static bool
read_pending(struct reader *reader, struct span *segment, bool inside)
{
	struct span quoted = reader->pending;
	size_t i, used;
	int64_t day;

	i = date_phrase_skip(reader->text, segment->start, segment->end);
	if (reader->pending.end == 0 || i == segment->end)
		return false;
	reader->pending.end = 0;
	if (loose_date(reader->text + i, segment->end - i, &used, &day)) {
		set_date(reader, reader->pending_mark, day);
		segment->start = i + used;
		return true;
	}
	if (used > 0) {
		quoted.end = inside ?
		    bad_date_end(reader, i, segment->end) : i + used;
		segment->start = quoted.end;
	}
	report(reader, DIAG_DATE_UNREADABLE, trimmed(reader, quoted));
	return false;
}

/*
 * What stands between one bracket, of either sort, and the next.  Dates
 * are taken out of it; what is left behind one inside brackets is no tag.
 */
static void
read_segment(struct reader *reader, struct span rest)
{
	const char *text = reader->text;
	struct span phrase, before;
	bool opened, closed, inside;
	size_t mark;

	opened = inside = rest.start > 0 && text[rest.start - 1] == '[';
	closed = text[rest.end] == ']';
	if (read_pending(reader, &rest, inside) && inside)
		opened = closed = false;
	while (date_phrase_find(text, rest.start, rest.end, reader->taxonomy,
	    &phrase.start, &phrase.end, &mark)) {
		before.start = rest.start;
		before.end = phrase.start;
		if (opened)
			take_bracketed(reader, before, true);
		else
			take_words(reader, before);
		if (read_date(reader, &phrase, rest.end, mark, inside) &&
		    inside)
			opened = closed = false;
		rest.start = phrase.end;
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
	struct reader reader = { text, taxonomy, bug, sink, out,
	    { 0, 0 }, 0 };
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
	if (reader.pending.end > 0)
		report(&reader, DIAG_DATE_UNREADABLE, reader.pending);
	qsort(out->tags, out->tag_len, sizeof(out->tags[0]), compare_tags);
	if (out->overflow > 0)
		report_overflow(&reader);
}
