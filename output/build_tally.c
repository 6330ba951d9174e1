/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/build_tally.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "taxonomy/taxonomy.h"
#include "classify/tally.h"
#include "output/build_common.h"
#include "output/report.h"
#include "output/value.h"

/* What incidents are labelled by. */
static const char *const labelled[LABELS__MAX] = {
	[LABELS_BEST] =
	    "whiteboard where it names a category, else by the rules",
	[LABELS_TAGGED] = "whiteboard alone",
	[LABELS_INFERRED] = "rules alone",
};

void
build_counted(struct report *report, const struct tally *tally,
    const struct tally *by, const struct selection *selection)
{
	struct block *block = report_block(report, BLOCK_PARAGRAPH);
	bool causes = tally->scheme->causes;
	size_t count = tally->incidents;

	if (count == 0)
		report_text(report, block, "There is no incident");
	else if (count == 1)
		report_text(report, block,
		    "This table counts the one incident");
	else
		report_textf(report, block,
		    "This table counts the %zu incidents", count);
	build_cohort(report, block, selection, count <= 1);
	if (count > 0 && (!causes || by != NULL))
		report_textf(report, block, ", labelled by the %s",
		    labelled[selection->labels]);
	report_text(report, block, ".");
	if (count > 0 && (causes || (by != NULL && by->scheme->causes)))
		report_text(report, block, " Causes are those that the rules "
		    "find in the reports, whatever the tags are.");
	build_filters(report, block, selection);
	if (selection->all)
		report_text(report, block, " Bugs with resolution INVALID or "
		    "DUPLICATE and tracking bugs are included.");
}

void
build_tally_summary(struct report *report, const struct tally *tally)
{
	int64_t incidents = (int64_t)tally->incidents;
	int64_t rows = (int64_t)tally->assignments;

	report_summary(report, "%" PRId64 " %s, %" PRId64 " %s", incidents,
	    build_plural(incidents, "incident", "incidents"), rows,
	    tally->scheme->causes ? build_plural(rows, "cause", "causes") :
	    build_plural(rows, "label", "labels"));
}

static int
compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

int64_t *
build_all_bugs(struct report *report, const struct tally *tally, size_t *len)
{
	size_t i, used = 0;
	int64_t *bugs;

	*len = 0;
	bugs = arena_alloc(&report->arena, tally->assignments, sizeof(*bugs));
	if (bugs == NULL) {
		report->failed = true;
		return NULL;
	}
	for (i = 0; i < tally->row_len; i++) {
		if (tally->rows[i].bug_len == 0)
			continue;
		memcpy(bugs + used, tally->rows[i].bugs,
		    tally->rows[i].bug_len * sizeof(*bugs));
		used += tally->rows[i].bug_len;
	}
	qsort(bugs, used, sizeof(*bugs), compare);
	for (i = 0; i < used; i++)
		if (*len == 0 || bugs[*len - 1] != bugs[i])
			bugs[(*len)++] = bugs[i];
	return bugs;
}

void
build_notes(struct report *report, const struct tally *tally)
{
	struct block *block = NULL;
	size_t i;

	for (i = 0; i < tally->row_len; i++) {
		if (tally->rows[i].note == NULL || tally->rows[i].bug_len == 0)
			continue;
		if (block == NULL)
			block = report_block(report, BLOCK_LIST);
		report_item(report, block);
		report_strong(report, block, tally->rows[i].title);
		report_textf(report, block, ": %s", tally->rows[i].note);
	}
}

struct value *
build_count_head(struct report *report, const struct tally *tally,
    const struct tally *by, const struct selection *selection,
    const struct build_source *source)
{
	struct arena *arena = &report->arena;
	struct value *data = value_object_new(arena);
	bool windowed = selection->windowed;

	report->data = data;
	value_text(arena, data, "report", "count");
	value_text(arena, data, "scheme", tally->scheme->id);
	if (by != NULL)
		value_text(arena, data, "by", by->scheme->id);
	value_text(arena, data, "cohort",
	    windowed ? cohort_name(selection->cohort) : NULL);
	value_day(arena, data, "from",
	    windowed ? selection->window.from : DATE_NONE);
	value_day(arena, data, "to",
	    windowed ? selection->window.to : DATE_NONE);
	build_past_data(report, source);
	value_text(arena, data, "labels",
	    label_mode_name(selection->labels));
	value_number(arena, data, "incidents", (int64_t)tally->incidents);
	value_number(arena, data, "assignments",
	    (int64_t)tally->assignments);
	return data;
}

void
build_count_row(struct arena *arena, struct value *object,
    const struct tally_row *row)
{
	value_text(arena, object, "id", row->id);
	value_text(arena, object, "title", row->title);
	value_number(arena, object, "count", (int64_t)row->bug_len);
	value_number(arena, object, "collapsed", (int64_t)row->collapsed);
	build_numbers(arena, object, row->bugs, row->bug_len);
}
