/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/xml.h"

#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/xmlerror.h>

#include "base/err.h"
#include "base/mem.h"
#include "fetch/xml_guard.h"

/* Never NOENT, HUGE, RECOVER or one of DTD*; see xml.h.  What encoding a
 * document says it has is ignored: xml_guard() must read the same text. */
enum {
	PARSER_OPTIONS = XML_PARSE_NONET | XML_PARSE_BIG_LINES |
	    XML_PARSE_IGNORE_ENC
};

/* The first fault that libxml2 told of. */
struct fault {
	bool heard;
	int code;
	int line;
	int column;		/* 0 when it is not told */
	char text[256];
};

/* Who listened to libxml2 before us; see listen(). */
struct listener {
	xmlStructuredErrorFunc func;
	void *arg;
};

struct xml_stream {
	struct xml_input input;
	xmlTextReaderPtr reader;
	struct xml_guard guard;
	const struct err *err;	/* why the input gave nothing more */
	struct fault fault;
	bool dead;		/* an error has ended the reading */
};

static void
hear(void *arg, xmlErrorPtr error)
{
	struct fault *fault = arg;
	const char *text = error->message != NULL ? error->message : "bad";
	size_t len = strcspn(text, "\n");

	if (fault->heard || error->level < XML_ERR_ERROR)
		return;
	fault->heard = true;
	fault->code = error->code;
	fault->line = error->line;
	/* Where parser errors keep the column; RELAX NG has none. */
	fault->column = error->domain == XML_FROM_PARSER ? error->int2 : 0;
	if (len >= sizeof(fault->text))
		len = sizeof(fault->text) - 1;
	memcpy(fault->text, text, len);
	fault->text[len] = '\0';
}

static xmlParserInputPtr
deny(const char *url, const char *id, xmlParserCtxtPtr context)
{
	(void)url;
	(void)id;
	(void)context;
	return NULL;
}

/*
 * Between listen() and unlisten() all that libxml2 says goes to `fault`.
 * A handler of the parser's own is not enough: what is wrong with an
 * encoding or with memory is told to the thread's handler alone, which
 * writes to standard error by default.
 *
 * The entity loader is the process's, and there is nobody in it who may
 * load entities: it is set each time and never set back.
 */
static void
listen(struct listener *before, struct fault *fault)
{
	xmlSetExternalEntityLoader(deny);
	before->func = xmlStructuredError;
	before->arg = xmlStructuredErrorContext;
	xmlSetStructuredErrorFunc(fault, hear);
}

static void
unlisten(const struct listener *before)
{
	xmlSetStructuredErrorFunc(before->arg, before->func);
}

/* The fault as an error.  libxml2 reports a text over its limit of ten
 * million bytes as if memory had run out, and says "huge". */
static const struct err *
fault_error(const struct fault *fault, const char *name)
{
	if (!fault->heard)
		return err_memory();
	if (fault->code == XML_ERR_NO_MEMORY &&
	    strstr(fault->text, "huge") == NULL)
		return err_memory();
	if (fault->code == XML_ERR_NO_MEMORY)
		return err_new(ERR_CONFIG, "%s: line %d: the text is too "
		    "large: it has over ten million bytes: export without "
		    "attachments (excludefield=attachmentdata)", name,
		    fault->line);
	if (fault->column > 0)
		return err_new(ERR_CONFIG, "%s: line %d, byte %d: no XML: "
		    "%s: get the file again", name, fault->line,
		    fault->column, fault->text);
	return err_new(ERR_CONFIG, "%s: line %d: no XML: %s: get the file "
	    "again", name, fault->line, fault->text);
}

/* Something that libxml2 would let pass; `what` is "WHAT: WHY", `line` 0
 * when it isn't known. */
static const struct err *
refuse(const char *name, uint64_t line, const char *what)
{
	static const char action[] = "look where the file comes from";

	if (line == 0)
		return err_new(ERR_CONFIG, "%s: %s: %s", name, what, action);
	return err_new(ERR_CONFIG, "%s: line %" PRIu64 ": %s: %s", name, line,
	    what, action);
}

static int
pull(void *arg, char *data, int cap)
{
	struct xml_stream *stream = arg;
	const char *why;
	size_t got = 0;

	if (stream->err == NULL)
		stream->err = stream->input.read(stream->input.arg, data,
		    (size_t)cap, &got);
	if (stream->err != NULL)
		return -1;
	why = xml_guard(&stream->guard, data, got);
	if (why != NULL) {
		stream->err = refuse(stream->input.name, 0, why);
		return -1;
	}
	return (int)got;
}

const struct err *
xml_stream_new(struct xml_stream **out, const struct xml_input *input)
{
	struct xml_stream *stream;
	struct listener before;

	*out = NULL;
	stream = mem_alloc(1, sizeof(*stream));
	if (stream == NULL)
		return err_memory();
	stream->input = *input;
	listen(&before, &stream->fault);
	stream->reader = xmlReaderForIO(pull, NULL, stream, NULL, NULL,
	    PARSER_OPTIONS);
	unlisten(&before);
	if (stream->reader == NULL) {
		mem_free(stream);
		return err_memory();
	}
	*out = stream;
	return NULL;
}

