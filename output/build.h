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

#include "classify/cohort.h"
#include "classify/inclusion.h"
#include "output/chart.h"
#include "output/report.h"

struct bug;
struct clocks;
struct cross;
struct eval;
struct feed_entry;
struct fit_result;
struct gold;
struct judge;
struct lessons;
struct override;
struct report_text;
struct review;
struct score;
struct selection;
struct similar_votes;
struct tally;
struct tally_left_out;
struct taxonomy;
struct trend;
struct verdict;

/* The day in the past that a report shows. */
struct build_past {
	int64_t day;
	int64_t later;		/* bugs filed after it */
	const int64_t *unsure;	/* bugs that changed since, and whose history
				 * is not in the store */
	size_t unsure_len;
};

/* Where the figures are from: printed under every report, "source" in
 * JSON. */
struct build_source {
	const char *url;	/* the Bugzilla's, without a slash at its end;
				 * NULL when unknown */
	int64_t fetched;	/* time of the last finished run, DATE_NONE */
	int64_t bugs;		/* in the store */
	const struct taxonomy *taxonomy;	/* not NULL */
	size_t decisions;	/* of people, that came before it */
	bool as_of;		/* what follows is told: else things are shown
				 * as they stand */
	struct build_past past;
};

/* The count table.  `collapse`: show people the collapsed count beside the
 * raw one; programs see it always.  `chart`: its kind, a bar or a pie; NULL:
 * none. */
void build_count(struct report *report, const struct tally *tally,
    const struct selection *selection, const struct build_source *source,
    bool collapse, const enum chart_kind *chart);

/* The same of two schemes crossed; the only chart is CHART_STACK. */
void build_cross(struct report *report, const struct cross *cross,
    const struct selection *selection, const struct build_source *source,
    bool collapse, const enum chart_kind *chart);

/* Incidents, one a row: begin, add each, say what was left out, end. */
void build_list_begin(struct report *report);
void build_list_add(struct report *report, const struct bug *bug,
    const struct verdict *verdict, const struct taxonomy *taxonomy);
void build_list_end(struct report *report,
    const struct build_source *source);

/*
 * The same incidents as a feed: that each was filed, and each time it was
 * closed, as far as that was in the window.  Begin with zeros behind what is
 * given, add each, end.
 */
struct build_feed {
	const struct taxonomy *taxonomy;
	const struct selection *selection;
	const char *pattern;	/* selection's, as the user wrote it, or NULL */
	struct feed_entry *entries;	/* the builder's */
	size_t len;
};
void build_feed_add(struct report *report, struct build_feed *feed,
    const struct bug *bug, const struct verdict *verdict);
void build_feed_end(struct report *report, const struct build_feed *feed);

/* The same of those to be looked at again, the worst first. */
struct build_review {
	const struct taxonomy *taxonomy;
	const struct review *review;
	const struct score *scores;	/* one a category */
};
void build_review_begin(struct report *report);
void build_review_add(struct report *report, const struct bug *bug,
    const struct verdict *verdict, const struct build_review *review);
void build_review_end(struct report *report,
    const struct build_source *source);

/* How labels agree with gold labels.  `eval` is finished. */
enum build_votes {
	BUILD_VOTES_FOLDS,	/* of bugs in other folds */
	BUILD_VOTES_EARLIER,	/* of bugs filed earlier */
	BUILD_VOTES_NONE
};
struct build_evaluate {
	const struct eval *eval;
	const struct gold *gold;	/* of a file; NULL: whiteboards */
	const char *name;		/* of the file */
	enum build_votes votes;		/* of similar incidents */
	unsigned folds;
	bool by_year;
};
void build_evaluate(struct report *report,
    const struct build_evaluate *evaluate,
    const struct selection *selection, const struct build_source *source);

/* What was left out and why: a sentence, and "left_out" in the data.
 * `left_out` has SELECT_FATE__MAX elements; those of SELECT_IN and
 * SELECT_OUTSIDE are not looked at.  build_count does it by itself. */
