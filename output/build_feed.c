/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/build.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/hash.h"
#include "fetch/bug.h"
#include "classify/select.h"
#include "classify/verdict.h"
#include "output/build_common.h"
#include "output/feed.h"
#include "output/report.h"

enum {
	DIGITS = 16		/* of a hash that tells few feeds apart */
};

/* What `text` holds, in the report's arena; it is emptied. */
static const char *
keep(struct report *report, struct buf *text)
{
	const char *kept = arena_copy(&report->arena, buf_text(text),
	    text->len);

	if (kept == NULL || text->full || text->nomem)
		report->failed = true;
	buf_clear(text);
	return kept;
}

static void
add_terms(struct report *report, struct feed_entry *entry,
    const struct verdict *verdict)
{
	const char **terms;
	size_t i;

	terms = arena_alloc(&report->arena, verdict->label_len,
	    sizeof(*terms));
	if (terms == NULL) {
		report->failed = true;
		return;
	}
	/* A label's name may be the verdict's own. */
	for (i = 0; i < verdict->label_len; i++)
		terms[i] = arena_copy(&report->arena,
		    verdict->labels[i].name, strlen(verdict->labels[i].name));
	entry->terms = terms;
	entry->term_len = verdict->label_len;
}

/* "DigiCert: late CRL", however the summary names the owner. */
static void
say_bug(struct buf *out, const struct bug *bug,
    const struct verdict *verdict, const char *owner)
{
	const char *summary = bug->text[BUG_SUMMARY];

	if (summary == NULL)
		summary = "";
	if (owner == NULL)
		buf_str(out, summary);
	else
		buf_fmt(out, "%s: %s", owner, verdict->owner.prefix_len > 0 ?
		    summary + verdict->owner.rest : summary);
}

/* The facts that do not change with the next comment. */
static void
say_facts(struct buf *out, const struct bug *bug,
    const struct verdict *verdict, int64_t closed, const char *resolution)
{
	char day[DATE_SIZE];
	size_t i;

	buf_fmt(out, "Bug %" PRId64, bug->id);
	if (bug->num[BUG_CREATED] != DATE_NONE)
		buf_fmt(out, ", filed on %s%s",
		    date_format_day(date_day(bug->num[BUG_CREATED]), day),
		    verdict->reporter == REPORTER_SELF ? " by the CA" :
		    verdict->reporter == REPORTER_EXTERNAL ?
		    " from outside the CA" : "");
	if (closed != DATE_NONE)
		buf_fmt(out, ", closed on %s%s%s",
		    date_format_day(date_day(closed), day),
		    resolution[0] != '\0' ? " as " : "", resolution);
	buf_str(out, ".");
	for (i = 0; i < verdict->label_len; i++)
		buf_fmt(out, "%s%s", i == 0 ? " Labels: " : ", ",
		    verdict->labels[i].name);
	if (i > 0)
		buf_str(out, ".");
}

/* One event, `closed` DATE_NONE for the filing. */
static void
add(struct report *report, struct build_feed *feed, const struct bug *bug,
    const struct verdict *verdict, int64_t closed, const char *resolution)
{
	const char *owner = build_owner(report, bug, verdict, feed->taxonomy);
	char time[DATE_SIZE];
	struct feed_entry *entry;
	struct buf text;

	entry = arena_alloc(&report->arena, 1, sizeof(*entry));
	if (entry == NULL) {
		report->failed = true;
		return;
	}
	buf_init(&text, REPORT_MAX_BYTES);
	entry->bug = bug->id;
	entry->time = closed != DATE_NONE ? closed : bug->num[BUG_CREATED];
	if (closed == DATE_NONE)
		buf_str(&text, "filed");
	else
		buf_fmt(&text, "closed/%s", date_format_time(closed, time));
	entry->event = keep(report, &text);
	say_bug(&text, bug, verdict, owner);
	buf_fmt(&text, " (%s%s%s)", closed == DATE_NONE ? "filed" : "closed",
	    resolution[0] != '\0' ? " " : "", resolution);
	entry->title = keep(report, &text);
	say_facts(&text, bug, verdict, closed, resolution);
	entry->text = keep(report, &text);
	buf_str(&text, owner != NULL ? owner : "unknown");
	entry->author = keep(report, &text);
	buf_release(&text);
	add_terms(report, entry, verdict);
	entry->next = feed->entries;
	feed->entries = entry;
	feed->len++;
}

