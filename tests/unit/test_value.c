/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/mem.h"
#include "output/value.h"

static void
test_tree(void **state)
{
	struct value *root, *array;
	const struct value *child;
	struct arena arena;
	char text[] = "copied";

	(void)state;
	arena_init(&arena, 1 << 20);
	root = value_object_new(&arena);
	assert_int_equal(root->kind, VALUE_OBJECT);
	assert_null(root->first);
	value_text(&arena, root, "z", text);
	text[0] = 'X';
	value_number(&arena, root, "a", INT64_MIN);
	array = value_array(&arena, root, "list");
	value_bool(&arena, array, NULL, true);
	value_bool(&arena, array, NULL, false);
	value_decimal(&arena, array, NULL, "0.878");
	value_null(&arena, array, NULL);
	assert_int_equal(value_object(&arena, root, "empty")->kind,
	    VALUE_OBJECT);

	/* Keys stand as they were set. */
	assert_string_equal(root->first->key, "z");
	assert_string_equal(root->last->key, "empty");
	child = value_get(root, "z");
	assert_int_equal(child->kind, VALUE_TEXT);
	assert_string_equal(child->text, "copied");
	assert_true(value_get(root, "a")->number == INT64_MIN);
	assert_null(value_get(root, "A"));
	assert_null(value_get(NULL, "a"));
	assert_null(value_get(array, "a"));
	child = value_get(root, "list")->first;
	assert_null(child->key);
	assert_int_equal(child->kind, VALUE_BOOL);
	assert_int_equal(child->number, 1);
	assert_int_equal(child->next->number, 0);
	assert_int_equal(child->next->next->kind, VALUE_DECIMAL);
	assert_string_equal(child->next->next->text, "0.878");
	assert_int_equal(child->next->next->next->kind, VALUE_NULL);
	assert_null(child->next->next->next->next);
	assert_int_equal(value_array_new(&arena)->kind, VALUE_ARRAY);
	assert_int_equal(arena.full, 0);
	arena_release(&arena);
}

static void
test_nulls_and_dates(void **state)
{
	struct value *root;
	struct arena arena;

	(void)state;
	arena_init(&arena, 1 << 20);
	root = value_object_new(&arena);
	value_text(&arena, root, "text", NULL);
	value_text(&arena, root, "empty", "");
	value_day(&arena, root, "day", 19862);
	value_day(&arena, root, "no-day", DATE_NONE);
	value_day(&arena, root, "never", INT64_MAX);
	value_time(&arena, root, "time", INT64_C(19862) * DATE_DAY + 61);
	value_time(&arena, root, "no-time", DATE_NONE);
	assert_int_equal(value_get(root, "text")->kind, VALUE_NULL);
	assert_string_equal(value_get(root, "empty")->text, "");
	assert_string_equal(value_get(root, "day")->text, "2024-05-19");
	assert_int_equal(value_get(root, "no-day")->kind, VALUE_NULL);
	assert_int_equal(value_get(root, "never")->kind, VALUE_NULL);
	assert_string_equal(value_get(root, "time")->text,
	    "2024-05-19T00:01:01Z");
	assert_int_equal(value_get(root, "no-time")->kind, VALUE_NULL);
	arena_release(&arena);
}

static void
test_thousandths(void **state)
{
	static const struct {
		int64_t number;
		const char *expected;
	} cases[] = {
		{ 0, "0.000" }, { 1, "0.001" }, { -1, "-0.001" },
		{ 451, "0.451" }, { -1451, "-1.451" }, { 20000, "20.000" },
		{ INT64_MAX, "9223372036854775.807" },
		{ INT64_MIN, "-9223372036854775.808" },
	};
	struct value *root;
	struct arena arena;
	size_t i;

	(void)state;
	arena_init(&arena, 1 << 20);
	root = value_array_new(&arena);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		value_thousandths(&arena, root, NULL, cases[i].number);
		assert_int_equal(root->last->kind, VALUE_DECIMAL);
		assert_string_equal(root->last->text, cases[i].expected);
	}
	arena_release(&arena);
}

/* With every amount of memory that is too little, calls do nothing more
 * than mark the arena, and the tree stays one that can be walked. */
static void
test_no_memory(void **state)
{
	struct value *root, *array;
	const struct value *child;
	struct arena arena;
	size_t ceiling, failures = 0;

	(void)state;
	for (ceiling = 0; ceiling < 1024; ceiling += 16) {
		arena_init(&arena, ceiling);
		root = value_object_new(&arena);
		value_text(&arena, root, "key", "text");
		array = value_array(&arena, root, "array");
		value_number(&arena, array, NULL, 1);
		value_decimal(&arena, array, NULL, "1.5");
		value_object(&arena, array, NULL);
		for (child = root != NULL ? root->first : NULL; child != NULL;
		    child = child->next) {
			assert_non_null(child->key);
			assert_true(child->kind != VALUE_TEXT ||
			    child->text != NULL);
		}
		if (root == NULL || array == NULL ||
		    array->last == NULL ||
		    array->last->kind != VALUE_OBJECT) {
			failures++;
			assert_int_equal(arena.full, 1);
		}
		arena_release(&arena);
	}
	/* The last of them were large enough. */
	assert_in_range(failures, 10, 63);
	arena_init(&arena, 1024);
	value_null(&arena, NULL, "key");
	assert_null(value_object(&arena, NULL, "key"));
	assert_int_equal(arena.full, 0);
	arena_release(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tree),
		cmocka_unit_test(test_nulls_and_dates),
		cmocka_unit_test(test_thousandths),
		cmocka_unit_test(test_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
