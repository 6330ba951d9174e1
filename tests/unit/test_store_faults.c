/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* The store when the file, the disk or another process gets in the way. */

#include "tests/unit/store_fixture.h"

#include <sys/resource.h>
#include <sys/wait.h>

#include <fcntl.h>
#include <signal.h>

/* How a file is prepared by SQL, and what opening it then says. */
static const struct {
	const char *sql;
	enum err_kind read_kind;
	const char *read_says;
	enum err_kind write_kind;	/* ERR_NONE: it opens */
	const char *write_says;
} foreign[] = {
	{ "CREATE TABLE t (x)", ERR_CONFIG, "is an SQLite file, but no "
	    "cabrief store", ERR_CONFIG, "no cabrief store" },
	{ "PRAGMA application_id = 1; PRAGMA user_version = 1", ERR_CONFIG,
	    "no cabrief store", ERR_CONFIG, "no cabrief store" },
	{ "PRAGMA user_version = 1", ERR_CONFIG, "no cabrief store",
	    ERR_CONFIG, "no cabrief store" },
	{ "PRAGMA application_id = 1667326578; PRAGMA user_version = 7",
	    ERR_CONFIG, "has schema 7: this cabrief knows schemas up to 5",
	    ERR_CONFIG, "use a newer cabrief" },
	{ "PRAGMA application_id = 1667326578; CREATE TABLE t (x)",
	    ERR_CONFIG, "is empty", ERR_NONE, NULL },
	{ "PRAGMA application_id = 1667326578; CREATE TABLE bug (x)",
	    ERR_CONFIG, "is empty", ERR_CONFIG, "damaged" }
};

static void
test_foreign(void **state)
{
	struct store *store;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(foreign) / sizeof(foreign[0]); i++) {
		raw_do(foreign[i].sql);
		assert_err(store_open(&store, STORE_NAME, STORE_READ),
		    foreign[i].read_kind, foreign[i].read_says);
		assert_null(store);
		if (foreign[i].write_kind == ERR_NONE) {
			ok(store_open(&store, STORE_NAME, STORE_WRITE));
			store_close(store);
		} else {
			assert_err(store_open(&store, STORE_NAME,
			    STORE_WRITE), foreign[i].write_kind,
			    foreign[i].write_says);
			assert_null(store);
		}
		assert_int_equal(unlink(STORE_NAME), 0);
	}
}

static void
test_no_store(void **state)
{
	static const struct {
		const char *path;
		enum err_kind kind;
		const char *says;
	} cases[] = {
		{ "none.db", ERR_CONFIG, "there is no store: run \"cabrief "
		    "import\"" },
		{ "none/none.db", ERR_CONFIG, "there is no store" },
		{ "", ERR_CONFIG, "there is no store" },
		{ ".", ERR_CONFIG, "is no regular file" },
		{ "pipe", ERR_CONFIG, "is no regular file" },
		{ "text/x.db", ERR_SYSTEM, "Not a directory" },
		{ "text", ERR_CONFIG, "file is not a database: this is no "
		    "cabrief store" },
		{ "short", ERR_CONFIG, "file is not a database" },
		{ "empty", ERR_CONFIG, "is empty: run \"cabrief import\"" }
	};
	struct store *store;
	size_t i;

	(void)state;
	put("text", "this is no database, but it is long enough to hold the "
	    "first hundred bytes of one, which it should have read", 0644);
	put("short", "short", 0644);
	put("empty", "", 0644);
	assert_int_equal(mkfifo("pipe", 0644), 0);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_err(store_open(&store, cases[i].path, STORE_READ),
		    cases[i].kind, cases[i].says);
		assert_null(store);
	}
	/* To write, a file can be made, but no folder. */
	assert_err(store_open(&store, "none/none.db", STORE_WRITE),
	    ERR_SYSTEM, "No such file or directory: check that its folder");
	assert_err(store_open(&store, "text", STORE_WRITE), ERR_CONFIG,
	    "no cabrief store");
	assert_err(store_open(&store, ".", STORE_WRITE), ERR_CONFIG,
	    "is no regular file");
	assert_int_equal(entries("."), 4);
	ok(store_open(&store, "empty", STORE_WRITE));
	store_close(store);
	ok(store_open(&store, "empty", STORE_READ));
	store_close(store);
	/* These are names like others. */
	ok(store_open(&store, ":memory:", STORE_WRITE));
	store_close(store);
	ok(store_open(&store, "file:x?mode=memory", STORE_WRITE));
	store_close(store);
	assert_int_equal(entries("."), 6);
	/* And this is none. */
	ok(store_open(&store, NULL, STORE_WRITE));
	ok(store_run_begin(store, "import", "", 1000));
	ok(put_many(store, 1, 1, 10));
	store_close(store);
	assert_int_equal(entries("."), 6);
}

