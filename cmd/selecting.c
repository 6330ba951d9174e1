/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* From the options to a selection and a scheme. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/near.h"
#include "base/text.h"
#include "classify/rule.h"
#include "cmd/session.h"

const struct err *
session_day(const struct session *session, enum opt opt, int64_t *day)
{
	const char *value = option_last(&session->options, opt);

	if (value == NULL || date_parse_user(value, session->now, day))
		return NULL;
	return err_new(ERR_USAGE, "--%s: %s: no such day: give YYYY-MM-DD, "
	    "today, or back from today as -90d, -6m, -1y",
	    option_at(opt)->name, value);
}

static const struct err *
read_window(const struct session *session, struct selection *out)
{
	const struct options *options = &session->options;
	const char *cohort = option_last(options, OPT_COHORT);
	const struct err *err;

	out->cohort = COHORT_OPEN_DURING;
	if (cohort != NULL)
		(void)cohort_by_name(cohort, &out->cohort);
	out->windowed = option_given(options, OPT_FROM) ||
	    option_given(options, OPT_TO) ||
	    out->cohort == COHORT_OPEN_ON;
	out->window.from = DATE_NONE;
	out->window.to = INT64_MAX;
	if (out->windowed)
		out->window.to = session->as_of != DATE_NONE ?
		    session->as_of : date_day(session->now);
	err = session_day(session, OPT_FROM, &out->window.from);
	if (err == NULL)
		err = session_day(session, OPT_TO, &out->window.to);
	if (err == NULL && out->window.from > out->window.to)
		err = err_new(ERR_USAGE, "--from: the window ends before it "
		    "begins: --to is today, or the day of --as-of, when it "
		    "is not given");
	return err;
}

static int
by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* --id 1,2 --id 3 */
static const struct err *
read_ids(const struct options *options, struct selection *out)
{
	const struct err *err = NULL;
	int64_t *ids = NULL, *grown, id;
	const char *at;
	size_t i, len = 0, part;

	for (i = 0; i < options->count[OPT_ID] && err == NULL; i++) {
		at = options->values[OPT_ID][i];
		for (; err == NULL; at += part + 1) {
			part = strcspn(at, ",");
			if (!text_int(at, part, &id) || id == 0)
				err = err_new(ERR_USAGE, "--id: %s: no list "
				    "of bug numbers: give them as "
				    "1234567,1234568",
				    options->values[OPT_ID][i]);
			grown = err != NULL ? NULL :
			    mem_resize(ids, len + 1, sizeof(*ids));
			if (err == NULL && grown == NULL)
				err = err_memory();
			if (grown == NULL)
				break;
			ids = grown;
			ids[len++] = id;
			if (at[part] == '\0')
				break;
		}
	}
	if (len > 0)
		qsort(ids, len, sizeof(*ids), by_number);
	out->ids = ids;
	out->id_len = len;
	return err;
}

const struct err *
session_bug_numbers(const struct session *session)
{
	const struct options *options = &session->options;
	const char *word;
	int64_t id;
	size_t i;

	for (i = 0; i < options->arg_len; i++) {
		word = options->args[i];
		if (!text_int(word, strlen(word), &id) || id == 0)
			return err_new(ERR_USAGE, "%s: %s: no bug number: "
			    "give digits alone",
			    command_at(options->command)->name, word);
	}
	return NULL;
}

static struct select_words
words_of(const struct options *options, enum opt opt)
{
	struct select_words words = { options->values[opt],
	    options->count[opt] };

	return words;
}

const struct err *
session_select(struct session *session, struct selection *out)
{
	const struct options *options = &session->options;
	const char *value;
	const struct err *err;

	memset(out, 0, sizeof(*out));
	err = read_window(session, out);
	if (err == NULL)
		err = read_ids(options, out);
	if (err != NULL)
		return err;
	value = option_last(options, OPT_LABELS);
	if (value != NULL)
		(void)label_mode_by_name(value, &out->labels);
	value = option_last(options, OPT_REPORTER);
	out->by_reporter = value != NULL &&
	    reporter_by_name(value, &out->reporter);
	out->all = option_given(options, OPT_ALL);
	out->owners = words_of(options, OPT_OWNER);
	out->categories = words_of(options, OPT_CATEGORY);
	out->causes = words_of(options, OPT_CAUSE);
	out->tags = words_of(options, OPT_TAG);
	value = option_last(options, OPT_TEXT);
	if (value != NULL)
		err = pattern_new(&out->text, "--text", value);
	out->sink = &session->diags;
	if (err == NULL)
		err = select_prepare(out, session->taxonomy);
	if (err == NULL && out->cause_scheme != NULL)
		judge_want(&session->judge, out->cause_scheme);
	return err;
}

void
session_select_release(struct selection *selection)
{
	select_release(selection);
	pattern_free(selection->text);
	mem_free(selection->ids);
	memset(selection, 0, sizeof(*selection));
}

/* The scheme that the last use of an option names; NULL without one. */
static const struct err *
named_scheme(struct session *session, enum opt opt,
    const struct tax_scheme **out)
{
	const struct taxonomy *taxonomy = session->taxonomy;
	const char *id = option_last(&session->options, opt);
	const char *near, *names[32];
	size_t i, len = 0;

	*out = id != NULL ? taxonomy_scheme(taxonomy, id) : NULL;
	if (id == NULL || *out != NULL)
		return NULL;
	for (i = 0; i < taxonomy->scheme_len && len < 32; i++)
		names[len++] = taxonomy->schemes[i].id;
	near = near_best(id, names, len);
	return err_new(ERR_USAGE, "--%s: %s: no such scheme: %s%s",
	    option_at(opt)->name, id,
	    near != NULL ? "did you mean " : "see cabrief taxonomy list",
	    near != NULL ? near : "");
}

const struct err *
session_scheme(struct session *session, const struct tax_scheme **out)
{
	const struct err *err = named_scheme(session, OPT_SCHEME, out);

	if (err != NULL || *out != NULL)
		return err;
	*out = taxonomy_scheme(session->taxonomy, "tags");
	if (*out == NULL)
		return err_new(ERR_USAGE, "--scheme: the taxonomy has no "
		    "scheme tags: name another: see cabrief taxonomy list");
	return NULL;
}

const struct err *
session_by(struct session *session, const struct tax_scheme **out)
{
	return named_scheme(session, OPT_BY, out);
}
