/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "cmd/export_files.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/folder.h"
#include "base/hash.h"
#include "base/text.h"
#include "cmd/session.h"
#include "fetch/table_file.h"
#include "output/build_export.h"
#include "output/writer.h"

/* Limits */
enum {
	EXPORT_MAX_FILE = 1 << 30	/* bytes of one file */
};

/* The tables in CSV come first, in their order. */
enum export_name {
	FILE_JSONL = EXPORT_TABLE__MAX,
	FILE_SQLITE,
	FILE_CODEBOOK,
	FILE_CITATION,
	FILE_MANIFEST,		/* tells of all before it */
	FILE__MAX
};

static const char *const names[FILE__MAX] = {
	[EXPORT_INCIDENTS] = "incidents.csv",
	[EXPORT_LABELS] = "labels.csv",
	[EXPORT_COMMENTS] = "comments.csv",
	[EXPORT_FACTS] = "facts.csv",
	[EXPORT_CAUSES] = "causes.csv",
	[EXPORT_ACTIONS] = "actions.csv",
	[FILE_JSONL] = "incidents.jsonl",
	[FILE_SQLITE] = "incidents.sqlite",
	[FILE_CODEBOOK] = "codebook.csv",
	[FILE_CITATION] = "CITATION.cff",
	[FILE_MANIFEST] = "manifest.json"
};

/* How a manifest of ours begins. */
static const char mark[] = "{\"report\":\"export\",\"cabrief\":";

struct files {
	struct session *session;
	struct buf bufs[FILE__MAX];	/* unused for SQLite's */
	struct folder_file files[FILE__MAX];
	struct table_file *sqlite;
};

/* Is it a folder of ours?  One without a manifest is none. */
static const struct err *
look_for_manifest(const char *dir, bool *ours)
{
	const struct err *err;
	struct buf path, file;

	buf_init(&path, STORE_MAX_PATH);
	buf_init(&file, EXPORT_MAX_FILE);
	buf_fmt(&path, "%s/%s", dir, names[FILE_MANIFEST]);
	err = buf_error(&path, "--force");
	if (err == NULL)
		err = file_read(buf_text(&path), &file);
	*ours = err == NULL &&
	    strncmp(buf_text(&file), mark, strlen(mark)) == 0;
	buf_release(&path);
	buf_release(&file);
	return err != NULL && err->kind == ERR_CONFIG ? NULL : err;
}

const struct err *
export_files_check(const struct session *session, const char *dir)
{
	struct folder_file files[FILE__MAX];
	enum folder_state state;
	bool ours = false;
	const struct err *err;
	size_t i;

	for (i = 0; i < FILE__MAX; i++)
		files[i].name = names[i];
	err = folder_look(dir, files, FILE__MAX, &state);
	if (err != NULL || state == FOLDER_NONE || state == FOLDER_EMPTY)
		return err;
	if (state == FOLDER_KNOWN)
		err = look_for_manifest(dir, &ours);
	if (err != NULL)
		return err;
	if (!ours)
		return err_new(ERR_USAGE, "export: %s: is there, and is no "
		    "export: name another folder", dir);
	if (!option_given(&session->options, OPT_FORCE))
		return err_new(ERR_USAGE, "export: %s: is there: give "
		    "--force to replace it, or name another folder", dir);
	return NULL;
}

static const struct err *
write_report(struct files *files, const struct report *report,
    const char *format, enum export_name name)
{
	const struct writer_options options = { .guard =
	    option_given(&files->session->options, OPT_GUARD) };
	const struct err *err = report_error(report);

	if (err != NULL)
		return err;
	return writer_run(writer_by_name(format), report, &options,
	    &files->session->diags, &files->bufs[name]);
}

static enum table_file_type
type_of(enum export_type type)
{
	switch (type) {
	case EXPORT_INTEGER:
		return TABLE_FILE_INTEGER;
	case EXPORT_DECIMAL:
		return TABLE_FILE_THOUSANDTHS;
	default:
		return TABLE_FILE_TEXT;
	}
}

/* A cell as a value of a column; `room` is for what is written there. */
static void
set_value(const struct cell *cell, enum table_file_type type,
    struct buf *room, struct table_file_value *value)
{
	value->type = cell->kind == CELL_EMPTY ? TABLE_FILE_NULL : type;
	value->number = cell->number;
	value->text = cell->text;
	if (type != TABLE_FILE_TEXT)
		return;
	if (cell->kind != CELL_TEXT) {
		buf_clear(room);
		report_cell_plain(cell, room);
		value->text = buf_text(room);
	}
	if (value->text[0] == '\0')
		value->type = TABLE_FILE_NULL;
}

static const struct err *
add_rows(struct table_file *sqlite, const struct table *table,
    const struct table_file_column *columns, size_t len)
{
	struct table_file_value values[TABLE_FILE_MAX_COLUMNS];
	char room[TABLE_FILE_MAX_COLUMNS][64];
	struct buf bufs[TABLE_FILE_MAX_COLUMNS];
	const struct err *err = NULL;
	const struct row *row;
	size_t i;

	for (i = 0; i < len; i++)
		buf_fixed(&bufs[i], room[i], sizeof(room[i]));
	for (row = table->rows; row != NULL && err == NULL; row = row->next) {
		for (i = 0; i < len; i++)
			set_value(&row->cells[i], columns[i].type, &bufs[i],
			    &values[i]);
		err = table_file_row(sqlite, values);
	}
	return err;
}