/* A store in a folder, made with those rights, for nobody to meet. */
static void
make_shut(mode_t file, mode_t folder)
{
	finish(start());
	assert_int_equal(mkdir("shut", 0755), 0);
	assert_int_equal(rename(STORE_NAME, "shut/" STORE_NAME), 0);
	assert_int_equal(chmod("shut/" STORE_NAME, file), 0);
	assert_int_equal(chmod("shut", folder), 0);
}

static void
test_rights(void **state)
{
	static const struct {
		mode_t file;
		mode_t folder;
		enum err_kind read;
		enum err_kind write;
		enum err_kind put;	/* when it opens for writing */
	} cases[] = {
		{ 0444, 0555, ERR_NONE, ERR_SYSTEM, ERR_NONE },
		{ 0444, 0777, ERR_NONE, ERR_SYSTEM, ERR_NONE },
		{ 0666, 0555, ERR_NONE, ERR_NONE, ERR_SYSTEM },
		{ 0666, 0777, ERR_NONE, ERR_NONE, ERR_NONE },
		{ 0000, 0777, ERR_SYSTEM, ERR_SYSTEM, ERR_NONE },
		{ 0666, 0000, ERR_SYSTEM, ERR_SYSTEM, ERR_NONE }
	};
	const char *path = "shut/" STORE_NAME;
	struct store_status status;
	const struct err *err;
	struct store *store;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		make_shut(cases[i].file, cases[i].folder);
		drop();
		err = store_open(&store, path, STORE_READ);
		assert_int_equal(err == NULL ? ERR_NONE : err->kind,
		    cases[i].read);
		if (err == NULL) {
			ok(store_status(store, &status));
			assert_good(store);
		}
		store_close(store);
		err = store_open(&store, path, STORE_WRITE);
		assert_int_equal(err == NULL ? ERR_NONE : err->kind,
		    cases[i].write);
		if (err == NULL) {
			ok(store_run_begin(store, "import", "", 1));
			err = put_many(store, 1, 1, 10);
			assert_int_equal(err == NULL ? ERR_NONE : err->kind,
			    cases[i].put);
		}
		store_close(store);
		regain();
		assert_int_equal(chmod("shut", 0755), 0);
		if (cases[i].put != ERR_NONE || cases[i].write != ERR_NONE)
			assert_int_equal(entries("shut"), 1);
		assert_int_equal(unlink(path), 0);
		assert_int_equal(rmdir("shut"), 0);
	}
}

/* Nobody waits for a store longer than said, and the error says why. */
static void
test_two_writers(void **state)
{
	struct store *first = start(), *second = start();
	struct store_walk *walk;
	struct bug part;

	(void)state;
	sqlite3_busy_timeout(first->db, 10);
	sqlite3_busy_timeout(second->db, 10);
	bug_init(&part, BUG_MAX_BYTES);
	make_fields(&part, 1, "a", 5);
	ok(store_page_begin(first, "a.json"));
	ok(store_put(first, &part));
	assert_err(store_page_begin(second, "b.json"), ERR_LOCK,
	    "another process holds the store: wait");
	/* It can be read, as it was before. */
	assert_null(look(second, &walk, 1));
	store_walk_free(walk);
	ok(store_page_commit(first, "bugs"));
	/* A reader keeps the writer from committing: all is rolled back. */
	assert_non_null(look(second, &walk, 1));
	make_fields(&part, 1, "b", 6);
	ok(store_page_begin(first, "a.json"));
	ok(store_put(first, &part));
	assert_err(store_page_commit(first, "bugs"), ERR_LOCK, "holds");
	store_walk_free(walk);
	put_part(second, &part);
	finish(second);
	put_part(first, &part);
	finish(first);
	assert_int_equal(raw_int("SELECT bugs_new FROM run WHERE id = 1"), 1);
	assert_int_equal(raw_int("SELECT bugs_same FROM run WHERE id = 1"),
	    1);
	assert_int_equal(raw_int("SELECT bugs_changed FROM run "
	    "WHERE id = 2"), 1);
	bug_release(&part);
}

