/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/build_show_report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "fetch/bug.h"
#include "taxonomy/taxonomy.h"
#include "classify/report_text.h"
#include "output/build.h"
#include "output/report.h"

static const char *const fact_titles[FACT_KIND__MAX] = {
	[FACT_CCADB_ID] = "CCADB id",
	[FACT_DESCRIPTION] = "Description",
	[FACT_POLICIES] = "Policies",
	[FACT_SOURCE] = "Source of disclosure",
	[FACT_START] = "Non-compliance start",
	[FACT_IDENTIFIED] = "Identified",
	[FACT_END] = "Non-compliance end",
	[FACT_CERTIFICATES] = "Certificates",
	[FACT_CERTIFICATE_TYPES] = "Types of certificates",
	[FACT_STOPPED] = "Issuance stopped"
};

/* "2024-05-20T12:00:00Z", "2024-05-20", "2024-05" */
static void
time_text(char out[DATE_SIZE], int64_t time, bool day_only, bool month_only)
{
	if (!day_only) {
		date_format_time(time, out);
		return;
	}
	date_format_day(date_day(time), out);
	if (month_only && out[0] != '\0')
		out[sizeof("YYYY-MM") - 1] = '\0';
}

/* What a fact says, for people; in `out` where it has to be made. */
static const char *
fact_value(enum report_fact_kind kind, const struct report_fact *fact,
    char out[DATE_SIZE])
{
	if (fact->state != REPORT_GIVEN)
		return fact->text;
	switch (kind) {
	case FACT_START:
	case FACT_IDENTIFIED:
	case FACT_END:
		time_text(out, fact->number, fact->day_only, false);
		return out;
	case FACT_CERTIFICATES:
		(void)snprintf(out, DATE_SIZE, "%" PRId64, fact->number);
		return out;
	case FACT_STOPPED:
		return fact->number == 1 ? "yes" : "no";
	default:
		return fact->text;
	}
}

static void
comment_column(struct report *report, struct table *table)
{
	report_column(report, table, "comment", "Comment", true, FOR_ALL);
}

static void
comment_cell(struct report *report, struct row *row, size_t column,
    int64_t comment)
{
	char text[32];

	if (comment < 0)
		return;
	(void)snprintf(text, sizeof(text), "%" PRId64, comment);
	report_cell_text(report, row, column, text);
}

static void
show_forms(struct report *report, const struct report_text *text,
    const struct taxonomy *taxonomy)
{
	struct table *table = report_table(report, NULL);
	const struct report_comment *comment;
	struct row *row;
	size_t i;

	comment_column(report, table);
	report_column(report, table, "form", "Form", false, FOR_ALL);
	for (i = 0; i < text->comment_len; i++) {
		comment = &text->comments[i];
		if (comment->form == TAX_FORM_PLAIN)
			continue;
		row = report_row(report, table);
		comment_cell(report, row, 0, comment->number);
		report_cell_text(report, row, 1,
		    taxonomy->forms[comment->form].title);
	}
}

static void
show_facts(struct report *report, const struct report_text *text)
{
	struct table *table = report_table(report, NULL);
	const struct report_fact *fact;
	struct block *block;
	const char *between = "";
	char made[DATE_SIZE];
	struct row *row;
	size_t kind;

	report_column(report, table, "fact", "Fact", false, FOR_ALL);
	report_column(report, table, "value", "Value", false, FOR_ALL);
	report_column(report, table, "state", "State", false, FOR_ALL);
	comment_column(report, table);
	block = report_note(report);
	for (kind = 0; kind < FACT_KIND__MAX; kind++) {
		fact = &text->facts[kind];
		if (fact->state == REPORT_ABSENT) {
			report_textf(report, block, "%s%s",
			    between[0] == '\0' ? "Not told: " : between,
			    fact_titles[kind]);
			between = ", ";
			continue;
		}
		row = report_row(report, table);
		report_cell_text(report, row, 0, fact_titles[kind]);
		report_cell_text(report, row, 1,
		    fact_value((enum report_fact_kind)kind, fact, made));
		report_cell_text(report, row, 2,
		    report_state_name(fact->state));
		comment_cell(report, row, 3, text->fact_comment[kind]);
	}
	report_text(report, block, between[0] == '\0' ?
	    "All facts are told." : ".");
}

static void
show_timeline(struct report *report, const struct report_comment *comment)
{
	const struct report_entry *entry;
	struct table *table;
	char time[DATE_SIZE];
	struct row *row;
	size_t i;

	if (comment->timeline_len == 0)
		return;
	report_heading(report, 3, "Timeline (UTC)");
	table = report_table(report, NULL);
	report_column(report, table, "time", "Time", false, FOR_ALL);
	report_column(report, table, "event", "Event", false, FOR_ALL);
	for (i = 0; i < comment->timeline_len; i++) {
		entry = &comment->timeline[i];
		time_text(time, entry->time, entry->day_only,
		    entry->month_only);
		row = report_row(report, table);
		report_cell_text(report, row, 0,
		    entry->time == DATE_NONE ? "unreadable" : time);
		report_cell_text(report, row, 1, entry->text);
	}
}

