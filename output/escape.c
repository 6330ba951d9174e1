/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/escape.h"

#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

enum {
	CHAR_ALM = 0x061c,		/* Arabic letter mark */
	CHAR_LRM = 0x200e,
	CHAR_RLM = 0x200f,
	CHAR_LINE_SEPARATOR = 0x2028,
	CHAR_PARAGRAPH_SEPARATOR = 0x2029,
	CHAR_LRE = 0x202a,		/* embeddings and overrides ... */
	CHAR_PDF = 0x202c,		/* ... all ended by this */
	CHAR_RLO = 0x202e,
	CHAR_LRI = 0x2066,		/* isolates ... */
	CHAR_FSI = 0x2068,
	CHAR_PDI = 0x2069,		/* ... ended by this */
	CHAR_REPLACEMENT = 0xfffd,
	BIDI_MAX_DEPTH = 125		/* UAX 9, BD2 */
};

/* The blocks of scripts written from right to left, and of signs that turn
 * the direction (Unicode's DerivedBidiClass.txt: R, AL, and the rest). */
static const struct {
	uint32_t first, last;
} turning[] = {
	{ 0x0590, 0x08ff },
	{ CHAR_LRM, CHAR_RLM },
	{ CHAR_LRE, CHAR_RLO },
	{ CHAR_LRI, CHAR_PDI },
	{ 0xfb1d, 0xfdff },
	{ 0xfe70, 0xfeff },
	{ 0x10800, 0x10fff },
	{ 0x1e800, 0x1efff }
};

/* The directions that a text has opened: what ends each of them. */
struct bidi {
	uint32_t ends[BIDI_MAX_DEPTH];
	size_t len;
};

static bool
is_embedding(uint32_t c)
{
	return c >= CHAR_LRE && c <= CHAR_RLO && c != CHAR_PDF;
}

static bool
is_isolate(uint32_t c)
{
	return c >= CHAR_LRI && c <= CHAR_FSI;
}

/* Follow one character; false when it opens more than renderers follow. */
static bool
bidi_step(struct bidi *bidi, uint32_t c)
{
	size_t i;

	if (is_embedding(c) || is_isolate(c)) {
		if (bidi->len == BIDI_MAX_DEPTH)
			return false;
		bidi->ends[bidi->len++] =
		    is_isolate(c) ? CHAR_PDI : CHAR_PDF;
	} else if (c == CHAR_PDF) {
		if (bidi->len > 0 && bidi->ends[bidi->len - 1] == CHAR_PDF)
			bidi->len--;
	} else if (c == CHAR_PDI) {
		/* It ends what was opened inside the isolate too. */
		for (i = bidi->len; i > 0; i--)
			if (bidi->ends[i - 1] == CHAR_PDI) {
				bidi->len = i - 1;
				break;
			}
	}
	return true;
}

static void
bidi_close(struct bidi *bidi, struct buf *out)
{
	while (bidi->len > 0)
		text_encode(out, bidi->ends[--bidi->len]);
}

static bool
one_of(uint32_t c, const char *set)
{
	return c != 0 && c < 0x80 && strchr(set, (int)c) != NULL;
}

/* No character at all (Unicode Standard, chapter 23.7): neither HTML nor XML
 * allows it. */
