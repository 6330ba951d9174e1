/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Private to output/: the parts of the SVG drawer.  Lengths are in
 * hundredths of a unit, so that no machine draws it otherwise; the picture
 * is SVG_WIDTH wide and as high as it takes.
 */
#ifndef OUTPUT_CHART_SVG_H
#define OUTPUT_CHART_SVG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "output/xml_out.h"

struct chart;

struct svg {
	const struct chart *chart;
	const char *id;
	struct xml_out xml;
	struct buf line, value;	/* a text, and an attribute, at a time */
	int64_t bottom;		/* end of what is drawn */
};

/* Where a text stands at its place. */
enum svg_anchor {
	SVG_START,
	SVG_MIDDLE,
	SVG_END
};

/* An element, from svg_open to svg_close, its attributes first. */
void svg_open(struct svg *svg, const char *name);
void svg_close(struct svg *svg);
void svg_attr(struct svg *svg, const char *name, const char *value);
void svg_length(struct svg *svg, const char *name, int64_t length);
/* The same of what svg->value holds. */
void svg_attr_value(struct svg *svg, const char *name);
/* Its text, made one line. */
void svg_content(struct svg *svg, const char *text);
/* Append a length: "12.5". */
void svg_number(struct buf *out, int64_t length);

/* A line of text, cut where the picture ends; its foot is at `y`.  A number,
 * around the height `y`. */
void svg_text(struct svg *svg, int64_t x, int64_t y, enum svg_anchor anchor,
    int size, const char *text);
void svg_figure(struct svg *svg, int64_t x, int64_t y,
    enum svg_anchor anchor, int size, int64_t value);
/* A text in at most `lines` <= SVG_LINES lines, `width` wide, around the
 * height `y`; when it is cut, pointing at it shows the whole. */
void svg_label(struct svg *svg, int64_t x, int64_t y, enum svg_anchor anchor,
    int64_t width, size_t lines, const char *text);
/* How wide a text is, about, in SVG_LABEL. */
int64_t svg_width(const char *text, size_t len);
int64_t svg_figure_width(int64_t value);

/* An element left open, for more attributes. */
void svg_rect(struct svg *svg, int64_t x, int64_t y, int64_t width,
    int64_t height);
/* A line, closed, faint or not. */
void svg_line(struct svg *svg, int64_t x1, int64_t y1, int64_t x2,
    int64_t y2, bool faint);
/* The open element is filled as the series is. */
void svg_fill(struct svg *svg, size_t series);
/* What the open element says when it is pointed at; then it is closed. */
void svg_close_titled(struct svg *svg, size_t series, size_t label);
/* A number's part of a bar, the number in it where there are several series
 * and it has room. */
void svg_segment(struct svg *svg, size_t series, size_t label, int64_t x,
    int64_t y, int64_t width, int64_t height);

/* The height of each of `rows` that share what there is. */
int64_t svg_pitch(const struct svg *svg, size_t rows, int64_t most);

/* The kinds, and the series' names at the right, in SVG_COLUMN. */
void svg_bars(struct svg *svg);		/* lying */
void svg_time(struct svg *svg);		/* columns and lines */
void svg_pie(struct svg *svg);
/* A point of a line, which has a form for each series. */
void svg_marker(struct svg *svg, size_t series, int64_t x, int64_t y);

/* Limits */
enum {
	SVG_UNIT = 100,
	SVG_WIDTH = 960 * SVG_UNIT,	/* a slide: 16 to 9 */
	SVG_HEIGHT = 540 * SVG_UNIT,	/* at least */
	SVG_MARGIN = 24 * SVG_UNIT,
	SVG_TOP = 100 * SVG_UNIT,	/* under title and description */
	SVG_COLUMN = 280 * SVG_UNIT,
	SVG_GAP = 8 * SVG_UNIT,		/* between a thing and its text */
	SVG_ROW = 26 * SVG_UNIT,	/* the least height of a row */
	SVG_TALL_ROW = 37 * SVG_UNIT,	/* one that has room for two lines */
	/* Sizes of letters; nothing is smaller than 14, to be legible on a
	 * slide. */
	SVG_LABEL = 16,
	SVG_SMALL = 14,
	SVG_LINES = 2,
	SVG_PATTERNS = 7,		/* no multiple of the colours, so each
					 * pair comes before one comes again */
	SVG_TEXT_MAX = 1 << 26		/* bytes of one text */
};

#endif
