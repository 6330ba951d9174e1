/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* The flow of a publication, on a wiki in memory. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/err.h"
#include "output/publish_private.h"
#include "tests/unit/patched.h"
#include "tests/unit/sim_wiki.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define BEGIN "<!-- BEGIN cabrief:x -->"
#define END "<!-- END cabrief:x -->"
#define BEGIN_Y "<!-- BEGIN cabrief:y -->"
#define END_Y "<!-- END cabrief:y -->"
#define FIGURES "0123456789abcdef0123456789abcdef" \
    "0123456789abcdef0123456789abcdef"
#define OTHERS "fedcba9876543210fedcba9876543210" \
    "fedcba9876543210fedcba9876543210"
#define TABLE(rows) "{| class=\"wikitable\"\n! a\n" rows "|}"
#define ROW(n) "|-\n| " #n "\n"

enum {
	POOL = 32,
	ROOM = 16 << 20,
	HANGS = 600		/* seconds: what grows faster than the
				 * text takes hours */
};

/* Texts that live as long as a test. */
static struct buf pool[POOL];
static size_t pool_len;

/* The page as it is once `text` was published on it. */
static const char *
with(const char *page, const char *name, const char *text,
    const char *figures)
{
	struct publish_block block = { .name = name, .text = text,
		.len = strlen(text) };
	struct buf *out = &pool[pool_len++];
	struct mark_place place;
	char room[MARK_ROOM];

	assert_true(pool_len < POOL);
	(void)snprintf(block.figures, sizeof(block.figures), "%s", figures);
	buf_init(out, ROOM);
	assert_null(mark_find(page, strlen(page), name, &place, room));
	mark_replace(page, strlen(page), &place, &block, out);
	return buf_text(out);
}

/* One publication of blocks x and y, and what came of it. */
struct run {
	struct publish_block blocks[2];
	struct publish what;
	struct publish_result out;
	const struct err *err;
};

static void
begin(struct run *run, const char *page, const char *text)
{
	static const char *const names[] = { "x", "y" };
	size_t i;

	publish_result_release(&run->out);
	memset(run, 0, sizeof(*run));
	sim_reset(page);
	publish_result_init(&run->out);
	for (i = 0; i < 2; i++) {
		run->blocks[i].name = names[i];
		run->blocks[i].text = text;
		run->blocks[i].len = strlen(text);
		run->blocks[i].max_change = PUBLISH_ANY;
	}
	run->what.page = "CA/Incidents";
	run->what.blocks = run->blocks;
	run->what.len = 1;
	run->what.write = true;
	run->what.agent = "cabrief 1.0";
}

static void
set_text(struct run *run, size_t i, const char *text, const char *figures)
{
	run->blocks[i].text = text;
	run->blocks[i].len = strlen(text);
	(void)snprintf(run->blocks[i].figures, HASH_HEX, "%s", figures);
}

static void
go(struct run *run)
{
	run->err = publish(NULL, &run->what, &run->out);
}

static void
finish(struct run *run)
{
	publish_result_release(&run->out);
	while (pool_len > 0)
		buf_release(&pool[--pool_len]);
	sim_reset(NULL);
}

/* The one block ended so, and the page is that. */
static void
assert_end(const struct run *run, enum publish_end end, const char *page)
{
	if (run->err != NULL)
		fail_msg("%s", run->err->text);
	assert_int_equal(run->blocks[0].end, end);
	assert_int_equal(run->blocks[0].err.kind == ERR_NONE,
	    end != PUBLISH_REFUSED);
	assert_string_equal(sim_text(), page);
}

/* The page was refused for that, and is as it was. */
static void
assert_page(const struct run *run, enum err_kind kind, const char *why)
{
	assert_non_null(run->err);
	assert_int_equal(run->err->kind, kind);
	assert_non_null(strstr(run->err->text, why));
	assert_int_equal(run->blocks[0].end, PUBLISH_REFUSED);
	assert_string_equal(run->blocks[0].err.text, run->err->text);
	assert_false(run->out.saved);
}

/* The block was refused for that, and nothing saved. */
static void
assert_block(const struct run *run, enum err_kind kind, const char *why)
{
	assert_null(run->err);
	assert_int_equal(run->blocks[0].end, PUBLISH_REFUSED);
	assert_int_equal(run->blocks[0].err.kind, kind);
	assert_non_null(strstr(run->blocks[0].err.text, why));
	assert_null(strchr(run->blocks[0].err.text, '\n'));
}

