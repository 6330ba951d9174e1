/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
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

const struct err *
cmd_taxonomy(struct session *session)
{
	const char *word = session->options.args[0];
	const char *dir = session->settings.value[SET_TAXONOMY];
	const struct err *err;
	size_t faults = 0;
	struct buf out;

	buf_init(&out, LIST_MAX);
	if (strcmp(word, "check") == 0) {
		err = taxonomy_check(dir, print_fault, &out, &faults);
		if (err == NULL && faults == 0)
			buf_str(&out, "the taxonomy is sound\n");
	} else if (strcmp(word, "list") == 0) {
		err = session_taxonomy(session);
		if (err == NULL)
			list(&out, session->taxonomy);
	} else {
		err = err_new(ERR_USAGE, "taxonomy: %s: not check or list: "
		    "see cabrief help taxonomy", word);
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
