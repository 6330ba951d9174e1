/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A chart: whole numbers under labels, in one series or several.  It knows
 * no format; the drawers below make it SVG, text bars, or MediaWiki's
 * markup.  Each says every number in words too: colour alone says nothing.
 */
#ifndef OUTPUT_CHART_H
#define OUTPUT_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct err;

enum chart_kind {
	CHART_BAR,		/* one series, a bar a label */
	CHART_PIE,		/* one series, shares of a whole */
	CHART_LINE,		/* a line a series, over time */
	CHART_STACK,		/* the series of a label on one another */
	CHART_KIND__MAX
};

struct chart_series {
	const char *name;
	int64_t *values;	/* one a label, not negative */
};

struct chart {
	enum chart_kind kind;
	bool periods;		/* labels are periods: bars stand side by side
				 * as time goes */
	const char *title;
	const char *desc;	/* what it shows, a sentence or two */
	/* The same without what the day alone changes, or NULL where there is
	 * nothing of that kind. */
	const char *title_undated, *desc_undated;
	const char *unit;	/* of the numbers: "incidents" */
	const char **labels;
	size_t label_len;
	struct chart_series *series;	/* of a bar chart and a pie the first
				 * alone is drawn */
	size_t series_len;
};

/* "bar", "pie", "line" or "stack"; false for another word. */
bool chart_kind_by_name(const char *name, size_t len,
    enum chart_kind *out);

/* Append the chart as an <svg> element with <title> and <desc>, `alone` with
 * an XML declaration and its own style, else to stand in a page, whose
 * colour of text it takes; `id`, an XML name, makes the ids within it unique.
 * A failure is marked in `out`. */
void chart_svg(const struct chart *chart, const char *id, bool alone,
    struct buf *out);
/* As lines of text, `width` columns wide where that can be; bars are made of
 * `mark`, a character of one column. */
void chart_text(const struct chart *chart, size_t width, const char *mark,
    struct buf *out);
/* As divs with role and label. */
void chart_mediawiki(const struct chart *chart, struct buf *out);

#endif
