/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "base/err.h"
#include "base/text.h"
#include "fetch/bugjson_private.h"
#include "fetch/intake.h"

/* Where to write what is wrong with the object that `scope` is part of;
 * NULL when nothing that is kept can be. */
static char *
why_of(struct bugjson *reader, enum scope scope)
{
	switch (scope) {
	case SCOPE_BUG:
	case SCOPE_TALK:
	case SCOPE_NAMES:
		return reader->part.why;
	case SCOPE_COMMENT:
		return reader->part.comment.why;
	case SCOPE_ENTRY:
		return reader->part.entry.why;
	case SCOPE_CHANGE:
		return reader->part.change.why;
	default:
		return NULL;
	}
}

static void
saw(struct bugjson *reader, enum intake_kind kind)
{
	if (reader->result->kind == INTAKE_NONE)
		reader->result->kind = kind;
	else if (reader->result->kind != kind)
		reader->result->kind = INTAKE_MIXED;
}

static void
begin_answer(struct bugjson *reader)
{
	reader->has_bugs = false;
	reader->has_comments = false;
	reader->is_error = false;
	reader->entries = 0;
	reader->code[0] = '\0';
	reader->message[0] = '\0';
}

static const struct err *
end_answer(struct bugjson *reader)
{
	const struct diag empty = {
		.code = DIAG_ANSWER_EMPTY, .where = reader->name
	};

	if (reader->is_error)
		return err_new(ERR_SERVER, "%s: the server answered with "
		    "error %s: %s: correct the request, or ask again later",
		    reader->name,
		    reader->code[0] != '\0' ? reader->code : "(no number)",
		    reader->message[0] != '\0' ? reader->message :
		    "no reason given");
	if (!reader->has_bugs && !reader->has_comments)
		return err_new(ERR_CONFIG, "%s: holds no bugs: the answer has "
		    "neither \"bugs\" nor \"comments\": ask for /rest/bug, "
		    "/rest/bug/ID/comment or /rest/bug/ID/history",
		    reader->name);
	if (reader->entries == 0) {
		saw(reader, reader->has_comments ? INTAKE_COMMENTS :
		    INTAKE_BUGS);
		diag_report(reader->sink->diags, &empty);
	}
	return NULL;
}

static void
begin_talk(struct bugjson *reader)
{
	const struct bugpart_value id = {
		.data = reader->key, .len = strlen(reader->key)
	};

	bugpart_begin(&reader->part);
	bugpart_id(&reader->part, &id);
}

static void
begin_comment(struct bugjson *reader)
{
	if (bugjson_scope(reader) == SCOPE_COMMENTS_BY_ID) {
		reader->entries++;
		bugpart_begin_loose(&reader->part);
		bugpart_comments(&reader->part);
	}
	bugpart_comment(&reader->part);
}

void
bugjson_open(struct bugjson *reader, enum scope scope)
{
	struct bugpart *part = &reader->part;

	switch (scope) {
	case SCOPE_ANSWER:
		begin_answer(reader);
		break;
	case SCOPE_BUGS:
	case SCOPE_BUGS_BY_ID:
		reader->has_bugs = true;
		break;
	case SCOPE_COMMENTS_BY_ID:
		reader->has_comments = true;
		break;
	case SCOPE_BUG:
		reader->entries++;
		bugpart_begin(part);
		break;
	case SCOPE_TALK:
		reader->entries++;
		begin_talk(reader);
		break;
	case SCOPE_COMMENTS:
		bugpart_comments(part);
		break;
	case SCOPE_COMMENT:
		begin_comment(reader);
		break;
	case SCOPE_HISTORY:
		bugpart_history(part);
		break;
	case SCOPE_ENTRY:
		bugpart_entry(part);
		break;
	case SCOPE_CHANGE:
		bugpart_change(part);
		break;
	case SCOPE_NAMES:
		buf_clear(&reader->names);
		reader->names_repaired = 0;
		break;
	case SCOPE_FAULT:
		reader->fault_id[0] = '\0';
		reader->fault_message[0] = '\0';
		break;
	default:
		break;
	}
}

static const struct err *
end_part(struct bugjson *reader, enum intake_kind kind)
{
	char called[64];

	saw(reader, kind);
	snprintf(called, sizeof(called), "entry %" PRIu64 " of \"%s\"",
	    reader->entries,
	    kind == INTAKE_COMMENTS && !reader->has_bugs ? "comments" :
	    "bugs");
	return bugpart_end(&reader->part, called);
}

/* /bug/ID/history tells no field of a bug but its alias, and that isn't
 * worth the look of a bug whose fields are known. */
static const struct err *
end_bug(struct bugjson *reader)
{
	struct bugpart *part = &reader->part;
	uint32_t fields = part->bug.have & ~BUG_HAVE_TEXT(BUG_ALIAS);

	if (!part->history_told || part->comments_told || fields != 0)
		return end_part(reader, INTAKE_BUGS);
	part->bug.have = 0;
	return end_part(reader, INTAKE_HISTORY);
}

static const struct err *
end_talk(struct bugjson *reader)
{
	if (!reader->part.comments_told)
		bugpart_blame(reader->part.why, "it has no comments");
	return end_part(reader, INTAKE_COMMENTS);
}

static const struct err *
end_names(struct bugjson *reader)
{
	const struct bugpart_value value = {
		.data = buf_text(&reader->names),
		.len = reader->names.len,
		.repaired = reader->names_repaired
	};

	if (reader->names.nomem)
		return err_memory();
	if (reader->names.full)
		bugpart_blame(reader->part.why, "%s is too long",
		    reader->field->name);
	bugpart_text(&reader->part, reader->field->which - FIELD_TEXT, &value);
	return NULL;
}

