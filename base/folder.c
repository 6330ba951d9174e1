/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "base/folder.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"

/*
 * The temporary folder that is being written or removed.  It is global
 * because a signal handler has no argument; one at a time is all that there
 * ever is.
 */
static struct {
	char path[PATH_MAX];
	int fd;			/* of the folder */
	const struct folder_file *files;
	size_t len;
	volatile sig_atomic_t exists;
} temporary;

static const struct err *
not_written(const char *path, const char *name, int number)
{
	return err_sys(ERR_SYSTEM, number, "%s%s%s: can't be written", path,
	    name[0] != '\0' ? "/" : "", name);
}

static bool
is_known(const struct folder_file *files, size_t len, const char *name)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (strcmp(files[i].name, name) == 0)
			return true;
	return false;
}

static enum folder_state
look_inside(DIR *dir, const struct folder_file *files, size_t len)
{
	enum folder_state state = FOLDER_EMPTY;
	const struct dirent *entry;

	while ((entry = readdir(dir)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		if (!is_known(files, len, entry->d_name))
			return FOLDER_OTHER;
		state = FOLDER_KNOWN;
	}
	return state;
}

const struct err *
folder_look(const char *path, const struct folder_file *files, size_t len,
    enum folder_state *state)
{
	struct stat st;
	DIR *dir;

	*state = FOLDER_NONE;
	if (lstat(path, &st) == -1) {
		if (errno == ENOENT)
			return NULL;
		return err_sys(ERR_SYSTEM, errno, "%s: can't be read", path);
	}
	*state = FOLDER_OTHER;
	if (!S_ISDIR(st.st_mode))
		return NULL;
	dir = opendir(path);
	if (dir == NULL)
		return err_sys(ERR_SYSTEM, errno, "%s: can't be read", path);
	*state = look_inside(dir, files, len);
	(void)closedir(dir);
	return NULL;
}

/* No signal may fall between a folder and the mark that it exists. */
static void
hold_signals(sigset_t *before)
{
	sigset_t all;

	(void)sigfillset(&all);
	(void)sigprocmask(SIG_BLOCK, &all, before);
}

static void
release_signals(const sigset_t *before)
{
	int number = errno;

	(void)sigprocmask(SIG_SETMASK, before, NULL);
	errno = number;
}

/* A new folder beside `path`, its name into `name`; false: errno. */
static bool
make_beside(const char *path, char name[PATH_MAX])
{
	int len = snprintf(name, PATH_MAX, "%s.cabrief.XXXXXX", path);

	if (len < 0 || len >= PATH_MAX) {
		errno = ENAMETOOLONG;
		return false;
	}
	return mkdtemp(name) != NULL;
}

/* Make the temporary folder; false: errno. */
static bool
begin(const char *path, const struct folder_file *files, size_t len)
{
	sigset_t before;
	bool made;

	hold_signals(&before);
	made = make_beside(path, temporary.path);
	if (made) {
		temporary.fd = open(temporary.path, O_RDONLY | O_CLOEXEC |
		    O_DIRECTORY);
		if (temporary.fd == -1) {
			made = false;
			(void)rmdir(temporary.path);
		}
	}
	temporary.files = files;
	temporary.len = len;
	temporary.exists = made;
	release_signals(&before);
	return made;
}

/* Remove the files of the temporary folder, and it if nothing is left. */
static bool
remove_temporary(void)
{
	size_t i;

	for (i = 0; i < temporary.len; i++)
		(void)unlinkat(temporary.fd, temporary.files[i].name, 0);
	return rmdir(temporary.path) == 0;
}

static void
end(void)
{
	temporary.exists = 0;
	(void)close(temporary.fd);
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

static const struct err *
write_file(const char *path, const struct folder_file *file)
{
	const struct err *err = NULL;
	int fd;

	fd = openat(temporary.fd, file->name, O_WRONLY | O_CREAT | O_EXCL |
	    O_CLOEXEC, 0666);
	if (fd == -1)
		return not_written(path, file->name, errno);
	if (!write_all(fd, file->data, file->len) || fsync(fd) == -1)
		err = not_written(path, file->name, errno);
	if (close(fd) == -1 && err == NULL)
		err = not_written(path, file->name, errno);
	return err;
}

/* Its result is ignored on purpose: the rename is done. */
static void
sync_parent(void)
{
	int fd = openat(temporary.fd, "..", O_RDONLY | O_CLOEXEC |
	    O_DIRECTORY);

	if (fd != -1) {
		(void)fsync(fd);
		(void)close(fd);
	}
}

/* The old folder takes the place of the temporary one, which is in its. */
static bool
swap(const char *path)
{
	char old[PATH_MAX];
	int fd, number;

	fd = open(path, O_RDONLY | O_CLOEXEC | O_DIRECTORY | O_NOFOLLOW);
	if (fd == -1)
		return false;
	if (!make_beside(path, old) || rename(path, old) == -1)
		goto undone;
	if (rename(temporary.path, path) == -1) {
		number = errno;
		(void)rename(old, path);
		errno = number;
		goto undone;
	}
	sync_parent();
	(void)close(temporary.fd);
	temporary.fd = fd;
	memcpy(temporary.path, old, sizeof(old));
	return true;
undone:
	number = errno;
	(void)rmdir(old);
	(void)close(fd);
	errno = number;
	return false;
}

/* Put the temporary folder into its place. */
static const struct err *
settle(const char *path, bool replace)
{
	sigset_t before;
	bool done, swapped = false;

	hold_signals(&before);
	done = rename(temporary.path, path) == 0;
	if (done) {
		sync_parent();
		temporary.exists = 0;
	} else if (replace && (errno == ENOTEMPTY || errno == EEXIST)) {
		done = swapped = swap(path);
	}
	release_signals(&before);
	if (!done)
		return not_written(path, "", errno);
	if (swapped && !remove_temporary())
		return err_sys(ERR_SYSTEM, errno, "%s: what stood there "
		    "before can't be removed: it is now %s", path,
		    temporary.path);
	return NULL;
}

const struct err *
folder_write(const char *path, const struct folder_file *files, size_t len,
    bool replace)
{
	const struct err *err = NULL;
	mode_t mask;
	size_t i;

	if (!begin(path, files, len))
		return not_written(path, "", errno);
	mask = umask(0);
	(void)umask(mask);
	for (i = 0; i < len && err == NULL; i++)
		err = write_file(path, &files[i]);
	if (err == NULL && (fchmod(temporary.fd, 0777 & ~mask) == -1 ||
	    fsync(temporary.fd) == -1))
		err = not_written(path, "", errno);
	if (err == NULL)
		err = settle(path, replace);
	/* Of what was swapped, all that may go is gone already. */
	if (err != NULL && temporary.exists)
		(void)remove_temporary();
	end();
	return err;
}

void
folder_forget_temporary(void)
{
	if (temporary.exists)
		(void)remove_temporary();
}
