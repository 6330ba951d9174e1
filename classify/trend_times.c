/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/trend_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "classify/trend.h"

/* At the same time, what ended comes before what still ran. */
static int
by_time(const void *a, const void *b)
{
	const struct trend_time *x = a, *y = b;

	if (x->seconds != y->seconds)
		return x->seconds < y->seconds ? -1 : 1;
	return (int)x->running - (int)y->running;
}

void
trend_quartiles(struct trend_time *times, size_t len,
    struct trend_times *out)
{
	static const double share[] = { 0.75, 0.5, 0.25 };
	double survival = 1;
	size_t i, k, next = 0, over;

	memset(out, 0, sizeof(*out));
	out->n = len;
	for (i = 0; i < 3; i++)
		out->quartile[i] = -1;
	if (len > 0)
		qsort(times, len, sizeof(*times), by_time);
	for (i = 0; i < len; i = k) {
		over = 0;
		for (k = i; k < len && times[k].seconds == times[i].seconds;
		    k++)
			over += !times[k].running;
		out->running += k - i - over;
		survival *= 1 - (double)over / (double)(len - i);
		/* Products of such fractions miss a half by a rounding. */
		while (next < 3 && survival <= share[next] + 1e-9)
			out->quartile[next++] = (times[i].seconds * 10 +
			    DATE_DAY / 2) / DATE_DAY;
	}
}
