/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/build_brief.h"

#include <stdint.h>

#include "taxonomy/taxonomy.h"
#include "classify/lessons.h"
#include "classify/select.h"
#include "classify/tally.h"
#include "output/build.h"
#include "output/build_common.h"
#include "output/build_lessons.h"
#include "output/report.h"
#include "output/value.h"

static void
add_bugs(struct arena *arena, struct value *root, const char *key,
    const struct build_bugs *bugs)
{
	struct value *to = value_object(arena, root, key);

	value_number(arena, to, "count", (int64_t)bugs->len);
	build_numbers(arena, to, bugs->bugs, bugs->len);
}

static void
add_rows(struct arena *arena, struct value *object,
    const struct tally *tally)
{
	struct value *rows, *to;
	size_t i;

	value_number(arena, object, "incidents", (int64_t)tally->incidents);
	value_number(arena, object, "assignments",
	    (int64_t)tally->assignments);
	rows = value_array(arena, object, "rows");
	for (i = 0; i < tally->row_len; i++) {
		to = value_object(arena, rows, NULL);
		value_text(arena, to, "id", tally->rows[i].id);
		value_text(arena, to, "title", tally->rows[i].title);
		value_number(arena, to, "count",
		    (int64_t)tally->rows[i].bug_len);
		build_numbers(arena, to, tally->rows[i].bugs,
		    tally->rows[i].bug_len);
	}
}

static void
add_inclusions(struct arena *arena, struct value *root,
    const struct build_inclusions *from)
{
	struct value *rows = value_array(arena, root, "inclusions"), *to;
	size_t i, k, count;

	for (i = 0; i < from->taxonomy->inclusion_len; i++) {
		if (!from->taxonomy->inclusions[i].counted)
			continue;
		for (k = count = 0; k < from->len; k++)
			count += from->requests[k].inclusion.state == i;
		to = value_object(arena, rows, NULL);
		value_text(arena, to, "id", from->taxonomy->inclusions[i].id);
		value_text(arena, to, "title",
		    from->taxonomy->inclusions[i].title);
		value_number(arena, to, "count", (int64_t)count);
	}
}

void
build_brief_data(struct report *report, const struct build_brief *from)
{
	struct arena *arena = &report->arena;
	struct value *root, *before;

	root = report->data = value_object_new(arena);
	value_text(arena, root, "report", "brief");
	value_text(arena, root, "style", from->style);
	value_text(arena, root, "title", report->title);
	value_text(arena, root, "author", from->author);
	value_text(arena, root, "scheme", from->tally->scheme->id);
	value_text(arena, root, "cohort",
	    cohort_name(from->selection->cohort));
	value_day(arena, root, "from", from->selection->window.from);
	value_day(arena, root, "to", from->selection->window.to);
	value_text(arena, root, "labels",
	    label_mode_name(from->selection->labels));
	add_bugs(arena, root, "open", &from->open);
	add_bugs(arena, root, "closing", &from->closing);
	add_rows(arena, root, from->tally);
	if (from->compared) {
		before = value_object(arena, root, "before");
		value_day(arena, before, "from", from->before.from);
		value_day(arena, before, "to", from->before.to);
		add_rows(arena, before, from->tally_before);
	} else {
		value_null(arena, root, "before");
	}
	build_lessons_values(report, root, from->lessons);
	add_inclusions(arena, root, from->inclusions);
}
