/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Private to output/: an incident of the dashboard, and its table. */
#ifndef OUTPUT_BUILD_DASHBOARD_H
#define OUTPUT_BUILD_DASHBOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "classify/clock.h"

struct report;
struct row;
struct table;
struct value;

/* One open incident; texts stand in the report's arena. */
struct dashboard_row {
	int64_t bug;
	const char *owner, *owner_now, *summary, *title;
	const char *labels, *labels_shown;
	const char *turn, *why, *url;
	enum clock_turn turn_kind;
	int64_t next_update, close_on;	/* days */
	const char *worst, *worst_id;	/* NULL: nothing is overdue */
	int64_t worst_due;		/* time */
	int64_t worst_days;
	bool overdue, delayed, closing;
	int64_t next_due;		/* time, INT64_MAX */
	size_t questions, open_actions, late_actions;
	int64_t last_ca;		/* time */
	struct value *record;
	struct dashboard_row *next;
};

/* The columns, and one line in them. */
void build_dashboard_columns(struct report *report, struct table *table);
void build_dashboard_cells(struct report *report, struct row *out,
    const struct dashboard_row *row);

#endif
