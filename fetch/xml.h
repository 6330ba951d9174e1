/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * XML, by libxml2, with every door to the outside shut: no network, no
 * external entity or DTD is ever loaded, no entity is replaced, and a
 * document that *declares* entities is refused.  A bare DOCTYPE with a
 * system identifier is let pass and not followed, because Bugzilla's own
 * export carries one.  Documents are read as UTF-8, whatever they declare;
 * what is none is refused.  Here alone (fetch/xml*.c) libxml2's
 * parsers are opened.
 */
#ifndef FETCH_XML_H
#define FETCH_XML_H

#include <stddef.h>
#include <stdint.h>

#include <libxml/xmlreader.h>

struct arena;
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
 * An element of a whole document.  Namespaces, comments and processing
 * instructions are left out, and so is text beside child elements.
 */
struct xml_attribute {
	const char *name;
	const char *value;
};

struct xml_element {
	const char *name;
	const struct xml_attribute *attributes;
	size_t attribute_len;
	const char *text;	/* never NULL; "" where there are children */
	const struct xml_element *children;	/* the first, or NULL */
	const struct xml_element *next;		/* of the same parent */
	uint64_t line;		/* on which its start tag ends */
};

/*
 * Parse a whole document that is ours or the user's (a taxonomy) and check
 * it against a RELAX NG schema, both given as bytes; `schema` NULL skips
 * the check.  *out is the root; all of it stands in the caller's arena.
 * ERR_CONFIG, "NAME:LINE: what is wrong", for the first fault; an arena that
 * is full is told as memory refused.
 */
const struct err *xml_load(const struct xml_element **out,
    struct arena *arena, const char *name, const char *data, size_t len,
    const char *schema, size_t schema_len);

/* Limits; libxml2 adds its own: 10 million bytes of one text, 256 levels.
 * How long a tag may be stands in xml_guard.h. */
enum {
	XML_MAX_DEPTH = 64	/* an export nests 4 deep */
};

#endif