static void
test_names(void **state)
{
	char long_name[PUBLISH_MAX_NAME + 2];

	(void)state;
	memset(long_name, 'a', sizeof(long_name));
	long_name[PUBLISH_MAX_NAME + 1] = '\0';
	assert_true(publish_is_name("a"));
	assert_true(publish_is_name("open-incidents-2"));
	assert_true(publish_is_name(long_name + 1));
	assert_false(publish_is_name(long_name));
	assert_false(publish_is_name(""));
	assert_false(publish_is_name("2a"));
	assert_false(publish_is_name("-a"));
	assert_false(publish_is_name("A"));
	assert_false(publish_is_name("a b"));
	assert_false(publish_is_name("a-->"));
}

static void
test_first_publication(void **state)
{
	static const char page[] = "Intro\n" BEGIN "\n" END "\nOutro";
	struct run run = { .err = NULL };

	(void)state;
	begin(&run, page, "\n" TABLE(ROW(1)) "\n\n");
	run.blocks[0].summary = "1 incident";
	run.blocks[0].max_change = 0;
	run.what.minor = true;
	go(&run);
	assert_end(&run, PUBLISH_CHANGED,
	    with(page, "x", TABLE(ROW(1)), ""));
	assert_true(run.out.saved);
	assert_false(run.out.merged);
	assert_int_equal(run.out.revision, 2);
	assert_int_equal(sim.reads, 1);
	assert_string_equal(sim.summary, "cabrief 1.0: x: 1 incident");
	assert_true(sim.minor);
	assert_true(patched(page, strlen(page), &run.out.diff, sim_text(),
	    strlen(sim_text())));
	assert_non_null(strstr(buf_text(&run.out.diff),
	    "--- CA/Incidents (revision 1)\n"));
	/* Once more, and there is no edit, nor a request but the read. */
	go(&run);
	assert_int_equal(run.blocks[0].end, PUBLISH_SAME);
	assert_false(run.out.saved);
	assert_int_equal(run.out.diff.len, 0);
	assert_int_equal(sim.saves, 1);
	assert_int_equal(sim.reads, 2);
	finish(&run);
}

static void
test_preview(void **state)
{
	static const char page[] = BEGIN END;
	struct run run = { .err = NULL };

	(void)state;
	begin(&run, page, "new");
	run.what.write = false;
	sim.stopped = true;
	go(&run);
	assert_end(&run, PUBLISH_CHANGED, page);
	assert_false(run.out.saved);
	assert_int_equal(sim.saves, 0);
	assert_true(patched(page, strlen(page), &run.out.diff,
	    with(page, "x", "new", ""), strlen(with(page, "x", "new", ""))));
	finish(&run);
}

/* Nothing but the day is new. */
static void
test_same_figures(void **state)
{
	const char *page;
	struct run run = { .err = NULL };

	(void)state;
	page = with(BEGIN END, "x", "day 1", FIGURES);
	begin(&run, page, "");
	set_text(&run, 0, "day 2", FIGURES);
	go(&run);
	assert_end(&run, PUBLISH_SAME, page);
	assert_int_equal(sim.saves, 0);
	set_text(&run, 0, "day 2", OTHERS);
	go(&run);
	assert_end(&run, PUBLISH_CHANGED, with(page, "x", "day 2", OTHERS));
	/* The text is there already. */
	set_text(&run, 0, "day 2", FIGURES);
	go(&run);
	assert_int_equal(run.blocks[0].end, PUBLISH_SAME);
	finish(&run);
}

static void
test_persons_words(void **state)
{
	static const char *const edits[] = { "day 1, and more", "", "day" };
	const char *page, *edited;
	struct run run = { .err = NULL };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(edits); i++) {
		page = with(BEGIN "\n" END, "x", "day 1", FIGURES);
		begin(&run, page, "day 2");
		edited = with(BEGIN "\n" END, "x", edits[i], FIGURES);
		/* The mark is that of "day 1". */
		buf_init(&pool[pool_len], ROOM);
		buf_add(&pool[pool_len], page,
		    (size_t)(strstr(page, "-->") - page));
		buf_str(&pool[pool_len], strstr(edited, "-->"));
		edited = buf_text(&pool[pool_len++]);
		sim_save("Alice", edited);
		go(&run);
		assert_block(&run, ERR_LOCK, "somebody wrote between");
		assert_string_equal(sim_text(), edited);
		/* The figures don't matter then. */
		set_text(&run, 0, "day 2", FIGURES);
		go(&run);
		assert_block(&run, ERR_LOCK, "somebody wrote between");
		run.blocks[0].force = true;
		go(&run);
		assert_end(&run, PUBLISH_CHANGED,
		    with(page, "x", "day 2", FIGURES));
		finish(&run);
	}
	/* Marks without hashes: white space is no words. */
	begin(&run, BEGIN "\n \t\n" END, "new");
	go(&run);
	assert_end(&run, PUBLISH_CHANGED, with(BEGIN END, "x", "new", ""));
	begin(&run, BEGIN "\nnew\n" END, "new");
	go(&run);
	assert_block(&run, ERR_LOCK, "somebody wrote between");
	run.blocks[0].force = true;
	go(&run);
	assert_end(&run, PUBLISH_CHANGED, with(BEGIN END, "x", "new", ""));
	finish(&run);
}

