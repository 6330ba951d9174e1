/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "taxonomy/draft.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
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

static const char *
name_of(const xmlNode *node)
{
	return (const char *)node->name;
}

bool
draft_is(const xmlNode *node, const char *name)
{
	return strcmp(name_of(node), name) == 0;
}

const xmlNode *
draft_element(const xmlNode *node)
{
	while (node != NULL && node->type != XML_ELEMENT_NODE)
		node = node->next;
	return node;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
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

/* The text of an element or attribute (`nodes` are its children; `what`
 * names it); never NULL. */
static const char *
text_of(struct draft *draft, const xmlNode *nodes, const char *what,
    uint64_t line)
{
	buf_clear(&draft->scratch);
	for (; nodes != NULL; nodes = nodes->next)
		if (nodes->type == XML_TEXT_NODE ||
		    nodes->type == XML_CDATA_SECTION_NODE)
			add_text(&draft->scratch, (const char *)nodes->content);
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
draft_pattern(struct draft *draft, const xmlNode *node)
{
	const xmlNode *child;

	buf_clear(&draft->scratch);
	for (child = node->children; child != NULL; child = child->next)
		if (child->type == XML_TEXT_NODE ||
		    child->type == XML_CDATA_SECTION_NODE)
			buf_str(&draft->scratch, (const char *)child->content);
	join_lines(&draft->scratch);
	return keep_shown(draft, name_of(node), xml_node_line(node));
}

const char *
draft_content(struct draft *draft, const xmlNode *node)
{
	return text_of(draft, node->children, name_of(node),
	    xml_node_line(node));
}

const char *
draft_attribute(struct draft *draft, const xmlNode *node, const char *name)
{
	const xmlAttr *attr;

	for (attr = node->properties; attr != NULL; attr = attr->next)
		if (strcmp((const char *)attr->name, name) == 0)
			return text_of(draft, attr->children, name,
			    xml_node_line(node));
	return NULL;
}

bool
draft_flag(struct draft *draft, const xmlNode *node, const char *name)
{
	const char *value = draft_attribute(draft, node, name);

	return value != NULL && strcmp(value, "true") == 0;
}

int64_t
draft_day(struct draft *draft, const xmlNode *node, const char *name)
{
	const char *value = draft_attribute(draft, node, name);
	int64_t result;

	if (value == NULL || *value == '\0')
		return DATE_NONE;
	if (date_parse_day(value, strlen(value), &result))
		return result;
	draft_fault(draft, draft->file, xml_node_line(node),
	    "%s=\"%s\": there is no such day: write YYYY-MM-DD", name, value);
	return DATE_NONE;
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
draft_number(struct draft *draft, const xmlNode *node, const char *name,
    int least, int most, int absent)
{
	const char *text = draft_attribute(draft, node, name);
	int value;

	if (text == NULL || *text == '\0')
		return absent;
	if (!parse_number(text, &value))
		draft_fault(draft, draft->file, xml_node_line(node),
		    "%s=\"%s\": this is no number: write one with at most "
		    "three decimals, such as 0.125", name, text);
	else if (value < least || value > most)
		draft_fault(draft, draft->file, xml_node_line(node),
		    "%s=\"%s\": out of range: write a number from %s%d.%03d "
		    "to %d", name, text, least < 0 ? "-" : "",
		    abs(least) / 1000, abs(least) % 1000, most / 1000);
	else
		return value;
	return absent;
}

int
draft_count(struct draft *draft, const xmlNode *node, const char *name,
    int least, int most)
{
	const char *text = draft_attribute(draft, node, name);
	int64_t value;

	if (*text == '\0')
		return least;
	if (text_int(text, strlen(text), &value) && value >= least &&
	    value <= most)
		return (int)value;
	draft_fault(draft, draft->file, xml_node_line(node), "%s=\"%s\": out "
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
draft_id(struct draft *draft, const xmlNode *node)
{
	const char *id = draft_attribute(draft, node, "id");

	if (*id != '\0' && !is_id(id))
		draft_fault(draft, draft->file, xml_node_line(node),
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
draft_tag_id(struct draft *draft, const xmlNode *node)
{
	uint64_t line = xml_node_line(node);
	const char *id = draft_attribute(draft, node, "id");
	const char *normal = draft_normal(draft, id, line);

	if (*normal != '\0' && strcmp(id, normal) != 0)
		draft_fault(draft, draft->file, line, "id=\"%s\": this is no "
		    "tag in its normal form: write \"%s\"", id, normal);
	return normal;
}
