/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The taxonomy: what incidents are sorted into, and who the CA owners are.
 * It is data (XML, described in cabrief-taxonomy(5)), loaded and checked
 * here, and read by everything to the right.  It knows no bug and runs no
 * pattern.  All pointers into a struct taxonomy live as long as it does.
 */
#ifndef TAXONOMY_TAXONOMY_H
#define TAXONOMY_TAXONOMY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"
#include "base/mem.h"
#include "taxonomy/guideline.h"

struct err;

/* Another way a tag is written, or was called before it was renamed. */
struct tax_spelling {
	const char *text;	/* normal form, see taxonomy_normal */
	int64_t until;		/* day of the rename; DATE_NONE: misspelling */
	uint64_t line;
};

/* How scores are read, fitted for labels by rules alone, and for those
 * where neighbours had a vote. */
enum tax_fit_kind {
	TAX_FIT_RULES,
	TAX_FIT_NEIGHBOURS,
	TAX_FIT__MAX
};

struct tax_fit {
	int threshold;		/* the label is given from this score on */
	int offset, slope;	/* confidence = 1 / (1 + exp(-(offset +
				 * slope * score))); slope 0: not fitted */
};

/* How sure a label is that was given: a label that wins is right more often
 * than its category's curve alone says.  1 / (1 + exp(-(offset + slope *
 * (the exponent of the curve)))); slope 0: as the curve says. */
struct tax_sure {
	int offset, slope;
};

/*
 * A category: one tag, in the order in which reports show them.  Its index
 * in struct taxonomy is how labels name it.
 */
struct tax_category {
	const char *id;		/* the tag: "crl-failure" */
	const char *title;	/* "CRL Failure" */
	const char *meaning;	/* one or two sentences */
	int64_t since;		/* day the tag came into use, or DATE_NONE */
	bool residual;		/* "uncategorized": where all others end up */
	int base;		/* where its score begins */
	struct tax_fit fit[TAX_FIT__MAX];
	struct tax_spelling *spellings;
	size_t spelling_len;
	const char *file;
	uint64_t line;
};

/* What stands in a whiteboard and is no category. */
enum tax_mark_kind {
	TAX_MARK_BASE,		/* [ca-compliance] */
	TAX_MARK_EXTERNAL,	/* reported from outside the CA */
	TAX_MARK_META,		/* a tracking bug */
	TAX_MARK_AUDITOR,	/* is about an auditor, not a CA */
	TAX_MARK_OTHER,		/* process marks of all kinds */
	TAX_MARK_CLOSE_ON,	/* [close on DATE] */
	TAX_MARK_NEXT_UPDATE,	/* Next update DATE */
	TAX_MARK_KIND__MAX
};

struct tax_mark {
	const char *id;		/* normal form: "covid-19", "close-on" */
	const char *meaning;
	enum tax_mark_kind kind;
	struct tax_spelling *spellings;
	size_t spelling_len;
	const char *file;
	uint64_t line;
};

/* A scheme groups categories into the rows of a report.  Each category is
 * in exactly one row; a bug that no label gave a row goes to `residual`. */
struct tax_row {
	const char *id;		/* "crl" */
	const char *title;	/* "CRL Failures" */
	const char *note;	/* printed under the table; NULL if none */
	int base;		/* in a scheme with rules of its own, as a */
	struct tax_fit fit;	/* category's */
	uint64_t line;
};

/*
 * Rules.  A rule is a pattern on a field; where it matches, it votes for
 * categories, or, as a rule of a scheme, for rows of that scheme.  Weights,
 * thresholds, scores, offsets and slopes are whole thousandths, so that
 * sums are the same everywhere.  Negative weights speak against.
 */
enum tax_field {
	TAX_FIELD_TITLE,	/* summary behind the owner */
	TAX_FIELD_SUMMARY,	/* whole summary */
	TAX_FIELD_OWNER,	/* name of the owner then, or the prefix */
	TAX_FIELD_WORDS,	/* words of the whiteboard that are no tags */
	TAX_FIELD_FIRST,	/* TAX_OPENING characters of comment 0 */
	TAX_FIELD_SECTION,	/* sections of the reports in the comments */
	TAX_FIELD_CA,		/* each comment by the CA */
	TAX_FIELD_TEXT,		/* each comment */
	TAX_FIELD__MAX
};

