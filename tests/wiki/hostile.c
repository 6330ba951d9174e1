/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * hostile FILE FIRST LAST: a report with the strings FIRST to LAST-1 of a
 * file, each of which a NUL ends, in all places that a report has for words;
 * as wikitext, for tests/wiki/hostile.py.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/text.h"
#include "output/report.h"
#include "output/writer.h"

enum { FILE_MAX = 1 << 20 };

static void
add(struct report *report, const char *text, size_t place)
{
	struct block *list;
	struct table *table;
	struct row *row;

	report_heading(report, (int)(place % 4) + 1, text);
	list = report_block(report, BLOCK_LIST);
	report_item(report, list);
	report_text(report, list, text);
	report_item(report, list);
	report_strong(report, list, text);
	report_item(report, list);
	report_marked(report, list, text);
	report_text(report, report_block(report, BLOCK_PARAGRAPH), text);
	report_quote(report, text);
	table = report_table(report, text);
	report_column(report, table, "left", text, false, FOR_ALL);
	report_column(report, table, "right", text, true, FOR_ALL);
	row = report_row(report, table);
	report_cell_text(report, row, 0, text);
	report_cell_text(report, row, 1, text);
	row = report_total(report, table);
	report_cell_text(report, row, 0, text);
	report_cell_text(report, row, 1, text);
}

static const struct err *
make(struct report *report, const struct buf *file, int64_t first,
    int64_t last, struct buf *out)
{
	const struct writer_options options = { .color = false };
	const char *at = buf_text(file), *end = at + file->len;
	const struct err *err;
	int64_t i;

	for (i = 0; at < end; i++, at += strlen(at) + 1)
		if (i >= first && i < last)
			add(report, at, (size_t)(i - first));
	err = report_error(report);
	return err != NULL ? err : writer_run(writer_by_name("mediawiki"),
	    report, &options, NULL, out);
}

int
main(int argc, char **argv)
{
	const struct err *err = NULL;
	struct report report;
	struct buf file, out;
	int64_t first, last;

	if (argc != 4 || !text_int(argv[2], strlen(argv[2]), &first) ||
	    !text_int(argv[3], strlen(argv[3]), &last))
		return 2;
	report_init(&report, "Hostile", NULL);
	buf_init(&file, FILE_MAX);
	buf_init(&out, REPORT_MAX_BYTES);
	err = file_read(argv[1], &file);
	if (err == NULL)
		err = make(&report, &file, first, last, &out);
	if (err == NULL)
		fwrite(buf_text(&out), 1, out.len, stdout);
	else
		fprintf(stderr, "hostile: %s\n", err->text);
	buf_release(&out);
	buf_release(&file);
	report_release(&report);
	return err == NULL ? 0 : 1;
}
