/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Reports made inside the process: which commands are, that they borrow and
 * give back, and what is told of them. */

#include "cmd/product.h"
#include "cmd/session.h"
#include "tests/unit/store_fixture.h"

/* Three incidents, 1 to 3; the text of the last is slow to search. */
static void
fill(void)
{
	struct store *store = start();
	char summary[64], slow[200];
	struct bug part;
	int64_t id;

	memset(slow, 'a', sizeof(slow));
	memcpy(slow + sizeof(slow) - 2, "!", 2);
	bug_init(&part, BUG_MAX_BYTES);
	for (id = 1; id <= 3; id++) {
		bug_clear(&part);
		(void)snprintf(summary, sizeof(summary),
		    "Some CA: CRL was late %d", (int)id);
		make_fields(&part, id, summary, 1700000000);
		bug_set_num(&part, BUG_CREATED, 1690000000 + id * 86400);
		assert_true(bug_set_text(&part, BUG_STATUS, "ASSIGNED", 8));
		assert_true(bug_set_text(&part, BUG_PRODUCT, "CA Program",
		    10));
		assert_true(bug_set_text(&part, BUG_COMPONENT,
		    "CA Certificate Compliance", 25));
		assert_true(bug_set_text(&part, BUG_WHITEBOARD,
		    "[ca-compliance] [crl-failure]", 29));
		make_comment(&part, 10 * id, 0, 1690000000, id == 3 ? slow :
		    "It is so.");
		put_part(store, &part);
	}
	bug_release(&part);
	finish(store);
}

/* A run of `publish` at that time. */
static void
open_session(struct session *session, const char *now)
{
	static char name[] = "cabrief", quiet[] = "-q", db[] = "--db",
	    file[] = STORE_NAME, clock[] = "--now", command[] = "publish";
	static char time[32];
	char *argv[] = { name, quiet, db, file, clock, time, command, NULL };

	memset(session, 0, sizeof(*session));
	(void)snprintf(time, sizeof(time), "%s", now);
	ok(options_read(&session->options, 7, argv));
	ok(session_open(session));
}

static void
test_refuses(void **state)
{
	static const struct {
		const char *command, *says;
	} cases[] = {
		{ "", "no command given" },
		{ "  \t", "no command given" },
		{ "frob", "frob: no such command" },
		{ "fetch", "fetch: is no report: name one of brief, count" },
		{ "import x", "import: is no report" },
		{ "export x", "export: is no report" },
		{ "publish", "publish: is no report" },
		{ "refresh x", "refresh: is no report" },
		{ "help", "help: is no report" },
		{ "taxonomy list", "taxonomy: is no report" },
		{ "count --db x", "--db: not in the command" },
		{ "count --taxonomy x", "--taxonomy: not in" },
		{ "count --overrides x", "--overrides: not in" },
		{ "count --now 2024-01-01", "--now: not in" },
		{ "count -q", "--quiet: not in" },
		{ "-v count", "--verbose: not in" },
		{ "count --color always", "--color: not in" },
		{ "count --progress never", "--progress: not in" },
		{ "count -f json", "--format: not in" },
		{ "count --form=json", "--format: not in" },
		{ "count -o x", "--output: not in" },
		{ "--help", "--help: not in" },
		{ "-V", "--version: not in" },
		{ "--complete-options", "--complete-options: not in" },
		{ "count x", "count: x: too many arguments" },
		{ "count -- --from", "count: --from: too many arguments" },
		{ "count --shceme tags", "did you mean --scheme" },
		{ "count --scheme", "its argument is missing" },
		{ "count --scheme tgas", "no such scheme: did you mean tags" },
		{ "count --from soon", "--from: soon: no such day" },
		{ "count --scheme 'tags", "is left open" },
		{ "count --scheme \"tags", "is left open" },
		{ "count \\", "is left open" },
		{ "count '\\'' ", "is left open" },
		{ "status", "mediawiki: not a format" },
		{ "show one", "no bug number" }
	};
	struct product product;
	struct session session;
	char many[2 * PRODUCT_MAX_WORDS + 8];
	size_t i;

	(void)state;
	fill();
	open_session(&session, "2024-01-01");
	product_init(&product);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_err(product_make(&session, cases[i].command,
		    "mediawiki", &product), ERR_USAGE, cases[i].says);
		assert_int_equal(product.text.len, 0);
		assert_string_equal(product.figures, "");
	}
	assert_err(product_make(&session, "count", "wiki", &product),
	    ERR_USAGE, "--format: wiki: not one of");
	memset(many, 0, sizeof(many));
	for (i = 0; i <= PRODUCT_MAX_WORDS; i++)
		memcpy(many + 2 * i, "x ", 2);
	assert_err(product_make(&session, many, "text", &product),
	    ERR_USAGE, "too many words");
	product_release(&product);
	session_close(&session);
}

