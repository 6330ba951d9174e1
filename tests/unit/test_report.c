/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "output/chart.h"
#include "output/report.h"
#include "output/value.h"

static void
test_blocks(void **state)
{
	const int64_t bugs[] = { 3, 5 };
	const struct block *block;
	const struct span *span;
	struct report report;
	struct block *list;
	char text[] = "copied";

	(void)state;
	report_init(&report, "Title", "https://b.example");
	assert_string_equal(report.title, "Title");
	assert_string_equal(report.bugzilla, "https://b.example");
	report_heading(&report, 2, text);
	text[0] = 'X';
	list = report_block(&report, BLOCK_LIST);
	report_item(&report, list);
	report_textf(&report, list, "%d of %s", 7, "nine");
	report_strong(&report, list, "strong");
	report_marked(&report, list, "marked");
	report_item(&report, list);
	report_link(&report, list, "link", "https://c.example/");
	report_bugs(&report, list, "two", bugs, 2);
	report_bugs(&report, list, "none", NULL, 0);
	report_text(&report, report_note(&report), "small");
	report_quote(&report, "one\n\nthree");
	report_quote(&report, "");
	assert_null(report_error(&report));

	block = report.blocks;
	assert_int_equal(block->kind, BLOCK_HEADING);
	assert_int_equal(block->level, 2);
	assert_string_equal(block->items->spans->text, "copied");
	block = block->next;
	assert_int_equal(block->kind, BLOCK_LIST);
	span = block->items->spans;
	assert_string_equal(span->text, "7 of nine");
	assert_true(span->next->strong);
	assert_false(span->next->marked);
	span = span->next->next;
	assert_true(span->marked);
	assert_string_equal(span->text, "marked");
	span = block->items->next->spans;
	assert_string_equal(span->url, "https://c.example/");
	span = span->next;
	assert_int_equal(span->bug_len, 2);
	assert_ptr_not_equal(span->bugs, bugs);
	assert_int_equal(span->bugs[1], 5);
	assert_null(span->next->bugs);
	block = block->next;
	assert_int_equal(block->kind, BLOCK_PARAGRAPH);
	assert_true(block->note);
	/* A quotation has an item a line, empty ones too. */
	block = block->next;
	assert_int_equal(block->kind, BLOCK_QUOTE);
	assert_string_equal(block->items->spans->text, "one");
	assert_string_equal(block->items->next->spans->text, "");
	assert_string_equal(block->items->next->next->spans->text, "three");
	assert_null(block->items->next->next->next);
	block = block->next;
	assert_string_equal(block->items->spans->text, "");
	assert_null(block->items->next);
	assert_null(block->next);
	report_release(&report);
}

static void
test_table(void **state)
{
	const int64_t bugs[] = { 3, 5 };
	struct report report;
	struct table *table;
	struct row *row;
	struct buf out;

	(void)state;
	buf_init(&out, 1000);
	report_init(&report, "", NULL);
	table = report_table(&report, "Caption");
	report_column(&report, table, "a", "A", false, FOR_ALL);
	report_column(&report, table, "b", "B", true, FOR_PROGRAMS);
	row = report_row(&report, table);
	report_cell_text(&report, row, 0, "text");
	report_cell_bugs(&report, row, 1, CELL_COUNT, 2, bugs, 2);
	row = report_row(&report, table);
	report_cell_text(&report, row, 0, NULL);
	report_cell_bugs(&report, row, 1, CELL_BUGS, 0, bugs, 2);
	row = report_row(&report, table);
	report_cell_number(&report, row, 0, CELL_DAY, 0);
	report_cell_number(&report, row, 1, CELL_TIME, DATE_NONE);
	report_cell_number(&report, report_total(&report, table), 0,
	    CELL_THOUSANDTHS, -451);
	report_cell_number(&report, report_total(&report, table), 1,
	    CELL_BUG, 12);
	assert_null(report_error(&report));

	assert_string_equal(table->caption, "Caption");
	assert_int_equal(table->column_len, 2);
	assert_int_equal(table->row_len, 3);
	assert_int_equal(table->columns->next->audience, FOR_PROGRAMS);
	assert_int_equal(table->rows->next->cells[0].kind, CELL_EMPTY);
	report_cell_plain(&table->rows->cells[1], &out);
	buf_char(&out, ';');
	report_cell_plain(&table->rows->next->cells[0], &out);
	report_cell_plain(&table->rows->next->cells[1], &out);
	buf_char(&out, ';');
	report_cell_plain(&table->rows->next->next->cells[0], &out);
	report_cell_plain(&table->rows->next->next->cells[1], &out);
	buf_char(&out, ';');
	report_cell_plain(&table->totals->cells[0], &out);
	buf_char(&out, ';');
	report_cell_plain(&table->totals->next->cells[1], &out);
	assert_string_equal(buf_text(&out),
	    "2;3 5;1970-01-01;-0.451;12");
	buf_release(&out);
	report_release(&report);
}

