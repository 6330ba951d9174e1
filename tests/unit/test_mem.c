/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <sys/types.h>
#include <sys/wait.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/mem.h"

static bool
is_zero(const void *data, size_t len)
{
	const char *bytes = data;
	size_t i;

	for (i = 0; i < len; i++)
		if (bytes[i] != 0)
			return false;
	return true;
}

/* Which of six allocations are refused in a process with that variable. */
static int
refusals(const char *memfail)
{
	void *data[6];
	int i, status, bits = 0;
	pid_t child = fork();

	assert_true(child != -1);
	if (child == 0) {
		setenv("CABRIEF_MEMFAIL", memfail, 1);
		data[0] = mem_alloc(1, 1);
		data[1] = mem_copy("a", 1);
		data[2] = mem_resize(NULL, 1, 1);
		/* Read once: a later change must not count again. */
		setenv("CABRIEF_MEMFAIL", "1", 1);
		for (i = 3; i < 6; i++)
			data[i] = mem_alloc(1, 1);
		for (i = 0; i < 6; i++) {
			bits |= data[i] == NULL ? 1 << i : 0;
			mem_free(data[i]);
		}
		_exit(bits);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* Must come first: the parent may not have allocated yet. */
static void
test_memfail(void **state)
{
#ifdef TORTURE
	const bool torture = true;
#else
	const bool torture = false;	/* the variable must have no effect */
#endif

	(void)state;
	assert_int_equal(refusals("1"), torture ? 1 : 0);
	assert_int_equal(refusals("3"), torture ? 4 : 0);
	assert_int_equal(refusals("6"), torture ? 32 : 0);
	assert_int_equal(refusals("7"), 0);
	assert_int_equal(refusals("0"), 0);
	assert_int_equal(refusals(""), 0);
	assert_int_equal(refusals("-1"), 0);
	assert_int_equal(refusals("1x"), 0);
}

static void
test_alloc(void **state)
{
	static const struct {
		size_t count, size;
		bool good;
	} cases[] = {
		{ 1, 1, true },
		{ 1000, 16, true },
		{ 0, 8, true },
		{ 8, 0, true },
		{ 0, 0, true },
		{ SIZE_MAX, 0, true },
		{ SIZE_MAX, 1, false },
		{ 1, SIZE_MAX, false },
		{ SIZE_MAX, SIZE_MAX, false },
		{ SIZE_MAX / 2 + 1, 2, false },	/* the product wraps to 0 */
		{ SIZE_MAX / 8 + 2, 8, false },	/* the product wraps to 8 */
		{ (size_t)PTRDIFF_MAX + 1, 1, false },
	};
	size_t i;
	void *data;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		data = mem_alloc(cases[i].count, cases[i].size);
		assert_int_equal(data != NULL, cases[i].good);
		if (data != NULL)
			assert_true(is_zero(data,
			    cases[i].count * cases[i].size));
		mem_free(data);
		data = mem_resize(NULL, cases[i].count, cases[i].size);
		assert_int_equal(data != NULL, cases[i].good);
		mem_free(data);
	}
	mem_free(NULL);
}

static void
test_resize(void **state)
{
	char *data, *more;
	size_t i;

	(void)state;
	data = mem_resize(NULL, 4, 1);
	assert_non_null(data);
	memcpy(data, "abcd", 4);
	more = mem_resize(data, 50000, 2);
	assert_non_null(more);
	assert_memory_equal(more, "abcd", 4);
	for (i = 4; i < 100000; i++)
		more[i] = 'x';
	/* A refused request leaves the old bytes whole. */
	assert_null(mem_resize(more, SIZE_MAX, 2));
	assert_memory_equal(more, "abcdx", 5);
	data = mem_resize(more, 2, 1);
	assert_non_null(data);
	assert_memory_equal(data, "ab", 2);
	data = mem_resize(data, 0, 1);
	assert_non_null(data);
	mem_free(data);
}

static void
test_copy(void **state)
{
	char *copy;

	(void)state;
	copy = mem_copy("abcdef", 3);
	assert_string_equal(copy, "abc");
	mem_free(copy);
	copy = mem_copy("a\0b", 3);
	assert_memory_equal(copy, "a\0b", 4);
	mem_free(copy);
	copy = mem_copy(NULL, 0);
	assert_string_equal(copy, "");
	mem_free(copy);
	assert_null(mem_copy("x", SIZE_MAX));
	assert_null(mem_copy("x", SIZE_MAX - 1));
}

static void
test_must(void **state)
{
	char *data;

	(void)state;
	data = mem_must_alloc(NULL, 3);
	memcpy(data, "abc", 3);
	data = mem_must_resize(NULL, data, 1000);
	assert_memory_equal(data, "abc", 3);
	mem_must_free(NULL, data);
	mem_must_free(NULL, NULL);
	data = mem_must_resize(NULL, NULL, 0);
	assert_non_null(data);
	mem_must_free(NULL, data);
}

static void
fail_alloc(void)
{
	mem_must_alloc(NULL, SIZE_MAX);
}

static void
fail_resize(void)
{
	mem_must_resize(NULL, NULL, SIZE_MAX);
}

/* One line on standard error, and the exit status of the system. */
static void
test_must_ends(void **state)
{
	void (*const calls[])(void) = { fail_alloc, fail_resize };
	char line[512];
	size_t i;
	ssize_t got;
	pid_t child;
	int ends[2], status;

	(void)state;
	for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		assert_int_equal(pipe(ends), 0);
		fflush(NULL);
		child = fork();
		assert_true(child != -1);
		if (child == 0) {
			dup2(ends[1], STDERR_FILENO);
			close(ends[0]);
			close(ends[1]);
			calls[i]();
			_exit(0);
		}
		close(ends[1]);
		got = read(ends[0], line, sizeof(line) - 1);
		close(ends[0]);
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), ERR_SYSTEM);
		assert_true(got > 0);
		line[got] = '\0';
		assert_memory_equal(line, "cabrief: memory: ", 17);
		assert_ptr_equal(strchr(line, '\n'), line + got - 1);
	}
}