/* What there is against a page. */
static void
test_pages_refused(void **state)
{
	struct run run = { .err = NULL };

	(void)state;
	begin(&run, BEGIN END, "new");
	sim.missing = true;
	go(&run);
	assert_page(&run, ERR_CONFIG, "is missing");
	begin(&run, BEGIN END, "new");
	sim.redirect = true;
	go(&run);
	assert_page(&run, ERR_CONFIG, "redirect");
	begin(&run, BEGIN END, "new");
	sim.model = "css";
	go(&run);
	assert_page(&run, ERR_CONFIG, "css");
	begin(&run, "{{nobots}}" BEGIN END, "new");
	go(&run);
	assert_page(&run, ERR_SERVER, "nobots");
	begin(&run, "{{bots|deny=" SIM_BOT "}}" BEGIN END, "new");
	go(&run);
	assert_page(&run, ERR_SERVER, "nobots");
	begin(&run, BEGIN END, "new");
	sim.stopped = true;
	go(&run);
	assert_page(&run, ERR_SERVER, "stop page");
	begin(&run, BEGIN END, "new");
	sim.fail_read = 1;
	go(&run);
	assert_page(&run, ERR_NETWORK, "no way");
	assert_int_equal(sim.saves, 0);
	finish(&run);
}

static void
test_blocks_refused(void **state)
{
	static const char *const marks[][2] = {
		{ "no marks", "is missing" }, { BEGIN, "is missing" },
		{ BEGIN BEGIN END, "there twice" },
		{ END BEGIN, "before BEGIN" },
		{ BEGIN BEGIN_Y END END_Y, "another mark" },
		{ "<nowiki>" BEGIN END "</nowiki>" BEGIN END, "twice" } };
	static const char *const texts[][2] = {
		{ "a " BEGIN_Y, "holds a mark" }, { END, "holds a mark" },
		{ "signed ~~~~", "~~~" }, { "{{subst:x}}", "subst" },
		{ "{{ SafeSubst:x}}", "subst" }, { "[[|x]]", "empty half" },
		{ "[[x (y)|]]", "empty half" } };
	struct run run = { .err = NULL };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(marks); i++) {
		begin(&run, marks[i][0], "new");
		run.blocks[0].force = true;
		go(&run);
		assert_block(&run, ERR_CONFIG, marks[i][1]);
		assert_int_equal(sim.saves, 0);
	}
	for (i = 0; i < COUNT(texts); i++) {
		begin(&run, BEGIN END, texts[i][0]);
		go(&run);
		assert_block(&run, ERR_CONFIG, texts[i][1]);
		assert_int_equal(sim.saves, 0);
	}
	begin(&run, BEGIN END, "{{substitute}} {{x|subst:y}} a~~b [[x|y]]");
	go(&run);
	assert_int_equal(run.blocks[0].end, PUBLISH_CHANGED);
	finish(&run);
}

/* One block's refusal is not the other's. */
static void
test_two_blocks(void **state)
{
	static const char page[] = BEGIN "words" END "\n" BEGIN_Y END_Y;
	struct run run = { .err = NULL };

	(void)state;
	begin(&run, page, "new");
	run.what.len = 2;
	run.blocks[0].summary = "2 bugs";
	run.blocks[1].summary = "3 bugs";
	go(&run);
	assert_end(&run, PUBLISH_REFUSED, with(page, "y", "new", ""));
	assert_int_equal(run.blocks[1].end, PUBLISH_CHANGED);
	assert_true(run.out.saved);
	assert_string_equal(sim.summary, "cabrief 1.0: y: 3 bugs");
	/* Both in one edit. */
	begin(&run, BEGIN END BEGIN_Y END_Y, "new");
	run.what.len = 2;
	go(&run);
	assert_end(&run, PUBLISH_CHANGED,
	    with(with(BEGIN END BEGIN_Y END_Y, "x", "new", ""), "y", "new",
	    ""));
	assert_int_equal(sim.saves, 1);
	assert_string_equal(sim.summary, "cabrief 1.0: x; y");
	/* An error while saving is that of the block that was to be. */
	sim.event_len = 2;
	sim.events = (const struct sim_event[]){ { .merged = NULL },
	    { .fault = SIM_REFUSED } };
	set_text(&run, 0, "newer", "");
	go(&run);
	assert_page(&run, ERR_SERVER, "spamblacklist");
	assert_int_equal(run.blocks[1].end, PUBLISH_SAME);
	finish(&run);
}

