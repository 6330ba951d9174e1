/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* The parts that charts in SVG are made of: elements, texts, boxes. */

#include "output/chart_svg.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "output/chart.h"
#include "output/chart_draw.h"
#include "output/escape.h"

enum {
	FIGURE = 24,		/* bytes of a number */
	LINE = 115,		/* of a line, in hundredths of its letters */
	MIDDLE = 35,		/* from a line's middle to its foot */
	CHIP = 20 * SVG_UNIT	/* height of a number in a bar */
};

void
svg_open(struct svg *svg, const char *name)
{
	xml_out_open(&svg->xml, name);
}

void
svg_close(struct svg *svg)
{
	xml_out_close(&svg->xml);
}

void
svg_attr(struct svg *svg, const char *name, const char *value)
{
	xml_out_attribute(&svg->xml, name, value);
}

void
svg_attr_value(struct svg *svg, const char *name)
{
	svg_attr(svg, name, buf_text(&svg->value));
	buf_clear(&svg->value);
}

static void
write_line(struct svg *svg)
{
	xml_out_text(&svg->xml, buf_text(&svg->line));
}

void
svg_content(struct svg *svg, const char *text)
{
	buf_clear(&svg->line);
	escape_line(&svg->line, text);
	write_line(svg);
}

void
svg_number(struct buf *out, int64_t length)
{
	int64_t size = length < 0 ? -length : length;

	buf_fmt(out, "%s%" PRId64, length < 0 ? "-" : "", size / SVG_UNIT);
	if (size % SVG_UNIT == 0)
		return;
	buf_fmt(out, size % 10 == 0 ? ".%" PRId64 : ".%02" PRId64,
	    size % 10 == 0 ? size % SVG_UNIT / 10 : size % SVG_UNIT);
}

void
svg_length(struct svg *svg, const char *name, int64_t length)
{
	svg_number(&svg->value, length);
	svg_attr_value(svg, name);
}

static void
open_text(struct svg *svg, int64_t x, int64_t y, enum svg_anchor anchor,
    int size)
{
	svg_open(svg, "text");
	svg_length(svg, "x", x);
	svg_length(svg, "y", y);
	if (anchor != SVG_START)
		svg_attr(svg, "text-anchor", anchor == SVG_MIDDLE ?
		    "middle" : "end");
	svg_length(svg, "font-size", size * SVG_UNIT);
}

/* The width of a character in hundredths of its size: about that of the
 * wider ones among the usual sans-serif faces. */
static int64_t
char_width(const char *at, size_t len)
{
	if (len > 1)
		return 65 * (int64_t)text_width(at, len);
	if (strchr("iljI.,:;'!| ", *at) != NULL)
		return 32;
	if (strchr("tfr()[]-/", *at) != NULL)
		return 40;
	if (strchr("mwMW@%", *at) != NULL)
		return 98;
	return (*at >= 'A' && *at <= 'Z') || (*at >= '0' && *at <= '9') ?
	    66 : 60;
}

/* The bytes of the text that fit into the width, at most `len`. */
static size_t
fit(const char *text, size_t len, int64_t width, int64_t *used)
{
	uint32_t c;
	size_t i, n;
	int64_t add;

	*used = 0;
	for (i = 0; i < len; i += n) {
		n = text_decode(text + i, len - i, &c);
		add = char_width(text + i, n) * SVG_LABEL;
		if (*used + add > width)
			break;
		*used += add;
	}
	return i;
}

int64_t
svg_width(const char *text, size_t len)
{
	int64_t used;

	(void)fit(text, len, INT64_MAX / 2, &used);
	return used;
}

int64_t
svg_figure_width(int64_t value)
{
	char digits[FIGURE];

	(void)snprintf(digits, sizeof(digits), "%" PRId64, value);
	return svg_width(digits, strlen(digits));
}

void
svg_figure(struct svg *svg, int64_t x, int64_t y, enum svg_anchor anchor,
    int size, int64_t value)
{
	char digits[FIGURE];

	(void)snprintf(digits, sizeof(digits), "%" PRId64, value);
	svg_text(svg, x, y + size * MIDDLE, anchor, size, digits);
}

/* One line of what svg->line holds, with "..." behind it when it is cut. */
static void
add_line(struct svg *svg, size_t from, size_t len, bool cut)
{
	struct buf part;

	buf_init(&part, SVG_TEXT_MAX);
	buf_add(&part, buf_text(&svg->line) + from, len);
	buf_str(&part, cut ? "\xe2\x80\xa6" : "");
	xml_out_text(&svg->xml, buf_text(&part));
	svg->xml.failed = svg->xml.failed || part.full || part.nomem;
	buf_release(&part);
}

