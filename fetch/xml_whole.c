/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Whole documents, checked against a schema, as a tree. */
#include "fetch/xml.h"

#include <limits.h>
#include <stdbool.h>
#include <string.h>

#include <libxml/parserInternals.h>
#include <libxml/relaxng.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "fetch/xml_fault.h"
#include "fetch/xml_guard.h"

/* Check against a schema: false, and `fault` or nothing when memory ran
 * out. */
static bool
validate(xmlDocPtr doc, const char *schema, size_t schema_len,
    struct xml_fault *fault)
{
	xmlRelaxNGParserCtxtPtr parser;
	xmlRelaxNGPtr rules = NULL;
	xmlRelaxNGValidCtxtPtr checker = NULL;
	bool valid = false;

	parser = schema_len > INT_MAX ? NULL :
	    xmlRelaxNGNewMemParserCtxt(schema, (int)schema_len);
	if (parser == NULL)
		goto out;
	xmlRelaxNGSetParserStructuredErrors(parser, xml_hear, fault);
	rules = xmlRelaxNGParse(parser);
	if (rules == NULL)
		goto out;
	checker = xmlRelaxNGNewValidCtxt(rules);
	if (checker == NULL)
		goto out;
	xmlRelaxNGSetValidStructuredErrors(checker, xml_hear, fault);
	valid = xmlRelaxNGValidateDoc(checker, doc) == 0;
out:
	xmlRelaxNGFreeValidCtxt(checker);
	xmlRelaxNGFree(rules);
	xmlRelaxNGFreeParserCtxt(parser);
	return valid;
}

/* The element that is being built. */
struct open_element {
	struct xml_element element;
	struct open_element *parent;
	struct xml_element *last;	/* child; NULL: none yet */
};

/* A tree being built from libxml2's events: its own takes three times as
 * long, which programs that start would wait for. */
struct builder {
	xmlParserCtxtPtr context;
	struct arena *arena;
	struct open_element *root, *open;
	struct buf text;	/* of the element that is open */
	bool failed;		/* memory was refused */
};

static void
give_up(struct builder *builder)
{
	builder->failed = true;
	xmlStopParser(builder->context);
}

static const char *
keep(struct builder *builder, const char *data, size_t len)
{
	const char *text = arena_copy(builder->arena, data, len);

	if (text == NULL)
		give_up(builder);
	return text;
}

/* The value of an attribute.  As entities are not replaced, libxml2 leaves
 * "&#38;" for each "&". */
static const char *
keep_value(struct builder *builder, const char *data, size_t len)
{
	static const char ref[] = "&#38;";
	const char *end = data + len, *next;

	if (memchr(data, '&', len) == NULL)
		return keep(builder, data, len);
	buf_clear(&builder->text);
	for (; data < end; data = next) {
		next = memchr(data, '&', (size_t)(end - data));
		next = next != NULL ? next + 1 : end;
		buf_add(&builder->text, data, (size_t)(next - data));
		if (next > data && next[-1] == '&' && (size_t)(end - next) >=
		    sizeof(ref) - 2 && memcmp(next, ref + 1,
		    sizeof(ref) - 2) == 0)
			next += sizeof(ref) - 2;
	}
	return keep(builder, buf_text(&builder->text), builder->text.len);
}

static void
link_element(struct builder *builder, struct open_element *element)
{
	struct open_element *parent = builder->open;

	element->parent = parent;
	if (parent == NULL)
		builder->root = element;
	else if (parent->last == NULL)
		parent->element.children = &element->element;
	else
		parent->last->next = &element->element;
	if (parent != NULL)
		parent->last = &element->element;
	builder->open = element;
}

/* `values` holds five pointers for each attribute: its name, prefix, URI,
 * and the begin and end of the value. */