static void
test_max_change(void **state)
{
	static const char old[] = TABLE(ROW(1) ROW(2) ROW(3) ROW(4));
	static const char new[] = TABLE(ROW(1) ROW(2) ROW(3) ROW(5));
	const char *page;
	struct run run = { .err = NULL };

	(void)state;
	page = with(BEGIN END, "x", old, "");
	begin(&run, page, new);
	run.blocks[0].max_change = 24;
	go(&run);
	assert_block(&run, ERR_DATA, "1 of 4 rows");
	assert_int_equal(run.blocks[0].rows, 4);
	assert_int_equal(run.blocks[0].rows_changed, 1);
	assert_string_equal(sim_text(), page);
	run.blocks[0].max_change = 25;
	go(&run);
	assert_end(&run, PUBLISH_CHANGED, with(page, "x", new, ""));
	/* All rows gone. */
	set_text(&run, 0, TABLE(""), "");
	go(&run);
	assert_block(&run, ERR_DATA, "4 of 4 rows");
	run.blocks[0].max_change = PUBLISH_ANY;
	go(&run);
	assert_int_equal(run.blocks[0].end, PUBLISH_CHANGED);
	finish(&run);
}

/* Half of the rows, and ten in any case. */
static void
test_usual_change(void **state)
{
	static const struct {
		size_t rows, changed;
		bool good;
	} cases[] = {
		{ 0, 0, true }, { 1, 1, true }, { 10, 10, true },
		{ 11, 11, false }, { 20, 10, true }, { 21, 11, false },
		{ 22, 11, true }, { 100, 50, true }, { 100, 51, false }
	};
	struct publish_block block = { .max_change = PUBLISH_USUAL };
	char limit[32];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		block.rows = cases[i].rows;
		block.rows_changed = cases[i].changed;
		assert_int_equal(publish_is_within(&block), cases[i].good);
	}
	assert_string_equal(publish_limit(&block, limit), "half of them");
	block.max_change = 100;
	assert_true(publish_is_within(&block));
	block.max_change = 50;
	assert_false(publish_is_within(&block));
	assert_string_equal(publish_limit(&block, limit), "50%");
}

static void
test_too_long(void **state)
{
	struct buf text;
	struct run run = { .err = NULL };

	(void)state;
	buf_init(&text, ROOM);
	buf_fill(&text, 'a', WIKI_MAX_TEXT);
	begin(&run, BEGIN END BEGIN_Y END_Y, buf_text(&text));
	run.what.len = 2;
	set_text(&run, 1, "short", "");
	go(&run);
	assert_block(&run, ERR_CONFIG, "the page would have");
	assert_int_equal(run.blocks[1].end, PUBLISH_CHANGED);
	buf_char(&text, 'a');
	begin(&run, BEGIN END, buf_text(&text));
	go(&run);
	assert_block(&run, ERR_CONFIG, "longer than a page");
	finish(&run);
	buf_release(&text);
}

/* Our own account saved since we read, and the wiki wrote over it without a
 * word.  What that had is put back. */
static void
test_same_account_overwrites(void **state)
{
	static const char page[] = "top\n" BEGIN END "\n" BEGIN_Y END_Y;
	const char *theirs;
	struct run run = { .err = NULL };

	(void)state;
	begin(&run, page, "new");
	theirs = with("other top\n" BEGIN END "\n" BEGIN_Y END_Y, "y",
	    "theirs", "");
	sim.event_len = 1;
	sim.events = (const struct sim_event[]){
	    { .edits = { { SIM_BOT, theirs } } } };
	go(&run);
	assert_end(&run, PUBLISH_CHANGED, with(theirs, "x", "new", ""));
	assert_true(run.out.saved);
	assert_true(run.out.merged);
	assert_int_equal(sim.saves, 2);
	assert_int_equal(run.out.revision, 4);
	assert_non_null(strstr(sim.summary, "put back what revision 2 had"));
	/* It had published the same block alone: there is nothing to do. */
	begin(&run, page, "new");
	sim.event_len = 1;
	sim.events = (const struct sim_event[]){
	    { .edits = { { SIM_BOT, with(page, "x", "theirs", "") } } } };
	go(&run);
	assert_end(&run, PUBLISH_CHANGED, with(page, "x", "new", ""));
	assert_int_equal(sim.saves, 1);
	finish(&run);
}

/* What the other run found newer is not taken back, and what it found the
 * same is no reason for one more edit. */