/* How much of svg->line, from `from` on, is the next line. */
static size_t
line_len(const struct svg *svg, size_t from, int64_t width, bool last)
{
	const char *text = buf_text(&svg->line) + from;
	size_t len = svg->line.len - from, n, blank;
	int64_t used;

	n = fit(text, len, width, &used);
	if (n == len)
		return n;
	if (last)
		return fit(text, len, width - SVG_LABEL * SVG_UNIT, &used);
	for (blank = n; blank > 0 && text[blank] != ' '; blank--)
		continue;
	return blank > 0 ? blank : n;
}

void
svg_text(struct svg *svg, int64_t x, int64_t y, enum svg_anchor anchor,
    int size, const char *text)
{
	/* In letters of the size of labels. */
	int64_t width = (SVG_WIDTH - 2 * SVG_MARGIN) * SVG_LABEL / size;
	size_t len;

	buf_clear(&svg->line);
	escape_line(&svg->line, text);
	len = line_len(svg, 0, width, true);
	open_text(svg, x, y, anchor, size);
	add_line(svg, 0, len, len < svg->line.len);
	svg_close(svg);
}

void
svg_label(struct svg *svg, int64_t x, int64_t y, enum svg_anchor anchor,
    int64_t width, size_t lines, const char *text)
{
	size_t from[SVG_LINES], len[SVG_LINES], n = 0, at = 0, i;
	bool cut;

	buf_clear(&svg->line);
	escape_line(&svg->line, text);
	do {
		from[n] = at;
		len[n] = line_len(svg, at, width, n + 1 == lines);
		at += len[n++];
		at += strspn(buf_text(&svg->line) + at, " ");
	} while (n < lines && at < svg->line.len);
	cut = at < svg->line.len;
	if (cut) {
		svg_open(svg, "g");
		svg_open(svg, "title");
		write_line(svg);
		svg_close(svg);
	}
	y += SVG_LABEL * MIDDLE - (int64_t)(n - 1) * SVG_LABEL * LINE / 2;
	for (i = 0; i < n; i++) {
		open_text(svg, x, y + (int64_t)i * SVG_LABEL * LINE, anchor,
		    SVG_LABEL);
		add_line(svg, from[i], len[i], cut && i + 1 == n);
		svg_close(svg);
	}
	if (cut)
		svg_close(svg);
}

void
svg_rect(struct svg *svg, int64_t x, int64_t y, int64_t width,
    int64_t height)
{
	svg_open(svg, "rect");
	svg_length(svg, "x", x);
	svg_length(svg, "y", y);
	svg_length(svg, "width", width);
	svg_length(svg, "height", height);
}

void
svg_line(struct svg *svg, int64_t x1, int64_t y1, int64_t x2, int64_t y2,
    bool faint)
{
	svg_open(svg, "line");
	svg_length(svg, "x1", x1);
	svg_length(svg, "y1", y1);
	svg_length(svg, "x2", x2);
	svg_length(svg, "y2", y2);
	svg_attr(svg, "stroke", "currentColor");
	if (faint)
		svg_attr(svg, "stroke-opacity", "0.2");
	svg_close(svg);
}

void
svg_close_titled(struct svg *svg, size_t series, size_t label)
{
	const struct chart *chart = svg->chart;
	char digits[FIGURE];

	(void)snprintf(digits, sizeof(digits), ": %" PRId64,
	    chart_value(chart, series, label));
	svg_open(svg, "title");
	buf_clear(&svg->line);
	escape_line(&svg->line, chart->labels[label]);
	if (chart_series_len(chart) > 1) {
		buf_str(&svg->line, ", ");
		escape_line(&svg->line, chart->series[series].name);
	}
	buf_str(&svg->line, digits);
	write_line(svg);
	svg_close(svg);
	svg_close(svg);
}

void
svg_segment(struct svg *svg, size_t series, size_t label, int64_t x,
    int64_t y, int64_t width, int64_t height)
{
	int64_t value = chart_value(svg->chart, series, label);
	int64_t room = svg_figure_width(value);

	svg_rect(svg, x, y, width, height);
	svg_fill(svg, series);
	svg_attr(svg, "stroke", "currentColor");
	svg_close_titled(svg, series, label);
	if (chart_series_len(svg->chart) == 1 || height < CHIP ||
	    width < room + SVG_GAP / 2)
		return;
	/* On paper of its own: patterns are hard to read on. */
	svg_rect(svg, x + (width - room) / 2, y + (height - CHIP) / 2 +
	    SVG_UNIT, room, CHIP - 2 * SVG_UNIT);
	svg_attr(svg, "rx", "3");
	svg_attr(svg, "fill", "#fff");
	svg_close(svg);
	svg_open(svg, "g");
	svg_attr(svg, "fill", "#000");
	svg_figure(svg, x + width / 2, y + height / 2, SVG_MIDDLE, SVG_SMALL,
	    value);
	svg_close(svg);
}
