/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "tests/unit/scratch.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void
test_read(void **state)
{
	struct buf buf;

	(void)state;
	put("empty", "", 0644);
	put("text", "line\n", 0600);
	assert_null(file_replace("nul", "a\0b", 3));
	assert_null(file_replace("big", big, sizeof(big)));
	buf_init(&buf, BIG + 8);
	assert_null(file_read("empty", &buf));
	assert_int_equal(buf.len, 0);
	assert_null(file_read("text", &buf));
	assert_null(file_read("nul", &buf));
	assert_int_equal(buf.len, 8);
	assert_memory_equal(buf.data, "line\na\0b", 9);
	/* To the brim, behind what is there. */
	assert_null(file_read("big", &buf));
	assert_int_equal(buf.len, BIG + 8);
	assert_memory_equal(buf.data, "line\na\0bbbb", 11);
	assert_int_equal(buf.data[BIG + 7], 'b');
	buf_release(&buf);
}

static void
test_read_ceiling(void **state)
{
	struct buf buf;

	(void)state;
	assert_null(file_replace("big", big, sizeof(big)));
	buf_init(&buf, BIG + 2);
	buf_str(&buf, "old");
	assert_fails(file_read("big", &buf), ERR_SYSTEM, "big");
	assert_string_equal(buf_text(&buf), "old");
	assert_int_equal(buf.len, 3);
	assert_null(buf_error(&buf, "it"));
	buf_release(&buf);
	/* One that had failed before is left so. */
	buf_init(&buf, 2);
	buf_str(&buf, "ok");
	buf_str(&buf, "!");
	put("empty", "", 0644);
	assert_non_null(file_read("empty", &buf));
	assert_true(buf.full);
	assert_string_equal(buf_text(&buf), "ok");
	buf_release(&buf);
}

static void
test_read_no_file(void **state)
{
	static const char *const paths[] = {
		"missing", "", "folder", "folder/missing", "text/below",
		"fifo", "/dev/null", "loop"
	};
	struct buf buf;
	size_t i;

	(void)state;
	assert_int_equal(mkdir("folder", 0755), 0);
	assert_int_equal(mkfifo("fifo", 0644), 0);
	assert_int_equal(symlink("loop", "loop"), 0);
	put("text", "line\n", 0600);
	buf_init(&buf, 100);
	buf_str(&buf, "old");
	alarm(20);	/* the fifo must not hold us up */
	for (i = 0; i < COUNT(paths); i++) {
		assert_fails(file_read(paths[i], &buf), ERR_CONFIG, paths[i]);
		assert_string_equal(buf_text(&buf), "old");
		assert_null(buf_error(&buf, "it"));
	}
	alarm(0);
	buf_release(&buf);
}

static void
test_read_denied(void **state)
{
	const struct err *err;
	struct buf buf;

	(void)state;
	buf_init(&buf, 100);
	put("shut", "secret", 0);
	drop();
	err = file_read("shut", &buf);
	regain();
	assert_fails(err, ERR_CONFIG, "shut");
	assert_non_null(strstr(err->text, strerror(EACCES)));
	assert_int_equal(buf.len, 0);
}

/* Linux has a regular file whose first byte can't be read. */
static void
test_read_fails(void **state)
{
	static const char path[] = "/proc/self/mem";
	struct buf buf;

	(void)state;
	if (access(path, R_OK) == -1) {
		print_message("skipped: no file here that fails to read\n");
		skip();
	}
	buf_init(&buf, 100);
	buf_str(&buf, "old");
	assert_fails(file_read(path, &buf), ERR_SYSTEM, path);
	assert_string_equal(buf_text(&buf), "old");
	buf_release(&buf);
}

