/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A taxonomy in the making.  Reading a file adds to the draft what the
 * file holds; linking, after the last file, resolves what one element says
 * of another and checks that all fits together.  Both report what is
 * wrong and go on.  Private to taxonomy/.
 */
#ifndef TAXONOMY_DRAFT_H
#define TAXONOMY_DRAFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "fetch/xml.h"
#include "taxonomy/handling.h"
#include "taxonomy/lessondraft.h"
#include "taxonomy/named.h"
#include "taxonomy/ruledraft.h"
#include "taxonomy/taxonomy.h"

/* A <category ref="..."/> in a row of a scheme, not yet looked up. */
struct draft_ref {
	const char *id;
	size_t scheme;
	size_t row;
	uint64_t line;
};

struct draft {
	struct taxonomy *taxonomy;	/* filled; everything in its arena */
	const char *place;		/* goes before file names: "DIR/" */
	const char *file;		/* the one being read */
	const char *first_file;		/* where to show what is missing in
					 * all files */
	uint64_t first_line;
	const char *version_file;	/* NULL until a version was seen */
	uint64_t version_line;
	struct draft_ref *refs;		/* in order of schemes */
	size_t ref_len;
	const char **now;		/* as written, for each owner; NULL
					 * where there is none */
	struct draft_rule *rules;	/* as many as the taxonomy has */
	struct draft_given *givens;
	size_t given_len;
	struct macro *macros;		/* in order of the files */
	size_t macro_len;
	const char *scoring_file;	/* NULL until <scoring> was seen */
	uint64_t scoring_line;
	const char *neighbours_file;	/* the same for <neighbours> */
	uint64_t neighbours_line;
	struct handling handling;
	struct lesson_draft lessons;
	/* Sorted lists, while all is linked. */
	struct named_list categories, schemes, macro_names;
	struct named_list *rows;	/* for each scheme */
	struct buf scratch;		/* for one text at a time */
	bool failed;			/* memory was refused; what is read
					 * after that is worth nothing */
	/* Where faults go. `report` NULL: the first is kept in `fault`. */
	void (*report)(void *arg, const char *text);
	void *arg;
	const struct err *fault;
	size_t faults;
	size_t hints;	/* that were given */
};

/* Say what is wrong at a place. */
void draft_fault(struct draft *draft, const char *file, uint64_t line,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* Add what stands under `root`, which must fit the schema.  `file` is its
 * name without the folder and is copied. */
void draft_read(struct draft *draft, const struct xml_element *root,
    const char *file);

/* Check crosswise and fill in what points elsewhere: tags, row_of, now,
 * the order of names.  Call once, after everything was read. */
void draft_link(struct draft *draft);

/* Zeroed, in the arena; or NULL and `failed` set. */
void *draft_alloc(struct draft *draft, size_t count, size_t size);

/* `items` with room for one more than `len`, the rest zeroed; or NULL and
 * `failed` set.  The old array stays in the arena, unused: arrays double,
 * so that all of these together are no longer than the last. */
void *draft_grown(struct draft *draft, void *items, size_t len, size_t size);

/* Is the element called so?  Has it such an attribute? */
bool draft_is(const struct xml_element *node, const char *name);
bool draft_has(const struct xml_element *node, const char *name);

/*
 * What an element says.  All texts lie in the arena, have no blanks around
 * them, and one space for each run of blanks within.  An empty text, one
 * with control characters, and what is no day or id are faults; then, and
 * when memory is refused, the text is good enough to go on with.
 */
/* The text of the element; never NULL. */
const char *draft_content(struct draft *draft, const struct xml_element *node);
/* The value of an attribute; NULL when it is not there. */
const char *draft_attribute(struct draft *draft, const struct xml_element *node,
    const char *name);
/* The text of a <pattern> or <macro>: blanks count as they stand, but not
 * around it and not around line breaks, which may lie where they please.
 * Never NULL. */
const char *draft_pattern(struct draft *draft, const struct xml_element *node);
/* A number with up to three decimals, in thousandths, from `least` to
 * `most`; `absent` when the attribute is not there or a fault. */
int draft_number(struct draft *draft, const struct xml_element *node,
    const char *name, int least, int most, int absent);
/* A whole number from `least` to `most`; `least` when it is a fault. */
int draft_count(struct draft *draft, const struct xml_element *node,
    const char *name, int least, int most);
/* True when the attribute is there and says "true". */
bool draft_flag(struct draft *draft, const struct xml_element *node,
    const char *name);
/* The day in an attribute; DATE_NONE when it is not there. */
int64_t draft_day(struct draft *draft, const struct xml_element *node,
    const char *name);
/* The days in two attributes, open (DATE_NONE, INT64_MAX) when they are not
 * there.  `from` is the name of the first; the second is "until". */
void draft_period(struct draft *draft, const struct xml_element *node,
    const char *from_name, int64_t *from, int64_t *until);
/* Which of the `len` words an attribute says; `len` when it is none of
 * them, which is told: `what` is what they name. */
size_t draft_choice(struct draft *draft, const struct xml_element *node,
    const char *name, const char *what, const char *const *words, size_t len);
/* The same of a word that stands in it. */
size_t draft_choice_of(struct draft *draft, const struct xml_element *node,
    const char *name, const char *word, const char *what,
    const char *const *words, size_t len);
/* The attribute "id": lower-case letters, digits, hyphens; or, of what may
 * be any tag ("verif?"), a tag in normal form.  Never NULL. */
const char *draft_id(struct draft *draft, const struct xml_element *node);
const char *draft_tag_id(struct draft *draft, const struct xml_element *node);
/* The normal form of a tag; never NULL. */
const char *draft_normal(struct draft *draft, const char *tag,
    uint64_t line);
/* What is in `scratch`, without a space at its end; never NULL. */
const char *draft_keep(struct draft *draft);

#endif