/* A full disk: the page is gone, the store is as before and goes on. */
static void
test_full(void **state)
{
	struct store *store = start();

	(void)state;
	ok(put_many(store, 1, 10, 100));
	assert_int_equal(sqlite3_exec(store->db, "PRAGMA max_page_count = 40",
	    NULL, NULL, NULL), SQLITE_OK);
	assert_err(put_many(store, 100, 200, 50000), ERR_SYSTEM,
	    "make room on the disk");
	assert_good(store);
	assert_int_equal(raw_int("SELECT count(*) FROM bug"), 10);
	assert_int_equal(sqlite3_exec(store->db,
	    "PRAGMA max_page_count = 9999", NULL, NULL, NULL), SQLITE_OK);
	ok(put_many(store, 100, 200, 50000));
	assert_good(store);
	finish(store);
	assert_int_equal(raw_int("SELECT bugs_new FROM run"), 210);
}

/* Run `work` in a process of its own; gives its status. */
static int
in_child(int (*work)(void))
{
	int status;
	pid_t child = fork();

	assert_true(child != -1);
	if (child == 0)
		_exit(work());
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

/* The system refuses to let the file grow: as a bad disk would. */
static int
write_limited(void)
{
	const struct rlimit limit = { 1 << 20, 1 << 20 };
	const struct err *err;
	struct store *store = start();

	signal(SIGXFSZ, SIG_IGN);
	if (setrlimit(RLIMIT_FSIZE, &limit) == -1)
		return 2;
	err = put_many(store, 100, 200, 50000);
	store_close(store);
	return err != NULL && err->kind == ERR_SYSTEM &&
	    strstr(err->text, "File too large") != NULL ? 0 : 1;
}

static void
test_write_error(void **state)
{
	struct store *store = start();

	(void)state;
	ok(put_many(store, 1, 10, 100));
	finish(store);
	assert_int_equal(in_child(write_limited), 0);
	ok(store_open(&store, STORE_NAME, STORE_READ));
	assert_good(store);
	store_close(store);
	assert_int_equal(raw_int("SELECT count(*) FROM bug"), 10);
}

/* Killed in the middle of a page, when some of it is in the file. */
static int
die_in_page(void)
{
	struct store *store = start();
	struct bug part;
	char *text = mem_alloc(1, 1 << 20);
	int i;

	bug_init(&part, BUG_MAX_BYTES);
	if (text == NULL || put_many(store, 100, 10, 100) != NULL ||
	    store_page_begin(store, "cut.json") != NULL)
		return 1;
	for (i = 0; i < 20; i++) {
		memset(text, 'a' + i, (1 << 20) - 1);
		bug_clear(&part);
		make_fields(&part, 1 + i, "cut", 9000);
		make_comment(&part, 10 * (1 + i), 0, 100, text);
		if (store_put(store, &part) != NULL)
			return 2;
	}
	raise(SIGKILL);
	return 3;
}

static void
test_killed(void **state)
{
	static const enum store_mode modes[] = { STORE_READ, STORE_WRITE };
	struct store *store = start();
	struct stat before, after;
	size_t i;
	int status;

	(void)state;
	ok(put_many(store, 1, 10, 100));
	finish(store);
	for (i = 0; i < 2; i++) {
		assert_int_equal(stat(STORE_NAME, &before), 0);
		status = in_child(die_in_page);
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), SIGKILL);
		assert_int_equal(stat(STORE_NAME, &after), 0);
		assert_true(after.st_size > before.st_size + (1 << 20));
		assert_int_equal(entries("."), 2);	/* its journal */
		ok(store_open(&store, STORE_NAME, modes[i]));
		assert_good(store);
		store_close(store);
		assert_int_equal(entries("."), 1);
		assert_int_equal(raw_int("SELECT count(*) FROM bug"), 20);
		assert_int_equal(raw_int("SELECT count(*) FROM bug "
		    "WHERE summary = 'cut'"), 0);
	}
	/* Where nothing may be written, it can't be undone, and is told. */
	assert_true(WIFSIGNALED(in_child(die_in_page)));
	assert_int_equal(chmod(STORE_NAME, 0444), 0);
	assert_int_equal(chmod(STORE_NAME "-journal", 0444), 0);
	assert_int_equal(chmod(".", 0555), 0);
	drop();
	assert_err(store_open(&store, STORE_NAME, STORE_READ), ERR_SYSTEM,
	    "must be undone first");
	regain();
	assert_int_equal(chmod(".", 0755), 0);
	assert_int_equal(chmod(STORE_NAME, 0644), 0);
	ok(store_open(&store, STORE_NAME, STORE_READ));
	assert_good(store);
	store_close(store);
}