struct tax_vote {
	size_t target;		/* category, or row of the rule's scheme */
	int weight;
};

/* Rules of the first stage give labels and themes and need little text;
 * those of the others read whole reports: for causes, and for facets, which
 * are many and seldom asked for. */
enum tax_stage {
	TAX_STAGE_LABELS,
	TAX_STAGE_REPORTS,
	TAX_STAGE_LESSONS,
	TAX_STAGE__MAX
};

struct tax_rule {
	const char *id;
	enum tax_stage stage;
	enum tax_field field;
	uint64_t sections;	/* of TAX_FIELD_SECTION: bits 1 << enum
				 * tax_section_kind; else 0 */
	const char *pattern;	/* PCRE2, macros put in */
	bool exact;		/* letters count as they stand */
	int64_t from, until;	/* days on which the bug was filed; DATE_NONE
				 * and INT64_MAX when open */
	size_t *needs, *bars;	/* rules that must have / must not have
				 * matched on the same bug */
	size_t need_len, bar_len;
	struct tax_vote *votes;
	size_t vote_len;
	size_t scheme;		/* SIZE_MAX: votes for categories */
	size_t facet;		/* that it tells; then it has no votes; or
				 * SIZE_MAX */
	const char *yes, *no;	/* must match, must not; NULL if none */
	const char *why;	/* NULL if none */
	const char *file;
	uint64_t line;
};

/* In a scheme with rules of its own, what a label is worth for its rows. */
struct tax_given {
	size_t category;
	struct tax_vote *votes;
	size_t vote_len;
	uint64_t line;
};

/*
 * The most similar incidents vote with their tags.  A category gets
 * weight * ln((share + epsilon) / (prior + epsilon)): its share in the
 * sum of cosine ^ power over the nearest, and in all tagged incidents.
 */
struct tax_neighbours {
	int count;		/* how many are asked; 0: none */
	int power;		/* of the cosine, by which each counts */
	int epsilon;		/* thousandths, added to a share */
	int weight;		/* thousandths, of what they say */
	int first;		/* thousandths: what the first comment counts
				 * beside the title */
	int prefix;		/* characters of a word that are compared */
};

struct tax_scheme {
	const char *id;		/* "types-2024" */
	const char *title;
	const char *heading;	/* of the first column: "Type of Incident" */
	struct tax_row *rows;
	size_t row_len;
	size_t *row_of;		/* row index for each category index */
	size_t residual;	/* row of bugs without a known category */
	bool open;		/* unknown tags get rows of their own */
	struct tax_given *givens;
	size_t given_len;
	int floor;		/* as the taxonomy's, for its rows */
	bool causes;		/* the second axis: tags tell nothing of it, its
				 * rules are of TAX_STAGE_REPORTS, and a bug
				 * may have several rows or `residual` */
	bool ruled;		/* has givens or rules of its own; `row_of` is
				 * then what tags alone tell */
	const char *file;
	uint64_t line;
};

/* Where in Bugzilla incidents and inclusion requests are kept. */
enum tax_component_kind {
	TAX_COMPONENT_INCIDENTS,
	TAX_COMPONENT_INCLUSIONS
};

struct tax_component {
	const char *product;
	const char *name;
	enum tax_component_kind kind;
	const char *file;
	uint64_t line;
};

/* A state of inclusion requests, told by a whiteboard tag. */
struct tax_inclusion {
	const char *id;		/* the tag: "ca-verifying" */
	const char *title;	/* row of the briefings */
	bool counted;		/* approved, on hold, denied are not */
	struct tax_spelling *spellings;
	size_t spelling_len;
	const char *file;
	uint64_t line;
};

/*
 * Owners.  A name leads to an owner: the owner as briefings of the time
 * called it (`then`) and the one that answers for it today, which is where
 * `now` of that owner leads (itself when it is not succeeded by another).
 */
enum tax_name_kind {
	TAX_NAME_CA,		/* the owner, in any spelling */
	TAX_NAME_BRAND,
	TAX_NAME_SUBCA,		/* run by another under the owner's root */
	TAX_NAME_AUDITOR,
	TAX_NAME_KIND__MAX
};

