/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* How far a fetch has come: passes, what is listed, what is gone. */

#include "fetch/store_pass.h"
#include "tests/unit/store_fixture.h"

static const struct store_source compliance = {
	"https://bugs.example", "CA Program", "Compliance\nRoot", false
};

/* A store with bugs 1 to 5, their comments told, in three components. */
static struct store *
five_bugs(void)
{
	struct store *store = start();

	ok(put_many(store, 1, 5, 10));
	finish(store);
	raw_do("UPDATE bug SET product = 'CA Program', "
	    "component = 'Compliance'; "
	    "UPDATE bug SET component = 'ROOT' WHERE id = 3; "
	    "UPDATE bug SET component = 'Other' WHERE id = 4; "
	    "UPDATE bug SET component = NULL WHERE id = 5");
	ok(store_open(&store, STORE_NAME, STORE_WRITE));
	ok(store_run_begin(store, "fetch", "https://bugs.example", 1000));
	return store;
}

static void
begin(struct store *store)
{
	ok(store_page_begin(store, "page"));
}

static void
commit(struct store *store)
{
	ok(store_page_commit(store, "none"));
}

/* A pass of that kind, begun at that time and saved. */
static struct store_pass
begin_pass(struct store *store, int64_t started, int64_t since)
{
	struct store_pass pass;

	ok(store_pass_load(store, &compliance, &pass));
	pass.started = started;
	pass.since = since;
	begin(store);
	ok(store_pass_save(store, &compliance, &pass));
	commit(store);
	return pass;
}

/* List a bug in a page of its own; was it gone? */
static bool
list(struct store *store, const struct store_pass *pass, int64_t bug,
    int64_t changed, bool known)
{
	bool back;

	begin(store);
	ok(store_pass_list(store, pass, bug, changed, known, &back));
	commit(store);
	return back;
}

/* "1 2 7": the bugs that want some of these. */
static const char *
wanting(struct store *store, const struct store_pass *pass, int64_t after,
    unsigned wants, unsigned not, bool failed)
{
	static char text[200];
	int64_t bugs[4];
	size_t len, i, at = 0;

	text[0] = '\0';
	ok(store_pass_next(store, pass, after, wants, not, failed, bugs, 4,
	    &len));
	for (i = 0; i < len; i++)
		at += (size_t)snprintf(text + at, sizeof(text) - at, "%s%lld",
		    i > 0 ? " " : "", (long long)bugs[i]);
	return text;
}

static void
settle(struct store *store, struct store_pass *pass, bool good,
    uint64_t want_gone)
{
	uint64_t gone;

	begin(store);
	ok(store_pass_settle(store, &compliance, pass, good, &gone));
	commit(store);
	assert_int_equal(gone, want_gone);
}

static void
test_load(void **state)
{
	struct store_source other = compliance;
	struct store *store = five_bugs();
	struct store_pass pass, again;

	(void)state;
	ok(store_pass_load(store, &compliance, &pass));
	assert_int_equal(pass.source, 0);
	assert_true(pass.good == DATE_NONE && pass.whole == DATE_NONE &&
	    pass.started == DATE_NONE && pass.since == DATE_NONE);
	pass.good = 10;
	pass.whole = 20;
	pass.started = 30;
	pass.since = 40;
	pass.reached = 50;
	pass.complete = true;
	begin(store);
	ok(store_pass_save(store, &compliance, &pass));
	store_page_rollback(store);
	ok(store_pass_load(store, &compliance, &again));
	assert_int_equal(again.source, 0);
	begin(store);
	ok(store_pass_save(store, &compliance, &pass));
	ok(store_pass_save(store, &compliance, &pass));
	commit(store);
	ok(store_pass_load(store, &compliance, &again));
	assert_int_equal(again.source, pass.source);
	assert_int_equal(again.good, 10);
	assert_int_equal(again.whole, 20);
	assert_int_equal(again.started, 30);
	assert_int_equal(again.since, 40);
	assert_int_equal(again.reached, 50);
	assert_true(again.complete);
	/* Each kind of source has its own. */
	other.keyed = true;
	ok(store_pass_load(store, &other, &again));
	assert_int_equal(again.source, 0);
	other = compliance;
	other.components = "Compliance";
	ok(store_pass_load(store, &other, &again));
	assert_int_equal(again.source, 0);
	begin(store);
	ok(store_pass_save(store, &other, &again));
	commit(store);
	assert_int_not_equal(again.source, pass.source);
	assert_int_equal(raw_int("SELECT count(*) FROM source"), 2);
	finish(store);
}

