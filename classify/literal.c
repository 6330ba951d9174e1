/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/literal_private.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"

enum {
	CHAR_MAX_BYTES = 4
};

/* What is read, and how deep. */
struct parser {
	const char *at;
	int depth;
	bool lost;	/* something is not understood: no literals */
};

/* Literal characters that follow each other. */
struct stretch {
	char text[LITERAL_KEEP + 1];
	size_t len;
	size_t min, max;	/* where it begins */
};

static void parse_choice(struct parser *parser, struct part *out);

static size_t
times(size_t a, size_t b)
{
	if (a == 0 || b == 0)
		return 0;
	return a > SIZE_MAX / b ? SIZE_MAX : a * b;
}

/* End a stretch: it is one literal. */
static void
end_stretch(struct stretch *stretch, struct part *out)
{
	struct literals set = { .len = 1 };

	if (stretch->len > 0) {
		memcpy(set.items[0].text, stretch->text,
		    sizeof(stretch->text));
		set.items[0].text[stretch->len] = '\0';
		set.items[0].len = stretch->len;
		set.items[0].min = set.items[0].max = 0;
		literals_offer(out, &set, stretch->min, stretch->max);
	}
	stretch->len = 0;
}

static bool
read_number(const char **at, size_t *value)
{
	const char *start = *at;

	*value = 0;
	/* PCRE2 takes no more than 65535. */
	for (; **at >= '0' && **at <= '9' && *at - start < 5; ++*at)
		*value = *value * 10 + (size_t)(**at - '0');
	return *at > start && (**at < '0' || **at > '9');
}

/* {n}, {n,}, {n,m}.  Whether {,m} and { n } are repeats or text depends on
 * the version of PCRE2. */
static bool
read_braces(const char **at, size_t *low, size_t *high)
{
	const char *p = *at + 1;

	if (!read_number(&p, low))
		return false;
	*high = *low;
	if (*p == ',') {
		p++;
		*high = SIZE_MAX;
		if (*p != '}' && !read_number(&p, high))
			return false;
	}
	if (*p != '}')
		return false;
	*at = p + 1;
	return true;
}

/* How often the part before may stand: once when nothing says so. */
static void
read_repeat(struct parser *parser, size_t *low, size_t *high)
{
	char c = *parser->at;

	*low = *high = 1;
	if (c == '{') {
		if (!read_braces(&parser->at, low, high))
			parser->lost = true;
	} else if (c == '*' || c == '+' || c == '?') {
		*low = c == '+' ? 1 : 0;
		*high = c == '?' ? 1 : SIZE_MAX;
		parser->at++;
	} else
		return;
	if (*parser->at == '?' || *parser->at == '+')
		parser->at++;
}

static void
set_bytes(struct part *out, size_t min, size_t max)
{
	out->min = min;
	out->max = max;
	out->needs.len = out->also.len = 0;
	out->needs.near = out->also.near = false;
}

/* Behind a backslash outside of a class.  Returns the character when it
 * stands for itself, else NUL. */
static char
parse_escape(struct parser *parser, struct part *out)
{
	char c = *parser->at;

	if (c == '\0') {
		parser->lost = true;
		return '\0';
	}
	parser->at++;
	if (strchr("bBAzZ", c) != NULL)
		set_bytes(out, 0, 0);
	else if (strchr("dwsntrfea", c) != NULL)
		set_bytes(out, 1, 1);
	else if (strchr("DWShHvVR", c) != NULL)
		set_bytes(out, 1, CHAR_MAX_BYTES);
	else if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	    (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80)
		parser->lost = true;
	else
		return c;
	return '\0';
}

