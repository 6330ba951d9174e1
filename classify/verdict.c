/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/verdict.h"

#include <string.h>

#include "base/text.h"
#include "classify/role.h"
#include "fetch/bug.h"
#include "taxonomy/taxonomy.h"

static const char *const mode_names[LABELS__MAX] = {
	[LABELS_BEST] = "best",
	[LABELS_TAGGED] = "tagged",
	[LABELS_INFERRED] = "inferred"
};

static const char *const source_names[LABEL_SOURCE__MAX] = {
	[LABEL_TAGGED] = "tagged",
	[LABEL_INFERRED] = "inferred",
	[LABEL_OVERRIDE] = "override"
};

static const char *const reporter_names[REPORTER_KIND__MAX] = {
	[REPORTER_UNKNOWN] = "unknown",
	[REPORTER_SELF] = "self",
	[REPORTER_EXTERNAL] = "external"
};

/* The index of `name` in `names`, or `len`. */
static size_t
find(const char *const *names, size_t len, const char *name)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (strcmp(names[i], name) == 0)
			break;
	return i;
}

static void
read_labels(enum label_mode mode, struct verdict *out)
{
	size_t i;

	out->source = LABEL_INFERRED;
	if (mode == LABELS_INFERRED ||
	    (mode == LABELS_BEST && out->board.tag_len == 0))
		return;
	out->source = LABEL_TAGGED;
	for (i = 0; i < out->board.tag_len; i++) {
		out->labels[i].category = out->board.tags[i].category;
		out->labels[i].name = out->board.tags[i].name;
		out->labels[i].confidence = -1;
	}
	out->label_len = out->board.tag_len;
}

/* "[meta] ..." */
static bool
is_tracking(const char *summary)
{
	static const char word[] = "[meta]";
	char start[sizeof(word)] = "";
	size_t len = strlen(summary);

	text_trim(&summary, &len);
	if (len < sizeof(word) - 1)
		return false;
	memcpy(start, summary, sizeof(word) - 1);
	return text_casecmp(start, word) == 0;
}

void
verdict_read(const struct bug *bug, const struct taxonomy *taxonomy,
    enum label_mode mode, struct diag_sink *sink, struct verdict *out)
{
	const struct tax_component *component;

	memset(out, 0, sizeof(*out));
	out->bug = bug->id;
	whiteboard_read(bug->text[BUG_WHITEBOARD], taxonomy, bug->id, sink,
	    &out->board);
	owner_read(bug->text[BUG_SUMMARY], taxonomy, bug->id, sink,
	    &out->owner);
	life_read(bug, sink, &out->life);
	read_labels(mode, out);
	out->reporter = role_reporter(bug, out, taxonomy);
	out->meta = out->board.meta || is_tracking(bug->text[BUG_SUMMARY]);
	component = taxonomy_component(taxonomy, bug->text[BUG_PRODUCT],
	    bug->text[BUG_COMPONENT]);
	out->incident = component == NULL ||
	    component->kind == TAX_COMPONENT_INCIDENTS;
}

const struct verdict_rows *
verdict_rows(const struct verdict *verdict, const struct tax_scheme *scheme)
{
	size_t i;

	for (i = 0; i < verdict->placed_len; i++)
		if (verdict->placed[i].scheme == scheme)
			return &verdict->placed[i];
	return NULL;
}

const char *
label_mode_name(enum label_mode mode)
{
	return mode_names[mode];
}

bool
label_mode_by_name(const char *name, enum label_mode *out)
{
	size_t i = find(mode_names, LABELS__MAX, name);

	if (i == LABELS__MAX)
		return false;
	*out = (enum label_mode)i;
	return true;
}

const char *
label_source_name(enum label_source source)
{
	return source_names[source];
}

const char *
reporter_name(enum reporter_kind kind)
{
	return reporter_names[kind];
}

bool
reporter_by_name(const char *name, enum reporter_kind *out)
{
	size_t i = find(reporter_names, REPORTER_KIND__MAX, name);

	if (i == REPORTER_KIND__MAX)
		return false;
	*out = (enum reporter_kind)i;
	return true;
}
