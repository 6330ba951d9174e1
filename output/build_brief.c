/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* The briefing: its sections, one after the other. */

#include "output/build.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "taxonomy/taxonomy.h"
#include "classify/lessons.h"
#include "classify/select.h"
#include "classify/tally.h"
#include "output/build_brief.h"
#include "output/build_common.h"
#include "output/build_lessons.h"
#include "output/report.h"

enum {
	CLAUSES = 3,	/* of a sentence */
	TEXT = 160	/* bytes of a caption or a count */
};

static const char *const section_names[BRIEF_SECTION__MAX] = {
	[BRIEF_OPEN] = "open",
	[BRIEF_COUNTS] = "counts",
	[BRIEF_TYPES] = "types",
	[BRIEF_CHARTS] = "charts",
	[BRIEF_THEMES] = "themes",
	[BRIEF_RECOMMENDATIONS] = "recommendations",
	[BRIEF_INCLUSIONS] = "inclusions"
};

const char *
brief_section_name(enum brief_section section)
{
	return section_names[section];
}

bool
brief_section_by_name(const char *name, size_t len, enum brief_section *out)
{
	size_t i;

	for (i = 0; i < BRIEF_SECTION__MAX; i++)
		if (strlen(section_names[i]) == len &&
		    memcmp(section_names[i], name, len) == 0) {
			*out = (enum brief_section)i;
			return true;
		}
	return false;
}

/* "12 incidents", linked to them. */
static void
say_incidents(struct report *report, struct block *block,
    const struct build_bugs *bugs, const char *one, const char *many)
{
	char text[TEXT];

	(void)snprintf(text, sizeof(text), "%zu %s", bugs->len,
	    build_plural((int64_t)bugs->len, one, many));
	report_bugs(report, block, text, bugs->bugs, bugs->len);
}

static void
say_open(struct report *report, const struct build_brief *from)
{
	struct block *block = report_block(report, BLOCK_PARAGRAPH);

	build_day(report, block, "At the end of ", from->open_day);
	report_text(report, block, ", ");
	say_incidents(report, block, &from->open, "CA incident was open",
	    "CA incidents were open");
	if (from->closing.len > 0) {
		report_text(report, block, "; ");
		say_incidents(report, block, &from->closing,
		    "of them was announced to be closed",
		    "of them were announced to be closed");
	}
	report_text(report, block, ".");
}

/* What the sections below are drawn from. */
static void
say_window(struct report *report, const struct build_brief *from)
{
	struct block *block = report_block(report, BLOCK_PARAGRAPH);
	const struct tally *tally = from->tally;

	report_textf(report, block, "%zu CA %s", tally->incidents,
	    build_plural((int64_t)tally->incidents, "incident",
	    "incidents"));
	build_cohort(report, block, from->selection, tally->incidents == 1);
	report_text(report, block, build_plural((int64_t)tally->incidents,
	    " is", " are"));
	report_textf(report, block, " sorted here%s.",
	    tally->assignments > tally->incidents ?
	    "; one can have several labels" : "");
	build_filters(report, block, from->selection);
}

static void
say_counts(struct report *report, const struct build_brief *from)
{
	const struct tally *tally = from->tally;
	const struct tally_row *tally_row;
	struct table *table;
	struct row *row;
	size_t i;

	table = report_table(report, NULL);
	report_column(report, table, "id", "Id", false, FOR_PROGRAMS);
	report_column(report, table, "title", tally->scheme->heading, false,
	    FOR_ALL);
	report_column(report, table, "count", "Count", true, FOR_ALL);
	report_column(report, table, "bugs", "Bugs", false, FOR_PROGRAMS);
	for (i = 0; i < tally->row_len; i++) {
		tally_row = &tally->rows[i];
		/* Nothing is uncategorized as a rule; briefings say so only
		 * when something is. */
		if (i == tally->scheme->residual && tally_row->bug_len == 0)
			continue;
		row = report_row(report, table);
		report_cell_text(report, row, 0, tally_row->id);
		report_cell_text(report, row, 1, tally_row->title);
		report_cell_bugs(report, row, 2, CELL_COUNT,
		    (int64_t)tally_row->bug_len, tally_row->bugs,
		    tally_row->bug_len);
		report_cell_bugs(report, row, 3, CELL_BUGS, 0,
		    tally_row->bugs, tally_row->bug_len);
	}
	row = report_total(report, table);
	report_cell_text(report, row, 1, "Labels");
	report_cell_number(report, row, 2, CELL_COUNT,
	    (int64_t)tally->assignments);
	row = report_total(report, table);
	report_cell_text(report, row, 1, "Incidents");
	report_cell_number(report, row, 2, CELL_COUNT,
	    (int64_t)tally->incidents);
}

