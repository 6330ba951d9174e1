/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Charts over time: columns and lines, with periods from left to right. */

#include "output/chart_svg.h"

#include <string.h>

#include "output/chart.h"
#include "output/chart_draw.h"

enum {
	MOST_TICKS = 6,
	FOOT = 48 * SVG_UNIT,		/* for two lines of labels */
	HEAD = 30 * SVG_UNIT,		/* for the unit and a number */
	ABOVE = 15 * SVG_UNIT,		/* a number's distance from a point */
	ASIDE = 3 * SVG_UNIT,
	MOST_COLUMN = 80 * SVG_UNIT,
	THICK = 74,			/* percent of a step */
	RADIUS = 5 * SVG_UNIT,		/* of a marker */
	FORMS = 5
};

struct plot {
	int64_t left, right, top, bottom;
	int64_t step;		/* from period to period */
	int64_t high;		/* the number at the top */
};

/* Paths of markers around 0; the first form is a circle. */
static const int forms[FORMS][4][2] = {
	{ { 0, 0 }, { 0, 0 }, { 0, 0 }, { 0, 0 } },
	{ { -5, -5 }, { 5, -5 }, { 5, 5 }, { -5, 5 } },
	{ { 0, -7 }, { 7, 0 }, { 0, 7 }, { -7, 0 } },
	{ { 0, -7 }, { 6, 5 }, { 0, 5 }, { -6, 5 } },
	{ { 0, 7 }, { 6, -5 }, { 0, -5 }, { -6, -5 } }
};

static const char *const dashes[] = { NULL, "8 4", "2 4", "12 4 2 4" };

/* Append "X,Y". */
static void
add_point(struct svg *svg, int64_t x, int64_t y)
{
	svg_number(&svg->value, x);
	buf_char(&svg->value, ',');
	svg_number(&svg->value, y);
}

/* A marker, left open. */
static void
open_marker(struct svg *svg, size_t series, int64_t x, int64_t y)
{
	const int (*form)[2] = forms[series % FORMS];
	size_t i;

	if (series % FORMS == 0) {
		svg_open(svg, "circle");
		svg_length(svg, "cx", x);
		svg_length(svg, "cy", y);
		svg_length(svg, "r", RADIUS);
	} else {
		svg_open(svg, "path");
		for (i = 0; i < 4; i++) {
			buf_char(&svg->value, i == 0 ? 'M' : 'L');
			add_point(svg, x + form[i][0] * SVG_UNIT,
			    y + form[i][1] * SVG_UNIT);
		}
		buf_char(&svg->value, 'Z');
		svg_attr_value(svg, "d");
	}
	svg_attr(svg, "fill", chart_color(series));
}

void
svg_marker(struct svg *svg, size_t series, int64_t x, int64_t y)
{
	open_marker(svg, series, x, y);
	svg_close(svg);
}

static int64_t
height_of(const struct plot *plot, int64_t value)
{
	return chart_share(value, plot->high, plot->bottom - plot->top);
}

static int64_t
middle_of(const struct plot *plot, size_t period)
{
	return plot->left + plot->step * (int64_t)period + plot->step / 2;
}

/* 1, 2, 5, 10 ..., so that at most MOST_TICKS reach `top`. */
static int64_t
tick_step(int64_t top)
{
	int64_t step = 1, tens = 1;

	while ((top - 1) / step + 1 > MOST_TICKS) {
		if (step == tens)
			step = 2 * tens;
		else if (step == 2 * tens)
			step = 5 * tens;
		else
			step = tens *= 10;
	}
	return step;
}

static void
draw_axis(struct svg *svg, const struct plot *plot, int64_t tick)
{
	int64_t value, y;

	for (value = 0;; value += tick) {
		y = plot->bottom - height_of(plot, value);
		svg_line(svg, plot->left, y, plot->right, y, value > 0);
		svg_figure(svg, plot->left - SVG_GAP, y, SVG_END, SVG_SMALL,
		    value);
		if (value > plot->high - tick)
			break;
	}
	svg_text(svg, SVG_MARGIN, plot->top - HEAD / 2, SVG_START, SVG_SMALL,
	    svg->chart->unit);
}

/* The room that a period's name needs, in two lines where it has words. */
static int64_t
period_width(const char *name)
{
	size_t len = strlen(name), word = strcspn(name, " ");
	int64_t width = svg_width(name, word), rest;

	rest = word < len ? svg_width(name + word + 1, len - word - 1) : 0;
	return (width > rest ? width : rest) + SVG_GAP;
}

/* The names of the periods, those for which there is room. */
static void
draw_names(struct svg *svg, const struct plot *plot)
{
	const struct chart *chart = svg->chart;
	int64_t widest = plot->step, width;
	size_t each, i;

	for (i = 0; i < chart->label_len; i++) {
		width = period_width(chart->labels[i]);
		widest = width > widest ? width : widest;
	}
	if (widest > plot->right - plot->left)
		widest = plot->right - plot->left;
	each = (size_t)((widest - 1) / (plot->step > 0 ? plot->step : 1)) + 1;
	for (i = 0; i < chart->label_len; i += each)
		svg_label(svg, middle_of(plot, i), plot->bottom + FOOT / 2,
		    SVG_MIDDLE, plot->step * (int64_t)each - SVG_GAP,
		    SVG_LINES, chart->labels[i]);
}

