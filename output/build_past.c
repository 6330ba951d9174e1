/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Which day a report shows, and what is not known of it. */

#include "output/build_common.h"

#include <inttypes.h>
#include <stdio.h>

#include "output/build.h"
#include "output/report.h"
#include "output/value.h"

enum {
	NUMBER_MAX = 48		/* bytes of "12 bugs" */
};

/* Of these bugs the store knows what they are, not what they were. */
static void
say_unsure(struct report *report, struct block *block,
    const struct build_past *past)
{
	int64_t count = (int64_t)past->unsure_len;
	char text[NUMBER_MAX];

	(void)snprintf(text, sizeof(text), "%" PRId64 " %s", count,
	    build_plural(count, "bug", "bugs"));
	report_text(report, block, " The store lacks the history of ");
	report_bugs(report, block, text, past->unsure, past->unsure_len);
	report_textf(report, block, " that changed since: comments after that "
	    "day are left out, and what was closed later counts as open, but "
	    "%s other fields are as they were fetched.",
	    build_plural(count, "its", "their"));
}

static struct block *
say_day(struct report *report, const struct build_past *past)
{
	struct block *block = report_block(report, BLOCK_PARAGRAPH);

	build_day(report, block, "Everything is as it stood at the end of ",
	    past->day);
	/* Every new bug is one of them. */
	if (past->later > 0)
		report_dated(report, block, "; %" PRId64 " %s filed later",
		    past->later, build_plural(past->later, "bug was",
		    "bugs were"));
	report_text(report, block, ".");
	return block;
}

void
build_past(struct report *report, const struct build_source *source)
{
	struct block *block;

	if (!source->as_of)
		return;
	block = say_day(report, &source->past);
	if (source->past.unsure_len > 0)
		say_unsure(report, block, &source->past);
}

void
build_past_data(struct report *report, const struct build_source *source)
{
	const struct build_past *past = &source->past;
	struct arena *arena = &report->arena;
	struct value *array;
	size_t i;

	if (!source->as_of)
		return;
	value_day(arena, report->data, "as_of", past->day);
	value_number(arena, report->data, "filed_later", past->later);
	array = value_array(arena, report->data, "without_history");
	for (i = 0; i < past->unsure_len; i++)
		value_number(arena, array, NULL, past->unsure[i]);
}

void
build_past_one(struct report *report, const struct build_past *past)
{
	struct block *block;

	if (past == NULL)
		return;
	block = say_day(report, past);
	if (past->unsure_len > 0)
		report_text(report, block, " The store lacks the history of "
		    "this bug, which changed since: comments after that day "
		    "are left out, and if it was closed later it counts as "
		    "open, but its other fields are as they were fetched.");
}

void
build_past_record(struct report *report, struct value *record,
    const struct build_past *past)
{
	if (past == NULL)
		return;
	value_day(&report->arena, record, "as_of", past->day);
	value_bool(&report->arena, record, "history_known",
	    past->unsure_len == 0);
}