static void
test_same_account_figures(void **state)
{
	const char *page, *theirs;
	struct run run = { .err = NULL };

	(void)state;
	page = with(BEGIN END BEGIN_Y END_Y, "y", "day 1", FIGURES);
	begin(&run, page, "new");
	run.what.len = 2;
	set_text(&run, 1, "day 2", FIGURES);
	theirs = with(page, "y", "newer", OTHERS);
	sim.event_len = 1;
	sim.events = (const struct sim_event[]){
	    { .edits = { { SIM_BOT, theirs } } } };
	go(&run);
	assert_end(&run, PUBLISH_CHANGED, with(theirs, "x", "new", ""));
	assert_int_equal(run.blocks[1].end, PUBLISH_SAME);
	begin(&run, BEGIN END, "");
	set_text(&run, 0, "12:00", FIGURES);
	sim.event_len = 1;
	sim.events = (const struct sim_event[]){ { .edits = { { SIM_BOT,
	    with(BEGIN END, "x", "12:01", FIGURES) } } } };
	go(&run);
	assert_end(&run, PUBLISH_CHANGED,
	    with(BEGIN END, "x", "12:00", FIGURES));
	assert_int_equal(sim.saves, 1);
	finish(&run);
}

/* The same with a person's words between our marks: they come back. */
static void
test_same_account_words(void **state)
{
	static const char page[] = BEGIN END, edited[] = BEGIN "words" END;
	struct run run = { .err = NULL };

	(void)state;
	begin(&run, page, "new");
	sim.event_len = 1;
	sim.events = (const struct sim_event[]){
	    { .edits = { { SIM_BOT, edited } } } };
	go(&run);
	assert_block(&run, ERR_LOCK, "somebody wrote between");
	assert_string_equal(sim_text(), edited);
	/* The marks were taken away: they stay away. */
	begin(&run, page, "new");
	sim.events = (const struct sim_event[]){
	    { .edits = { { SIM_BOT, "no marks" } } } };
	sim.event_len = 1;
	go(&run);
	assert_block(&run, ERR_CONFIG, "is missing");
	assert_string_equal(sim_text(), "no marks");
	finish(&run);
}

/* While we put back, it goes on: told, and never without end. */
static void
test_same_account_goes_on(void **state)
{
	static const char *const tops[] = { "1\n" BEGIN END,
		"2\n" BEGIN END, "3\n" BEGIN END, "4\n" BEGIN END };
	struct sim_event events[4] = { { .merged = NULL } };
	struct run run = { .err = NULL };
	size_t i;

	(void)state;
	for (i = 0; i < 4; i++)
		events[i].edits[0] =
		    (struct sim_edit){ SIM_BOT, tops[i] };
	begin(&run, BEGIN END, "new");
	sim.events = events;
	sim.event_len = 2;
	go(&run);
	assert_end(&run, PUBLISH_CHANGED, with(tops[1], "x", "new", ""));
	begin(&run, BEGIN END, "new");
	sim.events = events;
	sim.event_len = 4;
	go(&run);
	assert_non_null(run.err);
	assert_int_equal(run.err->kind, ERR_LOCK);
	assert_int_equal(run.blocks[0].end, PUBLISH_REFUSED);
	assert_true(run.out.saved);
	assert_int_equal(sim.saves, 1 + PUBLISH_TRIES);
	/* A revision that came between is hidden, or can't be read. */
	begin(&run, BEGIN END, "new");
	sim.events = events;
	sim.event_len = 1;
	sim.hidden = 2;
	go(&run);
	assert_int_equal(run.err->kind, ERR_LOCK);
	assert_non_null(strstr(run.err->text, "revision 2"));
	for (i = 2; i < 5; i++) {
		begin(&run, BEGIN END, "new");
		sim.events = events;
		sim.event_len = 1;
		sim.fail_read = (int)i;
		go(&run);
		assert_int_equal(run.err->kind, ERR_LOCK);
		assert_true(run.out.saved);
	}
	finish(&run);
}

/* The same line was changed: the wiki tells of a conflict. */
static void
test_conflict(void **state)
{
	static const char *const theirs[] = { "one\n" BEGIN END,
		"two\n" BEGIN END, "three\n" BEGIN END };
	struct sim_event events[3] = { { .merged = NULL } };
	struct run run = { .err = NULL };
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++)
		events[i].edits[0] = (struct sim_edit){ "Alice", theirs[i] };
	begin(&run, BEGIN END, "new");
	sim.events = events;
	sim.event_len = 2;
	go(&run);
	assert_end(&run, PUBLISH_CHANGED, with(theirs[1], "x", "new", ""));
	assert_true(run.out.merged);
	assert_int_equal(sim.saves, 3);
	/* The difference is to their text. */
	assert_true(patched(theirs[1], strlen(theirs[1]), &run.out.diff,
	    sim_text(), strlen(sim_text())));
	begin(&run, BEGIN END, "new");
	sim.events = events;
	sim.event_len = 3;
	go(&run);
	assert_page(&run, ERR_LOCK, "by Alice");
	assert_string_equal(sim_text(), theirs[2]);
	assert_int_equal(sim.saves, PUBLISH_TRIES);
	finish(&run);
}

