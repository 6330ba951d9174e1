/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * XML looked at before libxml2 sees it, for what libxml2 itself would do
 * too much with: declarations of entities, and tags so long that its search
 * for repeated attributes takes minutes (200,000 of them: ten).  Private to
 * xml.c.  Bytes are UTF-8, as xml.c tells libxml2.
 */
#ifndef FETCH_XML_GUARD_H
#define FETCH_XML_GUARD_H

#include <stddef.h>

/* All zero is the beginning of a document. */
struct xml_guard {
	enum xml_guard_state {
		GUARD_TEXT,
		GUARD_OPEN,	/* behind "<" */
		GUARD_BANG,	/* behind "<!" */
		GUARD_TAG,
		GUARD_DOCTYPE,
		GUARD_SPAN	/* comment, CDATA, processing instruction */
	} state;
	size_t tag;		/* bytes of the tag */
	char quote;		/* that is open in it, or 0 */
	char last;		/* of a span, before ">" */
	int run;		/* how many of them stand here */
	int need;		/* how many end it */
};

/* Look at the next bytes.  NULL, or why the document is refused:
 * "WHAT: WHY". */
const char *xml_guard(struct xml_guard *guard, const char *data, size_t len);

/* Limits */
enum {
	/* Four attributes are the most that an export has, an element of a
	 * taxonomy has a dozen. */
	XML_GUARD_TAG = 8 << 10
};

#endif
