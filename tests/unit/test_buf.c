/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"

static void
test_building(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 1000);
	assert_string_equal(buf_text(&buf), "");
	buf_add(&buf, "abcdef", 3);
	buf_add(&buf, NULL, 0);
	buf_str(&buf, "-");
	buf_str(&buf, "");
	buf_char(&buf, 'd');
	buf_fill(&buf, '.', 3);
	buf_fill(&buf, '!', 0);
	buf_fmt(&buf, "%s%03d", "n", 7);
	buf_fmt(&buf, "%s", "");
	assert_string_equal(buf_text(&buf), "abc-d...n007");
	assert_int_equal(buf.len, 12);
	assert_null(buf_error(&buf, "text"));
	buf_char(&buf, '\0');
	buf_add(&buf, "\0z", 2);
	assert_int_equal(buf.len, 15);
	assert_memory_equal(buf.data, "abc-d...n007\0\0z", 16);
	buf_release(&buf);
}

static void
test_growth(void **state)
{
	struct buf buf;
	size_t i;

	(void)state;
	buf_init(&buf, SIZE_MAX);
	for (i = 0; i < 100000; i++)
		buf_char(&buf, (char)('a' + i % 26));
	assert_int_equal(buf.len, 100000);
	for (i = 0; i < 100000; i++)
		assert_int_equal(buf.data[i], 'a' + (int)(i % 26));
	assert_int_equal(buf.data[100000], '\0');
	buf_release(&buf);
	/* Each length around a growth, so that the NUL has its place. */
	for (i = 0; i < 1100; i++) {
		buf_fill(&buf, 'x', i);
		assert_int_equal(strlen(buf_text(&buf)), i);
		buf_fmt(&buf, "%s", "yy");
		assert_int_equal(strlen(buf_text(&buf)), i + 2);
		buf_release(&buf);
	}
}

/* Each way to add, once within the ceiling of 10 and once past it. */
static void
test_ceiling(void **state)
{
	struct buf buf;
	size_t way, past;

	(void)state;
	for (way = 0; way < 5; way++)
		for (past = 0; past < 2; past++) {
			buf_init(&buf, 10);
			buf_str(&buf, past == 1 ? "0123456789" : "0123456");
			assert_null(buf_error(&buf, "it"));
			if (way == 0)
				buf_add(&buf, "xyz", 3);
			else if (way == 1)
				buf_str(&buf, "xyz");
			else if (way == 2)
				buf_char(&buf, 'x');
			else if (way == 3)
				buf_fill(&buf, 'x', 3);
			else
				buf_fmt(&buf, "%d", 123);
			assert_int_equal(buf.full, past);
			assert_int_equal(buf_error(&buf, "it") != NULL, past);
			if (past == 1)
				assert_string_equal(buf_text(&buf),
				    "0123456789");
			buf_release(&buf);
		}
}

static void
test_failure_is_sticky(void **state)
{
	const struct err *err;
	struct buf buf;

	(void)state;
	buf_init(&buf, 5);
	buf_str(&buf, "abc");
	buf_str(&buf, "too long");
	assert_true(buf.full);
	buf_str(&buf, "d");
	buf_char(&buf, 'd');
	buf_fill(&buf, 'd', 1);
	buf_fmt(&buf, "d");
	assert_string_equal(buf_text(&buf), "abc");
	assert_null(buf_take(&buf));
	err = buf_error(&buf, "the page");
	assert_non_null(err);
	assert_int_equal(err->kind, ERR_SYSTEM);
	assert_memory_equal(err->text, "the page: ", 10);
	assert_non_null(strstr(err->text, " 5 bytes"));
	buf_clear(&buf);
	assert_null(buf_error(&buf, "the page"));
	assert_string_equal(buf_text(&buf), "");
	buf_str(&buf, "abcde");
	assert_string_equal(buf_text(&buf), "abcde");
	buf_release(&buf);
}