/* Read the numbers in the URLs back and compare them with the bugs. */
static size_t
assert_union(const struct report *report, const int64_t *bugs, size_t len)
{
	char url[REPORT_MAX_URL];
	size_t at = 0, i = 0, urls = 0;
	const char *next;
	char *end;

	while (report_url_next(report, bugs, len, &at, url, sizeof(url))) {
		assert_true(strlen(url) < REPORT_MAX_URL);
		next = strchr(url, '=');
		assert_non_null(next);
		do {
			assert_true(i < len);
			assert_true(strtoll(next + 1, &end, 10) == bugs[i]);
			i++;
			next = end;
		} while (*next == ',');
		assert_int_equal(*next, '\0');
		assert_int_equal(i, at);
		urls++;
	}
	assert_int_equal(i, len);
	return urls;
}

static void
test_urls(void **state)
{
	static int64_t bugs[5000];
	struct report report;
	char url[REPORT_MAX_URL];
	size_t i, at = 0;

	(void)state;
	for (i = 0; i < 5000; i++)
		bugs[i] = (int64_t)(1999000 + i);
	report_init(&report, "", "https://bugzilla.mozilla.org");
	assert_int_equal(assert_union(&report, bugs, 0), 0);
	assert_int_equal(assert_union(&report, bugs, 1), 1);
	assert_int_equal(assert_union(&report, bugs, 2), 1);
	assert_int_equal(assert_union(&report, bugs, 700), 1);
	assert_int_equal(assert_union(&report, bugs, 5000), 6);
	/* Around the length at which a second URL begins. */
	for (i = 980; i < 1010; i++)
		assert_int_equal(assert_union(&report, bugs, i),
		    47 + 8 * i <= REPORT_MAX_URL ? 1 : 2);
	bugs[0] = INT64_MAX;
	assert_int_equal(assert_union(&report, bugs, 1), 1);

	bugs[0] = 12;
	bugs[1] = 345;
	assert_true(report_url_next(&report, bugs, 1, &at, url, sizeof(url)));
	assert_string_equal(url,
	    "https://bugzilla.mozilla.org/show_bug.cgi?id=12");
	assert_false(report_url_next(&report, bugs, 1, &at, url,
	    sizeof(url)));
	at = 0;
	assert_true(report_url_next(&report, bugs, 2, &at, url, sizeof(url)));
	assert_string_equal(url,
	    "https://bugzilla.mozilla.org/buglist.cgi?bug_id=12,345");
	/* Room for the first number alone. */
	at = 0;
	assert_true(report_url_next(&report, bugs, 2, &at, url, 52));
	assert_string_equal(url,
	    "https://bugzilla.mozilla.org/buglist.cgi?bug_id=12");
	assert_true(report_url_next(&report, bugs, 2, &at, url, 52));
	assert_string_equal(url,
	    "https://bugzilla.mozilla.org/buglist.cgi?bug_id=345");
	/* No room at all, and no Bugzilla. */
	at = 0;
	assert_false(report_url_next(&report, bugs, 2, &at, url, 49));
	report_release(&report);
	report_init(&report, "", NULL);
	assert_false(report_url_next(&report, bugs, 2, &at, url,
	    sizeof(url)));
	report_release(&report);
}

/* The text of all spans of the block. */
static void
read_block(const struct block *block, struct buf *out)
{
	const struct item *item;
	const struct span *span;

	for (item = block->items; item != NULL; item = item->next) {
		for (span = item->spans; span != NULL; span = span->next)
			buf_str(out, span->text);
		buf_char(out, ';');
	}
}

