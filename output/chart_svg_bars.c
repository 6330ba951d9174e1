/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Lying bars: a row for each label, so that these may be long. */

#include "output/chart_svg.h"

#include <string.h>

#include "output/chart.h"
#include "output/chart_draw.h"

enum {
	MOST_LABEL = 330 * SVG_UNIT,	/* the widest column of labels */
	MOST_PITCH = 48 * SVG_UNIT,
	THICK = 72			/* percent of a row */
};

/* The column that the labels need. */
static int64_t
labels_width(const struct chart *chart)
{
	int64_t width = 0, used;
	size_t i;

	for (i = 0; i < chart->label_len; i++) {
		used = svg_width(chart->labels[i], strlen(chart->labels[i]));
		width = used > width ? used : width;
	}
	return width < MOST_LABEL ? width : MOST_LABEL;
}

void
svg_bars(struct svg *svg)
{
	const struct chart *chart = svg->chart;
	size_t series = chart_series_len(chart), i, k;
	int64_t pitch = svg_pitch(svg, chart->label_len, MOST_PITCH);
	int64_t thick = pitch * THICK / 100, top = chart_top(chart);
	int64_t labels = labels_width(chart), left, room, y, at, end;

	left = SVG_MARGIN + labels + SVG_GAP;
	room = SVG_WIDTH - SVG_MARGIN - (series > 1 ? SVG_COLUMN : 0) - left -
	    svg_figure_width(top) - SVG_GAP;
	for (i = 0; i < chart->label_len; i++) {
		y = SVG_TOP + pitch * (int64_t)i + pitch / 2;
		svg_label(svg, left - SVG_GAP, y, SVG_END, labels,
		    pitch < SVG_TALL_ROW ? 1 : SVG_LINES, chart->labels[i]);
		for (k = 0, at = 0; k < series; k++, at = end) {
			end = chart_share(chart_sum_at(chart, k + 1, i), top,
			    room);
			if (end > at)
				svg_segment(svg, k, i, left + at,
				    y - thick / 2, end - at, thick);
		}
		svg_figure(svg, left + at + SVG_GAP, y, SVG_START, SVG_LABEL,
		    chart_sum_at(chart, series, i));
	}
	svg_line(svg, left, SVG_TOP, left, SVG_TOP + pitch *
	    (int64_t)chart->label_len, false);
}