static void
test_wants(void **state)
{
	struct store *store = five_bugs();
	struct store_pass pass = begin_pass(store, 100, DATE_NONE);
	struct store_status status;
	int64_t count;
	int i;

	(void)state;
	for (i = 9; i >= 1; i -= 2)
		list(store, &pass, i, 50, false);
	assert_string_equal(wanting(store, &pass, 0, 7, 0, false), "1 3 5 7");
	assert_string_equal(wanting(store, &pass, 7, 7, 0, false), "9");
	assert_string_equal(wanting(store, &pass, 9, 7, 0, false), "");
	assert_string_equal(wanting(store, &pass, 0, 2, 1, false), "");
	begin(store);
	ok(store_pass_had(store, &pass, 3, STORE_WANT_FIELDS));
	ok(store_pass_had(store, &pass, 5, STORE_WANT_ALL));
	ok(store_pass_failed(store, &pass, 7));
	commit(store);
	assert_string_equal(wanting(store, &pass, 0, 2, 1, false), "3");
	assert_string_equal(wanting(store, &pass, 0, 7, 0, false), "1 3 9");
	assert_string_equal(wanting(store, &pass, 0, 7, 0, true), "7");
	ok(store_pass_left(store, &pass, &count));
	assert_int_equal(count, 4);
	ok(store_status(store, &status));
	assert_int_equal(status.to_come, 4);
	/* Fields alone do not make it good again, all does. */
	begin(store);
	ok(store_pass_had(store, &pass, 7, STORE_WANT_FIELDS));
	commit(store);
	assert_string_equal(wanting(store, &pass, 0, 2, 1, true), "7");
	begin(store);
	ok(store_pass_had(store, &pass, 7, STORE_WANT_ALL));
	commit(store);
	list(store, &pass, 7, 50, false);
	assert_string_equal(wanting(store, &pass, 3, 7, 0, false), "7 9");
	assert_good(store);
	finish(store);
}

/* What the store has, as it was changed last, is not wanted again. */
static void
test_known(void **state)
{
	static const struct {
		int64_t bug, changed;
		bool known;
		const char *want;
	} cases[] = {
		{ 2, 5001, false, "2" },
		{ 2, 5001, true, "" },
		{ 2, 5002, true, "2" },
		{ 2, DATE_NONE, true, "2" },
		{ 77, 5001, true, "77" },	/* not in the store */
		{ 5, 5004, true, "5" }		/* without comments */
	};
	struct store *store = five_bugs();
	struct store_pass pass;
	size_t i;

	(void)state;
	finish(store);
	raw_do("UPDATE told SET comments = NULL, last_comment = NULL "
	    "WHERE bug_id = 5; DELETE FROM comment WHERE bug_id = 5");
	ok(store_open(&store, STORE_NAME, STORE_WRITE));
	ok(store_run_begin(store, "fetch", "https://bugs.example", 1000));
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		pass = begin_pass(store, 100, 50);
		list(store, &pass, cases[i].bug, cases[i].changed,
		    cases[i].known);
		assert_string_equal(wanting(store, &pass, 0, 7, 0, false),
		    cases[i].want);
		begin(store);
		ok(store_pass_had(store, &pass, cases[i].bug,
		    STORE_WANT_ALL));
		commit(store);
		settle(store, &pass, true, 0);
	}
	/* What is wanted already stays so. */
	pass = begin_pass(store, 100, 50);
	list(store, &pass, 2, 5001, false);
	list(store, &pass, 2, 5001, true);
	assert_string_equal(wanting(store, &pass, 0, 7, 0, false), "2");
	finish(store);
}

static bool
is_gone(struct store *store, int64_t id, int64_t since)
{
	struct store_walk *walk;
	const struct bug *bug = look(store, &walk, id);
	bool gone = bug->gone == since;

	store_walk_free(walk);
	return gone;
}

