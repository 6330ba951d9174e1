/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Pages, runs, raw answers, walks, status, and the store's own check. */

#include "tests/unit/store_fixture.h"

/* A page that holds nothing but a raw answer of `len` bytes, given in
 * pieces of `piece`. */
static void
put_raw(struct store *store, const char *data, size_t len, size_t piece)
{
	size_t n;

	ok(store_page_begin(store, "raw.json"));
	while (len > 0) {
		n = len < piece ? len : piece;
		ok(store_page_raw(store, data, n));
		data += n;
		len -= n;
	}
	ok(store_page_commit(store, "bugs"));
}

/* Answers are kept whole, whatever pieces they come in, and once. */
static void
test_answers(void **state)
{
	static const struct {
		size_t len;
		size_t piece;
		int64_t parts;
		int64_t answers;	/* then in the store */
	} cases[] = {
		{ 0, 1, 0, 0 },
		{ 1, 1, 1, 1 },
		{ 1, 1, 0, 1 },			/* the same again */
		{ 1000, 7, 1, 2 },
		{ STORE_RAW_PART, 65536, 1, 3 },
		{ STORE_RAW_PART + 1, STORE_RAW_PART + 1, 2, 4 },
		{ STORE_RAW_PART + 1, 1000, 0, 4 },
		{ 5 * STORE_RAW_PART - 1, 100000, 5, 5 },
		{ 5 * STORE_RAW_PART - 1, 1 << 30, 0, 5 }
	};
	char *data = mem_alloc(5, STORE_RAW_PART);
	struct store *store = start();
	struct store_status status;
	int64_t parts = 0, bytes = 0;
	size_t i;

	(void)state;
	assert_non_null(data);
	for (i = 0; i < 5 * (size_t)STORE_RAW_PART; i++)
		data[i] = (char)(i * 31 >> 5);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		put_raw(store, data, cases[i].len, cases[i].piece);
		parts += cases[i].parts;
		bytes += cases[i].parts > 0 ? (int64_t)cases[i].len : 0;
		ok(store_status(store, &status));
		assert_int_equal(status.answers, cases[i].answers);
		assert_int_equal(status.answer_bytes, bytes);
		assert_int_equal(raw_int("SELECT count(*) FROM answer_part"),
		    parts);
		assert_good(store);
	}
	finish(store);
	mem_free(data);
	assert_int_equal(raw_int("SELECT count(*) FROM answer WHERE "
	    "name = 'raw.json' AND kind = 'bugs' AND run = 1"), 5);
}

/* The bytes of the file. */
static void
take_copy(struct buf *copy)
{
	buf_clear(copy);
	ok(file_read(STORE_NAME, copy));
}

/* The same again touches nothing but the row of the run. */
static void
test_again(void **state)
{
	struct store *store = start();
	struct store_counts counts;
	struct buf before, after;
	int64_t pages;

	(void)state;
	buf_init(&before, 1 << 28);
	buf_init(&after, 1 << 28);
	/* A small answer, and one so large that it is written in parts. */
	ok(put_many(store, 1, 20, 100));
	ok(put_many(store, 100, 200, 50000));
	take_copy(&before);
	assert_good(store);
	ok(put_many(store, 1, 20, 100));
	ok(put_many(store, 100, 200, 50000));
	take_copy(&after);
	assert_int_equal(before.len, after.len);
	store_run_counts(store, &counts);
	assert_int_equal(counts.bugs_new, 220);
	assert_int_equal(counts.bugs_changed, 0);
	assert_int_equal(counts.bugs_same, 220);
	assert_int_equal(counts.comments_new, 440);
	assert_int_equal(counts.comments_changed, 0);
	assert_int_equal(counts.changes_new, 220);
	finish(store);
	assert_int_equal(raw_int("SELECT bugs_same FROM run"), 220);
	/* The same answer, but a bug is another by now. */
	raw_do("UPDATE bug SET summary = 'x' WHERE id = 100");
	store = start();
	ok(put_many(store, 100, 200, 50000));
	assert_good(store);
	finish(store);
	assert_int_equal(raw_int("SELECT count(*) FROM answer"), 2);
	assert_int_equal(raw_int("SELECT count(*) FROM run"), 2);
	/* What was written and dropped is free for the next. */
	pages = raw_int("PRAGMA page_count");
	store = start();
	ok(put_many(store, 400, 50, 50000));
	finish(store);
	assert_true(raw_int("PRAGMA page_count") < pages + 220);
	buf_release(&before);
	buf_release(&after);
}

