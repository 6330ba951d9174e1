/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/rule.h"

#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"

enum {
	/* Bytes of PCRE2's own words for an error; 10.42 needs 120. */
	WORDS_SIZE = 256,
	/* Bytes of a pattern that an error shows. */
	SHOWN = 200,
	/* Stack of compiled machine code: the first is PCRE2's default. */
	JIT_STACK_FIRST = 32 << 10,
	JIT_STACK_LAST = 1 << 20
};

/* What matching takes beside the pattern. */
struct pattern_room {
	pcre2_general_context *general;
	pcre2_compile_context *compile;
	pcre2_match_data *data;
	pcre2_match_context *context;
	pcre2_jit_stack *stack;
};

struct pattern {
	struct pattern_room *room;
	struct pattern_room *own;	/* the same, when nobody shares it */
	pcre2_code *code;
	bool ready;			/* machine code was tried for */
	enum err_kind kind;		/* of a bad pattern */
	char *where;
	char *text;
};

static void *
allocate(PCRE2_SIZE size, void *arg)
{
	(void)arg;
	return mem_alloc(1, size);
}

static void
release(void *data, void *arg)
{
	(void)arg;
	mem_free(data);
}

static const char *
words(int number, char out[WORDS_SIZE])
{
	/* A message cut short is still one. */
	(void)pcre2_get_error_message(number, (PCRE2_UCHAR *)out, WORDS_SIZE);
	return out;
}

/* The bytes of a pattern that an error shows. */
static int
shown(const char *text)
{
	return (int)text_cut(text, strlen(text), SHOWN);
}

static bool
fill_room(struct pattern_room *room)
{
	room->general = pcre2_general_context_create(allocate, release, NULL);
	if (room->general == NULL)
		return false;
	room->compile = pcre2_compile_context_create(room->general);
	room->data = pcre2_match_data_create(1, room->general);
	room->context = pcre2_match_context_create(room->general);
	if (room->compile == NULL || room->data == NULL ||
	    room->context == NULL)
		return false;
	pcre2_set_match_limit(room->context, PATTERN_MATCH_LIMIT);
	pcre2_set_depth_limit(room->context, PATTERN_DEPTH_LIMIT);
	pcre2_set_heap_limit(room->context, PATTERN_HEAP_KIB);
	return true;
}

const struct err *
pattern_room_new(struct pattern_room **out)
{
	struct pattern_room *room;

	*out = NULL;
	room = mem_alloc(1, sizeof(*room));
	if (room == NULL)
		return err_memory();
	if (fill_room(room)) {
		*out = room;
		return NULL;
	}
	pattern_room_free(room);
	return err_memory();
}

void
pattern_room_free(struct pattern_room *room)
{
	if (room == NULL)
		return;
	pcre2_jit_stack_free(room->stack);
	pcre2_match_context_free(room->context);
	pcre2_match_data_free(room->data);
	pcre2_compile_context_free(room->compile);
	pcre2_general_context_free(room->general);
	mem_free(room);
}

static const struct err *
compile(struct pattern *pattern, unsigned flags)
{
	uint32_t options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF |
	    PCRE2_USE_OFFSET_LIMIT;
	char message[WORDS_SIZE];
	PCRE2_SIZE offset;
	size_t len = strlen(pattern->text);
	int number;

	if (len > PATTERN_MAX_LENGTH)
		return err_new(pattern->kind, "%s: pattern of %zu bytes: the "
		    "limit is %d: make it shorter", pattern->where, len,
		    (int)PATTERN_MAX_LENGTH);
	if ((flags & PATTERN_EXACT) == 0)
		options |= PCRE2_CASELESS;
	if ((flags & PATTERN_ANCHORED) != 0)
		options |= PCRE2_ANCHORED;
	pattern->code = pcre2_compile((PCRE2_SPTR)pattern->text, len,
	    options, &number, &offset, pattern->room->compile);
	if (pattern->code != NULL)
		return NULL;
	if (number == PCRE2_ERROR_HEAP_FAILED)
		return err_memory();
	return err_new(pattern->kind, "%s: bad pattern at byte %zu: %s: mend "
	    "\"%.*s\"", pattern->where, (size_t)offset + 1,
	    words(number, message), shown(pattern->text), pattern->text);
}

/* Make machine code.  Without it, for want of support or of memory that may
 * be run, the pattern is interpreted: slower, the same matches. */
static const struct err *
make_ready(struct pattern *pattern)
{
	struct pattern_room *room = pattern->room;

	if (pattern->ready)
		return NULL;
	pattern->ready = true;
	if (pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE) != 0 ||
	    room->stack != NULL)
		return NULL;
	room->stack = pcre2_jit_stack_create(JIT_STACK_FIRST, JIT_STACK_LAST,
	    room->general);
	if (room->stack == NULL)
		return err_memory();
	pcre2_jit_stack_assign(room->context, NULL, room->stack);
	return NULL;
}