/* Has the number room in its step? */
static bool
has_room(const struct plot *plot, int64_t value)
{
	return svg_figure_width(value) < plot->step;
}

/* The first series is on top, as in the legend. */
static void
draw_columns(struct svg *svg, const struct plot *plot)
{
	const struct chart *chart = svg->chart;
	size_t len = chart_series_len(chart), i, k;
	int64_t thick = plot->step * THICK / 100, sum, y, end;

	if (thick > MOST_COLUMN)
		thick = MOST_COLUMN;
	for (i = 0; i < chart->label_len; i++) {
		sum = chart_sum_at(chart, len, i);
		y = plot->bottom - height_of(plot, sum);
		for (k = 0; k < len; k++, y = end) {
			end = plot->bottom - height_of(plot, sum -
			    chart_sum_at(chart, k + 1, i));
			if (end > y)
				svg_segment(svg, k, i, middle_of(plot, i) -
				    thick / 2, y, thick, end - y);
		}
		if (has_room(plot, sum))
			svg_figure(svg, middle_of(plot, i), plot->bottom -
			    height_of(plot, sum) - ABOVE, SVG_MIDDLE,
			    SVG_SMALL, sum);
	}
}

/* A point's number, where the line does not pass: over it, under it in a
 * valley, at its left before a rise, at its right after a fall. */
static void
draw_point_figure(struct svg *svg, const struct plot *plot, size_t period)
{
	const struct chart *chart = svg->chart;
	int64_t value = chart_value(chart, 0, period), before = value,
	    after = value, x = middle_of(plot, period), y;
	enum svg_anchor anchor = SVG_MIDDLE;

	if (!has_room(plot, value))
		return;
	if (period > 0)
		before = chart_value(chart, 0, period - 1);
	if (period + 1 < chart->label_len)
		after = chart_value(chart, 0, period + 1);
	y = plot->bottom - height_of(plot, value) - ABOVE;
	if (before > value && after > value) {
		y += 2 * ABOVE;
	} else if (after > value) {
		anchor = SVG_END;
		x -= ASIDE;
	} else if (before > value) {
		anchor = SVG_START;
		x += ASIDE;
	}
	svg_figure(svg, x, y, anchor, SVG_SMALL, value);
}

static void
draw_line(struct svg *svg, const struct plot *plot, size_t series)
{
	const struct chart *chart = svg->chart;
	size_t dash = series % (sizeof(dashes) / sizeof(dashes[0])), i;
	int64_t value;

	for (i = 0; i < chart->label_len; i++) {
		value = chart_value(chart, series, i);
		if (i > 0)
			buf_char(&svg->value, ' ');
		add_point(svg, middle_of(plot, i), plot->bottom -
		    height_of(plot, value));
	}
	svg_open(svg, "polyline");
	svg_attr_value(svg, "points");
	svg_attr(svg, "fill", "none");
	svg_attr(svg, "stroke", chart_color(series));
	svg_attr(svg, "stroke-width", "3");
	if (dashes[dash] != NULL)
		svg_attr(svg, "stroke-dasharray", dashes[dash]);
	svg_close(svg);
	for (i = 0; i < chart->label_len; i++) {
		value = chart_value(chart, series, i);
		open_marker(svg, series, middle_of(plot, i), plot->bottom -
		    height_of(plot, value));
		svg_close_titled(svg, series, i);
		if (chart_series_len(chart) == 1)
			draw_point_figure(svg, plot, i);
	}
}

void
svg_time(struct svg *svg)
{
	const struct chart *chart = svg->chart;
	size_t len = chart_series_len(chart), i;
	int64_t top = chart_top(chart), tick = tick_step(top > 0 ? top : 1);
	struct plot plot;

	/* Up to the next tick; where that is no number, up to the highest. */
	plot.high = top > 0 ? top : 1;
	if (plot.high % tick > 0)
		plot.high = plot.high > INT64_MAX - tick ? plot.high :
		    plot.high + tick - plot.high % tick;
	plot.left = SVG_MARGIN + svg_figure_width(plot.high) + SVG_GAP;
	plot.right = SVG_WIDTH - SVG_MARGIN - (len > 1 ? SVG_COLUMN : 0);
	plot.top = SVG_TOP + HEAD;
	plot.bottom = SVG_HEIGHT - SVG_MARGIN - FOOT;
	plot.step = (plot.right - plot.left) / (int64_t)chart->label_len;
	draw_axis(svg, &plot, tick);
	draw_names(svg, &plot);
	if (chart->kind != CHART_LINE)
		draw_columns(svg, &plot);
	else
		for (i = 0; i < len; i++)
			draw_line(svg, &plot, i);
}
