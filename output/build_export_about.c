/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/build_export.h"

#include "base/buf.h"
#include "base/date.h"
#include "classify/cohort.h"
#include "taxonomy/taxonomy.h"
#include "classify/verdict.h"
#include "output/build.h"
#include "output/build_common.h"
#include "output/value.h"

enum codebook_column {
	BOOK_TABLE,
	BOOK_COLUMN,
	BOOK_TYPE,
	BOOK_UNIT,
	BOOK_MEANING,
	BOOK_MISSING,
	BOOK__MAX
};

void
build_export_codebook(struct report *report)
{
	static const char *const heads[BOOK__MAX] = {
		"table", "column", "type", "unit", "meaning", "missing"
	};
	static const char *const types[] = {
		[EXPORT_INTEGER] = "integer", [EXPORT_DECIMAL] = "decimal",
		[EXPORT_TEXT] = "text", [EXPORT_LIST] = "list",
		[EXPORT_DATE] = "date", [EXPORT_TIME] = "time"
	};
	struct table *table = report_table(report, NULL);
	const struct export_column *columns;
	struct row *row;
	size_t i, k, len;

	for (i = 0; i < BOOK__MAX; i++)
		report_column(report, table, heads[i], "", false,
		    FOR_PROGRAMS);
	for (i = 0; i < EXPORT_TABLE__MAX; i++) {
		columns = export_columns((enum export_table)i, &len);
		for (k = 0; k < len; k++) {
			row = report_row(report, table);
			report_cell_text(report, row, BOOK_TABLE,
			    export_table_name((enum export_table)i));
			report_cell_text(report, row, BOOK_COLUMN,
			    columns[k].id);
			report_cell_text(report, row, BOOK_TYPE,
			    types[columns[k].type]);
			report_cell_text(report, row, BOOK_UNIT,
			    columns[k].unit);
			report_cell_text(report, row, BOOK_MEANING,
			    columns[k].meaning);
			report_cell_text(report, row, BOOK_MISSING,
			    columns[k].missing);
		}
	}
}

/* Every bug of the store, by what became of it. */
static void
add_counts(struct arena *arena, struct value *data,
    const struct build_export *to)
{
	struct value *counts = value_object(arena, data, "counts");
	struct value *array, *object;
	int64_t store = 0, exported = 0;
	unsigned fate;

	for (fate = 0; fate < SELECT_FATE__MAX; fate++) {
		store += to->fates[fate];
		exported += export_has((enum select_fate)fate) ?
		    to->fates[fate] : 0;
	}
	value_number(arena, counts, "store", store);
	value_number(arena, counts, "exported", exported);
	value_number(arena, counts, "counted", to->fates[SELECT_IN]);
	value_number(arena, counts, "outside", to->fates[SELECT_OUTSIDE]);
	array = value_array(arena, counts, "left_out");
	for (fate = SELECT_OUTSIDE + 1; fate < SELECT_FATE__MAX; fate++) {
		if (to->fates[fate] == 0)
			continue;
		object = value_object(arena, array, NULL);
		value_text(arena, object, "reason",
		    select_reason((enum select_fate)fate));
		value_number(arena, object, "count", to->fates[fate]);
		value_bool(arena, object, "exported",
		    export_has((enum select_fate)fate));
	}
}

static void
add_selection(struct arena *arena, struct value *data,
    const struct selection *selection)
{
	bool windowed = selection->windowed;

	value_text(arena, data, "cohort",
	    windowed ? cohort_name(selection->cohort) : NULL);
	value_day(arena, data, "from",
	    windowed ? selection->window.from : DATE_NONE);
	value_day(arena, data, "to",
	    windowed ? selection->window.to : DATE_NONE);
	value_text(arena, data, "labels",
	    label_mode_name(selection->labels));
}

static void
add_files(struct arena *arena, struct value *data,
    const struct build_export_about *about)
{
	struct value *array = value_array(arena, data, "files"), *object;
	const struct export_file *file;
	size_t i;

	for (i = 0; i < about->file_len; i++) {
		file = &about->files[i];
		object = value_object(arena, array, NULL);
		value_text(arena, object, "name", file->name);
		value_number(arena, object, "bytes", (int64_t)file->bytes);
		value_text(arena, object, "sha256", file->sha256);
	}
}

static void
add_rows(struct arena *arena, struct value *data,
    const struct build_export *to)
{
	struct value *rows = value_object(arena, data, "rows");
	const struct block *block;
	size_t i;

	for (i = 0; i < EXPORT_TABLE__MAX; i++) {
		block = to->tables[i].blocks;
		value_number(arena, rows, export_table_name(
		    (enum export_table)i), block == NULL ? 0 :
		    (int64_t)block->table.row_len);
	}
}

void
build_export_manifest(struct report *report, const struct build_export *to,
    const struct build_export_about *about)
{
	struct arena *arena = &report->arena;
	struct value *data = value_object_new(arena);

	report->data = data;
	value_text(arena, data, "report", "export");
	value_text(arena, data, "cabrief", CABRIEF_VERSION);
	value_time(arena, data, "snapshot", about->source->fetched);
	value_text(arena, data, "command", about->command);
	add_selection(arena, data, about->selection);
	value_text(arena, data, "addresses",
	    to->key != NULL ? "hashed" : "plain");
	add_counts(arena, data, to);
	add_rows(arena, data, to);
	add_files(arena, data, about);
	build_source_line(report, about->source);
}

/* A text as it stands between double quotes in YAML.  What comes here, a URL
 * and an attribute of XML, holds no control characters. */
static void
add_quoted(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			buf_char(out, '\\');
		buf_char(out, *text);
	}
}

void
build_export_citation(const struct build_source *source, struct buf *out)
{
	bool known = source->url != NULL && source->url[0] != '\0';
	char day[DATE_SIZE], time[DATE_SIZE];

	buf_str(out, "cff-version: 1.2.0\n"
	    "message: Please cite the data set and the program.\n"
	    "type: dataset\n"
	    "title: Incidents of certificate authorities\n"
	    "authors:\n"
	    "  - name: Those who wrote the bugs\n");
	if (known) {
		buf_str(out, "url: \"");
		add_quoted(out, source->url);
		buf_str(out, "\"\n");
	}
	if (source->fetched != DATE_NONE)
		buf_fmt(out, "version: \"%s\"\ndate-released: %s\n",
		    date_format_time(source->fetched, time),
		    date_format_day(date_day(source->fetched), day));
	buf_fmt(out, "references:\n"
	    "  - type: software\n"
	    "    title: cabrief\n"
	    "    version: \"%s\"\n"
	    "    license: ISC\n"
	    "    authors:\n"
	    "      - name: The cabrief authors\n"
	    "    notes: \"Taxonomy ", CABRIEF_VERSION);
	add_quoted(out, source->taxonomy->version);
	buf_fmt(out, ", SHA-256 %s.\"\n", source->taxonomy->sha256);
}
