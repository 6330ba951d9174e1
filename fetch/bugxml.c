/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/bugxml.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/text.h"
#include "fetch/bugpart.h"
#include "fetch/intake.h"
#include "fetch/xml.h"

/* How deep the elements stand. */
enum {
	DEPTH_ROOT,
	DEPTH_BUG,
	DEPTH_FIELD,		/* and <long_desc> */
	DEPTH_COMMENT_FIELD
};

/* What an element's text is for: one of these, or the fields of bug.h and
 * bugpart.h from the last three on. */
enum {
	FOR_NOTHING,
	FOR_ID,
	FOR_TEXT,
	FOR_NUM = FOR_TEXT + BUG_TEXT__MAX,
	FOR_COMMENT = FOR_NUM + BUG_NUM__MAX
};

struct bugxml {
	struct xml_stream *stream;
	const char *name;
	const struct intake_sink *sink;
	struct bugpart part;
	uint64_t entries;		/* <bug>s so far */
	bool in_comment;
	bool utc, not_utc;		/* zones that its times are told in */
	char error[BUGPART_SHOWN + 1];	/* why it can't be seen, "" */
	unsigned purpose;		/* of the text that is gathered */
	const char *element;		/* its name, for diagnostics */
	int depth;			/* where its element stands */
	struct buf text;
	struct buf clean;		/* the same, repaired */
	struct buf aliases;		/* joined */
};

static const struct {
	const char *xml;
	enum bugpart_comment field;
} comment_fields[] = {
	{ "commentid", COMMENT_ID },
	{ "comment_count", COMMENT_NUMBER },
	{ "attachid", COMMENT_ATTACHMENT },
	{ "who", COMMENT_CREATOR },
	{ "bug_when", COMMENT_TIME },
	{ "thetext", COMMENT_TEXT }
};

static void
find_place(void *arg, uint64_t *line, uint64_t *column)
{
	const struct bugxml *reader = arg;

	*line = xml_line(reader->stream);
	*column = 0;
}

static const char *
text_of(const xmlChar *text)
{
	return text != NULL ? (const char *)text : "";
}

/* An attribute's value, cut to what has room; "" when there is none. */
static void
get_attribute(const struct bugxml *reader, const char *name, char *out,
    size_t size)
{
	xmlChar *value = xmlTextReaderGetAttribute(xml_reader(reader->stream),
	    (const xmlChar *)name);
	const char *text = text_of(value);
	size_t len = text_cut(text, strlen(text), size - 1);

	memcpy(out, text, len);
	out[len] = '\0';
	xmlFree(value);
}

static void
begin_bug(struct bugxml *reader)
{
	reader->entries++;
	reader->utc = false;
	reader->not_utc = false;
	reader->in_comment = false;
	get_attribute(reader, "error", reader->error, sizeof(reader->error));
	bugpart_begin(&reader->part);
	bugpart_comments(&reader->part);
}

/* The export names a bug that it doesn't show. */
static void
report_invisible(struct bugxml *reader)
{
	int64_t id = reader->part.bug.id;
	char detail[sizeof(reader->error) + 2 + BUGPART_WHY];
	struct diag diag = {
		.code = DIAG_BUG_INVISIBLE,
		.bug = id,
		.where = reader->name,
		.detail = detail
	};

	snprintf(detail, sizeof(detail), "%s%s%s", reader->error,
	    id > 0 ? "" : ": ", id > 0 ? "" : reader->part.why);
	find_place(reader, &diag.line, &diag.column);
	diag_report(reader->sink->diags, &diag);
}

static const struct err *
end_bug(struct bugxml *reader)
{
	char called[64];

	if (reader->error[0] != '\0') {
		report_invisible(reader);
		return NULL;
	}
	snprintf(called, sizeof(called), "<bug> %" PRIu64, reader->entries);
	return bugpart_end(&reader->part, called);
}

static void
begin_comment(struct bugxml *reader)
{
	char is_private[BUGPART_SHOWN + 1];
	struct bugpart_value value = { .data = is_private };

	reader->in_comment = true;
	bugpart_comment(&reader->part);
	get_attribute(reader, "isprivate", is_private, sizeof(is_private));
	value.len = strlen(is_private);
	if (value.len > 0)
		bugpart_comment_set(&reader->part, COMMENT_PRIVATE,
		    "isprivate", &value);
}

