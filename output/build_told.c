/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* What there is to tell of a bug's labels, before it gets a form. */

#include "output/build_explain.h"

#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "fetch/bug.h"
#include "taxonomy/taxonomy.h"
#include "classify/judge.h"
#include "classify/override.h"
#include "classify/similar.h"
#include "output/build.h"
#include "output/report.h"

const char *
told_source(const struct told *told)
{
	if (told->decided)
		return label_source_name(LABEL_OVERRIDE);
	return label_source_name(told->tagged ? LABEL_TAGGED :
	    LABEL_INFERRED);
}

static bool
is_decided(const struct build_explain *from, size_t category)
{
	size_t i;

	for (i = 0; from->decision != NULL &&
	    i < from->decision->category_len; i++)
		if (from->decision->categories[i] == category)
			return true;
	return false;
}

static bool
is_best(const struct verdict *verdict, const char *id)
{
	size_t i;

	for (i = 0; i < verdict->label_len; i++)
		if (strcmp(verdict->labels[i].name, id) == 0)
			return true;
	return false;
}

static bool
is_tagged(const struct verdict *verdict, size_t category)
{
	size_t i;

	for (i = 0; i < verdict->board.tag_len; i++)
		if (verdict->board.tags[i].category == category)
			return true;
	return false;
}

static bool
carries(const struct neighbour *neighbour, size_t category)
{
	size_t i;

	for (i = 0; i < neighbour->category_len; i++)
		if (neighbour->categories[i] == category)
			return true;
	return false;
}

/* What similar incidents say of the category, and which carry it. */
static void
tell_like(struct report *report, const struct build_explain *from,
    size_t category, struct told *out)
{
	const struct similar_votes *votes = from->votes;
	int64_t *bugs;
	size_t i;

	if (votes == NULL || from->judge->neighbours == NULL)
		return;
	out->like = from->judge->neighbours[category];
	bugs = arena_alloc(&report->arena, votes->len, sizeof(*bugs));
	if (bugs == NULL) {
		report->failed = true;
		return;
	}
	out->bugs = bugs;
	for (i = 0; i < votes->len; i++)
		if (carries(&votes->neighbours[i], category))
			bugs[out->bug_len++] = votes->neighbours[i].bug;
}

static void
tell(struct report *report, const struct build_explain *from,
    size_t category, struct told *out)
{
	const struct judge *judge = from->judge;
	struct evidence *evidence;

	evidence = arena_alloc(&report->arena, judge->hits.len,
	    sizeof(*evidence));
	if (evidence == NULL) {
		report->failed = true;
		return;
	}
	out->id = judge->taxonomy->categories[category].id;
	out->category = category;
	out->score = &judge->categories[category];
	out->decided = is_decided(from, category);
	out->tagged = is_tagged(from->verdict, category);
	out->inferred = out->score->given;
	out->best = is_best(from->verdict, out->id);
	out->base = judge->taxonomy->categories[category].base;
	out->evidence = evidence;
	out->evidence_len = evidence_read(judge->taxonomy, &judge->hits,
	    SIZE_MAX, category, evidence);
	tell_like(report, from, category, out);
}

/* Is `a` likelier than `b`? */
static bool
is_likelier(const struct told *a, const struct told *b)
{
	const struct score *x = a->score, *y = b->score;

	if (x->confidence != y->confidence)
		return x->confidence > y->confidence;
	return x->score - x->threshold > y->score - y->threshold;
}

/* Keep it among the nearest, which are in order, if it belongs there. */
static void
keep_nearest(struct told_list *list, const struct told *told)
{
	size_t at;

	if (list->nearest_len < TOLD_NEAREST)
		list->nearest_len++;
	else if (!is_likelier(told, &list->nearest[TOLD_NEAREST - 1]))
		return;
	for (at = list->nearest_len - 1; at > 0 &&
	    is_likelier(told, &list->nearest[at - 1]); at--)
		list->nearest[at] = list->nearest[at - 1];
	list->nearest[at] = *told;
}

static void
tell_cause(struct report *report, const struct judge *judge,
    const struct tax_scheme *scheme, size_t row, struct told *out)
{
	size_t index = (size_t)(scheme - judge->taxonomy->schemes);
	struct evidence *evidence;

	evidence = arena_alloc(&report->arena, judge->report_hits.len,
	    sizeof(*evidence));
	if (evidence == NULL) {
		report->failed = true;
		return;
	}
	out->id = scheme->rows[row].id;
	out->category = row;
	out->score = &judge_scores(judge, scheme)[row];
	out->inferred = out->best = true;
	out->base = scheme->rows[row].base;
	out->evidence = evidence;
	out->evidence_len = evidence_read(judge->taxonomy,
	    &judge->report_hits, index, row, evidence);
}

