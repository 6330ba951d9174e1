/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Lessons Learned in words. */

#include "output/build.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "taxonomy/taxonomy.h"
#include "classify/lessons.h"
#include "classify/select.h"
#include "output/build_common.h"
#include "output/build_lessons.h"
#include "output/report.h"

enum {
	OWNERS_NAMED = 6,	/* of a theme, "and others" */
	CLAUSES = 3,		/* of a sentence */
	ADVICE = 5,		/* of a theme */
	PHRASE = 600		/* bytes of a phrase that is begun anew */
};

static const struct {
	const char *heading;
	const char *lead;	/* before the first clause */
	const char *none;	/* when no report tells of it */
} parts[TAX_PART__MAX] = {
	[TAX_PART_OBSERVED] = { "Issues Observed", "",
	    "Summaries and reports, as far as they are stored, name no issue "
	    "that the taxonomy knows." },
	[TAX_PART_CAUSE] = { "Root Causes", "",
	    "The reports, as far as they are stored, name no cause that the "
	    "taxonomy knows." },
	[TAX_PART_MEASURE] = { "Corrective Measures and Lessons Learned",
	    "The CAs announced or reported: ",
	    "The reports, as far as they are stored, name no measure that "
	    "the taxonomy knows." }
};

/* The phrase of a facet as the beginning of a sentence. */
static const char *
begun(const char *phrase, char out[PHRASE])
{
	(void)snprintf(out, PHRASE, "%s", phrase);
	if (out[0] >= 'a' && out[0] <= 'z')
		out[0] = (char)(out[0] - 'a' + 'A');
	return out;
}

static void
say_count(struct report *report, struct block *block,
    const struct lesson_facet *facet)
{
	char count[32];

	(void)snprintf(count, sizeof(count), "%zu", facet->bug_len);
	report_text(report, block, " (");
	report_bugs(report, block, count, facet->bugs, facet->bug_len);
	report_text(report, block, ")");
}

void
build_lessons_sentence(struct report *report, struct block *block,
    const struct taxonomy *taxonomy, const char *lead,
    const struct lesson_facet *facets, size_t len)
{
	char phrase[PHRASE];
	size_t i;

	report_text(report, block, lead);
	for (i = 0; i < len; i++) {
		if (i > 0)
			report_text(report, block, i + 1 == len ? ", and " :
			    ", ");
		report_text(report, block, i == 0 && lead[0] == '\0' ?
		    begun(taxonomy->facets[facets[i].facet].phrase, phrase) :
		    taxonomy->facets[facets[i].facet].phrase);
		say_count(report, block, &facets[i]);
	}
	report_text(report, block, ".");
}

static void
say_part(struct report *report, const struct lessons *lessons,
    const struct lesson_theme *theme, enum tax_part part)
{
	const struct lesson_facet *facets = theme->facets[part];
	size_t len = theme->facet_len[part], i, take;
	struct block *block;

	report_heading(report, 3, parts[part].heading);
	block = report_block(report, BLOCK_PARAGRAPH);
	if (len == 0)
		report_text(report, block, parts[part].none);
	for (i = 0; i < len; i += take) {
		take = len - i < CLAUSES ? len - i : CLAUSES;
		/* No sentence of one clause at the end of longer ones. */
		if (len - i == CLAUSES + 1)
			take = 2;
		if (i > 0)
			report_text(report, block, " ");
		build_lessons_sentence(report, block, lessons->taxonomy,
		    i == 0 ? parts[part].lead : "", &facets[i], take);
	}
}

/* What to do about the issues and causes that came most often. */
static void
say_advice(struct report *report, const struct lessons *lessons,
    const struct lesson_theme *theme)
{
	const struct lesson_facet *best, *facet;
	struct block *block = NULL;
	size_t at[2] = { 0, 0 }, said, part;
	const struct tax_facet *about;

	for (said = 0; said < ADVICE;) {
		best = NULL;
		for (part = TAX_PART_OBSERVED; part <= TAX_PART_CAUSE;
		    part++) {
			if (at[part] == theme->facet_len[part])
				continue;
			facet = &theme->facets[part][at[part]];
			if (best == NULL || facet->bug_len > best->bug_len)
				best = facet;
		}
		if (best == NULL)
			break;
		about = &lessons->taxonomy->facets[best->facet];
		at[about->part]++;
		if (about->advice == NULL)
			continue;
		if (block == NULL)
			block = report_block(report, BLOCK_LIST);
		report_item(report, block);
		report_strong(report, block, about->problem);
		say_count(report, block, best);
		report_textf(report, block, ": %s", about->advice);
		said++;
	}
}

