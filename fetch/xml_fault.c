/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/xml_fault.h"

#include <inttypes.h>
#include <string.h>

#include "base/err.h"

void
xml_hear(void *arg, xmlErrorPtr error)
{
	struct xml_fault *fault = arg;
	const char *text = error->message != NULL ? error->message : "bad";
	size_t len = strcspn(text, "\n");

	/* Of a schema the first fault may have no line, and the next one. */
	if (error->level < XML_ERR_ERROR || (fault->heard &&
	    (error->domain != XML_FROM_RELAXNGV || fault->line > 0 ||
	    error->line <= 0)))
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

void
xml_listen(struct xml_listener *before, struct xml_fault *fault)
{
	xmlSetExternalEntityLoader(deny);
	before->func = xmlStructuredError;
	before->arg = xmlStructuredErrorContext;
	xmlSetStructuredErrorFunc(fault, xml_hear);
}

void
xml_unlisten(const struct xml_listener *before)
{
	xmlSetStructuredErrorFunc(before->arg, before->func);
}

const struct err *
xml_refuse(const char *name, uint64_t line, const char *what)
{
	static const char action[] = "look where the file comes from";

	if (line == 0)
		return err_new(ERR_CONFIG, "%s: %s: %s", name, what, action);
	return err_new(ERR_CONFIG, "%s: line %" PRIu64 ": %s: %s", name, line,
	    what, action);
}