/* The same tables in one file. */
static const struct err *
write_sqlite(struct files *files, const struct build_export *from)
{
	struct table_file_column columns[TABLE_FILE_MAX_COLUMNS];
	struct folder_file *file = &files->files[FILE_SQLITE];
	const struct export_column *told;
	const struct err *err;
	size_t i, k, len;

	err = table_file_new(&files->sqlite);
	for (i = 0; i < EXPORT_TABLE__MAX && err == NULL; i++) {
		told = export_columns((enum export_table)i, &len);
		for (k = 0; k < len; k++) {
			columns[k].name = told[k].id;
			columns[k].type = type_of(told[k].type);
		}
		err = table_file_table(files->sqlite,
		    export_table_name((enum export_table)i), columns, len);
		if (err == NULL)
			err = add_rows(files->sqlite,
			    &from->tables[i].blocks->table, columns, len);
	}
	if (err == NULL)
		err = table_file_bytes(files->sqlite, &file->data,
		    &file->len);
	return err;
}

static const struct err *
write_codebook(struct files *files)
{
	const struct err *err;
	struct report report;

	report_init(&report, "codebook", NULL);
	build_export_codebook(&report);
	err = write_report(files, &report, "csv", FILE_CODEBOOK);
	report_release(&report);
	return err;
}

/* Name, bytes and length of all files before `end`. */
static void
take_files(struct files *files, size_t end)
{
	size_t i;

	for (i = 0; i < end; i++) {
		files->files[i].name = names[i];
		if (i == FILE_SQLITE)
			continue;
		files->files[i].data = buf_text(&files->bufs[i]);
		files->files[i].len = files->bufs[i].len;
	}
}

/* A word as a shell takes it. */
static void
add_word(struct buf *out, const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.,:/=+";
	size_t len = strlen(word);

	if (len > 0 && strspn(word, plain) == len) {
		buf_str(out, word);
		return;
	}
	buf_char(out, '\'');
	for (; *word != '\0'; word++)
		if (*word == '\'')
			buf_str(out, "'\\''");
		else
			buf_char(out, *word);
	buf_char(out, '\'');
}

/* The command with the options that decide what is in the export: no places
 * of files, nothing of how it is done. */
static const struct err *
take_command(const struct options *options, struct buf *out)
{
	const struct opt_row *row;
	const struct err *err;
	struct buf line;
	size_t opt, i;

	buf_init(&line, EXPORT_MAX_FILE);
	buf_str(&line, "cabrief export");
	for (opt = 0; opt < OPT__MAX; opt++) {
		row = option_at((enum opt)opt);
		if (row->commands == ~0u || opt == OPT_FORCE)
			continue;
		for (i = 0; i < options->count[opt]; i++) {
			buf_fmt(&line, " --%s", row->name);
			if (row->arg == NULL)
				continue;
			buf_char(&line, ' ');
			add_word(&line, options->values[opt][i]);
		}
	}
	err = buf_error(&line, "the command");
	(void)text_clean(out, buf_text(&line), line.len);
	buf_release(&line);
	return err != NULL ? err : buf_error(out, "the command");
}

static const struct err *
write_manifest(struct files *files, const struct build_export *from,
    const struct selection *selection, const struct build_source *source)
{
	char digits[FILE_MANIFEST][HASH_HEX];
	struct export_file told[FILE_MANIFEST];
	struct build_export_about about = { source, selection, told,
	    FILE_MANIFEST, NULL };
	const struct err *err;
	struct report report;
	struct buf command;
	struct hash hash;
	size_t i;

	take_files(files, FILE_MANIFEST);
	for (i = 0; i < FILE_MANIFEST; i++) {
		hash_init(&hash);
		hash_add(&hash, files->files[i].data, files->files[i].len);
		hash_hex(&hash, digits[i]);
		told[i].name = names[i];
		told[i].sha256 = digits[i];
		told[i].bytes = files->files[i].len;
	}
	buf_init(&command, EXPORT_MAX_FILE);
	err = take_command(&files->session->options, &command);
	about.command = buf_text(&command);
	report_init(&report, "export", NULL);
	build_export_manifest(&report, from, &about);
	if (err == NULL)
		err = write_report(files, &report, "json", FILE_MANIFEST);
	report_release(&report);
	buf_release(&command);
	return err;
}

/* Make the bytes of all files. */
static const struct err *
make(struct files *files, const struct build_export *from,
    const struct selection *selection)
{
	const struct err *err = NULL;
	struct build_source source;
	size_t i;

	session_source(files->session, &source);
	for (i = 0; i < EXPORT_TABLE__MAX && err == NULL; i++)
		err = write_report(files, &from->tables[i], "csv",
		    (enum export_name)i);
	if (err == NULL)
		err = write_report(files, &from->tables[EXPORT_INCIDENTS],
		    "jsonl", FILE_JSONL);
	if (err == NULL)
		err = write_sqlite(files, from);
	if (err == NULL)
		err = write_codebook(files);
	if (err == NULL) {
		build_export_citation(&source, &files->bufs[FILE_CITATION]);
		err = buf_error(&files->bufs[FILE_CITATION],
		    names[FILE_CITATION]);
	}
	if (err == NULL)
		err = write_manifest(files, from, selection, &source);
	return err;
}

const struct err *
export_files_write(struct session *session, const struct build_export *from,
    const struct selection *selection, const char *dir)
{
	const struct err *err;
	struct files files;
	size_t i;

	memset(&files, 0, sizeof(files));
	files.session = session;
	for (i = 0; i < FILE__MAX; i++)
		buf_init(&files.bufs[i], EXPORT_MAX_FILE);
	err = make(&files, from, selection);
	if (err == NULL) {
		take_files(&files, FILE__MAX);
		err = folder_write(dir, files.files, FILE__MAX,
		    option_given(&session->options, OPT_FORCE));
	}
	for (i = 0; i < FILE__MAX; i++)
		buf_release(&files.bufs[i]);
	table_file_free(files.sqlite);
	return err;
}
