/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Charts as wikitext: lying bars of divs, which a wiki without uploads shows
 * too.  To those who do not see them, the whole is one picture with a label
 * that says every number.
 */

#include "output/chart.h"

#include <inttypes.h>

#include "base/buf.h"
#include "output/chart_draw.h"
#include "output/escape.h"

enum {
	/* Hundredths of a percent; the numbers stand behind the bars. */
	WIDEST = 7500,
	WIDEST_STACK = 5500,
	PATTERNS = 5
};

/* What is drawn over the colours, so that series differ without them. */
static const char *const patterns[PATTERNS] = {
	"",
	"repeating-linear-gradient(45deg,#fff 0 2px,#fff0 2px 8px),",
	"repeating-linear-gradient(0deg,#fff 0 2px,#fff0 2px 6px),",
	"repeating-linear-gradient(135deg,#fff 0 2px,#fff0 2px 8px),",
	"repeating-linear-gradient(90deg,#fff 0 2px,#fff0 2px 6px),"
};

static void
write_segment(const struct chart *chart, size_t series, int64_t width,
    struct buf *out)
{
	if (width > 0)
		buf_fmt(out, "<div style=\"flex:none;height:1.3em;width:%" PRId64
		    ".%02" PRId64 "%%;background:%s%s\"></div>", width / 100,
		    width % 100, chart_series_len(chart) == 1 ? "" :
		    patterns[series % PATTERNS], chart_color(series));
}

/* Behind the bar. */
static void
write_numbers(const struct chart *chart, size_t label, size_t from,
    size_t to, int64_t sum, struct buf *out)
{
	const char *before = ": ";
	char percent[16];
	int64_t value;
	size_t i;

	buf_fmt(out, "<div style=\"margin-left:.5em\">%" PRId64, sum);
	if (chart->kind == CHART_PIE)
		buf_fmt(out, " (%s)", chart_percent(sum, chart_sum(chart),
		    percent));
	for (i = from; i < to && to - from > 1; i++) {
		value = chart_value(chart, i, label);
		if (value == 0)
			continue;
		buf_fmt(out, "%s%c %" PRId64, before, chart_letter(i), value);
		before = ", ";
	}
	buf_str(out, "</div>");
}

/* A row: the label's name, and a bar of the series `from` to `to`. */
static void
write_row(const struct chart *chart, const char *name, size_t label,
    size_t from, size_t to, struct buf *out)
{
	int64_t top = chart_top(chart), at = 0, end, sum = 0, value;
	size_t i;

	buf_str(out, "<div style=\"display:flex;margin:.2em 0\">"
	    "<div style=\"flex:none;width:14em;margin-right:.5em;"
	    "text-align:right\">");
	escape_wiki(out, name, ESCAPE_WHOLE);
	buf_str(out, "</div><div style=\"flex:1;display:flex\">");
	for (i = from; i < to; i++, at = end) {
		value = chart_value(chart, i, label);
		sum = sum > INT64_MAX - value ? INT64_MAX : sum + value;
		end = chart_share(sum, top, to - from > 1 ? WIDEST_STACK :
		    WIDEST);
		write_segment(chart, i, end - at, out);
	}
	write_numbers(chart, label, from, to, sum, out);
	buf_str(out, "</div></div>\n");
}

static void
write_legend(const struct chart *chart, struct buf *out)
{
	size_t i;

	for (i = 0; i < chart->series_len; i++) {
		buf_fmt(out, "<div style=\"display:flex;margin:.2em 0\">"
		    "<div style=\"flex:none;width:1.2em;background:%s%s\">"
		    "</div><div style=\"margin-left:.5em\">%c&#58; ",
		    patterns[i % PATTERNS], chart_color(i), chart_letter(i));
		escape_wiki(out, chart->series[i].name, ESCAPE_WHOLE);
		buf_str(out, "</div></div>\n");
	}
}

void
chart_mediawiki(const struct chart *chart, struct buf *out)
{
	size_t len = chart_series_len(chart), i, k;
	struct buf words;

	buf_init(&words, out->ceiling);
	buf_fmt(&words, "%s. %s ", chart->title, chart->desc);
	chart_say(chart, &words);
	buf_str(out, "<div role=\"img\" aria-label=\"");
	escape_wiki_value(out, buf_text(&words));
	buf_str(out, "\" style=\"max-width:60em\">\n'''");
	escape_wiki(out, chart->title, ESCAPE_WHOLE);
	buf_str(out, "''', number of ");
	escape_wiki(out, chart->unit, ESCAPE_WHOLE);
	buf_char(out, '\n');
	for (i = 0; i < chart->label_len; i++) {
		if (chart->kind == CHART_STACK)
			write_row(chart, chart->labels[i], i, 0, len, out);
		for (k = 0; k < len && chart->kind != CHART_STACK; k++)
			write_row(chart, k == 0 ? chart->labels[i] : "", i,
			    k, k + 1, out);
	}
	if (len > 1)
		write_legend(chart, out);
	buf_str(out, "</div>\n");
	out->full = out->full || words.full;
	out->nomem = out->nomem || words.nomem;
	buf_release(&words);
}