static void
test_arena_many(void **state)
{
	enum { COUNT = 20000 };
	static char *copies[COUNT];
	static uint64_t *numbers[COUNT];
	struct arena arena;
	char text[32];
	size_t i;

	(void)state;
	arena_init(&arena, 64 * 1024 * 1024);
	for (i = 0; i < COUNT; i++) {
		snprintf(text, sizeof(text), "text %zu", i);
		copies[i] = arena_copy(&arena, text, strlen(text));
		numbers[i] = arena_alloc(&arena, 1 + i % 5, sizeof(uint64_t));
		assert_non_null(copies[i]);
		assert_non_null(numbers[i]);
		assert_int_equal((uintptr_t)numbers[i] %
		    _Alignof(max_align_t), 0);
		assert_true(is_zero(numbers[i],
		    (1 + i % 5) * sizeof(uint64_t)));
		memset(numbers[i], 0xee, (1 + i % 5) * sizeof(uint64_t));
	}
	/* None has been written over by a later one. */
	for (i = 0; i < COUNT; i++) {
		snprintf(text, sizeof(text), "text %zu", i);
		assert_string_equal(copies[i], text);
		assert_true(*numbers[i] == UINT64_C(0xeeeeeeeeeeeeeeee));
	}
	assert_int_equal(arena.full, 0);
	arena_release(&arena);
}

static void
test_arena_large(void **state)
{
	static const size_t sizes[] = {
		1, 65535, 65536, 65537, 200000, 5, 1048576, 3000000, 7
	};
	struct arena arena;
	char *data[sizeof(sizes) / sizeof(sizes[0])];
	size_t i, count = sizeof(sizes) / sizeof(sizes[0]), sum = 0;

	(void)state;
	arena_init(&arena, SIZE_MAX);
	for (i = 0; i < count; i++) {
		data[i] = arena_alloc(&arena, sizes[i], 1);
		assert_non_null(data[i]);
		assert_true(is_zero(data[i], sizes[i]));
		memset(data[i], 'a' + (int)i, sizes[i]);
		sum += sizes[i];
	}
	for (i = 0; i < count; i++) {
		assert_int_equal(data[i][0], 'a' + (int)i);
		assert_int_equal(data[i][sizes[i] - 1], 'a' + (int)i);
	}
	assert_in_range(arena.used, sum, sum + count * 16);
	/* No memory for this: refused, but not by the ceiling. */
	assert_null(arena_alloc(&arena, PTRDIFF_MAX, 1));
	assert_int_equal(arena.full, 0);
	assert_non_null(arena_alloc(&arena, 1, 1));
	arena_release(&arena);
}

