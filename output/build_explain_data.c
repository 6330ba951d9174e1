/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/build_explain.h"

#include <inttypes.h>

#include "base/buf.h"
#include "base/mem.h"
#include "fetch/bug.h"
#include "taxonomy/taxonomy.h"
#include "classify/judge.h"
#include "classify/override.h"
#include "output/build.h"
#include "output/build_common.h"
#include "output/report.h"
#include "output/value.h"

static void
add_confidence(struct arena *arena, struct value *object,
    const struct score *score)
{
	if (score == NULL || score->confidence < 0)
		value_null(arena, object, "confidence");
	else
		value_thousandths(arena, object, "confidence",
		    score->confidence);
}

static void
add_score(struct arena *arena, struct value *object,
    const struct score *score)
{
	if (score == NULL) {
		value_null(arena, object, "score");
		value_null(arena, object, "threshold");
		return;
	}
	value_thousandths(arena, object, "score", score->score);
	value_thousandths(arena, object, "threshold", score->threshold);
}

static void
add_evidence(struct report *report, const struct build_explain *from,
    struct value *array, const struct evidence *evidence)
{
	struct arena *arena = &report->arena;
	struct value *object = value_object(arena, array, NULL);
	const struct rule_hit *hit = evidence->hit;
	enum evidence_place place = evidence_place(evidence->rule);
	const char *text;
	size_t len;

	value_text(arena, object, "rule", evidence->rule->id);
	value_text(arena, object, "field", evidence_place_name(place));
	value_thousandths(arena, object, "weight", evidence->weight);
	value_number(arena, object, "start", (int64_t)hit->start);
	value_number(arena, object, "end", (int64_t)hit->end);
	text = evidence_text(from->bug, &from->verdict->owner,
	    from->judge->taxonomy, hit, &len);
	if (text != NULL)
		text = arena_copy(arena, text + hit->start,
		    hit->end - hit->start);
	value_text(arena, object, "text", text);
	if (place == EVIDENCE_COMMENT)
		value_number(arena, object, "comment", hit->comment);
	else
		value_null(arena, object, "comment");
}

/* Similar incidents are one more rule, whose words are bug numbers. */
static void
add_like(struct report *report, struct value *array,
    const struct told *told)
{
	struct arena *arena = &report->arena;
	struct value *object;
	struct buf text;
	size_t i;

	if (told->like == 0)
		return;
	object = value_object(arena, array, NULL);
	buf_init(&text, REPORT_MAX_BYTES);
	for (i = 0; i < told->bug_len; i++)
		buf_fmt(&text, "%s%" PRId64, i > 0 ? ", " : "",
		    told->bugs[i]);
	if (text.full || text.nomem)
		report->failed = true;
	value_text(arena, object, "rule", "similar");
	value_text(arena, object, "field", "similar");
	value_thousandths(arena, object, "weight", told->like);
	value_null(arena, object, "start");
	value_null(arena, object, "end");
	value_text(arena, object, "text", buf_text(&text));
	value_null(arena, object, "comment");
	buf_release(&text);
}

static void
add_label(struct report *report, const struct build_explain *from,
    struct value *labels, const struct told *told)
{
	struct arena *arena = &report->arena;
	struct value *object = value_object(arena, labels, NULL), *array;
	size_t i;

	value_text(arena, object, "id", told->id);
	value_text(arena, object, "source", told_source(told));
	add_score(arena, object, told->score);
	array = value_array(arena, object, "evidence");
	for (i = 0; i < told->evidence_len; i++)
		add_evidence(report, from, array, &told->evidence[i]);
	add_like(report, array, told);
	add_confidence(arena, object, told->score);
	value_thousandths(arena, object, "base", told->base);
	value_bool(arena, object, "decided", told->decided);
	value_bool(arena, object, "tagged", told->tagged);
	value_bool(arena, object, "inferred", told->inferred);
	value_bool(arena, object, "fallback", told->score != NULL &&
	    told->score->fallback);
	value_bool(arena, object, "best", told->best);
}

static void
add_best(struct report *report, const struct build_explain *from,
    struct value *object)
{
	struct arena *arena = &report->arena;
	struct value *best = value_object(arena, object, "best"), *array;
	const struct verdict *verdict = from->verdict;
	size_t i;

	value_text(arena, best, "source",
	    label_source_name(verdict->source));
	array = value_array(arena, best, "labels");
	for (i = 0; i < verdict->label_len; i++)
		value_text(arena, array, NULL, verdict->labels[i].name);
	value_text(arena, best, "why", told_why(report, from));
}

static void
add_decision(struct arena *arena, struct value *object,
    const struct build_explain *from)
{
	struct value *child;

	if (from->decision == NULL) {
		value_null(arena, object, "decision");
		return;
	}
	child = value_object(arena, object, "decision");
	value_text(arena, child, "who", from->decision->who);
	value_day(arena, child, "when", from->decision->when);
	value_text(arena, child, "why", from->decision->why);
	value_bool(arena, child, "stale", from->stale);
}

void
build_explain_data(struct report *report, const struct build_explain *from,
    const struct told_list *list)
{
	struct arena *arena = &report->arena;
	struct value *object, *array, *child;
	size_t i;

	if (report->records == NULL)
		report->records = value_array_new(arena);
	object = value_object(arena, report->records, NULL);
	value_number(arena, object, "id", from->bug->id);
	array = value_array(arena, object, "labels");
	for (i = 0; i < list->label_len; i++)
		add_label(report, from, array, &list->labels[i]);
	add_best(report, from, object);
	add_decision(arena, object, from);
	array = value_array(arena, object, "nearest");
	for (i = 0; i < list->nearest_len; i++) {
		child = value_object(arena, array, NULL);
		value_text(arena, child, "id", list->nearest[i].id);
		add_score(arena, child, list->nearest[i].score);
		add_confidence(arena, child, list->nearest[i].score);
	}
	array = value_array(arena, object, "causes");
	for (i = 0; i < list->cause_len; i++)
		add_label(report, from, array, &list->causes[i]);
	value_text(arena, object, "summary", from->bug->text[BUG_SUMMARY]);
	build_past_record(report, object, from->past);
	/* A single bug stands for itself, several make an array. */
	if (report->records != NULL &&
	    report->records->first == report->records->last)
		report->data = report->records->first;
	else
		report->data = report->records;
}
