/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/build_common.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "fetch/bug.h"
#include "taxonomy/taxonomy.h"
#include "classify/tally.h"
#include "classify/verdict.h"
#include "output/build.h"
#include "output/report.h"
#include "output/value.h"

enum {
	HASH_SHOWN = 12,	/* digits of a hash that people compare */
	SUMMARY_BUGS = 200	/* bytes of a summary that grow no more */
};

const char *
build_plural(int64_t count, const char *one, const char *many)
{
	return count == 1 ? one : many;
}

static const char *
keep(struct report *report, const char *data, size_t len)
{
	const char *text = arena_copy(&report->arena, data, len);

	if (text == NULL)
		report->failed = true;
	return text;
}

const char *
build_owner(struct report *report, const struct bug *bug,
    const struct verdict *verdict, const struct taxonomy *taxonomy)
{
	const char *name;
	size_t len;

	name = owner_called(taxonomy, &verdict->owner,
	    bug->text[BUG_SUMMARY], &len);
	if (name == NULL || verdict->owner.owner != SIZE_MAX)
		return name;
	return keep(report, name, len);
}

int64_t
build_closed(const struct verdict *verdict)
{
	return life_closed(&verdict->life, INT64_MAX);
}

const char *
build_labels(struct report *report, const struct verdict *verdict,
    const char *between)
{
	const char *text;
	struct buf buf;
	size_t i;

	buf_init(&buf, REPORT_MAX_BYTES);
	for (i = 0; i < verdict->label_len; i++) {
		buf_str(&buf, i > 0 ? between : "");
		buf_str(&buf, verdict->labels[i].name);
	}
	if (buf.full || buf.nomem)
		report->failed = true;
	text = keep(report, buf_text(&buf), buf.len);
	buf_release(&buf);
	return text;
}

const char *
build_causes(struct report *report, const struct verdict *verdict,
    const struct taxonomy *taxonomy, const char *between)
{
	const struct tax_scheme *scheme = taxonomy_causes(taxonomy);
	const struct verdict_rows *rows = verdict_rows(verdict, scheme);
	const char *text;
	struct buf buf;
	size_t i;

	buf_init(&buf, REPORT_MAX_BYTES);
	for (i = 0; rows != NULL && i < rows->len; i++) {
		buf_str(&buf, i > 0 ? between : "");
		buf_str(&buf, scheme->rows[rows->rows[i]].id);
	}
	if (buf.full || buf.nomem)
		report->failed = true;
	text = keep(report, buf_text(&buf), buf.len);
	buf_release(&buf);
	return text;
}

const char *
build_url(struct report *report, int64_t bug)
{
	char url[REPORT_MAX_URL];
	size_t at = 0;

	if (!report_url_next(report, &bug, 1, &at, url, sizeof(url)))
		return NULL;
	return keep(report, url, strlen(url));
}

static void
add_causes(struct arena *arena, struct value *record,
    const struct verdict *verdict, const struct taxonomy *taxonomy)
{
	const struct tax_scheme *scheme = taxonomy_causes(taxonomy);
	const struct verdict_rows *rows = verdict_rows(verdict, scheme);
	struct value *causes = value_array(arena, record, "causes");
	size_t i;

	for (i = 0; rows != NULL && i < rows->len; i++)
		value_text(arena, causes, NULL,
		    scheme->rows[rows->rows[i]].id);
}

void
build_record(struct report *report, struct value *record,
    const struct bug *bug, const struct verdict *verdict,
    const struct taxonomy *taxonomy)
{
	struct arena *arena = &report->arena;
	size_t owner = verdict->owner.owner, i;
	struct value *labels;

	value_number(arena, record, "id", bug->id);
	value_text(arena, record, "summary", bug->text[BUG_SUMMARY]);
	value_text(arena, record, "owner",
	    build_owner(report, bug, verdict, taxonomy));
	value_text(arena, record, "owner_now", owner == SIZE_MAX ? NULL :
	    owner_name_now(taxonomy, owner));
	value_time(arena, record, "created", bug->num[BUG_CREATED]);
	value_time(arena, record, "closed", build_closed(verdict));
	value_text(arena, record, "status", bug->text[BUG_STATUS]);
	value_text(arena, record, "resolution", bug->text[BUG_RESOLUTION]);
	labels = value_array(arena, record, "labels");
	for (i = 0; i < verdict->label_len; i++)
		value_text(arena, labels, NULL, verdict->labels[i].name);
	value_text(arena, record, "label_source",
	    label_source_name(verdict->source));
	add_causes(arena, record, verdict, taxonomy);
	value_text(arena, record, "reporter",
	    reporter_name(verdict->reporter));
	value_day(arena, record, "next_update", verdict->board.next_update);
	value_day(arena, record, "close_on", verdict->board.close_on);
	value_text(arena, record, "url", build_url(report, bug->id));
}