static void
say_quotes(struct report *report, const struct lesson_theme *theme)
{
	const struct lesson_words *quote;
	struct block *block = NULL;
	size_t i, said = 0;
	char name[32];

	for (i = 0; i < theme->quote_len && said < LESSONS_QUOTES; i++) {
		quote = &theme->quotes[i];
		if (quote->text == NULL)
			continue;
		if (block == NULL) {
			report_heading(report, 3, "From the Reports");
			block = report_block(report, BLOCK_LIST);
		}
		report_item(report, block);
		(void)snprintf(name, sizeof(name), "bug %" PRId64,
		    quote->bug);
		report_textf(report, block, "\xe2\x80\x9c%s\xe2\x80\x9d (",
		    quote->text);
		report_bugs(report, block, name, &quote->bug, 1);
		report_textf(report, block, ", comment %" PRId64 ")",
		    quote->comment);
		said++;
	}
}

/* The facets that the window before did not have. */
static void
say_new(struct report *report, const struct build_lessons *from,
    const struct lesson_theme *theme)
{
	const struct taxonomy *taxonomy = from->lessons->taxonomy;
	const struct lesson_facet *facet;
	struct block *block = NULL;
	size_t part, i;

	if (!from->compared || from->lessons->before == 0)
		return;
	for (part = 0; part < TAX_PART__MAX; part++)
		for (i = 0; i < theme->facet_len[part]; i++) {
			facet = &theme->facets[part][i];
			if (facet->before > 0)
				continue;
			if (block == NULL) {
				block = report_block(report,
				    BLOCK_PARAGRAPH);
				report_strong(report, block,
				    "New against the window before:");
				report_text(report, block, " ");
			} else {
				report_text(report, block, "; ");
			}
			report_text(report, block,
			    taxonomy->facets[facet->facet].phrase);
			say_count(report, block, facet);
		}
	if (block != NULL)
		report_text(report, block, ".");
}

void
build_lessons_owners(struct report *report, struct block *block,
    const struct lesson_theme *theme)
{
	size_t i, len = theme->owner_len;

	if (len > OWNERS_NAMED)
		len = OWNERS_NAMED;
	for (i = 0; i < len; i++) {
		if (i > 0)
			report_text(report, block,
			    i + 1 == theme->owner_len ? " and " : ", ");
		report_textf(report, block, "%s (%zu)",
		    theme->owners[i].name, theme->owners[i].bugs);
	}
	if (theme->owner_len > len)
		report_text(report, block, ", and others");
}

void
build_lessons_theme(struct report *report, const struct build_lessons *from,
    const struct lesson_theme *theme)
{
	const struct tax_scheme *scheme = from->lessons->groups;
	struct block *block;
	char count[32];
	size_t part;

	report_heading(report, 2, scheme->rows[theme->row].title);
	block = report_block(report, BLOCK_PARAGRAPH);
	if (theme->bug_len == 0) {
		report_text(report, block, "No incident of this theme");
		build_cohort(report, block, from->selection, true);
		report_text(report, block, ".");
		return;
	}
	(void)snprintf(count, sizeof(count), "%zu %s", theme->bug_len,
	    build_plural((int64_t)theme->bug_len, "incident", "incidents"));
	report_bugs(report, block, count, theme->bugs, theme->bug_len);
	if (from->compared && !from->table)
		report_textf(report, block, " (%zu in the window before)",
		    theme->before);
	if (theme->owner_len > 0) {
		report_text(report, block, ": ");
		build_lessons_owners(report, block, theme);
	}
	report_text(report, block, ".");
	if (theme->row == scheme->residual)
		return;
	if (from->table) {
		build_lessons_theme_table(report, from->lessons, theme);
		return;
	}
	for (part = 0; part < TAX_PART__MAX; part++)
		say_part(report, from->lessons, theme, (enum tax_part)part);
	say_advice(report, from->lessons, theme);
	say_quotes(report, theme);
	say_new(report, from, theme);
	if (from->lessons->words)
		build_lessons_evidence(report, from->lessons, theme);
}

