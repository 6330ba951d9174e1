/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "tests/unit/scratch.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void
test_replace(void **state)
{
	char path[PATH_MAX], name[256];
	struct buf buf;

	(void)state;
	assert_null(file_replace("new", "one", 3));
	assert_content("new", "one");
	assert_null(file_replace("new", "two, longer", 11));
	assert_content("new", "two, longer");
	assert_null(file_replace("./new", "", 0));
	assert_content("new", "");
	assert_null(file_replace("new", NULL, 0));
	assert_content("new", "");
	assert_int_equal(mkdir("folder", 0755), 0);
	assert_null(file_replace("folder/new", "three", 5));
	assert_content("folder/new", "three");
	assert_int_equal(entries("folder"), 1);
	assert_non_null(getcwd(path, sizeof(path) - 8));
	memcpy(path + strlen(path), "/whole", 7);
	assert_null(file_replace(path, big, sizeof(big)));
	buf_init(&buf, BIG);
	assert_null(file_read("whole", &buf));
	assert_int_equal(buf.len, BIG);
	assert_memory_equal(buf.data, big, BIG);
	buf_release(&buf);
	/* The longest name there may be: the temporary needs none longer. */
	memset(name, 'n', 255);
	name[255] = '\0';
	assert_null(file_replace(name, "long", 4));
	assert_content(name, "long");
	assert_int_equal(entries("."), 4);
}

static void
test_replace_mode(void **state)
{
	static const struct {
		unsigned int before, after;
	} cases[] = {
		{ 0600, 0600 },
		{ 0644, 0644 },
		{ 0666, 0666 },	/* the umask is for new files */
		{ 0440, 0440 },
		{ 0755, 0755 },
		{ 0000, 0000 },
		{ 04755, 0755 },	/* set-uid is no permission */
	};
	size_t i;

	(void)state;
	umask(027);
	for (i = 0; i < COUNT(cases); i++) {
		put("file", "old", 0600);
		assert_int_equal(chmod("file", cases[i].before), 0);
		assert_null(file_replace("file", "new", 3));
		assert_int_equal(mode_of("file"), cases[i].after);
		assert_int_equal(chmod("file", 0600), 0);
		assert_content("file", "new");
		assert_int_equal(unlink("file"), 0);
	}
	assert_null(file_replace("new", "x", 1));
	assert_int_equal(mode_of("new"), 0640);
	/* The umask that was there is there again. */
	assert_int_equal(umask(0), 027);
	assert_null(file_replace("open", "x", 1));
	assert_int_equal(mode_of("open"), 0666);
}

