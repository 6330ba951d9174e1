/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "taxonomy/files.h"

#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "taxonomy/builtin.h"
#include "taxonomy/taxonomy.h"

/* The names in a folder that are read, sorted. */
struct listing {
	char *names[TAX_MAX_FILES];
	size_t len;
};

static void
listing_release(struct listing *listing)
{
	while (listing->len > 0)
		mem_free(listing->names[--listing->len]);
}

static int
compare_strings(const void *x, const void *y)
{
	char *const *a = x, *const *b = y;

	return strcmp(*a, *b);
}

/* As the shell's *.xml: editors leave hidden files about. */
static bool
is_wanted(const char *name)
{
	size_t len = strlen(name);

	return name[0] != '.' && len > 4 && strcmp(name + len - 4, ".xml") == 0;
}

static const struct err *
list_open_dir(struct listing *listing, DIR *stream, const char *dir)
{
	const struct dirent *entry;
	char *copy;

	for (;;) {
		errno = 0;
		entry = readdir(stream);
		if (entry == NULL && errno != 0)
			return err_sys(ERR_CONFIG, errno, "%s: can't be "
			    "listed", dir);
		if (entry == NULL)
			break;
		if (!is_wanted(entry->d_name))
			continue;
		if (listing->len == TAX_MAX_FILES)
			return err_new(ERR_CONFIG, "%s: too many files: a "
			    "taxonomy has at most %d whose names end in .xml: "
			    "join some", dir, TAX_MAX_FILES);
		copy = mem_copy(entry->d_name, strlen(entry->d_name));
		if (copy == NULL)
			return err_memory();
		listing->names[listing->len++] = copy;
	}
	if (listing->len == 0)
		return err_new(ERR_CONFIG, "%s: holds no taxonomy: no file "
		    "there has a name that ends in .xml: name another folder",
		    dir);
	qsort(listing->names, listing->len, sizeof(listing->names[0]),
	    compare_strings);
	return NULL;
}

/* Fill an empty listing; to be released on error too. */
static const struct err *
list_dir(struct listing *listing, const char *dir)
{
	const struct err *err;
	DIR *stream;

	stream = opendir(dir);
	if (stream == NULL)
		return err_sys(ERR_CONFIG, errno, "%s: no taxonomy can be "
		    "read there", dir);
	err = list_open_dir(listing, stream, dir);
	closedir(stream);
	return err;
}

/* `path` says where the file is. */
static const struct err *
read_file(const char *path, struct buf *out)
{
	struct stat st;

	if (stat(path, &st) == 0 && st.st_size > TAX_MAX_FILE)
		return err_new(ERR_CONFIG, "%s: too large: a file of a "
		    "taxonomy has at most %d bytes: split it", path,
		    TAX_MAX_FILE);
	return file_read(path, out);
}

static const struct err *
each_of_folder(const char *dir, const struct err *(*each)(void *arg,
    const char *name, const char *data, size_t len), void *arg)
{
	struct listing listing = { 0 };
	const struct err *err;
	struct buf path, bytes;
	size_t i, len = strlen(dir);

	buf_init(&path, FILES_MAX_PATH);
	buf_init(&bytes, TAX_MAX_FILE);
	err = list_dir(&listing, dir);
	for (i = 0; err == NULL && i < listing.len; i++) {
		buf_clear(&path);
		buf_clear(&bytes);
		buf_fmt(&path, "%s%s%s", dir, len == 0 ||
		    dir[len - 1] != '/' ? "/" : "", listing.names[i]);
		err = buf_error(&path, dir);
		if (err == NULL)
			err = read_file(buf_text(&path), &bytes);
		if (err == NULL)
			err = each(arg, listing.names[i], buf_text(&bytes),
			    bytes.len);
	}
	listing_release(&listing);
	buf_release(&bytes);
	buf_release(&path);
	return err;
}

const struct err *
files_each(const char *dir, const struct err *(*each)(void *arg,
    const char *name, const char *data, size_t len), void *arg)
{
	const struct builtin_file *files;
	const struct err *err = NULL;
	size_t len, i;

	if (dir != NULL)
		return each_of_folder(dir, each, arg);
	files = builtin_files(&len);
	for (i = 0; err == NULL && i < len; i++)
		err = each(arg, files[i].name, (const char *)files[i].data,
		    files[i].len);
	return err;
}