static void
test_ceiling_of_nothing(void **state)
{
	struct buf buf;
	char *data;

	(void)state;
	buf_init(&buf, 0);
	buf_str(&buf, "");
	assert_null(buf_error(&buf, "it"));
	data = buf_take(&buf);
	assert_string_equal(data, "");
	mem_free(data);
	buf_char(&buf, 'x');
	assert_true(buf.full);
	buf_release(&buf);
}

static void
test_no_memory(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, SIZE_MAX);
	buf_str(&buf, "abc");
	buf_fill(&buf, 'x', SIZE_MAX - 3);
	assert_true(buf.nomem);
	assert_false(buf.full);
	assert_string_equal(buf_text(&buf), "abc");
	buf_str(&buf, "d");
	assert_string_equal(buf_text(&buf), "abc");
	assert_ptr_equal(buf_error(&buf, "it"), err_memory());
	assert_null(buf_take(&buf));
	buf_release(&buf);
	buf_fill(&buf, 'x', SIZE_MAX / 2 + 1);
	assert_true(buf.nomem);
	buf_clear(&buf);
	assert_null(buf_error(&buf, "it"));
	buf_release(&buf);
}

static void
test_take(void **state)
{
	struct buf buf;
	char *first, *second;

	(void)state;
	buf_init(&buf, 20);
	buf_str(&buf, "first");
	first = buf_take(&buf);
	assert_int_equal(buf.len, 0);
	assert_null(buf.data);
	assert_int_equal(buf.ceiling, 20);
	buf_str(&buf, "second");
	second = buf_take(&buf);
	assert_string_equal(first, "first");
	assert_string_equal(second, "second");
	mem_free(first);
	mem_free(second);
	/* A cleared buffer and one that is full to the brim. */
	buf_str(&buf, "gone");
	buf_clear(&buf);
	first = buf_take(&buf);
	assert_string_equal(first, "");
	mem_free(first);
	buf_fill(&buf, 'x', 20);
	first = buf_take(&buf);
	assert_string_equal(first, "xxxxxxxxxxxxxxxxxxxx");
	mem_free(first);
	buf_release(&buf);
}

static void
test_release_and_clear(void **state)
{
	struct buf buf;
	const char *data;

	(void)state;
	buf_init(&buf, 100);
	buf_clear(&buf);
	buf_release(&buf);
	buf_str(&buf, "something");
	data = buf.data;
	buf_clear(&buf);
	assert_ptr_equal(buf.data, data);
	assert_string_equal(buf_text(&buf), "");
	assert_int_equal(buf.len, 0);
	buf_str(&buf, "x");
	assert_string_equal(buf_text(&buf), "x");
	buf_release(&buf);
	assert_null(buf.data);
	assert_int_equal(buf.ceiling, 100);
	buf_release(&buf);
}

/* On the caller's memory: all of it is used, and nothing behind it. */
static void
test_fixed(void **state)
{
	char room[9] = { 0 };
	struct buf buf;

	(void)state;
	room[8] = '!';
	buf_fixed(&buf, room, 8);
	assert_string_equal(buf_text(&buf), "");
	buf_str(&buf, "1234567");
	assert_null(buf_error(&buf, "text"));
	assert_ptr_equal(buf_text(&buf), room);
	assert_string_equal(room, "1234567");
	buf_char(&buf, '8');
	assert_non_null(buf_error(&buf, "text"));
	assert_string_equal(room, "1234567");
	assert_int_equal(room[8], '!');
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_building),
		cmocka_unit_test(test_growth),
		cmocka_unit_test(test_ceiling),
		cmocka_unit_test(test_failure_is_sticky),
		cmocka_unit_test(test_ceiling_of_nothing),
		cmocka_unit_test(test_no_memory),
		cmocka_unit_test(test_take),
		cmocka_unit_test(test_release_and_clear),
		cmocka_unit_test(test_fixed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
