/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/intake.h"

#include <stdbool.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "fetch/bugjson.h"
#include "fetch/bugxml.h"
#include "fetch/json.h"
#include "fetch/xml.h"

/* The source, and the piece of it that was read last. */
struct piece {
	const struct intake_source *source;
	char *data;		/* JSON_CHUNK bytes */
	size_t len;
	size_t used;		/* of them, by the reader of XML */
};

/* Fill the piece as far as the source has bytes: parsers are slow on the
 * small pieces that a network hands out. */
static const struct err *
fill(struct piece *piece)
{
	const struct err *err;
	size_t got;

	piece->len = 0;
	piece->used = 0;
	do {
		got = 0;
		err = piece->source->read(piece->source->arg,
		    piece->data + piece->len, JSON_CHUNK - piece->len, &got);
		if (err != NULL)
			return err;
		piece->len += got;
	} while (got > 0 && piece->len < JSON_CHUNK);
	return NULL;
}

/* What the reader of XML pulls from. */
static const struct err *
pull(void *arg, char *data, size_t cap, size_t *got)
{
	struct piece *piece = arg;
	const struct err *err;
	size_t left;

	*got = 0;
	if (piece->used == piece->len) {
		err = fill(piece);
		if (err != NULL)
			return err;
	}
	left = piece->len - piece->used;
	*got = left < cap ? left : cap;
	if (*got > 0)
		memcpy(data, piece->data + piece->used, *got);
	piece->used += *got;
	return NULL;
}

static const struct err *
read_xml(struct piece *piece, const struct intake_sink *sink,
    struct intake_result *result)
{
	const struct xml_input input = {
		.read = pull, .arg = piece, .name = piece->source->name
	};

	return bugxml_read(&input, sink, result);
}

static const struct err *
read_json(struct piece *piece, const struct intake_sink *sink,
    struct intake_result *result)
{
	struct bugjson *reader = NULL;
	const struct err *err;

	err = bugjson_new(&reader, piece->source->name, sink, result);
	while (err == NULL && piece->len > 0) {
		err = bugjson_feed(reader, piece->data, piece->len);
		if (err == NULL)
			err = fill(piece);
	}
	if (err == NULL)
		err = bugjson_end(reader);
	bugjson_free(reader);
	return err;
}

/* Do the bytes begin so, in upper or lower case?  `word` is lower case. */
static bool
begins(const char *data, size_t len, const char *word)
{
	for (; *word != '\0'; word++, data++, len--)
		if (len == 0 || (*data != *word && (*data | 0x20) != *word))
			return false;
	return true;
}

/* What else it is, when it's neither JSON nor XML. */
static const struct err *
refuse(const char *name, const char *data, size_t len)
{
	const struct {
		const char *start;
		const char *what;
		const char *action;
	} others[] = {
		{ "\x1f\x8b", "is compressed with gzip",
		    "give it uncompressed (gzip -d)" },
		{ "<", "is HTML, not an answer of Bugzilla's REST interface",
		    "ask for /rest/bug, or for show_bug.cgi?ctype=xml" },
		{ "", "is neither JSON nor XML",
		    "give an answer of Bugzilla's REST interface or its "
		    "XML export" }
	};
	size_t i = 0;

	while (!begins(data, len, others[i].start))
		i++;
	return err_new(ERR_CONFIG, "%s: %s: its first bytes say so: %s",
	    name, others[i].what, others[i].action);
}

static bool
is_html(const char *data, size_t len)
{
	return begins(data, len, "<!doctype html") ||
	    begins(data, len, "<html") || begins(data, len, "<head") ||
	    begins(data, len, "<body");
}

/* Find out what it is, and read it. */
static const struct err *
sniff(struct piece *piece, const struct intake_sink *sink,
    struct intake_result *result)
{
	const char *data = piece->data;
	size_t len = piece->len;

	if (begins(data, len, "\xef\xbb\xbf")) {
		data += 3;
		len -= 3;
	}
	while (len > 0 && strchr(" \t\r\n", *data) != NULL && *data != '\0') {
		data++;
		len--;
	}
	if (len == 0)
		return err_new(ERR_CONFIG, "%s: is empty: an answer of "
		    "Bugzilla never is: get it again", piece->source->name);
	if (*data == '{' || *data == '[')
		return read_json(piece, sink, result);
	if (*data == '<' && !is_html(data, len))
		return read_xml(piece, sink, result);
	return refuse(piece->source->name, data, len);
}

const struct err *
intake_read(const struct intake_source *source,
    const struct intake_sink *sink, struct intake_result *result)
{
	struct piece piece = { .source = source };
	const struct err *err;

	*result = (struct intake_result){ .kind = INTAKE_NONE };
	piece.data = mem_alloc(JSON_CHUNK, 1);
	if (piece.data == NULL)
		return err_memory();
	err = fill(&piece);
	if (err == NULL)
		err = sniff(&piece, sink, result);
	mem_free(piece.data);
	return err;
}

const char *
intake_kind_name(enum intake_kind kind)
{
	static const char *const names[INTAKE_KIND__MAX] = {
		[INTAKE_NONE] = "none",
		[INTAKE_BUGS] = "bugs",
		[INTAKE_COMMENTS] = "comments",
		[INTAKE_HISTORY] = "history",
		[INTAKE_XML] = "xml",
		[INTAKE_MIXED] = "mixed"
	};

	return names[kind];
}