void build_left_out(struct report *report,
    const struct tally_left_out *left_out);

/* One incident whole: `data` becomes an object for the first, an array of
 * objects from the second on.  `past` is about this bug alone, NULL for one
 * as things stand. */
struct build_show {
	const struct bug *bug;
	const struct verdict *verdict;	/* with the best labels */
	const struct report_text *text;	/* what its comments say */
	const struct clocks *clocks;	/* of the same comments */
	const struct taxonomy *taxonomy;
	const struct build_past *past;
};
void build_show(struct report *report, const struct build_show *from);

/*
 * Why a bug has its labels.  `data` becomes an object for the first bug, an
 * array of objects from the second on.  `verdict` has the best labels, and
 * the causes where the taxonomy knows any, and `judge`, with the rules always
 * run, has settled it last.  Evidence in comments is shown as far as `bug`
 * has them.
 */
struct build_explain {
	const struct bug *bug;
	const struct verdict *verdict;
	const struct judge *judge;
	const struct similar_votes *votes;	/* of which the judge was told,
						 * or NULL */
	const struct override *decision;	/* on the bug, or NULL */
	bool stale;				/* it is */
	const struct build_past *past;		/* about this bug alone; NULL:
						 * as things stand */
};
void build_explain(struct report *report, const struct build_explain *from);

/* Which bugs two taxonomies label otherwise: begin, add each, end. */
struct build_diff {
	const char *before_name, *after_name;	/* as the user knows them */
	const struct taxonomy *before, *after;
	int64_t bugs;		/* compared; known at the end */
};
void build_diff_begin(struct report *report, const struct build_diff *diff);
/* `kind`: "tagged" or "inferred".  Labels are words with blanks between,
 * `why` is lines, each ended; "" when there is no more to say. */
void build_diff_add(struct report *report, int64_t bug, const char *kind,
    const char *before, const char *after, const char *why);
void build_diff_end(struct report *report, const struct build_diff *diff);

/* How a fit went: the taxonomy as it stands, and what came of it. */
void build_fit(struct report *report, const struct taxonomy *taxonomy,
    const struct fit_result *fit);

/* The incidents most like one: begin, add each, the likest first, end.
 * Labels are those of the whiteboards, `cosine` is in thousandths. */
void build_similar_begin(struct report *report, const struct bug *bug,
    const struct verdict *verdict, const struct taxonomy *taxonomy);
void build_similar_add(struct report *report, const struct bug *bug,
    const struct verdict *verdict, const struct taxonomy *taxonomy,
    int cosine);
void build_similar_end(struct report *report,
    const struct build_source *source);

/*
 * Lessons Learned.  `lessons` is finished, and its quotations have their
 * texts.
 */
struct build_lessons {
	const struct lessons *lessons;
	const struct selection *selection;
	bool compared;		/* with the window before: */
	struct window before;
	bool table;		/* as tables: problem, bugs, advice */
};
void build_lessons(struct report *report, const struct build_lessons *from,
    const struct tally_left_out *left_out, const struct build_source *source);

/*
 * Open incidents, the worst first, with counts: begin, add each with its
 * clocks of `now`, end.  `left_out` as in build_left_out.
 */
enum dashboard_only {
	DASHBOARD_OPEN,		/* all of them */
	DASHBOARD_CLOSING,
	DASHBOARD_OVERDUE,
	DASHBOARD_CA,		/* it is the CA's move */
	DASHBOARD_ROOT_PROGRAM,
	DASHBOARD_DELAYED,	/* revocations */
	DASHBOARD_QUESTIONS,
	DASHBOARD_ACTIONS,
	DASHBOARD_LATE_ACTIONS,
	DASHBOARD_ONLY__MAX
};
enum {
	DASHBOARD_COLUMNS = 18		/* that can be chosen */
};
struct dashboard {
	int64_t now;
	enum dashboard_only only;	/* what the table shows */
	size_t columns[DASHBOARD_COLUMNS];	/* of the table, in order */
	size_t column_len;		/* 0: the usual ones */
	const struct tally *by;		/* a table for each of its rows; NULL:
					 * one table.  Finished at the end */
	const struct taxonomy *taxonomy;
	struct dashboard_row *rows, *last;	/* the builder's */
	size_t row_len;
};
void build_dashboard_begin(struct report *report,
    struct dashboard *dashboard);