static void
test_mkdirs(void **state)
{
	static const char *const paths[] = {
		"a", "a", "a/b/c", "a/b/c/", "a//b///d//", "./e/../f", ".",
		"/", "//", "..", "link/g"
	};
	char path[PATH_MAX];
	struct stat st;
	size_t i;

	(void)state;
	umask(0);
	assert_int_equal(mkdir("open", 0755), 0);
	assert_int_equal(symlink("open", "link"), 0);
	for (i = 0; i < COUNT(paths); i++) {
		assert_null(file_mkdirs(paths[i]));
		assert_int_equal(stat(paths[i], &st), 0);
		assert_true(S_ISDIR(st.st_mode));
	}
	assert_int_equal(mode_of("a"), 0700);
	assert_int_equal(mode_of("a/b"), 0700);
	assert_int_equal(mode_of("a/b/c"), 0700);
	assert_int_equal(mode_of("open"), 0755);
	assert_int_equal(mode_of("open/g"), 0700);
	assert_non_null(getcwd(path, sizeof(path) - 16));
	memcpy(path + strlen(path), "/whole/path", 12);
	assert_null(file_mkdirs(path));
	assert_int_equal(mode_of("whole/path"), 0700);
}

static void
test_mkdirs_fails(void **state)
{
	static const char *const paths[] = {
		"", "text", "text/below", "a/text2", "dangling", "dangling/x"
	};
	char path[2 * PATH_MAX];
	const struct err *err;
	size_t i;

	(void)state;
	put("text", "x", 0644);
	assert_int_equal(mkdir("a", 0755), 0);
	put("a/text2", "x", 0644);
	assert_int_equal(symlink("nothing", "dangling"), 0);
	for (i = 0; i < COUNT(paths); i++) {
		err = file_mkdirs(paths[i]);
		assert_non_null(err);
		assert_int_equal(err->kind, ERR_SYSTEM);
		assert_non_null(strstr(err->text, ": can't make"));
	}
	memset(path, 'n', sizeof(path) - 1);
	path[sizeof(path) - 1] = '\0';
	assert_non_null(file_mkdirs(path));
	path[256] = '\0';
	assert_non_null(file_mkdirs(path));
	assert_int_equal(mkdir("shut", 0555), 0);
	drop();
	err = file_mkdirs("shut/a/b");
	regain();
	assert_fails(err, ERR_SYSTEM, "shut/a");
	assert_non_null(strstr(err->text, strerror(EACCES)));
	assert_int_equal(entries("shut"), 0);
}

static void
test_follow(void **state)
{
	static const struct {
		const char *path, *target;
	} cases[] = {
		{ "file", "file" }, { "nothing", "nothing" },
		{ "far", "folder/file" }, { "promise", "folder/later" },
		{ "folder/up", "folder/../file" }, { "whole", "/nowhere" }
	};
	char room[64], large[PATH_MAX + 2];
	struct buf out;
	size_t i;

	(void)state;
	put("file", "x", 0600);
	assert_int_equal(mkdir("folder", 0700), 0);
	assert_int_equal(symlink("near", "far"), 0);
	assert_int_equal(symlink("folder/file", "near"), 0);
	assert_int_equal(symlink("folder/later", "promise"), 0);
	assert_int_equal(symlink("../file", "folder/up"), 0);
	assert_int_equal(symlink("/nowhere", "whole"), 0);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_fixed(&out, room, sizeof(room));
		assert_null(file_follow(cases[i].path, &out));
		assert_string_equal(buf_text(&out), cases[i].target);
	}
	assert_int_equal(symlink("loop", "loop"), 0);
	assert_fails(file_follow("loop", &out), ERR_SYSTEM, "loop");
	memset(large, 'x', sizeof(large) - 1);
	large[sizeof(large) - 1] = '\0';
	assert_non_null(file_follow(large, &out));
	buf_fixed(&out, room, 4);
	assert_non_null(file_follow("folder/file", &out));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(test_read),
		SCRATCH_TEST(test_read_ceiling),
		SCRATCH_TEST(test_read_no_file),
		SCRATCH_TEST(test_read_denied),
		SCRATCH_TEST(test_read_fails),
		SCRATCH_TEST(test_mkdirs),
		SCRATCH_TEST(test_mkdirs_fails),
		SCRATCH_TEST(test_follow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