/* "Type (n): ..." */
static void
say_type(struct report *report, const struct lessons *lessons,
    const struct lesson_theme *type)
{
	struct block *block = report_block(report, BLOCK_PARAGRAPH);
	char text[TEXT];
	size_t part, len;

	(void)snprintf(text, sizeof(text), "%s (%zu):",
	    lessons->groups->rows[type->row].title, type->bug_len);
	report_strong(report, block, text);
	report_text(report, block, " ");
	if (type->owner_len > 0)
		build_lessons_owners(report, block, type);
	else
		report_text(report, block, "no owner is named");
	report_text(report, block, ".");
	for (part = TAX_PART_OBSERVED; part <= TAX_PART_CAUSE; part++) {
		len = type->facet_len[part];
		if (len == 0)
			continue;
		report_text(report, block, " ");
		build_lessons_sentence(report, block, lessons->taxonomy,
		    part == TAX_PART_CAUSE ? "Causes that were named: " : "",
		    type->facets[part], len < CLAUSES ? len : CLAUSES);
	}
}

static void
say_types(struct report *report, const struct build_brief *from)
{
	const struct lessons *lessons = from->lessons;
	size_t i;

	for (i = 0; i < lessons->theme_len; i++)
		if (lessons->themes[i].bug_len > 0)
			say_type(report, lessons, &lessons->themes[i]);
}

static void
say_themes(struct report *report, const struct build_brief *from)
{
	struct build_lessons lessons;
	size_t i;

	lessons.lessons = from->lessons;
	lessons.selection = from->selection;
	lessons.compared = from->compared;
	lessons.before = from->before;
	lessons.table = false;
	for (i = 0; i < from->lessons->theme_len; i++)
		if (i != from->lessons->groups->residual ||
		    from->lessons->themes[i].bug_len > 0)
			build_lessons_theme(report, &lessons,
			    &from->lessons->themes[i]);
}

static void
say_section(struct report *report, const struct build_brief *from,
    enum brief_section section)
{
	switch (section) {
	case BRIEF_OPEN:
		say_open(report, from);
		break;
	case BRIEF_COUNTS:
		report_heading(report, 2, from->tally->scheme->title);
		say_window(report, from);
		say_counts(report, from);
		break;
	case BRIEF_TYPES:
		say_types(report, from);
		break;
	case BRIEF_CHARTS:
		build_brief_charts(report, from);
		break;
	case BRIEF_THEMES:
		say_themes(report, from);
		break;
	case BRIEF_RECOMMENDATIONS:
		build_lessons_recommendations(report, from->lessons);
		break;
	case BRIEF_INCLUSIONS:
		report_heading(report, 2, "CA Inclusion Requests");
		build_inclusion_counts(report, from->inclusions);
		break;
	case BRIEF_SECTION__MAX:
		break;
	}
}

void
build_brief(struct report *report, const struct build_brief *from,
    const struct build_source *source)
{
	size_t i;

	report_heading(report, 1, report->title);
	report_summary(report, "%zu open, %zu sorted into %zu %s",
	    from->open.len, from->tally->incidents,
	    from->tally->assignments, build_plural(
	    (int64_t)from->tally->assignments, "label", "labels"));
	if (from->author != NULL)
		report_text(report, report_block(report, BLOCK_PARAGRAPH),
		    from->author);
	for (i = 0; i < from->section_len; i++)
		say_section(report, from, from->sections[i]);
	build_brief_data(report, from);
	build_left_out(report, from->tally->left_out);
	build_past(report, source);
	build_past_data(report, source);
	build_source_line(report, source);
}
