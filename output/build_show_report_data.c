/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/build_show_report.h"

#include "base/date.h"
#include "taxonomy/taxonomy.h"
#include "classify/report_text.h"
#include "output/build.h"
#include "output/report.h"
#include "output/value.h"

/* Bytes of the comment's text: [start, end]. */
static void
add_span(struct arena *arena, struct value *object, const char *key,
    const struct report_span *span)
{
	struct value *array = value_array(arena, object, key);

	value_number(arena, array, NULL, (int64_t)span->start);
	value_number(arena, array, NULL, (int64_t)span->end);
}

static const char *
or_null(const char *text)
{
	return text[0] == '\0' ? NULL : text;
}

/* "time", or "day" when no hour was told; null: unreadable. */
static void
add_time(struct arena *arena, struct value *object, int64_t time,
    bool day_only)
{
	if (day_only && time != DATE_NONE)
		value_day(arena, object, "day", date_day(time));
	else
		value_time(arena, object, "time", time);
}

static void
add_comment_number(struct arena *arena, struct value *object,
    const char *key, int64_t comment)
{
	if (comment < 0)
		value_null(arena, object, key);
	else
		value_number(arena, object, key, comment);
}

static void
add_fact(struct arena *arena, struct value *object,
    enum report_fact_kind kind, const struct report_fact *fact)
{
	value_text(arena, object, "state", report_state_name(fact->state));
	value_text(arena, object, "text", or_null(fact->text));
	if (fact->state != REPORT_GIVEN)
		return;
	switch (kind) {
	case FACT_START:
	case FACT_IDENTIFIED:
	case FACT_END:
		add_time(arena, object, fact->number, fact->day_only);
		break;
	case FACT_CERTIFICATES:
		value_number(arena, object, "number", fact->number);
		break;
	case FACT_STOPPED:
		value_bool(arena, object, "stopped", fact->number == 1);
		break;
	default:
		break;
	}
}

/* Those of a comment: what is absent without a word is left out. */
static void
add_facts(struct arena *arena, struct value *object,
    const struct report_comment *comment)
{
	struct value *facts = value_object(arena, object, "facts"), *child;
	const struct report_fact *fact;
	size_t kind;

	for (kind = 0; kind < FACT_KIND__MAX; kind++) {
		fact = &comment->facts[kind];
		if (fact->state == REPORT_ABSENT && fact->text[0] == '\0')
			continue;
		child = value_object(arena, facts,
		    report_fact_name((enum report_fact_kind)kind));
		add_fact(arena, child, (enum report_fact_kind)kind, fact);
		add_span(arena, child, "span", &fact->span);
	}
}

static void
add_sections(struct arena *arena, struct value *object,
    const struct report_comment *comment, const struct taxonomy *taxonomy)
{
	struct value *array = value_array(arena, object, "sections");
	const struct report_section *section;
	struct value *child;
	size_t i;

	for (i = 0; i < comment->section_len; i++) {
		section = &comment->sections[i];
		child = value_object(arena, array, NULL);
		value_text(arena, child, "section",
		    taxonomy->sections[section->kind].id);
		value_text(arena, child, "title", or_null(section->title));
		value_number(arena, child, "level", section->level);
		add_span(arena, child, "head", &section->head);
		add_span(arena, child, "body", &section->body);
	}
}

static void
add_timeline(struct arena *arena, struct value *object,
    const struct report_comment *comment)
{
	struct value *array = value_array(arena, object, "timeline");
	const struct report_entry *entry;
	struct value *child;
	size_t i;

	for (i = 0; i < comment->timeline_len; i++) {
		entry = &comment->timeline[i];
		child = value_object(arena, array, NULL);
		add_time(arena, child, entry->time, entry->day_only);
		if (entry->month_only)
			value_bool(arena, child, "month_only", true);
		value_text(arena, child, "text", entry->text);
		add_span(arena, child, "span", &entry->span);
	}
}