/* Behind '[': whether only one byte can match. */
static void
parse_class(struct parser *parser, struct part *out)
{
	const char *p = parser->at;
	bool one = true;

	if (*p == '^') {
		one = false;
		p++;
	}
	if (*p == ']')
		p++;
	for (; *p != ']'; p++) {
		if (*p == '\0' || (*p == '[' && strchr(":.=", p[1]) != NULL)) {
			parser->lost = true;
			return;
		}
		if ((unsigned char)*p >= 0x80)
			one = false;
		if (*p != '\\')
			continue;
		p++;
		/* These change what ']' means. */
		if (*p == '\0' || strchr("QEc", *p) != NULL) {
			parser->lost = true;
			return;
		}
		if (strchr("dwsntrfeab", *p) == NULL && ((*p >= 'A' &&
		    *p <= 'Z') || (*p >= 'a' && *p <= 'z') ||
		    (*p >= '0' && *p <= '9') || (unsigned char)*p >= 0x80))
			one = false;
	}
	parser->at = p + 1;
	set_bytes(out, 1, one ? 1 : CHAR_MAX_BYTES);
}

/* (?i), (?s-i), (?i:...): letters that change no literal and no length. */
static bool
read_flags(struct parser *parser, bool *group)
{
	const char *p = parser->at;

	while (*p == 'i' || *p == 's' || *p == 'm' || *p == '-')
		p++;
	if (*p != ')' && *p != ':')
		return false;
	*group = *p == ':';
	parser->at = p + 1;
	return true;
}

enum group_kind {
	GROUP_PLAIN,	/* its match is part of the match */
	GROUP_AHEAD,	/* (?=...): must stand there, takes nothing */
	GROUP_OTHER,	/* may say what must not stand there, or before */
	GROUP_EMPTY	/* flags: already read */
};

/* Behind '(': reads up to the content. */
static enum group_kind
read_group(struct parser *parser)
{
	static const struct {
		const char *text;
		enum group_kind kind;
	} starts[] = {
		{ ":", GROUP_PLAIN }, { ">", GROUP_PLAIN },
		{ "=", GROUP_AHEAD }, { "!", GROUP_OTHER },
		{ "<=", GROUP_OTHER }, { "<!", GROUP_OTHER }
	};
	bool group;
	size_t i, len;

	if (*parser->at == '*')
		parser->lost = true;
	if (*parser->at != '?')
		return GROUP_PLAIN;
	parser->at++;
	for (i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		len = strlen(starts[i].text);
		if (strncmp(parser->at, starts[i].text, len) == 0) {
			parser->at += len;
			return starts[i].kind;
		}
	}
	if (read_flags(parser, &group))
		return group ? GROUP_PLAIN : GROUP_EMPTY;
	parser->lost = true;
	return GROUP_EMPTY;
}

static void
parse_group(struct parser *parser, struct part *out)
{
	enum group_kind kind = read_group(parser);

	set_bytes(out, 0, 0);
	if (kind == GROUP_EMPTY || parser->lost)
		return;
	if (++parser->depth > LITERAL_MAX_DEPTH) {
		parser->lost = true;
		return;
	}
	parse_choice(parser, out);
	parser->depth--;
	if (*parser->at == ')')
		parser->at++;
	else
		parser->lost = true;
	if (kind == GROUP_PLAIN)
		return;
	out->min = out->max = 0;
	if (kind == GROUP_OTHER)
		out->needs.len = out->also.len = 0;
}

/* One thing that a repeat may stand behind.  Returns the character when it
 * is a literal one. */
static char
parse_atom(struct parser *parser, struct part *out)
{
	uint32_t codepoint;
	char c = *parser->at;

	set_bytes(out, 1, 1);
	if ((unsigned char)c >= 0x80) {
		/* Other cases of it may be longer or shorter. */
		parser->at += text_decode(parser->at, strlen(parser->at),
		    &codepoint);
		set_bytes(out, 1, CHAR_MAX_BYTES);
		return '\0';
	}
	parser->at++;
	switch (c) {
	case '\\':
		return parse_escape(parser, out);
	case '[':
		parse_class(parser, out);
		return '\0';
	case '(':
		parse_group(parser, out);
		return '\0';
	case '.':
		set_bytes(out, 1, CHAR_MAX_BYTES);
		return '\0';
	case '^':
	case '$':
		set_bytes(out, 0, 0);
		return '\0';
	case '*':
	case '+':
	case '?':
	case '{':
		parser->lost = true;
		return '\0';
	default:
		return c;
	}
}