static void
on_start(void *arg, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri, int namespaces, const xmlChar **uris, int count,
    int defaulted, const xmlChar **values)
{
	struct builder *builder = arg;
	const char *const *value = (const char *const *)values;
	struct xml_attribute *attributes = NULL;
	struct open_element *element;
	int i;

	(void)prefix;
	(void)uri;
	(void)namespaces;
	(void)uris;
	(void)defaulted;
	if (builder->failed)
		return;
	element = arena_alloc(builder->arena, 1, sizeof(*element));
	if (count > 0)
		attributes = arena_alloc(builder->arena, (size_t)count,
		    sizeof(*attributes));
	if (element == NULL || (count > 0 && attributes == NULL)) {
		give_up(builder);
		return;
	}
	for (i = 0; i < count; i++, value += 5) {
		attributes[i].name = keep(builder, value[0],
		    strlen(value[0]));
		attributes[i].value = keep_value(builder, value[3],
		    (size_t)(value[4] - value[3]));
	}
	element->element.name = keep(builder, (const char *)name,
	    strlen((const char *)name));
	element->element.text = "";
	element->element.attributes = attributes;
	element->element.attribute_len = (size_t)count;
	element->element.line = (uint64_t)builder->context->input->line;
	link_element(builder, element);
	buf_clear(&builder->text);
}

static void
on_end(void *arg, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri)
{
	struct builder *builder = arg;
	struct open_element *element = builder->open;

	(void)name;
	(void)prefix;
	(void)uri;
	if (builder->failed)
		return;
	if (builder->text.nomem || builder->text.full)
		give_up(builder);
	else if (element->last == NULL && builder->text.len > 0)
		element->element.text = keep(builder,
		    buf_text(&builder->text), builder->text.len);
	builder->open = element->parent;
	buf_clear(&builder->text);
}

static void
on_text(void *arg, const xmlChar *text, int len)
{
	struct builder *builder = arg;

	buf_add(&builder->text, (const char *)text, (size_t)len);
}

/* The root of a document; or NULL and `fault`, or nothing when memory ran
 * out. */
static const struct xml_element *
build(struct arena *arena, const char *data, size_t len,
    struct xml_fault *fault)
{
	static const xmlSAXHandler handler = {
		.initialized = XML_SAX2_MAGIC,
		.startElementNs = on_start,
		.endElementNs = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.cdataBlock = on_text
	};
	struct builder builder = { .arena = arena };

	builder.context = xmlCreateMemoryParserCtxt(data, (int)len);
	if (builder.context == NULL)
		return NULL;
	xmlCtxtUseOptions(builder.context, XML_OPTIONS);
	*builder.context->sax = handler;
	builder.context->userData = &builder;
	buf_init(&builder.text, len);
	xmlParseDocument(builder.context);
	xmlFreeParserCtxt(builder.context);
	buf_release(&builder.text);
	if (builder.failed || fault->heard || builder.root == NULL)
		return NULL;
	return &builder.root->element;
}

/* Is it well-formed, and does it fit the schema?  False, and `fault` or
 * nothing when memory ran out. */
static bool
fits(const char *name, const char *data, size_t len, const char *schema,
    size_t schema_len, struct xml_fault *fault)
{
	xmlDocPtr doc = xmlReadMemory(data, (int)len, name, NULL,
	    XML_OPTIONS);
	bool valid = doc != NULL && !fault->heard &&
	    validate(doc, schema, schema_len, fault);

	xmlFreeDoc(doc);
	return valid;
}

/* "NAME:LINE: what is wrong", the form that editors jump by. */
static const struct err *
load_error(const struct xml_fault *fault, const char *name)
{
	if (!fault->heard || fault->code == XML_ERR_NO_MEMORY)
		return err_memory();
	return err_new(ERR_CONFIG, "%s:%d: %s", name, fault->line,
	    fault->text);
}

const struct err *
xml_load(const struct xml_element **out, struct arena *arena,
    const char *name, const char *data, size_t len, const char *schema,
    size_t schema_len)
{
	struct xml_fault fault = { .heard = false };
	struct xml_guard guard = { .state = GUARD_TEXT };
	struct xml_listener before;
	const struct err *err = NULL;
	const char *why;

	*out = NULL;
	if (len == 0 || len > INT_MAX)
		return err_new(ERR_CONFIG, "%s: the document is %s", name,
		    len == 0 ? "empty" : "too large");
	why = xml_guard(&guard, data, len);
	if (why != NULL)
		return xml_refuse(name, 0, why);
	xml_listen(&before, &fault);
	if (schema == NULL ||
	    fits(name, data, len, schema, schema_len, &fault))
		*out = build(arena, data, len, &fault);
	if (*out == NULL)
		err = load_error(&fault, name);
	xml_unlisten(&before);
	return err;
}