void
xml_stream_free(struct xml_stream *stream)
{
	if (stream == NULL)
		return;
	xmlFreeTextReader(stream->reader);
	mem_free(stream);
}

xmlTextReaderPtr
xml_reader(struct xml_stream *stream)
{
	return stream->reader;
}

uint64_t
xml_line(struct xml_stream *stream)
{
	const xmlNode *node = xmlTextReaderCurrentNode(stream->reader);
	uint64_t line = node != NULL ? xml_node_line(node) : 0;
	int ahead;

	/* A node has 16 bits for it.  The parser has read a little on. */
	if (line > 0 && line < UINT16_MAX)
		return line;
	ahead = xmlTextReaderGetParserLineNumber(stream->reader);
	return ahead > 0 ? (uint64_t)ahead : 0;
}

/* Refuse what libxml2 lets pass. */
static const struct err *
check_node(struct xml_stream *stream)
{
	const char *name = stream->input.name;
	uint64_t line = xml_line(stream);

	if (xmlTextReaderNodeType(stream->reader) ==
	    XML_READER_TYPE_ENTITY_REFERENCE)
		return refuse(name, line, "the document refers to an entity "
		    "that it lacks: text would be lost");
	if (xmlTextReaderDepth(stream->reader) > XML_MAX_DEPTH)
		return refuse(name, line, "nested too deeply: no export of "
		    "Bugzilla is");
	return NULL;
}

const struct err *
xml_step(struct xml_stream *stream, int *more)
{
	struct listener before;
	const struct err *err = NULL;
	int result;

	*more = 0;
	if (stream->dead)
		return err_new(ERR_CONFIG, "%s: not read further: an error "
		    "came before: see there", stream->input.name);
	listen(&before, &stream->fault);
	result = xmlTextReaderRead(stream->reader);
	unlisten(&before);
	if (stream->err != NULL)
		err = stream->err;
	else if (result < 0 || stream->fault.heard)
		err = fault_error(&stream->fault, stream->input.name);
	else if (result > 0)
		err = check_node(stream);
	if (err == NULL)
		*more = result > 0;
	else
		stream->dead = true;
	return err;
}

/* A document, or NULL and `fault`. */
static xmlDocPtr
parse(const char *name, const char *data, size_t len, struct fault *fault)
{
	xmlDocPtr doc = xmlReadMemory(data, (int)len, name, NULL,
	    PARSER_OPTIONS);

	if (doc != NULL && fault->heard) {
		xmlFreeDoc(doc);
		doc = NULL;
	}
	return doc;
}

/* Check against a schema: false, and `fault` or nothing when memory ran
 * out. */
static bool
validate(xmlDocPtr doc, const char *schema, size_t schema_len,
    struct fault *fault)
{
	xmlRelaxNGParserCtxtPtr parser;
	xmlRelaxNGPtr rules = NULL;
	xmlRelaxNGValidCtxtPtr checker = NULL;
	bool valid = false;

	parser = schema_len > INT_MAX ? NULL :
	    xmlRelaxNGNewMemParserCtxt(schema, (int)schema_len);
	if (parser == NULL)
		goto out;
	xmlRelaxNGSetParserStructuredErrors(parser, hear, fault);
	rules = xmlRelaxNGParse(parser);
	if (rules == NULL)
		goto out;
	checker = xmlRelaxNGNewValidCtxt(rules);
	if (checker == NULL)
		goto out;
	xmlRelaxNGSetValidStructuredErrors(checker, hear, fault);
	valid = xmlRelaxNGValidateDoc(checker, doc) == 0;
out:
	xmlRelaxNGFreeValidCtxt(checker);
	xmlRelaxNGFree(rules);
	xmlRelaxNGFreeParserCtxt(parser);
	return valid;
}

/* "NAME:LINE: what is wrong", the form that editors jump by. */
static const struct err *
load_error(const struct fault *fault, const char *name)
{
	if (!fault->heard || fault->code == XML_ERR_NO_MEMORY)
		return err_memory();
	return err_new(ERR_CONFIG, "%s:%d: %s", name, fault->line,
	    fault->text);
}

const struct err *
xml_load(xmlDocPtr *out, const char *name, const char *data, size_t len,
    const char *schema, size_t schema_len)
{
	struct fault fault = { .heard = false };
	struct xml_guard guard = { .state = GUARD_TEXT };
	struct listener before;
	const struct err *err = NULL;
	const char *why;
	xmlDocPtr doc;

	*out = NULL;
	if (len == 0 || len > INT_MAX)
		return err_new(ERR_CONFIG, "%s: the document is %s", name,
		    len == 0 ? "empty" : "too large");
	why = xml_guard(&guard, data, len);
	if (why != NULL)
		return refuse(name, 0, why);
	listen(&before, &fault);
	doc = parse(name, data, len, &fault);
	if (doc == NULL)
		err = load_error(&fault, name);
	else if (schema != NULL &&
	    !validate(doc, schema, schema_len, &fault))
		err = load_error(&fault, name);
	unlisten(&before);
	if (err != NULL)
		xmlFreeDoc(doc);
	else
		*out = doc;
	return err;
}

uint64_t
xml_node_line(const xmlNode *node)
{
	long line = xmlGetLineNo(node);

	return line > 0 ? (uint64_t)line : 0;
}
