/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The frame of a chart in SVG: titles, patterns, style, legend.  In a page,
 * whose policy allows no style of its own, everything is said by attributes,
 * and what is no series has the colour of the page's text.
 */

#include "output/chart.h"

#include <string.h>

#include "output/chart_draw.h"
#include "output/chart_svg.h"

enum {
	TITLE_Y = 40 * SVG_UNIT,
	DESC_Y = 72 * SVG_UNIT,		/* the middle of its lines */
	SWATCH = 18 * SVG_UNIT,
	LEGEND_ROW = 40 * SVG_UNIT,
	MOST_PAIRS = SVG_PATTERNS * CHART_COLORS
};

/* What is drawn over the colours, in white: a path in a square of 10. */
static const char *const patterns[SVG_PATTERNS] = {
	NULL,
	"M-2,2L2,-2M-2,12L12,-2M8,12L12,8",
	"M0,5H10",
	"M-2,8L2,12M-2,-2L12,12M8,-2L12,2",
	"M1,2.5H4M6,7.5H9",
	"M5,0V10",
	"M0,5H10M5,0V10"
};

static const char style[] =
    "svg{color:#1c1d21}.paper{fill:#fff}"
    "@media (prefers-color-scheme:dark){"
    "svg{color:#e8e9ed}.paper{fill:#15171c}}";

/* Things that are filled with patterns. */
static size_t
filled(const struct chart *chart)
{
	size_t len = chart->kind == CHART_PIE ? chart->label_len :
	    chart->kind == CHART_LINE ? 0 : chart_series_len(chart);

	return len < MOST_PAIRS ? len : MOST_PAIRS;
}

void
svg_fill(struct svg *svg, size_t series)
{
	series %= MOST_PAIRS;
	if (patterns[series % SVG_PATTERNS] == NULL) {
		svg_attr(svg, "fill", chart_color(series));
		return;
	}
	buf_fmt(&svg->value, "url(#%s-%zu)", svg->id, series);
	svg_attr_value(svg, "fill");
}

static void
add_patterns(struct svg *svg)
{
	size_t len = filled(svg->chart), i;

	if (len <= 1)
		return;
	svg_open(svg, "defs");
	for (i = 0; i < len; i++) {
		if (patterns[i % SVG_PATTERNS] == NULL)
			continue;
		svg_open(svg, "pattern");
		buf_fmt(&svg->value, "%s-%zu", svg->id, i);
		svg_attr_value(svg, "id");
		svg_attr(svg, "width", "10");
		svg_attr(svg, "height", "10");
		svg_attr(svg, "patternUnits", "userSpaceOnUse");
		svg_open(svg, "rect");
		svg_attr(svg, "width", "10");
		svg_attr(svg, "height", "10");
		svg_attr(svg, "fill", chart_color(i));
		svg_close(svg);
		svg_open(svg, "path");
		svg_attr(svg, "d", patterns[i % SVG_PATTERNS]);
		svg_attr(svg, "stroke", "#fff");
		svg_attr(svg, "stroke-width", "1.6");
		svg_close(svg);
		svg_close(svg);
	}
	svg_close(svg);
}

static void
add_names(struct svg *svg)
{
	const struct chart *chart = svg->chart;
	struct buf desc;

	svg_open(svg, "title");
	buf_fmt(&svg->value, "%s-title", svg->id);
	svg_attr_value(svg, "id");
	svg_content(svg, chart->title);
	svg_close(svg);
	buf_init(&desc, SVG_TEXT_MAX);
	buf_fmt(&desc, "%s ", chart->desc);
	chart_say(chart, &desc);
	svg_open(svg, "desc");
	buf_fmt(&svg->value, "%s-desc", svg->id);
	svg_attr_value(svg, "id");
	svg_content(svg, buf_text(&desc));
	svg_close(svg);
	svg->xml.failed = svg->xml.failed || desc.full || desc.nomem;
	buf_release(&desc);
}

static void
add_paper(struct svg *svg)
{
	svg_open(svg, "style");
	svg_content(svg, style);
	svg_close(svg);
	svg_open(svg, "rect");
	svg_attr(svg, "class", "paper");
	svg_attr(svg, "width", "100%");
	svg_attr(svg, "height", "100%");
	svg_close(svg);
}

static void
open_picture(struct svg *svg, int64_t height)
{
	svg_open(svg, "svg");
	svg_attr(svg, "xmlns", "http://www.w3.org/2000/svg");
	svg_length(svg, "width", SVG_WIDTH);
	svg_length(svg, "height", height);
	buf_str(&svg->value, "0 0 ");
	svg_number(&svg->value, SVG_WIDTH);
	buf_char(&svg->value, ' ');
	svg_number(&svg->value, height);
	svg_attr_value(svg, "viewBox");
	svg_attr(svg, "role", "img");
	buf_fmt(&svg->value, "%s-title", svg->id);
	svg_attr_value(svg, "aria-labelledby");
	buf_fmt(&svg->value, "%s-desc", svg->id);
	svg_attr_value(svg, "aria-describedby");
	svg_attr(svg, "font-family", "system-ui, sans-serif");
	svg_attr(svg, "fill", "currentColor");
}

