/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A pie, with every number beside it: a slice may be too thin to be seen.
 * Angles are in hundredths of a degree, clockwise from the top.
 */

#include "output/chart_svg.h"

#include <stdio.h>
#include <string.h>

#include "output/chart.h"
#include "output/chart_draw.h"

enum {
	TURN = 36000,
	MILLION = 1000000,
	CENTER_X = 232 * SVG_UNIT,
	CENTER_Y = 304 * SVG_UNIT,
	RADIUS = 166 * SVG_UNIT,
	OUTSIDE = 188 * SVG_UNIT,	/* where the numbers stand */
	LEAST_NAMED = 700,		/* a thinner slice has none */
	LEGEND_X = 468 * SVG_UNIT,
	MOST_ROW = 44 * SVG_UNIT,
	SWATCH = 18 * SVG_UNIT,
	PERCENT = 78 * SVG_UNIT		/* the column of "100.0 %" */
};

/* Millionths of the sines of whole degrees: a straight line between two of
 * them is off by less than a hundredth of a unit. */
static const int sines[] = {
	0, 17452, 34899, 52336, 69756, 87156, 104528, 121869,
	139173, 156434, 173648, 190809, 207912, 224951, 241922, 258819,
	275637, 292372, 309017, 325568, 342020, 358368, 374607, 390731,
	406737, 422618, 438371, 453990, 469472, 484810, 500000, 515038,
	529919, 544639, 559193, 573576, 587785, 601815, 615661, 629320,
	642788, 656059, 669131, 681998, 694658, 707107, 719340, 731354,
	743145, 754710, 766044, 777146, 788011, 798636, 809017, 819152,
	829038, 838671, 848048, 857167, 866025, 874620, 882948, 891007,
	898794, 906308, 913545, 920505, 927184, 933580, 939693, 945519,
	951057, 956305, 961262, 965926, 970296, 974370, 978148, 981627,
	984808, 987688, 990268, 992546, 994522, 996195, 997564, 998630,
	999391, 999848, 1000000
};

static int64_t
sine(int64_t angle)
{
	int64_t degree, rest, low;

	angle %= TURN;
	if (angle >= TURN / 2)
		return -sine(angle - TURN / 2);
	if (angle > TURN / 4)
		angle = TURN / 2 - angle;
	degree = angle / 100;
	rest = angle % 100;
	low = sines[degree];
	return rest == 0 ? low : low + (sines[degree + 1] - low) * rest / 100;
}

static int64_t
x_at(int64_t angle, int64_t radius)
{
	return CENTER_X + radius * sine(angle) / MILLION;
}

static int64_t
y_at(int64_t angle, int64_t radius)
{
	return CENTER_Y - radius * sine(angle + TURN / 4) / MILLION;
}

static void
add_point(struct svg *svg, const char *before, int64_t x, int64_t y)
{
	buf_str(&svg->value, before);
	svg_number(&svg->value, x);
	buf_char(&svg->value, ',');
	svg_number(&svg->value, y);
}

/* A circle, left open. */
static void
open_circle(struct svg *svg)
{
	svg_open(svg, "circle");
	svg_length(svg, "cx", CENTER_X);
	svg_length(svg, "cy", CENTER_Y);
	svg_length(svg, "r", RADIUS);
	svg_attr(svg, "stroke", "currentColor");
}

static void
draw_slice(struct svg *svg, size_t label, int64_t from, int64_t to)
{
	int64_t middle = (from + to) / 2;

	if (to - from == TURN) {
		open_circle(svg);
	} else {
		svg_open(svg, "path");
		add_point(svg, "M", CENTER_X, CENTER_Y);
		add_point(svg, "L", x_at(from, RADIUS), y_at(from, RADIUS));
		add_point(svg, "A", RADIUS, RADIUS);
		add_point(svg, to - from > TURN / 2 ? " 0 1,1 " : " 0 0,1 ",
		    x_at(to, RADIUS), y_at(to, RADIUS));
		buf_char(&svg->value, 'Z');
		svg_attr_value(svg, "d");
		svg_attr(svg, "stroke", "currentColor");
		svg_attr(svg, "stroke-linejoin", "round");
	}
	svg_fill(svg, label);
	svg_close_titled(svg, 0, label);
	if (to - from >= LEAST_NAMED)
		svg_figure(svg, x_at(middle, OUTSIDE), y_at(middle, OUTSIDE),
		    SVG_MIDDLE, SVG_LABEL, chart_value(svg->chart, 0, label));
}

/* A line of the list, in the middle of its row. */
static void
draw_row(struct svg *svg, int64_t y, int64_t pitch, const char *name,
    int64_t value, int64_t sum)
{
	int64_t right = SVG_WIDTH - SVG_MARGIN, x = LEGEND_X + SWATCH;
	char percent[16];

	svg_text(svg, right, y + SVG_LABEL * 35, SVG_END, SVG_LABEL,
	    chart_percent(value, sum, percent));
	right -= PERCENT;
	svg_figure(svg, right, y, SVG_END, SVG_LABEL, value);
	right -= svg_figure_width(sum) + SVG_GAP;
	x += SVG_GAP;
	svg_label(svg, x, y, SVG_START, right - x, pitch < SVG_TALL_ROW ? 1 :
	    SVG_LINES, name);
}

static void
draw_list(struct svg *svg, int64_t sum)
{
	const struct chart *chart = svg->chart;
	int64_t pitch = svg_pitch(svg, chart->label_len + 1, MOST_ROW), y;
	size_t i;

	for (i = 0; i < chart->label_len; i++) {
		y = SVG_TOP + pitch * (int64_t)i + pitch / 2;
		svg_rect(svg, LEGEND_X, y - SWATCH / 2, SWATCH, SWATCH);
		svg_fill(svg, i);
		svg_attr(svg, "stroke", "currentColor");
		svg_close(svg);
		draw_row(svg, y, pitch, chart->labels[i],
		    chart_value(chart, 0, i), sum);
	}
	y = SVG_TOP + pitch * (int64_t)i;
	svg_line(svg, LEGEND_X, y, SVG_WIDTH - SVG_MARGIN, y, false);
	draw_row(svg, y + pitch / 2, pitch, chart->unit, sum, sum);
}

void
svg_pie(struct svg *svg)
{
	const struct chart *chart = svg->chart;
	int64_t sum = chart_sum_of(chart, 0), part = 0, from = 0, to, value;
	size_t i;

	if (sum == 0) {
		open_circle(svg);
		svg_attr(svg, "fill", "none");
		svg_close(svg);
	}
	for (i = 0; i < chart->label_len; i++, from = to) {
		value = chart_value(chart, 0, i);
		part = part > sum - value ? sum : part + value;
		to = chart_share(part, sum, TURN);
		if (to > from)
			draw_slice(svg, i, from, to);
	}
	draw_list(svg, sum);
}
