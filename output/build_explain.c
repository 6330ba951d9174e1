/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/build_explain.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "fetch/bug.h"
#include "taxonomy/taxonomy.h"
#include "classify/judge.h"
#include "output/build.h"
#include "output/build_common.h"
#include "output/build_marks.h"
#include "output/report.h"

enum {
	WORDS_SHOWN = 60	/* bytes of matched words in a table */
};

/* What a table is of. */
enum shown {
	SHOWN_GIVEN,
	SHOWN_NEAREST,
	SHOWN_CAUSES
};

/* "decision, tag, rules"; of rules below the threshold, "likeliest". */
static void
cell_from(struct report *report, struct row *row, size_t column,
    const struct told *told)
{
	char text[64];

	snprintf(text, sizeof(text), "%s%s%s%s%s",
	    told->decided ? "decision" : "",
	    told->decided && (told->tagged || told->inferred) ? ", " : "",
	    told->tagged ? "tag" : "",
	    told->tagged && told->inferred ? ", " : "",
	    !told->inferred ? "" :
	    told->score->fallback ? "likeliest" : "rules");
	report_cell_text(report, row, column, text);
}

/* A table of labels, of those that came near, or of causes. */
static void
show_labels(struct report *report, const struct told *labels, size_t len,
    enum shown shown)
{
	struct table *table = report_table(report, NULL);
	struct row *row;
	size_t i, column;

	report_column(report, table, "label",
	    shown == SHOWN_CAUSES ? "Cause" : "Label", false, FOR_ALL);
	if (shown != SHOWN_NEAREST)
		report_column(report, table, "from", "From", false, FOR_ALL);
	if (shown == SHOWN_GIVEN)
		report_column(report, table, "best", "Best", false, FOR_ALL);
	report_column(report, table, "score", "Score", true, FOR_ALL);
	report_column(report, table, "threshold", "Threshold", true,
	    FOR_ALL);
	report_column(report, table, "confidence", "Confidence", true,
	    FOR_ALL);
	for (i = 0; i < len; i++) {
		row = report_row(report, table);
		report_cell_text(report, row, 0, labels[i].id);
		column = 1;
		if (shown != SHOWN_NEAREST)
			cell_from(report, row, column++, &labels[i]);
		if (shown == SHOWN_GIVEN)
			report_cell_text(report, row, column++,
			    labels[i].best ? "yes" : "no");
		if (labels[i].score == NULL)
			continue;
		report_cell_number(report, row, column++, CELL_THOUSANDTHS,
		    labels[i].score->score);
		report_cell_number(report, row, column++, CELL_THOUSANDTHS,
		    labels[i].score->threshold);
		if (labels[i].score->confidence >= 0)
			report_cell_number(report, row, column,
			    CELL_THOUSANDTHS, labels[i].score->confidence);
	}
}

/* What the marks in a bug's texts are of, and what is made of them. */
struct marking {
	struct report *report;
	const struct build_explain *from;
	const struct told *told;	/* labels, or causes */
	size_t told_len;
	int level;			/* of headings */
	struct mark *marks;		/* room for all */
};

/* The marks of the evidence in one place; how many. */
static size_t
find_marks(const struct marking *marking, enum evidence_place place,
    int64_t comment)
{
	const struct evidence *evidence;
	struct mark *marks = marking->marks;
	size_t i, j, len = 0;

	for (i = 0; i < marking->told_len; i++)
		for (j = 0; j < marking->told[i].evidence_len; j++) {
			evidence = &marking->told[i].evidence[j];
			if (evidence_place(evidence->rule) != place ||
			    (place == EVIDENCE_COMMENT &&
			    evidence->hit->comment != comment) ||
			    evidence->hit->start >= evidence->hit->end)
				continue;
			marks[len].start = evidence->hit->start;
			marks[len++].end = evidence->hit->end;
		}
	return len;
}

/* Beside others, the mark of a whole title would tell nothing: that is how
 * a rule shows which only asks when a bug was filed. */
