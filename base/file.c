/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "base/file.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"

enum {
	CHUNK = 16 * 1024,	/* one read: fits a stack, few system calls */
	LINKS_MAX = 40		/* what Linux allows, and stat was content */
};

/*
 * The temporary file that is being written.  It is global because a signal
 * handler has no argument; one at a time is all that there ever is.
 */
static char temporary[PATH_MAX];
static volatile sig_atomic_t temporary_exists;

static const struct err *
read_all(int fd, const char *path, struct buf *out)
{
	const struct err *err;
	char chunk[CHUNK];
	ssize_t got;

	for (;;) {
		got = read(fd, chunk, sizeof(chunk));
		if (got == 0)
			return buf_error(out, path);
		if (got > 0) {
			buf_add(out, chunk, (size_t)got);
			err = buf_error(out, path);
			if (err != NULL)
				return err;
		} else if (errno != EINTR)
			return err_sys(ERR_SYSTEM, errno, "%s: can't be read",
			    path);
	}
}

const struct err *
file_read(const char *path, struct buf *out)
{
	const struct err *err;
	struct buf before = *out;
	struct stat st;
	int fd;

	/* A FIFO without a writer would hold up open for ever. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd == -1)
		return err_sys(ERR_CONFIG, errno, "%s: can't be opened", path);
	if (fstat(fd, &st) == -1)
		err = err_sys(ERR_SYSTEM, errno, "%s: can't be read", path);
	else if (!S_ISREG(st.st_mode))
		err = err_new(ERR_CONFIG, "%s: can't be read: it is no "
		    "regular file: name one", path);
	else
		err = read_all(fd, path, out);
	close(fd);
	if (err != NULL) {
		out->len = before.len;
		out->full = before.full;
		out->nomem = before.nomem;
		if (out->data != NULL)
			out->data[out->len] = '\0';
	}
	return err;
}

static const struct err *
not_written(const char *path, int number)
{
	return err_sys(ERR_SYSTEM, number, "%s: can't be written", path);
}

/* The length of the path's folder with its last '/', 0 when it has none. */
static size_t
folder_len(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? 0 : (size_t)(slash - path) + 1;
}

/*
 * Follow symbolic links, so that the link stays and the file that it leads
 * to is replaced; there need be none yet.  Returns an errno.
 */
static int
follow_links(char target[PATH_MAX])
{
	char link[PATH_MAX];
	size_t start;
	ssize_t len;
	int hop;

	for (hop = 0; hop < LINKS_MAX; hop++) {
		len = readlink(target, link, sizeof(link));
		if (len == -1)
			return errno == EINVAL || errno == ENOENT ? 0 : errno;
		start = link[0] == '/' ? 0 : folder_len(target);
		if ((size_t)len >= PATH_MAX - start)
			return ENAMETOOLONG;
		memcpy(target + start, link, (size_t)len);
		target[start + (size_t)len] = '\0';
	}
	return ELOOP;
}

const struct err *
file_follow(const char *path, struct buf *out)
{
	char target[PATH_MAX];
	int number = ENAMETOOLONG;

	if ((size_t)snprintf(target, PATH_MAX, "%s", path) < PATH_MAX)
		number = follow_links(target);
	if (number != 0)
		return err_sys(ERR_SYSTEM, number, "%s: can't be found", path);
	buf_str(out, target);
	return buf_error(out, path);
}

/* Find what to rename to, and the mode that it gets. */
static const struct err *
find_target(const char *path, char target[PATH_MAX], mode_t *mode)
{
	struct stat st;
	mode_t mask;
	int number;

	*mode = 0;
	if ((size_t)snprintf(target, PATH_MAX, "%s", path) >= PATH_MAX)
		return not_written(path, ENAMETOOLONG);
	if (stat(path, &st) == 0) {
		*mode = st.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO);
	} else if (errno == ENOENT) {
		mask = umask(0);
		umask(mask);
		*mode = 0666 & ~mask;
	} else
		return not_written(path, errno);
	number = follow_links(target);
	return number == 0 ? NULL : not_written(path, number);
}