/* Use all there is in a store that may be torn; true when that is seen.
 * A wrong word in a text is not seen here: only its raw answer would tell. */
static bool
seems_torn(void)
{
	const struct err *err;
	struct store_walk *walk = NULL;
	const struct bug *bug;
	struct store *store;
	struct buf faults;
	bool torn;

	buf_init(&faults, 1 << 20);
	err = store_open(&store, STORE_NAME, STORE_READ);
	if (err == NULL)
		err = store_walk_new(&walk, store,
		    STORE_COMMENTS | STORE_HISTORY);
	while (err == NULL) {
		err = store_next(walk, &bug);
		if (bug == NULL)
			break;
	}
	if (err != NULL)
		assert_true(err->kind == ERR_CONFIG || err->kind == ERR_DATA);
	store_walk_free(walk);
	if (store != NULL)
		ok(store_check(store, &faults));
	torn = err != NULL || faults.len > 0;
	store_close(store);
	buf_release(&faults);
	return torn;
}

static void
test_torn(void **state)
{
	struct store *store = start();
	struct buf good;
	size_t at, torn = 0, tried = 0;
	int fd;

	(void)state;
	ok(put_many(store, 1, 100, 3000));
	finish(store);
	buf_init(&good, 1 << 24);
	ok(file_read(STORE_NAME, &good));
	assert_false(seems_torn());
	/* Garbage at the head of each page, where its cells are listed. */
	for (at = 0; at < good.len; at += STORE_PAGE_SIZE) {
		ok(file_replace(STORE_NAME, good.data, good.len));
		fd = open(STORE_NAME, O_WRONLY);
		assert_int_equal(pwrite(fd, "\x0d garbage garbage garbage",
		    25, (off_t)at), 25);
		assert_int_equal(close(fd), 0);
		tried++;
		if (seems_torn())
			torn++;
	}
	assert_true(tried > 20);
	assert_int_equal(torn, tried);
	/* Cut anywhere, also inside the first page. */
	for (at = 1; at < good.len; at += 9999) {
		ok(file_replace(STORE_NAME, good.data, at));
		assert_true(seems_torn());
	}
	buf_release(&good);
}

/* What a stranger's store could do to who opens it. */
static const struct {
	const char *sql;
	const char *says;	/* NULL: it does nothing */
} hostile[] = {
	{ "CREATE TRIGGER t AFTER INSERT ON bug BEGIN DELETE FROM comment; "
	    "END", NULL },
	{ "ALTER TABLE bug RENAME TO b; CREATE VIEW bug AS SELECT * FROM b",
	    "damaged" },
	{ "DROP TABLE told", "damaged" },
	{ "DROP TABLE comment", "damaged" },
	{ "ALTER TABLE bug DROP COLUMN dupe_of", "damaged" },
	{ "ALTER TABLE change ADD COLUMN x TEXT NOT NULL DEFAULT ''", NULL }
};

static void
test_hostile(void **state)
{
	const struct err *err;
	struct store *store;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
		finish(start());
		raw_do("DROP VIEW bug_iso");
		raw_do("DROP VIEW comment_iso");
		raw_do(hostile[i].sql);
		store = start();
		err = put_many(store, 1, 2, 10);
		if (hostile[i].says != NULL)
			assert_err(err, ERR_CONFIG, hostile[i].says);
		else
			ok(err);
		finish(store);
		if (hostile[i].says == NULL)
			assert_int_equal(raw_int("SELECT count(*) "
			    "FROM comment"), 4);
		assert_int_equal(unlink(STORE_NAME), 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(test_foreign),
		SCRATCH_TEST(test_no_store),
		SCRATCH_TEST(test_rights),
		SCRATCH_TEST(test_two_writers),
		SCRATCH_TEST(test_full),
		SCRATCH_TEST(test_write_error),
		SCRATCH_TEST(test_killed),
		SCRATCH_TEST(test_torn),
		SCRATCH_TEST(test_hostile)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
