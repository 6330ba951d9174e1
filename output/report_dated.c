/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* What the day alone changes, a report without it, and its figures in a few
 * words. */

#include "output/report.h"

#include <stdarg.h>
#include <stdio.h>

#include "output/chart.h"

static __attribute__((format(printf, 2, 0))) const char *
format(struct report *report, const char *fmt, va_list args)
{
	va_list again;
	char *text;
	int len;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	text = len < 0 ? NULL :
	    arena_alloc(&report->arena, (size_t)len + 1, 1);
	if (text == NULL) {
		report->failed = true;
		return NULL;
	}
	(void)vsnprintf(text, (size_t)len + 1, fmt, args);
	return text;
}

void
report_dated(struct report *report, struct block *block, const char *fmt,
    ...)
{
	const struct span *last;
	const char *text;
	va_list args;

	va_start(args, fmt);
	text = format(report, fmt, args);
	va_end(args);
	if (text == NULL || block == NULL || block->last_item == NULL)
		return;
	last = block->last_item->last_span;
	report_text(report, block, text);
	if (block->last_item->last_span != last)
		block->last_item->last_span->dated = true;
}

void
report_summary(struct report *report, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	report->summary = format(report, fmt, args);
	va_end(args);
}

static void
undate_item(struct item *item)
{
	struct span **at = &item->spans;

	item->last_span = NULL;
	while (*at != NULL) {
		if ((*at)->dated) {
			*at = (*at)->next;
			continue;
		}
		item->last_span = *at;
		at = &(*at)->next;
	}
}

static void
undate_chart(struct chart *chart)
{
	if (chart->title_undated != NULL)
		chart->title = chart->title_undated;
	if (chart->desc_undated != NULL)
		chart->desc = chart->desc_undated;
}

void
report_undate(struct report *report)
{
	struct block **at = &report->blocks;
	struct item *item;

	report->last_block = NULL;
	while (*at != NULL) {
		if ((*at)->dated) {
			*at = (*at)->next;
			continue;
		}
		for (item = (*at)->items; item != NULL; item = item->next)
			undate_item(item);
		if ((*at)->chart != NULL)
			undate_chart((*at)->chart);
		report->last_block = *at;
		at = &(*at)->next;
	}
}
