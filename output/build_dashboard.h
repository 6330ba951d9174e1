/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Private to output/: an incident of the dashboard, and its tables. */
#ifndef OUTPUT_BUILD_DASHBOARD_H
#define OUTPUT_BUILD_DASHBOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "classify/clock.h"
#include "output/report.h"

struct dashboard;
struct value;

/* One open incident; texts stand in the report's arena. */
struct dashboard_row {
	int64_t bug;
	const char *owner, *owner_now, *summary, *title;
	const char *labels, *labels_shown;
	const char *status, *assigned, *whiteboard;
	int64_t filed, changed;		/* times */
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

/* What one table shows. */
struct dashboard_group {
	const char *id, *title, *note;	/* NULL: it is not one of several */
	struct dashboard_row **rows;	/* the most urgent first */
	size_t row_len;
};

/* A table with the rows of the groups, one after the other; one for programs
 * has the group's id in its first column. */
void build_dashboard_table(struct report *report,
    const struct dashboard *dashboard, enum audience audience,
    const struct dashboard_group *groups, size_t group_len);

/* The rows by those of dashboard->by: a heading and a table for each that has
 * some of them, and "by", "assignments" and "groups" in the data. */
void build_dashboard_by(struct report *report,
    const struct dashboard *dashboard, struct dashboard_row *const *rows,
    size_t row_len);

#endif