static void
say_recommendation(struct report *report, const struct lessons *lessons,
    const struct lesson_recommendation *from)
{
	const struct taxonomy *taxonomy = lessons->taxonomy;
	const struct tax_recommendation *what =
	    &taxonomy->recommendations[from->recommendation];
	struct block *block;
	char count[48];
	size_t i;

	report_heading(report, 3, what->title);
	block = report_block(report, BLOCK_PARAGRAPH);
	report_text(report, block, what->text);
	(void)snprintf(count, sizeof(count), "%zu %s", from->bug_len,
	    build_plural((int64_t)from->bug_len, "incident", "incidents"));
	report_text(report, block, " ");
	report_bugs(report, block, count, from->bugs, from->bug_len);
	report_textf(report, block, " %s this: ", build_plural(
	    (int64_t)from->bug_len, "supports", "support"));
	for (i = 0; i < from->facet_len; i++) {
		report_textf(report, block, "%s%s", i > 0 ? "; " : "",
		    taxonomy->facets[from->facets[i].facet].problem);
		say_count(report, block, &from->facets[i]);
	}
	report_text(report, block, ".");
}

static void
say_before(struct report *report, struct block *block,
    const struct build_lessons *from)
{
	const struct window *before = &from->before;
	size_t count = from->lessons->before;

	build_day(report, block, " The window before is ", before->from);
	if (before->to > before->from)
		build_day(report, block, " to ", before->to);
	report_textf(report, block, ", with %zu %s.", count,
	    build_plural((int64_t)count, "incident", "incidents"));
}

static void
say_headline(struct report *report, const struct build_lessons *from)
{
	struct block *block = report_block(report, BLOCK_PARAGRAPH);
	const struct lessons *lessons = from->lessons;

	report_textf(report, block, "Drawn from %zu CA %s",
	    lessons->incidents, build_plural((int64_t)lessons->incidents,
	    "incident", "incidents"));
	build_cohort(report, block, from->selection,
	    lessons->incidents == 1);
	report_text(report, block, ".");
	if (from->compared && !from->table)
		say_before(report, block, from);
	if (!from->table)
		report_text(report, block, " A number in brackets counts the "
		    "incidents that a statement rests on.");
	report_text(report, block, " An incident can have several themes.");
	build_filters(report, block, from->selection);
}

void
build_lessons_recommendations(struct report *report,
    const struct lessons *lessons)
{
	size_t i;

	if (lessons->recommendation_len > 0)
		report_heading(report, 2, "General Recommendations");
	for (i = 0; i < lessons->recommendation_len; i++)
		say_recommendation(report, lessons,
		    &lessons->recommendations[i]);
}

void
build_lessons(struct report *report, const struct build_lessons *from,
    const struct tally_left_out *left_out, const struct build_source *source)
{
	const struct lessons *lessons = from->lessons;
	size_t i, themes = 0;

	report_heading(report, 1, report->title);
	say_headline(report, from);
	for (i = 0; i < lessons->theme_len; i++) {
		build_lessons_theme(report, from, &lessons->themes[i]);
		themes += lessons->themes[i].bug_len > 0;
	}
	if (from->table)
		report->whole_page = true;
	else
		build_lessons_recommendations(report, lessons);
	report_summary(report, "%zu %s, %zu %s", lessons->incidents,
	    build_plural((int64_t)lessons->incidents, "incident",
	    "incidents"), themes, build_plural((int64_t)themes, "theme",
	    "themes"));
	build_lessons_data(report, from);
	build_left_out(report, left_out);
	build_past(report, source);
	build_past_data(report, source);
	build_source_line(report, source);
}
