/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * For tests of files: each runs in a folder of its own, which is then its
 * working folder, and is removed with all that it holds.  It is made in
 * $TMPDIR, or where the tests run.
 */
#ifndef TESTS_SCRATCH_H
#define TESTS_SCRATCH_H

#include <sys/stat.h>
#include <sys/types.h>

#include <dirent.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"

#define SCRATCH_TEST(name) \
	cmocka_unit_test_setup_teardown(name, setup, teardown)

enum {
	NOBODY = 65534,
	BIG = 100000	/* more than one read, or one write, takes */
};

static char scratch[PATH_MAX];
static char home[PATH_MAX];
static char big[BIG];	/* full of b */

/* How many files and folders there are in a folder. */
static inline int
entries(const char *folder)
{
	struct dirent *entry;
	DIR *dir = opendir(folder);
	int count = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0)
			count++;
	closedir(dir);
	return count;
}

/* Remove what the working folder holds. */
static inline void
remove_all(void)
{
	struct dirent *entry;
	DIR *dir = opendir(".");

	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0 ||
		    unlink(entry->d_name) == 0)
			continue;
		assert_int_equal(chmod(entry->d_name, 0700), 0);
		assert_int_equal(chdir(entry->d_name), 0);
		remove_all();
		assert_int_equal(chdir(".."), 0);
		assert_int_equal(rmdir(entry->d_name), 0);
	}
	closedir(dir);
}

static inline int
setup(void **state)
{
	const char *folder = getenv("TMPDIR");

	(void)state;
	umask(022);
	memset(big, 'b', sizeof(big));
	if (getcwd(home, sizeof(home)) == NULL)
		return -1;
	snprintf(scratch, sizeof(scratch), "%s/test_file.XXXXXX",
	    folder != NULL ? folder : ".");
	if (mkdtemp(scratch) == NULL || chmod(scratch, 0755) == -1)
		return -1;
	return chdir(scratch);
}

static inline int
teardown(void **state)
{
	(void)state;
	if (chdir(home) == -1 || chdir(scratch) == -1)
		return -1;
	remove_all();
	if (chdir(home) == -1)
		return -1;
	return rmdir(scratch);
}

static inline void
put(const char *path, const char *text, mode_t mode)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(path, mode), 0);
}

static inline void
assert_content(const char *path, const char *text)
{
	struct buf buf;

	buf_init(&buf, 2 * BIG);
	assert_null(file_read(path, &buf));
	assert_string_equal(buf_text(&buf), text);
	buf_release(&buf);
}

static inline unsigned int
mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return (unsigned int)st.st_mode & 07777;
}

static inline void
assert_fails(const struct err *err, enum err_kind kind, const char *where)
{
	assert_non_null(err);
	assert_int_equal(err->kind, kind);
	assert_memory_equal(err->text, where, strlen(where));
	assert_int_equal(err->text[strlen(where)], ':');
}

/* Root may do all; as nobody even root's tests meet a shut door. */
static inline void
drop(void)
{
	if (geteuid() == 0 && seteuid(NOBODY) == -1) {
		print_message("skipped: root can't become another here\n");
		skip();
	}
}

static inline void
regain(void)
{
	if (getuid() == 0)
		assert_int_equal(seteuid(0), 0);
}

#endif