/* A pass over all bugs marks those that it lacks, one over some none. */
static void
test_gone(void **state)
{
	struct store *store = five_bugs();
	struct store_pass pass = begin_pass(store, 100, 50);
	struct store_status status;

	(void)state;
	list(store, &pass, 1, 5000, true);
	settle(store, &pass, true, 0);
	pass = begin_pass(store, 200, DATE_NONE);
	list(store, &pass, 1, 5000, true);
	/* Neither another component's nor one of which that isn't known. */
	settle(store, &pass, true, 2);
	assert_true(is_gone(store, 1, DATE_NONE));
	assert_true(is_gone(store, 2, 200));
	assert_true(is_gone(store, 3, 200));
	assert_true(is_gone(store, 4, DATE_NONE));
	assert_true(is_gone(store, 5, DATE_NONE));
	ok(store_status(store, &status));
	assert_int_equal(status.gone, 2);
	assert_int_equal(status.bugs, 5);
	assert_good(store);
	/* Seen again, and gone since the same time as before. */
	pass = begin_pass(store, 300, DATE_NONE);
	assert_false(list(store, &pass, 1, 5000, true));
	assert_true(list(store, &pass, 3, 5002, true));
	settle(store, &pass, true, 0);
	assert_true(is_gone(store, 2, 200));
	assert_true(is_gone(store, 3, DATE_NONE));
	finish(store);
	assert_int_equal(raw_int("SELECT count(*) FROM listed"), 0);
}

/* One bug is found to be gone. */
static void
test_gone_one(void **state)
{
	struct store *store = five_bugs();
	struct store_pass pass = begin_pass(store, 100, 50);
	bool gone;

	(void)state;
	list(store, &pass, 1, 9, false);
	list(store, &pass, 66, 9, false);
	begin(store);
	ok(store_pass_gone(store, &pass, 1, &gone));
	assert_true(gone);
	ok(store_pass_gone(store, &pass, 1, &gone));
	assert_false(gone);
	/* What never came can't be missed. */
	ok(store_pass_gone(store, &pass, 66, &gone));
	assert_false(gone);
	commit(store);
	assert_string_equal(wanting(store, &pass, 0, 7, 0, false), "");
	assert_true(is_gone(store, 1, 100));
	settle(store, &pass, true, 0);
	assert_good(store);
	finish(store);
	assert_int_equal(raw_int("SELECT count(*) FROM gone"), 1);
}

/* Which times a pass that is over leaves. */
static void
test_settle(void **state)
{
	static const struct {
		int64_t started, since;
		bool good;
		int64_t want_good, want_whole;
	} steps[] = {
		{ 100, 50, true, DATE_NONE, DATE_NONE },
		{ 150, DATE_NONE, false, DATE_NONE, DATE_NONE },
		{ 200, DATE_NONE, true, 200, 200 },
		{ 300, 190, true, 300, 200 },
		{ 400, 300, true, 400, 200 },
		{ 500, 401, true, 400, 200 },	/* leaves a gap */
		{ 600, 300, false, 400, 200 },
		{ 700, DATE_NONE, true, 700, 700 }
	};
	struct store *store = five_bugs();
	struct store_pass pass;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		pass = begin_pass(store, steps[i].started, steps[i].since);
		list(store, &pass, 1, 5000, true);
		list(store, &pass, 2, 5001, true);
		list(store, &pass, 3, 5002, true);
		pass.reached = 3;
		pass.complete = true;
		settle(store, &pass, steps[i].good, 0);
		ok(store_pass_load(store, &compliance, &pass));
		assert_true(pass.good == steps[i].want_good);
		assert_true(pass.whole == steps[i].want_whole);
		assert_true(pass.started == DATE_NONE);
		assert_true(pass.since == DATE_NONE);
		assert_int_equal(pass.reached, 0);
		assert_false(pass.complete);
	}
	/* What failed stays noted. */
	pass = begin_pass(store, 800, 700);
	list(store, &pass, 8, 9, false);
	list(store, &pass, 9, 9, false);
	begin(store);
	ok(store_pass_had(store, &pass, 9, STORE_WANT_ALL));
	ok(store_pass_failed(store, &pass, 8));
	commit(store);
	settle(store, &pass, true, 0);
	assert_string_equal(wanting(store, &pass, 0, 7, 0, true), "8");
	finish(store);
	assert_int_equal(raw_int("SELECT count(*) FROM listed"), 1);
}

static void
test_missed(void **state)
{
	struct store *store = five_bugs();
	struct store_pass pass = begin_pass(store, 100, DATE_NONE);
	int64_t missed[4], bugs, listed;
	size_t len;

	(void)state;
	list(store, &pass, 2, 5001, true);
	ok(store_pass_missed(store, &pass, 0, missed, 4, &len));
	assert_int_equal(len, 2);
	assert_int_equal(missed[0], 1);
	assert_int_equal(missed[1], 3);
	ok(store_pass_missed(store, &pass, 1, missed, 1, &len));
	assert_int_equal(len, 1);
	assert_int_equal(missed[0], 3);
	ok(store_pass_missed(store, &pass, 3, missed, 4, &len));
	assert_int_equal(len, 0);
	ok(store_pass_component(store, &pass, "compliance", &bugs, &listed));
	assert_int_equal(bugs, 2);
	assert_int_equal(listed, 1);
	ok(store_pass_component(store, &pass, "Root", &bugs, &listed));
	assert_int_equal(bugs, 1);
	assert_int_equal(listed, 0);
	ok(store_pass_component(store, &pass, "None", &bugs, &listed));
	assert_int_equal(bugs + listed, 0);
	finish(store);
}

