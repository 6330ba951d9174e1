/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "classify/rules.h"
#include "cmd/session.h"

enum {
	LIST_MAX = 8 << 20	/* bytes of the printed taxonomy */
};

static void
print_fault(void *arg, const char *text)
{
	struct buf *out = arg;

	buf_str(out, text);
	buf_char(out, '\n');
}

struct findings {
	struct buf *out;
	const char *dir;	/* NULL: the built-in one */
};

static void
print_finding(void *arg, bool fault, const char *text)
{
	const struct findings *findings = arg;

	buf_fmt(findings->out, "%s%s%s%s\n", findings->dir != NULL ?
	    findings->dir : "", findings->dir != NULL ? "/" : "", text,
	    fault ? "" : " (no fault)");
}

/* The files, then, if these are sound, the patterns. */
static const struct err *
check(const char *dir, struct buf *out, size_t *faults)
{
	struct findings findings = { out, dir };
	struct taxonomy *taxonomy = NULL;
	const struct err *err;

	err = taxonomy_check(dir, print_fault, out, faults);
	if (err != NULL || *faults > 0)
		return err;
	err = taxonomy_load(&taxonomy, dir);
	if (err == NULL)
		err = rules_check(taxonomy, print_finding, &findings, faults);
	if (err == NULL && *faults == 0)
		buf_str(out, "the taxonomy is sound\n");
	taxonomy_free(taxonomy);
	return err;
}

/* "title", "section root-cause factor" */
static void
list_field(struct buf *out, const struct taxonomy *taxonomy,
    const struct tax_rule *rule)
{
	unsigned i;

	buf_fmt(out, "%-10s", taxonomy_field_name(rule->field));
	for (i = 0; i < TAX_SECTION__MAX; i++)
		if ((rule->sections & UINT64_C(1) << i) != 0)
			buf_fmt(out, " %s", taxonomy->sections[i].id);
	if (rule->sections != 0)
		buf_char(out, ',');
}

/* "  revocation-late   title   leaf-revocation-delay 1.600, ..." */
static void
list_rules(struct buf *out, const struct taxonomy *taxonomy)
{
	const struct tax_rule *rule;
	const struct tax_scheme *scheme;
	char weight[TEXT_THOUSANDTHS];
	size_t i, vote, target;

	buf_str(out, "\nrules: field, votes\n");
	for (i = 0; i < taxonomy->rule_len; i++) {
		rule = &taxonomy->rules[i];
		scheme = rule->scheme != SIZE_MAX ?
		    &taxonomy->schemes[rule->scheme] : NULL;
		buf_fmt(out, "  %-30s ", rule->id);
		list_field(out, taxonomy, rule);
		if (scheme != NULL)
			buf_fmt(out, " %s:", scheme->id);
		if (rule->facet != SIZE_MAX)
			buf_fmt(out, " facet %s",
			    taxonomy->facets[rule->facet].id);
		for (vote = 0; vote < rule->vote_len; vote++) {
			target = rule->votes[vote].target;
			buf_fmt(out, "%s %s %s", vote > 0 ? "," : "",
			    scheme != NULL ? scheme->rows[target].id :
			    taxonomy->categories[target].id,
			    text_thousandths(rule->votes[vote].weight,
			    weight));
		}
		buf_char(out, '\n');
	}
}

static void
list_scheme(struct buf *out, const struct taxonomy *taxonomy,
    const struct tax_scheme *scheme)
{
	size_t row, category;

	buf_fmt(out, "scheme %s: %s\n", scheme->id, scheme->title);
	for (row = 0; row < scheme->row_len; row++) {
		buf_fmt(out, "  %-26s %s", scheme->rows[row].id,
		    scheme->rows[row].title);
		if (scheme->open || scheme->causes) {
			buf_char(out, '\n');
			continue;
		}
		buf_str(out, ":");
		for (category = 0; category < taxonomy->category_len;
		    category++)
			if (scheme->row_of[category] == row)
				buf_fmt(out, " %s",
				    taxonomy->categories[category].id);
		buf_char(out, '\n');
	}
}

static void
list_line(struct buf *out, const char *id, const char *text)
{
	buf_fmt(out, "  %-22s %s\n", id, text);
}

/* What the files have of how incidents are handled. */
static void
list_handling(struct buf *out, const struct taxonomy *taxonomy)
{
	const struct tax_clock *clock;
	size_t i;

	buf_str(out, "\nforms of incident reports\n");
	for (i = 0; i < TAX_FORM__MAX; i++)
		if (taxonomy->forms[i].line > 0)
			list_line(out, taxonomy->forms[i].id,
			    taxonomy->forms[i].title);
	buf_str(out, "\nsections of incident reports\n");
	for (i = 0; i < TAX_SECTION__MAX; i++)
		if (taxonomy->sections[i].line > 0)
			list_line(out, taxonomy->sections[i].id,
			    taxonomy->sections[i].title);
	buf_str(out, "\nclocks\n");
	for (i = 0; i < TAX_CLOCK__MAX; i++) {
		clock = &taxonomy->clocks[i];
		if (clock->id != NULL)
			list_line(out, clock->id, clock->meaning);
	}
	buf_str(out, "\nparties\n");
	for (i = 0; i < taxonomy->party_len; i++)
		list_line(out, taxonomy->parties[i].id,
		    taxonomy->parties[i].title);
}