static void
test_dated(void **state)
{
	const struct chart chart = { .title = "Title", .desc = "to 2026",
	    .desc_undated = "to", .unit = "" };
	const int64_t bugs[] = { 3, 5 };
	struct report report;
	struct block *block, *list;
	struct buf out;

	(void)state;
	buf_init(&out, 1000);
	report_init(&report, "", NULL);
	block = report_note(&report);
	report_text(&report, block, "in front");
	block->dated = true;
	block = report_block(&report, BLOCK_PARAGRAPH);
	report_dated(&report, block, "%s: ", "2026-07-01");
	report_bugs(&report, block, "two", bugs, 2);
	report_dated(&report, block, " by %d", 2026);
	assert_true(block->items->last_span->dated);
	assert_string_equal(block->items->last_span->text, " by 2026");
	list = report_block(&report, BLOCK_LIST);
	/* No item yet: nowhere to say it. */
	report_dated(&report, list, "lost");
	report_item(&report, list);
	report_dated(&report, list, "a");
	report_dated(&report, list, "b");
	report_item(&report, list);
	report_text(&report, list, "c");
	report_dated(&report, NULL, "nowhere");
	report_note(&report)->dated = true;
	assert_null(report_error(&report));
	read_block(block, &out);
	read_block(list, &out);
	assert_string_equal(buf_text(&out), "2026-07-01: two by 2026;ab;c;");

	buf_clear(&out);
	report_undate(&report);
	assert_ptr_equal(report.blocks, block);
	assert_ptr_equal(block->next, list);
	assert_null(list->next);
	assert_ptr_equal(report.last_block, list);
	assert_ptr_equal(block->items->last_span, block->items->spans);
	assert_int_equal(block->items->spans->bug_len, 2);
	assert_null(list->items->last_span);
	read_block(block, &out);
	read_block(list, &out);
	assert_string_equal(buf_text(&out), "two;;c;");
	/* It can be written on, and a second time changes nothing. */
	report_text(&report, block, "!");
	report_text(&report, report_note(&report), "end");
	report_undate(&report);
	assert_string_equal(block->items->last_span->text, "!");
	assert_ptr_equal(list->next, report.last_block);
	report_release(&report);
	/* Nothing at all, and nothing left. */
	report_init(&report, "", NULL);
	report_undate(&report);
	assert_null(report.last_block);
	/* What a chart says of itself. */
	report_chart(&report, &chart);
	assert_string_equal(report_first_chart(&report)->desc, "to 2026");
	report_undate(&report);
	assert_string_equal(report_first_chart(&report)->desc, "to");
	assert_string_equal(report_first_chart(&report)->title, "Title");
	assert_string_equal(chart.desc, "to 2026");
	report_release(&report);
	report_init(&report, "", NULL);
	report_note(&report)->dated = true;
	report_undate(&report);
	assert_null(report.blocks);
	assert_null(report.last_block);
	report_release(&report);
	buf_release(&out);
}

static void
test_summary(void **state)
{
	struct report report;

	(void)state;
	report_init(&report, "", NULL);
	assert_null(report.summary);
	report_summary(&report, "%d incidents", 136);
	assert_string_equal(report.summary, "136 incidents");
	report_summary(&report, "%s", "none");
	assert_string_equal(report.summary, "none");
	report_undate(&report);
	assert_string_equal(report.summary, "none");
	report_release(&report);
}

/* With too little memory at any place: no crash, and the report says so. */
static void
test_no_memory(void **state)
{
	const int64_t bugs[] = { 3, 5, 7 };
	struct report report;
	struct block *block;
	struct table *table;
	struct row *row;
	size_t room, failures = 0;

	(void)state;
	for (room = 0; room < 4096; room += 16) {
		report_init(&report, "Title", "https://b.example");
		report.arena.ceiling = report.arena.used + room;
		report_heading(&report, 1, "Heading");
		block = report_block(&report, BLOCK_LIST);
		report_item(&report, block);
		report_bugs(&report, block, "bugs", bugs, 3);
		report_textf(&report, block, "%d", 1);
		report_link(&report, block, "link", "https://c.example");
		report_strong(&report, report_note(&report), "strong");
		report_marked(&report, report_note(&report), "marked");
		report_dated(&report, report_note(&report), "%d", 2);
		report_summary(&report, "%d", 3);
		report_quote(&report, "one\ntwo");
		table = report_table(&report, "Caption");
		report_column(&report, table, "a", "A", false, FOR_ALL);
		report_column(&report, table, "b", "B", false, FOR_ALL);
		row = report_row(&report, table);
		report_cell_text(&report, row, 0, "text");
		report_cell_bugs(&report, row, 1, CELL_COUNT, 3, bugs, 3);
		row = report_total(&report, table);
		report_cell_number(&report, row, 1, CELL_COUNT, 3);
		report.data = value_object_new(&report.arena);
		if (report_error(&report) == NULL) {
			assert_non_null(report.data);
			assert_non_null(table->totals);
			assert_non_null(report.summary);
		} else {
			assert_ptr_equal(report_error(&report), err_memory());
			failures++;
		}
		report_undate(&report);
		report_release(&report);
	}
	assert_in_range(failures, 50, 250);
	/* A value that found no room is told of by the report too. */
	report_init(&report, "Title", "");
	report.arena.ceiling = report.arena.used;
	report.data = value_object_new(&report.arena);
	assert_non_null(report_error(&report));
	report_release(&report);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_blocks),
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_urls),
		cmocka_unit_test(test_dated),
		cmocka_unit_test(test_summary),
		cmocka_unit_test(test_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
