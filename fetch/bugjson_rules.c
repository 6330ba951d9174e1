/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/bugjson_private.h"

/* A field without objects or lists in it. */
#define PLAIN(name, kinds, which) \
	{ name, kinds, which, SCOPE_SKIPPED, SCOPE_SKIPPED }
#define LIST_OF(name, which, scope) \
	{ name, KIND_LIST, which, SCOPE_SKIPPED, scope }

static const struct field answer[] = {
	{ "bugs", KIND_OBJECT | KIND_LIST, ANSWER_BUGS,
	    SCOPE_BUGS_BY_ID, SCOPE_BUGS },
	{ "comments", KIND_OBJECT, ANSWER_COMMENTS,
	    SCOPE_COMMENTS_BY_ID, SCOPE_SKIPPED },
	LIST_OF("faults", ANSWER_FAULTS, SCOPE_FAULTS),
	PLAIN("error", KIND_ANY, ANSWER_ERROR),
	PLAIN("code", KIND_ANY, ANSWER_CODE),
	PLAIN("message", KIND_ANY, ANSWER_MESSAGE)
};

static const struct field talk[] = {
	LIST_OF("comments", FIELD_COMMENTS, SCOPE_COMMENTS)
};

/* Not raw_text and author: text holds the one, creator is the other. */
static const struct field comment[] = {
	PLAIN("id", KIND_NUMBER, COMMENT_ID),
	PLAIN("bug_id", KIND_NUMBER, COMMENT_BUG),
	PLAIN("count", KIND_NUMBER, COMMENT_NUMBER),
	PLAIN("time", KIND_TEXT, COMMENT_TIME),
	PLAIN("creation_time", KIND_TEXT, COMMENT_TIME),
	PLAIN("attachment_id", KIND_NUMBER, COMMENT_ATTACHMENT),
	PLAIN("is_private", KIND_FLAG | KIND_NUMBER, COMMENT_PRIVATE),
	PLAIN("creator", KIND_TEXT, COMMENT_CREATOR),
	PLAIN("text", KIND_TEXT, COMMENT_TEXT)
};

static const struct field entry[] = {
	PLAIN("when", KIND_TEXT, CHANGE_WHEN),
	PLAIN("who", KIND_TEXT, CHANGE_WHO),
	LIST_OF("changes", CHANGE__MAX, SCOPE_CHANGES)
};

static const struct field change[] = {
	PLAIN("field_name", KIND_TEXT, CHANGE_FIELD),
	PLAIN("removed", KIND_TEXT, CHANGE_REMOVED),
	PLAIN("added", KIND_TEXT, CHANGE_ADDED)
};

static const struct field fault[] = {
	PLAIN("id", KIND_ANY, FAULT_ID),
	PLAIN("faultString", KIND_ANY, FAULT_MESSAGE)
};

#define HAS(fields) \
	{ fields, sizeof(fields) / sizeof(fields[0]), SCOPE_STREAM }

static const struct rule rules[SCOPE__MAX] = {
	[SCOPE_STREAM] = { NULL, 0, SCOPE_ANSWER },
	[SCOPE_ANSWER] = HAS(answer),
	[SCOPE_BUGS] = { NULL, 0, SCOPE_BUG },
	[SCOPE_BUGS_BY_ID] = { NULL, 0, SCOPE_TALK },
	[SCOPE_TALK] = HAS(talk),
	[SCOPE_COMMENTS] = { NULL, 0, SCOPE_COMMENT },
	[SCOPE_COMMENTS_BY_ID] = { NULL, 0, SCOPE_COMMENT },
	[SCOPE_COMMENT] = HAS(comment),
	[SCOPE_HISTORY] = { NULL, 0, SCOPE_ENTRY },
	[SCOPE_ENTRY] = HAS(entry),
	[SCOPE_CHANGES] = { NULL, 0, SCOPE_CHANGE },
	[SCOPE_CHANGE] = HAS(change),
	[SCOPE_FAULTS] = { NULL, 0, SCOPE_FAULT },
	[SCOPE_FAULT] = HAS(fault)
};

const struct rule *
bugjson_rule(enum scope scope)
{
	return &rules[scope];
}

void
bugjson_bug_fields(struct field out[FIELD__MAX])
{
	unsigned i;

	out[FIELD_ID] = (struct field)PLAIN("id", KIND_NUMBER, FIELD_ID);
	out[FIELD_COMMENTS] = (struct field)LIST_OF("comments",
	    FIELD_COMMENTS, SCOPE_COMMENTS);
	out[FIELD_HISTORY] = (struct field)LIST_OF("history", FIELD_HISTORY,
	    SCOPE_HISTORY);
	for (i = 0; i < BUG_TEXT__MAX; i++) {
		struct field *field = &out[FIELD_TEXT + i];

		*field = (struct field)PLAIN(bug_text_names(i)->rest,
		    KIND_TEXT, FIELD_TEXT + i);
		/* 5.x has several aliases, as a list. */
		if (i == BUG_KEYWORDS || i == BUG_ALIAS) {
			field->kinds |= KIND_LIST;
			field->list = SCOPE_NAMES;
		}
	}
	for (i = 0; i < BUG_NUM__MAX; i++)
		out[FIELD_NUM + i] = (struct field)PLAIN(
		    bug_num_names(i)->rest,
		    bug_num_is_time(i) ? KIND_TEXT : KIND_NUMBER,
		    FIELD_NUM + i);
}

const char *
bugjson_kind_name(enum kind kind)
{
	switch (kind) {
	case KIND_NUMBER:
		return "a number";
	case KIND_TEXT:
		return "a text";
	case KIND_FLAG:
		return "true or false";
	case KIND_OBJECT:
		return "an object";
	case KIND_LIST:
		return "a list";
	default:
		return "null";
	}
}