/* A page that is rolled back leaves nothing, nor a run of such pages. */
static void
test_rollback(void **state)
{
	struct store *store = start();
	struct store_counts counts;
	struct bug part;
	int i;

	(void)state;
	bug_init(&part, BUG_MAX_BYTES);
	make_fields(&part, 1, "a", 5);
	make_comment(&part, 10, 0, 5, "a");
	make_change(&part, 5, "a");
	for (i = 0; i < 2; i++) {
		ok(store_page_begin(store, "bad.json"));
		ok(store_page_raw(store, "bad", 3));
		ok(store_put(store, &part));
		store_page_rollback(store);
		store_page_rollback(store);
	}
	store_run_counts(store, &counts);
	assert_int_equal(counts.bugs_new, 0);
	finish(store);
	assert_int_equal(raw_int("SELECT (SELECT count(*) FROM bug) + "
	    "(SELECT count(*) FROM comment) + (SELECT count(*) FROM told) + "
	    "(SELECT count(*) FROM change) + (SELECT count(*) FROM answer) + "
	    "(SELECT count(*) FROM answer_part) + "
	    "(SELECT count(*) FROM run)"), 0);
	/* One that the store is closed on is rolled back, too. */
	store = start();
	ok(store_page_begin(store, "cut.json"));
	ok(store_put(store, &part));
	store_close(store);
	assert_int_equal(raw_int("SELECT count(*) FROM bug"), 0);
	/* A good page between bad ones is kept, with its run. */
	store = start();
	ok(store_page_begin(store, "bad.json"));
	ok(store_put(store, &part));
	store_page_rollback(store);
	put_part(store, &part);
	ok(store_page_begin(store, "bad.json"));
	make_fields(&part, 2, "b", 5);
	ok(store_put(store, &part));
	store_page_rollback(store);
	store_run_counts(store, &counts);
	assert_int_equal(counts.bugs_new, 1);
	finish(store);
	assert_int_equal(raw_int("SELECT sum(id) FROM bug"), 1);
	assert_int_equal(raw_int("SELECT count(*) FROM run WHERE "
	    "started = 1000 AND finished = 2000 AND bugs_new = 1"), 1);
	bug_release(&part);
}

static void
test_walk(void **state)
{
	static const int64_t ids[] = { 500, 3, 1000, 4, 999 };
	static const int64_t want[] = { 3, 4, 500, 999, 1000 };
	struct store *store = start();
	struct store_walk *walk, *other;
	const struct bug *bug;
	size_t i;

	(void)state;
	for (i = 0; i < 5; i++)
		ok(put_many(store, ids[i], 1, 10));
	finish(store);
	ok(store_open(&store, STORE_NAME, STORE_READ));
	ok(store_walk_new(&walk, store, STORE_FIELDS));
	for (i = 0; i < 5; i++) {
		ok(store_next(walk, &bug));
		assert_int_equal(bug->id, want[i]);
		assert_int_equal(bug->comment_len, 0);
		assert_int_equal(bug->change_len, 0);
		assert_int_equal(bug->last_comment, 200);
		/* One walk does not disturb another. */
		ok(store_walk_new(&other, store, STORE_COMMENTS));
		ok(store_next(other, &bug));
		assert_int_equal(bug->id, 3);
		assert_int_equal(bug->comment_len, 2);
		assert_int_equal(bug->comments[1].text_len, 10);
		assert_int_equal(bug->change_len, 0);
		store_walk_free(other);
	}
	ok(store_next(walk, &bug));
	assert_null(bug);
	ok(store_next(walk, &bug));
	assert_null(bug);
	for (i = 0; i < 5; i++) {
		ok(store_seek(walk, ids[i]));
		ok(store_next(walk, &bug));
		assert_int_equal(bug->id, ids[i]);
		if (i % 2 == 0)
			continue;
		ok(store_next(walk, &bug));
		assert_null(bug);
	}
	ok(store_seek(walk, 5));
	ok(store_next(walk, &bug));
	assert_null(bug);
	store_walk_free(walk);
	store_walk_free(NULL);
	store_close(store);
	store_close(NULL);
}

