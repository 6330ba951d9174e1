/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * What the taxonomy knows of how incidents are handled: what reports are
 * made of, who takes part, which deadlines there are, and which lessons
 * are drawn.  A part of taxonomy/taxonomy.h, which includes it.
 */
#ifndef TAXONOMY_GUIDELINE_H
#define TAXONOMY_GUIDELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What incident reports are made of: their forms, and the sections and
 * fields of all forms, which the data (reports.xml) gives names to.
 */
enum tax_form_kind {
	TAX_FORM_PLAIN,		/* no form that is known */
	TAX_FORM_NUMBERED,	/* seven answers, 2017 to CCADB 1.0 */
	TAX_FORM_AUDIT_V1,	/* four points for each finding */
	TAX_FORM_V2,		/* headings, CCADB 2.0 */
	TAX_FORM_AUDIT_V2,
	TAX_FORM_V3_PRELIMINARY,	/* fields, CCADB 3.0 to 3.2 */
	TAX_FORM_V3_FULL,
	TAX_FORM_V3_CLOSURE,
	TAX_FORM__MAX
};

struct tax_form {
	const char *id;		/* "v3-full"; PLAIN has one too */
	const char *title;	/* for people */
	int64_t since;		/* day it came into force, or DATE_NONE */
	int64_t until;		/* last day on which it was in force, INT64_MAX
				 * when it still is */
	const char **names;	/* headings that announce it, folded */
	size_t name_len;
	uint64_t line;
};

enum tax_section_kind {
	TAX_SECTION_AWARE,	/* how and when the CA learned of it */
	TAX_SECTION_CCADB_ID,
	TAX_SECTION_DESCRIPTION,	/* summary, incident description */
	TAX_SECTION_START,	/* of non-compliance */
	TAX_SECTION_IDENTIFIED,
	TAX_SECTION_END,
	TAX_SECTION_POLICIES,	/* requirements that were not met */
	TAX_SECTION_SOURCE,	/* who disclosed it */
	TAX_SECTION_IMPACT,
	TAX_SECTION_CERTIFICATES,	/* how many, of which kind, when */
	TAX_SECTION_CERTIFICATE_TYPES,
	TAX_SECTION_CERTIFICATE_DATA,	/* lists of them, appendix */
	TAX_SECTION_HEURISTIC,
	TAX_SECTION_STOPPED,	/* was issuance stopped? */
	TAX_SECTION_ANALYSIS,	/* of a delayed revocation */
	TAX_SECTION_CONSIDERATIONS,
	TAX_SECTION_TIMELINE,
	TAX_SECTION_RELATED,	/* incidents */
	TAX_SECTION_CAUSE,	/* root causes, also those of a closure */
	TAX_SECTION_FACTOR,	/* one contributing factor */
	TAX_SECTION_LESSONS,
	TAX_SECTION_WELL,
	TAX_SECTION_BADLY,
	TAX_SECTION_LUCK,
	TAX_SECTION_ACTIONS,	/* also remediation plans */
	TAX_SECTION_FINDING,	/* one finding of an audit */
	TAX_SECTION_REMEDIATION,	/* closure: what was done */
	TAX_SECTION_COMMITMENTS,	/* closure: what goes on */
	TAX_SECTION_OTHER,	/* a heading that no form has */
	TAX_SECTION__MAX
};

struct tax_section {
	const char *id;		/* "root-cause" */
	const char *title;
	int answer;		/* its number in the numbered form, 0: none */
	const char **headings;	/* all that it is called by, in any form and
				 * language, folded, without numbers, marks
				 * and signs at either end */
	size_t heading_len;
	uint64_t line;
};

/* Who takes part in a bug beside its CA, told by the domain (or the whole
 * address) of a login. */
enum tax_party_kind {
	TAX_PARTY_ROOT_PROGRAM,
	TAX_PARTY_CCADB,	/* the CCADB's own account */
	TAX_PARTY_ROBOT,	/* Bugzilla's automations */
	TAX_PARTY_PUBLIC,	/* domains at which anybody can have an address,
				 * and those that say nothing: they speak for
				 * nobody */
	TAX_PARTY_KIND__MAX
};

struct tax_party {
	const char *id;		/* "mozilla" */
	const char *title;
	enum tax_party_kind kind;
	const char **addresses;	/* a login, or a domain, in lower case */
	size_t address_len;
	uint64_t line;
};

/*
 * Clocks: the deadlines of incident handling, each with the versions of
 * the guidelines that it stood in.
 */
enum tax_clock_kind {
	TAX_CLOCK_FIRST_REPORT,	/* from awareness to the first report */
	TAX_CLOCK_FULL_REPORT,	/* from the first report to the full one */
	TAX_CLOCK_ANSWER,	/* from a question to the CA's next comment */
	TAX_CLOCK_UPDATE,	/* between two comments of the CA */
	TAX_CLOCK_ACTION_UPDATE,	/* from an action's due day to word of
				 * it */
	TAX_CLOCK_REVOCATION_UPDATE,	/* the same as UPDATE, while a delayed
				 * revocation goes on */
	TAX_CLOCK_NEXT_UPDATE,	/* from the day in the whiteboard */
	TAX_CLOCK_CLOSE_ON,	/* the same, of the closing */
	TAX_CLOCK__MAX
};

struct tax_deadline {
	const char *version;	/* "CCADB 3.1" */
	int64_t since, until;	/* days in force; INT64_MAX: it still is */
	int64_t limit;		/* seconds */
	bool must;		/* else it is advice */
	bool closure;		/* none is owed after the closure summary */
	const char *source;	/* section of the guideline; NULL */
	uint64_t line;
};

struct tax_clock {
	const char *id;		/* "first-report" */
	const char *title;
	const char *meaning;
	enum tax_clock_kind kind;
	struct tax_deadline *deadlines;	/* by since; several may be in force
				 * at once (SHOULD and MUST) */
	size_t deadline_len;
	uint64_t line;
};

/*
 * Lesson facets: what briefings say of a theme, each told by its own rules
 * on the reports (struct tax_rule, `facet`): it occurs in a bug when one of
 * them matches.
 */
enum tax_part {
	TAX_PART_OBSERVED,
	TAX_PART_CAUSE,
	TAX_PART_MEASURE,
	TAX_PART__MAX
};

struct tax_facet {
	const char *id;		/* "cpr-misrouted" */
	size_t theme;		/* row of the lessons' scheme */
	enum tax_part part;
	const char *phrase;	/* goes on after the words of the part, see
				 * cabrief-taxonomy(5), LESSONS */
	const char *problem;	/* a short name for tables */
	const char *advice;	/* imperative; NULL if none */
	const char *file;
	uint64_t line;
};

struct tax_recommendation {
	const char *id;
	const char *title;
	const char *text;	/* what to do, whole sentences */
	size_t *facets;		/* that support it */
	size_t facet_len;
	uint64_t line;
};

#endif