void
build_numbers(struct arena *arena, struct value *object,
    const int64_t *bugs, size_t len)
{
	struct value *array = value_array(arena, object, "bugs");
	size_t i;

	for (i = 0; i < len; i++)
		value_number(arena, array, NULL, bugs[i]);
}

void
build_summary_bug(struct report *report, int64_t bug)
{
	const char *before = report->summary;

	if (before == NULL)
		report_summary(report, "bug %" PRId64, bug);
	else if (strlen(before) < SUMMARY_BUGS)
		report_summary(report, "%s, bug %" PRId64, before, bug);
}

/* "2 with resolution DUPLICATE", linked to them. */
static void
say_left_out(struct report *report, struct block *block,
    enum select_fate fate, const struct tally_left_out *from)
{
	int64_t count = (int64_t)from->bug_len;
	const char *what = "";
	char text[64];

	if (fate == SELECT_INVALID)
		what = "with resolution INVALID";
	else if (fate == SELECT_DUPLICATE)
		what = "with resolution DUPLICATE";
	else if (fate == SELECT_META)
		what = build_plural(count, "tracking bug", "tracking bugs");
	else if (fate == SELECT_COMPONENT)
		what = build_plural(count,
		    "in a component without incidents",
		    "in components without incidents");
	else if (fate == SELECT_UNDATED)
		what = "of unknown creation time";
	else if (fate == SELECT_UNSEARCHED)
		what = "in which the search gave up";
	snprintf(text, sizeof(text), "%" PRId64 " %s", count, what);
	report_bugs(report, block, text, from->bugs, from->bug_len);
}

void
build_left_out(struct report *report, const struct tally_left_out *left_out)
{
	struct arena *arena = &report->arena;
	struct block *block = NULL;
	struct value *array, *object;
	unsigned fate;

	array = value_array(arena, report->data, "left_out");
	for (fate = SELECT_OUTSIDE + 1; fate < SELECT_FATE__MAX; fate++) {
		if (left_out[fate].bug_len == 0)
			continue;
		object = value_object(arena, array, NULL);
		value_text(arena, object, "reason",
		    select_reason((enum select_fate)fate));
		value_number(arena, object, "count",
		    (int64_t)left_out[fate].bug_len);
		build_numbers(arena, object, left_out[fate].bugs,
		    left_out[fate].bug_len);
		if (block == NULL) {
			block = report_block(report, BLOCK_PARAGRAPH);
			report_text(report, block, "Left out: ");
		} else {
			report_text(report, block, ", ");
		}
		say_left_out(report, block, (enum select_fate)fate,
		    &left_out[fate]);
	}
	if (block != NULL)
		report_text(report, block, ".");
}

static void
source_note(struct report *report, const struct build_source *source)
{
	struct block *note = report_note(report);
	char time[DATE_SIZE];

	if (note != NULL)
		note->dated = true;
	report_text(report, note, "Source: ");
	if (source->url != NULL && source->url[0] != '\0') {
		report_link(report, note, source->url, source->url);
		report_text(report, note, ", ");
	}
	if (source->fetched == DATE_NONE)
		report_text(report, note, "no finished run");
	else
		report_textf(report, note, "fetched %s",
		    date_format_time(source->fetched, time));
	report_textf(report, note, "; %" PRId64 " %s in the store; "
	    "taxonomy %s (%.*s)", source->bugs,
	    build_plural(source->bugs, "bug", "bugs"),
	    source->taxonomy->version, HASH_SHOWN,
	    source->taxonomy->sha256);
	if (source->decisions > 0)
		report_textf(report, note, "; %zu %s of people",
		    source->decisions, build_plural(
		    (int64_t)source->decisions, "decision", "decisions"));
	report_text(report, note, ".");
}

void
build_source_line(struct report *report, const struct build_source *source)
{
	struct arena *arena = &report->arena;
	struct value *object = value_object(arena, report->data, "source");

	source_note(report, source);
	value_text(arena, object, "url", source->url);
	value_time(arena, object, "fetched", source->fetched);
	value_number(arena, object, "bugs", source->bugs);
	value_text(arena, object, "taxonomy", source->taxonomy->version);
	value_text(arena, object, "taxonomy_sha256",
	    source->taxonomy->sha256);
	if (source->decisions > 0)
		value_number(arena, object, "decisions",
		    (int64_t)source->decisions);
}
