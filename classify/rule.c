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

struct pattern {
	pcre2_general_context *general;
	pcre2_code *code;
	pcre2_match_data *data;
	pcre2_match_context *context;
	pcre2_jit_stack *stack;
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

static const struct err *
compile(struct pattern *pattern)
{
	char message[WORDS_SIZE];
	pcre2_compile_context *context;
	PCRE2_SIZE offset;
	size_t len = strlen(pattern->text);
	int number;

	if (len > PATTERN_MAX_LENGTH)
		return err_new(ERR_USAGE, "%s: pattern of %zu bytes: the "
		    "limit is %d: make it shorter", pattern->where, len,
		    (int)PATTERN_MAX_LENGTH);
	context = pcre2_compile_context_create(pattern->general);
	if (context == NULL)
		return err_memory();
	pattern->code = pcre2_compile((PCRE2_SPTR)pattern->text, len,
	    PCRE2_CASELESS | PCRE2_UTF | PCRE2_MATCH_INVALID_UTF, &number,
	    &offset, context);
	pcre2_compile_context_free(context);
	if (pattern->code != NULL)
		return NULL;
	if (number == PCRE2_ERROR_HEAP_FAILED)
		return err_memory();
	return err_new(ERR_USAGE, "%s: bad pattern at byte %zu: %s: mend "
	    "\"%.*s\"", pattern->where, (size_t)offset + 1,
	    words(number, message), shown(pattern->text), pattern->text);
}

static const struct err *
prepare_match(struct pattern *pattern)
{
	pattern->data = pcre2_match_data_create_from_pattern(pattern->code,
	    pattern->general);
	pattern->context = pcre2_match_context_create(pattern->general);
	if (pattern->data == NULL || pattern->context == NULL)
		return err_memory();
	pcre2_set_match_limit(pattern->context, PATTERN_MATCH_LIMIT);
	pcre2_set_depth_limit(pattern->context, PATTERN_DEPTH_LIMIT);
	pcre2_set_heap_limit(pattern->context, PATTERN_HEAP_KIB);
	/* Without machine code, for want of support or of memory that may
	 * be run, the pattern is interpreted: slower, the same matches. */
	if (pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE) != 0)
		return NULL;
	pattern->stack = pcre2_jit_stack_create(JIT_STACK_FIRST,
	    JIT_STACK_LAST, pattern->general);
	if (pattern->stack == NULL)
		return err_memory();
	pcre2_jit_stack_assign(pattern->context, NULL, pattern->stack);
	return NULL;
}

const struct err *
pattern_new(struct pattern **out, const char *where, const char *text)
{
	struct pattern *pattern;
	const struct err *err = NULL;

	*out = NULL;
	pattern = mem_alloc(1, sizeof(*pattern));
	if (pattern == NULL)
		return err_memory();
	pattern->general = pcre2_general_context_create(allocate, release,
	    NULL);
	pattern->where = mem_copy(where, strlen(where));
	pattern->text = mem_copy(text, strlen(text));
	if (pattern->general == NULL || pattern->where == NULL ||
	    pattern->text == NULL)
		err = err_memory();
	if (err == NULL)
		err = compile(pattern);
	if (err == NULL)
		err = prepare_match(pattern);
	if (err == NULL) {
		*out = pattern;
		pattern = NULL;
	}
	pattern_free(pattern);
	return err;
}

void
pattern_free(struct pattern *pattern)
{
	if (pattern == NULL)
		return;
	pcre2_jit_stack_free(pattern->stack);
	pcre2_match_context_free(pattern->context);
	pcre2_match_data_free(pattern->data);
	pcre2_code_free(pattern->code);
	pcre2_general_context_free(pattern->general);
	mem_free(pattern->text);
	mem_free(pattern->where);
	mem_free(pattern);
}

const struct err *
pattern_match(struct pattern *pattern, const char *text, size_t len,
    size_t from, bool *matched, size_t *start, size_t *end)
{
	char message[WORDS_SIZE];
	const PCRE2_SIZE *ends;
	int number;

	*matched = false;
	*start = *end = 0;
	if (from > len)
		return NULL;
	number = pcre2_match(pattern->code, (PCRE2_SPTR)text, len, from, 0,
	    pattern->data, pattern->context);
	if (number == PCRE2_ERROR_NOMATCH)
		return NULL;
	if (number == PCRE2_ERROR_NOMEMORY)
		return err_memory();
	if (number < 0)
		return err_new(ERR_CONFIG, "%s: pattern gave up: %s: make it "
		    "simpler: %.*s", pattern->where, words(number, message),
		    shown(pattern->text), pattern->text);
	ends = pcre2_get_ovector_pointer(pattern->data);
	*matched = true;
	*start = ends[0];
	*end = ends[1];
	return NULL;
}
