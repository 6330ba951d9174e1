/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Charts as lines of text.  Every kind becomes lying bars: one a label, and
 * of several lines one for each.  Several series are told by letters.
 */

#include "output/chart.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "output/chart_draw.h"
#include "output/escape.h"

enum {
	GAP = 2,
	LEAST_BAR = 10,		/* columns of the longest */
	MOST_LABEL = 36,	/* a longer one has a line of its own */
	FIGURE = 48		/* bytes of a number with its share */
};

struct bars {
	const struct chart *chart;
	const char *mark;
	struct buf *out;
	struct buf text;	/* a label or a number's line at a time */
	size_t label, bar;	/* columns */
	int64_t top;
};

/* The text as one line in bars->text; its columns. */
static size_t
take(struct bars *bars, const char *text)
{
	buf_clear(&bars->text);
	escape_line(&bars->text, text);
	return text_width(buf_text(&bars->text), bars->text.len);
}

static void
write_label(struct bars *bars, const char *label)
{
	size_t width = take(bars, label);

	buf_add(bars->out, buf_text(&bars->text), bars->text.len);
	if (width > bars->label) {
		buf_char(bars->out, '\n');
		width = 0;
	}
	buf_fill(bars->out, ' ', bars->label - width + GAP);
}

/* A number above 0 is seen, however small it is. */
static size_t
columns(const struct bars *bars, int64_t value)
{
	size_t len = (size_t)chart_share(value, bars->top,
	    (int64_t)bars->bar);

	return value > 0 && len == 0 ? 1 : len;
}

static void
write_bar(struct bars *bars, int64_t value)
{
	size_t len = columns(bars, value), i;

	for (i = 0; i < len; i++)
		buf_str(bars->out, bars->mark);
	buf_str(bars->out, len > 0 ? " " : "");
}

/* "12", of a pie "12 (8.8 %)". */
static const char *
figure(const struct bars *bars, int64_t value, char out[FIGURE])
{
	char percent[16];

	if (bars->chart->kind == CHART_PIE)
		(void)snprintf(out, FIGURE, "%" PRId64 " (%s)", value,
		    chart_percent(value, chart_sum(bars->chart), percent));
	else
		(void)snprintf(out, FIGURE, "%" PRId64, value);
	return out;
}

/* The letters of the series, and behind them the numbers. */
static void
write_stack(struct bars *bars, size_t label)
{
	const struct chart *chart = bars->chart;
	size_t len = chart_series_len(chart), at = 0, end, i;
	const char *before = ": ";
	int64_t value;

	for (i = 0; i < len; i++, at = end) {
		end = (size_t)chart_share(chart_sum_at(chart, i + 1, label),
		    bars->top, (int64_t)bars->bar);
		buf_fill(bars->out, chart_letter(i), end - at);
	}
	buf_fmt(bars->out, "%s%" PRId64, at > 0 ? " " : "",
	    chart_sum_at(chart, len, label));
	for (i = 0; i < len; i++) {
		value = chart_value(chart, i, label);
		if (value == 0)
			continue;
		buf_fmt(bars->out, "%s%c %" PRId64, before, chart_letter(i),
		    value);
		before = ", ";
	}
	buf_char(bars->out, '\n');
}

static void
write_lines(struct bars *bars, size_t label)
{
	const struct chart *chart = bars->chart;
	size_t len = chart_series_len(chart), i;
	char text[FIGURE];
	int64_t value;

	for (i = 0; i < len; i++) {
		value = chart_value(chart, i, label);
		if (i > 0)
			buf_fill(bars->out, ' ', bars->label + GAP);
		if (len > 1)
			buf_fmt(bars->out, "%c ", chart_letter(i));
		write_bar(bars, value);
		buf_fmt(bars->out, "%s\n", figure(bars, value, text));
	}
}

static void
write_legend(struct bars *bars)
{
	const struct chart *chart = bars->chart;
	size_t i;

	for (i = 0; i < chart->series_len; i++) {
		buf_fmt(bars->out, "%s%c: ", i == 0 ? "\n" : "",
		    chart_letter(i));
		escape_line(bars->out, chart->series[i].name);
		buf_char(bars->out, '\n');
	}
}

/* Columns for the labels and the bars, so that the figures fit too. */
static void
measure(struct bars *bars, size_t width)
{
	const struct chart *chart = bars->chart;
	size_t i, used;
	char text[FIGURE];

	for (i = 0; i < chart->label_len; i++) {
		used = take(bars, chart->labels[i]);
		if (used <= MOST_LABEL && used > bars->label)
			bars->label = used;
	}
	bars->top = chart_top(chart);
	used = bars->label + GAP + 1 + strlen(figure(bars, bars->top, text));
	if (chart->kind == CHART_STACK && chart_series_len(chart) > 1)
		/* The numbers need as much again. */
		used += (width - (used < width ? used : width)) / 2;
	bars->bar = used + LEAST_BAR < width ? width - used : LEAST_BAR;
}

void
chart_text(const struct chart *chart, size_t width, const char *mark,
    struct buf *out)
{
	struct bars bars = { .chart = chart, .mark = mark, .out = out };
	size_t len = chart_series_len(chart), i;

	buf_init(&bars.text, out->ceiling);
	measure(&bars, width);
	escape_line(out, chart->title);
	buf_str(out, ": number of ");
	escape_line(out, chart->unit);
	buf_str(out, "\n\n");
	for (i = 0; i < chart->label_len; i++) {
		write_label(&bars, chart->labels[i]);
		if (chart->kind == CHART_STACK && len > 1)
			write_stack(&bars, i);
		else
			write_lines(&bars, i);
	}
	if (len > 1)
		write_legend(&bars);
	out->full = out->full || bars.text.full;
	out->nomem = out->nomem || bars.text.nomem;
	buf_release(&bars.text);
}