static void
test_arena_ceiling(void **state)
{
	struct arena arena;
	size_t i;

	(void)state;
	arena_init(&arena, 160);
	for (i = 0; i < 10; i++)
		assert_non_null(arena_alloc(&arena, 1, 16));
	assert_int_equal(arena.full, 0);
	assert_int_equal(arena.used, 160);
	assert_null(arena_alloc(&arena, 1, 1));
	assert_int_equal(arena.full, 1);
	assert_int_equal(arena.used, 160);
	assert_null(arena_copy(&arena, "", 0));
	arena_clear(&arena);
	assert_int_equal(arena.full, 0);
	assert_int_equal(arena.used, 0);
	assert_null(arena_alloc(&arena, 161, 1));
	assert_int_equal(arena.full, 1);
	assert_non_null(arena_alloc(&arena, 160, 1));
	arena_release(&arena);
	assert_int_equal(arena.ceiling, 160);
	assert_int_equal(arena.full, 0);

	arena_init(&arena, 0);
	assert_null(arena_alloc(&arena, 0, 0));
	assert_int_equal(arena.full, 1);
	arena_release(&arena);
}

static void
test_arena_overflow(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena, SIZE_MAX);
	assert_null(arena_alloc(&arena, SIZE_MAX, SIZE_MAX));
	assert_null(arena_alloc(&arena, SIZE_MAX / 8 + 2, 8));
	assert_null(arena_copy(&arena, "x", SIZE_MAX));
	assert_null(arena_copy(&arena, "x", SIZE_MAX - 1));
	assert_null(arena_copy(&arena, "x", SIZE_MAX - 20));
	assert_int_equal(arena.used, 0);
	arena_release(&arena);
}

static void
test_arena_reuse(void **state)
{
	struct arena arena;
	char *data, *copy;
	int round;

	(void)state;
	arena_init(&arena, 1024 * 1024);
	arena_clear(&arena);
	for (round = 0; round < 50; round++) {
		data = arena_alloc(&arena, 1000, 300);
		assert_non_null(data);
		assert_true(is_zero(data, 300000));
		memset(data, 0xff, 300000);
		copy = arena_copy(&arena, "a\0b", 3);
		assert_memory_equal(copy, "a\0b", 4);
		copy = arena_copy(&arena, NULL, 0);
		assert_string_equal(copy, "");
		if (round % 10 == 9)
			arena_release(&arena);
		else
			arena_clear(&arena);
		assert_int_equal(arena.used, 0);
	}
	arena_release(&arena);
	arena_release(&arena);
}

static void
test_wipe(void **state)
{
	char secret[] = "a secret";

	(void)state;
	mem_wipe(secret, 4);
	assert_memory_equal(secret, "\0\0\0\0cret", sizeof(secret));
	mem_wipe(secret, sizeof(secret));
	assert_true(is_zero(secret, sizeof(secret)));
	mem_wipe(NULL, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_memfail),
		cmocka_unit_test(test_alloc),
		cmocka_unit_test(test_resize),
		cmocka_unit_test(test_copy),
		cmocka_unit_test(test_must),
		cmocka_unit_test(test_must_ends),
		cmocka_unit_test(test_wipe),
		cmocka_unit_test(test_arena_many),
		cmocka_unit_test(test_arena_large),
		cmocka_unit_test(test_arena_ceiling),
		cmocka_unit_test(test_arena_overflow),
		cmocka_unit_test(test_arena_reuse),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