static void
end_fault(struct bugjson *reader)
{
	char detail[sizeof(reader->fault_id) + sizeof(reader->fault_message)];
	struct diag diag = {
		.code = DIAG_FAULT, .where = reader->name, .detail = detail
	};
	bool named = text_int(reader->fault_id, strlen(reader->fault_id),
	    &diag.bug);

	snprintf(detail, sizeof(detail), "%s%s%s",
	    named ? "" : reader->fault_id,
	    named || reader->fault_id[0] == '\0' ? "" : ": ",
	    reader->fault_message);
	json_place(reader->json, &diag.line, &diag.column);
	diag_report(reader->sink->diags, &diag);
}

const struct err *
bugjson_close(struct bugjson *reader, enum scope scope)
{
	switch (scope) {
	case SCOPE_ANSWER:
		return end_answer(reader);
	case SCOPE_BUG:
		return end_bug(reader);
	case SCOPE_TALK:
		return end_talk(reader);
	case SCOPE_COMMENT:
		bugpart_comment_end(&reader->part);
		if (reader->part.loose)
			return end_part(reader, INTAKE_COMMENTS);
		return NULL;
	case SCOPE_ENTRY:
		bugpart_entry_end(&reader->part);
		return NULL;
	case SCOPE_CHANGE:
		bugpart_change_end(&reader->part);
		return NULL;
	case SCOPE_NAMES:
		return end_names(reader);
	case SCOPE_FAULT:
		end_fault(reader);
		return NULL;
	default:
		return NULL;
	}
}

const struct err *
bugjson_wrong_field(struct bugjson *reader, enum kind kind)
{
	char *why = why_of(reader, bugjson_scope(reader));

	if (why != NULL) {
		bugpart_blame(why, "%s is %s", reader->field->name,
		    bugjson_kind_name(kind));
		return NULL;
	}
	if (bugjson_scope(reader) != SCOPE_ANSWER)
		return NULL;
	return err_new(ERR_CONFIG, "%s: no answer of Bugzilla: \"%s\" is %s: "
	    "get the answer again", reader->name, reader->field->name,
	    bugjson_kind_name(kind));
}

const struct err *
bugjson_wrong_element(struct bugjson *reader, enum scope scope,
    enum kind kind)
{
	char *why = why_of(reader, scope);

	if (scope == SCOPE_ANSWER)
		return err_new(ERR_CONFIG, "%s: no answer of Bugzilla: it is "
		    "%s, not an object: get the answer again", reader->name,
		    bugjson_kind_name(kind));
	if (scope == SCOPE_TALK && kind == KIND_LIST)
		return err_new(ERR_CONFIG, "%s: holds no bugs: these are the "
		    "attachments of bugs: ask for /rest/bug/ID/comment",
		    reader->name);
	bugjson_open(reader, scope);
	if (why != NULL)
		bugpart_blame(why, "it is %s", bugjson_kind_name(kind));
	return bugjson_close(reader, scope);
}

void
bugjson_add_name(struct bugjson *reader, const struct value *value)
{
	if (value->kind != KIND_TEXT) {
		bugpart_blame(reader->part.why, "%s holds %s",
		    reader->field->name, bugjson_kind_name(value->kind));
		return;
	}
	if (reader->names.len > 0)
		buf_str(&reader->names, ", ");
	buf_add(&reader->names, value->is.data, value->is.len);
	reader->names_repaired += value->is.repaired;
}

static void
set_answer(struct bugjson *reader, const struct value *value)
{
	const struct bugpart_value *is = &value->is;

	switch (reader->field->which) {
	case ANSWER_ERROR:
		/* Old interfaces give null, or an object with the error. */
		reader->is_error = value->kind != KIND_NULL &&
		    !(value->kind == KIND_FLAG && is->data[0] == '0');
		break;
	case ANSWER_CODE:
		bugjson_copy(reader->code, sizeof(reader->code), is);
		break;
	case ANSWER_MESSAGE:
		bugjson_copy(reader->message, sizeof(reader->message),
		    is);
		break;
	default:
		break;
	}
}

static void
set_bug(struct bugjson *reader, const struct value *value)
{
	unsigned which = reader->field->which;

	if (which == FIELD_ID)
		bugpart_id(&reader->part, &value->is);
	else if (which >= FIELD_NUM)
		bugpart_num(&reader->part, which - FIELD_NUM,
		    reader->field->name, &value->is);
	else if (which >= FIELD_TEXT)
		bugpart_text(&reader->part, which - FIELD_TEXT, &value->is);
}

void
bugjson_set(struct bugjson *reader, const struct value *value)
{
	const struct field *field = reader->field;

	switch (bugjson_scope(reader)) {
	case SCOPE_ANSWER:
		set_answer(reader, value);
		break;
	case SCOPE_BUG:
		set_bug(reader, value);
		break;
	case SCOPE_COMMENT:
		bugpart_comment_set(&reader->part, field->which, field->name,
		    &value->is);
		break;
	case SCOPE_ENTRY:
	case SCOPE_CHANGE:
		if (field->which < CHANGE__MAX)
			bugpart_change_set(&reader->part, field->which,
			    field->name, &value->is);
		break;
	case SCOPE_FAULT:
		if (field->which == FAULT_ID)
			bugjson_copy(reader->fault_id,
			    sizeof(reader->fault_id), &value->is);
		else
			bugjson_copy(reader->fault_message,
			    sizeof(reader->fault_message), &value->is);
		break;
	default:
		break;
	}
}
