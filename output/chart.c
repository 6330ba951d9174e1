/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/chart.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "output/chart_draw.h"

static const char *const kinds[CHART_KIND__MAX] = {
	[CHART_BAR] = "bar",
	[CHART_PIE] = "pie",
	[CHART_LINE] = "line",
	[CHART_STACK] = "stack"
};

/* After Okabe and Ito, "Color Universal Design" (2008), the light ones of
 * theirs made darker. */
static const char *const colors[CHART_COLORS] = { "#0072b2", "#d55e00",
	"#008a63", "#b0559a", "#9c7400", "#767676" };

static const char letters[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

bool
chart_kind_by_name(const char *name, size_t len, enum chart_kind *out)
{
	size_t i;

	for (i = 0; i < CHART_KIND__MAX; i++)
		if (strlen(kinds[i]) == len &&
		    memcmp(kinds[i], name, len) == 0) {
			*out = (enum chart_kind)i;
			return true;
		}
	return false;
}

size_t
chart_series_len(const struct chart *chart)
{
	if (chart->kind != CHART_BAR && chart->kind != CHART_PIE)
		return chart->series_len;
	return chart->series_len > 0 ? 1 : 0;
}

int64_t
chart_value(const struct chart *chart, size_t series, size_t label)
{
	int64_t value = chart->series[series].values[label];

	return value > 0 ? value : 0;
}

/* Neither is negative. */
static int64_t
add(int64_t sum, int64_t value)
{
	return sum > INT64_MAX - value ? INT64_MAX : sum + value;
}

int64_t
chart_sum_at(const struct chart *chart, size_t series, size_t label)
{
	int64_t sum = 0;
	size_t i;

	for (i = 0; i < series; i++)
		sum = add(sum, chart_value(chart, i, label));
	return sum;
}

int64_t
chart_sum_of(const struct chart *chart, size_t series)
{
	int64_t sum = 0;
	size_t i;

	for (i = 0; i < chart->label_len; i++)
		sum = add(sum, chart_value(chart, series, i));
	return sum;
}

int64_t
chart_sum(const struct chart *chart)
{
	int64_t sum = 0;
	size_t i;

	for (i = 0; i < chart_series_len(chart); i++)
		sum = add(sum, chart_sum_of(chart, i));
	return sum;
}

int64_t
chart_top(const struct chart *chart)
{
	size_t len = chart_series_len(chart), i, k;
	int64_t top = 0, value;

	for (i = 0; i < chart->label_len; i++) {
		if (chart->kind == CHART_STACK) {
			value = chart_sum_at(chart, len, i);
			top = value > top ? value : top;
			continue;
		}
		for (k = 0; k < len; k++) {
			value = chart_value(chart, k, i);
			top = value > top ? value : top;
		}
	}
	return top;
}

int64_t
chart_share(int64_t part, int64_t whole, int64_t scale)
{
	/* What is lost of both is less than is drawn. */
	while (whole > INT64_MAX / 2 / scale) {
		whole /= 2;
		part /= 2;
	}
	return whole > 0 ? (part * scale + whole / 2) / whole : 0;
}

const char *
chart_percent(int64_t part, int64_t whole, char out[16])
{
	int64_t tenths = chart_share(part, whole, 1000);

	(void)snprintf(out, 16, "%d.%d %%", (int)(tenths / 10),
	    (int)(tenths % 10));
	return out;
}

const char *
chart_color(size_t series)
{
	return colors[series % CHART_COLORS];
}

char
chart_letter(size_t series)
{
	return series < sizeof(letters) - 1 ? letters[series] : '#';
}

void
chart_say(const struct chart *chart, struct buf *out)
{
	size_t len = chart_series_len(chart), i, k;

	for (i = 0; i < chart->label_len; i++) {
		buf_fmt(out, "%s%s:", i > 0 ? "; " : "", chart->labels[i]);
		for (k = 0; k < len; k++) {
			buf_str(out, k > 0 ? ", " : " ");
			if (len > 1)
				buf_fmt(out, "%s ", chart->series[k].name);
			buf_fmt(out, "%" PRId64, chart_value(chart, k, i));
		}
	}
	buf_char(out, '.');
}
