/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/placing.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "classify/judge.h"
#include "taxonomy/taxonomy.h"

enum {
	CERTAIN = 1000
};

void
placing_add(struct placing *placing, size_t row)
{
	size_t i = placing->len;

	while (i > 0 && placing->rows[i - 1] > row)
		i--;
	if (i > 0 && placing->rows[i - 1] == row)
		return;
	memmove(&placing->rows[i + 1], &placing->rows[i],
	    (placing->len - i) * sizeof(placing->rows[0]));
	placing->rows[i] = row;
	placing->len++;
}

void
placing_read(const struct tax_scheme *scheme, const struct verdict *verdict,
    struct placing *out)
{
	const struct verdict_rows *told = verdict_rows(verdict, scheme);
	size_t i, category;

	out->len = 0;
	for (i = 0; told != NULL && i < told->len; i++)
		placing_add(out, told->rows[i]);
	if (out->len > 0)
		return;
	for (i = 0; i < verdict->label_len && !scheme->causes; i++) {
		category = verdict->labels[i].category;
		if (category != SIZE_MAX)
			placing_add(out, scheme->row_of[category]);
	}
	/* An open scheme has rows for unknown tags: see tally.h. */
	if (out->len == 0 && (verdict->label_len == 0 || !scheme->open))
		placing_add(out, scheme->residual);
}

/* The chance of one or the other, in thousandths; -1: not known. */
static int
either(int a, int b)
{
	if (a < 0 || b < 0)
		return -1;
	return a + (b * (CERTAIN - a) + CERTAIN / 2) / CERTAIN;
}

/* The judge's scores of the rows of the scheme for this verdict, or NULL. */
static const struct score *
scores(const struct judge *judge, const struct tax_scheme *scheme,
    const struct verdict *verdict)
{
	return verdict_rows(verdict, scheme) != NULL ?
	    judge_scores(judge, scheme) : NULL;
}

static void
be_certain(const struct tax_scheme *scheme, const struct verdict *verdict,
    int *out)
{
	struct placing placing;
	size_t i;

	placing_read(scheme, verdict, &placing);
	for (i = 0; i < placing.len; i++)
		out[placing.rows[i]] = CERTAIN;
}

void
placing_chances(const struct judge *judge, const struct tax_scheme *scheme,
    const struct verdict *verdict, int *out)
{
	const struct score *rows = scores(judge, scheme, verdict);
	int *chance;
	size_t i;

	memset(out, 0, scheme->row_len * sizeof(*out));
	if (rows != NULL) {
		for (i = 0; i < scheme->row_len; i++)
			out[i] = rows[i].chance;
		return;
	}
	if (verdict->source != LABEL_INFERRED || !verdict->judged) {
		be_certain(scheme, verdict, out);
		return;
	}
	for (i = 0; i < judge->taxonomy->category_len; i++) {
		chance = &out[scheme->row_of[i]];
		*chance = either(*chance, judge->categories[i].chance);
	}
}

void
placing_sure(const struct judge *judge, const struct tax_scheme *scheme,
    const struct verdict *verdict, int *out)
{
	const struct verdict_rows *told = verdict_rows(verdict, scheme);
	const struct score *rows = scores(judge, scheme, verdict);
	int confidence, *sure;
	size_t i;

	for (i = 0; i < scheme->row_len; i++)
		out[i] = rows != NULL && rows[i].given ? rows[i].confidence :
		    -1;
	if (told != NULL && (told->len > 0 || scheme->causes))
		return;
	for (i = 0; i < verdict->label_len; i++) {
		if (verdict->labels[i].category == SIZE_MAX)
			continue;
		confidence = verdict->labels[i].confidence;
		sure = &out[scheme->row_of[verdict->labels[i].category]];
		*sure = *sure < 0 ? confidence : either(*sure, confidence);
	}
}
