/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Private to output/: what the builders of charts share. */
#ifndef OUTPUT_BUILD_CHART_H
#define OUTPUT_BUILD_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "output/chart.h"

struct block;
struct cross;
struct report;
struct selection;
struct tally;

/* A chart to be filled and given to report_chart, in the report's arena;
 * numbers are 0, names NULL.  NULL on no memory. */
struct chart *build_chart_new(struct report *report, enum chart_kind kind,
    size_t labels, size_t series);
/* Words, as they are written into a block: begin, any call that fills one;
 * then the text, with what is dated or without.  NULL on no memory. */
struct block *build_words_begin(struct report *report);
const char *build_words(struct report *report, const struct block *block,
    bool dated);

/* A tally's rows; the residual one only if it has incidents.  `title` is
 * words, or NULL: the scheme's. */
void build_tally_chart(struct report *report, const struct tally *tally,
    enum chart_kind kind, const struct block *title,
    const struct selection *selection);
/* The same of two that are crossed, a stack. */
void build_cross_chart(struct report *report, const struct cross *cross,
    const struct selection *selection);

#endif