static void
list_lessons(struct buf *out, const struct taxonomy *taxonomy)
{
	const struct tax_facet *facet;
	size_t i;

	if (taxonomy->lessons_scheme == SIZE_MAX)
		return;
	buf_str(out, "\nfacets of lessons: theme, problem\n");
	for (i = 0; i < taxonomy->facet_len; i++) {
		facet = &taxonomy->facets[i];
		buf_fmt(out, "  %-30s %-11s %s\n", facet->id,
		    taxonomy->schemes[taxonomy->lessons_scheme].
		    rows[facet->theme].id, facet->problem);
	}
	buf_str(out, "\nrecommendations\n");
	for (i = 0; i < taxonomy->recommendation_len; i++)
		list_line(out, taxonomy->recommendations[i].id,
		    taxonomy->recommendations[i].title);
}

static void
list(struct buf *out, const struct taxonomy *taxonomy)
{
	size_t i, now;

	buf_fmt(out, "taxonomy %s, SHA-256 %s\n\ncategories\n",
	    taxonomy->version, taxonomy->sha256);
	for (i = 0; i < taxonomy->category_len; i++)
		buf_fmt(out, "  %-22s %s\n", taxonomy->categories[i].id,
		    taxonomy->categories[i].meaning);
	for (i = 0; i < taxonomy->scheme_len; i++) {
		buf_char(out, '\n');
		list_scheme(out, taxonomy, &taxonomy->schemes[i]);
	}
	list_rules(out, taxonomy);
	buf_str(out, "\nmarks that are no categories\n");
	for (i = 0; i < taxonomy->mark_len; i++)
		buf_fmt(out, "  %-22s %s\n", taxonomy->marks[i].id,
		    taxonomy->marks[i].meaning);
	buf_str(out, "\nstates of inclusion requests\n");
	for (i = 0; i < taxonomy->inclusion_len; i++)
		buf_fmt(out, "  %-22s %s\n", taxonomy->inclusions[i].id,
		    taxonomy->inclusions[i].title);
	list_handling(out, taxonomy);
	list_lessons(out, taxonomy);
	buf_str(out, "\nowners\n");
	for (i = 0; i < taxonomy->owner_len; i++) {
		now = taxonomy->owners[i].now;
		buf_fmt(out, "  %s%s", taxonomy->owners[i].name,
		    taxonomy->owners[i].auditor ? " (auditor)" : "");
		if (now != i)
			buf_fmt(out, ", now %s", taxonomy->owners[now].name);
		buf_char(out, '\n');
	}
}

/* All of it, or the scheme that is named. */
static const struct err *
list_wanted(struct session *session, struct buf *out)
{
	const struct tax_scheme *scheme;
	const struct err *err;

	err = session_taxonomy(session);
	if (err == NULL && !option_given(&session->options, OPT_SCHEME)) {
		list(out, session->taxonomy);
		return NULL;
	}
	if (err == NULL)
		err = session_scheme(session, &scheme);
	if (err == NULL)
		list_scheme(out, session->taxonomy, scheme);
	return err;
}

/* check and list know no folders behind them, and one format. */
static const struct err *
fits(const struct options *options)
{
	static const enum opt unfit[] = { OPT_FORMAT, OPT_OUTPUT, OPT_GUARD };
	size_t i;

	if (options->arg_len > 1)
		return err_new(ERR_USAGE, "taxonomy: %s: too many arguments: "
		    "see cabrief help taxonomy", options->args[1]);
	for (i = 0; i < sizeof(unfit) / sizeof(unfit[0]); i++)
		if (option_given(options, unfit[i]))
			return err_new(ERR_USAGE, "taxonomy %s: --%s: only "
			    "diff and fit have that option", options->args[0],
			    option_at(unfit[i])->name);
	return NULL;
}

const struct err *
cmd_taxonomy(struct session *session)
{
	const struct options *options = &session->options;
	const char *word = options->args[0];
	const char *dir = session->settings.value[SET_TAXONOMY];
	const struct err *err;
	size_t faults = 0;
	struct buf out;

	if (option_given(options, OPT_SCHEME) && strcmp(word, "list") != 0)
		return err_new(ERR_USAGE, "taxonomy %s: --scheme: only list "
		    "has that option", word);
	if (strcmp(word, "diff") == 0)
		return cmd_taxonomy_diff(session);
	if (strcmp(word, "fit") == 0)
		return cmd_taxonomy_fit(session);
	err = fits(options);
	if (err != NULL)
		return err;
	buf_init(&out, LIST_MAX);
	if (strcmp(word, "check") == 0) {
		err = check(dir, &out, &faults);
	} else if (strcmp(word, "list") == 0) {
		err = list_wanted(session, &out);
	} else {
		err = err_new(ERR_USAGE, "taxonomy: %s: not check, list, diff or "
		    "fit: see cabrief help taxonomy", word);
	}
	if (err == NULL)
		err = buf_error(&out, "the taxonomy's list");
	if (err == NULL)
		err = session_print(buf_text(&out), out.len);
	if (err == NULL && faults > 0)
		err = err_new(ERR_CHECK, "taxonomy: %zu fault%s: see above",
		    faults, faults == 1 ? "" : "s");
	buf_release(&out);
	return err;
}