struct tax_name {
	const char *text;	/* as it stands in summaries */
	const char *key;	/* text_fold of it */
	enum tax_name_kind kind;
	size_t owner;		/* index */
	uint64_t line;
};

struct tax_owner {
	const char *id;		/* "digicert" */
	const char *name;	/* short house name: "DigiCert" */
	const char *note;	/* NULL if none */
	size_t now;		/* index of the owner that answers today */
	int64_t since;		/* day from which it does; or DATE_NONE */
	bool auditor;		/* an audit firm: no CA */
	const char **domains;	/* of its people's logins, in lower case */
	size_t domain_len;
	const char *file;
	uint64_t line;
};

struct taxonomy {
	const char *version;	/* "2026.1" */
	char sha256[HASH_HEX];	/* of the files, by name and content */
	struct tax_category *categories;
	size_t category_len;
	size_t residual;	/* the one category with `residual` */
	struct tax_mark *marks;
	size_t mark_len;
	struct tax_scheme *schemes;
	size_t scheme_len;
	struct tax_component *components;
	size_t component_len;
	struct tax_inclusion *inclusions;
	size_t inclusion_len;
	struct tax_owner *owners;
	size_t owner_len;
	struct tax_rule *rules;	/* by stage, then in order of the files */
	size_t rule_len;
	struct tax_sure sure[TAX_FIT__MAX];
	struct tax_neighbours neighbours;
	int floor;		/* when no category passes its threshold, the
				 * best one is given if it reaches this;
				 * INT_MAX: none is */
	struct tax_name *names;	/* sorted by key */
	size_t name_len;
	struct tax_form forms[TAX_FORM__MAX];		/* by kind */
	struct tax_section sections[TAX_SECTION__MAX];	/* by kind */
	struct tax_party *parties;
	size_t party_len;
	struct tax_clock clocks[TAX_CLOCK__MAX];	/* by kind */
	size_t lessons_scheme;	/* whose rows are themes; SIZE_MAX: no facet */
	struct tax_facet *facets;	/* in order of the files */
	size_t facet_len;
	struct tax_recommendation *recommendations;
	size_t recommendation_len;
	struct arena arena;	/* everything above stands in it */
};

/*
 * Load the taxonomy: every .xml file in folder `dir`, in order of their
 * names, or the one built into the program when `dir` is NULL.  Files from
 * a folder are checked against the RELAX NG schema and then crosswise; of
 * the built-in one the tests have done it, so that programs start quickly.
 * ERR_CONFIG, "FILE:LINE: what is wrong", for the first fault.
 * Caller frees with taxonomy_free.
 */
const struct err *taxonomy_load(struct taxonomy **out, const char *dir);
/*
 * The same for those who read no reports, to start sooner: of the built-in
 * taxonomy, what is known of forms, sections, parties and clocks, causes,
 * lessons, and rules of the stages behind TAX_STAGE_LABELS are left out.  The
 * digest, and the indexes of the other rules, are those of the whole.
 */
const struct err *taxonomy_load_labels(struct taxonomy **out,
    const char *dir);
void taxonomy_free(struct taxonomy *taxonomy);

/*
 * All faults that taxonomy_load would stop at, one after the other through
 * `report` (text "FILE:LINE: ..."); the number of them in *faults.  Of a
 * file that is no well-formed XML or does not fit the schema the first one
 * is told, and then nothing is checked crosswise, since half of what is
 * referred to would be missing.  An error is only what stopped the check
 * itself: no folder, no file, no memory.  `dir` NULL checks the built-in
 * taxonomy, here against the schema too.
 */
const struct err *taxonomy_check(const char *dir,
    void (*report)(void *arg, const char *text), void *arg,
    size_t *faults);

/*
 * Hand out the files of the taxonomy in `dir` (NULL: the built-in one), in
 * order of their names, with the numbers of `numbers`: the weights of the
 * rules' votes for categories, bases, offsets and slopes.  Every other byte
 * is as it stands, and so is a number that is not there or is the same; a
 * base that is not there is put in.  `numbers` was loaded from these files,
 * with the same rules and votes in the same order; ERR_CONFIG if not, or
 * when ids are written with references.  An error from `put` ends it.
 */
