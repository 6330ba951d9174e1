/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/text.h"
#include "output/publish_private.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define BEGIN "<!-- BEGIN cabrief:x -->"
#define END "<!-- END cabrief:x -->"
#define HEX_A "0123456789abcdef"
#define HEX_B "fedcba9876543210"

enum {
	ROOM = 8 << 20,
	PAGE = 2 << 20,
	HANGS = 600		/* seconds: what grows faster than the
				 * text takes hours */
};

static const struct {
	const char *page;
	const char *fault;	/* NULL: found */
	const char *inside;
	const char *figures, *text;
} finds[] = {
	{ BEGIN END, NULL, "", "", "" },
	{ "a" BEGIN "\n" END "b", NULL, "", "", "" },
	{ BEGIN "\nwords\n" END, NULL, "words", "", "" },
	{ BEGIN "\n\n words\n\n" END, NULL, " words", "", "" },
	{ BEGIN "words" END, NULL, "words", "", "" },
	/* as people write them */
	{ "<!--BEGIN cabrief:x--><!--END cabrief:x-->", NULL, "", "", "" },
	{ "<!--\n BEGIN\n\tcabrief:x\n--><!-- END  cabrief:x\tand so on -->",
	    NULL, "", "", "" },
	{ "<!-- BEGIN cabrief:x our table, see [[Talk:X]] -->\n" END, NULL,
	    "", "", "" },
	{ "<!-- BEGIN cabrief:x> -->" END, "the mark BEGIN cabrief:x is "
	    "missing", NULL, NULL, NULL },
	{ "<!-- begin cabrief:x -->" END, "the mark BEGIN cabrief:x is "
	    "missing", NULL, NULL, NULL },
	{ "<! -- BEGIN cabrief:x -->" END, "the mark BEGIN cabrief:x is "
	    "missing", NULL, NULL, NULL },
	{ "<!-- BEGINcabrief:x -->" END, "the mark BEGIN cabrief:x is "
	    "missing", NULL, NULL, NULL },
	/* hashes, wherever in the words */
	{ "<!-- BEGIN cabrief:x figures=" HEX_A " text=" HEX_B " w -->" END,
	    NULL, "", HEX_A, HEX_B },
	{ "<!-- BEGIN cabrief:x w text=" HEX_B "\nfigures=" HEX_A "-->" END,
	    NULL, "", HEX_A, HEX_B },
	{ "<!-- BEGIN cabrief:x text=" HEX_B "-->" END, NULL, "", "", HEX_B },
	{ "<!-- BEGIN cabrief:x text=" HEX_B "0 xtext=" HEX_A " -->" END,
	    NULL, "", "", "" },
	{ "<!-- BEGIN cabrief:x text=0123456789ABCDEF -->" END, NULL, "", "",
	    "" },
	{ "<!-- BEGIN cabrief:x text= figures=" HEX_A " -->" END, NULL, "",
	    HEX_A, "" },
	{ BEGIN "text=" HEX_A END, NULL, "text=" HEX_A, "", "" },
	/* missing, twice, the wrong way round */
	{ "", "the mark BEGIN cabrief:x is missing", NULL, NULL, NULL },
	{ END, "the mark BEGIN cabrief:x is missing", NULL, NULL, NULL },
	{ BEGIN, "the mark END cabrief:x is missing", NULL, NULL, NULL },
	{ BEGIN BEGIN END, "the mark BEGIN cabrief:x is there twice", NULL,
	    NULL, NULL },
	{ BEGIN END END, "the mark END cabrief:x is there twice", NULL, NULL,
	    NULL },
	{ BEGIN END "\n" BEGIN END, "the mark BEGIN cabrief:x is there twice",
	    NULL, NULL, NULL },
	{ END BEGIN, "END cabrief:x stands before BEGIN", NULL, NULL, NULL },
	/* comments that don't end, or end in each other */
	{ BEGIN "\n<!-- END cabrief:x", "the mark END cabrief:x is not closed",
	    NULL, NULL, NULL },
	{ "<!-- BEGIN cabrief:x\n" END, "the mark BEGIN cabrief:x is not "
	    "closed", NULL, NULL, NULL },
	{ "<!-- BEGIN cabrief:x", "the mark BEGIN cabrief:x is not closed",
	    NULL, NULL, NULL },
	{ "<!--", "the mark BEGIN cabrief:x is missing", NULL, NULL, NULL },
	{ "<!-- BEGIN", "the mark BEGIN cabrief:x is missing", NULL, NULL,
	    NULL },
	/* a name is compared whole */
	{ "<!-- BEGIN cabrief:x-y --><!-- END cabrief:x-y -->" BEGIN END,
	    NULL, "", "", "" },
	{ "<!-- BEGIN cabrief:xy -->" END, "the mark BEGIN cabrief:x is "
	    "missing", NULL, NULL, NULL },
	/* in <nowiki> and in another comment they count too */
	{ "<nowiki>" BEGIN "</nowiki>" BEGIN END,
	    "the mark BEGIN cabrief:x is there twice", NULL, NULL, NULL },
	{ "<!-- write " BEGIN " here -->" BEGIN END,
	    "the mark BEGIN cabrief:x is there twice", NULL, NULL, NULL },
	/* another block's marks between */
	{ BEGIN "<!-- BEGIN cabrief:y -->" END "<!-- END cabrief:y -->",
	    "another mark stands between", NULL, NULL, NULL },
	{ BEGIN "<!-- END cabrief:y -->" END, "another mark stands between",
	    NULL, NULL, NULL },
	{ "<!-- BEGIN cabrief:y -->" BEGIN "a" END "<!-- END cabrief:y -->",
	    NULL, "a", "", "" },
};