/* Gather the text of the element, if a field has its name. */
static void
begin_field(struct bugxml *reader, const char *name)
{
	unsigned i;

	if (strcmp(name, "bug_id") == 0) {
		reader->purpose = FOR_ID;
		reader->element = "bug_id";
	}
	for (i = 0; i < BUG_TEXT__MAX; i++)
		if (strcmp(bug_text_names(i)->xml, name) == 0) {
			reader->purpose = FOR_TEXT + i;
			reader->element = bug_text_names(i)->xml;
		}
	for (i = 0; i < BUG_NUM__MAX; i++)
		if (bug_num_names(i)->xml != NULL &&
		    strcmp(bug_num_names(i)->xml, name) == 0) {
			reader->purpose = FOR_NUM + i;
			reader->element = bug_num_names(i)->xml;
		}
}

static void
begin_comment_field(struct bugxml *reader, const char *name)
{
	size_t count = sizeof(comment_fields) / sizeof(comment_fields[0]);

	for (size_t i = 0; i < count; i++)
		if (strcmp(comment_fields[i].xml, name) == 0) {
			reader->purpose = FOR_COMMENT +
			    comment_fields[i].field;
			reader->element = comment_fields[i].xml;
		}
}

/* Who has several aliases has several <alias>. */
static void
set_text(struct bugxml *reader, enum bug_text field,
    const struct bugpart_value *value)
{
	const struct bug *bug = &reader->part.bug;
	struct bugpart_value joined = *value;

	if (field == BUG_ALIAS && bug->text[field][0] != '\0') {
		buf_clear(&reader->aliases);
		buf_fmt(&reader->aliases, "%s, ", bug->text[field]);
		buf_add(&reader->aliases, value->data, value->len);
		joined.data = buf_text(&reader->aliases);
		joined.len = reader->aliases.len;
		reader->part.nomem |= reader->aliases.nomem;
		if (reader->aliases.full)
			bugpart_blame(reader->part.why, "alias is too long");
	}
	bugpart_text(&reader->part, field, &joined);
}

/*
 * Custom fields (cf_last_resolved is one) are exported as the database has
 * them: in its own zone and without saying which.  The other times carry
 * the zone; when that is UTC, so is the database's.  Else nobody can tell
 * what summer made of it, and it counts as not told.
 */
static void
set_num(struct bugxml *reader, enum bug_num field,
    const struct bugpart_value *value)
{
	static const char utc[] = " +0000", sample[] = "2014-03-26 23:51:38";
	const size_t utc_len = sizeof(utc) - 1, bare = sizeof(sample) - 1;
	struct bugpart_value zoned = *value;
	char time[sizeof(sample) + sizeof(utc)];

	if (field == BUG_LAST_RESOLVED && value->len == bare) {
		if (!reader->utc || reader->not_utc)
			return;
		memcpy(time, value->data, bare);
		memcpy(time + bare, utc, utc_len);
		zoned.data = time;
		zoned.len = bare + utc_len;
	} else if (bug_num_is_time(field) && value->len > utc_len) {
		if (memcmp(value->data + value->len - utc_len, utc,
		    utc_len) == 0)
			reader->utc = true;
		else
			reader->not_utc = true;
	}
	bugpart_num(&reader->part, field, reader->element, &zoned);
}

/* The text of a field is whole. */
static const struct err *
end_field(struct bugxml *reader)
{
	struct bugpart_value value = {
		.data = buf_text(&reader->text), .len = reader->text.len
	};
	unsigned purpose = reader->purpose;

	reader->purpose = FOR_NOTHING;
	buf_clear(&reader->clean);
	if (!text_is_clean(value.data, value.len)) {
		value.repaired = text_clean(&reader->clean, value.data,
		    value.len);
		value.data = buf_text(&reader->clean);
		value.len = reader->clean.len;
		if (reader->clean.nomem)
			return err_memory();
	}
	if (reader->text.nomem)
		return err_memory();
	if (reader->text.full || reader->clean.full)
		bugpart_blame(reader->part.why, "%s is too long",
		    reader->element);
	if (purpose >= FOR_COMMENT)
		bugpart_comment_set(&reader->part, purpose - FOR_COMMENT,
		    reader->element, &value);
	else if (purpose >= FOR_NUM)
		set_num(reader, purpose - FOR_NUM, &value);
	else if (purpose >= FOR_TEXT)
		set_text(reader, purpose - FOR_TEXT, &value);
	else
		bugpart_id(&reader->part, &value);
	return NULL;
}