static size_t
drop_whole(struct mark *marks, size_t len, size_t start, size_t end)
{
	size_t i, kept = 0;

	for (i = 0; i < len; i++)
		if (marks[i].start > start || marks[i].end < end)
			marks[kept++] = marks[i];
	return kept;
}

static void
show_place(const struct marking *marking, const char *title,
    const char *text, size_t len, size_t mark_len)
{
	struct mark *marks = marking->marks;
	size_t i, kept = 0;

	/* A comment may be shorter than it was when it was judged. */
	for (i = 0; i < mark_len; i++)
		if (marks[i].end <= len)
			marks[kept++] = marks[i];
	if (kept == 0)
		return;
	report_heading(marking->report, marking->level, title);
	build_marked(marking->report, text, len, marks, kept);
}

/* The marks of the tags, behind `len` others; how many there are then. */
static size_t
mark_tags(const struct marking *marking, size_t len)
{
	const struct whiteboard *board = &marking->from->verdict->board;
	size_t i;

	for (i = 0; i < board->tag_len; i++, len++) {
		marking->marks[len].start = board->tags[i].start;
		marking->marks[len].end = board->tags[i].start +
		    board->tags[i].len;
	}
	return len;
}

/* The bug's lines with the evidence marked; beside that of labels, tags. */
static void
show_places(struct report *report, const struct build_explain *from,
    const struct told *told, size_t told_len, bool causes)
{
	struct marking marking = { report, from, told, told_len,
	    causes ? 3 : 2, NULL };
	const struct verdict *verdict = from->verdict;
	const struct bug *bug = from->bug;
	size_t i, len, room = verdict->board.tag_len;
	char title[32];

	for (i = 0; i < told_len; i++)
		room += told[i].evidence_len;
	marking.marks = arena_alloc(&report->arena, room,
	    sizeof(*marking.marks));
	if (marking.marks == NULL) {
		report->failed = true;
		return;
	}
	len = find_marks(&marking, EVIDENCE_SUMMARY, 0);
	len = drop_whole(marking.marks, len, verdict->owner.rest,
	    strlen(bug->text[BUG_SUMMARY]));
	show_place(&marking, "Summary", bug->text[BUG_SUMMARY],
	    strlen(bug->text[BUG_SUMMARY]), len);
	len = find_marks(&marking, EVIDENCE_WHITEBOARD, 0);
	if (!causes)
		len = mark_tags(&marking, len);
	show_place(&marking, "Whiteboard", bug->text[BUG_WHITEBOARD],
	    strlen(bug->text[BUG_WHITEBOARD]), len);
	for (i = 0; i < bug->comment_len; i++) {
		len = find_marks(&marking, EVIDENCE_COMMENT,
		    bug->comments[i].number);
		snprintf(title, sizeof(title), "Comment %" PRId64,
		    bug->comments[i].number);
		show_place(&marking, title, bug->comments[i].text,
		    bug->comments[i].text_len, len);
	}
}

/* The words of a hit, cut to what a table can take. */
static void
cell_words(struct report *report, struct row *row, size_t column,
    const struct build_explain *from, const struct rule_hit *hit)
{
	size_t len, shown;
	char words[WORDS_SHOWN + 4];
	const char *text = evidence_text(from->bug, &from->verdict->owner,
	    from->judge->taxonomy, hit, &len);

	if (text == NULL)
		return;
	len = hit->end - hit->start;
	shown = text_cut(text + hit->start, len, WORDS_SHOWN);
	snprintf(words, sizeof(words), "%.*s%s", (int)shown,
	    text + hit->start, shown < len ? "..." : "");
	report_cell_text(report, row, column, words);
}

static void
cell_place(struct report *report, struct row *row, size_t column,
    const struct evidence *evidence)
{
	enum evidence_place place = evidence_place(evidence->rule);
	char text[64];

	if (place == EVIDENCE_COMMENT)
		snprintf(text, sizeof(text), "%s %" PRId64,
		    evidence_place_name(place), evidence->hit->comment);
	else
		snprintf(text, sizeof(text), "%s",
		    evidence_place_name(place));
	report_cell_text(report, row, column, text);
	snprintf(text, sizeof(text), "%zu-%zu", evidence->hit->start,
	    evidence->hit->end);
	report_cell_text(report, row, column + 1, text);
}