void build_dashboard_add(struct report *report, struct dashboard *dashboard,
    const struct bug *bug, const struct verdict *verdict,
    const struct clocks *clocks);
void build_dashboard_end(struct report *report, struct dashboard *dashboard,
    const struct selection *selection,
    const struct tally_left_out *left_out,
    const struct build_source *source);
/* "overdue", "closing", "ca" ...; false for what no table shows alone. */
bool dashboard_only_by_name(const char *name, enum dashboard_only *out);
/* "id", "owner" ... of the column's number, under DASHBOARD_COLUMNS, and
 * back; false for another word. */
const char *dashboard_column_name(size_t column);
bool dashboard_column_by_name(const char *name, size_t len, size_t *out);

/* Inclusion requests that are open: the report, and its table of counts
 * alone. */
struct build_inclusion {
	int64_t bug;
	struct inclusion inclusion;
	int64_t filed, changed;	/* times */
	const char *summary;
};
struct build_inclusions {
	const struct taxonomy *taxonomy;
	const struct build_inclusion *requests;	/* by number */
	size_t len;
	int64_t now;
};
void build_inclusions(struct report *report,
    const struct build_inclusions *from, const struct build_source *source);
void build_inclusion_counts(struct report *report,
    const struct build_inclusions *from);

/* The briefing. */
enum brief_section {
	BRIEF_OPEN,		/* how many are open, and closing soon */
	BRIEF_COUNTS,		/* the count table */
	BRIEF_TYPES,		/* a paragraph for each row of it */
	BRIEF_CHARTS,
	BRIEF_THEMES,		/* Lessons Learned */
	BRIEF_RECOMMENDATIONS,
	BRIEF_INCLUSIONS,
	BRIEF_SECTION__MAX
};
const char *brief_section_name(enum brief_section section);
bool brief_section_by_name(const char *name, size_t len,
    enum brief_section *out);

struct build_bugs {
	int64_t *bugs;		/* ascending */
	size_t len;
};

struct build_brief {
	const char *style;
	const char *author;	/* NULL: none */
	const enum brief_section *sections;
	size_t section_len;
	const struct selection *selection;	/* windowed */
	const struct tally *tally;
	bool compared;		/* with the window before: */
	const struct tally *tally_before;
	struct window before;
	const struct lessons *lessons;
	enum chart_kind chart;	/* of the charts: a bar or a pie */
	struct build_bugs open, closing;	/* at the end of open_day */
	int64_t open_day;
	const struct build_inclusions *inclusions;
};
void build_brief(struct report *report, const struct build_brief *from,
    const struct build_source *source);

/* Trends; `trend` is finished. */
struct build_trend {
	const struct trend *trend;
	const struct selection *selection;
	const char *by;		/* what the rows are: a scheme's id, "owner",
				 * "form" */
	const char *heading;	/* of their column */
	const enum chart_kind *chart;	/* any but a pie; NULL: none */
};
void build_trend(struct report *report, const struct build_trend *from,
    const struct tally_left_out *left_out, const struct build_source *source);

/* What the store holds. */
struct build_status {
	const char *path;
	int schema;
	int64_t bugs, comments, changes, answers, answer_bytes, waiting;
	int64_t gone, to_come;	/* as struct store_status has them */
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
	const struct build_refreshed {
		const char *plan, *report;
		int64_t tried, good;	/* times; good DATE_NONE: never */
		const char *what;	/* failed at the last try; "" */
	} *refreshed;		/* the reports of plans */
	size_t refreshed_len;
};
void build_status(struct report *report, const struct build_status *status,
    const struct build_source *source);

#endif