/* A pattern in `room`, or in one of its own when that is NULL. */
static const struct err *
make(struct pattern **out, struct pattern_room *room, enum err_kind kind,
    const char *where, const char *text, unsigned flags)
{
	struct pattern *pattern;
	const struct err *err = NULL;

	*out = NULL;
	pattern = mem_alloc(1, sizeof(*pattern));
	if (pattern == NULL)
		return err_memory();
	pattern->kind = kind;
	if (room == NULL)
		err = pattern_room_new(&pattern->own);
	pattern->room = room != NULL ? room : pattern->own;
	pattern->where = mem_copy(where, strlen(where));
	pattern->text = mem_copy(text, strlen(text));
	if (pattern->where == NULL || pattern->text == NULL)
		err = err_memory();
	if (err == NULL)
		err = compile(pattern, flags);
	if (err == NULL) {
		*out = pattern;
		pattern = NULL;
	}
	pattern_free(pattern);
	return err;
}

const struct err *
pattern_new(struct pattern **out, const char *where, const char *text)
{
	return make(out, NULL, ERR_USAGE, where, text, 0);
}

const struct err *
pattern_make(struct pattern **out, struct pattern_room *room,
    const char *where, const char *text, unsigned flags)
{
	return make(out, room, ERR_CONFIG, where, text, flags);
}

void
pattern_free(struct pattern *pattern)
{
	if (pattern == NULL)
		return;
	pcre2_code_free(pattern->code);
	pattern_room_free(pattern->own);
	mem_free(pattern->text);
	mem_free(pattern->where);
	mem_free(pattern);
}

/* Match; `number` is what PCRE2 says. */
static const struct err *
match(struct pattern *pattern, const struct pattern_piece *piece,
    uint32_t options, int *number)
{
	struct pattern_room *room = pattern->room;

	if (!piece->starts)
		options |= PCRE2_NOTBOL;
	if (!piece->ends)
		options |= PCRE2_NOTEOL;
	pcre2_set_offset_limit(room->context, piece->last);
	*number = pcre2_match(pattern->code, (PCRE2_SPTR)piece->text,
	    piece->len, piece->from, options, room->data, room->context);
	return *number == PCRE2_ERROR_NOMEMORY ? err_memory() : NULL;
}

static const struct err *
gave_up(const struct pattern *pattern, int number)
{
	char message[WORDS_SIZE];

	return err_new(ERR_CONFIG, "%s: pattern gave up: %s: make it "
	    "simpler: %.*s", pattern->where, words(number, message),
	    shown(pattern->text), pattern->text);
}

static void
read_ends(const struct pattern *pattern, size_t *start, size_t *end)
{
	const PCRE2_SIZE *ends;

	ends = pcre2_get_ovector_pointer(pattern->room->data);
	*start = ends[0];
	*end = ends[1];
}

static bool
is_limit(int number)
{
	return number == PCRE2_ERROR_MATCHLIMIT ||
	    number == PCRE2_ERROR_DEPTHLIMIT ||
	    number == PCRE2_ERROR_HEAPLIMIT ||
	    number == PCRE2_ERROR_JIT_STACKLIMIT ||
	    number == PCRE2_ERROR_RECURSELOOP;
}

const struct err *
pattern_try(struct pattern *pattern, const struct pattern_piece *piece,
    enum pattern_result *result, size_t *start, size_t *end)
{
	const struct err *err;
	int number;

	*result = PATTERN_NO;
	*start = *end = 0;
	err = make_ready(pattern);
	if (err == NULL)
		err = match(pattern, piece, 0, &number);
	if (err != NULL || number == PCRE2_ERROR_NOMATCH)
		return err;
	if (is_limit(number)) {
		*result = PATTERN_LIMIT;
		return NULL;
	}
	if (number < 0)
		return gave_up(pattern, number);
	*result = PATTERN_YES;
	read_ends(pattern, start, end);
	return NULL;
}

bool
pattern_is_empty(struct pattern *pattern)
{
	const struct pattern_piece piece = { "", 0, 0, 0, true, true };
	uint32_t may = 1;
	int number;

	/* What PCRE2 knows by itself spares the attempt. */
	(void)pcre2_pattern_info(pattern->code, PCRE2_INFO_MATCHEMPTY, &may);
	if (may == 0)
		return false;
	return match(pattern, &piece, PCRE2_NO_JIT, &number) == NULL &&
	    number >= 0;
}

bool
pattern_is_heavy(struct pattern *pattern, const struct pattern_piece *piece,
    unsigned steps)
{
	struct pattern_room *room = pattern->room;
	int number;

	/* Machine code counts only some of its steps. */
	pcre2_set_match_limit(room->context, steps);
	pcre2_set_depth_limit(room->context, steps);
	(void)match(pattern, piece, PCRE2_NO_JIT, &number);
	pcre2_set_match_limit(room->context, PATTERN_MATCH_LIMIT);
	pcre2_set_depth_limit(room->context, PATTERN_DEPTH_LIMIT);
	return is_limit(number);
}