static void
test_status(void **state)
{
	struct store *store = start();
	struct store_status status;
	char source[400];

	(void)state;
	ok(store_status(store, &status));
	assert_int_equal(status.schema, STORE_SCHEMA);
	assert_int_equal(status.bugs + status.comments + status.changes +
	    status.answers + status.answer_bytes + status.waiting, 0);
	assert_true(status.newest_change == DATE_NONE);
	assert_true(status.last_run == DATE_NONE);
	assert_string_equal(status.last_kind, "");
	assert_string_equal(status.source, "");
	ok(put_many(store, 1, 3, 10));
	ok(store_status(store, &status));
	assert_true(status.last_run == DATE_NONE);
	assert_string_equal(status.source, "https://bugs.example");
	finish(store);
	memset(source, 's', sizeof(source));
	source[sizeof(source) - 1] = '\0';
	ok(store_open(&store, STORE_NAME, STORE_WRITE));
	ok(store_run_begin(store, "fetch", source, 3000));
	ok(put_many(store, 4, 1, 10));
	ok(store_run_end(store, 4000));
	ok(store_run_begin(store, "import", "", 5000));
	ok(store_run_end(store, 6000));		/* and left no row */
	ok(store_status(store, &status));
	assert_int_equal(status.bugs, 4);
	assert_int_equal(status.comments, 8);
	assert_int_equal(status.changes, 4);
	assert_int_equal(status.answers, 2);
	assert_int_equal(status.answer_bytes, 40);
	assert_int_equal(status.newest_change, 5002);
	assert_int_equal(status.last_run, 4000);
	assert_string_equal(status.last_kind, "fetch");
	assert_int_equal(strlen(status.source), sizeof(status.source) - 1);
	store_close(store);
}

/* What the check finds, each in a store that was good. */
static const struct {
	const char *damage;
	const char *fault;
} damages[] = {
	{ "DELETE FROM comment WHERE id = 10", "bug 1: 1 comments" },
	{ "DELETE FROM comment WHERE bug_id = 1", "bug 1: 0 comments" },
	{ "INSERT INTO comment VALUES (99, 1, 0, 0, 0, 0, '', '')",
	    "bug 99: 1 comments" },
	{ "DELETE FROM change WHERE bug_id = 2", "bug 2: 2 comments and 0" },
	{ "UPDATE comment SET time = 999 WHERE id = 21", "bug 2:" },
	{ "DELETE FROM told WHERE bug_id = 3", "bug 3:" },
	{ "INSERT INTO change VALUES (1, 1, 5, '', '', '', ''); "
	    "UPDATE told SET changes = 2 WHERE bug_id = 1",
	    "bug 1: change 1 is out of order" },
	{ "UPDATE change SET seq = 1 WHERE bug_id = 3", "bug 3: change 1" },
	{ "DELETE FROM answer", "answer 1: has parts and no row" },
	{ "DELETE FROM answer_part", "answer 1: its bytes" },
	{ "UPDATE answer SET bytes = bytes + 1", "answer 1: its bytes" },
	{ "UPDATE answer_part SET data = zeroblob(length(data))",
	    "answer 1: its bytes" },
	{ "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = "
	    "replace(sql, 'alias TEXT', 'alias TEXT NOT NULL') "
	    "WHERE name = 'bug'", "NULL value in bug.alias" }
};

