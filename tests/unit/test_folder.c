/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <sys/wait.h>

#include <signal.h>
#include <string.h>
#include <time.h>

#include "base/err.h"
#include "base/folder.h"
#include "tests/unit/scratch.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct folder_file two[] = {
	{ "a.csv", "one", 3 }, { "b.json", big, sizeof(big) }
};
static const struct folder_file changed[] = {
	{ "a.csv", "", 0 }, { "b.json", "new", 3 }
};

static enum folder_state
look(const char *path)
{
	enum folder_state state;

	assert_null(folder_look(path, two, COUNT(two), &state));
	return state;
}

static void
test_look(void **state)
{
	(void)state;
	assert_int_equal(look("none"), FOLDER_NONE);
	assert_int_equal(mkdir("d", 0755), 0);
	assert_int_equal(look("d"), FOLDER_EMPTY);
	put("d/a.csv", "x", 0644);
	assert_int_equal(look("d"), FOLDER_KNOWN);
	put("d/.hidden", "x", 0644);
	assert_int_equal(look("d"), FOLDER_OTHER);
	put("file", "x", 0644);
	assert_int_equal(look("file"), FOLDER_OTHER);
	assert_int_equal(symlink("d", "link"), 0);
	assert_int_equal(look("link"), FOLDER_OTHER);
	assert_int_equal(symlink("gone", "dangling"), 0);
	assert_int_equal(look("dangling"), FOLDER_OTHER);
}

static void
test_look_fails(void **state)
{
	enum folder_state seen;

	(void)state;
	put("file", "x", 0644);
	assert_fails(folder_look("file/d", two, 2, &seen), ERR_SYSTEM,
	    "file/d");
	assert_int_equal(mkdir("shut", 0000), 0);
	drop();
	assert_fails(folder_look("shut", two, 2, &seen), ERR_SYSTEM, "shut");
	regain();
}

static void
test_write(void **state)
{
	(void)state;
	assert_null(folder_write("d", two, 2, false));
	assert_int_equal(entries("."), 1);
	assert_int_equal(entries("d"), 2);
	assert_content("d/a.csv", "one");
	assert_int_equal(mode_of("d"), 0755);
	assert_int_equal(mode_of("d/a.csv"), 0644);
	/* An empty one is as good as none. */
	assert_int_equal(mkdir("e", 0700), 0);
	assert_null(folder_write("e", two, 2, false));
	assert_int_equal(entries("e"), 2);
	assert_null(folder_write("d/inside", two, 1, false));
	assert_int_equal(entries("d/inside"), 1);
	assert_int_equal(entries("."), 2);
}

static void
test_write_replaces(void **state)
{
	(void)state;
	assert_null(folder_write("d", two, 2, true));
	assert_fails(folder_write("d", changed, 2, false), ERR_SYSTEM, "d");
	assert_content("d/a.csv", "one");
	assert_null(folder_write("d", changed, 2, true));
	assert_content("d/a.csv", "");
	assert_content("d/b.json", "new");
	assert_int_equal(entries("."), 1);
}

/* What is not ours is moved, never removed. */
static void
test_write_spares(void **state)
{
	const struct err *err;
	const char *kept;
	char path[PATH_MAX];

	(void)state;
	assert_null(folder_write("d", two, 2, false));
	put("d/mine", "precious", 0644);
	err = folder_write("d", changed, 2, true);
	assert_fails(err, ERR_SYSTEM, "d");
	assert_content("d/b.json", "new");
	kept = strstr(err->text, "it is now ");
	assert_non_null(kept);
	snprintf(path, sizeof(path), "%.*s/mine",
	    (int)strcspn(kept + 10, ":"), kept + 10);
	assert_content(path, "precious");
	assert_int_equal(entries("."), 2);
}

static void
test_write_fails(void **state)
{
	static const struct folder_file twice[] = {
		{ "a.csv", "one", 3 }, { "a.csv", "two", 3 }
	};
	char name[256];

	(void)state;
	assert_fails(folder_write("no/d", two, 2, false), ERR_SYSTEM,
	    "no/d");
	put("file", "old", 0644);
	assert_fails(folder_write("file", two, 2, true), ERR_SYSTEM, "file");
	assert_content("file", "old");
	assert_fails(folder_write("d", twice, 2, false), ERR_SYSTEM,
	    "d/a.csv");
	assert_int_equal(look("d"), FOLDER_NONE);
	memset(name, 'n', 255);
	name[255] = '\0';
	assert_fails(folder_write(name, two, 2, false), ERR_SYSTEM, name);
	assert_int_equal(entries("."), 1);
	assert_int_equal(mkdir("shut", 0555), 0);
	drop();
	assert_fails(folder_write("shut/d", two, 2, false), ERR_SYSTEM,
	    "shut/d");
	regain();
}

static void
on_signal(int number)
{
	(void)number;
	folder_forget_temporary();
	_exit(3);
}

/* Killed by a signal anywhere: the whole folder, or none, and no rest. */
static void
test_signal(void **state)
{
	struct timespec nap = { 0, 0 };
	struct folder_file many[200];
	char names[200][8];
	int round, status;
	pid_t child;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(many); i++) {
		snprintf(names[i], sizeof(names[i]), "f%zu", i);
		many[i].name = names[i];
		many[i].data = big;
		many[i].len = sizeof(big);
	}
	for (round = 0; round < 40; round++) {
		child = fork();
		if (child == 0) {
			/* Before the handler is there, nothing is written. */
			(void)signal(SIGTERM, on_signal);
			for (;;)
				(void)folder_write("d", many, COUNT(many),
				    true);
		}
		assert_true(child > 0);
		nap.tv_nsec = round * 977 % 20000 * 1000L;
		assert_int_equal(nanosleep(&nap, NULL), 0);
		assert_int_equal(kill(child, SIGTERM), 0);
		assert_int_equal(waitpid(child, &status, 0), child);
		if (access("d", F_OK) == 0)
			assert_int_equal(entries("d"), COUNT(many));
		assert_int_equal(entries("."), access("d", F_OK) == 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(test_look),
		SCRATCH_TEST(test_look_fails),
		SCRATCH_TEST(test_write),
		SCRATCH_TEST(test_write_replaces),
		SCRATCH_TEST(test_write_spares),
		SCRATCH_TEST(test_write_fails),
		SCRATCH_TEST(test_signal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