static void
show_items(struct report *report, const char *title,
    const struct report_items *items)
{
	struct block *block;
	size_t i;

	if (items->len == 0)
		return;
	report_heading(report, 3, title);
	block = report_block(report, BLOCK_LIST);
	for (i = 0; i < items->len; i++) {
		report_item(report, block);
		report_text(report, block, items->items[i].text);
	}
}

static void
show_related(struct report *report, const struct report_comment *comment)
{
	struct table *table;
	struct row *row;
	size_t i;

	if (comment->related_len == 0)
		return;
	report_heading(report, 3, "Related incidents");
	table = report_table(report, NULL);
	report_column(report, table, "bug", "Bug", false, FOR_ALL);
	report_column(report, table, "said", "What is said of it", false,
	    FOR_ALL);
	for (i = 0; i < comment->related_len; i++) {
		row = report_row(report, table);
		report_cell_number(report, row, 0, CELL_BUG,
		    comment->related[i].bug);
		report_cell_text(report, row, 1, comment->related[i].text);
	}
}

/* A day that can't be read is shown as it stands. */
static void
due_cell(struct report *report, struct row *row, size_t column,
    const struct report_action *action)
{
	if (action->due == DATE_NONE)
		report_cell_text(report, row, column, action->due_text);
	else
		report_cell_number(report, row, column, CELL_DAY,
		    action->due);
}

static void
show_actions(struct report *report, const struct report_text *text)
{
	const struct report_action *action;
	struct table *table;
	struct row *row;
	size_t i;

	if (text->action_len == 0)
		return;
	report_heading(report, 3, "Action items, as last told");
	table = report_table(report, NULL);
	report_column(report, table, "action", "Action", false, FOR_ALL);
	report_column(report, table, "kind", "Kind", false, FOR_ALL);
	report_column(report, table, "due", "Due", false, FOR_ALL);
	report_column(report, table, "state", "State", false, FOR_ALL);
	comment_column(report, table);
	for (i = 0; i < text->action_len; i++) {
		action = &text->actions[i];
		row = report_row(report, table);
		report_cell_text(report, row, 0, action->text);
		report_cell_text(report, row, 1, action->kind);
		due_cell(report, row, 2, action);
		report_cell_text(report, row, 3,
		    report_action_state_name(action->state));
		comment_cell(report, row, 4, action->comment);
	}
}

/* The words of a section on one line, after its title. */
static void
show_section(struct report *report, struct block *block,
    const struct report_section *section, const char *source)
{
	struct buf words;
	size_t i;

	buf_init(&words, REPORT_MAX_COMMENT);
	for (i = section->body.start; i < section->body.end; i++)
		buf_char(&words, source[i] == '\n' ? ' ' : source[i]);
	if (words.nomem)
		report->failed = true;
	report_item(report, block);
	report_strong(report, block, section->title);
	report_text(report, block, ": ");
	report_text(report, block, buf_text(&words));
	buf_release(&words);
}

static void
show_closure(struct report *report, const struct build_show *from)
{
	const struct report_comment *closure = from->text->closure;
	const char *source;
	struct block *block;
	size_t i;

	if (closure == NULL)
		return;
	source = from->bug->comments[closure - from->text->comments].text;
	report_heading(report, 3, "Closure summary");
	block = report_block(report, BLOCK_LIST);
	for (i = 0; i < closure->section_len; i++)
		if (closure->sections[i].kind != TAX_SECTION_OTHER)
			show_section(report, block, &closure->sections[i],
			    source);
}

static void
show_sections(struct report *report, const struct report_text *text,
    const struct taxonomy *taxonomy)
{
	const struct report_comment *comment;
	const struct report_section *section;
	struct table *table;
	struct row *row;
	size_t i, n;

	report_heading(report, 3, "Sections");
	table = report_table(report, NULL);
	comment_column(report, table);
	report_column(report, table, "section", "Section", false, FOR_ALL);
	report_column(report, table, "heading", "Heading", false, FOR_ALL);
	for (i = 0; i < text->comment_len; i++) {
		comment = &text->comments[i];
		for (n = 0; n < comment->section_len; n++) {
			section = &comment->sections[n];
			row = report_row(report, table);
			comment_cell(report, row, 0, comment->number);
			report_cell_text(report, row, 1,
			    taxonomy->sections[section->kind].title);
			report_cell_text(report, row, 2, section->title);
		}
	}
}

void
build_show_report(struct report *report, const struct build_show *from)
{
	const struct report_text *text = from->text;
	const struct report_comment *main = text->main;

	if (main == NULL && text->closure == NULL && text->action_len == 0)
		return;
	report_heading(report, 2, "What the reports say");
	if (main != NULL || text->closure != NULL) {
		show_forms(report, text, from->taxonomy);
		show_facts(report, text);
	}
	if (main != NULL) {
		show_timeline(report, main);
		show_related(report, main);
		show_items(report, "Findings", &main->findings);
		show_items(report, "Contributing factors", &main->factors);
		show_items(report, "What went well", &main->well);
		show_items(report, "What did not go well", &main->badly);
		show_items(report, "Where they got lucky", &main->luck);
	}
	show_actions(report, text);
	show_closure(report, from);
	show_sections(report, text, from->taxonomy);
}
