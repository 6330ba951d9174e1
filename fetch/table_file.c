/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/table_file.h"

#include <sqlite3.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"

struct table_file {
	sqlite3 *db;
	sqlite3_stmt *insert;	/* into the newest table, NULL: none yet */
	size_t columns;		/* of it */
	unsigned char *bytes;	/* SQLite's, once they were asked for */
};

static const struct err *
failed(const struct table_file *file)
{
	if (file->db == NULL ||
	    (sqlite3_extended_errcode(file->db) & 0xff) == SQLITE_NOMEM)
		return err_memory();
	return err_new(ERR_SYSTEM, "the SQLite file: %s",
	    sqlite3_errmsg(file->db));
}

static const struct err *
run(struct table_file *file, const char *sql)
{
	if (sqlite3_exec(file->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return failed(file);
	return NULL;
}

const struct err *
table_file_new(struct table_file **out)
{
	struct table_file *file = mem_alloc(1, sizeof(*file));
	const struct err *err = NULL;
	char sql[128];
	struct buf buf;

	*out = NULL;
	if (file == NULL)
		return err_memory();
	buf_fixed(&buf, sql, sizeof(sql));
	buf_fmt(&buf, "PRAGMA page_size = %d; PRAGMA encoding = 'UTF-8'; "
	    "BEGIN", TABLE_FILE_PAGE);
	if (sqlite3_open_v2(":memory:", &file->db, SQLITE_OPEN_READWRITE |
	    SQLITE_OPEN_CREATE, NULL) != SQLITE_OK)
		err = failed(file);
	if (err == NULL)
		err = run(file, buf_text(&buf));
	if (err == NULL)
		*out = file;
	else
		table_file_free(file);
	return err;
}

void
table_file_free(struct table_file *file)
{
	if (file == NULL)
		return;
	sqlite3_free(file->bytes);
	sqlite3_finalize(file->insert);
	sqlite3_close(file->db);
	mem_free(file);
}

/* An identifier, as SQL quotes it. */
static void
add_name(struct buf *out, const char *name)
{
	buf_char(out, '"');
	for (; *name != '\0'; name++) {
		if (*name == '"')
			buf_char(out, '"');
		buf_char(out, *name);
	}
	buf_char(out, '"');
}

static void
add_create(struct buf *out, const char *name,
    const struct table_file_column *columns, size_t len)
{
	static const char *const types[] = {
		[TABLE_FILE_NULL] = "",
		[TABLE_FILE_INTEGER] = " INTEGER",
		[TABLE_FILE_THOUSANDTHS] = " REAL",
		[TABLE_FILE_TEXT] = " TEXT"
	};
	size_t i;

	buf_str(out, "CREATE TABLE ");
	add_name(out, name);
	for (i = 0; i < len; i++) {
		buf_str(out, i == 0 ? " (" : ", ");
		add_name(out, columns[i].name);
		buf_str(out, types[columns[i].type]);
	}
	buf_char(out, ')');
}

static void
add_insert(struct buf *out, const char *name, size_t len)
{
	size_t i;

	buf_str(out, "INSERT INTO ");
	add_name(out, name);
	buf_str(out, " VALUES ");
	for (i = 0; i < len; i++)
		buf_str(out, i == 0 ? "(?" : ", ?");
	buf_char(out, ')');
}

const struct err *
table_file_table(struct table_file *file, const char *name,
    const struct table_file_column *columns, size_t len)
{
	const struct err *err;
	struct buf sql;

	if (len == 0 || len > TABLE_FILE_MAX_COLUMNS)
		return err_new(ERR_SYSTEM, "%s: a table of %zu columns", name,
		    len);
	sqlite3_finalize(file->insert);
	file->insert = NULL;
	file->columns = len;
	buf_init(&sql, TABLE_FILE_MAX_SQL);
	add_create(&sql, name, columns, len);
	err = buf_error(&sql, name);
	if (err == NULL)
		err = run(file, buf_text(&sql));
	buf_clear(&sql);
	add_insert(&sql, name, len);
	if (err == NULL)
		err = buf_error(&sql, name);
	if (err == NULL && sqlite3_prepare_v2(file->db, buf_text(&sql), -1,
	    &file->insert, NULL) != SQLITE_OK)
		err = failed(file);
	buf_release(&sql);
	return err;
}

/* The texts live until the row is stored, so none is copied. */
static int
bind(sqlite3_stmt *insert, int place, const struct table_file_value *value)
{
	switch (value->type) {
	case TABLE_FILE_INTEGER:
		return sqlite3_bind_int64(insert, place, value->number);
	case TABLE_FILE_THOUSANDTHS:
		return sqlite3_bind_double(insert, place,
		    (double)value->number / 1000);
	case TABLE_FILE_TEXT:
		return sqlite3_bind_text(insert, place, value->text, -1,
		    SQLITE_STATIC);
	case TABLE_FILE_NULL:
		break;
	}
	return sqlite3_bind_null(insert, place);
}

const struct err *
table_file_row(struct table_file *file,
    const struct table_file_value *values)
{
	size_t i;

	for (i = 0; i < file->columns; i++)
		if (bind(file->insert, (int)i + 1, &values[i]) != SQLITE_OK)
			return failed(file);
	if (sqlite3_step(file->insert) != SQLITE_DONE)
		return failed(file);
	sqlite3_reset(file->insert);
	return NULL;
}

const struct err *
table_file_bytes(struct table_file *file, const char **data, size_t *len)
{
	const struct err *err;
	sqlite3_int64 size;

	*data = NULL;
	*len = 0;
	sqlite3_finalize(file->insert);
	file->insert = NULL;
	file->columns = 0;
	err = run(file, "COMMIT");
	if (err != NULL)
		return err;
	file->bytes = sqlite3_serialize(file->db, "main", &size, 0);
	if (file->bytes == NULL)
		return err_memory();
	*data = (const char *)file->bytes;
	*len = (size_t)size;
	return NULL;
}
