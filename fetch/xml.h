/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * XML, by libxml2, with every door to the outside shut: no network, no
 * external entity or DTD is ever loaded, no entity is replaced, and a
 * document that *declares* entities is refused.  A bare DOCTYPE with a
 * system identifier is let pass and not followed, because Bugzilla's own
 * export carries one.  Documents are read as UTF-8, whatever they declare;
 * what is none is refused.  This is the one file that opens libxml2's
 * parsers.
 */
#ifndef FETCH_XML_H
#define FETCH_XML_H

#include <stddef.h>
#include <stdint.h>

#include <libxml/tree.h>
#include <libxml/xmlreader.h>

struct err;

/* Where bytes come from: fill up to `cap`, *got 0 at the end. */
struct xml_input {
	const struct err *(*read)(void *arg, char *data, size_t cap,
	    size_t *got);
	void *arg;
	const char *name;	/* what errors call the source */
};

/*
 * A streaming reader.  xml_step moves to the next node: *more is false at
 * the end.  Bad XML is ERR_CONFIG with line and column.  `reader` is for
 * looking (xmlTextReaderConst*), not for moving.
 */
struct xml_stream;
const struct err *xml_stream_new(struct xml_stream **out,
    const struct xml_input *input);
void xml_stream_free(struct xml_stream *stream);
const struct err *xml_step(struct xml_stream *stream, int *more);
xmlTextReaderPtr xml_reader(struct xml_stream *stream);
/* About where the node stands; from 65,535 on a little behind it. */
uint64_t xml_line(struct xml_stream *stream);

/*
 * Parse a whole document that is ours or the user's (a taxonomy) and check
 * it against a RELAX NG schema, both given as bytes; `schema` NULL skips
 * the check.  ERR_CONFIG, "NAME:LINE: what is wrong", for the first fault.
 * The caller frees with xmlFreeDoc.
 */
const struct err *xml_load(xmlDocPtr *out, const char *name,
    const char *data, size_t len, const char *schema, size_t schema_len);

/* Line of a node, also beyond 65,535. */
uint64_t xml_node_line(const xmlNode *node);

/* Limits; libxml2 adds its own: 10 million bytes of one text, 256 levels.
 * How long a tag may be stands in xml_guard.h. */
enum {
	XML_MAX_DEPTH = 64	/* an export nests 4 deep */
};

#endif