/* After a conflict the page is judged anew. */
static void
test_conflict_judged(void **state)
{
	struct sim_event event = { .merged = NULL };
	struct run run = { .err = NULL };

	(void)state;
	begin(&run, BEGIN END, "new");
	event.edits[0] = (struct sim_edit){ "Alice", BEGIN "words" END };
	sim.events = &event;
	sim.event_len = 1;
	go(&run);
	assert_block(&run, ERR_LOCK, "somebody wrote between");
	assert_string_equal(sim_text(), BEGIN "words" END);
	assert_int_equal(run.out.diff.len, 0);
	begin(&run, BEGIN END, "new");
	event.edits[0] = (struct sim_edit){ "Alice", "{{nobots}}" BEGIN END };
	sim.events = &event;
	sim.event_len = 1;
	go(&run);
	assert_page(&run, ERR_SERVER, "nobots");
	/* Another run has published the same. */
	begin(&run, BEGIN END, "");
	set_text(&run, 0, "day 2", FIGURES);
	event.edits[0] = (struct sim_edit){ "Bob",
		with(BEGIN END, "x", "day 1", FIGURES) };
	sim.events = &event;
	sim.event_len = 1;
	go(&run);
	assert_int_equal(run.blocks[0].end, PUBLISH_SAME);
	assert_false(run.out.saved);
	finish(&run);
}

/* Another line was changed: the wiki merges that without a word. */
static void
test_silent_merge(void **state)
{
	struct sim_event event = { .merged = NULL };
	struct run run = { .err = NULL };

	(void)state;
	begin(&run, "top\n\n" BEGIN END, "new");
	event.edits[0] = (struct sim_edit){ "Alice", "their\n\n" BEGIN END };
	event.merged = with("their\n\n" BEGIN END, "x", "new", "");
	sim.events = &event;
	sim.event_len = 1;
	go(&run);
	assert_end(&run, PUBLISH_CHANGED, event.merged);
	assert_true(run.out.saved);
	assert_true(run.out.merged);
	assert_int_equal(sim.saves, 1);
	/* The merge has mixed their words into ours. */
	begin(&run, "top\n\n" BEGIN END, "new\nlines");
	event.merged = with("their\n\n" BEGIN END, "x", "new\ntheir\nlines",
	    "");
	sim.events = &event;
	sim.event_len = 1;
	go(&run);
	assert_block(&run, ERR_LOCK, "after saving");
	assert_true(run.out.saved);
	assert_string_equal(sim_text(), event.merged);
	/* Somebody edits right behind us. */
	begin(&run, "top\n\n" BEGIN END, "new");
	event.merged = with("their\n\n" BEGIN END, "x", "new", "");
	event.then = (struct sim_edit){ "Alice", BEGIN "undone" END };
	sim.events = &event;
	sim.event_len = 1;
	go(&run);
	assert_block(&run, ERR_LOCK, "by Alice");
	finish(&run);
}

/* The wiki had nothing to save. */
static void
test_no_change(void **state)
{
	struct sim_event event = { .merged = NULL };
	struct run run = { .err = NULL };

	(void)state;
	begin(&run, BEGIN END, "new");
	event.edits[0] = (struct sim_edit){ SIM_BOT,
		with(BEGIN END, "x", "new", "") };
	sim.events = &event;
	sim.event_len = 1;
	go(&run);
	assert_end(&run, PUBLISH_SAME, event.edits[0].text);
	assert_false(run.out.saved);
	assert_int_equal(sim.newest, 2);
	finish(&run);
}

/* Trailing line ends are lost in saving; and again is the same. */
static void
test_stable(void **state)
{
	static const char *const pages[] = { BEGIN END "\n\n", "a\n" BEGIN END,
		BEGIN END "b", "a" BEGIN "\n\n\n" END "\n\nb\n" };
	static const char *const texts[] = { "", "\n", "a", "a\n\n", "\n\na",
		" a ", "a\n\nb\n", "| -1\n|-\n|}", "a\r\nb\r", "e\xcc\x81",
		"\xef\xbf\xbf", "a\tb", "\x01" };
	struct run run = { .err = NULL };
	size_t i, j;

	(void)state;
	for (i = 0; i < COUNT(pages); i++)
		for (j = 0; j < COUNT(texts); j++) {
			begin(&run, pages[i], texts[j]);
			go(&run);
			assert_int_equal(run.blocks[0].end, PUBLISH_CHANGED);
			go(&run);
			assert_int_equal(run.blocks[0].end, PUBLISH_SAME);
			assert_int_equal(sim.saves, 1);
			finish(&run);
		}
}

