/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * What the readers of XML share: how libxml2 is asked, and how it is heard.
 * Private to fetch/xml*.c.
 */
#ifndef FETCH_XML_FAULT_H
#define FETCH_XML_FAULT_H

#include <stdbool.h>
#include <stdint.h>

#include <libxml/parser.h>
#include <libxml/xmlerror.h>

struct err;

/* Never NOENT, HUGE, RECOVER or one of DTD*; see xml.h.  What encoding a
 * document says it has is ignored: xml_guard() must read the same text. */
enum {
	XML_OPTIONS = XML_PARSE_NONET | XML_PARSE_BIG_LINES |
	    XML_PARSE_IGNORE_ENC
};

/* The first fault that libxml2 told of. */
struct xml_fault {
	bool heard;
	int code;
	int line;
	int column;		/* 0 when it is not told */
	char text[256];
};

/* Who listened to libxml2 before us. */
struct xml_listener {
	xmlStructuredErrorFunc func;
	void *arg;
};

/*
 * Between xml_listen() and xml_unlisten() all that libxml2 says goes to
 * `fault`.  A handler of the parser's own is not enough: what is wrong with
 * an encoding or with memory is told to the thread's handler alone, which
 * writes to standard error by default.
 *
 * The entity loader is the process's, and there is nobody in it who may
 * load entities: it is set each time and never set back.
 */
void xml_listen(struct xml_listener *before, struct xml_fault *fault);
void xml_unlisten(const struct xml_listener *before);
/* The handler itself, for what asks for one of its own. */
void xml_hear(void *fault, xmlErrorPtr error);

/* Something that libxml2 would let pass; `what` is "WHAT: WHY", `line` 0
 * when it isn't known. */
const struct err *xml_refuse(const char *name, uint64_t line,
    const char *what);

#endif