static bool
has(const struct selection *selection, int64_t time)
{
	int64_t day = date_day(time);

	return !selection->windowed ||
	    (day >= selection->window.from && day <= selection->window.to);
}

void
build_feed_add(struct report *report, struct build_feed *feed,
    const struct bug *bug, const struct verdict *verdict)
{
	const struct life *life = &verdict->life;
	const char *resolution;
	int64_t until;
	size_t i;

	if (bug->num[BUG_CREATED] != DATE_NONE &&
	    has(feed->selection, bug->num[BUG_CREATED]))
		add(report, feed, bug, verdict, DATE_NONE, "");
	for (i = 0; i < life->len; i++) {
		until = life->periods[i].until;
		if (until == INT64_MAX || !has(feed->selection, until))
			continue;
		/* As what it was closed is known of the last time alone. */
		resolution = i + 1 == life->len ?
		    bug->text[BUG_RESOLUTION] : NULL;
		add(report, feed, bug, verdict, until,
		    resolution != NULL ? resolution : "");
	}
}

static int
newest_first(const void *a, const void *b)
{
	const struct feed_entry *x = *(struct feed_entry *const *)a;
	const struct feed_entry *y = *(struct feed_entry *const *)b;

	if (x->time != y->time)
		return x->time > y->time ? -1 : 1;
	if (x->bug != y->bug)
		return x->bug > y->bug ? -1 : 1;
	return strcmp(x->event, y->event);
}

/* The newest in their order, in `to`. */
static void
sort(struct report *report, const struct build_feed *from, struct feed *to)
{
	struct feed_entry **sorted, *entry;
	size_t i = 0;

	sorted = arena_alloc(&report->arena, from->len, sizeof(*sorted));
	if (sorted == NULL) {
		report->failed = true;
		return;
	}
	for (entry = from->entries; entry != NULL; entry = entry->next)
		sorted[i++] = entry;
	qsort(sorted, i, sizeof(struct feed_entry *), newest_first);
	to->len = i < FEED_MAX_ENTRIES ? i : FEED_MAX_ENTRIES;
	to->older = i - to->len;
	for (i = to->len; i-- > 0;) {
		sorted[i]->next = to->entries;
		to->entries = sorted[i];
	}
}

static void
add_words(struct buf *out, const char *what, const struct select_words *words)
{
	size_t i;

	for (i = 0; i < words->len; i++)
		buf_fmt(out, "%s %s\n", what, words->words[i]);
}

/* A feed of the same incidents has the same name, whatever its days. */
static const char *
name(struct report *report, const struct build_feed *from)
{
	const struct selection *selection = from->selection;
	char digits[HASH_HEX];
	const char *kept;
	struct hash hash;
	struct buf text;
	size_t i;

	buf_init(&text, REPORT_MAX_BYTES);
	buf_fmt(&text, "%s %s%s\n", label_mode_name(selection->labels),
	    selection->windowed ? cohort_name(selection->cohort) : "",
	    selection->all ? " all" : "");
	add_words(&text, "owner", &selection->owners);
	add_words(&text, "category", &selection->categories);
	add_words(&text, "cause", &selection->causes);
	add_words(&text, "tag", &selection->tags);
	if (selection->by_reporter)
		buf_fmt(&text, "reporter %s\n",
		    reporter_name(selection->reporter));
	for (i = 0; i < selection->id_len; i++)
		buf_fmt(&text, "id %" PRId64 "\n", selection->ids[i]);
	if (from->pattern != NULL)
		buf_fmt(&text, "text %s\n", from->pattern);
	hash_init(&hash);
	hash_add(&hash, buf_text(&text), text.len);
	hash_hex(&hash, digits);
	buf_clear(&text);
	buf_fmt(&text, "incidents/%.*s", DIGITS, digits);
	kept = keep(report, &text);
	buf_release(&text);
	return kept;
}

void
build_feed_end(struct report *report, const struct build_feed *from)
{
	struct feed *feed = arena_alloc(&report->arena, 1, sizeof(*feed));

	if (feed == NULL) {
		report->failed = true;
		return;
	}
	feed->name = name(report, from);
	sort(report, from, feed);
	report->feed = feed;
	report_summary(report, "%zu %s", feed->len, build_plural(
	    (int64_t)feed->len, "entry", "entries"));
}
