/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/bugjson.h"

#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "fetch/bugjson_private.h"

enum scope
bugjson_scope(const struct bugjson *reader)
{
	return reader->stack[reader->depth];
}

void
bugjson_copy(char *out, size_t size, const struct bugpart_value *value)
{
	size_t len = value->data == NULL ? 0 :
	    text_cut(value->data, value->len, size - 1);

	if (len > 0)
		memcpy(out, value->data, len);
	out[len] = '\0';
}

static void
find_place(void *arg, uint64_t *line, uint64_t *column)
{
	const struct bugjson *reader = arg;

	json_place(reader->json, line, column);
}

/* The field of that name, NULL if it isn't read. */
static const struct field *
find_field(const struct bugjson *reader, const char *name, size_t len)
{
	enum scope scope = bugjson_scope(reader);
	const struct rule *rule = bugjson_rule(scope);
	const struct field *fields = rule->fields;
	size_t i, count = rule->field_count;

	if (scope == SCOPE_BUG) {
		fields = reader->bug_fields;
		count = FIELD__MAX;
	}
	for (i = 0; i < count; i++)
		if (fields[i].name[0] == name[0] &&
		    strncmp(fields[i].name, name, len) == 0 &&
		    fields[i].name[len] == '\0')
			return &fields[i];
	return NULL;
}

static const struct err *
on_key(void *arg, const char *data, size_t len)
{
	struct bugjson *reader = arg;
	const struct bugpart_value key = { .data = data, .len = len };

	switch (bugjson_scope(reader)) {
	case SCOPE_SKIPPED:
		/* The field is the one that is skipped or holds this. */
		break;
	case SCOPE_BUGS_BY_ID:
	case SCOPE_COMMENTS_BY_ID:
		bugjson_copy(reader->key, sizeof(reader->key), &key);
		break;
	default:
		reader->field = len > 0 ? find_field(reader, data, len) : NULL;
		break;
	}
	return NULL;
}

/*
 * A value stands in the present scope.  *inside is what it leads into if it
 * is an object or a list.
 */
static const struct err *
take(struct bugjson *reader, const struct value *value, enum scope *inside)
{
	enum scope scope = bugjson_scope(reader), element;
	const struct field *field = reader->field;

	*inside = SCOPE_SKIPPED;
	if (scope == SCOPE_SKIPPED)
		return NULL;
	if (scope == SCOPE_NAMES) {
		bugjson_add_name(reader, value);
		return NULL;
	}
	element = bugjson_rule(scope)->element;
	if (element != SCOPE_STREAM) {
		if (value->kind != KIND_OBJECT)
			return bugjson_wrong_element(reader, element,
			    value->kind);
		*inside = element;
		return NULL;
	}
	if (field == NULL)
		return NULL;
	if (value->kind != KIND_NULL && (field->kinds & value->kind) == 0)
		return bugjson_wrong_field(reader, value->kind);
	if (value->kind == KIND_OBJECT)
		*inside = field->object;
	else if (value->kind == KIND_LIST)
		*inside = field->list;
	if (*inside == SCOPE_SKIPPED)
		bugjson_set(reader, value);
	return NULL;
}

static const struct err *
open_value(struct bugjson *reader, enum kind kind)
{
	const struct value value = { .kind = kind };
	const struct err *err;
	enum scope inside;

	err = take(reader, &value, &inside);
	if (err != NULL)
		return err;
	bugjson_open(reader, inside);
	reader->stack[++reader->depth] = inside;
	return NULL;
}

static const struct err *
on_object(void *arg)
{
	return open_value(arg, KIND_OBJECT);
}

static const struct err *
on_list(void *arg)
{
	return open_value(arg, KIND_LIST);
}

static const struct err *
on_end(void *arg)
{
	struct bugjson *reader = arg;
	enum scope ended = bugjson_scope(reader);

	reader->depth--;
	return bugjson_close(reader, ended);
}

static const struct err *
on_value(struct bugjson *reader, enum kind kind, const char *data, size_t len,
    size_t repaired)
{
	const struct value value = {
		.kind = kind, .is = { data, len, repaired }
	};
	enum scope inside;

	return take(reader, &value, &inside);
}

static const struct err *
on_string(void *arg, const char *data, size_t len, size_t repaired)
{
	return on_value(arg, KIND_TEXT, data, len, repaired);
}

static const struct err *
on_number(void *arg, const char *data, size_t len)
{
	return on_value(arg, KIND_NUMBER, data, len, 0);
}

static const struct err *
on_boolean(void *arg, bool value)
{
	return on_value(arg, KIND_FLAG, value ? "1" : "0", 1, 0);
}

static const struct err *
on_null(void *arg)
{
	return on_value(arg, KIND_NULL, NULL, 0, 0);
}

const struct err *
bugjson_new(struct bugjson **out, const char *name,
    const struct intake_sink *sink, struct intake_result *result)
{
	static const struct json_events events = {
		.object = on_object,
		.key = on_key,
		.object_end = on_end,
		.array = on_list,
		.array_end = on_end,
		.string = on_string,
		.number = on_number,
		.boolean = on_boolean,
		.null = on_null
	};
	struct bugjson *reader;
	const struct err *err;

	*out = NULL;
	reader = mem_alloc(1, sizeof(*reader));
	if (reader == NULL)
		return err_memory();
	err = json_new(&reader->json, name, &events, reader);
	if (err != NULL) {
		mem_free(reader);
		return err;
	}
	reader->name = name;
	reader->sink = sink;
	reader->result = result;
	bugjson_bug_fields(reader->bug_fields);
	buf_init(&reader->names, JSON_MAX_VALUE);
	reader->part.name = name;
	reader->part.sink = sink;
	reader->part.result = result;
	reader->part.place = find_place;
	reader->part.place_arg = reader;
	bugpart_init(&reader->part);
	*out = reader;
	return NULL;
}

void
bugjson_free(struct bugjson *reader)
{
	if (reader == NULL)
		return;
	bugpart_release(&reader->part);
	buf_release(&reader->names);
	json_free(reader->json);
	mem_free(reader);
}

const struct err *
bugjson_feed(struct bugjson *reader, const char *data, size_t len)
{
	return json_feed(reader->json, data, len);
}

const struct err *
bugjson_end(struct bugjson *reader)
{
	return json_end(reader->json);
}
