/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/logistic.h"

#include <math.h>

enum {
	HALVINGS = 60		/* of a step until it goes down */
};

static double
chance(double x)
{
	return 1.0 / (1.0 + exp(-x));
}

/* The curvature of the parabola that touches log(1 + exp(x)) at x and -x and
 * is nowhere below it (Jaakkola and Jordan 2000). */
static double
bound(double x, double p)
{
	return fabs(x) < 1e-6 ? 0.25 : (p - 0.5) / x;
}

/* Go as far with a term as the parabola goes down, given its slope and
 * curvature without the penalty. */
static double
step(struct logistic_term *term, double slope, double curvature)
{
	double by;

	slope += term->strength * (term->value - term->prior);
	by = -slope / (curvature + term->strength);
	term->value += by;
	return by;
}

static double
fit_base(struct logistic *fit)
{
	double slope = 0, curvature = 0, by, p;
	size_t i;

	for (i = 0; i < fit->len; i++) {
		if (!fit->used[i])
			continue;
		p = chance(fit->sums[i]);
		slope += p - (fit->truth[i] ? 1.0 : 0.0);
		curvature += bound(fit->sums[i], p);
	}
	by = step(&fit->base, slope, curvature);
	for (i = 0; i < fit->len; i++)
		fit->sums[i] += by;
	return fabs(by);
}

static double
fit_feature(struct logistic *fit, struct logistic_feature *feature)
{
	double slope = 0, curvature = 0, by, p;
	size_t i, at;

	for (i = 0; i < feature->len; i++) {
		at = feature->cases[i];
		if (!fit->used[at])
			continue;
		p = chance(fit->sums[at]);
		slope += p - (fit->truth[at] ? 1.0 : 0.0);
		curvature += bound(fit->sums[at], p);
	}
	by = step(&feature->term, slope, curvature);
	for (i = 0; i < feature->len; i++)
		fit->sums[feature->cases[i]] += by;
	return fabs(by);
}

/* Everything where it was thought to be. */
static void
begin(struct logistic *fit)
{
	struct logistic_feature *feature;
	size_t i, j;

	fit->base.value = fit->base.prior;
	for (i = 0; i < fit->len; i++)
		fit->sums[i] = fit->base.value;
	for (i = 0; i < fit->feature_len; i++) {
		feature = &fit->features[i];
		if (!feature->fixed)
			feature->term.value = feature->term.prior;
		for (j = 0; j < feature->len; j++)
			fit->sums[feature->cases[j]] += feature->term.value;
	}
}

void
logistic_fit(struct logistic *fit)
{
	double longest, by;
	size_t i, round;

	begin(fit);
	for (round = 0; round < LOGISTIC_ROUNDS; round++) {
		longest = fit_base(fit);
		for (i = 0; i < fit->feature_len; i++) {
			if (fit->features[i].fixed)
				continue;
			by = fit_feature(fit, &fit->features[i]);
			if (by > longest)
				longest = by;
		}
		if (longest <= LOGISTIC_STEP)
			return;
	}
}

/* strength / 2 * (value - prior)^2 */
static double
penalty(const struct logistic_term *term, double value)
{
	double off = value - term->prior;

	return term->strength * off * off / 2;
}

/* What is minimized. */
static double
loss(const struct logistic_curve *curve, double offset, double slope)
{
	double sum = penalty(&curve->offset, offset) +
	    penalty(&curve->slope, slope), x;
	size_t i;

	for (i = 0; i < curve->len; i++) {
		if (!curve->used[i])
			continue;
		x = offset + slope * curve->scores[i];
		/* log(1 + exp(x)) - truth * x, without overflow */
		sum += log1p(exp(-fabs(x))) + (x > 0 ? x : 0) -
		    (curve->truth[i] ? x : 0);
	}
	return sum;
}

/* Newton's step, before it is known to go down. */
static void
newton(const struct logistic_curve *curve, double *offset, double *slope)
{
	double g0 = curve->offset.strength * (*offset - curve->offset.prior);
	double g1 = curve->slope.strength * (*slope - curve->slope.prior);
	double h00 = curve->offset.strength, h11 = curve->slope.strength;
	double h01 = 0, p, error, bend, score, det;
	size_t i;

	for (i = 0; i < curve->len; i++) {
		if (!curve->used[i])
			continue;
		score = curve->scores[i];
		p = chance(*offset + *slope * score);
		error = p - (curve->truth[i] ? 1.0 : 0.0);
		bend = p * (1 - p);
		g0 += error;
		g1 += error * score;
		h00 += bend;
		h01 += bend * score;
		h11 += bend * score * score;
	}
	det = h00 * h11 - h01 * h01;
	*offset = (h11 * g0 - h01 * g1) / -det;
	*slope = (h00 * g1 - h01 * g0) / -det;
}

void
logistic_curve(struct logistic_curve *curve)
{
	double offset, slope, now, next;
	size_t round;
	int i;

	curve->offset.value = curve->offset.prior;
	curve->slope.value = curve->slope.prior;
	now = loss(curve, curve->offset.value, curve->slope.value);
	for (round = 0; round < LOGISTIC_ROUNDS; round++) {
		offset = curve->offset.value;
		slope = curve->slope.value;
		newton(curve, &offset, &slope);
		for (i = 0; i < HALVINGS; i++, offset /= 2, slope /= 2) {
			next = loss(curve, curve->offset.value + offset,
			    curve->slope.value + slope);
			if (next <= now)
				break;
		}
		if (i == HALVINGS)
			return;
		curve->offset.value += offset;
		curve->slope.value += slope;
		now = next;
		if (fabs(offset) + fabs(slope) <= LOGISTIC_STEP)
			return;
	}
}
