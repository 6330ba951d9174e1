/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Private to output/: libxml2's writer on a buffer of ours. */
#ifndef OUTPUT_XML_OUT_H
#define OUTPUT_XML_OUT_H

#include <stdbool.h>

#include <libxml/xmlwriter.h>

struct buf;

struct xml_out {
	xmlTextWriter *writer;
	bool failed;
	xmlStructuredErrorFunc before;	/* who heard of errors till now */
	void *before_arg;
};

/* Begin a document, with its declaration where it is `alone`, in lines that
 * are not indented.  False without memory, and there is then no writer.  End
 * it in any case: what failed makes `out` fail. */
bool xml_out_begin(struct xml_out *xml, bool alone, struct buf *out);
void xml_out_end(struct xml_out *xml, struct buf *out);

void xml_out_open(struct xml_out *xml, const char *name);
void xml_out_close(struct xml_out *xml);
/* Text and values are clean, as escape_line makes them. */
void xml_out_attribute(struct xml_out *xml, const char *name,
    const char *value);
void xml_out_text(struct xml_out *xml, const char *text);

#endif
