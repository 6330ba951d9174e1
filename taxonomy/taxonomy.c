/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "taxonomy/taxonomy.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "fetch/xml.h"
#include "taxonomy/builtin.h"
#include "taxonomy/draft.h"
#include "taxonomy/files.h"

/* What one load or check needs while it goes on. */
struct load {
	struct draft draft;
	struct hash hash;
	struct arena tree;	/* of the file being read */
	bool form;		/* check against the schema */
	bool labels;		/* read no file of reports */
	bool refused;		/* a file could not be read into the draft */
};

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

static const struct err *
too_large(const struct draft *draft, const char *file)
{
	return err_new(ERR_CONFIG, "%s%s: taxonomy too large: it would take "
	    "more than %d bytes of memory: make it smaller", draft->place,
	    file, TAX_MAX_BYTES);
}

/* Of the built-in files, those that only readers of reports need: no rule of
 * TAX_STAGE_LABELS in the others looks at sections. */
static bool
is_of_reports(const char *name)
{
	static const char *const names[] = {
		"causes.xml", "clocks.xml", "lessons.xml", "participants.xml",
		"reports.xml"
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

/* One file into the draft. */
static const struct err *
read_file(struct load *load, const char *name, const char *data, size_t len)
{
	struct draft *draft = &load->draft;
	const struct builtin_file *schema = builtin_schema();
	const struct err *err;
	const struct xml_element *root;
	struct buf path;

	if (len == 0) {
		draft_fault(draft, name, 1, "the file is empty: it is no XML: "
		    "fill or remove it");
		load->refused = true;
		return NULL;
	}
	buf_init(&path, FILES_MAX_PATH);
	buf_str(&path, draft->place);
	buf_str(&path, name);
	err = buf_error(&path, draft->place);
	if (err != NULL)
		goto out;
	err = xml_load(&root, &load->tree, buf_text(&path), data, len,
	    load->form ? (const char *)schema->data : NULL,
	    load->form ? schema->len : 0);
	if (load->tree.full) {
		err = too_large(draft, name);
	} else if (err != NULL && err->kind == ERR_CONFIG &&
	    draft->report != NULL) {
		draft->report(draft->arg, err->text);
		draft->faults++;
		load->refused = true;
		err = NULL;
	}
	if (root != NULL)
		draft_read(draft, root, name);
out:
	arena_clear(&load->tree);
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
		return too_large(draft, draft->file);
	return err_memory();
}

static const struct err *
add_file(void *arg, const char *name, const char *data, size_t len)
{
	struct load *load = arg;
	const struct err *err;

	add_hash(&load->hash, name, len, data);
	if (load->labels && is_of_reports(name))
		return NULL;
	err = read_file(load, name, data, len);
	return err != NULL ? err : draft_error(&load->draft);
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
	arena_init(&load->tree, TAX_MAX_BYTES);
	buf_init(&place, FILES_MAX_PATH);
	buf_init(&draft->scratch, TAX_MAX_BYTES);
	buf_str(&place, dir != NULL ? dir : "built-in taxonomy: ");
	len = place.len;
	if (dir != NULL && (len == 0 || dir[len - 1] != '/'))
		buf_char(&place, '/');
	err = buf_error(&place, "taxonomy");
	if (err != NULL)
		goto out;
	draft->taxonomy = taxonomy;
	taxonomy->floor = INT_MAX;
	taxonomy->neighbours.first = TAX_FIRST;
	taxonomy->neighbours.prefix = TAX_PREFIX;
	taxonomy->lessons_scheme = SIZE_MAX;
	draft->place = buf_text(&place);
	handling_begin(draft);
	hash_init(&load->hash);
	err = files_each(dir, add_file, load);
	if (err != NULL)
		goto out;
	hash_hex(&load->hash, taxonomy->sha256);
	if (!load->refused)
		draft_link(draft);
	err = draft_error(draft);
out:
	arena_release(&load->tree);
	buf_release(&draft->scratch);
	buf_release(&place);
	return err;
}

static const struct err *
load_new(struct taxonomy **out, const char *dir, bool labels)
{
	struct load load = { .form = dir != NULL, .labels = labels };
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

const struct err *
taxonomy_load(struct taxonomy **out, const char *dir)
{
	return load_new(out, dir, false);
}

const struct err *
taxonomy_load_labels(struct taxonomy **out, const char *dir)
{
	return load_new(out, dir, dir == NULL);
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