static const struct err *
on_element(struct bugxml *reader, int depth, const char *name)
{
	if (depth == DEPTH_ROOT && strcmp(name, "bugzilla") != 0)
		return err_new(ERR_CONFIG, "%s: no export of Bugzilla: the "
		    "root element is <%.*s>, not <bugzilla>: ask for "
		    "show_bug.cgi?ctype=xml&id=ID", reader->name,
		    BUGPART_SHOWN, name);
	if (reader->purpose != FOR_NOTHING) {
		bugpart_blame(reader->in_comment ? reader->part.comment.why :
		    reader->part.why, "%s holds another element",
		    reader->element);
		return NULL;
	}
	if (depth == DEPTH_BUG) {
		if (strcmp(name, "bug") != 0)
			return err_new(ERR_CONFIG, "%s: no export of Bugzilla: "
			    "it holds <%.*s> where a <bug> should be: ask for "
			    "show_bug.cgi?ctype=xml&id=ID", reader->name,
			    BUGPART_SHOWN, name);
		begin_bug(reader);
	} else if (depth == DEPTH_FIELD && strcmp(name, "long_desc") == 0) {
		begin_comment(reader);
	} else if (depth == DEPTH_FIELD) {
		begin_field(reader, name);
	} else if (depth == DEPTH_COMMENT_FIELD && reader->in_comment) {
		begin_comment_field(reader, name);
	}
	reader->depth = depth;
	buf_clear(&reader->text);
	return NULL;
}

static const struct err *
on_element_end(struct bugxml *reader, int depth)
{
	if (reader->purpose != FOR_NOTHING)
		return depth == reader->depth ? end_field(reader) : NULL;
	if (depth == DEPTH_FIELD && reader->in_comment) {
		reader->in_comment = false;
		bugpart_comment_end(&reader->part);
	} else if (depth == DEPTH_BUG) {
		return end_bug(reader);
	}
	return NULL;
}

static const struct err *
on_node(struct bugxml *reader)
{
	xmlTextReaderPtr xml = xml_reader(reader->stream);
	int depth = xmlTextReaderDepth(xml);
	const struct err *err;

	switch (xmlTextReaderNodeType(xml)) {
	case XML_READER_TYPE_ELEMENT:
		err = on_element(reader, depth,
		    text_of(xmlTextReaderConstName(xml)));
		if (err == NULL && xmlTextReaderIsEmptyElement(xml) == 1)
			err = on_element_end(reader, depth);
		return err;
	case XML_READER_TYPE_END_ELEMENT:
		return on_element_end(reader, depth);
	case XML_READER_TYPE_TEXT:
	case XML_READER_TYPE_CDATA:
	case XML_READER_TYPE_WHITESPACE:
	case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
		if (reader->purpose != FOR_NOTHING)
			buf_str(&reader->text,
			    text_of(xmlTextReaderConstValue(xml)));
		return NULL;
	default:
		return NULL;
	}
}

static const struct err *
read_nodes(struct bugxml *reader)
{
	const struct diag empty = {
		.code = DIAG_ANSWER_EMPTY, .where = reader->name
	};
	const struct err *err;
	int more = 1;

	for (;;) {
		err = xml_step(reader->stream, &more);
		if (err != NULL || !more)
			break;
		err = on_node(reader);
		if (err != NULL)
			break;
	}
	if (err == NULL && reader->entries == 0)
		diag_report(reader->sink->diags, &empty);
	return err;
}

const struct err *
bugxml_read(const struct xml_input *input, const struct intake_sink *sink,
    struct intake_result *result)
{
	struct bugxml reader = {
		.name = input->name,
		.sink = sink,
		.part = {
			.name = input->name,
			.sink = sink,
			.result = result,
			.place = find_place,
			.place_arg = &reader
		}
	};
	const struct err *err;

	result->kind = INTAKE_XML;
	bugpart_init(&reader.part);
	buf_init(&reader.text, BUG_MAX_BYTES);
	buf_init(&reader.clean, BUG_MAX_BYTES);
	buf_init(&reader.aliases, BUG_MAX_BYTES);
	err = xml_stream_new(&reader.stream, input);
	if (err == NULL)
		err = read_nodes(&reader);
	xml_stream_free(reader.stream);
	buf_release(&reader.aliases);
	buf_release(&reader.clean);
	buf_release(&reader.text);
	bugpart_release(&reader.part);
	return err;
}
