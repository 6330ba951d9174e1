/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* What the store keeps, merges and gives back. */

#include "tests/unit/store_fixture.h"

/* --- fields --- */

/* A part and what bug 1 is after it; NULL and 0 are untold or unknown. */
struct step {
	const char *summary;
	const char *type;
	int64_t created;
	int64_t changed;
	int64_t dupe;		/* -1: told that there is none */
	const char *want_summary;
	const char *want_type;
	int64_t want_created;
	int64_t want_changed;
	int64_t want_dupe;
	char count;		/* n, c or s: new, changed, same */
};

static const struct {
	const char *name;
	struct step steps[4];
} merges[] = {
	{ "new, then the same", {
		{ "a", "task", 5, 9, 7, "a", "task", 5, 9, 7, 'n' },
		{ "a", "task", 5, 9, 7, "a", "task", 5, 9, 7, 's' } } },
	{ "new text, new number", {
		{ "a", "task", 5, 9, 7, "a", "task", 5, 9, 7, 'n' },
		{ "b", "task", 5, 9, 7, "b", "task", 5, 9, 7, 'c' },
		{ "b", "task", 5, 9, 8, "b", "task", 5, 9, 8, 'c' },
		{ "b", "task", 5, 10, 8, "b", "task", 5, 10, 8, 'c' } } },
	{ "longer and shorter texts", {
		{ "ab", NULL, 0, 9, 0, "ab", NULL, 0, 9, 0, 'n' },
		{ "abc", NULL, 0, 9, 0, "abc", NULL, 0, 9, 0, 'c' },
		{ "a", NULL, 0, 9, 0, "a", NULL, 0, 9, 0, 'c' },
		{ "", NULL, 0, 9, 0, "", NULL, 0, 9, 0, 'c' } } },
	{ "what is not told stays", {
		{ "a", "task", 5, 9, 7, "a", "task", 5, 9, 7, 'n' },
		{ NULL, NULL, 0, 12, 0, "a", "task", 5, 12, 7, 'c' },
		{ "b", NULL, 0, 0, 0, "b", "task", 5, 12, 7, 'c' },
		{ NULL, "task", 0, 0, 0, "b", "task", 5, 12, 7, 's' } } },
	{ "what was unknown comes", {
		{ "a", NULL, 0, 0, 0, "a", NULL, 0, 0, 0, 'n' },
		{ NULL, "", 0, 0, 0, "a", "", 0, 0, 0, 'c' },
		{ NULL, NULL, 5, 9, 7, "a", "", 5, 9, 7, 'c' } } },
	{ "told that there is none", {
		{ "a", NULL, 0, 9, 7, "a", NULL, 0, 9, 7, 'n' },
		{ NULL, NULL, 0, 9, -1, "a", NULL, 0, 9, 0, 'c' },
		{ NULL, NULL, 0, 9, -1, "a", NULL, 0, 9, 0, 's' } } },
	{ "an older answer replaces nothing", {
		{ "a", "task", 5, 9, 7, "a", "task", 5, 9, 7, 'n' },
		{ "b", "defect", 6, 8, 3, "a", "task", 5, 9, 7, 's' },
		{ "b", NULL, 0, 9, 0, "b", "task", 5, 9, 7, 'c' } } },
	{ "an older answer fills texts and creation", {
		{ "a", NULL, 0, 9, -1, "a", NULL, 0, 9, 0, 'n' },
		{ "b", "task", 5, 8, 7, "a", "task", 5, 9, 0, 'c' },
		{ "b", "task", 5, 8, 7, "a", "task", 5, 9, 0, 's' } } },
	{ "an answer without time is taken", {
		{ "a", NULL, 0, 9, 0, "a", NULL, 0, 9, 0, 'n' },
		{ "b", NULL, 0, 0, 0, "b", NULL, 0, 9, 0, 'c' } } }
};

static void
take_step(struct store *store, const struct step *step)
{
	struct bug part;

	bug_init(&part, BUG_MAX_BYTES);
	make_fields(&part, 1, step->summary, step->changed);
	if (step->type != NULL)
		assert_true(bug_set_text(&part, BUG_TYPE, step->type,
		    strlen(step->type)));
	if (step->created != 0)
		bug_set_num(&part, BUG_CREATED, step->created);
	if (step->dupe != 0)
		bug_set_num(&part, BUG_DUPE_OF, step->dupe);
	put_part(store, &part);
	bug_release(&part);
}