/* An empty history is one only where all of it is told; and an answer that
 * tells nothing new is known to. */
static void
test_whole(void **state)
{
	struct store *store = start();
	struct store_walk *walk;
	const struct bug *bug;
	struct bug part;
	int round;

	(void)state;
	bug_init(&part, BUG_MAX_BYTES);
	make_fields(&part, 1, "a", 5);
	part.have |= BUG_HAVE_HISTORY;
	for (round = 0; round < 4; round++) {
		ok(store_page_begin(store, "one"));
		assert_false(store_page_news(store));
		if (round >= 2)
			store_page_whole(store);
		ok(store_put(store, &part));
		assert_int_equal(store_page_news(store), round % 2 == 0);
		ok(store_page_commit(store, "bugs"));
		bug = look(store, &walk, 1);
		assert_int_equal((bug->have & BUG_HAVE_HISTORY) != 0,
		    round >= 2);
		assert_int_equal(bug->change_len, 0);
		store_walk_free(walk);
	}
	/* It takes nothing away. */
	make_change(&part, 7, "x");
	put_part(store, &part);
	part.change_len = 0;
	ok(store_page_begin(store, "one"));
	store_page_whole(store);
	ok(store_put(store, &part));
	assert_false(store_page_news(store));
	ok(store_page_commit(store, "bugs"));
	bug = look(store, &walk, 1);
	assert_int_equal(bug->change_len, 1);
	store_walk_free(walk);
	assert_good(store);
	finish(store);
	bug_release(&part);
}

/* A store of the third schema keeps what it has, and learns the rest. */
static void
test_migration(void **state)
{
	struct store_status status;
	struct store *store = five_bugs();
	struct store_pass pass;

	(void)state;
	finish(store);
	raw_do("DROP VIEW refreshed_iso; DROP TABLE refreshed; "
	    "DROP VIEW gone_iso; DROP TABLE gone; DROP TABLE listed; "
	    "DROP TABLE source; PRAGMA user_version = 3");
	assert_err(store_open(&store, STORE_NAME, STORE_READ), ERR_CONFIG,
	    "has an old schema");
	ok(store_open(&store, STORE_NAME, STORE_WRITE));
	ok(store_status(store, &status));
	assert_int_equal(status.schema, STORE_SCHEMA);
	assert_int_equal(status.bugs, 5);
	assert_int_equal(status.comments, 10);
	assert_int_equal(status.gone, 0);
	ok(store_run_begin(store, "fetch", "https://bugs.example", 1000));
	pass = begin_pass(store, 100, DATE_NONE);
	settle(store, &pass, true, 3);
	assert_good(store);
	finish(store);
}

static const struct {
	const char *damage;
	const char *fault;
} damages[] = {
	{ "INSERT INTO listed VALUES (99, 1, 7, 0)",
	    "bug 1: is listed for no source" },
	{ "INSERT INTO gone VALUES (99, 5)", "bug 99: is gone" }
};

static void
test_check(void **state)
{
	struct store *store = five_bugs();
	struct buf faults;
	size_t i;

	(void)state;
	finish(store);
	for (i = 0; i < sizeof(damages) / sizeof(damages[0]); i++) {
		raw_do(damages[i].damage);
		ok(store_open(&store, STORE_NAME, STORE_READ));
		buf_init(&faults, 1 << 20);
		ok(store_check(store, &faults));
		if (strstr(buf_text(&faults), damages[i].fault) == NULL)
			fail_msg("%s: %s", damages[i].fault,
			    buf_text(&faults));
		buf_release(&faults);
		store_close(store);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(test_load),
		SCRATCH_TEST(test_wants),
		SCRATCH_TEST(test_known),
		SCRATCH_TEST(test_gone),
		SCRATCH_TEST(test_gone_one),
		SCRATCH_TEST(test_settle),
		SCRATCH_TEST(test_missed),
		SCRATCH_TEST(test_whole),
		SCRATCH_TEST(test_migration),
		SCRATCH_TEST(test_check)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
