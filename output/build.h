/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Builders: from tallies, verdicts and figures to reports.  They decide
 * what is said and in which words; the writers decide the form.  Each
 * fills a report that report_init has prepared; its title is the heading.
 * The data and its keys are described in cabrief(1), JSON.
 */
#ifndef OUTPUT_BUILD_H
#define OUTPUT_BUILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "output/report.h"

struct bug;
struct selection;
struct tally;
struct tally_left_out;
struct taxonomy;
struct verdict;

/* Where the figures are from: printed under every report, "source" in
 * JSON. */
struct build_source {
	const char *url;	/* the Bugzilla's, without a slash at its end;
				 * NULL when unknown */
	int64_t fetched;	/* time of the last finished run, DATE_NONE */
	int64_t bugs;		/* in the store */
	const struct taxonomy *taxonomy;	/* not NULL */
};

/* The count table.  `collapse`: show people the collapsed count beside the
 * raw one; programs see it always. */
void build_count(struct report *report, const struct tally *tally,
    const struct selection *selection, const struct build_source *source,
    bool collapse);

/* Incidents, one a row: begin, add each, say what was left out, end. */
void build_list_begin(struct report *report);
void build_list_add(struct report *report, const struct bug *bug,
    const struct verdict *verdict, const struct taxonomy *taxonomy);
void build_list_end(struct report *report,
    const struct build_source *source);

/* What was left out and why: a sentence, and "left_out" in the data.
 * `left_out` has SELECT_FATE__MAX elements; those of SELECT_IN and
 * SELECT_OUTSIDE are not looked at.  build_count does it by itself. */
void build_left_out(struct report *report,
    const struct tally_left_out *left_out);

/* One incident whole: `data` becomes an object for the first, an array of
 * objects from the second on.  The verdict's labels are of `best`. */
void build_show(struct report *report, const struct bug *bug,
    const struct verdict *verdict, const struct taxonomy *taxonomy);

/* What the store holds. */
struct build_status {
	const char *path;
	int schema;
	int64_t bugs, comments, changes, answers, answer_bytes, waiting;
	int64_t newest_change, last_run;	/* times, DATE_NONE */
	const char *last_kind;	/* "import", "fetch", "" before any run */
	const char *faults;	/* lines; "" when the check found none */
	int64_t age_limit;	/* seconds, -1 when not asked */
	bool too_old;
	const struct build_setting {
		const char *name, *value, *from;
	} *settings;		/* with -v; secrets as "(set)"; a value that
				 * is not set is NULL */
	size_t setting_len;
};
void build_status(struct report *report, const struct build_status *status,
    const struct build_source *source);

#endif
