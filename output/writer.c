/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/writer.h"

#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/err.h"
#include "output/report.h"
#include "output/write.h"

enum {
	EVERY_BLOCK = (1 << BLOCK_KIND__MAX) - 1
};

static const struct writer writers[] = {
	{ "text", ".txt", "text/plain", WRITER_BLOCKS, EVERY_BLOCK,
	    write_text },
	{ "markdown", ".md", "text/markdown", WRITER_BLOCKS, EVERY_BLOCK,
	    write_markdown },
	{ "mediawiki", ".wiki", "text/x-wiki", WRITER_BLOCKS, EVERY_BLOCK,
	    write_mediawiki },
	{ "html", ".html", "text/html", WRITER_BLOCKS, EVERY_BLOCK,
	    write_html },
	{ "csv", ".csv", "text/csv", WRITER_TABLE, 0, write_csv },
	{ "json", ".json", "application/json", WRITER_DATA, 0, write_json },
	{ "jsonl", ".jsonl", "application/jsonl", WRITER_DATA, 0,
	    write_jsonl },
	{ "svg", ".svg", "image/svg+xml", WRITER_CHART, 0, write_svg },
	{ "atom", ".atom", "application/atom+xml", WRITER_FEED, 0,
	    write_atom },
};

static const char *const block_names[] = {
	[BLOCK_HEADING] = "a heading",
	[BLOCK_PARAGRAPH] = "a paragraph",
	[BLOCK_LIST] = "a list",
	[BLOCK_TABLE] = "a table",
	[BLOCK_QUOTE] = "a quotation",
	[BLOCK_CHART] = "a chart",
};

_Static_assert(sizeof(block_names) / sizeof(block_names[0]) ==
    BLOCK_KIND__MAX, "each kind has its name");

const struct writer *
writer_at(size_t index)
{
	if (index >= sizeof(writers) / sizeof(writers[0]))
		return NULL;
	return &writers[index];
}

const struct writer *
writer_by_name(const char *name)
{
	const struct writer *writer;
	size_t i;

	for (i = 0; (writer = writer_at(i)) != NULL; i++)
		if (strcmp(writer->name, name) == 0)
			break;
	return writer;
}

static void
unsupported(const struct writer *writer, const char *detail,
    struct diag_sink *sink)
{
	struct diag diag = { .code = DIAG_BLOCK_UNSUPPORTED,
	    .where = writer->name, .detail = detail };

	diag_report(sink, &diag);
}

static void
check_blocks(const struct writer *writer, const struct report *report,
    struct diag_sink *sink)
{
	const struct block *block;

	for (block = report->blocks; block != NULL; block = block->next)
		if ((writer->blocks & 1U << block->kind) == 0)
			unsupported(writer, block_names[block->kind], sink);
}

static void
check_tables(const struct writer *writer, const struct report *report,
    struct diag_sink *sink)
{
	const struct block *block;
	size_t tables = 0;

	for (block = report->blocks; block != NULL; block = block->next)
		if (block->kind == BLOCK_TABLE &&
		    block->table.audience != FOR_PEOPLE && tables++ > 0)
			unsupported(writer, "a table after the first", sink);
	if (tables == 0)
		unsupported(writer, "a report without a table", sink);
}

static void
check_charts(const struct writer *writer, const struct report *report,
    struct diag_sink *sink)
{
	const struct block *block;
	size_t charts = 0;

	for (block = report->blocks; block != NULL; block = block->next)
		if (block->kind == BLOCK_CHART && charts++ > 0)
			unsupported(writer, "a chart after the first", sink);
	if (charts == 0)
		unsupported(writer, "a report without a chart", sink);
}

const struct err *
writer_run(const struct writer *writer, const struct report *report,
    const struct writer_options *options, struct diag_sink *sink,
    struct buf *out)
{
	const struct err *err = report_error(report);

	if (err != NULL)
		return err;
	switch (writer->use) {
	case WRITER_BLOCKS:
		check_blocks(writer, report, sink);
		break;
	case WRITER_TABLE:
		check_tables(writer, report, sink);
		break;
	case WRITER_DATA:
		if (report->data == NULL)
			unsupported(writer, "a report without data", sink);
		break;
	case WRITER_CHART:
		check_charts(writer, report, sink);
		break;
	case WRITER_FEED:
		if (report->feed == NULL)
			unsupported(writer, "a report that is no feed", sink);
		break;
	}
	writer->write(report, options, out);
	return buf_error(out, "the report");
}
