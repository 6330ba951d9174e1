/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/date.h"
#include "classify/report_private.h"
#include "classify/report_words.h"

/*
 * A fact whose field stands there is kept with its words, whatever comes of
 * them; what is said not to apply is absent, with its words.
 */
static struct report_fact *
take(struct report_page *page, enum report_fact_kind kind,
    const char *text, struct report_span span)
{
	struct report_fact *fact = &page->out->facts[kind];
	size_t len = strlen(text);

	fact->text = text;
	fact->span = span;
	fact->state = len == 0 || words_none(text, len) ? REPORT_ABSENT :
	    REPORT_UNREADABLE;
	return fact;
}

void
report_fact_text(struct report_page *page, enum report_fact_kind kind,
    const struct report_part *part)
{
	struct report_fact *fact;
	struct report_span span;
	const char *text;

	if (part == NULL)
		return;
	text = report_paragraph(page, part, &span);
	fact = take(page, kind, text, span);
	if (fact->state != REPORT_ABSENT)
		fact->state = REPORT_GIVEN;
}

void
report_fact_list(struct report_page *page, enum report_fact_kind kind,
    const struct report_part *part)
{
	struct report_fact *fact;
	struct report_span span;
	const char *text;

	if (part == NULL)
		return;
	text = report_joined(page, part, &span);
	fact = take(page, kind, text, span);
	if (fact->state != REPORT_ABSENT)
		fact->state = REPORT_GIVEN;
}

static void
set_time(struct report_fact *fact, const struct when *when)
{
	fact->number = when->time;
	fact->day_only = when->day_only;
	fact->state = REPORT_GIVEN;
}

void
report_fact_time(struct report_page *page, enum report_fact_kind kind,
    const struct report_part *part)
{
	struct report_fact *fact;
	struct report_span span;
	const char *text;
	struct when when;
	size_t start, end;

	if (part == NULL)
		return;
	text = report_paragraph(page, part, &span);
	fact = take(page, kind, text, span);
	/* A month is no date of anything. */
	if (fact->state != REPORT_ABSENT && when_find(text, strlen(text),
	    &page->hint, &when, &start, &end) && !when.month_only)
		set_time(fact, &when);
}

static bool
any_of(const char *data, size_t len, const char *const *words, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (words_find(data, len, words[i]) != SIZE_MAX)
			return true;
	return false;
}

/* How well a sentence with a day tells when the CA learned of the problem:
 * 2 when it speaks of that, 0 when of what had been done before. */
static int
aware_rank(const char *data, size_t len)
{
	static const char *const aware[] = {
		"became aware", "become aware", "becoming aware",
		"first aware", "was aware", "were aware", "made aware",
		"made us aware", "learned", "learnt"
	};
	static const char *const heard[] = {
		"notified", "informed", "noticed", "noted", "detected",
		"discovered", "reported", "found", "identified", "received",
		"alerted", "contacted", "observed", "read", "saw", "report",
		"raised", "realized", "told", "asked", "brought", "attention",
		"sent", "posted", "via"
	};
	static const char *const before[] = {
		"issued", "deployed", "published", "introduced", "expired",
		"created", "effective", "generated", "updated"
	};

	if (any_of(data, len, aware, sizeof(aware) / sizeof(aware[0])))
		return 2;
	return any_of(data, len, heard, sizeof(heard) / sizeof(heard[0])) ||
	    !any_of(data, len, before, sizeof(before) / sizeof(before[0]));
}

/* The first day in the sentence, a month alone not counting. */
static bool
find_day(const struct report_page *page, const char *data, size_t len,
    struct when *when)
{
	size_t start, end;

	while (when_find(data, len, &page->hint, when, &start, &end)) {
		if (!when->month_only)
			return true;
		data += end;
		len -= end;
	}
	return false;
}

/* The day when the CA learned of the problem. */
static bool
find_aware(const struct report_page *page, const char *text,
    struct when *found)
{
	size_t len = strlen(text), at, n;
	int rank, best = 0;
	struct when when;

	memset(found, 0, sizeof(*found));
	for (at = 0; at < len && best < 2; at += n) {
		n = words_sentence(text + at, len - at);
		if (!find_day(page, text + at, n, &when))
			continue;
		rank = aware_rank(text + at, n);
		if (rank > best) {
			best = rank;
			*found = when;
		}
	}
	return best > 0;
}

