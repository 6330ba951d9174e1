/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "taxonomy/draft.h"

#include <stdarg.h>
#include <stdio.h>
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
draft_grown(struct draft *draft, void *items, size_t len, size_t size)
{
	void *grown;

	/* Full at each power of two. */
	if ((len & (len - 1)) != 0)
		return items;
	grown = arena_alloc(&draft->taxonomy->arena, len == 0 ? 1 : 2 * len,
	    size);
	if (grown == NULL)
		draft->failed = true;
	else if (len > 0)
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

/* Append without the blanks that only lay out the file: each run of them
 * becomes one space, and none comes first. */
static void
add_text(struct buf *out, const char *str)
{
	size_t len;

	while (*str != '\0') {
		len = strcspn(str, " \t\n\r");
		if (len > 0)
			buf_add(out, str, len);
		str += len;
		len = strspn(str, " \t\n\r");
		if (len > 0 && out->len > 0 && out->data[out->len - 1] != ' ')
			buf_char(out, ' ');
		str += len;
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

/*
 * The text of an element or attribute (`nodes` are its children; `what`
 * names it): never NULL, and a fault when it is empty.
 */
static const char *
text_of(struct draft *draft, const xmlNode *nodes, const char *what,
    uint64_t line)
{
	const char *text;

	buf_clear(&draft->scratch);
	for (; nodes != NULL; nodes = nodes->next)
		if (nodes->type == XML_TEXT_NODE ||
		    nodes->type == XML_CDATA_SECTION_NODE)
			add_text(&draft->scratch, (const char *)nodes->content);
	text = draft_keep(draft);
	if (*text == '\0' && !draft->failed)
		draft_fault(draft, draft->file, line, "%s is empty: it says "
		    "nothing: write something or leave it out", what);
	if (!text_is_clean(text, strlen(text)))
		draft_fault(draft, draft->file, line, "%s holds a control "
		    "character: it can't be shown: remove it", what);
	return text;
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