int64_t
svg_pitch(const struct svg *svg, size_t rows, int64_t most)
{
	int64_t pitch = (svg->bottom - SVG_TOP) / (rows > 0 ?
	    (int64_t)rows : 1);

	return pitch < most ? pitch : most;
}

static void
svg_legend(struct svg *svg)
{
	const struct chart *chart = svg->chart;
	size_t len = chart_series_len(chart), i;
	int64_t pitch = svg_pitch(svg, len, LEGEND_ROW);
	int64_t x = SVG_WIDTH - SVG_MARGIN - SVG_COLUMN + SVG_GAP, y, room = 0;

	/* Lines add up to nothing. */
	if (chart->kind == CHART_STACK)
		room = svg_figure_width(chart_sum(chart)) + SVG_GAP;
	for (i = 0; i < len; i++) {
		y = SVG_TOP + pitch * (int64_t)i + pitch / 2;
		if (chart->kind == CHART_LINE) {
			svg_marker(svg, i, x + SWATCH / 2, y);
		} else {
			svg_rect(svg, x, y - SWATCH / 2, SWATCH, SWATCH);
			svg_fill(svg, i);
			svg_close(svg);
			svg_figure(svg, SVG_WIDTH - SVG_MARGIN, y, SVG_END,
			    SVG_LABEL, chart_sum_of(chart, i));
		}
		svg_label(svg, x + SWATCH + SVG_GAP, y, SVG_START, SVG_COLUMN -
		    SWATCH - 2 * SVG_GAP - room, pitch < SVG_TALL_ROW ? 1 :
		    SVG_LINES, chart->series[i].name);
	}
}

/* How much higher than a slide it has to be. */
static int64_t
picture_height(const struct chart *chart)
{
	size_t rows = chart_series_len(chart);
	int64_t height;

	if (chart->kind == CHART_PIE)
		rows = chart->label_len + 1;
	else if (!chart->periods && chart->kind != CHART_LINE &&
	    chart->label_len > rows)
		rows = chart->label_len;
	height = SVG_TOP + (int64_t)rows * SVG_ROW + SVG_MARGIN;
	return height > SVG_HEIGHT ? height : SVG_HEIGHT;
}

/* A long title in smaller letters. */
static void
draw_titles(struct svg *svg)
{
	static const int sizes[] = { 24, 20, SVG_LABEL };
	const char *title = svg->chart->title;
	int64_t width = svg_width(title, strlen(title));
	size_t i = 0;

	while (i < 2 && width * sizes[i] / SVG_LABEL > SVG_WIDTH -
	    2 * SVG_MARGIN)
		i++;
	svg_text(svg, SVG_MARGIN, TITLE_Y, SVG_START, sizes[i], title);
	svg_label(svg, SVG_MARGIN, DESC_Y, SVG_START, SVG_WIDTH -
	    2 * SVG_MARGIN, SVG_LINES, svg->chart->desc);
}

static void
draw(struct svg *svg)
{
	const struct chart *chart = svg->chart;

	draw_titles(svg);
	if (chart->label_len == 0 || chart->series_len == 0)
		svg_text(svg, SVG_WIDTH / 2, SVG_HEIGHT / 2, SVG_MIDDLE,
		    SVG_LABEL, "Nothing to show");
	else if (chart->kind == CHART_PIE)
		svg_pie(svg);
	else if (chart->kind == CHART_LINE || chart->periods)
		svg_time(svg);
	else
		svg_bars(svg);
	if (chart_series_len(chart) > 1)
		svg_legend(svg);
}

static void
write_picture(struct svg *svg, int64_t height, bool alone)
{
	open_picture(svg, height);
	add_names(svg);
	if (alone)
		add_paper(svg);
	add_patterns(svg);
	draw(svg);
	svg_close(svg);
}

void
chart_svg(const struct chart *chart, const char *id, bool alone,
    struct buf *out)
{
	int64_t height = picture_height(chart);
	struct svg svg = { .chart = chart, .id = id,
	    .bottom = height - SVG_MARGIN };

	buf_init(&svg.line, SVG_TEXT_MAX);
	buf_init(&svg.value, SVG_TEXT_MAX);
	if (xml_out_begin(&svg.xml, alone, out))
		write_picture(&svg, height, alone);
	if (svg.line.full || svg.line.nomem || svg.value.full ||
	    svg.value.nomem)
		svg.xml.failed = true;
	xml_out_end(&svg.xml, out);
	buf_release(&svg.line);
	buf_release(&svg.value);
}