void
report_fact_aware(struct report_page *page, const struct report_part *part)
{
	struct report_fact *fact;
	struct report_piece piece;
	struct report_span span;
	const char *text;
	struct when when;
	size_t at = 0;

	if (part == NULL)
		return;
	text = report_paragraph(page, part, &span);
	while (report_piece(page, part, part->to, &at, &piece))
		if (piece.end > span.end)
			span.end = piece.end;
	fact = take(page, FACT_IDENTIFIED, text, span);
	if (span.end > span.start)
		text = report_words(page, span.start, span.end);
	fact->text = text;
	if (find_aware(page, text, &when))
		set_time(fact, &when);
}

void
report_fact_certificates(struct report_page *page,
    const struct report_part *part, bool asked)
{
	struct report_fact *fact;
	struct report_piece piece;
	struct report_span span;
	const char *text;
	int64_t number;
	size_t at = 0;

	if (part == NULL)
		return;
	text = report_paragraph(page, part, &span);
	fact = take(page, FACT_CERTIFICATES, text, span);
	if (fact->state == REPORT_ABSENT && !asked)
		return;
	if (words_certificates(text, strlen(text), asked, &number)) {
		fact->state = REPORT_GIVEN;
		fact->number = number;
		return;
	}
	if (asked || words_deny(text, strlen(text)))
		return;
	/* The sum may stand below a table or a list. */
	while (report_piece(page, part, part->to, &at, &piece)) {
		text = report_words(page, piece.start, piece.end);
		if (piece.line->kind == MD_ROW ||
		    words_find(text, strlen(text), "total") == SIZE_MAX ||
		    !words_certificates(text, strlen(text), false, &number))
			continue;
		fact->text = text;
		fact->span.start = piece.start;
		fact->span.end = piece.end;
		fact->state = REPORT_GIVEN;
		fact->number = number;
		return;
	}
}

void
report_fact_stopped(struct report_page *page,
    const struct report_part *part, bool asked)
{
	struct report_fact *fact;
	struct report_span span;
	const char *text;
	int stopped;

	if (part == NULL)
		return;
	text = report_paragraph(page, part, &span);
	fact = take(page, FACT_STOPPED, text, span);
	stopped = words_stopped(text, strlen(text), asked);
	if (stopped >= 0) {
		fact->state = REPORT_GIVEN;
		fact->number = stopped;
	}
}

void
report_fact_id(struct report_page *page, const struct report_part *part)
{
	struct report_fact *fact;
	struct report_span span;
	const char *text, *at;
	size_t digits;

	if (part == NULL)
		return;
	text = report_paragraph(page, part, &span);
	fact = take(page, FACT_CCADB_ID, text, span);
	for (at = strchr(text, 'A'); at != NULL; at = strchr(at + 1, 'A')) {
		digits = strspn(at + 1, "0123456789");
		if (digits != 6)
			continue;
		fact->text = arena_copy(page->arena, at, 7);
		if (fact->text == NULL) {
			fact->text = "";
			page->failed = page->failed || !page->arena->full;
			return;
		}
		fact->state = REPORT_GIVEN;
		return;
	}
}

const char *
report_state_name(enum report_state state)
{
	static const char *const names[] = {
		[REPORT_ABSENT] = "absent",
		[REPORT_UNREADABLE] = "unreadable",
		[REPORT_GIVEN] = "given"
	};

	return names[state];
}

const char *
report_fact_name(enum report_fact_kind kind)
{
	static const char *const names[] = {
		[FACT_CCADB_ID] = "ccadb_id",
		[FACT_DESCRIPTION] = "description",
		[FACT_POLICIES] = "policies",
		[FACT_SOURCE] = "source",
		[FACT_START] = "start",
		[FACT_IDENTIFIED] = "identified",
		[FACT_END] = "end",
		[FACT_CERTIFICATES] = "certificates",
		[FACT_CERTIFICATE_TYPES] = "certificate_types",
		[FACT_STOPPED] = "issuance_stopped"
	};

	return names[kind];
}