static int64_t
known(const struct bug *bug, enum bug_num field)
{
	return (bug->have & BUG_HAVE_NUM(field)) != 0 ? bug->num[field] : 0;
}

static const char *
known_text(const struct bug *bug, enum bug_text field)
{
	return (bug->have & BUG_HAVE_TEXT(field)) != 0 ? bug->text[field] :
	    "(null)";
}

static void
check_step(struct store *store, const char *name, const struct step *step)
{
	struct store_walk *walk;
	const struct bug *bug = look(store, &walk, 1);
	char got[200], want[200];

	assert_non_null(bug);
	snprintf(got, sizeof(got), "%s: %s %s %lld %lld %lld", name,
	    known_text(bug, BUG_SUMMARY), known_text(bug, BUG_TYPE),
	    (long long)known(bug, BUG_CREATED),
	    (long long)known(bug, BUG_CHANGED),
	    (long long)known(bug, BUG_DUPE_OF));
	snprintf(want, sizeof(want), "%s: %s %s %lld %lld %lld", name,
	    step->want_summary,
	    step->want_type == NULL ? "(null)" : step->want_type,
	    (long long)step->want_created, (long long)step->want_changed,
	    (long long)step->want_dupe);
	assert_string_equal(got, want);
	store_walk_free(walk);
}

static void
test_merge(void **state)
{
	struct store_counts before, after;
	const struct step *step;
	struct store *store;
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof(merges) / sizeof(merges[0]); i++) {
		store = start();
		for (j = 0; j < 4 && merges[i].steps[j].count != 0; j++) {
			step = &merges[i].steps[j];
			store_run_counts(store, &before);
			take_step(store, step);
			check_step(store, merges[i].name, step);
			store_run_counts(store, &after);
			assert_int_equal(after.bugs_new - before.bugs_new,
			    step->count == 'n');
			assert_int_equal(after.bugs_changed -
			    before.bugs_changed, step->count == 'c');
			assert_int_equal(after.bugs_same - before.bugs_same,
			    step->count == 's');
		}
		finish(store);
		assert_int_equal(unlink(STORE_NAME), 0);
	}
}

/* Every field comes back, in the column of its name. */
static void
test_fields(void **state)
{
	struct store *store = start();
	struct store_walk *walk;
	const struct bug *got;
	sqlite3_stmt *stmt;
	struct bug part;
	char text[32];
	int i;

	(void)state;
	bug_init(&part, BUG_MAX_BYTES);
	part.id = INT64_MAX;
	for (i = 0; i < BUG_TEXT__MAX; i++) {
		snprintf(text, sizeof(text), "text %d", i);
		assert_true(bug_set_text(&part, (enum bug_text)i, text,
		    strlen(text)));
	}
	for (i = 0; i < BUG_NUM__MAX; i++)
		bug_set_num(&part, (enum bug_num)i, 100 + i);
	put_part(store, &part);
	got = look(store, &walk, INT64_MAX);
	assert_non_null(got);
	assert_true(got->id == INT64_MAX && got->have == part.have);
	ok(store_get(store, SQL_BUG_GET, &stmt));
	for (i = 0; i < BUG_TEXT__MAX; i++) {
		assert_string_equal(got->text[i], part.text[i]);
		assert_string_equal(sqlite3_column_name(stmt, i),
		    bug_text_names((enum bug_text)i)->column);
	}
	for (i = 0; i < BUG_NUM__MAX; i++) {
		assert_int_equal(got->num[i], part.num[i]);
		assert_string_equal(
		    sqlite3_column_name(stmt, BUG_TEXT__MAX + i),
		    bug_num_names((enum bug_num)i)->column);
	}
	store_walk_free(walk);
	bug_release(&part);
	finish(store);
	assert_int_equal(raw_int("SELECT count(*) FROM bug_iso WHERE "
	    "created = '1970-01-01T00:01:40Z' AND dupe_of = 103"), 1);
}

/*
 * A whole answer, and a newer one that tells nothing of the closing: what
 * closed the bug is known in whatever order they come.
 */
