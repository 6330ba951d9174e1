/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/err.h"
#include "base/mem.h"
#include "fetch/table_file.h"

static const struct table_file_column columns[] = {
	{ "id", TABLE_FILE_INTEGER },
	{ "a \"b\"; c", TABLE_FILE_TEXT },
	{ "score", TABLE_FILE_THOUSANDTHS }
};

/* The bytes of a small file; the caller frees. */
static char *
make(size_t *len)
{
	static const struct table_file_value rows[][3] = {
		{ { TABLE_FILE_INTEGER, INT64_MIN, NULL },
		    { TABLE_FILE_TEXT, 0, "it's \"ö\"\n" },
		    { TABLE_FILE_THOUSANDTHS, -451, NULL } },
		{ { TABLE_FILE_INTEGER, INT64_MAX, NULL },
		    { TABLE_FILE_NULL, 7, "not this" },
		    { TABLE_FILE_NULL, 7, NULL } },
	};
	struct table_file *file;
	const char *data;
	char *copy;
	size_t i;

	assert_null(table_file_new(&file));
	assert_null(table_file_table(file, "one", columns, 3));
	for (i = 0; i < 2; i++)
		assert_null(table_file_row(file, rows[i]));
	assert_null(table_file_table(file, "select", columns, 1));
	assert_null(table_file_row(file, rows[1]));
	assert_null(table_file_table(file, "empty", columns, 2));
	assert_null(table_file_bytes(file, &data, len));
	copy = mem_copy(data, *len);
	assert_non_null(copy);
	table_file_free(file);
	return copy;
}

/* What a query of one value says of the bytes. */
static void
assert_answer(char *bytes, size_t len, const char *sql, const char *want)
{
	sqlite3_stmt *stmt;
	sqlite3 *db;

	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(sqlite3_deserialize(db, "main",
	    (unsigned char *)bytes, (sqlite3_int64)len, (sqlite3_int64)len,
	    SQLITE_DESERIALIZE_READONLY), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL),
	    SQLITE_OK);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	assert_string_equal((const char *)sqlite3_column_text(stmt, 0),
	    want);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
}

static void
test_tables(void **state)
{
	size_t len;
	char *bytes = make(&len);

	(void)state;
	assert_answer(bytes, len, "PRAGMA integrity_check", "ok");
	assert_answer(bytes, len, "PRAGMA encoding", "UTF-8");
	assert_answer(bytes, len, "SELECT group_concat(name, ' ') FROM "
	    "sqlite_schema", "one select empty");
	assert_answer(bytes, len, "SELECT count(*) FROM one", "2");
	assert_answer(bytes, len, "SELECT id FROM one",
	    "-9223372036854775808");
	assert_answer(bytes, len, "SELECT \"a \"\"b\"\"; c\" FROM one",
	    "it's \"ö\"\n");
	assert_answer(bytes, len, "SELECT score FROM one", "-0.451");
	assert_answer(bytes, len, "SELECT group_concat(typeof(score)) || "
	    "group_concat(typeof(\"a \"\"b\"\"; c\")) FROM one",
	    "real,nulltext,null");
	assert_answer(bytes, len, "SELECT id FROM \"select\"",
	    "9223372036854775807");
	assert_answer(bytes, len, "SELECT count(*) FROM empty", "0");
	mem_free(bytes);
}

static void
test_same_bytes(void **state)
{
	size_t len, again_len;
	char *bytes = make(&len), *again = make(&again_len);

	(void)state;
	assert_int_equal(len, again_len);
	assert_memory_equal(bytes, again, len);
	mem_free(bytes);
	mem_free(again);
}

static void
test_refused(void **state)
{
	struct table_file_column many[TABLE_FILE_MAX_COLUMNS + 1];
	struct table_file *file;
	const struct err *err;
	const char *data;
	size_t i, len;

	(void)state;
	for (i = 0; i < sizeof(many) / sizeof(many[0]); i++)
		many[i] = columns[0];
	assert_null(table_file_new(&file));
	assert_non_null(table_file_table(file, "many", many,
	    TABLE_FILE_MAX_COLUMNS + 1));
	assert_non_null(table_file_table(file, "none", many, 0));
	/* Columns of one name. */
	err = table_file_table(file, "many", many, 2);
	assert_non_null(err);
	assert_int_equal(err->kind, ERR_SYSTEM);
	assert_null(table_file_table(file, "one", columns, 3));
	assert_non_null(table_file_table(file, "one", columns, 3));
	assert_null(table_file_bytes(file, &data, &len));
	assert_true(len > 0);
	table_file_free(file);
	table_file_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