static void
test_words(void **state)
{
	static const struct {
		const char *command, *says;
	} cases[] = {
		{ "list --owner A", ": A: " },
		{ "  list\t--owner\nA  ", ": A: " },
		{ "list --owner 'A  B'", ": A  B: " },
		{ "list --owner \"A 'B'\"", ": A 'B': " },
		{ "list --owner 'A \"B\"'", ": A \"B\": " },
		{ "list --owner A' 'B\" \"C", ": A B C: " },
		{ "list --owner A\\ B", ": A B: " },
		{ "list --owner 'A\\'", ": A\\: " },
		{ "list --owner \"A\\\"\\\\\"", ": A\"\\: " },
		{ "list --owner ''", ": : " }
	};
	struct product product;
	struct session session;
	size_t i;

	(void)state;
	fill();
	open_session(&session, "2024-01-01");
	product_init(&product);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_err(product_make(&session, cases[i].command, "text",
		    &product), ERR_USAGE, cases[i].says);
	product_release(&product);
	session_close(&session);
}

static void
test_borrows(void **state)
{
	struct product one, two;
	struct session session;
	struct store *store;
	size_t i;

	(void)state;
	fill();
	open_session(&session, "2024-01-01");
	product_init(&one);
	product_init(&two);
	ok(product_make(&session, "count --scheme types-2024 --from -1y",
	    "mediawiki", &one));
	assert_non_null(strstr(buf_text(&one.text), "{| class="));
	assert_non_null(strstr(buf_text(&one.text), "2023-01-01"));
	assert_int_equal(strlen(one.figures), HASH_HEX - 1);
	assert_non_null(strstr(one.summary, "3 incidents"));
	store = session.store;
	assert_non_null(store);
	assert_non_null(session.taxonomy);
	/* Others between, wrong ones too, leave nothing behind. */
	for (i = 0; i < 3; i++) {
		ok(product_make(&session, "dashboard", "html", &two));
		ok(product_make(&session, "list", "jsonl", &two));
		assert_non_null(strstr(buf_text(&two.text), "\"id\":1"));
		ok(product_make(&session, "lessons", "text", &two));
		assert_non_null(product_make(&session, "count --scheme x",
		    "text", &two));
		assert_ptr_equal(session.store, store);
	}
	ok(product_make(&session, "count --scheme types-2024 --from -1y",
	    "mediawiki", &two));
	assert_string_equal(buf_text(&one.text), buf_text(&two.text));
	assert_string_equal(one.figures, two.figures);
	/* Decisions are the settings' to name. */
	assert_int_equal(session.overrides.len, 0);
	product_release(&two);
	product_release(&one);
	session_close(&session);
}

static void
test_day(void **state)
{
	struct product one, two, three;
	struct session session;

	(void)state;
	fill();
	product_init(&one);
	product_init(&two);
	product_init(&three);
	open_session(&session, "2024-01-01");
	ok(product_make(&session, "count --from 2023-01-01", "mediawiki",
	    &one));
	session_close(&session);
	open_session(&session, "2024-01-02");
	ok(product_make(&session, "count --from 2023-01-01", "mediawiki",
	    &two));
	ok(product_make(&session, "count --from 2023-01-01 --id 1,2",
	    "mediawiki", &three));
	session_close(&session);
	assert_string_not_equal(buf_text(&one.text), buf_text(&two.text));
	assert_string_equal(one.figures, two.figures);
	assert_string_not_equal(one.figures, three.figures);
	assert_string_equal(one.summary, two.summary);
	product_release(&three);
	product_release(&two);
	product_release(&one);
}

