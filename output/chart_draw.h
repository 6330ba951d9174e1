/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Private to output/: what the drawers of charts have in common.  All is
 * counted in whole numbers, so that no machine draws it otherwise.
 */
#ifndef OUTPUT_CHART_DRAW_H
#define OUTPUT_CHART_DRAW_H

#include <stddef.h>
#include <stdint.h>

struct buf;
struct chart;

/* How many series are drawn. */
size_t chart_series_len(const struct chart *chart);
/* A number; less than 0 is taken for 0. */
int64_t chart_value(const struct chart *chart, size_t series, size_t label);
/* Sums, INT64_MAX when they are more: of the first `series` series under a
 * label, of a series under all, and of all. */
int64_t chart_sum_at(const struct chart *chart, size_t series,
    size_t label);
int64_t chart_sum_of(const struct chart *chart, size_t series);
int64_t chart_sum(const struct chart *chart);
/* The largest number that an axis must reach: a bar's end, a point. */
int64_t chart_top(const struct chart *chart);

/* part / whole * scale, rounded; 0 when the whole is 0. 0 <= part <= whole,
 * 0 < scale <= CHART_MAX_SCALE. */
int64_t chart_share(int64_t part, int64_t whole, int64_t scale);
/* "12.5 %". */
const char *chart_percent(int64_t part, int64_t whole, char out[16]);

/* A colour that stands out from a white page as from a black one, three to
 * one at least: "#0072b2". */
const char *chart_color(size_t series);
/* The letter that stands for a series where there is no colour. */
char chart_letter(size_t series);

/* All numbers in words: "A: 5; B: 3." */
void chart_say(const struct chart *chart, struct buf *out);

/* Limits */
enum {
	CHART_MAX_SCALE = 1 << 30,
	CHART_COLORS = 6	/* then they begin anew */
};

#endif