static void
test_closing(void **state)
{
	struct store_walk *walk;
	const struct bug *bug;
	struct store *store;
	struct bug part;
	int i, first;

	(void)state;
	for (first = 0; first < 2; first++) {
		store = start();
		bug_init(&part, BUG_MAX_BYTES);
		for (i = 0; i < 2; i++) {
			bug_clear(&part);
			make_fields(&part, 1, "a", 20);
			if (i != first) {
				make_fields(&part, 1, "a", 10);
				assert_true(bug_set_text(&part, BUG_STATUS,
				    "RESOLVED", 8));
				bug_set_num(&part, BUG_LAST_RESOLVED, 5);
				bug_set_num(&part, BUG_DUPE_OF, 7);
			}
			put_part(store, &part);
		}
		/* This status is older still, and its closing with it. */
		bug_clear(&part);
		make_fields(&part, 1, NULL, 9);
		assert_true(bug_set_text(&part, BUG_STATUS, "NEW", 3));
		bug_set_num(&part, BUG_LAST_RESOLVED, 4);
		put_part(store, &part);
		bug = look(store, &walk, 1);
		assert_string_equal(known_text(bug, BUG_STATUS), "RESOLVED");
		assert_int_equal(known(bug, BUG_CHANGED), 20);
		assert_int_equal(known(bug, BUG_LAST_RESOLVED), 5);
		assert_int_equal(known(bug, BUG_DUPE_OF), 7);
		store_walk_free(walk);
		bug_release(&part);
		finish(store);
		assert_int_equal(unlink(STORE_NAME), 0);
	}
}

/* --- comments --- */

/* Comment 10 of bug 1 as told, one after the other, and what it is then. */
static const struct {
	struct comment told;
	int64_t changed;	/* the part's last_change_time, 0: untold */
	const char *want;
	char count;		/* n, c or s */
} comment_steps[] = {
	{ { .number = -1, .time = DATE_NONE, .creator = "", .text = "" }, 0,
	    "-1 0 0 0  ", 'n' },
	{ { .number = 3, .time = 50, .creator = "a", .text = "one" }, 0,
	    "3 50 0 0 a one", 'c' },
	{ { .number = 3, .time = 50, .creator = "a", .text = "one" }, 0,
	    "3 50 0 0 a one", 's' },
	{ { .number = -1, .time = DATE_NONE, .creator = "", .text = "" }, 0,
	    "3 50 0 0 a one", 's' },
	{ { .number = 3, .time = 50, .creator = "a", .text = "two" }, 20,
	    "3 50 0 0 a two", 'c' },
	{ { .number = 4, .time = 60, .attachment = 8, .is_private = true,
	    .creator = "b", .text = "old" }, 10, "3 50 8 0 a two", 'c' },
	{ { .number = 3, .time = 50, .is_private = true, .creator = "a",
	    .text = "two" }, 30, "3 50 8 1 a two", 'c' },
	{ { .number = 3, .time = 50, .is_private = true, .creator = "a",
	    .text = "thr" }, 0, "3 50 8 1 a thr", 'c' }
};

static void
check_comment(struct store *store, const char *want)
{
	const struct comment *comment;
	struct store_walk *walk;
	const struct bug *bug = look(store, &walk, 1);
	char got[100];

	assert_non_null(bug);
	assert_int_equal(bug->comment_len, 1);
	comment = &bug->comments[0];
	assert_int_equal(comment->id, 10);
	assert_int_equal(comment->bug, 1);
	assert_int_equal(comment->text_len, strlen(comment->text));
	snprintf(got, sizeof(got), "%d %d %d %d %s %s", (int)comment->number,
	    comment->time == DATE_NONE ? 0 : (int)comment->time,
	    (int)comment->attachment, comment->is_private, comment->creator,
	    comment->text);
	assert_string_equal(got, want);
	store_walk_free(walk);
}

