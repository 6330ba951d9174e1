/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * What the files of the reader of REST answers share.  Nobody else includes
 * this.
 *
 *	bugjson_rules.c	the shape of the answers, as tables
 *	bugjson_parts.c	what each object and field is read into
 *	bugjson.c	the machine that follows the rules
 */
#ifndef FETCH_BUGJSON_PRIVATE_H
#define FETCH_BUGJSON_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "fetch/bug.h"
#include "fetch/bugjson.h"
#include "fetch/bugpart.h"
#include "fetch/json.h"

struct err;

/* What the reader stands in. */
enum scope {
	SCOPE_STREAM,		/* between answers */
	SCOPE_ANSWER,		/* {"bugs":BUGS or BUGS_BY_ID,...} */
	SCOPE_BUGS,		/* [BUG,...] */
	SCOPE_BUG,		/* fields, "comments", "history" */
	SCOPE_BUGS_BY_ID,	/* {"ID":TALK,...} */
	SCOPE_TALK,		/* {"comments":COMMENTS} */
	SCOPE_COMMENTS,		/* [COMMENT,...] */
	SCOPE_COMMENTS_BY_ID,	/* {"ID":COMMENT,...} */
	SCOPE_COMMENT,
	SCOPE_HISTORY,		/* [ENTRY,...] */
	SCOPE_ENTRY,		/* {"when":...,"who":...,"changes":CHANGES} */
	SCOPE_CHANGES,		/* [CHANGE,...] */
	SCOPE_CHANGE,
	SCOPE_NAMES,		/* ["keyword",...] */
	SCOPE_FAULTS,		/* [FAULT,...] */
	SCOPE_FAULT,
	SCOPE_SKIPPED,
	SCOPE__MAX
};

/* Kinds of values, as bits; null fits every field. */
enum kind {
	KIND_NULL = 0,
	KIND_NUMBER = 1,
	KIND_TEXT = 2,
	KIND_FLAG = 4,
	KIND_OBJECT = 8,
	KIND_LIST = 16,
	KIND_ANY = 31
};

/* "a number" ... */
const char *bugjson_kind_name(enum kind kind);

/* `which` of the fields of answers, bugs and faults. */
enum {
	ANSWER_BUGS,
	ANSWER_COMMENTS,
	ANSWER_FAULTS,
	ANSWER_ERROR,
	ANSWER_CODE,
	ANSWER_MESSAGE
};
enum {
	FIELD_ID,
	FIELD_COMMENTS,
	FIELD_HISTORY,
	FIELD_TEXT,				/* + enum bug_text */
	FIELD_NUM = FIELD_TEXT + BUG_TEXT__MAX,	/* + enum bug_num */
	FIELD__MAX = FIELD_NUM + BUG_NUM__MAX
};
enum {
	FAULT_ID,
	FAULT_MESSAGE
};

/* A field that is read; all others are skipped, whatever they hold. */
struct field {
	const char *name;
	unsigned kinds;		/* that it may have */
	unsigned which;		/* of the enums above or in bugpart.h */
	enum scope object;	/* what an object in it is */
	enum scope list;
};

/* A scope: the fields of its object; or what each element is, of a list or
 * of an object whose keys are numbers. */
struct rule {
	const struct field *fields;
	size_t field_count;
	enum scope element;	/* SCOPE_STREAM: it has fields */
};

/* The rule of a scope; SCOPE_BUG's fields are not in it. */
const struct rule *bugjson_rule(enum scope scope);
/* Write the fields of a bug. */
void bugjson_bug_fields(struct field out[FIELD__MAX]);

struct value {
	enum kind kind;
	struct bugpart_value is;	/* flags are "1" and "0" */
};

struct bugjson {
	struct json *json;
	const char *name;
	const struct intake_sink *sink;
	struct intake_result *result;
	struct field bug_fields[FIELD__MAX];
	enum scope stack[JSON_MAX_DEPTH + 1];
	size_t depth;
	const struct field *field;	/* the last key's, NULL: not read */
	char key[BUGPART_SHOWN + 1];	/* the last key that is a number */
	struct bugpart part;
	struct buf names;		/* keywords, joined */
	size_t names_repaired;

	/* The answer that is being read, and a fault in it. */
	bool has_bugs;
	bool has_comments;
	bool is_error;
	uint64_t entries;		/* of "bugs" and "comments" */
	char code[BUGPART_SHOWN + 1];
	char message[BUGJSON_MESSAGE + 1];
	char fault_id[BUGPART_SHOWN + 1];
	char fault_message[BUGJSON_MESSAGE + 1];
};

/* What the reader stands in now. */
enum scope bugjson_scope(const struct bugjson *reader);
/* As much of the value as has room; null is "". */
void bugjson_copy(char *out, size_t size, const struct bugpart_value *value);

/* An object or list of that scope begins, or has ended; the present scope
 * is the one around it. */
void bugjson_open(struct bugjson *reader, enum scope scope);
const struct err *bugjson_close(struct bugjson *reader, enum scope scope);
/* The last key's field, which is read, has a value of a kind that fits. */
void bugjson_set(struct bugjson *reader, const struct value *value);
/* One keyword, or something that can't be one. */
void bugjson_add_name(struct bugjson *reader, const struct value *value);
/* The field has a value of a kind that it can't have. */
const struct err *bugjson_wrong_field(struct bugjson *reader,
    enum kind kind);
/* Something that is no object stands where `scope` should. */
const struct err *bugjson_wrong_element(struct bugjson *reader,
    enum scope scope, enum kind kind);

#endif