static bool
is_noncharacter(uint32_t c)
{
	return (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe;
}

void
escape_line(struct buf *out, const char *text)
{
	size_t len = strlen(text), i, n;
	uint32_t c;

	for (i = 0; i < len; i += n) {
		n = text_decode(text + i, len - i, &c);
		if (c == '\n' || c == '\t' || c == CHAR_LINE_SEPARATOR ||
		    c == CHAR_PARAGRAPH_SEPARATOR)
			buf_char(out, ' ');
		else if (is_embedding(c) || is_isolate(c) || c == CHAR_PDF ||
		    c == CHAR_PDI || c == CHAR_LRM || c == CHAR_RLM ||
		    c == CHAR_ALM || is_noncharacter(c))
			text_encode(out, CHAR_REPLACEMENT);
		else
			buf_add(out, text + i, n);
	}
}

/* Can the ASCII character at `i` start Markdown? */
static bool
starts_markdown(const char *text, size_t i, enum escape_place place)
{
	const char *at = text + i;

	if (one_of((unsigned char)*at, "\\`*_[]<>&~|$"))
		return true;
	if (i == 0 && (place & ESCAPE_BEGINS) != 0 &&
	    one_of((unsigned char)*at, "#+-=:"))
		return true;
	switch (*at) {
	case '#':	/* closes a heading */
		return at[1] == '\0' && (place & ESCAPE_ENDS) != 0;
	case '!':	/* an image, also before a link of ours */
		return at[1] == '[' || at[1] == '\0';
	case ':':	/* http://, ftp:// */
		return at[1] == '/';
	case '.':	/* www. */
		if (i >= 3 && strspn(at - 3, "wW") >= 3)
			return true;
		break;
	case ')':
		break;
	default:
		return false;
	}
	/* A numbered list: "1." or "1)". */
	return i > 0 && i <= 9 && (place & ESCAPE_BEGINS) != 0 &&
	    strspn(text, "0123456789") == i;
}

static bool
is_blank(uint32_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == 0xa0 ||
	    c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f ||
	    c == 0x205f || c == 0x3000;
}

/* A blank, `n` bytes long, where the parser would strip it or take it for
 * the wrong side of a strong text's signs?  (And a lone <br> at both ends
 * would be a block of HTML.) */
static bool
blank_at_edge(const char *text, size_t i, size_t n, uint32_t c,
    enum escape_place place)
{
	if (!is_blank(c))
		return false;
	return (i == 0 && (place & ESCAPE_BEGINS) != 0) ||
	    (text[i + n] == '\0' && (place & ESCAPE_ENDS) != 0);
}

void
escape_markdown(struct buf *out, const char *text, enum escape_place place)
{
	size_t len = strlen(text), i, n;
	struct bidi bidi = { .len = 0 };
	uint32_t c;

	for (i = 0; i < len; i += n) {
		n = text_decode(text + i, len - i, &c);
		if (!bidi_step(&bidi, c)) {
			text_encode(out, CHAR_REPLACEMENT);
		} else if (blank_at_edge(text, i, n, c, place)) {
			buf_fmt(out, "&#%d;", (int)c);
		} else if (c == '\n') {
			buf_str(out, "<br>");
		} else {
			if (starts_markdown(text, i, place))
				buf_char(out, '\\');
			buf_add(out, text + i, n);
		}
	}
	bidi_close(&bidi, out);
}

/* A word that MediaWiki makes a link of, when a number follows? */
static bool
starts_magic_link(const char *at)
{
	return strncmp(at, "RFC", 3) == 0 || strncmp(at, "PMID", 4) == 0 ||
	    strncmp(at, "ISBN", 4) == 0;
}

/* MediaWiki saves the page in NFC.  Is the text the same in that? */
static bool
is_nfc(const char *text, size_t len, struct buf *out)
{
	struct buf form;
	bool same;

	buf_init(&form, out->ceiling);
	text_nfc(&form, text, len);
	same = form.len == len &&
	    (len == 0 || memcmp(form.data, text, len) == 0);
	out->nomem = out->nomem || form.nomem;
	buf_release(&form);
	return same;
}

/* What MediaWiki puts U+FFFD for, or shows as "&#65534;". */
static bool
is_refused_by_wiki(uint32_t c)
{
	return c == 0xfffe || c == 0xffff;
}

/* A blank where MediaWiki would have none at which a line may break, as the
 * French write before these signs and inside these quotation marks? */
static bool
blank_is_armored(const char *text, size_t i)
{
	static const char *const before[] = { "?", ";", "%", "\xc2\xbb",
		"\xe2\x80\xba" };
	static const char *const behind[] = { "\xc2\xab", "\xe2\x80\xb9" };
	size_t j, len;

	if (text[i] != ' ')
		return false;
	for (j = 0; j < sizeof(before) / sizeof(before[0]); j++)
		if (strncmp(text + i + 1, before[j], strlen(before[j])) == 0)
			return true;
	for (j = 0; j < sizeof(behind) / sizeof(behind[0]); j++) {
		len = strlen(behind[j]);
		if (i >= len && memcmp(text + i - len, behind[j], len) == 0)
			return true;
	}
	return false;
}

void
escape_wiki(struct buf *out, const char *text, enum escape_place place)
{
	size_t len = strlen(text), i, n;
	struct bidi bidi = { .len = 0 };
	bool nfc = is_nfc(text, len, out), first = true;
	uint32_t c;

	for (i = 0; i < len; i += n) {
		n = text_decode(text + i, len - i, &c);
		if (!bidi_step(&bidi, c) || is_refused_by_wiki(c))
			text_encode(out, CHAR_REPLACEMENT);
		else if (c == '\n')
			buf_str(out, "<br />");
		else if (one_of(c, "&<>[]{}|'~_:!=") ||
		    (i == 0 && (place & ESCAPE_BEGINS) != 0 &&
		    one_of(c, "*#;-+")) ||
		    blank_at_edge(text, i, n, c, place) ||
		    blank_is_armored(text, i) ||
		    starts_magic_link(text + i) ||
		    (!nfc && c >= 0x80) || (first && text_joins(c)))
			buf_fmt(out, "&#%d;", (int)c);
		else
			buf_add(out, text + i, n);
		/* A mark would join the end of our <br /> or <mark>. */
		first = c == '\n';
	}
	bidi_close(&bidi, out);
}

void
escape_wiki_value(struct buf *out, const char *text)
{
	struct buf line;
	size_t i, n;
	uint32_t c;
	bool nfc;

	buf_init(&line, out->ceiling);
	escape_line(&line, text);
	text = buf_text(&line);
	nfc = is_nfc(text, line.len, out);
	for (i = 0; i < line.len; i += n) {
		n = text_decode(text + i, line.len - i, &c);
		if (one_of(c, "&<>[]{}|'\"~_:!=") || (!nfc && c >= 0x80))
			buf_fmt(out, "&#%d;", (int)c);
		else
			buf_add(out, text + i, n);
	}
	out->full = out->full || line.full;
	out->nomem = out->nomem || line.nomem;
	buf_release(&line);
}

/* The URL with the bytes in `set`, blanks and control characters as %XX,
 * and & as a reference, for both markups read those in URLs; `ascii`: what
 * is not ASCII too. */
static void
add_url(struct buf *out, const char *url, const char *set, bool ascii)
{
	unsigned char byte;

	for (; *url != '\0'; url++) {
		byte = (unsigned char)*url;
		if (byte == '&')
			buf_str(out, "&amp;");
		else if (byte <= ' ' || byte == 0x7f || one_of(byte, set) ||
		    (ascii && byte > 0x7f))
			buf_fmt(out, "%%%02X", byte);
		else
			buf_char(out, *url);
	}
}

void
escape_markdown_url(struct buf *out, const char *url)
{
	add_url(out, url, "<>\\`|[]", false);
}

void
escape_wiki_url(struct buf *out, const char *url)
{
	const char *twin;

	/* "__" begins a behaviour switch; a single one is in every
	 * show_bug.cgi and stays readable.  NFC would make another URL, and
	 * blanks of other scripts would end it. */
	twin = strstr(url, "__");
	add_url(out, url, twin != NULL ? "<>[]{}|\"'~_" : "<>[]{}|\"'~",
	    true);
}

void
escape_html(struct buf *out, const char *text)
{
	size_t len = strlen(text), i, n;
	struct bidi bidi = { .len = 0 };
	uint32_t c;

	for (i = 0; i < len; i += n) {
		n = text_decode(text + i, len - i, &c);
		if (!bidi_step(&bidi, c) || is_noncharacter(c))
			text_encode(out, CHAR_REPLACEMENT);
		else if (c == '&')
			buf_str(out, "&amp;");
		else if (c == '<')
			buf_str(out, "&lt;");
		else if (c == '>')
			buf_str(out, "&gt;");
		else if (c == '"')
			buf_str(out, "&quot;");
		else
			buf_add(out, text + i, n);
	}
	bidi_close(&bidi, out);
}

void
escape_html_url(struct buf *out, const char *url)
{
	add_url(out, url, "<>\"'`", false);
}

bool
escape_turns(const char *text)
{
	size_t len = strlen(text), i, block;
	uint32_t c;

	for (i = 0; i < len;) {
		i += text_decode(text + i, len - i, &c);
		for (block = 0; block < sizeof(turning) / sizeof(turning[0]);
		    block++)
			if (c >= turning[block].first &&
			    c <= turning[block].last)
				return true;
	}
	return false;
}

void
escape_csv(struct buf *out, const char *text, bool guard)
{
	bool formula = guard && *text != '\0' && strchr("=+-@\t", *text);
	size_t len = strlen(text);

	if (!formula && strpbrk(text, ",\"\n\r") == NULL &&
	    (len == 0 || (text[0] != ' ' && text[len - 1] != ' '))) {
		buf_str(out, text);
		return;
	}
	buf_char(out, '"');
	if (formula)
		buf_char(out, '\'');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			buf_char(out, '"');
		buf_char(out, *text);
	}
	buf_char(out, '"');
}
