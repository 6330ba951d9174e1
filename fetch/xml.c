/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/xml.h"

#include <limits.h>
#include <stdbool.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "fetch/xml_fault.h"
#include "fetch/xml_guard.h"

struct xml_stream {
	struct xml_input input;
	xmlTextReaderPtr reader;
	struct xml_guard guard;
	const struct err *err;	/* why the input gave nothing more */
	struct xml_fault fault;
	bool dead;		/* an error has ended the reading */
};

/* The fault as an error.  libxml2 reports a text over its limit of ten
 * million bytes as if memory had run out, and says "huge". */
static const struct err *
fault_error(const struct xml_fault *fault, const char *name)
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
		stream->err = xml_refuse(stream->input.name, 0, why);
		return -1;
	}
	return (int)got;
}

const struct err *
xml_stream_new(struct xml_stream **out, const struct xml_input *input)
{
	struct xml_stream *stream;
	struct xml_listener before;

	*out = NULL;
	stream = mem_alloc(1, sizeof(*stream));
	if (stream == NULL)
		return err_memory();
	stream->input = *input;
	xml_listen(&before, &stream->fault);
	stream->reader = xmlReaderForIO(pull, NULL, stream, NULL, NULL,
	    XML_OPTIONS);
	xml_unlisten(&before);
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
	long known = node != NULL ? xmlGetLineNo(node) : 0;
	int ahead;

	/* A node has 16 bits for it.  The parser has read a little on. */
	if (known > 0 && known < UINT16_MAX)
		return (uint64_t)known;
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
		return xml_refuse(name, line, "the document refers to an entity "
		    "that it lacks: text would be lost");
	if (xmlTextReaderDepth(stream->reader) > XML_MAX_DEPTH)
		return xml_refuse(name, line, "nested too deeply: no export of "
		    "Bugzilla is");
	return NULL;
}

const struct err *
xml_step(struct xml_stream *stream, int *more)
{
	struct xml_listener before;
	const struct err *err = NULL;
	int result;

	*more = 0;
	if (stream->dead)
		return err_new(ERR_CONFIG, "%s: not read further: an error "
		    "came before: see there", stream->input.name);
	xml_listen(&before, &stream->fault);
	result = xmlTextReaderRead(stream->reader);
	xml_unlisten(&before);
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
