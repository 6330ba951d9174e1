/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Private to output/: the two halves of build_evaluate, for people and for
 * programs.
 */
#ifndef OUTPUT_BUILD_EVALUATE_H
#define OUTPUT_BUILD_EVALUATE_H

struct build_evaluate;
struct eval_sure;
struct report;

enum {
	EVALUATE_DIGITS = 16	/* bytes of a share as text */
};

/* "0.878"; "" for EVAL_NONE. */
const char *evaluate_digits(double share, char out[EVALUATE_DIGITS]);

/* Mean confidence of the labels of a tenth, or EVAL_NONE. */
double evaluate_confidence(const struct eval_sure *tenth);

/* Make the report's data. */
void evaluate_data(struct report *report, const struct build_evaluate *from);

#endif
