/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/text.h"

#define FFFD "\xef\xbf\xbd"

static void
test_kind_and_text(void **state)
{
	const struct err *err;
	int kind;

	(void)state;
	for (kind = ERR_CHECK; kind < ERR__MAX; kind++) {
		err = err_new((enum err_kind)kind, "%s: %d", "where", kind);
		assert_non_null(err);
		assert_int_equal(err->kind, kind);
		assert_memory_equal(err->text, "where: ", 7);
		assert_int_equal(err->text[7], '0' + kind);
		assert_int_equal(err->text[8], '\0');
	}
}

/* The exit statuses are a promise to scripts. */
static void
test_statuses(void **state)
{
	(void)state;
	assert_int_equal(ERR_NONE, 0);
	assert_int_equal(ERR_CHECK, 1);
	assert_int_equal(ERR_USAGE, 2);
	assert_int_equal(ERR_CONFIG, 3);
	assert_int_equal(ERR_NETWORK, 4);
	assert_int_equal(ERR_SERVER, 5);
	assert_int_equal(ERR_PARTIAL, 6);
	assert_int_equal(ERR_DATA, 7);
	assert_int_equal(ERR_LOCK, 8);
	assert_int_equal(ERR_SYSTEM, 9);
}

static void
test_hostile_bytes(void **state)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "", "" },
		{ "plain", "plain" },
		{ "a\nb\r\nc", "a b  c" },
		{ "\x1b[31mred\x7f", " [31mred " },
		{ "tab\there", "tab here" },
		{ "\xc2\x85\xc2\x9bx", "  x" },
		{ "\xe2\x80\xa8\xe2\x80\xa9", "  " },
		{ "K\xc3\xb6ln \xe6\x97\xa5 \xf0\x9f\x98\x80",
		    "K\xc3\xb6ln \xe6\x97\xa5 \xf0\x9f\x98\x80" },
		{ "bad \xff\xfe", "bad " FFFD FFFD },
		{ "cut \xe6\x97", "cut " FFFD FFFD },
		{ FFFD, FFFD },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(err_new(ERR_DATA, "%s", cases[i].in)->text,
		    cases[i].out);
}

static void
test_long_text(void **state)
{
	static char input[5000];
	const struct err *err;
	size_t shift, size = sizeof(err->text);

	(void)state;
	/* Characters of three bytes, so that the slot ends within one. */
	for (shift = 0; shift < 3; shift++) {
		size_t i;

		memset(input, 'x', shift);
		for (i = shift; i + 3 < sizeof(input); i += 3)
			memcpy(input + i, "\xe6\x97\xa5", 3);
		input[i] = '\0';
		err = err_new(ERR_DATA, "%s", input);
		assert_in_range(strlen(err->text), size - 3, size - 1);
		assert_true(text_is_clean(err->text, strlen(err->text)));
		assert_memory_equal(err->text, input, strlen(err->text));
	}
	/* What is bad grows to three bytes each, and still fits. */
	memset(input, 0xff, sizeof(input) - 1);
	err = err_new(ERR_DATA, "%s", input);
	assert_int_equal(strlen(err->text), (size - 1) / 3 * 3);
	assert_true(text_is_clean(err->text, strlen(err->text)));
	/* What shrinks most does not show where the formatting ended. */
	for (shift = 0; shift + 3 < sizeof(input); shift += 3)
		memcpy(input + shift, "\xe2\x80\xa8", 3);
	input[shift] = '\0';
	err = err_new(ERR_DATA, "%s", input);
	assert_int_equal(strlen(err->text), size - 1);
	assert_int_equal(strspn(err->text, " "), size - 1);
	/* The words of errno and the inner text are cut like the rest. */
	memset(input, 'y', sizeof(input) - 1);
	err = err_sys(ERR_SYSTEM, ENOENT, "%s", input);
	assert_int_equal(strlen(err->text), size - 1);
	err = err_at(err, "%s", input);
	assert_int_equal(strlen(err->text), size - 1);
}

static void
test_sys(void **state)
{
	const struct err *err;
	char expected[256];

	(void)state;
	err = err_sys(ERR_SYSTEM, ENOENT, "%s: can't open", "file");
	snprintf(expected, sizeof(expected), "file: can't open: %s: check "
	    "the name and its folder", strerror(ENOENT));
	assert_int_equal(err->kind, ERR_SYSTEM);
	assert_string_equal(err->text, expected);
	/* Nothing can be done about this one. */
	err = err_sys(ERR_SYSTEM, EINVAL, "file");
	snprintf(expected, sizeof(expected), "file: %s", strerror(EINVAL));
	assert_string_equal(err->text, expected);
	err = err_sys(ERR_CONFIG, 987654, "odd");
	assert_int_equal(err->kind, ERR_CONFIG);
	assert_memory_equal(err->text, "odd: ", 5);
	assert_non_null(strstr(err->text, "987654"));
}

static void
test_at(void **state)
{
	const struct err *err, *outer;

	(void)state;
	assert_null(err_at(NULL, "never"));
	err = err_new(ERR_DATA, "inner");
	outer = err_at(err, "file %d", 7);
	assert_string_equal(outer->text, "file 7: inner");
	assert_int_equal(outer->kind, ERR_DATA);
	assert_string_equal(err->text, "inner");
	outer = err_at(err_memory(), "bug %d", 1);
	assert_int_equal(outer->kind, ERR_SYSTEM);
	assert_memory_equal(outer->text, "bug 1: memory: ", 15);
}

static void
test_ring(void **state)
{
	const struct err *made[ERR_RING];
	char name[16];
	int i, j;

	(void)state;
	for (i = 0; i < ERR_RING; i++)
		made[i] = err_new(ERR_DATA, "number %d", i);
	for (i = 0; i < ERR_RING; i++) {
		snprintf(name, sizeof(name), "number %d", i);
		assert_string_equal(made[i]->text, name);
		for (j = 0; j < i; j++)
			assert_ptr_not_equal(made[i], made[j]);
	}
	assert_ptr_equal(err_new(ERR_DATA, "again"), made[0]);
}

/* The slot that is filled may be the one that an argument lies in. */
static void
test_own_slot_as_argument(void **state)
{
	const struct err *old, *err;
	int i;

	(void)state;
	old = err_new(ERR_DATA, "old");
	for (i = 1; i < ERR_RING; i++)
		err_new(ERR_DATA, "other");
	err = err_new(ERR_LOCK, "new: %s", old->text);
	assert_ptr_equal(err, old);
	assert_string_equal(err->text, "new: old");

	for (i = 1; i < ERR_RING; i++)
		err_new(ERR_DATA, "other");
	err = err_at(old, "outer %s", old->text);
	assert_ptr_equal(err, old);
	assert_string_equal(err->text, "outer new: old: new: old");
	assert_int_equal(err->kind, ERR_LOCK);
}

static void
test_memory(void **state)
{
	const struct err *err = err_memory();
	int i;

	(void)state;
	assert_int_equal(err->kind, ERR_SYSTEM);
	assert_memory_equal(err->text, "memory: ", 8);
	for (i = 0; i < 2 * ERR_RING; i++)
		err_new(ERR_DATA, "other");
	assert_ptr_equal(err, err_memory());
	assert_memory_equal(err->text, "memory: ", 8);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kind_and_text),
		cmocka_unit_test(test_statuses),
		cmocka_unit_test(test_hostile_bytes),
		cmocka_unit_test(test_long_text),
		cmocka_unit_test(test_sys),
		cmocka_unit_test(test_at),
		cmocka_unit_test(test_ring),
		cmocka_unit_test(test_own_slot_as_argument),
		cmocka_unit_test(test_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
