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
		buf_fmt(out, "  %-30s %-10s", rule->id, 
		    taxonomy_field_name(rule->field));
		if (scheme != NULL)
			buf_fmt(out, " %s:", scheme->id);
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
list_schemes(struct buf *out, const struct taxonomy *taxonomy)
{
	const struct tax_scheme *scheme;
	size_t i, row, category;

	for (i = 0; i < taxonomy->scheme_len; i++) {
		scheme = &taxonomy->schemes[i];
		buf_fmt(out, "\nscheme %s: %s\n", scheme->id, scheme->title);
		for (row = 0; row < scheme->row_len; row++) {
			buf_fmt(out, "  %-22s %s", scheme->rows[row].id,
			    scheme->rows[row].title);
			if (scheme->open) {
				buf_char(out, '\n');
				continue;
			}
			buf_str(out, ":");
			for (category = 0; category < taxonomy->category_len;
			    category++)
				if (scheme->row_of[category] == row)
					buf_fmt(out, " %s", taxonomy->
					    categories[category].id);
			buf_char(out, '\n');
		}
	}
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
	list_schemes(out, taxonomy);
	list_rules(out, taxonomy);
	buf_str(out, "\nmarks that are no categories\n");
	for (i = 0; i < taxonomy->mark_len; i++)
		buf_fmt(out, "  %-22s %s\n", taxonomy->marks[i].id,
		    taxonomy->marks[i].meaning);
	buf_str(out, "\nstates of inclusion requests\n");
	for (i = 0; i < taxonomy->inclusion_len; i++)
		buf_fmt(out, "  %-22s %s\n", taxonomy->inclusions[i].id,
		    taxonomy->inclusions[i].title);
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
		err = session_taxonomy(session);
		if (err == NULL)
			list(&out, session->taxonomy);
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