static void
test_replace_links(void **state)
{
	struct stat st;

	(void)state;
	assert_int_equal(mkdir("folder", 0755), 0);
	put("folder/file", "old", 0600);
	assert_int_equal(symlink("file", "folder/near"), 0);
	assert_int_equal(symlink("folder/near", "far"), 0);
	assert_null(file_replace("far", "new", 3));
	assert_content("folder/file", "new");
	assert_int_equal(mode_of("folder/file"), 0600);
	assert_int_equal(lstat("far", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(lstat("folder/near", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	/* A link to what is not there yet; one with a whole path. */
	assert_int_equal(symlink("folder/later", "promise"), 0);
	assert_null(file_replace("promise", "kept", 4));
	assert_content("folder/later", "kept");
	assert_int_equal(lstat("promise", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(entries("folder"), 3);
	assert_int_equal(symlink("/nowhere/at/all", "whole"), 0);
	assert_fails(file_replace("whole", "x", 1), ERR_SYSTEM, "whole");
	assert_int_equal(entries("."), 4);
}

/* What is no regular file stays what it is, and gets the bytes. */
static void
test_write_through(void **state)
{
	char got[8] = "";
	struct stat st;
	int fd;

	(void)state;
	assert_int_equal(mkfifo("fifo", 0644), 0);
	assert_int_equal(symlink("fifo", "link"), 0);
	fd = open("fifo", O_RDWR | O_NONBLOCK);
	assert_true(fd >= 0);
	assert_null(file_replace("fifo", "new", 3));
	assert_int_equal(read(fd, got, sizeof(got)), 3);
	assert_string_equal(got, "new");
	assert_null(file_replace("link", "far", 3));
	assert_int_equal(read(fd, got, sizeof(got)), 3);
	assert_string_equal(got, "far");
	close(fd);
	assert_int_equal(stat("fifo", &st), 0);
	assert_true(S_ISFIFO(st.st_mode));
	assert_null(file_replace("/dev/null", "new", 3));
	assert_int_equal(stat("/dev/null", &st), 0);
	assert_true(S_ISCHR(st.st_mode));
	if (stat("/dev/full", &st) == 0)
		assert_fails(file_replace("/dev/full", "new", 3), ERR_SYSTEM,
		    "/dev/full");
	assert_int_equal(entries("."), 2);
}

/* Nothing is written, and no temporary file is left. */
static void
test_replace_refused(void **state)
{
	static const char *const paths[] = {
		"", "missing/file", "text/below", "folder", "folder/",
		"missing/", "loop", "folderlink"
	};
	char path[2 * PATH_MAX];
	size_t i;

	(void)state;
	put("text", "old", 0600);
	assert_int_equal(mkdir("folder", 0755), 0);
	assert_int_equal(symlink("loop", "loop"), 0);
	assert_int_equal(symlink("folder", "folderlink"), 0);
	for (i = 0; i < COUNT(paths); i++) {
		assert_fails(file_replace(paths[i], "new", 3), ERR_SYSTEM,
		    paths[i]);
		assert_int_equal(entries("."), 4);
		assert_int_equal(entries("folder"), 0);
	}
	assert_content("text", "old");
	for (i = 0; i + 2 < sizeof(path); i += 2)
		memcpy(path + i, "./", 2);
	path[i] = '\0';
	assert_non_null(file_replace(path, "new", 3));
	/* A name of 256 bytes: the rename is what fails. */
	memset(path, 'n', 256);
	path[256] = '\0';
	assert_non_null(file_replace(path, "new", 3));
	assert_int_equal(entries("."), 4);
}

static void
test_replace_read_only_folder(void **state)
{
	const struct err *err;

	(void)state;
	assert_int_equal(mkdir("shut", 0755), 0);
	put("shut/file", "old", 0644);
	assert_int_equal(chmod("shut", 0555), 0);
	drop();
	err = file_replace("shut/file", "new", 3);
	regain();
	assert_fails(err, ERR_SYSTEM, "shut/file");
	assert_non_null(strstr(err->text, strerror(EACCES)));
	assert_content("shut/file", "old");
	assert_int_equal(entries("shut"), 1);
}

/* In a sticky folder all may write, but not rename over another's file. */
static void
test_replace_rename_fails(void **state)
{
	const struct err *err;

	(void)state;
	if (geteuid() != 0) {
		print_message("skipped: needs root, to have a file of "
		    "another user's\n");
		skip();
	}
	assert_int_equal(mkdir("sticky", 0755), 0);
	put("sticky/file", "old", 0644);
	assert_int_equal(chmod("sticky", 01777), 0);
	drop();
	err = file_replace("sticky/file", "new", 3);
	regain();
	assert_fails(err, ERR_SYSTEM, "sticky/file");
	assert_content("sticky/file", "old");
	assert_int_equal(entries("sticky"), 1);
}

/* A disk that takes the first 1000 bytes only, by a resource limit. */
static const struct err *
replace_on_small_disk(const char *path, const char *data, size_t len,
    void (*on_signal)(int))
{
	struct rlimit before, small;
	const struct err *err;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = before;
	small.rlim_cur = 1000;
	assert_true(signal(SIGXFSZ, on_signal) != SIG_ERR);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	err = file_replace(path, data, len);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_true(signal(SIGXFSZ, SIG_DFL) != SIG_ERR);
	return err;
}

static void
test_replace_write_fails(void **state)
{
	const struct err *err;

	(void)state;
	put("file", "old", 0600);
	err = replace_on_small_disk("file", big, 5000, SIG_IGN);
	assert_fails(err, ERR_SYSTEM, "file");
	assert_non_null(strstr(err->text, strerror(EFBIG)));
	assert_content("file", "old");
	assert_int_equal(entries("."), 1);
	err = replace_on_small_disk("new", big, 1001, SIG_IGN);
	assert_fails(err, ERR_SYSTEM, "new");
	assert_int_equal(access("new", F_OK), -1);
	assert_int_equal(entries("."), 1);
	/* The next one is not disturbed by those that failed. */
	assert_null(replace_on_small_disk("new", big, 1000, SIG_IGN));
	assert_null(file_replace("file", "new", 3));
	assert_content("file", "new");
	assert_int_equal(entries("."), 2);
}

static volatile sig_atomic_t entries_before, entries_after;

static void
forget(int number)
{
	(void)number;
	entries_before = entries(".");
	file_forget_temporary();
	entries_after = entries(".");
}

static void
test_forget_temporary(void **state)
{
	(void)state;
	file_forget_temporary();
	put("file", "old", 0600);
	/* The signal comes in the middle of the write. */
	assert_fails(replace_on_small_disk("file", big, 5000, forget),
	    ERR_SYSTEM, "file");
	assert_int_equal(entries_before, 2);
	assert_int_equal(entries_after, 1);
	assert_content("file", "old");
	/* Before and behind a write there is nothing to forget. */
	file_forget_temporary();
	assert_null(file_replace("file", "new", 3));
	file_forget_temporary();
	assert_content("file", "new");
	assert_int_equal(entries("."), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(test_replace),
		SCRATCH_TEST(test_replace_mode),
		SCRATCH_TEST(test_replace_links),
		SCRATCH_TEST(test_write_through),
		SCRATCH_TEST(test_replace_refused),
		SCRATCH_TEST(test_replace_read_only_folder),
		SCRATCH_TEST(test_replace_rename_fails),
		SCRATCH_TEST(test_replace_write_fails),
		SCRATCH_TEST(test_forget_temporary),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