/* The answer to a save was lost. */
static void
test_lost_answer(void **state)
{
	struct sim_event events[3] = { { .fault = SIM_LOST } };
	struct run run = { .err = NULL };

	(void)state;
	begin(&run, BEGIN END, "new");
	sim.events = events;
	sim.event_len = 1;
	go(&run);
	assert_end(&run, PUBLISH_CHANGED, with(BEGIN END, "x", "new", ""));
	assert_true(run.out.saved);
	assert_false(run.out.merged);
	assert_int_equal(run.out.revision, 2);
	assert_int_equal(sim.saves, 1);
	assert_true(run.out.diff.len > 0);
	/* Somebody has edited elsewhere since. */
	begin(&run, BEGIN END, "new");
	events[0].then = (struct sim_edit){ "Alice",
		with("top\n" BEGIN END, "x", "new", "") };
	sim.events = events;
	sim.event_len = 1;
	go(&run);
	assert_end(&run, PUBLISH_CHANGED, events[0].then.text);
	assert_true(run.out.saved);
	assert_true(run.out.merged);
	/* And the page can't be read since: nobody knows. */
	begin(&run, BEGIN END, "new");
	sim.events = events;
	sim.event_len = 1;
	sim.fail_read = 2;
	go(&run);
	assert_non_null(run.err);
	assert_int_equal(run.err->kind, ERR_SERVER);
	assert_non_null(strstr(run.err->text, "not known"));
	assert_non_null(strstr(run.err->text, "cut off"));
	finish(&run);
}

static void
test_failed_save(void **state)
{
	static const struct sim_event events[3] = { { .fault = SIM_FAILED },
		{ .fault = SIM_FAILED }, { .fault = SIM_FAILED } };
	struct sim_event other = { .fault = SIM_FAILED };
	struct run run = { .err = NULL };

	(void)state;
	begin(&run, BEGIN END, "new");
	sim.events = events;
	sim.event_len = 2;
	go(&run);
	assert_end(&run, PUBLISH_CHANGED, with(BEGIN END, "x", "new", ""));
	assert_int_equal(sim.saves, 3);
	begin(&run, BEGIN END, "new");
	sim.events = events;
	sim.event_len = 3;
	go(&run);
	assert_page(&run, ERR_SERVER, "cut off");
	assert_string_equal(sim_text(), BEGIN END);
	assert_int_equal(sim.saves, PUBLISH_TRIES);
	/* It failed, and somebody has edited: as after a conflict. */
	begin(&run, BEGIN END, "new");
	other.edits[0] = (struct sim_edit){ "Alice", "top\n" BEGIN END };
	sim.events = &other;
	sim.event_len = 1;
	go(&run);
	assert_end(&run, PUBLISH_CHANGED,
	    with("top\n" BEGIN END, "x", "new", ""));
	finish(&run);
}

static void
test_gone(void **state)
{
	static const struct sim_event event = { .fault = SIM_GONE };
	struct run run = { .err = NULL };

	(void)state;
	begin(&run, BEGIN END, "new");
	sim.events = &event;
	sim.event_len = 1;
	go(&run);
	assert_page(&run, ERR_CONFIG, "deleted since");
	finish(&run);
}

/* A summary over 500 characters would be cut without a word. */
static void
test_summary(void **state)
{
	struct publish_block blocks[40];
	struct publish what = { .blocks = blocks };
	char names[40][8], wide[600], agent[64];
	struct buf out;
	size_t i;

	(void)state;
	buf_init(&out, 4 * WIKI_MAX_SUMMARY);
	memset(blocks, 0, sizeof(blocks));
	for (i = 0; i < 40; i++) {
		(void)snprintf(names[i], sizeof(names[i]), "b%zu", i);
		blocks[i].name = names[i];
		blocks[i].end = PUBLISH_CHANGED;
		blocks[i].summary = "100 \xe2\x82\xac\xe2\x82\xac\xe2\x82\xac"
		    "\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac";
	}
	for (i = 0; i < 40 * 40; i++) {
		(void)snprintf(agent, sizeof(agent), "%0*d", (int)i % 40 + 1,
		    0);
		what.agent = agent;
		what.len = i / 40 + 1;
		buf_clear(&out);
		publish_summary(&out, &what);
		assert_null(buf_error(&out, ""));
		assert_true(text_chars(buf_text(&out), out.len) <=
		    WIKI_MAX_SUMMARY);
		assert_memory_equal(buf_text(&out) + strlen(agent),
		    ": b0: 100 \xe2\x82\xac", 13);
	}
	assert_non_null(strstr(buf_text(&out), "\xe2\x82\xac; and "));
	assert_string_equal(buf_text(&out) + out.len - 5, " more");
	/* What would be links or sections in it. */
	what.len = 1;
	what.agent = "cabrief 1.0";
	blocks[0].summary = "[[Main Page]] [[[x {{y}} /* z */ a\nb";
	buf_clear(&out);
	publish_summary(&out, &what);
	assert_string_equal(buf_text(&out), "cabrief 1.0: b0: [ [Main Page]] "
	    "[ [ [x {{y}} / * z */ a b");
	/* Too long alone. */
	memset(wide, 'w', sizeof(wide) - 1);
	wide[sizeof(wide) - 1] = '\0';
	blocks[0].summary = wide;
	buf_clear(&out);
	publish_summary(&out, &what);
	assert_string_equal(buf_text(&out), "cabrief 1.0: 1 block");
	buf_release(&out);
}