/* Make `temporary` in the folder of `target`, with mode 0600; -1: errno. */
static int
make_temporary(const char *target)
{
	sigset_t all, before;
	int fd, len, number;

	len = snprintf(temporary, sizeof(temporary), "%.*s.cabrief.XXXXXX",
	    (int)folder_len(target), target);
	if (len < 0 || (size_t)len >= sizeof(temporary)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	/* No signal may fall between the file and the mark that it exists. */
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	fd = mkstemp(temporary);
	number = errno;
	if (fd != -1)
		temporary_exists = 1;
	sigprocmask(SIG_SETMASK, &before, NULL);
	errno = number;
	return fd;
}

static bool
write_all(int fd, const char *data, size_t len)
{
	ssize_t put;

	while (len > 0) {
		put = write(fd, data, len);
		if (put > 0) {
			data += put;
			len -= (size_t)put;
		} else if (put == -1 && errno != EINTR)
			return false;
	}
	return true;
}

/*
 * Its result is ignored on purpose: the rename is done and can't be undone,
 * and after a crash there is the old or the new file, whole, in any case.
 */
static void
sync_folder(const char *target)
{
	char folder[PATH_MAX];
	size_t len = folder_len(target);
	int fd;

	if (len == 0)
		snprintf(folder, sizeof(folder), ".");
	else
		snprintf(folder, sizeof(folder), "%.*s", (int)len, target);
	fd = open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
	if (fd != -1) {
		fsync(fd);
		close(fd);
	}
}

/* A device, a pipe, a terminal: somebody waits for the bytes there. */
static const struct err *
write_through(const char *path, const char *data, size_t len)
{
	const struct err *err = NULL;
	int fd;

	fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	if (fd == -1)
		return not_written(path, errno);
	if (!write_all(fd, data, len))
		err = not_written(path, errno);
	if (close(fd) == -1 && err == NULL)
		err = not_written(path, errno);
	return err;
}

const struct err *
file_replace(const char *path, const char *data, size_t len)
{
	const struct err *err;
	char target[PATH_MAX];
	struct stat st;
	mode_t mode;
	int fd;

	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return write_through(path, data, len);
	err = find_target(path, target, &mode);
	if (err != NULL)
		return err;
	fd = make_temporary(target);
	if (fd == -1)
		return not_written(path, errno);
	/* The data first: no one else may open what is still half written,
	 * and a private file is at no moment wider open than the old one. */
	if (!write_all(fd, data, len) || fchmod(fd, mode) == -1 ||
	    fsync(fd) == -1) {
		err = not_written(path, errno);
		close(fd);
		goto out;
	}
	if (close(fd) == -1 || rename(temporary, target) == -1) {
		err = not_written(path, errno);
		goto out;
	}
	sync_folder(target);
out:
	if (err != NULL)
		unlink(temporary);
	temporary_exists = 0;
	return err;
}

/* Make one folder, which may be there already. */
static const struct err *
make_folder(const char *path)
{
	struct stat st;
	int number;

	if (mkdir(path, 0700) == 0)
		return NULL;
	number = errno;
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return NULL;
	return err_sys(ERR_SYSTEM, number, "%s: can't make the folder", path);
}

const struct err *
file_mkdirs(const char *path)
{
	const struct err *err;
	char part[PATH_MAX];
	size_t i;

	if ((size_t)snprintf(part, sizeof(part), "%s", path) >= sizeof(part))
		return err_sys(ERR_SYSTEM, ENAMETOOLONG,
		    "%s: can't make the folder", path);
	for (i = 1; part[0] != '\0' && part[i] != '\0'; i++) {
		if (part[i] != '/')
			continue;
		part[i] = '\0';
		err = make_folder(part);
		if (err != NULL)
			return err;
		part[i] = '/';
	}
	return make_folder(part);
}

void
file_forget_temporary(void)
{
	if (temporary_exists)
		unlink(temporary);
}
