/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/json.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <yajl/yajl_parse.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "fetch/json_at.h"
#include "fetch/json_keys.h"
#include "fetch/json_mend.h"

enum {
	BOM_SIZE = 3,
	/* Bytes of an unfinished value, its key and what is around it. */
	PENDING_MAX = JSON_MAX_VALUE + JSON_CHUNK,
	/* A piece grows to this share of the value that it is part of. */
	PIECE_SHARE = 8,
	PIECE_MAX = PENDING_MAX / PIECE_SHARE + JSON_CHUNK + JSON_MEND_HELD
};

static const char bom[BOM_SIZE] = { '\xef', '\xbb', '\xbf' };

struct json {
	const char *name;
	const struct json_events *events;
	void *arg;
	yajl_handle yajl;
	const struct err *err;	/* why a callback stopped the parser */
	bool dead;		/* an error has ended the reading */
	char *piece;		/* what yajl gets next */
	size_t filled;		/* bytes in it */
	size_t bom_seen;
	struct buf clean;	/* a string that had to be repaired */
	unsigned depth;
	bool any;		/* a whole document was read */
	struct json_keys keys;
	size_t first_key[JSON_MAX_DEPTH];	/* by depth */
	struct json_at at;	/* where `piece` begins */
	uint64_t event_at;	/* bytes up to the end of the last event */
	uint64_t ink_at;	/* bytes up to the last that is no blank */
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void
json_place(const struct json *json, uint64_t *line, uint64_t *byte)
{
	json_at_place(&json->at, json->piece, json->event_at, line, byte);
}

/* An error at byte `at`; `what` is "WHAT: WHY: WHAT TO DO". */
static const struct err *
fault(const struct json *json, uint64_t at, const char *what)
{
	uint64_t line, byte;

	json_at_place(&json->at, json->piece, at, &line, &byte);
	return err_new(ERR_CONFIG, "%s: line %" PRIu64 ", byte %" PRIu64
	    ": %s", json->name, line, byte, what);
}

/* How far yajl has read. */
static uint64_t
reached(const struct json *json)
{
	return json->at.before + yajl_get_bytes_consumed(json->yajl);
}

/* What a callback tells yajl: go on, or stop for `err`. */
static int
verdict(struct json *json, const struct err *err)
{
	json->err = err;
	return err == NULL;
}

static int
broken(struct json *json, const char *what)
{
	return verdict(json, fault(json, reached(json), what));
}

static void
value_done(struct json *json)
{
	json->event_at = reached(json);
	if (json->depth == 0)
		json->any = true;
}

static int
repeated(struct json *json, const char *key, size_t len)
{
	char what[160];

	(void)snprintf(what, sizeof(what), "the key \"%.*s\" stands twice in "
	    "one object: it can't be known which of the two is meant: get "
	    "the answer again", len < 24 ? (int)len : 24, key);
	return broken(json, what);
}

/* Is `key` new in its object? */
static int
check_key(struct json *json, const char *key, size_t len)
{
	if (len > JSON_MAX_KEY)
		return broken(json, "the key is too long: no answer of "
		    "Bugzilla has such a one: look where the bytes come from");
	if (json->keys.len == JSON_MAX_KEYS)
		return broken(json, "the object has too many keys: no answer "
		    "of Bugzilla has so many: look where the bytes come from");
	switch (json_keys_add(&json->keys, json->depth, key, len)) {
	case JSON_KEY_NEW:
		return 1;
	case JSON_KEY_REPEATED:
		return repeated(json, key, len);
	case JSON_KEY_CROWDED:
		return broken(json, "the keys are chosen to waste time: "
		    "Bugzilla does no such thing: look where the bytes come "
		    "from");
	case JSON_KEY_NOMEM:
		break;
	}
	return verdict(json, err_memory());
}

static int
too_large(struct json *json)
{
	return broken(json, "the value is too large: no comment has so much "
	    "text: leave attachments out of the request");
}

/* The text made clean, good until the next; NULL is a failure, told. */
static const char *
cleaned(struct json *json, const char *text, size_t *len, size_t *repaired)
{
	*repaired = 0;
	if (text_is_clean(text, *len))
		return text;
	buf_clear(&json->clean);
	*repaired = text_clean(&json->clean, text, *len);
	*len = json->clean.len;
	if (!json->clean.nomem && !json->clean.full)
		return buf_text(&json->clean);
	if (json->clean.nomem)
		verdict(json, err_memory());
	else
		too_large(json);
	return NULL;
}

static int
on_key(void *ctx, const unsigned char *data, size_t len)
{
	struct json *json = ctx;
	const char *key = (const char *)data;
	size_t repaired;

	json->event_at = reached(json);
	if (!check_key(json, key, len))
		return 0;
	if (json->events->key == NULL)
		return 1;
	key = cleaned(json, key, &len, &repaired);
	return key != NULL &&
	    verdict(json, json->events->key(json->arg, key, len));
}

static int
on_string(void *ctx, const unsigned char *data, size_t len)
{
	struct json *json = ctx;
	const char *text = (const char *)data;
	size_t repaired;

	value_done(json);
	if (len > JSON_MAX_VALUE)
		return too_large(json);
	if (json->events->string == NULL)
		return 1;
	text = cleaned(json, text, &len, &repaired);
	return text != NULL && verdict(json, json->events->string(json->arg,
	    text, len, repaired));
}

static int
on_number(void *ctx, const char *data, size_t len)
{
	struct json *json = ctx;

	value_done(json);
	if (json->events->number == NULL)
		return 1;
	return verdict(json, json->events->number(json->arg, data, len));
}

static int
on_boolean(void *ctx, int value)
{
	struct json *json = ctx;

	value_done(json);
	if (json->events->boolean == NULL)
		return 1;
	return verdict(json, json->events->boolean(json->arg, value != 0));
}

static int
on_null(void *ctx)
{
	struct json *json = ctx;

	value_done(json);
	if (json->events->null == NULL)
		return 1;
	return verdict(json, json->events->null(json->arg));
}

/* An object or array begins, or ends; `event` may be NULL. */
static int
enter(struct json *json, const struct err *(*event)(void *arg))
{
	json->event_at = reached(json);
	if (json->depth == JSON_MAX_DEPTH)
		return broken(json, "nested too deeply: no answer of Bugzilla "
		    "is: look where the bytes come from");
	json->first_key[json->depth++] = json->keys.len;
	return event == NULL || verdict(json, event(json->arg));
}

static int
leave(struct json *json, const struct err *(*event)(void *arg))
{
	json->depth--;
	json_keys_drop(&json->keys, json->first_key[json->depth]);
	value_done(json);
	return event == NULL || verdict(json, event(json->arg));
}

static int
on_object(void *ctx)
{
	struct json *json = ctx;

	return enter(json, json->events->object);
}

static int
on_object_end(void *ctx)
{
	struct json *json = ctx;

	return leave(json, json->events->object_end);
}

static int
on_array(void *ctx)
{
	struct json *json = ctx;

	return enter(json, json->events->array);
}

static int
on_array_end(void *ctx)
{
	struct json *json = ctx;

	return leave(json, json->events->array_end);
}

const struct err *
json_new(struct json **out, const char *name,
    const struct json_events *events, void *arg)
{
	static const yajl_callbacks callbacks = {
		.yajl_null = on_null,
		.yajl_boolean = on_boolean,
		.yajl_number = on_number,
		.yajl_string = on_string,
		.yajl_start_map = on_object,
		.yajl_map_key = on_key,
		.yajl_end_map = on_object_end,
		.yajl_start_array = on_array,
		.yajl_end_array = on_array_end
	};
	/* yajl crashes on a failed allocation instead of reporting it. */
	yajl_alloc_funcs memory = {
		.malloc = mem_must_alloc,
		.realloc = mem_must_resize,
		.free = mem_must_free
	};
	struct json *json;

	*out = NULL;
	json = mem_alloc(1, sizeof(*json));
	if (json == NULL)
		return err_memory();
	json->piece = mem_alloc(1, PIECE_MAX);
	if (json->piece == NULL) {
		mem_free(json);
		return err_memory();
	}
	json->name = name;
	json->events = events;
	json->arg = arg;
	buf_init(&json->clean, JSON_MAX_VALUE);
	json->yajl = yajl_alloc(&callbacks, &memory, json);
	yajl_config(json->yajl, yajl_allow_multiple_values, 1);
	/* yajl refuses a whole document for one bad byte; text_clean()
	 * replaces it, and the rest of the document is kept. */
	yajl_config(json->yajl, yajl_dont_validate_strings, 1);
	*out = json;
	return NULL;
}

void
json_free(struct json *json)
{
	if (json == NULL)
		return;
	yajl_free(json->yajl);
	json_keys_release(&json->keys);
	buf_release(&json->clean);
	mem_free(json->piece);
	mem_free(json);
}

/* What yajl says, as an error of ours. */
static const struct err *
refusal(struct json *json)
{
	unsigned char *said = yajl_get_error(json->yajl, 0, NULL, 0);
	const char *text = said != NULL ? (const char *)said : "bad";
	size_t len = strcspn(text, "\n");
	char what[256];

	if (len > 0 && text[len - 1] == '.')
		len--;
	(void)snprintf(what, sizeof(what), "no JSON: %.*s: get the answer "
	    "again", (int)(len < 200 ? len : 200), text);
	if (said != NULL)
		yajl_free_error(json->yajl, said);
	return fault(json, reached(json), what);
}

/* The first `len` bytes of the piece have been read: count them. */
static void
pass(struct json *json, size_t len)
{
	size_t ink = len;

	while (ink > 0 && is_blank(json->piece[ink - 1]))
		ink--;
	if (ink > 0)
		json->ink_at = json->at.before + ink;
	json_at_pass(&json->at, json->piece, len);
	/* Blanks between values are no part of a value's size. */
	if (json->ink_at <= json->event_at)
		json->event_at = json->at.before;
}

/* Let yajl read the first `len` bytes of the piece. */
static const struct err *
read_piece(struct json *json, size_t len)
{
	yajl_status status = yajl_parse(json->yajl,
	    (const unsigned char *)json->piece, len);

	if (status == yajl_status_client_canceled)
		return json->err;
	if (status != yajl_status_ok)
		return refusal(json);
	pass(json, len);
	return NULL;
}

/* Read the piece, but for an escape at its end that isn't whole. */
static const struct err *
flush(struct json *json)
{
	size_t whole = json_mend(json->piece, json->filled);
	const struct err *err = read_piece(json, whole);

	if (err != NULL)
		return err;
	json->filled -= whole;
	memmove(json->piece, json->piece + whole, json->filled);
	return NULL;
}

/* At most JSON_CHUNK bytes. */
static const struct err *
feed(struct json *json, const char *data, size_t len)
{
	/* What yajl holds of an unfinished value. */
	uint64_t pending = json->at.before - json->event_at;

	/* It would gather without end. */
	if (pending > PENDING_MAX) {
		too_large(json);
		return json->err;
	}
	memcpy(json->piece + json->filled, data, len);
	json->filled += len;
	/* It begins the value anew with each piece: the larger the value,
	 * the larger the piece. */
	if (json->filled < pending / PIECE_SHARE)
		return NULL;
	return flush(json);
}

static const struct err *
dead(const struct json *json)
{
	return err_new(ERR_CONFIG, "%s: not read further: an error came "
	    "before: see there", json->name);
}

const struct err *
json_feed(struct json *json, const char *data, size_t len)
{
	const struct err *err = NULL;
	size_t bytes;

	if (json->dead)
		return dead(json);
	while (json->bom_seen < BOM_SIZE && len > 0) {
		if (*data != bom[json->bom_seen]) {
			/* None, or one that is cut: yajl refuses that. */
			err = feed(json, bom, json->bom_seen);
			json->bom_seen = BOM_SIZE;
			break;
		}
		data++;
		len--;
		if (++json->bom_seen == BOM_SIZE)
			json->at.before = BOM_SIZE;
	}
	while (err == NULL && len > 0) {
		bytes = len < JSON_CHUNK ? len : JSON_CHUNK;
		err = feed(json, data, bytes);
		data += bytes;
		len -= bytes;
	}
	json->dead = err != NULL;
	return err;
}

const struct err *
json_end(struct json *json)
{
	const struct err *err;
	yajl_status status;

	if (json->dead)
		return dead(json);
	json->dead = true;
	err = flush(json);
	if (err == NULL && json->filled > 0)
		err = read_piece(json, json->filled);
	if (err != NULL)
		return err;
	/* Closes a number that ends with the source. */
	status = yajl_complete_parse(json->yajl);
	if (status == yajl_status_client_canceled)
		return json->err;
	if (json->depth == 0 && json->any && json->ink_at <= json->event_at)
		return NULL;
	/* yajl itself takes an unfinished string behind a document. */
	if (json->ink_at == 0)
		return err_new(ERR_CONFIG, "%s: holds no JSON: it is empty: "
		    "get the answer again", json->name);
	return fault(json, json->at.before, "the answer is cut: its JSON has no "
	    "end: get it again");
}