/* A person adds a heading and moves the block. */
static void
test_moved_block(void **state)
{
	const char *moved;
	struct run run = { .err = NULL };

	(void)state;
	moved = with("== New ==\nwords\n== Old ==\n* " BEGIN END " *\n----",
	    "x", "old", "");
	begin(&run, moved, "new");
	go(&run);
	assert_end(&run, PUBLISH_CHANGED, with(moved, "x", "new", ""));
	finish(&run);
}

/* "| -1" keeps its blank, or it would be a row. */
static void
test_blank_in_cell(void **state)
{
	static const char table[] = TABLE("|-\n| -1\n| }\n");
	struct run run = { .err = NULL };

	(void)state;
	begin(&run, BEGIN END, table);
	go(&run);
	assert_end(&run, PUBLISH_CHANGED, with(BEGIN END, "x", table, ""));
	finish(&run);
}

/* The wiki saves NFC: what was sent and what is there must be that. */
static void
test_nfc(void **state)
{
	struct run run = { .err = NULL };

	(void)state;
	begin(&run, "cafe\xcc\x81\n" BEGIN END, "\xe2\x84\xab \xef\xbf\xbe");
	go(&run);
	assert_end(&run, PUBLISH_CHANGED, with("caf\xc3\xa9\n" BEGIN END, "x",
	    "\xc3\x85 \xef\xbf\xbd", ""));
	/* Nothing of ours is new: then nobody touches theirs. */
	begin(&run, "cafe\xcc\x81\n" BEGIN "words" END, "new");
	go(&run);
	assert_block(&run, ERR_LOCK, "somebody");
	assert_int_equal(sim.saves, 0);
	finish(&run);
}

/* Pages of the greatest size, that are all marks or all rows. */
static void
test_large(void **state)
{
	struct buf page, text;
	struct run run = { .err = NULL };
	size_t i;

	(void)state;
	(void)alarm(HANGS);
	buf_init(&page, ROOM);
	buf_init(&text, ROOM);
	for (i = 0; page.len < WIKI_MAX_TEXT - 800; i++)
		buf_fmt(&page, "%s", i < 60000 ? "<!-- END cabrief:y -->\n" :
		    "|-\n| \xc3\xa9\n");
	buf_str(&page, BEGIN END);
	begin(&run, buf_text(&page), "new");
	go(&run);
	assert_end(&run, PUBLISH_CHANGED, with(buf_text(&page), "x", "new",
	    ""));
	finish(&run);
	for (i = 0; text.len < WIKI_MAX_TEXT - 800; i++)
		buf_fmt(&text, "|-\n| %zu\n", i);
	begin(&run, BEGIN END, buf_text(&text));
	run.blocks[0].max_change = 100;
	go(&run);
	assert_int_equal(run.blocks[0].end, PUBLISH_CHANGED);
	buf_clear(&text);
	for (i = 0; text.len < WIKI_MAX_TEXT - 800; i++)
		buf_fmt(&text, "|-\n| %zu\n", i * 2);
	set_text(&run, 0, buf_text(&text), "");
	go(&run);
	assert_null(run.err);
	assert_int_equal(run.blocks[0].end, PUBLISH_CHANGED);
	assert_true(run.blocks[0].rows_changed > 0);
	finish(&run);
	(void)alarm(0);
	buf_release(&page);
	buf_release(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_first_publication),
		cmocka_unit_test(test_preview),
		cmocka_unit_test(test_same_figures),
		cmocka_unit_test(test_persons_words),
		cmocka_unit_test(test_pages_refused),
		cmocka_unit_test(test_blocks_refused),
		cmocka_unit_test(test_two_blocks),
		cmocka_unit_test(test_max_change),
		cmocka_unit_test(test_usual_change),
		cmocka_unit_test(test_too_long),
		cmocka_unit_test(test_same_account_overwrites),
		cmocka_unit_test(test_same_account_figures),
		cmocka_unit_test(test_same_account_words),
		cmocka_unit_test(test_same_account_goes_on),
		cmocka_unit_test(test_conflict),
		cmocka_unit_test(test_conflict_judged),
		cmocka_unit_test(test_silent_merge),
		cmocka_unit_test(test_no_change),
		cmocka_unit_test(test_stable),
		cmocka_unit_test(test_lost_answer),
		cmocka_unit_test(test_failed_save),
		cmocka_unit_test(test_gone),
		cmocka_unit_test(test_summary),
		cmocka_unit_test(test_moved_block),
		cmocka_unit_test(test_blank_in_cell),
		cmocka_unit_test(test_nfc),
		cmocka_unit_test(test_large),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