static void
tell_causes(struct report *report, const struct build_explain *from,
    struct told_list *list)
{
	const struct tax_scheme *scheme =
	    taxonomy_causes(from->judge->taxonomy);
	const struct verdict_rows *rows = verdict_rows(from->verdict, scheme);
	size_t i;

	if (rows == NULL)
		return;
	list->causes = arena_alloc(&report->arena, rows->len,
	    sizeof(*list->causes));
	if (list->causes == NULL) {
		report->failed = true;
		return;
	}
	for (i = 0; i < rows->len && !report->failed; i++)
		tell_cause(report, from->judge, scheme, rows->rows[i],
		    &list->causes[list->cause_len++]);
}

void
told_read(struct report *report, const struct build_explain *from,
    struct told_list *list)
{
	const struct taxonomy *taxonomy = from->judge->taxonomy;
	const struct whiteboard *board = &from->verdict->board;
	struct told told;
	size_t i;

	memset(list, 0, sizeof(*list));
	list->labels = arena_alloc(&report->arena, taxonomy->category_len +
	    board->tag_len, sizeof(*list->labels));
	list->nearest = arena_alloc(&report->arena, TOLD_NEAREST,
	    sizeof(*list->nearest));
	if (list->labels == NULL || list->nearest == NULL) {
		report->failed = true;
		return;
	}
	for (i = 0; i < taxonomy->category_len && !report->failed; i++) {
		memset(&told, 0, sizeof(told));
		tell(report, from, i, &told);
		if (told.decided || told.tagged || told.inferred)
			list->labels[list->label_len++] = told;
		else if (!report->failed)
			keep_nearest(list, &told);
	}
	for (i = 0; i < board->tag_len; i++) {
		if (board->tags[i].category != SIZE_MAX)
			continue;
		memset(&told, 0, sizeof(told));
		told.id = board->tags[i].name;
		told.category = SIZE_MAX;
		told.tagged = true;
		told.best = is_best(from->verdict, told.id);
		list->labels[list->label_len++] = told;
	}
	tell_causes(report, from, list);
}

/* "the rules give the same", or which they give. */
static void
compare(const struct build_explain *from, struct buf *out)
{
	const struct judge *judge = from->judge;
	bool same = true;
	size_t i, given = 0;

	for (i = 0; i < judge->taxonomy->category_len; i++) {
		given += judge->categories[i].given;
		if (judge->categories[i].given !=
		    is_best(from->verdict, judge->taxonomy->categories[i].id))
			same = false;
	}
	if (given == 0) {
		buf_str(out, "The rules give none.");
		return;
	}
	/* An unknown tag is nothing that rules could give. */
	if (same && given == from->verdict->label_len) {
		buf_str(out, "The rules give the same.");
		return;
	}
	buf_str(out, "The rules give ");
	for (i = 0; i < judge->taxonomy->category_len; i++)
		if (judge->categories[i].given)
			buf_fmt(out, "%s%s", judge->taxonomy->categories[i].id,
			    --given > 0 ? ", " : ".");
}

static void
say_decision(const struct build_explain *from, struct buf *out)
{
	const struct override *decision = from->decision;
	char day[DATE_SIZE];

	buf_fmt(out, "%s decided it on %s", decision->who,
	    date_format_day(decision->when, day));
	if (decision->why[0] != '\0')
		buf_fmt(out, " (%s)", decision->why);
	buf_str(out, "; that comes before tags and rules. ");
	if (from->stale)
		buf_fmt(out, "The bug changed after that, on %s. ",
		    date_format_day(date_day(from->bug->num[BUG_CHANGED]),
		    day));
	compare(from, out);
}

const char *
told_why(struct report *report, const struct build_explain *from)
{
	const struct verdict *verdict = from->verdict;
	const char *text;
	struct buf buf;

	buf_init(&buf, REPORT_MAX_BYTES);
	if (verdict->source == LABEL_OVERRIDE && from->decision != NULL) {
		say_decision(from, &buf);
	} else if (verdict->source == LABEL_TAGGED) {
		buf_str(&buf, "The whiteboard has tags, and they come before "
		    "the rules. ");
		compare(from, &buf);
	} else {
		buf_str(&buf, "No tag names a category, so the rules decide.");
		if (verdict->label_len == 0)
			buf_str(&buf, " They give none.");
		else if (verdict->labels[0].fallback)
			buf_str(&buf, " No score reaches its threshold: this "
			    "is the likeliest, and far from sure.");
	}
	if (buf.full || buf.nomem)
		report->failed = true;
	text = arena_copy(&report->arena, buf_text(&buf), buf.len);
	buf_release(&buf);
	return text != NULL ? text : "";
}
