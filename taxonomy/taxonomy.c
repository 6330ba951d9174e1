/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "taxonomy/taxonomy.h"

#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "fetch/xml.h"
#include "taxonomy/builtin.h"
#include "taxonomy/draft.h"

enum {
	PATH_CEILING = 64 << 10		/* more than any system takes */
};

/* The names in a folder that are read, sorted. */
struct listing {
	char *names[TAX_MAX_FILES];
	size_t len;
};

/* What one load or check needs while it goes on. */
struct load {
	struct draft draft;
	struct hash hash;
	bool form;		/* check against the schema */
	bool refused;		/* a file could not be read into the draft */
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

/* Equal names and bytes in equal order give equal hashes. */
static void
add_hash(struct hash *hash, const char *name, size_t len, const char *data)
{
	char size[24];
	int digits;

	digits = snprintf(size, sizeof(size), "%zu", len);
	hash_add(hash, name, strlen(name) + 1);
	hash_add(hash, size, (size_t)digits + 1);
	hash_add(hash, data, len);
}

/* One file into the draft. */
static const struct err *
add_file(struct load *load, const char *name, const char *data, size_t len)
{
	struct draft *draft = &load->draft;
	const struct builtin_file *schema = builtin_schema();
	const struct err *err;
	xmlDocPtr doc = NULL;
	struct buf path;

	add_hash(&load->hash, name, len, data);
	if (len == 0) {
		draft_fault(draft, name, 1, "the file is empty: it is no XML: "
		    "fill or remove it");
		load->refused = true;
		return NULL;
	}
	buf_init(&path, PATH_CEILING);
	buf_str(&path, draft->place);
	buf_str(&path, name);
	err = buf_error(&path, draft->place);
	if (err != NULL)
		goto out;
	err = xml_load(&doc, buf_text(&path), data, len,
	    load->form ? (const char *)schema->data : NULL,
	    load->form ? schema->len : 0);
	if (err != NULL && err->kind == ERR_CONFIG && draft->report != NULL) {
		draft->report(draft->arg, err->text);
		draft->faults++;
		load->refused = true;
		err = NULL;
	}
	if (doc != NULL)
		draft_read(draft, xmlDocGetRootElement(doc), name);
out:
	xmlFreeDoc(doc);
	buf_release(&path);
	return err;
}

static const struct err *
add_file_of(struct load *load, const char *name)
{
	const struct err *err;
	struct buf path, bytes;
	struct stat st;

	buf_init(&path, PATH_CEILING);
	buf_init(&bytes, TAX_MAX_FILE);
	buf_str(&path, load->draft.place);
	buf_str(&path, name);
	err = buf_error(&path, load->draft.place);
	if (err != NULL)
		goto out;
	if (stat(buf_text(&path), &st) == 0 && st.st_size > TAX_MAX_FILE) {
		err = err_new(ERR_CONFIG, "%s: too large: a file of a "
		    "taxonomy has at most %d bytes: split it",
		    buf_text(&path), TAX_MAX_FILE);
		goto out;
	}
	err = file_read(buf_text(&path), &bytes);
	if (err == NULL)
		err = add_file(load, name, buf_text(&bytes), bytes.len);
out:
	buf_release(&bytes);
	buf_release(&path);
	return err;
}

/* A fault, or a refused request for memory, that was kept till now. */
static const struct err *
draft_error(const struct draft *draft)
{
	if (draft->fault != NULL || !draft->failed)
		return draft->fault;
	if (draft->taxonomy->arena.full || draft->scratch.full)
		return err_new(ERR_CONFIG, "%s%s: taxonomy too large: it "
		    "would take more than %d bytes of memory: make it smaller",
		    draft->place, draft->file, TAX_MAX_BYTES);
	return err_memory();
}

static const struct err *
add_folder(struct load *load, const char *dir)
{
	const struct err *err;
	struct listing listing = { 0 };
	size_t i;

	err = list_dir(&listing, dir);
	for (i = 0; err == NULL && i < listing.len; i++) {
		err = add_file_of(load, listing.names[i]);
		if (err == NULL)
			err = draft_error(&load->draft);
	}
	listing_release(&listing);
	return err;
}

static const struct err *
add_builtin(struct load *load)
{
	const struct builtin_file *files;
	const struct err *err = NULL;
	size_t len, i;

	files = builtin_files(&len);
	for (i = 0; err == NULL && i < len; i++) {
		err = add_file(load, files[i].name,
		    (const char *)files[i].data, files[i].len);
		if (err == NULL)
			err = draft_error(&load->draft);
	}
	return err;
}

/*
 * Read and link.  With `load->draft.report` set all faults go there, and
 * the result tells only of what stopped the work.
 */
static const struct err *
load_all(struct load *load, struct taxonomy *taxonomy, const char *dir)
{
	struct draft *draft = &load->draft;
	const struct err *err;
	struct buf place;
	size_t len;

	arena_init(&taxonomy->arena, TAX_MAX_BYTES);
	buf_init(&place, PATH_CEILING);
	buf_init(&draft->scratch, TAX_MAX_BYTES);
	buf_str(&place, dir != NULL ? dir : "built-in taxonomy: ");
	len = place.len;
	if (dir != NULL && (len == 0 || dir[len - 1] != '/'))
		buf_char(&place, '/');
	err = buf_error(&place, "taxonomy");
	if (err != NULL)
		goto out;
	draft->taxonomy = taxonomy;
	draft->place = buf_text(&place);
	hash_init(&load->hash);
	err = dir != NULL ? add_folder(load, dir) : add_builtin(load);
	if (err != NULL)
		goto out;
	hash_hex(&load->hash, taxonomy->sha256);
	if (!load->refused)
		draft_link(draft);
	err = draft_error(draft);
out:
	buf_release(&draft->scratch);
	buf_release(&place);
	return err;
}

const struct err *
taxonomy_load(struct taxonomy **out, const char *dir)
{
	struct load load = { .form = dir != NULL };
	struct taxonomy *taxonomy;
	const struct err *err;

	*out = NULL;
	taxonomy = mem_alloc(1, sizeof(*taxonomy));
	if (taxonomy == NULL)
		return err_memory();
	err = load_all(&load, taxonomy, dir);
	if (err != NULL)
		taxonomy_free(taxonomy);
	else
		*out = taxonomy;
	return err;
}

void
taxonomy_free(struct taxonomy *taxonomy)
{
	if (taxonomy == NULL)
		return;
	arena_release(&taxonomy->arena);
	mem_free(taxonomy);
}

const struct err *
taxonomy_check(const char *dir, void (*report)(void *arg, const char *text),
    void *arg, size_t *faults)
{
	struct load load = { .form = true };
	struct taxonomy taxonomy = { 0 };
	const struct err *err;

	*faults = 0;
	load.draft.report = report;
	load.draft.arg = arg;
	err = load_all(&load, &taxonomy, dir);
	if (err == NULL)
		*faults = load.draft.faults;
	arena_release(&taxonomy.arena);
	return err;
}