/* A report that says no is one; what there is none of is an error. */
static void
test_checks(void **state)
{
	struct product product;
	struct session session;

	(void)state;
	fill();
	open_session(&session, "2024-01-01");
	product_init(&product);
	ok(product_make(&session, "list --tag dv-misissuance", "csv",
	    &product));
	assert_int_equal(memcmp(buf_text(&product.text), "id,", 3), 0);
	assert_err(product_make(&session, "show 77", "text", &product),
	    ERR_CHECK, "77: not in the store");
	assert_int_equal(product.text.len, 0);
	ok(product_make(&session, "show 1", "text", &product));
	assert_true(product.left_out == 0);
	ok(product_make(&session, "list --text (a+)+$", "text", &product));
	assert_true(product.left_out == 1);
	/* The run hears of it too. */
	assert_true(session.diags.count[DIAG_BAD] == 1);
	ok(product_make(&session, "list", "text", &product));
	assert_true(product.left_out == 0);
	product_release(&product);
	session_close(&session);
}

static void
test_checked_before(void **state)
{
	static const char *const good[] = {
		"brief", "count --scheme causes --from -1y", "dashboard",
		"explain 1", "inclusions", "lessons --from -1y", "list",
		"similar 1", "show 1 2", "trend --from -2y",
		"count --as-of -1m", "evaluate", "status"
	};
	struct session session;
	size_t i;

	(void)state;
	open_session(&session, "2024-01-01");
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		ok(product_check(&session, good[i], "html"));
	ok(product_check(&session, "trend --from -2y --chart bar", "svg"));
	ok(product_check(&session, "count --by types-2024 --chart stack",
	    "svg"));
	assert_err(product_check(&session, "dashboard", "svg"), ERR_USAGE,
	    "svg: not a format of this report");
	/* Also where no bug is there to be shown. */
	assert_err(product_check(&session, "similar 1", "mediawiki"),
	    ERR_USAGE, "mediawiki: not a format of this report");
	assert_err(product_check(&session, "explain 1", "csv"), ERR_USAGE,
	    "csv: not a format of this report");
	assert_err(product_check(&session, "show 1", "csv"), ERR_USAGE,
	    "csv: not a format of this report");
	assert_err(product_check(&session, "trend", "html"), ERR_USAGE,
	    "give --from");
	assert_err(product_check(&session, "count --scheme x", "text"),
	    ERR_USAGE, "no such scheme");
	assert_err(product_check(&session, "list --text (", "text"),
	    ERR_USAGE, "--text");
	/* Nothing was opened, made or said. */
	assert_null(session.store);
	assert_int_equal(entries("."), 0);
	assert_true(session.diags.count[DIAG_BAD] == 0);
	session_close(&session);
}

/* The store is opened when the first report needs it. */
static void
test_no_store(void **state)
{
	struct product product;
	struct session session;

	(void)state;
	open_session(&session, "2024-01-01");
	product_init(&product);
	assert_err(product_make(&session, "count --scheme x", "text",
	    &product), ERR_USAGE, "no such scheme");
	assert_err(product_make(&session, "count", "text", &product),
	    ERR_CONFIG, "there is no store");
	assert_int_equal(entries("."), 0);
	product_release(&product);
	session_close(&session);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(test_refuses),
		SCRATCH_TEST(test_words),
		SCRATCH_TEST(test_borrows),
		SCRATCH_TEST(test_day),
		SCRATCH_TEST(test_checks),
		SCRATCH_TEST(test_checked_before),
		SCRATCH_TEST(test_no_store)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
