/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/build.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "taxonomy/taxonomy.h"
#include "output/build_common.h"
#include "output/report.h"
#include "output/value.h"

enum diff_column {
	COLUMN_ID,
	COLUMN_KIND,
	COLUMN_BEFORE,
	COLUMN_AFTER,
	COLUMN_WHY
};

static void
add_side(struct report *report, const char *key, const char *name,
    const struct taxonomy *taxonomy)
{
	struct arena *arena = &report->arena;
	struct value *object = value_object(arena, report->data, key);

	value_text(arena, object, "name", name);
	value_text(arena, object, "taxonomy", taxonomy->version);
	value_text(arena, object, "taxonomy_sha256", taxonomy->sha256);
}

void
build_diff_begin(struct report *report, const struct build_diff *diff)
{
	struct arena *arena = &report->arena;
	struct table *table;

	report_heading(report, 1, report->title);
	report->data = value_object_new(arena);
	value_text(arena, report->data, "report", "taxonomy-diff");
	add_side(report, "before", diff->before_name, diff->before);
	add_side(report, "after", diff->after_name, diff->after);
	report->records = value_array(arena, report->data, "bugs");
	report_textf(report, report_block(report, BLOCK_PARAGRAPH),
	    "Before: %s, version %s. After: %s, version %s.",
	    diff->before_name, diff->before->version, diff->after_name,
	    diff->after->version);
	table = report_table(report, NULL);
	report_column(report, table, "id", "Bug", true, FOR_ALL);
	report_column(report, table, "kind", "Labels", false, FOR_ALL);
	report_column(report, table, "before", "Before", false, FOR_ALL);
	report_column(report, table, "after", "After", false, FOR_ALL);
	report_column(report, table, "why", "Why", false, FOR_ALL);
}

static void
add_words(struct report *report, struct value *object, const char *key,
    const char *text, const char *between)
{
	struct arena *arena = &report->arena;
	struct value *array = value_array(arena, object, key);
	const char *word;
	size_t len;

	for (; *text != '\0'; text += len) {
		len = strcspn(text, between);
		word = arena_copy(arena, text, len);
		if (word == NULL)
			report->failed = true;
		value_text(arena, array, NULL, word);
		len += text[len] != '\0';
	}
}

/* The lines of `why` as one. */
static void
cell_why(struct report *report, struct row *row, const char *why)
{
	struct buf buf;
	size_t len;

	buf_init(&buf, REPORT_MAX_BYTES);
	for (; *why != '\0'; why += len + 1) {
		len = strcspn(why, "\n");
		buf_str(&buf, buf.len > 0 ? "; " : "");
		buf_add(&buf, why, len);
	}
	if (buf.full || buf.nomem)
		report->failed = true;
	report_cell_text(report, row, COLUMN_WHY, buf_text(&buf));
	buf_release(&buf);
}

void
build_diff_add(struct report *report, int64_t bug, const char *kind,
    const char *before, const char *after, const char *why)
{
	struct arena *arena = &report->arena;
	struct block *block = report->blocks;
	struct value *object;
	struct row *row;

	while (block != NULL && block->kind != BLOCK_TABLE)
		block = block->next;
	row = report_row(report, block != NULL ? &block->table : NULL);
	report_cell_number(report, row, COLUMN_ID, CELL_BUG, bug);
	report_cell_text(report, row, COLUMN_KIND, kind);
	report_cell_text(report, row, COLUMN_BEFORE, before);
	report_cell_text(report, row, COLUMN_AFTER, after);
	cell_why(report, row, why);
	object = value_object(arena, report->records, NULL);
	value_number(arena, object, "id", bug);
	value_text(arena, object, "kind", kind);
	add_words(report, object, "before", before, " ");
	add_words(report, object, "after", after, " ");
	add_words(report, object, "why", why, "\n");
}

void
build_diff_end(struct report *report, const struct build_diff *diff)
{
	struct block *block = report->last_block;
	int64_t changed = 0;

	if (block != NULL && block->kind == BLOCK_TABLE)
		changed = (int64_t)block->table.row_len;
	value_number(&report->arena, report->data, "compared", diff->bugs);
	report_textf(report, report_block(report, BLOCK_PARAGRAPH),
	    "%" PRId64 " %s compared, %" PRId64 " %s.", diff->bugs,
	    build_plural(diff->bugs, "bug", "bugs"), changed,
	    build_plural(changed, "difference", "differences"));
}
