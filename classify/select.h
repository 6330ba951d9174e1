/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Which bugs a report is about: the cohort of a window, narrowed by the
 * filters of the command line, less what is left out by default.
 */
#ifndef CLASSIFY_SELECT_H
#define CLASSIFY_SELECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "classify/cohort.h"
#include "classify/verdict.h"
#include "taxonomy/taxonomy.h"

struct bug;
struct diag_sink;
struct err;
struct pattern;

/* Words given by repeating an option: any of them will do. */
struct select_words {
	const char **words;
	size_t len;
};

/* What a tag means to the taxonomy; `normal` counts when it is unknown. */
struct select_tag {
	enum tax_tag_kind kind;
	size_t index;
	char normal[TAX_MAX_TAG];
};

struct selection {
	bool windowed;		/* else every bug in the store */
	enum cohort_kind cohort;
	struct window window;
	enum label_mode labels;
	bool all;		/* INVALID, DUPLICATE and [meta] too */
	struct select_words owners;	/* any name of the owner, then or now */
	struct select_words categories;	/* ids, or other spellings of them */
	struct select_words causes;	/* rows of the causes' scheme */
	struct select_words tags;	/* anything in the whiteboard, known
					 * to the taxonomy or not */
	int64_t *ids;		/* sorted; the caller's */
	size_t id_len;
	bool by_reporter;
	enum reporter_kind reporter;
	struct pattern *text;	/* on summary and comments; NULL: none */
	struct diag_sink *sink;	/* hears on which bugs it gives up */
	/* what the words mean, filled by select_prepare */
	size_t *owner_index;
	size_t owner_index_len;
	struct select_tag *category_tags;
	size_t category_tag_len;
	size_t *cause_index;
	size_t cause_index_len;
	const struct tax_scheme *cause_scheme;	/* NULL: none is asked for */
	struct select_tag *tag_tags;
	size_t tag_tag_len;
};

/* What became of a bug. */
enum select_fate {
	SELECT_IN,
	SELECT_OUTSIDE,		/* not in the cohort, or narrowed away */
	SELECT_INVALID,		/* left out: resolution INVALID */
	SELECT_DUPLICATE,	/* left out: resolution DUPLICATE */
	SELECT_META,		/* left out: tracking bug */
	SELECT_COMPONENT,	/* left out: its component keeps no incidents */
	SELECT_UNDATED,		/* left out of COHORT_FILED: created nobody knows
				 * when */
	SELECT_UNSEARCHED,	/* left out: the text pattern gave up on it */
	SELECT_FATE__MAX
};

/*
 * Resolve the words against the taxonomy once.  ERR_USAGE, with the
 * nearest name, for an owner, a category or a cause that the taxonomy lacks
 * (bugs with a tag that it lacks are asked for by `tags`).  Release in any
 * case.
 */
const struct err *select_prepare(struct selection *selection,
    const struct taxonomy *taxonomy);
/* Free what select_prepare filled, and that alone. */
void select_release(struct selection *selection);

/*
 * Judge one bug.  An owner is matched by who it was then and by who
 * answers today; the residual category also by bugs without any label.
 * What the cohort or a filter keeps out is OUTSIDE, so that the bugs left
 * out for another reason are those that would have been counted; `all`
 * takes them in, but never those of a component without incidents, nor,
 * under COHORT_FILED, those of unknown creation time.  A bug of which the
 * text pattern matches nothing, and gives up at its limit somewhere, is not
 * searched: DIAG_SEARCH_LIMIT.  Only a pattern that fails otherwise gives an
 * error.  Of causes see select_cause.
 */
const struct err *select_fate(const struct selection *selection,
    const struct bug *bug, const struct verdict *verdict,
    const struct taxonomy *taxonomy, enum select_fate *out);

/* Is it one of the causes asked for, if any is?  Of a bug that select_fate
 * did not keep out, whose verdict has the rows of the causes' scheme.  The
 * residual cause is that of bugs without any. */
bool select_cause(const struct selection *selection,
    const struct verdict *verdict);

/* "resolution INVALID", "tracking bug" ...: reasons for the reader. */
const char *select_reason(enum select_fate fate);

#endif