static void
test_comment_merge(void **state)
{
	struct store *store = start();
	struct store_counts before, after;
	struct comment *comment;
	struct bug part;
	size_t i;

	(void)state;
	bug_init(&part, BUG_MAX_BYTES);
	make_fields(&part, 1, "a", 0);
	put_part(store, &part);
	for (i = 0; i < sizeof(comment_steps) / sizeof(comment_steps[0]);
	    i++) {
		bug_clear(&part);
		make_fields(&part, 1, NULL, comment_steps[i].changed);
		part.have |= BUG_HAVE_COMMENTS;
		comment = bug_add_comment(&part);
		assert_non_null(comment);
		*comment = comment_steps[i].told;
		comment->id = 10;
		comment->text_len = strlen(comment->text);
		store_run_counts(store, &before);
		put_part(store, &part);
		store_run_counts(store, &after);
		check_comment(store, comment_steps[i].want);
		assert_int_equal(after.comments_new - before.comments_new,
		    comment_steps[i].count == 'n');
		assert_int_equal(after.comments_changed -
		    before.comments_changed, comment_steps[i].count == 'c');
	}
	assert_good(store);
	bug_release(&part);
	finish(store);
}

/* They come in order of their numbers, each once, and none is lost. */
static void
test_comment_order(void **state)
{
	static const int64_t told[][3] = {	/* id, number, time */
		{ 30, 2, 300 }, { 10, 4, 900 }, { 20, 0, 100 },
		{ 40, 2, 400 }, { 30, 2, 300 }, { 25, -1, 200 }
	};
	static const int64_t want[] = { 25, 20, 30, 40, 10 };
	struct store *store = start();
	struct store_counts counts;
	struct store_walk *walk;
	const struct bug *bug;
	struct bug part;
	size_t i;

	(void)state;
	bug_init(&part, BUG_MAX_BYTES);
	make_fields(&part, 1, "a", 0);
	for (i = 0; i < sizeof(told) / sizeof(told[0]); i++)
		make_comment(&part, told[i][0], told[i][1], told[i][2], "");
	put_part(store, &part);
	bug_clear(&part);
	part.id = 1;
	part.have = BUG_HAVE_COMMENTS;	/* an answer that mentions none */
	put_part(store, &part);
	store_run_counts(store, &counts);
	assert_int_equal(counts.comments_new, 5);
	assert_int_equal(counts.comments_changed, 0);
	bug = look(store, &walk, 1);
	assert_non_null(bug);
	assert_int_equal(bug->comment_len, 5);
	assert_int_equal(bug->last_comment, 900);
	for (i = 0; i < 5; i++)
		assert_int_equal(bug->comments[i].id, want[i]);
	store_walk_free(walk);
	bug_release(&part);
	finish(store);
}

/* Comments and history wait for the fields of their bug. */
static void
test_waiting(void **state)
{
	struct store *store = start();
	struct store_status status;
	struct store_walk *walk;
	const struct bug *bug;
	struct bug part;

	(void)state;
	bug_init(&part, BUG_MAX_BYTES);
	part.id = 1;
	make_comment(&part, 10, 0, 500, "early");
	put_part(store, &part);
	bug_clear(&part);
	part.id = 2;
	make_change(&part, 700, "[ca-compliance]");
	put_part(store, &part);
	ok(store_status(store, &status));
	assert_int_equal(status.waiting, 2);
	assert_int_equal(status.bugs, 0);
	assert_int_equal(status.comments, 1);
	assert_null(look(store, &walk, 1));
	store_walk_free(walk);
	for (part.id = 1; part.id <= 3; part.id++) {
		make_fields(&part, part.id, "late", 600);
		part.have &= ~BUG_HAVE_HISTORY;
		put_part(store, &part);
	}
	ok(store_status(store, &status));
	assert_int_equal(status.waiting, 0);
	assert_int_equal(status.bugs, 3);
	bug = look(store, &walk, 1);
	assert_true((bug->have & BUG_HAVE_COMMENTS) != 0);
	assert_true((bug->have & BUG_HAVE_HISTORY) == 0);
	assert_int_equal(bug->comment_len, 1);
	assert_int_equal(bug->last_comment, 500);
	ok(store_seek(walk, 2));
	ok(store_next(walk, &bug));
	assert_true((bug->have & BUG_HAVE_COMMENTS) == 0);
	assert_true((bug->have & BUG_HAVE_HISTORY) != 0);
	assert_true(bug->last_comment == DATE_NONE);
	store_walk_free(walk);
	assert_good(store);
	bug_release(&part);
	finish(store);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(test_merge),
		SCRATCH_TEST(test_fields),
		SCRATCH_TEST(test_closing),
		SCRATCH_TEST(test_comment_merge),
		SCRATCH_TEST(test_comment_order),
		SCRATCH_TEST(test_waiting)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