/* `said`: with the comment that said it last, else with its place. */
static void
add_actions(struct arena *arena, struct value *object,
    const struct report_action *actions, size_t len, bool said)
{
	struct value *array = value_array(arena, object, "actions"), *child;
	const struct report_action *action;
	size_t i;

	for (i = 0; i < len; i++) {
		action = &actions[i];
		child = value_object(arena, array, NULL);
		value_text(arena, child, "text", action->text);
		value_text(arena, child, "kind", or_null(action->kind));
		value_text(arena, child, "cause", or_null(action->cause));
		value_day(arena, child, "due", action->due);
		value_text(arena, child, "due_text",
		    or_null(action->due_text));
		value_text(arena, child, "state",
		    report_action_state_name(action->state));
		if (said)
			add_comment_number(arena, child, "comment",
			    action->comment);
		add_span(arena, child, "span", &action->span);
	}
}

static void
add_related(struct arena *arena, struct value *object,
    const struct report_comment *comment)
{
	struct value *array = value_array(arena, object, "related"), *child;
	const struct report_related *related;
	size_t i;

	for (i = 0; i < comment->related_len; i++) {
		related = &comment->related[i];
		child = value_object(arena, array, NULL);
		value_number(arena, child, "bug", related->bug);
		value_text(arena, child, "text", or_null(related->text));
		add_span(arena, child, "span", &related->span);
	}
}

static void
add_items(struct arena *arena, struct value *object, const char *key,
    const struct report_items *items)
{
	struct value *array = value_array(arena, object, key), *child;
	size_t i;

	for (i = 0; i < items->len; i++) {
		child = value_object(arena, array, NULL);
		value_text(arena, child, "text", items->items[i].text);
		add_span(arena, child, "span", &items->items[i].span);
	}
}

static void
add_comment(struct arena *arena, struct value *array,
    const struct report_comment *comment, const struct taxonomy *taxonomy)
{
	struct value *child = value_object(arena, array, NULL);

	add_comment_number(arena, child, "comment", comment->number);
	value_text(arena, child, "form", taxonomy->forms[comment->form].id);
	value_number(arena, child, "unread", (int64_t)comment->unread);
	add_facts(arena, child, comment);
	add_timeline(arena, child, comment);
	add_actions(arena, child, comment->actions, comment->action_len,
	    false);
	add_related(arena, child, comment);
	add_items(arena, child, "went_well", &comment->well);
	add_items(arena, child, "went_badly", &comment->badly);
	add_items(arena, child, "lucky", &comment->luck);
	add_items(arena, child, "factors", &comment->factors);
	add_items(arena, child, "findings", &comment->findings);
	add_sections(arena, child, comment, taxonomy);
}

void
build_show_facts(struct arena *arena, struct value *record,
    const struct report_text *text)
{
	struct value *facts = value_object(arena, record, "facts"), *child;
	size_t i;

	for (i = 0; i < FACT_KIND__MAX; i++) {
		child = value_object(arena, facts,
		    report_fact_name((enum report_fact_kind)i));
		add_fact(arena, child, (enum report_fact_kind)i,
		    &text->facts[i]);
		add_comment_number(arena, child, "comment",
		    text->fact_comment[i]);
	}
}

void
build_show_report_data(struct report *report, struct value *record,
    const struct build_show *from)
{
	const struct report_text *text = from->text;
	struct arena *arena = &report->arena;
	struct value *object, *child;
	size_t i;

	object = value_object(arena, record, "report");
	add_comment_number(arena, object, "main",
	    text->main == NULL ? -1 : text->main->number);
	add_comment_number(arena, object, "closure",
	    text->closure == NULL ? -1 : text->closure->number);
	build_show_facts(arena, object, text);
	add_actions(arena, object, text->actions, text->action_len, true);
	child = value_array(arena, object, "comments");
	for (i = 0; i < text->comment_len; i++)
		if (text->comments[i].form != TAX_FORM_PLAIN ||
		    text->comments[i].section_len > 0 ||
		    text->comments[i].action_len > 0)
			add_comment(arena, child, &text->comments[i],
			    from->taxonomy);
}