static void
show_evidence(struct report *report, const struct build_explain *from,
    const struct told *told, int level)
{
	struct table *table;
	struct row *row;
	size_t i;

	report_heading(report, level, told->id);
	if (told->category == SIZE_MAX) {
		report_text(report, report_block(report, BLOCK_PARAGRAPH),
		    "A tag that the taxonomy does not know: no rule can "
		    "speak for it.");
		return;
	}
	if (told->evidence_len == 0 && told->like == 0) {
		report_text(report, report_block(report, BLOCK_PARAGRAPH),
		    "No rule speaks for it or against it.");
		return;
	}
	table = report_table(report, NULL);
	report_column(report, table, "rule", "Rule", false, FOR_ALL);
	report_column(report, table, "weight", "Weight", true, FOR_ALL);
	report_column(report, table, "place", "Place", false, FOR_ALL);
	report_column(report, table, "bytes", "Bytes", false, FOR_ALL);
	report_column(report, table, "words", "Words", false, FOR_ALL);
	for (i = 0; i < told->evidence_len; i++) {
		row = report_row(report, table);
		report_cell_text(report, row, 0, told->evidence[i].rule->id);
		report_cell_number(report, row, 1, CELL_THOUSANDTHS,
		    told->evidence[i].weight);
		cell_place(report, row, 2, &told->evidence[i]);
		cell_words(report, row, 4, from, told->evidence[i].hit);
	}
	if (told->like != 0) {
		row = report_row(report, table);
		report_cell_text(report, row, 0, "(similar incidents)");
		report_cell_number(report, row, 1, CELL_THOUSANDTHS,
		    told->like);
		report_cell_bugs(report, row, 4, CELL_BUGS, 0, told->bugs,
		    told->bug_len);
	}
	if (told->base != 0) {
		row = report_row(report, table);
		report_cell_text(report, row, 0, "(where it begins)");
		report_cell_number(report, row, 1, CELL_THOUSANDTHS,
		    told->base);
	}
}

static void
show_causes(struct report *report, const struct build_explain *from,
    const struct told_list *list)
{
	size_t i;

	report_heading(report, 2, "Causes");
	if (list->cause_len == 0) {
		report_text(report, report_block(report, BLOCK_PARAGRAPH),
		    "The rules find no cause in its reports.");
		return;
	}
	show_labels(report, list->causes, list->cause_len, SHOWN_CAUSES);
	show_places(report, from, list->causes, list->cause_len, true);
	for (i = 0; i < list->cause_len; i++)
		show_evidence(report, from, &list->causes[i], 3);
}

void
build_explain(struct report *report, const struct build_explain *from)
{
	struct told_list list;
	struct block *block;
	size_t i;
	char title[32];

	told_read(report, from, &list);
	if (report->failed)
		return;
	snprintf(title, sizeof(title), "Bug %" PRId64, from->bug->id);
	report_heading(report, 1, title);
	report_quote(report, from->bug->text[BUG_SUMMARY]);
	build_past_one(report, from->past);
	block = report_block(report, BLOCK_PARAGRAPH);
	report_text(report, block, told_why(report, from));
	show_labels(report, list.labels, list.label_len, SHOWN_GIVEN);
	show_places(report, from, list.labels, list.label_len, false);
	for (i = 0; i < list.label_len; i++)
		show_evidence(report, from, &list.labels[i], 2);
	if (list.nearest_len > 0) {
		report_heading(report, 2, "Not given, and nearest to it");
		show_labels(report, list.nearest, list.nearest_len,
		    SHOWN_NEAREST);
	}
	if (taxonomy_causes(from->judge->taxonomy) != NULL)
		show_causes(report, from, &list);
	build_explain_data(report, from, &list);
	build_summary_bug(report, from->bug->id);
}
