/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Private to output/: what is told of the labels of one bug (build_told.c),
 * for people (build_explain.c) and for programs (build_explain_data.c).
 */
#ifndef OUTPUT_BUILD_EXPLAIN_H
#define OUTPUT_BUILD_EXPLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "classify/evidence.h"

struct build_explain;
struct report;

/* A label, or a category that came near; or a cause. */
struct told {
	const char *id;
	const struct score *score;	/* NULL: a tag the taxonomy lacks */
	size_t category;		/* then SIZE_MAX; a cause's row */
	bool decided, tagged, inferred;
	bool best;			/* among the labels called best */
	int base;			/* where its score begins */
	const struct evidence *evidence;
	size_t evidence_len;
	int like;			/* what similar incidents voted */
	const int64_t *bugs;		/* those of them that carry it */
	size_t bug_len;
};

struct told_list {
	struct told *labels;
	size_t label_len;
	struct told *nearest;	/* no labels: the likeliest of the rest */
	size_t nearest_len;
	struct told *causes;
	size_t cause_len;
};

/* Find out; a failure marks the report. */
void told_read(struct report *report, const struct build_explain *from,
    struct told_list *list);
/* Who gave the label that `best` takes or would take first. */
const char *told_source(const struct told *told);
/* "The whiteboard names a category, so its tags count." ..., in the
 * report's arena. */
const char *told_why(struct report *report,
    const struct build_explain *from);

void build_explain_data(struct report *report,
    const struct build_explain *from, const struct told_list *list);

/* Limits */
enum {
	TOLD_NEAREST = 3	/* more would be noise */
};

#endif