static void
test_check(void **state)
{
	struct store *store = start();
	struct buf faults, good;
	size_t i;

	(void)state;
	ok(put_many(store, 1, 3, 10));
	assert_good(store);
	finish(store);
	buf_init(&good, 1 << 20);
	take_copy(&good);
	buf_init(&faults, 1 << 20);
	for (i = 0; i < sizeof(damages) / sizeof(damages[0]); i++) {
		ok(file_replace(STORE_NAME, good.data, good.len));
		raw_do(damages[i].damage);
		ok(store_open(&store, STORE_NAME, STORE_READ));
		buf_clear(&faults);
		ok(store_check(store, &faults));
		if (strstr(buf_text(&faults), damages[i].fault) == NULL)
			fail_msg("%s: %s", damages[i].damage,
			    buf_text(&faults));
		store_close(store);
	}
	buf_release(&faults);
	buf_release(&good);
}

/* What a Bugzilla told, however odd, is no fault of the store. */
static void
test_odd(void **state)
{
	struct store *store = start();
	struct bug part;
	int i;

	(void)state;
	bug_init(&part, BUG_MAX_BYTES);
	for (i = 1; i <= 2; i++) {
		bug_clear(&part);
		make_fields(&part, i, "a", 5);
		make_comment(&part, 10, 0, 5, "in both bugs");
		make_comment(&part, 10 + i, 0, 6, "of the same number");
		put_part(store, &part);
	}
	assert_good(store);
	assert_int_equal(raw_int("SELECT count(*) FROM comment"), 4);
	bug_release(&part);
	finish(store);
}

/* Put `count` comments of `size` bytes into bug `id`, a part each. */
static void
put_large(struct store *store, int64_t id, int count, size_t size)
{
	char *text = mem_alloc(1, size + 1);
	struct bug part;
	int i;

	assert_non_null(text);
	memset(text, 'x', size);
	bug_init(&part, BUG_MAX_BYTES);
	for (i = 0; i < count; i++) {
		bug_clear(&part);
		make_fields(&part, id, "a", 5);
		make_comment(&part, 100 * id + i, i, 5 + i, text);
		put_part(store, &part);
	}
	bug_release(&part);
	mem_free(text);
}

/* A bug that grew too large part by part is cut, and the walk goes on. */
static void
test_cut(void **state)
{
	static const size_t want[] = { 0, 2, 3, 1, 2 };
	const size_t size = BUG_MAX_BYTES / 4 + 4096;
	struct store *store = start();
	struct store_walk *walk;
	const struct bug *bug;
	int64_t id;
	size_t i;

	(void)state;
	put_large(store, 1, 2, 10);
	put_large(store, 2, 5, size);
	put_large(store, 3, 1, size);
	put_large(store, 4, 2, 10);
	/* Its history was once as large; it comes before comments. */
	raw_do("INSERT INTO change SELECT 2, 0, 9, 'w', 'f', '', 'x'; "
	    "WITH n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n "
	    "WHERE i < 3) INSERT INTO change SELECT 4, i, 9, 'w', 'f', '', "
	    "replace(hex(zeroblob(4200000)), '0', 'y') FROM n; "
	    "UPDATE told SET changes = 1 WHERE bug_id = 2; "
	    "UPDATE told SET changes = 4 WHERE bug_id = 4");
	assert_good(store);
	ok(store_walk_new(&walk, store, STORE_COMMENTS | STORE_HISTORY));
	for (id = 1; id <= 4; id++) {
		ok(store_next(walk, &bug));
		assert_non_null(bug);
		assert_int_equal(bug->id, id);
		assert_string_equal(bug->text[BUG_SUMMARY], "a");
		assert_int_equal(bug->cut, id == 2 || id == 4);
		assert_int_equal(bug->comment_len, want[id]);
		for (i = 0; i < bug->comment_len; i++)
			assert_int_equal(bug->comments[i].text_len,
			    id == 2 || id == 3 ? size : 10);
		assert_int_equal(bug->change_len, id == 2);
		/* Half a history is none. */
		assert_int_equal((bug->have & BUG_HAVE_HISTORY) != 0,
		    id == 2);
	}
	ok(store_next(walk, &bug));
	assert_null(bug);
	store_walk_free(walk);
	/* Fields alone are not too many. */
	ok(store_walk_new(&walk, store, STORE_FIELDS));
	for (id = 1; id <= 4; id++) {
		ok(store_next(walk, &bug));
		assert_false(bug->cut);
	}
	store_walk_free(walk);
	finish(store);
}