static void
test_find(void **state)
{
	struct mark_place place;
	char room[MARK_ROOM];
	const char *fault, *inside;
	size_t i, len;

	(void)state;
	for (i = 0; i < COUNT(finds); i++) {
		fault = mark_find(finds[i].page, strlen(finds[i].page), "x",
		    &place, room);
		if (finds[i].fault != NULL) {
			assert_non_null(fault);
			assert_string_equal(fault, finds[i].fault);
			continue;
		}
		assert_null(fault);
		mark_inside(finds[i].page, &place, &inside, &len);
		assert_int_equal(len, strlen(finds[i].inside));
		assert_memory_equal(inside, finds[i].inside, len);
		assert_string_equal(place.figures, finds[i].figures);
		assert_string_equal(place.text, finds[i].text);
		assert_memory_equal(finds[i].page + place.begins, "<!--", 4);
		assert_memory_equal(finds[i].page + place.end_end - 3, "-->",
		    3);
	}
}

static void
test_is_in(void **state)
{
	static const char *const yes[] = { BEGIN, END, "a<!--END cabrief:",
		"<!--\n\nBEGIN\tcabrief:-->" };
	static const char *const no[] = { "", "<!-- BEGIN -->",
		"&lt;!-- BEGIN cabrief:x --&gt;", "BEGIN cabrief:x -->",
		"<!-- BEGIN other:x -->", "<!- - END cabrief:x -->" };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(yes); i++)
		assert_true(mark_is_in(yes[i], strlen(yes[i])));
	for (i = 0; i < COUNT(no); i++)
		assert_false(mark_is_in(no[i], strlen(no[i])));
}

/* All but the first mark and what stands between is kept, byte for byte;
 * again and again gives the same page. */
static void
test_replace(void **state)
{
	static const char page[] = "\n a \n" BEGIN "old" END "\tb \n\n";
	struct publish_block block = { .name = "x", .text = "{|\n| 1\n|}",
		.len = 9, .figures = HEX_A "ffff" };
	struct buf once, twice;
	struct mark_place place;
	char room[MARK_ROOM], hash[MARK_HEX + 1];
	const char *inside;
	size_t len;

	(void)state;
	buf_init(&once, ROOM);
	buf_init(&twice, ROOM);
	assert_null(mark_find(page, sizeof(page) - 1, "x", &place, room));
	mark_replace(page, sizeof(page) - 1, &place, &block, &once);
	assert_memory_equal(buf_text(&once), "\n a \n<!-- BEGIN cabrief:x "
	    "figures=" HEX_A " text=", 53);
	assert_non_null(strstr(buf_text(&once),
	    " -->\n{|\n| 1\n|}\n" END "\tb \n\n"));
	assert_null(mark_find(buf_text(&once), once.len, "x", &place, room));
	assert_string_equal(place.figures, HEX_A);
	mark_hash(block.text, block.len, hash);
	assert_string_equal(place.text, hash);
	mark_inside(buf_text(&once), &place, &inside, &len);
	assert_int_equal(len, block.len);
	assert_memory_equal(inside, block.text, len);
	mark_replace(buf_text(&once), once.len, &place, &block, &twice);
	assert_string_equal(buf_text(&twice), buf_text(&once));
	/* Without figures: the text's hash stands for them. */
	block.figures[0] = '\0';
	buf_clear(&twice);
	mark_replace(buf_text(&once), once.len, &place, &block, &twice);
	assert_null(mark_find(buf_text(&twice), twice.len, "x", &place,
	    room));
	assert_string_equal(place.figures, hash);
	buf_release(&once);
	buf_release(&twice);
}

/* The comment that cabrief writes is one comment, and clean. */
static void
test_mark_line(void **state)
{
	struct publish_block block = { .name = "x", .text = "" };
	struct mark_place place;
	char room[MARK_ROOM];
	const char *end;
	struct buf out;

	(void)state;
	buf_init(&out, ROOM);
	assert_null(mark_find(BEGIN END, strlen(BEGIN END), "x", &place,
	    room));
	mark_replace(BEGIN END, strlen(BEGIN END), &place, &block, &out);
	end = strchr(buf_text(&out), '\n');
	assert_non_null(end);
	assert_memory_equal(end - 3, "-->", 3);
	assert_null(mark_seek(buf_text(&out) + 4, end - 3, "--"));
	assert_true(text_is_clean(buf_text(&out), out.len));
	buf_release(&out);
}

/* Pages that are all marks, of the greatest size. */
static void
test_hostile(void **state)
{
	static const char *const parts[] = { "<!-- BEGIN cabrief:y -->",
		"<!--BEGIN cabrief:x", "<!-- END cabrief:x", "<!--", "<",
		"<!--                        ", "<!-- BEGIN cabrief:", "-->",
		BEGIN END, END BEGIN };
	struct mark_place place;
	char room[MARK_ROOM];
	struct buf page;
	size_t i;

	(void)state;
	(void)alarm(HANGS);
	buf_init(&page, ROOM);
	for (i = 0; i < COUNT(parts); i++) {
		buf_clear(&page);
		while (page.len < PAGE)
			buf_str(&page, parts[i]);
		assert_non_null(mark_find(buf_text(&page), page.len, "x",
		    &place, room));
	}
	/* 100,000 marks of others, and one's own behind them. */
	buf_clear(&page);
	for (i = 0; i < 100000; i++)
		buf_fmt(&page, "<!-- BEGIN cabrief:n%zu -->", i);
	buf_str(&page, BEGIN "here" END);
	assert_null(mark_find(buf_text(&page), page.len, "x", &place, room));
	assert_int_equal(place.end - place.begin_end, 4);
	(void)alarm(0);
	buf_release(&page);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_is_in),
		cmocka_unit_test(test_replace),
		cmocka_unit_test(test_mark_line),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
