/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Which incidents a report is about, in words. */

#include "output/build_common.h"

#include "base/date.h"
#include "classify/select.h"
#include "output/report.h"

void
build_day(struct report *report, struct block *block, const char *before,
    int64_t day)
{
	char text[DATE_SIZE];

	report_text(report, block, before);
	report_dated(report, block, "%s", date_format_day(day, text));
}

bool
build_is_day(int64_t day)
{
	char text[DATE_SIZE];

	return date_format_day(day, text)[0] != '\0';
}

/* " from 2024-01-01 to 2024-05-20 (both days included)", or as much of it
 * as the window limits. */
static void
say_days(struct report *report, struct block *block,
    const struct window *window)
{
	bool begins = build_is_day(window->from);
	bool ends = build_is_day(window->to);

	if (begins && window->from == window->to) {
		build_day(report, block, " on ", window->from);
	} else if (begins && ends) {
		build_day(report, block, " from ", window->from);
		build_day(report, block, " to ", window->to);
		report_text(report, block, " (both days included)");
	} else if (begins) {
		build_day(report, block, " on or after ", window->from);
	} else if (ends) {
		build_day(report, block, " on or before ", window->to);
	}
}

void
build_cohort(struct report *report, struct block *block,
    const struct selection *selection, bool one)
{
	const struct window *window = &selection->window;
	bool ends = build_is_day(window->to);

	if (!selection->windowed) {
		report_text(report, block, " in the store");
		return;
	}
	report_text(report, block, one ? " that was" : " that were");
	switch (selection->cohort) {
	case COHORT_OPEN_DURING:
		report_text(report, block, " open at any time");
		say_days(report, block, window);
		break;
	case COHORT_FILED:
		report_text(report, block, " filed");
		say_days(report, block, window);
		break;
	case COHORT_CLOSED:
		report_text(report, block, " closed");
		say_days(report, block, window);
		report_text(report, block, " and not reopened");
		if (ends)
			build_day(report, block, " by the end of ",
			    window->to);
		break;
	case COHORT_OPEN_ON:
		if (ends)
			build_day(report, block, " open at the end of ",
			    window->to);
		else
			report_text(report, block, " open when last fetched");
		break;
	case COHORT_KIND__MAX:
		break;
	}
}

/* "; owner DigiCert or Sectigo", the first without the semicolon. */
static void
say_words(struct report *report, struct block *block, bool *first,
    const char *what, const struct select_words *words)
{
	size_t i;

	if (words->len == 0)
		return;
	report_textf(report, block, "%s %s ", *first ? "" : ";", what);
	*first = false;
	for (i = 0; i < words->len; i++)
		report_textf(report, block, "%s%s", i > 0 ? " or " : "",
		    words->words[i]);
}

static bool
is_narrowed(const struct selection *selection)
{
	return selection->owners.len > 0 || selection->categories.len > 0 ||
	    selection->causes.len > 0 || selection->tags.len > 0 ||
	    selection->by_reporter ||
	    selection->id_len > 0 || selection->text != NULL;
}

void
build_filters(struct report *report, struct block *block,
    const struct selection *selection)
{
	bool first = true;

	if (!is_narrowed(selection))
		return;
	report_text(report, block, " Narrowed to:");
	say_words(report, block, &first, "owner", &selection->owners);
	say_words(report, block, &first, "category", &selection->categories);
	say_words(report, block, &first, "cause", &selection->causes);
	say_words(report, block, &first, "tag", &selection->tags);
	if (selection->by_reporter) {
		report_textf(report, block, "%s reporter %s",
		    first ? "" : ";", reporter_name(selection->reporter));
		first = false;
	}
	if (selection->id_len > 0) {
		report_textf(report, block, "%s %zu %s by number",
		    first ? "" : ";", selection->id_len,
		    build_plural((int64_t)selection->id_len, "bug", "bugs"));
		first = false;
	}
	if (selection->text != NULL)
		report_textf(report, block, "%s a pattern in the text",
		    first ? "" : ";");
	report_text(report, block, ".");
}