const struct err *taxonomy_renumber(const struct taxonomy *numbers,
    const char *dir, const struct err *(*put)(void *arg, const char *name,
    const char *data, size_t len), void *arg);

/*
 * The normal form of a tag: ASCII in lower case, runs of blanks,
 * underscores, hyphens and dashes as one hyphen, none at the ends.  Writes
 * at most `size` bytes with NUL; false, and "" written, when it does not
 * fit.
 */
bool taxonomy_normal(const char *data, size_t len, char *out, size_t size);

/*
 * The name of a form or section as the headings of struct tax_form and
 * tax_section are kept: text_fold, curly apostrophes straight, and at both
 * ends without digits, blanks and the signs # : * _ ? . and ).  Writes at
 * most `size` bytes with NUL; false, and "" written, when nothing is left
 * or it does not fit: what is longer than TAX_MAX_HEADING is no such name.
 */
bool taxonomy_heading(const char *data, size_t len, char *out, size_t size);

/* Look up by id (exact) or NULL / false. */
const struct tax_scheme *taxonomy_scheme(const struct taxonomy *taxonomy,
    const char *id);
bool taxonomy_category(const struct taxonomy *taxonomy, const char *id,
    size_t *index);

/* What a tag in normal form means: by id, then by spelling.  *repaired is
 * true when a misspelling (not an old name) led there. */
enum tax_tag_kind {
	TAX_TAG_CATEGORY,
	TAX_TAG_MARK,
	TAX_TAG_INCLUSION,
	TAX_TAG_UNKNOWN
};
enum tax_tag_kind taxonomy_tag(const struct taxonomy *taxonomy,
    const char *normal, size_t *index, bool *repaired);

/* The name whose key (text_fold) is exactly `key`, or NULL. */
const struct tax_name *taxonomy_name(const struct taxonomy *taxonomy,
    const char *key);

/* The causes' scheme, or NULL. */
const struct tax_scheme *taxonomy_causes(const struct taxonomy *taxonomy);

/* "title", "summary" ...: how rules name a field. */
const char *taxonomy_field_name(enum tax_field field);

/* What the component of a bug means, or NULL when it is none of ours. */
const struct tax_component *taxonomy_component(
    const struct taxonomy *taxonomy, const char *product, const char *name);

/* Limits */
enum {
	TAX_MAX_FILE = 8 << 20,		/* bytes of one XML file */
	TAX_MAX_FILES = 64,
	TAX_MAX_BYTES = 64 << 20,	/* of a loaded taxonomy */
	TAX_MAX_TAG = 64,		/* bytes of a tag in normal form */
	TAX_MAX_HEADING = 256,		/* bytes, folded, with NUL */
	TAX_MAX_HEADINGS = 5000,	/* of all forms and sections: each line
					 * of a report may be compared */
	TAX_MAX_ADDRESSES = 5000,	/* of all parties; so many domains of
					 * owners, too */
	TAX_MAX_DEADLINES = 64,		/* of one clock */
	TAX_MAX_RECOMMENDATIONS = 100,	/* people read them all */
	TAX_MAX_PHRASE = 300,		/* bytes of a facet's */
	TAX_MAX_DAYS = 3650,		/* of a deadline */
	TAX_MAX_ANSWERS = 9,		/* of the numbered form */
	TAX_MAX_RULES = 20000,
	TAX_MAX_PATTERN = 8192,		/* bytes, macros put in */
	TAX_MAX_WEIGHT = 100000,	/* thousandths, either way: the sum
					 * over all rules fits in an int */
	TAX_MAX_NEIGHBOURS = 100,	/* people read the list of them */
	TAX_MAX_POWER = 3,		/* of cosines: their sum needs no more
					 * than 64 bits */
	TAX_MAX_PREFIX = 64,		/* no word is longer */
	TAX_FIRST = 500,		/* without neighbours, to compare by */
	TAX_PREFIX = 6,
	TAX_THRESHOLD = 1000,		/* of what has none of its own */
	/* Characters of comment 0 that rules on `first` see: weights that
	 * were fitted on openings do not hold for whole reports. */
	TAX_OPENING = 1000
};

#endif
