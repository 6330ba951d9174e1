/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/xml_out.h"

#include <string.h>

#include "base/buf.h"

static int
drain(void *arg, const char *data, int len)
{
	buf_add(arg, data, (size_t)len);
	return len;
}

/* Some of the library's failures are told of in no other way. */
static void
hear(void *arg, xmlErrorPtr error)
{
	struct xml_out *xml = arg;

	(void)error;
	xml->failed = true;
}

static void
watch(struct xml_out *xml, int result)
{
	xml->failed = xml->failed || result < 0;
}

bool
xml_out_begin(struct xml_out *xml, bool alone, struct buf *out)
{
	xmlOutputBuffer *to;

	memset(xml, 0, sizeof(*xml));
	xml->before = xmlStructuredError;
	xml->before_arg = xmlStructuredErrorContext;
	xmlSetStructuredErrorFunc(xml, hear);
	if (alone)
		buf_str(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	to = xmlOutputBufferCreateIO(drain, NULL, out, NULL);
	if (to == NULL)
		return false;
	xml->writer = xmlNewTextWriter(to);
	if (xml->writer == NULL) {
		(void)xmlOutputBufferClose(to);
		return false;
	}
	watch(xml, xmlTextWriterSetIndent(xml->writer, 1));
	watch(xml, xmlTextWriterSetIndentString(xml->writer,
	    (const xmlChar *)""));
	return true;
}

void
xml_out_end(struct xml_out *xml, struct buf *out)
{
	if (xml->writer == NULL)
		xml->failed = true;
	else	/* It is flushed by this. */
		xmlFreeTextWriter(xml->writer);
	xmlSetStructuredErrorFunc(xml->before_arg, xml->before);
	out->nomem = out->nomem || xml->failed;
}

void
xml_out_open(struct xml_out *xml, const char *name)
{
	watch(xml, xmlTextWriterStartElement(xml->writer,
	    (const xmlChar *)name));
}

void
xml_out_close(struct xml_out *xml)
{
	watch(xml, xmlTextWriterEndElement(xml->writer));
}

void
xml_out_attribute(struct xml_out *xml, const char *name, const char *value)
{
	watch(xml, xmlTextWriterWriteAttribute(xml->writer,
	    (const xmlChar *)name, (const xmlChar *)value));
}

void
xml_out_text(struct xml_out *xml, const char *text)
{
	watch(xml, xmlTextWriterWriteString(xml->writer,
	    (const xmlChar *)text));
}