static void
lengthen(struct stretch *stretch, char c, const struct part *before)
{
	if (stretch->len == 0) {
		stretch->min = before->min;
		stretch->max = before->max;
	}
	if (stretch->len == LITERAL_KEEP)
		return;
	if (c >= 'A' && c <= 'Z')
		c = (char)(c - 'A' + 'a');
	stretch->text[stretch->len++] = c;
}

/* Things one behind the other, up to '|', ')' or the end. */
static void
parse_row(struct parser *parser, struct part *out)
{
	struct stretch stretch = { .len = 0 };
	struct part atom;
	size_t low, high;
	char c;

	set_bytes(out, 0, 0);
	while (!parser->lost && *parser->at != '\0' && *parser->at != '|' &&
	    *parser->at != ')') {
		c = parse_atom(parser, &atom);
		read_repeat(parser, &low, &high);
		/* A repeat of a repeat, or of nothing that has bytes. */
		if (*parser->at == '*' || *parser->at == '+' ||
		    *parser->at == '?')
			parser->lost = true;
		if (c != '\0' && low > 0) {
			/* The first of "s+" still belongs to the stretch. */
			lengthen(&stretch, c, out);
			if (low != 1 || high != 1)
				end_stretch(&stretch, out);
		} else if (atom.max > 0 || atom.needs.len > 0) {
			end_stretch(&stretch, out);
			if (low > 0) {
				literals_offer(out, &atom.needs, out->min, out->max);
				literals_offer_also(out, &atom.also);
			}
		}
		out->min = literals_add(out->min, times(atom.min, low));
		out->max = literals_add(out->max, times(atom.max, high));
	}
	end_stretch(&stretch, out);
}

/* Rows between bars: every one of them must need something. */
static void
parse_choice(struct parser *parser, struct part *out)
{
	struct part row;
	bool all = true, also = true, other = false;

	set_bytes(out, SIZE_MAX, 0);
	for (;;) {
		parse_row(parser, &row);
		if (row.min < out->min)
			out->min = row.min;
		if (row.max > out->max)
			out->max = row.max;
		all = all && literals_join(&out->needs, &row.needs);
		other = other || row.also.len > 0;
		also = also && literals_join(&out->also, row.also.len > 0 ?
		    &row.also : &row.needs);
		if (parser->lost || *parser->at != '|')
			break;
		parser->at++;
	}
	if (!all)
		out->needs.len = 0;
	/* The same words again would tell nothing. */
	if (!also || !other)
		out->also.len = 0;
	literals_judge_near(&out->needs);
}

void
literals_find(const char *pattern, struct literals *out,
    struct literals *also)
{
	struct parser parser = { .at = pattern };
	struct part part;

	out->len = also->len = 0;
	out->near = also->near = false;
	parse_choice(&parser, &part);
	if (parser.lost || *parser.at != '\0' || literals_worth(&part.needs) == 0)
		return;
	literals_copy(out, &part.needs);
	if (literals_rarity(&part.also) > 0)
		literals_copy(also, &part.also);
}

bool
literals_misled(const char *text, size_t len)
{
	const char *end = text + len, *p;

	for (p = text; (p = memchr(p, 0xc5, (size_t)(end - p))) != NULL; p++)
		if (end - p > 1 && (unsigned char)p[1] == 0xbf)
			return true;
	for (p = text; (p = memchr(p, 0xe2, (size_t)(end - p))) != NULL; p++)
		if (end - p > 2 && (unsigned char)p[1] == 0x84 &&
		    (unsigned char)p[2] == 0xaa)
			return true;
	return false;
}