/* Fields that came in several parts may be too many as well. */
static void
test_cut_fields(void **state)
{
	const size_t size = BUG_MAX_BYTES / 2;
	char *text = mem_alloc(1, size + 1);
	struct store *store = start();
	struct store_walk *walk;
	const struct bug *bug;
	struct bug part;
	int field;

	(void)state;
	assert_non_null(text);
	memset(text, 'x', size);
	bug_init(&part, BUG_MAX_BYTES);
	for (field = BUG_SUMMARY; field <= BUG_STATUS; field++) {
		bug_clear(&part);
		part.id = 1;
		assert_true(bug_set_text(&part, (enum bug_text)field, text,
		    field == BUG_STATUS ? 3 : size));
		put_part(store, &part);
	}
	bug = look(store, &walk, 1);
	assert_true(bug->cut);
	assert_int_equal(strlen(bug->text[BUG_SUMMARY]), size);
	assert_true((bug->have & BUG_HAVE_TEXT(BUG_WHITEBOARD)) == 0);
	assert_string_equal(bug->text[BUG_STATUS], "xxx");
	store_walk_free(walk);
	bug_release(&part);
	mem_free(text);
	finish(store);
}

/* Memory does not know how many bugs there are, nor how long an answer is. */
static void
test_memory(void **state)
{
	struct store *store = start();
	struct store_walk *walk;
	const struct bug *bug;
	char *data = mem_alloc(1, STORE_RAW_PART);
	int64_t seen = 0;
	int i;

	(void)state;
	assert_non_null(data);
	sqlite3_memory_highwater(1);
	for (i = 0; i < 40; i++)
		ok(put_many(store, 1 + 500 * i, 500, 200));
	ok(store_page_begin(store, "large.json"));
	for (i = 0; i < 200; i++)
		ok(store_page_raw(store, data, STORE_RAW_PART));
	ok(store_page_commit(store, "bugs"));
	finish(store);
	ok(store_open(&store, STORE_NAME, STORE_READ));
	ok(store_walk_new(&walk, store, STORE_COMMENTS | STORE_HISTORY));
	for (;;) {
		ok(store_next(walk, &bug));
		if (bug == NULL)
			break;
		assert_int_equal(bug->id, ++seen);
		assert_int_equal(bug->comment_len, 2);
		assert_int_equal(bug->change_len, 1);
	}
	assert_int_equal(seen, 20000);
	store_walk_free(walk);
	/* The cache, and a megabyte for statements. */
	assert_true(sqlite3_memory_highwater(0) <
	    (STORE_CACHE_KIB + 1024) * 1024);
	assert_good(store);
	/* The check sorts, in as much again. */
	assert_true(sqlite3_memory_highwater(0) <
	    (2 * STORE_CACHE_KIB + 1024) * 1024);
	store_close(store);
	mem_free(data);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(test_answers),
		SCRATCH_TEST(test_again),
		SCRATCH_TEST(test_rollback),
		SCRATCH_TEST(test_walk),
		SCRATCH_TEST(test_status),
		SCRATCH_TEST(test_check),
		SCRATCH_TEST(test_odd),
		SCRATCH_TEST(test_cut),
		SCRATCH_TEST(test_cut_fields),
		SCRATCH_TEST(test_memory)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
